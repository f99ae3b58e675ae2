"""Expressions of time to intervals: `find_times`."""

import datetime as dt
from collections.abc import Sequence

from rasid.arabic.words import Word
from rasid.model import Interval, PageDate, Span
from rasid.times.calendars import Range
from rasid.times.grammar import read_expressions
from rasid.times.page_date import infer_date
from rasid.times.phrases import Anchor, Mode, Phrase, is_word, touches
from rasid.times.spans import read_distance
from rasid.times.tense import direction
from rasid.times.vocabulary import read

__all__ = ["find_times", "infer_date", "read_distance", "read_expressions"]

_NEAR = 4  # words: so near a verb of the past is of the date itself
_NO_DAY = dt.date(2000, 1, 1)  # stands in where the day of publication cannot matter


def find_times(
    text: str,
    words: Sequence[Word],
    published: PageDate,
    before: Interval | None = None,
    expressions: Sequence[Phrase] | None = None,
) -> list[Interval]:
    """Every expression of `text` that places something on the calendar, in order, as first and last day.

    Args:
        text: what the words were read from.
        words: of one sentence or of several, with offsets into `text`.
        published: the day of publication, or the interval in which it lies; while that is unknown, expressions that hang
            on it (أمس) are left out, and while one end of it is open, so is theirs.
        before: the last time of the sentences before these words, on which `في اليوم التالي` hangs.
        expressions: those of these words, where `read_expressions` has found them already.
    Returns:
        Intervals whose span is the shortest phrase with the whole meaning, verbatim.
    """
    found: list[Interval] = []
    said = Range(before.start, before.end) if before and before.start and before.end else None
    for phrase in read_expressions(words) if expressions is None else expressions:
        start, end = _resolve(words, phrase, published, said)
        if start is None and end is None:
            continue
        found.append(Interval(start, end, _span(text, words, phrase)))
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


def _span(text: str, words: Sequence[Word], phrase: Phrase) -> Span:
    """The words of `phrase`, with a clitic that is written to them: `الـ15 من مايو`, `و17 ديسمبر`."""
    first = phrase.first
    while first and is_word(words, first - 1, "ال", "و", "ب", "ل", "ف") and touches(words, first - 1):
        first -= 1
    start, end = words[first].start, words[phrase.after - 1].end
    return Span(start, end, text[start:end])
