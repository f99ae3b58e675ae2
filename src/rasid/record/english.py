"""English words that are searched for, and the Arabic words, events and codes that they stand for."""

from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from rasid.actors.latin import alpha2, territories
from rasid.actors.lexicon import DOUBTFUL, SOURCES, all_names
from rasid.actors.persons import SOURCE as PERSONS
from rasid.actors.persons import read_persons
from rasid.errors import LexiconError
from rasid.events.plover import modes, types
from rasid.lexicon import compiled, read_table, variants

ENGLISH = Path(__file__).parent / "data" / "english.csv"


class Meaning(NamedTuple):
    """What an English word stands for: Arabic phrases as news writes them, pairs of type and mode, and codes of actors."""

    arabic: tuple[str, ...] = ()
    events: tuple[tuple[str, str | None], ...] = ()
    codes: tuple[str, ...] = ()


def meaning_of(words: str) -> Meaning | None:
    """What English `words` stand for, in whatever case, singular or plural; None where no table knows them."""
    known = _meanings()
    plain = " ".join(words.casefold().split())
    found = next((known[form] for form in (plain, plain.removesuffix("s"), plain.removesuffix("es")) if form in known), None)
    return found and Meaning(*found)


@cache
def longest() -> int:
    """How many words the longest entry has."""
    return max(len(words.split()) for words in _meanings())


@cache
def _meanings() -> dict[str, tuple[tuple[str, ...], tuple[tuple[str, str | None], ...], tuple[str, ...]]]:
    meanings: dict[str, Any] = compiled("english", [ENGLISH, *SOURCES, PERSONS], _build)
    return meanings


def _build() -> dict[str, tuple[Any, ...]]:
    found: dict[str, Meaning] = {}
    for words, meaning in [*_table(), *_plover(), *_names()]:
        before = found.get(words, Meaning())
        joined = (dict.fromkeys((*a, *b)) for a, b in zip(before, meaning, strict=True))
        found[words] = Meaning(*map(tuple, joined))  # type: ignore[arg-type]
    return {words: tuple(meaning) for words, meaning in found.items()}


def _table() -> list[tuple[str, Meaning]]:
    rows = []
    for where, cells in read_table(ENGLISH, ("words", "arabic", "events")):
        meaning = Meaning(tuple(variants(cells["arabic"])), tuple(_event(name, where) for name in variants(cells["events"])))
        if not meaning.arabic and not meaning.events:
            raise LexiconError(f"{where}: stands for nothing; give Arabic words or events")
        rows += [(words, meaning) for words in variants(cells["words"])]
    return rows


def _event(name: str, where: str) -> tuple[str, str | None]:
    kind, _, mode = name.partition("/")
    if kind not in types() or (mode and mode not in modes(kind)):
        raise LexiconError(f"{where}: {name} is no type, or no type/mode, of PLOVER")
    return kind, mode or None


def _plover() -> list[tuple[str, Meaning]]:
    of_types = [(kind.casefold(), Meaning(events=((kind, None),))) for kind in types()]
    return of_types + [(mode.replace("-", " "), Meaning(events=((kind, mode),))) for kind in types() for mode in modes(kind)]


def _names() -> list[tuple[str, Meaning]]:
    """Countries by English names and codes, bodies, places and persons by their Latin forms, persons by the last word too."""
    rows = []
    for names, kind, country, _, latin in all_names():
        if kind in ("country", DOUBTFUL) and country:
            english = territories().get(alpha2(country) or "", "")
            meaning = Meaning(tuple(names), codes=(country,))
            rows += [(name.casefold(), meaning) for name in (english, country) if name and names]
        elif latin:
            rows += [(name.casefold(), Meaning(tuple(names))) for name in variants(latin)]
    for names, person in read_persons():
        if person.latin:
            last = person.latin.split()[-1].rpartition("-")[2]
            rows += [(name.casefold(), Meaning(tuple(names))) for name in {person.latin, last}]
    return rows
