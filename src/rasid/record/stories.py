"""The stories of a record: events that are reports of one act, brought up to date before they are asked for.

What people decided of two events comes before what the machine finds. All of it can be made anew from the events and the
decisions, and comes out the same whatever the order in which articles were added.
"""

import datetime as dt
import json
import math
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Literal, NamedTuple, get_args

from rasid.errors import InputError, RecordError
from rasid.record.contents import as_json, day, now
from rasid.record.opening import Record, as_record_errors, transaction
from rasid.record.reading import load_article, load_event
from rasid.stories.accounts import Account, in_order
from rasid.stories.acts import Act, acts_of, keys_of
from rasid.stories.join import Decisions, Pair, Story, edge, pair, tell_apart
from rasid.stories.likeness import Finding, Likeness

Action = Literal["join", "separate", "undo"]
_AT_HAND = 2_000  # articles whose events are kept while others are compared with them
_ARTICLE_OF = "SELECT a.id FROM events AS e JOIN articles AS a ON a.key = e.article WHERE e.id = ? AND e.stands = 1"
_STALE = (
    "SELECT s.event, a.id FROM stale_events AS s LEFT JOIN events AS e ON e.id = s.event AND e.stands = 1 "
    "LEFT JOIN articles AS a ON a.key = e.article ORDER BY a.date_start, a.id, s.event"
)
_NEIGHBOURS = (
    "SELECT b FROM act_edges WHERE a = ?1 UNION SELECT a FROM act_edges WHERE b = ?1 "
    "UNION SELECT other FROM join_decisions WHERE one = ?1 UNION SELECT one FROM join_decisions WHERE other = ?1"
)
_LAST_DECISIONS = (
    "SELECT one, other, action FROM join_decisions WHERE key IN (SELECT max(key) FROM join_decisions GROUP BY one, other)"
)


class StoryRow(NamedTuple):
    """A story in one row, as in the view `story_rows`: an act, and how many reports, articles, outlets and texts tell of it."""

    story_id: str
    type: str
    when_start: str | None
    when_end: str | None
    where_code: str | None
    reports: int
    articles: int
    outlets: int
    own_texts: int
    first_published: str | None
    last_published: str | None


class ReportRow(NamedTuple):
    """A report of a story: event and article, and to which event it was joined, how alike they are, and why.

    `own_text` is False where its article is a copy of one that reported the same before.
    """

    account: Account
    joined_to: str | None
    likeness: float | None
    findings: tuple[Finding, ...]
    own_text: bool


class JoinDecision(NamedTuple):
    """What somebody decided of two events."""

    at: str
    by: str
    action: str
    one: str
    other: str
    note: str | None


def make_stories(record: Record) -> None:
    """Put the events that came or changed into stories. Killed, nothing of it is kept, and the next run does it.

    Raises:
        RecordError: see `transaction`.
    """

    @lru_cache(maxsize=_AT_HAND)
    def acts_in(article: str) -> dict[str, Act]:
        return {act.id: act for act in acts_of(load_article(record, article))}

    def act(event: str) -> Act | None:
        found = record.connection.execute(_ARTICLE_OF, (event,)).fetchone()
        return acts_in(found[0]).get(event) if found else None

    with as_record_errors(record.path):
        if not record.connection.execute("SELECT 1 FROM stale_events LIMIT 1").fetchone():
            return  # without keeping others from writing
    with transaction(record) as connection:
        stale = connection.execute(_STALE).fetchall()
        touched = {event for event, _ in stale}
        for event, _ in stale:
            touched |= _neighbours(connection, event)
            _clear(connection, event)
        for event, article in stale:
            if article is not None:
                keys = [(key, event) for key in keys_of(acts_in(article)[event])]
                connection.executemany("INSERT INTO act_keys VALUES (?, ?)", keys)
        done: set[str] = set()
        for event, article in stale:
            if article is not None:
                done.add(event)
                _write_edges(connection, acts_in(article)[event], done, act)
        _tell_apart_anew(connection, touched, act)
        connection.execute("DELETE FROM stale_events")


def _clear(connection: sqlite3.Connection, event: str) -> None:
    for statement in (
        "DELETE FROM act_keys WHERE event = ?",
        "DELETE FROM act_edges WHERE a = ?1 OR b = ?1",
        "DELETE FROM joins WHERE event = ?",
    ):
        connection.execute(statement, (event,))


def _neighbours(connection: sqlite3.Connection, event: str) -> set[str]:
    return {other for (other,) in connection.execute(_NEIGHBOURS, (event,))}


def _write_edges(connection: sqlite3.Connection, new: Act, done: set[str], act: Callable[[str], Act | None]) -> None:
    """Write the edges of an event to those that share a key with it and were not compared with it yet."""
    keys = sorted(keys_of(new))
    sharing = connection.execute(
        f"SELECT DISTINCT event FROM act_keys WHERE key IN ({', '.join('?' * len(keys))})", keys
    ).fetchall()
    for (other,) in sharing:
        found = act(other) if other not in done else None
        alike = edge(*sorted((new, found), key=lambda one: one.id)) if found else None
        if alike:
            row = (*pair(new.id, other), alike.score, _findings_json(alike.findings))
            connection.execute("INSERT OR REPLACE INTO act_edges VALUES (?, ?, ?, ?)", row)


def _tell_apart_anew(connection: sqlite3.Connection, touched: Iterable[str], act: Callable[[str], Act | None]) -> None:
    """Make the stories anew that hang together with some events."""
    decisions = _decisions(connection)
    seen: set[str] = set()
    for event in sorted(touched):
        if event in seen:
            continue
        group, left = {event}, [event]
        while left:
            new = _neighbours(connection, left.pop()) - group
            group |= new
            left += new
        seen |= group
        acts = {id_: found for id_ in group if (found := act(id_))}
        connection.executemany("DELETE FROM joins WHERE event = ?", [(id_,) for id_ in group])
        for story in tell_apart(acts, _edges(connection, acts), decisions):
            _write_story(connection, story)


def _edges(connection: sqlite3.Connection, acts: Iterable[str]) -> dict[Pair, Likeness]:
    return {
        (a, b): Likeness(score, _findings(findings))
        for id_ in acts
        for a, b, score, findings in connection.execute("SELECT * FROM act_edges WHERE a = ?", (id_,))
    }


def _write_story(connection: sqlite3.Connection, story: Story) -> None:
    joined = {join.report: join for join in story.joins}
    for report in story.reports:
        join = joined.get(report)
        score = join.likeness.score if join and not math.isinf(join.likeness.score) else None
        why = _findings_json(join.likeness.findings if join else ())
        row = (report, story.id, join and join.to, score, why)
        connection.execute("INSERT INTO joins VALUES (?, ?, ?, ?, ?)", row)


def _findings_json(findings: Iterable[Finding]) -> str:
    return as_json([list(finding) for finding in findings])


def _findings(content: str) -> tuple[Finding, ...]:
    return tuple(Finding(name, points) for name, points in json.loads(content))


def _decisions(connection: sqlite3.Connection) -> Decisions:
    last = [((one, other), action) for one, other, action in connection.execute(_LAST_DECISIONS)]
    return Decisions(*(frozenset(both for both, action in last if action == name) for name in ("join", "separate")))


def decide(record: Record, action: Action, a: str, b: str, *, by: str, note: str | None = None) -> Pair:
    """Keep that somebody says of two events that they are one act, or two, or takes back what was said of them.

    Args:
        record: the record.
        action: `join`, `separate` or `undo`.
        a: an event's id, or its beginning.
        b: another's.
        by: who says so.
        note: why.

    Returns:
        The ids of both.

    Raises:
        InputError: nobody's name is given, the action is none, or both are one event.
        RecordError: there is no such event, or nothing to undo.
    """
    if action not in get_args(Action):
        raise InputError(f'"{action}" is no decision; there are {", ".join(get_args(Action))}')
    if not by.strip():
        raise InputError("a decision needs the name of who makes it: --by NAME")
    with transaction(record) as connection:
        both = pair(*(load_event(record, one)[0].id for one in (a, b)))
        if both[0] == both[1]:
            raise InputError(f"{both[0]} is one event; name two")
        held = {(one, other): said for one, other, said in connection.execute(_LAST_DECISIONS)}
        if action == "undo" and held.get(both, "undo") == "undo":
            raise RecordError(f"{record.path}: nobody decided about {both[0]} and {both[1]}; there is nothing to undo")
        row = (now(), by.strip(), action, *both, note)
        connection.execute("INSERT INTO join_decisions (at, by, action, one, other, note) VALUES (?, ?, ?, ?, ?, ?)", row)
        connection.executemany("INSERT OR IGNORE INTO stale_events VALUES (?)", [(one,) for one in both])
    return both


def find_decisions(record: Record) -> list[JoinDecision]:
    """All that people decided about joins, in order."""
    with as_record_errors(record.path):
        rows = record.connection.execute("SELECT at, by, action, one, other, note FROM join_decisions ORDER BY key")
        return [JoinDecision(*row) for row in rows]


def find_stories(
    record: Record, least: int = 2, start: dt.date | None = None, end: dt.date | None = None, type: str | None = None
) -> Iterator[StoryRow]:
    """Stories with at least so many reports, of acts that may have happened in a period, in order of days."""
    statement = (
        f"SELECT {', '.join(StoryRow._fields)} FROM story_rows WHERE reports >= ?1 "
        "AND (?2 IS NULL OR when_end >= ?2) AND (?3 IS NULL OR when_start <= ?3) AND (?4 IS NULL OR type = ?4) "
        "ORDER BY when_start IS NULL, when_start, story_id"
    )
    with as_record_errors(record.path):
        for row in record.connection.execute(statement, (least, day(start), day(end), type)):
            yield StoryRow(*row)


def load_story(record: Record, event_id: str) -> list[ReportRow]:
    """The reports of the story that an event belongs to, by the day of publication; up to date if `make_stories` was called.

    Raises:
        RecordError: there is no such event.
    """
    event = load_event(record, event_id)[0].id
    with as_record_errors(record.path):
        rows = record.connection.execute(
            "SELECT event_id, joined_to, likeness, findings, own_text FROM story_reports "
            "WHERE story_id = (SELECT story FROM joins WHERE event = ?)",
            (event,),
        ).fetchall()
    reports = {
        Account(*load_event(record, id_)): (joined_to, score, _findings(findings), bool(own))
        for id_, joined_to, score, findings, own in rows
    }
    return [ReportRow(account, *reports[account]) for account in in_order(list(reports))]
