"""The commands. Each reads its input once, writes to standard output, and says what it had to leave out on standard error."""

import datetime as dt
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from rasid.errors import InputError, RasidError

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="rasid reads Arabic news pages and keeps the record of the political events in them.",
)
RECORD = Path("rasid.sqlite")
BAD_INPUT = 2

Paths = Annotated[list[str], typer.Argument(metavar="PATH...", help="Files, folders, or - for standard input.")]
Day = Annotated[str | None, typer.Option("--date", metavar="DAY", help="The day the pages were published, as 2021-11-24.")]
RecordPath = Annotated[Path, typer.Option("--record", metavar="FILE", help="The record, one SQLite file.")]


def main() -> None:
    """Run the command line; errors that a user can cause are one line and status 2."""
    try:
        app()
    except RasidError as error:
        _complain(str(error))
        sys.exit(BAD_INPUT)
    except BrokenPipeError:  # `| head` has seen enough
        sys.stderr.close()
        sys.exit(0)


@app.command()
def code(
    paths: Paths,
    date: Day = None,
    format: Annotated[str, typer.Option(help="table, jsonl or html.")] = "table",
) -> None:
    """Code the events that pages report."""
    from rasid.coder import code as code_article
    from rasid.show.report import report

    writers: dict[str, Callable[[Iterator[Any]], None]] = {
        "table": _print_tables,
        "jsonl": lambda coded: _print_lines(_contract(article) for article in coded),
        "html": lambda coded: sys.stdout.writelines(report(coded)),
    }
    write = _choose(format, writers)
    reading = _Reading(date)
    write(code_article(article) for _, article in reading.articles(paths))
    reading.finish()


@app.command()
def clean(paths: Paths, date: Day = None) -> None:
    """Take the articles out of pages: a JSON line each, without events."""
    from rasid.contract import article_to_json

    reading = _Reading(date)
    _print_lines(article_to_json(article) for _, article in reading.articles(paths))
    reading.finish()


@app.command()
def times(paths: Paths, date: Day = None) -> None:
    """Find the time expressions of rows of JSON (id, date, text): a line each."""
    from rasid.arabic.sentences import split_sentences
    from rasid.arabic.words import read_words
    from rasid.model import Article
    from rasid.times import find_times

    def line(article: Article) -> dict[str, Any]:
        found = [
            time
            for sentence in split_sentences(article.text)
            for time in find_times(article.text, read_words(sentence.text, sentence.start), article.date)
        ]
        return {"id": article.id, "times": [_time(time) for time in found]}

    reading = _Reading(date)
    _print_lines(line(article) for _, article in reading.articles(paths))
    reading.finish()


def _time(interval: Any) -> dict[str, Any]:
    iso = lambda day: day.isoformat() if day else None  # noqa: E731
    return {"text": interval.span.text, "start": iso(interval.start), "end": iso(interval.end), "at": interval.span.start}


@app.command()
def mentions(paths: Paths) -> None:
    """Find who and what rows of JSON (id, text) name: a line each."""
    from rasid.coder import find_mentions

    reading = _Reading(None)
    _print_lines(
        {"id": article.id, "mentions": [{**_span(m.span), "kind": m.kind, "code": m.code} for m in find_mentions(article)]}
        for _, article in reading.articles(paths)
    )
    reading.finish()


@app.command()
def names(paths: Paths) -> None:
    """Say of pairs of names (rows of JSON with a and b) whether they are one person's: a line each."""
    from rasid.arabic.names import same_person
    from rasid.pages.sources import read_rows

    reading = _Reading(None)
    for name, row in reading.good(read_rows(paths, sys.stdin.buffer)):
        if not isinstance(row.get("a"), str) or not isinstance(row.get("b"), str):
            reading.leave_out(f'{name}: a row must have the names "a" and "b"')
            continue
        same, score = same_person(row["a"], row["b"])
        _print_lines([{**row, "same": same, "score": round(score, 3)}])
    reading.finish()


@app.command()
def ingest(paths: Paths, record: RecordPath = RECORD, date: Day = None) -> None:
    """Code pages into the record. The same page twice is one row; a bad page is noted with its reason."""
    from rasid.coder import code as code_article
    from rasid.coder import coder_version
    from rasid.record import add, note_failure, open_record

    reading = _Reading(date)
    added = known = events = 0
    with open_record(record) as opened:
        reading.on_failure = lambda page, step, reason: note_failure(opened, page, step, reason)
        for page, article in reading.articles(paths):
            coded = code_article(article)
            new = add(opened, coded, page, coder_version())
            added, known, events = added + new, known + (not new), events + new * len(coded.events)
    _say(f"{added:,} articles with {events:,} events added to {record}; {known:,} were there already; {reading.left_out:,} left out.")
    reading.finish()


@app.command()
def events(
    actors: Annotated[list[str] | None, typer.Argument(metavar="[ACTOR] [ACTOR]", help="One actor, or two between whom.")] = None,
    record: RecordPath = RECORD,
    type: Annotated[list[str] | None, typer.Option(help="A PLOVER type; may be given again.")] = None,
    start: Annotated[str | None, typer.Option("--from", metavar="DAY", help="On this day or later.")] = None,
    end: Annotated[str | None, typer.Option("--to", metavar="DAY", help="On this day or before.")] = None,
    status: Annotated[list[str] | None, typer.Option(help="occurred, future, hypothetical, negated, historical.")] = None,
    source: Annotated[str | None, typer.Option(help="The outlet.")] = None,
    format: Annotated[str, typer.Option(help="table, csv, jsonl or parquet.")] = "table",
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write there.")] = None,
) -> None:
    """List events of the record, all that match."""
    from rasid.record import EventQuery, find_events, open_record
    from rasid.record.export import save_csv, save_jsonl, save_parquet, write_csv, write_jsonl
    from rasid.show.table import print_rows

    query = EventQuery(tuple(actors or ()), tuple(type or ()), tuple(status or ()), _day(start), _day(end), source)
    with open_record(record, create=False) as opened:
        rows = find_events(opened, query)
        if format == "parquet" and output is None:
            raise InputError("parquet is no text: say where to write it, with --output events.parquet")
        to_screen = {"table": lambda: print_rows(rows), "csv": lambda: write_csv(rows, sys.stdout), "jsonl": lambda: write_jsonl(opened, rows, sys.stdout)}
        to_file = {"csv": save_csv, "parquet": save_parquet, "jsonl": lambda rows, path: save_jsonl(opened, rows, path)}
        if output is None:
            _choose(format, to_screen)()
        else:
            _choose(format, to_file)(rows, output)


@app.command()
def explain(event: Annotated[str, typer.Argument(metavar="EVENT", help="An event's id, or its beginning.")], record: RecordPath = RECORD) -> None:
    """Say why an event was coded so: its sentence, predicate, roles, status, time and source."""
    from rasid.record import load_event, open_record
    from rasid.show.explain import explanation

    with open_record(record, create=False) as opened:
        found, article = load_event(opened, event)
        explanation(found, article)


@app.command()
def failures(record: RecordPath = RECORD) -> None:
    """List the pages that were left out, and why."""
    from rasid.record import find_failures, open_record

    with open_record(record, create=False) as opened:
        _print_lines({"page": f.page, "step": f.step, "reason": f.reason, "at": f.at} for f in find_failures(opened))


class _Reading:
    """Pages read in turn: each bad one is said in a line and counted, and the run goes on."""

    def __init__(self, date: str | None) -> None:
        self.date = _day(date)
        self.left_out = 0
        self.read = 0
        self.on_failure: Callable[[str, str, str], None] = lambda page, step, reason: None

    def articles(self, paths: list[str]) -> Iterator[tuple[str, Any]]:
        """Where each article was found, and the article."""
        from rasid.pages import read_article
        from rasid.pages.sources import read_pages

        for page in self.good_pages(read_pages(paths, sys.stdin.buffer)):
            try:
                article = read_article(page, self.date)
            except InputError as error:
                self.leave_out(str(error), page.name, "clean")
                continue
            self.read += 1
            yield page.name, article

    def good_pages(self, found: Iterable[Any]) -> Iterator[Any]:
        from rasid.model import Page

        for page in found:
            if isinstance(page, Page):
                yield page
            else:
                self.leave_out(f"{page.name}: {page.reason}", page.name, "read")

    def good(self, rows: Iterable[Any]) -> Iterator[tuple[str, dict[str, Any]]]:
        for row in rows:
            if isinstance(row.content, dict):
                self.read += 1
                yield row.name, row.content
            else:
                self.leave_out(f"{row.name}: {row.content}")

    def leave_out(self, line: str, page: str = "", step: str = "") -> None:
        _complain(line)
        self.left_out += 1
        if page:
            self.on_failure(page, step, line.removeprefix(f"{page}: "))

    def finish(self) -> None:
        if self.left_out:
            raise SystemExit(BAD_INPUT)


def _contract(coded: Any) -> dict[str, Any]:
    from rasid.contract import to_json

    return to_json(coded)


def _print_tables(coded: Iterator[Any]) -> None:
    from rich.console import Console

    from rasid.show.table import article_table

    console = Console()
    for article in coded:
        article_table(console, article)


def _print_lines(rows: Iterable[dict[str, Any]]) -> None:
    for row in rows:
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")


def _span(span: Any) -> dict[str, Any]:
    return {"text": span.text, "start": span.start, "end": span.end}


def _choose(name: str, options: dict[str, Any]) -> Any:
    if name not in options:
        raise InputError(f'there is no format "{name}" here (one of {", ".join(options)})')
    return options[name]


def _day(day: str | None) -> dt.date | None:
    from rasid.pages import read_date

    return read_date(day) if day is not None else None


def _complain(line: str) -> None:
    sys.stderr.write(f"rasid: {line}\n")


def _say(line: str) -> None:
    sys.stderr.write(line + "\n")
