"""Asking a record for events: by who took part, what it was, when and where, how sure, and what the article says."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, groupby, islice
from typing import get_args

from rasid.errors import InputError, NotThereError
from rasid.events.plover import QUADS, modes, types
from rasid.model import Status
from rasid.record.opening import Record, as_record_errors
from rasid.record.rows import EventRow

_COLUMNS = ", ".join(EventRow._fields)
_DAYS = [EventRow._fields.index(name) for name in ("when_start", "when_end", "published_start", "published_end")]
_AT_ONCE = 500  # rows fetched together
_FEW = 25  # the first of them where nobody said how many are wanted
MOST_ACTORS = 2


@dataclass(frozen=True, slots=True)
class EventQuery:
    """Which events; what is left out does not matter, and all that is given must hold.

    Args:
        actors: one, who takes part in whatever role; or two, between whom the event is: one towards the other, whichever way
            round, or both together with nobody on the other side. Each is a PLOVER code (`MAR`, which is also everybody of
            Morocco; `MAR GOV`) or a name, as written in Arabic, with or without clitics, or in its Latin form.
        types: PLOVER types, any of them.
        statuses: any of them.
        start: events that may have happened on this day or later.
        end: events that may have happened on this day or before.
        source: the outlet.
        modes: of the types, any of them.
        quads: 1 to 4, any of them.
        places: codes of countries in which it happened, any of them.
        confidence: at least so much; events that people made or accepted are as sure as can be.
        words: what the article says; see `read_terms`.
        reviewed: True for events that people decided about, False for those that nobody looked at yet.
        one_a_day: of events alike in days, type and codes of actors and recipients, only the one that the coder is most sure
            of, as event data used to be filtered against many reports of one act. Events of unknown day all stay.
        day_read: only events whose day was read in their sentence, not those for which the page's day stands in.
        after: the id of the last event of the page before: only what follows it.
        latest_first: the other way round: the latest first day first; those of unknown date still come last.
    """

    actors: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    start: dt.date | None = None
    end: dt.date | None = None
    source: str | None = None
    modes: tuple[str, ...] = ()
    quads: tuple[int, ...] = ()
    places: tuple[str, ...] = ()
    confidence: float | None = None
    words: str = ""
    reviewed: bool | None = None
    one_a_day: bool = False
    day_read: bool = False
    after: str | None = None
    latest_first: bool = False


def find_events(record: Record, query: EventQuery = EventQuery(), limit: int | None = None) -> Iterator[EventRow]:
    """The events that `query` asks for in order of their first day; those of unknown date come last.

    Rows are read as they are taken, so that a million of them need no memory.

    Args:
        record: the record.
        query: which events.
        limit: at most so many.

    Raises:
        InputError: the query names what there is not, more than two actors, or days in the wrong order.
        RecordError: there is no event `after` which to go on.
    """
    from rasid.record.query_sql import keys_sql

    check_query(query)
    with as_record_errors(record.path):
        statements = keys_sql(record.connection, query, _position(record, query.after))
        keys = chain.from_iterable(record.connection.execute(*sql) for sql in statements)
    rows = _rows(record, (key for (key,) in keys), min(limit or _FEW, _AT_ONCE))
    return islice(_one_a_day(rows) if query.one_a_day else rows, limit)


def check_query(query: EventQuery) -> None:
    """Whether a query asks for what there can be.

    Raises:
        InputError: it does not.
    """
    for event_type in query.types:
        if event_type not in types():
            raise InputError(f'"{event_type}" is no type of event; there are {", ".join(sorted(types()))}')
    there_are = sorted({mode for kind in query.types or types() for mode in modes(kind)})
    for mode in query.modes:
        if mode not in there_are:
            raise InputError(f'"{mode}" is no mode here; there are {", ".join(there_are) or "none"}')
    for status in query.statuses:
        if status not in get_args(Status):
            raise InputError(f'"{status}" is no status; there are {", ".join(get_args(Status))}')
    for quad in query.quads:
        if not 1 <= quad < len(QUADS):
            raise InputError(f"{quad} is no quad class; there are {', '.join(f'{n} {QUADS[n]}' for n in range(1, len(QUADS)))}")
    if len(query.actors) > MOST_ACTORS:
        raise InputError(f"events are between two actors, not {len(query.actors)}: {', '.join(query.actors)}")
    if not all(actor.strip() for actor in query.actors):
        raise InputError("an actor has no name; give a code (MAR, MAR GOV) or a name")
    if query.start and query.end and query.start > query.end:
        raise InputError(f"the period ends on {query.end} before it begins on {query.start}; turn them round")
    if query.confidence is not None and not 0 <= query.confidence <= 1:
        raise InputError(f"a confidence is between 0 and 1, not {query.confidence}")


def _position(record: Record, event_id: str | None) -> tuple[str, str, int] | None:
    if event_id is None:
        return None
    found = record.connection.execute("SELECT first_day, last_day, key FROM events WHERE id = ? AND stands = 1", (event_id,))
    row: tuple[str, str, int] | None = found.fetchone()
    if row is None:
        raise NotThereError(f'{record.path}: holds no event "{event_id}" after which to go on')
    return row


def _rows(record: Record, keys: Iterator[int], number: int) -> Iterator[EventRow]:
    """The rows of events in the order of their keys, fetched `number` at a time and then more and more."""
    with as_record_errors(record.path):
        while some := list(islice(keys, number)):
            marks = ", ".join("?" * len(some))
            select = f"SELECT event_key, {_COLUMNS} FROM event_rows WHERE event_key IN ({marks})"
            found = {key: cells for key, *cells in record.connection.execute(select, some)}
            yield from (_row(found[key]) for key in some)
            number = min(2 * number, _AT_ONCE)


def rows_of_keys(record: Record, keys: Iterable[int]) -> Iterator[EventRow]:
    """The rows of events whose keys are known, in that order."""
    return _rows(record, iter(keys), _AT_ONCE)


def _row(cells: list[object]) -> EventRow:
    for column in _DAYS:
        day = cells[column]
        if isinstance(day, str):
            cells[column] = dt.date.fromisoformat(day)
    return EventRow._make(cells)


def _one_a_day(rows: Iterable[EventRow]) -> Iterator[EventRow]:
    for (start, end), of_days in groupby(rows, key=lambda row: (row.when_start, row.when_end)):
        if start is None and end is None:
            yield from of_days
            continue
        best: dict[tuple[str, str | None, str | None], EventRow] = {}
        for row in of_days:
            alike = (row.type, row.actor_codes, row.recipient_codes)
            if alike not in best or (row.confidence or 0) > (best[alike].confidence or 0):
                best[alike] = row
        yield from best.values()
