"""The commands. Each reads its input once, writes to standard output, and says what it had to leave out on standard error."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.exceptions import TyperException

from rasid import (
    cli_agreements,
    cli_cluster,
    cli_doctor,
    cli_export,
    cli_quotes,
    cli_record,
    cli_relations,
    cli_search,
    cli_serve,
    cli_stories,
    cli_upkeep,
    cli_watch,
)
from rasid.cli_actors import app as actors_app
from rasid.cli_input import (
    BAD_INPUT,
    RECORD,
    Day,
    Json,
    LeftOut,
    MinConfidence,
    Persons,
    RecordPath,
    Workers,
    choose,
    choose_persons,
    complain,
    good,
    print_lines,
    read_articles,
    read_day,
    read_objects,
    surer,
    tally,
    worth,
)
from rasid.cli_lexicon import app as lexicon_app
from rasid.cli_lexicon import use_own
from rasid.cli_sources import failures, ingest
from rasid.cli_validate import app as validate_app
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
    pretty_exceptions_enable=False,
    help="rasid reads Arabic news pages and keeps the record of the political events in them.",
)
app.add_typer(lexicon_app, name="lexicon")
CODE_FORMATS = "table, jsonl, or html: a report that needs no other file."
EVENT_FORMATS = "table, csv, jsonl, xlsx, dta or parquet; by the ending of FILE if not given."

Paths = Annotated[list[str], typer.Argument(metavar="PATH...", help="Files, folders, or - for standard input.")]
Rows = Annotated[list[str], typer.Argument(metavar="PATH...", help="JSONL files, or - for standard input.")]
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
    min_confidence: MinConfidence = 0.0,
    workers: Workers = None,
    persons: Persons = "all",
) -> None:
    """Code the events that pages report."""
    from rasid.actors.officials import officials_only
    from rasid.cli_workers import code_each

    writers: dict[str, Callable[[Iterator[CodedArticle]], None]] = {
        "table": _print_tables,
        "jsonl": _print_contract,
        "html": _print_report,
    }
    write = choose(format, writers)
    named = officials_only if choose_persons(persons) else _as_coded
    day = read_day(date)
    own = _own_types(ontology)
    # What a user's own predicates add is known to this process only.
    number = 1 if ontology else worth(workers, paths)
    with tally() as counted:
        coded = map(named, good(code_each(read_articles(paths, day), actors, number), counted))
        write(own(surer(coded, min_confidence)))


def _as_coded(coded: "CodedArticle") -> "CodedArticle":
    return coded


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
            found += find_times(article.text, read_words(span.text, span.start), article.date, found)
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
def relevance(paths: Paths, format: Lines = "jsonl") -> None:
    """Say of rows (id, text) whether they are political, how likely that is, and which quad class: a JSON line each."""
    from rasid import cli_relevance

    cli_relevance.relevance(paths, format)


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

    choose(format, {"jsonl": None})
    with tally() as counted:
        print_lines(good(lines(), counted))


app.command()(ingest)


@app.command()
def events(
    actors: Actors = None,
    record: RecordPath = RECORD,
    type: cli_search.Types = None,
    mode: cli_search.Modes = None,
    quad: cli_search.Quads = None,
    status: cli_search.Statuses = None,
    where: cli_search.Places = None,
    confidence: cli_search.Sure = None,
    start: cli_search.Start = None,
    end: cli_search.End = None,
    source: cli_search.Outlet = None,
    words: Annotated[str | None, typer.Option(metavar="WORDS", help="What the article says; as for `rasid search`.")] = None,
    reviewed: Annotated[
        bool | None, typer.Option("--reviewed/--unreviewed", help="Those that people decided about, or did not yet.")
    ] = None,
    one_a_day: Annotated[bool, typer.Option("--one-a-day", help="Of events alike on a day, only the surest.")] = False,
    limit: cli_search.Limit = None,
    after: Annotated[str | None, typer.Option(metavar="EVENT", help="Go on after this one, the last of a page.")] = None,
    day_read: Annotated[
        bool, typer.Option("--day-read", help="Only those whose sentence says when: no day of the page's.")
    ] = False,
    format: Annotated[str | None, typer.Option(metavar="FORMAT", help=EVENT_FORMATS)] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write there.")] = None,
) -> None:
    """List events of the record, all that match, as people corrected them."""
    from rasid.record import find_events, open_record

    others = {"start": read_day(start), "end": read_day(end), "source": source, "words": words or "", "after": after}
    query = cli_search.event_query(
        actors, type, mode, quad, status, where, confidence, **others, reviewed=reviewed, one_a_day=one_a_day, day_read=day_read
    )
    with open_record(record, create=False) as opened:
        cli_search.say_unknown(opened, query)
        rows = find_events(opened, query, limit)
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


app.command()(failures)


app.add_typer(actors_app, name="actors")
app.add_typer(validate_app, name="validate")


def _print_each(line: "Callable[[Article], Json]", paths: list[str], date: str | None, format: str) -> None:
    """A JSON line for each article, in order."""
    choose(format, {"jsonl": None})
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
    from rasid.record.export import events_table, write_events_jsonl
    from rasid.record.formats import FORMATS, write_csv
    from rasid.show.table import print_rows

    if format in FORMATS and format not in ("csv", "jsonl"):
        raise InputError(f"{format} is no text: say where to write it, with --output events.{format}")
    writers: dict[str, Callable[[], Any]] = {
        "table": lambda: print_rows(rows),
        "csv": lambda: write_csv(events_table(rows), sys.stdout),
        "jsonl": lambda: write_events_jsonl(record, rows, sys.stdout),
    }
    choose(format, writers)()


def _save_events(record: "Record", rows: "Iterable[EventRow]", format: str, path: Path) -> None:
    from rasid.record.export import events_table, save_events_jsonl
    from rasid.record.formats import save
    from rasid.show.words import number_of

    number = save_events_jsonl(record, rows, path) if format == "jsonl" else save(events_table(rows), path, format)
    sys.stdout.write(f"{path}: {number_of(number, 'event')} written.\n")


_ROOMS = (
    cli_record, cli_search, cli_stories, cli_quotes, cli_agreements, cli_relations, cli_watch, cli_upkeep, cli_export,
    cli_cluster, cli_serve, cli_doctor,
)  # fmt: skip
for commands in _ROOMS:
    commands.register(app)
