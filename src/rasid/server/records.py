"""Connections to the record, kept open and lent to requests, each to one at a time; and the record's version."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex
from threading import Lock
from typing import Annotated

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool

from rasid.record import Record, open_record
from rasid.server.settings import Settings

_KEPT = 16  # connections that wait for the next request, each with a cache of its own
_READING = 4  # requests that read at once: one thread of Python runs at a time, and more of them only take turns away


@dataclass
class Records:
    """The record of a server, as many times open as it is asked at once."""

    path: Path
    watching: Record
    name: str = field(default_factory=lambda: token_hex(4))  # of this run, as versions are counted from its beginning
    free: list[Record] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)
    writes: int = 0  # through this server
    turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_READING))

    @contextmanager
    def lend(self) -> Iterator[Record]:
        """The record for the time of a `with` statement, in whatever thread."""
        record = self.take()
        try:
            yield record
        finally:
            self.give_back(record)

    def take(self) -> Record:
        """An open record, which is to be given back."""
        return self.take_free() or open_record(self.path, create=False, one_thread=False)

    def take_free(self) -> Record | None:
        """One that is open already, if any waits."""
        with self.lock:
            return self.free.pop() if self.free else None

    def give_back(self, record: Record) -> None:
        """Take back what was lent; what was begun and not ended is undone."""
        if record.connection.in_transaction:
            record.connection.rollback()
        with self.lock:
            if len(self.free) < _KEPT:
                self.free.append(record)
                return
        record.close()

    def version(self) -> str:
        """Another one after each change of the record, by whatever process."""
        with self.lock:
            (number,) = self.watching.connection.execute("PRAGMA data_version").fetchone()
        return f"{self.name}-{number}"

    def close(self) -> None:
        """Close what is open and not lent."""
        with self.lock:
            while self.free:
                self.free.pop().close()
            self.watching.close()


def open_records(path: Path) -> Records:
    """The record in the file `path`, brought up to date if need be.

    Raises:
        RecordError: see `open_record`.
    """
    if sqlite3.threadsafety < 3:
        raise RuntimeError("this Python's SQLite was built for one thread; a server needs another")
    return Records(path, open_record(path, create=False, one_thread=False))


def settings_of(request: Request) -> Settings:
    """What the server that got this request was told when it started."""
    settings: Settings = request.app.state.settings
    return settings


def records_of(request: Request) -> Records:
    """The open record of the server that got this request."""
    records: Records = request.app.state.records
    return records


async def _to_read(request: Request) -> AsyncIterator[Record]:
    records = records_of(request)
    async with records.turns:
        async for record in _lent(records):
            yield record


async def _to_write(request: Request) -> AsyncIterator[Record]:
    """Out of turn, so that those who wait for their turn to write do not keep others from reading."""
    records = records_of(request)
    try:
        async for record in _lent(records):
            yield record
    finally:
        records.writes += 1


async def _aside(request: Request) -> AsyncIterator[Record]:
    async for record in _lent(records_of(request)):
        yield record


async def _lent(records: Records) -> AsyncIterator[Record]:
    free = records.take_free()
    record = free if free is not None else await run_in_threadpool(records.take)
    try:
        yield record
    finally:
        records.give_back(record)


Reading = Annotated[Record, Depends(_to_read, scope="function")]
"""The record, until the answer is made; what is sent bit by bit afterwards lends one for itself. Who may: see `security`."""

Aside = Annotated[Record, Depends(_aside, scope="function")]
"""As `Reading`, out of turn: where most of the time goes by with something else."""

Writing = Annotated[Record, Depends(_to_write, scope="function")]
"""As `Reading`, said where something is written: inside `transaction`, as all functions of the record do by themselves."""
