"""A second look: how likely a candidate is to report an event, now that its whole article has been read.

What the same sentence and the others report, how often the article speaks of such acts and by the same words, and where in it
this one stands, move the first look's answer up or down. Linear over named features, as everything in `decide.py`.
"""

import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from rasid.linear import Linear, Term

_LEAST = 1e-3  # no candidate is less or more certain than this and one minus this
_SURE = (-2.0, -1.0, -0.3, 0.3, 1.0, 2.0)  # log odds
_HERE = (0.01, 0.3, 0.6, 0.8)  # probabilities
_NEAR = (0.3, 0.6, 0.8)
_MEAN = (0.2, 0.3, 0.4, 0.5, 0.6)
_MEAN_COARSE = (0.2, 0.35, 0.5)
_BY_WORD = (0.3, 0.5, 0.7)
_EXPECTED = (0.35, 1.2, 2.7, 6.4)  # events of this type that the rest of the article holds
_DENSE = (0.3, 0.7, 1.2, 2.0)  # events a sentence
_OPENING = 2  # sentences that stand for themselves


class Glance(NamedTuple):
    """A candidate as the first look saw it: its sentence, type and lemma, and how likely it is, by its sentence alone."""

    sentence: int
    kind: str | None
    lemma: str
    likely: float


def log_odds(likely: float) -> float:
    """The log odds of a probability, kept within what a first look can know."""
    likely = min(max(likely, _LEAST), 1 - _LEAST)
    return math.log(likely / (1 - likely))


def look_again(glances: Sequence[Glance], sentences: int, known: Linear[float]) -> list[float]:
    """How likely each candidate of an article of so many sentences is, between 0 and 1, before calibration."""
    own = known.get("own", 1.0)
    return [
        1 / (1 + math.exp(-(odds * (own + known.get(f"own {kind}", 0.0)) + known.of(terms))))
        for (_, kind, _, _), (odds, terms) in zip(glances, second_features(glances, sentences), strict=True)
    ]


def second_features(glances: Sequence[Glance], sentences: int) -> list[tuple[float, list[Term]]]:
    """For each candidate its log odds, whose weights are `own` and `own TYPE`, and what else the article says."""
    of_sentence: defaultdict[int, list[Glance]] = defaultdict(list)
    by_kind: defaultdict[str | None, float] = defaultdict(float)
    by_lemma: defaultdict[str, list[float]] = defaultdict(list)
    for one in glances:
        of_sentence[one.sentence].append(one)
        by_kind[one.kind] += one.likely
        by_lemma[one.lemma].append(one.likely)
    best = {n: max(one.likely for one in here) for n, here in of_sentence.items()}
    total = sum([one.likely for one in glances], 0.0)
    found = []
    for one in glances:
        odds = log_odds(one.likely)
        sure = bisect_right(_SURE, odds)
        others = [other for other in of_sentence[one.sentence] if other is not one]
        same = max([other.likely for other in others if other.kind == one.kind], default=0.0)
        other = max([other.likely for other in others if other.kind != one.kind], default=0.0)
        terms: list[Term] = [(_here, one.kind, sure, bisect_right(_HERE, same), bisect_right(_HERE, other))]
        if sentences > 1:
            mean = (total - one.likely) / max(len(glances) - 1, 1)
            words = by_lemma[one.lemma]
            alike = (sum(words, 0.0) - one.likely) / (len(words) - 1) if len(words) > 1 else None
            near = max(best.get(one.sentence - 1, 0.0), best.get(one.sentence + 1, 0.0))
            terms += [
                (_about, one.kind, sure, bisect_right(_MEAN, mean), bisect_right(_MEAN_COARSE, mean)),
                (_dense, bisect_right(_DENSE, total / sentences), bisect_right(_NEAR, near)),
                (_such, one.kind, bisect_right(_EXPECTED, by_kind[one.kind] - one.likely)),
                (_by_same_word, sure, -1 if alike is None else bisect_right(_BY_WORD, alike)),
                (_place, one.kind, min(one.sentence, _OPENING) if one.sentence < sentences / 2 else _OPENING + 1),
            ]
        found.append((odds, terms))
    return found


def _here(kind: str | None, sure: int, same: int, other: int) -> tuple[str, ...]:
    return (f"sure {sure}", f"type {kind}", f"same here {same} {sure}", f"other here {other}")


def _about(kind: str | None, sure: int, mean: int, coarse: int) -> tuple[str, ...]:
    return (f"mean {mean}", f"mean {coarse} {sure}", f"mean {coarse} {kind}")


def _dense(events: int, near: int) -> tuple[str, ...]:
    return (f"dense {events}", f"near {near}")


def _such(kind: str | None, expected: int) -> tuple[str, ...]:
    return (f"such {expected}", f"such {expected} {kind}")


def _by_same_word(sure: int, alike: int) -> tuple[str, ...]:
    return (f"word {alike} {sure}",)


def _place(kind: str | None, where: int) -> tuple[str, ...]:
    return (f"place {where}", f"place {where} {kind}")
