"""Whose a role is: the country of `الشرطة` or of a bare name, among the countries that its sentence and article name.

A linear model over named features (in terms, see `rasid.linear`), like the decision of events; its weights stand in
`whose.json`, trained by `training/train.py`.
"""

import json
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from rasid.actors.lexicon import BODIES
from rasid.actors.phrase import Phrase
from rasid.arabic.particles import particle
from rasid.arabic.words import Form, Word, per_form
from rasid.linear import Linear, Term

WEIGHTS = Path(__file__).parent / "whose.json"
_RANKS = 3  # a country further down is as any other
_HERE = 0.2  # for a country of the same sentence against one as likely that only the article names
_MOST = 6  # countries of an article that are thought of
_SCENE = frozenset(("في", "ب", "قرب", "داخل", "وسط", "شرق", "غرب", "شمال", "جنوب"))

_COUNTERPARTS = frozenset(("نظير", "نظيره", "نظيرها"))
_SIGNS = frozenset(("SUPPORT actor", "AGREE actor"))  # `وقعه فلان ووزير الدفاع الإسرائيلي`: each for a country of his own


class Owners(NamedTuple):
    """The countries that an article names, and by what."""

    ranked: tuple[str, ...]  # the most named first
    share: dict[str, float]  # of all mentions of countries
    opening: frozenset[str]  # in its title and first sentence
    by_head: dict[str, tuple[list[int], list[str]]]  # first word of a role -> where it stands with a country, and which
    by_sector: dict[str, tuple[list[int], list[str]]]  # likewise


class Standing(NamedTuple):
    """Where somebody stands in an event: its type and his side, and the countries of those whom he faces and beside him."""

    does: str = ""  # `ASSAULT actor`
    facing: AbstractSet[str] = frozenset()
    beside: AbstractSet[str] = frozenset()  # of officials and forces


NOWHERE = Standing()


def owners_of(sentences: Iterable[tuple[Sequence[Word], Sequence[Phrase]]], title: Sequence[Phrase] = ()) -> Owners:
    """What an article's sentences, each its words and phrases, say of countries."""
    counts: Counter[str] = Counter(phrase.country for phrase in title if phrase.country and _is_state(phrase))
    opening = set(counts)
    by_head: dict[str, tuple[list[int], list[str]]] = {}
    by_sector: dict[str, tuple[list[int], list[str]]] = {}
    for number, (words, phrases) in enumerate(sentences):
        for phrase in phrases:
            if not phrase.country or not _is_state(phrase):
                continue
            counts[phrase.country] += 1
            if number == 0:
                opening.add(phrase.country)
            if phrase.sector:
                at = words[phrase.first].start
                keys = ((by_head, head_of(words, phrase)), (by_sector, phrase.sector))
                for table, key in keys:
                    places, countries = table.setdefault(key, ([], []))
                    places.append(at)
                    countries.append(phrase.country)
    total = sum(counts.values()) or 1
    ranked = tuple(country for country, _ in counts.most_common())
    return Owners(ranked, {country: count / total for country, count in counts.items()}, frozenset(opening), by_head, by_sector)


def _is_state(phrase: Phrase) -> bool:
    return phrase.country not in BODIES and phrase.sector != "JRN"


def head_of(words: Sequence[Word], phrase: Phrase) -> str:
    """The word that a phrase is about, folded, without what is joined to it: `دول` of `للدول` and of `عدد من الدول`."""
    at = next((n for n in range(phrase.first, phrase.last) if not _only_counts(words[n].form)), phrase.first)
    return _bare(words[at].form)


@per_form
def _bare(form: Form) -> str:
    return min((reading.stem for reading in form.readings), key=len, default=form.fold)


@per_form
def _only_counts(form: Form) -> bool:
    role = particle(form)
    return form.kind == "number" or bool(role and (role.kind in ("quantity", "demonstrative") or role.stem == "من"))


def owner_features(
    words: Sequence[Word], phrases: Sequence[Phrase], phrase: Phrase, owners: Owners, standing: Standing
) -> list[tuple[str | None, list[Term]]]:
    """For every country in question, and for none, what speaks for it.

    Args:
        words: of the sentence.
        phrases: of the sentence.
        phrase: the role or name without a country.
        owners: the countries of the article.
        standing: of the phrase in an event.
    """
    does, facing, beside = standing
    sector = phrase.sector or ("name" if phrase.name else phrase.kind)
    states = [other for other in phrases if other.country and _is_state(other) and other is not phrase]
    near = {other.country for other in states}
    in_question = dict.fromkeys([*[other.country for other in states], *owners.ranked[:_MOST]])
    for other in states if phrase.sector == "GOV" else ():
        if head_of(words, other) in _COUNTERPARTS:  # whose minister meets `نظيره الفرنسي` is no Frenchman
            in_question.pop(other.country, None)
    at, head = words[phrase.first].start, head_of(words, phrase)
    said = _last_before(owners.by_head.get(head), at)
    same = _last_before(owners.by_sector.get(phrase.sector or ""), at)
    before: dict[str | None, tuple[int, Phrase]] = {}  # the nearest of each country on either side, the nearest first
    after: dict[str | None, tuple[int, Phrase]] = {}
    earlier = [other for other in states if other.first < phrase.first]
    for n, other in enumerate(reversed(earlier)):
        before.setdefault(other.country, (n, other))
    for n, other in enumerate([other for other in states if other.first > phrase.first]):
        after.setdefault(other.country, (n, other))
    rank_of = {country: rank for rank, country in enumerate(owners.ranked[:_RANKS])}
    none: list[Term] = [
        (_none, sector, phrase.definite, phrase.kind, min(len(near), 3), said is not None, min(len(owners.ranked), 4)),
        (_none_in_act, does, sector, len(facing)),
        (_none_by_word, head, phrase.preposition, phrase.kind, phrase.definite, min(phrase.last - phrase.first, 3)),
    ]
    found: list[tuple[str | None, list[Term]]] = [(None, none)]
    share, opening, any_said, any_same = owners.share, owners.opening, said is not None, same is not None
    others, several, countries = len(facing), len(beside) > 1, len(near)
    for country in in_question:
        assert country is not None
        article: Term = (
            _in_article, sector, rank_of.get(country, _RANKS), int(share.get(country, 0) * 4),
            country in opening, said == country, any_said, same == country, any_same,
        )  # fmt: skip
        faced = country in facing
        if country not in near:  # as most: little tells them apart
            away = (_away, sector, does, faced, others > faced, country in beside, several, countries)
            found.append((country, [article, away]))
            continue
        terms: list[Term] = [
            article,
            (_in_act, sector, does, faced, others > faced, True),
            (_beside, sector, does, country in beside, several, True, countries),
            _on_side("b", before.get(country), phrase, sector),
            _on_side("a", after.get(country), phrase, sector),
        ]
        found.append((country, terms))
    return found


def _none(sector: str, definite: bool, kind: str, near: int, said: bool, ranked: int) -> tuple[str, ...]:
    return (
        "none",
        f"none {sector}",
        f"none {sector} {definite:d}",
        f"none {kind} {near and 1}",
        f"none of {near} {sector}",
        f"none {said} {sector}",
        f"none article {ranked}",
    )


def _none_in_act(does: str, sector: str, facing: int) -> tuple[str, ...]:
    return (f"none {does}", f"none {does} {sector}", f"none facing {facing} {sector}", f"none facing {facing} {does}")


def _none_by_word(head: str, preposition: str, kind: str, definite: bool, words: int) -> tuple[str, ...]:
    return (f"none head {head}", f"none head {head} {definite:d}{words}", f"none {preposition} {kind}")


def _in_article(
    sector: str, rank: int, share: int, opens: bool, said: bool, any_said: bool, same: bool, any_same: bool
) -> tuple[str, ...]:
    return (
        f"rank {rank}",
        f"rank {rank} {sector}",
        f"share {share}",
        f"share {share} {sector}",
        f"opening {opens} {sector}",
        f"head {said} {any_said}",
        f"head {said} {any_said} {sector}",
        f"same {same} {any_same} {sector}",
    )


def _in_act(sector: str, does: str, faced: bool, others: bool, near: bool) -> tuple[str, ...]:
    return (
        f"facing {faced} {sector}",
        f"facing {faced} {others}",
        f"facing {faced} {does}",
        f"facing {faced} {does} {sector}",
        f"is {does} {near} {sector}",
    )


def _beside(sector: str, does: str, beside: bool, several: bool, near: bool, countries: int) -> tuple[str, ...]:
    return (
        f"here {near} {countries}",
        f"here {near} {sector}",
        f"beside {beside} {does}",
        f"beside {beside} {sector} {several}",
    )


def _away(sector: str, does: str, faced: bool, others: bool, beside: bool, several: bool, countries: int) -> tuple[str, ...]:
    """How a country that the sentence does not name stands to a role."""
    return (
        *_in_act(sector, does, faced, others, False),
        *_beside(sector, does, beside, several, False, countries),
        *_not_on_side("b", sector),
        *_not_on_side("a", sector),
    )


def _on_side(side: str, nearest: tuple[int, Phrase] | None, phrase: Phrase, sector: str) -> Term:
    """How the country's nearest phrase on one side of the role stands to it."""
    if nearest is None:
        return (_not_on_side, side, sector)
    place, other = nearest
    how = "scene" if other.preposition in _SCENE and not other.sector else other.kind
    gap = min(abs(other.first - phrase.first) // 4, 4)
    return (
        _stands, side, sector, min(place, 3), how, gap, other.preposition, other.sector, other.kind, bool(phrase.pronoun)
    )  # fmt: skip


def _not_on_side(side: str, sector: str) -> tuple[str, ...]:
    return (f"{side} - {sector}",)


def _stands(
    side: str, sector: str, place: int, how: str, gap: int, preposition: str, other: str | None, kind: str, pronoun: bool
) -> tuple[str, ...]:
    return (
        f"{side} {place} {sector}",
        f"{side} {place} {how}",
        f"{side} {how} {sector}",
        f"{side} {how} {gap}",
        f"{side} {preposition} {sector}",
        f"{side} as {other} {sector}",
        f"{side} as {other} {kind} {pronoun}",
    )


def _last_before(named: tuple[list[int], list[str]] | None, at: int) -> str | None:
    """The country that a role had when it was last named with one before `at`, else the first one after it."""
    if named is None:
        return None
    places, countries = named
    return countries[max(bisect_right(places, at) - 1, 0)]


def owner_of(
    words: Sequence[Word], phrases: Sequence[Phrase], phrase: Phrase, owners: Owners, standing: Standing
) -> str | None:
    """The likeliest country of a role or name without one (see `owner_features`); None where it has likely none."""
    if _is_his_country(words[phrase.first].form):
        speaker = _speaker(phrases, phrase)
        if speaker:
            return speaker
    two = frozenset(owners.ranked[:2])
    if standing.does in _SIGNS and phrase.sector == "GOV" and len(two) == 2 and len(two & standing.beside) == 1:
        return next(iter(two - standing.beside))
    known = weights()
    here = {other.country for other in phrases}
    scored = [
        (known.of(features) + (_HERE if country in here and country else 0.0), country)
        for country, features in owner_features(words, phrases, phrase, owners, standing)
    ]
    return max(scored, key=itemgetter(0))[1]


@per_form
def _is_his_country(form: Form) -> bool:
    return any(reading.stem == "بلاد" and reading.pronoun for reading in form.readings)


def _speaker(phrases: Sequence[Phrase], phrase: Phrase) -> str | None:
    """Whose country `بلاده` is: that of the official named last before it, rather of one who stands free, as a subject does."""
    before = [other for other in phrases if other.last <= phrase.first and other.kind in ("person", "office")]
    known = [other for other in before if other.country and _is_state(other)]
    free = [other for other in known if not other.preposition]
    return (free or known)[-1].country if known else None


@cache
def weights() -> Linear[float]:
    """The weights of the package."""
    return Linear(json.loads(WEIGHTS.read_text(encoding="utf-8")), 0.0)
