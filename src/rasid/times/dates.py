"""Days and months by name or number: `27 ديسمبر الماضي`, `يناير (كانون الثاني) 2003`, `15 من الشهر الجاري`, `24/11/2021`."""

import datetime as dt
import re
from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from rasid.arabic.numbers import read_number, read_ordinal
from rasid.arabic.words import Word
from rasid.times.calendars import (
    Month,
    Range,
    choose,
    day_of,
    hijri_year_of,
    hijri_year_range,
    month_range,
    unit_range,
    year_range,
)
from rasid.times.phrases import Anchor, Phrase, is_mark, is_word, joined, no_time
from rasid.times.vocabulary import MonthName, alliances, bars, known_years, read, skip
from rasid.times.years import Year, read_year, year_of

_LAST_DAY = 31
_TEXT_DATE = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})")
_ISO_DATE = re.compile(r"(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})")
_DAYS = re.compile(r"(\d{1,2})[-–/](\d{1,2})")
_TEXT_MONTH = re.compile(r"(\d{1,2})[/\-](\d{4})")
_DAY_AND_MONTH = re.compile(r"(\d{1,2})[/\-](\d{1,2})")

Which = int | Literal["same"]


class MonthWords(NamedTuple):
    """A month as written. `certain`: doubled, or with something that only a month has. `name`: how it was first written."""

    month: Month
    after: int
    name: MonthName
    certain: bool


class Tail(NamedTuple):
    """What follows a month: its year, or الماضي and the like, or nothing."""

    year: Year | None
    which: Which | None
    after: int


def read_date(words: Sequence[Word], at: int, *, named: bool = False) -> Phrase | None:
    """A day or month that begins at `at`: `[days] [من] [شهر] month [year]`. `named`: a bare month is one here."""
    days, start = read_days(words, at)
    if days:
        start = start + 1 if is_mark(words, start, "/-") else skip(words, start, "of")
    begin = _skip_month_word(words, start)
    month = read_month(words, begin, certain=bool(days))
    if month is None:
        return read_date_with_number_month(words, at) or (_day_of_relative_month(words, at, days, start) if days else None)
    tail = read_tail(words, month)
    barred = _is_name(words, at, days, month)
    if tail.year is None and tail.which is None:
        if barred:
            known = _known_year(words, at, days, month.month)
            if known is None:
                return no_time(at, tail.after)
            tail = Tail(Year(known), None, tail.after)
        elif days and (known := _known_year(words, at, days, month.month)):
            tail = Tail(Year(known), None, tail.after)
        elif not (days or named or month.certain or begin > at or _stands_alone(words, at, month)):
            return None
    first = at if days else begin
    return date_phrase(first, tail.after, month.month, days, tail)


def date_phrase(first: int, after: int, month: Month, days: tuple[int, ...], tail: Tail) -> Phrase:
    """The days (or, without them, all) of `month`, in the year that `tail` or the anchor gives."""

    def resolve(anchor: Anchor) -> Range | None:
        return _resolve(anchor, month, days, tail)

    free = tail.year is None and tail.which is None
    absolute = (tail.year is not None and tail.year.absolute) or tail.which == "same"

    def current(day: dt.date) -> bool:
        year = hijri_year_of(day) if month.hijri else day.year
        whole = month_range(month, year)
        return whole is not None and whole.start <= day <= whole.end

    checks = (current,) if tail.which == 0 else ()
    return Phrase(first, after, "day" if days else "month", resolve, free, absolute, paired=len(days) > 1, checks=checks)


def read_days(words: Sequence[Word], at: int) -> tuple[tuple[int, ...], int]:
    """Days of a month at `at`: `13`, `الثامن عشر`, `13 و17`, `13 إلى 17`, `13-17`; an empty tuple where there are none."""
    found = _read_day(words, at)
    if found is None:
        pair = _DAYS.fullmatch(words[at].form.fold) if at < len(words) and words[at].form.kind == "number" else None
        if pair and 1 <= int(pair[1]) < int(pair[2]) <= _LAST_DAY:
            return (int(pair[1]), int(pair[2])), at + 1
        return (), at
    days, after = [found[0]], found[1]
    while after < len(words):
        link = after + 1 if is_word(words, after, "و") or is_mark(words, after, "-–،") else skip(words, after, "or")
        following = _read_day(words, link)
        if following is None or following[0] <= days[-1] or (link == after and not words[after].form.fold.startswith("و")):
            break
        days.append(following[0])
        after = following[1]
    return tuple(days), after


def read_month(words: Sequence[Word], at: int, *, certain: bool = False) -> MonthWords | None:
    """A month's name, alone or doubled: `يناير (كانون الثاني)`, `كانون الأول/ديسمبر`, `يونيو حزيران`.

    Where a day before it makes it `certain`, a name in brackets or after a stroke is the same month even if it is mistaken.
    """
    found = read(words, at, "month")
    if found is None:
        return None
    name, after = found
    again = _read_same_month(words, after, name.month, mistaken=certain)
    return MonthWords(name.month, again or after, name, again is not None)


def read_tail(words: Sequence[Word], month: MonthWords) -> Tail:
    """What follows `month`: a year, which the other name may follow (`سبتمبر 2001 (أيلول)`), or الماضي and the like."""
    which = read(words, month.after, "which")
    if which:
        return Tail(None, which[0], which[1])
    year = read_year(words, month.after, hijri=month.month.hijri)
    if year is None:
        return Tail(None, None, month.after)
    return Tail(year[0], None, _read_same_month(words, year[1], month.month) or year[1])


def read_date_with_number_month(words: Sequence[Word], at: int) -> Phrase | None:
    """`24/11/2021`, `2021-11-24`, `24 - 7 - 2015`, `11/2021`, and `يوم 24/11`; a Hijri year makes it a Hijri date."""
    if at >= len(words) or words[at].form.kind != "number":
        return None
    written, after = words[at].form.fold, at + 1
    if written.isdigit():
        written, after = _spaced(words, at)
    era = read(words, after, "era")
    after = era[1] if era else after
    numbers = _numbers(written)
    if numbers is None:
        return _day_and_month(words, at)
    year, month, day = numbers
    hijri = 1300 <= year <= 1500
    tail = Tail(Year(year, hijri), None, after)
    return date_phrase(at, after, Month(month, hijri), (day,) if day else (), tail)


def _day_and_month(words: Sequence[Word], at: int) -> Phrase | None:
    """`يوم 24/11`, `20 / 9 الحالي`: only after يوم or before الماضي and the like, for it may be a fraction or a score."""
    written, after = words[at].form.fold, at + 1
    if is_mark(words, after, "/") and after + 1 < len(words):
        written, after = f"{written}/{words[after + 1].form.fold}", after + 2
    pair = None if written.isdigit() else _DAY_AND_MONTH.fullmatch(written)
    if pair is None or not (1 <= int(pair[1]) <= _LAST_DAY and 1 <= int(pair[2]) <= 12):
        return None
    which = read(words, after, "which")
    if which is None and not is_word(words, at - 1, "يوم"):
        return None
    tail = Tail(None, which[0] if which else None, which[1] if which else after)
    return date_phrase(at, tail.after, Month(int(pair[2])), (int(pair[1]),), tail)


def _numbers(written: str) -> tuple[int, int, int] | None:
    """Year, month and day (0: none) of a date in digits."""
    if written.isdigit():
        return None
    if found := _ISO_DATE.fullmatch(written):
        year, month, day = (int(part) for part in found.groups())
    elif found := _TEXT_DATE.fullmatch(written):
        day, month, year = (int(part) for part in found.groups())
        year += 2000 if year < 100 else 0
        if month > 12 >= day:
            day, month = month, day
    elif found := _TEXT_MONTH.fullmatch(written):
        day, month, year = 0, int(found[1]), int(found[2])
    else:
        return None
    known = 1800 <= year <= 2100 or 1300 <= year <= 1500
    return (year, month, day) if known and 1 <= month <= 12 and day <= _LAST_DAY else None


def _spaced(words: Sequence[Word], at: int) -> tuple[str, int]:
    """`24 - 7 - 2015` or `24 / 7 / 2015` in one piece."""
    pieces = words[at : at + 5]
    kinds, strokes = {piece.form.kind for piece in pieces[::2]}, {piece.form.text for piece in pieces[1::2]}
    if len(pieces) == 5 and kinds == {"number"} and len(strokes) == 1 and strokes <= {"-", "/", "–"}:
        return "/".join(piece.form.fold for piece in pieces[::2]), at + 5
    return words[at].form.fold, at + 1


def _read_day(words: Sequence[Word], at: int) -> tuple[int, int] | None:
    if is_word(words, at, "ال") and at + 1 < len(words) and words[at + 1].form.kind == "number":
        at += 1
    if at >= len(words):
        return None
    if words[at].form.kind == "number":
        digits = words[at].form.fold
        return (int(digits), at + 1) if digits.isdigit() and 1 <= int(digits) <= _LAST_DAY else None
    found = read(words, at, "first") or read_ordinal(words, at) or read_number(words, at)
    unit = read(words, found[1], "unit") if found else None
    if found and unit and unit[0].unit == "day" and unit[0].number == 0 and not unit[0].article:
        found = found[0], unit[1]  # أول أيام رمضان
    return found if found and 1 <= found[0] <= _LAST_DAY else None


def _read_same_month(words: Sequence[Word], at: int, month: Month, *, mistaken: bool = False) -> int | None:
    """The index after another name of `month` at `at`: in brackets, after a stroke, or bare."""
    bracket = is_mark(words, at, "([")
    begin = at + 1 if bracket or is_mark(words, at, "/-–\\") else at
    found = read(words, begin, "month")
    if found is None or joined(words, begin) or not (found[0].month == month or (mistaken and begin > at and not month.hijri)):
        return None
    if not bracket:
        return int(found[1])
    return found[1] + 1 if is_mark(words, found[1], ")]") else None


def _skip_month_word(words: Sequence[Word], at: int) -> int:
    unit = read(words, at, "unit")
    return unit[1] if unit and unit[0].unit == "month" and unit[0].number in (1, 2) and not unit[0].article else at


def _stands_alone(words: Sequence[Word], at: int, month: MonthWords) -> bool:
    """Whether a bare month name is a month here; see `months.csv`."""
    alone = month.name.alone
    if alone == "yes":
        return True
    if alone == "spelt" and month.name.first not in words[at].form.text:
        return False
    return alone != "no" and read(words, at - 1, "in") is not None


def _is_name(words: Sequence[Word], at: int, days: tuple[int, ...], month: MonthWords) -> bool:
    """Whether the day or month is only a name here: `ثورة 25 يناير`, `حرب أكتوبر`, `14 آذار`."""
    before = at - 1
    while is_mark(words, before, "«\"“'(") or is_word(words, before, "ال", "ب", "ل"):
        before -= 1
    if before >= 0 and bars(words[before].form, "date"):
        return True
    lone = bool(days) and not month.certain and not is_word(words, before, "يوم", "منذ")
    return lone and all(f"{day} {words[month.after - 1].form.fold}" in alliances() for day in days)


def _known_year(words: Sequence[Word], at: int, days: tuple[int, ...], month: Month) -> int | None:
    """The year that the word before `11 سبتمبر` gives it."""
    if len(days) != 1 or month.hijri or at == 0:
        return None
    stems = {reading.stem for reading in words[at - 1].form.readings} | {words[at - 1].form.fold}
    table = known_years()
    return next((table[stem, month.number, days[0]] for stem in stems if (stem, month.number, days[0]) in table), None)


def _day_of_relative_month(words: Sequence[Word], at: int, days: tuple[int, ...], start: int) -> Phrase | None:
    """`15 من الشهر الجاري`, `الخامس من الشهر نفسه`, `في 15 الجاري`."""
    unit = read(words, start, "unit")
    if unit and unit[0].unit == "month" and unit[0].number == 1 and unit[0].article:
        which = read(words, unit[1], "which")
    elif (this := read(words, start, "this")) and (unit := read(words, this[1], "unit")) and unit[0].unit == "month":
        which = (0, unit[1])
    else:
        which = read(words, start, "which") if words[at].form.kind == "number" or start > at + 1 else None
        which = which if which and which[0] == 0 else None
    if which is None:
        return None
    shift: Which = which[0]

    def resolve(anchor: Anchor) -> Range | None:
        if shift == "same":
            return _within(unit_range("month", anchor.said.start), days) if anchor.said else None
        return _within(unit_range("month", anchor.day, shift), days)

    return Phrase(at, which[1], "day", resolve, absolute=shift == "same", paired=len(days) > 1)


def _resolve(anchor: Anchor, month: Month, days: tuple[int, ...], tail: Tail) -> Range | None:
    def make(year: int) -> Range | None:
        whole = month_range(month, year)
        return _within(whole, days) if whole else None

    now = hijri_year_of(anchor.day) if month.hijri else anchor.day.year
    if tail.year is not None:
        if month.hijri and tail.year.number is not None and not tail.year.hijri:
            return _hijri_month_begun_in(tail.year.number, make)
        if tail.year.hijri and not month.hijri:
            held = hijri_year_range(tail.year.number or 0)
            return choose(held.end.year, make, held.end, "last") if held else None
        number = year_of(tail.year, anchor, hijri=month.hijri)
        return make(number) if number is not None else None
    if tail.which == "same":
        if anchor.said is None:
            return None
        return make(hijri_year_of(anchor.said.start) if month.hijri else anchor.said.start.year)
    if tail.which is None:
        return choose(now, make, anchor.day, anchor.mode)
    if tail.which == 0:
        return choose(now, make, anchor.day, "near")
    made = [found for year in range(now - 9, now + 10) if (found := make(year))]
    if tail.which < 0:
        past = [found for found in made if found.end < anchor.day]
        return past[tail.which] if len(past) >= -tail.which else None
    ahead = [found for found in made if found.start > anchor.day]
    return ahead[tail.which - 1] if len(ahead) >= tail.which else None


def _hijri_month_begun_in(year: int, make: Callable[[int], Range | None]) -> Range | None:
    """The Hijri date that begins in a Gregorian year (رمضان 2010)."""
    whole = year_range(year)
    first = hijri_year_of(whole.start)
    return next((found for n in (first, first + 1) if (found := make(n)) and whole.start <= found.start <= whole.end), None)


def _within(month: Range, days: tuple[int, ...]) -> Range | None:
    """The days of `month` from the first to the last named; all of it where none is."""
    if not days:
        return month
    first, last = day_of(month, days[0]), day_of(month, days[-1])
    return Range(first.start, last.end) if first and last else None
