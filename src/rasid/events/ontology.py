"""One's own types of events: a file that says which of PLOVER's events is which of one's own, with predicates of its own."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from rasid.errors import LexiconError
from rasid.events import plover
from rasid.events.predicates import lexicon
from rasid.lexicon import Entry, read_entries
from rasid.model import CodedArticle, Event

_KEYS = ("type", "of")
_ABOUT = ("type", "mode", "context", "status", "lemma", "actor", "recipient")


class OwnType(NamedTuple):
    """A type of one's own, and what an event must be to be of it: for each key one of these values."""

    name: str
    wants: tuple[tuple[str, tuple[str, ...]], ...]


class Ontology(NamedTuple):
    """One's own types, in the order in which they are tried, and the files of one's own predicates."""

    types: tuple[OwnType, ...]
    predicates: tuple[Path, ...]


def read_ontology(path: Path) -> Ontology:
    """The types and the predicates that a file names; the paths of predicates are relative to it.

    Raises:
        LexiconError: no such file, or a mistake in it; says where, and what is allowed.
    """
    if not path.is_file():
        raise LexiconError(f"{path}: no such file; an ontology is a YAML list of '- type: NAME' with 'of: {{type: COERCE}}'")
    types: list[OwnType] = []
    files: list[Path] = []
    for entry in read_entries(path):
        if "predicates" in entry.keys:
            files += [path.parent / name for name in _values(entry.keys["predicates"])]
        else:
            types.append(_own_type(entry))
    if not types:
        raise LexiconError(f"{path.name}:1: it names no type; write '- type: NAME' with 'of: {{type: COERCE, mode: arrest}}'")
    return Ontology(tuple(types), tuple(files))


def _own_type(entry: Entry) -> OwnType:
    unknown = sorted(str(key) for key in entry.keys if key not in _KEYS)
    name, wants = entry.keys.get("type"), entry.keys.get("of")
    if unknown or not name:
        what = f"unknown key {unknown[0]!r}" if unknown else "a type without a name"
        raise LexiconError(f"{entry.where}: {what} (an entry has {' and '.join(_KEYS)}, or predicates)")
    if not isinstance(wants, dict):
        raise LexiconError(f"{entry.where}: 'of' must say which events are {name}, as in 'of: {{type: COERCE, mode: arrest}}'")
    for key, value in wants.items():
        if key not in _ABOUT:
            raise LexiconError(f"{entry.where}: unknown key {str(key)!r} under 'of' (one of {', '.join(_ABOUT)})")
        for known, allowed in (("type", plover.types()), ("context", plover.contexts())):
            wrong = [one for one in _values(value) if key == known and one not in allowed]
            if wrong:
                raise LexiconError(f"{entry.where}: unknown {known} {wrong[0]!r} (one of {', '.join(sorted(allowed))})")
    return OwnType(str(name), tuple((str(key), tuple(_values(value))) for key, value in wants.items()))


def _values(value: Any) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


def in_own_types(coded: CodedArticle, types: tuple[OwnType, ...]) -> CodedArticle:
    """`coded` with those events only that are of one's own types, each under the first that it is of."""
    named = ((event, _name_of(event, types)) for event in coded.events)
    return replace(coded, events=tuple(replace(event, own_type=name) for event, name in named if name))


def _name_of(event: Event, types: tuple[OwnType, ...]) -> str | None:
    return next((own.name for own in types if all(_is(event, key, values) for key, values in own.wants)), None)


def _is(event: Event, key: str, values: tuple[str, ...]) -> bool:
    return any(set(value.split()) <= have for value in values for have in _said(event, key))


def _said(event: Event, key: str) -> Iterator[set[str]]:
    """What an event says of a key; each as a set of words, since `MAR GOV` is of `MAR` and of `GOV`."""
    if key in ("actor", "recipient"):
        for entity in event.actors if key == "actor" else event.recipients:
            yield set(entity.code.split())
    elif key == "context":
        yield from ({context} for context in event.contexts)
    elif key == "lemma":
        yield set(_lemmas().get(event.predicate, "").split())
    else:
        yield {str(getattr(event, key))}


@cache
def _lemmas() -> dict[str, str]:
    return {predicate.where: predicate.lemma for predicate in lexicon().predicates}
