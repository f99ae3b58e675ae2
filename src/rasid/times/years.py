"""Years: `عام 1998`, `العام 2003م`, `سنة 1436هـ`, `عامي 2005 و2006`, `2003-2005`, and the year that follows a month."""

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from rasid.arabic.numbers import read_number
from rasid.arabic.words import Word
from rasid.times.calendars import HIJRI_YEARS, Range, hijri_year_of, hijri_year_range, year_range
from rasid.times.phrases import Anchor, Phrase, is_mark, is_word
from rasid.times.vocabulary import UnitWord, bars, read, skip

_YEARS = range(1800, 2101)
_BARE_YEARS = range(1900, 2101)
_PAIR = re.compile(r"((?:19|20)\d\d)[-–/]((?:19|20)?\d\d)")
_CENTURY_SPLIT = 30  # عام 67 is 1967, عام 05 is 2005


class Year(NamedTuple):
    """A year: its number, or how far it is from the current one, or the one named before."""

    number: int | None = None
    hijri: bool = False
    shift: int | Literal["same"] = 0

    @property
    def absolute(self) -> bool:
        """Whether the day of publication does not matter."""
        return self.number is not None or self.shift == "same"


def year_of(year: Year, anchor: Anchor, *, hijri: bool = False) -> int | None:
    """The number of `year` in the Gregorian or Hijri calendar; None where it hangs on something not said."""
    if year.number is not None:
        return year.number
    day = anchor.day
    if year.shift == "same":
        if anchor.said is None:
            return None
        day = anchor.said.start
    shift = 0 if year.shift == "same" else year.shift
    return (hijri_year_of(day) if hijri else day.year) + shift


def read_year_number(words: Sequence[Word], at: int, *, named: bool, hijri: bool = False) -> tuple[Year, int] | None:
    """A year's number at `at`. `named`: عام stands before it, so that words, two digits and older years count too."""
    if at >= len(words):
        return None
    digits = words[at].form.fold
    if words[at].form.kind != "number":
        found = read_number(words, at) if named else None
        return (Year(found[0]), found[1]) if found and found[0] in _BARE_YEARS else None
    if not digits.isdigit():
        return None
    number, era = int(digits), read(words, at + 1, "era")
    after = era[1] if era else at + 1
    if (era and era[0] == "hijri") or (number in HIJRI_YEARS and (hijri or named) and len(digits) == 4):
        return Year(number, hijri=True), after
    if len(digits) == 4 and number in (_YEARS if named or era else _BARE_YEARS):
        return Year(number), after
    if named and len(digits) == 2 and digits != "00":
        return Year(number + (1900 if number >= _CENTURY_SPLIT else 2000)), after
    return None


def read_year(words: Sequence[Word], at: int, *, hijri: bool = False) -> tuple[Year, int] | None:
    """The year that follows a month at `at`: `2003`, `عام 2003`, `، من العام نفسه`, `من العام الماضي`."""
    comma = is_mark(words, at, "،,")
    start = at + 1 if comma else at
    at = skip(words, start, "of")
    bare = read_year_number(words, at, named=False, hijri=hijri)
    if bare:
        closed = bare[1] >= len(words) or words[bare[1]].form.kind == "mark"
        return bare if not comma or closed else None
    return read_named_year(words, at)


def read_named_year(words: Sequence[Word], at: int) -> tuple[Year, int] | None:
    """`عام 2003`, `العام الماضي`, `هذا العام`, `نفس العام`, `العام ذاته`."""
    for kind in ("this", "same"):
        pointer = read(words, at, kind)
        unit = _year_word(words, pointer[1]) if pointer else None
        if pointer and unit and unit.article:
            return Year(shift=pointer[0]), pointer[1] + 1
    unit = _year_word(words, at)
    if unit is None:
        return None
    number = read_year_number(words, at + 1, named=True)
    if number:
        return number
    which = read(words, at + 1, "which") if unit.article else None
    return (Year(shift=which[0]), which[1]) if which else None


def read_years(words: Sequence[Word], at: int) -> Phrase | None:
    """A year or years that begin at `at`."""
    unit = read(words, at, "unit")
    if unit and unit[0].unit == "year":
        first = read_year_number(words, at + 1, named=True)
        return _listed(words, at, *first) if first else None
    if words[at].form.kind != "number" or not _is_year_here(words, at):
        return None
    pair = _PAIR.fullmatch(words[at].form.fold)
    if pair:
        start, end = int(pair[1]), int(pair[2]) if len(pair[2]) == 4 else int(pair[1][:2] + pair[2])
        known = Range(year_range(start).start, year_range(end).end) if start < end else None
        return Phrase(at, at + 1, "span", lambda _: known, absolute=True) if known else None
    found = read_year_number(words, at, named=False)
    return _listed(words, at, *found) if found else None


def year_phrase(first: int, after: int, year: Year) -> Phrase:
    """`year` as a phrase of its own."""

    def resolve(anchor: Anchor) -> Range | None:
        number = year_of(year, anchor)
        if number is None:
            return None
        return hijri_year_range(number) if year.hijri else year_range(number)

    return Phrase(first, after, "year", resolve, absolute=year.absolute)


def _listed(words: Sequence[Word], first: int, year: Year, after: int) -> Phrase:
    """`عامي 2005 و2006`: the years from the first to the last."""
    last = year
    while is_word(words, after, "و"):
        found = read_year_number(words, after + 1, named=False)
        if found is None or found[0].hijri != year.hijri or (found[0].number or 0) <= (last.number or 0):
            break
        last, after = found
    if last is year:
        return year_phrase(first, after, year)
    start, end = year_phrase(0, 0, year).resolve, year_phrase(0, 0, last).resolve

    def resolve(anchor: Anchor) -> Range | None:
        from_, to = start(anchor), end(anchor)
        return Range(from_.start, to.end) if from_ and to else None

    return Phrase(first, after, "span", resolve, absolute=True, paired=True)


def _is_year_here(words: Sequence[Word], at: int) -> bool:
    """Whether a bare number that could be a year is one, by what stands around it."""
    before = at - 1
    while is_word(words, before, "ال", "ب", "و", "ل") and words[before].end == words[before + 1].start:
        before -= 1
    after = at + 1
    if after < len(words) and (read(words, after, "unit") or read_number(words, after) or is_mark(words, after, "%٪$€")):
        return False
    if is_mark(words, before, "(") and is_mark(words, after, ")"):
        return True
    if before >= 0 and bars(words[before].form, "year"):
        return False
    dashed = is_mark(words, after, "-–") and read_year_number(words, after + 1, named=False) is not None
    if dashed or _PAIR.fullmatch(words[at].form.fold):
        return True
    if before < 0:
        return False
    if read(words, before, "of"):
        return read(words, after, "or") is not None
    opened = any(read(words, before, kind) for kind in ("in", "or", "between", "part", "season"))
    return opened or bars(words[before].form, "event")


def _year_word(words: Sequence[Word], at: int) -> UnitWord | None:
    found = read(words, at, "unit")
    unit: UnitWord | None = found[0] if found else None
    return unit if unit and unit.unit == "year" and unit.number == 1 else None
