"""When an event happened: of all times that its sentence and its article name, and the day of publication, which dates it.

A linear model over named features chooses; its weights stand in `when.json`, trained by `training/when.py`.
"""

import datetime as dt
import json
import math
from bisect import bisect_left
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

from rasid.actors.resolve import Sentence
from rasid.arabic.words import Word
from rasid.events.attribution import says
from rasid.events.moments import Course, Moment, acts_of, elsewhere
from rasid.events.options import SINCE, Option, options_of
from rasid.events.outline import Outline, can_report
from rasid.events.propose import Candidate
from rasid.model import Interval, PageDate, Status

_LONG_AGO = dt.timedelta(days=366)
WHEN_WEIGHTS = Path(__file__).parent / "when.json"
_WAS = frozenset(("كان", "كانت", "وكان", "وكانت"))
_WAS_BACK = 8  # words
_FAR = ("long ago", "ahead")
_THEN = frozenset(("حينها", "وحينها", "انذاك", "وقتها", "يومها", "حينذاك", "مذاك", "عندها"))
_ASIDE = frozenset(("يذكر", "سبق", "وسبق", "يشار", "ويذكر", "ويشار", "وسابق", "سابق"))
_WAYS = {
    "at": "the time of its sentence that most likely dates it",
    "since": "from a time of its sentence to the day of publication",
    "joined": "two times of its sentence, one after the other",
    "shifted": "so long before or after a time of its sentence",
    "begun": "from when it began to the day of publication",
    "lately": "some days before the day of publication",
    "from page": "so long before or after the day of publication",
    "told": "a time of another sentence of the article that most likely dates it",
}
_NEAR = (1, 2, 3, 5, 8, 13, 21, 34)
_BESIDE = 4  # words between a time and another that is more exact
_LONGEST_PATH = 5


class Dating(NamedTuple):
    """What an event is dated with: its sentence, the number of that, its clauses, the article's course, and its day."""

    sentence: Sentence
    number: int
    outline: Outline
    course: Course
    published: PageDate


class Chosen(NamedTuple):
    """An interval, where it comes from, and how it was found.

    `text`: the event's own sentence. `page`: the article, which names it in another sentence, or else its day of publication;
    None where that is unknown.
    """

    interval: Interval | None
    way: Literal["text", "page"]
    rule: str


class WhenWeights(NamedTuple):
    """What each feature weighs, and how much is added to the day of publication against all that the text names."""

    feature: dict[str, float]
    page: float


Days = tuple[dt.date | None, dt.date | None]


@cache
def when_weights() -> WhenWeights:
    """The weights of the package."""
    return WhenWeights(**json.loads(WHEN_WEIGHTS.read_text(encoding="utf-8")))


def choose_time(dating: Dating, candidate: Candidate) -> Chosen:
    """The interval that most likely dates `candidate`; its day of publication where nothing that the article says does."""
    found = time_features(dating, candidate)
    weight = when_weights().feature.get
    scores = {days: sum([weight(one, 0.0) for one in features]) for days, (_, features) in found.items()}
    scores[_page(dating)] += when_weights().page
    best = max(scores, key=lambda days: scores[days])
    option = found[best][0]
    if option is None:
        known = dating.published.start or dating.published.end
        page = Interval(dating.published.start, dating.published.end) if known else None
        return Chosen(page, "page", "no time in the article is likely to date it; the page's date, if known")
    sure = 1 / sum(math.exp(score - scores[best]) for score in scores.values())
    return Chosen(option.interval, "page" if option.way == "told" else "text", f"{_WAYS[option.way]} ({sure:.2f})")


def time_features(dating: Dating, candidate: Candidate) -> dict[Days, tuple[Option | None, list[str]]]:
    """Every interval in question, the words that name it best (None: only the day of publication), and what speaks for it."""
    sentence, outline, published = dating.sentence, dating.outline, dating.published
    options = options_of(sentence, outline, candidate, published)
    own = min(len({option.first for option in options}), 2)
    found: dict[Days, tuple[Option | None, list[str]]] = {_page(dating): (None, page_features(dating, candidate, own))}
    named = [(option, when_features(outline, candidate, option, options, published)) for option in options]
    acts = acts_of(outline.words[candidate.head.at].form)
    told = sorted(elsewhere(dating.course, dating.number, acts), key=lambda moment: abs(moment.number - dating.number))
    for moment in told:
        if _offset(moment.interval, published) in _FAR and acts.isdisjoint(dating.course.acts[moment.number]):
            continue  # what was long ago, or is still ahead, is that of another act
        option = Option(moment.interval, moment.first, moment.last, "told")
        named.append((option, moment_features(dating, candidate, moment, acts, own)))
    for option, features in named:
        days = option.interval.start, option.interval.end
        first, all_features = found.setdefault(days, (option, []))
        all_features += features
        if first is None:
            found[days] = option, all_features
    return {days: (option, list(dict.fromkeys(features))) for days, (option, features) in found.items()}


def _page(dating: Dating) -> Days:
    return dating.published.start, dating.published.end


def status_by_time(times: list[Interval], own: list[Interval], published: PageDate) -> tuple[Status, str] | None:
    """What the times of an act make of it: `future` where they lie ahead, `historical` where all its `own` ended long ago."""
    ended = [time.end for time in own if time.end]
    if own and len(ended) == len(own) and published.start and max(ended) < published.start - _LONG_AGO:
        return "historical", f"ended {max(ended)}, more than a year before {published.start}"
    begins = [time.start for time in times if time.start]
    if len(times) == 1 and begins and published.end and begins[0] > published.end:
        return "future", f"begins {begins[0]}, after {published.end}"
    return None


def page_features(dating: Dating, candidate: Candidate, own: int) -> list[str]:
    """What speaks for and against an act's being of the day of publication, which nothing says."""
    words, at, tense = dating.outline.words, candidate.head.at, _tense(candidate)
    reading = candidate.head.use.reading
    clitics = ("ال" if reading.article else "") + reading.preposition + ("+" if reading.pronoun else "")
    governor = candidate.governor
    ruler = (governor.status or governor.type or "verb") if governor else "none"
    before = [moment for moments in dating.course.moments[: dating.number] for moment in moments]
    last = _offset(before[-1].interval, dating.published) if before else "none"
    kind = candidate.predicate.type
    acts = acts_of(words[at].form)
    seen = sum(not acts.isdisjoint(here) for here in dating.course.acts[: dating.number])
    seen = min(seen, 2)
    aside = any(word.form.fold in _ASIDE for word in words[:3])
    nth = min(sum(n < at for n in dating.outline.verbs), 3)
    return [
        "page",
        f"page own {own} {tense}",
        f"page own {own} {kind}",
        f"page own {own} {clitics}",
        f"page number {min(dating.number, 4)} {own}",
        f"page last {last} {own}",
        f"page last {last} {tense}",
        f"page past {_pluperfect(words, at)} {tense}",
        f"page ruler {ruler} {tense}",
        f"page future {candidate.head.use.future} {tense}",
        f"page {tense} {kind}",
        f"page any {bool(before)} {own}",
        f"page seen {seen} {clitics} {own}",
        f"page seen {seen} {tense} {dating.number > 0}",
        f"page aside {aside} {own}",
        f"page nth {nth} {own} {tense}",
        f"page begins {words[0].form.fold if words else ''}",
    ]


def moment_features(dating: Dating, candidate: Candidate, moment: Moment, acts: frozenset[str], own: int) -> list[str]:
    """What speaks for and against a time of another sentence's dating an act."""
    words, at, tense = dating.outline.words, candidate.head.at, _tense(candidate)
    reading = candidate.head.use.reading
    clitics = ("ال" if reading.article else "") + reading.preposition + ("+" if reading.pronoun else "")
    back = dating.number - moment.number
    far = str(back) if -1 <= back <= 3 else "back" if back > 0 else "ahead"
    places = [place for act in acts for place in dating.course.acts[moment.number].get(act, ())]
    gap = min((abs(place - moment.first) for place in places), default=None)
    same = "no" if gap is None else "near" if gap <= 4 else "mid" if gap <= 10 else "far"
    shared = min(len(dating.course.stems[dating.number] & dating.course.stems[moment.number]), 4)
    offset, size = _offset(moment.interval, dating.published), _size(moment.interval)
    ranks = [one.rank for moments in dating.course.moments[: dating.number] for one in moments]
    rank = min(ranks[-1] - moment.rank, 2) if ranks and moment.rank <= ranks[-1] else -1
    kind = candidate.predicate.type
    return [
        "told",
        f"told {far} {own}",
        f"told {far} {tense}",
        f"told {far} {size}",
        f"told {rank} {own} {size}",
        f"told {rank} {tense}",
        f"told same {same} {clitics}",
        f"told same {same} {tense}",
        f"told same {same} {own}",
        f"told same {same} {far}",
        f"told shared {shared} {same}",
        f"told shared {shared} {own}",
        f"told offset {offset} {tense}",
        f"told offset {offset} {size}",
        f"told offset {offset} {own}",
        f"told past {_pluperfect(words, at)} {offset}",
        f"told lead {moment.number == 0} {offset}",
        f"told {kind} {same}",
        f"told {kind} {offset}",
        f"told {moment.first <= 1} {far}",
        f"told then {any(word.form.fold in _THEN for word in words)} {rank}",
        f"told beside {kind in moment.types} {same}",
        f"told beside {kind in moment.types} {far}",
        f"told beside {kind in moment.types} {tense} {own}",
        f"told aside {any(word.form.fold in _ASIDE for word in words[:3])} {offset}",
        f"told begins {words[0].form.fold if words else ''} {far}",
    ]


def _tense(candidate: Candidate) -> str:
    return candidate.head.use.tense[0] + ("p" if candidate.places.passive else "")


def _pluperfect(words: list[Word], at: int) -> bool:
    """Does كان stand before an act, which is then over before what is told (`وكان الرئيس قد زار`)?"""
    return any(words[n].form.fold in _WAS for n in range(max(0, at - _WAS_BACK), at))


def when_features(
    outline: Outline, candidate: Candidate, option: Option, options: list[Option], published: PageDate
) -> list[str]:
    """What speaks for and against a time's dating an event."""
    words, head = outline.words, candidate.head
    at, tense = head.at, _tense(candidate)
    after = option.first > at
    side = "a" if after else "b"
    between = range(at + 1, option.first) if after else range(option.last, at)
    path = _path(outline, between)
    inside = candidate.places.first <= option.first < candidate.places.last
    distance = bisect_left(_NEAR, len(between))
    rank = sum(abs(other.first - at) < abs(option.first - at) for other in options if other.way == "at")
    before = words[option.first - 1].form.fold if option.first else "^"
    size, offset = _size(option.interval), _offset(option.interval, published)
    owner, verb = _owner(outline, option, at), _last_verb(outline, option.first, at)
    governor = candidate.governor
    ruler = (governor.status or governor.type or "verb") if governor else "none"
    way = option.way
    reading = head.use.reading
    clitics = ("ال" if reading.article else "") + reading.preposition + ("+" if reading.pronoun else "")
    governs = words[at - 1].form.fold if at else "^"
    return [
        "bias",
        f"way {way}",
        f"way {way} {tense} {size}",
        f"way {way} {candidate.predicate.type}",
        f"way {way} {words[option.first].form.fold in SINCE} {tense}",
        f"holds {_holds_another(option, options)} {way}",
        f"path {side} {path} {way}",
        f"path {side} {path[:2]} {tense}",
        f"inside {inside} {side} {tense}",
        f"distance {side} {distance}",
        f"distance {side} {distance} {tense}",
        f"rank {min(rank, 2)} {side}",
        f"only {len({other.first for other in options}) == 1} {side}",
        f"before {before}",
        f"size {size}",
        f"offset {offset}",
        f"offset {offset} {tense} {way}",
        f"size {size} {tense}",
        f"owner {owner} {tense}",
        f"owner {owner} {side} {inside}",
        f"verb {verb} {tense}",
        f"verb {verb} {side} {inside}",
        f"verb {verb} {owner} {tense}",
        f"ruler {ruler} {tense} {side}",
        f"link {candidate.places.link} {side} {verb}",
        f"type {candidate.predicate.type}",
        f"type {candidate.predicate.type} {offset}",
        f"future {head.use.future} {offset}",
        f"starts {option.first <= 1} {path[:2]}",
        f"clitics {clitics} {tense} {side}",
        f"governs {governs} {owner} {side}",
    ]


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
        elif any(head.at == n for head in outline.heads):
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
