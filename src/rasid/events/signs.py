"""The small words that decide a status or name a source: `lexicon/signs.csv`."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from rasid.arabic.letters import fold
from rasid.errors import LexiconError
from rasid.lexicon import read_table, variants

SOURCE = Path(__file__).parent / "lexicon" / "signs.csv"
KINDS = ("future", "announced", "negator", "lack", "possible", "anniversary", "either", "according", "as")


@cache
def signs(kind: str) -> frozenset[str]:
    """The words of one kind, folded.

    Raises:
        LexiconError: a mistake in the file.
    """
    return _table()[kind]


@cache
def _table() -> dict[str, frozenset[str]]:
    return read_signs(SOURCE)


def read_signs(path: Path, kinds: Sequence[str] = KINDS) -> dict[str, frozenset[str]]:
    """The words of each of `kinds` in a table of kind and words, folded.

    Raises:
        LexiconError: an unknown kind, a row without words, or a kind that has none.
    """
    found: dict[str, set[str]] = {kind: set() for kind in kinds}
    for where, cells in read_table(path, ("kind", "words")):
        if cells["kind"] not in found or not cells["words"]:
            raise LexiconError(f"{where}: a row needs words, and a kind (one of {', '.join(kinds)}), not {cells['kind']!r}")
        found[cells["kind"]] |= {fold(word) for word in variants(cells["words"])}
    missing = [kind for kind, words in found.items() if not words]
    if missing:
        raise LexiconError(f"{path.name}:1: no words of kind {missing[0]!r}")
    return {kind: frozenset(words) for kind, words in found.items()}
