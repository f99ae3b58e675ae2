"""The queue of the review desk: which event comes next, what an edit sent by a form means, and what was decided before."""

import datetime as dt
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from rasid.contract import event_to_json
from rasid.errors import InputError
from rasid.events.decide import weights
from rasid.model import Article, Event
from rasid.record import EventQuery, Record
from rasid.record.editing import Description, described
from rasid.record.opening import as_record_errors
from rasid.record.queries import check_query
from rasid.record.query_sql import event_condition, keys_sql
from rasid.record.reading import read_machine_events
from rasid.record.search_terms import Sql
from rasid.record.settling import Correction, read_corrections, undone
from rasid.server.site.evidence import plain_digits, word_spans

MOST = 9_999  # events that are counted; more are not waited for
_SURE = "coalesce(e.confidence, 1.0)"  # as in the index events_in_doubt
_FEW = 3_000
_ABOUT = 1e-9  # what a difference of two shares may be wrong by
_NUMBERS = re.compile(r"\s*(\d{1,4})(?:\s*[-–]\s*(\d{1,4}))?\s*(=.*)?", re.DOTALL)
_FIELDS = ("type", "mode", "status", "trigger", "actor", "recipient", "when", "where", "contexts")


class Decided(NamedTuple):
    """A correction, whether it was undone, and what an edit changed: the event's id, the field, before and after."""

    correction: Correction
    is_undone: bool
    changes: tuple[tuple[str, str, str, str], ...]


def next_event(record: Record, query: EventQuery, after: str | None) -> str | None:
    """The id of the event to be looked at next: the one whose confidence is nearest to the coder's threshold.

    Args:
        record: the record.
        query: which events; only those that nobody decided about, unless it says otherwise.
        after: the event that was looked at last: what comes before it in the queue was skipped.
    """
    waiting, threshold = _along(record, query), weights().keep_event
    with as_record_errors(record.path):
        run = record.connection.execute
        place = f"SELECT {_SURE}, e.id FROM events AS e WHERE e.id = ? AND e.stands ="
        last = (run(f"{place} 1", (after,)).fetchone() or run(f"{place} 0", (after,)).fetchone()) if after else None
        sides = [
            Sql(f"{waiting.text} AND {side.text} LIMIT 1", (*waiting.values, *side.values))
            for side in (_above(threshold, last), _below(threshold, last))
        ]
        found = [row for side in sides for row in run(f"SELECT {_SURE}, e.id FROM {side.text}", side.values)]
    # Where doubt is the same, the surer comes first: as `_above` and `_below` have it.
    return str(min(found, key=lambda row: (abs(row[0] - threshold), row[0] < threshold))[1]) if found else None


def _above(threshold: float, last: tuple[float, str] | None) -> Sql:
    """Events as sure as the threshold or surer, the least sure first; behind `last` in the queue."""
    order = f"ORDER BY {_SURE}, e.id"
    if last is None or last[0] < threshold:
        least = threshold - last[0] if last else -1.0  # not those of the same doubt: they came before it
        return Sql(f"{_SURE} >= ? AND {_SURE} - ? > ? {order}", (threshold + max(0.0, least - _ABOUT), threshold, least))
    return Sql(f"{_SURE} >= ? AND ({_SURE}, e.id) > (?, ?) {order}", (last[0], *last))


def _below(threshold: float, last: tuple[float, str] | None) -> Sql:
    """Events less sure than the threshold, the surest first; behind `last` in the queue."""
    order = f"ORDER BY {_SURE} DESC, e.id DESC"
    if last is None or last[0] >= threshold:
        least = last[0] - threshold if last else 0.0
        most = threshold - max(0.0, least - _ABOUT)
        return Sql(f"{_SURE} < ? AND {_SURE} <= ? AND ? - {_SURE} >= ? {order}", (threshold, most, threshold, least))
    return Sql(f"{_SURE} <= ? AND ({_SURE}, e.id) < (?, ?) {order}", (last[0], *last))


def _along(record: Record, query: EventQuery) -> Sql:
    """What waits, for going along doubt; where filters leave few events of many, these alone: too many would be passed."""
    if _is_filtered(query):
        keys = _keys(record, query, _FEW + 1)
        if len(keys) <= _FEW:
            return Sql("events AS e WHERE e.key IN (SELECT value FROM json_each(?)) AND e.stands = 1", (json.dumps(keys),))
    waiting = _waiting(query)
    return Sql(f"events AS e{'' if query.reviewed else ' INDEXED BY events_in_doubt'} WHERE {waiting.text}", waiting.values)


def _is_filtered(query: EventQuery) -> bool:
    return replace(query, reviewed=None) != EventQuery()


def _keys(record: Record, query: EventQuery, most: int) -> list[int]:
    """The keys of at most so many events that wait."""
    check_query(query)
    asked = query if query.reviewed else replace(query, reviewed=False)
    found: list[int] = []
    with as_record_errors(record.path):
        for statement in keys_sql(record.connection, asked):
            rows = record.connection.execute(f"{statement.text} LIMIT ?", (*statement.values, most - len(found)))
            found.extend(key for (key,) in rows)
    return found


def count_waiting(record: Record, query: EventQuery, most: int = MOST) -> int:
    """How many events wait, at most so many."""
    if _is_filtered(query):
        return len(_keys(record, query, most))
    waiting = _waiting(query)
    with as_record_errors(record.path):
        statement = f"SELECT count(*) FROM (SELECT 1 FROM events AS e WHERE {waiting.text} LIMIT {most})"
        return int(record.connection.execute(statement, waiting.values).fetchone()[0])


def count_today(record: Record, by: str) -> int:
    """How many decisions somebody made today (UTC), undoings left out."""
    today = dt.datetime.now(dt.UTC).date().isoformat()
    statement = "SELECT count(*) FROM corrections WHERE by = ? AND at >= ? AND action <> 'undo'"
    with as_record_errors(record.path):
        return int(record.connection.execute(statement, (by, today)).fetchone()[0])


def _waiting(query: EventQuery) -> Sql:
    check_query(query)
    asked = event_condition(query)
    unseen = "" if query.reviewed else " AND e.correction IS NULL"
    return Sql(f"e.stands = 1{unseen} AND {asked.text}", asked.values)


def edited(article: Article, event: Event, sent: Mapping[str, str]) -> Event:
    """An event as a form describes it: only fields that differ from what the form showed are changed.

    Raises:
        InputError: what is described cannot be; see `described`.
    """
    shown = form_of(event)
    said = {
        name: value.strip()
        for name, value in sent.items()
        if name in shown and " ".join(value.split()) != " ".join(shown[name].split())
    }

    def people(name: str) -> list[str]:
        lines = [line for line in said.get(name, "").splitlines() if line.strip()]
        return [_with_words(article, event, line) for line in lines] or (["none"] if name in said else [])

    def or_none(name: str) -> str | None:
        return (plain_digits(said[name]) or "none") if name in said else None

    trigger = said.get("trigger")
    where = or_none("where")
    return described(
        article,
        event,
        Description(
            type=said.get("type"),
            mode=or_none("mode"),
            status=said.get("status"),
            contexts=[part for part in re.split(r"[\s,،]+", said["contexts"]) if part] or ["none"]
            if "contexts" in said
            else (),
            actors=people("actors"),
            recipients=people("recipients"),
            when=or_none("when"),
            where=where and (where if where == "none" else _with_words(article, event, where)),
            trigger=_with_words(article, event, trigger) if trigger else None,
        ),
    )


def form_of(event: Event) -> dict[str, str]:
    """An event as the fields of a form show it."""
    when, where = event.when, event.where
    start, end = (day.isoformat() if day else "" for day in ((when.start, when.end) if when else (None, None)))
    return {
        "type": event.type,
        "mode": event.mode or "",
        "status": event.status,
        "contexts": " ".join(event.contexts),
        "actors": "\n".join(f"{one.span.text}={one.code}" if one.code else one.span.text for one in event.actors),
        "recipients": "\n".join(f"{one.span.text}={one.code}" if one.code else one.span.text for one in event.recipients),
        "when": "" if not start and not end else start if start == end else f"{start}..{end}",
        "where": ""
        if not where
        else f"{where.span.text}={where.country}"
        if where.span and where.country
        else where.country or "",
        "trigger": event.trigger.text,
    }


def _with_words(article: Article, event: Event, said: str) -> str:
    """`3-4=MAR GOV` with the third and fourth word of the sentence in the place of their numbers; other lines as they are."""
    found = _NUMBERS.fullmatch(said)
    if not found:
        return said
    words = word_spans(article.text, event.sentence)
    first, last = int(found[1]), int(found[2] or found[1])
    if not 1 <= first <= last <= len(words):
        raise InputError(f'"{said.strip()}": the words of the sentence are numbered 1 to {len(words)}')
    return article.text[words[first - 1][0] : words[last - 1][1]] + (found[3] or "")


def decided(record: Record, limit: int, skip: int) -> list[Decided]:
    """What people decided, the latest first, with what their edits changed."""
    with as_record_errors(record.path):
        some = "key IN (SELECT key FROM corrections ORDER BY key DESC LIMIT ? OFFSET ?)"
        found = read_corrections(record.connection, some, (limit, skip))
        taken_back: set[str] = set()
        for article in dict.fromkeys(one.article for one in found):
            taken_back |= set(undone(read_corrections(record.connection, "article = ?", (article,))))
        return [Decided(one, one.id in taken_back, tuple(_changes(record, one))) for one in reversed(found)]


def _changes(record: Record, correction: Correction) -> list[tuple[str, str, str, str]]:
    """Against the machine's coding of the same event."""
    if correction.action != "edit":
        return []
    row = record.connection.execute("SELECT key, text FROM articles WHERE id = ?", (correction.article,)).fetchone()
    machine = {event.id: event_to_json(event) for event in read_machine_events(record.connection, *row)} if row else {}
    changes = []
    for made in correction.results:
        before = machine.get(made["id"])
        for name in _FIELDS:
            one, other = _said(before.get(name) if before else None), _said(made.get(name))
            if before and one != other:
                changes.append((str(made["id"]), name, one, other))
    return changes


def _said(value: Any) -> str:
    """A field of an event's JSON in few words."""
    if isinstance(value, list | tuple):
        return " + ".join(_said(part) for part in value) or "–"
    if isinstance(value, dict):
        if "start" in value and "from" in value:
            days = [day for day in (value.get("start"), value.get("end")) if day]
            return "..".join(map(str, dict.fromkeys(days))) or "–"
        return " = ".join(str(value[key]) for key in ("text", "code") if value.get(key)) or "–"
    return str(value) if value is not None else "–"
