"""`rasid actors`: who is who in a record, what users decide about it, and their own actors."""

import sys
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rasid.cli_input import Json, LeftOut, good, print_lines, tally
from rasid.errors import InputError

if TYPE_CHECKING:
    from rasid.record.memory import KnownActor

app = typer.Typer(
    add_completion=False,
    invoke_without_command=True,
    help="List the persons whom a record's articles name; merge and split them; import your own actors.",
)
RecordPath = Annotated[Path, typer.Option("--record", metavar="FILE", help="The record, one SQLite file.")]
RECORD = Path("rasid.sqlite")
One = Annotated[str, typer.Argument(metavar="NAME", help="A name, as an article writes it.")]
Other = Annotated[str, typer.Argument(metavar="NAME", help="Another.")]


@app.callback()
def actors(
    context: typer.Context,
    name: Annotated[str | None, typer.Option("--name", metavar="NAME", help="Only who is called so, in any spelling.")] = None,
    record: RecordPath = RECORD,
    format: Annotated[str, typer.Option(metavar="FORMAT", help="table or jsonl.")] = "table",
) -> None:
    """List the persons whom a record's articles name: spellings, offices, first and last day, number of articles."""
    if context.invoked_subcommand:
        return
    from rasid.record import open_record
    from rasid.record.memory import find_actors

    if format not in ("table", "jsonl"):
        raise InputError(f'there is no format "{format}" here (one of table, jsonl)')
    with open_record(record, create=False) as opened:
        found = find_actors(opened, name)
        if format == "table":
            _print_table(found)
        else:
            print_lines(map(_json, found))


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
