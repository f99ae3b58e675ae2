"""Where pages come from: files, folders, archives, exports, standard input, the web. Bytes say what a file is, not its name."""

import io
import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, BinaryIO, cast
from zipfile import ZipFile

from rasid.errors import InputError
from rasid.model import Page
from rasid.pages import found
from rasid.pages.found import Failure, Progress, Skipped, error_of_ours, too_large, why
from rasid.pages.kinds import HEAD, header_of_unknown, kind_of
from rasid.pages.packed import BROKEN, DEEPEST, copied, look, members, unpack
from rasid.pages.rows import Columns, Row, fields_of, pages_of_rows, rows_of, text_columns
from rasid.pages.sites import Sites
from rasid.pages.web.settings import Web

Found = Page | Failure | Skipped
_CHUNK = 65_536
_IS_LIST = "is a list of addresses; give it by itself, not in a folder or an archive, to have them fetched"


@dataclass(frozen=True)
class Reading:
    """How sources are read.

    Args:
        columns: of tables and rows, which column holds a field, where it is not called by a name that we know.
        web: how pages are fetched.
        progress: what is counted while reading.
        sites: what cleaning remembers from page to page (`read_article`); None to clean each page as if it were alone.
    """

    columns: Columns = field(default_factory=dict)
    web: Web = field(default_factory=Web)
    progress: Progress = field(default_factory=Progress)
    sites: Sites | None = None


def read_pages(paths: Sequence[str], stdin: BinaryIO | None = None, reading: Reading | None = None) -> Iterator[Found]:
    """The pages of sources, in order; a bad one is a `Failure` and the rest goes on.

    Args:
        paths: files and folders (with all below them, sorted), addresses (http, https), and `-` for `stdin`. A file may be HTML
            or text, JSON lines, CSV, XLSX, Parquet, WARC or WET, an export of Nexis, Factiva or Telegram, a list of addresses,
            a feed or a sitemap, whose pages are fetched, or any of that in gz, zstd or ZIP.
        stdin: what `-` reads.
        reading: how.
    """
    reading = reading or Reading()
    for are_addresses, group in groupby(paths, is_address):
        if are_addresses:
            addresses = list(group)
            yield from _to_the_end(_fetched(addresses, reading), addresses[0])
            continue
        for path in group:
            yield from _to_the_end(_read_path(path, stdin, reading), path)


def read_stream(stream: BinaryIO, name: str, reading: Reading) -> Iterator[Found]:
    """The pages that a stream of bytes holds, as those of a file in a folder: nothing is fetched from the web.

    Args:
        stream: read to its end; one that ends early gives what it has, and a failure.
        name: what the pages are named after.
        reading: how.
    """
    return _to_the_end(_read_stream(stream, name, reading, fetches=False), name)


def _to_the_end(source: Iterator[Found], name: str) -> Iterator[Found]:
    """What a source gives; where it breaks in a way that nobody thought of, the sources after it are read all the same."""
    try:
        yield from source
    except Exception as problem:
        yield Failure(name, error_of_ours(problem))


def _read_path(path: str, stdin: BinaryIO | None, reading: Reading) -> Iterator[Found]:
    if path == "-":
        yield from _read_stream(stdin or io.BytesIO(), "-", reading, is_file=False)
    elif os.path.isdir(path):
        yield from _read_folder(path, reading)
    else:
        yield from _read_file(path, reading)


def read_rows(paths: Sequence[str], stdin: BinaryIO | None = None) -> Iterator[Row]:
    """The rows of JSONL files, and of `stdin` for `-`, whatever their keys are."""
    for path in paths:
        try:
            with nullcontext(stdin or io.BytesIO()) if path == "-" else open(path, "rb") as stream:
                yield from rows_of(stream, path)
        except (OSError, ValueError) as problem:
            yield Row(path, why(problem))


def is_address(path: str) -> bool:
    """Whether a source is an address of the web."""
    return path.startswith(("http://", "https://"))


def source_of(name: str) -> str:
    """The source out of which a page of this name came: the file of `notes.jsonl:7`, `a.zip!b.html` or `crawl.warc.gz:12`."""
    source = name
    while not is_address(source) and not os.path.exists(source):
        cut = max(source.rfind(":"), source.rfind("!"))
        if cut <= 0:
            return name
        source = source[:cut]
    return source


def files_in(path: str, problems: list[OSError]) -> Iterator[str]:
    """The files of a folder and of all below it, sorted; hidden ones are passed over. Trouble is put into `problems`."""
    for folder, folders, names in os.walk(path, onerror=problems.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = os.path.join(folder, name)
            if not name.startswith(".") and os.path.isfile(file):
                yield file


def size_of(paths: Sequence[str]) -> int:
    """The bytes of files and folders, as they lie on the disk."""
    total = 0
    for path in paths:
        for file in files_in(path, []) if os.path.isdir(path) else [path]:
            try:
                total += os.stat(file).st_size
            except (OSError, ValueError):
                continue
    return total


class _Watched(io.RawIOBase):
    """A file whose bytes are counted as they are read."""

    def __init__(self, file: BinaryIO, progress: Progress) -> None:
        self._file, self._progress = file, progress

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        part = self._file.read(len(buffer))
        self._progress.bytes_read += len(part)
        buffer[: len(part)] = part
        return len(part)


def _read_folder(path: str, reading: Reading) -> Iterator[Found]:
    files = 0
    problems: list[OSError] = []
    for file in files_in(path, problems):
        files += 1
        yield from _read_file(file, reading, in_folder=True)
    yield from (Failure(problem.filename or path, why(problem)) for problem in problems)
    if files == 0 and not problems:
        yield Failure(path, "the folder holds no files")


def _read_file(path: str, reading: Reading, in_folder: bool = False) -> Iterator[Found]:
    try:
        mode = os.stat(path).st_mode
        if not (stat.S_ISREG(mode) or stat.S_ISFIFO(mode)):
            yield Failure(path, "this is neither a file nor a folder")
            return
        with open(path, "rb", buffering=0) as file:
            watched = cast(BinaryIO, io.BufferedReader(_Watched(cast(BinaryIO, file), reading.progress), _CHUNK))
            whole = path if stat.S_ISREG(mode) else None
            yield from _read_stream(watched, path, reading, is_file=whole is not None, whole=whole, fetches=not in_folder)
    except (OSError, ValueError) as problem:  # ValueError: a NUL in the path
        yield Failure(path, why(problem))


def _read_stream(
    stream: BinaryIO,
    name: str,
    reading: Reading,
    *,
    is_file: bool = True,
    whole: str | None = None,
    fetches: bool = True,
    depth: int = 0,
) -> Iterator[Found]:
    """What a stream holds, by its beginning.

    Args:
        stream: read to its end, or as far as it can be.
        name: of the source, as the user gave it.
        reading: how.
        is_file: whether its beginning can be waited for.
        whole: the file that it is, if it is one, for formats that must be read from their end.
        fetches: whether the addresses of a list may be fetched.
        depth: how many archives it is in.
    """
    try:
        head, stream = look(stream, HEAD, is_file)
        kind = kind_of(head, text_columns(reading.columns))
        if kind in ("gz", "zstd"):
            yield from _read_packed(stream, kind, name, reading, fetches, depth)
        elif kind in ("zip", "parquet"):
            with open(whole, "rb") if whole else copied(stream) as file:
                yield from _read_zip(file, name, reading, depth) if kind == "zip" else _read_parquet(file, name, reading)
        elif kind in ("feed", "sitemap", "addresses"):
            content = stream.read(found.LARGEST_LIST + 1)
            yield from _fetched_of(content, name, reading) if fetches else iter([Failure(name, _IS_LIST)])
        elif kind == "page" and (names := header_of_unknown(head)):
            yield Failure(name, _no_text_in(names, reading.columns))
        elif kind != "page":
            yield from _read_many(kind, stream, name, reading)
        else:
            content = stream.read(found.LARGEST + 1)
            yield Failure(name, too_large()) if len(content) > found.LARGEST else Page(content, name)
    except BROKEN as problem:
        yield Failure(name, str(problem) if isinstance(problem, InputError) else f"it is damaged: {problem}")


def _no_text_in(names: list[str], columns: Columns) -> str:
    """Why a table with columns of these names, none of which is known, cannot be read."""
    try:
        fields_of(names, columns)
    except InputError as problem:
        return str(problem)
    return "this looks like a table, but no page can be read out of it"


def _read_many(kind: str, stream: BinaryIO, name: str, reading: Reading) -> Iterator[Found]:
    """Formats that hold many articles and are read from their beginning."""
    from rasid.pages import exports, tables, warc

    match kind:
        case "rows":
            yield from pages_of_rows(stream, name, reading.columns)
        case "table":
            yield from tables.read_csv(stream, name, reading.columns)
        case "warc":
            yield from warc.read_warc(stream, name)
        case "telegram":
            yield from exports.read_telegram(stream, name)
        case "nexis":
            yield from exports.read_nexis(stream, name)
        case "factiva":
            yield from exports.read_factiva(stream, name)


def _read_packed(stream: BinaryIO, kind: str, name: str, reading: Reading, fetches: bool, depth: int) -> Iterator[Found]:
    if depth >= DEEPEST:
        yield Failure(name, f"archives are in archives more than {DEEPEST} times")
        return
    yield from _read_stream(unpack(stream, kind), name, reading, fetches=fetches, depth=depth + 1)


def _read_zip(file: BinaryIO, name: str, reading: Reading, depth: int) -> Iterator[Found]:
    from rasid.pages.tables import read_xlsx

    if depth >= DEEPEST:
        yield Failure(name, f"archives are in archives more than {DEEPEST} times")
        return
    with ZipFile(file) as archive:
        names = set(archive.namelist())
        if "xl/workbook.xml" in names:
            yield from read_xlsx(archive, file, name, reading.columns)
        elif "[Content_Types].xml" in names:
            yield Failure(name, "this is an office document; save it as text, HTML or CSV")
        elif not names:
            yield Failure(name, "the archive holds no files")
        else:
            for member, stream in members(archive):
                yield from _read_stream(stream, f"{name}!{member}", reading, fetches=False, depth=depth + 1)


def _read_parquet(file: BinaryIO, name: str, reading: Reading) -> Iterator[Found]:
    from rasid.pages.tables import read_parquet

    return read_parquet(file, name, reading.columns)


def _fetched(addresses: list[str], reading: Reading) -> Iterator[Found]:
    from rasid.pages.web.crawl import crawl

    return crawl(addresses, reading.web, reading.progress)


def _fetched_of(content: bytes, name: str, reading: Reading) -> Iterator[Found]:
    """The pages that a list, a feed or a sitemap in a file names."""
    from rasid.pages.web.crawl import crawl_list

    return crawl_list(content, name, reading.web, reading.progress)
