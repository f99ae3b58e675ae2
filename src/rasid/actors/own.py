"""A user's own actors: a CSV file with columns like ours or fewer, or an extract of a dump of Wikidata."""

import bz2
import calendar
import csv
import datetime as dt
import gzip
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import IO, Any, NamedTuple

from rasid.actors.items import country_of_item
from rasid.actors.lexicon import BODIES, FOLDER, split_code
from rasid.actors.memory import Memory
from rasid.actors.persons import Person, index_of
from rasid.arabic.letters import fold
from rasid.errors import InputError, LexiconError
from rasid.lexicon import read_table, variants

COLUMNS = ("names", "code", "latin", "office", "from", "to", "source", "wikidata")
NEEDED = ("names", "code")
_POSITIONS = FOLDER / "positions.csv"
_LONGEST_LINE = 1 << 24  # characters: entities of Wikidata have up to 4 million
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_ITEM = re.compile(r"Q[1-9]\d*")
_HUMAN = "Q5"
_DAY, _MONTH = 11, 10  # precision of a time of Wikidata; a year is 9


class OwnRow(NamedTuple):
    """An actor of a user's file, checked; days are ISO 8601, None is open."""

    names: str  # `|` between
    latin: str | None
    code: str
    office: str | None
    start: str | None
    end: str | None
    source: str | None
    wikidata: str | None
    line: int


class Refused(NamedTuple):
    """A line that could not be taken, and why."""

    line: int
    reason: str


def read_own(path: Path) -> Iterator[OwnRow | Refused]:
    """The actors of a file, line by line: CSV, or JSON as in a dump of Wikidata (a line each); plain, .gz or .bz2.

    Raises:
        InputError: no such file, no text, or a CSV file whose header has not the columns.
    """
    try:
        with _open(path) as file:
            first = file.readline(_LONGEST_LINE)
            rows = _read_entities if first.lstrip("\ufeff").lstrip()[:1] in ("[", "{") else _read_csv
            yield from rows(path, first, file)
    except FileNotFoundError:
        raise InputError(f"{path}: there is no such file") from None
    except UnicodeDecodeError:
        raise InputError(f"{path}: is no text in UTF-8; save the table as CSV in UTF-8") from None
    except EOFError:
        raise InputError(f"{path}: ends in the middle; get it again") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {(error.strerror or str(error)).lower()}") from None


def as_rows(rows: Iterable[OwnRow]) -> list[tuple[list[str], Person]]:
    """Names and persons, as the table of persons has them. Without days he is always what the row says."""
    found = []
    for row in rows:
        names = variants(row.names)
        country, sector = split_code(row.code)
        start = dt.date.fromisoformat(row.start) if row.start else dt.date.min
        end = dt.date.fromisoformat(row.end) if row.end else None
        latin = row.latin or names[0]
        found.append((names, Person(names[0], latin, row.code, country, sector, row.office or "", start, end, row.wikidata)))
    return found


def memory_of_own(rows: Iterable[OwnRow]) -> Memory:
    """A memory of nothing but a user's own actors."""
    return Memory({}, index_of(as_rows(rows)))


def _open(path: Path) -> IO[str]:
    binary: IO[bytes] = {".gz": gzip.open, ".bz2": bz2.open}.get(path.suffix, open)(path, "rb")  # type: ignore[operator]
    return io.TextIOWrapper(binary, encoding="utf-8")


def _lines(first: str, file: IO[str]) -> Iterator[tuple[int, str]]:
    number, line = 1, first
    while line:
        yield number, line
        number, line = number + 1, file.readline(_LONGEST_LINE)


def _read_csv(path: Path, first: str, file: IO[str]) -> Iterator[OwnRow | Refused]:
    header: list[str] | None = None
    for number, line in _lines(first, file):
        text = line.lstrip("\ufeff") if number == 1 else line
        if not text.strip() or text.startswith("#"):
            continue
        try:
            cells = [cell.strip() for cell in next(csv.reader([text]))]
        except csv.Error as error:
            yield Refused(number, str(error))
            continue
        if header is None:
            header = _header(path, number, cells)
        elif len(cells) != len(header):
            yield Refused(number, f"{len(cells)} cells where there must be {len(header)}; quote a cell with commas")
        else:
            yield _own_row(number, dict(zip(header, cells, strict=True)))
    if header is None:
        raise InputError(f"{path}: is empty; its first line must be {','.join(COLUMNS)}, or some of these")


def _header(path: Path, number: int, cells: Sequence[str]) -> list[str]:
    unknown = [cell for cell in cells if cell not in COLUMNS]
    if unknown or len(set(cells)) != len(cells) or not set(NEEDED) <= set(cells):
        raise InputError(
            f"{path}:{number}: the header is {','.join(cells)[:200]}; it must have names and code, and may have "
            f"{', '.join(COLUMNS[2:])}"
        )
    return list(cells)


def _own_row(line: int, cells: dict[str, str]) -> OwnRow | Refused:
    names = variants(cells["names"])
    if not names:
        return Refused(line, "names is empty")
    wrong = wrong_code(cells["code"])
    if wrong:
        return Refused(line, wrong)
    days = []
    for column, last in (("from", False), ("to", True)):
        text = cells.get(column, "")
        day = _day(text, last) if text else None
        if text and day is None:
            return Refused(line, f'{column}: "{text}" is no day; write 2009-03-31, 2009-03 or 2009')
        days.append(day)
    if days[0] and days[1] and days[1] < days[0]:
        return Refused(line, f"the term ends ({cells['to']}) before it begins ({cells['from']})")
    item = cells.get("wikidata") or None
    if item and not _ITEM.fullmatch(item):
        return Refused(line, f'wikidata: "{item}" is no item; write Q and a number')
    start, end = (day.isoformat() if day else None for day in days)
    said = (cells.get("latin") or None, cells["code"], cells.get("office") or None)
    return OwnRow("|".join(names), *said, start, end, cells.get("source") or None, item, line)


def wrong_code(code: str) -> str | None:
    """What is wrong with a code (`ISR GOV`, `UNO`, `REB`), in words; None if nothing is."""
    country, sector = split_code(code)
    if not code or " ".join(filter(None, (country, sector))) != code or country not in _owners() | {None}:
        return f'unknown code "{code[:40]}"; write a country (ISO3) or organisation, then a sector: DZA PTY'
    return None


@cache
def _owners() -> frozenset[str]:
    columns = ("code", "names", "nisba", "capitals", "seats", "ambiguous")
    return BODIES | {cells["code"] for _, cells in read_table(FOLDER / "countries.csv", columns)}


def _day(text: str, last: bool) -> dt.date | None:
    match = _DATE.fullmatch(text)
    if not match:
        return None
    year, month = int(match[1]), int(match[2] or (12 if last else 1))
    try:
        return dt.date(year, month, int(match[3] or (calendar.monthrange(year, month)[1] if last else 1)))
    except ValueError:
        return None


def _read_entities(path: Path, first: str, file: IO[str]) -> Iterator[OwnRow | Refused]:
    """Humans of a dump of Wikidata. Positions whose items stand before them in the file have names, others only a number."""
    positions: dict[str, tuple[str, str | None]] = {}  # item -> English label, country
    for number, line in _lines(first, file):
        text = line.strip().lstrip("\ufeff").rstrip(",")
        if text in ("[", "]", ""):
            continue
        try:
            entity = json.loads(text)
            if not isinstance(entity, dict) or not isinstance(entity.get("id"), str):
                raise ValueError("no entity of Wikidata")
            if _HUMAN in _items(entity, "P31"):
                yield from _human(number, entity, positions)
            else:
                label = _label(entity, "en")
                if label:
                    country = next(filter(None, map(country_of_item, _items(entity, "P1001") + _items(entity, "P17"))), None)
                    positions[entity["id"]] = (label, country)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            yield Refused(number, f"no entity of Wikidata as its dumps have them ({error})")


def _human(line: int, entity: dict[str, Any], positions: dict[str, tuple[str, str | None]]) -> Iterator[OwnRow | Refused]:
    arabic = _label(entity, "ar")
    home = next(filter(None, map(country_of_item, _items(entity, "P27"))), None)
    if not arabic:
        yield Refused(line, f"{entity['id']}: has no Arabic name")
        return
    aliases = [alias["value"] for alias in entity.get("aliases", {}).get("ar", [])]
    names = "|".join({fold(name): name.replace("|", " ") for name in reversed([arabic, *aliases])}.values())
    names = "|".join(dict.fromkeys((arabic, *variants(names))))
    latin, item, found = _label(entity, "en"), entity["id"], False
    for claim in entity.get("claims", {}).get("P39", []):
        position = _value(claim.get("mainsnak", {}))
        if claim.get("rank") == "deprecated" or not isinstance(position, dict):
            continue
        office, place = positions.get(position["id"], (position["id"], None))
        code = " ".join(filter(None, (place or home, sector_of(office))))
        if code:
            found = True
            start, end = (_qualifier(claim, name, last) for name, last in (("P580", False), ("P582", True)))
            yield OwnRow(names, latin, code, office, start, end, "Wikidata", item, line)
    if not found and home:
        yield OwnRow(names, latin, home, None, None, None, "Wikidata", item, line)
    elif not found:
        yield Refused(line, f"{item}: neither a position nor a country that we know")


def _label(entity: dict[str, Any], language: str) -> str | None:
    label = entity.get("labels", {}).get(language)
    return str(label["value"]).replace("|", " ") if label else None


def _items(entity: dict[str, Any], name: str) -> list[str]:
    """The items that the claims of a property name."""
    values = [_value(claim.get("mainsnak", {})) for claim in entity.get("claims", {}).get(name, [])]
    return [value["id"] for value in values if isinstance(value, dict) and "id" in value]


def _value(snak: dict[str, Any]) -> Any:
    return snak.get("datavalue", {}).get("value")


def _qualifier(claim: dict[str, Any], name: str, last: bool) -> str | None:
    """The day of a qualifier such as `start time`, as exact as it is."""
    for snak in claim.get("qualifiers", {}).get(name, []):
        value = _value(snak)
        if isinstance(value, dict) and str(value.get("time", "")).startswith("+"):
            text, precision = value["time"][1:11], value.get("precision")
            exact = text if precision == _DAY else text[:7] if precision == _MONTH else text[:4]
            day = _day(exact, last)
            return day.isoformat() if day else None
    return None


@cache
def sector_of(office: str) -> str | None:
    """The sector of an office by its English name: `Minister of Defence of Israel` is GOV; None if no word of ours is in it."""
    said = f" {re.sub(r'[^a-z]+', ' ', office.lower())} "
    return next((sector for words, sector in _sectors() if f" {words} " in said), None)


@cache
def _sectors() -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = []
    for where, cells in read_table(_POSITIONS, ("words", "sector")):
        if not cells["words"] or split_code(cells["sector"]) != (None, cells["sector"]):
            raise LexiconError(f'{where}: "{cells["sector"]}" is no sector of PLOVER, or words is empty')
        rows.extend((words, cells["sector"]) for words in variants(cells["words"]))
    return rows
