"""Pages into a record: what is there already is not coded again, and a run that was killed is taken up where it ended."""

import hashlib
import sqlite3
import time
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from rasid.actors.memory import Memory, learn
from rasid.actors.officials import officials_only
from rasid.cli_input import LeftOut, Read, attempt, count_reason, surer
from rasid.cli_workers import LONG, Crew, Ticket, processors
from rasid.coder import code, coder_version, dated, listen, stay_small, warm_up
from rasid.errors import RecordError
from rasid.events.build import event_id
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
    transaction_of_many,
)
from rasid.record.formats import chunks
from rasid.record.keeping import keeps_officials_only
from rasid.record.left import NO_EVENT, NOT_POLITICAL
from rasid.record.lexicons import keep_version
from rasid.record.memory import load_memory, sayings_of
from rasid.record.shards import Failed, Loaded, read_shards
from rasid.record.writing import hash_of

_AT_ONCE = 50  # articles of a transaction: as fast as one can write, and the lock is held for moments only
_SECONDS = 2.0  # after which a slow source's articles are kept though they are fewer
_PAUSE = object()  # there is nothing more for the moment


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
    coder: str  # the version that coded it
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
    workers: int | None = 1,
    memory: Memory | None = None,
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
        workers: how many processes code; the rows are the same. None: one, and where that goes on for long, all that there are.
        memory: what articles said of persons so far, which is added to; the record's if not given.
    """
    if memory is None:
        warm_up()
        memory = load_memory(record)
    waiting: list[Waiting] = []
    since = time.monotonic()
    coding = {"drop": drop_irrelevant, "again": again, "political": political}
    try:
        for one in _in_turn(record, found, done, memory, workers, **coding):
            if isinstance(one, Coded):
                one = replace(one, coded=next(surer([one.coded], min_confidence)))
            if isinstance(one, Coded | LeftOut):
                waiting.append(one)
            if one is _PAUSE or len(waiting) >= _AT_ONCE or time.monotonic() - since > _SECONDS:
                yield from _keep(record, waiting, done)
                waiting, since = [], time.monotonic()
    finally:
        left_out = _keep(record, waiting, done)
    yield from left_out


def load(
    record: Record,
    folder: Path,
    done: Ingested,
    *,
    drop_irrelevant: bool = False,
    min_confidence: float = 0.0,
) -> Iterator[LeftOut]:
    """Keep what shards hold as it was coded, by the version that coded it; the rest as for `ingest`.

    What this version of the coder has coded already stays as it is, whichever version made the shards.
    """
    taken: Taken = {}
    for some in chunks(read_shards(folder), _AT_ONCE):
        waiting: list[Waiting] = []
        for one in some:
            done.pages += 1
            loaded = LeftOut(*one) if isinstance(one, Failed) else _loaded(record, one, taken, min_confidence)
            if loaded is None:
                done.known += 1
            elif isinstance(loaded, Coded) and loaded.uncoded and drop_irrelevant:
                done.dropped += 1
            else:
                waiting.append(loaded)
        yield from _keep(record, waiting, done)


def _loaded(record: Record, one: Loaded, taken: Taken, least: float) -> Coded | None:
    """None for an article that the record holds."""
    article = _told_apart(record, Read(one.page, one.coded.article), taken).article
    if any(holds(record, article, one.page, coder) for coder in {one.coder, coder_version()}):
        return None
    coded = next(surer([_under(article, one.coded)], least))
    return Coded(one.page, coded, one.coder, why_uncoded(coded))


def _under(article: Article, coded: CodedArticle) -> CodedArticle:
    """What was coded of an article, for the same under another id."""
    if article.id == coded.article.id:
        return coded
    events = (replace(event, id=event_id(article.id, event.trigger.start, event.type)) for event in coded.events)
    return replace(coded, article=article, events=tuple(events))


def why_uncoded(coded: CodedArticle) -> str | None:
    """Why an article is kept uncoded: it reports nothing political. None for one that does."""
    return None if coded.events else NO_EVENT


def kept_out(article: Article) -> str | None:
    """Why the gate keeps an article from being coded; None for one that looks political."""
    likely = how_political(article.text)
    return f"{NOT_POLITICAL} (p {likely:.2f}, below {gate():.2f})" if likely < gate() else None


class _Next(NamedTuple):
    """A page in line: what was read of it, and where it is being coded, or why it is not to be."""

    read: Read | LeftOut
    ticket: Ticket | None = None
    out: str | None = None


def _in_turn(
    record: Record,
    found: Iterable[Read | LeftOut | None],
    done: Ingested,
    memory: Memory,
    workers: int | None,
    *,
    drop: bool,
    again: bool,
    political: bool,
) -> Iterator[Waiting | object]:
    """What comes of each page, in order: what is to be kept, `_PAUSE`, or None for what is only counted."""
    officials = keeps_officials_only(record.connection)
    taken: Taken = {}
    line: deque[_Next] = deque()
    crew: Crew | None = None
    number, tried = processors() if workers is None else workers, 0
    with ExitStack() as stack:

        def next_in_line() -> Waiting | None:
            read, ticket, out = line.popleft()
            if again:
                forget_failure(record, read.page)
            if isinstance(read, LeftOut):
                return read
            if crew and ticket:
                coded = crew.take(ticket)
                if holds(record, read.article, read.page, coder_version()):  # the same as one before it in the line
                    done.known += 1
                    return None
            else:
                coded = attempt(uncoded if out else lambda article: code(article, memory), read.article, read.page, "code")
            if isinstance(coded, LeftOut):
                return coded
            coded = officials_only(coded) if officials else coded
            (crew.learn if crew else partial(learn, memory))(sayings_of(coded))
            return _to_keep(read, coded, out or why_uncoded(coded), done, drop)

        for one in found:
            read = _wanted(record, one, done, taken) if one else None
            out = attempt(kept_out, read.article, read.page, "code") if political and isinstance(read, Read) else None
            if isinstance(out, LeftOut):
                read, out = out, None
            if isinstance(read, Read) and not out:
                tried += 1
                if tried % LONG == 0:
                    stay_small()
                if crew is None and number > 1 and (workers is not None or tried > LONG):
                    crew = stack.enter_context(Crew(number, memory))
            if read:
                line.append(_Next(read, crew.hand_in(read) if crew and isinstance(read, Read) and not out else None, out))
            elif one and again:
                forget_failure(record, one.page)
            while line and (one is None or crew is None or crew.busy or _is_ready(line[0].ticket)):
                yield next_in_line()
            yield _PAUSE if one is None else None
        while line:
            yield next_in_line()


def uncoded(article: Article) -> CodedArticle:
    """An article of which nothing is coded."""
    return CodedArticle(dated(article, listen(article.text)))


def _is_ready(ticket: Ticket | None) -> bool:
    return ticket is None or ticket.future.done()


def _wanted(record: Record, read: Read | LeftOut, done: Ingested, taken: Taken) -> Read | LeftOut | None:
    """An article to be coded, or a failure to be noted; None for one that the record holds, and for what is only counted."""
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
    return read


def _to_keep(read: Read, coded: CodedArticle, reason: str | None, done: Ingested, drop: bool) -> Coded | None:
    if reason and drop:
        done.dropped += 1
        return None
    return Coded(read.page, coded, coder_version(), reason)


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
    with transaction_of_many(record):
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
        new = add(record, one.coded, one.page, one.coder)
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
