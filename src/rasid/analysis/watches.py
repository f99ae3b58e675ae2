"""Saved questions that report what is new since they were last asked: each event once, whatever is coded anew or fails.

An event is new to a watch that has reported neither its id nor another of the same words of the same article: coding anew may
give what was reported another type, and so another id. Reporting it and laying it out for the watch's webhook is one
transaction, so that nothing is told twice or lost, however many processes run the watch and wherever they are killed.
"""

import json
import re
import uuid
from dataclasses import asdict, replace
from itertools import product
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from rasid.analysis.names import actor_named
from rasid.errors import InputError, NotThereError, RecordError
from rasid.model import CodedArticle
from rasid.record import EventQuery, EventRow, Record, load_event, rows_of, transaction
from rasid.record.contents import as_json, now
from rasid.record.opening import as_record_errors
from rasid.record.queries import check_query
from rasid.record.query_sql import keys_sql

_NAME = re.compile(r"[\w.-]{1,60}")
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_ASKED = ("actors", "types", "modes", "quads", "statuses", "places", "source", "confidence", "words", "day_read")
_AT_ONCE = 200  # events of a delivery
_KNOW = "INSERT OR IGNORE INTO watch_events VALUES (?, ?, ?)"  # `event` holds the ids, and the words, of what is known
SECRET = "RASID_WEBHOOK_SECRET"


class Watch(NamedTuple):
    """A saved question; `secret_in` names the variable of the environment that holds what signs its webhook."""

    name: str
    created_at: str
    query: EventQuery
    webhook: str | None
    secret_in: str | None
    allow_private: bool


class Watched(NamedTuple):
    """How a watch stands: how much it has reported, when last, and how many deliveries wait to be taken."""

    watch: Watch
    reported: int
    last: str | None
    waiting: int


class Delivery(NamedTuple):
    """Events that a webhook is yet to take."""

    id: str
    watch: str
    events: tuple[str, ...]
    tries: int
    trouble: str | None


def add_watch(
    record: Record,
    name: str,
    query: EventQuery,
    *,
    webhook: str | None = None,
    secret_in: str = SECRET,
    allow_private: bool = False,
    from_start: bool = False,
) -> int:
    """Save a question; how many events it starts with that it knows, so that they will not be reported.

    Args:
        record: the record.
        name: letters, digits, dots and strokes.
        query: what is asked: actors as `actor_named` takes them, types, modes, quads, statuses, places, outlet, words.
        webhook: an http or https address that new events are posted to.
        secret_in: the variable of the environment that holds the secret with which posts are signed.
        allow_private: also post to an address that is not of the public internet.
        from_start: report what the record holds already, too.

    Raises:
        InputError: the name, query or address is none.
        RecordError: there is a watch of this name.
    """
    _check(name, query, webhook, secret_in)
    with transaction(record) as connection:
        if connection.execute("SELECT 1 FROM watches WHERE name = ?", (name,)).fetchone():
            raise RecordError(f'{record.path}: there is a watch "{name}" already; remove it, or take another name')
        asked = {key: value for key, value in asdict(query).items() if key in _ASKED and value}
        row = (name, now(), as_json(asked), webhook, secret_in if webhook else None, int(allow_private))
        connection.execute("INSERT INTO watches VALUES (?, ?, ?, ?, ?, ?)", row)
        known = {} if from_start else _matching(record, query)
        connection.executemany(_KNOW, [(name, one, None) for both in known.items() for one in both])
    return len(known)


def remove_watch(record: Record, name: str) -> None:
    """Forget a watch, and what it has reported.

    Raises:
        NotThereError: there is none of this name.
    """
    with transaction(record) as connection:
        if connection.execute("DELETE FROM watches WHERE name = ?", (name,)).rowcount == 0:
            raise NotThereError(f'{record.path}: there is no watch "{name}"')


def find_watch(record: Record, name: str) -> Watch:
    """The watch of this name.

    Raises:
        NotThereError: there is none.
    """
    with as_record_errors(record.path):
        row = record.connection.execute("SELECT * FROM watches WHERE name = ?", (name,)).fetchone()
    if row is None:
        raise NotThereError(f'{record.path}: there is no watch "{name}"')
    return _watch(row)


def find_watches(record: Record) -> list[Watched]:
    """All watches, by name, and how they stand."""
    with as_record_errors(record.path):
        rows = record.connection.execute("SELECT * FROM watches ORDER BY name").fetchall()
        return [_standing(record, _watch(row)) for row in rows]


def report_new(record: Record, name: str) -> list[EventRow]:
    """The events that a watch has not reported, in order of days; from now on it has.

    Inside a transaction of the caller it is undone with that one, so that what could not be shown will be reported again.

    Raises:
        NotThereError: there is no such watch.
    """
    with transaction(record) as connection:
        watch = find_watch(record, name)
        known = {event for (event,) in connection.execute("SELECT event FROM watch_events WHERE watch = ?", (name,))}
        found = _matching(record, watch.query)
        new = [event for event, words in found.items() if known.isdisjoint((event, words))]
        at = now()
        connection.executemany(_KNOW, [(name, event, at) for event in new])
        connection.executemany(_KNOW, [(name, one, None) for both in found.items() for one in both])
        if watch.webhook:
            for start in range(0, len(new), _AT_ONCE):
                delivery = (str(uuid.uuid4()), name, as_json(new[start : start + _AT_ONCE]), at)
                connection.execute("INSERT INTO watch_deliveries (id, watch, events, made_at) VALUES (?, ?, ?, ?)", delivery)
        return [row for event in new if (row := event_row(record, event))]


def last_reported(record: Record, name: str, limit: int) -> list[tuple[EventRow, str]]:
    """The last events that a watch has reported and that still stand, the latest first, and when (UTC) it did."""
    find_watch(record, name)
    statement = (
        "SELECT w.event, w.reported_at FROM watch_events AS w JOIN events AS e ON e.id = w.event AND e.stands = 1 "
        "WHERE w.watch = ? AND w.reported_at IS NOT NULL ORDER BY w.reported_at DESC, e.first_day DESC, w.event LIMIT ?"
    )
    with as_record_errors(record.path):
        rows = record.connection.execute(statement, (name, limit)).fetchall()
    return [(row, at) for event, at in rows if (row := event_row(record, event))]


def waiting(record: Record, name: str) -> list[Delivery]:
    """The deliveries of a watch that its webhook has not taken, the oldest first."""
    statement = (
        "SELECT id, watch, events, tries, trouble FROM watch_deliveries WHERE watch = ? AND delivered_at IS NULL "
        "ORDER BY made_at, id"
    )
    with as_record_errors(record.path):
        rows = record.connection.execute(statement, (name,)).fetchall()
    return [Delivery(one, watch, tuple(json.loads(events)), tries, trouble) for one, watch, events, tries, trouble in rows]


def note_try(record: Record, delivery: Delivery, trouble: str | None) -> None:
    """Keep that a delivery was taken, or why it was not."""
    with transaction(record) as connection:
        connection.execute(
            "UPDATE watch_deliveries SET tries = tries + 1, trouble = ?, delivered_at = ? WHERE id = ?",
            (trouble, None if trouble else now(), delivery.id),
        )


def event_row(record: Record, event_id: str) -> EventRow | None:
    """An event as one row; None where it is gone."""
    try:
        event, article = load_event(record, event_id)
    except RecordError:
        return None
    return rows_of(CodedArticle(article, (event,)))[0]


def _matching(record: Record, query: EventQuery) -> dict[str, str]:
    """The ids of the events that a watch asks for, in order of days, and of each its words: `article_id 20-34`."""
    terms = [actor_named(record, asked).terms for asked in query.actors]
    found: dict[str, str] = {}
    for actors in product(*terms):
        one = replace(query, actors=actors)
        with as_record_errors(record.path):
            for statement in keys_sql(record.connection, one):
                ordered = (
                    "SELECT e.id, a.id || ' ' || e.trigger_start || '-' || e.trigger_end FROM events AS e "
                    f"JOIN articles AS a ON a.key = e.article WHERE e.key IN ({statement.text}) AND e.stands = 1 "
                    "ORDER BY e.first_day, e.last_day, e.key"
                )
                found |= dict(record.connection.execute(ordered, statement.values))
    return found


def _check(name: str, query: EventQuery, webhook: str | None, secret_in: str) -> None:
    if not _NAME.fullmatch(name):
        raise InputError(f'"{name[:60]}" is no name for a watch; use letters, digits, dots and strokes, at most 60')
    check_query(query)
    if not _VARIABLE.fullmatch(secret_in):
        raise InputError(f'"{secret_in[:60]}" is no name of a variable of the environment')
    if webhook is not None:
        try:
            parts = urlsplit(webhook)
            good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
            secret = parts.username or parts.password
        except ValueError:
            good, secret = False, None
        if not good or secret:
            raise InputError(f"{webhook[:100]} is no address to post to; give http:// or https:// and a host, no password")


def _watch(row: tuple[Any, ...]) -> Watch:
    name, created_at, query, webhook, secret_in, allow_private = row
    asked: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in json.loads(query).items()
    }
    return Watch(name, created_at, EventQuery(**asked), webhook, secret_in, bool(allow_private))


def _standing(record: Record, watch: Watch) -> Watched:
    statement = (
        "SELECT (SELECT count(*) FROM watch_events WHERE watch = ?1 AND reported_at IS NOT NULL), "
        "(SELECT max(reported_at) FROM watch_events WHERE watch = ?1), "
        "(SELECT count(*) FROM watch_deliveries WHERE watch = ?1 AND delivered_at IS NULL)"
    )
    return Watched(watch, *record.connection.execute(statement, (watch.name,)).fetchone())
