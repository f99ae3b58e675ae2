"""Where benchmarks put what they measured: a table in the terminal, and the same table in a page of docs/."""

import os
import platform
import sys
from importlib.metadata import version
from pathlib import Path

from rich.console import Console
from rich.table import Table

Row = tuple[str, ...]
_BEGIN, _END = "<!-- measured: begin -->", "<!-- measured: end -->"


def machine() -> str:
    """What this ran on: processor, cores, system, Python and the libraries that count."""
    python = f"{platform.python_implementation()} {platform.python_version()}"
    libraries = ", ".join(f"{name} {version(name)}" for name in ("trafilatura", "lxml"))
    return f"{_processor()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}; {python}; {libraries}"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or "unknown processor"
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown processor")


def show(title: str, header: Row, rows: list[Row], notes: list[str]) -> None:
    """Print the table; an empty row is a line between groups."""
    table = Table(*header, title=title, title_justify="left", caption="\n".join(notes), caption_justify="left")
    for column in table.columns[1:]:
        column.justify = "right"
    for row in rows:
        table.add_row(*row) if row else table.add_section()
    Console(width=None if sys.stdout.isatty() else 110).print(table)


def write(path: Path, header: Row, rows: list[Row], notes: list[str]) -> None:
    """Put the table into the page at `path`, between the two comments that mark its place."""
    page = path.read_text(encoding="utf-8")
    before, _, rest = page.partition(_BEGIN)
    _, _, after = rest.partition(_END)
    lines = [header, ("---", *("---:" for _ in header[1:])), *(row for row in rows if row)]
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    said = "".join(f"\n{note}\n" for note in notes)
    path.write_text(f"{before}{_BEGIN}\n{table}\n{said}{_END}{after}", encoding="utf-8")
