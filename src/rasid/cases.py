"""The cases of predicates, `sentence => ACTORS > RECIPIENTS`, and what the coder makes of them."""

import calendar
import datetime as dt
from typing import NamedTuple

from rasid.coder import code
from rasid.errors import LexiconError
from rasid.events.predicates import Case, event_of
from rasid.events.status import planned_type
from rasid.model import Article, Entity, Event, Interval, PageDate

PUBLISHED = dt.date(2021, 11, 24)  # the day of all cases
_FIELDS = frozenset(("type", "mode", "status", "when", "where"))


class Wanted(NamedTuple):
    """What a case asks for, taken apart; `fields` holds only what it says."""

    actors: frozenset[str]
    recipients: frozenset[str]
    fields: dict[str, str]


def read_wanted(case: Case) -> Wanted | None:
    """`FRA GOV > DZA GOV, when=2021-11-24` taken apart; None for `none`.

    A case asks for its entry's type, and for its mode unless that is left to the words.

    Raises:
        LexiconError: it is not written so.
    """
    if case.wanted == "none":
        return None
    sides, *said = (part.strip() for part in case.wanted.split(","))
    actors, arrow, recipients = sides.partition(">")
    fields = {name: value for name, _, value in (field.partition("=") for field in said)}
    unknown = set(fields) - _FIELDS
    if not arrow or unknown:
        raise LexiconError(f"{case.predicate.where}: {case.wanted!r} is no 'ACTORS > RECIPIENTS, type=.., when=..'")
    if "type" not in fields:
        kind, mode = case.predicate.type, None if case.predicate.by_words else case.predicate.mode
        if kind is None:
            raise LexiconError(f"{case.predicate.where}: what an entry that is no event leaves to another needs its type=...")
        kind, mode = planned_type(kind, mode, fields.get("status", "occurred"))  # type: ignore[arg-type]
        fields = {"type": kind, **({"mode": mode} if mode else {}), **fields}
    event_of(f"{fields['type']} {fields.get('mode', '')}".strip(), case.predicate.where)
    try:
        _interval(fields.get("when", "2021"))
    except ValueError:
        raise LexiconError(f"{case.predicate.where}: when={fields['when']} is no day, month, year, nor two with a /") from None
    return Wanted(codes_of(actors), codes_of(recipients), fields)


def wrong(case: Case) -> str:
    """What the coder gives instead of what `case` asks for; nothing where it is right."""
    wanted = read_wanted(case)
    events = code(Article("case", case.text, date=PageDate(PUBLISHED, PUBLISHED, "given"))).events
    right = not events if wanted is None else any(_is(event, wanted) for event in events)
    return "" if right else "; ".join(map(_shown, events)) or "nothing"


def _is(event: Event, wanted: Wanted) -> bool:
    if (_coded(event.actors), _coded(event.recipients)) != (wanted.actors, wanted.recipients):
        return False
    have = {
        "type": event.type,
        "mode": event.mode,
        "status": event.status,
        "where": event.where.country if event.where else None,
    }
    return all(
        _days(event.when) == _interval(value) if field == "when" else have[field] == value
        for field, value in wanted.fields.items()
    )


def codes_of(side: str) -> frozenset[str]:
    """`FRA GOV + DZA` taken apart; `-` is nobody."""
    return frozenset(code.strip() for code in side.split("+")) - {"", "-"}


def _coded(side: tuple[Entity, ...]) -> frozenset[str]:
    return frozenset(entity.code for entity in side) - {""}


def _days(when: Interval | None) -> tuple[dt.date | None, dt.date | None] | None:
    return (when.start, when.end) if when else None


def _interval(written: str) -> tuple[dt.date, dt.date]:
    """A day, `2021-11`, a year, or `first/last`."""
    first, _, last = written.partition("/")
    return _day(first, last=False), _day(last or first, last=True)


def _day(written: str, last: bool) -> dt.date:
    year, month, day = (*(int(part) for part in written.split("-")), 0, 0)[:3]
    month = month or (12 if last else 1)
    return dt.date(year, month, day or (calendar.monthrange(year, month)[1] if last else 1))


def _shown(event: Event) -> str:
    sides = " > ".join(" + ".join(sorted(_coded(side))) or "-" for side in (event.actors, event.recipients))
    when = f", when={event.when.start}/{event.when.end}" if event.when else ""
    where = f", where={event.where.country}" if event.where else ""
    kind = f"{event.type} {event.mode or ''}".strip()
    return f"{kind} «{event.trigger.text}» {sides}, status={event.status}{when}{where} ({event.predicate})"
