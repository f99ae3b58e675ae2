"""The commands. Each reads its input once, writes to standard output, and says what it had to leave out on standard error."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.exceptions import TyperException

from rasid.cli_actors import app as actors_app
from rasid.cli_input import (
    BAD_INPUT,
    Json,
    LeftOut,
    code_each,
    complain,
    good,
    print_lines,
    read_articles,
    read_day,
    read_objects,
    tally,
)
from rasid.cli_lexicon import app as lexicon_app
from rasid.cli_lexicon import use_own
from rasid.errors import InputError, RasidError

if TYPE_CHECKING:
    from rasid.model import Article, CodedArticle, Interval
    from rasid.record import EventRow, Record


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        from rasid.coder import coder_version

        sys.stdout.write(f"rasid {version('rasid')}, coder {coder_version()}\n")
        raise typer.Exit


app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    help="rasid reads Arabic news pages and keeps the record of the political events in them.",
)
app.add_typer(lexicon_app, name="lexicon")
RECORD = Path("rasid.sqlite")
CODE_FORMATS = "table, jsonl, or html: a report that needs no other file."
EVENT_FORMATS = "table, csv, jsonl or parquet; by the ending of FILE if not given."
STATUSES = "occurred, future, hypothetical, negated, historical; may be given again."

Paths = Annotated[list[str], typer.Argument(metavar="PATH...", help="Files, folders, or - for standard input.")]
Rows = Annotated[list[str], typer.Argument(metavar="PATH...", help="JSONL files, or - for standard input.")]
Day = Annotated[str | None, typer.Option("--date", metavar="DAY", help="The day the pages were published, as 2021-11-24.")]
RecordPath = Annotated[Path, typer.Option("--record", metavar="FILE", help="The record, one SQLite file.")]
Actors = Annotated[
    list[str] | None, typer.Argument(metavar="[ACTOR] [ACTOR]", help="One, or two between whom: MAR, 'MAR GOV', a name.")
]
EventId = Annotated[str, typer.Argument(metavar="EVENT", help="An event's id, or its beginning.")]
Version = Annotated[bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Say which, and stop.")]
Lines = Annotated[str, typer.Option(metavar="FORMAT", help="jsonl: a JSON line each.")]


def main() -> None:
    """Run the command line; errors that a user can cause are one line and status 2."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        status = app(sys.argv[1:] or ["--help"], standalone_mode=False)
        sys.stdout.flush()
    except TyperException as error:  # a wrong option
        complain(f"{error.format_message().rstrip('.')} (see `{_command(error)} --help`)")
        status = BAD_INPUT
    except RasidError as error:
        complain(str(error))
        status = BAD_INPUT
    except BrokenPipeError:  # `| head` has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 1
    sys.exit(status if isinstance(status, int) else 0)


def _command(error: TyperException) -> str:
    context = getattr(error, "ctx", None)
    return context.command_path if context else "rasid"


@app.callback()
def options(version: Version = False) -> None:
    """The options before any command."""


@app.command()
def code(
    paths: Paths,
    date: Day = None,
    format: Annotated[str, typer.Option(metavar="FORMAT", help=CODE_FORMATS)] = "table",
    actors: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Your own actors: CSV, or an extract of Wikidata.")
    ] = None,
    ontology: Annotated[Path | None, typer.Option(metavar="FILE", help="Types of your own, in YAML: code to these.")] = None,
) -> None:
    """Code the events that pages report."""
    writers: dict[str, Callable[[Iterator[CodedArticle]], None]] = {
        "table": _print_tables,
        "jsonl": _print_contract,
        "html": _print_report,
    }
    write = _choose(format, writers)
    day = read_day(date)
    own = _own_types(ontology)
    with tally() as counted:
        write(own(good(code_each(read_articles(paths, day), actors), counted)))


def _own_types(path: Path | None) -> "Callable[[Iterator[CodedArticle]], Iterator[CodedArticle]]":
    """What codes articles to the types of a user's ontology; without one, what leaves them as they are."""
    if path is None:
        return lambda coded: coded
    from rasid.events.ontology import in_own_types, read_ontology

    ontology = read_ontology(path)
    use_own([str(file) for file in ontology.predicates])
    return lambda coded: (in_own_types(article, ontology.types) for article in coded)


@app.command()
def clean(paths: Paths, date: Day = None, format: Lines = "jsonl") -> None:
    """Take the articles out of pages: a JSON line each, without events."""
    from rasid.contract import article_to_json

    _print_each(article_to_json, paths, date, format)


@app.command()
def times(paths: Paths, date: Day = None, format: Lines = "jsonl") -> None:
    """Find the time expressions of rows (id, date, text): a JSON line each."""
    from rasid.arabic.sentences import split_sentences
    from rasid.arabic.words import read_words
    from rasid.times import find_times

    def line(article: "Article") -> Json:
        found: list[Interval] = []
        for span in split_sentences(article.text):
            last = found[-1] if found else None
            found += find_times(article.text, read_words(span.text, span.start), article.date, last)
        return {"id": article.id, "times": [_time(time) for time in found]}

    _print_each(line, paths, date, format)


def _time(interval: "Interval") -> Json:
    days = {"start": interval.start and interval.start.isoformat(), "end": interval.end and interval.end.isoformat()}
    return {"text": interval.span.text, **days, "at": interval.span.start} if interval.span else days


@app.command()
def mentions(paths: Paths, format: Lines = "jsonl") -> None:
    """Find who and what rows (id, text) name: a JSON line each."""
    from rasid.coder import find_mentions

    def line(article: "Article") -> Json:
        return {
            "id": article.id,
            "mentions": [
                {"text": one.span.text, "start": one.span.start, "end": one.span.end, "kind": one.kind, "code": one.code}
                for one in find_mentions(article)
            ],
        }

    _print_each(line, paths, None, format)


@app.command()
def names(paths: Rows, format: Lines = "jsonl") -> None:
    """Say of pairs of names (rows with a and b) whether they are one person's: a JSON line each."""
    from rasid.arabic.names import same_person

    def lines() -> Iterator[Json | LeftOut]:
        for row in read_objects(paths):
            if isinstance(row, LeftOut):
                yield row
            elif isinstance(row[1].get("a"), str) and isinstance(row[1].get("b"), str):
                same, score = same_person(row[1]["a"], row[1]["b"])
                yield {**row[1], "same": same, "score": round(score, 3)}
            else:
                yield LeftOut(row[0], "read", 'a row must have two names, "a" and "b"')

    _choose(format, {"jsonl": None})
    with tally() as counted:
        print_lines(good(lines(), counted))


@app.command()
def ingest(paths: Paths, record: RecordPath = RECORD, date: Day = None) -> None:
    """Code pages into the record. The same page twice is one row; a bad page is noted with its reason."""
    from rasid import cli_ingest
    from rasid.record import open_record
    from rasid.show.words import number_of

    day = read_day(date)
    done = cli_ingest.Ingested()
    with tally() as counted, open_record(record) as opened:
        for _ in good(cli_ingest.ingest(opened, read_articles(paths, day), done), counted):
            raise AssertionError("only what is left out comes out of ingest")
        articles, events = number_of(done.added, "article"), number_of(done.events, "event")
        known = f", {done.known:,} there already" if done.known else ""
        left_out = f", {counted.left_out:,} left out (see `rasid failures`)" if counted.left_out else ""
        sys.stdout.write(f"{record}: {articles} with {events} added{known}{left_out}.\n")


@app.command()
def events(
    actors: Actors = None,
    record: RecordPath = RECORD,
    type: Annotated[list[str] | None, typer.Option(metavar="TYPE", help="A PLOVER type; may be given again.")] = None,
    start: Annotated[str | None, typer.Option("--from", metavar="DAY", help="On this day or later.")] = None,
    end: Annotated[str | None, typer.Option("--to", metavar="DAY", help="On this day or before.")] = None,
    status: Annotated[list[str] | None, typer.Option(metavar="STATUS", help=STATUSES)] = None,
    source: Annotated[str | None, typer.Option(metavar="OUTLET", help="The outlet.")] = None,
    day_read: Annotated[
        bool, typer.Option("--day-read", help="Only those whose sentence says when: no day of the page's.")
    ] = False,
    format: Annotated[str | None, typer.Option(metavar="FORMAT", help=EVENT_FORMATS)] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write there.")] = None,
) -> None:
    """List events of the record, all that match."""
    from rasid.record import EventQuery, find_events, open_record

    types, statuses = tuple(map(str.upper, type or ())), tuple(map(str.lower, status or ()))
    query = EventQuery(tuple(actors or ()), types, statuses, read_day(start), read_day(end), source, day_read)
    with open_record(record, create=False) as opened:
        rows = find_events(opened, query)
        if output is None:
            _print_events(opened, rows, format or "table")
        else:
            _save_events(opened, rows, format or output.suffix.lstrip("."), output)


@app.command()
def explain(event: EventId, record: RecordPath = RECORD) -> None:
    """Say why an event was coded so: its sentence, predicate, roles, status, time and source."""
    from rasid.record import load_event, open_record
    from rasid.show.explain import explanation

    with open_record(record, create=False) as opened:
        explanation(*load_event(opened, event))


@app.command()
def failures(
    record: RecordPath = RECORD,
    format: Annotated[str, typer.Option(metavar="FORMAT", help="table or jsonl.")] = "table",
) -> None:
    """List the pages that were left out, and why."""
    from rasid.record import find_failures, open_record
    from rasid.show.table import print_failures

    write = _choose(format, {"table": print_failures, "jsonl": lambda found: print_lines(one._asdict() for one in found)})
    with open_record(record, create=False) as opened:
        write(find_failures(opened))


app.add_typer(actors_app, name="actors")


def _print_each(line: "Callable[[Article], Json]", paths: list[str], date: str | None, format: str) -> None:
    """A JSON line for each article, in order."""
    _choose(format, {"jsonl": None})
    day = read_day(date)
    with tally() as counted:
        print_lines(line(read.article) for read in good(read_articles(paths, day), counted))


def _print_contract(coded: "Iterable[CodedArticle]") -> None:
    from rasid.contract import to_json

    print_lines(map(to_json, coded))


def _print_tables(coded: "Iterable[CodedArticle]") -> None:
    from rasid.show.table import BRACKETS, open_console, print_article

    console = open_console()
    brackets = False
    for article in coded:
        brackets |= print_article(console, article)
    if brackets:
        console.print(BRACKETS, style="dim")


def _print_report(coded: "Iterable[CodedArticle]") -> None:
    from rasid.show.report import report

    sys.stdout.writelines(report(coded))


def _print_events(record: "Record", rows: "Iterable[EventRow]", format: str) -> None:
    from rasid.record.export import write_csv, write_jsonl
    from rasid.show.table import print_rows

    if format == "parquet":
        raise InputError("parquet is no text: say where to write it, with --output events.parquet")
    writers: dict[str, Callable[[], Any]] = {
        "table": lambda: print_rows(rows),
        "csv": lambda: write_csv(rows, sys.stdout),
        "jsonl": lambda: write_jsonl(record, rows, sys.stdout),
        "parquet": lambda: None,
    }
    _choose(format, writers)()


def _save_events(record: "Record", rows: "Iterable[EventRow]", format: str, path: Path) -> None:
    from rasid.record.export import save_csv, save_jsonl, save_parquet
    from rasid.show.words import number_of

    writers: dict[str, Callable[[], int]] = {
        "csv": lambda: save_csv(rows, path),
        "jsonl": lambda: save_jsonl(record, rows, path),
        "parquet": lambda: save_parquet(rows, path),
    }
    sys.stdout.write(f"{path}: {number_of(_choose(format, writers)(), 'event')} written.\n")


def _choose(name: str, options: dict[str, Any]) -> Any:
    if name not in options:
        raise InputError(f'there is no format "{name}" here (one of {", ".join(options)})')
    return options[name]
