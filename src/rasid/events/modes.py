"""How an act was done, asked or threatened: its mode, where the predicate leaves that to the words around it.

The table is `lexicon/modes.csv`: a predicate says what happened, `قتل`, and the table that `برصاص` beside it means firearms.
"""

from collections.abc import Iterator
from functools import cache
from operator import itemgetter
from pathlib import Path

from rasid.errors import LexiconError
from rasid.events.outline import Outline
from rasid.events.predicates import bare, event_of
from rasid.events.propose import Candidate
from rasid.lexicon import compiled, read_table, variants

SOURCE = Path(__file__).parent / "lexicon" / "modes.csv"
_REACH = 12  # words on either side that are looked at even where a clause is shorter: `قتل في هجوم شنه انتحاري`
_BELOW_ALL = 1 << 16  # a mode that no row is about, as the `change` of REQUEST
_TOLD_AFTER = frozenset(("REQUEST", "REJECT", "THREATEN"))  # what is asked, refused or threatened: the first one named counts

_Row = tuple[int, str, tuple[str, ...], tuple[str, ...]]  # priority, mode, the other words of a phrase, neighbours
_Table = tuple[dict[str, dict[str, list[_Row]]], dict[str, dict[str, int]]]


def mode_of(outline: Outline, candidate: Candidate) -> str | None:
    """The mode of a candidate: its predicate's own, or the one that the words around it say.

    A predicate whose own mode may give way (`mode: by words`) gives way to the rows above that mode only.
    """
    predicate = candidate.predicate
    rows, ranks = _table()
    kind = predicate.type or ""
    if not predicate.by_words or kind not in rows:
        return predicate.mode
    own = ranks[kind].get(predicate.mode or "", _BELOW_ALL)
    found = [(at, row[0], row[1]) for at, row in _said(outline, candidate, rows[kind]) if row[0] < own]
    if not found:
        return predicate.mode
    return min(found, key=itemgetter(0, 1) if kind in _TOLD_AFTER else itemgetter(1, 0))[2]


def _said(outline: Outline, candidate: Candidate, known: dict[str, list[_Row]]) -> Iterator[tuple[int, _Row]]:
    """The rows whose words stand in the candidate's clause or near its trigger, with their places."""
    at, places = candidate.head.at, candidate.places
    first = at + 1 if candidate.predicate.type in _TOLD_AFTER else max(0, min(places.first, at - _REACH))
    last = min(len(outline.words), max(places.last, at + 1 + _REACH))
    for place in range(first, last):
        shapes = outline.stems[place]
        if place == at or known.keys().isdisjoint(shapes):
            continue
        for stem in shapes:
            for row in known.get(stem, ()):
                _, _, rest, beside = row
                if all(word in _stems(outline, place + n) for n, word in enumerate(rest, 1)) and (
                    not beside or not (_stems(outline, place - 1) | _stems(outline, place + len(rest) + 1)).isdisjoint(beside)
                ):
                    yield place, row


def _stems(outline: Outline, place: int) -> frozenset[str]:
    return outline.stems[place] if 0 <= place < len(outline.words) else frozenset()


@cache
def _table() -> _Table:
    table: _Table = compiled("modes", [SOURCE], lambda: read_modes(SOURCE))
    return table


def read_modes(path: Path) -> _Table:
    """The rows by type and first word, and for each mode of a type the priority of its first row.

    Raises:
        LexiconError: an unknown type or mode, or a row without words; says what is allowed.
    """
    rows: dict[str, dict[str, list[_Row]]] = {}
    ranks: dict[str, dict[str, int]] = {}
    for rank, (where, cells) in enumerate(read_table(path, ("type", "mode", "words", "next_to"))):
        kind, mode = event_of(f"{cells['type']} {cells['mode']}", where)
        if not kind or not mode or not cells["words"]:
            raise LexiconError(f"{where}: a row needs a type, one of its modes, and the words that say it")
        beside = tuple(bare(word) for word in variants(cells["next_to"]))
        ranks.setdefault(kind, {}).setdefault(mode, rank)
        for phrase in variants(cells["words"]):
            word, *rest = [bare(part) for part in phrase.split()]
            rows.setdefault(kind, {}).setdefault(word, []).append((rank, mode, tuple(rest), beside))
    return rows, ranks
