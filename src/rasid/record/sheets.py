"""Sheets for blind coding: one a coder, CSV or XLSX with lists to choose from, and back."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from rasid.errors import InputError
from rasid.events.plover import types
from rasid.record.formats import harmless_text
from rasid.record.validation import NONE, Shown

_CODED = ("type 1", "type 2", "type 3")
_COLUMNS = ("validation", "sentence no.", "date", "outlet", "title", "sentence before", "sentence", *_CODED)
_WIDTHS = (14, 8, 11, 16, 30, 50, 80, 14, 14, 14)
FORMATS = ("csv", "xlsx")
Sheet = tuple[str, dict[int, list[str]]]  # the validation's id, and the types of each sentence that is coded


def write_sheet(path: Path, validation: str, sentences: Sequence[Shown]) -> None:
    """Write a sheet to fill in. Each sentence wants a type, or `none`; up to three where it reports several.

    Raises:
        InputError: the ending of `path` is neither csv nor xlsx, or it cannot be written.
    """
    rows: list[tuple[str | int, ...]] = [
        (validation, one.n, *(harmless_text(str(cell)) for cell in one[1:]), "", "", "") for one in sentences
    ]
    try:
        if path.suffix == ".csv":
            with path.open("w", encoding="utf-8-sig", newline="") as file:  # with its mark, or Excel takes Arabic for Latin
                csv.writer(file).writerows([_COLUMNS, *rows])
        elif path.suffix == ".xlsx":
            _write_workbook(path, rows)
        else:
            raise InputError(f"{path}: a sheet is .csv or .xlsx")
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror})") from error


def _write_workbook(path: Path, rows: Sequence[tuple[str | int, ...]]) -> None:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    sheet = book.active
    sheet.sheet_view.rightToLeft = True
    sheet.freeze_panes = "A2"
    for row in (_COLUMNS, *rows):
        sheet.append([_without_control(value) for value in row])
    choices = DataValidation(type="list", formula1=f'"{",".join([NONE, *sorted(types())])}"', allow_blank=True)
    sheet.add_data_validation(choices)
    first, last = get_column_letter(len(_COLUMNS) - len(_CODED) + 1), get_column_letter(len(_COLUMNS))
    choices.add(f"{first}2:{last}{len(rows) + 1}")
    for n, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(n)].width = width
    for cells in sheet.iter_rows(min_row=2):
        for cell in cells:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    book.save(path)


def _without_control(value: str | int) -> str | int:
    """A workbook is XML, which has no place for most control characters."""
    return "".join(letter for letter in value if letter >= " " or letter == "\n") if isinstance(value, str) else value


def read_sheet(path: Path) -> Sheet:
    """What a coder filled in; sentences left empty are not coded yet.

    Raises:
        InputError: the file is no such sheet, or a cell has what is no type; says which line.
    """
    rows = iter(_rows(path))
    if tuple(next(rows, ())) != _COLUMNS:
        raise InputError(f"{path}: not a sheet of `rasid validate draw`: its first line must be {', '.join(_COLUMNS)}")
    ids: set[str] = set()
    coded: dict[int, list[str]] = {}
    for line, row in enumerate(rows, 2):
        if not any(row):
            continue
        values = [value.strip() for value in row[-len(_CODED) :] if value.strip()]
        if len(row) != len(_COLUMNS) or not row[1].isdecimal():
            raise InputError(f"{path}:{line}: the columns are not those that the sheet was given with")
        wrong = next((value for value in values if value != NONE and value.upper() not in types()), None)
        if wrong or (NONE in values and len(values) > 1):
            allowed = ", ".join(sorted(types()))
            raise InputError(f'{path}:{line}: "{wrong or " + ".join(values)}" is no coding (none, or up to three of {allowed})')
        ids.add(row[0])
        if values:
            coded[int(row[1])] = [value.upper() for value in values if value != NONE]
    if len(ids) != 1:
        raise InputError(f"{path}: a sheet is of one validation, this one names {len(ids)}")
    return ids.pop(), coded


def _rows(path: Path) -> Iterator[list[str]]:
    try:
        if path.suffix == ".xlsx":
            from openpyxl import load_workbook

            book = load_workbook(path, read_only=True, data_only=True)
            yield from (["" if cell is None else str(cell) for cell in row] for row in book.active.iter_rows(values_only=True))
            book.close()
        else:
            with path.open(encoding="utf-8-sig", newline="") as file:
                yield from csv.reader(file)
    except InputError:
        raise
    except Exception as error:  # what hostile archives raise has no common class
        raise InputError(f"{path}: {_why(error)}") from error


def _why(error: Exception) -> str:
    match error:
        case FileNotFoundError():
            return "there is no such file"
        case UnicodeDecodeError():
            return "is no text in UTF-8; save the sheet as XLSX, or as CSV in UTF-8"
        case OSError():
            return f"cannot be read: {(error.strerror or str(error)).lower()}"
        case _:
            return "is no sheet that can be read; give the file that `rasid validate draw` wrote, filled in"
