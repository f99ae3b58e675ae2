"""Events in English words, as tables, the report and notebooks all say them."""

import datetime as dt


from rasid.model import CodedArticle, Entity, Event, Interval, PageDate
from rasid.record import EventRow

UNKNOWN = "?"


def who(event: Event) -> str:
    """`Morocco + Israel`, `Benny Gantz (ISR GOV) → Morocco`; a question mark for nobody known."""
    actors, recipients = _side(event.actors), _side(event.recipients)
    return f"{actors or UNKNOWN} → {recipients}" if recipients else actors or UNKNOWN


def _side(entities: tuple[Entity, ...]) -> str:
    return " + ".join(dict.fromkeys(entity_words(entity) for entity in entities))


def entity_words(entity: Entity) -> str:
    """`Benny Gantz (ISR GOV)`, `Morocco`, `Morocco MIL`; the words themselves where nothing is known of them."""
    latin = entity.latin
    if entity.name and latin:
        return f"{latin} ({entity.code})" if entity.code else latin
    if latin and entity.sector and entity.country:
        return f"{latin} {entity.sector}"
    return latin or entity.code or entity.span.text


def when(event: Event) -> str:
    """`24 Nov 2021`, `Sep–Dec 2020`, `after 1993`; in brackets where the text names no day and the page's stands in."""
    if event.when is None:
        return UNKNOWN
    said = interval_words(event.when)
    return f"({said})" if event.when_from == "page" else said


def interval_words(interval: Interval | PageDate) -> str:
    """An interval in as few words as say it wholly."""
    start, end = interval.start, interval.end
    if start is None and end is None:
        return UNKNOWN
    if end is None and start is not None:
        return f"from {_day(start)}"
    if start is None and end is not None:
        return f"until {_day(end)}"
    assert start is not None
    assert end is not None
    if start == end:
        return _day(start)
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return str(start.year) if start.year == end.year else f"{start.year}–{end.year}"
    whole_months = start.day == 1 and (end + dt.timedelta(days=1)).day == 1
    if whole_months and start.year == end.year:
        return f"{start:%b} {start.year}" if start.month == end.month else f"{start:%b}–{end:%b} {end.year}"
    return f"{_day(start)} – {_day(end)}"


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%b} {day.year}"


def kind(event: Event) -> str:
    """`CONSULT visit`."""
    return f"{event.type} {event.mode}" if event.mode else event.type


def counts(coded: CodedArticle) -> str:
    """`3 events, 1 agreement, 4 quotes.`"""
    parts = [_count(len(coded.events), "event")]
    parts += [_count(len(found), noun) for found, noun in ((coded.agreements, "agreement"), (coded.quotes, "quote")) if found]
    return ", ".join(parts) + "."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number:,} {noun}s"


def row_when(row: EventRow) -> str:
    """`when` of an event as the record gives it."""
    said = interval_words(Interval(row.when_start, row.when_end))
    return f"({said})" if row.when_from == "page" and said != UNKNOWN else said


def row_who(row: EventRow) -> str:
    """`who` of an event as the record gives it: names with codes in brackets where they say more."""
    sides = [_row_side(row.actor_names, row.actor_codes), _row_side(row.recipient_names, row.recipient_codes)]
    return f"{sides[0] or UNKNOWN} → {sides[1]}" if sides[1] else sides[0] or UNKNOWN


def _row_side(names: str | None, codes: str | None) -> str:
    if not names:
        return ""
    pairs = zip(names.split(" + "), (codes or "").split(" + "), strict=False)
    return " + ".join(dict.fromkeys(f"{name} ({code})" if " " in code else name for name, code in pairs))
