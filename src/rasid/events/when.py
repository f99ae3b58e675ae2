"""When an event happened: which time expression of its sentence dates it, learned; else what the article said before it."""

import datetime as dt
from bisect import bisect_left
from itertools import pairwise
from typing import NamedTuple

from rasid.actors.resolve import Sentence
from rasid.arabic.words import Word
from rasid.events.attribution import says
from rasid.events.decide import Weights, probability
from rasid.events.outline import Outline, can_report
from rasid.events.propose import Candidate
from rasid.linear import Term
from rasid.model import Interval, PageDate, Status
from rasid.times import read_distance

_LONG_AGO = dt.timedelta(days=366)
_LEAD = 3  # sentences
_WEEK = 7  # days
_SINCE = frozenset(("منذ", "ومنذ", "مند"))
_FROM = frozenset(("ابتداء", "اعتبارا", "بدءا", "انطلاقا"))
_DAY_AFTER = {"غداه": -1, "عشيه": 1}
_WAYS = {
    "at": "the time of its sentence that most likely dates it",
    "since": "from a time of its sentence to the day of publication",
    "joined": "two times of its sentence, one after the other",
    "shifted": "so long before or after a time of its sentence",
    "from page": "so long before or after the day of publication",
}
_NEAR = (1, 2, 3, 5, 8, 13, 21, 34)
_SINCE_WHAT = 8  # words that may stand between منذ and the time
_BESIDE = 4  # words between a time and another that is more exact
_LONGEST_PATH = 5
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
    return [
        *plain,
        *_joined(sentence.words, plain),
        *(_since(option, published) for option in plain if _begins(outline, option)),
        *_shifted(sentence.words, candidate.head.at, plain, published),
    ]


def choose_time(
    sentence: Sentence, outline: Outline, candidate: Candidate, published: PageDate, known: Weights
) -> tuple[Interval | None, str]:
    """The interval of the time expression that dates `candidate`, if one is likely enough to, and how it was found."""
    options = options_of(sentence, outline, candidate, published)
    told = [option for option in options if option.way in ("shifted", "from page")]
    if told:  # the distance is said of this very act: nothing else can date it
        return told[0].interval, _WAYS[told[0].way]
    scored = [
        (probability(when_features(outline, candidate, option, options, published), known.when), option) for option in options
    ]
    sure, best = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    if best is None:
        return None, "no time in its sentence; the page's date, if known"
    if sure < known.keep_when:
        return None, f"no time of its sentence is likely to date it ({sure:.2f}); the page's date, if known"
    return best.interval, f"{_WAYS[best.way]} ({sure:.2f})"


def status_by_time(times: list[Interval], own: list[Interval], published: PageDate) -> tuple[Status, str] | None:
    """What the times of an act make of it: `future` where they lie ahead, `historical` where all its `own` ended long ago."""
    ended = [time.end for time in own if time.end]
    if own and len(ended) == len(own) and published.start and max(ended) < published.start - _LONG_AGO:
        return "historical", f"ended {max(ended)}, more than a year before {published.start}"
    begins = [time.start for time in times if time.start]
    if len(times) == 1 and begins and published.end and begins[0] > published.end:
        return "future", f"begins {begins[0]}, after {published.end}"
    return None


def article_day(sentences: list[Sentence], published: PageDate) -> Interval | None:
    """The day that stands in for the acts of an article that no time dates.

    News tells of one day, which its lead names (`أمس`): that one, with the words, or else the day of publication; None where
    neither is known.
    """
    if published.start is None and published.end is None:
        return None
    for sentence in sentences[:_LEAD]:
        for time in sentence.times:
            if time.start and time.start == time.end and published.start and _recent(time.start, published):
                return time
    return Interval(published.start, published.end)


def _recent(day: dt.date, published: PageDate) -> bool:
    return published.start == published.end and published.start is not None and 0 <= (published.start - day).days < _WEEK


def when_features(
    outline: Outline, candidate: Candidate, option: Option, options: list[Option], published: PageDate
) -> list[Term]:
    """What speaks for and against a time's dating an event."""
    words, head = outline.words, candidate.head
    at, tense = head.at, head.use.tense[0] + ("p" if candidate.places.passive else "")
    after = option.first > at
    side = "a" if after else "b"
    between = range(at + 1, option.first) if after else range(option.last, at)
    path = _path(outline, between)
    inside = candidate.places.first <= option.first < candidate.places.last
    rank = sum([abs(other.first - at) < abs(option.first - at) for other in options if other.way == "at"])
    before = words[option.first - 1].form.fold if option.first else "^"
    size, offset = _size(option.interval), _offset(option.interval, published)
    owner, verb = _owner(outline, option, at), _last_verb(outline, option.first, at)
    governor = candidate.governor
    ruler = (governor.status or governor.type or "verb") if governor else "none"
    way, kind = option.way, candidate.predicate.type
    reading = head.use.reading
    clitics = ("ال" if reading.article else "") + reading.preposition + ("+" if reading.pronoun else "")
    since = words[option.first].form.fold in _SINCE
    only = len({other.first for other in options}) == 1
    return [
        (_by_way, way, tense, size, kind, offset, since, _holds_another(option, options)),
        (_by_path, path, side, tense, way, option.first <= 1),
        (_by_distance, bisect_left(_NEAR, len(between)), side, tense, inside, min(rank, 2), only),
        (_by_word_before, before),
        (_by_owner, owner, verb, tense, side, inside),
        (_by_ruler, ruler, candidate.places.link, verb, tense, side, head.use.future, offset),
        (_by_clitics, clitics, words[at - 1].form.fold if at else "^", tense, owner, side),
    ]


def _by_way(way: str, tense: str, size: str, kind: str | None, offset: str, since: bool, holds: bool) -> tuple[str, ...]:
    return (
        "bias",
        f"way {way}",
        f"way {way} {tense} {size}",
        f"way {way} {kind}",
        f"way {way} {since} {tense}",
        f"holds {holds} {way}",
        f"size {size}",
        f"size {size} {tense}",
        f"offset {offset}",
        f"offset {offset} {tense} {way}",
        f"type {kind}",
        f"type {kind} {offset}",
    )


def _by_path(path: str, side: str, tense: str, way: str, starts: bool) -> tuple[str, ...]:
    return (f"path {side} {path} {way}", f"path {side} {path[:2]} {tense}", f"starts {starts} {path[:2]}")


def _by_distance(distance: int, side: str, tense: str, inside: bool, rank: int, only: bool) -> tuple[str, ...]:
    return (
        f"inside {inside} {side} {tense}",
        f"distance {side} {distance}",
        f"distance {side} {distance} {tense}",
        f"rank {rank} {side}",
        f"only {only} {side}",
    )


def _by_word_before(before: str) -> tuple[str, ...]:
    return (f"before {before}",)


def _by_owner(owner: str, verb: str, tense: str, side: str, inside: bool) -> tuple[str, ...]:
    return (
        f"owner {owner} {tense}",
        f"owner {owner} {side} {inside}",
        f"verb {verb} {tense}",
        f"verb {verb} {side} {inside}",
        f"verb {verb} {owner} {tense}",
    )


def _by_ruler(ruler: str, link: str, verb: str, tense: str, side: str, future: bool, offset: str) -> tuple[str, ...]:
    return (f"ruler {ruler} {tense} {side}", f"link {link} {side} {verb}", f"future {future} {offset}")


def _by_clitics(clitics: str, governs: str, tense: str, owner: str, side: str) -> tuple[str, ...]:
    return (f"clitics {clitics} {tense} {side}", f"governs {governs} {owner} {side}")


def _holds_another(option: Option, options: list[Option]) -> bool:
    """Does a more exact time stand beside this one (`قبل أربع سنوات، في فبراير 2003`)?"""
    mine = option.interval
    return any(
        other.way == "at"
        and other.first != option.first
        and min(abs(other.first - option.last), abs(option.first - other.last)) <= _BESIDE
        and mine.start and mine.end and other.interval.start and other.interval.end
        and mine.start <= other.interval.start <= other.interval.end <= mine.end
        and (mine.start, mine.end) != (other.interval.start, other.interval.end)
        for other in options
    )  # fmt: skip


def _path(outline: Outline, between: range) -> str:
    """The verbs, event nouns, links and marks between an act and a time, a letter each."""
    letters = []
    heads = {head.at for head in outline.heads} if between else set()
    for n in between:
        kind = outline.kinds[n]
        if n in outline.verbs:
            letters.append("S" if says(outline.verbs[n]) else "V")
        elif kind in ("relative", "complementizer", "contrast", "condition"):
            letters.append(kind[0])
        elif outline.breaks[n] == 2:
            letters.append(".")
        elif outline.words[n].form.text in "،,":
            letters.append(",")
        elif n in heads:
            letters.append("n" if can_report(outline.words[n].form) else "o")
    return "".join(letters[:_LONGEST_PATH])


def _owner(outline: Outline, option: Option, at: int) -> str:
    """The predicate that stands right before a time, seen from the act at `at`."""
    before = [head for head in outline.heads if head.at < option.first]
    if not before:
        return "nobody"
    last = before[-1]
    if last.at == at:
        return "itself"
    kind = "says" if says(last) else "reports" if can_report(outline.words[last.at].form) else "other"
    return f"{kind} {last.use.tense[0]}"


def _last_verb(outline: Outline, first: int, at: int) -> str:
    """The finite verb before a time, seen from the act at `at`."""
    before = [n for n in outline.verbs if n < first]
    if not before:
        return "none"
    last = max(before)
    if last == at:
        return "itself"
    governor = max((n for n in outline.verbs if n < at), default=-1)
    kind = "says" if says(outline.verbs[last]) else "other"
    return f"{kind} {'above' if last == governor else 'before' if last < at else 'after'}"


def _size(interval: Interval) -> str:
    if interval.start is None or interval.end is None:
        return "open"
    length = (interval.end - interval.start).days + 1
    return (
        "day" if length == 1 else "days" if length < 28 else "month" if length <= 31 else "year" if length <= 366 else "years"
    )


def _offset(interval: Interval, published: PageDate) -> str:
    if interval.start is None or interval.end is None or published.start is None or published.end is None:
        return "unknown"
    if interval.start > published.end:
        return "ahead"
    if interval.end >= published.start:
        return "today" if interval.start == interval.end else "now"
    gap = (published.start - interval.end).days
    return "yesterday" if gap == 1 else "week" if gap <= 7 else "year" if gap <= 366 else "long ago"


def _option(words: list[Word], time: Interval) -> Option | None:
    if time.span is None:
        return None
    first = bisect_left(words, time.span.start, key=lambda word: word.start)
    last = bisect_left(words, time.span.end, key=lambda word: word.start)
    return Option(time, first, last, "at")


def _begins(outline: Outline, option: Option) -> bool:
    """Does something begin with this time (`منذ 2003`, `اعتبارا من الأحد`, `منذ فشل القمة في 25 يوليو`)?"""
    if outline.words[option.first].form.fold in _SINCE:
        return True
    for n in range(option.first - 1, max(-1, option.first - _SINCE_WHAT), -1):
        if outline.words[n].form.fold in _SINCE:
            return True
        if outline.words[n].form.fold in _FROM:
            return n >= option.first - 3
        if n in outline.verbs or outline.breaks[n]:
            return False
    return False


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
