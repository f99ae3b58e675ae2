"""A release made into a record again: without texts, its words are filled in from the pages that somebody has."""

import datetime as dt
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from rasid.errors import InputError
from rasid.model import Article
from rasid.record.opening import Record, transaction
from rasid.record.releasing import BASE, changed_files, data_file
from rasid.record.words_of_rows import reasons_of_day, with_words
from rasid.record.writing import hash_of, index_words

_INSIDE = {"coded_events": "events"}
_OF_EVENT = ("participants", "contexts", "attributions", "counts", "reports")
_WORKED_OUT = frozenset(("first_day", "last_day"))
Row = dict[str, Any]


class Rehydrated(NamedTuple):
    """How many articles of the release were found, and how many it has."""

    found: int
    articles: int


class Filled(NamedTuple):
    """A release with the texts that were found: its articles by key, and how many it has of them."""

    found: dict[int, Row]
    articles: int


def fill_in(folder: Path, articles: Iterable[Article]) -> Filled:
    """Find the texts of a release's articles.

    An article is found by the SHA-256 of its cleaned text, so that it must have been cleaned by the same version of rasid. What
    was released with texts is made whole without any.

    Args:
        folder: the release.
        articles: what there is of texts.

    Raises:
        InputError: the folder is no release, its files were changed, or none of its articles is found.
    """
    changed = changed_files(folder)
    if changed:
        raise InputError(f"{folder}: was changed since it was made ({', '.join(changed[:3])}); get it again")
    wanted = {row["text_hash"]: row for row in _read(folder, "articles")}
    for row in wanted.values():
        if row["text"] and hash_of(row["text"]) == row["text_hash"]:
            row["found"] = True
    for article in articles:
        row = wanted.get(hash_of(article.text), {})
        if row and not row.get("found"):
            reasons = reasons_of_day(row["date_reasons"], article.text)
            row.update(text=article.text, title=article.title, byline=article.byline, date_reasons=reasons, found=True)
    found = {row["key"]: row for row in wanted.values() if row.pop("found", False)}
    if wanted and not found:
        raise InputError(
            f"{folder}: has no texts, and none of its {len(wanted):,} articles was found; name the pages that you have of them"
        )
    return Filled(found, len(wanted))


def rehydrate(record: Record, folder: Path, articles: Iterable[Article] | Filled) -> Rehydrated:
    """Make a record of a release, with the texts of the articles that are found; see `fill_in`.

    Args:
        record: an empty one.
        folder: the release.
        articles: what there is of texts, or what `fill_in` found.

    Raises:
        InputError: the record is not empty, or as for `fill_in`.
    """
    if record.connection.execute("SELECT 1 FROM articles LIMIT 1").fetchone():
        raise InputError(f"{record.path}: holds articles already; name a file that is not there yet")
    filled = articles if isinstance(articles, Filled) else fill_in(folder, articles)
    with transaction(record) as connection:
        connection.execute("PRAGMA defer_foreign_keys = ON")
        _fill(connection, folder, filled.found)
    return Rehydrated(len(filled.found), filled.articles)


def _fill(connection: sqlite3.Connection, folder: Path, articles: dict[int, Row]) -> None:
    ids = {row["id"]: row["text"] for row in articles.values()}
    of_event = {row["key"]: row["article"] for row in _read(folder, "coded_events")}
    for name in BASE:
        inside = _INSIDE.get(name, name)
        for row in _read(folder, name):
            if name == "articles":
                if row["key"] in articles:
                    full = articles[row["key"]]
                    _insert(connection, inside, full)
                    index_words(connection, full["key"], full["title"], full["text"])
            elif name == "coders":
                _insert(connection, inside, row)
            elif name == "corrections":
                if row["article"] in ids:
                    _insert(connection, inside, with_words(inside, row, ids[row["article"]]))
            else:
                article = of_event[row["event"]] if name in _OF_EVENT else row["article"]
                if article in articles:
                    _insert(connection, inside, with_words(inside, row, articles[article]["text"]))
    for row in _read(folder, "dyads"):
        if of_event[row["event"]] in articles:
            _insert(connection, "dyads", row)


def _insert(connection: sqlite3.Connection, table: str, row: Row) -> None:
    kept = {name: cell for name, cell in row.items() if not (table == "events" and name in _WORKED_OUT)}
    columns = ", ".join(f'"{name}"' for name in kept)
    connection.execute(
        f"INSERT INTO {table} ({columns}) VALUES ({', '.join('?' * len(kept))})", tuple(map(_cell, kept.values()))
    )


def _cell(cell: Any) -> Any:
    return cell.isoformat() if isinstance(cell, dt.date) else cell


def _read(folder: Path, name: str) -> Iterator[Row]:
    import pyarrow.parquet as pq

    with pq.ParquetFile(data_file(folder, name)) as file:
        for batch in file.iter_batches(10_000):
            yield from batch.to_pylist()
