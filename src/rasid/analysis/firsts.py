"""Firsts of a relation: the first visit, the first agreement; and the first again after years, or since its state changed."""

import datetime as dt
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from rasid.analysis.formal import Change
from rasid.arabic.letters import fold
from rasid.arabic.words import read_words
from rasid.errors import LexiconError
from rasid.events.plover import contexts, modes, types
from rasid.lexicon import read_table, variants
from rasid.record import EventRow

KINDS = Path(__file__).parent / "firsts.csv"
NO_MODE = "none"
_YEARS = 2  # without any of its kind, after which the next is worth telling
_VAGUE = dt.timedelta(days=6)  # an event whose days are vaguer than this is first of nothing


class Kind(NamedTuple):
    """A row of the table."""

    name: str
    arabic: str
    type: str
    mode: str | None
    words: frozenset[str]
    context: str | None


class First(NamedTuple):
    """An event that is first of its kind: in the record, or since `previous`, the one before it; `since` is the change between.

    What a record calls first is first among what it read: exposure says how much that is.
    """

    kind: Kind
    event: EventRow
    day: dt.date
    previous: dt.date | None
    since: Change | None


@cache
def kinds(path: Path = KINDS) -> tuple[Kind, ...]:
    """The kinds of which firsts are told.

    Raises:
        LexiconError: a type, mode or context that there is not.
    """
    return tuple(_kinds(path))


def _kinds(path: Path) -> Iterator[Kind]:
    for where, cells in read_table(path, ("kind", "arabic", "type", "mode", "words", "context")):
        if cells["type"] not in types() or cells["mode"] not in ("", NO_MODE, *modes(cells["type"])):
            raise LexiconError(f'{where}: "{cells["type"]} {cells["mode"]}" is no type of event, or has no such mode')
        if cells["context"] and cells["context"] not in contexts():
            raise LexiconError(f'{where}: "{cells["context"]}" is no context')
        words = frozenset(fold(word) for word in variants(cells["words"]))
        yield Kind(cells["kind"], cells["arabic"], cells["type"], cells["mode"] or None, words, cells["context"] or None)


def firsts(events: Iterable[EventRow], changes: Iterable[Change] = (), years: int = _YEARS) -> list[First]:
    """The firsts among events that happened, in order of days.

    Args:
        events: all between the same two.
        changes: of the state of their relation: the first of each kind after one is told, if there was one before.
        years: without any of its kind, after which the next is told.
    """
    dated = sorted(((day, event) for event in events if (day := _day_of(event))), key=lambda one: (one[0], one[1].event_id))
    turned = [(day, change) for change in changes if (day := change.last or change.first)]
    found = [
        first
        for kind in kinds()
        for first in _of_kind(kind, [(day, event) for day, event in dated if _is(kind, event)], turned, years)
    ]
    return sorted(found, key=lambda first: (first.day, first.kind.name))


def _of_kind(
    kind: Kind, events: list[tuple[dt.date, EventRow]], turned: list[tuple[dt.date, Change]], years: int
) -> Iterator[First]:
    previous: dt.date | None = None
    for day, event in events:
        between = [change for at, change in turned if previous and previous <= at < day]
        since = between[-1] if between else None
        if previous is None or since or (day - previous).days > 365 * years:
            yield First(kind, event, day, previous, since)
        previous = day


def _day_of(event: EventRow) -> dt.date | None:
    if event.status not in ("occurred", "historical") or not event.when_start or not event.when_end:
        return None
    return event.when_start if event.when_end - event.when_start <= _VAGUE else None


def _is(kind: Kind, event: EventRow) -> bool:
    return (
        event.type == kind.type
        and (kind.mode is None or kind.mode == (event.mode or NO_MODE))
        and (not kind.context or kind.context in (event.contexts or "").split(" + "))
        and (not kind.words or not kind.words.isdisjoint(_words(event.sentence)))
    )


def _words(sentence: str) -> set[str]:
    return {part for word in read_words(sentence) for one in word.form.readings for part in (one.stem, one.stem + one.pronoun)}
