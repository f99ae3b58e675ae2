"""What can be exported: every table and view of a record, and events in the columns of other data sets."""

import datetime as dt
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from rasid.errors import InputError
from rasid.record.cameo import cameo_of, cameo_quad
from rasid.record.opening import Record, as_record_errors
from rasid.record.petrarch import COLUMNS as _PETRARCH
from rasid.record.petrarch import petrarch_rows
from rasid.record.queries import EventQuery, find_events
from rasid.record.rows import EventRow

Cell = str | int | float | dt.date | None
_KINDS = {"INTEGER": "integer", "REAL": "real", "TEXT": "text"}
_DAYS = frozenset(("when_start", "when_end", "published_start", "published_end", "date_start", "date_end", "day"))
_TEXTS = frozenset(("month",))  # of views, whose worked-out columns have no kind of their own; all others count something
_REALS = frozenset(("mean_score",))
_NO_TABLES = re.compile(r"sqlite_|article_words|forgetting$|fingerprint|act_keys|stale_|lexicon_files|coder_files|kept_persons")
_BETWEEN = " + "
AS_OTHERS = ("polecat", "cameo", "petrarch")  # events in the columns of other data sets
EVENTS = "events"  # one row an event, as people corrected it; the table of that name is `coded_events`
_RENAMED = {EVENTS: "coded_events", "event_rows": EVENTS}


class Column(NamedTuple):
    """A column of an export: its name, and `text`, `integer`, `real` or `day`."""

    name: str
    kind: str


class Table(NamedTuple):
    """Something to export: its columns, and its rows, read as they are taken."""

    name: str
    columns: tuple[Column, ...]
    rows: Callable[[], Iterable[tuple[Cell, ...]]]


def table_names(record: Record) -> list[str]:
    """All that can be exported, `events` first: tables, views, and events as others write them."""
    with as_record_errors(record.path):
        found = record.connection.execute("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') ORDER BY name")
        own = [_RENAMED.get(name, name) for (name,) in found if not _NO_TABLES.match(name)]
    return sorted([*own, *AS_OTHERS], key=lambda name: (name != EVENTS, name))


def table(record: Record, name: str, query: EventQuery = EventQuery()) -> Table:
    """One of `table_names`; `query` narrows down `events`, and events as others write them.

    Raises:
        InputError: there is no such table.
    """
    made: dict[str, tuple[tuple[Column, ...], Callable[[EventRow], Iterable[tuple[Cell, ...]]]]] = {
        EVENTS: (EVENT_COLUMNS, lambda row: [row]),
        "polecat": (POLECAT_COLUMNS, lambda row: [polecat_row(row)]),
        "cameo": (CAMEO_COLUMNS, lambda row: [cameo_row(row)]),
        "petrarch": (PETRARCH_COLUMNS, petrarch_rows),
    }
    if name in made:
        columns, rows_of = made[name]
        return Table(name, columns, lambda: chain.from_iterable(map(rows_of, find_events(record, query))))
    if name not in table_names(record):
        raise InputError(f'there is no table "{name}"; there are {", ".join(table_names(record))}')
    if query != EventQuery():
        raise InputError(f"only {', '.join((EVENTS, *AS_OTHERS))} can be narrowed down, not {name}")
    inside = {shown: real for real, shown in _RENAMED.items()}.get(name, name)
    return Table(name, _columns(record.connection, inside), lambda: _rows(record, inside))


def _columns(connection: sqlite3.Connection, name: str) -> tuple[Column, ...]:
    # table_xinfo, as table_info leaves out the columns that SQLite works out.
    found = connection.execute("SELECT name, type FROM pragma_table_xinfo(?)", (name,))
    return tuple(Column(column, _kind(column, declared)) for column, declared in found)


def _kind(column: str, declared: str) -> str:
    if column in _DAYS:
        return "day"
    return "real" if column in _REALS else _KINDS.get(declared.upper(), "text" if column in _TEXTS else "integer")


def _rows(record: Record, name: str) -> Iterator[tuple[Cell, ...]]:
    days = [n for n, column in enumerate(_columns(record.connection, name)) if column.kind == "day"]
    order = ", ".join(str(n + 1) for n in range(min(3, len(_columns(record.connection, name)))))
    with as_record_errors(record.path):
        for row in record.connection.execute(f'SELECT * FROM "{name}" ORDER BY {order}'):
            cells = list(row)
            for n in days:
                cells[n] = cells[n] and dt.date.fromisoformat(cells[n])
            yield tuple(cells)


EVENT_COLUMNS = tuple(
    Column(
        name,
        "day" if name in _DAYS else {"quad": "integer", "score": "real", "confidence": "real"}.get(name, "text"),
    )
    for name in EventRow._fields
)

# Those of the public POLECAT files, in their order. What rasid does not code stays empty (numbers of Wikipedia, GeoNames and
# Correlates of War, co-ordinates).
POLECAT_COLUMNS = tuple(
    Column(name, {"Event Date": "day", "Publication Date": "day", "Intensity": "real"}.get(name, "text"))
    for name in (
        *("Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts"),
        *("Actor Name", "Primary Actor Sector", "Actor Sectors", "Actor Title", "Actor Name Raw", "Wikipedia Actor ID"),
        *("Actor Country", "Actor COW"),
        *("Recipient Name", "Primary Recipient Sector", "Recipient Sectors", "Recipient Title", "Recipient Name Raw"),
        *("Wikipedia Recipient ID", "Recipient Country", "Recipient COW"),
        *("Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename"),
        *("Feature Type", "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations"),
        *("Language", "Version", "Status", "When Start", "When End", "URL"),
    )
)

CAMEO_COLUMNS = (
    Column("event_id", "text"),
    Column("day", "day"),
    *(Column(name, "text") for name in ("source", "source_name", "target", "target_name", "cameo", "root", "fit")),
    Column("quad_class", "integer"),
    Column("plover_score", "real"),
    *(Column(name, "text") for name in ("status", "country", "outlet", "url", "coder")),
)

PETRARCH_COLUMNS = tuple(Column(name, "text") for name in _PETRARCH)


def polecat_row(row: EventRow) -> tuple[Cell, ...]:
    """An event in POLECAT's columns; several actors are parted by `; `."""
    cells: dict[str, Cell] = {
        "Event ID": row.event_id,
        "Event Date": _one_day(row),
        "Event Type": row.type,
        "Event Mode": row.mode,
        "Intensity": row.score,
        "Quad Code": _quad_words(row.quad),
        "Contexts": _semicolons(row.contexts),
        "Country": row.where_code,
        "Placename": row.where_text,
        "Raw Placename": row.where_text,
        "Source": row.source,
        "Publication Date": row.published_start if row.published_start == row.published_end else None,
        "Language": "Arabic",
        "Version": row.coder,
        "Status": row.status,
        "When Start": row.when_start and row.when_start.isoformat(),
        "When End": row.when_end and row.when_end.isoformat(),
        "URL": row.url,
    }
    sides = (
        ("Actor", row.actors, row.actor_names, row.actor_codes),
        ("Recipient", row.recipients, row.recipient_names, row.recipient_codes),
    )
    for side, raw, names, codes in sides:
        countries, sectors = _split(codes)
        cells |= {
            f"{side} Name": _semicolons(names),
            f"{side} Name Raw": _semicolons(raw),
            f"{side} Country": "; ".join(countries) or None,
            f"Primary {side} Sector": next(iter(sectors), None),
            f"{side} Sectors": "; ".join(sectors) or None,
        }
    return tuple(cells.get(column.name) for column in POLECAT_COLUMNS)


def cameo_row(row: EventRow) -> tuple[Cell, ...]:
    """An event with its CAMEO code; `fit` is `root` where only CAMEO's root category fits."""
    code, fit = cameo_of(row.type, row.mode, tuple((row.contexts or "").split(_BETWEEN)))
    return (
        *(row.event_id, _one_day(row)),
        *(_semicolons(row.actor_codes), _semicolons(row.actor_names)),
        *(_semicolons(row.recipient_codes), _semicolons(row.recipient_names)),
        *(code, code[:2], fit, cameo_quad(row.quad), row.score),
        *(row.status, row.where_code, row.source, row.url, row.coder),
    )


def _one_day(row: EventRow) -> dt.date | None:
    return row.when_start if row.when_start == row.when_end else None


def _quad_words(quad: int) -> str:
    from rasid.events.plover import QUADS

    return QUADS[quad].upper()


def _semicolons(cell: str | None) -> str | None:
    return cell and cell.replace(_BETWEEN, "; ")


def _split(codes: str | None) -> tuple[list[str], list[str]]:
    """Countries and sectors of `MAR GOV + CVL`, each once."""
    from rasid.actors.lexicon import split_code

    pairs = [split_code(code) for code in (codes or "").split(_BETWEEN) if code not in ("", "?")]
    countries, sectors = (list(dict.fromkeys(filter(None, side))) for side in zip(*pairs, strict=True)) if pairs else ([], [])
    return countries, sectors
