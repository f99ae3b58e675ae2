"""Whether two mentions of one type in one sentence are of one act: `قُتل ثلاثة في غارة` is one, `غارة وأخرى` are two.

A logistic model over named features, trained by `training/train.py` on the gold, which has each act once.
"""

import math
from functools import lru_cache

from rasid.arabic.letters import fold
from rasid.linear import Linear, Term
from rasid.model import Entity, Event

_SURE = (0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
_MOST = 6  # mentions of one type in an article
_CLITICS = ("وال", "بال", "لل", "ال", "و", "ب", "ل")
_SHORTEST = 3  # letters of a stem


def how_likely_one(old: Event, new: Event, number: int, known: Linear[float]) -> float:
    """How likely two mentions of one sentence and type are one act, in an article with `number` mentions of that type."""
    return 1 / (1 + math.exp(-known.of(pair_features(old, new, number))))


def pair_features(old: Event, new: Event, number: int) -> list[Term]:
    """What speaks for and against two mentions' being one act."""
    actors, recipients = _relation(old.actors, new.actors), _relation(old.recipients, new.recipients)
    same = _stem(old.trigger.text) == _stem(new.trigger.text)
    word = "entry" if old.predicate == new.predicate else "stem" if same else "-"
    return [
        (_by_roles, actors, recipients, word, new.type),
        (_by_crossing, _relation(old.actors, new.recipients), _relation(old.recipients, new.actors)),
        (_by_word, word, _begins_with_article(new.trigger.text), new.type, new.predicate),
        (_by_time, _times(old, new), word, old.status, new.status),
        (_by_mode, old.mode, new.mode, new.type, word),
        (_by_rest, _places(old, new), _counts(old, new), _names(old, new), new.type),
        (_by_number, min(number, _MOST), _bin(old.confidence), _bin(new.confidence), word),
    ]


def _by_roles(actors: str, recipients: str, word: str, kind: str) -> tuple[str, ...]:
    both = f"{actors} {recipients}"
    return (
        "bias", f"type {kind}", f"actors {actors}", f"recipients {recipients}", f"roles {both}",
        f"roles {both} {word}", f"roles {both} {kind}",
    )  # fmt: skip


def _by_crossing(one: str, other: str) -> tuple[str, ...]:
    return (f"crossed {one} {other}",)


def _by_word(word: str, definite: bool, kind: str, entry: str) -> tuple[str, ...]:
    return (
        f"word {word}",
        f"word {word} {kind}",
        f"definite {definite}",
        f"definite {definite} {word}",
        f"entry {entry} {word}",
    )


def _by_time(times: str, word: str, old: str, new: str) -> tuple[str, ...]:
    return (f"when {times}", f"when {times} {word}", f"status {old == new}", f"status {old} {new}")


def _by_mode(old: str | None, new: str | None, kind: str, word: str) -> tuple[str, ...]:
    same = "equal" if old == new else "unknown" if not (old and new) else "other"
    return (f"mode {same}", f"mode {same} {kind}", f"mode {old} {new} {word}")


def _by_rest(places: str, counts: str, names: str, kind: str) -> tuple[str, ...]:
    return (f"where {places}", f"counts {counts} {kind}", f"names {names}")


def _by_number(number: int, old: int, new: int, word: str) -> tuple[str, ...]:
    return (f"number {number}", f"old {old}", f"new {new}", f"new {new} {word}")


def _relation(old: tuple[Entity, ...], new: tuple[Entity, ...]) -> str:
    """How those of two sides stand to each other, by country, or sector where no country is known."""
    if not (old and new):
        return f"{bool(old):d}{bool(new):d}"
    one, other = keys(old), keys(new)
    return "equal" if one == other else "some" if one & other else "other"


def keys(entities: tuple[Entity, ...]) -> set[str]:
    """What tells entities apart: their countries, or else sectors, or else their words."""
    return {entity.country or entity.sector or entity.span.text for entity in entities}


@lru_cache(maxsize=1 << 14)
def _stem(trigger: str) -> str:
    word = fold(trigger.split()[0])
    clitic = next((one for one in _CLITICS if word.startswith(one) and len(word) - len(one) >= _SHORTEST), "")
    return word.removeprefix(clitic)


def _begins_with_article(trigger: str) -> bool:
    return "ال" in trigger[: len("وال") + 1]


def _times(old: Event, new: Event) -> str:
    if not (old.when and new.when):
        return "unknown"
    same = (old.when.start, old.when.end) == (new.when.start, new.when.end)
    return f"{same:d} {old.when_from} {new.when_from}"


def _places(old: Event, new: Event) -> str:
    if not (old.where and new.where):
        return "unknown"
    return "equal" if old.where.country == new.where.country else "other"


def _counts(old: Event, new: Event) -> str:
    one, other = ({(count.kind, count.min) for count in event.counts} for event in (old, new))
    return "unknown" if not (one and other) else "equal" if one & other else "other"


def _names(old: Event, new: Event) -> str:
    one, other = (
        {entity.latin or entity.name for entity in (*event.actors, *event.recipients) if entity.name} for event in (old, new)
    )
    return "unknown" if not (one and other) else "equal" if one & other else "other"


def _bin(confidence: float | None) -> int:
    return sum((confidence or 0.0) >= limit for limit in _SURE)
