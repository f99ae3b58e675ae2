"""Where pages come from: files, folders, rows of JSONL, standard input. What a file is comes from its bytes, not its name."""

import datetime as dt
import io
import json
import os
import re
import stat
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from typing import Any, BinaryIO, NamedTuple

from rasid.errors import InputError
from rasid.model import Page

LARGEST = 10_000_000  # bytes of a page, or of a row
_ROW = re.compile(rb"\{\s*(?:\"|\}|$)")
_TEXTS = ("id", "title", "url", "source")
_BOM = b"\xef\xbb\xbf"
_SURROGATE = re.compile("[\ud800-\udfff]")
_DAY = re.compile(r"\d{4}-\d\d-\d\d(?:[T ].*)?")


class Failure(NamedTuple):
    """What could not be read: where (`notes.jsonl:7`), and why, in one line."""

    name: str
    reason: str


class Row(NamedTuple):
    """A row of JSONL: where it stands, and the object, or in its place why there is none."""

    name: str
    content: dict[str, Any] | str


def read_pages(paths: Sequence[str], stdin: BinaryIO | None = None) -> Iterator[Page | Failure]:
    """The pages of files and folders, in order; a bad one is a `Failure` and the rest goes on.

    Args:
        paths: files (HTML, text, JSONL), folders (with all below them, sorted), and `-` for `stdin`.
        stdin: what `-` reads.
    """
    for path in paths:
        if path == "-":
            yield from _read_stream(stdin or io.BytesIO(), "-", is_file=False)
        elif os.path.isdir(path):
            yield from _read_folder(path)
        else:
            yield from _read_file(path)


def read_rows(paths: Sequence[str], stdin: BinaryIO | None = None) -> Iterator[Row]:
    """The rows of JSONL files, and of `stdin` for `-`, whatever their keys are."""
    for path in paths:
        try:
            with nullcontext(stdin or io.BytesIO()) if path == "-" else open(path, "rb") as stream:
                yield from _rows(stream.readline(LARGEST + 1), stream, path, 1)
        except (OSError, ValueError) as problem:
            yield Row(path, _why(problem))


def read_date(text: str) -> dt.date:
    """The day that a user gives.

    Raises:
        InputError: it is none.
    """
    day = _day(text)
    if day is None:
        raise InputError(f'"{text}" is no date (use 2021-11-24)')
    return day


def _read_folder(path: str) -> Iterator[Page | Failure]:
    files = 0
    problems: list[OSError] = []
    for folder, folders, names in os.walk(path, onerror=problems.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = os.path.join(folder, name)
            if not name.startswith(".") and os.path.isfile(file):
                files += 1
                yield from _read_file(file)
    yield from (Failure(problem.filename or path, _why(problem)) for problem in problems)
    if files == 0 and not problems:
        yield Failure(path, "the folder holds no files")


def _read_file(path: str) -> Iterator[Page | Failure]:
    try:
        if not (stat.S_ISREG(mode := os.stat(path).st_mode) or stat.S_ISFIFO(mode)):
            yield Failure(path, "this is neither a file nor a folder")
            return
        with open(path, "rb") as file:
            yield from _read_stream(file, path, is_file=True)
    except (OSError, ValueError) as problem:  # ValueError: a NUL in the path
        yield Failure(path, _why(problem))


def _read_stream(stream: BinaryIO, name: str, is_file: bool) -> Iterator[Page | Failure]:
    """One page, or the rows of JSONL where the first line that is not blank begins a JSON object."""
    blank = 0
    first = stream.readline(LARGEST + 1)
    while first and not first.removeprefix(_BOM).strip():
        blank += 1
        first = stream.readline(LARGEST + 1)
    if _ROW.match(first.removeprefix(_BOM).lstrip()):
        for row in _rows(first, stream, name, blank + 1):
            yield Failure(row.name, row.content) if isinstance(row.content, str) else _page_of(row.content, row.name)
        return
    content = first + stream.read(LARGEST + 1 - len(first)) if first else first
    if len(content) > LARGEST:
        yield Failure(name, f"the page is larger than {LARGEST // 1_000_000} MB")
    else:
        yield Page(content, name)


def _rows(first: bytes, stream: BinaryIO, name: str, number: int) -> Iterator[Row]:
    line = first
    while line:
        where = f"{name}:{number}"
        if len(line) > LARGEST:
            yield Row(where, f"the row is larger than {LARGEST // 1_000_000} MB")
            while line and not line.endswith(b"\n"):
                line = stream.readline(LARGEST + 1)
        elif line.strip():
            yield Row(where, _object(line))
        line = stream.readline(LARGEST + 1)
        number += 1


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


def _page_of(row: dict[str, Any], where: str) -> Page | Failure:
    """The page of a row `{"id", "text"}` with, if given, `date`, `title`, `url` and `source`; other keys are left alone."""
    text = row.get("text")
    if not isinstance(text, str):
        return Failure(where, 'the row has no "text"' if text is None else f'"text" is {_shown(text)}, not a text')
    for key in _TEXTS:
        value = row.get(key)
        if value is not None and not isinstance(value, str) and not (key == "id" and isinstance(value, int | float)):
            return Failure(where, f'"{key}" is {_shown(value)}, not a text')
    if any(isinstance(row.get(key), str) and _SURROGATE.search(row[key]) for key in ("text", *_TEXTS)):
        return Failure(where, "the row holds half a character (a lone \\ud800 to \\udfff)")
    date = row.get("date")
    day = _day(date)
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
        is_text=True,
    )


def _day(value: Any) -> dt.date | None:
    """The day of `2021-11-24` or `2021-11-24T10:00:00Z`; None for anything else."""
    if not isinstance(value, str) or not _DAY.fullmatch(value.strip()):
        return None
    try:
        return dt.date.fromisoformat(value.strip()[:10])
    except ValueError:
        return None


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else text[:57] + "..."


def _why(problem: Exception) -> str:
    match problem:
        case FileNotFoundError():
            return "there is no such file or folder"
        case PermissionError():
            return "it may not be read (permission denied)"
        case OSError():
            return f"it cannot be read: {(problem.strerror or str(problem)).lower()}"
        case _:
            return f"it cannot be read: {problem}"
