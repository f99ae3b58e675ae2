"""Words that carry grammar rather than meaning; the table is `lexicon/particles.csv`."""

from functools import cache
from pathlib import Path
from typing import NamedTuple

from rasid.arabic.letters import fold
from rasid.arabic.words import Form, per_form
from rasid.errors import LexiconError
from rasid.lexicon import compiled, read_table, variants

SOURCE = Path(__file__).parent / "lexicon" / "particles.csv"
_AFTER_LETTERS = frozenset(("adjective", "demonstrative", "relative"))  # `لهذا`, `بالذي`
_DRAWN_OUT = {"بـ": "ب", "لـ": "ل", "وبـ": "ب", "ولـ": "ل", "كـ": "ك"}  # before a quotation mark or Latin letters
KINDS = frozenset(
    [
        "preposition",
        "relative",
        "complementizer",
        "negator",
        "doubt",
        "condition",
        "adverb",
        "contrast",
        "demonstrative",
        "pronoun",
        "auxiliary",
        "quantity",
        "filler",
        "adjective",
        "agent",
        "attached",
    ]
)


@cache
def _table() -> dict[str, str]:
    table: dict[str, str] = compiled("particles", [SOURCE], _read)
    return table


def _read() -> dict[str, str]:
    table: dict[str, str] = {}
    for where, cells in read_table(SOURCE, ("words", "kind")):
        if cells["kind"] not in KINDS:
            raise LexiconError(f'{where}: unknown kind "{cells["kind"]}" (one of {", ".join(sorted(KINDS))})')
        for word in variants(cells["words"]):
            table.setdefault(fold(word), cells["kind"])
    return table


class Particle(NamedTuple):
    """A word that carries grammar: `وعليهم` is a preposition, علي, with و before and هم after it."""

    kind: str
    stem: str
    conjunction: str
    pronoun: str


@per_form
def particle(form: Form) -> Particle | None:
    """What grammar a word carries; None for nearly all words."""
    table = _table()
    if form.text in _DRAWN_OUT:
        return Particle("preposition", _DRAWN_OUT[form.text], "و" if form.text[0] == "و" else "", "")
    for reading in form.readings:
        kind = table.get(reading.stem)
        if kind is None or (reading.article and kind != "adjective") or (reading.preposition and kind not in _AFTER_LETTERS):
            continue
        if not reading.pronoun or kind in ("preposition", "adverb", "quantity"):
            return Particle(kind, reading.stem, reading.conjunction, reading.pronoun)
    return None
