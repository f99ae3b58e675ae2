"""Fetching many pages: several hosts at once, one request at a time from each, in the order of the lists that name them."""

import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from typing import NamedTuple

from rasid.errors import InputError
from rasid.model import Page
from rasid.pages import found
from rasid.pages.found import Failure, Progress, too_large
from rasid.pages.kinds import HEAD, Kind, kind_of
from rasid.pages.web.fetch import Answer, BusyError, Session, fetch, host_of, open_session
from rasid.pages.web.lists import Entry, read_list
from rasid.pages.web.settings import Web

_DEEPEST = 3  # lists that name lists: an index of sitemaps, its sitemaps, a feed
_LISTS: frozenset[Kind] = frozenset(("feed", "sitemap", "addresses"))
_KINDS = {"gz": "an archive", "zstd": "an archive", "zip": "an archive or an office document", "warc": "a web archive"}
Seen = set[int]  # hashes of addresses: a million of them need some tens of megabytes


class _Wanted(NamedTuple):
    url: str
    depth: int  # lists that led to it
    again: bool = False  # asked for once before


class _Queue(NamedTuple):
    """What is still to be fetched, by host, and what is under way."""

    waiting: dict[str, deque[_Wanted]]
    running: dict[Future[Answer], _Wanted]
    seen: Seen


def crawl(addresses: Iterable[str], web: Web, progress: Progress, seen: Seen | None = None) -> Iterator[Page | Failure]:
    """The pages at addresses, and those that lists at addresses (feeds, sitemaps, lines of text) name.

    Args:
        addresses: where to begin.
        web: how to fetch.
        progress: what is known and what is done is counted here.
        seen: pages that were had before, which are not had again; those that are had now are added.
    """
    with _session(web) as session:
        queue = _Queue({}, {}, set() if seen is None else seen)
        _want(queue, [_Wanted(url, 0) for url in addresses], progress)
        yield from _run(session, queue, progress)


def crawl_list(content: bytes, name: str, web: Web, progress: Progress, seen: Seen | None = None) -> Iterator[Page | Failure]:
    """The pages that a list in a file names: as `crawl`."""
    with _session(web) as session:
        queue = _Queue({}, {}, set() if seen is None else seen)
        yield from _expand(content, name, None, 0, queue, progress)
        yield from _run(session, queue, progress)


@contextmanager
def _session(web: Web) -> Iterator[Session]:
    session = open_session(web)
    try:
        yield session
    finally:
        session.close()


def _run(session: Session, queue: _Queue, progress: Progress) -> Iterator[Page | Failure]:
    pool = ThreadPoolExecutor(session.web.at_once, thread_name_prefix="fetch")
    try:
        while queue.waiting or queue.running:
            _start(pool, session, queue)
            done, _ = wait(queue.running, timeout=_until_next(session, queue), return_when=FIRST_COMPLETED)
            for future in done:
                yield from _finish(future, queue.running.pop(future), queue, progress)
    finally:
        session.ended.set()
        pool.shutdown(wait=True, cancel_futures=True)


def _start(pool: ThreadPoolExecutor, session: Session, queue: _Queue) -> None:
    """Ask every host whose turn it is, as far as there are hands."""
    busy = {host_of(wanted.url) for wanted in queue.running.values()}
    now = time.monotonic()
    for host in [host for host in queue.waiting if host not in busy and session.free.get(host, 0.0) <= now]:
        if len(queue.running) >= session.web.at_once:
            return
        wanted = queue.waiting[host].popleft()
        if not queue.waiting[host]:
            del queue.waiting[host]
        queue.running[pool.submit(fetch, session, wanted.url)] = wanted


def _until_next(session: Session, queue: _Queue) -> float | None:
    """Seconds until some host that is not being asked may be; None where that depends on what is under way only."""
    busy = {host_of(wanted.url) for wanted in queue.running.values()}
    turns = [session.free.get(host, 0.0) for host in queue.waiting if host not in busy]
    if not turns or len(queue.running) >= session.web.at_once:
        return None
    seconds = max(0.0, min(turns) - time.monotonic())
    if not queue.running:
        session.ended.wait(seconds)
        return 0.0
    return seconds


def _finish(future: Future[Answer], wanted: _Wanted, queue: _Queue, progress: Progress) -> Iterator[Page | Failure]:
    try:
        answer = future.result()
    except BusyError as problem:
        if not wanted.again:
            queue.waiting.setdefault(host_of(wanted.url), deque()).appendleft(wanted._replace(again=True))
            return
        progress.fetched += 1
        yield Failure(wanted.url, str(problem))
        return
    except InputError as problem:
        progress.fetched += 1
        yield Failure(wanted.url, str(problem))
        return
    progress.fetched += 1
    kind = kind_of(answer.content[:HEAD], ())
    if kind in _LISTS:
        queue.seen.discard(hash(wanted.url))  # what it names may be another thing next time
        yield from _expand(answer.content, wanted.url, answer.url, wanted.depth, queue, progress)
    elif kind in _KINDS:
        yield Failure(wanted.url, f"this is {_KINDS[kind]}; save it and give the file")
    elif len(answer.content) > found.LARGEST:
        yield Failure(wanted.url, too_large())
    else:
        yield Page(answer.content, wanted.url, url=answer.url)


def _expand(
    content: bytes, name: str, base: str | None, depth: int, queue: _Queue, progress: Progress
) -> Iterator[Page | Failure]:
    """Put what a list names before all else that waits, so that no more than a list a depth is ever in memory."""
    if depth >= _DEEPEST:
        yield Failure(name, f"lists name lists more than {_DEEPEST} times")
        return
    wanted = []
    try:
        for number, entry in enumerate(read_list(content, kind_of(content[:HEAD], ()), base), 1):
            if entry.url is not None:
                wanted.append(_Wanted(entry.url, depth + 1))
            elif entry.content:
                yield _page_in(entry, f"{name}:{number}")
    except InputError as problem:
        yield Failure(name, str(problem))
    _want(queue, wanted, progress)


def _page_in(entry: Entry, name: str) -> Page:
    return Page(f"<html><body><article>{entry.content}</article></body></html>", name, title=entry.title)


def _want(queue: _Queue, wanted: list[_Wanted], progress: Progress) -> None:
    new = []
    for one in wanted:
        mark = hash(one.url)
        if mark not in queue.seen:
            queue.seen.add(mark)
            new.append(one)
    progress.addresses += len(new)
    for one in reversed(new):
        queue.waiting.setdefault(host_of(one.url), deque()).appendleft(one)
