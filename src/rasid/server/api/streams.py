"""Whole tables as they are read: CSV and JSON lines row by row, Parquet once it is whole."""

import csv
import datetime as dt
import io
import tempfile
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import IO, Annotated, Any, Literal, NamedTuple, get_args

from fastapi import Query, Request
from pydantic import BaseModel
from pydantic_core import to_json
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from rasid.errors import InputError
from rasid.record import EventQuery, Record, find_events
from rasid.record.export import event_with_article, events_table
from rasid.record.formats import chunks, save
from rasid.record.opening import transaction_for_reading
from rasid.record.tables import EVENTS, Cell, Column, Table, table
from rasid.server.records import Records, records_of

Format = Literal["csv", "jsonl", "parquet"]
Shown = Annotated[
    Literal["json", "csv", "jsonl", "parquet"],
    Query(description="json: a page. The others: all that match, or the first `limit`, without pages; jsonl says the most."),
]
_MEDIA = {"csv": "text/csv; charset=utf-8", "jsonl": "application/x-ndjson", "parquet": "application/vnd.apache.parquet"}
STREAMS: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {
            "text/csv": {"schema": {"type": "string"}},
            "application/x-ndjson": {"schema": {"type": "string"}},
            "application/vnd.apache.parquet": {"schema": {"type": "string", "format": "binary"}},
        }
    }
}
"""For OpenAPI: what an operation answers whose `format` can be other than json."""
_AT_ONCE = 500  # rows
_BYTES = 100_000


class Streamed(NamedTuple):
    """What can be had as a file: its table out of a record; and the objects of its JSON lines, where they say more."""

    table: Callable[[Record], Table]
    lines: Callable[[Record], Iterable[object]] | None = None


def table_streamed(name: str, query: EventQuery) -> Streamed:
    """A table of the record by its name."""
    if name != EVENTS:
        return Streamed(lambda record: table(record, name, query))
    return Streamed(
        lambda record: events_table(find_events(record, query)),
        lambda record: (event_with_article(record, row.event_id) for row in find_events(record, query)),
    )


def rows_table(name: str, columns: Iterable[str], rows: Callable[[], Iterable[Any]], integers: Iterable[str] = ()) -> Table:
    """Rows of cells as a table: words, but for the columns named in `integers`."""
    numbers = frozenset(integers)
    return Table(name, tuple(Column(one, "integer" if one in numbers else "text") for one in columns), rows)


def items_streamed(name: str, shape: type[BaseModel], items: Callable[[Record], Iterable[dict[str, Any]]]) -> Streamed:
    """A list of objects as JSON has them: its JSON lines as they are, its table with what is in them as words.

    Args:
        name: the table's.
        shape: the objects', whose fields are the columns.
        items: reads them.
    """
    columns = tuple(Column(field.alias or own, _kind(field.annotation)) for own, field in shape.model_fields.items())

    def rows(record: Record) -> Iterator[tuple[Cell, ...]]:
        return (tuple(_cell(item.get(column.name)) for column in columns) for item in items(record))

    return Streamed(lambda record: Table(name, columns, lambda: rows(record)), items)


def _kind(annotation: Any) -> str:
    kinds = [kind for kind in get_args(annotation) or (annotation,) if kind is not type(None)]
    return {int: "integer", bool: "integer", float: "real", dt.date: "day"}.get(kinds[0], "text") if len(kinds) == 1 else "text"


def _cell(value: Any) -> Cell:
    """What stands in a cell: of an object its code or words, of days the first and the last, of a list all that is in it."""
    if isinstance(value, dict):
        said = next((value[name] for name in ("code", "text", "name", "office", "id") if value.get(name)), None)
        return str(said) if said else "/".join(str(value.get(name) or "") for name in ("start", "end")).strip("/") or None
    if isinstance(value, list | tuple):
        return " + ".join(str(cell) for cell in map(_cell, value) if cell is not None) or None
    return int(value) if isinstance(value, bool) else value


def stream(request: Request, streamed: Streamed, format: Format) -> Response:
    """A table of the record as a file: all of it, or the first `limit` rows, as at one moment, though others write meanwhile.

    Raises:
        InputError: what was asked is wrong; said before anything is sent.
    """
    if "after" in request.query_params:
        raise InputError(f"`after` is for pages; format={format} gives all that matches")
    records, limit = records_of(request), request.query_params.get("limit")
    streamed = _cut(streamed, int(limit)) if limit else streamed
    with records.lend() as record:
        found = streamed.table(record)
        next(iter(found.rows()), None)
        if format == "parquet":
            return _parquet(record, streamed)
    return _Sent(_parts(records, streamed, format), _named(found, format), _MEDIA[format])


def _cut(streamed: Streamed, limit: int) -> Streamed:
    def table(record: Record) -> Table:
        found = streamed.table(record)
        return found._replace(rows=lambda: islice(found.rows(), limit))

    lines = streamed.lines
    return Streamed(table, (lambda record: islice(lines(record), limit)) if lines else None)


def _parquet(record: Record, streamed: Streamed) -> Response:
    """What is where stands at the end of such a file, so that it must be whole before it is of use."""
    with tempfile.NamedTemporaryFile(suffix=".parquet", delete=False) as file:
        path = Path(file.name)
    try:
        with transaction_for_reading(record):
            found = streamed.table(record)
            save(found, path, "parquet")
        size, content = path.stat().st_size, path.open("rb")
    finally:
        path.unlink(missing_ok=True)  # what is open can be read all the same, and goes with the process however that ends
    return _Sent(_read(content), {**_named(found, "parquet"), "Content-Length": str(size)}, _MEDIA["parquet"])


def _read(content: IO[bytes]) -> Generator[bytes, None, None]:
    with content:
        while part := content.read(_BYTES):
            yield part


def _named(found: Table, format: Format) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{found.name}.{format}"'}


class _Sent(StreamingResponse):
    """Sends parts as they are made, and closes what makes them, also where the client does not take all of them."""

    def __init__(self, parts: Generator[bytes, None, None], headers: dict[str, str], media: str) -> None:
        super().__init__(parts, headers=headers, media_type=media)
        self.parts = parts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            with suppress(ValueError):  # one is still being made in a thread, as the server stops
                self.parts.close()


def _parts(records: Records, streamed: Streamed, format: Format) -> Generator[bytes, None, None]:
    with records.lend() as record, transaction_for_reading(record):
        if format == "csv":
            yield from map(str.encode, _csv(streamed.table(record)))
            return
        lines = streamed.lines(record) if streamed.lines else _rows(streamed.table(record))
        for some in chunks(lines, _AT_ONCE):
            yield b"".join(to_json(line) + b"\n" for line in some)


def _rows(found: Table) -> Iterator[dict[str, Cell]]:
    names = [column.name for column in found.columns]
    return (dict(zip(names, row, strict=True)) for row in found.rows())


def _csv(found: Table) -> Iterator[str]:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(column.name for column in found.columns)
    for rows in chunks(found.rows(), _AT_ONCE):
        writer.writerows(rows)
        yield out.getvalue()
        out.seek(0)
        out.truncate()
    yield out.getvalue()
