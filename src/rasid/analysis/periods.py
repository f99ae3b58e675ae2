"""Days, months and years as periods by which things are counted."""

import datetime as dt
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple, get_args

from rasid.errors import InputError

By = Literal["day", "month", "year"]
_MOST = 80_000  # periods: two hundred years of days


class Period(NamedTuple):
    """A day, month or year: `2021-11`, and its first and last day."""

    name: str
    start: dt.date
    end: dt.date


def check_by(by: str) -> By:
    """`by` itself.

    Raises:
        InputError: it is none of day, month and year.
    """
    for one in get_args(By):
        if by == one:
            return one  # type: ignore[no-any-return]
    raise InputError(f'there is no period "{by}" (one of {", ".join(get_args(By))})')


@lru_cache(maxsize=1 << 15)
def period_of(start: dt.date | None, end: dt.date | None, by: By) -> Period | None:
    """The period in which an interval lies; None where it is open or reaches over several."""
    if start is None or end is None:
        return None
    period = _at(start, by)
    return period if end <= period.end else None


def periods_between(start: dt.date, end: dt.date, by: By) -> list[Period]:
    """All periods from the one of `start` to the one of `end`.

    Raises:
        InputError: there are too many of them to be meant.
    """
    if by == "day" and (end - start).days > _MOST:
        raise InputError(f"{start} to {end} are {(end - start).days:,} days; say from when to when, or count by month or year")
    return list(_run(start, end, by))


def _run(start: dt.date, end: dt.date, by: By) -> Iterator[Period]:
    period = _at(start, by)
    while True:
        yield period
        if period.end >= end:
            return
        period = _at(period.end + dt.timedelta(days=1), by)


def _at(day: dt.date, by: By) -> Period:
    if by == "day":
        return Period(day.isoformat(), day, day)
    if by == "year":
        return Period(f"{day.year:04}", dt.date(day.year, 1, 1), dt.date(day.year, 12, 31))
    following = dt.date(day.year + day.month // 12, day.month % 12 + 1, 1) if (day.year, day.month) < (9999, 12) else None
    last = following - dt.timedelta(days=1) if following else dt.date.max
    return Period(f"{day.year:04}-{day.month:02}", day.replace(day=1), last)
