"""Plain tables for people: columns as wide as they need to be, Arabic last in its cell."""

from collections.abc import Iterable, Sequence

from rich.table import Table
from rich.text import Text

from rasid.show.table import open_console
from rasid.show.words import number_of


def print_table(columns: Sequence[str], rows: Iterable[Sequence[object]], noun: str) -> None:
    """Print rows under their columns, and below how many there are; None is an empty cell."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(Text("" if cell is None else str(cell)) for cell in row))
    console = open_console()
    if table.row_count:
        console.print(table)
    console.print(Text(f"{number_of(table.row_count, noun)}.", style="dim"))
