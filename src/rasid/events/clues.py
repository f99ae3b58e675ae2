"""What brings a country up though nobody is named: campaigns, squares, prisons, missions, uprisings (`lexicon/clues.csv`)."""

from functools import cache
from pathlib import Path

from rasid.actors.lexicon import BODIES, owners
from rasid.actors.phrase import Phrase
from rasid.arabic.words import Form, Word, per_form, read_words
from rasid.errors import LexiconError
from rasid.lexicon import read_table, variants

SOURCE = Path(__file__).parent / "lexicon" / "clues.csv"
_IN = frozenset(("في", "وفي"))
Clue = tuple[tuple[str, ...], str]  # the words that must follow the first one, folded, and the country


def clues_in(words: list[Word]) -> list[Phrase]:
    """The clues of a sentence, as phrases that name their country; those with في name a place, which it governs."""
    found, free = list[Phrase](), 0
    for at, word in enumerate(words):
        for rest, country in () if at < free else _longest(words, at, _beginning(word.form)):
            free = at + 1 + len(rest)
            scene = bool(rest) and word.form.fold in _IN
            found.append(Phrase(at + scene, free, "في" if scene else "", False, "place", country, None, True))
    return found


def _longest(words: list[Word], at: int, clues: tuple[Clue, ...]) -> list[Clue]:
    """Of the clues that may begin at `at`, the longest of which all words stand there; none or one."""
    return [clue for clue in clues if [word.form.fold for word in words[at + 1 : at + 1 + len(clue[0])]] == list(clue[0])][:1]


@per_form
def _beginning(form: Form) -> tuple[Clue, ...]:
    """The clues that begin with a word, which may carry و, ب and the like; the longest first."""
    if form.kind == "mark":
        return ()
    stems = [("ال" if reading.article else "") + reading.stem for reading in form.readings if not reading.pronoun]
    return tuple(clue for word in dict.fromkeys((form.fold, *stems)) for clue in _table().get(word, ()))


@cache
def _table() -> dict[str, list[Clue]]:
    return read_clues(SOURCE)


def read_clues(path: Path) -> dict[str, list[Clue]]:
    """The clues of a table by their first word, the longest first.

    Raises:
        LexiconError: an unknown country, a row without words, or words that stand in two rows.
    """
    found: dict[str, dict[tuple[str, ...], str]] = {}
    for where, cells in read_table(path, ("words", "country")):
        country = cells["country"]
        if country not in owners() - BODIES or not cells["words"]:
            raise LexiconError(f"{where}: a row needs words, and a country (ISO 3166 alpha-3), not {country!r}")
        for written in variants(cells["words"]):
            first, *rest = (word.form.fold for word in read_words(written))
            if found.setdefault(first, {}).setdefault(tuple(rest), country) != country:
                raise LexiconError(f'{where}: "{written}" stands for another country in a row above; leave it in one')
    return {first: sorted(rest.items(), key=lambda clue: -len(clue[0])) for first, rest in found.items()}
