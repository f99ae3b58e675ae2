"""How many of our own cases hold: those of the lexicon's entries, and the tables in tests/cases/events.

A case of an entry reads `text => FRA GOV > DZA GOV, when=2021-11-24`, and `text => none` where no event of it may be coded.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from rasid.cases import PUBLISHED, codes_of, read_wanted
from rasid.coder import code
from rasid.events.predicates import cases
from rasid.model import Article, Event, PageDate

ROOT = Path(__file__).parent.parent


class Case(NamedTuple):
    """A sentence of the lexicon, and what its entry must make of it."""

    text: str
    type: str  # empty: any
    codes: tuple[frozenset[str], frozenset[str]] | None  # None: no event of that type


def score_cases() -> list[tuple[str, int, int]]:
    """What was asked, how often it was right, and of how many."""
    entries = Counter(name for case in lexicon_cases() for name in _right(case))
    tables = Counter(name for row in table_rows() for name in _right_in_table(row))
    return [
        ("cases of the lexicon: type", entries["type"], entries["events"]),
        ("cases of the lexicon: type, actors and recipients", entries["who"], entries["events"]),
        ("cases of the lexicon: no such event", entries["silent"], entries["none"]),
        ("tables of sentences: type", tables["type"], tables["events"]),
        ("tables of sentences: type, actors and recipients", tables["who"], tables["events"]),
        ("tables of sentences: status, where the type is right", tables["status"], tables["type"]),
        ("tables of sentences: no event where there is none", tables["silent"], tables["none"]),
    ]


def lexicon_cases() -> Iterator[Case]:
    for case in cases():
        wanted = read_wanted(case)
        if wanted is None:
            yield Case(case.text, case.predicate.type or "", None)
        else:
            yield Case(case.text, wanted.fields["type"], (wanted.actors, wanted.recipients))


def _right(case: Case) -> Iterator[str]:
    events = _events(case.text, PUBLISHED)
    if case.codes is None:
        yield "none"
        if not any(event.type == case.type or not case.type for event in events):
            yield "silent"
        return
    yield "events"
    found = [event for event in events if event.type == case.type or event.status == "future"]
    if found:
        yield "type"
    if any(_sides(event) == case.codes for event in found):
        yield "who"


def _sides(event: Event) -> tuple[frozenset[str], frozenset[str]]:
    actors, recipients = (frozenset(e.code for e in side if e.code) for side in (event.actors, event.recipients))
    return actors, recipients


def table_rows() -> Iterator[dict[str, Any]]:
    for path in sorted((ROOT / "tests" / "cases" / "events").glob("*.yaml")):
        yield from (row for row in yaml.safe_load(path.read_text(encoding="utf-8")) or [] if isinstance(row, dict))


def _right_in_table(row: dict[str, Any]) -> Iterator[str]:
    """Of a row `{date, text, is: [TYPE mode: ACTORS > RECIPIENTS, status=...]}`: what was wanted, and what of it came."""
    events = list(_events(row["text"], row["date"]))
    if not row["is"]:
        yield "none"
        if not events:
            yield "silent"
    for wanted in row["is"]:
        yield "events"
        kind, _, rest = wanted.partition(":")
        sides, *fields = rest.split(",")
        actors, _, recipients = sides.partition(">")
        codes = (codes_of(actors), codes_of(recipients))
        found = [event for event in events if event.type == kind.split()[0]]
        if found:
            best = max(found, key=lambda event: _sides(event) == codes)
            events.remove(best)
            yield "type"
            if _sides(best) == codes:
                yield "who"
            if best.status == dict(field.strip().split("=", 1) for field in fields).get("status", "occurred"):
                yield "status"


def _events(text: str, date: dt.date) -> tuple[Event, ...]:
    return code(Article("case", text, date=PageDate(date, date, "given"))).events
