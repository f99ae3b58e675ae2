"""The learned decision: which candidates report an event, who takes part in it, and how sure that is.

Linear models over named features; the weights stand in `weights.json`, trained by `training/train.py` (see
`docs/model-card.md`). A feature is a string, its weight a number: every decision can be read.
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
from rasid.events.casting import RoleWeights, cast, stage_of
from rasid.events.outline import Outline, Part
from rasid.events.propose import Candidate

WEIGHTS = Path(__file__).parent / "weights.json"


Curve = Sequence[Sequence[float]]  # points: the model's probability, and how often such candidates are events; both rise


class Weights(NamedTuple):
    """Feature weights of the decisions, and how likely an event or a role must be to be kept."""

    event: dict[str, float]
    role: RoleWeights
    keep_event: float
    keep_mention: float  # enough for one more mention of an act that is kept already
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
    role = {feature: complex(actor, recipient) for feature, (actor, recipient) in stored.pop("role").items()}
    return Weights(role=role, **stored)


def decide(
    outline: Outline, candidates: list[Candidate], sources: list[Source], before: Sequence[Sentence], known: Weights
) -> list[Decision | None]:
    """A decision for each candidate of a sentence; None where it is too unlikely to report an event.

    `before` are the sentences before it.
    """
    sure = [how_likely(event_features(outline, candidate, candidates), known) for candidate in candidates]
    if not any(likely >= known.keep_mention for likely in sure):
        return [None] * len(candidates)
    stage = stage_of(outline, candidates, sources, before)
    return [
        Decision(likely, *cast(stage, candidate, known.role)) if likely >= known.keep_mention else None
        for candidate, likely in zip(candidates, sure, strict=True)
    ]


def how_likely(features: list[str], known: Weights) -> float:
    """How likely a candidate with these features is to report an event, calibrated: of those at 0.8, eight in ten do."""
    return calibrated(probability(features, known.event), known.calibration)


def calibrated(likely: float, curve: Curve) -> float:
    """What a probability of the model is worth: on the line between the two points of the curve that it falls between."""
    after = min(bisect_right(curve, likely, key=itemgetter(0)), len(curve) - 1)
    (left, low), (right, high) = curve[after - 1], curve[after]
    return low + (high - low) * (likely - left) / (right - left)


def probability(features: list[str], known: dict[str, float]) -> float:
    """The logistic model's answer; features that training never saw count nothing."""
    get = known.get
    return _logistic(sum([get(feature, 0.0) for feature in features]))


def _logistic(score: float) -> float:
    return 1.0 / (1.0 + math.exp(-score))


def event_features(outline: Outline, candidate: Candidate, candidates: list[Candidate]) -> list[str]:
    """What speaks for and against a candidate's reporting a political event."""
    words, at, predicate, use = outline.words, candidate.head.at, candidate.predicate, candidate.head.use
    kind, lemma = f"{predicate.type}", predicate.lemma
    tense = use.tense[0] + ("p" if candidate.places.passive else "") + ("f" if use.future else "")
    before = words[at - 1].form.fold if at else "^"
    after = words[at + 1].form.fold if at + 1 < len(words) else "$"
    role = particle(words[at - 1].form) if at else None
    governor = candidate.governor
    ruler = (governor.type or governor.status or (governor.light and "light") or "verb") if governor else "none"
    filled = f"{bool(candidate.actors):d}{bool(candidate.recipients):d}"
    same = min(sum(other.predicate.type == kind for other in candidates), 4)
    others = "".join(sorted({f"{other.predicate.type}"[:4] for other in candidates if other.predicate.type != kind}))
    clitics = (
        ("ال" if use.reading.article else "")
        + use.reading.preposition
        + ("+" if use.reading.pronoun else "")
        + use.reading.conjunction
    )
    actors = {part.phrase.sector or part.phrase.kind for part in candidate.actors if part.phrase}
    recipients = {part.phrase.sector or part.phrase.kind for part in candidate.recipients if part.phrase}
    around = [words[n].form.fold for n in range(max(0, at - 4), min(len(words), at + 5)) if n != at]
    return [
        "bias",
        f"type {kind}",
        f"type {kind} {tense}",
        f"lemma {lemma}",
        f"lemma {lemma} {tense}",
        f"form {words[at].form.fold}",
        f"mode {kind} {predicate.mode}",
        f"before {before}",
        f"after {after}",
        f"before {role.kind if role else ''} {tense}",
        f"clitics {clitics} {tense}",
        f"clitics {clitics} {kind}",
        f"ruler {ruler} {candidate.places.link} {tense}",
        f"ruler {ruler} {kind}",
        f"ruler {governor.lemma if governor else ''}",
        f"filled {filled} {tense}",
        f"filled {filled} {kind}",
        f"filled {filled} {lemma}",
        f"same {same} {kind}",
        f"with {others}",
        f"many {min(len(candidates), 6)}",
        f"start {min(at, 3)} {tense}",
        f"negated {any(outline.kinds[n] == 'negator' for n in range(max(0, at - 2), at))}",
        f"quoted {_quoted(outline, at)} {kind}",
        f"long {min(len(words) // 10, 6)}",
        f"named {min(sum(1 for part in outline.parts if part.phrase), 5)}",
        f"time {candidate.last - at}",
        *(f"actor {sector} {kind}" for sector in actors),
        *(f"recipient {sector} {kind}" for sector in recipients),
        *(f"near {word}" for word in around),
    ]


def _quoted(outline: Outline, at: int) -> bool:
    """Does a quotation open before `at` and close after it?"""
    opened = 0
    for word in outline.words[:at]:
        opened += (word.form.text in "«“") - (word.form.text in "»”")
    return opened > 0
