"""Coding what was sent in a process of its own: in the server's, one thread runs at a time, and readers would wait for it.

That process is started when the first articles come, and again where it died. It writes into the record itself, as a
`rasid ingest` beside the server would.
"""

import asyncio
import multiprocessing
import multiprocessing.connection
import multiprocessing.synchronize
import os
import signal
import sqlite3
import threading
import time
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path
from typing import Any, NamedTuple

from starlette.exceptions import HTTPException

from rasid.actors.memory import Memory
from rasid.cli_ingest import Ingested, ingest
from rasid.cli_input import LeftOut, Read
from rasid.errors import RasidError
from rasid.record import Record, open_record
from rasid.record.memory import load_memory

_AGE = 600.0  # seconds after which what was remembered is read anew, as others write into the record too
_LOOK = 0.1  # seconds between looking whether the server is to stop


@dataclass
class Remembered:
    """What a process remembers between requests that bring articles."""

    memory: Memory | None = None
    read_at: float = 0.0


@dataclass
class Ingesting:
    """How articles that are sent are coded: of one request at a time."""

    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    stopping: threading.Event = field(default_factory=threading.Event)
    here: Remembered = field(default_factory=Remembered)
    pool: ProcessPoolExecutor | None = None
    told: multiprocessing.synchronize.Event | None = None  # the other process, that it is to stop

    def close(self) -> None:
        """End the other process, once it is done with what it does."""
        if self.pool:
            self.pool.shutdown(wait=True, cancel_futures=True)
            self.pool = None


class Done(NamedTuple):
    """What was done, and what had to be left out."""

    done: Ingested
    left_out: list[LeftOut]


class _Wrong(NamedTuple):
    """An error, and the one of SQLite that it came from: between processes, an error's cause is lost."""

    error: RasidError
    cause: sqlite3.Error | None


def ingest_here(remembered: Remembered, record: Record, found: Iterable[Read | LeftOut], options: dict[str, Any]) -> Done:
    """Code and keep articles in this process; `options` are those of `ingest`."""
    if remembered.memory is None or time.monotonic() - remembered.read_at > _AGE:
        remembered.memory, remembered.read_at = load_memory(record), time.monotonic()
    done = Ingested()
    return Done(done, list(ingest(record, found, done, memory=remembered.memory, **options)))


def ingest_apart(ingesting: Ingesting, path: Path, found: list[Read | LeftOut], options: dict[str, Any]) -> Done:
    """Code and keep articles in the other process. Ends early, with what was kept until then, where the server is to stop.

    Raises:
        RecordError: see `ingest`.
        HTTPException: 503, the process died, so that nobody knows how many of the articles were kept.
    """
    pool, told = _started(ingesting)
    try:
        future = pool.submit(_ingest, path, found, options)
        while not future.done():
            if ingesting.stopping.is_set():
                told.set()
            wait([future], _LOOK)
        answer = future.result()
    except BrokenProcessPool as error:
        ingesting.pool = None
        said = "the process that codes died (out of memory?); send the same again, what was kept is passed over"
        raise HTTPException(503, said, {"Retry-After": "1"}) from error
    if isinstance(answer, _Wrong):
        raise answer.error from answer.cause
    return answer


def _started(ingesting: Ingesting) -> tuple[ProcessPoolExecutor, multiprocessing.synchronize.Event]:
    if ingesting.pool is None or ingesting.told is None:
        context = multiprocessing.get_context("spawn")
        ingesting.told = context.Event()
        ingesting.pool = ProcessPoolExecutor(1, context, _begin, (ingesting.told,))
    return ingesting.pool, ingesting.told


_remembered = Remembered()
_told: multiprocessing.synchronize.Event


def _begin(told: multiprocessing.synchronize.Event) -> None:
    """What the process does first: it leaves interrupts to the server, and ends when that does."""
    global _told
    _told = told
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        multiprocessing.connection.wait([parent.sentinel])
        os._exit(1)


def _ingest(path: Path, found: list[Read | LeftOut], options: dict[str, Any]) -> Done | _Wrong:
    try:
        with open_record(path, create=False) as record:
            return ingest_here(_remembered, record, takewhile(lambda _: not _told.is_set(), found), options)
    except RasidError as error:
        return _Wrong(error, error.__cause__ if isinstance(error.__cause__, sqlite3.Error) else None)
