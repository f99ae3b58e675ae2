"""Days, weeks, months and years of the Gregorian and the Umm al-Qura calendar as intervals of days. Knows no language."""

import datetime as dt
from collections.abc import Callable
from functools import lru_cache
from typing import Literal, NamedTuple

Part = Literal["early", "mid", "late"]
Unit = Literal["day", "week", "month", "year"]
Grain = Literal["day", "week", "month", "year", "season", "span"]

HIJRI_YEARS = range(1343, 1501)  # what the Umm al-Qura tables cover
_FAR = 305  # days
_DAY = dt.timedelta(days=1)


class Range(NamedTuple):
    """First and last day, inclusive."""

    start: dt.date
    end: dt.date


class Month(NamedTuple):
    """A month of some year."""

    number: int
    hijri: bool = False


def days(day: dt.date, count: int) -> dt.date:
    """The day `count` days after `day`."""
    return day + count * _DAY


def year_range(year: int) -> Range:
    """A Gregorian year."""
    return Range(dt.date(year, 1, 1), dt.date(year, 12, 31))


def months_range(year: int, month: int, count: int = 1) -> Range:
    """`count` Gregorian months from `month` of `year` on; months below 1 and above 12 run into the years beside it."""
    first, after = (year * 12 + month - 1, year * 12 + month - 1 + count)
    return Range(dt.date(first // 12, first % 12 + 1, 1), days(dt.date(after // 12, after % 12 + 1, 1), -1))


def unit_range(unit: Unit, day: dt.date, shift: int = 0) -> Range:
    """The day, ISO week, month or year that holds `day`, or the one `shift` units later."""
    if unit == "day":
        moved = days(day, shift)
        return Range(moved, moved)
    if unit == "week":
        monday = days(day, 7 * shift - day.weekday())
        return Range(monday, days(monday, 6))
    if unit == "month":
        return months_range(day.year, day.month + shift)
    return year_range(day.year + shift)


@lru_cache(maxsize=4096)
def month_range(month: Month, year: int) -> Range | None:
    """`month` of `year` (a Hijri year for a Hijri month); None outside of what the calendar covers."""
    if not month.hijri:
        return months_range(year, month.number) if 1 <= year <= 9998 else None
    if year not in HIJRI_YEARS:
        return None
    from hijridate import Hijri

    start = Hijri(year, month.number, 1)
    first = start.to_gregorian()
    day = dt.date(first.year, first.month, first.day)
    return Range(day, days(day, start.month_length() - 1))


def hijri_year_range(year: int) -> Range | None:
    """A Hijri year; None outside of what the tables cover."""
    first, last = month_range(Month(1, True), year), month_range(Month(12, True), year)
    return Range(first.start, last.end) if first and last else None


def hijri_year_of(day: dt.date) -> int:
    """The Hijri year that holds `day`; an estimate outside of what the tables cover, which then resolves to nothing."""
    estimate = int((day.year - 622) * 33 / 32) + 1
    for year in (estimate - 1, estimate, estimate + 1):
        found = hijri_year_range(year)
        if found and found.start <= day <= found.end:
            return year
    return estimate


def day_of(month: Range, number: int) -> Range | None:
    """Day `number` of a month; None where the month has no such day."""
    day = days(month.start, number - 1)
    return Range(day, day) if number >= 1 and day <= month.end else None


def part_of(unit: Grain, whole: Range, part: Part) -> Range:
    """The early, middle or late part of a week (2, 3, 2 days), month (10, 10, the rest), season or year (thirds)."""
    if unit == "week":
        first, last = {"early": (0, 1), "mid": (2, 4), "late": (5, 6)}[part]
        return Range(days(whole.start, first), days(whole.start, last))
    if unit == "month":
        first, last = {"early": (0, 9), "mid": (10, 19), "late": (20, 40)}[part]
        return Range(days(whole.start, first), min(days(whole.start, last), whole.end))
    if unit in ("day", "span"):
        return whole
    return share_of(unit, whole, 3, {"early": 1, "mid": 2, "late": 3}[part]) or whole


def share_of(unit: Grain, whole: Range, shares: int, number: int) -> Range | None:
    """Share `number` (from 1) of `shares` equal ones: halves, thirds and quarters of years and seasons are whole months."""
    if not 1 <= number <= shares:
        return None
    if unit in ("year", "season"):
        length = (whole.end.year - whole.start.year) * 12 + whole.end.month - whole.start.month + 1
        count = length // shares
        return months_range(whole.start.year, whole.start.month + count * (number - 1), count) if count else None
    length = 30 if unit == "month" else (whole.end - whole.start).days + 1
    start = days(whole.start, length * (number - 1) // shares)
    return Range(start, whole.end if number == shares else days(whole.start, length * number // shares - 1))


def choose(
    year_now: int, make: Callable[[int], Range | None], day: dt.date, mode: Literal["last", "past", "next", "near"]
) -> Range | None:
    """Of what `make` gives for the years around `year_now`: the last one begun by `day`, the next not yet over, or the nearest.

    One more than ten months off gives way to the nearest, unless it is told as `past`: nobody leaves out the year of what is so
    far. February 29 may lie four years off, so years within four are tried.
    """
    made = [found for year in range(year_now - 4, year_now + 5) if (found := make(year))]
    found = None
    if mode in ("last", "past"):
        found = max((one for one in made if one.start <= day), default=None)
        if mode == "past" and found:
            return found
    if mode == "next":
        found = min((one for one in made if one.end >= day), default=None)
    if found is None or (found.start - day).days > _FAR or (day - found.end).days > _FAR:
        return min(made, key=lambda one: abs((one.start - day).days + (one.end - day).days), default=None)
    return found
