"""Where an event happened: of all countries that its article brings up, the one that words and people put it in.

A linear model over named features (in terms, see `rasid.linear`) chooses; its weights stand in `where.json`, trained by
`training/where.py`.
"""

import json
import math
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

from rasid.actors.latin import latin_of
from rasid.actors.lexicon import BODIES
from rasid.actors.places import place_named
from rasid.actors.resolve import Sentence
from rasid.actors.setting import town_before
from rasid.events.propose import Candidate
from rasid.events.scene import BACK, Scene, Sighting, sighting
from rasid.linear import Linear, Term
from rasid.model import Entity, Place, Span

WHERE_WEIGHTS = Path(__file__).parent / "where.json"
NOWHERE = ""  # stands among the countries for "it is not said"
_DONE_TO_PLACES = frozenset(("ASSAULT", "COERCE", "MOBILIZE", "RETREAT"))  # `اقتحم الجيش مخيم جنين`
_OPEN = frozenset(("sea", "strait", "river"))  # what lies in no country, or between several
_NEAR = (0, 1, 2, 3, 5, 8, 13, 21)
_GUESSED = "?"  # behind the sector of somebody whose country only what stands around him gives
_DIGITS = 6  # more than weights have: in what order they were added must not decide
_SAME = 2e-6  # scores further apart differ in these digits
# How strongly a sentence speaks for a country, the most first.
_IN_CLAUSE, _IN_SENTENCE, _NAMED, _TAKES_PART, _MENTIONED, _TELLS, _ABSENT = range(7)

Sides = dict[str, set[str]]  # countries that take part, each with the sectors of those who do: `MIL`, `MIL?`


class Told(NamedTuple):
    """What is known of an event before its place."""

    sentence: Sentence
    number: int  # of the sentence
    candidate: Candidate
    type: str
    mode: str | None
    status: str
    actors: Sequence[Entity]
    recipients: Sequence[Entity]
    sources: Sequence[Span]


class WhereWeights(NamedTuple):
    """What each feature weighs, and how much is added to every country against NOWHERE."""

    feature: Linear[float]
    willing: float


class Seen(NamedTuple):
    """A sighting as the event sees it."""

    sighting: Sighting
    inside: bool  # in the event's clause
    gap: int  # words between it and the trigger
    strength: int
    features: list[Term]


@cache
def where_weights() -> WhereWeights:
    """The weights of the package."""
    stored = json.loads(WHERE_WEIGHTS.read_text(encoding="utf-8"))
    return WhereWeights(Linear(stored.pop("feature"), 0.0), **stored)


def place_of(text: str, told: Told, scene: Scene) -> tuple[Place | None, str, Span | None]:
    """The place of an event, how it was found, and the words that this rests on."""
    seen = see(told, scene)
    known, willing = where_weights()
    scores = {country: known.of(features) for country, features in place_features(told, scene, seen).items()}
    ranks = {country: score + willing if country else score for country, score in scores.items()}
    near = max(ranks.values()) - _SAME
    likely = {country: round(score, _DIGITS) for country, score in ranks.items() if score >= near}
    best = max(likely, key=likely.__getitem__)
    sure = round(1 / sum([math.exp(score - scores[best]) for score in scores.values()], 0.0), 3)
    strongest = min((one.strength for one in seen if one.sighting.phrase.country == best), default=_ABSENT)
    between = _in_no_one_country(text, told) if strongest > _IN_CLAUSE else None
    if between:
        return between, "named in its clause as the scene; it lies in no one country", between.span
    if best == NOWHERE:
        return None, f"not said ({sure:.0%})", None
    return _place(text, told, scene, seen, best, sure)


def _in_no_one_country(text: str, told: Told) -> Place | None:
    """A sea, strait or river in the event's clause, or what several countries claim: `في مضيق هرمز`, `في كشمير`."""
    for phrase in told.sentence.phrases:
        if (
            phrase.kind == "place"
            and not phrase.country
            and told.candidate.places.first <= phrase.first < told.candidate.places.last
        ):
            known = place_named(told.sentence.words, phrase.first, phrase.last, None)
            one = sighting(told.sentence, phrase)
            if known and one.at and (known.kind in _OPEN or (known.country is None and known.claimants)):
                span = told.sentence.slice(text, one.setting.first, phrase.last)
                return Place(None, span, known.name, known.latin, known.kind, known.lat, known.lon, known.claimants)
    return None


def _place(text: str, told: Told, scene: Scene, seen: list[Seen], country: str, sure: float) -> tuple[Place, str, Span | None]:
    """The words that put an event in `country`, and what is known of the place that they name."""
    here = [one for one in seen if one.sighting.phrase.country == country]
    best = min(here, key=lambda one: (one.strength, one.sighting.phrase.kind != "place", one.gap), default=None)
    if best is None:
        return Place(country, evidence="implied", confidence=sure), _rule(told, scene, country, _ABSENT), None
    phrase, setting = best.sighting.phrase, best.sighting.setting
    rule = _rule(told, scene, country, best.strength)
    words = told.sentence.words
    visited = told.mode == "visit" and best.sighting.role.startswith(("place", "country"))
    if best.strength > _NAMED and not visited:
        span = told.sentence.slice(text, phrase.first, phrase.last)
        return Place(country, evidence="implied", confidence=sure), rule, span
    evidence: Literal["named", "implied"] = "named" if best.strength < _NAMED or visited else "implied"
    named = phrase.kind in ("place", "country") and phrase.preposition != "nisba"
    town = town_before(words, setting.first) if phrase.kind == "country" or setting.kinds else None
    first = town.first if town else setting.first
    span = told.sentence.slice(text, first, phrase.last)
    if town:
        name = text[words[town.name].start : words[town.end - 1].end]
        return (
            Place(country, span, name, latin_of(name, country, None), town.kind, evidence=evidence, confidence=sure),
            rule,
            span,
        )
    known = place_named(words, phrase.first, phrase.last, country) if named else None
    if known is None:
        return Place(country, span, evidence=evidence, confidence=sure), rule, span
    kind = "city" if known.kind == "capital" else known.kind
    beside = (
        "distance" in setting.kinds or "direction" in setting.kinds
    )  # `جنوب لبنان` is not all of it, `شمال بغداد` not in it
    return Place(
        country, span, known.name, known.latin or latin_of(None, country, None), kind,
        None if beside else known.lat, None if beside else known.lon, known.claimants, evidence, sure,
    ), rule, span  # fmt: skip


def _rule(told: Told, scene: Scene, country: str, strength: int) -> str:
    if strength < _ABSENT:
        return (
            "named in its clause as the scene", "named in its sentence as the scene", "named in its sentence",
            "the country of those who take part", "the country of somebody or something in its sentence",
            "the country of the source",
        )[strength]  # fmt: skip
    if any(entity.country == country for entity in (*told.actors, *told.recipients)):
        return "the country of those who take part, as the article shows it"
    if any(country in here for here in scene.staged[max(0, told.number - BACK) : told.number]):
        return "the scene of the sentences before"
    return (
        "the country of the outlet" if country == scene.outlet and country not in scene.most else "the country of the article"
    )


def see(told: Told, scene: Scene) -> list[Seen]:
    """Every phrase of the sentence that brings a country up, as the event sees it."""
    words = told.sentence.words
    part_of = {
        **{span.start: "S" for span in told.sources},
        **{entity.span.start: "R" for entity in told.recipients},
        **{entity.span.start: "A" for entity in told.actors},
    }
    return [_seen(told, one, part_of.get(words[one.phrase.first].start, "-")) for one in scene.sighted[told.number]]


def _seen(told: Told, one: Sighting, part: str) -> Seen:
    """`part` is what whoever stands there does in the event: A for acting, R for receiving, S for telling it."""
    phrase, candidate = one.phrase, told.candidate
    at = candidate.head.at
    inside = candidate.places.first <= phrase.first < candidate.places.last
    gap = max(phrase.first - at, at + 1 - phrase.last, 0)
    side = "a" if phrase.first > at else "b"
    distance = bisect_left(_NEAR, gap)
    aim = part == "R" and phrase.kind == "place" and not phrase.sector and told.type in _DONE_TO_PLACES
    if one.at or aim:
        strength = _IN_CLAUSE if inside else _IN_SENTENCE
    elif part == "-" and one.role.startswith(("place", "country", "ground")):
        strength = _NAMED
    else:
        strength = _TAKES_PART if part in "AR" else _TELLS if part == "S" else _MENTIONED
    features: list[Term] = [  # one by one, as several sightings of a country may share some
        (_by_role, one.role),
        (_by_part, one.role, part, inside),
        (_by_distance, one.role, side, distance),
        (_by_place, one.at, inside, side, distance),
        (_by_setting, one.setting.kinds[:1], one.setting.preposition),
    ]
    return Seen(one, inside, gap, strength, features)


def _by_role(role: str) -> tuple[str, ...]:
    return (role,)


def _by_part(role: str, part: str, inside: bool) -> tuple[str, ...]:
    return (f"{role} {part}{inside:d}",)


def _by_distance(role: str, side: str, distance: int) -> tuple[str, ...]:
    return (f"{role} {side}{distance}",)


def _by_place(at: bool, inside: bool, side: str, distance: int) -> tuple[str, ...]:
    return (f"{at:d}{inside:d} {side}{distance}",)


def _by_setting(kinds: tuple[str, ...], preposition: str) -> tuple[str, ...]:
    return (f"kinds {' '.join(kinds)} {preposition}",)


def place_features(told: Told, scene: Scene, seen: list[Seen]) -> dict[str, list[Term]]:
    """For every country in question, and for NOWHERE, what speaks for the event's being there."""
    acting, receiving = _countries(told.actors), _countries(told.recipients)
    found: dict[str, list[Term]] = {country: [] for country in _in_question(told, scene, seen, acting, receiving)}
    best = dict.fromkeys(found, _ABSENT)
    nearest: dict[bool, tuple[int, str]] = {}
    for one in seen:
        country = str(one.sighting.phrase.country)
        terms = found[country]
        terms += [term for term in one.features if term not in terms] if terms else one.features
        best[country] = min(best[country], one.strength)
        if one.sighting.at and (one.inside not in nearest or one.gap < nearest[one.inside][0]):
            nearest[one.inside] = (one.gap, country)
    first = next((one.sighting.phrase.country for one in seen if one.sighting.at), None)
    taking_part = acting.keys() | receiving.keys()
    leading, second = sorted([*best.values(), _ABSENT, _ABSENT])[:2]
    people = len(taking_part)
    kind, mode, lemma = told.type, told.mode, told.candidate.predicate.lemma
    for country, terms in found.items():
        rank = best[country]
        rival = second if rank == leading else leading  # the best of the others
        if rank == _ABSENT and country not in taking_part:  # as most: only the article tells them apart
            absent = (_absent, rival, kind, mode, len(nearest), min(people, 2), lemma)
            terms += [absent, _of_article(told, scene, country, 10 + rival)]
            continue
        close = "".join([f"{inside:d}" for inside, (_, name) in nearest.items() if name == country])
        doing, undergoing = sorted(acting.get(country, ())), sorted(receiving.get(country, ()))
        sides = _side("A", acting.get(country)) + _side("R", receiving.get(country))
        others = min(people - (country in taking_part), 2)
        terms += [
            (_as_strongly, rank, rival, kind, close, len(nearest), country == first),
            (_by_sides, sides, kind, mode, others, rival),
            (_by_lemma, sides, lemma),
            (_as_pair, tuple(doing), tuple(undergoing), kind),
            _of_article(told, scene, country, min(rank, rival) if rank < _ABSENT else 10 + rival),
        ]
    found[NOWHERE] = _nowhere(told, scene, best, people)
    return found


def _as_strongly(rank: int, rival: int, kind: str, close: str, scenes: int, first: bool) -> tuple[str, ...]:
    return (f"best {rank} {rival}", f"best {rank} {kind}", f"close {close} {scenes} {first}")


def _absent(rival: int, kind: str, mode: str | None, scenes: int, others: int, lemma: str) -> tuple[str, ...]:
    """What speaks for a country that the sentence does not bring up and that takes no part."""
    return (
        *_as_strongly(_ABSENT, rival, kind, "", scenes, False),
        *_by_sides("", kind, mode, others, rival),
        *_by_lemma("", lemma),
        *_as_pair((), (), kind),
    )


def _in_question(told: Told, scene: Scene, seen: list[Seen], acting: Sides, receiving: Sides) -> Iterable[str]:
    before = scene.staged[max(0, told.number - BACK) : told.number]
    named = (
        *[one.sighting.phrase.country for one in seen], *acting, *receiving, *scene.most, scene.outlet,
        *[country for here in before for country in here],
    )  # fmt: skip
    return dict.fromkeys([country for country in named if country])


def _by_sides(sides: str, kind: str, mode: str | None, others: int, rival: int) -> tuple[str, ...]:
    """What a country's taking part says."""
    return (
        f"sides {sides} {kind}",
        f"sides {sides} {kind} {mode}",
        f"sides {sides} {others} {rival}",
        f"sides {sides} {others} {kind}",
    )


def _by_lemma(sides: str, lemma: str) -> tuple[str, ...]:
    return (f"sides {sides} {lemma}",)


def _as_pair(doing: tuple[str, ...], undergoing: tuple[str, ...], kind: str) -> tuple[str, ...]:
    """What those of a country who act and who are acted on say, by their sectors."""
    return (
        f"pair {'+'.join(doing)} {'+'.join(undergoing)}",
        *(f"actor {sector} {kind}" for sector in doing),
        *(f"recipient {sector} {kind}" for sector in undergoing),
    )


def _of_article(told: Told, scene: Scene, country: str, rival: int) -> Term:
    """What the rest of the article says for a country; `rival` is how strongly the sentence speaks for this or another one."""
    back = scene.back[told.number].get(country, 0)
    share = 5 * scene.named[country] // max(scene.total, 1)
    return (_in_article, scene.most.get(country, 4), share, back, country == scene.outlet, scene.alone, rival)


def _in_article(rank: int, share: int, back: int, outlet: bool, alone: str, rival: int) -> tuple[str, ...]:
    return (
        f"rank {rank} {alone} {rival}",
        f"share {share} {alone} {rival}",
        f"back {back} {alone} {rival}",
        f"outlet {outlet} {rival}",
    )


def _nowhere(told: Told, scene: Scene, best: dict[str, int], people: int) -> list[Term]:
    """What speaks for its not being said where."""
    strongest = min(best.values(), default=_ABSENT)
    named = min(sum([rank < _ABSENT for rank in best.values()]), 4)
    candidate = told.candidate
    return [
        (_null, told.type, told.mode, told.status, scene.alone),
        (_null_best, strongest, told.type, min(people, 3), named),
        (_null_act, candidate.predicate.lemma, candidate.head.use.tense),
    ]


def _null(kind: str, mode: str | None, status: str, alone: str) -> tuple[str, ...]:
    return (
        "null",
        f"null {kind}",
        f"null {kind} {mode}",
        f"null {kind} {status}",
        f"null {status}",
        f"null {alone}",
        f"null {kind} {alone}",
    )


def _null_best(strongest: int, kind: str, people: int, named: int) -> tuple[str, ...]:
    return (
        f"null best {strongest}",
        f"null best {strongest} {kind}",
        f"null people {people} {strongest}",
        f"null people {people} {kind}",
        f"null named {named} {strongest}",
    )


def _null_act(lemma: str, tense: str) -> tuple[str, ...]:
    return (f"null {lemma}", f"null tense {tense}")


def _side(letter: str, sectors: set[str] | None) -> str:
    """Whether a country takes part on a side: in a small letter where only what stands around says so."""
    if sectors is None:
        return ""
    return letter.lower() if all(sector.endswith(_GUESSED) for sector in sectors) else letter


def _countries(entities: Iterable[Entity]) -> Sides:
    """The countries of those who take part, each with their sectors."""
    found: Sides = {}
    for entity in entities:
        if entity.country and entity.country not in BODIES:
            guessed = _GUESSED if entity.basis == "context" else ""
            found.setdefault(entity.country, set()).add((entity.sector or "") + guessed)
    return found
