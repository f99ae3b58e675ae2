"""The commands that give a record to others: exports, releases, and releases made into records again."""

import datetime as dt
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rasid import cli_search
from rasid.cli_input import RECORD, Persons, RecordPath, choose_persons, good, read_articles, read_day, tally
from rasid.errors import InputError

if TYPE_CHECKING:
    from rasid.model import Article
    from rasid.record import Record

_FORMATS = "csv, xlsx, dta (Stata), jsonl, parquet or txt (tabs, no header); by the ending of a file if not given."


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    for command in (export, release, rehydrate):
        app.command()(command)


def export(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="A file for one table, or a folder for a file each.")],
    record: RecordPath = RECORD,
    table: Annotated[
        list[str] | None,
        typer.Option(metavar="TABLE", help="events if not given; polecat, cameo, petrarch, dyad_days ..., or all."),
    ] = None,
    format: Annotated[str | None, typer.Option(metavar="FORMAT", help=_FORMATS)] = None,
    actor: Annotated[list[str] | None, typer.Option(metavar="ACTOR", help="Events: who takes part; once or twice.")] = None,
    type: cli_search.Types = None,
    status: cli_search.Statuses = None,
    confidence: cli_search.Sure = None,
    start: cli_search.Start = None,
    end: cli_search.End = None,
    one_a_day: Annotated[bool, typer.Option("--one-a-day", help="Of events alike on a day, only the surest.")] = False,
    persons: Persons = "all",
) -> None:
    """Write tables of a record to files. Options about events narrow down events, polecat, cameo and petrarch."""
    from rasid.record import open_record
    from rasid.record.formats import save
    from rasid.record.tables import EVENTS, table_names
    from rasid.record.tables import table as find_table
    from rasid.show.words import number_of

    query = cli_search.event_query(
        actor, type, statuses=status, confidence=confidence, start=read_day(start), end=read_day(end), one_a_day=one_a_day
    )
    officials = choose_persons(persons)
    with open_record(record, create=False) as whole, _named(whole, officials) as opened:
        cli_search.say_unknown(opened, query)
        names = table or [EVENTS]
        names = table_names(opened) if names == ["all"] else names
        for name, file in _files(path, names, format):
            number = save(find_table(opened, name, query), file, format)
            sys.stdout.write(f"{file}: {number_of(number, 'row')} written.\n")


def release(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The release becomes a folder in it.")],
    record: RecordPath = RECORD,
    date: Annotated[str | None, typer.Option("--date", metavar="DAY", help="Its date; today's if not given.")] = None,
    texts: Annotated[
        bool, typer.Option("--texts/--without-texts", help="With the articles' words, or only places, addresses and hashes.")
    ] = True,
    title: Annotated[str | None, typer.Option(metavar="TITLE", help="For the citation.")] = None,
    author: Annotated[list[str] | None, typer.Option(metavar="NAME", help="For the citation; may be given again.")] = None,
    licence: Annotated[str | None, typer.Option(metavar="SPDX", help="For the citation, as CC-BY-4.0.")] = None,
    accuracy: Annotated[Path | None, typer.Option(metavar="FILE", help="Figures of accuracy to go with it, Markdown.")] = None,
    persons: Persons = "all",
) -> None:
    """Write a release: a dated folder with data, codebook, versions, checksums, counts, accuracy and a citation file."""
    from rasid.record import open_record
    from rasid.record.releasing import Authorship
    from rasid.record.releasing import release as make

    named = Authorship(authors=tuple(author or ()), licence=licence)
    try:
        figures = accuracy.read_text(encoding="utf-8") if accuracy else None
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{accuracy}: cannot be read: {error}") from None
    day = read_day(date) or dt.date.today()
    officials = choose_persons(persons)
    with open_record(record, create=False) as whole, _named(whole, officials) as opened:
        made = make(opened, folder, day, named._replace(title=title) if title else named, texts=texts, accuracy=figures)
    sys.stdout.write(f"{made}: written; `sha256sum --check SHA256SUMS` in it proves that it is whole.\n")


def rehydrate(
    release: Annotated[Path, typer.Argument(metavar="RELEASE", help="The folder of a release.")],
    paths: Annotated[list[str] | None, typer.Argument(metavar="[PATH...]", help="Pages: files, folders, or -.")] = None,
    record: RecordPath = RECORD,
) -> None:
    """Make a record of a release; where it has no texts, they are filled in from the pages that you have."""
    from rasid.record import open_record
    from rasid.record.opening import check_place
    from rasid.record.rehydrating import fill_in
    from rasid.record.rehydrating import rehydrate as fill

    with tally() as counted:

        def articles() -> "Iterator[Article]":
            for read in good(read_articles(paths, None), counted) if paths else ():
                yield read.article

        check_place(record)
        filled = fill_in(release, articles())  # before a record is made
        with open_record(record) as opened:
            done = fill(opened, release, filled)
        sys.stdout.write(f"{record}: {done.found:,} of {done.articles:,} articles, with all that was coded of them.\n")


def _named(record: "Record", officials: bool) -> "AbstractContextManager[Record]":
    """The record, or one like it that names of persons only officials."""
    from rasid.record.officials import record_of_officials

    return record_of_officials(record) if officials else nullcontext(record)


def _files(path: Path, names: list[str], format: str | None) -> Iterator[tuple[str, Path]]:
    if len(names) == 1 and not path.is_dir() and (path.suffix or not format):
        yield names[0], path
        return
    if not format:
        raise InputError(f"{path}: to write tables into a folder, say in which --format: {_FORMATS.split(';')[0]}")
    path.mkdir(parents=True, exist_ok=True)
    yield from ((name, path / f"{name}.{format}") for name in names)
