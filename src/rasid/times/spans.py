"""Weeks, months and years said from now, their parts and shares, spans of several, and so long ago."""

from collections.abc import Sequence
from typing import Literal

from rasid.arabic.numbers import number_word, read_number, read_ordinal
from rasid.arabic.words import Word
from rasid.times.calendars import Part, Range, Unit, days, months_range, part_of, share_of, unit_range
from rasid.times.dates import read_date
from rasid.times.phrases import Anchor, Phrase, Resolve, is_mark, is_word, no_time
from rasid.times.vocabulary import UnitWord, bars, read, skip
from rasid.times.years import Year, read_named_year, read_year, read_year_number, read_years, year_of, year_phrase

_SEASON_MONTHS = 3
_DAYS_OF_HOURS = frozenset(["24", "48", "72", "96"])
_WEEKS_AS_DAYS = 2  # قبل أسبوع is said of a day, قبل سبعة أسابيع of a week


def read_unit(words: Sequence[Word], at: int) -> Phrase | None:
    """`الأسبوع الماضي`, `هذا العام`, `نفس الشهر`, `العامين الماضيين`, `الأيام الثلاثة الماضية`."""
    for kind in ("this", "same"):
        pointer = read(words, at, kind)
        unit = read_unit_word(words, pointer[1]) if pointer else None
        if pointer and unit and unit.article and unit.number == 1 and unit.unit != "day":
            return _unit_phrase(at, pointer[1] + 1, unit.unit, pointer[0])
    unit = read_unit_word(words, at)
    if unit is None:
        return _counted_first(words, at)
    if not unit.article:
        return None
    if unit.number == 0:
        return _counted_last(words, at, unit)
    if unit.number == 1 and (beside := _beside(words, at, unit)):
        return beside
    which = read(words, at + 1, "which") or (read(words, at + 1, "recent") if unit.number == 2 else None)
    if which is None or (unit.unit == "day" and unit.number == 1):
        return read_first_of(words, at, 2, unit.unit, at + 1) if unit.number == 2 else None
    if is_word(words, at, "العام") and which[0] != -1 and at and bars(words[at - 1].form, "general"):
        return None
    if unit.number == 2:
        return _several(at, which[1], unit.unit, 2, which[0]) if which[0] in (-1, 1) else None
    found = _unit_phrase(at, which[1], unit.unit, which[0])
    return _with_number(words, found) if unit.unit == "year" and which[0] != "same" else found


def read_unit_word(words: Sequence[Word], at: int) -> UnitWord | None:
    """The unit at `at`, if one stands there."""
    found = read(words, at, "unit")
    return found[0] if found else None


def _beside(words: Sequence[Word], at: int, unit: UnitWord) -> Phrase | None:
    """`في العام التالي`, `اليوم السابق`: beside the time named before; not `اليوم التالي للاقتراع`, which is beside another."""
    found = read(words, at + 1, "beside")
    if found is None or is_word(words, found[1], "من", "علي") or _is_for(words, found[1]):
        return None
    return Phrase(at, found[1], unit.unit, _from_said(unit.unit, found[0]), absolute=True)


def _is_for(words: Sequence[Word], at: int) -> bool:
    return at < len(words) and any(reading.preposition == "ل" for reading in words[at].form.readings)


def _from_said(unit: Unit, shift: int, *, by_days: bool = False) -> Resolve:
    """The unit so many units from that of the time named before, which must not be longer. `by_days`: a week is seven days."""

    def resolve(anchor: Anchor) -> Range | None:
        if anchor.said is None or anchor.said.end > unit_range(unit, anchor.said.start).end:
            return None
        if unit == "week" and anchor.said.start == anchor.said.end and abs(shift) <= _WEEKS_AS_DAYS and by_days:
            return unit_range("day", anchor.said.start, 7 * shift)
        return unit_range(unit, anchor.said.start, shift)

    return resolve


def _unit_phrase(first: int, after: int, unit: Unit, shift: int | Literal["same"]) -> Phrase:
    def resolve(anchor: Anchor) -> Range | None:
        if shift == "same":
            return unit_range(unit, anchor.said.start) if anchor.said else None
        return unit_range(unit, anchor.day, shift)

    return Phrase(first, after, unit, resolve, absolute=shift == "same")


def _with_number(words: Sequence[Word], year: Phrase) -> Phrase:
    """`العام الماضي 2020`, `العام الماضي (2020)`: the number decides."""
    bracket = is_mark(words, year.after, "(")
    number = read_year_number(words, year.after + bracket, named=False)
    if number is None or (bracket and not is_mark(words, number[1], ")")):
        return year
    said = year_phrase(year.first, number[1] + bracket, number[0])
    return said._replace(checks=(lambda day: said.resolve(Anchor(day)) == year.resolve(Anchor(day)),))


def _counted_last(words: Sequence[Word], at: int, unit: UnitWord) -> Phrase | None:
    """`الأيام الثلاثة الماضية`, `السنوات الـ10 الأخيرة`."""
    start = at + 2 if is_word(words, at + 1, "ال") else at + 1
    number = read_number(words, start)
    if number is None:
        return None
    return _several_which(words, at, number[1], unit.unit, number[0]) or read_first_of(
        words, at, number[0], unit.unit, number[1]
    )


def _counted_first(words: Sequence[Word], at: int) -> Phrase | None:
    """`الثلاثة أيام الماضية`, `الـ10 أيام الماضية`."""
    number = read_number(words, at)
    unit = read_unit_word(words, number[1]) if number else None
    if number is None or unit is None or unit.number == 2:
        return None
    return _several_which(words, at, number[1] + 1, unit.unit, number[0]) or read_first_of(
        words, at, number[0], unit.unit, number[1] + 1
    )


def read_first_of(words: Sequence[Word], first: int, count: int, unit: Unit, at: int) -> Phrase | None:
    """`الأشهر التسعة الأولى من عام 2020`, `الأيام العشرة الأخيرة من رمضان`: after the units, `at`, which end of what."""
    end = read(words, at, "end")
    of = skip(words, end[1], "of") if end else at
    base = read_base(words, of) if end and of > end[1] else None
    if end is None or base is None or base.grain not in ("month", "year") or not 1 <= count < 100:
        return None
    return base._replace(first=first, grain="span", resolve=_ends(base, count, unit, end[0]), joins=False)


def _ends(base: Phrase, count: int, unit: Unit, end: int) -> Resolve:
    def resolve(anchor: Anchor) -> Range | None:
        whole = base.resolve(anchor)
        if whole is None:
            return None
        near = whole.start if end > 0 else whole.end
        far = unit_range(unit, near, end * (count - 1)) if unit in ("month", "year") else None
        if far is None:
            day = days(near, end * (count * (7 if unit == "week" else 1) - 1))
            far = Range(day, day)
        return Range(near, min(far.end, whole.end)) if end > 0 else Range(max(far.start, whole.start), near)

    return resolve


def read_hours(words: Sequence[Word], at: int) -> Phrase | None:
    """`الـ48 ساعة الماضية`, `الساعات الأربع والعشرين المقبلة`, `قبل 24 ساعة`: whole days of hours; fewer are no time."""
    ago = read(words, at, "ago")
    start = skip(words, ago[1], "about") if ago else at
    hours = read(words, start, "hours")
    if hours is None and not _may_be_hours(words, start):
        return None
    number = read_number(words, (start + 1 if hours else start) + (hours is not None and is_word(words, start + 1, "ال")))
    hours = hours or (read(words, number[1], "hours") if number else None)
    if hours is None or number is None or number[0] % hours[0] or not 0 < number[0] // hours[0] < 10:
        return None
    count, after = number[0] // hours[0], max(hours[1], number[1])
    if ago:
        plain = ago[0] != "ahead" and not is_word(words, after, "من", "علي")
        return Phrase(at, after, "span", _shifted("day", count, False, -1), joins=False) if plain else None
    which = read(words, after, "which") or read(words, after, "recent")
    if which is None or which[0] not in (-1, 1):
        return None
    return Phrase(at, which[1], "span", _days_to_now(count, which[0]), joins=False)


def _may_be_hours(words: Sequence[Word], at: int) -> bool:
    """Whether the number at `at` may be one of whole days in hours: 24, 48 or 72, or words for tens and units."""
    if at + 1 >= len(words):
        return False
    form = words[at].form
    if form.kind == "number":
        return form.fold in _DAYS_OF_HOURS
    return number_word(form) is not None and number_word(words[at + 1].form) is not None


def _days_to_now(count: int, direction: int) -> Resolve:
    def resolve(anchor: Anchor) -> Range | None:
        far = days(anchor.day, count * direction)
        return Range(min(far, anchor.day), max(far, anchor.day))

    return resolve


def read_then(words: Sequence[Word], at: int) -> Phrase | None:
    """`قبل ذلك بيوم`, `بعدها بثلاثة أعوام`: so long from the time named before."""
    then = read(words, at, "then")
    if then is None or then[1] >= len(words) or not words[then[1]].form.fold.startswith("ب"):
        return None
    length = read_length(words, skip(words, then[1], "about"))
    if length is None or length[0] >= 100:
        return None
    count, unit, after = length
    return Phrase(at, after, "span", _from_said(unit, then[0] * count, by_days=True), absolute=True, joins=False)


def _several_which(words: Sequence[Word], first: int, at: int, unit: Unit, count: int) -> Phrase | None:
    which = read(words, at, "which") or read(words, at, "recent")
    return _several(first, which[1], unit, count, which[0]) if which and which[0] in (-1, 1) and 1 < count < 100 else None


def _several(first: int, after: int, unit: Unit, count: int, direction: int) -> Phrase:
    """`count` whole units before (-1) or after (1) the current one."""

    def resolve(anchor: Anchor) -> Range | None:
        near, far = (unit_range(unit, anchor.day, direction * step) for step in (1, count))
        return Range(min(near.start, far.start), max(near.end, far.end))

    return Phrase(first, after, "span", resolve, joins=False)


def read_ago(words: Sequence[Word], at: int) -> Phrase | None:
    """`قبل يومين`, `منذ نحو أربع سنوات`, `قبل عام ونصف`; `بعد أسبوع` in a plan; `بعد يومين من 11 سبتمبر`."""
    ago = read(words, at, "ago")
    if ago is None:
        return None
    start = skip(words, skip(words, ago[1], "about"), "about")
    direction = 1 if ago[0] == "ahead" else -1
    counted = read_length(words, start)
    if counted is None or (at and read(words, at - 1, "unit")):  # يوما بعد يوم
        return None
    count, unit, after = counted
    if ago[0] != "since" and is_word(words, after, "من", "علي") and not is_word(words, after + 1, "الان", "اليوم"):
        return _from_date(words, at, after + 1, unit, direction * count) or no_time(at, after)
    half = is_word(words, after, "ونصف")
    if half:
        after += 1
        again = read_unit_word(words, after)
        after += 1 if again and again.unit == unit else 0
    return Phrase(at, after, "span", _shifted(unit, count, half, direction), free=direction > 0, joins=False)


def read_length(words: Sequence[Word], at: int) -> tuple[int, Unit, int] | None:
    """How many of which unit, and the index after them: `ثلاثة أيام`, `43 عاما`, `شهرين`, `أسبوع`, `يوم واحد`."""
    number = read_number(words, at)
    unit = read_unit_word(words, number[1] if number else at)
    if unit is None or unit.article:
        return None
    if number:
        return (number[0], unit.unit, number[1] + 1) if unit.number != 2 and number[0] < 1000 else None
    if unit.number == 0:
        return None
    if unit.number == 2:
        return 2, unit.unit, at + 1
    after = at + 2 if is_word(words, at + 1, "واحد", "واحده") else at + 1
    if after < len(words) and after == at + 1:
        form = words[after].form
        names = any(read(words, after, kind) for kind in ("month", "weekday", "shift", "feast"))
        if names or form.kind == "number" or number_word(form) or (unit.unit in ("day", "year") and form.fold.startswith("ال")):
            return None  # يوم الجمعة, عام 2003, شهر رمضان, يوم الانتخابات: a name of the day, not a length
    return 1, unit.unit, after


def read_distance(words: Sequence[Word], at: int) -> tuple[int, int] | None:
    """How many days the days or weeks at `at` are (`ثلاثة أسابيع`: 21), and the index after them; None for longer units."""
    found = read_length(words, skip(words, at, "about"))
    if found is None or found[1] not in ("day", "week"):
        return None
    return found[0] * (7 if found[1] == "week" else 1), found[2]


def _shifted(unit: Unit, count: int, half: bool, direction: int) -> Resolve:
    def resolve(anchor: Anchor) -> Range | None:
        if direction > 0 and anchor.mode != "next":
            return None
        if half and unit == "year":
            day = unit_range("month", anchor.day, direction * (12 * count + 6)).start
            return unit_range("year", day)
        if half and unit == "month":
            first = unit_range("month", anchor.day, direction * count).start
            return unit_range("month", days(first, anchor.day.day - 1 + 15 * direction))
        if unit == "week" and count <= _WEEKS_AS_DAYS:
            return unit_range("day", anchor.day, 7 * direction * count)
        return unit_range(unit, anchor.day, direction * count)

    return resolve


def _from_date(words: Sequence[Word], first: int, at: int, unit: Unit, count: int) -> Phrase | None:
    """`بعد يومين من (اعتداءات) 11 سبتمبر`: so many units from a date."""
    date = read_date(words, at) or (read_date(words, at + 1) if at + 1 < len(words) else None)
    if date is None or date.grain != "day" or unit == "week":
        return None

    def resolve(anchor: Anchor) -> Range | None:
        base = date.resolve(anchor)
        return unit_range(unit, base.start, count) if base else None

    return Phrase(first, date.after, "span", resolve, free=date.free, absolute=date.absolute, joins=False)


def read_part(words: Sequence[Word], at: int) -> Phrase | None:
    """`منتصف يونيو`, `أواخر العام الماضي`, `بداية الأسبوع`, `مطلع 2003`."""
    part = read(words, at, "part")
    base = read_base(words, part[1]) if part else None
    if part is None or base is None:
        return None
    return base._replace(first=at, grain="span", resolve=_narrowed(base, part[0]))


def _narrowed(base: Phrase, part: Part) -> Resolve:
    def resolve(anchor: Anchor) -> Range | None:
        whole = base.resolve(anchor)
        return part_of(base.grain, whole, part) if whole and base.grain != "span" else whole

    return resolve


def read_base(words: Sequence[Word], at: int) -> Phrase | None:
    """What has parts: a week, month, year or season, `الشهر` alone being the current one."""
    if at >= len(words):
        return None
    number = read_year_number(words, at, named=False) if words[at].form.kind == "number" else None
    if number:
        return year_phrase(at, number[1], number[0])
    found = read_unit(words, at) or read_years(words, at) or read_season(words, at, named=True)
    if found is None:
        month = read_date(words, at, named=True)
        found = month if month and month.grain == "month" else None
    if found is not None:
        return found if found.grain in ("week", "month", "year", "season") else None
    unit = read_unit_word(words, at)
    if unit and unit.article and unit.number == 1 and unit.unit != "day":
        following = number_word(words[at + 1].form) if at + 1 < len(words) else None
        if not (following and following.kind == "ordinal" and following.article):  # الأسبوع الثاني
            return _unit_phrase(at, at + 1, unit.unit, 0)
    return None


def read_share(words: Sequence[Word], at: int) -> Phrase | None:
    """`النصف الأول من مايو`, `الربع الأخير من عام 2010`, `الأسبوع الثاني من شهر يونيو`."""
    share = read(words, at, "share")
    week = None if share else read_unit_word(words, at)
    if share is None and not (week and week.unit == "week" and week.article and week.number == 1):
        return None
    number = read_ordinal(words, at + 1)
    last = is_word(words, at + 1, "الاخير")
    if number is None and not last:
        return None
    after = number[1] if number else at + 2
    of = skip(words, after, "of")
    base = read_base(words, of) if of > after else None
    if base is None or (week and base.grain != "month"):
        return None
    shares = share[0] if share else 0
    wanted = shares if last else number[0] if number else 0
    return base._replace(first=at, grain="span", resolve=_shared(base, shares, wanted))


def _shared(base: Phrase, shares: int, wanted: int) -> Resolve:
    """Share `wanted` of `shares`; without shares, week `wanted` of a month: days 1 to 7, 8 to 14, ..., and 0 the last seven."""

    def resolve(anchor: Anchor) -> Range | None:
        whole = base.resolve(anchor)
        if whole is None or base.grain in ("day", "span"):
            return None
        if shares:
            return share_of(base.grain, whole, shares, wanted)
        if not wanted:
            return Range(days(whole.end, -6), whole.end)
        start = days(whole.start, 7 * (wanted - 1))
        return Range(start, min(days(start, 6), whole.end)) if start <= whole.end else None

    return resolve


def read_season(words: Sequence[Word], at: int, *, named: bool = False) -> Phrase | None:
    """`صيف 2006`, `الصيف الماضي`, `شتاء العام الماضي`, `هذا الصيف`; bare only where `named`."""
    this = read(words, at, "this")
    season = read(words, this[1] if this else at, "season")
    if season is None:
        return None
    month, after = season
    which = (0, after) if this else read(words, after, "which")
    if which and which[0] != "same":
        return Phrase(at, which[1], "season", _season(month, None, which[0]))
    year = read_named_year(words, skip(words, after, "of")) or read_year(words, after)
    if year:
        return Phrase(at, year[1], "season", _season(month, year[0], 0), absolute=year[0].absolute)
    bare = named and is_word(words, at, "الصيف", "الشتاء", "الخريف", "الربيع")
    return Phrase(at, after, "season", _season(month, None, 0), free=True) if bare else None


def _season(month: int, year: Year | None, which: int) -> Resolve:
    def resolve(anchor: Anchor) -> Range | None:
        if year is not None:
            number = year_of(year, anchor)
            return months_range(number, month, _SEASON_MONTHS) if number and not year.hijri else None
        made = [months_range(anchor.day.year + shift, month, _SEASON_MONTHS) for shift in (-2, -1, 0, 1, 2)]
        if which < 0:
            return [found for found in made if found.end < anchor.day][which]
        if which > 0:
            return [found for found in made if found.start > anchor.day][which - 1]
        return next((one for one in made if one.start.year == anchor.day.year or one.start <= anchor.day <= one.end), None)

    return resolve
