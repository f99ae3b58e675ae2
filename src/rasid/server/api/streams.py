"""Whole tables as they are read: CSV and JSON lines row by row, Parquet once it is whole."""

import csv
import io
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from starlette.background import BackgroundTask
from starlette.responses import FileResponse, Response, StreamingResponse

from rasid.record import EventQuery, Record, find_events
from rasid.record.export import events_table, write_events_jsonl
from rasid.record.formats import chunks, save, write_jsonl
from rasid.record.opening import transaction_for_reading
from rasid.record.tables import EVENTS, Table, table
from rasid.server.records import Records

Format = Literal["csv", "jsonl", "parquet"]
_MEDIA = {"csv": "text/csv; charset=utf-8", "jsonl": "application/x-ndjson", "parquet": "application/vnd.apache.parquet"}
_AT_ONCE = 500  # rows


def stream(records: Records, name: str, query: EventQuery, format: Format, limit: int | None = None) -> Response:
    """A table of the record as a file: all of it as it is at one moment, though others write meanwhile.

    Raises:
        InputError: there is no such table, or nothing of it can be filtered.
    """
    with records.lend() as record:
        _table(record, name, query, limit)  # what is wrong is said before anything is sent
        if format == "parquet":
            return _parquet(record, name, query, limit)
    headers = {"Content-Disposition": f'attachment; filename="{name}.{format}"'}
    return StreamingResponse(_parts(records, name, query, format, limit), headers=headers, media_type=_MEDIA[format])


def _table(record: Record, name: str, query: EventQuery, limit: int | None) -> Table:
    return events_table(find_events(record, query, limit)) if name == EVENTS else table(record, name, query)


def _parquet(record: Record, name: str, query: EventQuery, limit: int | None) -> Response:
    """What is where stands at the end of such a file, so that it must be whole before it is of use."""
    with tempfile.NamedTemporaryFile(suffix=".parquet", delete=False) as file:
        path = Path(file.name)
    try:
        with transaction_for_reading(record):
            save(_table(record, name, query, limit), path, "parquet")
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return FileResponse(path, 200, None, _MEDIA["parquet"], BackgroundTask(path.unlink), f"{name}.parquet")


def _parts(records: Records, name: str, query: EventQuery, format: Format, limit: int | None) -> Iterator[bytes]:
    with records.lend() as record, transaction_for_reading(record):
        found = _table(record, name, query, limit)
        if format == "csv":
            yield from map(str.encode, _csv(found))
            return
        for rows in chunks(found.rows(), _AT_ONCE):
            out = io.StringIO()
            if name == EVENTS:
                write_events_jsonl(record, rows, out)
            else:
                write_jsonl(found._replace(rows=rows.copy), out)
            yield out.getvalue().encode()


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
