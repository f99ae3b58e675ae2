"""Asking a record for events: by who took part, type, days, status and outlet."""

import datetime as dt
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple, get_args

from rasid.errors import InputError
from rasid.events.plover import types
from rasid.model import Status
from rasid.record.opening import Record, as_record_errors
from rasid.record.rows import EventRow
from rasid.record.writing import fold_name

_CODE = re.compile(r"[A-Z]{3}(?: [A-Z]{3})*")
_COLUMNS = ", ".join(EventRow._fields)
_DAYS = [EventRow._fields.index(name) for name in ("when_start", "when_end", "published_start", "published_end")]


@dataclass(frozen=True, slots=True)
class EventQuery:
    """Which events; what is left out does not matter.

    Args:
        actors: one, who takes part in whatever role; or two, between whom the event is: one towards the other, whichever way
            round, or both together with nobody on the other side. Each is a PLOVER code (`MAR`, which is also everybody of
            Morocco; `MAR GOV`) or a name, as written in Arabic, with or without clitics, or in its Latin form.
        types: PLOVER types, any of them.
        statuses: any of them.
        start: events that may have happened on this day or later.
        end: events that may have happened on this day or before.
        source: the outlet.
        day_read: only events whose day was read in their sentence, not those for which the page's day stands in.
    """

    actors: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    start: dt.date | None = None
    end: dt.date | None = None
    source: str | None = None
    day_read: bool = False


class Sql(NamedTuple):
    """A piece of SQL and the values for its question marks."""

    text: str
    values: tuple[Any, ...] = ()


def find_events(record: Record, query: EventQuery = EventQuery()) -> Iterator[EventRow]:
    """The events that `query` asks for, all of them, in order of their first day; those of unknown date come last.

    Rows are read as they are taken, so that a million of them need no memory.

    Raises:
        InputError: the query names a type or status that there is not, more than two actors, or days in the wrong order.
    """
    _check(query)
    with as_record_errors(record.path):
        sql = events_sql(record.connection, query)
        cursor = record.connection.execute(*sql)
    return _rows(record, cursor)


def events_sql(connection: sqlite3.Connection, query: EventQuery) -> Sql:
    """The statement that `find_events` runs; to see how SQLite goes about it, put `EXPLAIN QUERY PLAN` before it."""
    conditions = list(_conditions(query))
    if query.actors:
        # Few events have one actor and very few have two, so they lead; + keeps SQLite from starting elsewhere.
        conditions = [Sql(f"+{text}", values) for text, values in conditions]
        part = _taking_part(query.actors[0]) if len(query.actors) == 1 else _between(connection, query.actors)
        conditions.append(Sql(f"event_key IN ({part.text})", part.values))
    where = " AND ".join(condition.text for condition in conditions) or "1"
    order = "+first_day, last_day, event_key" if query.actors else "first_day, last_day, event_key"
    values = tuple(value for condition in conditions for value in condition.values)
    return Sql(f"SELECT {_COLUMNS} FROM event_rows WHERE {where} ORDER BY {order}", values)


def _check(query: EventQuery) -> None:
    for event_type in query.types:
        if event_type not in types():
            raise InputError(f'"{event_type}" is no type of event; there are {", ".join(sorted(types()))}')
    for status in query.statuses:
        if status not in get_args(Status):
            raise InputError(f'"{status}" is no status; there are {", ".join(get_args(Status))}')
    if len(query.actors) > 2:
        raise InputError(f"events are between two actors, not {len(query.actors)}: {', '.join(query.actors)}")
    if not all(actor.strip() for actor in query.actors):
        raise InputError("an actor has no name; give a code (MAR, MAR GOV) or a name")
    if query.start and query.end and query.start > query.end:
        raise InputError(f"the period ends on {query.end} before it begins on {query.start}; turn them round")


def _rows(record: Record, cursor: sqlite3.Cursor) -> Iterator[EventRow]:
    with as_record_errors(record.path):
        for row in cursor:
            cells = list(row)
            for column in _DAYS:
                if cells[column] is not None:
                    cells[column] = dt.date.fromisoformat(cells[column])
            yield EventRow._make(cells)


def _conditions(query: EventQuery) -> Iterator[Sql]:
    if query.types:
        yield Sql(f"type IN ({_marks(query.types)})", query.types)
    if query.statuses:
        yield Sql(f"status IN ({_marks(query.statuses)})", query.statuses)
    if query.end:
        yield Sql("first_day <= ?", (query.end.isoformat(),))
    if query.start:
        yield Sql("last_day >= ?", (query.start.isoformat(),))
    if query.source:
        yield Sql("source = ? COLLATE NOCASE", (query.source,))
    if query.day_read:
        yield Sql("when_from = 'text'")


def _marks(values: tuple[str, ...]) -> str:
    return ", ".join("?" * len(values))


def _taking_part(actor: str) -> Sql:
    """The events that somebody takes part in."""
    places = _places(actor)
    return Sql(f"SELECT event FROM ({places.text})", places.values)


def _between(connection: sqlite3.Connection, actors: tuple[str, ...]) -> Sql:
    """The events between two: found by the one who has fewer, the other looked for among each event's participants."""
    rarer, other = sorted(actors, key=lambda actor: _count(connection, actor))
    places, is_other = _places(rarer), _is_actor(other)
    return Sql(
        f"SELECT a.event FROM ({places.text}) AS a CROSS JOIN participants AS b ON b.event = a.event "
        f"WHERE (b.role, b.n) <> (a.role, a.n) AND {is_other.text} AND (b.role <> a.role OR NOT EXISTS "
        "(SELECT 1 FROM participants AS o WHERE o.event = a.event AND o.role <> a.role))",
        places.values + is_other.values,
    )


def _count(connection: sqlite3.Connection, actor: str) -> int:
    places = _places(actor)
    return int(connection.execute(f"SELECT count(*) FROM ({places.text})", places.values).fetchone()[0])


def _places(actor: str) -> Sql:
    """Where somebody takes part, by index: event, role and n of participants."""
    select = "SELECT event, role, n FROM participants WHERE"
    if _CODE.fullmatch(actor):
        return Sql(f"{select} code >= ? AND code < ?", (actor, f"{actor}!"))  # ! follows the space: MAR, MAR GOV, not MARX
    forms = _written_forms(actor)
    return Sql(f"{select} form IN ({_marks(forms)}) UNION {select} latin = ? COLLATE NOCASE", (*forms, " ".join(actor.split())))


def _is_actor(actor: str) -> Sql:
    """Whether participant `b` is somebody, told without an index: its event is known already."""
    if _CODE.fullmatch(actor):
        return Sql("+b.code >= ? AND +b.code < ?", (actor, f"{actor}!"))
    forms = _written_forms(actor)
    return Sql(f"(+b.form IN ({_marks(forms)}) OR +b.latin = ? COLLATE NOCASE)", (*forms, " ".join(actor.split())))


def _written_forms(name: str) -> tuple[str, ...]:
    """A name, folded, as it can stand in a text: alone or behind a conjunction, a preposition or both (والمغرب, للمغرب)."""
    form = fold_name(name)
    stems = [form, *(f"{preposition}{form}" for preposition in "بلك")]
    if form.startswith("ال"):
        stems.append(f"ل{form[1:]}")
    return tuple(f"{conjunction}{stem}" for conjunction in ("", "و", "ف") for stem in stems)
