"""Events in English words, as tables, the report and notebooks all say them."""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from rasid.actors.latin import country_name
from rasid.model import CodedArticle, Entity, Event, Interval, PageDate
from rasid.record import EventRow

UNKNOWN = "?"
ELSEWHERE = "…"  # stands for words that have no Latin form: they follow in Arabic
_BETWEEN = " + "
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")  # whatever the locale


class Who(NamedTuple):
    """Who did it to whom, in Latin letters, and the Arabic words of those who have no Latin form."""

    latin: str
    arabic: tuple[str, ...]


def who(event: Event) -> Who:
    """`Morocco + Israel`, `Benny Gantz (ISR GOV) → Morocco`; a question mark for nobody known."""
    sides = ([(_entity(entity), entity.span.text) for entity in side] for side in (event.actors, event.recipients))
    return _who(*sides)


def row_who(row: EventRow) -> Who:
    """`who` of an event as the record gives it."""
    return _who(list(_row_side(row.actor_names, row.actor_codes)), list(_row_side(row.recipient_names, row.recipient_codes)))


def _who(actors: list[tuple[str | None, str]], recipients: list[tuple[str | None, str]]) -> Who:
    sides = [_BETWEEN.join(dict.fromkeys(latin or ELSEWHERE for latin, _ in side)) for side in (actors, recipients)]
    arabic = tuple(dict.fromkeys(words for latin, words in (*actors, *recipients) if not latin))
    return Who(f"{sides[0] or UNKNOWN} → {sides[1]}" if sides[1] else sides[0] or UNKNOWN, arabic)


def _entity(entity: Entity) -> str | None:
    return _named(entity.latin, entity.code, bool(entity.name))


def entity_words(entity: Entity) -> str:
    """`Benny Gantz (ISR GOV)`, `Morocco`, `Morocco MIL`; the words themselves where nothing is known of them."""
    return _entity(entity) or entity.span.text


def _named(latin: str | None, code: str, is_person: bool) -> str | None:
    """A Latin name with as much of the code as it does not say itself; the code alone where there is no name."""
    if not latin or not code:
        return latin or code or None
    country, _, sector = code.partition(" ")
    if is_person or (sector and latin != country_name(country)):
        return f"{latin} ({code})"
    return f"{latin} {sector}".rstrip()


def _row_side(names: str | None, codes: str | None) -> Iterable[tuple[str | None, str]]:
    if names:
        for name, code in zip(names.split(_BETWEEN), (codes or "").split(_BETWEEN), strict=False):
            known = "" if code == UNKNOWN else code
            latin = None if is_arabic(name) else name
            yield _named(latin, known, bool(latin) and latin != country_name(known.split(" ")[0])), name


def is_arabic(text: str) -> bool:
    """Does `text` hold an Arabic letter?"""
    return any("\u0600" <= letter <= "\u06ff" for letter in text)


def when(event: Event) -> str:
    """`24 Nov 2021`, `Sep–Dec 2020`, `from 1994`; in brackets where the text names no day and the page's stands in."""
    if event.when is None:
        return UNKNOWN
    said = interval_words(event.when)
    return f"({said})" if event.when_from == "page" else said


def row_when(row: EventRow) -> str:
    """`when` of an event as the record gives it."""
    said = interval_words(Interval(row.when_start, row.when_end))
    return f"({said})" if row.when_from == "page" and said != UNKNOWN else said


def interval_words(interval: Interval | PageDate) -> str:
    """An interval in as few words as say it wholly."""
    start, end = interval.start, interval.end
    if start is None and end is None:
        return UNKNOWN
    if start is None:
        assert end is not None
        return f"until {end.year if (end.month, end.day) == (12, 31) else _day(end)}"
    if end is None:
        return f"from {start.year if (start.month, start.day) == (1, 1) else _day(start)}"
    return _day(start) if start == end else _whole_years(start, end) or _whole_months(start, end) or _days(start, end)


def _whole_years(start: dt.date, end: dt.date) -> str | None:
    if (start.month, start.day, end.month, end.day) != (1, 1, 12, 31):
        return None
    return str(start.year) if start.year == end.year else f"{start.year}–{end.year}"


def _whole_months(start: dt.date, end: dt.date) -> str | None:
    if start.day != 1 or (end + dt.timedelta(days=1)).day != 1:
        return None
    if start.year != end.year:
        return f"{_month(start)} {start.year}–{_month(end)} {end.year}"
    return f"{_month(start)} {start.year}" if start.month == end.month else f"{_month(start)}–{_month(end)} {end.year}"


def _days(start: dt.date, end: dt.date) -> str:
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{_day(end)}"
    return f"{start.day} {_month(start)}–{_day(end)}" if start.year == end.year else f"{_day(start)}–{_day(end)}"


def _month(day: dt.date) -> str:
    return _MONTHS[day.month - 1]


def _day(day: dt.date) -> str:
    return f"{day.day} {_month(day)} {day.year}"


def kind(event: Event | EventRow) -> str:
    """`CONSULT visit`; the name in the user's own ontology where it has one."""
    own = getattr(event, "own_type", None)
    if own:
        return str(own)
    return f"{event.type} {event.mode}" if event.mode else event.type


def count_words(event: Event) -> list[str]:
    """`30 killed`, `more than 20 wounded`, `up to 5 arrested`."""
    return [f"{_bounds(count.min, count.max)} {count.kind}" for count in event.counts]


def _bounds(least: int | None, most: int | None) -> str:
    if least is None or most is None:
        return f"{least:,} or more" if least is not None else f"up to {most:,}" if most is not None else "some"
    return f"{least:,}" if least == most else f"{least:,}–{most:,}"


def counts(coded: CodedArticle) -> str:
    """`3 events, 1 agreement, 4 quotes`."""
    found = ((len(coded.agreements), "agreement"), (len(coded.quotes), "quote"))
    return ", ".join([number_of(len(coded.events), "event"), *(number_of(number, noun) for number, noun in found if number)])


def number_of(number: int, noun: str) -> str:
    """`1 event`, `1,204 events`."""
    return f"{number} {noun}" if number == 1 else f"{number:,} {noun}s"
