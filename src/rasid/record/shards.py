"""Coded articles as a folder of Parquet files, in months: what `rasid cluster` writes, `rasid ingest` loads, and others read.

    shards/rasid.json                           which coder made them, and how
    shards/events/month=2021-11/KEY.parquet     one row an event, in the columns of `rasid export`
    shards/articles/month=2021-11/KEY.parquet   one row an article; `coded` is JSON of the contract without the text
    shards/failures/KEY.parquet                 pages that were left out, and why
    shards/done/KEY.json                        one for each part of the input that is finished: its files and what was counted

Months are those of publication, `unknown` where no one month is. KEY stands for a part of the input. Files appear when they are
whole; a part of the input is in `done` when all its files are there.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple

from rasid.contract import from_json, to_json
from rasid.errors import InputError
from rasid.model import CodedArticle
from rasid.record.rows import rows_of
from rasid.record.tables import EVENT_COLUMNS, Column

MARK = "rasid.json"
UNKNOWN = "unknown"
_FORMAT = 1
_ROWS_AT_ONCE = 1_000  # articles that wait in memory, all months together: some 20 MB with what was coded of them
_READ_AT_ONCE = 100
_OPEN = 200  # files at once: a crawl holds pages of all months there ever were
_ARTICLE_COLUMNS = (
    *(Column(name, "text") for name in ("article_id", "page", "url", "source", "agency", "title", "language")),
    Column("published_start", "day"),
    Column("published_end", "day"),
    Column("events", "integer"),
    *(Column(name, "text") for name in ("coder", "text", "coded")),
)
_FAILURE_COLUMNS = tuple(Column(name, "text") for name in ("page", "step", "reason"))
COLUMNS = {"articles": _ARTICLE_COLUMNS, "events": EVENT_COLUMNS, "failures": _FAILURE_COLUMNS}
_KINDS = {"text": "string", "integer": "int32", "real": "float64", "day": "date32"}
Row = tuple[Any, ...]


class Rows(NamedTuple):
    """An article as it stands in shards."""

    month: str
    article: Row
    events: list[Row]


class Loaded(NamedTuple):
    """An article out of shards, where it was found, and the version that coded it."""

    page: str
    coded: CodedArticle
    coder: str


class Failed(NamedTuple):
    """A page that was left out when the shards were made."""

    page: str
    step: str
    reason: str


class ShardWriter:
    """Writes what was coded of one part of the input into `folder`, month by month, with few rows in memory at a time.

    Files are `TABLE/month=MONTH/KEY.parquet`, and where there are very many months, further ones `KEY-2.parquet` ...; of a part
    without articles there are none.
    """

    def __init__(self, folder: Path, key: str) -> None:
        self._folder, self._key = folder, key
        self._waiting: dict[Path, list[Row]] = defaultdict(list)
        self._writers: dict[Path, Any] = {}
        self._open = ExitStack()
        self._count = 0
        self._turn = 1
        self.files: list[str] = []  # that were written, from `folder` on; whole once the writer is closed

    def __enter__(self) -> "ShardWriter":
        return self

    def __exit__(self, *error: object) -> None:
        with self._open:
            if error[0] is None:
                self._write()

    def add(self, rows: Rows) -> None:
        """Take an article and its events."""
        self._put("articles", rows.month, [rows.article])
        if rows.events:
            self._put("events", rows.month, rows.events)

    def fail(self, failed: Failed) -> None:
        """Take a page that was left out."""
        self._put("failures", None, [failed])

    def _put(self, table: str, month: str | None, rows: list[Row]) -> None:
        self._waiting[Path(table, *([f"month={month}"] if month else []))] += rows
        self._count += 1
        if self._count >= 2 * _ROWS_AT_ONCE:
            self._write()

    def _write(self) -> None:
        for place, rows in self._waiting.items():
            self._write_some(place, rows)
        self._waiting.clear()
        self._count = 0
        if len(self._writers) > _OPEN:
            self._open.close()
            self._writers.clear()
            self._turn += 1

    def _write_some(self, place: Path, rows: list[Row]) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        columns = COLUMNS[place.parts[0]]
        schema = pa.schema([(column.name, getattr(pa, _KINDS[column.kind])()) for column in columns])
        if place not in self._writers:
            file = place / (f"{self._key}.parquet" if self._turn == 1 else f"{self._key}-{self._turn}.parquet")
            (self._folder / place).mkdir(parents=True, exist_ok=True)
            self._writers[place] = self._open.enter_context(pq.ParquetWriter(self._folder / file, schema, compression="zstd"))
            self.files.append(file.as_posix())
        arrays = [pa.array(cells, field.type) for cells, field in zip(zip(*rows, strict=True), schema, strict=True)]
        self._writers[place].write_table(pa.Table.from_arrays(arrays, schema=schema))


def rows_in_shards(coded: CodedArticle, page: str, coder: str) -> Rows:
    """An article as it is written into shards.

    Args:
        coded: the article.
        page: where it was found.
        coder: the version that coded it.

    Raises:
        InputError: it holds half a character, which no file can.
    """
    article, date = coded.article, coded.article.date
    whole = to_json(coded)
    text = whole.pop("text")
    known = (article.id, page, article.url, article.source, article.agency, article.title, article.language)
    row = (*known, date.start, date.end, len(coded.events), coder, text, json.dumps(whole, ensure_ascii=False))
    try:
        json.dumps([text, row[-1], page], ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise InputError(f"cannot keep half a character ({error.object[error.start]!a})") from None
    return Rows(month_of(coded), row, [tuple(event) for event in rows_of(coded)])


def month_of(coded: CodedArticle) -> str:
    """The month in which an article was published, as `2021-11`; `unknown` where it is none or may be several."""
    start, end = coded.article.date.start, coded.article.date.end
    return start.isoformat()[:7] if start and end and (start.year, start.month) == (end.year, end.month) else UNKNOWN


def is_shards(path: str | Path) -> bool:
    """Whether a folder is one that `rasid cluster` wrote."""
    return Path(path, MARK).is_file()


def mark(coder: str, options: dict[str, Any]) -> str:
    """What stands in `rasid.json`: the version that coded, and how the input was read."""
    return json.dumps({"format": _FORMAT, "coder": coder, **options}, ensure_ascii=False, indent=1) + "\n"


def read_shards(folder: Path) -> Iterator[Loaded | Failed]:
    """All that shards hold, of the parts of the input that are finished; in the order of its names.

    Raises:
        InputError: it is no such folder, a newer rasid made it, or a file of it is damaged or missing.
    """
    import pyarrow as pa

    try:
        made = json.loads((folder / MARK).read_text("utf-8"))
        if made["format"] != _FORMAT:
            raise InputError(f"{folder}: was made by another rasid (its format is {made['format']}, this one reads {_FORMAT})")
        done = sorted((one["sources"], one["files"]) for one in _finished(folder))
        for file in (file for _, files in done for file in sorted(files)):
            table = Path(file).parts[0]
            if table == "articles":
                yield from (Loaded(page, _coded(text, coded), coder) for page, text, coded, coder in _read(folder / file))
            elif table == "failures":
                yield from (Failed(*row) for row in _read(folder / file, ("page", "step", "reason")))
    except (OSError, KeyError, TypeError, ValueError, pa.ArrowException) as error:
        raise InputError(f"{folder}: cannot be read as shards of rasid: {str(error).partition(chr(10))[0]}") from error


def check_shards(folder: Path) -> Iterator[str]:
    """What is wrong with shards, a line for each file that is missing, cut off, or cannot be read to its end.

    Raises:
        InputError: see `read_shards`.
    """
    import pyarrow as pa

    try:
        for done in sorted(folder.glob("done/*.json")):
            for file in sorted(json.loads(done.read_text("utf-8"))["files"]):
                if said := _fault(folder / file):
                    yield f"{file} {said}; take {done.relative_to(folder)} away, and `rasid cluster` writes that part anew"
    except (OSError, KeyError, TypeError, ValueError, pa.ArrowException) as error:
        raise InputError(f"{folder}: cannot be read as shards of rasid: {str(error).partition(chr(10))[0]}") from error


def _fault(path: Path) -> str | None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    if not path.exists():
        return "is missing"
    try:
        with pq.ParquetFile(path) as file:
            for _ in file.iter_batches(_READ_AT_ONCE, use_threads=False):
                continue
    except (OSError, ValueError, pa.ArrowException) as error:
        return f"is damaged ({str(error).partition(chr(10))[0]})"
    return None


def _finished(folder: Path) -> Iterator[dict[str, Any]]:
    return (json.loads(path.read_text("utf-8")) for path in folder.glob("done/*.json"))


def _read(path: Path, columns: tuple[str, ...] = ("page", "text", "coded", "coder")) -> Iterator[tuple[str, ...]]:
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(_READ_AT_ONCE, columns=list(columns), use_threads=False):
            yield from zip(*(batch[column].to_pylist() for column in columns), strict=True)


def _coded(text: str, coded: str) -> CodedArticle:
    return from_json({**json.loads(coded), "text": text})
