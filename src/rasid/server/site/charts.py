"""Charts as numbers for inline SVG: bars of months by class of event. No script draws them."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

QUADS = (2, 4, 3, 1)  # from the axis: cooperation upward (deeds, then words); conflict downward (words, then deeds)
WIDTH, HEIGHT, BOTTOM = 1100, 240, 28
_LANE = 30  # height of what is drawn beneath the bars: how much was read
_BAND = 22  # and above them: the formal state
_SIDE = 34  # room at either end for the words of the first and last month
_MOST = 60  # months shown
_LEAST = 2  # months with events
_TICKS = 12  # years that are named
_APART = ((12, 1), (30, 3))  # to how many months of a chart each how maniest is named; of more only January


class Bar(NamedTuple):
    """A rectangle of a chart and what it stands for."""

    x: float
    y: float
    width: float
    height: float
    quad: int


class Month(NamedTuple):
    """A month: its first day, how many events of each class, 1 to 4, and how many articles were read (None: not asked)."""

    first: dt.date
    counts: tuple[int, int, int, int]
    read: int | None = None


class Band(NamedTuple):
    """A formal state and the days of which it holds; None is open. In a chart with where it begins and how wide it is."""

    state: str
    start: dt.date | None
    end: dt.date | None
    x: float = 0.0
    width: float = 0.0


class Turned(NamedTuple):
    """A turning point: the month (2021-11), the mean score before and from then on. In a chart with where it stands."""

    month: str
    before: float
    after: float
    x: float = 0.0


class Tick(NamedTuple):
    """Where a month or a year stands, and which of the two its words are."""

    x: float
    day: dt.date
    is_year: bool


class Chart(NamedTuple):
    """Bars above an axis for cooperation and below it for conflict, ticks of months, and the figures.

    `read` are bars of how many articles were read, on a line of their own; `bands` formal states above it all; `scale` lines of
    how many events, and where they stand.
    """

    bars: list[Bar]
    ticks: list[Tick]
    scale: list[tuple[float, int]]
    axis: float
    most_up: int
    most_down: int
    months: list[Month]
    by_year: bool
    read: list[Bar]
    bands: list[Band]
    turns: list[Turned]
    height: int


def months_of(rows: Iterable[tuple[str, int, int]], most: int = _MOST) -> list[Month]:
    """Months in a row, empty ones too, the last of them; `rows` are month (2021-11), class and how many."""
    counted: dict[str, list[int]] = {}
    for month, quad, number in rows:
        if 1 <= quad <= 4:
            counted.setdefault(month, [0, 0, 0, 0])[quad - 1] += number
    if not counted:
        return []
    first, last = (dt.date.fromisoformat(f"{month}-01") for month in (min(counted), max(counted)))
    found = []
    day = max(first, _earlier(last, most - 1))
    while day <= last:
        a, b, c, d = counted.get(f"{day:%Y-%m}", [0, 0, 0, 0])
        found.append(Month(day, (a, b, c, d)))
        day = (day + dt.timedelta(days=32)).replace(day=1)
    return found


def _earlier(day: dt.date, months: int) -> dt.date:
    at = day.year * 12 + day.month - 1 - months
    return dt.date(max(at // 12, 1), at % 12 + 1, 1)


def chart(months: list[Month], bands: Sequence[Band] = (), turns: Sequence[Turned] = ()) -> Chart | None:
    """The chart of some months, by years where they are many; None where they are too few to be seen as a course."""
    if sum(any(month.counts) for month in months) < _LEAST:
        return None
    by_year = len(months) > _MOST
    if by_year:
        months = _years(months)
    up = max(m.counts[1] + m.counts[3] for m in months)
    down = max(m.counts[0] + m.counts[2] for m in months)
    top = _BAND if bands else 0
    unit = (HEIGHT - BOTTOM - 16) / max(up + down, 1)
    axis = 8 + top + up * unit
    step = (WIDTH - 2 * _SIDE) / max(len(months), 12)
    left = WIDTH - _SIDE - step * len(months)
    bars: list[Bar] = []
    for n, month in enumerate(months):
        bars += _bars(month, left + n * step, step, axis, unit)

    def place(day: dt.date) -> float:
        """Where a day stands, from side to side of the months."""
        first, last = months[0].first, months[-1].first
        parts = (day.year - first.year) if by_year else (day.year - first.year) * 12 + day.month - first.month
        within = (day.timetuple().tm_yday - 1) / 366 if by_year else (day.day - 1) / 31
        beyond = last.year - first.year + 1 if by_year else (last.year - first.year) * 12 + last.month - first.month + 1
        return left + step * min(max(parts + within, 0.0), float(beyond))

    floor = axis + down * unit + 6
    read = _read(months, left, step, floor)
    height = round(floor + (_LANE + 6 if read else 0) + BOTTOM)
    return Chart(
        bars, _ticks(months, left, step, by_year), _scale(up, down, axis, unit), round(axis, 1), up, down, months, by_year,
        read,
        [one for band in bands if (one := _placed(band, place, left, left + step * len(months))).width > 1],
        [one._replace(x=round(place(dt.date.fromisoformat(f"{one.month}-01")), 1)) for one in turns], height,
    )  # fmt: skip


def _ticks(months: list[Month], left: float, step: float, by_year: bool) -> list[Tick]:
    """Every year or every second, third ...; months where they are few, quarters where more, and Januaries where many."""
    if by_year:
        every = -(-len(months) // _TICKS)
        some = [(n, one.first) for n, one in enumerate(months) if one.first.year % every == 0]
    else:
        apart = next((least for most, least in _APART if len(months) <= most), 12)
        some = [(n, one.first) for n, one in enumerate(months) if (one.first.month - 1) % apart == 0]
    are_years = by_year or len(months) > _APART[-1][0]
    return [Tick(round(left + step * (n + 0.5), 1), day, are_years) for n, day in some]


def _scale(up: int, down: int, axis: float, unit: float) -> list[tuple[float, int]]:
    """Round numbers of events, four at most on the longer side, on both sides of the axis."""
    most = max(up, down)
    apart = next(step * ten for ten in (10**n for n in range(12)) for step in (1, 2, 5) if step * ten * 4 >= most)
    found = [(axis - n * unit, n) for n in range(apart, up + 1, apart)]
    found += [(axis + n * unit, n) for n in range(apart, down + 1, apart)]
    return [(round(y, 1), n) for y, n in found]


def _years(months: list[Month]) -> list[Month]:
    found = []
    for year in range(months[0].first.year, months[-1].first.year + 1):
        some = [month for month in months if month.first.year == year]
        read = [month.read for month in some if month.read is not None]
        found.append(Month(dt.date(year, 1, 1), _sum([month.counts for month in some]), sum(read) if read else None))
    return found


def _bars(month: Month, x: float, step: float, axis: float, unit: float) -> Iterator[Bar]:
    above, below = axis, axis
    for quad in QUADS:
        height = month.counts[quad - 1] * unit
        if not height:
            continue
        if quad in (2, 4):
            above -= height
        yield Bar(
            round(x + step * 0.12, 1),
            round(above if quad in (2, 4) else below, 1),
            round(step * 0.76, 1),
            round(height, 1),
            quad,
        )
        if quad in (1, 3):
            below += height


def _read(months: list[Month], left: float, step: float, top: float) -> list[Bar]:
    """How much was read, beneath: a month in which nothing was is seen to be a gap, not a calm."""
    most = max((month.read or 0 for month in months), default=0)
    if not most:
        return []
    found = []
    for n, month in enumerate(months):
        height = round(max(1.5, (month.read or 0) / most * (_LANE - 4)), 1) if month.read else 0.0
        if height:
            found.append(
                Bar(round(left + step * (n + 0.12), 1), round(top + _LANE - height, 1), round(step * 0.76, 1), height, 0)
            )
    return found


def _placed(band: Band, place: Callable[[dt.date], float], left: float, right: float) -> Band:
    start, end = place(band.start) if band.start else left, place(band.end) if band.end else right
    return band._replace(x=round(start, 1), width=round(end - start, 1))


def _sum(counts: list[tuple[int, int, int, int]]) -> tuple[int, int, int, int]:
    a, b, c, d = (sum(column) for column in zip(*counts, strict=True)) if counts else (0, 0, 0, 0)
    return a, b, c, d
