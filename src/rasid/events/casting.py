"""Casting: who takes part in a candidate event, and on which side, chosen among all whom its sentence names.

For each side everyone named there competes with nobody: a softmax over linear scores of named features (a conditional logit),
trained by `training/train.py`; the weights stand in `weights.json`. A feature is a string, so that every choice can be read.
"""

import math
from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from rasid.actors.resolve import Sentence
from rasid.arabic.particles import particle
from rasid.events.attribution import Source
from rasid.events.clauses import read_verb
from rasid.events.outline import Outline, Part
from rasid.events.propose import Candidate

_NEAR = (0, 1, 2, 3, 5, 8, 13, 21)
_FEW = 3
_AS_LIKELY = 0.5  # of the likeliest one's probability: whoever comes so near takes part as well
_MUTUAL = frozenset(("SUPPORT", "AGREE", "CONSULT"))
_LONGEST_PATH = 5
_SENTENCES_BACK = 2
_ACTING = frozenset(("person", "office", "organisation", "group", "people", "country"))

RoleWeights = dict[str, complex]  # for being an actor (real) and a recipient (imaginary): one look-up and one sum for both


class Stage(NamedTuple):
    """What the casting of every candidate of one sentence looks at."""

    outline: Outline
    candidates: list[Candidate]
    named: list[Part]  # those whom it names
    carried: list[Part]  # those of whom the sentences before spoke
    tokens: list[str]  # what each word is on the way from a predicate to somebody
    told: frozenset[int]  # where the sources stand
    breaks: list[int]  # hard breaks before each word, and before the end
    verbs: list[int]  # finite verbs, likewise
    commas: list[int]  # soft breaks, likewise


def stage_of(outline: Outline, candidates: list[Candidate], sources: list[Source], before: Sequence[Sentence] = ()) -> Stage:
    """All that the casting of a sentence's candidates shares; `before` are the sentences before it, the last one last."""
    named = [part for part in outline.parts if part.phrase]
    return Stage(
        outline,
        candidates,
        named,
        _carried(before),
        _tokens(outline, named),
        frozenset(source.first for source in sources),
        list(accumulate((level == 2 for level in outline.breaks), initial=0)),
        list(accumulate((at in outline.verbs for at in range(len(outline.words))), initial=0)),
        list(accumulate((level == 1 for level in outline.breaks), initial=0)),
    )


def _carried(before: Sequence[Sentence]) -> list[Part]:
    """Of whom the sentence before speaks: the first and the last whom no preposition governs."""
    for sentence in before[: -_SENTENCES_BACK - 1 : -1]:
        free = [phrase for phrase in sentence.phrases if not phrase.preposition and phrase.kind in _ACTING]
        if free:
            topics = free[:1] if len(free) == 1 else [free[0], free[-1]]
            return [Part(phrase.first, phrase.last, "", False, phrase, None, sentence) for phrase in topics]
    return []


def _tokens(outline: Outline, named: list[Part]) -> list[str]:
    """A letter or two for each word: E somebody, V a verb, N a verbal noun, u an unknown one; nothing within a name."""
    tokens = [
        "V" if at in outline.verbs else _small(outline, at) or (word.form.text if word.form.kind == "mark" else "u")
        for at, word in enumerate(outline.words)
    ]
    for head in outline.heads:
        if head.at not in outline.verbs:
            tokens[head.at] = "N"
    for part in named:
        tokens[part.first] = "E"
        tokens[part.first + 1 : part.last] = [""] * (part.last - part.first - 1)
    return tokens


def _small(outline: Outline, at: int) -> str:
    kind = outline.kinds[at]
    if kind != "preposition":
        return kind[:3]
    role = particle(outline.words[at].form)
    return "p" + role.stem if role else kind[:3]


def cast(stage: Stage, candidate: Candidate, known: RoleWeights) -> tuple[list[Part], list[Part]]:
    """The actors and the recipients of a candidate."""
    options = role_features(stage, candidate)
    rows = [nobody_features(stage, candidate), *(features for _, features in options)]
    get = known.get
    scores = [sum([get(feature, 0j) for feature in row]) for row in rows]
    actors, recipients = _choose(_shares([score.real for score in scores]), _shares([score.imag for score in scores]))
    return _settled(candidate, [options[n - 1][0] for n in actors], [options[n - 1][0] for n in recipients])


def _settled(candidate: Candidate, actors: list[Part], recipients: list[Part]) -> tuple[list[Part], list[Part]]:
    """Both sides with what the grammar alone knows: `البلدان`, and that those who sign together are all actors."""
    actors, recipients = _pair(candidate.actors) or actors, _pair(candidate.recipients) or recipients
    if candidate.predicate.type in _MUTUAL and not candidate.predicate.recipient:
        return [*actors, *(part for part in recipients if part in candidate.actors)], []
    return actors, recipients


def _pair(parts: list[Part]) -> list[Part]:
    """`البلدان`, where the grammar puts it: training has seen too few of its kind to know better."""
    return [part for part in parts if part.phrase and part.phrase.stands_for == "pair"]


def _shares(scores: list[float]) -> list[float]:
    """Scores as probabilities that sum to one."""
    top = max(scores)
    raised = [math.exp(score - top) for score in scores]
    total = sum(raised)
    return [value / total for value in raised]


def _choose(actor: list[float], recipient: list[float]) -> tuple[list[int], list[int]]:
    """The likeliest actor and recipient together, either of whom may be nobody (0), and those who are nearly as likely."""
    size = range(len(actor))
    pairs = ((actor[a] * recipient[r], a, r) for a in size for r in size if a != r or a == 0)
    _, first, second = max(pairs)
    actors = [
        n
        for n in size
        if n and first and (n == first or (n != second and actor[n] >= _AS_LIKELY * actor[first] and actor[n] > recipient[n]))
    ]
    recipients = [
        n
        for n in size
        if n
        and second
        and n not in actors
        and (n == second or (recipient[n] >= _AS_LIKELY * recipient[second] and recipient[n] > actor[n]))
    ]
    return actors, recipients


def nobody_features(stage: Stage, candidate: Candidate) -> list[str]:
    """What speaks for a side of a candidate's being empty."""
    predicate, tense = candidate.predicate, candidate.head.use.tense
    filled = f"{bool(candidate.actors):d}{bool(candidate.recipients):d}"
    return [
        "nobody",
        f"nobody {predicate.type}",
        f"nobody {predicate.type} {predicate.mode}",
        f"nobody {predicate.type} {filled}",
        f"nobody {predicate.lemma}",
        f"nobody {predicate.lemma} {tense} {filled}",
        f"nobody {tense} {candidate.places.passive}",
        f"nobody {tense} {filled}",
        f"nobody of {min(len(stage.named), 6)}",
    ]


def role_features(stage: Stage, candidate: Candidate) -> list[tuple[Part, list[str]]]:
    """For everyone who may have a role in the candidate, what speaks for and against it."""
    return _features_of_named(stage, candidate) + _features_of_carried(stage, candidate)


def _features_of_carried(stage: Stage, candidate: Candidate) -> list[tuple[Part, list[str]]]:
    """What speaks for those whom the sentence itself does not name."""
    if not stage.carried:
        return []
    predicate, use = candidate.predicate, candidate.head.use
    kind, tense = predicate.type, use.tense[0] + ("p" if candidate.places.passive else "")
    filled = f"{bool(candidate.actors):d}{bool(candidate.recipients):d}"
    opens = not any(verb < candidate.head.at for verb in stage.outline.verbs)
    subject = "subject" in candidate.places.slots
    found = []
    for n, part in enumerate(stage.carried):
        assert part.phrase is not None
        sector = part.phrase.sector or part.phrase.kind
        features = [
            "carried",
            f"carried {n} {tense}",
            f"carried {kind}",
            f"carried {kind} {filled} {tense}",
            f"carried {kind} {sector}",
            f"carried {predicate.lemma}",
            f"carried {filled} {tense} {subject}",
            f"carried {opens} {tense} {subject}",
            f"carried {bool(use.reading.pronoun)} {tense} {filled}",
            f"carried of {min(len(stage.named), 4)}",
            f"carried {part.phrase.kind} {part.phrase.definite}",
        ]
        found.append((part, features))
    return found


def _features_of_named(stage: Stage, candidate: Candidate) -> list[tuple[Part, list[str]]]:
    outline, at, predicate = stage.outline, candidate.head.at, candidate.predicate
    kind, lemma = f"{predicate.type}", predicate.lemma
    mode = f"{kind} {predicate.mode}"
    tense = candidate.head.use.tense[0] + ("p" if candidate.places.passive else "")
    frame = f"{predicate.actor}{predicate.recipient}{predicate.of if tense[0] == 'n' else ''}"
    slot_of = _slots(candidate)
    ruled = _slots_of_governor(outline, candidate)
    claims = _claims(stage, candidate)
    acting, receiving = ({part.first for part in parts} for parts in (candidate.actors, candidate.recipients))
    filled = f"{bool(acting):d}{bool(receiving):d}"
    after = sum(part.first > at for part in stage.named)
    rest = len(stage.named) - after
    found = []
    for n, part in enumerate(stage.named):
        phrase = part.phrase
        assert phrase is not None
        side = "a" if part.first > at else "b"
        rank = min(n - rest + 1 if side == "a" else rest - n, 4)
        grammar = "A" if part.first in acting else "R" if part.first in receiving else "-"
        slot, ruler = slot_of.get(part.first, "-"), ruled.get(part.first, "-")
        first, last = (at + 1, part.first) if side == "a" else (part.last, at)
        distance = bisect_left(_NEAR, last - first)
        sector = phrase.sector or ("name" if phrase.name else phrase.kind)
        word = outline.words[part.first].form.fold
        before = outline.words[part.first - 1].form.fold if part.first else "^"
        following = outline.words[part.last].form.fold if part.last < len(outline.words) else "$"
        features = [
            "somebody",
            f"type {kind}",
            f"slot {slot} {tense}",
            f"grammar {grammar} {slot} {kind}",
            f"grammar {grammar} {filled}",
            f"grammar {grammar} {slot} {side} {tense}",
            f"grammar {grammar} {tense} {sector}",
            f"distance {side}{distance} {tense}",
            f"rank {side}{rank} {tense}",
            f"kind {phrase.kind} {sector} {side}",
            f"sector {sector} {kind}",
            f"sector {sector} {kind} {grammar}",
            f"sector {sector} {kind} {side}",
            f"sector {sector} {mode}",
            f"sector {sector} {lemma} {side}",
            f"country {phrase.country is not None} {sector}",
            f"definite {phrase.definite} {side} {tense}",
            f"told {part.first in stage.told} {grammar} {kind}",
            f"word {word}",
            f"word {word} {kind}",
            f"before {before} {kind}",
            f"before {before} {side} {tense}",
            f"after {following}",
            f"ruled {ruler} {tense}",
            f"ruled {ruler} {kind}",
            f"frame {frame} {part.preposition}{side} {tense}",
            f"frame {frame} {slot} {tense}",
            f"frame {frame} {grammar} {tense}",
            f"frame {frame} {side}{rank} {tense}",
            f"mode {mode} {grammar}",
            f"lemma {lemma} {kind} {grammar}",
            f"opens {n == 0} {tense}",
            f"acts {part.head is not None}",
            *_way(stage, side, tense, first, last),
            *claims.get(part.first, ()),
        ]
        if ruler != "-" and candidate.governor:
            features.append(f"ruled {ruler} {candidate.places.link} {candidate.governor.lemma}")
        found.append((part, features))
    return found


def _slots(candidate: Candidate) -> dict[int, str]:
    return {part.first: slot for slot, parts in candidate.places.slots.items() for part in parts}


def _slots_of_governor(outline: Outline, candidate: Candidate) -> dict[int, str]:
    """Where those named stand in the clause of the verb that governs the candidate."""
    governor = candidate.places.governor
    if governor is None:
        return {}
    slots = read_verb(outline, governor, likely_passive=False).slots
    return {part.first: slot for slot, parts in slots.items() for part in parts}


def _claims(stage: Stage, candidate: Candidate) -> dict[int, list[str]]:
    """In which places of the sentence's other candidates somebody stands."""
    at, kind, tense = candidate.head.at, candidate.predicate.type, candidate.head.use.tense[0]
    claims: dict[int, list[str]] = {}
    for other in stage.candidates:
        if other is candidate:
            continue
        side = "b" if other.head.at < at else "a"
        for first, slot in _slots(other).items():
            claims.setdefault(first, []).extend(
                (f"claim {slot} {other.predicate.type} {kind}", f"claim {slot} {other.head.use.tense[0]} {tense} {side}")
            )
    return claims


def _way(stage: Stage, side: str, tense: str, first: int, last: int) -> tuple[str, ...]:
    """What stands between a predicate and somebody: words `first` to `last` (exclusive)."""
    if last < first:
        first = last
    way: list[str] = []
    for token in stage.tokens[first:last]:
        if token and not (token == "u" and way and way[-1] == "u"):
            way.append(token)
    whole = " ".join(way) if len(way) <= _LONGEST_PATH else f"{way[0]} {way[1]}..{way[-2]} {way[-1]}"
    prepositions = sum([token[0] == "p" for token in way])
    hard, verbs, commas = (min(before[last] - before[first], _FEW) for before in (stage.breaks, stage.verbs, stage.commas))
    return (
        f"way {side} {tense} {whole}",
        f"first {side} {tense} {way[0] if way else ''}",
        f"last {side} {tense} {way[-1] if way else ''}",
        f"between {side} {hard}{verbs}",
        f"commas {side} {commas}",
        f"between {side} {tense} {min(prepositions, _FEW)} {min(verbs, 2)} {min(way.count('E'), _FEW)}",
    )
