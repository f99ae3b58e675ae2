"""Adding to a record: a coded article is in it whole or not at all, and once."""

import hashlib
import sqlite3

from rasid.actors.officials import officials_only
from rasid.model import Article, CodedArticle
from rasid.record.contents import Row, as_json, clear_contents, coder_key, day, now, write_contents
from rasid.record.history import keep_past
from rasid.record.keeping import as_kept, coded_as_kept, keeps_officials_only
from rasid.record.opening import Record, as_record_errors, transaction
from rasid.record.search_words import searchable
from rasid.record.settling import Correction, in_force, read_corrections, settle

_ARTICLE = "url, source, agency, byline, title, language, date_start, date_end, date_evidence, date_reasons, coder, text_hash"
_KNOWN = f"SELECT key, {_ARTICLE} FROM articles WHERE id = ?"
_FORGOTTEN = "SELECT 1 FROM forgotten WHERE kind = 'article' AND hash IN (?, ?, ?)"
_ELSEWHERE = "SELECT 1 FROM articles WHERE text_hash = ? AND coalesce(nullif(url, ''), page) = ? AND id <> ?"
_INSERT_ARTICLE = f"INSERT INTO articles ({_ARTICLE}, id, page, ingested_at, text) VALUES ({', '.join('?' * 16)})"
_UPDATE_ARTICLE = f"UPDATE articles SET ({_ARTICLE}, id, page, ingested_at, text) = ({', '.join('?' * 16)}) WHERE key = ?"
_CODER, _TITLE = _ARTICLE.split(", ").index("coder"), _ARTICLE.split(", ").index("title")


def add(record: Record, coded: CodedArticle, page_name: str, coder: str | None = None) -> bool:
    """Put a coded article into the record, in a transaction of its own.

    An article that is there already (the same id, text, metadata and coder; or the same text at the same address) stays as it
    is. One that is there under its id but differs is replaced with all that was coded of it; what people corrected is laid over
    the new coding. One that was forgotten is not taken. A failure noted of the page before is forgotten.

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
    page = storable(page_name)
    with transaction(record) as connection:
        connection.execute("DELETE FROM failures WHERE page = ?", (page,))
        coded = officials_only(coded) if keeps_officials_only(connection) else coded
        article = as_kept(connection, coded.article)
        made_by = coder_key(connection, coder or next((event.coder for event in coded.events), ""))
        row = _article_row(article, made_by)
        known = connection.execute(_KNOWN, (article.id,)).fetchone()
        if (known and known[1:] == row) or _stands_elsewhere(connection, article, page, row):
            return False
        if _is_forgotten(connection, article, page, row):
            return False
        _write(connection, coded_as_kept(coded, article), row, page, known)
    return True


def holds(record: Record, article: Article, page_name: str, coder: str) -> bool:
    """Whether `add` would leave the record as it is: so that what is there already need not be coded again.

    Args:
        record: the record.
        article: the cleaned article.
        page_name: where it was found, as for `add`.
        coder: the version that would code it.
    """
    page = storable(page_name)
    with as_record_errors(record.path):
        connection = record.connection
        made_by = connection.execute("SELECT key FROM coders WHERE name = ?", (coder,)).fetchone()
        article = as_kept(connection, article)
        row = _article_row(article, made_by[0] if made_by else None)
        if _is_forgotten(connection, article, page, row):
            return True
        if not made_by:
            return False
        known = connection.execute(_KNOWN, (article.id,)).fetchone()
        return bool(known and known[1:] == row) or _stands_elsewhere(connection, article, page, row)


def _write(connection: sqlite3.Connection, coded: CodedArticle, row: Row, page: str, known: Row | None) -> None:
    """Insert an article, or put it in the place of the one that is there under its id."""
    article = coded.article
    full_row = (*row, article.id, page, now(), article.text)
    settled = settle(article.id, article.text, coded.events, _corrections(connection, article.id))
    if known is None:
        key = connection.execute(_INSERT_ARTICLE, full_row).lastrowid or 0
        index_words(connection, key, article.title, article.text)
        write_contents(connection, key, coded, settled, {})
        return
    key = int(known[0] or 0)
    keep_past(connection, key, coded, row[_CODER], same_text=known[-1] == row[-1])
    if (known[_TITLE + 1], known[-1]) != (row[_TITLE], row[-1]):
        unindex_words(connection, key)
        index_words(connection, key, article.title, article.text)
    keys = clear_contents(connection, key)
    connection.execute(_UPDATE_ARTICLE, (*full_row, key))
    write_contents(connection, key, coded, settled, keys)


def _corrections(connection: sqlite3.Connection, article_id: str) -> list[Correction]:
    return in_force(read_corrections(connection, "article = ?", (article_id,)))


def index_words(connection: sqlite3.Connection, key: int, title: str | None, text: str) -> None:
    """Make an article's words findable."""
    row = (key, searchable(title or ""), searchable(text))
    connection.execute("INSERT INTO article_words (rowid, title, body) VALUES (?, ?, ?)", row)


def unindex_words(connection: sqlite3.Connection, key: int) -> None:
    """Take the words of an article, as it is in the record, out of the index."""
    title, text = connection.execute("SELECT title, text FROM articles WHERE key = ?", (key,)).fetchone()
    connection.execute(
        "INSERT INTO article_words (article_words, rowid, title, body) VALUES ('delete', ?, ?, ?)",
        (key, searchable(title or ""), searchable(text)),
    )


def _is_forgotten(connection: sqlite3.Connection, article: Article, page: str, row: Row) -> bool:
    hashes = (hash_of(article.id), hash_of(article.url or page), row[-1])
    return connection.execute(_FORGOTTEN, hashes).fetchone() is not None


def hash_of(text: str) -> str:
    """SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def place_of_id(record: Record, article_id: str) -> tuple[str | None, str, str] | None:
    """The address, the page and the hash of the text of the article that has an id; None where there is none."""
    with as_record_errors(record.path):
        found = record.connection.execute("SELECT url, page, text_hash FROM articles WHERE id = ?", (article_id,)).fetchone()
    return (found[0] or None, found[1], found[2]) if found else None


def note_failure(record: Record, page_name: str, step: str, reason: str) -> None:
    """Keep in mind that a page could not be read or coded, at which step and why, until `add` succeeds with it."""
    with transaction(record) as connection:
        connection.execute(
            "INSERT INTO failures (page, step, reason, at) VALUES (?, ?, ?, ?) "
            "ON CONFLICT DO UPDATE SET reason = excluded.reason, at = excluded.at",
            (storable(page_name), step, storable(reason), now()),
        )


def storable(name: str) -> str:
    r"""`name` with what UTF-8 cannot hold (bytes of a file's name that are no text) written out, as in `\udcff`."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def _article_row(article: Article, coder: int | None) -> Row:
    date = article.date
    return (
        article.url,
        article.source,
        article.agency,
        article.byline,
        article.title,
        article.language,
        day(date.start),
        day(date.end),
        date.evidence,
        as_json(date.reasons),
        coder,
        hash_of(article.text),
    )


def _stands_elsewhere(connection: sqlite3.Connection, article: Article, page: str, row: Row) -> bool:
    """Whether the same text at the same address is there under another id."""
    return connection.execute(_ELSEWHERE, (row[-1], article.url or page, article.id)).fetchone() is not None
