"""Pages into a record: what is there already is not coded again, and a run that was killed is taken up where it ended."""

import hashlib
import sqlite3
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from rasid.actors.memory import Memory, learn
from rasid.cli_input import LeftOut, Read, attempt
from rasid.coder import code, coder_version, warm_up
from rasid.errors import RecordError
from rasid.model import CodedArticle
from rasid.record import Record, add, holds, note_failure, place_of_id, transaction
from rasid.record.memory import load_memory, sayings_of

_AT_ONCE = 50  # articles of a transaction: as fast as one can write, and the lock is held for moments only
_SECONDS = 2.0  # after which a slow source's articles are kept though they are fewer
Waiting = tuple[str, CodedArticle] | LeftOut


@dataclass
class Ingested:
    """What a run did."""

    added: int = 0
    events: int = 0
    known: int = 0


def ingest(record: Record, found: Iterable[Read | LeftOut], done: Ingested) -> Iterator[LeftOut]:
    """Code what the record does not hold, and keep it; `done` counts as it goes. Yields what had to be left out.

    What articles say of persons is remembered for those that follow; coding the record anew gives all of them the same memory.

    However the run ends, what was coded until then is kept; only a kill costs the last few articles, which the next run codes.
    """
    warm_up()
    memory = load_memory(record)
    waiting: list[Waiting] = []
    taken: dict[str, str] = {}  # ids of this run, and the source of each
    since = time.monotonic()
    try:
        for read in found:
            one = _coded(record, read, done, taken, memory)
            if one:
                waiting.append(one)
            if len(waiting) >= _AT_ONCE or time.monotonic() - since > _SECONDS:
                yield from _keep(record, waiting, done)
                waiting, since = [], time.monotonic()
                _show(done)
    finally:
        left_out = _keep(record, waiting, done)
        _show(done, last=True)
    yield from left_out


def _coded(record: Record, read: Read | LeftOut, done: Ingested, taken: dict[str, str], memory: Memory) -> Waiting | None:
    """None for an article that the record holds."""
    if isinstance(read, LeftOut):
        return read
    read = _told_apart(record, read, taken)
    if holds(record, read.article, read.page, coder_version()):
        done.known += 1
        return None
    coded = attempt(lambda article: code(article, memory), read.article, read.page, "code")
    if isinstance(coded, LeftOut):
        return coded
    learn(memory, sayings_of(coded))
    return read.page, coded


def _told_apart(record: Record, read: Read, taken: dict[str, str]) -> Read:
    """`read` under an id of its own: two files of rows that both count from 1 must not overwrite each other."""
    article = read.article
    if article.url:
        return read
    source = _source(read.page)
    kept = place_of_id(record, article.id)
    if taken.setdefault(article.id, (kept[0] or _source(kept[1])) if kept else source) == source:
        return read
    mark = hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return Read(read.page, replace(article, id=f"{article.id}@{mark}"))


def _source(page: str) -> str:
    """The file of a row: `notes.jsonl` of `notes.jsonl:7`."""
    return page.rpartition(":")[0] or page


def _keep(record: Record, waiting: list[Waiting], done: Ingested) -> list[LeftOut]:
    """Write what waits, in one transaction; an article that the record cannot take leaves the others alone."""
    left_out: list[LeftOut] = []
    if not waiting:
        return left_out
    counted = Ingested()
    with transaction(record):
        for one in waiting:
            failed = one if isinstance(one, LeftOut) else _add(record, *one, counted)
            if failed:
                note_failure(record, *failed)
                left_out.append(failed)
    done.added += counted.added
    done.events += counted.events
    done.known += counted.known
    return left_out


def _add(record: Record, page: str, coded: CodedArticle, counted: Ingested) -> LeftOut | None:
    try:
        new = add(record, coded, page, coder_version())
    except RecordError as error:
        if isinstance(error.__cause__, sqlite3.IntegrityError | UnicodeEncodeError):
            return LeftOut(page, "keep", str(error))
        raise
    counted.added += new
    counted.events += new * len(coded.events)
    counted.known += not new
    return None


def _show(done: Ingested, last: bool = False) -> None:
    """A sign of life for whoever watches."""
    if sys.stderr.isatty():
        sys.stderr.write("\r\033[K" if last else f"\r\033[K{done.added:,} articles, {done.events:,} events ")
        sys.stderr.flush()
