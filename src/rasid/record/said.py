"""What asking a record for quotes, claims and agreements shares: conditions on the article, words that must stand there."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from rasid.record.search_terms import Sql, Term, places_of
from rasid.record.search_words import words_of

Row = TypeVar("Row")


def published(start: dt.date | None, end: dt.date | None, source: str | None) -> Iterator[Sql]:
    """Conditions of the article `a`: when it was published, and by whom."""
    if start:
        yield Sql("a.date_end >= ?", (start.isoformat(),))
    if end:
        yield Sql("a.date_start <= ?", (end.isoformat(),))
    if source:
        yield Sql("a.source = ? COLLATE NOCASE", (source,))


def about_code(column: str, code: str) -> Sql:
    """The condition that `column`, codes between `|`, holds `code`, or one that begins with it: `MAR`, `MAR GOV`."""
    return Sql(f"(instr({column}, ?) OR instr({column}, ?))", (f"|{code}|", f"|{code} "))


def all_of(conditions: Iterable[Sql]) -> Sql:
    """All conditions as one; none is always true."""
    parts = list(conditions)
    text = " AND ".join(part.text for part in parts) or "1"
    return Sql(text, tuple(value for part in parts for value in part.values))


def answers(text: str, terms: Sequence[Term]) -> bool:
    """Whether each term stands in `text`, or does not, as it asks."""
    words = words_of(text) if terms else []
    return all(bool(places_of(term, words)) != term.without for term in terms)


def day_of(cell: str | None) -> dt.date | None:
    """A day as it stands in cells."""
    return None if cell is None else dt.date.fromisoformat(cell)


def some(found: Iterable[Row], limit: int | None, skip: int) -> Iterator[Row]:
    """`found` from `skip` on, at most `limit` of it; read as it is taken."""
    return islice(found, skip, None if limit is None else skip + limit)
