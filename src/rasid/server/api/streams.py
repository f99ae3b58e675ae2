"""Whole tables as they are read: CSV and JSON lines row by row, Parquet once it is whole."""

import csv
import io
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

from fastapi import Query
from pydantic_core import to_json
from starlette.background import BackgroundTask
from starlette.responses import FileResponse, Response, StreamingResponse

from rasid.record import EventQuery, Record, find_events
from rasid.record.export import event_with_article, events_table
from rasid.record.formats import chunks, save
from rasid.record.opening import transaction_for_reading
from rasid.record.tables import EVENTS, Cell, Column, Table, table
from rasid.server.records import Records

Format = Literal["csv", "jsonl", "parquet"]
Shown = Annotated[
    Literal["json", "csv", "jsonl", "parquet"],
    Query(description="json: a page. The others: all that match, without pages; jsonl says the most."),
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


def stream(records: Records, streamed: Streamed, format: Format) -> Response:
    """A table of the record as a file: all of it as it is at one moment, though others write meanwhile.

    Raises:
        InputError: what was asked is wrong; said before anything is sent.
    """
    with records.lend() as record:
        found = streamed.table(record)
        next(iter(found.rows()), None)
        if format == "parquet":
            return _parquet(record, streamed)
    headers = {"Content-Disposition": f'attachment; filename="{found.name}.{format}"'}
    return StreamingResponse(_parts(records, streamed, format), headers=headers, media_type=_MEDIA[format])


def _parquet(record: Record, streamed: Streamed) -> Response:
    """What is where stands at the end of such a file, so that it must be whole before it is of use."""
    with tempfile.NamedTemporaryFile(suffix=".parquet", delete=False) as file:
        path = Path(file.name)
    try:
        with transaction_for_reading(record):
            found = streamed.table(record)
            save(found, path, "parquet")
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return FileResponse(path, 200, None, _MEDIA["parquet"], BackgroundTask(path.unlink), f"{found.name}.parquet")


def _parts(records: Records, streamed: Streamed, format: Format) -> Iterator[bytes]:
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
