"""What stands around a place's name and says how it is meant (`120 كلم شمال بغداد`, `قرب الحدود مع`, `جامعة بيروت`)."""

from functools import cache
from typing import NamedTuple

from rasid.actors.lexicon import FOLDER, look_up
from rasid.actors.phrase import Phrase
from rasid.arabic.letters import fold
from rasid.arabic.particles import particle
from rasid.arabic.words import Form, Word, per_form
from rasid.errors import LexiconError
from rasid.lexicon import read_table, variants

PLACE_WORDS = FOLDER / "place_words.csv"
WORD_KINDS = frozenset((
    "city", "division", "region", "camp", "airport", "crossing", "mountain", "river", "sea", "strait", "site", "direction",
    "capital", "border", "name", "distance",
))  # fmt: skip
_LONGEST = 8  # words before a name that belong to it: `على بعد نحو 120 كيلومترا إلى الشمال من مدينة`
_AT = "في"  # what a direction or a distance stands for where nothing governs it
_TO = "الي"
_ABOUT, _AWAY, _ON = (
    frozenset(("نحو", "حوالي", "قرابه", "زهاء")),
    frozenset(("بعد", "مسافه", "ببعد", "بمسافه")),
    frozenset(("علي", "وعلي")),
)
_OF, _IN = "من", frozenset(("في", "جنوب", "شمال", "شرق", "غرب", "جنوبي", "شمالي", "شرقي", "غربي"))
_LONGEST_NAME = 3
_TOWNS = frozenset(("city", "division", "region", "camp", "crossing", "mountain"))


class Setting(NamedTuple):
    """How a place is named: from which word on, what governs it, and the kinds of the words before its name, nearest first."""

    first: int
    preposition: str
    kinds: tuple[str, ...]


@cache
def _words() -> dict[str, str]:
    found: dict[str, str] = {}
    for where, cells in read_table(PLACE_WORDS, ("words", "kind")):
        if cells["kind"] not in WORD_KINDS:
            raise LexiconError(f'{where}: unknown kind "{cells["kind"]}" (one of {", ".join(sorted(WORD_KINDS))})')
        for word in variants(cells["words"]):
            if found.setdefault(fold(word), cells["kind"]) != cells["kind"]:
                raise LexiconError(f'{where}: "{word}" stands in another row already; leave it in one')
    return found


class PlaceWord(NamedTuple):
    """A word that says what sort of place follows, and what is joined to its front."""

    kind: str
    preposition: str
    conjunction: str


@per_form
def place_word(form: Form) -> PlaceWord | None:
    """What a word says of the place named after it; None for nearly all words."""
    if form.kind != "word":
        return None
    table = _words()
    for reading in form.readings:
        kind = None if reading.pronoun else table.get(reading.stem)
        if kind:
            return PlaceWord(kind, reading.preposition, reading.conjunction)
    return None


def setting_of(words: list[Word], phrase: Phrase) -> Setting:
    """What stands before the name of a place and belongs to it.

    Reads backwards: kinds of places (`مدينة`), directions (`جنوب`), distances (`120 كلم`), and adjectives of a country between
    them (`العاصمة العراقية بغداد`).
    """
    first, preposition, kinds = phrase.first, phrase.preposition, list[str]()
    own = _own(words[first].form, phrase.preposition)
    if own:
        inner = place_word(words[first].form)
        return Setting(first, phrase.preposition, (inner.kind,) if inner else ())
    while first and phrase.first - first < _LONGEST:
        found = place_word(words[first - 1].form)
        step = 1
        if found is None and kinds and words[first - 1].form.fold == _TO and first > 1:  # `40 كلم إلى الشمال من بغداد`
            unit = place_word(words[first - 2].form)
            found, step = (unit, 2) if unit and unit.kind == "distance" else (None, 0)
        elif found is None and first > 1:
            found, step = _further(words, first)
        if found is None:
            break
        first -= step
        kinds.append(found.kind)
        if found.kind == "distance":
            first, preposition = _distance(words, first)
            return Setting(first, preposition, tuple(kinds))
        if found.preposition or found.conjunction:
            return Setting(first, found.preposition, tuple(kinds))
    role = particle(words[first - 1].form) if first else None
    if role and role.kind in ("preposition", "adverb") and not role.pronoun and kinds:
        preposition = role.stem
    elif kinds:
        preposition = _AT if kinds[-1] == "direction" else ""  # `اندلعت اشتباكات شرق حلب`
    inner = place_word(words[phrase.first].form) if phrase.last - phrase.first > 1 else None
    return Setting(first, preposition, (*((inner.kind,) if inner else ()), *kinds))


def _distance(words: list[Word], first: int) -> tuple[int, str]:
    """Where a distance begins whose unit is the word at `first`, and what governs it: `على بعد نحو 120 كلم`."""
    while first and (words[first - 1].form.kind == "number" or words[first - 1].form.fold in _ABOUT):
        first -= 1
    if first and words[first - 1].form.fold in _AWAY:
        first -= 2 if first > 1 and words[first - 2].form.fold in _ON else 1
    return first, _AT


def _own(form: Form, preposition: str) -> bool:
    """Is the preposition a letter of the name's own first word, so that nothing before it belongs to the name?"""
    return len(preposition) == 1 and form.fold.lstrip("وف").startswith(preposition)


def _further(words: list[Word], first: int) -> tuple[PlaceWord | None, int]:
    """A place word that stands two or three words before: an adjective of a country, a distance or من lies between."""
    before = words[first - 1].form
    if before.fold == _OF and first > 1:  # `إلى الشمال من بغداد`
        found = place_word(words[first - 2].form)
        return (found, 2) if found and found.kind == "direction" else (None, 0)
    found = place_word(words[first - 2].form)
    if found and found.kind in ("capital", "city", "division", "border"):
        hit = look_up(words, first - 1)
        if hit and hit.known.kind == "nisba" and hit.reading.article:
            return found, 2
    return None, 0


class Town(NamedTuple):
    """A place that no table knows, from its kind on: `بلدة كذا في` is words `first` to `end`, the name from `name` on."""

    first: int
    name: int
    end: int
    kind: str


def town_before(words: list[Word], first: int) -> Town | None:
    """The place of unknown name that stands in the place named at `first`: `بلدة كذا` of `بلدة كذا في جنوب لبنان`."""
    end = first - 1 if first and words[first - 1].form.fold in _IN else first
    if end == first and not any(r.preposition == "ب" for r in words[first].form.readings if not r.pronoun):
        return None
    at = end
    while at and end - at < _LONGEST_NAME and _is_unknown(words, at - 1):
        at -= 1
        found = place_word(words[at - 1].form) if at else None
        if found and found.kind in _TOWNS:
            return Town(at - 1, at, end, "region" if found.kind == "division" else found.kind)
    return None


def _is_unknown(words: list[Word], at: int) -> bool:
    form = words[at].form
    return form.kind == "word" and not particle(form) and not place_word(form) and look_up(words, at) is None
