"""Who is meant by what a user types: a code, the Arabic or English name of a country or body, or a person in any spelling."""

import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import NamedTuple

from rasid.actors.latin import alpha2, country_name, romanize, territories
from rasid.actors.lexicon import DOUBTFUL, all_names
from rasid.arabic.letters import fold
from rasid.errors import InputError
from rasid.lexicon import read_table
from rasid.record import Record
from rasid.record.memory import KnownActor, find_actors, find_decisions

_CODE = re.compile(r"[A-Z]{3}(?: [A-Z]{3})*")
_COUNTRY = ("country", DOUBTFUL)
_KINDS = (*_COUNTRY, "organisation", "group")
BODIES = Path(__file__).parent / "bodies.csv"


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
    if _CODE.fullmatch(name):
        return of_code(name)
    return _by_name().get(fold(name).casefold()) or _person(record, name)


def of_code(code: str) -> Actor:
    """The actor that a code stands for, with its names: `Morocco, government`; the code itself where no table has a name."""
    country, _, sector = code.partition(" ")
    english, arabic = _names().get(code) or _names().get(country) or _bodies().get(country) or (country, country)
    if sector and code not in _names():
        said = [_bodies().get(part, (part, part)) for part in sector.split()]
        english, arabic = (f"{name}, {' '.join(one[n] for one in said)}" for n, name in enumerate((english, arabic)))
    return Actor((code,), english, arabic)


def persons_named(record: Record, name: str) -> list[KnownActor]:
    """Whom a record's articles call so, in that spelling or in Latin letters; and who is written the same in Latin letters.

    They are one person, unless a user has split them: then only those of that very spelling.
    """
    wanted = fold(name).casefold()
    known = list(find_actors(record))
    latin = {wanted, (romanize(name, None) or "").casefold() if _is_arabic(name) else wanted}
    called = [one for one in known if _latin(one) in latin or wanted in {fold(spelling) for spelling, _ in one.names}]
    latin = {_latin(one) for one in called} - {""}
    alike = [one for one in known if one not in called and _latin(one) in latin]
    return called if find_decisions(record) else [*called, *alike]


def _latin(known: KnownActor) -> str:
    return (known.latin or "").casefold()


def _person(record: Record, name: str) -> Actor:
    known = persons_named(record, name)
    if known:
        names = [spelling for one in known for spelling, _ in one.names]
        latin = known[0].latin or romanize(names[0], None) or names[0]
        return Actor(tuple(dict.fromkeys((*names, name, latin))), latin, name if _is_arabic(name) else names[0])
    latin = (romanize(name, None) or name) if _is_arabic(name) else name
    return Actor(tuple(dict.fromkeys((name, latin))), latin, name)


def _is_arabic(text: str) -> bool:
    return any("\u0600" <= letter <= "\u06ff" for letter in text)


class _Row(NamedTuple):
    names: list[str]
    kind: str
    code: str
    english: str


@cache
def _rows() -> list[_Row]:
    """Countries first: what else stands for one (a seat, an army, a byword) does not give it its name."""
    return [
        _Row(names, kind, code, (country_name(code) if kind in _COUNTRY else latin) or latin or names[0])
        for names, kind, country, sector, latin in sorted(all_names(), key=lambda row: row[1] not in _COUNTRY)
        for code in [" ".join(part for part in (country, sector) if part)]
        if kind in _KINDS and code and names and not (kind == DOUBTFUL and sector)
    ]


@cache
def _by_name() -> dict[str, Actor]:
    """Folded names -> who they are. A body that shares its code with others is found by its names, not by the code."""
    found: dict[str, Actor] = {}
    rows_of: Counter[str] = Counter(row.code for row in _rows())
    seen: set[str] = set()
    for row in _rows():
        is_first, is_one = row.code not in seen, rows_of[row.code] == 1
        seen.add(row.code)
        stands_for_all = row.kind in _COUNTRY or is_one or (row.kind == "organisation" and is_first)
        by_code = stands_for_all and row.code not in _bodies()
        actor = of_code(row.code) if by_code else Actor((*row.names, row.english), row.english, row.names[0])
        for name in (*row.names, row.english):
            found.setdefault(fold(name).casefold(), actor)
    three = {short: row.code for row in _rows() if (short := alpha2(row.code))}
    for short, name in territories().items():
        if short in three:
            found.setdefault(name.casefold(), of_code(three[short]))
    return found


@cache
def _names() -> dict[str, tuple[str, str]]:
    """Code -> English name, first Arabic name, of those whose code is their own."""
    found: dict[str, tuple[str, str]] = {}
    rows_of: Counter[str] = Counter(row.code for row in _rows())
    for row in _rows():
        if row.code not in _bodies() and (" " not in row.code or rows_of[row.code] == 1):
            found.setdefault(row.code, (row.english, row.names[0]))
    return found


@cache
def _bodies() -> dict[str, tuple[str, str]]:
    rows = read_table(BODIES, ("code", "english", "arabic"))
    return {cells["code"]: (cells["english"], cells["arabic"]) for _, cells in rows}
