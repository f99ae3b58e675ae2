"""Expressions of time to intervals: `find_times`."""

import datetime as dt
from collections.abc import Sequence

from rasid.arabic.words import Word
from rasid.model import Interval, PageDate, Span
from rasid.times.calendars import Range, unit_range
from rasid.times.grammar import read_expressions
from rasid.times.page_date import infer_date
from rasid.times.phrases import Anchor, Mode, Phrase, is_word, touches
from rasid.times.spans import read_distance
from rasid.times.tense import direction
from rasid.times.vocabulary import read

__all__ = ["find_times", "infer_date", "month_of", "read_distance", "read_expressions", "whole_of"]

_NEAR = 4  # words: so near a verb of the past is of the date itself
_RECENT = 6  # times whose years are remembered
_SHORTEST_PART = 7  # days, less one, that a part of a month has at least; one of a week has fewer
_NO_DAY = dt.date(2000, 1, 1)  # stands in where the day of publication cannot matter


def find_times(
    text: str,
    words: Sequence[Word],
    published: PageDate,
    before: Sequence[Interval] = (),
    expressions: Sequence[Phrase] | None = None,
) -> list[Interval]:
    """Every expression of `text` that places something on the calendar, in order, as first and last day.

    Args:
        text: what the words were read from.
        words: of one sentence or of several, with offsets into `text`.
        published: the day of publication, or the interval in which it lies; while that is unknown, expressions that hang
            on it (أمس) are left out, and while one end of it is open, so is theirs.
        before: the times of the sentences before these words: on the last one `في اليوم التالي` hangs, and a month whose
            year one of them gives (`24 مارس 2017`) has that year here too (`ليل 25 مارس`).
        expressions: those of these words, where `read_expressions` has found them already.
    Returns:
        Intervals whose span is the shortest phrase with the whole meaning, verbatim.
    """
    found: list[Interval] = []
    said = next((Range(time.start, time.end) for time in before[-1:] if time.start and time.end), None)
    years = dict(filter(None, map(_year_said, before[-_RECENT:]))) if before else {}
    for phrase in read_expressions(words) if expressions is None else expressions:
        start, end = _resolve(words, phrase, published, said)
        if start is None and end is None:
            continue
        if years and phrase.free and start and start.month in years:
            start, end = _in_year(phrase, years[start.month], start, end)
        found.append(Interval(start, end, _span(text, words, phrase)))
        if phrase.absolute and (dated := _year_said(found[-1])):
            years[dated[0]] = dated[1]
        if start and end:
            said = Range(start, end)
    return found


def _resolve(
    words: Sequence[Word], phrase: Phrase, published: PageDate, said: Range | None
) -> tuple[dt.date | None, dt.date | None]:
    """First and last day of `phrase`; None for an end that hangs on an unknown day."""
    mode: Mode = "last"
    told = direction(words, phrase.first, phrase.after) if phrase.free else None
    if told == "plan":
        mode = "next"
    elif phrase.free and read(words, phrase.first - 1, "until"):
        mode = "near"
    elif told == "past" and direction(words, phrase.first, phrase.first, _NEAR) == "past":
        mode = "past"

    def on(day: dt.date) -> Range | None:
        try:
            return phrase.resolve(Anchor(day, mode, said))
        except (ValueError, OverflowError):  # beyond the years that a calendar has
            return None

    if phrase.absolute or (published.start is not None and published.start == published.end):
        only = on(published.start or _NO_DAY)
        return only or (None, None)
    first = on(published.start) if published.start else None
    last = on(published.end) if published.end else None
    return (first.start if first else None, last.end if last else None)


def _year_said(time: Interval) -> tuple[int, int] | None:
    """The month of a time within one, and its year, where its words give that in digits."""
    if time.start is None or time.end is None or (time.start.year, time.start.month) != (time.end.year, time.end.month):
        return None
    return (time.start.month, time.start.year) if time.span and str(time.start.year) in time.span.text else None


def _in_year(phrase: Phrase, year: int, start: dt.date, end: dt.date | None) -> tuple[dt.date, dt.date | None]:
    """A day or month that leaves out its year in the `year` that was given to its month just before; all else as it is."""
    found = phrase.resolve(Anchor(dt.date(year, 12, 31), "last")) if phrase.grain in ("day", "month") else None
    return found if found and (found.start.month, found.start.day) == (start.month, start.day) else (start, end)


def _span(text: str, words: Sequence[Word], phrase: Phrase) -> Span:
    """The words of `phrase`, with a clitic that is written to them: `الـ15 من مايو`, `و17 ديسمبر`."""
    first = phrase.first
    while first and is_word(words, first - 1, "ال", "و", "ب", "ل", "ف") and touches(words, first - 1):
        first -= 1
    start, end = words[first].start, words[phrase.after - 1].end
    return Span(start, end, text[start:end])


def month_of(day: dt.date) -> Range:
    """The month that holds `day`."""
    return unit_range("month", day)


def whole_of(words: Sequence[Word], first: int, time: Interval) -> Interval:
    """The month of which `time`, whose words begin at `first`, is a part (`أواخر مارس`); all else as it is."""
    if not (time.start and time.end and read(words, first, "part")):
        return time
    month = month_of(time.start)
    is_part = time.end <= month.end and (time.end - time.start).days >= _SHORTEST_PART
    return Interval(month.start, month.end, time.span) if is_part else time
