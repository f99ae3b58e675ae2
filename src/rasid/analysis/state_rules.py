"""The rules of `states.csv`: which reported acts change the formal state of a relation."""

from functools import cache, lru_cache
from pathlib import Path
from typing import Literal, NamedTuple, get_args

from rasid.arabic.letters import fold
from rasid.arabic.verbs import conjugate, noun_forms
from rasid.arabic.words import read_words
from rasid.errors import LexiconError
from rasid.events.plover import modes, types
from rasid.lexicon import Row, read_table, variants

RULES = Path(__file__).parent / "states.csv"
State = Literal["none", "open", "cut", "resumed", "recognised", "allied", "at war", "unknown"]
COLUMNS = ("state", "before", "only_from", "types", "lemma", "pattern", "nouns", "words", "unless", "again")
_TALKED_OF = ("AGREE", "THREATEN", "REQUEST", "REJECT")  # as which acts are coded that are only planned, asked for or refused


class StateRule(NamedTuple):
    """A row of the table; words are folded, without ال, and those that stand in a row are tuples."""

    where: str
    state: State
    before: State | None
    only_from: frozenset[str]
    types: frozenset[str]  # `SANCTION`, `SANCTION discontinue`; empty: any
    forms: frozenset[str]  # of the trigger, folded
    words: tuple[tuple[str, ...], ...]
    unless: tuple[tuple[str, ...], ...]
    again: bool


@cache
def state_rules(path: Path = RULES) -> tuple[StateRule, ...]:
    """The rules, in order; the first that holds of an event counts.

    Raises:
        LexiconError: a state or type that there is not, or a rule without a word.
    """
    return tuple(_rule(row) for row in read_table(path, COLUMNS))


def event_types(path: Path = RULES) -> tuple[str, ...]:
    """The types of events in which a change of state can be reported, done or not."""
    named = [kind.partition(" ")[0] for rule in state_rules(path) for kind in rule.types]
    any_of_them = any(not rule.types for rule in state_rules(path))
    return tuple(sorted(types() if any_of_them else {*named, *_TALKED_OF}))


def matching_rules(event_type: str, mode: str | None, trigger: str, sentence: str, done: bool) -> list[StateRule]:
    """The rules that hold of an event, in order; of acts that are not done, whatever they are coded as."""
    told = [
        rule
        for rule in _rules_told_by(trigger)
        if not done or not rule.types or event_type in rule.types or f"{event_type} {mode}" in rule.types
    ]
    if not told:
        return []  # of nearly all events: their sentence need not be read
    stems = _stems(sentence)
    return [rule for rule in told if _stands(rule.words, stems) and not _stands(rule.unless, stems)]


def may_tell(trigger: str) -> bool:
    """May an event of this trigger tell of a change of state?"""
    return bool(_rules_told_by(trigger))


@lru_cache(maxsize=1 << 14)
def _rules_told_by(trigger: str) -> tuple[StateRule, ...]:
    """The rules whose act the first word of a trigger may tell of."""
    reported = _stems(trigger)[:1]
    return tuple(rule for rule in state_rules() if reported and reported[0] & rule.forms)


def _stems(text: str) -> list[frozenset[str]]:
    """Of each word all that it can be without clitics: `علاقاتهما` is also علاقات, `ستستأنف` also تستأنف."""
    return [
        frozenset(
            part
            for reading in word.form.readings
            for stem in (reading.stem, reading.stem + reading.pronoun)
            for part in (stem, stem.removeprefix("س"))
        )
        for word in read_words(text)
        if word.form.kind == "word"
    ]


def _stands(wanted: tuple[tuple[str, ...], ...], stems: list[frozenset[str]]) -> bool:
    """Do the words of one of the phrases stand in a row?"""
    return any(
        all(word in there for word, there in zip(phrase, stems[at:], strict=False))
        for phrase in wanted
        for at in range(len(stems) - len(phrase) + 1)
    )


def _rule(row: Row) -> StateRule:
    where, cells = row
    for state in (cells["state"], cells["before"], *variants(cells["only_from"])):
        if state and state not in get_args(State):
            raise LexiconError(f'{where}: "{state}" is no state (one of {", ".join(get_args(State))})')
    for kind in variants(cells["types"]):
        name, _, mode = kind.partition(" ")
        if name not in types() or (mode and mode not in modes(name)):
            raise LexiconError(f'{where}: "{kind}" is no type of event, or has no such mode')
    if not cells["words"] or not (cells["lemma"] or cells["nouns"]):
        raise LexiconError(f"{where}: a rule needs a lemma or nouns, and words that stand with them")
    return StateRule(
        where,
        cells["state"],  # type: ignore[arg-type]
        cells["before"] or None,  # type: ignore[arg-type]
        frozenset(variants(cells["only_from"])),
        frozenset(variants(cells["types"])),
        _forms(where, cells["lemma"], cells["pattern"], variants(cells["nouns"])),
        _phrases(cells["words"]),
        _phrases(cells["unless"]),
        cells["again"] == "yes",
    )


def _forms(where: str, lemma: str, pattern: str, nouns: list[str]) -> frozenset[str]:
    try:
        verbs = {shape for form in conjugate(lemma, pattern) for shape in (form.written, form.joined)} if lemma else set()
    except ValueError as error:
        raise LexiconError(f"{where}: {error}") from None
    return frozenset(verbs | {shape for noun in nouns for both in noun_forms(noun) for shape in both})


def _phrases(cell: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(_bare(word) for word in phrase.split()) for phrase in variants(cell))


def _bare(word: str) -> str:
    folded = fold(word)
    return folded.removeprefix("ال") if len(folded) > 4 else folded
