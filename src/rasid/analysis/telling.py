"""What is needed of the events between two sides to count them and to tell their states, without the whole row of each.

Two that meet daily have very many events, and nearly all only count. They are read along the record's table of dyads, which has
them in order of days; whole rows are fetched of those few alone that tell of a change of state or are a first.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NamedTuple, cast

from rasid.analysis.firsts import First, firsts, kinds
from rasid.analysis.formal import Change, States, states_of
from rasid.analysis.names import Actor
from rasid.analysis.state_rules import may_tell
from rasid.record import EventRow, Record
from rasid.record.opening import as_record_errors
from rasid.record.queries import rows_of_keys

_LIGHT = (
    "SELECT d.event, e.id, a.id, e.type, e.mode, (SELECT group_concat(context, ' + ') FROM contexts WHERE event = e.key), "
    "e.status, e.quad, e.score, e.when_start, e.when_end, a.date_start, a.date_end, e.trigger_text, "
    "iif(e.type IN ({types}), substr(a.text, s.start + 1, s.end - s.start), '') "
    "FROM dyads AS d CROSS JOIN events AS e ON e.key = d.event JOIN articles AS a ON a.key = e.article "
    "JOIN sentences AS s ON s.article = e.article AND s.n = e.sentence "
    "WHERE d.a = ? AND d.b = ? ORDER BY d.first_day, d.last_day, d.event"
)
_DAYS = slice(9, 13)  # of its columns


class Told(NamedTuple):
    """An event as far as it counts; `sentence` only where a first of its type asks for words, else empty."""

    key: int
    event_id: str
    article_id: str
    type: str
    mode: str | None
    contexts: str | None
    status: str
    quad: int
    score: float
    when_start: dt.date | None
    when_end: dt.date | None
    published_start: dt.date | None
    published_end: dt.date | None
    trigger: str
    sentence: str


def are_sides(a: Actor, b: Actor) -> bool:
    """Are both whole countries or organisations, and not one: then the record keeps their days."""
    return all(one.code and " " not in one.code for one in (a, b)) and a.code != b.code


def told_between(record: Record, a: Actor, b: Actor) -> list[Told]:
    """All events between two sides, in order of days, whatever their status."""
    worded = tuple(sorted({kind.type for kind in kinds() if kind.words}))
    sides = sorted((a.terms[0], b.terms[0]))
    with as_record_errors(record.path):
        select = _LIGHT.format(types=", ".join("?" * len(worded)))
        found = record.connection.execute(select, (*worded, *sides)).fetchall()
    return [Told(*row[: _DAYS.start], *map(_day, row[_DAYS]), *row[_DAYS.stop :]) for row in found]


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def states_told(record: Record, told: Iterable[Told]) -> States:
    """The formal states, by those of the events whose trigger can tell of a change."""
    keys = [one.key for one in told if may_tell(one.trigger)]
    return states_of(_in_order(rows_of_keys(record, keys)))


def firsts_told(record: Record, done: Sequence[Told], changes: Iterable[Change]) -> list[First]:
    """The firsts among events that happened, each with its whole row."""
    found = firsts(cast("Sequence[EventRow]", done), changes)  # a Told has all that they look at
    keys = {one.event_id: one.key for one in done}
    rows = {row.event_id: row for row in rows_of_keys(record, [keys[first.event.event_id] for first in found])}
    return [first._replace(event=rows[first.event.event_id]) for first in found]


def _in_order(rows: Iterable[EventRow]) -> list[EventRow]:
    return sorted(rows, key=lambda row: (row.when_start or dt.date.max, row.when_end or dt.date.max, row.event_id))
