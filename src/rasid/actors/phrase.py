"""A phrase that names somebody, and what it is read from."""

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from types import MappingProxyType
from typing import NamedTuple

from rasid.actors.lexicon import Hit, look_up
from rasid.actors.tagger import end_of_name
from rasid.arabic.particles import particle
from rasid.arabic.words import Form, Word
from rasid.model import Basis, MentionKind

QUOTES = frozenset("«»\"“”'‘’()[]")
NO_NAME = ("با", "بال", "بم", "لل", "لا", "وبال", "ولل", "فال")  # a preposition and a noun, hardly ever a name
LONGEST_NAME = 5
_ABSTRACT, _SHORT = ("ية", "ات"), 4  # أهمية, تصريحات: endings of things, but for short names such as أمية


class Phrase(NamedTuple):
    """Words `first` to `last` (exclusive) of a sentence, and whom they stand for."""

    first: int
    last: int
    preposition: str  # the word or letter that governs it, folded; empty for a subject or object
    conjoined: bool  # joined by و to what stands before
    kind: MentionKind
    country: str | None
    sector: str | None
    definite: bool
    name: tuple[int, int] | None = None  # words of a person's own name
    office: tuple[int, int] | None = None  # words of the office
    latin: str | None = None
    pronoun: str = ""  # the pronoun that owns it: رئيسها
    stands_for: str = ""  # pair, kingdom or source, of somebody named before
    basis: Basis | None = None  # where country and sector come from, if not from these words


class Reader(NamedTuple):
    """A sentence as its phrases are read from it."""

    words: list[Word]
    predicate: Callable[[Form], str]
    timed: AbstractSet[int]
    names: Mapping[int, int] = MappingProxyType({})  # where the tagger sees persons' names begin, and where each ends


def phrase_of(
    at: int,
    end: int,
    hit: Hit,
    kind: MentionKind,
    country: str | None,
    sector: str | None,
    name: tuple[int, int] | None = None,
    office: tuple[int, int] | None = None,
) -> Phrase:
    """The phrase of words `at` to `end` whose first word was found as `hit`."""
    reading = hit.reading
    return Phrase(
        at, end, reading.preposition, bool(reading.conjunction), kind, country, sector,
        reading.article or kind not in ("office", "people"), name, office, hit.known.latin, reading.pronoun,
    )  # fmt: skip


def parts_of(phrase: Phrase) -> list[tuple[int, int, MentionKind]]:
    """The words of a phrase as mentions, with their kinds: a person's name and his office are two, all else is one."""
    if phrase.name is None:
        return [(phrase.first, phrase.last, phrase.kind)]
    named: list[tuple[int, int, MentionKind]] = [(*phrase.name, "person")]
    return sorted([*named, (*phrase.office, "office")]) if phrase.office else named


def name_end(reader: Reader, at: int) -> int:
    """Where a person's name that begins at `at` ends; `at` itself where none does."""
    words, end = reader.words, at
    if at in reader.names:
        return reader.names[at]
    while end < len(words) and end - at < LONGEST_NAME:
        form = words[end].form
        if form.kind == "latin":
            end += 1
            continue
        if form.kind != "word" or end in reader.timed or not can_be_name(reader, end, end == at):
            break
        end += 1
    return min(end, end_of_name(words, at, reader.predicate, reader.timed)) if end > at else at


def can_be_name(reader: Reader, at: int, first: bool) -> bool:
    """Can the word at `at` be part of a person's name: nothing that the tables or the lexicon know, or a given name?"""
    form = reader.words[at].form
    hit = look_up(reader.words, at)
    if hit is not None and hit.known.kind == "given" and not hit.reading.preposition:
        return not hit.reading.conjunction
    if form.fold in ("بن", "ابن", "ابو", "ال", "عبد", "بنت", "ولد"):
        return True
    if form.text == "علي":
        return not first
    if at in reader.timed or form.fold.startswith(NO_NAME) or (len(form.text) > _SHORT and form.text.endswith(_ABSTRACT)):
        return False
    if form.fold.startswith("الت") and reader.predicate(form) == "verb":  # التقى has no article
        return False
    if hit is not None or particle(form) or (reader.predicate(form) and not form.fold.startswith("ال")):
        return False
    return not (form.fold.endswith(("ات", "يه", "ون")) and form.fold.startswith("ال")) and len(form.fold) > 1
