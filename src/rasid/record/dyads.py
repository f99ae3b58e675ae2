"""What two sides did, by day, month or year: read from sums that triggers keep, so that two that meet daily are soon told."""

import calendar
import datetime as dt
from typing import Any, Literal, NamedTuple

from rasid.errors import InputError
from rasid.record.opening import Record, as_record_errors

Unit = Literal["day", "month", "year"]
_LENGTHS = {"day": 10, "month": 7, "year": 4}  # letters of a day, as 2021-11-24, that name the day, its month, its year
_SUMS = (
    "sum(events), sum(quad_1), sum(quad_2), sum(quad_3), sum(quad_4), sum(a_towards_b), sum(b_towards_a), sum(tenths), "
    "sum(conflict_tenths), sum(a_towards_b_tenths), sum(b_towards_a_tenths)"
)
_WITHIN = "substr(first_day, 1, :length) = substr(last_day, 1, :length)"
_OF_TWO = "a = :a AND b = :b AND first_day >= :start AND last_day <= :end"
_TURNED = {">": "<", "<": ">"}


class DyadDays(NamedTuple):
    """What happened between two sides within a day, month or year; only of these in which something did.

    Counts are events of status occurred or historical. The four classes of PLOVER add up to `events`; the two ways do not: an
    event may go both ways, or neither (both together, towards nobody). Scores are sums of PLOVER's scores, not means.
    """

    first: dt.date
    last: dt.date
    events: int
    material_conflict: int
    material_cooperation: int
    verbal_conflict: int
    verbal_cooperation: int
    a_towards_b: int
    b_towards_a: int
    score: float
    conflict_score: float  # of those below 0
    cooperation_score: float
    a_towards_b_score: float
    b_towards_a_score: float


class DyadTypes(NamedTuple):
    """Events of one type between two sides within a month or year: `way` is `>` (a towards b), `<`, `<>` (both) or `=`
    (together)."""

    first: dt.date
    last: dt.date
    type: str
    way: str
    events: int
    score: float


def dyad_days(
    record: Record, a: str, b: str, *, start: dt.date | None = None, end: dt.date | None = None, by: Unit = "day"
) -> list[DyadDays]:
    """The timeline of two sides, in order; periods in which nothing happened are not in it.

    An event is counted in the period in which all of its days lie: one of several days, or of which only the month is known, is
    in no day but in the month. How many are in none says `outside`.

    Args:
        record: the record.
        a: a side as in `dyads`: a country, an organisation, or the sector of somebody whose country is not known.
        b: the other; the two ways are named after this order.
        start: only what happened on this day or later.
        end: only what happened on this day or before.
        by: what is counted together.

    Raises:
        InputError: there is no such unit.
    """
    values = _values(a, b, start, end, by)
    query = (
        f"SELECT substr(first_day, 1, :length) AS period, {_SUMS} FROM dyad_spans WHERE {_OF_TWO} AND {_WITHIN} GROUP BY period"
    )
    with as_record_errors(record.path):
        rows = record.connection.execute(query, values).fetchall()
    return [_days_of(row, turned=a > b) for row in rows]


def dyad_types(record: Record, a: str, b: str, *, by: Unit = "month") -> list[DyadTypes]:
    """The timeline of two sides by type and way, in order; as `dyad_days`, but by month or year.

    Raises:
        InputError: there is no such unit; for days ask `find_events`, or count in `dyads`.
    """
    if by == "day":
        raise InputError("events by type are counted by month or year; ask for the days of one type's events themselves")
    values = _values(a, b, None, None, by)
    query = (
        "SELECT substr(period, 1, :length) AS period, type, way, sum(events), sum(tenths) FROM dyad_types "
        "WHERE a = :a AND b = :b AND length(period) >= :length GROUP BY 1, type, way"
    )
    with as_record_errors(record.path):
        rows = record.connection.execute(query, values).fetchall()
    return [
        DyadTypes(*_bounds(period), type_, _TURNED.get(way, way) if a > b else way, events, tenths / 10)
        for period, type_, way, events, tenths in rows
    ]


def outside(record: Record, a: str, b: str, *, by: Unit = "day") -> int:
    """How many events that happened between two sides lie in no one day, month or year: too long, or of unknown date."""
    query = f"SELECT coalesce(sum(events), 0) FROM dyad_spans WHERE {_OF_TWO} AND NOT {_WITHIN}"
    values = _values(a, b, None, None, by) | {"start": "", "end": "A"}
    with as_record_errors(record.path):
        return int(record.connection.execute(query, values).fetchone()[0])


def _values(a: str, b: str, start: dt.date | None, end: dt.date | None, by: str) -> dict[str, str | int]:
    if by not in _LENGTHS:
        raise InputError(f'there is no unit "{by}" (one of {", ".join(_LENGTHS)})')
    first, last = (start or dt.date.min).isoformat(), (end or dt.date.max).isoformat()
    return {"a": min(a, b), "b": max(a, b), "start": first, "end": last, "length": _LENGTHS[by]}


def _days_of(row: tuple[Any, ...], turned: bool) -> DyadDays:
    period, events, one, two, three, four, forth, back, all_, conflict, forth_score, back_score = row
    if turned:
        forth, back, forth_score, back_score = back, forth, back_score, forth_score
    scores = (all_ / 10, conflict / 10, (all_ - conflict) / 10, forth_score / 10, back_score / 10)
    return DyadDays(*_bounds(period), events, one, two, three, four, forth, back, *scores)


def _bounds(period: str) -> tuple[dt.date, dt.date]:
    """The first and the last day of `2021-11-24`, `2021-11` or `2021`."""
    if len(period) == _LENGTHS["day"]:
        day = dt.date.fromisoformat(period)
        return day, day
    year, month = (int(part) for part in [*period.split("-"), "0"][:2])
    last = calendar.monthrange(year, month or 12)[1]
    return dt.date(year, month or 1, 1), dt.date(year, month or 12, last)
