"""A release: a dated folder that others can cite, check and read for decades; the same twice, byte for byte.

Nothing in it depends on when or where it was made, but on the record, the day it is given and the version of rasid.
"""

import datetime as dt
import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from rasid.errors import InputError
from rasid.lexicon import read_table
from rasid.record.formats import save
from rasid.record.migrating import schema_version
from rasid.record.opening import Record, transaction_for_reading
from rasid.record.tables import Cell, Column, Table, table
from rasid.record.words_of_rows import without_words

# What a record is made of, and what most people want to read. A record can be made again of those in BASE.
BASE = (
    *("coders", "articles", "sentences", "corrections", "coded_events", "participants", "contexts", "attributions", "counts"),
    *("reports", "quotes", "agreements", "claims", "persons"),
)
FLAT = ("events", "polecat", "cameo", "dyads", "dyad_days", "dyad_months", "outlet_days", "type_months", "reviewed_types")
FORMATS = ("csv", "parquet")
COLUMNS = Path(__file__).parent / "data" / "columns.csv"
_OF_EVENT = ("event", "key = (SELECT article FROM events WHERE key = ?)")
_ARTICLE_OF = {  # by which column a row comes to its article
    **dict.fromkeys(("participants", "attributions", "counts", "reports"), _OF_EVENT),
    **dict.fromkeys(("events", "quotes", "agreements", "persons"), ("article", "key = ?")),
    "corrections": ("article", "id = ?"),
}
_DATA, _SUMS, _VERSIONS = "data", "SHA256SUMS", "versions.json"


class Authorship(NamedTuple):
    """Who is to be cited, and under what title."""

    title: str = "Political events in Arabic news, coded by rasid"
    authors: tuple[str, ...] = ()
    licence: str | None = None


def release(
    record: Record,
    folder: Path,
    day: dt.date,
    authorship: Authorship = Authorship(),
    *,
    texts: bool = True,
    accuracy: str | None = None,
) -> Path:
    """Write a release of a record into `folder`.

    Args:
        record: the record.
        folder: the release is a folder in it, `rasid-2021-11-24`, which must not be there yet.
        day: its date.
        authorship: for the citation file.
        texts: False leaves out all that only the articles say: places in the texts, addresses and hashes stay, from which
            `rehydrate` makes the whole again.
        accuracy: figures of accuracy, in Markdown, to go with those that people's corrections in the record give.

    Returns:
        The folder that was written.

    Raises:
        InputError: it is there already, or cannot be written.
    """
    target = folder / f"rasid-{day.isoformat()}{'' if texts else '-without-texts'}"
    if target.exists():
        raise InputError(f"{target}: is there already; a release is not changed: name another day or folder")
    partial = folder / f".{target.name}.{os.getpid()}.partial"
    try:
        (partial / _DATA).mkdir(parents=True)
        with transaction_for_reading(record):  # all of one moment, though others write
            _write(record, partial, day, authorship, texts=texts, accuracy=accuracy)
        partial.rename(target)
    except OSError as error:
        raise InputError(f"{target}: cannot be written: {error.strerror or error}") from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return target


@cache
def meanings() -> dict[tuple[str, str], str]:
    """What the columns of exports hold, by table (or `*`) and column."""
    rows = read_table(COLUMNS, ("table", "column", "meaning"))
    found: dict[tuple[str, str], str] = {}
    for _, cells in rows:
        found.setdefault((cells["table"], cells["column"]), cells["meaning"])
    return found


def meaning(table_name: str, column: str) -> str:
    """What a column of an export holds; empty for what is not described."""
    return meanings().get((table_name, column)) or meanings().get(("*", column), "")


def withheld(record: Record, whole: Table) -> Table:
    """A table of a record without what the articles say."""
    names = [column.name for column in whole.columns]
    inside = {"coded_events": "events", "events": "event_rows"}.get(whole.name, whole.name)

    def rows() -> Iterator[tuple[Cell, ...]]:
        for row in whole.rows():
            cells = dict(zip(names, row, strict=True))
            yield tuple(without_words(inside, cells, _text_of(record, inside, cells)).values())

    return whole._replace(rows=rows)


def _text_of(record: Record, table: str, row: dict[str, Cell]) -> str:
    """The text of the article that a row belongs to; empty for rows of views, in which nothing is sealed."""
    if table == "articles":
        return str(row["text"])
    column, which = _ARTICLE_OF.get(table, (None, ""))
    if column is None:
        return ""
    found = record.connection.execute(f"SELECT text FROM articles WHERE {which}", (row[column],)).fetchone()
    return str(found[0]) if found else ""


def _write(record: Record, folder: Path, day: dt.date, authorship: Authorship, *, texts: bool, accuracy: str | None) -> None:
    rows: dict[str, int] = {}
    columns: dict[str, tuple[Column, ...]] = {}
    for name in (*FLAT, *BASE):
        whole = table(record, name)
        part = whole if texts else withheld(record, whole)
        columns[name] = part.columns
        for format in FORMATS:
            rows[name] = save(part, folder / _DATA / f"{name}.{format}")
    versions = _versions(record, day, texts)
    _save_text(folder / _VERSIONS, json.dumps(versions, ensure_ascii=False, indent=1))
    _save_text(folder / "counts.json", json.dumps(_counts(record, rows), ensure_ascii=False, indent=1))
    _save_text(folder / "codebook.md", _codebook(columns, rows))
    _save_text(folder / "accuracy.md", _accuracy(record, accuracy))
    _save_text(folder / "CITATION.cff", _citation(day, authorship, versions))
    _save_text(folder / "README.md", _readme(day, authorship, rows, texts=texts))
    _save_text(folder / _SUMS, "".join(_sums(folder)).rstrip("\n"))


def _save_text(path: Path, text: str) -> None:
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def _sums(folder: Path) -> Iterator[str]:
    """What `sha256sum --check` takes."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        with path.open("rb") as file:
            yield f"{hashlib.file_digest(file, 'sha256').hexdigest()}  {path.relative_to(folder).as_posix()}\n"


def _versions(record: Record, day: dt.date, texts: bool) -> dict[str, Any]:
    from importlib.metadata import version

    coded = record.connection.execute(
        "SELECT c.name, count(*) FROM articles AS a LEFT JOIN coders AS c ON c.key = a.coder GROUP BY c.name ORDER BY c.name"
    )
    return {
        "date": day.isoformat(),
        "rasid": version("rasid"),
        "schema": schema_version(),
        "ontology": "PLOVER 2021",
        "texts": texts,
        "articles_by_coder": {name or "unknown": number for name, number in coded},
    }


def _counts(record: Record, rows: dict[str, int]) -> dict[str, Any]:
    def grouped(select: str) -> dict[str, int]:
        return {str(name): number for name, number in record.connection.execute(select)}

    standing = "FROM events WHERE stands = 1 GROUP BY 1 ORDER BY 1"
    return {
        "rows": rows,
        "events_by_type": grouped(f"SELECT type, count(*) {standing}"),
        "events_by_status": grouped(f"SELECT status, count(*) {standing}"),
        "events_by_year": grouped(f"SELECT iif(when_start IS NULL, 'unknown', substr(when_start, 1, 4)), count(*) {standing}"),
        "articles_by_outlet": grouped("SELECT coalesce(source, 'unknown'), count(*) FROM articles GROUP BY 1 ORDER BY 1"),
    }


def _codebook(columns: dict[str, tuple[Column, ...]], rows: dict[str, int]) -> str:
    lines = [
        "# Codebook",
        "",
        "Each table is there as CSV (UTF-8 with a byte order mark) and as Parquet. Lists in a cell are joined by ` + ` (in "
        "polecat and cameo by `; `). What is not known is empty. Every start and end counts characters (code points) of "
        "`articles.text`.",
    ]
    for name, of_table in columns.items():
        lines += ["", f"## {name} ({rows[name]:,} rows)", "", "| column | kind | what it holds |", "| --- | --- | --- |"]
        lines += [f"| {column.name} | {column.kind} | {_in_table(meaning(name, column.name))} |" for column in of_table]
    return "\n".join(lines)


def _in_table(text: str) -> str:
    return text.replace("|", "\\|")


def _accuracy(record: Record, figures: str | None) -> str:
    lines = [
        "# Accuracy",
        "",
        "What people said of the events of this release that they looked at. Who looks chooses what to look at, so that this "
        "is no sample unless they drew one.",
        "",
        "| type | reviewed | accepted | edited | rejected |",
        "| --- | --- | --- | --- | --- |",
    ]
    found = record.connection.execute("SELECT type, reviewed, accepted, edited, rejected FROM reviewed_types ORDER BY type")
    lines += [f"| {' | '.join(map(str, row))} |" for row in found]
    return "\n".join(lines if figures is None else [*lines, "", figures.strip()])


def _citation(day: dt.date, authorship: Authorship, versions: dict[str, Any]) -> str:
    people = [json.dumps(name, ensure_ascii=False) for name in authorship.authors or ("rasid",)]
    lines = [
        "cff-version: 1.2.0",
        'message: "Please cite this data set if you use it."',
        "type: dataset",
        f"title: {json.dumps(authorship.title, ensure_ascii=False)}",
        "authors:",
        *(f"  - name: {name}" for name in people),
        f"version: {json.dumps(day.isoformat())}",
        f"date-released: {day.isoformat()}",
        f"abstract: {json.dumps('Coded by rasid ' + versions['rasid'] + ', PLOVER 2021, from Arabic news.')}",
    ]
    return "\n".join([*lines, f"license: {json.dumps(authorship.licence)}"] if authorship.licence else lines)


def _readme(day: dt.date, authorship: Authorship, rows: dict[str, int], *, texts: bool) -> str:
    lines = [
        f"# {authorship.title}, {day.isoformat()}",
        "",
        f"{rows['events']:,} events of {rows['articles']:,} articles. Begin with `data/events.csv`: a row an event, as a "
        "source reports it and as people corrected it. `codebook.md` says what each column holds, `counts.json` how much there "
        "is of what, `accuracy.md` how far to trust it, `versions.json` what made it, `CITATION.cff` how to cite it. "
        "`sha256sum --check SHA256SUMS` proves that nothing was changed.",
    ]
    if not texts:
        lines += [
            "",
            "Articles belong to their outlets. Their words are left out: what stands where is given by the first character and "
            "the one after the last, and `articles.text_hash` tells when a text is the same. Names, offices and reasons are "
            "sealed with the article's text: a cell `sealed:...` opens only with it. Who has the pages makes the whole "
            "again with `rasid rehydrate FOLDER PAGES --record FILE`.",
        ]
    return "\n".join(lines)


def data_file(folder: Path, name: str) -> Path:
    """Where a table of a release is, as Parquet.

    Raises:
        InputError: the folder is no release.
    """
    path = folder / _DATA / f"{name}.parquet"
    if not path.is_file() or not (folder / _VERSIONS).is_file():
        raise InputError(f"{folder}: is no release of rasid; {path.name} or {_VERSIONS} is not there")
    return path


def changed_files(folder: Path) -> list[str]:
    """The files of a release that are not what `SHA256SUMS` says, or are gone.

    Raises:
        InputError: it has no such list.
    """
    try:
        lines = (folder / _SUMS).read_text(encoding="utf-8").splitlines()
    except OSError:
        raise InputError(f"{folder}: is no release of rasid: {_SUMS} is not there") from None
    return [name for digest, name in _named(lines) if not _has_sum(folder / name, digest)]


def _named(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    for line in lines:
        digest, _, name = line.partition("  ")
        yield digest, name


def _has_sum(path: Path, digest: str) -> bool:
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == digest
