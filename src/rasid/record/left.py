"""What was left: articles that were kept though nothing was coded of them, and failures that are none any more."""

import sqlite3

from rasid.record.opening import Record, as_record_errors, transaction
from rasid.record.writing import storable

NO_EVENT = "no political event was found in it"
NOT_POLITICAL = "not political"  # how the reason begins where the gate let an article not pass to the coder


def note_uncoded(record: Record, article_id: str, reason: str | None) -> None:
    """Keep in mind why nothing was coded of an article, so that counts can be set against all that was read; None: it was."""
    with transaction(record) as connection:
        found = connection.execute("SELECT key FROM articles WHERE id = ?", (article_id,)).fetchone()
        if found:
            set_uncoded(connection, found[0], reason)


def set_uncoded(connection: sqlite3.Connection, article: int, reason: str | None) -> None:
    """As `note_uncoded`, inside a transaction and of an article given by its key."""
    connection.execute("DELETE FROM uncoded WHERE article = ?", (article,))
    if reason is not None:
        connection.execute("INSERT INTO uncoded VALUES (?, ?)", (article, storable(reason)))


def count_uncoded(record: Record) -> dict[str, int]:
    """How many articles were kept uncoded, by reason."""
    with as_record_errors(record.path):
        return dict(record.connection.execute("SELECT reason, count(*) FROM uncoded GROUP BY reason ORDER BY reason"))


def gated(record: Record) -> frozenset[str]:
    """The ids of the articles that the gate kept from being coded."""
    with as_record_errors(record.path):
        rows = record.connection.execute(
            "SELECT a.id FROM uncoded AS u JOIN articles AS a ON a.key = u.article WHERE substr(u.reason, 1, ?) = ?",
            (len(NOT_POLITICAL), NOT_POLITICAL),
        )
        return frozenset(article for (article,) in rows)


def forget_failure(record: Record, page_name: str) -> None:
    """Take out what was noted of a page that could not be read or coded before."""
    with transaction(record) as connection:
        connection.execute("DELETE FROM failures WHERE page = ?", (storable(page_name),))
