"""Contexts: what an act is about, by the words around its trigger (`lexicon/contexts.csv`)."""

from functools import cache, lru_cache
from pathlib import Path

from rasid.arabic.letters import fold
from rasid.arabic.words import Form, Word
from rasid.errors import LexiconError
from rasid.events import plover
from rasid.events.outline import Outline, stems
from rasid.events.propose import Candidate
from rasid.lexicon import compiled, read_table, variants

SOURCE = Path(__file__).parent / "lexicon" / "contexts.csv"
_MOST = 2  # an act is about one thing, at most two
_WINDOW = 10  # words on either side of the trigger


@cache
def _words() -> dict[str, list[tuple[list[str], str]]]:
    """First word -> the words after it, and the context that they speak for."""
    words: dict[str, list[tuple[list[str], str]]] = compiled("contexts", [SOURCE], _read)
    return words


def _read() -> dict[str, list[tuple[list[str], str]]]:
    found: dict[str, list[tuple[list[str], str]]] = {}
    for where, cells in read_table(SOURCE, ("context", "words")):
        if cells["context"] not in plover.contexts():
            raise LexiconError(f"{where}: unknown context {cells['context']!r} (see plover.yaml)")
        for phrase in variants(cells["words"]):
            first, *rest = fold(phrase).split()
            found.setdefault(first.removeprefix("ال") if len(first) > 4 else first, []).append((rest, cells["context"]))
    return found


@lru_cache(maxsize=1 << 16)
def _named(form: Form) -> tuple[tuple[tuple[str, ...], str], ...]:
    """The contexts that a word speaks for, if the words that are named with each follow it; none for most words."""
    known = _words()
    return tuple((tuple(rest), context) for stem in sorted(stems(form)) for rest, context in known.get(stem, ()))


def contexts_of(outline: Outline, candidate: Candidate) -> tuple[str, ...]:
    """The contexts of a candidate: those of its predicate, then those that the words around it name, most often named first."""
    words = outline.words
    votes: dict[str, int] = dict.fromkeys(candidate.predicate.contexts, len(words))
    for at in range(max(0, candidate.head.at - _WINDOW), min(len(words), candidate.head.at + _WINDOW + 1)):
        named = _named(words[at].form)
        if named:
            for context in dict.fromkeys(context for rest, context in named if _follow(words, at, rest)):
                votes[context] = votes.get(context, 0) + 1
    return tuple(sorted(votes, key=lambda context: -votes[context])[:_MOST])


def _follow(words: list[Word], at: int, rest: tuple[str, ...]) -> bool:
    return all(at + 1 + n < len(words) and words[at + 1 + n].form.fold == word for n, word in enumerate(rest))
