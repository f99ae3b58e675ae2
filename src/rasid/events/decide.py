"""The learned decision: which candidates report an event, who takes part in it, and how sure that is.

Linear models over named features; the weights stand in `weights.json`, trained by `training/train.py` (see
`docs/model-card.md`). A feature is a string, its weight a number: every decision can be read. They come in terms, see
`rasid.linear`.
"""

import json
import math
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from rasid.actors.resolve import Sentence
from rasid.arabic.particles import particle
from rasid.events.attribution import Source
from rasid.events.casting import RoleWeights, cast
from rasid.events.casting_features import stage_of
from rasid.events.outline import Outline, Part
from rasid.events.propose import Candidate
from rasid.events.second_look import Glance, look_again
from rasid.linear import Linear, Term

WEIGHTS = Path(__file__).parent / "weights.json"


Curve = Sequence[Sequence[float]]  # points: the model's probability, and how often such candidates are events; both rise


class Weights(NamedTuple):
    """Feature weights of the decisions, and how likely an event or a role must be to be kept."""

    event: Linear[float]
    again: Linear[float]  # of the second look
    role: RoleWeights
    keep_event: float
    keep_mention: float  # enough for one more mention of an act that is kept already
    same: Linear[float]  # for two mentions of one sentence to be of one act
    keep_same: float
    calibration: Curve = ((0.0, 0.0), (1.0, 1.0))


class Decision(NamedTuple):
    """How likely it is that a candidate reports an event, and who then takes part."""

    probability: float
    actors: list[Part]
    recipients: list[Part]


@cache
def weights() -> Weights:
    """The weights of the package."""
    stored = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    role = Linear({feature: complex(actor, recipient) for feature, (actor, recipient) in stored.pop("role").items()}, 0j)
    event, again, same = (Linear(stored.pop(name), 0.0) for name in ("event", "again", "same"))
    return Weights(event=event, again=again, same=same, role=role, **stored)


def decide(
    outline: Outline,
    candidates: list[Candidate],
    likely: list[float],
    sources: list[Source],
    before: Sequence[Sentence],
    known: Weights,
) -> list[Decision | None]:
    """A decision for each candidate of a sentence; None where it is too unlikely to report an event.

    `likely` says how likely each is, `before` are the sentences before it.
    """
    if not any(one >= known.keep_mention for one in likely):
        return [None] * len(candidates)
    stage = stage_of(outline, candidates, sources, before)
    return [
        Decision(one, *cast(stage, candidate, known.role)) if one >= known.keep_mention else None
        for candidate, one in zip(candidates, likely, strict=True)
    ]


def how_likely(sentences: Sequence[tuple[Outline, list[Candidate]] | None], known: Weights) -> list[list[float]]:
    """How likely each candidate of an article is to report an event, calibrated: of those at 0.8, eight in ten do."""
    glances = [
        Glance(n, one.predicate.type, one.predicate.lemma, probability(event_features(outline, one, candidates), known.event))
        for n, sentence in enumerate(sentences)
        if sentence
        for outline, candidates in [sentence]
        for one in candidates
    ]
    likely = iter(look_again(glances, len(sentences), known.again))
    return [[calibrated(next(likely), known.calibration) for _ in sentence[1]] if sentence else [] for sentence in sentences]


def calibrated(likely: float, curve: Curve) -> float:
    """What a probability of the model is worth: on the line between the two points of the curve that it falls between."""
    after = min(bisect_right(curve, likely, key=itemgetter(0)), len(curve) - 1)
    (left, low), (right, high) = curve[after - 1], curve[after]
    return low + (high - low) * (likely - left) / (right - left)


def probability(features: list[Term], known: Linear[float]) -> float:
    """The logistic model's answer; features that training never saw count nothing."""
    return _logistic(known.of(features))


def _logistic(score: float) -> float:
    return 1.0 / (1.0 + math.exp(-score))


def event_features(outline: Outline, candidate: Candidate, candidates: list[Candidate]) -> list[Term]:
    """What speaks for and against a candidate's reporting a political event."""
    words, at, predicate, use = outline.words, candidate.head.at, candidate.predicate, candidate.head.use
    kind, lemma = predicate.type, predicate.lemma
    tense = use.tense[0] + ("p" if candidate.places.passive else "") + ("f" if use.future else "")
    before = words[at - 1].form.fold if at else "^"
    after = words[at + 1].form.fold if at + 1 < len(words) else "$"
    role = particle(words[at - 1].form) if at else None
    governor = candidate.governor
    ruler = (governor.type or governor.status or (governor.light and "light") or "verb") if governor else "none"
    filled = f"{bool(candidate.actors):d}{bool(candidate.recipients):d}"
    types = [other.predicate.type for other in candidates]
    clitics = (
        ("ال" if use.reading.article else "")
        + use.reading.preposition
        + ("+" if use.reading.pronoun else "")
        + use.reading.conjunction
    )
    actors = {part.phrase.sector or part.phrase.kind for part in candidate.actors if part.phrase}
    recipients = {part.phrase.sector or part.phrase.kind for part in candidate.recipients if part.phrase}
    negated = "negator" in outline.kinds[max(0, at - 2) : at]
    named = min(sum([part.phrase is not None for part in outline.parts]), 5)
    return [
        (_by_lemma, kind, predicate.mode, lemma, tense, filled),
        (_by_form, words[at].form.fold),
        (_by_word_before, before),
        (_by_word_after, after),
        (_by_clitics, role.kind if role else "", clitics, tense, kind),
        (_by_ruler, ruler, candidate.places.link, governor.lemma if governor else "", tense, kind),
        (_among, kind, *_company(kind, types)),
        (_in_sentence, min(at, 3), tense, negated, _quoted(outline, at), kind),
        (_of_sentence, min(len(words) // 10, 6), named, candidate.last - at),
        *[(_by_actor, sector, kind) for sector in actors],
        *[(_by_recipient, sector, kind) for sector in recipients],
        *[(_by_word_near, words[n].form.fold) for n in range(max(0, at - 4), min(len(words), at + 5)) if n != at],
    ]


def _company(kind: str | None, types: list[str | None]) -> tuple[int, str, int]:
    """Of the candidates of a sentence: how many are of this type, which others there are, and how many in all."""
    others = "".join(sorted({f"{other}"[:4] for other in types if other != kind})) if len(types) > 1 else ""
    return min(types.count(kind), 4), others, min(len(types), 6)


def _by_lemma(kind: str | None, mode: str | None, lemma: str, tense: str, filled: str) -> tuple[str, ...]:
    return (
        "bias",
        f"type {kind}",
        f"type {kind} {tense}",
        f"lemma {lemma}",
        f"lemma {lemma} {tense}",
        f"mode {kind} {mode}",
        f"filled {filled} {tense}",
        f"filled {filled} {kind}",
        f"filled {filled} {lemma}",
    )


def _by_form(form: str) -> tuple[str, ...]:
    return (f"form {form}",)


def _by_word_before(before: str) -> tuple[str, ...]:
    return (f"before {before}",)


def _by_word_after(after: str) -> tuple[str, ...]:
    return (f"after {after}",)


def _by_word_near(word: str) -> tuple[str, ...]:
    return (f"near {word}",)


def _by_clitics(particle: str, clitics: str, tense: str, kind: str | None) -> tuple[str, ...]:
    return (f"before {particle} {tense}", f"clitics {clitics} {tense}", f"clitics {clitics} {kind}")


def _by_ruler(ruler: str, link: str, lemma: str, tense: str, kind: str | None) -> tuple[str, ...]:
    return (f"ruler {ruler} {link} {tense}", f"ruler {ruler} {kind}", f"ruler {lemma}")


def _among(kind: str | None, same: int, others: str, many: int) -> tuple[str, ...]:
    return (f"same {same} {kind}", f"with {others}", f"many {many}")


def _in_sentence(start: int, tense: str, negated: bool, quoted: bool, kind: str | None) -> tuple[str, ...]:
    return (f"start {start} {tense}", f"negated {negated}", f"quoted {quoted} {kind}")


def _of_sentence(long: int, named: int, time: int) -> tuple[str, ...]:
    return (f"long {long}", f"named {named}", f"time {time}")


def _by_actor(sector: str, kind: str | None) -> tuple[str, ...]:
    return (f"actor {sector} {kind}",)


def _by_recipient(sector: str, kind: str | None) -> tuple[str, ...]:
    return (f"recipient {sector} {kind}",)


def _quoted(outline: Outline, at: int) -> bool:
    """Does a quotation open before `at` and close after it?"""
    opened = 0
    for word in outline.words[:at]:
        opened += (word.form.text in "«“") - (word.form.text in "»”")
    return opened > 0
