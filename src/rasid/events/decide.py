"""The learned decision: which candidates report an event, who takes part in it, and how sure that is.

Linear models over named features; the weights stand in `weights.json`, trained by `training/train.py` (see
`docs/model-card.md`). A feature is a string, its weight a number: every decision can be read.
"""

import json
import math
from bisect import bisect_left
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from rasid.arabic.particles import particle
from rasid.events.attribution import Source
from rasid.events.outline import SCENE, Outline, Part
from rasid.events.propose import Candidate

WEIGHTS = Path(__file__).parent / "weights.json"
_NEAR = (0, 1, 2, 3, 5, 8, 13, 21)
_FEW = 3
_MUTUAL = frozenset(("SUPPORT", "AGREE", "CONSULT"))
_MORE_LIKELY_THAN_NOT = 0.5


Counts = tuple[list[int], list[int], list[int]]


class Weights(NamedTuple):
    """Feature weights of the decisions, and how likely an event or a role must be to be kept."""

    event: dict[str, float]
    role: dict[str, tuple[float, float]]  # for being an actor, for being a recipient
    keep_event: float
    keep_mention: float  # enough for one more mention of an act that is kept already
    keep_actor: float
    keep_recipient: float
    when: dict[str, float]  # for a time expression's dating an event
    keep_when: float


class Decision(NamedTuple):
    """How likely it is that a candidate reports an event, and who then takes part."""

    probability: float
    actors: list[Part]
    recipients: list[Part]


@cache
def weights() -> Weights:
    """The weights of the package."""
    return Weights(**json.loads(WEIGHTS.read_text(encoding="utf-8")))


def decide(outline: Outline, candidates: list[Candidate], sources: list[Source], known: Weights) -> list[Decision | None]:
    """A decision for each candidate of a sentence; None where it is too unlikely to report an event."""
    counts = counts_of(outline)
    return [_decision(outline, candidate, candidates, sources, known, counts) for candidate in candidates]


def _decision(
    outline: Outline, candidate: Candidate, candidates: list[Candidate], sources: list[Source], known: Weights, counts: Counts
) -> Decision | None:
    sure = probability(event_features(outline, candidate, candidates), known.event)
    if sure < known.keep_mention:
        return None
    scored = [
        (part, *role_probabilities(features, known.role))
        for part, features in role_features(outline, candidate, sources, counts)
        if not _is_scene(part) or part in candidate.actors or part in candidate.recipients
    ]
    actors = _keep([(part, actor) for part, actor, recipient in scored if actor >= recipient], known.keep_actor)
    recipients = _keep([(part, recipient) for part, actor, recipient in scored if recipient > actor], known.keep_recipient)
    actors, recipients = _pair(candidate.actors) or actors, _pair(candidate.recipients) or recipients
    if candidate.predicate.type in _MUTUAL and not candidate.predicate.recipient:  # those who sign together are all actors
        actors, recipients = [*actors, *(part for part in recipients if part in candidate.actors)], []
    return Decision(sure, actors, recipients)


def _is_scene(part: Part) -> bool:
    """Is this where something happens rather than who takes part: `في دكار`?"""
    return part.phrase is not None and part.phrase.kind in ("place", "country") and part.preposition in SCENE


def _pair(parts: list[Part]) -> list[Part]:
    """`البلدان`, where the grammar puts it: training has seen too few of its kind to know better."""
    return [part for part in parts if part.phrase and part.phrase.stands_for == "pair"]


def _keep(scored: list[tuple[Part, float]], limit: float) -> list[Part]:
    """The likeliest one if it is likely enough, and every other one that is more likely than not."""
    best = max((score for _, score in scored), default=0.0)
    return [part for part, score in scored if score >= limit and (score == best or score >= _MORE_LIKELY_THAN_NOT)]


def probability(features: list[str], known: dict[str, float]) -> float:
    """The logistic model's answer; features that training never saw count nothing."""
    get = known.get
    return _logistic(sum([get(feature, 0.0) for feature in features]))


def role_probabilities(features: list[str], known: dict[str, tuple[float, float]]) -> tuple[float, float]:
    """How likely a phrase is to be an actor, and a recipient."""
    seen = [known[feature] for feature in features if feature in known]
    return _logistic(sum([actor for actor, _ in seen])), _logistic(sum([recipient for _, recipient in seen]))


def _logistic(score: float) -> float:
    return 1.0 / (1.0 + math.exp(-score))


def role_features(
    outline: Outline, candidate: Candidate, sources: list[Source], counts: Counts
) -> list[tuple[Part, list[str]]]:
    """For every phrase of the sentence, what speaks for and against its having a role in the candidate."""
    at, predicate = candidate.head.at, candidate.predicate
    kind = f"{predicate.type}"
    tense = candidate.head.use.tense[0] + ("p" if candidate.places.passive else "")
    slot_of = {part.first: slot for slot, parts in candidate.places.slots.items() for part in parts}
    acting = {part.first for part in candidate.actors}
    receiving = {part.first for part in candidate.recipients}
    filled = f"{bool(candidate.actors):d}{bool(candidate.recipients):d}"
    told = {source.first for source in sources}
    named = [part for part in outline.parts if part.phrase]
    after = sum(part.first > at for part in named)
    found = []
    for n, part in enumerate(named):
        phrase = part.phrase
        assert phrase is not None
        side = "a" if part.first > at else "b"
        rank = min(n - (len(named) - after) + 1 if side == "a" else len(named) - after - n, 4)
        grammar = "A" if part.first in acting else "R" if part.first in receiving else "-"
        slot = slot_of.get(part.first, "-")
        first, last = (at + 1, part.first) if side == "a" else (part.last, at)
        distance = bisect_left(_NEAR, last - first)
        hard, verbs, commas = (min(before[last] - before[first], _FEW) if last > first else 0 for before in counts)
        sector = phrase.sector or ("name" if phrase.name else phrase.kind)
        place = part.preposition + side
        features = [
            "bias",
            f"type {kind}",
            f"slot {slot} {tense}",
            f"grammar {grammar}",
            f"grammar {grammar} {slot} {kind}",
            f"grammar {grammar} {filled}",
            f"grammar {grammar} {slot} {side} {tense}",
            f"grammar {grammar} {tense} {sector}",
            f"distance {side}{distance} {tense}",
            f"rank {side}{rank} {tense}",
            f"between {side} {hard}{verbs}",
            f"commas {side} {commas}",
            f"preposition {place} {tense}",
            f"preposition {place} {kind}",
            f"kind {phrase.kind} {sector} {side}",
            f"sector {sector} {kind}",
            f"sector {sector} {kind} {grammar}",
            f"sector {sector} {kind} {side}",
            f"country {phrase.country is not None} {sector}",
            f"lemma {predicate.lemma} {slot}",
            f"lemma {predicate.lemma} {part.preposition}{side}",
            f"told {part.first in told} {grammar} {kind}",
            f"filled {filled} {side}{rank} {tense}",
            f"filled {filled} {sector} {kind}",
            f"definite {phrase.definite} {side} {tense}",
        ]
        found.append((part, features))
    return found


def counts_of(outline: Outline) -> Counts:
    """How many hard breaks, finite verbs and soft breaks stand before each word, and before the end."""
    return (
        list(accumulate((level == 2 for level in outline.breaks), initial=0)),
        list(accumulate((at in outline.verbs for at in range(len(outline.words))), initial=0)),
        list(accumulate((level == 1 for level in outline.breaks), initial=0)),
    )


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
