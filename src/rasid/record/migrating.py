"""The schema of a record, migration by migration: a record of an older rasid is brought up to date, with a backup first.

Each file `migrations/NNNN_what_it_does.sql` is run once, in the order of the numbers, all that are missing in one transaction:
killed in the middle, the record is what it was. Which were run stands in the table `migrations`. A file that was released is
never changed; a new table or column is a new file with a number of its own, whatever numbers others took meanwhile. Foreign
keys are not enforced while a migration runs (so that tables can be made anew), and checked at its end. In SQL the function
`searchable(text)` gives the words of a text as the search looks them up.
"""

import datetime as dt
import logging
import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from functools import cache
from pathlib import Path
from typing import NamedTuple

from rasid.errors import RecordError

APPLICATION_ID = 0x72736964  # "rsid" in the header of the file
FOLDER = Path(__file__).parent / "migrations"
_NAME = re.compile(r"(\d{4})_(\w+)\.sql")
_TABLE = (
    "CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at TEXT NOT NULL) STRICT"
)
_FIRST = 1  # the schema of records that kept no table of migrations
_log = logging.getLogger("rasid.record")


class Migration(NamedTuple):
    """A step of the schema: its number, what it does, and the file with its statements."""

    number: int
    name: str
    path: Path


@cache
def migrations(folder: Path) -> tuple[Migration, ...]:
    """The steps in `folder`, in order."""
    found = [(match, path) for path in folder.iterdir() if (match := _NAME.fullmatch(path.name))]
    return tuple(sorted(Migration(int(match[1]), match[2], path) for match, path in found))


def schema_version() -> int:
    """The number of the last migration, which stands in a record as `user_version`."""
    return migrations(FOLDER)[-1].number


def applied(connection: sqlite3.Connection) -> frozenset[int]:
    """The numbers of the migrations that a record has been through; none for an empty file."""
    if connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'migrations'").fetchone():
        return frozenset(number for (number,) in connection.execute("SELECT number FROM migrations"))
    version = number_of(connection, "user_version")
    return frozenset({_FIRST} if version == _FIRST else {_FIRST, version} if version else ())


def check_not_newer(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse a record whose schema this version does not know.

    Raises:
        RecordError: a newer rasid has changed the record.
    """
    unknown = applied(connection) - {migration.number for migration in migrations(FOLDER)}
    if unknown:
        raise RecordError(
            f"{path}: was made by a newer rasid (its schema is {max(unknown)}, this one reads up to {schema_version()}); "
            "upgrade rasid"
        )


def bring_up_to_date(connection: sqlite3.Connection, path: Path) -> Path | None:
    """Run the migrations that the record lacks.

    Args:
        connection: to the record, outside a transaction.
        path: its file.

    Returns:
        The backup that was made of it before; None where nothing was to be done, or nothing was in it.

    Raises:
        RecordError: the backup cannot be written, or what the record holds contradicts the new schema.
    """
    if not _missing(connection):
        return None
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("BEGIN IMMEDIATE")
    try:
        missing = _missing(connection)  # somebody else may have been first
        backup = _back_up_before(connection, path, missing[0]) if missing else None
        _run(connection, path, missing)
        connection.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise
    finally:
        connection.execute("PRAGMA foreign_keys = ON")
    if backup:
        _log.warning("%s: brought up to schema %d; as it was before, it is kept in %s", path, schema_version(), backup.name)
    return backup


def copy_whole(source: sqlite3.Connection, target: Path) -> None:
    """Copy a database, as it is at one moment and though others write to it, into a file that appears when it is whole.

    Raises:
        RecordError: the file cannot be written.
    """
    partial = target.with_name(f"{target.name}.{os.getpid()}.partial")
    try:
        with closing(sqlite3.connect(partial)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, with nothing beside it
        with partial.open("rb+") as file:
            os.fsync(file.fileno())
        partial.replace(target)
    except (sqlite3.Error, OSError) as error:
        raise RecordError(f"{target}: the backup cannot be written: {error}; nothing was changed") from error
    finally:
        for left in (partial, partial.with_name(f"{partial.name}-journal")):
            left.unlink(missing_ok=True)


def back_up(connection: sqlite3.Connection, target: Path) -> None:
    """Copy a record into a new file, while others read it and write to it.

    Raises:
        RecordError: there is such a file already, or it cannot be written.
    """
    if target.exists():
        raise RecordError(f"{target}: is there already, and backups are not overwritten; name another file")
    if not target.absolute().parent.is_dir():
        raise RecordError(f"{target}: its folder is not there; make it first")
    copy_whole(connection, target)


def number_of(connection: sqlite3.Connection, pragma: str) -> int:
    """The value of a pragma that is a number."""
    return int(connection.execute(f"PRAGMA {pragma}").fetchone()[0])


def _missing(connection: sqlite3.Connection) -> list[Migration]:
    done = applied(connection)
    return [migration for migration in migrations(FOLDER) if migration.number not in done]


def _back_up_before(connection: sqlite3.Connection, path: Path, first: Migration) -> Path | None:
    """A copy beside the record, taken while nobody else can write to it."""
    has_articles = connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'articles'").fetchone()
    if not has_articles or not connection.execute("SELECT 1 FROM articles LIMIT 1").fetchone():
        return None
    backup = path.with_name(f"{path.name}.before-{first.number:04}")
    for left in path.parent.glob(f"{backup.name}.*.partial*"):  # of a run that was killed at this
        left.unlink(missing_ok=True)
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as reader:
        copy_whole(reader, backup)
    return backup


def _run(connection: sqlite3.Connection, path: Path, missing: list[Migration]) -> None:
    if not missing:
        return
    before = applied(connection)
    connection.execute(_TABLE)
    now = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if before == {_FIRST}:
        _note(connection, migrations(FOLDER)[0], now)
    connection.create_function("searchable", 1, _searchable, deterministic=True)
    for migration in missing:
        for statement in _statements(migration.path):
            connection.execute(statement)
        _note(connection, migration, now)
    broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    if broken:
        raise RecordError(f"{path}: a row of {broken[0]} refers to a row of {broken[2]} that is not there; nothing was changed")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {max(applied(connection))}")


def _searchable(text: str) -> str:
    from rasid.record.search_words import searchable  # needed once in the life of a record

    return searchable(text)


def _note(connection: sqlite3.Connection, migration: Migration, now: str) -> None:
    row = (migration.number, migration.name, now)
    connection.execute("INSERT OR IGNORE INTO migrations (number, name, applied_at) VALUES (?, ?, ?)", row)


def _statements(path: Path) -> Iterator[str]:
    """The statements of a file one by one, as running a whole script would end the transaction."""
    statement = ""
    for line in path.read_text(encoding="utf-8").splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
