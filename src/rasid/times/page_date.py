"""The day of publication from an article's own words: what must hold of it, solved to an interval, with the reasons."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rasid.arabic.numbers import read_ordinal
from rasid.arabic.words import Word
from rasid.model import PageDate
from rasid.times.calendars import Range, year_range
from rasid.times.grammar import read_expression, readers
from rasid.times.phrases import Anchor, Check, Phrase, is_word
from rasid.times.spans import read_length
from rasid.times.tense import direction
from rasid.times.vocabulary import is_anchor, read, skip

_PROBE = dt.date(2021, 7, 1)  # any day: tells how far a relative year lies from the page's
_HORIZON = 12 * 366  # days: by then every day of the year has fallen on every day of the week
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
_NEAR_CUE = 6  # words; a verb farther off may speak of another time
_NEXT_TO = 4  # words between two names of one time
_LINKED = 3  # sentences
_TOLD = 8  # words after `بعد عام على` that say after what
_STEM = 4  # letters of a word that can show that two sentences tell of one thing


class Mention(NamedTuple):
    """A time expression, the words of its sentence, and the number of that sentence."""

    phrase: Phrase
    words: Sequence[Word]
    sentence: int

    @property
    def text(self) -> str:
        """As written, for a reason."""
        return " ".join(word.form.text for word in self.words[self.phrase.first : self.phrase.after])


class Clue(NamedTuple):
    """What holds of the day of publication: not before `start`, not after `end`, and `check`, each if there."""

    reason: str
    start: dt.date | None = None
    end: dt.date | None = None
    check: Check | None = None


def infer_date(sentences: Iterable[Sequence[Word]]) -> PageDate:
    """The interval in which an article of these sentences can have been published, and the reasons.

    Clues are taken from the surest to the least sure; one that contradicts those before it is left out. Where they bound no
    side, the date stays unknown; the reasons are given all the same.
    """
    spoken = [words for words in sentences if words]
    mentions = [mention for n, words in enumerate(spoken) for mention in _mentions(words, n)]
    start: dt.date | None = None
    end: dt.date | None = None
    checks: list[Check] = []
    reasons: list[str] = []
    for clue in _clues(mentions, spoken):
        narrowed = _narrowed(_latest(start, clue.start), _earliest(end, clue.end), [*checks, *([clue.check] if clue.check else [])])
        if narrowed is None:
            continue
        if clue.check:
            checks.append(clue.check)
        if clue.check or narrowed != (start, end):
            reasons.append(clue.reason)
        start, end = narrowed
    return PageDate(start, end, "inferred" if start or end else "unknown", tuple(dict.fromkeys(reasons)))


def _mentions(words: Sequence[Word], sentence: int) -> Iterator[Mention]:
    if not any(is_anchor(word.form) for word in words):
        return
    at = 0
    while at < len(words):
        phrase = read_expression(words, at) if readers(words[at].form) else None
        if phrase:
            yield Mention(phrase, words, sentence)
        at = phrase.after if phrase else at + 1


def _clues(mentions: list[Mention], sentences: list[Sequence[Word]]) -> Iterator[Clue]:
    """Every clue, the surest first."""
    yield from (clue for mention in mentions if mention.phrase.absolute for clue in _said_twice(mention))
    dated = [(mention, found, _told(mention)) for mention in mentions if (found := _absolute(mention))]
    farthest = max((found.end for _, found, _ in dated), default=None)
    for mention, found, told in dated:
        if told == "plan" and found.end == farthest and not _is_limit(mention):
            yield Clue(f"«{mention.text}» is still ahead: not after {found.end}", end=found.end)
    past = [(mention, found) for mention, found, told in dated if _is_past(mention, told)]
    for mention, found in sorted(past, key=lambda pair: pair[1].start):
        yield Clue(f"«{mention.text}» is past: not before {found.start}", start=found.start)
    yield from (clue for mention in mentions if not mention.phrase.absolute for clue in _said_twice(mention))
    yield from _linked_years(mentions, past)
    yield from _anniversaries(past)
    yield from _so_long_after(sentences, mentions, past)


def _said_twice(mention: Mention) -> Iterator[Clue]:
    """`اليوم الأربعاء 24 نوفمبر`, `العام الماضي 2020`, `24 نونبر الجاري`: few days of publication fit."""
    for check in mention.phrase.checks:
        fits = [day for day in (_PROBE + dt.timedelta(n) for n in range(14)) if check(day)]
        weekly = len(fits) == 2 and (fits[1] - fits[0]).days == 7
        what = f"a {_WEEKDAYS[fits[0].weekday()]}" if weekly else "the days on which this can be said"
        start, end = _span_of(mention, check)
        yield Clue(f"«{mention.text}»: {what}", start, end, check)


def _span_of(mention: Mention, check: Check) -> tuple[dt.date | None, dt.date | None]:
    """First and last day around an absolute date on which what is said beside it can be said."""
    if not mention.phrase.absolute:
        return None, None
    found = mention.phrase.resolve(Anchor(_PROBE))
    if found is None:
        return None, None
    around = (found.start + dt.timedelta(n) for n in range(-740, (found.end - found.start).days + 740))
    fits = [day for day in around if check(day)]
    return (fits[0], fits[-1]) if fits else (None, None)


def _absolute(mention: Mention) -> Range | None:
    """The interval of a time whose year is said; not of `نفس العام`, which hangs on another."""
    return mention.phrase.resolve(Anchor(_PROBE)) if mention.phrase.absolute else None


def _told(mention: Mention) -> str | None:
    return direction(mention.words, mention.phrase.first, mention.phrase.after, _NEAR_CUE)


def _is_limit(mention: Mention) -> bool:
    return read(mention.words, mention.phrase.first - 1, "until") is not None


def _is_past(mention: Mention, told: str | None) -> bool:
    """Is this time told as past, by its verb or after منذ? Spans of years (`2021-2025`) may reach ahead."""
    words, phrase = mention.words, mention.phrase
    since = is_word(words, phrase.first, "منذ") or is_word(words, phrase.first - 1, "منذ", "ومنذ")
    return since or (told == "past" and phrase.grain != "span" and not _is_limit(mention))


def _linked_years(mentions: list[Mention], past: list[tuple[Mention, Range]]) -> Iterator[Clue]:
    """`أواخر العام الماضي استأنفا علاقاتهما`, `يطبع علاقاته في 2020`: two names of one year, of which one hangs on the page's."""
    years = [(mention, found.start.year) for mention, found in past if found.start.year == found.end.year]
    latest = max((year for _, year in years), default=None)
    for mention in mentions:
        shift = _years_from_now(mention)
        for other, year in years:
            near = mention.sentence == other.sentence or _points(mention)
            if shift is not None and year == latest and near and _of_one_thing(mention, other):
                found = year_range(year - shift)
                yield Clue(f"«{mention.text}» and «{other.text}» are told of one thing: the page is of {year - shift}", *found)


def _years_from_now(mention: Mention) -> int | None:
    """How many years a relative year lies from the current one: -1 for `أواخر العام الماضي`; None for all else."""
    phrase = mention.phrase
    if phrase.absolute or not any(_is_year(mention.words, at) for at in range(phrase.first, phrase.after)):
        return None
    found = phrase.resolve(Anchor(_PROBE))
    return found.start.year - _PROBE.year if found and found.start.year == found.end.year else None


def _points(mention: Mention) -> bool:
    """Does a time say by الماضي, الجاري or هذا which year it means, rather than by how long ago it was?"""
    phrase = mention.phrase
    return any(read(mention.words, at, kind) for at in range(phrase.first, phrase.after) for kind in ("which", "this"))


def _is_year(words: Sequence[Word], at: int) -> bool:
    unit = read(words, at, "unit")
    return unit is not None and unit[0].unit == "year"


def _of_one_thing(one: Mention, other: Mention) -> bool:
    """Do two times belong together: side by side, or in near sentences that share a word (more than one where they are not next)?"""
    apart = abs(one.sentence - other.sentence)
    if apart == 0:
        gap = max(one.phrase.first, other.phrase.first) - min(one.phrase.after, other.phrase.after)
        return 0 <= gap <= _NEXT_TO
    return apart <= _LINKED and len(_stems(one.words) & _stems(other.words)) >= min(apart, 2)


def _stems(words: Iterable[Word]) -> set[str]:
    """One stem, the barest, of each word that is long enough to mean something."""
    bare = (min((reading.stem for reading in word.form.readings), key=len) for word in words if word.form.readings)
    return {stem for stem in bare if len(stem) >= _STEM}


def _anniversaries(past: list[tuple[Mention, Range]]) -> Iterator[Clue]:
    """`الذكرى العاشرة لاندلاع الثورة عام 2011`: the page is of 2021."""
    for mention, found in past:
        for at in range(mention.phrase.first):
            if is_word(mention.words, at, "الذكري", "بالذكري", "للذكري", "والذكري"):
                number = read_ordinal(mention.words, at + 1)
                if number and found.start.year == found.end.year:
                    year = found.start.year + number[0]
                    yield Clue(f"«{mention.words[at].form.text}» number {number[0]} of «{mention.text}»: {year}", *year_range(year))


def _so_long_after(
    sentences: list[Sequence[Word]], mentions: list[Mention], past: list[tuple[Mention, Range]]
) -> Iterator[Clue]:
    """`بعد نحو عام على تطبيع علاقاتهما`, where another sentence says when: give or take half of the unit."""
    busy = {mention.sentence for mention in mentions if mention.phrase.absolute}
    for n, words in enumerate(sentences):
        for at in range(len(words) if n not in busy else 0):
            if not is_word(words, at, "بعد", "وبعد") or (length := read_length(words, skip(words, at + 1, "about"))) is None:
                continue
            count, unit, after = length
            if not is_word(words, after, "علي", "من"):
                continue
            after_what = _stems(words[after + 1 : after + 1 + _TOLD])
            for mention, found in sorted(past, key=lambda pair: pair[1].start, reverse=True):
                if mention.sentence != n and after_what & _stems(mention.words):
                    far, slack = dt.timedelta(count * _DAYS[unit]), dt.timedelta(_DAYS[unit] / 2)
                    start, end = found.start + far - slack, found.end + far + slack
                    said = " ".join(word.form.text for word in words[at : after + 2])
                    yield Clue(f"«{said}», which «{mention.text}» dates: from {start} to {end}", start, end)
                    break


def _narrowed(
    start: dt.date | None, end: dt.date | None, checks: list[Check]
) -> tuple[dt.date | None, dt.date | None] | None:
    """The interval between the first and the last day that pass all checks; None where none does."""
    if start and end and start > end:
        return None
    if not checks or not (start or end):
        return start, end
    first = _first(start, 1, end, checks) if start else None
    last = _first(end, -1, start, checks) if end else None
    return None if (start and first is None) or (end and last is None) else (first, last)


def _first(day: dt.date, step: int, limit: dt.date | None, checks: list[Check]) -> dt.date | None:
    """The nearest day from `day` on, forwards or backwards, that passes all checks, no farther than `limit`."""
    for _ in range(_HORIZON):
        if limit and (day - limit).days * step > 0:
            return None
        if all(check(day) for check in checks):
            return day
        day += dt.timedelta(step)
    return None


def _latest(one: dt.date | None, other: dt.date | None) -> dt.date | None:
    return max(one, other) if one and other else one or other


def _earliest(one: dt.date | None, other: dt.date | None) -> dt.date | None:
    return min(one, other) if one and other else one or other
