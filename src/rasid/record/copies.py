"""Which articles of a record are copies of one text; brought up to date before it is asked for."""

from collections.abc import Iterator
from typing import NamedTuple

from rasid.record.opening import Record, as_record_errors, transaction
from rasid.stories.copies import FRESH, Change, Text, changes, find_copies, keep_prints, read_text, rows_of
from rasid.stories.shingles import read_folded, read_prints

_NEW = "SELECT key, text FROM articles WHERE key NOT IN (SELECT article FROM fingerprinted)"
_INSERT_FRESH = "INSERT OR IGNORE INTO temp.fresh VALUES (?, ?, ?)"
_COPIES = (
    "SELECT min(a.id, b.id), max(a.id, b.id), c.kind, c.similarity FROM copies AS c "
    "JOIN articles AS a ON a.key = c.a JOIN articles AS b ON b.key = c.b ORDER BY 1, 2"
)


class CopyPair(NamedTuple):
    """Two articles, by id, the one that sorts first first; `similarity` is shingles in both of those in either, 0 to 1."""

    a: str
    b: str
    kind: str
    similarity: float


def compare_new_articles(record: Record) -> None:
    """Compare the articles that came or changed with all others. Killed, nothing of it is kept, and the next run does it.

    Raises:
        RecordError: see `transaction`.
    """
    with as_record_errors(record.path):
        if not record.connection.execute(f"{_NEW} LIMIT 1").fetchone():
            return  # without keeping others from writing
    with transaction(record) as connection:
        connection.execute("DROP TABLE IF EXISTS temp.fresh")
        connection.execute(FRESH)
        for key, text in connection.execute(_NEW):
            prints = read_prints(read_folded(text))
            keep_prints(connection, key, prints)
            connection.executemany(_INSERT_FRESH, rows_of(key, prints))
        found = find_copies(connection, lambda key: _text(record, key))
        connection.executemany("INSERT OR REPLACE INTO copies VALUES (?, ?, ?, ?)", found)
        connection.execute("DROP TABLE temp.fresh")


def copies_of(record: Record) -> Iterator[CopyPair]:
    """All pairs of copies, sorted; up to date if `compare_new_articles` was called."""
    with as_record_errors(record.path):
        for row in record.connection.execute(_COPIES):
            yield CopyPair(*row)


def changes_between(record: Record, a: str, b: str) -> list[Change]:
    """What changed from one article to another, given by id, in folded words."""
    with as_record_errors(record.path):
        texts = dict(record.connection.execute("SELECT id, text FROM articles WHERE id IN (?, ?)", (a, b)))
        return changes(read_folded(texts[a]), read_folded(texts[b]))


def _text(record: Record, key: int) -> Text:
    text, source = record.connection.execute("SELECT text, source FROM articles WHERE key = ?", (key,)).fetchone()
    return read_text(text, source)
