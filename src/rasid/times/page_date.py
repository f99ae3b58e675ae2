"""The day of publication from an article's own words: what must hold of it, solved to an interval, with the reasons."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rasid.arabic.numbers import read_ordinal
from rasid.arabic.words import Word
from rasid.model import PageDate
from rasid.times.calendars import Range, year_range
from rasid.times.grammar import read_expressions
from rasid.times.phrases import Anchor, Check, Phrase, is_word
from rasid.times.spans import read_length
from rasid.times.tense import direction
from rasid.times.vocabulary import read, skip

_PROBE = dt.date(2021, 7, 1)  # any day: tells how far a relative year lies from the page's
_HORIZON = 12 * 366  # days: by then every day of the year has fallen on every day of the week
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_HALF_A_YEAR = 183  # days
_BESIDE = 740  # days: nobody says `العام قبل الماضي` of more
_FEW = 2  # years: what is farther back is seldom what the latest year named dates
_NEAR_PLAN, _NEAR_REPORT = 6, 14  # words; a verb farther off may speak of another time
_NEXT_TO = 4  # words between two names of one time
_OR_RATHER = ("في", "اي", "تحديدا", "وتحديدا", "شهر")
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
    """What holds of the day of publication: not before `start`, not after `end`, and `check`, each if there.

    A mere `limit` is no reason where a narrower one is known.
    """

    reason: str
    start: dt.date | None = None
    end: dt.date | None = None
    check: Check | None = None
    limit: bool = False


def infer_date(sentences: Iterable[Sequence[Word]], expressions: Sequence[Sequence[Phrase]] | None = None) -> PageDate:
    """The interval in which an article of these sentences can have been published, and the reasons.

    Clues are taken from the surest to the least sure; one that contradicts those before it is left out. Where they bound no
    side, the date stays unknown; the reasons are given all the same. `expressions` are those of each sentence, where
    `read_expressions` has found them already.
    """
    spoken = list(sentences)
    said = [read_expressions(words) for words in spoken] if expressions is None else expressions
    mentions = [Mention(phrase, words, n) for n, words in enumerate(spoken) for phrase in said[n]]
    start: dt.date | None = None
    end: dt.date | None = None
    checks: list[Check] = []
    reasons: list[str] = []
    for clue in _clues(mentions, spoken):
        narrowed = _narrowed(
            _latest(start, clue.start), _earliest(end, clue.end), [*checks, *([clue.check] if clue.check else [])]
        )
        if narrowed is None:
            continue
        if clue.check:
            checks.append(clue.check)
        if not clue.limit or narrowed != (start, end):
            reasons.append(clue.reason)
        start, end = narrowed
    return PageDate(start, end, "inferred" if start or end else "unknown", tuple(dict.fromkeys(reasons)))


def _clues(mentions: list[Mention], sentences: list[Sequence[Word]]) -> Iterator[Clue]:
    """Every clue, the surest first."""
    yield from (clue for mention in mentions if mention.phrase.absolute for clue in _said_twice(mention))
    dated = [(mention, found) for mention in mentions if (found := _absolute(mention))]
    farthest = max((found.end for _, found in dated), default=None)
    for mention, found in dated:
        if found.end == farthest and _told(mention, _NEAR_PLAN) == "plan" and not _is_limit(mention):
            yield Clue(f"«{mention.text}» is still ahead: not after {found.end}", end=found.end, limit=True)
    past = [(mention, found) for mention, found in dated if _is_past(mention)]
    for mention, found in sorted(past, key=lambda pair: pair[1].start, reverse=True):
        yield Clue(f"«{mention.text}» is past: not before {found.start}", start=found.start, limit=True)
    yield from (clue for mention in mentions if not mention.phrase.absolute for clue in _said_twice(mention))
    maybe = [(mention, found) for mention, found in dated if _told(mention) != "plan" and not _is_limit(mention)]
    yield from _linked_years(mentions, maybe)
    yield from _anniversaries(dated)
    yield from _so_long_after(sentences, maybe)


def _said_twice(mention: Mention) -> Iterator[Clue]:
    """`اليوم الأربعاء 24 نوفمبر`, `العام الماضي 2020`, `24 نونبر الجاري`: few days of publication fit."""
    for check in mention.phrase.checks:
        fits = [day for day in (_PROBE + dt.timedelta(n) for n in range(14)) if check(day)]
        if len(fits) == 2 and (fits[1] - fits[0]).days == 7:
            yield Clue(f"«{mention.text}»: a {_WEEKDAYS[fits[0].weekday()]}", check=check)
        elif not mention.phrase.absolute:
            yield Clue(f"«{mention.text}»: the days on which this can be said", check=check)
        elif days := _days_beside(mention, check):
            yield Clue(f"«{mention.text}»: the days on which this can be said", days.start, days.end, check)


def _days_beside(mention: Mention, check: Check) -> Range | None:
    """First and last day around an absolute date on which what is said beside it can be said."""
    found = mention.phrase.resolve(Anchor(_PROBE))
    if found is None:
        return None
    around = (found.start + dt.timedelta(n) for n in range(-_BESIDE, (found.end - found.start).days + _BESIDE))
    fits = [day for day in around if check(day)]
    return Range(fits[0], fits[-1]) if fits else None


def _absolute(mention: Mention) -> Range | None:
    """The interval of a time whose year is said; not of `نفس العام`, which hangs on another."""
    return mention.phrase.resolve(Anchor(_PROBE)) if mention.phrase.absolute else None


def _told(mention: Mention, farthest: int = _NEAR_REPORT) -> str | None:
    return direction(mention.words, mention.phrase.first, mention.phrase.after, farthest)


def _is_limit(mention: Mention) -> bool:
    return read(mention.words, mention.phrase.first - 1, "until") is not None


def _is_past(mention: Mention) -> bool:
    """Is this time told as past, by its verb or after منذ? Spans of years (`2021-2025`) may reach ahead."""
    words, phrase = mention.words, mention.phrase
    since = is_word(words, phrase.first, "منذ") or is_word(words, phrase.first - 1, "منذ", "ومنذ")
    return since or (_told(mention) == "past" and phrase.grain != "span" and not _is_limit(mention))


def _linked_years(mentions: list[Mention], dated: list[tuple[Mention, Range]]) -> Iterator[Clue]:
    """`أواخر العام الماضي استأنفا علاقاتهما`, `يطبع علاقاته في 2020`: two names of one year, one of which hangs on the page."""
    years = [(mention, found.start.year) for mention, found in dated if found.start.year == found.end.year]
    latest = max((year for _, year in years), default=None)
    for mention in mentions:
        shift = _years_from_now(mention)
        for other, year in years:
            if shift is None or year != latest or (mention.sentence != other.sentence and not _points_back(mention, shift)):
                continue
            if _of_one_thing(mention, other):
                found = year_range(year - shift)
                yield Clue(f"«{mention.text}» and «{other.text}» are told of one thing: the page is of {year - shift}", *found)
                break


def _years_from_now(mention: Mention) -> int | None:
    """How many years a relative year lies from the current one: -1 for `أواخر العام الماضي`; None for all else."""
    phrase = mention.phrase
    if phrase.absolute or not any(_is_year(mention.words, at) for at in range(phrase.first, phrase.after)):
        return None
    found = phrase.resolve(Anchor(_PROBE))
    return found.start.year - _PROBE.year if found and found.start.year == found.end.year else None


def _points_back(mention: Mention, shift: int) -> bool:
    """Is this `العام الماضي`? What is told of `هذا العام` is compared with other years as often as it is dated by them."""
    return shift < 0 and any(read(mention.words, at, "which") for at in range(mention.phrase.first, mention.phrase.after))


def _is_year(words: Sequence[Word], at: int) -> bool:
    unit = read(words, at, "unit")
    return unit is not None and unit[0].unit == "year"


def _of_one_thing(one: Mention, other: Mention) -> bool:
    """Do two times belong together: side by side, or in near sentences that share a word, or two where they are not next?"""
    apart = abs(one.sentence - other.sentence)
    if apart == 0:
        between = range(min(one.phrase.after, other.phrase.after), max(one.phrase.first, other.phrase.first))
        small = all(one.words[at].form.kind == "mark" or is_word(one.words, at, *_OR_RATHER) for at in between)
        return small and len(between) <= _NEXT_TO
    return apart <= _LINKED and len(_stems(one.words) & _stems(other.words)) >= min(apart, 2)


def _stems(words: Iterable[Word]) -> set[str]:
    """One stem, the barest, of each word that is long enough to mean something."""
    bare = (min((reading.stem for reading in word.form.readings), key=len) for word in words if word.form.readings)
    return {stem for stem in bare if len(stem) >= _STEM}


def _anniversaries(dated: list[tuple[Mention, Range]]) -> Iterator[Clue]:
    """`الذكرى العاشرة لاندلاع الثورة عام 2011`: the page is of 2021."""
    for mention, found in dated:
        for at in range(mention.phrase.first):
            if is_word(mention.words, at, "الذكري", "بالذكري", "للذكري", "والذكري"):
                number = read_ordinal(mention.words, at + 1)
                if number and found.start.year == found.end.year:
                    year = found.start.year + number[0]
                    yield Clue(f"anniversary {number[0]} of «{mention.text}»: the page is of {year}", *year_range(year))


def _so_long_after(sentences: list[Sequence[Word]], dated: list[tuple[Mention, Range]]) -> Iterator[Clue]:
    """`بعد نحو عام على تطبيع علاقاتهما`, where the latest year that is named dates it: give or take half a year."""
    if not dated:
        return
    latest = max(found.end for _, found in dated)
    last = [(mention, found) for mention, found in dated if found.end == latest]
    busy = {mention.sentence for mention, _ in dated}
    for n, words in enumerate(sentences):
        for at in range(len(words) if n not in busy else 0):
            length = read_length(words, skip(words, at + 1, "about")) if is_word(words, at, "بعد", "وبعد") else None
            if length is None or length[1] != "year" or length[0] > _FEW or not is_word(words, length[2], "علي", "من"):
                continue
            said = " ".join(word.form.text for word in words[at : length[2] + 2])
            after_what = _stems(words[length[2] + 1 : length[2] + 1 + _TOLD])
            for mention, found in last:
                if after_what & _stems(mention.words):
                    start, end = (day + dt.timedelta(days) for day, days in zip(found, _around(length[0]), strict=True))
                    yield Clue(f"«{said}», which «{mention.text}» dates: from {start} to {end}", start, end)


def _around(years: int) -> tuple[int, int]:
    return 365 * years - _HALF_A_YEAR, 365 * years + _HALF_A_YEAR


def _narrowed(start: dt.date | None, end: dt.date | None, checks: list[Check]) -> tuple[dt.date | None, dt.date | None] | None:
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
        for check in checks:
            if not check(day):
                break
        else:
            return day
        day += dt.timedelta(step)
    return None


def _latest(one: dt.date | None, other: dt.date | None) -> dt.date | None:
    return max(one, other) if one and other else one or other


def _earliest(one: dt.date | None, other: dt.date | None) -> dt.date | None:
    return min(one, other) if one and other else one or other
