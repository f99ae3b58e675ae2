"""Events out of a record, for spreadsheets (CSV), programs (JSON lines), Parquet readers and pandas.

All of it streams: rows are written as they are found. A file appears under its name when it is whole.
"""

import csv
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from rasid.contract import Json, event_to_json
from rasid.errors import InputError
from rasid.record.opening import Record
from rasid.record.reading import load_event
from rasid.record.rows import EventRow

if TYPE_CHECKING:
    import pandas as pd

_ROWS_AT_ONCE = 10_000  # of a Parquet file: a few megabytes
_DAYS = ("when_start", "when_end", "published_start", "published_end")
_NUMBERS = {"quad": "int8", "score": "float64", "confidence": "float64"}


def write_csv(rows: Iterable[EventRow], out: TextIO) -> int:
    """Write a header and a line for each row; returns how many rows. What is not known is empty."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(EventRow._fields)
    count = 0
    for count, row in enumerate(rows, 1):  # noqa: B007
        writer.writerow(row)
    return count


def write_jsonl(record: Record, rows: Iterable[EventRow], out: TextIO) -> int:
    """Write each event as the JSON contract has it, with its sentence's words and its article; returns how many."""
    count = 0
    for count, row in enumerate(rows, 1):  # noqa: B007
        out.write(json.dumps(event_with_article(record, row.event_id), ensure_ascii=False) + "\n")
    return count


def event_with_article(record: Record, event_id: str) -> Json:
    """An event as in the contract; `sentence` has its text too, and `article` says what reports it."""
    event, article = load_event(record, event_id)
    content = event_to_json(event)
    content["sentence"]["text"] = event.sentence.text
    start, end = (None if day is None else day.isoformat() for day in (article.date.start, article.date.end))
    content["article"] = {
        "id": article.id,
        "url": article.url,
        "source": article.source,
        "title": article.title,
        "date": {"start": start, "end": end, "evidence": article.date.evidence},
    }
    return content


def save_csv(rows: Iterable[EventRow], path: str | Path) -> int:
    """Write the rows to a CSV file in UTF-8 with a byte order mark, without which Excel garbles Arabic; returns how many."""
    with _whole(path) as partial, partial.open("w", encoding="utf-8-sig", newline="") as out:
        return write_csv(rows, out)


def save_jsonl(record: Record, rows: Iterable[EventRow], path: str | Path) -> int:
    """Write the events to a file of JSON lines; returns how many. See `write_jsonl`."""
    with _whole(path) as partial, partial.open("w", encoding="utf-8", newline="\n") as out:
        return write_jsonl(record, rows, out)


def save_parquet(rows: Iterable[EventRow], path: str | Path) -> int:
    """Write the rows to a Parquet file, one column a field, days as dates; returns how many."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pa.schema([(name, _parquet_type(pa, name)) for name in EventRow._fields])
    count = 0
    with _whole(path) as partial, pq.ParquetWriter(partial, schema, compression="zstd") as writer:
        for chunk in _chunks(rows):
            columns = dict(zip(EventRow._fields, map(list, zip(*chunk, strict=True)), strict=True))
            writer.write_table(pa.table(columns, schema=schema))
            count += len(chunk)
    return count


def to_frame(rows: Iterable[EventRow]) -> "pd.DataFrame":
    """The rows as a pandas data frame, one column a field, days as `datetime64[s]`.

    Raises:
        InputError: pandas is not installed.
    """
    try:
        import pandas as pd
    except ImportError:
        raise InputError('a data frame needs pandas, which is not installed: pip install "rasid[pandas]"') from None
    frame = pd.DataFrame(list(rows), columns=list(EventRow._fields))
    return frame.astype({**_NUMBERS, **dict.fromkeys(_DAYS, "datetime64[s]")})


def _parquet_type(pa: Any, name: str) -> Any:
    if name in _DAYS:
        return pa.date32()
    return getattr(pa, _NUMBERS.get(name, "string"))()


def _chunks(rows: Iterable[EventRow]) -> Iterator[list[EventRow]]:
    iterator = iter(rows)
    while chunk := list(islice(iterator, _ROWS_AT_ONCE)):
        yield chunk


@contextmanager
def _whole(path: str | Path) -> Iterator[Path]:
    """A file to write to, which takes the name `path` once all is written, and else goes."""
    path = Path(path)
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        yield partial
        partial.replace(path)
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {error.strerror or error}") from error
    finally:
        partial.unlink(missing_ok=True)
