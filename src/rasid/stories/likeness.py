"""How alike two reports are: findings, each with its points, that add up to a score. Nothing else decides."""

import datetime as dt
import math
from collections.abc import Callable, Iterator
from typing import NamedTuple

from rasid.arabic.names import same_person
from rasid.model import Count
from rasid.stories.acts import NARROW, Act, Party, Spot
from rasid.stories.points import points

_NEAR = 40.0  # kilometres
_MANY_TIMES = 4  # numbers that differ more are not one number growing
_FEW = 4  # words
_LEAST = -0.1  # as writers choose their words
_CHANCE = 0.2  # of their words, two reports of anything have in common
_OTHERWISE = {"negated": "negated", "future": "to come", "hypothetical": "to come"}


class Finding(NamedTuple):
    """One thing that speaks for or against: its row in `points.csv`, and its points."""

    name: str
    points: float


class Likeness(NamedTuple):
    """Findings on two reports, and their sum."""

    score: float
    findings: tuple[Finding, ...]


def likeness(a: Act, b: Act) -> Likeness | None:
    """How alike two reports are, the same whichever comes first; None where they can never be of one act."""
    if a.quad != b.quad:
        return None
    findings = []
    for name, times in _findings(a, b):
        worth = points()[name].points
        if worth is None:
            return None
        if worth * times:
            findings.append(Finding(name, round(worth * times, 2)))
    return Likeness(round(sum(finding.points for finding in findings), 2), tuple(findings))


def in_words(finding: Finding) -> str:
    """A finding as people read it: `the same person acts (+2)`."""
    return f"{points()[finding.name].words} ({finding.points:+g})"


def _findings(a: Act, b: Act) -> Iterator[tuple[str, float]]:
    day = _day(a, b)
    yield day, 1
    if day == "other day":
        return
    yield ("same type" if a.type == b.type else "other type"), 1
    if a.mode and b.mode and a.type == b.type:
        yield ("same mode" if a.mode == b.mode else "other mode"), 1
    if _OTHERWISE.get(a.status) != _OTHERWISE.get(b.status):
        yield "other status", 1
    if a.article == b.article:
        yield "same article", 1
    yield from _who(a, b)
    if a.where and b.where and (where := _where(a.where, b.where)):
        yield where, 1
    if counts := _counts(a.counts, b.counts):
        yield counts, 1
    if a.trigger == b.trigger:
        yield "same trigger", 1
    both_know = a.known & b.known
    yield "words", _share(a.words - both_know, b.words - both_know)
    if a.title and b.title and a.article != b.article:
        yield "titles", max(0.0, _share(a.title, b.title))


def _share(a: frozenset[str], b: frozenset[str]) -> float:
    """How much of the words of the shorter text the other one has beyond chance, at most 0.8; few words say little."""
    fewer = min(len(a), len(b))
    beyond = len(a & b) / max(fewer, _FEW) - _CHANCE
    return max(beyond, _LEAST if fewer >= _FEW else 0.0)


def _day(a: Act, b: Act) -> str:
    if not (a.start and a.end and b.start and b.end):
        same = (a.start, a.end) == (b.start, b.end) or _meet(a, b)
        return "same time" if same else "other day"
    gap = (max(a.start, b.start) - min(a.end, b.end)).days
    if gap > 0:
        return "next day" if gap == 1 and not (a.day_read and b.day_read) else "other day"
    exact = a.start == a.end == b.start == b.end
    if not exact and max(a.end - a.start, b.end - b.start) > NARROW:
        return "same time"
    return "same day said" if exact and a.day_read and b.day_read else "same day"


def _meet(a: Act, b: Act) -> bool:
    """Do the times of both overlap, an open end reaching as far as there are days?"""
    return (a.start or dt.date.min) <= (b.end or dt.date.max) and (b.start or dt.date.min) <= (a.end or dt.date.max)


def _who(a: Act, b: Act) -> Iterator[tuple[str, float]]:
    actor = _side(a.actors, b.actors)
    recipient = _side(a.recipients, b.recipients)
    sides = [_countries((*act.actors, *act.recipients)) for act in (a, b)]
    if len(sides[0]) > 1 and sides[0] == sides[1] and not {"person", "side"} >= {actor, recipient}:
        yield "same sides", 1
        return
    if sides[0] - sides[1] and sides[1] - sides[0] and "other" not in (actor, recipient):
        yield "others besides", 1
    if actor == recipient == "side" and len(sides[0] | sides[1]) == 1:
        yield "same actor", 1  # within one country: that the other side is of it too says nothing
        return
    named = {"person": "same {} name", "side": "same {}", "other person": "other {} name", "other": "other {}"}
    for role, found in (("actor", actor), ("recipient", recipient)):
        if found:
            yield named[found].format(role), 1


def _side(a: tuple[Party, ...], b: tuple[Party, ...]) -> str | None:
    """Who is on one side of both: a person, a side, others; None where one report names nobody that could be known."""
    if not a or not b:
        return None
    people = [{party.name for party in side if party.name} for side in (a, b)]
    if any(same_person(x, y)[0] for x in people[0] for y in people[1]):
        return "person"
    countries = [_countries(a), _countries(b)]
    if countries[0] and countries[1]:
        if not countries[0] & countries[1]:
            return "other"
        return "other person" if people[0] and people[1] else "side"
    if any(x.words == y.words for x in a for y in b):
        return "side"
    if people[0] and people[1]:
        return "other person"
    sectors = [{party.sector for party in side if party.sector} for side in (a, b)]
    return "side" if sectors[0] & sectors[1] else None


def _countries(parties: tuple[Party, ...]) -> set[str]:
    return {party.country for party in parties if party.country}


def _where(a: Spot, b: Spot) -> str | None:
    if a.country and b.country and a.country != b.country:
        return "other country said" if a.named and b.named else "other country"
    if a.place and b.place:
        if a.place == b.place:
            return "same place"
        if a.degrees and b.degrees:
            return "near place" if _kilometres(a.degrees, b.degrees) <= _NEAR else "other place"
        return "same country"
    return "same country" if a.country and a.country == b.country else None


def _kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """On a sphere, well enough for what is near."""
    (x, y), (u, v) = ((math.radians(degree) for degree in spot) for spot in (a, b))
    chord = math.sin((x - u) / 2) ** 2 + math.cos(x) * math.cos(u) * math.sin((y - v) / 2) ** 2
    return 2 * 6371 * math.asin(min(1.0, math.sqrt(chord)))


def _counts(a: tuple[Count, ...], b: tuple[Count, ...]) -> str | None:
    """What the numbers of one kind say, the best of them; None where there is no kind that both count."""
    pairs = [(x, y) for x in a for y in b if x.kind == y.kind]
    if not pairs:
        return None
    checks: list[tuple[str, Callable[[Count, Count], bool]]] = [("same count", may_be_one), ("near count", _one_growing)]
    return next((name for name, holds in checks if any(holds(x, y) for x, y in pairs)), "other count")


def may_be_one(a: Count, b: Count) -> bool:
    """Can two numbers with their bounds be the same?"""
    (least, most), (few, many) = ((c.min or 0, math.inf if c.max is None else c.max) for c in (a, b))
    return least <= many and few <= most


def _one_growing(a: Count, b: Count) -> bool:
    numbers = [count.min if count.min is not None else count.max or 0 for count in (a, b)]
    return max(numbers) <= _MANY_TIMES * max(1, min(numbers))
