"""Relations and exposure as tables, for CSV, Excel, Parquet and JSON lines; every count beside how much was read."""

import datetime as dt
from collections.abc import Iterable, Iterator

from rasid.analysis.between import Pair, label_of
from rasid.analysis.coverage import Exposure, ExposureRow
from rasid.analysis.firsts import First
from rasid.analysis.formal import Change, StateReport, States
from rasid.analysis.relations import Count, Relation
from rasid.analysis.turning import Turn
from rasid.events.plover import types
from rasid.record import EventRow
from rasid.record.tables import Cell, Column, Table

QUAD_COLUMNS = ("material_conflict", "material_cooperation", "verbal_conflict", "verbal_cooperation")
_DAYS = frozenset(("start", "end", "first", "last", "change_first", "change_last", "day", "previous", "published"))
_REALS = frozenset(("cooperation_score", "conflict_score", "mean_score", "before_mean", "after_mean", "p", "share"))
_INTEGERS = (
    "acts",
    "reports",
    "events",
    "cooperation",
    "conflict",
    "articles_read",
    "articles_about",
    "articles",
    "with_event",
    "change",
)
_EVENTS = ("acts", "reports", "cooperation", "conflict")
_SCORES = ("cooperation_score", "conflict_score", "mean_score")
_READ = ("articles_read", "articles_about", "outlets", "outlet_articles")
PARTS = ("periods", "states", "firsts", "turns", "events")


def counts_table(found: Relation) -> Table:
    """A row a period. `acts`, and `reports` of them, are empty where nothing was read, 0 where articles told of nothing."""
    kinds = sorted(types())
    names = ("a", "b", "period", "start", "end", *_EVENTS, *QUAD_COLUMNS, *_SCORES, *kinds, *_READ)
    a, b = found.a.terms[0], found.b.terms[0]
    return _table("relation", names, ((a, b, *_count(one, kinds)) for one in found.counts), {*kinds, *QUAD_COLUMNS, "outlets"})


def _count(one: Count, kinds: Iterable[str]) -> tuple[Cell, ...]:
    numbers: tuple[Cell, ...] = (one.acts, one.events, one.cooperation, one.conflict, *one.quads)
    if one.events is None:
        numbers = (None,) * len(numbers)
    of_type = dict(one.types)
    scores = (one.cooperation_score, one.conflict_score, one.mean_score) if one.events else (None, None, None)
    counted = (None if one.events is None else of_type.get(kind, 0) for kind in kinds)
    return (one.period, one.start, one.end, *numbers, *scores, *counted, one.articles, one.about, *_outlets(one.outlets))


def states_table(found: States) -> Table:
    """A row a report of a change of state: what it `says` of it: so, another day, denied, or planned."""
    names = ("change", "state", "change_first", "change_last", "says", "first", "last", "event_id", "article_id", "source")
    return _table("states", (*names, "published", "trigger", "sentence"), _state_rows(found))


def _state_rows(found: States) -> Iterator[tuple[Cell, ...]]:
    number: int | None
    for number, change in enumerate(found.changes, 1):
        known = (number, change.state, change.first, change.last)
        for n, version in enumerate(change.versions):
            for report in version.reports:
                yield (*known, "another day" if n else "so", *_report(report))
        for report in change.denials:
            yield (*known, "denied", *_report(report))
    for report in found.denials:
        yield (None, report.state, None, None, "denied", *_report(report))
    numbers = {id(change): number for number, change in enumerate(found.changes, 1)}
    for report, done in found.planned:
        number = numbers.get(id(done))
        days = (done.first, done.last) if done else (None, None)
        yield (number, report.state, *days, "planned", *_report(report))


def _report(report: StateReport) -> tuple[Cell, ...]:
    return (report.first, report.last, *_told(report.event))


def firsts_table(found: Iterable[First]) -> Table:
    """A row a first; `previous` is the day of the one before it, `since` the change of state that lies between."""
    names = ("kind", "day", "previous", "since", "event_id", "article_id", "source", "published", "trigger", "sentence")
    return _table(
        "firsts", names, ((one.kind.name, one.day, one.previous, _since(one.since), *_told(one.event)) for one in found)
    )


def _told(event: EventRow) -> tuple[Cell, ...]:
    return event.event_id, event.article_id, event.source, event.published_start, event.trigger, event.sentence


def _since(change: Change | None) -> str | None:
    return f"{change.state} {change.first or change.last}" if change else None


def turns_table(found: Iterable[Turn]) -> Table:
    """A row a turning point: the first month of the new level, the mean score before and after it."""
    return _table("turns", ("month", "before_mean", "after_mean", "p"), (tuple(one) for one in found))


def partners_table(found: Iterable[Pair], read: Exposure | None = None) -> Table:
    """A row a partner, by what happened; with `read`, how many articles of how many outlets were read in that time."""
    outlets = {name for row in read.rows for name, _ in row.outlets} if read else ()
    coverage: dict[str, Cell] = {"articles_read": read.articles, "outlets": len(outlets)} if read else {}
    names = ("a", "b", "name", "arabic", "events", *QUAD_COLUMNS, "mean_score", "first", "last", *coverage)
    rows = (
        (one.a, one.b, *label_of(one.b), one.events, *one.quads, one.mean_score, one.first, one.last, *coverage.values())
        for one in found
    )
    return _table("partners", names, rows, {*QUAD_COLUMNS, "outlets"})


def exposure_table(found: Exposure, by_outlet: bool = False) -> Table:
    """A row a period, or a row an outlet and period."""
    if by_outlet:
        rows = ((row.period, row.start, row.end, name, number) for row in found.rows for name, number in row.outlets)
        return _table("exposure", ("period", "start", "end", "outlet", "articles"), rows)
    names = ("period", "start", "end", "articles", "with_event", "share", "outlets", "outlet_articles")
    return _table("exposure", names, map(_read_row, found.rows), {"outlets"})


def _read_row(row: ExposureRow) -> tuple[Cell, ...]:
    share = None if row.share is None else round(row.share, 3)
    return (row.period, row.start, row.end, row.articles, row.with_event, share, *_outlets(row.outlets))


def _outlets(outlets: tuple[tuple[str, int], ...]) -> tuple[Cell, Cell]:
    return len(outlets), " + ".join(f"{name} {number}" for name, number in outlets) or None


def _table(name: str, names: Iterable[str], rows: Iterable[tuple[Cell, ...]], integers: Iterable[str] = ()) -> Table:
    kinds = dict.fromkeys(_DAYS, "day") | dict.fromkeys(_REALS, "real") | dict.fromkeys((*_INTEGERS, *integers), "integer")
    return Table(name, tuple(Column(one, kinds.get(one, "text")) for one in names), lambda: rows)


def day_words(first: dt.date | None, last: dt.date | None) -> str:
    """`2021-11-24`, `2020-09-01..2020-12-31`, `2000-01-01..`, `?`."""
    if first is None and last is None:
        return "?"
    return str(first) if first == last else f"{first or ''}..{last or ''}"
