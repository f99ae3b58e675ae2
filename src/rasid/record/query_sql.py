"""Queries as SQL.

What is asked for decides where SQLite begins: at the fewest events, or, where even those are many, along the days, so that the
first page of a million events is there at once.
"""

import re
import sqlite3
from collections.abc import Iterator
from typing import Any

from rasid.record.contents import fold_name
from rasid.record.queries import EventQuery
from rasid.record.search_terms import Sql, matching_articles

_CODE = re.compile(r"[A-Z]{3}(?: [A-Z]{3})*")
# Events, beyond which it is quicker to go along the days and look at each than to find all and sort them: where one thing is
# asked for, the days soon give a page; where several are, few events have them all.
_MANY, _MANY_OF_SEVERAL = 3_000, 20_000
_USUAL = "occurred"  # the status of most events; all others have an index
_NO_DAY = "9999-12-31"  # the first day of events of unknown date
_PLACE = "(e.first_day, e.last_day, e.key)"
Position = tuple[str, str, int]  # first and last day, and key, of an event


def keys_sql(connection: sqlite3.Connection, query: EventQuery, after: Position | None = None) -> list[Sql]:
    """The statements that give the keys of the events asked for, one after the other, in order of days.

    To see how SQLite goes about one, put `EXPLAIN QUERY PLAN` before it.

    Args:
        connection: to the record.
        query: which events.
        after: where an event stands: only those that follow it.
    """
    beyond = [Sql(f"{_PLACE} > (?, ?, ?)", after)] if after else []
    if not query.latest_first:
        return _statements(connection, query, beyond)
    undated = Sql("e.first_day = ?", (_NO_DAY,))
    if after and after[0] == _NO_DAY:
        return _statements(connection, query, [undated, *beyond])
    before = [Sql(f"{_PLACE} < (?, ?, ?)", after)] if after else []
    dated = _statements(connection, query, [Sql("e.first_day < ?", (_NO_DAY,)), *before], latest_first=True)
    return [*dated, *_statements(connection, query, [undated])]


def _statements(
    connection: sqlite3.Connection, query: EventQuery, bounds: list[Sql], *, latest_first: bool = False
) -> list[Sql]:
    """The keys of the events asked for between some bounds, in order of days or the other way round."""
    checks, days = list(_checks(query)), [*_days(query), *bounds]
    if _is_dyad_of_codes(query.actors):
        return [_along_dyad(query, checks, days, latest_first)]

    def select(table: str, conditions: list[Sql]) -> Sql:
        where = _and([Sql("e.stands = 1"), *conditions, *days])
        return Sql(f"SELECT e.key FROM {table} WHERE {where.text} {_order(_PLACE, latest_first)}", where.values)

    begin = _fewest(connection, query, _MANY if len(checks) < 2 else _MANY_OF_SEVERAL)
    if begin:
        return [select("events AS e", [Sql(f"e.key IN ({begin.text})", begin.values), *_unindexed(checks)])]
    if len(query.statuses) == 1 and query.statuses[0] != _USUAL:
        by_status = [Sql("e.status <> 'occurred'"), Sql("e.status = ?", query.statuses), *_unindexed(checks)]
        return [select("events AS e INDEXED BY events_by_status", by_status)]
    if len(query.types) == 1:
        return [select("events AS e INDEXED BY events_by_type", checks)]
    along = "events AS e INDEXED BY events_by_day"
    if query.start is None:
        return [select(along, _unindexed(checks))]
    start = query.start.isoformat()
    across = Sql("e.first_day < ? AND e.first_day <> e.last_day", (start,))
    found = [
        select("events AS e INDEXED BY events_of_several_days", [*_unindexed(checks), across]),
        select(along, [*_unindexed(checks), Sql("e.first_day >= ?", (start,))]),
    ]
    return found[::-1] if latest_first else found


def _order(place: str, latest_first: bool) -> str:
    parts = place.strip("()").split(", ")
    return "ORDER BY " + ", ".join(f"{part} DESC" if latest_first else part for part in parts)


def event_condition(query: EventQuery) -> Sql:
    """Whether event `e` is one that the query asks for."""
    return _and([*_checks(query), *_days(query)])


def _and(conditions: list[Sql]) -> Sql:
    text = " AND ".join(condition.text for condition in conditions) or "1"
    return Sql(text, tuple(value for condition in conditions for value in condition.values))


def _unindexed(conditions: list[Sql]) -> list[Sql]:
    """Conditions to be checked on events that are found otherwise; + keeps SQLite from beginning with them."""
    return [Sql(re.sub(r"^e\.", "+e.", text), values) for text, values in conditions]


def _days(query: EventQuery) -> Iterator[Sql]:
    if query.end:
        yield Sql("e.first_day <= ?", (query.end.isoformat(),))
    if query.start:
        yield Sql("e.last_day >= ?", (query.start.isoformat(),))


def _checks(query: EventQuery) -> Iterator[Sql]:
    """All that the query asks for but days, of event `e`."""
    for column, wanted in (
        ("type", query.types),
        ("mode", query.modes),
        ("status", query.statuses),
        ("quad", query.quads),
        ("where_code", query.places),
    ):
        if wanted:
            yield Sql(f"e.{column} IN ({_marks(wanted)})", wanted)
    if query.confidence is not None:
        yield Sql("(e.confidence >= ? OR e.correction IS NOT NULL)", (query.confidence,))
    if query.reviewed is not None:
        yield Sql(f"e.correction IS {'NOT ' if query.reviewed else ''}NULL")
    if query.day_read:
        yield Sql("e.when_from = 'text'")
    if query.source:
        yield Sql("e.article IN (SELECT key FROM articles WHERE source = ? COLLATE NOCASE)", (query.source,))
    if query.words:
        articles = matching_articles(query.words)
        yield Sql(f"e.article IN ({articles.text})", articles.values)
    if len(query.actors) == 1:
        is_actor = _is_actor(query.actors[0], "p")
        yield Sql(f"EXISTS (SELECT 1 FROM participants AS p WHERE p.event = e.key AND {is_actor.text})", is_actor.values)
    elif query.actors:
        one, other = (_is_actor(actor, name) for actor, name in zip(query.actors, "pq", strict=True))
        yield Sql(
            "EXISTS (SELECT 1 FROM participants AS p JOIN participants AS q ON q.event = p.event WHERE p.event = e.key "
            f"AND (p.role, p.n) <> (q.role, q.n) AND {one.text} AND {other.text} AND (p.role <> q.role OR NOT EXISTS "
            "(SELECT 1 FROM participants AS o WHERE o.event = e.key AND o.role <> p.role)))",
            one.values + other.values,
        )


def _fewest(connection: sqlite3.Connection, query: EventQuery, most: int) -> Sql | None:
    """The keys of the events by that which is asked for and which fewest have; None where more than `most` have all of it."""
    counted = [(_count(connection, part, most), part) for part in _beginnings(query)]
    few = [(number, part) for number, part in counted if number <= most]
    return min(few)[1] if few else None


def _count(connection: sqlite3.Connection, part: Sql, most: int) -> int:
    found = connection.execute(f"SELECT count(*) FROM ({part.text} LIMIT {most + 1})", part.values)
    return int(found.fetchone()[0])


def _beginnings(query: EventQuery) -> Iterator[Sql]:
    """The ways to begin that an index gives: each the keys of events."""
    for actor in query.actors:
        yield taking_part(actor)
    of_articles = "SELECT key FROM events WHERE article IN"
    if query.places:
        yield Sql(f"SELECT key FROM events WHERE stands = 1 AND where_code IN ({_marks(query.places)})", query.places)
    if query.source:
        yield Sql(f"{of_articles} (SELECT key FROM articles WHERE source = ? COLLATE NOCASE)", (query.source,))
    if query.words:
        articles = matching_articles(query.words)
        yield Sql(f"{of_articles} ({articles.text})", articles.values)
    if query.reviewed:
        yield Sql("SELECT key FROM events WHERE correction IS NOT NULL")
    if query.types:
        yield Sql(f"SELECT key FROM events WHERE stands = 1 AND type IN ({_marks(query.types)})", query.types)


def _is_dyad_of_codes(actors: tuple[str, ...]) -> bool:
    return len(actors) > 1 and all(_CODE.fullmatch(actor) for actor in actors)


def _along_dyad(query: EventQuery, checks: list[Sql], days: list[Sql], latest_first: bool) -> Sql:
    """Along the days of two sides; whether the very offices that were asked for took part is looked up of each event."""
    sides = sorted(actor.partition(" ")[0] for actor in query.actors)
    exact = all(" " not in actor for actor in query.actors)
    if exact:
        checks = [check for check in checks if "participants AS q" not in check.text]
    where = _and([Sql("d.a = ? AND d.b = ?", tuple(sides)), *map(_of_dyad, days), *_unindexed(checks)])
    joined = " CROSS JOIN events AS e ON e.key = d.event" if checks else ""
    order = _order(_of_dyad(Sql(_PLACE)).text, latest_first)
    return Sql(f"SELECT d.event FROM dyads AS d{joined} WHERE {where.text} {order}", where.values)


def _of_dyad(said: Sql) -> Sql:
    """The same of a row of dyads, which has an event's days too."""
    return Sql(said.text.replace("e.key", "d.event").replace("e.", "d."), said.values)


def _marks(values: tuple[Any, ...]) -> str:
    return ", ".join("?" * len(values))


def taking_part(actor: str) -> Sql:
    """The events that somebody takes part in, by index."""
    select = "SELECT event FROM participants WHERE"
    if _CODE.fullmatch(actor):
        return Sql(f"{select} code >= ? AND code < ?", (actor, f"{actor}!"))  # ! follows the space: MAR, MAR GOV, not MARX
    forms = _written_forms(actor)
    return Sql(f"{select} form IN ({_marks(forms)}) UNION {select} latin = ? COLLATE NOCASE", (*forms, " ".join(actor.split())))


def _is_actor(actor: str, participant: str) -> Sql:
    """Whether a participant is somebody, told without an index: its event is known already."""
    if _CODE.fullmatch(actor):
        return Sql(f"+{participant}.code >= ? AND +{participant}.code < ?", (actor, f"{actor}!"))
    forms = _written_forms(actor)
    return Sql(
        f"(+{participant}.form IN ({_marks(forms)}) OR +{participant}.latin = ? COLLATE NOCASE)",
        (*forms, " ".join(actor.split())),
    )


def _written_forms(name: str) -> tuple[str, ...]:
    """A name, folded, as it can stand in a text: alone or behind a conjunction, a preposition or both (والمغرب, للمغرب)."""
    form = fold_name(name)
    stems = [form, *(f"{preposition}{form}" for preposition in "بلك")]
    if form.startswith("ال"):
        stems.append(f"ل{form[1:]}")
    return tuple(f"{conjunction}{stem}" for conjunction in ("", "و", "ف") for stem in stems)
