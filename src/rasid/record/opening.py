"""Opening a record: one SQLite file that many read while one writes, and that survives being killed at any point."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from rasid.errors import RecordError
from rasid.record.migrating import APPLICATION_ID, bring_up_to_date, check_not_newer, number_of

_PATIENCE = 60.0  # seconds to wait while another process writes


@dataclass(frozen=True, slots=True)
class Record:
    """An open record; `with open_record(path) as record:` closes it. For use in the thread that opened it."""

    path: Path
    connection: sqlite3.Connection

    def __enter__(self) -> "Record":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file. Nothing needs saving: what was added is in it."""
        self.connection.close()


def open_record(path: str | Path, *, create: bool = True, one_thread: bool = True) -> Record:
    """The record kept in the file `path`, which is made if it is not there, unless `create` is False.

    One of an older rasid is brought up to date; what it was before is kept beside it, and a warning is logged that says where.
    Where it is not for `one_thread`, it may go from one to another, but never be used by two at a time.

    Raises:
        RecordError: there is no such record, the file is something else, or a newer rasid made it.
    """
    path = Path(path)
    check_place(path, create=create)
    with as_record_errors(path):
        address = f"{path.absolute().as_uri()}?mode={'rwc' if create else 'rw'}"
        connection = sqlite3.connect(address, uri=True, timeout=_PATIENCE, isolation_level=None, check_same_thread=one_thread)
    record = Record(path, connection)
    try:
        with as_record_errors(path):
            _check_kind(record)
            _prepare(connection)
            bring_up_to_date(connection, path)
    except BaseException:
        connection.close()
        raise
    return record


@contextmanager
def transaction(record: Record) -> Iterator[sqlite3.Connection]:
    """All that is written inside is kept, or none of it. Inside another transaction, a part of that one.

    Raises:
        RecordError: the disk is full, another process has been writing for a minute, or a row contradicts the schema.
    """
    connection = record.connection
    nested = connection.in_transaction
    with as_record_errors(record.path):
        connection.execute("SAVEPOINT part" if nested else "BEGIN IMMEDIATE")
        try:
            yield connection
            connection.execute("RELEASE part" if nested else "COMMIT")
        except BaseException:
            _roll_back(connection, nested)
            raise


@contextmanager
def transaction_of_many(record: Record) -> Iterator[sqlite3.Connection]:
    """A transaction in which many articles are added, each a part that may be undone by itself.

    What each would be undone with, all pages that it changes, is kept in memory and not in a file of its own, which halves what
    is written: a megabyte an article of ten events less. Not for other work, whose sorting would be kept in memory as well.

    Raises:
        RecordError: see `transaction`.
    """
    connection = record.connection
    with as_record_errors(record.path):
        connection.execute("PRAGMA temp_store = MEMORY")
    try:
        with transaction(record):
            yield connection
    finally:
        with suppress(sqlite3.ProgrammingError):  # closed meanwhile
            connection.execute("PRAGMA temp_store = DEFAULT")


@contextmanager
def transaction_for_reading(record: Record) -> Iterator[sqlite3.Connection]:
    """All that is read inside is of one moment, though others write meanwhile."""
    with as_record_errors(record.path):
        record.connection.execute("BEGIN")
        try:
            yield record.connection
        finally:
            record.connection.execute("ROLLBACK")


@contextmanager
def as_record_errors(path: Path) -> Iterator[None]:
    """Trouble that SQLite has with the file, said in one line that names it."""
    try:
        yield
    except sqlite3.Error as error:
        raise RecordError(f"{path}: {_in_words(error)}") from error
    except UnicodeEncodeError as error:
        raise RecordError(f"{path}: cannot keep half a character ({error.object[error.start]!a})") from error


def _roll_back(connection: sqlite3.Connection, nested: bool) -> None:
    with suppress(sqlite3.Error):  # a full disk ends the transaction by itself
        if nested:
            connection.execute("ROLLBACK TO part")
            connection.execute("RELEASE part")
        else:
            connection.execute("ROLLBACK")


def _in_words(error: sqlite3.Error) -> str:
    said = str(error)
    if "not a database" in said:
        return "is no record of rasid"
    if "malformed" in said or "corrupt" in said:
        return "is damaged, or a part of it is missing; go back to a backup (`rasid check` says of one whether it is whole)"
    if "locked" in said or "busy" in said:
        return f"another process has been writing to it for {_PATIENCE:.0f} seconds; try again when it is done"
    if "is full" in said:
        return "no room left on its disk; what was added before is kept"
    if "disk I/O error" in said:
        return "its disk cannot be read or written; what was added before is kept"
    if "readonly" in said or "unable to open" in said:
        return f"cannot be opened for writing ({said}); see who owns the file and its folder"
    return said


def check_place(path: str | Path, *, create: bool = True) -> None:
    """Whether a record can be kept in a file, before there is anything to keep.

    Raises:
        RecordError: it is a folder, its folder is not there, or, unless `create`, there is no such file.
    """
    path = Path(path)
    if path.is_dir():
        raise RecordError(f"{path}: is a folder, not a record; name a file")
    if not create and not path.exists():
        raise RecordError(f"{path}: there is no such record; `rasid ingest PATH --record {path}` makes one")
    if not path.absolute().parent.is_dir():
        raise RecordError(f"{path}: its folder is not there; make it first")


def _check_kind(record: Record) -> None:
    """Before anything is written: a file of another program, or of a newer rasid, is not touched."""
    connection, path = record.connection, record.path
    if number_of(connection, "application_id") != APPLICATION_ID:
        if connection.execute("SELECT 1 FROM sqlite_schema").fetchone():
            raise RecordError(f"{path}: is a database, but no record of rasid")
        return
    check_not_newer(connection, path)


def _prepare(connection: sqlite3.Connection) -> None:
    """How this connection behaves. Only the choice of WAL is kept in the file."""
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA cache_size = -32768")  # 32 MB: the upper levels of the indexes of a million events
    connection.execute("PRAGMA synchronous = NORMAL")  # in WAL: a kill loses nothing, a power cut at most the last articles
    connection.execute("PRAGMA wal_autocheckpoint = 4000")  # pages, so 16 MB: a tenth more articles a second than 4 MB
    deadline = time.monotonic() + _PATIENCE
    while _text(connection, "journal_mode") != "wal":
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:  # somebody else is at it; SQLite does not wait for this lock by itself
            if time.monotonic() > deadline:
                raise
            time.sleep(0.01)


def _text(connection: sqlite3.Connection, pragma: str) -> str:
    return str(connection.execute(f"PRAGMA {pragma}").fetchone()[0])
