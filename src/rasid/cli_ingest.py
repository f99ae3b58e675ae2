"""Pages into a record: what is there already is not coded again, and a run that was killed is taken up where it ended."""

import hashlib
import sqlite3
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from rasid.actors.memory import Memory, learn
from rasid.cli_input import LeftOut, Read, attempt, count_reason, surer
from rasid.coder import code, coder_version, dated, warm_up
from rasid.errors import RecordError
from rasid.events.relevance import gate, how_political
from rasid.model import Article, CodedArticle
from rasid.record import (
    Record,
    add,
    forget_failure,
    holds,
    note_failure,
    note_uncoded,
    place_of_id,
    transaction,
)
from rasid.record.left import NO_EVENT, NOT_POLITICAL
from rasid.record.lexicons import keep_version
from rasid.record.memory import load_memory, sayings_of
from rasid.record.writing import hash_of

_AT_ONCE = 50  # articles of a transaction: as fast as one can write, and the lock is held for moments only
_SECONDS = 2.0  # after which a slow source's articles are kept though they are fewer


@dataclass
class Ingested:
    """What a run did so far."""

    pages: int = 0  # looked at
    added: int = 0
    events: int = 0
    known: int = 0
    uncoded: int = 0  # of those added: kept though there is nothing to code in them
    dropped: int = 0  # not kept, as there is nothing to code in them
    failed: Counter[str] = field(default_factory=Counter)  # by reason
    passed: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class Coded:
    """An article that waits to be kept."""

    page: str
    coded: CodedArticle
    uncoded: str | None = None  # why nothing was coded of it


Waiting = Coded | LeftOut
Taken = dict[str, tuple[str, str]]  # ids of this run, the source of each, and the text's hash


def ingest(
    record: Record,
    found: Iterable[Read | LeftOut | None],
    done: Ingested,
    *,
    drop_irrelevant: bool = False,
    again: bool = False,
    min_confidence: float = 0.0,
    political: bool = False,
) -> Iterator[LeftOut]:
    """Code what the record does not hold, and keep it; `done` counts as it goes. Yields what had to be left out.

    What articles say of persons is remembered for those that follow; coding the record anew gives all of them the same memory.

    However the run ends, what was coded until then is kept; only a kill costs the last few articles, which the next run codes.

    Args:
        record: where to.
        found: the articles; None where there is none for the moment, so that those that wait are kept.
        done: what is counted.
        drop_irrelevant: articles that report nothing political are not kept.
        min_confidence: events less sure are not kept.
        political: articles that do not look political by their first sentences are kept uncoded.
        again: these are pages that failed before: what was noted of them is forgotten first.
    """
    warm_up()
    memory = load_memory(record)
    waiting: list[Waiting] = []
    taken: Taken = {}
    since = time.monotonic()
    try:
        for read in found:
            one = _coded(record, read, done, taken, memory, drop_irrelevant, political) if read else None
            if again and read:
                forget_failure(record, read.page)
            if isinstance(one, Coded):
                one = replace(one, coded=next(surer([one.coded], min_confidence)))
            if one:
                waiting.append(one)
            if read is None or len(waiting) >= _AT_ONCE or time.monotonic() - since > _SECONDS:
                yield from _keep(record, waiting, done)
                waiting, since = [], time.monotonic()
    finally:
        left_out = _keep(record, waiting, done)
    yield from left_out


def why_uncoded(coded: CodedArticle) -> str | None:
    """Why an article is kept uncoded: it reports nothing political. None for one that does."""
    return None if coded.events else NO_EVENT


def kept_out(article: Article) -> str | None:
    """Why the gate keeps an article from being coded; None for one that looks political."""
    likely = how_political(article.text)
    return f"{NOT_POLITICAL} (p {likely:.2f}, below {gate():.2f})" if likely < gate() else None


def _coded(
    record: Record, read: Read | LeftOut, done: Ingested, taken: Taken, memory: Memory, drop: bool, political: bool
) -> Waiting | None:
    """None for an article that the record holds, and for what is only counted."""
    done.pages += 1
    if isinstance(read, LeftOut):
        if read.noted:
            return read
        count_reason(done.passed, read.reason)
        return None
    read = _told_apart(record, read, taken)
    if holds(record, read.article, read.page, coder_version()):
        done.known += 1
        return None
    out = attempt(kept_out, read.article, read.page, "code") if political else None
    if isinstance(out, LeftOut):
        return out
    coded = attempt(
        lambda article: CodedArticle(dated(article)) if out else code(article, memory), read.article, read.page, "code"
    )
    if isinstance(coded, LeftOut):
        return coded
    learn(memory, sayings_of(coded))
    reason = out or why_uncoded(coded)
    if reason and drop:
        done.dropped += 1
        return None
    return Coded(read.page, coded, reason)


def _told_apart(record: Record, read: Read, taken: Taken) -> Read:
    """`read` under an id of its own: two files of rows that both count from 1 must not overwrite each other.

    The same id with the same text is the same article, as of a file and of an archive with that file in it.
    """
    article = read.article
    if article.url:
        return read
    source, text = _source(read.page), hash_of(article.text)
    kept = place_of_id(record, article.id)
    first = (kept[0] or _source(kept[1]), kept[2]) if kept else (source, text)
    there = taken.setdefault(article.id, first)
    if source == there[0] or text == there[1]:
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
        keep_version(record, coder_version())
        for one in waiting:
            failed = one if isinstance(one, LeftOut) else _add(record, one, counted)
            if failed:
                note_failure(record, failed.page, failed.step, failed.reason)
                left_out.append(failed)
    done.added += counted.added
    done.events += counted.events
    done.known += counted.known
    done.uncoded += counted.uncoded
    for failed in left_out:
        count_reason(done.failed, failed.reason)
    return left_out


def _add(record: Record, one: Coded, counted: Ingested) -> LeftOut | None:
    try:
        new = add(record, one.coded, one.page, coder_version())
        if new:
            note_uncoded(record, one.coded.article.id, one.uncoded)
    except RecordError as error:
        if isinstance(error.__cause__, sqlite3.IntegrityError | UnicodeEncodeError):
            return LeftOut(one.page, "keep", str(error))
        raise
    counted.added += new
    counted.events += new * len(one.coded.events)
    counted.known += not new
    counted.uncoded += new and one.uncoded is not None
    return None
