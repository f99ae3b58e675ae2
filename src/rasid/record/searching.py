"""Searching a record: articles by their words, in Arabic or English, ranked, with the words shown where they stand."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from rasid.arabic.words import Word
from rasid.model import Span
from rasid.record.opening import Record, as_record_errors
from rasid.record.queries import EventQuery, check_query
from rasid.record.query_sql import event_condition
from rasid.record.search_terms import Sql, Term, has_term, match_of, places_of, read_terms
from rasid.record.search_words import words_of

_BEFORE, _SHOWN = 6, 28  # words of a snippet before the first that was asked for, and in all
_TITLE_WEIGHT = 5.0  # a word in the title counts as so many in the text
_RANKED_AT_ONCE = 10_000
_LAST_KEY = 2**63 - 1
_SAYS = "article_words MATCH ? AND rowid <= ?"
_ARTICLE = "SELECT id, title, text, source, url, date_start, date_end FROM articles WHERE key = ?"


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """Which articles.

    Args:
        words: what they must say; see `read_terms`.
        events: what they must report at least one event of.
        start: published on this day or later, as far as is known.
        end: published on this day or before.
        source: the outlet.
    """

    words: str = ""
    events: EventQuery = field(default_factory=EventQuery)
    start: dt.date | None = None
    end: dt.date | None = None
    source: str | None = None


class Found(NamedTuple):
    """An article that was found. `snippet` is a stretch of its text, `marks` the words in it that were asked for."""

    article_id: str
    title: str | None
    source: str | None
    url: str | None
    published_start: dt.date | None
    published_end: dt.date | None
    events: int
    snippet: Span
    marks: tuple[Span, ...]


def search(record: Record, query: SearchQuery, limit: int | None = None, skip: int = 0) -> Iterator[Found]:
    """The articles that match, those first that say most of what was asked for, as bm25 counts it; the title counts more.

    Where more than 10,000 match, those that were added last are ranked first, and so on. Behind them come those that report
    such an event in other words, the newest first.

    Raises:
        InputError: nothing is asked for, or what there is not.
    """
    check_query(query.events)
    terms = read_terms(query.words) if query.words.strip() else []
    with as_record_errors(record.path):
        found = _found(record, query, terms)
        yield from islice(found, skip, None if limit is None else skip + limit)


def _found(record: Record, query: SearchQuery, terms: Sequence[Term]) -> Iterator[Found]:
    wanted = [term for term in terms if not term.without]
    filters = list(_filters(query))
    seen: set[int] = set()
    if wanted:
        for key in _by_words(record, terms, filters):
            one = _article(record, key, wanted, by_words=True)
            if one:
                seen.add(key)
                yield one
    if not wanted or any(term.events or term.codes or term.latin for term in wanted):
        for key in _by_events(record, terms, filters):
            if key not in seen:
                one = _article(record, key, wanted, by_words=False)
                if one:
                    yield one


def _by_words(record: Record, terms: Sequence[Term], filters: Sequence[Sql]) -> Iterator[int]:
    """Ranked some thousands at a time, from those added last, so that a word of every article is found as fast as another."""
    match = " AND ".join(f"({match_of(term)})" for term in terms if not term.without)
    match += "".join(f" NOT ({match_of(term)})" for term in terms if term.without)
    joined = " JOIN articles AS a ON a.key = article_words.rowid" if filters else ""
    where = "".join(f" AND {part.text}" for part in filters)
    values = tuple(value for part in filters for value in part.values)
    ranked = (
        f"SELECT article_words.rowid FROM article_words{joined} WHERE article_words MATCH ? "
        f"AND article_words.rowid BETWEEN ? AND ?{where} "
        f"ORDER BY bm25(article_words, {_TITLE_WEIGHT}, 1.0), article_words.rowid"
    )
    first_of_some = f"SELECT rowid FROM article_words WHERE {_SAYS} ORDER BY rowid DESC LIMIT 1 OFFSET {_RANKED_AT_ONCE - 1}"
    last = _LAST_KEY
    while last >= 0:
        found = record.connection.execute(first_of_some, (match, last)).fetchone()
        first = found[0] if found else 0
        yield from (key for (key,) in record.connection.execute(ranked, (match, first, last, *values)))
        last = first - 1


def _by_events(record: Record, terms: Sequence[Term], filters: Sequence[Sql]) -> Iterator[int]:
    parts = [*(has_term(term) for term in terms), *filters]
    where = " AND ".join(part.text.replace("a.key", "+a.key", 1) for part in parts) or "1"
    values = tuple(value for part in parts for value in part.values)
    sql = f"SELECT a.key FROM articles AS a INDEXED BY articles_by_date WHERE {where} ORDER BY a.date_start DESC, a.key DESC"
    yield from (key for (key,) in record.connection.execute(sql, values))


def _filters(query: SearchQuery) -> Iterator[Sql]:
    if query.start:
        yield Sql("a.date_end >= ?", (query.start.isoformat(),))
    if query.end:
        yield Sql("a.date_start <= ?", (query.end.isoformat(),))
    if query.source:
        yield Sql("a.source = ? COLLATE NOCASE", (query.source,))
    if query.events != EventQuery():
        reports = event_condition(query.events)
        of_article = "SELECT 1 FROM events AS e WHERE e.article = a.key AND e.stands = 1"
        yield Sql(f"EXISTS ({of_article} AND {reports.text})", reports.values)


def _article(record: Record, key: int, terms: Sequence[Term], *, by_words: bool) -> Found | None:
    """The article, with the words that were asked for; None where the index found other words that look alike."""
    article_id, title, text, source, url, start, end = record.connection.execute(_ARTICLE, (key,)).fetchone()
    words = _words(text)
    in_text = [places_of(term, words) for term in terms]
    if by_words:
        title_words = words_of(title or "")
        if not all(places or places_of(term, title_words) for places, term in zip(in_text, terms, strict=True)):
            return None
    count = record.connection.execute("SELECT count(*) FROM events WHERE article = ? AND stands = 1", (key,)).fetchone()[0]
    places = sorted(place for found in in_text for place in found)
    snippet, marks = _snippet(text, words, places)
    first, last = (None if day is None else dt.date.fromisoformat(day) for day in (start, end))
    return Found(article_id, title, source, url, first, last, count, snippet, marks)


@lru_cache(maxsize=512)
def _words(text: str) -> tuple[Word, ...]:
    """The words of an article, which who pages on or asks for a little else finds again."""
    return tuple(words_of(text))


def _snippet(text: str, words: Sequence[Word], places: Sequence[tuple[int, int]]) -> tuple[Span, tuple[Span, ...]]:
    """The stretch of the text in which most of the places stand, the first of them where several do."""
    if not words:
        return Span(0, len(text), text), ()
    best = max(places, key=lambda place: sum(place[0] <= other[0] < place[0] + _SHOWN for other in places), default=(0, 0))
    first = max(0, min(best[0] - _BEFORE, len(words) - _SHOWN))
    last = min(len(words), first + _SHOWN)
    start = words[first].start if first else 0
    end = words[last - 1].end if last < len(words) else len(text)
    spans = [(words[a].start, words[b - 1].end) for a, b in places if first <= a and b <= last]
    return Span(start, end, text[start:end]), tuple(Span(a, b, text[a:b]) for a, b in dict.fromkeys(spans))
