"""`rasid doctor`: whether what rasid stands on is here, a line each, with what to do where it is not."""

import re
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from importlib import metadata
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

import typer

from rasid.cli_input import BAD_INPUT, RECORD, RecordPath, choose, print_lines
from rasid.errors import RasidError

State = Literal["well", "note", "fault"]  # a note is something to know; only a fault keeps rasid from working
FOR_PEOPLE = ("dev", "docs", "train")  # extras of those who work on rasid
STRICT_SINCE = (3, 37)  # SQLite
ROOM = 1_000_000_000  # bytes free beside a record, below which it is worth a line
_PACKAGE = re.compile(r"[\w.-]+")
_EXTRA = re.compile(r"\bextra ?== ?['\"](\w+)['\"]$")
_MARKS = {"well": ("✓", "green"), "note": ("·", "yellow"), "fault": ("✗", "red")}
_SENTENCE = "زار الرئيس الفرنسي الجزائر أمس."


class Finding(NamedTuple):
    """What was looked at, how it is, and what to do; empty where there is nothing to do."""

    what: str
    state: State
    found: str
    do: str = ""


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(doctor)


def doctor(
    record: RecordPath = RECORD,
    format: Annotated[str, typer.Option(metavar="FORMAT", help="table or jsonl.")] = "table",
) -> None:
    """Look whether all is here that rasid needs: versions, extras, SQLite, weights, fonts, the record. Status 2 if not."""
    writers: dict[str, Callable[[list[Finding]], None]] = {
        "table": _print_table,
        "jsonl": lambda findings: print_lines(finding._asdict() for finding in findings),
    }
    write = choose(format, writers)
    findings = list(examine(record))
    write(findings)
    if any(finding.state == "fault" for finding in findings):
        raise SystemExit(BAD_INPUT)


def examine(record: Path) -> Iterator[Finding]:
    """All findings; nothing is written, neither to the record nor elsewhere."""
    yield _versions()
    yield from _packages()
    yield _sqlite()
    yield _coding()
    yield _fonts()
    yield _letters()
    yield _record(record)


def _versions() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < (3, 11):  # noqa: UP036  (a folder copied by hand is stopped by no installer)
        return Finding("Python", "fault", version, "rasid needs Python 3.11 or newer")
    return Finding("Python", "well", f"{version}, rasid {metadata.version('rasid')}")


def _packages() -> Iterator[Finding]:
    """What is always needed, then extra by extra."""
    needed: dict[str, list[str]] = {}
    for line in metadata.requires("rasid") or []:
        only_for = _EXTRA.search(line)
        if found := _PACKAGE.match(line):
            needed.setdefault(only_for[1] if only_for else "", []).append(found[0])
    if missing := _missing(needed.pop("", [])):
        yield Finding("packages", "fault", f"not installed: {', '.join(missing)}", "pip install --force-reinstall rasid")
    else:
        yield Finding("packages", "well", "all installed")
    for extra, names in sorted(needed.items()):
        if extra not in FOR_PEOPLE:
            without = _missing(names)
            install = f'pip install "rasid[{extra}]", if you want it' if without else ""
            yield Finding(
                f"extra {extra}",
                "note" if without else "well",
                f"without {', '.join(without)}" if without else "installed",
                install,
            )


def _missing(names: list[str]) -> list[str]:
    return sorted(name for name in names if not _installed(name))


def _installed(name: str) -> bool:
    try:
        metadata.version(name)
    except metadata.PackageNotFoundError:
        return False
    return True


def _sqlite() -> Finding:
    import sqlite3

    version = sqlite3.sqlite_version
    do = "use a Python whose SQLite is 3.37 or newer and has FTS5 (that of python.org, conda or your system does)"
    if sqlite3.sqlite_version_info < STRICT_SINCE:
        return Finding("SQLite", "fault", f"{version} knows no STRICT tables", do)
    with closing(sqlite3.connect(":memory:")) as connection:
        try:
            connection.execute("CREATE VIRTUAL TABLE words USING fts5(text)")
        except sqlite3.Error:
            return Finding("SQLite", "fault", f"{version} has no full-text search (FTS5)", do)
    return Finding("SQLite", "well", f"{version}, with STRICT tables and full-text search")


def _coding() -> Finding:
    """Weights and lexicons are there and fit each other if a sentence is coded as it should be."""
    from rasid import code
    from rasid.coder import coder_version

    do = "pip install --force-reinstall rasid"
    begin = time.perf_counter()
    try:
        events = code(_SENTENCE, date="2021-11-24").events
    except (OSError, ValueError, KeyError, RasidError) as error:
        return Finding("coder", "fault", f"cannot code: {error}", do)
    took = time.perf_counter() - begin
    if [event.type for event in events] != ["CONSULT"]:
        return Finding("coder", "fault", "a plain sentence about a visit is not coded as one", do)
    return Finding("coder", "well", f"{coder_version()}: weights and lexicons read, first sentence coded in {took:.1f} s")


def _fonts() -> Finding:
    from rasid.analysis.charts.writing import FONTS

    if not any(FONTS.glob("*.ttf")):
        return Finding("fonts", "fault", f"none in {FONTS}", "pip install --force-reinstall rasid")
    return Finding("fonts", "well", "the charts' own Arabic font is there")


def _letters() -> Finding:
    if (sys.stdout.encoding or "").lower().replace("-", "") != "utf8":
        return Finding("output", "note", f"standard output is {sys.stdout.encoding}", "set PYTHONUTF8=1")
    return Finding("output", "well", "UTF-8")


def _record(path: Path) -> Finding:
    """The record, looked at without opening it for writing: an older one is not brought up to date by asking how it is."""
    from rasid.record.migrating import schema_version
    from rasid.record.opening import check_place

    what = f"record {path}"
    if not path.exists():
        return Finding(what, "note", "there is none yet", f"rasid ingest PAGES --record {path}")
    try:
        check_place(path, create=False)
        version, articles = _look_at(path)
    except RasidError as error:
        return Finding(
            what, "fault", str(error).removeprefix(f"{path}: "), "name another with --record, or go back to a backup"
        )
    free = shutil.disk_usage(path.absolute().parent).free
    counted = f"{articles:,} articles, schema {version}"
    if version < schema_version():
        return Finding(
            what, "note", counted, f"is brought up to schema {schema_version()} when it is next opened; a copy is kept"
        )
    if free < ROOM:
        return Finding(what, "note", f"{counted}; {free / 1e6:,.0f} MB free", "make room on its disk before ingesting")
    return Finding(what, "well", f"{counted}; `rasid check` proves that it is whole")


def _look_at(path: Path) -> tuple[int, int]:
    """Schema and number of articles of a record that is only read.

    Raises:
        RecordError: it is no record, damaged, or of a newer rasid.
    """
    import sqlite3

    from rasid.errors import RecordError
    from rasid.record.migrating import APPLICATION_ID, check_not_newer, number_of
    from rasid.record.opening import as_record_errors

    with (
        as_record_errors(path),
        closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection,
    ):
        if number_of(connection, "application_id") != APPLICATION_ID:
            raise RecordError(f"{path}: is no record of rasid")
        check_not_newer(connection, path)
        return number_of(connection, "user_version"), connection.execute("SELECT count(*) FROM articles").fetchone()[0]


def _print_table(findings: list[Finding]) -> None:
    from rich.markup import escape

    from rasid.show.table import open_console

    console = open_console()
    width = max(len(finding.what) for finding in findings)
    for finding in findings:
        mark, colour = _MARKS[finding.state]
        said = escape(finding.found + (f": {finding.do}" if finding.do else ""))
        console.print(f"[{colour}]{mark}[/] {escape(finding.what.ljust(width))}  {said}", soft_wrap=True)
