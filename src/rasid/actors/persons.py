"""Who held which office when: a bare name and a day give country, sector and office."""

import calendar
import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from rasid.actors.items import ITEMS, read_items
from rasid.actors.lexicon import BODIES, FOLDER, first_word, split_code
from rasid.arabic.words import Form, Reading, Word, per_form, read_words
from rasid.errors import LexiconError
from rasid.lexicon import compiled, read_table, variants

SOURCE = FOLDER / "persons.csv"
CHECKED_TO = dt.date(2025, 12, 31)  # what the table says of later days is not known
_COUNTRIES = FOLDER / "countries.csv"
COLUMNS = ("names", "latin", "code", "office", "from", "to", "source")
_LASTING = frozenset(("OPP", "PTY", "REB", "REL", "CRM"))  # what somebody stays: a leader of rebels is no former official
_OPEN = dt.date.max
_PARTICLES = frozenset(("بن", "ولد", "ال"))  # begin a short name, but stand within most long ones
_YEARS_BEFORE = {True: 2, False: 15}  # how long before his first term a name is his: one that many could have, any other
_YEARS_AROUND = 8  # a term, in which a family name alone brings its country up
_DAYS_AFTER = 7  # news of a resignation, a fall or a death still names the office
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


class Person(NamedTuple):
    """A person in one office, from `start` to `end` (inclusive).

    As of a day outside his terms (`as_of`) the office is the nearest one, and `sector` says what he then was: ELI, or None.
    """

    name: str  # the fullest spelling
    latin: str
    code: str  # PLOVER: `ISR GOV`, `UNO`, `REB`
    country: str | None  # ISO 3166 alpha-3, or an organisation's code in its place
    sector: str | None
    office: str
    start: dt.date
    end: dt.date | None  # None: in office on CHECKED_TO
    wikidata: str | None = None


Rows = tuple[tuple[tuple[str, ...], tuple[Person, ...]], ...]
Index = Mapping[str, Rows]  # first word of a name -> what may follow, the longest first, and all who have that name


def who_is(words: Sequence[Word], on: dt.date | None) -> Person | None:
    """Whom a bare name means on a day; the first word may carry و, ل and the like.

    Args:
        words: the words of the name, all of them.
        on: the article's day, None where unknown.
    """
    found = person_at(words, 0, on)
    return found[1] if found and found[0] == len(words) else None


def person_at(words: Sequence[Word], at: int, on: dt.date | None) -> tuple[int, Person] | None:
    """The longest known name that begins with the word at `at`: how many words it has, and whom it means on a day."""
    found = names_at(words, at)
    if found is None:
        return None
    person = as_of(found[1], on, short=_is_common(words[at : at + found[0]]))
    return (found[0], person) if person else None


def names_at(words: Sequence[Word], at: int, own: Index | None = None) -> tuple[int, tuple[Person, ...]] | None:
    """The longest known name that begins with the word at `at`: how many words it has, and every row that has it.

    The end of a longer name is no name: `السيسي` is not found in `محمود السيسي`, nor `بن سلمان` in `فيصل بن سلمان`.

    Args:
        words: of a sentence.
        at: where the name is to begin.
        own: where to look instead of the table of persons.
    """
    for rest, persons in _beginning(words[at].form) if own is None else beginning(words[at].form, own):
        if not rest or (
            len(rest) < len(words) - at
            and words[at + 1].form.fold == rest[0]
            and all(words[at + 1 + n].form.fold == word for n, word in enumerate(rest))
        ):
            ends_a_name = not rest or words[at].form.fold in _PARTICLES
            return None if ends_a_name and at and _is_given_name(words[at - 1].form) else (1 + len(rest), persons)
    return None


def country_of_family(form: Form, on: dt.date | None) -> str | None:
    """The one country in whose offices a family name was in the years around a day: `غانم`, of nobody who is known by it alone.

    It does not say who is meant, only which country the name brings up.
    """
    if on is None:
        return None
    names = {form.fold, *(("ال" if reading.article else "") + reading.stem for reading in form.readings if not reading.pronoun)}
    held = [row for name in names for row in _families().get(name.removeprefix("ال"), ())]
    near = {row.country for row in held if _distance(row, on) <= _YEARS_AROUND * 365}
    country = near.pop() if len(near) == 1 else None
    return country if country not in BODIES else None


@cache
def _families() -> dict[str, tuple[Person, ...]]:
    """The rows of all persons of more than one name, by the last of them without its ال."""
    found: dict[str, dict[Person, None]] = {}
    for rest, persons in (row for rows in _index().values() for row in rows if row[0]):
        found.setdefault(rest[-1].removeprefix("ال"), {}).update(dict.fromkeys(persons))
    return {name: tuple(persons) for name, persons in found.items()}


def as_of(rows: Sequence[Person], on: dt.date | None, *, short: bool = False) -> Person | None:
    """Which of the rows of one name is meant on a day, and what that person then was.

    A term that holds the day wins (of several, the one begun last), else the nearest. A week after a term an official is ELI
    (leaders of parties, rebels and believers stay what they are); before his first one only the country is known, for at most
    15 years (2 for a common name). Two persons of different countries who are equally near are nobody.

    Args:
        rows: rows that share a name.
        on: the day; where it is unknown, the longest term stands if all rows have the same country.
        short: whether many could have the name: a family name alone, or given names only.
    """
    if on is None:
        longest = max(rows, key=lambda row: (row.end or _OPEN) - row.start)
        return longest if len({row.country for row in rows}) == 1 else None
    nearest = min(_distance(row, on) for row in rows)
    candidates = [row for row in rows if _distance(row, on) == nearest]
    if len({row.country for row in candidates}) > 1 and len({row.latin for row in candidates}) > 1:
        return None
    best = max(candidates, key=lambda row: row.start)
    return best if nearest == 0 else _out_of_office(best, [row for row in rows if row.latin == best.latin], on, short)


def _out_of_office(nearest: Person, career: list[Person], on: dt.date, common: bool) -> Person | None:
    """What somebody was on a day that none of his terms holds."""
    first = min(row.start for row in career)
    if on < first:
        early = (first - on).days > _YEARS_BEFORE[common] * 365
        return None if early else nearest._replace(sector=None, code=nearest.country or "")
    last = max((row for row in career if row.start <= on), key=lambda row: row.end or _OPEN)
    if last.sector in _LASTING or (on - (last.end or _OPEN)).days <= _DAYS_AFTER:
        return last
    return last._replace(sector="ELI", code=" ".join(filter(None, (last.country, "ELI"))))


def _distance(row: Person, on: dt.date) -> int:
    """Days between a day and a term, 0 within it."""
    return max((row.start - on).days, (on - (row.end or _OPEN)).days, 0)


@per_form
def _beginning(form: Form) -> Rows:
    return beginning(form, _index())


def beginning(form: Form, index: Index) -> Rows:
    """What may follow a word at the beginning of a name, and whose name it then is; the longest first."""
    found: dict[str, Rows] = {}
    for reading in form.readings:
        key = ("ال" if reading.article else "") + reading.stem
        if not reading.pronoun and key in index:
            found[key] = index[key]
    rows = [row for rows in found.values() for row in rows]
    return tuple(sorted(rows, key=lambda row: -len(row[0]))) if len(found) > 1 else tuple(rows)


@per_form
def reading_of(form: Form) -> Reading | None:
    """How the first word of a known name is taken apart: `ولأوباما` is و + ل + اوباما."""
    return reading_in(form, _index())


def reading_in(form: Form, index: Index) -> Reading | None:
    """How the first word of a name in `index` is taken apart."""
    return next((r for r in form.readings if not r.pronoun and ("ال" if r.article else "") + r.stem in index), None)


def _is_given_name(form: Form) -> bool:
    return any(rows.alone is not None and rows.alone.kind == "given" for _, rows in first_word(form))


def _is_common(name: Sequence[Word]) -> bool:
    return len(name) == 1 or all(_is_given_name(word.form) for word in name)


@cache
def _index() -> dict[str, Rows]:
    """First word -> what must follow, and the rows of the persons of that name."""
    people, index = compiled("persons", (SOURCE, _COUNTRIES, ITEMS), _build)
    persons = [as_person(row) for row in people]
    return {
        first: tuple((tuple(rest), tuple(persons[number] for number in numbers)) for rest, numbers in rows)
        for first, rows in index.items()
    }


def index_of(rows: Iterable[tuple[list[str], Person]]) -> Index:
    """Rows of a table of persons, for look-up by the words of their names."""
    index: dict[str, dict[tuple[str, ...], list[Person]]] = {}
    for names, person in rows:
        for words in dict.fromkeys(words for name in names for words in _spellings(name)):
            index.setdefault(words[0], {}).setdefault(words[1:], []).append(person)
    return {
        first: tuple((rest, tuple(persons)) for rest, persons in sorted(found.items(), key=lambda row: -len(row[0])))
        for first, found in index.items()
    }


def _build() -> tuple[list[tuple[Any, ...]], dict[str, list[tuple[tuple[str, ...], list[int]]]]]:
    people: list[tuple[Any, ...]] = []
    index: dict[str, dict[tuple[str, ...], list[int]]] = {}
    for number, (names, person) in enumerate(read_persons()):
        people.append(as_plain(person))
        for words in dict.fromkeys(words for name in names for words in _spellings(name)):
            index.setdefault(words[0], {}).setdefault(words[1:], []).append(number)
    return people, {first: sorted(rows.items(), key=lambda row: -len(row[0])) for first, rows in index.items()}


def as_plain(person: Person) -> tuple[Any, ...]:
    """A person as `compiled` keeps him: days are numbers."""
    return (*person[:6], person.start.toordinal(), person.end.toordinal() if person.end else 0, person.wikidata)


def as_person(row: tuple[Any, ...]) -> Person:
    """The person that `as_plain` made a row of."""
    *said, start, end, wikidata = row
    return Person._make((*said, dt.date.fromordinal(start), dt.date.fromordinal(end) if end else None, wikidata))


def _spellings(name: str) -> list[tuple[str, ...]]:
    """The folded words of a name, also with `عبد` joined to what follows it: the press writes both."""
    written = dict.fromkeys((name, re.sub(r"\bعبد (?=ال)", "عبد", name)))
    return [tuple(word.form.fold for word in read_words(spelling)) for spelling in written]


def read_persons() -> list[tuple[list[str], Person]]:
    """The table's rows: the names under which a person is known, and the person in an office.

    Raises:
        LexiconError: an unknown code, no date where one must be, a term that ends before it begins, an empty cell.
    """
    columns = ("code", "names", "nisba", "capitals", "seats", "ambiguous")
    items = read_items()
    owners = BODIES | {cells["code"] for _, cells in read_table(_COUNTRIES, columns)} | {None}
    rows = []
    for where, cells in read_table(SOURCE, COLUMNS):
        for column in ("names", "latin", "code", "office", "source"):
            if not cells[column]:
                raise LexiconError(f"{where}: {column} is empty; a row says who held what office and how that was checked")
        country, sector = split_code(cells["code"])
        if " ".join(filter(None, (country, sector))) != cells["code"] or country not in owners:
            raise LexiconError(
                f'{where}: unknown code "{cells["code"]}"; write a country (ISO3) or organisation, then a sector'
            )
        start = _day(where, cells["from"], last=False)
        end = _day(where, cells["to"], last=True) if cells["to"] else None
        if end and end < start:
            raise LexiconError(f"{where}: the term ends ({cells['to']}) before it begins ({cells['from']})")
        names = variants(cells["names"])
        item = items.get(("person", cells["latin"]))
        rows.append(
            (names, Person(names[0], cells["latin"], cells["code"], country, sector, cells["office"], start, end, item))
        )
    return rows


def _day(where: str, text: str, *, last: bool) -> dt.date:
    """The first (or last) day of a date that may leave out day or month."""
    match = _DATE.fullmatch(text)
    if not match:
        raise LexiconError(f'{where}: "{text}" is no date; write 2009-03-31, 2009-03 or 2009')
    year, month = int(match[1]), int(match[2] or (12 if last else 1))
    try:
        return dt.date(year, month, int(match[3] or (calendar.monthrange(year, month)[1] if last else 1)))
    except ValueError:
        raise LexiconError(f'{where}: "{text}" is no date of the calendar') from None
