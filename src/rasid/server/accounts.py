"""Accounts, tokens, sessions and the log of writes: a small SQLite file beside the record, never in it.

Of passwords, tokens and sessions only hashes are kept: Argon2 for what people choose, SHA-256 for what is 256 random bits.
"""

import datetime as dt
import hashlib
import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from rasid.errors import InputError, RasidError

if TYPE_CHECKING:
    from argon2 import PasswordHasher

Role = Literal["reader", "coder", "editor"]
ROLES: tuple[Role, ...] = get_args(Role)  # each may do what those before it may
_PATIENCE = 10.0  # seconds
_SHORTEST = 10  # letters of a password
_LONGEST = 1_000
_DAYS = 14  # that a session lasts
_TOKEN = "rasid_"  # by which a token that was leaked is found
_HASHING = BoundedSemaphore(2)  # each takes 64 MB
_SCHEMA = """
CREATE TABLE IF NOT EXISTS accounts (
    name TEXT PRIMARY KEY, role TEXT NOT NULL, password TEXT NOT NULL, made_at TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS tokens (
    id TEXT PRIMARY KEY, hash TEXT NOT NULL UNIQUE, account TEXT NOT NULL REFERENCES accounts ON DELETE CASCADE,
    role TEXT NOT NULL, made_at TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS sessions (
    hash TEXT PRIMARY KEY, account TEXT NOT NULL REFERENCES accounts ON DELETE CASCADE, until TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS writes (
    n INTEGER PRIMARY KEY, at TEXT NOT NULL, by TEXT NOT NULL, how TEXT NOT NULL, client TEXT NOT NULL,
    method TEXT NOT NULL, path TEXT NOT NULL, status INTEGER NOT NULL
) STRICT;
"""


class Account(NamedTuple):
    """Somebody who may do what a role may."""

    name: str
    role: Role


class Write(NamedTuple):
    """A request that could change something: when, by whom and how known (token, session, anonymous), from where, what came."""

    at: str
    by: str
    how: str
    client: str
    method: str
    path: str
    status: int


@contextmanager
def open_accounts(path: Path) -> Iterator[sqlite3.Connection]:
    """The accounts in the file `path`, made if need be, readable by its owner only. All is written at the end, or nothing.

    Raises:
        RasidError: the file cannot be read or written, or is something else.
    """
    try:
        if not path.exists():
            os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
        with closing(sqlite3.connect(path, timeout=_PATIENCE)) as connection:
            connection.execute("PRAGMA foreign_keys = ON")
            if connection.execute("PRAGMA user_version").fetchone()[0] < 1:
                connection.executescript(f"PRAGMA journal_mode = WAL; {_SCHEMA} PRAGMA user_version = 1;")
            with connection:
                yield connection
    except (OSError, sqlite3.Error) as error:
        raise RasidError(f"{path}: the accounts cannot be read or written: {error}") from error


def add_account(path: Path, name: str, role: str, password: str) -> Account:
    """Make an account.

    Raises:
        InputError: the name is taken or none, there is no such role, or the password is too short.
    """
    name = name.strip()
    if not name or not name.isprintable() or len(name) > 100:
        raise InputError("an account needs a name of 1 to 100 letters")
    found = _role(role)
    _check_password(password)
    with open_accounts(path) as accounts:
        if accounts.execute("SELECT 1 FROM accounts WHERE name = ?", (name,)).fetchone():
            raise InputError(f'there is an account "{name}" already; `rasid accounts password {name}` changes its password')
        row = (name, found, _hasher().hash(password), _now())
        accounts.execute("INSERT INTO accounts VALUES (?, ?, ?, ?)", row)
    return Account(name, found)


def change_password(path: Path, name: str, password: str) -> None:
    """Give an account another password; all its sessions end.

    Raises:
        InputError: there is no such account, or the password is too short.
    """
    _check_password(password)
    with open_accounts(path) as accounts:
        _known(accounts, name)
        accounts.execute("UPDATE accounts SET password = ? WHERE name = ?", (_hasher().hash(password), name))
        accounts.execute("DELETE FROM sessions WHERE account = ?", (name,))


def change_role(path: Path, name: str, role: str) -> None:
    """Give an account another role, which its tokens cannot exceed.

    Raises:
        InputError: there is no such account or role.
    """
    found = _role(role)
    with open_accounts(path) as accounts:
        _known(accounts, name)
        accounts.execute("UPDATE accounts SET role = ? WHERE name = ?", (found, name))


def remove_account(path: Path, name: str) -> None:
    """Take away an account with its tokens and sessions; what it wrote stays.

    Raises:
        InputError: there is no such account.
    """
    with open_accounts(path) as accounts:
        _known(accounts, name)
        accounts.execute("DELETE FROM accounts WHERE name = ?", (name,))


def list_accounts(path: Path) -> list[Account]:
    """All accounts by name; none where the file is not there."""
    if not path.exists():
        return []
    with open_accounts(path) as accounts:
        return [Account(*row) for row in accounts.execute("SELECT name, role FROM accounts ORDER BY name")]


def check_password(path: Path, name: str, password: str) -> Account | None:
    """The account of this name and password. It takes as long where there is none of that name."""
    from argon2.exceptions import Argon2Error, InvalidHashError

    if len(password) > _LONGEST or not path.exists():
        return None
    with open_accounts(path) as accounts:
        row = accounts.execute("SELECT name, role, password FROM accounts WHERE name = ?", (name.strip(),)).fetchone()
        try:
            with _HASHING:
                _hasher().verify(row[2] if row else _nobodys(), password)
        except (Argon2Error, InvalidHashError):
            return None
        if row and _hasher().check_needs_rehash(row[2]):
            accounts.execute("UPDATE accounts SET password = ? WHERE name = ?", (_hasher().hash(password), row[0]))
    return Account(*row[:2]) if row else None


def make_token(path: Path, name: str, role: str | None = None) -> str:
    """A token for programs of an account, with its role or a lesser one; it is shown this once.

    Raises:
        InputError: there is no such account or role.
    """
    token = _TOKEN + secrets.token_urlsafe(32)
    with open_accounts(path) as accounts:
        account = _known(accounts, name)
        found = _role(role) if role else account.role
        row = (token[len(_TOKEN) :][:6] + secrets.token_hex(2), _hash(token), account.name, found, _now())
        accounts.execute("INSERT INTO tokens VALUES (?, ?, ?, ?, ?)", row)
    return token


def revoke_tokens(path: Path, name: str) -> int:
    """Make all tokens of an account worthless; returns how many there were.

    Raises:
        InputError: there is no such account.
    """
    with open_accounts(path) as accounts:
        _known(accounts, name)
        return accounts.execute("DELETE FROM tokens WHERE account = ?", (name,)).rowcount


def account_of_token(path: Path, token: str) -> Account | None:
    """Whose token it is, with the lesser of the token's role and the account's."""
    if not token.startswith(_TOKEN) or not path.exists():
        return None
    with open_accounts(path) as accounts:
        row = accounts.execute(
            "SELECT a.name, a.role, t.role FROM tokens AS t JOIN accounts AS a ON a.name = t.account WHERE t.hash = ?",
            (_hash(token),),
        ).fetchone()
    return Account(row[0], min(row[1:], key=ROLES.index)) if row else None


def open_session(path: Path, name: str) -> str:
    """A new session of an account: what its cookie holds."""
    key = secrets.token_urlsafe(32)
    until = dt.datetime.now(dt.UTC) + dt.timedelta(days=_DAYS)
    with open_accounts(path) as accounts:
        accounts.execute("DELETE FROM sessions WHERE until < ?", (_now(),))
        accounts.execute("INSERT INTO sessions VALUES (?, ?, ?)", (_hash(key), name, until.isoformat(timespec="seconds")))
    return key


def account_of_session(path: Path, key: str) -> Account | None:
    """Whose session it is, while it lasts."""
    if not path.exists():
        return None
    with open_accounts(path) as accounts:
        row = accounts.execute(
            "SELECT name, role FROM sessions JOIN accounts ON name = account WHERE hash = ? AND until > ?",
            (_hash(key), _now()),
        ).fetchone()
    return Account(*row) if row else None


def close_session(path: Path, key: str) -> None:
    """End a session."""
    if path.exists():
        with open_accounts(path) as accounts:
            accounts.execute("DELETE FROM sessions WHERE hash = ?", (_hash(key),))


def log_write(path: Path, write: Write) -> None:
    """Keep that somebody wrote something, or tried to."""
    with open_accounts(path) as accounts:
        accounts.execute(f"INSERT INTO writes ({', '.join(Write._fields)}) VALUES (?, ?, ?, ?, ?, ?, ?)", write)


def read_writes(path: Path, limit: int) -> list[Write]:
    """The last writes, the newest first."""
    if not path.exists():
        return []
    with open_accounts(path) as accounts:
        found = accounts.execute(f"SELECT {', '.join(Write._fields)} FROM writes ORDER BY n DESC LIMIT ?", (limit,))
        return [Write(*row) for row in found]


@cache
def _hasher() -> "PasswordHasher":
    from argon2 import PasswordHasher

    return PasswordHasher()


@cache
def _nobodys() -> str:
    return _hasher().hash(secrets.token_hex())


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _known(accounts: sqlite3.Connection, name: str) -> Account:
    row = accounts.execute("SELECT name, role FROM accounts WHERE name = ?", (name.strip(),)).fetchone()
    if not row:
        raise InputError(f'there is no account "{name}"; `rasid accounts list` names them')
    return Account(*row)


def _role(role: str) -> Role:
    found = next((one for one in ROLES if one == role), None)
    if found is None:
        raise InputError(f'"{role}" is no role; there are {", ".join(ROLES)}')
    return found


def _check_password(password: str) -> None:
    if not _SHORTEST <= len(password) <= _LONGEST:
        raise InputError(f"a password has {_SHORTEST} letters or more, {_LONGEST:,} at most")


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
