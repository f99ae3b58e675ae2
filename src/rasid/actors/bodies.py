"""Same as: which body `الحركة`, `الحلف` and `الجبهة` stand for, among those that the article has named before."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from rasid.actors.lexicon import FOLDER
from rasid.actors.phrase import Phrase
from rasid.arabic.letters import fold
from rasid.arabic.words import Form, Word, per_form
from rasid.lexicon import compiled, read_table, variants

_ORGANISATIONS = FOLDER / "organisations.csv"
_COLUMNS = ("names", "code", "kind", "latin")


class Body(NamedTuple):
    """A body that an article names: where, and what the table says of it."""

    start: int  # in the text
    country: str | None
    sector: str | None
    latin: str | None
    heads: frozenset[str]  # what kinds of body it is called, as `حلف`


def bodies_in(sentences: Iterable[tuple[Sequence[Word], Sequence[Phrase]]]) -> tuple[Body, ...]:
    """The bodies that an article's sentences name, in order: those of the table, and any other with its country."""
    return tuple(
        Body(words[phrase.first].start, phrase.country, phrase.sector, phrase.latin, _heads_of(words, phrase))
        for words, phrases in sentences
        for phrase in phrases
        if phrase.kind in ("organisation", "group") and (phrase.latin or (phrase.country and phrase.last - phrase.first > 1))
    )


def _heads_of(words: Sequence[Word], phrase: Phrase) -> frozenset[str]:
    known = _heads().get(phrase.latin or "")
    return known if known is not None else frozenset(reading.stem for reading in words[phrase.first].form.readings)


def body_before(words: Sequence[Word], phrase: Phrase, bodies: tuple[Body, ...]) -> Body | None:
    """The body that is meant by one word with ال: the last one before it that is called so (`حركة حماس`, `الحركة`)."""
    if not bodies or phrase.latin or phrase.last - phrase.first != 1 or phrase.name or phrase.office:
        return None
    head = _head(words[phrase.first].form)
    before = bodies[: bisect_left(bodies, (words[phrase.first].start,))]
    return next((body for body in reversed(before) if head in body.heads), None) if head else None


@per_form
def _head(form: Form) -> str:
    return next((reading.stem for reading in form.readings if reading.article and not reading.pronoun), "")


@cache
def _heads() -> dict[str, frozenset[str]]:
    """What kind of body each is called by the first word of its longer names: NATO is a حلف."""
    rows: list[tuple[str, list[str]]] = compiled("heads", (_ORGANISATIONS,), _read_heads)
    return {latin: frozenset(heads) for latin, heads in rows}


def _read_heads() -> list[tuple[str, list[str]]]:
    heads: dict[str, set[str]] = {}
    for _, cells in read_table(_ORGANISATIONS, _COLUMNS):
        longer = [fold(name).split() for name in variants(cells["names"])]
        heads.setdefault(cells["latin"], set()).update(words[0].removeprefix("ال") for words in longer if len(words) > 1)
    return [(latin, sorted(words)) for latin, words in heads.items() if latin]
