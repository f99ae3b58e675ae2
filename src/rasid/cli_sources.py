"""Sources into a record, and what failed of them: `rasid ingest`, `rasid failures`."""

import datetime as dt
import signal
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import chain
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rasid.cli_input import (
    RECORD,
    Day,
    Json,
    LeftOut,
    MinConfidence,
    Persons,
    Read,
    RecordPath,
    Workers,
    choose,
    choose_persons,
    complain,
    good,
    passed_over,
    print_lines,
    read_day,
    read_one,
    tally,
    worth,
)
from rasid.errors import InputError

if TYPE_CHECKING:
    from rasid.cli_ingest import Ingested
    from rasid.client import Sent
    from rasid.pages import Reading

Sources = Annotated[
    list[str],
    typer.Argument(
        metavar="SOURCE...",
        help="Files, folders, archives, exports, shards, lists of addresses, feeds, sitemaps, addresses (http), - for standard "
        "input.",
    ),
]
Columns = Annotated[
    list[str] | None,
    typer.Option("--column", metavar="FIELD=NAME", help="Which column is the text, date, title, url, source, id or html."),
]
Drop = Annotated[bool, typer.Option("--drop-irrelevant", help="Do not keep articles that report nothing political.")]
Political = Annotated[
    bool, typer.Option("--political", help="Code only articles that look political; the others are kept uncoded.")
]
Follow = Annotated[bool, typer.Option("--follow", help="Go on with what is new in folders and feeds, until interrupted.")]
Every = Annotated[float, typer.Option("--every", metavar="SECONDS", help="With --follow: between two looks at a feed.")]
Contact = Annotated[
    str | None, typer.Option("--contact", metavar="ADDRESS", help="Your address, which servers are told in the user agent.")
]
Cache = Annotated[
    Path | None, typer.Option("--cache", metavar="FOLDER", help="Where what was fetched is kept, if not as usual.")
]
Private = Annotated[
    bool, typer.Option("--allow-private", help="Fetch from addresses of the local network too: for servers of your own.")
]
Pause = Annotated[float, typer.Option("--pause", metavar="SECONDS", help="Between two requests to a host.")]
Summary = Annotated[str, typer.Option("--format", metavar="FORMAT", help="Of the summary: text or jsonl.")]
Failures = Annotated[str, typer.Option("--format", metavar="FORMAT", help="table or jsonl.")]
To = Annotated[
    str | None,
    typer.Option("--to", metavar="URL", help="Send the articles to `rasid serve` there, which codes and keeps them."),
]
Token = Annotated[
    str | None, typer.Option("--token", metavar="TOKEN", help="With --to: a coder's.", envvar="RASID_TOKEN", show_envvar=True)
]
Retry = Annotated[bool, typer.Option("--retry", help="Read them again, from where they came.")]


def ingest(
    sources: Sources,
    record: RecordPath = RECORD,
    date: Day = None,
    column: Columns = None,
    drop_irrelevant: Drop = False,
    follow: Follow = False,
    every: Every = 600.0,
    contact: Contact = None,
    cache: Cache = None,
    pause: Pause = 1.0,
    allow_private: Private = False,
    format: Summary = "text",
    min_confidence: MinConfidence = 0.0,
    political: Political = False,
    workers: Workers = None,
    to: To = None,
    token: Token = None,
    persons: Persons = "all",
) -> None:
    """Code pages into the record, from any source. The same page twice is one row; a bad page is noted with its reason."""
    from rasid.record.shards import is_shards

    choose(format, {"text": None, "jsonl": None})
    if pause < 0 or every <= 0:
        raise InputError("--pause and --every are seconds, and cannot be below 0")
    day = read_day(date)
    reading = _reading(column or [], contact, cache, pause, allow_private)
    shards = [] if follow else [Path(source) for source in sources if is_shards(source)]
    others = [source for source in sources if Path(source) not in shards]
    found = _followed(sources, reading, every, day) if follow else _read(others, reading, day)
    if to is not None:
        if choose_persons(persons):
            raise InputError(
                "--to sends pages to a record that knows whose names it keeps; make that one with --persons officials"
            )
        if shards:
            raise InputError("--to sends pages, not shards; load them where the record is: rasid ingest SHARDS")
        sent = {"drop_irrelevant": drop_irrelevant, "min_confidence": min_confidence, "political": political}
        _send(to, token, found, format, **sent)
        return
    number = 1 if follow and workers is None else worth(workers, sources)
    kept: Any = {"drop_irrelevant": drop_irrelevant, "least": min_confidence, "political": political}
    kept["officials"] = choose_persons(persons)
    _ingest(record, found, reading, format, shards=shards, endless=follow, workers=number, **kept)


def failures(
    record: RecordPath = RECORD,
    retry: Retry = False,
    date: Day = None,
    column: Columns = None,
    allow_private: Private = False,
    format: Failures = "table",
) -> None:
    """List the pages that were left out, and why; or try them again."""
    from rasid.record import find_failures, open_record
    from rasid.show.table import print_failures

    write = choose(format, {"table": print_failures, "jsonl": lambda found: print_lines(one._asdict() for one in found)})
    with open_record(record, create=False) as opened:
        noted = find_failures(opened)
    if not retry:
        write(noted)
        return
    reading = _reading(column or [], None, None, 1.0, allow_private)
    names = dict.fromkeys(one.page for one in noted)
    found = _read_again(names, reading, read_day(date))
    _ingest(record, found, reading, "jsonl" if format == "jsonl" else "text", again=True)


def _reading(columns: list[str], contact: str | None, cache: Path | None, pause: float, allow_private: bool) -> "Reading":
    from rasid.pages import Reading, Sites
    from rasid.pages.rows import read_columns
    from rasid.pages.web.settings import Web, default_cache

    web = Web(contact=contact, cache=cache or default_cache(), pause=pause, allow_private=allow_private)
    return Reading(read_columns(columns), web, sites=Sites())


def _send(to: str, token: str | None, found: Iterable[Read | LeftOut | None], format: str, **options: Any) -> None:
    from rasid.cli_ingest import Ingested
    from rasid.client import connect_to_server

    done, begun = Ingested(), time.monotonic()

    with tally() as counted, connect_to_server(to, token) as server:
        for sent in server.ingest(good((read for read in found if read), counted), **options):
            _count(done, sent)
            for page, _, reason in sent.left_out:
                complain(f"{page}: {reason}")
                counted.left_out += 1
        if format == "jsonl":
            print_lines([summary(to, done, time.monotonic() - begun)])
        else:
            sys.stdout.write(in_words(to, done))


def _count(done: "Ingested", sent: "Sent") -> None:
    done.pages += sent.pages
    done.added += sent.articles
    done.events += sent.events
    done.known += sent.known
    done.uncoded += sent.not_political
    done.dropped += sent.dropped
    done.failed.update(reason for _, _, reason in sent.left_out)


def _read(sources: list[str], reading: "Reading", day: dt.date | None) -> Iterator[Read | LeftOut]:
    from rasid.pages import read_pages
    from rasid.pages.sources import size_of

    if sys.stderr.isatty():
        reading.progress.bytes_known = size_of(sources)
    for page in read_pages(sources, sys.stdin.buffer, reading):
        yield read_one(page, day, reading)


def _followed(sources: list[str], reading: "Reading", every: float, day: dt.date | None) -> Iterator[Read | LeftOut | None]:
    from rasid.pages.follow import follow

    if "-" in sources:
        raise InputError("standard input cannot be followed; name folders, feeds or lists of feeds")
    for page in follow(sources, reading, every):
        yield None if page is None else read_one(page, day, reading)


def _read_again(names: Iterable[str], reading: "Reading", day: dt.date | None) -> Iterator[Read | LeftOut]:
    """The pages of these names, out of their sources; the other pages of those are passed over unread."""
    from rasid.pages import read_pages, source_of

    wanted = set(names)
    sources = list(dict.fromkeys(source_of(name) for name in names if name != "-" and not name.startswith("-:")))
    for page in read_pages(sources, None, reading):
        if page.name in wanted:
            yield read_one(page, day, reading)


def _ingest(
    path: Path,
    found: Iterable[Read | LeftOut | None],
    reading: "Reading",
    format: str,
    *,
    shards: Sequence[Path] = (),
    drop_irrelevant: bool = False,
    again: bool = False,
    endless: bool = False,
    least: float = 0.0,
    political: bool = False,
    workers: int | None = 1,
    officials: bool = False,
) -> None:
    from rasid import cli_ingest
    from rasid.cli_progress import watched
    from rasid.record import open_record
    from rasid.record.keeping import keep_officials_only
    from rasid.record.opening import check_place

    done = cli_ingest.Ingested()
    begun = time.monotonic()
    check_place(path)
    if not (path.exists() or endless or shards):
        found = _if_there(found, path)
    with tally() as counted, open_record(path) as record:
        if officials:
            keep_officials_only(record)
        shown = watched(found, done, reading.progress)
        kept: Any = {"drop_irrelevant": drop_irrelevant, "min_confidence": least}
        loads = (cli_ingest.load(record, folder, done, **kept) for folder in shards)
        ingests = cli_ingest.ingest(record, shown, done, again=again, workers=workers, political=political, **kept)
        left_out: Iterator[LeftOut] = good(chain(*loads, ingests), counted)
        if endless:
            _until_told_to_end(left_out)
        else:
            _all(left_out)
        if format == "jsonl":
            print_lines([summary(path, done, time.monotonic() - begun)])
        else:
            sys.stdout.write(in_words(path, done))


def _if_there(found: Iterable[Read | LeftOut | None], path: Path) -> Iterator[Read | LeftOut | None]:
    """All of `found`, once there is anything in it: no record is made where no source is there.

    Raises:
        InputError: there is no source.
    """
    from rasid.pages.found import NO_SUCH_FILE

    rest = iter(found)
    before: list[Read | LeftOut | None] = []
    for one in rest:
        before.append(one)
        if not (isinstance(one, LeftOut) and one.reason == NO_SUCH_FILE):
            return chain(before, rest)
    with tally() as counted, suppress(SystemExit):
        for _ in good(filter(None, before), counted):
            raise AssertionError("only what is left out came")
    raise InputError(f"nothing was read; {path} is not made")


def _all(nothing: Iterable[Any]) -> None:
    for _ in nothing:
        raise AssertionError("only what is left out comes out of ingest")


def _until_told_to_end(nothing: Iterable[Any]) -> None:
    """As `_all`, of a run that ends when the user has had enough, or the system asks it to."""

    def end(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, end)
    try:
        with suppress(KeyboardInterrupt):
            _all(nothing)
    finally:
        signal.signal(signal.SIGTERM, before)


def summary(path: Path | str, done: "Ingested", seconds: float) -> Json:
    """What a run did, for programs."""
    return {
        "record": str(path),
        "pages": done.pages,
        "articles": done.added,
        "events": done.events,
        "known": done.known,
        "not_political": done.uncoded,
        "dropped": done.dropped,
        "left_out": dict(done.failed.most_common()),
        "passed_over": dict(done.passed.most_common()),
        "seconds": round(seconds, 3),
    }


def in_words(path: Path | str, done: "Ingested") -> str:
    """What a run did, for people."""
    from rasid.show.words import number_of

    parts = [f"{number_of(done.added, 'article')} with {number_of(done.events, 'event')} added"]
    parts += [f"{done.known:,} there already"] if done.known else []
    parts += [f"{done.failed.total():,} left out (see `rasid failures`)"] if done.failed else []
    lines = [f"{path}: {', '.join(parts)}."]
    if done.uncoded:
        lines.append(f"{number_of(done.uncoded, 'article')} of those report nothing political and are kept uncoded.")
    if done.dropped:
        lines.append(f"{number_of(done.dropped, 'article')} that report nothing political are not kept.")
    if done.passed:
        lines.append(f"{passed_over(done.passed)}.")
    return "".join(f"{line}\n" for line in lines)
