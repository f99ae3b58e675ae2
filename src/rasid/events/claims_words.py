"""The words of claims: `lexicon/claims.csv`."""

from functools import cache
from pathlib import Path
from typing import NamedTuple

from rasid.arabic.letters import fold
from rasid.errors import LexiconError
from rasid.lexicon import read_table, variants

SOURCE = Path(__file__).parent / "lexicon" / "claims.csv"
KINDS = (
    *("ordinal", "first", "nth", "most", "gap", "lasted", "unit", "not_ranked", "one_of", "copula", "scope", "scope_noun"),
    *("place", "about", "title", "needs_limit"),
)


class Meaning(NamedTuple):
    """What a word is to a claim: the kind of claim or the unit of time, and a number."""

    what: str
    number: int | None


@cache
def claim_words(kind: str) -> dict[str, Meaning]:
    """The words of one kind, folded, with what they mean.

    Raises:
        LexiconError: a mistake in the file.
    """
    return _table()[kind]


@cache
def _table() -> dict[str, dict[str, Meaning]]:
    return read_claim_words(SOURCE)


def read_claim_words(path: Path) -> dict[str, dict[str, Meaning]]:
    """The words by kind.

    Raises:
        LexiconError: an unknown kind, a number that is none, or a kind without words.
    """
    found: dict[str, dict[str, Meaning]] = {kind: {} for kind in KINDS}
    for where, cells in read_table(path, ("kind", "words", "as", "number")):
        if cells["kind"] not in found or not cells["words"]:
            raise LexiconError(f"{where}: a row needs words, and a kind (one of {', '.join(KINDS)}), not {cells['kind']!r}")
        if cells["number"] and not cells["number"].isdigit():
            raise LexiconError(f"{where}: the number is a whole number or empty, not {cells['number']!r}")
        meaning = Meaning(cells["as"], int(cells["number"]) if cells["number"] else None)
        for word in variants(cells["words"]):
            found[cells["kind"]].setdefault(fold(word), meaning)
    missing = [kind for kind, words in found.items() if not words]
    if missing:
        raise LexiconError(f"{path.name}:1: no words of kind {missing[0]!r}")
    return found
