"""Whom a user asks about: somebody the record or the lexicon knows, or an error that says who comes near."""

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain, islice
from typing import TypeVar

from rapidfuzz import fuzz, process

from rasid.actors.lexicon import DOUBTFUL, all_names
from rasid.analysis.between import spellings
from rasid.analysis.names import Actor, actor_named, of_code
from rasid.arabic.letters import fold
from rasid.errors import NotThereError
from rasid.record import Record
from rasid.record.memory import find_actors

_NEAR, _AT_MOST = 75, 3  # per cent of likeness; names that are told
Row = TypeVar("Row")
_KINDS = ("country", DOUBTFUL, "organisation", "group")


def asked_actor(record: Record, asked: str) -> Actor:
    """Who is meant, as `actor_named` takes it.

    Raises:
        NotThereError: neither the record nor the lexicon knows anybody of that name or code; the error names who comes near.
        InputError: no name was given.
    """
    actor = actor_named(record, asked)
    if _is_known(actor) or spellings(record, actor, 1):
        return actor
    near = near_names(record, asked)
    meant = f"; did you mean {' or '.join(near)}?" if near else "; rasid actors lists who is in the record"
    raise NotThereError(f'{record.path}: nobody is called "{" ".join(asked.split())}"{meant}')


def of_known(record: Record, found: Iterable[Row], *asked: str | None) -> Iterator[Row]:
    """`found` as it is; where it is empty, those who were asked about must at least be known.

    Raises:
        NotThereError: nothing was found, and one of them is nobody; see `asked_actor`.
    """
    rows = iter(found)
    first = list(islice(rows, 1))
    for name in asked if not first else ():
        if name:
            asked_actor(record, name)
    return chain(first, rows)


def near_names(record: Record, asked: str) -> list[str]:
    """Names in the record or the lexicon that are spelled much like `asked`, the likest first, as they are written."""
    written = dict(_of_lexicon())
    for known in find_actors(record):
        for name in (*(name for name, _ in known.names), known.latin):
            if name:
                written.setdefault(fold(name).casefold(), name)
    found = process.extract(fold(asked).casefold(), written.keys(), scorer=fuzz.ratio, score_cutoff=_NEAR, limit=_AT_MOST)
    return [written[key] for key, _, _ in found]


def _is_known(actor: Actor) -> bool:
    """A code of the lexicon, or a body that is found by its names."""
    code = actor.code
    if code:
        known = of_code(code.partition(" ")[0])
        return known.english != code.partition(" ")[0]
    return fold(actor.english).casefold() in _of_lexicon()


@cache
def _of_lexicon() -> dict[str, str]:
    """Folded names -> as they are written, of countries, organisations and groups."""
    found: dict[str, str] = {}
    for names, kind, country, _, latin in all_names():
        if kind in _KINDS:
            english = of_code(country).english if kind in ("country", DOUBTFUL) and country else latin
            for name in (*names, english):
                if name:
                    found.setdefault(fold(name).casefold(), name)
    return found
