"""Who is meant by what a user types: a code, the Arabic or English name of a country or body, or a person in any spelling."""

import re
from functools import cache
from typing import NamedTuple

from rasid.actors.latin import alpha2, country_name, romanize, territories
from rasid.actors.lexicon import DOUBTFUL, all_names
from rasid.arabic.letters import fold
from rasid.errors import InputError
from rasid.record import Record
from rasid.record.memory import find_actors

_CODE = re.compile(r"[A-Z]{3}(?: [A-Z]{3})*")
_KINDS = ("country", DOUBTFUL, "organisation", "group")


class Actor(NamedTuple):
    """Somebody to ask a record about.

    `terms` are what `EventQuery.actors` takes, each one way to find him: his code, or the spellings of his name.
    """

    terms: tuple[str, ...]
    english: str
    arabic: str

    @property
    def code(self) -> str | None:
        """`MAR`, `MAR GOV`; None for somebody who is found by name."""
        return self.terms[0] if _CODE.fullmatch(self.terms[0]) else None


def actor_named(record: Record, asked: str) -> Actor:
    """Who is meant by `asked`: `MAR`, `MAR GOV`, `المغرب`, `Morocco`, `الأمم المتحدة`, `حماس`, `بيني غانتس`.

    A country or organisation stands for all of it, whatever the words of a text; a person for all spellings of his name that
    the record's articles use. A name that nobody knows is looked for as it is written.

    Raises:
        InputError: no name was given.
    """
    name = " ".join(asked.split())
    if not name:
        raise InputError("an actor has no name; give a code (MAR, MAR GOV) or a name")
    code = name if _CODE.fullmatch(name) else _by_name().get(fold(name).casefold())
    return of_code(code) if code else _person(record, name)


def of_code(code: str) -> Actor:
    """The actor that a code stands for, with its names: `Morocco GOV`; the code itself where no table has a name for it."""
    country, _, sector = code.partition(" ")
    whole = _names().get(code)
    english, arabic = whole or _names().get(country) or (None, None)
    rest = f" {sector}" if sector and not whole else ""
    return Actor((code,), (english or country_name(country) or country) + rest, (arabic or english or country) + rest)


def _person(record: Record, name: str) -> Actor:
    wanted = fold(name).casefold()
    for known in find_actors(record, name if _is_arabic(name) else None):
        spellings = [spelling for spelling, _ in known.names]
        latin = known.latin or romanize(spellings[0], None) or spellings[0]
        if wanted == latin.casefold() or wanted in {fold(spelling) for spelling in spellings}:
            return Actor((*spellings, latin), latin, spellings[0])
    return Actor((name,), (romanize(name, None) or name) if _is_arabic(name) else name, name)


def _is_arabic(text: str) -> bool:
    return any("\u0600" <= letter <= "\u06ff" for letter in text)


@cache
def _rows() -> list[tuple[list[str], str, str | None]]:
    """Names, code and English name of each country, organisation and group; where a name is in two rows, the first counts."""
    # Countries go first: what else stands for one (a seat, an army, a byword) does not give it its name.
    return [
        (names, " ".join(part for part in (country, sector) if part), latin)
        for names, kind, country, sector, latin in sorted(all_names(), key=lambda row: row[1] not in ("country", DOUBTFUL))
        if kind in _KINDS and country and names and not (kind == DOUBTFUL and sector)
    ]


@cache
def _by_name() -> dict[str, str]:
    found: dict[str, str] = {}
    for names, code, latin in _rows():
        for name in (*names, latin or country_name(code) or ""):
            found.setdefault(fold(name).casefold(), code)
    two = {alpha2(code): code for _, code, _ in _rows() if alpha2(code)}
    for short, name in territories().items():
        if short in two:
            found.setdefault(name.casefold(), two[short])
    found.pop("", None)
    return found


@cache
def _names() -> dict[str, tuple[str | None, str]]:
    """Code -> English name, first Arabic name."""
    found: dict[str, tuple[str | None, str]] = {}
    for names, code, latin in _rows():
        found.setdefault(code, (country_name(code) or latin, names[0]))
    return found
