"""The command that searches a record, and the filters of events that it shares with others."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rasid.cli_input import RECORD, RecordPath, complain, print_lines, read_day
from rasid.cli_record import STATUSES
from rasid.errors import InputError

if TYPE_CHECKING:
    from rasid.record import EventQuery, Record
    from rasid.record.searching import Found

Types = Annotated[list[str] | None, typer.Option("--type", metavar="TYPE", help="A PLOVER type; may be given again.")]
Modes = Annotated[list[str] | None, typer.Option("--mode", metavar="MODE", help="A mode of the type; may be given again.")]
Quads = Annotated[list[int] | None, typer.Option("--quad", metavar="1-4", help="A quad class; may be given again.")]
Statuses = Annotated[list[str] | None, typer.Option("--status", metavar="STATUS", help=STATUSES)]
Places = Annotated[list[str] | None, typer.Option("--where", metavar="CODE", help="A country; may be given again.")]
Start = Annotated[str | None, typer.Option("--from", metavar="DAY", help="On this day or later.")]
End = Annotated[str | None, typer.Option("--to", metavar="DAY", help="On this day or before.")]
Outlet = Annotated[str | None, typer.Option("--source", metavar="OUTLET", help="The outlet.")]
Sure = Annotated[float | None, typer.Option("--min-confidence", metavar="SHARE", help="Only events at least so sure, 0 to 1.")]
Limit = Annotated[int | None, typer.Option("--limit", metavar="N", min=1, help="At most so many.")]


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(search)


def search(
    words: Annotated[
        list[str] | None, typer.Argument(metavar="[WORDS...]", help='Arabic or English; "a phrase", a beginning*, -without.')
    ] = None,
    record: RecordPath = RECORD,
    actor: Annotated[
        list[str] | None,
        typer.Option(metavar="ACTOR", help="Who takes part in an event: MAR, 'MAR GOV', a name; once or twice."),
    ] = None,
    type: Types = None,
    mode: Modes = None,
    quad: Quads = None,
    status: Statuses = None,
    where: Places = None,
    confidence: Sure = None,
    start: Start = None,
    end: End = None,
    source: Outlet = None,
    limit: Limit = 20,
    format: Annotated[str, typer.Option(metavar="FORMAT", help="table or jsonl.")] = "table",
) -> None:
    """Search articles by their words, in Arabic or English; clitics, ال, hamzas and ة/ه do not matter. Best first.

    --from, --to and --source are about the article, the other options about events that it reports.
    """
    from rasid.record import open_record
    from rasid.record.searching import SearchQuery
    from rasid.record.searching import search as find

    if format not in ("table", "jsonl"):
        raise InputError(f'there is no format "{format}" here (one of table, jsonl)')
    events = event_query(actor, type, mode, quad, status, where, confidence)
    typed = " ".join(f'"{word}"' if " " in word and '"' not in word and len(words or ()) > 1 else word for word in words or ())
    query = SearchQuery(typed, events, read_day(start), read_day(end), source)
    with open_record(record, create=False) as opened:
        say_unknown(opened, events, source)
        found = find(opened, query, limit)
        print_lines(map(_line, found)) if format == "jsonl" else _print_found(found)


def say_unknown(record: "Record", query: "EventQuery", outlet: str | None = None) -> None:
    """Say on standard error which names of a query the record does not know: the answer is empty, and that is no mistake."""
    from rasid.record.unknown import unknown_in

    for line in unknown_in(record, query, outlet):
        complain(line)


def event_query(
    actors: list[str] | None = None,
    types: list[str] | None = None,
    modes: list[str] | None = None,
    quads: list[int] | None = None,
    statuses: list[str] | None = None,
    places: list[str] | None = None,
    confidence: float | None = None,
    **others: Any,
) -> "EventQuery":
    """The options of a command as a query; upper and lower case do not matter where they mean nothing."""
    from rasid.record import EventQuery

    return EventQuery(
        actors=tuple(actors or ()),
        types=tuple(map(str.upper, types or ())),
        modes=tuple(map(str.lower, modes or ())),
        quads=tuple(quads or ()),
        statuses=tuple(map(str.lower, statuses or ())),
        places=tuple(map(str.upper, places or ())),
        confidence=confidence,
        **others,
    )


def _line(found: "Found") -> dict[str, Any]:
    spans = {"snippet": _span(found.snippet), "marks": [_span(mark) for mark in found.marks]}
    published = {"start": _day(found.published_start), "end": _day(found.published_end)}
    return {
        "id": found.article_id,
        "title": found.title,
        "source": found.source,
        "url": found.url,
        "published": published,
        "events": found.events,
        **spans,
    }


def _span(span: Any) -> dict[str, Any]:
    return {"text": span.text, "start": span.start, "end": span.end}


def _day(day: Any) -> str | None:
    return day and str(day.isoformat())


def _print_found(found: "Iterable[Found]") -> None:
    from rich.text import Text

    from rasid.model import Interval
    from rasid.show.table import open_console
    from rasid.show.words import interval_words, number_of

    console = open_console()
    number = 0
    for number, one in enumerate(found, 1):  # noqa: B007
        published = interval_words(Interval(one.published_start, one.published_end))
        known = (published, one.source or one.url, number_of(one.events, "event"), one.article_id)
        console.print(Text(" · ".join(filter(None, known)), style="dim"), soft_wrap=True)
        if one.title:
            console.print(Text(one.title, style="bold"), soft_wrap=True)
        said = Text(one.snippet.text.replace("\n", " "))
        for mark in one.marks:
            said.stylize(
                "bold reverse" if console.is_terminal else "", *(at - one.snippet.start for at in (mark.start, mark.end))
            )
        console.print(said, soft_wrap=True, end="\n\n")
    console.print(Text(f"{number_of(number, 'article')}." if number else "No article matches.", style="dim"))
