"""Turning points of a series of months, by Pettitt's test.

Pettitt's test (A. N. Pettitt, Applied Statistics 28, 1979) asks of a series whether its level changed once, and where. It uses
ranks only: no distribution is assumed, and one month far out does not make a turn. The series is cut where it says so, and
each part is asked again, until no part has a turn that is likely enough (p below 0.05) or long enough on both sides.
"""

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

METHOD = "Pettitt's test (1979) on the mean score of months with events, repeated on each part, p < 0.05"
_LEAST = 5  # months on either side
_P = 0.05


class Turn(NamedTuple):
    """A turning point: the first month of the new level, the mean before and after, how likely it is to be chance."""

    month: str
    before: float
    after: float
    p: float


def turns(series: Sequence[tuple[str, float]]) -> list[Turn]:
    """The turning points of a series of months and values, in order."""
    return sorted(_turns(series))


def _turns(series: Sequence[tuple[str, float]]) -> Iterator[Turn]:
    at, p = _pettitt([value for _, value in series])
    if p >= _P or at < _LEAST or len(series) - at < _LEAST:
        return
    before, after = series[:at], series[at:]
    yield Turn(series[at][0], _mean(before), _mean(after), p)
    yield from _turns(before)
    yield from _turns(after)


def _pettitt(values: Sequence[float]) -> tuple[int, float]:
    """Where the second part of the series begins, and the approximate probability that nothing changed there."""
    number = len(values)
    if number < 2 * _LEAST:
        return 0, 1.0
    ranks = _mid_ranks(values)
    sums, total = [], 0.0
    for n, rank in enumerate(ranks[:-1], 1):
        total += rank
        sums.append(abs(2 * total - n * (number + 1)))
    most = max(sums)
    return sums.index(most) + 1, min(1.0, 2 * math.exp(-6 * most**2 / (number**3 + number**2)))


def _mid_ranks(values: Sequence[float]) -> list[float]:
    order = sorted(range(len(values)), key=values.__getitem__)
    ranks = [0.0] * len(values)
    start = 0
    while start < len(order):
        end = start
        while end + 1 < len(order) and values[order[end + 1]] == values[order[start]]:
            end += 1
        for at in order[start : end + 1]:
            ranks[at] = (start + end) / 2 + 1
        start = end + 1
    return ranks


def _mean(part: Sequence[tuple[str, float]]) -> float:
    return sum(value for _, value in part) / len(part)
