"""What earlier coders made of the articles of a record, and how their events differ."""

import json
import re
import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from rasid.contract import Json, event_to_json
from rasid.errors import RecordError
from rasid.model import CodedArticle, Event
from rasid.record.contents import Cell, as_json, now
from rasid.record.opening import Record, as_record_errors
from rasid.record.reading import read_machine_events

_BOTH = (
    "SELECT key, id, text FROM articles WHERE (coder = ?1 OR key IN (SELECT article FROM past_codings WHERE coder = ?1)) "
    "AND (coder = ?2 OR key IN (SELECT article FROM past_codings WHERE coder = ?2)) ORDER BY id"
)
_ENTRY = re.compile(r" \([\w.-]+:\d+\)")
_NOT_COMPARED = ("id", "reasons", "confidence", "quad", "score")  # which follow from the rest, or say how it was found


def keep_past(connection: sqlite3.Connection, article: int, coded: CodedArticle, coder: Cell, *, same_text: bool) -> None:
    """Before an article is coded anew: keep what the coder before made of it. A changed text takes its history with it.

    Args:
        connection: inside a transaction.
        article: its key.
        coded: the new coding.
        coder: the key of who made it.
        same_text: whether the text is the same.
    """
    if not same_text:
        connection.execute("DELETE FROM past_codings WHERE article = ?", (article,))
        return
    before, text = connection.execute("SELECT coder, text FROM articles WHERE key = ?", (article,)).fetchone()
    if before == coder:
        return
    past = [without_coder(event) for event in read_machine_events(connection, article, text)]
    _keep(connection, article, before, None if past == [without_coder(event) for event in coded.events] else as_json(past))


def keep_unchanged(connection: sqlite3.Connection, article: int) -> None:
    """As `keep_past`, of an article whose coding the next version would not change."""
    (before,) = connection.execute("SELECT coder FROM articles WHERE key = ?", (article,)).fetchone()
    _keep(connection, article, before, None)


def _keep(connection: sqlite3.Connection, article: int, before: Cell, events: str | None) -> None:
    n = connection.execute("SELECT count(*) FROM past_codings WHERE article = ?", (article,)).fetchone()[0]
    connection.execute("INSERT INTO past_codings VALUES (?, ?, ?, ?, ?)", (article, n, before, now(), events))


def without_coder(event: Event) -> Json:
    """An event as JSON, without the name of the version that made it and without where its entry stands in the lexicon."""
    content: Json = json.loads(json.dumps(event_to_json(event)))
    del content["coder"], content["predicate"]
    for reason in content["reasons"]:
        reason["rule"] = _ENTRY.sub("", reason["rule"])
    return content


class Change(NamedTuple):
    """How two versions differ on an event.

    `kind` is `came`, `went` or `changed`; `fields` are those that changed; `before` and `after` the event as JSON of the
    contract, without the names of versions and lexicon entries.
    """

    kind: str
    article: str
    event: str
    fields: tuple[str, ...]
    before: Json | None
    after: Json | None


def coder_names(record: Record) -> list[str]:
    """The versions that coded anything in the record, now or before, the latest last."""
    with as_record_errors(record.path):
        return [name for (name,) in record.connection.execute("SELECT name FROM coders ORDER BY key")]


def differences(record: Record, old: str, new: str) -> Iterator[Change]:
    """The machine's events that came, went and changed from one version to another, article by article.

    Only articles that both versions coded count.

    Raises:
        RecordError: one of them coded nothing here.
    """
    with as_record_errors(record.path):
        connection = record.connection
        keys = [_version(record, name) for name in (old, new)]
        for article, article_id, text in connection.execute(_BOTH, keys).fetchall():
            before, after = (_coding(connection, article, text, key) for key in keys)
            if before is not None and after is not None and before != after:
                yield from _changes(article_id, before, after)


def _version(record: Record, name: str) -> int:
    found = record.connection.execute("SELECT key FROM coders WHERE name = ?", (name,)).fetchone()
    if found is None:
        there_are = ", ".join(coder_names(record)) or "none yet"
        raise RecordError(f'{record.path}: no version "{name}" coded anything here; there are {there_are}')
    return int(found[0])


def _coding(connection: sqlite3.Connection, article: int, text: str, coder: int) -> list[Json] | None:
    """What a version made of an article: as it is now, or else kept from before; None where it never coded it."""
    found: list[Json] | None = None
    (now_by,) = connection.execute("SELECT coder FROM articles WHERE key = ?", (article,)).fetchone()
    following = [without_coder(event) for event in read_machine_events(connection, article, text)]
    if now_by == coder:
        return following
    past = connection.execute("SELECT coder, events FROM past_codings WHERE article = ? ORDER BY n DESC", (article,))
    for by, events in past:
        following = following if events is None else json.loads(events)
        if by == coder:
            found = following
            break
    return found


def _changes(article: str, before: list[Json], after: list[Json]) -> Iterator[Change]:
    old, new = ({event["id"]: event for event in side} for side in (before, after))
    gone, come = (
        {event["trigger"]["start"]: event for key, event in side.items() if key not in other}
        for side, other in ((old, new), (new, old))
    )
    pairs = [(event, new[key]) for key, event in old.items() if key in new]
    pairs += [(event, come[start]) for start, event in gone.items() if start in come]  # another type for the same words
    for one, other in pairs:
        fields = tuple(key for key in one if key not in _NOT_COMPARED and one[key] != other[key])
        if fields:
            yield Change("changed", article, other["id"], fields, one, other)
    paired = {id(event) for pair in pairs for event in pair}
    for event in old.values():
        if id(event) not in paired:
            yield Change("went", article, event["id"], (), event, None)
    for event in new.values():
        if id(event) not in paired:
            yield Change("came", article, event["id"], (), None, event)
