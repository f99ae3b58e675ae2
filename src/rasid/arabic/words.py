"""Words with their clitics: where each stands, how it is looked up, and every way it can be taken apart."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, Literal, NamedTuple, TypeVar

from rasid.arabic.letters import ARABIC_LETTERS, INVISIBLE, MARKS, PRESENTATION_FORMS, fold, plain

Kind = Literal["word", "number", "latin", "mark"]
What = TypeVar("What")


class Reading(NamedTuple):
    """One way to take a word apart: `وبالوزيرة` is و + ب + ال + وزيره. All parts are folded.

    `stem` before a pronoun stands as it would alone: `زيارته` gives زياره and the pronoun ه.
    """

    conjunction: str  # و, ف or nothing
    preposition: str  # ب, ل, ك or nothing
    article: bool
    stem: str
    pronoun: str  # ه, ها, هم, ... or nothing


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """A word as written, wherever it stands; made once and shared, so that what is known of it is looked up by identity."""

    text: str
    fold: str
    kind: Kind
    readings: tuple[Reading, ...]  # the one with the fewest clitics first; a word's own letters are never all clitics


class Word(NamedTuple):
    """A word at its place. Offsets count characters of the text it was read from."""

    start: int
    end: int
    form: Form


_word = partial(tuple.__new__, Word)  # as Word._make, in half the time: words are made by the million
_LETTERS = ARABIC_LETTERS + PRESENTATION_FORMS
_WORD = re.compile(
    f"(?P<word>[{_LETTERS}][{_LETTERS}{MARKS}{INVISIBLE}]*)"
    r"|(?P<number>[0-9٠-٩۰-۹]+(?:[.,٫٬/:\-–][0-9٠-٩۰-۹]+)*)"
    r"|(?P<latin>[A-Za-zÀ-ɏ](?:[\w'’\-]*[A-Za-zÀ-ɏ0-9])?)"
    rf"|(?P<mark>[^\s{INVISIBLE}{MARKS}#_])"  # `#كوريا_الجنوبية` is two words
)
_PRONOUNS = ("هما", "كما", "هم", "هن", "كم", "كن", "ها", "نا", "ني", "ه", "ك", "ي")
_SHORTEST_STEM = 2


class _PerForm(dict[Form, What]):
    """What is known of forms met before; all of it is forgotten when there are very many."""

    __slots__ = ("read",)

    def __init__(self, read: Callable[[Form], What]) -> None:
        super().__init__()
        self.read = read

    def __missing__(self, form: Form) -> What:
        if len(self) >= _MANY:
            self.clear()
        found = self[form] = self.read(form)
        return found


_MANY = 1 << 16  # forms, and what one function says of them: some 8 MB
_known: list[_PerForm[Any]] = []


def per_form(read: Callable[[Form], What]) -> Callable[[Form], What]:
    """A function of a word by itself that remembers what it said: a look-up in a hash, which is all that most words cost.

    Unlike `functools.lru_cache` it does not keep track of what was used last, which costs time and memory at every look-up.
    """
    _known.append(_PerForm(read))
    return _known[-1].__getitem__


def remembered() -> int:
    """Of how many forms the function that remembers most knows what it said."""
    return max(map(len, _known))


def forget() -> None:
    """Forget all that `per_form` remembers."""
    for one in _known:
        one.clear()


def read_words(text: str, offset: int = 0) -> list[Word]:
    """The words, numbers and marks of `text`, in order; `offset` is added to each place."""
    return [
        _word((offset + start, offset + end, read_form(match[0], match.lastgroup)))
        for match in _WORD.finditer(text)
        for start, end in (match.span(),)
    ]


@lru_cache(maxsize=1 << 17)
def read_form(text: str, kind: Kind = "word") -> Form:
    """What is known of a word from its letters alone."""
    folded = fold(text)
    return Form(text, folded, kind, _readings(folded, plain(text)) if kind == "word" else ())


def _readings(word: str, written: str) -> tuple[Reading, ...]:
    found: dict[Reading, None] = {}
    for conjunction, preposition, article, rest in _proclitics(word):
        found[Reading(conjunction, preposition, article, rest, "")] = None
        if not article and not written.endswith("ة"):
            for pronoun, stem in _enclitics(rest):
                found[Reading(conjunction, preposition, article, stem, pronoun)] = None
    return tuple(sorted(found, key=_clitics))


def _clitics(reading: Reading) -> int:
    return bool(reading.conjunction) + bool(reading.preposition) + reading.article + bool(reading.pronoun)


def _proclitics(word: str) -> list[tuple[str, str, bool, str]]:
    found = []
    conjunctions = ["", word[0]] if word[0] in "وف" and len(word) > _SHORTEST_STEM else [""]
    for conjunction in conjunctions:
        rest = word[len(conjunction) :]
        found.append((conjunction, "", False, rest))
        if rest.startswith("ال") and len(rest) > 2 + 1:
            found.append((conjunction, "", True, rest[2:]))
        if rest[0] in "بلك" and len(rest) > _SHORTEST_STEM:
            found.append((conjunction, rest[0], False, rest[1:]))
            if rest.startswith(("بال", "كال")) and len(rest) > 3 + 1:
                found.append((conjunction, rest[0], True, rest[3:]))
            if rest.startswith("لل") and len(rest) > 2 + 1:
                found.append((conjunction, "ل", True, rest[2:]))
    return found


def _enclitics(word: str) -> list[tuple[str, str]]:
    found = []
    for pronoun in _PRONOUNS:
        stem = word.removesuffix(pronoun)
        if len(stem) < _SHORTEST_STEM or stem == word:
            continue
        found.append((pronoun, stem))
        if stem.endswith("ت") and len(stem) > _SHORTEST_STEM:
            found.append((pronoun, stem[:-1] + "ه"))
    return found
