"""Rows: lines of JSON, and what makes a row a page."""

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from rasid.errors import InputError
from rasid.lexicon import read_table, variants
from rasid.model import Page
from rasid.pages import found
from rasid.pages.dateline import read_date as read_written_date
from rasid.pages.found import Failure

Columns = Mapping[str, str]  # field -> the name that the user says it goes by
_TEXTS = ("id", "title", "url", "source")
_SURROGATE = re.compile("[\ud800-\udfff]")
_DAY = re.compile(r"\d{4}-\d\d-\d\d(?:[T ].*)?")


class Row(NamedTuple):
    """A row of JSONL: where it stands, and the object, or in its place why there is none."""

    name: str
    content: dict[str, Any] | str


def rows_of(stream: BinaryIO, name: str) -> Iterator[Row]:
    """The rows of JSON lines, whatever their keys are; blank lines are passed over."""
    number = 1
    line = stream.readline(found.LARGEST + 1)
    while line:
        where = f"{name}:{number}"
        if len(line) > found.LARGEST:
            yield Row(where, found.too_large("row"))
            while line and not line.endswith(b"\n"):
                line = stream.readline(found.LARGEST + 1)
        elif line.strip() and (number > 1 or line.removeprefix(b"\xef\xbb\xbf").strip()):
            yield Row(where, _object(line))
        line = stream.readline(found.LARGEST + 1)
        number += 1


def pages_of_rows(stream: BinaryIO, name: str, columns: Columns) -> Iterator[Page | Failure]:
    """The pages of JSON lines."""
    for row in rows_of(stream, name):
        if isinstance(row.content, str):
            yield Failure(row.name, row.content)
        else:
            yield page_of({**row.content, **_named(row.content, columns)}, row.name)


def page_of(row: Mapping[str, Any], where: str) -> Page | Failure:
    """The page of a row `{"id", "text"}` with, if given, `date`, `title`, `url` and `source`; other keys are left alone.

    Where the row has `html` and no `text`, that is the page, to be cleaned.
    """
    is_html = row.get("text") is None and isinstance(row.get("html"), str)
    text = row["html"] if is_html else row.get("text")
    if not isinstance(text, str):
        return Failure(where, 'the row has no "text"' if text is None else f'"text" is {_shown(text)}, not a text')
    for key in _TEXTS:
        value = row.get(key)
        if value is not None and not isinstance(value, str) and not (key == "id" and isinstance(value, int | float)):
            return Failure(where, f'"{key}" is {_shown(value)}, not a text')
    if any(isinstance(row.get(key), str) and _SURROGATE.search(row[key]) for key in ("text", *_TEXTS)):
        return Failure(where, "the row holds half a character (a lone \\ud800 to \\udfff)")
    date = row.get("date")
    day = day_of(date)
    if day is None and date not in (None, ""):
        return Failure(where, f'"date" is {_shown(date)}, which is no date (use 2021-11-24)')
    name = row.get("id")
    return Page(
        content=text,
        name=where,
        id=None if name is None else str(name),
        url=row.get("url") or None,
        title=row.get("title") or None,
        source=row.get("source") or None,
        date=day,
        is_text=not is_html,
    )


def page_of_cells(cells: Mapping[str, Any], where: str) -> Page | Failure | None:
    """The page of a table's row, by field; None for a row that is blank.

    A table's dates may be days of a spreadsheet or written in any full way (24/11/2021, day first).
    """
    row = {field: _plain(value) for field, value in cells.items()}
    row = {field: value for field, value in row.items() if value != "" and value is not None}
    if not row:
        return None
    date = row.get("date")
    if isinstance(date, str) and day_of(date) is None and (written := read_written_date(date)):
        row["date"] = written.isoformat()
    for key in ("title", "url", "source"):
        if isinstance(row.get(key), int | float):
            row[key] = str(row[key])
    return page_of(row, where)


def fields_of(names: list[str], columns: Columns) -> dict[str, int]:
    """Which field each of a table's columns is: field -> position.

    Raises:
        InputError: a column that the user names is not there, or none holds the text.
    """
    positions = {name.strip().lower(): position for position, name in reversed(list(enumerate(names)))}
    found: dict[str, int] = {}
    for field, known in _names().items():
        if field in columns and columns[field].strip().lower() not in positions:
            raise InputError(f'there is no column "{columns[field]}" (there are {", ".join(names[:20])})')
        wanted = (columns[field].strip().lower(),) if field in columns else known
        position = next((positions[name] for name in wanted if name in positions), None)
        if position is not None:
            found[field] = position
    if not found.keys() & {"text", "html"}:
        there_are = f" (there are {', '.join(names[:20])})" if names else ""
        raise InputError(f"no column holds the text; say which, as --column text={names[0] if names else 'NAME'}{there_are}")
    return found


def text_columns(columns: Columns) -> set[str]:
    """The names, in lower case, by one of which a table is known."""
    named = {columns[field].strip().lower() for field in ("text", "html") if field in columns}
    return {name for field in ("text", "html") for name in _names()[field]} | named


def read_columns(pairs: list[str]) -> dict[str, str]:
    """The columns that a user names, `text=body`.

    Raises:
        InputError: a pair that is none, or a field that there is not.
    """
    columns = {}
    for pair in pairs:
        field, equals, name = pair.partition("=")
        if not equals or not name.strip() or field not in _names():
            raise InputError(f'"{pair}" names no column (use text=NAME, or one of {", ".join(_names())})')
        columns[field] = name.strip()
    return columns


def read_date(text: str) -> dt.date:
    """The day that a user gives.

    Raises:
        InputError: it is none.
    """
    day = day_of(text)
    if day is None:
        raise InputError(f'"{text}" is no date (use 2021-11-24)')
    return day


def day_of(value: Any) -> dt.date | None:
    """The day of `2021-11-24` or `2021-11-24T10:00:00Z`; None for anything else."""
    if not isinstance(value, str) or not _DAY.fullmatch(value.strip()):
        return None
    try:
        return dt.date.fromisoformat(value.strip()[:10])
    except ValueError:
        return None


def _named(row: Mapping[str, Any], columns: Columns) -> dict[str, Any]:
    return {field: row.get(name) for field, name in columns.items()}


def _object(line: bytes) -> dict[str, Any] | str:
    """The JSON object in a line, or why there is none."""
    try:
        row = json.loads(line.decode("utf-8-sig").rstrip())
    except UnicodeDecodeError:
        return "the row is not UTF-8"
    except json.JSONDecodeError as problem:
        what = problem.msg[:1].lower() + problem.msg[1:]
        return f"the row is not valid JSON: {what} at character {problem.colno}"
    except (ValueError, RecursionError):
        return "the row is not JSON that can be read"
    return row if isinstance(row, dict) else 'the row is not a JSON object such as {"id": "1", "text": "..."}'


def _plain(value: Any) -> Any:
    """A cell as JSON would have it: days and times of day as text."""
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()[:10]
    if isinstance(value, float) and value.is_integer():
        return int(value)  # an id in a spreadsheet
    return value if isinstance(value, str | int | float | None) else str(value)


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else text[:57] + "..."


@cache
def _names() -> dict[str, tuple[str, ...]]:
    """The names of each field's column, in lower case."""
    table = read_table(Path(__file__).parent / "lexicon" / "columns.csv", ("field", "names"))
    return {row.cells["field"]: tuple(name.lower() for name in variants(row.cells["names"])) for row in table}
