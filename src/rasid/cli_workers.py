"""Coding by several processes of this machine, with the rows, and the order of rows, that one process gives.

Articles are coded ahead of their turn. What one says of persons counts for those that follow, so each comes back with the names
that it asked for; where one of them has become another's in the meantime, the article is coded again in its turn.
"""

import datetime as dt
import multiprocessing
import multiprocessing.connection
import os
import pickle
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO, NamedTuple

from rasid.actors.memory import EMPTY, REACH, Actor, Memory, Saying, learn
from rasid.cli_input import LeftOut, Read, attempt
from rasid.coder import code, stay_small, warm_up
from rasid.model import CodedArticle

LONG = 200  # articles, after which further processes are worth their start
_AHEAD = 8  # articles a worker that are coded, or wait to be, before it is their turn
_MOST = 8  # workers where nobody says how many: each takes some 150 MB
_DIED = "the process that coded it died: out of memory, or an error in a library"
Actors = tuple[Actor, ...]


def processors() -> int:
    """How many processes are worth starting on this machine."""
    return min(_MOST, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)


class _Watched(dict[str, Actors]):
    """Actors by the keys of their names, which knows what it was asked for."""

    def __init__(self, known: dict[str, Actors]) -> None:
        super().__init__(known)
        self.asked: set[str] = set()

    def __bool__(self) -> bool:
        return True  # one that is empty now may not be later: it is to be asked all the same

    def __contains__(self, key: object) -> bool:
        self.asked.add(str(key))
        return super().__contains__(key)

    def get(self, key: str, default: Any = None) -> Any:
        self.asked.add(key)
        return super().get(key, default)


class _Noted(dict[str, Actors]):
    """Actors by the keys of their names, which notes what stood under a key before it was changed."""

    def __init__(self, known: dict[str, Actors]) -> None:
        super().__init__(known)
        self.changes: deque[tuple[str, Actors]] = deque()
        self.first = 0  # the number of the first of them

    def __setitem__(self, key: str, actors: Actors) -> None:
        self.changes.append((key, self.get(key, ())))
        super().__setitem__(key, actors)

    @property
    def number(self) -> int:
        """How many changes there were."""
        return self.first + len(self.changes)

    def forget(self, until: int | None) -> None:
        """Let go of the changes before one, or of all."""
        for _ in range((self.number if until is None else until) - self.first):
            self.changes.popleft()
            self.first += 1


class _Worked(NamedTuple):
    """What a worker made of an article, and the keys of names that it asked for."""

    coded: CodedArticle | LeftOut
    asked: frozenset[str]


@dataclass
class _Worker:
    """What a worker process knows: the memory as far as it has read the list of sayings."""

    memory: Memory
    watched: _Watched
    sayings: BinaryIO
    done: int = 0


@dataclass
class Ticket:
    """An article that is being coded."""

    read: Read
    known: int  # changes of the memory that were made when it was handed in
    future: "Future[_Worked]"


_worker: _Worker | None = None


class Crew:
    """Processes that code; `with Crew(...) as crew:` ends them. One that dies is replaced, and its article is coded again."""

    def __init__(self, number: int, memory: Memory) -> None:
        self.number = number
        self._noted = _Noted(memory.by_key)
        self.memory = memory._replace(by_key=self._noted)
        self._before = Memory(dict(memory.by_key), memory.own)
        self._folder = TemporaryDirectory(prefix="rasid-")
        self._sayings = Path(self._folder.name, "sayings").open("wb", buffering=0)  # noqa: SIM115 - closed with the crew
        self._pool = self._start(number)
        self._tickets: deque[Ticket] = deque()

    def __enter__(self) -> "Crew":
        return self

    def __exit__(self, *error: object) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._sayings.close()
        self._folder.cleanup()

    @property
    def busy(self) -> bool:
        """Whether so much is handed in that the first ought to be taken back."""
        return len(self._tickets) >= _AHEAD * self.number

    def hand_in(self, read: Read) -> Ticket:
        """Have an article coded. Those handed in are to be taken in the same order."""
        ticket = Ticket(read, self._noted.number, self._submit(read))
        self._tickets.append(ticket)
        return ticket

    def take(self, ticket: Ticket) -> CodedArticle | LeftOut:
        """What was made of an article, as with all that was learned until now; waits for it."""
        worked = self._result(ticket)
        self._tickets.popleft()
        if isinstance(worked.coded, CodedArticle) and self._is_outdated(ticket, worked):
            coded = attempt(lambda article: code(article, self.memory), ticket.read.article, ticket.read.page, "code")
        else:
            coded = worked.coded
        self._noted.forget(self._tickets[0].known if self._tickets else None)
        return coded

    def learn(self, sayings: Sequence[Saying]) -> None:
        """Add to the memory what an article that was taken says of persons."""
        if sayings:
            learn(self.memory, sayings)
            pickle.dump(list(sayings), self._sayings)

    def _is_outdated(self, ticket: Ticket, worked: _Worked) -> bool:
        """Whether a name that the article asked for means somebody else by now."""
        assert isinstance(worked.coded, CodedArticle)
        day = worked.coded.article.date.start
        before: dict[str, Actors] = {}
        for key, actors in list(self._noted.changes)[ticket.known - self._noted.first :]:
            if key in worked.asked:
                before.setdefault(key, actors)
        return any(_outlook(actors, day) != _outlook(self._noted.get(key, ()), day) for key, actors in before.items())

    def _result(self, ticket: Ticket) -> _Worked:
        """Waits. Where the workers died, each article is coded by itself until it is known which of them it was."""
        if not isinstance(ticket.future.exception(), BrokenProcessPool):
            return ticket.future.result()
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._pool = self._start(self.number)
        for one in self._tickets:
            if one is ticket or one.future.cancelled() or isinstance(one.future.exception(), BrokenProcessPool):
                one.future = self._submit(one.read)
                if isinstance(one.future.exception(), BrokenProcessPool):
                    one.future = Future()
                    one.future.set_result(_Worked(LeftOut(one.read.page, "code", _DIED), frozenset()))
                    self._pool = self._start(self.number)
        return ticket.future.result()

    def _submit(self, read: Read) -> "Future[_Worked]":
        try:
            return self._pool.submit(_work, read, self._sayings.tell())
        except BrokenProcessPool as error:  # found out now, of those handed in before
            failed: Future[_Worked] = Future()
            failed.set_exception(error)
            return failed

    def _start(self, number: int) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(number, context, _begin, (self._before, self._sayings.name))


def code_each(
    found: Iterable[Read | LeftOut], own: Path | None = None, workers: int | None = 1
) -> Iterator[CodedArticle | LeftOut]:
    """Each article, coded, with the actors of the user's file `own`; what that has wrong is left out, too.

    Args:
        found: the articles.
        own: the file.
        workers: how many processes code; the rows and their order are the same. None: one, and for much input all there are.
    """
    memory = EMPTY
    if own:
        from rasid.actors.own import Refused, memory_of_own, read_own

        rows = list(read_own(own))
        yield from (LeftOut(f"{own.name}:{row.line}", "read", row.reason) for row in rows if isinstance(row, Refused))
        memory = memory_of_own(row for row in rows if not isinstance(row, Refused))
    warm_up()
    reads = iter(found)
    for read in reads if workers == 1 else islice(reads, 0 if workers else LONG):
        yield read if isinstance(read, LeftOut) else attempt(lambda one: code(one, memory), read.article, read.page, "code")
    first = next(reads, None)
    if first is not None:
        yield from _by_workers(chain([first], reads), memory, workers or processors())


def _by_workers(found: Iterable[Read | LeftOut], memory: Memory, number: int) -> Iterator[CodedArticle | LeftOut]:
    """Each article, coded, in order; nothing is learned on the way."""
    with Crew(number, memory) as crew:
        waiting: deque[Ticket | LeftOut] = deque()
        for read in found:
            waiting.append(read if isinstance(read, LeftOut) else crew.hand_in(read))
            while crew.busy or (waiting and (isinstance(waiting[0], LeftOut) or waiting[0].future.done())):
                yield _taken(crew, waiting.popleft())
        while waiting:
            yield _taken(crew, waiting.popleft())


def _taken(crew: Crew, one: Ticket | LeftOut) -> CodedArticle | LeftOut:
    return one if isinstance(one, LeftOut) else crew.take(one)


def _outlook(actors: Actors, day: dt.date | None) -> list[tuple[tuple[str, ...], object]]:
    """All that `recall_actor` can say of actors on a day: their names, and who each then was."""
    return [(actor.names, _then(actor, day)) for actor in actors]


def _then(actor: Actor, day: dt.date | None) -> tuple[str, str | None] | None:
    if day is None:
        return None
    near = [(max(term.first - day, day - term.last, dt.timedelta()), -term.articles, term) for term in actor.terms]
    reached = [one for one in near if one[0] <= REACH]
    return (min(reached)[2].country, min(reached)[2].sector) if reached else None


def _begin(memory: Memory, sayings: str) -> None:
    """What a worker does first. It leaves interrupts to the process that started it, and ends when that one does."""
    global _worker
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    warm_up()
    watched = _Watched(memory.by_key)
    _worker = _Worker(memory._replace(by_key=watched), watched, open(sayings, "rb"))  # noqa: SIM115


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        multiprocessing.connection.wait([parent.sentinel])
        os._exit(1)


def _work(read: Read, known: int) -> _Worked:
    assert _worker
    while _worker.sayings.tell() < known:
        learn(_worker.memory, pickle.load(_worker.sayings))
    _worker.watched.asked = set()
    memory = _worker.memory
    coded = attempt(lambda article: code(article, memory), read.article, read.page, "code")
    _worker.done += 1
    if _worker.done % LONG == 0:
        stay_small()
    return _Worked(coded, frozenset(_worker.watched.asked))
