"""Whether a record is what it should be: nothing torn, every span at its words, all that follows from other rows agreeing."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby

from rasid.contract import event_to_json
from rasid.events.plover import modes, quad_of, score_of, types
from rasid.record.contents import dyad_pairs
from rasid.record.opening import Record, transaction_for_reading
from rasid.record.reading import read_machine_events, read_standing_events
from rasid.record.search_words import searchable
from rasid.record.settling import in_force, read_corrections, settle
from rasid.record.words_of_rows import SPANS
from rasid.record.writing import hash_of

# How the rows of a table come to their article.
_TO_ARTICLE = {
    "events": "events AS p JOIN articles AS a ON a.key = p.article",
    "quotes": "quotes AS p JOIN articles AS a ON a.key = p.article",
    "claims": "claims AS p JOIN articles AS a ON a.key = p.article",
    "persons": "persons AS p JOIN articles AS a ON a.key = p.article",
}
_KEPT = (
    "events, quad_1, quad_2, quad_3, quad_4, a_towards_b, b_towards_a, tenths, conflict_tenths, a_towards_b_tenths, "
    "b_towards_a_tenths"
)
_TENTHS = "CAST(round(10 * score) AS INTEGER)"
_COUNTED = (
    "SELECT a, b, first_day, last_day, count(*), sum(quad = 1), sum(quad = 2), sum(quad = 3), sum(quad = 4), "
    f"sum(way IN ('>', '<>')), sum(way IN ('<', '<>')), sum({_TENTHS}), sum(min(0, {_TENTHS})), "
    f"sum((way IN ('>', '<>')) * {_TENTHS}), sum((way IN ('<', '<>')) * {_TENTHS}) FROM dyads "
    "WHERE status IN ('occurred', 'historical') GROUP BY a, b, first_day, last_day"
)
_SPANS_KEPT = f"SELECT a, b, first_day, last_day, {_KEPT} FROM dyad_spans"
_TYPES_COUNTED = (
    "SELECT a, b, type, way, count(*), sum(" + _TENTHS + "), iif(substr(first_day, 1, 7) = substr(last_day, 1, 7), "
    "substr(first_day, 1, 7), iif(substr(first_day, 1, 4) = substr(last_day, 1, 4), substr(first_day, 1, 4), '')) AS period "
    "FROM dyads WHERE status IN ('occurred', 'historical') GROUP BY a, b, period, type, way"
)
_TYPES_KEPT = "SELECT a, b, type, way, events, tenths, period FROM dyad_types"
_BY_EVENT = "{} AS p JOIN events AS e ON e.key = p.event JOIN articles AS a ON a.key = e.article"


def check(record: Record) -> Iterator[str]:
    """What is wrong with a record, a line each; nothing if it is whole.

    It is read at one moment, while others may write to it.

    Raises:
        RecordError: it cannot be read at all.
    """
    with transaction_for_reading(record) as connection:
        for part in (_file, _references, _texts, _spans, _facts, _dyads, _standing, _full_text):
            yield from part(connection)


def _file(connection: sqlite3.Connection) -> Iterator[str]:
    for (said,) in connection.execute("PRAGMA integrity_check"):
        if said != "ok":
            yield f"the file is damaged: {said}"


def _references(connection: sqlite3.Connection) -> Iterator[str]:
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield f"row {row} of {table} refers to a row of {parent} that is not there"


def _texts(connection: sqlite3.Connection) -> Iterator[str]:
    for article, text, text_hash in connection.execute("SELECT id, text, text_hash FROM articles"):
        if hash_of(text) != text_hash:
            yield f"article {article}: its text is not the one that was added (its SHA-256 differs)"
    outside = "SELECT a.id, s.n FROM sentences AS s JOIN articles AS a ON a.key = s.article WHERE s.end > length(a.text)"
    for article, n in connection.execute(outside):
        yield f"article {article}: sentence {n} goes beyond its text"
    without = (
        "SELECT id FROM articles AS a WHERE trim(text, char(9, 10, 13, 32)) <> '' "
        "AND NOT EXISTS (SELECT 1 FROM sentences WHERE article = a.key)"
    )
    for (article,) in connection.execute(f"{without} AND EXISTS (SELECT 1 FROM events WHERE article = a.key)"):
        yield f"article {article}: has events and no sentences"


def _spans(connection: sqlite3.Connection) -> Iterator[str]:
    for table, of_table in SPANS.items():
        rows = _TO_ARTICLE.get(table, _BY_EVENT.format(table))
        for text, start, end in of_table:
            wrong = (
                f"SELECT a.id, p.{start}, p.{end}, p.{text} FROM {rows} "
                f"WHERE p.{start} IS NOT NULL AND substr(a.text, p.{start} + 1, p.{end} - p.{start}) IS NOT p.{text}"
            )
            for article, first, last, words in connection.execute(wrong):
                yield f'article {article}: the words "{words}" of {table} do not stand at {first} to {last}'


def _facts(connection: sqlite3.Connection) -> Iterator[str]:
    for kind, mode, quad, score in connection.execute("SELECT DISTINCT type, mode, quad, score FROM events"):
        known = kind in types() and (mode is None or mode in modes(kind))
        if not known or (quad, score) != (quad_of(kind), score_of(kind, mode)):
            yield f"events of {kind} {mode or ''}: quad {quad} and score {score} are not PLOVER's"


def _dyads(connection: sqlite3.Connection) -> Iterator[str]:
    rows = connection.execute(
        "SELECT e.key, e.first_day, e.last_day, e.type, e.status, p.role, p.country, p.sector FROM events AS e "
        "LEFT JOIN participants AS p ON p.event = e.key WHERE e.stands = 1 ORDER BY e.key, p.role, p.n"
    )
    pairs = "SELECT a, b, way, first_day, last_day, type, status FROM dyads WHERE event = ?"
    for event, of_event in groupby(rows, key=lambda row: row[0]):
        parts = list(of_event)
        codes = [[" ".join(filter(None, row[6:])) for row in parts if row[5] == role] for role in ("actor", "recipient")]
        if set(connection.execute(pairs, (event,))) != {(*pair, *parts[0][1:5]) for pair in dyad_pairs(*codes)}:
            yield f"event {event}: its pairs in dyads are not those of its participants"
    fallen = "SELECT DISTINCT event FROM dyads WHERE event NOT IN (SELECT key FROM events WHERE stands = 1)"
    for (event,) in connection.execute(fallen):
        yield f"event {event}: has pairs in dyads and does not stand"
    for a, b, first, last, *_ in _differing(connection, _COUNTED, _SPANS_KEPT):
        yield f"{a} and {b} from {first} to {last}: dyad_spans does not count what dyads holds"
    for a, b, kind, way, *_ in _differing(connection, _TYPES_COUNTED, _TYPES_KEPT):
        yield f"{a} {way} {b}, {kind}: dyad_types does not count what dyads holds"


def _differing(connection: sqlite3.Connection, one: str, other: str) -> Iterator[tuple[str, ...]]:
    """The rows that only one of two selections has."""
    yield from connection.execute(f"SELECT * FROM ({one} EXCEPT {other}) UNION SELECT * FROM ({other} EXCEPT {one})")


def _standing(connection: sqlite3.Connection) -> Iterator[str]:
    """What stands follows from the machine's coding and people's corrections."""
    articles = "SELECT key, id, text FROM articles WHERE id IN (SELECT article FROM corrections)"
    for key, article, text in connection.execute(articles).fetchall():
        corrections = in_force(read_corrections(connection, "article = ?", (article,)))
        machine = read_machine_events(connection, key, text)
        wanted = [one.event for one in settle(article, text, machine, corrections) if one.stands]
        if list(map(event_to_json, wanted)) != list(map(event_to_json, read_standing_events(connection, key, text))):
            yield f"article {article}: what stands is not what people's corrections say"
    for (event,) in connection.execute(
        "SELECT id FROM events WHERE stands = 0 AND article NOT IN "
        "(SELECT a.key FROM articles AS a JOIN corrections AS c ON c.article = a.id)"
    ):
        yield f"event {event}: does not stand, and nobody corrected it"


def _full_text(connection: sqlite3.Connection) -> Iterator[str]:
    """Every word of the index against every word of the texts, at its place."""
    connection.execute("CREATE VIRTUAL TABLE temp.words_in_index USING fts5vocab (main, article_words, instance)")
    indexed: dict[int, int] = defaultdict(int)
    for term, article, column, n in connection.execute("SELECT term, doc, col, offset FROM temp.words_in_index"):
        indexed[article] += hash((term, column, n))
    for key, article, title, text in connection.execute("SELECT key, id, title, text FROM articles"):
        columns = (("title", searchable(title or "")), ("body", searchable(text)))
        wanted = sum(hash((word, column, n)) for column, words in columns for n, word in enumerate(words.split()))
        if indexed.pop(key, 0) != wanted:
            yield f"article {article}: its words in the full-text index are not those of its text"
    for key in indexed:
        yield f"the full-text index holds words of an article that is not there (key {key})"
