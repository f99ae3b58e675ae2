"""The intervals that a sentence offers for its events: its time expressions as they stand, and what follows from them."""

import datetime as dt
from itertools import pairwise
from typing import NamedTuple

from rasid.actors.resolve import Sentence
from rasid.arabic.numbers import read_number, read_ordinal
from rasid.arabic.words import Word
from rasid.events.moments import place_of_words
from rasid.events.outline import Outline
from rasid.events.propose import Candidate
from rasid.model import Interval, PageDate, Span
from rasid.times import month_of, read_distance, whole_of

SINCE = frozenset(("منذ", "ومنذ", "مند"))
_RANKED = frozenset(("الاولي", "الاول", "اول", "الثانيه", "الثاني", "الثالثه", "الثالث"))
_FROM = frozenset(("ابتداء", "اعتبارا", "بدءا", "انطلاقا"))
_DAY_AFTER = {"غداه": -1, "عشيه": 1}
_BEGAN = frozenset(
    ("بدا", "بدات", "بدء", "وبدا", "وبدات", "اندلع", "اندلعت", "واندلعت", "انطلق", "انطلقت", "وانطلقت", "تفجرت", "باشر")
)
_SOME_DAYS = frozenset(("ايام", "الايام"))
_AGO = frozenset(("قبل", "وقبل", "فقبل", "منذ", "ومنذ", "بضعه", "عده", "خلال", "وخلال", "في", "وفي"))
_FEW_DAYS = 6
_LONGEST_ORDINAL = 3  # words
_MOST_DAYS = 2_000  # that are counted in a row
_THE_DAY = frozenset(("اليوم", "لليوم", "ولليوم"))
_EARLIER = frozenset(("قبل", "وقبل"))
_SINCE_WHAT = 10  # words that may stand between منذ and the time
_RELATIONS = 9  # words before a trigger in which its distance from another act is said


class Option(NamedTuple):
    """An interval that a sentence offers for its events.

    `first` and `last` (exclusive) are the words that say it; `way` is `at` for a time as it stands, `since` for the time from
    it to the day of publication, `shifted` for so many days before or after it (`بعد يومين من خطفه`), `joined` for two as one.
    """

    interval: Interval
    first: int
    last: int
    way: str


def options_of(sentence: Sentence, outline: Outline, candidate: Candidate, published: PageDate) -> list[Option]:
    """Every interval that may date `candidate`, from the time expressions of its sentence."""
    plain = [option for time in sentence.times if (option := _option(sentence.words, time))]
    plain = [option for option in plain if not _is_before(outline, candidate, option) and not _is_since_last(outline, option)]
    return [
        *plain,
        *_joined(sentence.words, plain),
        *(_since(option, published) for option in plain if _begins(outline, option)),
        *(_since(option, published)._replace(way="begun") for option in plain if _is_beginning(outline, option)),
        *_lately(sentence, published),
        *_in_a_row(sentence, published),
        *_shifted(sentence.words, candidate.head.at, plain, published),
    ]


def _is_before(outline: Outline, candidate: Candidate, option: Option) -> bool:
    """Does this time belong to what came first (`أقاما علاقات عام 1993، قبل أن تقطعها الرباط`)?"""
    if candidate.places.link != "ان":
        return False
    words, at = outline.words, candidate.head.at
    before = next((n for n in range(at - 1, max(-1, at - _RELATIONS), -1) if words[n].form.fold.startswith("ان")), 0)
    return option.last <= before and before > 0 and words[before - 1].form.fold in _EARLIER


def _is_since_last(outline: Outline, option: Option) -> bool:
    """Does this time only say how long nothing of the kind was (`محادثات هي الأولى منذ أربع سنوات`)?"""
    words, at = outline.words, option.first
    since = at if words[at].form.fold in SINCE else at - 1
    return since > 0 and words[since].form.fold in SINCE and words[since - 1].form.fold in _RANKED


def _option(words: list[Word], time: Interval) -> Option | None:
    place = place_of_words(words, time)
    return place and Option(whole_of(words, place[0], time), *place, "at")


def _begins(outline: Outline, option: Option) -> bool:
    """Does something last since this time (`منذ 2003`, `اعتبارا من الأحد`, `منذ فشل القمة في 25 يوليو`)?

    One verb may stand between.
    """
    if outline.words[option.first].form.fold in SINCE:
        return True
    passed = 0
    for n in range(option.first - 1, max(-1, option.first - _SINCE_WHAT), -1):
        if outline.words[n].form.fold in SINCE:
            return True
        if outline.words[n].form.fold in _FROM:
            return n >= option.first - 3
        passed += n in outline.verbs
        if passed > 1 or outline.breaks[n] == 2:
            return False
    return False


def _is_beginning(outline: Outline, option: Option) -> bool:
    """Is this the time when something began (`مظاهرات بدأت في 30 مارس`), which may go on?"""
    return any(outline.words[n].form.fold in _BEGAN for n in range(max(0, option.first - _SINCE_WHAT), option.first))


def _words_of(sentence: Sentence, first: int, last: int) -> Span:
    """Words `first` to `last` (exclusive) of a sentence, as they stand in it."""
    start, end = sentence.words[first].start, sentence.words[last - 1].end
    return Span(start, end, sentence.span.text[start - sentence.span.start : end - sentence.span.start])


def _lately(sentence: Sentence, published: PageDate) -> list[Option]:
    """`قبل أيام`, `خلال الأيام الماضية`: some day of the month of publication, unless that has only begun."""
    if published.start is None or published.start != published.end or published.start.day <= _FEW_DAYS:
        return []
    month, words = month_of(published.start), sentence.words
    return [
        Option(Interval(month.start, month.end, _words_of(sentence, n - 1, n + 1)), n - 1, n + 1, "lately")
        for n in range(1, len(words))
        if words[n].form.fold in _SOME_DAYS and words[n - 1].form.fold in _AGO
    ]


def _in_a_row(sentence: Sentence, published: PageDate) -> list[Option]:
    """`لليوم الرابع على التوالي`: from the first of those days to that of publication."""
    if published.start is None or published.start != published.end:
        return []
    words, last, found = sentence.words, published.start, list[Option]()
    for end in range(2, len(words)):
        if words[end].form.fold == "التوالي" and words[end - 1].form.fold == "علي":
            day = _counted_day(words, end - 1)
            if day:
                first, count = day
                time = Interval(last - dt.timedelta(count - 1), last, _words_of(sentence, first, end + 1))
                found.append(Option(time, first, end + 1, "in a row"))
    return found


def _counted_day(words: list[Word], end: int) -> tuple[int, int] | None:
    """Where the day that ends before `end` begins, and its number: `لليوم الرابع`, `لليوم الـ33`."""
    for at in range(max(1, end - _LONGEST_ORDINAL), end):
        number = read_ordinal(words, at) or read_number(words, at)
        first = at - 2 if words[at - 1].form.fold == "ال" else at - 1
        if number and number[1] == end and 0 < number[0] <= _MOST_DAYS and words[first].form.fold in _THE_DAY:
            return first, number[0]
    return None


def _joined(words: list[Word], plain: list[Option]) -> list[Option]:
    """Two times that stand together as one: `الجمعة والسبت`."""
    return [
        Option(Interval(one.interval.start, other.interval.end, one.interval.span), one.first, other.last, "joined")
        for one, other in pairwise(plain)
        if one.last == other.first
        and words[other.first].form.fold.startswith("و")
        and one.interval.end
        and other.interval.start
        and one.interval.end < other.interval.start
    ]


def _since(option: Option, published: PageDate) -> Option:
    time = option.interval
    return option._replace(interval=Interval(time.start, published.end, time.span), way="since")


def _shifted(words: list[Word], at: int, plain: list[Option], published: PageDate) -> list[Option]:
    """What follows from how far the act lies from another (`أفرج عنهم أمس بعد أسبوع من خطفهم`): from its day or the page's."""
    found = _days_from(words, at)
    if found is None:
        return []
    days, first, last = found
    before = [one._replace(way="shifted") for one in plain if one.last <= first]
    page = Option(Interval(published.start, published.end), first, last, "from page")
    base = before[-1] if before else page
    return [base._replace(interval=_moved(base.interval, days))]


def _days_from(words: list[Word], at: int) -> tuple[int, int, int] | None:
    """By how many days the act at `at` lies from what is dated, and the words that say so: `غداة`, `بعد ستة أيام على`."""
    for n in range(at - 1, max(-1, at - _RELATIONS), -1):
        form = words[n].form
        if form.fold in _DAY_AFTER and n >= at - 2:
            return _DAY_AFTER[form.fold], n, n + 1
        if form.fold in ("بعد", "وبعد", "قبل", "وقبل"):
            length = read_distance(words, n + 1)
            if length and length[1] < at and words[length[1]].form.fold in ("من", "علي") and at - length[1] <= 3:
                return (-length[0] if form.fold.endswith("بعد") else length[0]), n, length[1]
            return None
    return None


def _moved(interval: Interval, days: int) -> Interval:
    far = dt.timedelta(days)
    return Interval(interval.start and interval.start + far, interval.end and interval.end + far, interval.span)
