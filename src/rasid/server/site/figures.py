"""Figures of a whole record, for pages that begin somewhere: counted once for each state of the record."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, NamedTuple

from fastapi import Request

from rasid.events.decide import weights
from rasid.record import Record, count_rows
from rasid.record.opening import as_record_errors
from rasid.server.site.remembered import remembered

_MONTHS = (
    "SELECT substr(first_day, 1, 7), quad, count(*) FROM events WHERE stands = 1 AND status = 'occurred' "
    "AND first_day BETWEEN '1900' AND '9999-12' AND substr(first_day, 1, 7) = substr(last_day, 1, 7) GROUP BY 1, 2"
)
_MONTHS_OF = (
    "SELECT substr(first_day, 1, 7), quad, count(*) FROM events WHERE key IN (SELECT event FROM participants "
    "WHERE code >= ?1 AND code < ?1 || '!') AND stands = 1 AND status = 'occurred' "
    "AND first_day BETWEEN '1900' AND '9999-12' AND substr(first_day, 1, 7) = substr(last_day, 1, 7) GROUP BY 1, 2"
)
_BUSIEST = (
    "SELECT substr(code, 1, 3), count(DISTINCT event) FROM participants JOIN events ON key = event AND stands = 1 "
    "WHERE code IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 60"
)
_NEWEST = (
    "SELECT a.id, coalesce(a.title, substr(a.text, 1, 90)), a.source, a.date_start, a.date_end, a.language, "
    "(SELECT group_concat(quad, '') FROM events AS e WHERE e.article = a.key AND e.stands = 1 AND e.status = 'occurred'), "
    "(SELECT count(*) FROM events AS e WHERE e.article = a.key AND e.stands = 1), a.ingested_at FROM articles AS a "
)


class Newest(NamedTuple):
    """An article in a list: how many events of each class 1 to 4 it reports as done, and how many in all."""

    id: str
    title: str
    source: str | None
    start: dt.date | None
    end: dt.date | None
    language: str | None
    quads: tuple[int, int, int, int]
    events: int
    ingested_at: str


class Figures(NamedTuple):
    """What a record holds: rows of each table; months, class and how many; who takes part most often; what people reviewed."""

    articles: int
    events: int
    failures: int
    reviewed: int
    doubtful: int
    months: tuple[tuple[str, int, int], ...]
    busiest: tuple[tuple[str, int], ...]
    outlets: tuple[tuple[str, int], ...]
    coders: tuple[str, ...]


def figures(request: Request, record: Record) -> Figures:
    """The figures of the record that is served."""
    return remembered(request, record, _count)


def _count(record: Record) -> Figures:
    with as_record_errors(record.path):
        run = record.connection.execute
        counts = count_rows(record)
        (standing,) = run("SELECT count(*) FROM events WHERE stands = 1").fetchone()
        (reviewed,) = run("SELECT count(*) FROM events WHERE stands = 1 AND correction IS NOT NULL").fetchone()
        low, high = weights().keep_event, min(1.0, weights().keep_event + 0.2)
        doubt = "SELECT count(*) FROM events WHERE stands = 1 AND correction IS NULL AND confidence BETWEEN ? AND ?"
        (doubtful,) = run(doubt, (low, high)).fetchone()
        outlets = run("SELECT source, count(*) FROM articles WHERE source IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 40")
        return Figures(
            counts["articles"],
            standing,
            counts["failures"],
            reviewed,
            doubtful,
            tuple(run(_MONTHS).fetchall()),
            tuple(run(_BUSIEST).fetchall()),
            tuple(outlets.fetchall()),
            tuple(name for (name,) in run("SELECT name FROM coders ORDER BY key DESC LIMIT 8").fetchall()),
        )


def months_of_code(record: Record, code: str) -> list[tuple[str, int, int]]:
    """What a country or body took part in, its parts too: month (2021-11), class and how many."""
    with as_record_errors(record.path):
        return record.connection.execute(_MONTHS_OF, (code,)).fetchall()


def newest(record: Record, limit: int, *, by_arrival: bool = False) -> list[Newest]:
    """The articles published last, or those that came in last."""
    order = "a.key DESC" if by_arrival else "a.date_start DESC, a.key DESC"
    with as_record_errors(record.path):
        rows = record.connection.execute(f"{_NEWEST} ORDER BY {order} LIMIT ?", (limit,)).fetchall()
    return [_newest(row) for row in rows]


def _newest(row: Sequence[Any]) -> Newest:
    article, title, source, start, end, language, quads, events, at = row
    first, last = (dt.date.fromisoformat(str(day)) if day else None for day in (start, end))
    said = str(quads or "")
    one, two, three, four = (said.count(str(n)) for n in range(1, 5))
    return Newest(
        str(article), str(title).split("\n")[0], source and str(source), first, last, language and str(language),
        (one, two, three, four), int(events or 0), str(at),
    )  # fmt: skip
