"""Tables as files: CSV, text, XLSX, Stata, JSON lines and Parquet. A file appears under its name when it is whole."""

import csv
import datetime as dt
import io
import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

from rasid.errors import InputError
from rasid.record.tables import Cell, Table

_ROWS_AT_ONCE = 10_000  # of a Parquet file: a few megabytes
_SHEET = 1_000_000  # rows of a sheet; Excel takes few more
_CELL = 32_767  # letters of a cell in Excel
_STATA_WORDS = frozenset(("end", "quad"))  # which mean something to Stata
_STATA_STRING = 2_045  # bytes of a string in Stata, beyond which it must be a long one
_PARQUET = {"text": "string", "integer": "int64", "real": "float64", "day": "date32"}
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")  # how a formula begins, also behind what is passed over
_LONG_AGO = dt.datetime(2000, 1, 1)  # in place of the time of making, so that a file made twice is the same


def save(table: Table, path: str | Path, format: str | None = None) -> int:
    """Write a table to a file, in the format that it is given or that its ending names; returns how many rows.

    Args:
        table: what to write.
        path: the file; one that is there is replaced when the new one is whole.
        format: `csv` (UTF-8 with the mark without which Excel garbles Arabic), `xlsx`, `dta` (Stata, which needs pandas),
            `jsonl`, `parquet`, or `txt`: tabs between cells and no header, as PETRARCH writes its lines.

    Raises:
        InputError: there is no such format, or the file cannot be written.
    """
    path = Path(path)
    format = format or path.suffix.lstrip(".")
    if format not in FORMATS:
        raise InputError(f'there is no format "{format}" here (one of {", ".join(FORMATS)})')
    with whole(path) as partial:
        return FORMATS[format](table, partial)


def write_csv(table: Table, out: TextIO, *, harmless: bool = False) -> int:
    """Write a header and a line for each row; returns how many rows. What is not known is empty.

    Args:
        table: what to write.
        out: where to.
        harmless: with `harmless_text` in place of each text, for files that spreadsheets open.
    """
    line = io.StringIO(newline="")
    writer = csv.writer(line)  # which quotes a cell with \r only if that ends its lines

    def write(cells: Iterable[Cell]) -> None:
        writer.writerow(cells)
        out.write(line.getvalue().removesuffix("\r\n") + "\n")
        line.seek(0)
        line.truncate()

    write(column.name for column in table.columns)
    count = 0
    for count, row in enumerate(table.rows(), 1):  # noqa: B007
        write([harmless_text(cell) if isinstance(cell, str) else cell for cell in row] if harmless else row)
    return count


def harmless_text(text: str) -> str:
    """`text` with an apostrophe before it, where a spreadsheet would take it for a formula and run it."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def write_jsonl(table: Table, out: TextIO) -> int:
    """Write a JSON object a line for each row; returns how many."""
    names = [column.name for column in table.columns]
    count = 0
    for count, row in enumerate(table.rows(), 1):  # noqa: B007
        out.write(json.dumps(dict(zip(names, map(_plain, row), strict=True)), ensure_ascii=False) + "\n")
    return count


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """A file to write to, which takes the name `path` once all is written, and else goes.

    Raises:
        InputError: it cannot be written.
    """
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        yield partial
        partial.replace(path)
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {error.strerror or error}") from error
    finally:
        partial.unlink(missing_ok=True)


def chunks(rows: Iterable[Any], number: int = _ROWS_AT_ONCE) -> Iterator[list[Any]]:
    """The rows, some at a time."""
    iterator = iter(rows)
    while chunk := list(islice(iterator, number)):
        yield chunk


def _plain(cell: Cell) -> Any:
    return cell.isoformat() if isinstance(cell, dt.date) else cell


def _save_csv(table: Table, path: Path) -> int:
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        return write_csv(table, out, harmless=True)


def _save_txt(table: Table, path: Path) -> int:
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as out:
        for count, row in enumerate(table.rows(), 1):  # noqa: B007
            out.write("\t".join("" if cell is None else " ".join(str(cell).split()) for cell in row) + "\n")
    return count


def _save_jsonl(table: Table, path: Path) -> int:
    with path.open("w", encoding="utf-8", newline="\n") as out:
        return write_jsonl(table, out)


def _save_parquet(table: Table, path: Path) -> int:
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pa.schema([(column.name, getattr(pa, _PARQUET[column.kind])()) for column in table.columns])
    count = 0
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for chunk in chunks(table.rows()):
            arrays = [pa.array(cells, field.type) for cells, field in zip(zip(*chunk, strict=True), schema, strict=True)]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))
            count += len(chunk)
    return count


def _save_xlsx(table: Table, path: Path) -> int:
    """Sheets of a million rows at most. Texts stay texts: nothing that a page says becomes a formula or a link."""
    import xlsxwriter

    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "default_date_format": "yyyy-mm-dd",
    }
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"created": _LONG_AGO})
        bold = book.add_format({"bold": True})
        names = [column.name for column in table.columns]
        sheet, count = _new_sheet(book, table.name[:31], names, bold), 0
        for count, row in enumerate(table.rows(), 1):
            if count > _SHEET and count % _SHEET == 1:
                sheet = _new_sheet(book, f"{table.name[:24]} {count // _SHEET + 1}", names, bold)
            _write_row(sheet, (count - 1) % _SHEET + 1, row)
    return count


def _new_sheet(book: Any, name: str, names: list[str], bold: Any) -> Any:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, names, bold)
    return sheet


def _write_row(sheet: Any, n: int, row: tuple[Cell, ...]) -> None:
    for column, cell in enumerate(row):
        if isinstance(cell, str):
            sheet.write_string(n, column, cell[:_CELL])
        elif isinstance(cell, dt.date) and cell.year >= 1900:  # Excel knows no days before
            sheet.write_datetime(n, column, cell)
        elif cell is not None:
            sheet.write(n, column, _plain(cell))


def _save_stata(table: Table, path: Path) -> int:
    try:
        import pandas as pd
    except ImportError:
        raise InputError('Stata files need pandas, which is not installed: pip install "rasid[pandas]"') from None
    rows = list(table.rows())
    columns = {column.name: pd.Series([row[n] for row in rows], dtype="object") for n, column in enumerate(table.columns)}
    frame = pd.DataFrame(columns)
    days: dict[str, Any] = {}
    for column in table.columns:
        cells = frame[column.name]
        if column.kind == "day":
            frame[column.name] = pd.to_datetime(cells.astype("object")).astype("datetime64[s]")
            days[column.name] = "td"
        elif column.kind == "text":
            frame[column.name] = cells.fillna("").astype(str)
        else:
            frame[column.name] = pd.to_numeric(cells).astype("float64")
    long = [
        c.name for c in table.columns if c.kind == "text" and frame[c.name].map(lambda t: len(t.encode())).max() > _STATA_STRING
    ]
    frame.columns = pd.Index([_stata_name(name) for name in frame.columns])
    frame.to_stata(
        path,
        write_index=False,
        version=118,
        convert_dates={_stata_name(name): unit for name, unit in days.items()},
        convert_strl=[_stata_name(name) for name in long],
        time_stamp=_LONG_AGO,
        data_label=f"rasid: {table.name}"[:80],
    )
    return len(rows)


def _stata_name(name: str) -> str:
    named = "".join(letter if letter.isalnum() else "_" for letter in name)[:32]
    return f"_{named}" if named in _STATA_WORDS else named


FORMATS: dict[str, Callable[[Table, Path], int]] = {
    "csv": _save_csv,
    "txt": _save_txt,
    "xlsx": _save_xlsx,
    "dta": _save_stata,
    "jsonl": _save_jsonl,
    "parquet": _save_parquet,
}
