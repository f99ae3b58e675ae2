"""What was left: articles that were kept though nothing was coded of them, and failures that are none any more."""

from rasid.record.opening import Record, as_record_errors, transaction
from rasid.record.writing import storable

_TABLE = """CREATE TABLE IF NOT EXISTS uncoded (  -- articles of which nothing was coded, and why
    article   INTEGER PRIMARY KEY REFERENCES articles ON DELETE CASCADE,
    reason    TEXT NOT NULL
) STRICT"""


def note_uncoded(record: Record, article_id: str, reason: str | None) -> None:
    """Keep in mind why nothing was coded of an article, so that counts can be set against all that was read; None: it was."""
    with transaction(record) as connection:
        connection.execute(_TABLE)
        connection.execute("DELETE FROM uncoded WHERE article = (SELECT key FROM articles WHERE id = ?)", (article_id,))
        if reason is not None:
            connection.execute("INSERT INTO uncoded SELECT key, ? FROM articles WHERE id = ?", (storable(reason), article_id))


def count_uncoded(record: Record) -> dict[str, int]:
    """How many articles were kept uncoded, by reason."""
    with as_record_errors(record.path):
        if not record.connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'uncoded'").fetchone():
            return {}
        return dict(record.connection.execute("SELECT reason, count(*) FROM uncoded GROUP BY reason ORDER BY reason"))


def forget_failure(record: Record, page_name: str) -> None:
    """Take out what was noted of a page that could not be read or coded before."""
    with transaction(record) as connection:
        connection.execute("DELETE FROM failures WHERE page = ?", (storable(page_name),))
