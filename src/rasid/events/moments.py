"""What an article says of time, for all its events: which days each sentence names, and which acts it tells of."""

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from rasid.actors.resolve import Sentence
from rasid.arabic.words import Form, Word, per_form
from rasid.events.outline import can_report
from rasid.events.predicates import uses
from rasid.model import Interval
from rasid.times import whole_of

_LONG_STEM = 4  # letters that a word needs to show that two sentences tell of one thing
_BACK, _AHEAD, _LEAD = 4, 1, 2  # sentences
_REACH = 32  # sentences from an act to another mention of it whose time may be its own


class Moment(NamedTuple):
    """A time expression of an article: its interval, and the words `first` to `last` (exclusive) of sentence `number`."""

    interval: Interval
    number: int
    first: int
    last: int
    rank: int  # how many times the article names before it
    types: frozenset[str]  # of the act named nearest


class Course(NamedTuple):
    """The course of an article: per sentence its times, the acts that it names with their places, and its other words."""

    moments: list[list[Moment]]
    acts: list[dict[str, list[int]]]
    stems: list[frozenset[str]]
    last: list[Moment | None]  # the last time that the sentences before name
    naming: dict[str, list[int]]  # the sentences that name an act, in order


def read_course(sentences: Sequence[Sentence]) -> Course:
    """What the sentences of an article say of time."""
    before = [0, *accumulate(len(sentence.times) for sentence in sentences)]
    if not before[-1]:
        return Course(
            [[]] * len(sentences), [{} for _ in sentences], [frozenset()] * len(sentences), [None] * len(sentences), {}
        )
    moments = [
        [_moment(sentence.words, time, n, rank) for rank, time in enumerate(sentence.times, before[n])]
        for n, sentence in enumerate(sentences)
    ]
    named = [[moment for moment in here if moment] for here in moments]
    last: list[Moment | None] = [None]
    for here in named[:-1]:
        last.append(here[-1] if here else last[-1])
    acts = [_acts(sentence.words) for sentence in sentences]
    naming: dict[str, list[int]] = {}
    for n, here_named in enumerate(acts):
        for act in here_named:
            naming.setdefault(act, []).append(n)
    stems = [frozenset().union(*[_stems(word.form) for word in sentence.words]) for sentence in sentences]
    return Course(named, acts, stems, last, naming)


def elsewhere(course: Course, at: int, acts: frozenset[str]) -> list[Moment]:
    """The times that may date an act of sentence `at`: of near sentences, of the lead, and not far off where it is named."""
    first, behind = max(0, at - _REACH), min(len(course.moments), at + _REACH + 1)
    return [
        moment
        for n in (*range(min(first, _LEAD)), *range(first, behind))
        if n != at and (-_AHEAD <= at - n <= _BACK or n < _LEAD or not acts.isdisjoint(course.acts[n]))
        for moment in course.moments[n]
    ]


def told_before(course: Course, at: int, acts: frozenset[str], most: int) -> int:
    """How many of the sentences before `at` name one of `acts`, counted up to `most`."""
    return min(len({n for act in acts for n in course.naming.get(act, ())[:most] if n < at}), most)


@per_form
def acts_of(form: Form) -> frozenset[str]:
    """The acts that a form may name, by the lemma of their predicates; nothing for nearly all words."""
    if not can_report(form):
        return frozenset()
    return frozenset(predicate.lemma for use in uses(form) for predicate in use.predicates if predicate.type)


@per_form
def _stems(form: Form) -> frozenset[str]:
    stem = min((reading.stem for reading in form.readings), key=len, default="")
    return frozenset((stem,)) if len(stem) >= _LONG_STEM else frozenset()


@per_form
def _types(form: Form) -> frozenset[str]:
    return frozenset(predicate.type for use in uses(form) for predicate in use.predicates if predicate.type)


def _nearest_types(words: list[Word], first: int, last: int) -> frozenset[str]:
    """The types of the act that is named nearest before a time, or else nearest after it."""
    order = (*range(first - 1, -1, -1), *range(last, len(words)))
    return next((types for n in order if (types := _types(words[n].form))), frozenset())


def _acts(words: list[Word]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for at, word in enumerate(words):
        for act in acts_of(word.form):
            found.setdefault(act, []).append(at)
    return found


def _moment(words: list[Word], time: Interval, number: int, rank: int) -> Moment | None:
    place = place_of_words(words, time)
    if place is None:
        return None
    return Moment(whole_of(words, place[0], time), number, *place, rank, _nearest_types(words, *place))


def place_of_words(words: list[Word], time: Interval) -> tuple[int, int] | None:
    """The words of a time, from the first to behind the last."""
    if time.span is None:
        return None
    start, end = time.span.start, time.span.end
    inside = [at for at, word in enumerate(words) if start <= word.start < end]
    return (inside[0], inside[-1] + 1) if inside else None
