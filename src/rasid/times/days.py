"""Days said from the day of publication (`أمس`, `مساء الاثنين`, `الجمعة الماضية`), feasts, and what stands beside them."""

import datetime as dt
from collections.abc import Sequence

from rasid.arabic.numbers import number_word, read_ordinal
from rasid.arabic.words import Word
from rasid.times.calendars import Range, choose, days, hijri_year_of, month_range, unit_range
from rasid.times.dates import Tail, read_date
from rasid.times.phrases import Anchor, Check, Phrase, Resolve, is_mark, is_word, joined, no_time
from rasid.times.vocabulary import Feast, bars, cannot_date, read, skip
from rasid.times.years import read_year, year_of


def read_day(words: Sequence[Word], at: int) -> Phrase | None:
    """A day that begins at `at`, with what stands beside it: `أمس الجمعة`, `الأحد (أول من أمس)`, `الاثنين 15 أكتوبر`."""
    for reader in (read_shift, read_weekday, read_feast):
        found = reader(words, at)
        if found:
            return _with_neighbours(words, found) if found.joins else found
    return read_same_day(words, at)


def read_shift(words: Sequence[Word], at: int) -> Phrase | None:
    """`أمس`, `أول من أمس`, `اليوم`, `بعد غد`, and a weekday after them."""
    found = read(words, at, "shift")
    if found is None:
        return None
    shift, after = found
    weekday = read(words, after, "weekday")
    if weekday is None and _is_other_day(words, at, after):
        return no_time(at, after) if after - at > 1 else None

    def resolve(anchor: Anchor) -> Range | None:
        day = days(anchor.day, shift)
        if weekday:
            day = days(day, (weekday[0] - 1 - day.weekday() + 3) % 7 - 3)  # the nearest: pages are dated a day late or early
            if shift and (day > anchor.day) != (shift > 0):
                day = days(day, 7 if shift > 0 else -7)  # but أمس is never ahead
        return Range(day, day)

    checks: tuple[Check, ...] = ()
    if weekday:
        wanted = (weekday[0] - 1 - shift) % 7
        checks = (lambda day: day.weekday() == wanted,)
    return Phrase(at, weekday[1] if weekday else after, "day", resolve, checks=checks)


def _is_other_day(words: Sequence[Word], at: int, after: int) -> bool:
    """Whether اليوم or الغد is not today or tomorrow: `في اليوم الثاني`, `اليوم نفسه`, `صحيفة الغد`."""
    if after - at > 1:
        return False
    form = words[at].form
    before = words[at - 1].form if at else None
    if before and (bars(before, "day") or (is_mark(words, at - 1, "«\"“'") and is_mark(words, after, "»\"”'"))):
        return True
    if form.fold.endswith("الليله"):
        return read(words, after, "which") is not None
    if form.fold not in ("اليوم", "لليوم", "باليوم", "واليوم", "فاليوم", "كاليوم"):
        return False
    if form.fold in ("لليوم", "باليوم", "كاليوم") or is_word(words, at - 1, "في", "نفس", "ذات"):
        return True
    ordinal = read_ordinal(words, after)
    counted = ordinal is not None and not read(words, skip(words, ordinal[1], "of"), "month") and not joined(words, after)
    return counted or read(words, after, "which") is not None or (after < len(words) and bars(words[after].form, "today"))


def read_weekday(words: Sequence[Word], at: int) -> Phrase | None:
    """`الجمعة`, `الجمعة الماضية`, `الأربعاء من الأسبوع الماضي`, `يومي السبت والأحد`."""
    found = read(words, at, "weekday")
    if found is None:
        return None
    weekday, after = found
    if _is_no_weekday(words, at, after):
        return no_time(at, after)
    week = read_week(words, skip(words, after, "of"))
    if week:
        return Phrase(at, week[1], "day", _weekday_of_week(weekday, week[0]))
    which = read(words, after, "which")
    if which:
        return Phrase(at, which[1], "day", _weekday(weekday, which[0]), absolute=which[0] == "same")
    day = Phrase(at, after, "day", _weekday(weekday, None), free=True)
    return _weekend(words, day) or day


def _is_no_weekday(words: Sequence[Word], at: int, after: int) -> bool:
    before = at - 1
    if before >= 0 and bars(words[before].form, "weekday"):
        return True
    quoted = is_mark(words, before, "«\"“'") and not is_mark(words, before - 1, ":")
    following = number_word(words[after].form) if after < len(words) else None
    return quoted or (following is not None and following.kind == "ten" and not following.joined)


def read_week(words: Sequence[Word], at: int) -> tuple[int, int] | None:
    """`الأسبوع الماضي` or `هذا الأسبوع` at `at`: weeks from the current one, and the index after."""
    this = read(words, at, "this")
    unit = read(words, this[1] if this else at, "unit")
    if unit is None or unit[0].unit != "week" or not unit[0].article or unit[0].number != 1:
        return None
    if this:
        return 0, unit[1]
    which = read(words, unit[1], "which")
    return (which[0], which[1]) if which and which[0] != "same" else None


def _weekday_of_week(weekday: int, shift: int) -> Resolve:
    def resolve(anchor: Anchor) -> Range | None:
        day = days(unit_range("week", anchor.day, shift).start, weekday - 1)
        return Range(day, day)

    return resolve


def _weekday(weekday: int, which: int | str | None) -> Resolve:
    def resolve(anchor: Anchor) -> Range | None:
        day = anchor.said.start if which == "same" and anchor.said else anchor.day
        back = (day.weekday() + 1 - weekday) % 7
        nearest = -back if back <= 3 else 7 - back
        if which is None:
            shift = {"last": -back, "past": -back, "next": -back % 7, "near": nearest}[anchor.mode]
        elif which in ("same", 0):
            shift = nearest
        elif int(which) < 0:
            shift = (-back or -7) + 7 * (int(which) + 1)
        else:
            shift = 7 * int(which) - back
        found = days(day, shift)
        return Range(found, found)

    return resolve


def _weekend(words: Sequence[Word], first: Phrase) -> Phrase | None:
    """Two days in a row as one: `يومي السبت والأحد الماضيين`, `ليل السبت - الأحد`."""
    night = read(words, first.first - 1, "daytime")
    at = first.after
    if night and night[0] == "night" and not joined(words, at):
        at = at + 1 if is_mark(words, at, "-–/") else skip(words, at, "or")
    elif not joined(words, at):
        return None
    second = read(words, at, "weekday")
    if second is None:
        return None
    which = read(words, second[1], "which")
    dual = is_word(words, first.first - 1, "يومي", "ليومي", "بيومي") or (which and words[second[1]].form.fold.endswith("ين"))
    if joined(words, at) and not dual:
        return None
    end_of = _weekday(second[0], which[0] if which else None)

    def resolve(anchor: Anchor) -> Range | None:
        end = end_of(anchor)
        start = first.resolve(Anchor(end.start, "last")) if end else None
        return Range(start.start, end.end) if start and end else None

    return Phrase(first.first, which[1] if which else second[1], "span", resolve, free=which is None)


def read_same_day(words: Sequence[Word], at: int) -> Phrase | None:
    """`اليوم نفسه`, `نفس اليوم`: the day named before."""
    same = read(words, at, "same")
    unit = read(words, same[1] if same else at, "unit")
    if unit is None or unit[0].unit != "day" or unit[0].number != 1 or not unit[0].article:
        return None
    which = read(words, unit[1], "which")
    if not same and not (which and which[0] == "same"):
        return None
    after = which[1] if which and not same else unit[1]

    def resolve(anchor: Anchor) -> Range | None:
        return anchor.said if anchor.said and anchor.said.start == anchor.said.end else None

    return Phrase(at, after, "day", resolve, absolute=True)


def read_daytime(words: Sequence[Word], at: int) -> Phrase | None:
    """A part of the day and its day: `مساء الاثنين`, `فجر أمس`, `ليلة الأحد الماضي`, `صباح يوم 3 مارس`."""
    found = read(words, at, "daytime")
    if found is None:
        return None
    inner = skip(words, found[1], "of")
    while is_word(words, inner, "يوم", "نهار"):
        inner += 1
    day = read_day(words, inner) or read_date(words, inner)
    if day is None or day.grain not in ("day", "span") or not day.joins or day.first != inner:
        return None
    if found[0] == "eve" and read_feast(words, inner):
        return day._replace(first=at, resolve=_day_before(day.resolve))
    if found[0] == "night" and day.grain == "day" and read_feast(words, inner):
        return day._replace(first=at, resolve=_night_before(day.resolve))
    return day._replace(first=at)


def _night_before(resolve: Resolve) -> Resolve:
    """The night that leads to a feast: `ليلة رأس السنة` begins on the day before."""

    def night(anchor: Anchor) -> Range | None:
        found = resolve(anchor)
        return Range(days(found.start, -1), found.start) if found else None

    return night


def _day_before(resolve: Resolve) -> Resolve:
    def before(anchor: Anchor) -> Range | None:
        found = resolve(anchor)
        return Range(days(found.start, -1), days(found.start, -1)) if found else None

    return before


def read_feast(words: Sequence[Word], at: int) -> Phrase | None:
    """`عيد الفطر`, `ثاني أيام عيد الأضحى`, `أيام عيد الفطر`, with a year or الماضي."""
    ordinal = read_ordinal(words, at)
    start = ordinal[1] if ordinal else at
    unit = read(words, start, "unit")
    whole = bool(unit and unit[0].unit == "day" and unit[0].number == 0)
    if ordinal and not whole:
        return None
    found = read(words, unit[1] if whole and unit else start, "feast")
    if found is None:
        return None
    feast, after = found
    which = read(words, after, "which")
    year = None if which else read_year(words, after, hijri=feast.month.hijri)
    tail = Tail(year[0] if year else None, which[0] if which else None, year[1] if year else which[1] if which else after)
    count = (ordinal[0], ordinal[0]) if ordinal else (1, feast.days if whole else 1)
    known = year is not None and year[0].absolute
    return Phrase(at, tail.after, "day", _feast(feast, count, tail), free=not (year or which), absolute=known)


def _feast(feast: Feast, count: tuple[int, int], tail: Tail) -> Resolve:
    def make(year: int) -> Range | None:
        month = month_range(feast.month, year)
        if month is None:
            return None
        return Range(*(days(month.start, feast.day + number - 2) for number in count))

    def resolve(anchor: Anchor) -> Range | None:
        now = hijri_year_of(anchor.day) if feast.month.hijri else anchor.day.year
        if tail.year is not None:
            number = year_of(tail.year, anchor, hijri=feast.month.hijri)
            if number and feast.month.hijri and number > 1800:
                made = [found for n in range(number - 580, number - 575) if (found := make(n)) and found.start.year == number]
                return made[0] if made else None
            return make(number) if number else None
        if tail.which is None:
            return choose(now, make, anchor.day, anchor.mode)
        if tail.which == 0 or tail.which == "same":
            return choose(now, make, anchor.day, "near")
        made = [found for year in range(now - 2, now + 3) if (found := make(year))]
        if tail.which < 0:
            return max((found for found in made if found.end < anchor.day), default=None)
        return min((found for found in made if found.start > anchor.day), default=None)

    return resolve


def _with_neighbours(words: Sequence[Word], day: Phrase) -> Phrase:
    """`day` with the date or other name of the day beside it, which then decides: `أمس الأحد 28 أوت 2016`, `اليوم (أمس)`."""
    if is_mark(words, day.after, "(["):
        inner = day.after + 1
        other = read_day_or_date(words, inner)
        if other and is_mark(words, other.after, ")]"):
            return _with_neighbours(words, _beside(day, other, other.after + 1))
        return day
    at = day.after + 1 if is_mark(words, day.after, "،,") else day.after
    if at >= len(words) or cannot_date(words[at].form):
        return day
    by = skip(words, at, "by")
    if by > at:
        while is_word(words, by, "يوم", "ل", "ليوم", "لليوم"):
            by += 1
    other = read_date(words, by)
    if other is None or other.grain != "day" or not other.joins:
        return day
    if at > day.after and by == at and words[at].form.kind != "number":
        return day
    return _with_neighbours(words, _beside(day, other, other.after))


def read_day_or_date(words: Sequence[Word], at: int) -> Phrase | None:
    """A day or a date at `at`, a part of the day before it or not."""
    while is_word(words, at, "يوم"):
        at += 1
    found = read_daytime(words, at) or read_day(words, at) or read_date(words, at)
    return found if found and found.joins and found.grain == "day" else None


def _beside(day: Phrase, other: Phrase, after: int) -> Phrase:
    def resolve(anchor: Anchor) -> Range | None:
        base = day.resolve(anchor)
        if other.free and base:
            return other.resolve(Anchor(base.start, "near"))
        return other.resolve(anchor) or base

    def agree(published: dt.date) -> bool:
        base = day.resolve(Anchor(published))
        if base is None:
            return False
        if day.free:  # a bare weekday may lie far back, but it is that day of the week
            found = other.resolve(Anchor(published, "near"))
            return found is not None and found.start.weekday() == base.start.weekday()
        found = other.resolve(Anchor(base.start, "near"))
        return found is not None and found.start == base.start

    checks = day.checks if day.free and other.absolute else (*day.checks, agree)
    return Phrase(day.first, after, "day", resolve, free=day.free, absolute=other.absolute, checks=checks)
