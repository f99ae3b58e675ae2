"""What analysis asks a record: the one place in which it does, so that a quicker way to the same answers can take its place."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from itertools import islice, product
from typing import NamedTuple, Protocol

from rasid.analysis.names import Actor, of_code
from rasid.arabic.letters import fold
from rasid.errors import InputError
from rasid.record import EventQuery, EventRow, Record, find_events
from rasid.record.contents import fold_name
from rasid.record.opening import as_record_errors
from rasid.record.stories import make_stories

_AT_ONCE = 500  # events looked up together
_LAST = "9999-12-31"
HAPPENED = ("occurred", "historical")


class Identified(Protocol):
    """An event, however much of it was read."""

    @property
    def event_id(self) -> str:
        """Its id."""
        ...


class Pair(NamedTuple):
    """Two sides and what is between them: numbers of events by quad class, and the sum of their scores."""

    a: str
    b: str
    events: int
    quads: tuple[int, int, int, int]  # material conflict, material cooperation, verbal conflict, verbal cooperation
    score: float
    first: dt.date | None
    last: dt.date | None

    @property
    def mean_score(self) -> float:
        """From -10 (conflict) to 10 (cooperation)."""
        return round(self.score / self.events, 3)


class Read(NamedTuple):
    """Articles of an outlet with one (interval for a) day of publication, and how many of them report an event."""

    start: dt.date | None
    end: dt.date | None
    source: str | None
    articles: int
    with_event: int


def events_between(
    record: Record,
    a: Actor,
    b: Actor,
    start: dt.date | None = None,
    end: dt.date | None = None,
    types: tuple[str, ...] = (),
) -> list[EventRow]:
    """All events between two actors, whatever their status, in order of their first day; those of no known day last.

    Raises:
        InputError: both are one.
    """
    if set(a.terms) & set(b.terms):
        raise InputError(f"{a.english} is one actor; a relation is between two")
    found: dict[str, EventRow] = {}
    for both in product(a.terms, b.terms):
        for row in find_events(record, EventQuery(both, types=types, start=start, end=end)):
            found.setdefault(row.event_id, row)
    return sorted(found.values(), key=lambda row: (row.when_start or dt.date.max, row.when_end or dt.date.max, row.event_id))


def acts_among(record: Record, events: Iterable[Identified]) -> dict[str, str]:
    """The act of each event, by the event's id: events that are reports of one act share it, see `rasid.record.stories`."""
    make_stories(record)
    with as_record_errors(record.path):
        asked = iter([event.event_id for event in events])
        found: dict[str, str] = {}
        while some := list(islice(asked, _AT_ONCE)):
            marks = ", ".join("?" * len(some))
            found |= dict(record.connection.execute(f"SELECT event, story FROM joins WHERE event IN ({marks})", some))
        return found


def partners(
    record: Record, actor: Actor, start: dt.date | None = None, end: dt.date | None = None, limit: int | None = 20
) -> list[Pair]:
    """With whom an actor has to do, by what happened; who has most events comes first.

    Args:
        record: the record.
        actor: who; `a` of every pair.
        start: only events that may have happened on this day or later.
        end: only events that may have happened on this day or before.
        limit: at most so many partners.
    """
    code = actor.code
    pairs = _pairs(record, start, end, code) if code and " " not in code else _partners_by_events(record, actor, start, end)
    turned = [pair if pair.a == (code or actor.english) else pair._replace(a=pair.b, b=pair.a) for pair in pairs]
    return sorted(turned, key=lambda pair: (-pair.events, pair.b))[:limit]


def busiest_pairs(
    record: Record, start: dt.date | None = None, end: dt.date | None = None, limit: int | None = 200
) -> list[Pair]:
    """The pairs of sides (countries, organisations) between which most happened."""
    return sorted(_pairs(record, start, end), key=lambda pair: (-pair.events, pair.a, pair.b))[:limit]


def _pairs(record: Record, start: dt.date | None, end: dt.date | None, side: str | None = None) -> list[Pair]:
    statement = (
        "SELECT a, b, sum(events), sum(quad_1), sum(quad_2), sum(quad_3), sum(quad_4), sum(tenths), "
        f"min(first_day), max(iif(last_day = '{_LAST}', first_day, last_day)) FROM dyad_spans "
        "WHERE a <> b AND (?1 IS NULL OR last_day >= ?1) AND (?2 IS NULL OR first_day <= ?2) "
        "AND (?3 IS NULL OR a = ?3 OR b = ?3) GROUP BY a, b"
    )
    with as_record_errors(record.path):
        rows = record.connection.execute(statement, (_iso(start), _iso(end), side)).fetchall()
    return [
        Pair(a, b, number, (q1, q2, q3, q4), tenths / 10, _day(first), _day(last))
        for a, b, number, q1, q2, q3, q4, tenths, first, last in rows
    ]


def _partners_by_events(record: Record, actor: Actor, start: dt.date | None, end: dt.date | None) -> list[Pair]:
    """The slower way, for persons and for offices: event by event."""
    own = {fold(term).casefold() for term in actor.terms}
    rows: dict[str, EventRow] = {}
    for term in actor.terms:
        query = EventQuery((term,), statuses=HAPPENED, start=start, end=end)
        rows |= {row.event_id: row for row in find_events(record, query)}
    quads: dict[str, Counter[int]] = {}
    scores: Counter[str] = Counter()
    days: dict[str, list[dt.date]] = {}
    for row in rows.values():
        for side in _others(row, own, actor.code):
            quads.setdefault(side, Counter())[row.quad] += 1
            scores[side] += round(10 * row.score)
            days.setdefault(side, []).extend(day for day in (row.when_start, row.when_end) if day)
    me = actor.code or actor.english
    return [
        Pair(me, side, found.total(), (found[1], found[2], found[3], found[4]), scores[side] / 10, *_span(days[side]))
        for side, found in quads.items()
    ]


def _others(row: EventRow, own: set[str], code: str | None) -> set[str]:
    """The sides that somebody's event is with: those on the other side, or beside him where nobody is."""
    sides = [
        [
            (one.partition(" ")[0], one == code or bool({fold(name).casefold(), fold(words)} & own))
            for one, name, words in zip(*(cell.split(" + ") for cell in cells), strict=False)
        ]
        for codes, names, texts in (
            (row.actor_codes, row.actor_names, row.actors),
            (row.recipient_codes, row.recipient_names, row.recipients),
        )
        for cells in [(codes or "", names or "", texts or "")]
    ]
    actors, recipients = sides
    among_actors = any(is_own for _, is_own in actors)
    met = (recipients if recipients and recipients != [("", False)] else actors) if among_actors else actors
    return {side for side, is_own in met if side not in ("", "?") and not is_own}


def exposure_days(record: Record, source: str | None = None) -> list[Read]:
    """How much was read, by day of publication and outlet."""
    statement = (
        "SELECT a.date_start, a.date_end, a.source, count(*), "
        "sum(EXISTS (SELECT 1 FROM events AS e WHERE e.article = a.key AND e.stands = 1)) FROM articles AS a "
        "WHERE ?1 IS NULL OR a.source = ?1 COLLATE NOCASE GROUP BY a.date_start, a.date_end, a.source ORDER BY 1, 2, 3"
    )
    with as_record_errors(record.path):
        rows = record.connection.execute(statement, (source,)).fetchall()
    return [Read(_day(start), _day(end), outlet, number, having) for start, end, outlet, number, having in rows]


def months_of_types(
    record: Record, actor: Actor | None = None, start: dt.date | None = None, end: dt.date | None = None
) -> Counter[tuple[str, str]]:
    """What happened, by month (`2021-11`) and type; of one actor, or of all. Events of no one month are left out."""
    if actor:
        found = {
            row.event_id: row
            for term in actor.terms
            for row in find_events(record, EventQuery((term,), statuses=HAPPENED, start=start, end=end))
        }
        return Counter((month, row.type) for row in found.values() if (month := _month_of(row)))
    statement = (
        "SELECT substr(first_day, 1, 7), type, count(*) FROM events WHERE stands = 1 "
        "AND status IN ('occurred', 'historical') AND substr(first_day, 1, 7) = substr(last_day, 1, 7) AND first_day <> ?1 "
        "AND (?2 IS NULL OR last_day >= ?2) AND (?3 IS NULL OR first_day <= ?3) GROUP BY 1, 2"
    )
    with as_record_errors(record.path):
        rows = record.connection.execute(statement, (_LAST, _iso(start), _iso(end))).fetchall()
    return Counter({(month, kind): number for month, kind, number in rows})


class Spot(NamedTuple):
    """A place and how many events of each quad class happened there; degrees are None where only the country is known."""

    country: str
    name: str | None
    latin: str | None
    lat: float | None
    lon: float | None
    quads: tuple[int, int, int, int]


def places_of_events(record: Record, start: dt.date | None = None, end: dt.date | None = None) -> list[Spot]:
    """Where things happened, the busiest place first."""
    statement = (
        "SELECT where_code, where_name, where_latin, where_lat, where_lon, sum(quad = 1), sum(quad = 2), sum(quad = 3), "
        "sum(quad = 4) FROM events WHERE stands = 1 AND where_code IS NOT NULL AND status IN ('occurred', 'historical') "
        "AND (?1 IS NULL OR last_day >= ?1) AND (?2 IS NULL OR first_day <= ?2) "
        "GROUP BY where_code, where_lat, where_lon ORDER BY count(*) DESC, where_code, where_lat"
    )
    with as_record_errors(record.path):
        rows = record.connection.execute(statement, (_iso(start), _iso(end))).fetchall()
    return [Spot(code, name, latin, lat, lon, (q1, q2, q3, q4)) for code, name, latin, lat, lon, q1, q2, q3, q4 in rows]


def spellings(record: Record, actor: Actor, limit: int = 12) -> list[tuple[str, int]]:
    """The words under which an actor takes part in events, and in how many; the commonest first."""
    code = actor.code
    values: tuple[str, ...]
    if code:
        where, values = "p.code >= ? AND p.code < ?", (code, f"{code}!")
    else:
        marks = ", ".join("?" * len(actor.terms))
        where, values = f"p.form IN ({marks}) OR p.latin IN ({marks})", (*map(fold_name, actor.terms), *actor.terms)
    statement = (
        "SELECT p.text, count(DISTINCT p.event) AS number FROM participants AS p "
        f"JOIN events AS e ON e.key = p.event AND e.stands = 1 WHERE {where} "
        "GROUP BY p.text ORDER BY number DESC, p.text LIMIT ?"
    )
    with as_record_errors(record.path):
        return [(text, number) for text, number in record.connection.execute(statement, (*values, limit))]


def label_of(side: str) -> tuple[str, str]:
    """A side's names in English and Arabic."""
    actor = of_code(side)
    return actor.english, actor.arabic


def _month_of(row: EventRow) -> str | None:
    start, end = row.when_start, row.when_end
    return f"{start:%Y-%m}" if start and end and (start.year, start.month) == (end.year, end.month) else None


def _span(days: Iterable[dt.date]) -> tuple[dt.date | None, dt.date | None]:
    known = list(days)
    return (min(known), max(known)) if known else (None, None)


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text and text not in (_LAST, "0000-01-01") else None
