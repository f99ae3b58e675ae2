"""The relation of two actors over time: what was done and read by period, its formal state, firsts and turning points."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rasid.analysis.between import HAPPENED, acts_among, events_between
from rasid.analysis.coverage import Exposure, ExposureRow, exposure
from rasid.analysis.firsts import First, firsts
from rasid.analysis.formal import States, states_of
from rasid.analysis.names import Actor, actor_named
from rasid.analysis.periods import By, Period, check_by, period_of, periods_between
from rasid.analysis.telling import Told, are_sides, firsts_told, states_told, told_between
from rasid.analysis.turning import Turn, turns
from rasid.errors import InputError
from rasid.record import EventRow, Record

COOPERATION, CONFLICT = (2, 4), (1, 3)  # quad classes


@dataclass(frozen=True, slots=True)
class Count:
    """What two did in a period (by the days of the acts), and how much was read in it (by days of publication).

    `events` counts reports, one for each article that tells of an act, `acts` each act once. Both are None where nothing was
    read and nothing is told of the period later: a gap, not a calm. `scores` of cooperation and of conflict are sums of
    PLOVER's scores. `about` is how many of the articles read report an event of theirs.
    """

    period: str
    start: dt.date
    end: dt.date
    acts: int | None
    events: int | None
    quads: tuple[int, int, int, int]  # material conflict, material cooperation, verbal conflict, verbal cooperation
    cooperation_score: float
    conflict_score: float
    types: tuple[tuple[str, int], ...]  # most first
    articles: int
    about: int
    outlets: tuple[tuple[str, int], ...]

    @property
    def cooperation(self) -> int:
        """Events of material and verbal cooperation."""
        return self.quads[1] + self.quads[3]

    @property
    def conflict(self) -> int:
        """Events of material and verbal conflict."""
        return self.quads[0] + self.quads[2]

    @property
    def mean_score(self) -> float | None:
        """From -10 to 10; None without events."""
        return (self.cooperation_score + self.conflict_score) / self.events if self.events else None


@dataclass(frozen=True, slots=True)
class Relation:
    """What a record holds of the relation of two actors.

    `acts` are those of all periods, each once. `unplaced` is how many events that happened lie in no one period, their days not
    being known so well; `not_done` how many are planned, denied or only thought of: they are in no count. `undated` is the
    number of articles of no known day.
    """

    a: Actor
    b: Actor
    by: By
    counts: tuple[Count, ...]
    acts: int
    states: States
    firsts: tuple[First, ...]
    turns: tuple[Turn, ...]
    events: tuple[EventRow, ...]
    unplaced: int
    not_done: int
    articles: int
    undated: int


def relation(
    record: Record,
    a: str,
    b: str,
    by: str = "month",
    start: dt.date | None = None,
    end: dt.date | None = None,
    *,
    events: bool = True,
) -> Relation:
    """The relation of two actors over time.

    Args:
        record: the record.
        a: an actor: a code (`MAR`, `MAR GOV`), or a name in Arabic or English.
        b: another.
        by: count by `day`, `month` or `year`.
        start: count from this day; states, firsts and turning points are always of all that the record holds.
        end: count to this day.
        events: with the events themselves; without them two that meet daily are told in a fraction of the time.

    Raises:
        InputError: there is no such period, both are one actor, or the days are in the wrong order.
    """
    unit = check_by(by)
    if start and end and start > end:
        raise InputError(f"the period ends on {end} before it begins on {start}; turn them round")
    one, other = actor_named(record, a), actor_named(record, b)
    if events or not are_sides(one, other):
        rows: Sequence[EventRow | Told] = events_between(record, one, other)
        told = [row for row in rows if isinstance(row, EventRow)]
        found = states_of(told)
        done: Sequence[EventRow | Told] = [row for row in told if row.status in HAPPENED]
        first = firsts([row for row in told if row.status in HAPPENED], found.changes)
    else:
        light = told_between(record, one, other)
        rows, told, found = light, [], states_told(record, light)
        done = [row for row in light if row.status in HAPPENED]
        first = firsts_told(record, [row for row in light if row.status in HAPPENED], found.changes)
    read = exposure(record, unit, start, end)
    placed = [(period, row) for row in done if (period := period_of(row.when_start, row.when_end, unit))]
    inside = [(period, row) for period, row in placed if _within(period, start, end)]
    acts = acts_among(record, done)
    return Relation(
        one,
        other,
        unit,
        _counts(inside, read, rows, acts, start, end),
        len({acts.get(row.event_id, row.event_id) for _, row in inside}),
        found,
        tuple(first),
        tuple(turns(_monthly(done))),
        tuple(row for row in told if _may_be(row, start, end)) if events else (),
        sum(1 for row in done if period_of(row.when_start, row.when_end, unit) is None and _may_be(row, start, end)),
        len(rows) - len(done),
        read.articles,
        read.unplaced,
    )


def _within(period: Period, start: dt.date | None, end: dt.date | None) -> bool:
    return (not start or period.end >= start) and (not end or period.start <= end)


def _may_be(row: EventRow | Told, start: dt.date | None, end: dt.date | None) -> bool:
    return not (start and row.when_end and row.when_end < start) and not (end and row.when_start and row.when_start > end)


def _counts(
    placed: list[tuple[Period, EventRow | Told]],
    read: Exposure,
    rows: Iterable[EventRow | Told],
    acts: Mapping[str, str],
    start: dt.date | None,
    end: dt.date | None,
) -> tuple[Count, ...]:
    days = [day for period, _ in placed for day in (period.start, period.end)]
    days += [day for row in read.rows for day in (row.start, row.end)]
    first, last = start or min(days, default=None), end or max(days, default=None)
    if first is None or last is None:
        return ()
    events: defaultdict[str, list[EventRow | Told]] = defaultdict(list)
    for period, row in placed:
        events[period.name].append(row)
    about: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        if published := period_of(row.published_start, row.published_end, read.by):
            about[published.name].add(row.article_id)
    reads = {row.period: row for row in read.rows}
    return tuple(
        _count(period, events.get(period.name, []), acts, len(about.get(period.name, ())), reads.get(period.name))
        for period in periods_between(first, last, read.by)
    )


def _count(
    period: Period, events: list[EventRow | Told], acts: Mapping[str, str], about: int, row: ExposureRow | None
) -> Count:
    quads = Counter(event.quad for event in events)
    types = Counter(event.type for event in events)
    articles = row.articles if row else 0
    return Count(
        *period,
        acts=len({acts.get(event.event_id, event.event_id) for event in events}) if events or articles else None,
        events=len(events) if events or articles else None,
        quads=(quads[1], quads[2], quads[3], quads[4]),
        cooperation_score=_sum(event.score for event in events if event.quad in COOPERATION),
        conflict_score=_sum(event.score for event in events if event.quad in CONFLICT),
        types=tuple(sorted(types.items(), key=lambda item: (-item[1], item[0]))),
        articles=articles,
        about=about,
        outlets=row.outlets if row else (),
    )


def _sum(scores: Iterable[float]) -> float:
    return round(sum(scores), 2)


def _monthly(done: Iterable[EventRow | Told]) -> list[tuple[str, float]]:
    scores: defaultdict[str, list[float]] = defaultdict(list)
    for row in done:
        if period := period_of(row.when_start, row.when_end, "month"):
            scores[period.name].append(row.score)
    return [(month, sum(found) / len(found)) for month, found in sorted(scores.items())]
