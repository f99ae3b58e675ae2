"""`rasid validate`: a sample of one's own record for people to code blind, and what their coding says of it."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rasid.cli_input import print_lines
from rasid.errors import InputError

if TYPE_CHECKING:
    from rasid.record.intercoder import Share
    from rasid.record.validation import Figures, Validation

app = typer.Typer(
    add_completion=False, no_args_is_help=True, help="Measure your own record: a sample that people code blind, and its result."
)
RecordPath = Annotated[Path, typer.Option("--record", metavar="FILE", help="The record, one SQLite file.")]
Format = Annotated[str, typer.Option(metavar="FORMAT", help="table or jsonl.")]
Folder = Annotated[Path, typer.Option("--output", "-o", metavar="FOLDER", help="Where the sheets go.")]
Coders = Annotated[str, typer.Option(metavar="NAMES", help="Who codes, with commas between; each gets a sheet.")]
RECORD = Path("rasid.sqlite")


@app.command()
def draw(
    record: RecordPath = RECORD,
    coders: Coders = "coder",
    size: Annotated[int, typer.Option(metavar="N", help="How many sentences.")] = 200,
    seed: Annotated[int, typer.Option(metavar="N", help="The same seed draws the same sample.")] = 1,
    output: Folder = Path("validation"),
    format: Annotated[str, typer.Option(metavar="FORMAT", help="xlsx, with lists to choose from, or csv.")] = "xlsx",
) -> None:
    """Draw sentences of the record, those without events included, and write a sheet for each coder."""
    from rasid.record import open_record
    from rasid.record.sheets import FORMATS, write_sheet
    from rasid.record.validation import draw as draw_sample
    from rasid.record.validation import load_items, shown

    names = [name.strip() for name in coders.split(",") if name.strip()]
    if format not in FORMATS:
        raise InputError(f'there is no format "{format}" here (one of {", ".join(FORMATS)})')
    if not names or len(set(names)) != len(names) or any(Path(name).name != name for name in names):
        raise InputError(f'"{coders}" are no names for sheets (use a,b)')
    paths = [output / f"{name}.{format}" for name in names]
    for path in paths:
        if path.exists():
            raise InputError(f"{path} is there already, perhaps with somebody's work in it (use another --output)")
    with open_record(record, create=False) as opened:
        sample = draw_sample(opened, size, seed)
        sentences = shown(opened, load_items(opened, sample))
        try:
            output.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError(f"{output}: cannot be made ({error.strerror})") from error
        for path in paths:
            write_sheet(path, sample, sentences)
    sys.stdout.write(f"Validation {sample}: {len(sentences):,} sentences, in {', '.join(map(str, paths))}.\n")


@app.command()
def read(
    sheets: Annotated[list[Path], typer.Argument(metavar="SHEET...", help="Filled in; a file's name is its coder's.")],
    record: RecordPath = RECORD,
    format: Format = "table",
) -> None:
    """Read sheets back: agreement between coders, precision and recall of the record by type; kept in the record."""
    from rasid.record import open_record
    from rasid.record.sheets import read_sheet
    from rasid.record.validation import read_back

    found = {path: read_sheet(path) for path in sheets}
    ids = {validation for validation, _ in found.values()}
    if len(ids) != 1 or len({path.stem for path in sheets}) != len(sheets):
        raise InputError("the sheets must be of one validation, and each coder's file must have a name of its own")
    with open_record(record, create=False) as opened:
        result = read_back(opened, ids.pop(), {path.stem: coded for path, (_, coded) in found.items()})
    _print([result], format)


@app.command("list")
def list_(record: RecordPath = RECORD, format: Format = "table") -> None:
    """Show the validations of the record and what they found."""
    from rasid.record import open_record
    from rasid.record.validation import load_validations

    with open_record(record, create=False) as opened:
        _print(load_validations(opened), format)


def _print(found: "Iterable[Validation]", format: str) -> None:
    if format == "jsonl":
        print_lines({**one._asdict(), "figures": [{**row._asdict(), **_shares(row)} for row in one.figures]} for one in found)
    elif format == "table":
        for one in found:
            _print_table(one)
    else:
        raise InputError(f'there is no format "{format}" here (one of table, jsonl)')


def _shares(row: "Figures") -> dict[str, object]:
    return {
        "precision": row.precision and row.precision._asdict(),
        "recall": row.recall and row.recall._asdict(),
    }


def _print_table(one: "Validation") -> None:
    from rich.table import Table

    from rasid.show.table import open_console

    who = ", ".join(one.coders) or "nobody yet"
    title = f"Validation {one.id}, drawn {one.at}, seed {one.seed}: {one.sentences:,} sentences, coded by {who}"
    table = Table("type", "people", "rasid", "alpha", "precision", "recall", title=title, title_justify="left")
    for column in table.columns[1:]:
        column.justify = "right"
    for row in one.figures:
        agreed = "" if row.alpha is None else f"{row.alpha:.2f}"
        table.add_row(row.type, f"{row.people:,}", f"{row.machine:,}", agreed, _said(row.precision), _said(row.recall))
    open_console().print(table)


def _said(share: "Share | None") -> str:
    return f"{share.value:.2f} ({share.low:.2f} to {share.high:.2f})" if share else ""
