"""Adding to a record: a coded article is in it whole or not at all, and once."""

import datetime as dt
import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from rasid.arabic.letters import fold
from rasid.contract import agreement_to_json, reason_to_json
from rasid.events.plover import quad_of, score_of
from rasid.model import Article, CodedArticle, Entity, Event, Quote, Span
from rasid.record.opening import Record, as_record_errors, transaction

_ARTICLE = "url, source, agency, byline, title, language, date_start, date_end, date_evidence, date_reasons, coder, text_hash"
_KNOWN = f"SELECT key, {_ARTICLE} FROM articles WHERE id = ?"
_ELSEWHERE = "SELECT 1 FROM articles WHERE text_hash = ? AND coalesce(nullif(url, ''), page) = ? AND id <> ?"
_INSERT_ARTICLE = f"INSERT INTO articles ({_ARTICLE}, id, page, ingested_at, text) VALUES ({', '.join('?' * 16)})"
_UPDATE_ARTICLE = f"UPDATE articles SET ({_ARTICLE}, id, page, ingested_at, text) = ({', '.join('?' * 16)}) WHERE key = ?"
_EVENT = (
    "key, id, article, n, type, mode, status, quad, score, confidence, trigger_start, trigger_end, trigger_text, sentence, "
    "when_start, when_end, when_from, when_text_start, when_text_end, when_text, where_code, where_start, where_end, "
    "where_text, predicate, coder, reasons"
)
_INSERT_EVENT = f"INSERT INTO events ({_EVENT}) VALUES ({', '.join('?' * 27)})"
_INSERT_PARTICIPANT = (
    "INSERT INTO participants (event, role, n, start, end, text, code, form, country, sector, name, latin, office, "
    f"holder, holder_latin, holder_wikidata, wikidata, basis) VALUES ({', '.join('?' * 18)})"
)
_INSERT_QUOTE = (
    "INSERT INTO quotes (article, n, start, end, text, cue_start, cue_end, cue_text, speaker_start, speaker_end, "
    "speaker_text, speaker_country, speaker_sector, speaker_name, speaker_latin, speaker_office, speaker_holder, "
    f"speaker_holder_latin, speaker_holder_wikidata, speaker_wikidata, speaker_basis) VALUES ({', '.join('?' * 21)})"
)
_INSERT_PERSON = (
    "INSERT INTO persons (article, n, start, end, text, form, country, sector, name, latin, office, holder, holder_latin, "
    f"holder_wikidata, wikidata, basis) VALUES ({', '.join('?' * 16)})"
)
_NOWHERE = (None, None, None)
Cell = str | int | float | None
Row = tuple[Cell, ...]


def add(record: Record, coded: CodedArticle, page_name: str, coder: str | None = None) -> bool:
    """Put a coded article into the record, in a transaction of its own.

    An article that is there already (the same id, text, metadata and coder; or the same text at the same address) stays as it
    is. One that is there under its id but differs is replaced with all that was coded of it. A failure noted of the page
    before is forgotten.

    Args:
        record: where to.
        coded: the article; its events' ids must not stand in another article.
        page_name: where it was found, as in `Page.name`; its address where it has no URL.
        coder: the version that coded it, as in `Event.coder`, from which it is taken if not given.
    Returns:
        Whether anything was written.

    Raises:
        RecordError: see `transaction`.
    """
    article = coded.article
    page = storable(page_name)
    with transaction(record) as connection:
        connection.execute("DELETE FROM failures WHERE page = ?", (page,))
        made_by = _coder_key(connection, coder or next((event.coder for event in coded.events), ""))
        row = _article_row(article, made_by)
        known = connection.execute(_KNOWN, (article.id,)).fetchone()
        if (known and known[1:] == row) or _stands_elsewhere(connection, article, page, row):
            return False
        full_row = (*row, article.id, page, _now(), article.text)
        if known:
            key: int = known[0]
            _clear(connection, key)
            connection.execute(_UPDATE_ARTICLE, (*full_row, key))
        else:
            key = connection.execute(_INSERT_ARTICLE, full_row).lastrowid or 0
        _add_contents(connection, key, coded)
    return True


def holds(record: Record, article: Article, page_name: str, coder: str) -> bool:
    """Whether `add` would leave the record as it is: so that what is there already need not be coded again.

    Args:
        record: the record.
        article: the cleaned article.
        page_name: where it was found, as for `add`.
        coder: the version that would code it.
    """
    with as_record_errors(record.path):
        connection = record.connection
        made_by = connection.execute("SELECT key FROM coders WHERE name = ?", (coder,)).fetchone()
        if not made_by:
            return False
        row = _article_row(article, made_by[0])
        known = connection.execute(_KNOWN, (article.id,)).fetchone()
        return bool(known and known[1:] == row) or _stands_elsewhere(connection, article, storable(page_name), row)


def place_of_id(record: Record, article_id: str) -> tuple[str | None, str] | None:
    """The address, and the page, of the article that has an id; None where there is none."""
    with as_record_errors(record.path):
        found = record.connection.execute("SELECT url, page FROM articles WHERE id = ?", (article_id,)).fetchone()
    return (found[0] or None, found[1]) if found else None


def note_failure(record: Record, page_name: str, step: str, reason: str) -> None:
    """Keep in mind that a page could not be read or coded, at which step and why, until `add` succeeds with it."""
    with transaction(record) as connection:
        connection.execute(
            "INSERT INTO failures (page, step, reason, at) VALUES (?, ?, ?, ?) "
            "ON CONFLICT DO UPDATE SET reason = excluded.reason, at = excluded.at",
            (storable(page_name), step, storable(reason), _now()),
        )


def storable(name: str) -> str:
    r"""`name` with what UTF-8 cannot hold (bytes of a file's name that are no text) written out, as in `\udcff`."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def form_of(entity: Entity) -> str:
    """How a participant is looked up by name: the person's name or else the words, folded."""
    return fold_name(entity.name or entity.span.text)


def fold_name(name: str) -> str:
    """`name` with its letters folded and one space between words."""
    return " ".join(fold(name).split())


def _now() -> str:
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _day(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _span(span: Span | None) -> tuple[Cell, Cell, Cell]:
    return (span.start, span.end, span.text) if span else _NOWHERE


def _article_row(article: Article, coder: int | None) -> Row:
    date = article.date
    return (
        article.url,
        article.source,
        article.agency,
        article.byline,
        article.title,
        article.language,
        _day(date.start),
        _day(date.end),
        date.evidence,
        _json(date.reasons),
        coder,
        hashlib.sha256(article.text.encode()).hexdigest(),
    )


def _stands_elsewhere(connection: sqlite3.Connection, article: Article, page: str, row: Row) -> bool:
    """Whether the same text at the same address is there under another id."""
    return connection.execute(_ELSEWHERE, (row[-1], article.url or page, article.id)).fetchone() is not None


def _coder_key(connection: sqlite3.Connection, name: str) -> int | None:
    """The row of a coder version, made if need be; None for one that has no name."""
    if not name:
        return None
    found = connection.execute("SELECT key FROM coders WHERE name = ?", (name,)).fetchone()
    if found:
        return int(found[0])
    version, _, lexicon = name.partition("+")
    row = (name, version, lexicon or None)
    return connection.execute("INSERT INTO coders (name, version, lexicon) VALUES (?, ?, ?)", row).lastrowid


def _clear(connection: sqlite3.Connection, article: int) -> None:
    """Take out what was coded of an article; what hangs on its events goes with them."""
    for table in ("events", "sentences", "quotes", "agreements", "persons"):
        connection.execute(f"DELETE FROM {table} WHERE article = ?", (article,))


def _add_contents(connection: sqlite3.Connection, article: int, coded: CodedArticle) -> None:
    sentences = {bounds: n for n, bounds in enumerate(sorted(set(_sentences(coded.events))))}
    coders = {name: _coder_key(connection, name) for name in {event.coder for event in coded.events}}
    # Keys are given here, not by SQLite, so that each table takes its rows at once; no one else writes meanwhile.
    last = connection.execute("SELECT coalesce(max(key), 0) FROM events").fetchone()[0]
    events = list(enumerate(coded.events, last + 1))

    def insert(statement: str, rows: Iterable[Row]) -> None:
        connection.executemany(statement, rows)

    insert("INSERT INTO sentences VALUES (?, ?, ?, ?)", ((article, n, *bounds) for bounds, n in sentences.items()))
    insert(
        _INSERT_EVENT,
        (
            _event_row(
                event, key, article, key - last - 1, sentences[event.sentence.start, event.sentence.end], coders[event.coder]
            )
            for key, event in events
        ),
    )
    insert(_INSERT_PARTICIPANT, (row for key, event in events for row in _participant_rows(event, key)))
    insert(
        "INSERT INTO contexts VALUES (?, ?, ?)",
        ((key, n, context) for key, event in events for n, context in enumerate(event.contexts)),
    )
    insert(
        "INSERT INTO attributions VALUES (?, ?, ?, ?, ?)",
        ((key, n, *_span(span)) for key, event in events for n, span in enumerate(event.attributed_to)),
    )
    insert(
        "INSERT INTO counts VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (key, n, count.kind, count.min, count.max, *_span(count.span))
            for key, event in events
            for n, count in enumerate(event.counts)
        ),
    )
    insert(
        "INSERT INTO reports VALUES (?, ?, ?, ?, ?, ?)",
        (
            (key, n, *_span(report.trigger), sentences[report.sentence.start, report.sentence.end])
            for key, event in events
            for n, report in enumerate(event.also)
        ),
    )
    insert(_INSERT_QUOTE, (_quote_row(quote, article, n) for n, quote in enumerate(coded.quotes)))
    insert(
        "INSERT INTO agreements VALUES (?, ?, ?)",
        ((article, n, _json(agreement_to_json(agreement))) for n, agreement in enumerate(coded.agreements)),
    )
    insert(_INSERT_PERSON, (_person_row(person, article, n) for n, person in enumerate(coded.persons)))


def _sentences(events: Sequence[Event]) -> Iterator[tuple[int, int]]:
    for event in events:
        yield event.sentence.start, event.sentence.end
        for report in event.also:
            yield report.sentence.start, report.sentence.end


def _event_row(event: Event, key: int, article: int, n: int, sentence: int, coder: int | None) -> Row:
    when, where = event.when, event.where
    return (
        key,
        event.id,
        article,
        n,
        event.type,
        event.mode,
        event.status,
        quad_of(event.type),
        score_of(event.type, event.mode),
        event.confidence,
        *_span(event.trigger),
        sentence,
        _day(when.start) if when else None,
        _day(when.end) if when else None,
        event.when_from,
        *(_span(when.span) if when else _NOWHERE),
        where.country if where else None,
        *(_span(where.span) if where else _NOWHERE),
        event.predicate,
        coder,
        _json([reason_to_json(reason) for reason in event.reasons]),
    )


def _participant_rows(event: Event, key: int) -> Iterator[Row]:
    for role, entities in (("actor", event.actors), ("recipient", event.recipients)):
        for n, entity in enumerate(entities):
            yield (key, role, n, *_span(entity.span), entity.code or None, form_of(entity), *known_of(entity))


def _quote_row(quote: Quote, article: int, n: int) -> Row:
    speaker = quote.speaker
    known = known_of(speaker) if speaker else (None,) * 10
    return (article, n, *_span(quote.text), *_span(quote.cue), *_span(speaker.span if speaker else None), *known)


def _person_row(person: Entity, article: int, n: int) -> Row:
    return (article, n, *_span(person.span), form_of(person), *known_of(person))


def known_of(entity: Entity) -> Row:
    """The cells of all that is known of an entity beside its words: country, sector, name, latin, office, holder's three ..."""
    holder = entity.holder
    held = (holder.name, holder.latin, holder.wikidata) if holder else _NOWHERE
    return (entity.country, entity.sector, entity.name, entity.latin, entity.role, *held, entity.wikidata, entity.basis)
