"""Whose office it is: `رئيس الوزراء الإسرائيلي` on a day is a person, where the table of persons knows one and only one."""

import datetime as dt
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import combinations
from typing import Any, NamedTuple

from rasid.actors.items import ITEMS
from rasid.actors.lexicon import BODIES, FOLDER, look_up
from rasid.actors.persons import CHECKED_TO, SOURCE, Person, as_person, as_plain, read_persons
from rasid.arabic.letters import fold
from rasid.arabic.words import Word, read_words
from rasid.errors import LexiconError
from rasid.lexicon import compiled, read_table, variants

OFFICES = FOLDER / "offices.csv"
COLUMNS = ("office", "words", "held_as", "country")
_COUNTRIES = FOLDER / "countries.csv"
_NAMED = frozenset(("country", "nisba", "organisation", "capital", "seat", "doubtful"))
_SAME_MONTH = 31  # days: two terms of which only months are known may end and begin in one


class Office(NamedTuple):
    """An office as news speaks of it."""

    office: str
    held_as: tuple[str, ...]  # what persons.csv calls it
    country: str | None  # where the words themselves say whose it is


def holder(office: str, country: str | None, day: dt.date) -> Person | None:
    """Who held an office on a day; None where the table does not know, or knows two.

    Args:
        office: as the text has it, without و or ل before it: `رئيس الوزراء`, `وزيرة الدفاع الفرنسية`, `أمير قطر`.
        country: whose it is, ISO 3166 alpha-3 or an organisation's code; None where only the words may say so.
        day: the article's day. A term without an end holds up to the day to which the table was checked, no longer.
    """
    found = _office_of(office, country)
    return _holder(*found, day) if found else None


def _holder(held_as: tuple[str, ...], country: str, day: dt.date) -> Person | None:
    there = {person.latin: person for person in _held(held_as, country) if person.start <= day <= (person.end or CHECKED_TO)}
    return next(iter(there.values())) if len(there) == 1 else None


def counterpart(office: str, country: str | None, theirs: str, day: dt.date) -> Person | None:
    """Who held on a day in the country `theirs` the office that is called `office` in `country`: `نظيره الفرنسي`."""
    found = _office_of(office, country)
    return _holder(found[0], theirs, day) if found else None


@lru_cache(maxsize=1 << 12)
def _office_of(text: str, country: str | None) -> tuple[tuple[str, ...], str] | None:
    """Which office a text names, as (what it is held as, whose it is); None where it says more than that."""
    words = read_words(text)
    shapes = _shapes()
    for end in range(len(words), 0, -1):
        office = shapes.get(tuple(word.form.fold for word in words[:end]))
        if office:
            owner = office.country or country
            rest_fits = _only_says_whose(words, end, owner)
            return (office.held_as, owner) if owner and rest_fits else None
    return None


def _only_says_whose(words: list[Word], at: int, country: str | None) -> bool:
    """Do the words from `at` on only name the country or body: no `السابق`, no `المكلف`, no second office?"""
    while at < len(words):
        hit = look_up(words, at)
        if hit is None or hit.known.kind not in _NAMED or hit.known.country != country or hit.reading.conjunction:
            return False
        if hit.known.kind == "nisba" and not hit.reading.article:  # `أمير سعودي` is any of them
            return False
        at += hit.known.length
    return True


@cache
def _shapes() -> dict[tuple[str, ...], Office]:
    """The folded words of every office, their first word with ال and without."""
    return {
        shape: Office(office, tuple(held_as), country)
        for office, held_as, country, shapes in compiled("offices", (OFFICES, SOURCE, _COUNTRIES), _build)
        for shape in shapes
    }


@cache
def _holders() -> dict[tuple[str, str], tuple[Person, ...]]:
    """(office as the table has it, country) -> all who held it."""
    found: dict[tuple[str, str], list[Person]] = {}
    for row in compiled("holders", (SOURCE, _COUNTRIES, ITEMS), _build_holders):
        person = as_person(row)
        found.setdefault((person.office, person.country or ""), []).append(person)
    return {key: tuple(persons) for key, persons in found.items()}


def _build_holders() -> list[tuple[Any, ...]]:
    return [as_plain(person) for _, person in read_persons() if person.country]


@lru_cache(maxsize=1 << 10)
def _held(held_as: tuple[str, ...], country: str) -> tuple[Person, ...]:
    return tuple(person for office in held_as for person in _holders().get((office, country), ()))


def _build() -> list[tuple[str, list[str], str | None, list[tuple[str, ...]]]]:
    return [
        (office.office, list(office.held_as), office.country, [shape for phrase in words for shape in _with_article(phrase)])
        for words, office in read_offices()
    ]


def _with_article(phrase: str) -> list[tuple[str, ...]]:
    words = [fold(word) for word in phrase.split()]
    bare = words[0].removeprefix("ال") if phrase.startswith("ال") else words[0]
    return [(bare, *words[1:]), ("ال" + bare, *words[1:])]


def read_offices() -> list[tuple[list[str], Office]]:
    """The table's rows: the words for an office, and the office.

    Raises:
        LexiconError: an office that nobody in persons.csv holds, an unknown country, words that stand for two offices, or two
            persons who hold one office of one country at a time.
    """
    countries = {cells["code"] for _, cells in read_table(_COUNTRIES, _COUNTRY_COLUMNS)} | BODIES
    persons = [person for _, person in read_persons()]
    held = {person.office for person in persons}
    seen: dict[str, str] = {}
    rows = []
    for where, cells in read_table(OFFICES, COLUMNS):
        words, held_as = variants(cells["words"]), variants(cells["held_as"])
        if not (cells["office"] and words and held_as):
            raise LexiconError(f"{where}: office, words and held_as must not be empty")
        if unknown := [office for office in held_as if office not in held]:
            raise LexiconError(f'{where}: nobody in persons.csv is "{unknown[0]}"; write the office as it stands there')
        if cells["country"] and cells["country"] not in countries:
            raise LexiconError(f'{where}: unknown country "{cells["country"]}"; write ISO3 or an organisation\'s code')
        for phrase in words:
            if (other := seen.setdefault(fold(phrase), where)) != where:
                raise LexiconError(f'{where}: "{phrase}" stands at {other} already; words stand for one office')
        for one, two in two_at_once(persons, held_as):
            raise LexiconError(
                f"persons.csv: {one.latin} and {two.latin} are both {one.office} ({one.country}) on {two.start}; mend a term, "
                'or write "(disputed)" after both offices'
            )
        rows.append((words, Office(cells["office"], tuple(held_as), cells["country"] or None)))
    return rows


_COUNTRY_COLUMNS = ("code", "names", "nisba", "capitals", "seats", "ambiguous")


def two_at_once(persons: Sequence[Person], held_as: Sequence[str]) -> list[tuple[Person, Person]]:
    """Pairs of different persons who hold one office of one country for more than a month together."""
    terms: dict[tuple[str, str | None], list[Person]] = {}
    for person in persons:
        if person.office in held_as:
            terms.setdefault((person.office, person.country), []).append(person)
    return [
        (one, two)
        for rows in terms.values()
        for one, two in combinations(sorted(rows, key=lambda row: row.start), 2)
        if one.latin != two.latin and ((one.end or CHECKED_TO) - two.start).days > _SAME_MONTH
    ]
