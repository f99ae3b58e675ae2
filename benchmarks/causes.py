"""Why events are missed, made up, or given to the wrong ones: the fifty most frequent causes, counted by type.

Counted on the blind files by rules alone, so that nothing of them is shown: what the lexicon knows of the words of a missed
event, and which side of a found one is empty, filled or somebody else's.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from breakdown import Outcome
from figures import Row
from known_triggers import known_types

MOST = 50
SIDES = ("actor", "recipient")
DONE = {
    "coded where the gold has nothing": "a second look over the whole article; own near-misses in training",
    "known, but judged no event": "the same; the threshold is where type F1 is highest on held-out folds",
    "its words are no predicate": "lexicon grown to 0.95 of the developed triggers",
    "its words are predicates of other types": "entries with conditions on the words around",
    "recipient: nobody, the gold has somebody": "those carried from sentences before; a chosen nobody has features of its own",
    "recipient: somebody, the gold has nobody": "likewise",
    "recipient: somebody else": "one choice over all whom the sentence names, options of one country together",
    "actor: somebody else": "likewise; counterparts, his own country, descriptions and lists read by the grammar",
    "actor: somebody, the gold has nobody": "passives and violence without a doer are features of the choice of nobody",
    "actor: nobody, the gold has somebody": "speakers and those carried from sentences before",
}


def causes(scorer: Any, found: Sequence[Outcome]) -> Iterator[tuple[str, str]]:
    """Cause and type of every event that is missed, made up, or found with the wrong ones."""
    for one in found:
        if one.gold is None and one.coded is not None:
            yield "coded where the gold has nothing", one.coded["type"]
        elif one.gold is not None and one.coded is None:
            yield _missed(one.gold), one.gold["type"]
        elif one.gold is not None and one.coded is not None:
            for side in SIDES:
                gold, coded = one.gold.get(side), one.coded.get(side)
                if not scorer.agree(gold, coded):
                    yield f"{side}: {_wrong(gold, coded)}", one.gold["type"]


def _missed(gold: dict[str, Any]) -> str:
    types = known_types(gold["trigger"])
    if not types:
        return "its words are no predicate"
    return "known, but judged no event" if gold["type"] in types else "its words are predicates of other types"


def _wrong(gold: Any, coded: Any) -> str:
    if not coded:
        return "nobody, the gold has somebody"
    return "somebody else" if gold else "somebody, the gold has nobody"


def cause_rows(scorer: Any, found: Sequence[Outcome]) -> list[Row]:
    """The most frequent causes: what, type of event, how often, and what was done about it."""
    counted = Counter(causes(scorer, found)).most_common(MOST)
    return [(cause, kind, str(times), DONE[cause]) for (cause, kind), times in counted]
