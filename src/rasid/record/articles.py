"""The articles of a record, one flat row each, the last that was published first."""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from rasid.errors import NotThereError
from rasid.record.contents import day
from rasid.record.opening import Record, as_record_errors

_ROW = (
    "SELECT a.id, a.title, a.source, a.agency, a.byline, a.url, a.language, a.date_start, a.date_end, a.date_evidence, "
    "(SELECT count(*) FROM events AS e WHERE e.article = a.key AND e.stands = 1), a.ingested_at FROM articles AS a "
)
_DAYS = slice(7, 9)


class ArticleRow(NamedTuple):
    """An article without its text: who published it and when, how many events of it stand, and when it came in (UTC)."""

    article_id: str
    title: str | None
    source: str | None
    agency: str | None
    byline: str | None
    url: str | None
    language: str | None
    published_start: dt.date | None
    published_end: dt.date | None
    date_evidence: str
    events: int
    ingested_at: str


def find_articles(
    record: Record,
    start: dt.date | None = None,
    end: dt.date | None = None,
    source: str | None = None,
    *,
    after: str | None = None,
    limit: int | None = None,
) -> Iterator[ArticleRow]:
    """Articles by the first day on which they may have been published, the last first; those of unknown day at the end.

    Args:
        record: the record.
        start: published on this day or later, as far as is known.
        end: published on this day or before.
        source: the outlet.
        after: the id of the last article of the page before: only what follows it.
        limit: at most so many.

    Raises:
        NotThereError: there is no article `after` which to go on.
    """
    conditions, values = ["1"], list[str | int | None]()
    if start:
        conditions, values = [*conditions, "a.date_end >= ?"], [*values, day(start)]
    if end:
        conditions, values = [*conditions, "a.date_start <= ?"], [*values, day(end)]
    if source:
        conditions, values = [*conditions, "a.source = ? COLLATE NOCASE"], [*values, source]
    with as_record_errors(record.path):
        if after is not None:
            found = record.connection.execute("SELECT date_start, key FROM articles WHERE id = ?", (after,)).fetchone()
            if found is None:
                raise NotThereError(f'{record.path}: holds no article "{after}" after which to go on')
            first_day, key = found
            if first_day is None:
                conditions, values = [*conditions, "a.date_start IS NULL AND a.key < ?"], [*values, key]
            else:
                conditions.append("(a.date_start IS NULL OR (a.date_start, a.key) < (?, ?))")
                values += [first_day, key]
        where = f"WHERE {' AND '.join(conditions)} ORDER BY a.date_start DESC, a.key DESC LIMIT ?"
        for row in record.connection.execute(_ROW + where, (*values, -1 if limit is None else limit)):
            published = (None if one is None else dt.date.fromisoformat(one) for one in row[_DAYS])
            yield ArticleRow(*row[: _DAYS.start], *published, *row[_DAYS.stop :])
