"""Reading a record: an article or an event as it was when it was added."""

import datetime as dt
import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

from rasid.contract import agreement_from_json, claim_from_json, quote_details_from_json, reason_from_json
from rasid.errors import NotThereError, RecordError
from rasid.model import (
    Article,
    CodedArticle,
    Count,
    Entity,
    Event,
    Holder,
    Interval,
    PageDate,
    Place,
    Quote,
    Report,
    Span,
)
from rasid.record.opening import Record, as_record_errors

_ARTICLE = (
    "SELECT id, text, title, url, source, agency, byline, date_start, date_end, date_evidence, date_reasons, language "
    "FROM articles WHERE key = ?"
)
_EVENTS = (
    "SELECT e.key, e.id, e.type, e.mode, e.status, e.confidence, e.predicate, coalesce(c.name, ''), e.reasons, s.start, s.end, "
    "e.trigger_start, e.trigger_end, e.trigger_text, e.when_start, e.when_end, e.when_from, e.when_text_start, "
    "e.when_text_end, e.when_text, e.where_code, e.where_start, e.where_end, e.where_text, e.where_name, e.where_latin, "
    "e.where_kind, e.where_lat, e.where_lon, e.where_claimants, e.where_evidence, e.where_confidence, e.own_type "
    "FROM events AS e JOIN sentences AS s ON s.article = e.article AND s.n = e.sentence "
    "LEFT JOIN coders AS c ON c.key = e.coder"
)
_PARTS = {
    "participants": (
        "p.role, p.start, p.end, p.text, p.country, p.sector, p.name, p.latin, p.office, p.holder, p.holder_latin, "
        "p.holder_wikidata, p.wikidata, p.basis"
    ),
    "contexts": "p.context",
    "attributions": "p.start, p.end, p.text",
    "counts": "p.kind, p.min, p.max, p.start, p.end, p.text",
    "reports": "p.trigger_start, p.trigger_end, p.trigger_text, p.sentence",
}
_QUOTES = (
    "SELECT start, end, text, cue_start, cue_end, cue_text, speaker_start, speaker_end, speaker_text, "
    "speaker_country, speaker_sector, speaker_name, speaker_latin, speaker_office, speaker_holder, speaker_holder_latin, "
    "speaker_holder_wikidata, speaker_wikidata, speaker_basis, direct, carried, content "
    "FROM quotes WHERE article = ? ORDER BY n"
)
_PERSONS = (
    "SELECT start, end, text, country, sector, name, latin, office, holder, holder_latin, holder_wikidata, wikidata, basis "
    "FROM persons WHERE article = ? ORDER BY n"
)
_PREFIX = "SELECT id, key, article FROM events WHERE id >= ? AND id < ? AND stands = 1 ORDER BY id LIMIT 4"
_DONE = {"reject": "rejected", "edit": "edited", "merge": "merged with others", "split": "split"}
_AFTER_ALL_LETTERS = "\U0010ffff"


class Failure(NamedTuple):
    """A page that could not be read or coded: at which step, why, and when (UTC)."""

    page: str
    step: str
    reason: str
    at: str


def load_article(record: Record, article_id: str) -> CodedArticle:
    """The article with this id, with all that was coded of it; its events are those that stand, as people corrected them.

    Raises:
        RecordError: the record has no such article.
    """
    with as_record_errors(record.path):
        row = record.connection.execute("SELECT key FROM articles WHERE id = ?", (article_id,)).fetchone()
        if not row:
            raise NotThereError(f'{record.path}: holds no article "{article_id}"')
        key: int = row[0]
        article = _read_article(record.connection, key)
        return CodedArticle(
            article,
            tuple(read_standing_events(record.connection, key, article.text)),
            tuple(_read_quotes(record.connection, key)),
            tuple(
                agreement_from_json(json.loads(content))
                for (content,) in record.connection.execute(
                    "SELECT content FROM agreements WHERE article = ? ORDER BY n", (key,)
                )
            ),
            tuple(entity_of_row(*row) for row in record.connection.execute(_PERSONS, (key,))),
            tuple(
                claim_from_json(json.loads(content), article.text)
                for (content,) in record.connection.execute("SELECT content FROM claims WHERE article = ? ORDER BY n", (key,))
            ),
        )


def load_event(record: Record, event_id: str) -> tuple[Event, Article]:
    """The event whose id is or begins with `event_id`, and the article that reports it.

    Raises:
        RecordError: no event's id begins so, or several do; the text names some of them.
    """
    with as_record_errors(record.path):
        found = record.connection.execute(_PREFIX, (event_id, event_id + _AFTER_ALL_LETTERS)).fetchall()
        if not found and event_id:
            _say_who_corrected(record, event_id)
        if not found or not event_id:
            raise NotThereError(f'{record.path}: holds no event "{event_id}"; `rasid events` lists them')
        if len(found) > 1 and found[0][0] != event_id:
            some = ", ".join(row[0] for row in found[:3]) + (", ..." if len(found) > 3 else "")
            raise RecordError(f'{record.path}: "{event_id}" begins the ids of several events ({some}); give more of it')
        _, key, article_key = found[0]
        article = _read_article(record.connection, article_key)
        (event,) = _read_events(record.connection, "e.key", key, article.text, "e.stands = 1")
        return event, article


def _say_who_corrected(record: Record, event_id: str) -> None:
    """An event that does not stand any more is there all the same: say what became of it.

    Raises:
        NotThereError: somebody corrected it.
    """
    row = record.connection.execute(
        "SELECT e.id, c.action, c.by, c.at, c.id FROM events AS e JOIN articles AS a ON a.key = e.article "
        "JOIN corrections AS c ON c.article = a.id AND EXISTS (SELECT 1 FROM json_each(c.targets) AS t "
        "WHERE json_extract(t.value, '$.id') = e.id) WHERE e.id >= ? AND e.id < ? AND e.stands = 0 ORDER BY c.key DESC LIMIT 1",
        (event_id, event_id + _AFTER_ALL_LETTERS),
    ).fetchone()
    if row:
        event, action, by, at, correction = row
        raise NotThereError(
            f'{record.path}: event "{event}" does not stand: {_DONE.get(action, "corrected")} by {by} on {at[:10]}; '
            f"`rasid correct undo {correction[:8]} --by NAME` takes that back"
        )


def find_failures(record: Record) -> list[Failure]:
    """The pages that could not be read or coded so far, the oldest first."""
    with as_record_errors(record.path):
        rows = record.connection.execute("SELECT page, step, reason, at FROM failures ORDER BY at, key")
        return [Failure(*row) for row in rows]


def count_rows(record: Record) -> dict[str, int]:
    """How many articles, events and failures the record holds."""
    with as_record_errors(record.path):
        return {
            table: record.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("articles", "events", "failures")
        }


def _day(day: str | None) -> dt.date | None:
    return None if day is None else dt.date.fromisoformat(day)


def _span(start: int | None, end: int | None, text: str | None) -> Span | None:
    return None if start is None or end is None or text is None else Span(start, end, text)


def _read_article(connection: sqlite3.Connection, key: int) -> Article:
    row = connection.execute(_ARTICLE, (key,)).fetchone()
    article_id, text, title, url, source, agency, byline, start, end, evidence, reasons, language = row
    date = PageDate(_day(start), _day(end), evidence, tuple(json.loads(reasons)))
    return Article(article_id, text, title, url, source, agency, byline, date, language)


def read_machine_events(connection: sqlite3.Connection, article: int, text: str) -> list[Event]:
    """What the machine coded of an article, given by key and text, whether it stands or was corrected."""
    return list(_read_events(connection, "e.article", article, text, "e.correction IS NULL"))


def read_standing_events(connection: sqlite3.Connection, article: int, text: str) -> list[Event]:
    """The events of an article, given by key and text, as people corrected them."""
    return list(_read_events(connection, "e.article", article, text, "e.stands = 1"))


def _read_events(connection: sqlite3.Connection, column: str, key: int, text: str, which: str) -> Iterator[Event]:
    """Events whose `column` (`e.key` or `e.article`) is `key`, in order of mention; `text` is that of their article."""
    parts = {table: _read_parts(connection, table, column, key) for table in _PARTS}
    bounds = dict(_read_bounds(connection, column, key))
    for row in connection.execute(f"{_EVENTS} WHERE {column} = ? AND {which} ORDER BY e.n", (key,)).fetchall():
        yield _event(row, {table: of_event[row[0]] for table, of_event in parts.items()}, bounds, text)


def _read_parts(connection: sqlite3.Connection, table: str, column: str, key: int) -> dict[int, list[Any]]:
    order = "p.event, p.role, p.n" if table == "participants" else "p.event, p.n"
    joined = f"events AS e JOIN {table} AS p ON p.event = e.key"
    rows: dict[int, list[Any]] = defaultdict(list)
    for event, *row in connection.execute(
        f"SELECT p.event, {_PARTS[table]} FROM {joined} WHERE {column} = ? ORDER BY {order}", (key,)
    ):
        rows[event].append(row)
    return rows


def _read_bounds(connection: sqlite3.Connection, column: str, key: int) -> Iterator[tuple[int, tuple[int, int]]]:
    article = "(SELECT article FROM events WHERE key = ?)" if column == "e.key" else "?"
    for n, start, end in connection.execute(f"SELECT n, start, end FROM sentences WHERE article = {article}", (key,)):
        yield n, (start, end)


def _event(row: Any, parts: dict[str, list[Any]], bounds: dict[int, tuple[int, int]], text: str) -> Event:
    _, event_id, event_type, mode, status, confidence, predicate, coder, reasons, start, end = row[:11]
    when_start, when_end, when_from = row[14:17]
    when_span, where_code, where_span = _span(*row[17:20]), row[20], _span(*row[21:24])
    has_when = when_start is not None or when_end is not None or when_span is not None
    return Event(
        id=event_id,
        type=event_type,
        trigger=Span(*row[11:14]),
        sentence=Span(start, end, text[start:end]),
        mode=mode,
        contexts=tuple(context for (context,) in parts["contexts"]),
        status=status,
        actors=tuple(entity_of_row(*cells) for role, *cells in parts["participants"] if role == "actor"),
        recipients=tuple(entity_of_row(*cells) for role, *cells in parts["participants"] if role == "recipient"),
        when=Interval(_day(when_start), _day(when_end), when_span) if has_when else None,
        when_from=when_from,
        where=_place(where_code, where_span, *row[24:32]),
        attributed_to=tuple(Span(*cells) for cells in parts["attributions"]),
        counts=tuple(Count(kind, least, most, Span(*cells)) for kind, least, most, *cells in parts["counts"]),
        also=tuple(Report(Span(*trigger), Span(*bounds[n], text[slice(*bounds[n])])) for *trigger, n in parts["reports"]),
        confidence=confidence,
        predicate=predicate,
        coder=coder,
        reasons=tuple(map(reason_from_json, json.loads(reasons))),
        own_type=row[32],
    )


def _place(
    country: str | None,
    span: Span | None,
    name: str | None,
    latin: str | None,
    kind: str | None,
    lat: float | None,
    lon: float | None,
    claimants: str | None,
    evidence: Any,
    confidence: float | None,
) -> Place | None:
    if country is None and span is None:
        return None
    claimed_by = tuple(json.loads(claimants)) if claimants else ()
    return Place(country, span, name, latin, kind, lat, lon, claimed_by, evidence or "named", confidence)


def entity_of_row(start: Any, end: Any, text: Any, *known: Any) -> Entity:
    """An entity out of its cells: span, country, sector, name, latin, office, holder's three, item and basis."""
    country, sector, name, latin, office, holder, holder_latin, holder_wikidata, wikidata, basis = known
    held = Holder(holder, holder_latin, holder_wikidata) if holder else None
    return Entity(Span(start, end, text), country, sector, name, latin, office, held, wikidata, basis)


def _read_quotes(connection: sqlite3.Connection, article: int) -> Iterator[Quote]:
    for row in connection.execute(_QUOTES, (article,)):
        *words, direct, carried, content = row
        speaker = entity_of_row(*words[6:]) if words[6] is not None else None
        details = quote_details_from_json(json.loads(content))
        yield Quote(speaker, Span(*words[:3]), _span(*words[3:6]), bool(direct), carried=bool(carried), **details)
