"""How far coders agree, and how far a machine is right, with intervals. Plain numbers in, plain numbers out."""

import random
from collections import Counter
from collections.abc import Hashable, Sequence
from typing import NamedTuple

_DRAWS = 1000
_TAIL = 0.025  # on either side of a 95% interval


class Share(NamedTuple):
    """A share and its 95% interval."""

    value: float
    low: float
    high: float


class Judged(NamedTuple):
    """A sentence: did the machine code a type there, did people, and how many sentences it stands for."""

    machine: bool
    people: bool
    weight: float


def alpha(units: Sequence[Sequence[Hashable]]) -> float | None:
    """Krippendorff's alpha for nominal values (Krippendorff 2011, "Computing Krippendorff's alpha-reliability").

    Args:
        units: for each unit the values that coders gave it, in any order; who gave none is left out.

    Returns:
        1 for full agreement, 0 for what chance would give; None where nothing could be compared, or all values are the same.
    """
    paired = [values for values in map(Counter, units) if values.total() > 1]
    totals = sum(paired, Counter[Hashable]())
    number = totals.total()
    expected = number * number - sum(count * count for count in totals.values())
    if not expected:
        return None
    differing = sum(
        (values.total() ** 2 - sum(count * count for count in values.values())) / (values.total() - 1) for values in paired
    )
    return 1 - (number - 1) * differing / expected


def majority(votes: Sequence[bool]) -> bool | None:
    """What more than half say; None for a tie."""
    yes = sum(votes)
    return None if 2 * yes == len(votes) else 2 * yes > len(votes)


def precision(judged: Sequence[Judged]) -> float | None:
    """Of the weight that the machine coded, the part that people coded as well; None where it coded nothing."""
    return _part(judged, [one.machine for one in judged])


def recall(judged: Sequence[Judged]) -> float | None:
    """Of the weight that people coded, the part that the machine coded as well; None where they coded nothing."""
    return _part(judged, [one.people for one in judged])


def _part(judged: Sequence[Judged], among: Sequence[bool]) -> float | None:
    whole = sum(one.weight for one, inside in zip(judged, among, strict=True) if inside)
    both = sum(one.weight for one in judged if one.machine and one.people)
    return both / whole if whole else None


def with_intervals(judged: Sequence[Judged], strata: Sequence[str], seed: int) -> tuple[Share | None, Share | None]:
    """Precision and recall, each with the interval that sentences drawn again, stratum by stratum, give (the bootstrap)."""
    groups: dict[str, list[Judged]] = {}
    for one, stratum in zip(judged, strata, strict=True):
        groups.setdefault(stratum, []).append(one)
    draw = random.Random(seed)
    drawn = [[one for group in groups.values() for one in draw.choices(group, k=len(group))] for _ in range(_DRAWS)]
    return (
        _interval(precision(judged), [precision(again) for again in drawn]),
        _interval(recall(judged), [recall(again) for again in drawn]),
    )


def _interval(value: float | None, drawn: list[float | None]) -> Share | None:
    if value is None:
        return None
    known = sorted(one for one in drawn if one is not None)
    cut = int(len(known) * _TAIL)
    return Share(value, known[cut], known[-1 - cut])
