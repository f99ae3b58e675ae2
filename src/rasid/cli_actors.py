"""`rasid actors`: who is who in a record, what users decide about it, and their own actors."""

import csv
import sys
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from rasid.cli_input import Json, LeftOut, choose, good, print_lines, tally
from rasid.errors import InputError, RecordError

if TYPE_CHECKING:
    from rasid.analysis.between import Pair
    from rasid.record.memory import KnownActor


class _OrName(TyperGroup):
    """A word that is none of the commands is an actor: `rasid actors المغرب` is `rasid actors show المغرب`."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Which command the words after `rasid actors` mean."""
        known = args and self.get_command(ctx, args[0])
        return super().resolve_command(ctx, args if known or args[:1] == ["--"] else ["show", *args])


app = typer.Typer(
    cls=_OrName,
    add_completion=False,
    invoke_without_command=True,
    help="List the persons whom a record's articles name; show one actor; merge and split persons; import your own actors.",
)
RecordPath = Annotated[Path, typer.Option("--record", metavar="FILE", help="The record, one SQLite file.")]
RECORD = Path("rasid.sqlite")
Format = Annotated[str, typer.Option("--format", metavar="FORMAT", help="table, jsonl or csv.")]
_PARTNERS = 15
_LISTED = ("name", "code", "articles", "first", "last", "spellings", "offices", "wikidata")
_PARTNER = (
    "actor",
    "code",
    "with_code",
    "with",
    "events",
    "conflict",
    "cooperation",
    "mean_score",
    "first",
    "last",
    "articles_read",
)
One = Annotated[str, typer.Argument(metavar="NAME", help="A name, as an article writes it.")]
Other = Annotated[str, typer.Argument(metavar="NAME", help="Another.")]


@app.callback()
def actors(
    context: typer.Context,
    name: Annotated[str | None, typer.Option("--name", metavar="NAME", help="Only who is called so, in any spelling.")] = None,
    record: RecordPath = RECORD,
    format: Annotated[str, typer.Option(metavar="FORMAT", help="table, jsonl or csv.")] = "table",
) -> None:
    """List the persons whom a record's articles name: spellings, offices, first and last day, number of articles."""
    if context.invoked_subcommand:
        return
    from rasid.record import open_record
    from rasid.record.memory import find_actors

    with open_record(record, create=False) as opened:
        found = find_actors(opened, name)
        choose(
            format,
            {
                "table": lambda: _print_table(found),
                "csv": lambda: _write_csv(_LISTED, map(_cells, found)),
                "jsonl": lambda: print_lines(map(_json, found)),
            },
        )()


@app.command()
def show(name: One, record: RecordPath = RECORD, format: Format = "table") -> None:
    """Show one actor (a code, or a name in Arabic or English): spellings, offices in time, whom he has most to do with.

    `show` itself can be left out: rasid actors المغرب.
    """
    from rasid.analysis import exposure
    from rasid.analysis.asking import asked_actor
    from rasid.analysis.between import partners, spellings
    from rasid.analysis.names import persons_named
    from rasid.record import open_record
    from rasid.show.tables import print_table

    if format not in ("table", "csv", "jsonl"):
        raise InputError(f'there is no format "{format}" here (one of table, csv, jsonl)')
    with open_record(record, create=False) as opened:
        actor = asked_actor(opened, name)
        known = [] if actor.code else persons_named(opened, name)
        written = spellings(opened, actor)
        met = partners(opened, actor, limit=_PARTNERS)
        read = exposure(opened, "year").articles
    if not written and not met:
        raise RecordError(f"{record}: no event is of {actor.english} ({actor.code or name})")
    offices = [office for person in known for office in _json(person)["offices"]]
    if format == "csv":
        _write_csv(_PARTNER, ((actor.english, actor.code, *_met(one), read) for one in met))
        return
    if format == "jsonl":
        spelled = [{"text": text, "number": number} for text, number in written]
        names = {"english": actor.english, "arabic": actor.arabic, "code": actor.code, "spellings": spelled}
        print_lines([{**names, "offices": offices, "partners": [_partner(one) for one in met]}])
        return
    sys.stdout.write(f"{actor.english}  {actor.arabic}  {actor.code or ''}".rstrip() + "\n")
    sys.stdout.write("، ".join(f"{text} ({number})" for text, number in written) + "\n")
    if offices:
        shown = [[one[key] for key in ("first", "last", "code", "articles", "office")] for one in offices]
        print_table(("first", "last", "code", "articles", "office"), shown, "office")
    rows = [_met(one)[1:] for one in met]
    print_table(("with", "events", "conflict", "cooperation", "mean score", "first", "last"), rows, "partner")


def _met(pair: "Pair") -> tuple[object, ...]:
    """Code and name of a partner, and what is between the two."""
    from rasid.analysis.between import label_of

    conflict = _conflict(pair)
    return pair.b, label_of(pair.b)[0], pair.events, conflict, pair.events - conflict, pair.mean_score, pair.first, pair.last


def _write_csv(columns: tuple[str, ...], rows: "Iterable[tuple[object, ...]]") -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)


def _cells(actor: "KnownActor") -> tuple[object, ...]:
    """A person as one row: spellings and offices with how many articles have them, joined by +."""
    spelled = " + ".join(f"{name} ({articles})" for name, articles in actor.names)
    held = " + ".join(f"{one.office} ({one.first or '?'} to {one.last or '?'})" for one in actor.offices)
    last = actor.offices[-1] if actor.offices else None
    code = " ".join(filter(None, (last.country, last.sector))) if last else None
    return actor.latin, code, actor.articles, actor.first, actor.last, spelled, held, actor.wikidata


def _conflict(pair: "Pair") -> int:
    return pair.quads[0] + pair.quads[2]


def _partner(pair: "Pair") -> Json:
    first, last = (day and day.isoformat() for day in (pair.first, pair.last))
    return {"code": pair.b, "events": pair.events, "mean_score": pair.mean_score, "first": first, "last": last}


@app.command()
def merge(one: One, other: Other, record: RecordPath = RECORD) -> None:
    """Say that two names are one person's. It is kept for ever, and wins over what the machine finds."""
    _decide(record, "merge", one, other, "are one from now on")


@app.command()
def split(one: One, other: Other, record: RecordPath = RECORD) -> None:
    """Say that two names are not one person's. It is kept for ever, and wins over what the machine finds."""
    _decide(record, "split", one, other, "are two from now on")


@app.command("import")
def import_(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="CSV, or JSON lines of Wikidata; also .gz and .bz2.")],
    record: RecordPath = RECORD,
) -> None:
    """Take your own actors into a record. A file that is imported again replaces what it brought before."""
    from rasid.actors.own import OwnRow, Refused, read_own
    from rasid.record import open_record
    from rasid.record.memory import import_own
    from rasid.show.words import number_of

    def rows() -> Iterator[OwnRow | LeftOut]:
        for row in read_own(path):
            yield LeftOut(f"{path.name}:{row.line}", "read", row.reason) if isinstance(row, Refused) else row

    found = rows()
    first = list(islice(found, 1))  # before a record is made: a file that cannot be read ends here
    with tally() as counted, open_record(record) as opened:
        count = import_own(opened, path.name, good(chain(first, found), counted))
        left_out = f", {counted.left_out:,} left out" if counted.left_out else ""
        sys.stdout.write(f"{record}: {number_of(count, 'row')} of {path.name} kept{left_out}.\n")


def _decide(record: Path, kind: str, one: str, other: str, said: str) -> None:
    from rasid.record import open_record
    from rasid.record.memory import decide

    with open_record(record, create=False) as opened:
        decide(opened, kind, one, other)
    sys.stdout.write(f"{record}: {one} and {other} {said}; rasid recode --all puts it into the articles that are there.\n")


def _json(actor: "KnownActor") -> Json:
    return {
        "names": [{"name": name, "articles": articles} for name, articles in actor.names],
        "latin": actor.latin,
        "wikidata": actor.wikidata,
        "offices": [
            {
                "office": office.office,
                "code": " ".join(filter(None, (office.country, office.sector))),
                "first": office.first and office.first.isoformat(),
                "last": office.last and office.last.isoformat(),
                "articles": office.articles,
                "evidence": list(office.evidence),
            }
            for office in actor.offices
        ],
        "first": actor.first and actor.first.isoformat(),
        "last": actor.last and actor.last.isoformat(),
        "articles": actor.articles,
    }


def _print_table(found: "Iterable[KnownActor]") -> None:
    from rich.table import Table
    from rich.text import Text

    from rasid.show.table import open_console

    table = Table(box=None, pad_edge=False, header_style="dim")
    for column in ("articles", "first", "last", "code", "name", "office", "spellings"):
        table.add_column(column, justify="right" if column == "articles" else "left", overflow="fold")
    number = 0
    for actor in found:
        number += 1
        last = actor.offices[-1] if actor.offices else None
        code = " ".join(filter(None, (last.country, last.sector))) if last else ""
        spellings = "، ".join(name for name, _ in actor.names)
        first, until = (day.isoformat() if day else "" for day in (actor.first, actor.last))
        cells = (f"{actor.articles:,}", first, until, code, actor.latin or "", last.office if last else "", spellings)
        table.add_row(*map(Text, cells))
    console = open_console()
    if number:
        console.print(table)
    else:
        console.print("no persons found", style="dim")
