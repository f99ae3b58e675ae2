"""Whose a role is: the country of `الشرطة` or of a bare name, among the countries that its sentence and article name.

A linear model over named features, like the decision of events; its weights stand in `whose.json`, trained by
`training/train.py`.
"""

import json
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from rasid.actors.lexicon import BODIES
from rasid.actors.phrase import Phrase
from rasid.arabic.particles import particle
from rasid.arabic.words import Form, Word

WEIGHTS = Path(__file__).parent / "whose.json"
_MOST = 6  # countries of an article that are thought of
_SCENE = frozenset(("في", "ب", "قرب", "داخل", "وسط", "شرق", "غرب", "شمال", "جنوب"))

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
    form = words[at].form
    return min((reading.stem for reading in form.readings), key=len, default=form.fold)


@lru_cache(maxsize=1 << 14)
def _only_counts(form: Form) -> bool:
    role = particle(form)
    return form.kind == "number" or bool(role and (role.kind in ("quantity", "demonstrative") or role.stem == "من"))


def owner_features(
    words: Sequence[Word], phrases: Sequence[Phrase], phrase: Phrase, owners: Owners, standing: Standing
) -> list[tuple[str | None, list[str]]]:
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
    kind = f"{sector} {phrase.definite:d}"
    states = [other for other in phrases if other.country and _is_state(other) and other is not phrase]
    near = {other.country for other in states}
    in_question = dict.fromkeys([*(other.country for other in states), *owners.ranked[:_MOST]])
    at = words[phrase.first].start
    before = [other for other in states if other.first < phrase.first]
    after = [other for other in states if other.first > phrase.first]
    said = _last_before(owners.by_head.get(head_of(words, phrase)), at)
    same = _last_before(owners.by_sector.get(phrase.sector or ""), at)
    found: list[tuple[str | None, list[str]]] = [
        (
            None,
            [
                "none",
                f"none {sector}",
                f"none {kind}",
                f"none {phrase.kind} {len(near) and 1}",
                f"none head {head_of(words, phrase)}",
                f"none head {head_of(words, phrase)} {phrase.definite:d}{min(phrase.last - phrase.first, 3)}",
                f"none of {min(len(near), 3)} {sector}",
                f"none {said is not None} {sector}",
                f"none {phrase.preposition} {phrase.kind}",
                f"none article {min(len(owners.ranked), 4)}",
                f"none {does}",
                f"none {does} {sector}",
                f"none facing {len(facing)} {sector}",
                f"none facing {len(facing)} {does}",
            ],
        )
    ]
    for country in in_question:
        assert country is not None
        rank = owners.ranked.index(country) if country in owners.ranked else 9
        features = [
            f"rank {min(rank, 3)}",
            f"rank {min(rank, 3)} {sector}",
            f"share {int(owners.share.get(country, 0) * 4)}",
            f"share {int(owners.share.get(country, 0) * 4)} {sector}",
            f"opening {country in owners.opening} {sector}",
            f"facing {country in facing} {sector}",
            f"facing {country in facing} {len(facing - {country}) > 0}",
            f"head {said == country} {said is not None}",
            f"head {said == country} {said is not None} {sector}",
            f"same {same == country} {same is not None} {sector}",
            f"here {country in near} {len(near)}",
            f"here {country in near} {sector}",
            f"facing {country in facing} {does}",
            f"facing {country in facing} {does} {sector}",
            f"is {does} {country in near} {sector}",
            f"beside {country in beside} {does}",
            f"beside {country in beside} {sector} {len(beside) > 1}",
        ]
        for side, others in (("b", before[::-1]), ("a", after)):
            place = next((n for n, other in enumerate(others) if other.country == country), None)
            if place is None:
                features.append(f"{side} - {sector}")
                continue
            other = others[place]
            how = "scene" if other.preposition in _SCENE and not other.sector else other.kind
            gap = min(abs(other.first - phrase.first) // 4, 4)
            features += [
                f"{side} {place if place < 3 else 3} {sector}",
                f"{side} {place if place < 3 else 3} {how}",
                f"{side} {how} {sector}",
                f"{side} {how} {gap}",
                f"{side} {other.preposition} {sector}",
                f"{side} as {other.sector} {sector}",
                f"{side} as {other.sector} {other.kind} {bool(phrase.pronoun)}",
            ]
        found.append((country, features))
    return found


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
    two = frozenset(owners.ranked[:2])
    if standing.does in _SIGNS and phrase.sector == "GOV" and len(two) == 2 and len(two & standing.beside) == 1:
        return next(iter(two - standing.beside))
    get = weights().get
    scored = (
        (sum([get(feature, 0.0) for feature in features]), country)
        for country, features in owner_features(words, phrases, phrase, owners, standing)
    )
    return max(scored, key=lambda pair: pair[0])[1]


@cache
def weights() -> dict[str, float]:
    """The weights of the package."""
    known: dict[str, float] = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return known
