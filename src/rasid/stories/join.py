"""Reports of one act put together into a story.

Two reports that are alike enough are an edge; reports that edges connect are told apart once more, so that no chain of half
likenesses makes one story of many. What comes out depends on the reports alone, not on the order in which they came: an edge
depends on its two reports, and a story on the edges that hang together. So where a report comes or goes, only the stories
that hang together with it are made anew.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import combinations
from typing import NamedTuple

from rasid.stories.acts import Act, keys_of
from rasid.stories.likeness import Finding, Likeness, likeness
from rasid.stories.points import points

_LOOKED_AT = 12  # reports of each side, where two groups are compared
_NEVER = -10.0  # what two reports that can never be one count among others

Pair = tuple[str, str]  # ids of two reports, the smaller first


class Join(NamedTuple):
    """Why a report belongs to a story: the one it is most like of those that are nearer to the story's first, and how alike."""

    report: str
    to: str
    likeness: Likeness


class Story(NamedTuple):
    """One act: the ids of its reports, sorted, and why all but one of them belong to it."""

    id: str
    reports: tuple[str, ...]
    joins: tuple[Join, ...]


class Decisions(NamedTuple):
    """What people said of pairs of reports: of one act, or of two."""

    one: frozenset[Pair] = frozenset()
    two: frozenset[Pair] = frozenset()


def pair(a: str, b: str) -> Pair:
    """Two reports in the order in which pairs are written."""
    return (a, b) if a <= b else (b, a)


def edge(a: Act, b: Act) -> Likeness | None:
    """How alike two reports of different articles are; None where they are not alike enough to be one act."""
    if a.article == b.article:
        return None
    found = likeness(a, b)
    threshold = points()["join"].points
    return found if found and threshold is not None and found.score >= threshold else None


def edges_of(acts: Iterable[Act]) -> dict[Pair, Likeness]:
    """All edges among reports."""
    by_key: dict[str, list[Act]] = defaultdict(list)
    for act in sorted(acts, key=lambda act: act.id):
        for key in keys_of(act):
            by_key[key].append(act)
    pairs = {pair(a.id, b.id): (a, b) for among in by_key.values() for a, b in combinations(among, 2)}
    return {both: found for both, (a, b) in pairs.items() if (found := edge(a, b))}


def stories_among(acts: Collection[Act], decisions: Decisions = Decisions()) -> list[Story]:
    """The stories of reports, those of a single report too, sorted by id.

    Args:
        acts: the reports; their ids differ.
        decisions: what people said; of reports that are not there it does not matter.
    """
    by_id = {act.id: act for act in acts}
    edges = edges_of(acts)
    return sorted(
        story
        for group in hanging_together(by_id, [*edges, *decisions.one])
        for story in tell_apart({id_: by_id[id_] for id_ in group}, edges, decisions)
    )


def hanging_together(ids: Collection[str], pairs: Iterable[Pair]) -> list[set[str]]:
    """The reports that pairs connect."""
    neighbours: dict[str, set[str]] = {id_: set() for id_ in ids}
    for a, b in pairs:
        if a in neighbours and b in neighbours:
            neighbours[a].add(b)
            neighbours[b].add(a)
    groups, seen = [], set[str]()
    for id_ in sorted(neighbours):
        if id_ in seen:
            continue
        group, left = {id_}, [id_]
        while left:
            new = neighbours[left.pop()] - group
            group |= new
            left += new
        seen |= group
        groups.append(group)
    return groups


def tell_apart(acts: Mapping[str, Act], edges: Mapping[Pair, Likeness], decisions: Decisions = Decisions()) -> list[Story]:
    """The stories of reports that hang together.

    Groups begin as single reports and grow along the edges, the strongest first, where the reports of both are alike enough
    on average. What people said comes first: reports said to be one are in one group, those said to be two never are.
    """
    group_of: dict[str, frozenset[str]] = {id_: frozenset([id_]) for id_ in acts}
    scores: dict[Pair, float] = {}

    def score(a: str, b: str) -> float:
        both = pair(a, b)
        if both not in scores:
            found = edges.get(both) or likeness(acts[both[0]], acts[both[1]])
            scores[both] = found.score if found else _NEVER
        return scores[both]

    def unite(both: Pair, allowed: Callable[[frozenset[str], frozenset[str]], bool]) -> None:
        one, other = (group_of[id_] for id_ in both)
        if one is not other and not _parted(one, other, decisions.two) and allowed(one, other):
            united = one | other
            group_of.update(dict.fromkeys(united, united))

    for both in sorted(both for both in decisions.one if both[0] in acts and both[1] in acts):
        unite(both, lambda one, other: True)
    inside = [(-found.score, both) for both, found in edges.items() if both[0] in acts and both[1] in acts]
    threshold = points()["join"].points or 0.0
    for _, both in sorted(inside):
        unite(both, lambda one, other: _mean(one, other, score) >= threshold)
    return [_story(group, acts, edges, decisions) for group in sorted(set(group_of.values()), key=min)]


def _parted(one: frozenset[str], other: frozenset[str], two: frozenset[Pair]) -> bool:
    return any((a in one and b in other) or (a in other and b in one) for a, b in two)


def _mean(one: frozenset[str], other: frozenset[str], score: Callable[[str, str], float]) -> float:
    few, others = sorted(one)[:_LOOKED_AT], sorted(other)[:_LOOKED_AT]
    return sum(score(a, b) for a in few for b in others) / (len(few) * len(others))


def _story(group: frozenset[str], acts: Mapping[str, Act], edges: Mapping[Pair, Likeness], decisions: Decisions) -> Story:
    reports = tuple(sorted(group))
    return Story(reports[0], reports, tuple(_joins(reports, acts, edges, decisions)))


def _joins(
    reports: tuple[str, ...], acts: Mapping[str, Act], edges: Mapping[Pair, Likeness], decisions: Decisions
) -> Iterator[Join]:
    """Each report but the first with the one before it that it is most like."""
    for n, report in enumerate(reports[1:], 1):
        best: tuple[float, str, Likeness] | None = None
        for to in reports[:n]:
            both = pair(report, to)
            found = edges.get(both) or likeness(acts[both[0]], acts[both[1]]) or Likeness(_NEVER, ())
            if both in decisions.one:
                found = Likeness(math.inf, (Finding("said by people", 0.0),))
            if best is None or found.score > best[0]:
                best = found.score, to, found
        if best:
            yield Join(report, best[1], best[2])
