"""Records as the first schema had them, and what a record holds, for comparing."""

import sqlite3
from contextlib import closing
from pathlib import Path

from rasid.record import migrating, open_record

_TABLES = (
    *("coders", "articles", "sentences", "events", "participants", "contexts", "attributions", "counts", "reports", "quotes"),
    *("agreements", "failures"),
)
_TIMES = {"articles": "ingested_at", "migrations": "applied_at", "failures": "at", "past_codings": "until"}


def make_old(new: Path, old: Path) -> None:
    """Write the contents of a record of today into `old`, with the schema of the first version."""
    first = (migrating.FOLDER / "0001_articles_and_events.sql").read_text(encoding="utf-8")
    with closing(sqlite3.connect(old)) as connection:
        connection.executescript(f"{first} PRAGMA application_id = {migrating.APPLICATION_ID}; PRAGMA user_version = 1;")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("ATTACH ? AS new", (str(new),))
        for table in _TABLES:
            columns = ", ".join(
                name for (name,) in connection.execute("SELECT name FROM pragma_table_info(?, 'main')", (table,))
            )
            connection.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM new.{table}")
        connection.commit()


def contents(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """The rows of all tables but for when they were written, and but for the full-text index, which `check` looks into."""
    with open_record(path, create=False) as record:
        tables = record.connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'article_words%' AND name NOT LIKE 'sqlite%'"
        )
        found = {}
        for (table,) in tables.fetchall():
            names = [name for (name,) in record.connection.execute("SELECT name FROM pragma_table_xinfo(?)", (table,))]
            columns = ", ".join(f'"{name}"' for name in names if name != _TIMES.get(table))
            found[table] = sorted(record.connection.execute(f'SELECT {columns} FROM "{table}"').fetchall(), key=repr)
        return found
