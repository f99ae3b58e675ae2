"""Charts as numbers for inline SVG: bars of months by class of event. No script draws them."""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

QUADS = (2, 4, 3, 1)  # from the axis: cooperation upward (deeds, then words); conflict downward (words, then deeds)
WIDTH, HEIGHT, BOTTOM = 1100, 240, 28
_SIDE = 34  # room at either end for the words of the first and last month
_MOST = 60  # months shown


class Bar(NamedTuple):
    """A rectangle of a chart and what it stands for."""

    x: float
    y: float
    width: float
    height: float
    quad: int


class Month(NamedTuple):
    """A month: its first day and how many events of each class, 1 to 4."""

    first: dt.date
    counts: tuple[int, int, int, int]


class Chart(NamedTuple):
    """Bars above an axis for cooperation and below it for conflict, ticks of months, and the figures."""

    bars: list[Bar]
    ticks: list[tuple[float, dt.date]]
    axis: float
    most_up: int
    most_down: int
    months: list[Month]
    by_year: bool = False


def months_of(rows: Iterable[tuple[str, int, int]]) -> list[Month]:
    """Months in a row, empty ones too, the last sixty; `rows` are month (2021-11), class and how many."""
    counted: dict[str, list[int]] = {}
    for month, quad, number in rows:
        if 1 <= quad <= 4:
            counted.setdefault(month, [0, 0, 0, 0])[quad - 1] += number
    if not counted:
        return []
    first, last = (dt.date.fromisoformat(f"{month}-01") for month in (min(counted), max(counted)))
    found = []
    day = max(first, _earlier(last, _MOST - 1))
    while day <= last:
        a, b, c, d = counted.get(f"{day:%Y-%m}", [0, 0, 0, 0])
        found.append(Month(day, (a, b, c, d)))
        day = (day + dt.timedelta(days=32)).replace(day=1)
    return found


def _earlier(day: dt.date, months: int) -> dt.date:
    at = day.year * 12 + day.month - 1 - months
    return dt.date(max(at // 12, 1), at % 12 + 1, 1)


def chart(months: list[Month]) -> Chart | None:
    """The chart of some months, by years where they are many; None where there are none."""
    if not months:
        return None
    by_year = len(months) > _MOST
    if by_year:
        months = [
            Month(dt.date(year, 1, 1), _sum([month.counts for month in months if month.first.year == year]))
            for year in range(months[0].first.year, months[-1].first.year + 1)
        ]
    up = max(m.counts[1] + m.counts[3] for m in months)
    down = max(m.counts[0] + m.counts[2] for m in months)
    unit = (HEIGHT - BOTTOM - 16) / max(up + down, 1)
    axis = 8 + up * unit
    step = (WIDTH - 2 * _SIDE) / max(len(months), 12)
    left = WIDTH - _SIDE - step * len(months)
    bars, ticks = [], []
    every = max(1, -(-len(months) // 8))
    for n, month in enumerate(months):
        x = left + n * step
        above, below = axis, axis
        for quad in QUADS:
            height = month.counts[quad - 1] * unit
            if not height:
                continue
            if quad in (2, 4):
                above -= height
                bars.append(Bar(round(x + step * 0.12, 1), round(above, 1), round(step * 0.76, 1), round(height, 1), quad))
            else:
                bars.append(Bar(round(x + step * 0.12, 1), round(below, 1), round(step * 0.76, 1), round(height, 1), quad))
                below += height
        if (len(months) - 1 - n) % every == 0:
            ticks.append((round(x + step / 2, 1), month.first))
    return Chart(bars, ticks, round(axis, 1), up, down, months, by_year)


def _sum(counts: list[tuple[int, int, int, int]]) -> tuple[int, int, int, int]:
    a, b, c, d = (sum(column) for column in zip(*counts, strict=True)) if counts else (0, 0, 0, 0)
    return a, b, c, d
