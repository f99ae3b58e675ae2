"""When an event happened: of all times that its sentence and its article name, and the day of publication, which dates it.

A linear model over named features (in terms, see `rasid.linear`) chooses; its weights stand in `when.json`, trained by
`training/when.py`.
"""

import datetime as dt
import json
import math
from bisect import bisect_left
from collections.abc import Iterable
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Literal, NamedTuple

from rasid.actors.resolve import Sentence
from rasid.arabic.words import Word
from rasid.events.attribution import says
from rasid.events.moments import Course, Moment, acts_of, elsewhere, told_before
from rasid.events.options import SINCE, Option, options_of
from rasid.events.outline import Outline, can_report
from rasid.events.propose import Candidate
from rasid.linear import Linear, Term, names_of
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
    "in a row": "so many days in a row, up to the day of publication",
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

    feature: Linear[float]
    page: float


class Act(NamedTuple):
    """What an act that is to be dated is to every time that may date it."""

    tense: str
    clitics: str
    ruler: str  # the verb that governs it: its status or type
    past: bool  # كان before it
    aside: bool  # its sentence tells it aside: `يذكر أن`
    begins: str  # the first word of its sentence
    lemmas: frozenset[str]
    own: int  # times of its own sentence, two for more
    then: bool  # its sentence says حينها


Days = tuple[dt.date | None, dt.date | None]


@cache
def when_weights() -> WhenWeights:
    """The weights of the package."""
    stored = json.loads(WHEN_WEIGHTS.read_text(encoding="utf-8"))
    return WhenWeights(Linear(stored.pop("feature"), 0.0), **stored)


def choose_time(dating: Dating, candidate: Candidate) -> Chosen:
    """The interval that most likely dates `candidate`; its day of publication where nothing that the article says does."""
    found = time_features(dating, candidate)
    known, willing = when_weights()
    scores = {days: _score(named, known) for days, (_, named) in found.items()}
    scores[_page(dating)] += willing
    best = max(scores, key=scores.__getitem__)
    option = found[best][0]
    if option is None:
        first, last = _page(dating)
        page = Interval(first, last) if first or last else None
        return Chosen(page, "page", "no time in the article is likely to date it; the page's date, if known")
    sure = 1 / sum([math.exp(score - scores[best]) for score in scores.values()], 0.0)
    return Chosen(option.interval, "page" if option.way == "told" else "text", f"{_WAYS[option.way]} ({sure:.2f})")


def _score(named: list[list[Term]], known: Linear[float]) -> float:
    """What speaks for an interval; where several words name it, each feature once."""
    if len(named) == 1:
        return known.of(named[0])
    features = dict.fromkeys(names_of(dict.fromkeys(chain.from_iterable(named))))
    return sum([known.get(feature, 0.0) for feature in features], 0.0)


def time_features(dating: Dating, candidate: Candidate) -> dict[Days, tuple[Option | None, list[list[Term]]]]:
    """Every interval in question, the words that name it best (None: only the day of publication), and what speaks for it.

    The latter for each of the words that name it; what is there twice counts once.
    """
    sentence, outline, published = dating.sentence, dating.outline, dating.published
    options = options_of(sentence, outline, candidate, published)
    own = min(len({option.first for option in options}), 2)
    act = _act(dating, candidate, own)
    found: dict[Days, tuple[Option | None, list[list[Term]]]] = {_page(dating): (None, [page_features(dating, candidate, act)])}
    named = [(option, when_features(outline, candidate, act, option, options, published)) for option in options]
    told = sorted(elsewhere(dating.course, dating.number, act.lemmas), key=lambda moment: abs(moment.number - dating.number))
    for moment in told:
        if _offset(moment.interval, published) in _FAR and act.lemmas.isdisjoint(dating.course.acts[moment.number]):
            continue  # what was long ago, or is still ahead, is that of another act
        option = Option(moment.interval, moment.first, moment.last, "told")
        named.append((option, moment_features(dating, candidate, act, moment)))
    for option, features in named:
        days = option.interval.start, option.interval.end
        first, all_features = found.setdefault(days, (option, []))
        all_features.append(features)
        if first is None:
            found[days] = option, all_features
    return found


def _act(dating: Dating, candidate: Candidate, own: int) -> Act:
    words, head = dating.outline.words, candidate.head
    reading, governor = head.use.reading, candidate.governor
    return Act(
        head.use.tense[0] + ("p" if candidate.places.passive else ""),
        ("ال" if reading.article else "") + reading.preposition + ("+" if reading.pronoun else ""),
        (governor.status or governor.type or "verb") if governor else "none",
        _pluperfect(words, head.at),
        any(word.form.fold in _ASIDE for word in words[:3]),
        words[0].form.fold if words else "",
        acts_of(words[head.at].form),
        own,
        any(word.form.fold in _THEN for word in words),
    )


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


def page_features(dating: Dating, candidate: Candidate, act: Act) -> list[Term]:
    """What speaks for and against an act's being of the day of publication, which nothing says."""
    at, course = candidate.head.at, dating.course
    before = course.last[dating.number]
    last = _offset(before.interval, dating.published) if before else "none"
    seen = told_before(course, dating.number, act.lemmas, 2)
    nth = min(sum([n < at for n in dating.outline.verbs]), 3)
    kind, tense, own = candidate.predicate.type, act.tense, act.own
    return [
        (_page_own, own, tense, kind, act.clitics, min(dating.number, 4)),
        (_page_last, last, own, tense, before is not None, act.past),
        (_page_act, act.ruler, tense, candidate.head.use.future, kind),
        (_page_seen, seen, act.clitics, own, tense, dating.number > 0),
        (_page_place, act.aside, own, nth, tense),
        (_page_begins, act.begins),
    ]


def _page_own(own: int, tense: str, kind: str | None, clitics: str, number: int) -> tuple[str, ...]:
    return (
        "page",
        f"page own {own} {tense}",
        f"page own {own} {kind}",
        f"page own {own} {clitics}",
        f"page number {number} {own}",
    )


def _page_last(last: str, own: int, tense: str, any_before: bool, past: bool) -> tuple[str, ...]:
    return (
        f"page last {last} {own}",
        f"page last {last} {tense}",
        f"page past {past} {tense}",
        f"page any {any_before} {own}",
    )


def _page_act(ruler: str, tense: str, future: bool, kind: str | None) -> tuple[str, ...]:
    return (f"page ruler {ruler} {tense}", f"page future {future} {tense}", f"page {tense} {kind}")


def _page_seen(seen: int, clitics: str, own: int, tense: str, later: bool) -> tuple[str, ...]:
    return (f"page seen {seen} {clitics} {own}", f"page seen {seen} {tense} {later}")


def _page_place(aside: bool, own: int, nth: int, tense: str) -> tuple[str, ...]:
    return (f"page aside {aside} {own}", f"page nth {nth} {own} {tense}")


def _page_begins(word: str) -> tuple[str, ...]:
    return (f"page begins {word}",)


def moment_features(dating: Dating, candidate: Candidate, act: Act, moment: Moment) -> list[Term]:
    """What speaks for and against a time of another sentence's dating an act."""
    course = dating.course
    back = dating.number - moment.number
    far = str(back) if -1 <= back <= 3 else "back" if back > 0 else "ahead"
    named = course.acts[moment.number]
    places = [place for lemma in act.lemmas if lemma in named for place in named[lemma]]
    gap = min([abs(place - moment.first) for place in places], default=None)
    same = "no" if gap is None else "near" if gap <= 4 else "mid" if gap <= 10 else "far"
    shared = min(len(course.stems[dating.number] & course.stems[moment.number]), 4)
    offset, size = _offset(moment.interval, dating.published), _size(moment.interval)
    before = course.last[dating.number]
    rank = min(before.rank - moment.rank, 2) if before and moment.rank <= before.rank else -1
    kind, tense, own = candidate.predicate.type, act.tense, act.own
    return [
        (_told_where, far, rank, own, tense, size),
        (_told_same, same, act.clitics, tense, own, far),
        (_told_shared, shared, same, own),
        (_told_when, offset, tense, size, own, act.past, moment.number == 0, act.aside),
        (_told_of, kind, same, offset),
        (_told_so, moment.first <= 1, far, act.then, rank),
        (_told_beside, kind in moment.types, same, far, tense, own),
        (_told_begins, act.begins, far),
    ]


def _told_where(far: str, rank: int, own: int, tense: str, size: str) -> Iterable[str]:
    # a rank may read like a number of sentences: such a feature counts once, here and in the next
    return dict.fromkeys(
        (
            "told",
            f"told {far} {own}",
            f"told {far} {tense}",
            f"told {far} {size}",
            f"told {rank} {own} {size}",
            f"told {rank} {tense}",
        )
    )


def _told_same(same: str, clitics: str, tense: str, own: int, far: str) -> Iterable[str]:
    return dict.fromkeys(
        (f"told same {same} {clitics}", f"told same {same} {tense}", f"told same {same} {own}", f"told same {same} {far}")
    )


def _told_shared(shared: int, same: str, own: int) -> tuple[str, ...]:
    return (f"told shared {shared} {same}", f"told shared {shared} {own}")


def _told_when(offset: str, tense: str, size: str, own: int, past: bool, lead: bool, aside: bool) -> tuple[str, ...]:
    return (
        f"told offset {offset} {tense}",
        f"told offset {offset} {size}",
        f"told offset {offset} {own}",
        f"told past {past} {offset}",
        f"told lead {lead} {offset}",
        f"told aside {aside} {offset}",
    )


def _told_of(kind: str | None, same: str, offset: str) -> tuple[str, ...]:
    return (f"told {kind} {same}", f"told {kind} {offset}")


def _told_so(opens: bool, far: str, then: bool, rank: int) -> tuple[str, ...]:
    return (f"told {opens} {far}", f"told then {then} {rank}")


def _told_beside(beside: bool, same: str, far: str, tense: str, own: int) -> tuple[str, ...]:
    return (f"told beside {beside} {same}", f"told beside {beside} {far}", f"told beside {beside} {tense} {own}")


def _told_begins(word: str, far: str) -> tuple[str, ...]:
    return (f"told begins {word} {far}",)


def _pluperfect(words: list[Word], at: int) -> bool:
    """Does كان stand before an act, which is then over before what is told (`وكان الرئيس قد زار`)?"""
    return any(word.form.fold in _WAS for word in words[max(0, at - _WAS_BACK) : at])


def when_features(
    outline: Outline, candidate: Candidate, act: Act, option: Option, options: list[Option], published: PageDate
) -> list[Term]:
    """What speaks for and against a time's dating an event."""
    words, at = outline.words, candidate.head.at
    after = option.first > at
    side = "a" if after else "b"
    between = range(at + 1, option.first) if after else range(option.last, at)
    path = _path(outline, between)
    inside = candidate.places.first <= option.first < candidate.places.last
    rank = sum([abs(other.first - at) < abs(option.first - at) for other in options if other.way == "at"])
    only = all(other.first == option.first for other in options)
    size, offset = _size(option.interval), _offset(option.interval, published)
    owner, verb = _owner(outline, option, at), _last_verb(outline, option.first, at)
    way, kind, tense = option.way, candidate.predicate.type, act.tense
    since = words[option.first].form.fold in SINCE
    return [
        (_by_way, way, tense, size, kind, since, _holds_another(option, options)),
        (_on_path, side, path, way, tense, option.first <= 1),
        (_by_distance, inside, side, tense, bisect_left(_NEAR, len(between)), min(rank, 2), only),
        (_behind, words[option.first - 1].form.fold if option.first else "^"),
        (_by_size, size, offset, tense, way),
        (_by_owner, owner, verb, side, tense, inside),
        (_by_ruler, act.ruler, tense, side, candidate.places.link, verb),
        (_by_type, kind, offset, candidate.head.use.future),
        (_by_clitics, act.clitics, tense, side, words[at - 1].form.fold if at else "^", owner),
    ]


def _by_way(way: str, tense: str, size: str, kind: str | None, since: bool, holds: bool) -> tuple[str, ...]:
    return (
        "bias",
        f"way {way}",
        f"way {way} {tense} {size}",
        f"way {way} {kind}",
        f"way {way} {since} {tense}",
        f"holds {holds} {way}",
    )


def _on_path(side: str, path: str, way: str, tense: str, starts: bool) -> tuple[str, ...]:
    return (f"path {side} {path} {way}", f"path {side} {path[:2]} {tense}", f"starts {starts} {path[:2]}")


def _by_distance(inside: bool, side: str, tense: str, distance: int, rank: int, only: bool) -> tuple[str, ...]:
    return (
        f"inside {inside} {side} {tense}",
        f"distance {side} {distance}",
        f"distance {side} {distance} {tense}",
        f"rank {rank} {side}",
        f"only {only} {side}",
    )


def _behind(word: str) -> tuple[str, ...]:
    return (f"before {word}",)


def _by_size(size: str, offset: str, tense: str, way: str) -> tuple[str, ...]:
    return (f"size {size}", f"offset {offset}", f"offset {offset} {tense} {way}", f"size {size} {tense}")


def _by_owner(owner: str, verb: str, side: str, tense: str, inside: bool) -> tuple[str, ...]:
    return (
        f"owner {owner} {tense}",
        f"owner {owner} {side} {inside}",
        f"verb {verb} {tense}",
        f"verb {verb} {side} {inside}",
        f"verb {verb} {owner} {tense}",
    )


def _by_ruler(ruler: str, tense: str, side: str, link: str, verb: str) -> tuple[str, ...]:
    return (f"ruler {ruler} {tense} {side}", f"link {link} {side} {verb}")


def _by_type(kind: str | None, offset: str, future: bool) -> tuple[str, ...]:
    return (f"type {kind}", f"type {kind} {offset}", f"future {future} {offset}")


def _by_clitics(clitics: str, tense: str, side: str, governs: str, owner: str) -> tuple[str, ...]:
    return (f"clitics {clitics} {tense} {side}", f"governs {governs} {owner} {side}")


def _holds_another(option: Option, options: list[Option]) -> bool:
    """Does a more exact time stand beside this one (`قبل أربع سنوات، في فبراير 2003`)?"""
    mine = option.interval
    return len(options) > 1 and any(
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
        if len(letters) == _LONGEST_PATH:
            break
    return "".join(letters)


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
