"""What bytes are: told from their beginning, never from a name."""

import csv
import re
from collections.abc import Collection
from contextlib import suppress
from itertools import islice
from typing import Literal

from rasid.pages.encoding import decode_start

Kind = Literal[
    "page",
    "rows",
    "table",
    "xlsx",
    "parquet",
    "zip",
    "gz",
    "zstd",
    "warc",
    "telegram",
    "nexis",
    "factiva",
    "feed",
    "sitemap",
    "addresses",
]
HEAD = 65_536  # bytes that are looked at
BOM = b"\xef\xbb\xbf"
DELIMITERS = ",;\t"
_ROWS_SEEN, _ROWS_NEEDED, _COLUMNS_SEEN = 20, 2, 3
_SIGNATURES: tuple[tuple[bytes, Kind], ...] = (
    (b"\x1f\x8b", "gz"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"\x5d\x2a\x4d\x18", "zstd"),  # with a dictionary before it, as some web archives have
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),  # an empty one
    (b"PAR1", "parquet"),
    (b"WARC/", "warc"),
)
_ROW = re.compile(rb"\{\s*(?:\"|\}|$)")
_TELEGRAM = re.compile(
    rb'\{\s*"(?:name|about|personal_information|type|id)"(?s:.*?)(?<!\\)"(?:messages"\s*:\s*\[|chats"\s*:\s*\{)'
)
_PROLOGUE = re.compile(rb"(?:\s+|<\?(?s:.*?)\?>|<!--(?s:.*?)-->|<!DOCTYPE[^>\[]*>)+")
_ROOT = re.compile(rb"<(?:[\w-]+:)?(rss|feed|RDF|urlset|sitemapindex)[\s>]")
_ADDRESS = re.compile(rb"https?://[^\s<>\"]+")
_NEXIS = re.compile(r"(?m)^\s*\d+ of \d+ DOCUMENTS\s*$|^L(?:ength|ENGTH):\s*[\d,]+ words\b")
_NEXIS_END = re.compile(r"(?m)^\s*(?:Body|Load-Date:.*|LOAD-DATE:.*|End of Document)\s*$")
_FACTIVA = re.compile(r"(?m)^(?:HD|SE) {2,}\S|^[\d,]+ words\s*$")
_FACTIVA_END = re.compile(r"(?m)^(?:(?:AN|PD|SN) {2,}\S.*|Document [A-Za-z0-9]{20,}\s*)$")


def kind_of(head: bytes, columns: Collection[str]) -> Kind:
    """What a file is that begins with `head` (up to `HEAD` bytes).

    Args:
        head: the beginning.
        columns: names that an article's text goes by in the first line of a table, in lower case.
    """
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            return kind
    start = head.removeprefix(BOM).lstrip()
    if start.startswith(b"{"):
        if _TELEGRAM.match(start) and not start.startswith(b'{"id"'):
            return "telegram"
        return "rows" if _ROW.match(start.partition(b"\n")[0].rstrip()) else "page"
    if start.startswith(b"<"):
        prologue = _PROLOGUE.match(start)
        root = _ROOT.match(start, prologue.end() if prologue else 0)
        return "page" if root is None else "sitemap" if root[1] in (b"urlset", b"sitemapindex") else "feed"
    if _are_addresses(start, whole=len(head) < HEAD):
        return "addresses"
    return _kind_of_text(decode_start(head), columns)


def split_header(line: str) -> tuple[list[str], str] | None:
    """The names in the first line of a table, and what stands between them; None where they are none."""
    for delimiter in sorted(DELIMITERS, key=line.count, reverse=True):
        names = [name.strip() for name in _cells(line, delimiter)]
        if all(name and len(name) <= 60 for name in names) and len(set(names)) == len(names) and names:
            return names, delimiter
    return None


def header_of_unknown(head: bytes) -> list[str] | None:
    """The names of the columns of what is a table by its form, though no name in it is known; None for all else.

    Three columns and two rows at least, all of one number of cells: prose with as many commas in each line there is not.
    """
    first, *rest = decode_start(head).lstrip("\ufeff").splitlines(keepends=True) or [""]
    header = split_header(first.rstrip("\r\n"))
    if header is None or len(header[0]) < _COLUMNS_SEEN:
        return None
    names, delimiter = header
    with suppress(csv.Error):
        rows = [row for row in islice(csv.reader(rest, delimiter=delimiter), _ROWS_SEEN) if row]
        if len(head) >= HEAD:
            rows = rows[:-1]  # the last may be cut off
        if len(rows) >= _ROWS_NEEDED and all(len(row) == len(names) for row in rows):
            return names
    return None


def _cells(line: str, delimiter: str) -> list[str]:
    with suppress(csv.Error):
        return next(csv.reader([line], delimiter=delimiter), [])
    return []


def _kind_of_text(text: str, columns: Collection[str]) -> Kind:
    first, _, rest = text.lstrip("\ufeff").partition("\n")
    header = split_header(first.rstrip("\r"))
    if header is not None and any(name.lower() in columns for name in header[0]) and _goes_on(rest, *header):
        return "table"
    if _NEXIS.search(text) and _NEXIS_END.search(text):
        return "nexis"
    if _FACTIVA.search(text) and _FACTIVA_END.search(text):
        return "factiva"
    return "page"


def _goes_on(rest: str, names: list[str], delimiter: str) -> bool:
    """Whether a row with as many cells follows the first line: else that is a text's, with a comma in it."""
    with suppress(csv.Error):
        row = next((cells for cells in csv.reader(rest.splitlines(keepends=True), delimiter=delimiter) if cells), [])
        return len(names) > 1 and (len(row) == len(names) or (len(rest) > HEAD // 4 and len(row) < len(names)))
    return len(names) > 1


def _are_addresses(start: bytes, whole: bool) -> bool:
    """Whether every line that is not blank or a remark is a web address; the last may be cut off."""
    lines = start.split(b"\n")
    lines = [line.strip() for line in (lines if whole or len(lines) == 1 else lines[:-1])]
    lines = [line for line in lines if line and not line.startswith(b"#")]
    return bool(lines) and all(map(_ADDRESS.fullmatch, lines))
