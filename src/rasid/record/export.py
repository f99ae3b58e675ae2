"""Events out of a record, as rows of tables and data frames, or whole as JSON of the contract."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from rasid.contract import Json, event_to_json
from rasid.errors import InputError
from rasid.record.formats import whole
from rasid.record.opening import Record
from rasid.record.reading import load_event
from rasid.record.rows import EventRow
from rasid.record.tables import EVENT_COLUMNS, EVENTS, Table

if TYPE_CHECKING:
    import pandas as pd

_DAYS = ("when_start", "when_end", "published_start", "published_end")
_NUMBERS = {"quad": "int8", "score": "float64", "confidence": "float64"}


def events_table(rows: Iterable[EventRow]) -> Table:
    """Rows of events as a table, to be written by `formats`."""
    return Table(EVENTS, EVENT_COLUMNS, lambda: rows)


def write_events_jsonl(record: Record, rows: Iterable[EventRow], out: TextIO) -> int:
    """Write each event as the JSON contract has it, with its sentence's words and its article; returns how many."""
    count = 0
    for count, row in enumerate(rows, 1):  # noqa: B007
        out.write(json.dumps(event_with_article(record, row.event_id), ensure_ascii=False) + "\n")
    return count


def save_events_jsonl(record: Record, rows: Iterable[EventRow], path: str | Path) -> int:
    """Write the events to a file of JSON lines; returns how many. See `write_events_jsonl`."""
    with whole(Path(path)) as partial, partial.open("w", encoding="utf-8", newline="\n") as out:
        return write_events_jsonl(record, rows, out)


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
