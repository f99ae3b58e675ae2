"""Somebody as people type them (a code, a name in Arabic or English), and whether an entity is that one."""

import re
from functools import lru_cache
from typing import NamedTuple

from rasid.actors.lexicon import look_up
from rasid.arabic.names import same_person
from rasid.arabic.words import read_words
from rasid.errors import InputError
from rasid.model import Entity
from rasid.record.contents import fold_name
from rasid.record.english import meaning_of

_CODE = re.compile(r"[A-Z]{3}(?: [A-Z]{3})*")
_LATIN = re.compile(r"[A-Za-z]")


class Somebody(NamedTuple):
    """Who is asked for: a code (`MAR` is everybody of Morocco, `MAR GOV` its government), or a name as typed, and its words."""

    code: str | None
    name: str
    words: frozenset[str]  # folded, as texts may write the name


@lru_cache(maxsize=256)
def read_somebody(typed: str) -> Somebody:
    """Who is meant by what was typed: a country in either language is its code, all else a name.

    Raises:
        InputError: nothing was typed, or no word.
    """
    name = " ".join(typed.split())
    if not name:
        raise InputError("nobody is named; give a code (MAR, MAR GOV) or a name in Arabic or English")
    if _CODE.fullmatch(name):
        return Somebody(name, name, frozenset())
    if _LATIN.search(name):
        meaning = meaning_of(name)
        if meaning and len(meaning.codes) == 1:
            return Somebody(meaning.codes[0], name, frozenset())
        return Somebody(None, name, frozenset(map(fold_name, meaning.arabic)) if meaning else frozenset())
    words = read_words(name)
    if not words:
        raise InputError(f'"{name}" names nobody; give a code (MAR, MAR GOV) or a name in Arabic or English')
    hit = look_up(words, 0)
    if hit and hit.known.kind == "country" and hit.known.country and hit.known.length == len(words):
        return Somebody(hit.known.country, name, frozenset())
    return Somebody(None, name, frozenset((fold_name(name),)))


def is_somebody(entity: Entity, who: Somebody) -> bool:
    """Is an entity the one who is asked for?"""
    if who.code:
        return entity.code == who.code or entity.code.startswith(f"{who.code} ")
    holder = entity.holder
    names = [name for name in (entity.name, entity.latin, holder and holder.name, holder and holder.latin) if name]
    if any(name.casefold() == who.name.casefold() for name in names):
        return True
    words = f" {' '.join(word.form.fold for word in read_words(entity.span.text) if word.form.kind != 'mark')} "
    if any(f" {form} " in words or f" و{form} " in words or f" ل{form} " in words for form in who.words):
        return True
    persons = [name for name in (entity.name, holder and holder.name) if name]
    return any(_same(who.name, name) for name in persons) or any(_last_word(who.name, name) for name in names)


@lru_cache(maxsize=1 << 14)
def _same(typed: str, name: str) -> bool:
    return same_person(typed, name)[0]


def _last_word(typed: str, name: str) -> bool:
    """`Gantz` for Benny Gantz."""
    return " " not in typed and typed.isascii() and name.casefold().rpartition(" ")[2] == typed.casefold()
