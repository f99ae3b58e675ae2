"""How much was read: articles and outlets by period of publication, which go with every count of events.

More events can mean that more happened, or that more was read. What was read is counted by the day on which articles were
published; events by the day on which they happened. A period in which nothing was read is a gap, not a calm.
"""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from rasid.analysis.between import Read, exposure_days
from rasid.analysis.periods import By, Period, check_by, period_of, periods_between
from rasid.record import Record


@dataclass(frozen=True, slots=True)
class ExposureRow:
    """What was read in a period: articles, how many of them report any event, and the articles of each outlet, most first.

    An outlet that an article does not name is `?`.
    """

    period: str
    start: dt.date
    end: dt.date
    articles: int
    with_event: int
    outlets: tuple[tuple[str, int], ...]

    @property
    def share(self) -> float | None:
        """Of the articles, those that report an event, from 0 to 1; None where nothing was read."""
        return self.with_event / self.articles if self.articles else None


@dataclass(frozen=True, slots=True)
class Exposure:
    """What was read, period by period without a hole; and how many articles have a day too vague for any one period."""

    by: By
    rows: tuple[ExposureRow, ...]
    unplaced: int

    @property
    def articles(self) -> int:
        """All that were read."""
        return self.unplaced + sum(row.articles for row in self.rows)

    def of(self, period: str) -> ExposureRow | None:
        """The row of a period."""
        return next((row for row in self.rows if row.period == period), None)


def exposure(
    record: Record,
    by: str = "month",
    start: dt.date | None = None,
    end: dt.date | None = None,
    source: str | None = None,
) -> Exposure:
    """How many articles of which outlets a record's articles are, by period of publication.

    Args:
        record: the record.
        by: `day`, `month` or `year`.
        start: from the period of this day; without it, from the first that was read.
        end: to the period of this day; without it, to the last that was read.
        source: only this outlet.

    Raises:
        InputError: there is no such period.
    """
    unit = check_by(by)
    found = [(one, period_of(one.start, one.end, unit)) for one in exposure_days(record, source)]
    placed = [(one, period) for one, period in found if period and (not start or period.end >= start)]
    placed = [(one, period) for one, period in placed if not end or period.start <= end]
    unplaced = sum(one.articles for one, period in found if period is None and _may_be(one, start, end))
    days = [day for _, period in placed for day in (period.start, period.end)]
    first, last = start or min(days, default=None), end or max(days, default=None)
    if first is None or last is None or first > last:
        return Exposure(unit, (), unplaced)
    by_period: dict[str, list[Read]] = {}
    for one, period in placed:
        by_period.setdefault(period.name, []).append(one)
    rows = tuple(_row(period, by_period.get(period.name, [])) for period in periods_between(first, last, unit))
    return Exposure(unit, rows, unplaced)


def _may_be(one: Read, start: dt.date | None, end: dt.date | None) -> bool:
    return not (start and one.end and one.end < start) and not (end and one.start and one.start > end)


def _row(period: Period, found: list[Read]) -> ExposureRow:
    outlets: Counter[str] = Counter()
    for one in found:
        outlets[one.source or "?"] += one.articles
    ranked = tuple(sorted(outlets.items(), key=lambda item: (-item[1], item[0])))
    return ExposureRow(*period, outlets.total(), sum(one.with_event for one in found), ranked)
