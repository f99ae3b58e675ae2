"""Tables with named columns: CSV, XLSX, Parquet. A row at a time, however long the table."""

import csv
import io
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO
from zipfile import ZipFile

from rasid.errors import InputError
from rasid.model import Page
from rasid.pages import found
from rasid.pages.encoding import encoding_of
from rasid.pages.found import Failure, Skipped
from rasid.pages.kinds import HEAD, split_header
from rasid.pages.packed import BROKEN, look
from rasid.pages.rows import Columns, fields_of, page_of_cells

_ROWS_AT_ONCE = 64  # of a Parquet file: few enough that even the longest articles are some megabytes
_SHARED = 400_000_000  # bytes of a workbook's common texts, which are read at once
Cells = Sequence[Any]


def read_csv(stream: BinaryIO, name: str, columns: Columns) -> Iterator[Page | Failure]:
    """The pages of a CSV file, whatever stands between its columns (comma, semicolon, tab) and whatever its encoding is."""
    head, stream = look(stream, HEAD)
    text = io.TextIOWrapper(stream, encoding_of(head), errors="replace", newline="")
    first = text.readline(found.LARGEST).lstrip("\ufeff")
    header = split_header(first.rstrip("\r\n"))
    if header is None:
        yield Failure(name, "the first line of the table does not name its columns")
        return
    names, delimiter = header
    csv.field_size_limit(found.LARGEST)
    lines = iter(lambda: text.readline(found.LARGEST), "")  # one that never ends is read in parts, and is too large a field
    reader = csv.reader(lines, delimiter=delimiter)
    yield from _pages(_csv_rows(reader), names, name, columns)


def read_xlsx(archive: ZipFile, file: BinaryIO, name: str, columns: Columns) -> Iterator[Page | Failure | Skipped]:
    """The pages of the sheets of a workbook that have a column of texts; their first row names the columns."""
    shared = sum(info.file_size for info in archive.infolist() if "sharedStrings" in info.filename)
    if shared > _SHARED:
        yield Failure(name, "the workbook is too large; save it as CSV")
        return
    from openpyxl import load_workbook

    try:
        book = load_workbook(file, read_only=True, data_only=True)
    except Exception as problem:  # openpyxl lets out whatever a damaged file makes it stumble over
        yield Failure(name, f"the workbook cannot be read: {problem}")
        return
    sheets = book.worksheets
    for sheet in sheets:
        where = name if len(sheets) == 1 else f"{name}!{sheet.title}"
        rows = _xlsx_rows(sheet.iter_rows(values_only=True))
        names: Cells = next((cells for _, cells in rows if any(cells)), ())
        if len(sheets) > 1 and not _has_text(names, columns):
            yield Skipped(where, "the sheet has no column of texts")
        else:
            yield from _pages(rows, ["" if cell is None else str(cell) for cell in names], where, columns)


def read_parquet(file: BinaryIO, name: str, columns: Columns) -> Iterator[Page | Failure]:
    """The pages of a Parquet file."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.ParquetFile(file, pre_buffer=False)
        fields = fields_of(table.schema_arrow.names, columns)
        wanted = [table.schema_arrow.names[position] for position in fields.values()]
        batches = table.iter_batches(batch_size=_ROWS_AT_ONCE, columns=wanted, use_threads=False)
        rows = (row for batch in batches for row in zip(*(batch[column].to_pylist() for column in wanted), strict=True))
        for number, cells in enumerate(rows, 1):
            page = page_of_cells(dict(zip(fields, cells, strict=True)), f"{name}:{number}")
            if page:
                yield page
    except (pa.ArrowException, *BROKEN) as problem:
        reason = str(problem) if isinstance(problem, InputError) else f"the Parquet file cannot be read: {_first_line(problem)}"
        yield Failure(name, reason)


def _pages(rows: Iterable[tuple[int, Cells]], names: list[str], name: str, columns: Columns) -> Iterator[Page | Failure]:
    try:
        fields = fields_of(names, columns)
    except InputError as problem:
        yield Failure(name, str(problem))
        return
    for number, cells in rows:
        where = f"{name}:{number}"
        if cells and isinstance(cells[0], csv.Error):
            yield Failure(where, f"the row cannot be read: {cells[0]}")
            continue
        page = page_of_cells({field: cells[place] for field, place in fields.items() if place < len(cells)}, where)
        if page:
            yield page


def _csv_rows(reader: Any) -> Iterator[tuple[int, Cells]]:
    """Each row with the line on which it begins, or in place of its cells what is wrong with it."""
    while True:
        line = reader.line_num + 2  # the first is the header, which was read before
        try:
            yield line, next(reader)
        except StopIteration:
            return
        except csv.Error as problem:
            yield line, (problem,)


def _xlsx_rows(rows: Iterable[Cells]) -> Iterator[tuple[int, Cells]]:
    try:
        yield from enumerate(rows, 1)
    except Exception as problem:  # as above
        yield sys.maxsize, (csv.Error(_first_line(problem)),)


def _has_text(names: Cells, columns: Columns) -> bool:
    try:
        fields_of([str(name) for name in names], columns)
    except InputError:
        return False
    return True


def _first_line(problem: BaseException) -> str:
    return str(problem).partition("\n")[0]
