"""Contexts: what an act is about, by its sentence and its article.

Words speak for contexts (`lexicon/contexts.csv`); how far they do, and what else does, a linear model has learned for each
context (`contexts.json`, written by `training/contexts.py`).
"""

import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from rasid.arabic.letters import fold
from rasid.arabic.words import Form, Word, per_form, read_words
from rasid.errors import LexiconError
from rasid.events import plover
from rasid.events.outline import stems
from rasid.events.relevance import short
from rasid.lexicon import compiled, read_table, variants

SOURCE = Path(__file__).parent / "lexicon" / "contexts.csv"
CONTEXT_WEIGHTS = Path(__file__).parent / "contexts.json"
_WINDOW = 10  # words on either side of the trigger that are near it
_MANY = 3.0  # words for a context: more of them say no more

_Row = tuple[tuple[int, float], ...]  # the place of a context, and the weight
Scores = Sequence[float]  # for each context, in the order of the alphabet


class Act(NamedTuple):
    """What is known of the act itself: its type and mode, the predicate's lemma, and the contexts that the lexicon gives it."""

    type: str
    mode: str | None
    lemma: str
    implied: tuple[str, ...]


@cache
def _words() -> dict[str, list[tuple[list[str], str]]]:
    """First word -> the words after it, and the context that they speak for."""
    words: dict[str, list[tuple[list[str], str]]] = compiled("contexts", [SOURCE], _read)
    return words


def _read() -> dict[str, list[tuple[list[str], str]]]:
    found: dict[str, list[tuple[list[str], str]]] = {}
    for where, cells in read_table(SOURCE, ("context", "words")):
        if cells["context"] not in plover.contexts():
            raise LexiconError(f"{where}: unknown context {cells['context']!r} (see plover.yaml)")
        for phrase in variants(cells["words"]):
            first, *rest = fold(phrase).split()
            found.setdefault(first.removeprefix("ال") if len(first) > 4 else first, []).append((rest, cells["context"]))
    return found


@per_form
def _named(form: Form) -> tuple[tuple[tuple[str, ...], str], ...]:
    """The contexts that a word speaks for, if the words that are named with each follow it; none for most words."""
    known = _words()
    return tuple((tuple(rest), context) for stem in sorted(stems(form)) for rest, context in known.get(stem, ()))


class ContextWeights(NamedTuple):
    """For each feature the contexts that it speaks for or against, and how strongly; a context is given from `limit` on."""

    weights: dict[str, dict[str, float]]
    limit: float


class Surroundings(NamedTuple):
    """What a whole article says of contexts: how often its words name each, the words of its title, and what both add up to."""

    named: Mapping[str, int]
    title: tuple[str, ...]
    scores: Scores
    by_sentence: list[Mapping[str, int]]  # how often the words of each sentence name each


class Said(NamedTuple):
    """What a sentence says of contexts, the same for all its acts: how often its words name each, and what they add up to."""

    named: Mapping[str, int]
    scores: Scores


def surroundings(sentences: Iterable[Sequence[Word]], title: str | None) -> Surroundings:
    """What an article's sentences and title say."""
    named: Counter[str] = Counter()
    by_sentence = [votes(words, range(len(words))) for words in sentences]
    for here in by_sentence:
        for context, times in here.items():
            named[context] += times
    folded = tuple(sorted({short(word.form) for word in read_words(title or "") if word.form.kind == "word"}))
    return Surroundings(named, folded, _scores(_article_features(named, folded)), by_sentence)


def said_in(words: Sequence[Word], named: Mapping[str, int]) -> Said:
    """What a sentence says of contexts, where its words name each so often."""
    scores = list(_scores_of_votes("here", tuple(named.items())))
    seen: set[str] = set()
    for word in words:
        found = _row_of_word(word.form)
        if found is not None and found[0] not in seen:
            seen.add(found[0])
            for n, weight in found[1]:
                scores[n] += weight
    return Said(named, scores)


def contexts_of(words: Sequence[Word], at: int, act: Act, about: Surroundings, said: Said) -> tuple[str, ...]:
    """The contexts of an act, the likeliest first; mostly one, at times none.

    Args:
        words: of its sentence.
        at: the place of its trigger.
        act: what is known of it.
        about: what its article says.
        said: what its sentence says.
    """
    known = _learned()
    is_short = at <= _WINDOW and len(words) - at <= _WINDOW + 1  # all of the sentence is near
    near = _scores_of_votes("near", tuple((said.named if is_short else _votes_near(words, at)).items()))
    sums = zip(_scores_of_act(act, short(words[at].form)), near, about.scores, said.scores, strict=True)
    scores = [one + two + three + four for one, two, three, four in sums]
    found = [n for n, score in enumerate(scores) if score >= known.least]
    return tuple([known.contexts[n] for n in sorted(found, key=lambda n: (-scores[n], known.contexts[n]))])


def context_features(words: Sequence[Word], at: int, act: Act, about: Surroundings) -> dict[str, float]:
    """What speaks for and against contexts, by name, and how much of it there is."""
    return {
        **_act_features(act, short(words[at].form)),
        **_features_of_votes("near", _votes_near(words, at)),
        **{feature: 1.0 for word in words for feature in _word_features(word.form)},
        **_features_of_votes("here", votes(words, range(len(words)))),
        **_article_features(about.named, about.title),
    }


def _act_features(act: Act, trigger: str) -> dict[str, float]:
    own = ("bias", f"type {act.type}", f"mode {act.type} {act.mode}", f"lemma {act.lemma}", f"trigger {trigger}")
    return dict.fromkeys([*own, *(f"implied {context}" for context in act.implied)], 1.0)


def _word_features(form: Form) -> tuple[str, ...]:
    return (f"word {short(form)}",) if form.kind == "word" else ()


def _features_of_votes(where: str, found: Mapping[str, int]) -> dict[str, float]:
    return {f"{where} {context}": min(times, _MANY) for context, times in found.items()}


def _article_features(named: Mapping[str, int], title: tuple[str, ...]) -> dict[str, float]:
    found = {f"title {word}": 1.0 for word in title}
    for context, times in named.items():
        found[f"article {context}"] = min(times, 2 * _MANY) / _MANY
    return found


def _scores(features: Mapping[str, float]) -> list[float]:
    """What features add up to, a number for each context."""
    known = _learned()
    scores = [0.0] * len(known.contexts)
    for feature, value in features.items():
        for n, weight in known.weights.get(feature, ()):
            scores[n] += weight * value
    return scores


@lru_cache(maxsize=1 << 12)
def _scores_of_act(act: Act, trigger: str) -> tuple[float, ...]:
    return tuple(_scores(_act_features(act, trigger)))


@lru_cache(maxsize=1 << 12)
def _scores_of_votes(where: str, found: tuple[tuple[str, int], ...]) -> tuple[float, ...]:
    return tuple(_scores(_features_of_votes(where, dict(found))))


@per_form
def _row_of_word(form: Form) -> tuple[str, _Row] | None:
    """What a word adds to contexts, by its feature, which counts once a sentence; None for a word that adds nothing."""
    known = _learned().weights
    return next(((feature, known[feature]) for feature in _word_features(form) if feature in known), None)


def votes(words: Sequence[Word], places: range) -> Mapping[str, int]:
    """How many of the words at `places` speak for each context."""
    found: dict[str, int] = {}
    for at in places:
        named = _named(words[at].form)
        if named:
            for context in {context for rest, context in named if not rest or _follow(words, at, rest)}:
                found[context] = found.get(context, 0) + 1
    return found


def _votes_near(words: Sequence[Word], at: int) -> Mapping[str, int]:
    return votes(words, range(max(0, at - _WINDOW), min(len(words), at + _WINDOW + 1)))


class _Learned(NamedTuple):
    contexts: list[str]
    weights: dict[str, _Row]  # by feature
    least: float


@cache
def _learned() -> _Learned:
    known = ContextWeights(**json.loads(CONTEXT_WEIGHTS.read_text(encoding="utf-8")))
    contexts = sorted(frozenset().union(*known.weights.values()))
    place = {context: n for n, context in enumerate(contexts)}
    weights = {
        feature: tuple((place[context], weight) for context, weight in sorted(row.items()))
        for feature, row in known.weights.items()
    }
    return _Learned(contexts, weights, math.log(known.limit / (1 - known.limit)))


def _follow(words: Sequence[Word], at: int, rest: tuple[str, ...]) -> bool:
    return all(at + 1 + n < len(words) and words[at + 1 + n].form.fold == word for n, word in enumerate(rest))
