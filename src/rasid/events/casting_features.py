"""What speaks for and against everyone whom a sentence names as the actor or the recipient of a candidate event.

Features come in terms (see `rasid.linear`): a function that names some, and what they are made of. What varies together stands
in one term, so that most sums are known already.
"""

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from rasid.actors.phrase import Phrase
from rasid.actors.resolve import Sentence
from rasid.arabic.particles import particle
from rasid.events.attribution import Source
from rasid.events.clauses import read_verb
from rasid.events.outline import Outline, Part
from rasid.events.predicates import Slots
from rasid.events.propose import Candidate
from rasid.linear import Term

_NEAR = (0, 1, 2, 3, 5, 8, 13, 21)
_FEW = 3
_LONGEST_PATH = 5
_SENTENCES_BACK = 2
_ACTING = frozenset(("person", "office", "organisation", "group", "people", "country"))


class Who(NamedTuple):
    """Somebody whom a sentence names, with all that the same somebody is in the eyes of every candidate."""

    part: Part
    sector: str
    kind: str | None
    known: tuple[bool, bool, bool, bool]  # of a known country, definite, a source, and named by a predicate
    word: str
    before: str
    after: str


class Stage(NamedTuple):
    """What the casting of every candidate of one sentence looks at."""

    outline: Outline
    candidates: list[Candidate]
    named: list[Who]  # those whom it names
    carried: list[Part]  # those of whom the sentences before spoke
    way: list[str]  # what the words are on the way from a predicate to somebody, a row of unknown ones together
    enters: list[int]  # for each word the place in `way` where it begins, if one sets out there
    leaves: list[int]  # and before it ends, if one arrives there
    prepositions: list[int]  # in `way` before each word, and before the end
    names: list[int]  # those named, likewise
    breaks: list[int]  # hard breaks before each word, and before the end
    verbs: list[int]  # finite verbs, likewise
    commas: list[int]  # soft breaks, likewise


def stage_of(outline: Outline, candidates: list[Candidate], sources: list[Source], before: Sequence[Sentence] = ()) -> Stage:
    """All that the casting of a sentence's candidates shares; `before` are the sentences before it, the last one last."""
    told = frozenset(source.first for source in sources)
    named = [_who(outline, part, part.phrase, told) for part in outline.parts if part.phrase]
    return Stage(
        outline,
        candidates,
        named,
        _carried(before),
        *_ways(_tokens(outline, named)),
        list(accumulate([level == 2 for level in outline.breaks], initial=0)),
        list(accumulate([at in outline.verbs for at in range(len(outline.words))], initial=0)),
        list(accumulate([level == 1 for level in outline.breaks], initial=0)),
    )


def _ways(tokens: list[str]) -> tuple[list[str], list[int], list[int], list[int], list[int]]:
    """Tokens as they are looked at: the way itself, where it is entered and left, and what is passed on it."""
    way: list[str] = []
    enters, leaves, before = list[int](), list[int](), ""
    for token in tokens:
        leaves.append(len(way))
        if not token:
            enters.append(len(way))
        elif token == "u" and before == "u":
            enters.append(len(way) - 1)
        else:
            enters.append(len(way))
            way.append(token)
            before = token
    enters.append(len(way))
    leaves.append(len(way))
    prepositions = list(accumulate([token[:1] == "p" for token in tokens], initial=0))
    return way, enters, leaves, prepositions, list(accumulate([token == "E" for token in tokens], initial=0))


def _who(outline: Outline, part: Part, phrase: Phrase, told: frozenset[int]) -> Who:
    words = outline.words
    return Who(
        part,
        phrase.sector or ("name" if phrase.name else phrase.kind),
        phrase.kind,
        (phrase.country is not None, phrase.definite, part.first in told, part.head is not None),
        words[part.first].form.fold,
        words[part.first - 1].form.fold if part.first else "^",
        words[part.last].form.fold if part.last < len(words) else "$",
    )


def _carried(before: Sequence[Sentence]) -> list[Part]:
    """Of whom the sentence before speaks: the first and the last whom no preposition governs."""
    for sentence in before[: -_SENTENCES_BACK - 1 : -1]:
        free = [phrase for phrase in sentence.phrases if not phrase.preposition and phrase.kind in _ACTING]
        if free:
            topics = free[:1] if len(free) == 1 else [free[0], free[-1]]
            return [Part(phrase.first, phrase.last, "", False, phrase, None, sentence) for phrase in topics]
    return []


def _tokens(outline: Outline, named: list[Who]) -> list[str]:
    """A letter or two for each word: E somebody, V a verb, N a verbal noun, u an unknown one; nothing within a name."""
    tokens = [
        "V" if at in outline.verbs else _small(outline, at) or (word.form.text if word.form.kind == "mark" else "u")
        for at, word in enumerate(outline.words)
    ]
    for head in outline.heads:
        if head.at not in outline.verbs:
            tokens[head.at] = "N"
    for part in (who.part for who in named):
        tokens[part.first] = "E"
        tokens[part.first + 1 : part.last] = [""] * (part.last - part.first - 1)
    return tokens


def _small(outline: Outline, at: int) -> str:
    kind = outline.kinds[at]
    if kind != "preposition":
        return kind[:3]
    role = particle(outline.words[at].form)
    return "p" + role.stem if role else kind[:3]


def nobody_features(stage: Stage, candidate: Candidate) -> list[Term]:
    """What speaks for a side of a candidate's being empty."""
    predicate, tense = candidate.predicate, candidate.head.use.tense
    filled = f"{bool(candidate.actors):d}{bool(candidate.recipients):d}"
    return [
        (_empty, predicate.type, predicate.mode, predicate.lemma, filled, tense, candidate.places.passive),
        (_empty_of, min(len(stage.named), 6)),
    ]


def _empty(kind: str | None, mode: str | None, lemma: str, filled: str, tense: str, passive: bool) -> tuple[str, ...]:
    return (
        "nobody",
        f"nobody {kind}",
        f"nobody {kind} {mode}",
        f"nobody {kind} {filled}",
        f"nobody {lemma}",
        f"nobody {lemma} {tense} {filled}",
        f"nobody {tense} {passive}",
        f"nobody {tense} {filled}",
    )


def _empty_of(named: int) -> tuple[str, ...]:
    return (f"nobody of {named}",)


def role_features(stage: Stage, candidate: Candidate) -> list[tuple[Part, list[Term]]]:
    """For everyone who may have a role in the candidate, what speaks for and against it."""
    return _features_of_named(stage, candidate) + _features_of_carried(stage, candidate)


def _features_of_carried(stage: Stage, candidate: Candidate) -> list[tuple[Part, list[Term]]]:
    """What speaks for those whom the sentence itself does not name."""
    if not stage.carried:
        return []
    predicate, use = candidate.predicate, candidate.head.use
    kind, tense = predicate.type, use.tense[0] + ("p" if candidate.places.passive else "")
    filled = f"{bool(candidate.actors):d}{bool(candidate.recipients):d}"
    opens = not any(verb < candidate.head.at for verb in stage.outline.verbs)
    how = (opens, "subject" in candidate.places.slots, bool(use.reading.pronoun), min(len(stage.named), 4))
    found: list[tuple[Part, list[Term]]] = []
    for n, part in enumerate(stage.carried):
        assert part.phrase is not None
        sector = part.phrase.sector or part.phrase.kind
        terms: list[Term] = [
            (_carried_by, predicate.lemma, kind, filled, tense, sector),
            (_carried_how, n, tense, filled, *how, part.phrase.kind, part.phrase.definite),
        ]
        found.append((part, terms))
    return found


def _carried_by(lemma: str, kind: str | None, filled: str, tense: str, sector: str) -> tuple[str, ...]:
    return (
        "carried",
        f"carried {kind}",
        f"carried {kind} {filled} {tense}",
        f"carried {kind} {sector}",
        f"carried {lemma}",
    )


def _carried_how(
    n: int, tense: str, filled: str, opens: bool, subject: bool, pronoun: bool, named: int, kind: str | None, definite: bool
) -> tuple[str, ...]:
    return (
        f"carried {n} {tense}",
        f"carried {filled} {tense} {subject}",
        f"carried {opens} {tense} {subject}",
        f"carried {pronoun} {tense} {filled}",
        f"carried of {named}",
        f"carried {kind} {definite}",
    )


def _features_of_named(stage: Stage, candidate: Candidate) -> list[tuple[Part, list[Term]]]:
    outline, at, predicate = stage.outline, candidate.head.at, candidate.predicate
    kind, lemma, mode = predicate.type, predicate.lemma, predicate.mode
    tense = candidate.head.use.tense[0] + ("p" if candidate.places.passive else "")
    frame = _named_frame(predicate.actor, predicate.recipient, predicate.of if tense[0] == "n" else "")
    slot_of = _slots(candidate)
    ruled, governor = _slots_of_governor(outline, candidate), candidate.governor
    claims = _claims(stage, candidate)
    acting, receiving = ({part.first for part in parts} for parts in (candidate.actors, candidate.recipients))
    filled = f"{bool(acting):d}{bool(receiving):d}"
    rest = sum([who.part.first <= at for who in stage.named])
    found: list[tuple[Part, list[Term]]] = []
    for n, (part, sector, phrase, known, word, before, following) in enumerate(stage.named):
        if part.first > at:
            side, rank, first, last = "a", n - rest + 1, at + 1, part.first
        else:
            side, rank, first, last = "b", rest - n, part.last, at
        rank = min(rank, 4)
        grammar = "A" if part.first in acting else "R" if part.first in receiving else "-"
        slot, ruler = slot_of.get(part.first, "-"), ruled.get(part.first, "-")
        terms: list[Term] = [
            (_in_place, kind, tense, slot, grammar, filled, side),
            (_at_distance, side, tense, bisect_left(_NEAR, last - first), rank, n == 0),
            (_by_sector, sector, phrase, kind, grammar, side, tense, *known),
            (_by_lemma, sector, lemma, kind, mode, grammar, side),
            (_by_word, word, kind),
            (_by_word_before, before, kind, side, tense),
            (_by_word_after, following),
            (_by_frame, frame, part.preposition, slot, grammar, side, rank, tense),
            (_by_ruler, ruler, tense, kind, candidate.places.link, governor.lemma if governor and ruler != "-" else None),
            *_way(stage, side, tense, first, last),
            *claims.get(part.first, ()),
        ]
        found.append((part, terms))
    return found


@cache
def _named_frame(actor: Slots, recipient: Slots, of: str) -> str:
    """A frame by name; there are no more of them than the lexicon has."""
    return f"{actor}{recipient}{of}"


def _in_place(kind: str | None, tense: str, slot: str, grammar: str, filled: str, side: str) -> tuple[str, ...]:
    return (
        "somebody",
        f"type {kind}",
        f"slot {slot} {tense}",
        f"grammar {grammar} {slot} {kind}",
        f"grammar {grammar} {filled}",
        f"grammar {grammar} {slot} {side} {tense}",
    )


def _at_distance(side: str, tense: str, distance: int, rank: int, opens: bool) -> tuple[str, ...]:
    return (f"distance {side}{distance} {tense}", f"rank {side}{rank} {tense}", f"opens {opens} {tense}")


def _by_sector(
    sector: str, phrase: str, kind: str | None, grammar: str, side: str, tense: str,
    country: bool, definite: bool, told: bool, acts: bool,
) -> tuple[str, ...]:  # fmt: skip
    return (
        f"grammar {grammar} {tense} {sector}",
        f"kind {phrase} {sector} {side}",
        f"sector {sector} {kind}",
        f"sector {sector} {kind} {grammar}",
        f"sector {sector} {kind} {side}",
        f"country {country} {sector}",
        f"definite {definite} {side} {tense}",
        f"told {told} {grammar} {kind}",
        f"acts {acts}",
    )


def _by_lemma(sector: str, lemma: str, kind: str | None, mode: str | None, grammar: str, side: str) -> tuple[str, ...]:
    return (
        f"sector {sector} {kind} {mode}",
        f"sector {sector} {lemma} {side}",
        f"mode {kind} {mode} {grammar}",
        f"lemma {lemma} {kind} {grammar}",
    )


def _by_word(word: str, kind: str | None) -> tuple[str, ...]:
    return (f"word {word}", f"word {word} {kind}")


def _by_word_before(before: str, kind: str | None, side: str, tense: str) -> tuple[str, ...]:
    return (f"before {before} {kind}", f"before {before} {side} {tense}")


def _by_word_after(following: str) -> tuple[str, ...]:
    return (f"after {following}",)


def _by_frame(frame: str, preposition: str, slot: str, grammar: str, side: str, rank: int, tense: str) -> tuple[str, ...]:
    return (
        f"frame {frame} {preposition}{side} {tense}",
        f"frame {frame} {slot} {tense}",
        f"frame {frame} {grammar} {tense}",
        f"frame {frame} {side}{rank} {tense}",
    )


def _by_ruler(ruler: str, tense: str, kind: str | None, link: str, governor: str | None) -> tuple[str, ...]:
    plain = (f"ruled {ruler} {tense}", f"ruled {ruler} {kind}")
    return plain if governor is None else (*plain, f"ruled {ruler} {link} {governor}")


def _slots(candidate: Candidate) -> dict[int, str]:
    return {part.first: slot for slot, parts in candidate.places.slots.items() for part in parts}


def _slots_of_governor(outline: Outline, candidate: Candidate) -> dict[int, str]:
    """Where those named stand in the clause of the verb that governs the candidate."""
    governor = candidate.places.governor
    if governor is None:
        return {}
    slots = read_verb(outline, governor, likely_passive=False).slots
    return {part.first: slot for slot, parts in slots.items() for part in parts}


def _claims(stage: Stage, candidate: Candidate) -> dict[int, list[Term]]:
    """In which places of the sentence's other candidates somebody stands."""
    at, kind, tense = candidate.head.at, candidate.predicate.type, candidate.head.use.tense[0]
    claims: dict[int, list[Term]] = {}
    for other in stage.candidates:
        if other is candidate:
            continue
        side = "b" if other.head.at < at else "a"
        for first, slot in _slots(other).items():
            claims.setdefault(first, []).append(
                (_claimed, slot, other.predicate.type, kind, other.head.use.tense[0], tense, side)
            )
    return claims


def _claimed(slot: str, other: str, kind: str | None, other_tense: str, tense: str, side: str) -> tuple[str, ...]:
    return (f"claim {slot} {other} {kind}", f"claim {slot} {other_tense} {tense} {side}")


def _way(stage: Stage, side: str, tense: str, first: int, last: int) -> tuple[Term, Term]:
    """What stands between a predicate and somebody: words `first` to `last` (exclusive)."""
    if last <= first:
        return (_along, side, tense, ""), (_between, side, tense, "", "", 0, 0, 0, 0, 0)
    _, _, _, _, whole_way, enters, leaves, *passed = stage
    way = whole_way[enters[first] : leaves[last]]
    whole = " ".join(way) if len(way) <= _LONGEST_PATH else f"{way[0]} {way[1]}..{way[-2]} {way[-1]}"
    prepositions, names, hard, verbs, commas = [min(before[last] - before[first], _FEW) for before in passed]
    ends = (way[0], way[-1]) if way else ("", "")
    return (_along, side, tense, whole), (_between, side, tense, *ends, hard, verbs, commas, prepositions, names)


def _along(side: str, tense: str, whole: str) -> tuple[str, ...]:
    return (f"way {side} {tense} {whole}",)


def _between(
    side: str, tense: str, first: str, last: str, hard: int, verbs: int, commas: int, prepositions: int, named: int
) -> tuple[str, ...]:
    return (
        f"first {side} {tense} {first}",
        f"last {side} {tense} {last}",
        f"between {side} {hard}{verbs}",
        f"commas {side} {commas}",
        f"between {side} {tense} {prepositions} {min(verbs, 2)} {named}",
    )
