"""The tables of countries, places, organisations and roles, compiled to one look-up by first word."""

from functools import cache
from pathlib import Path
from typing import NamedTuple

from rasid.arabic.letters import fold
from rasid.arabic.words import Form, Reading, Word, per_form
from rasid.errors import LexiconError
from rasid.lexicon import compiled, read_table, variants

FOLDER = Path(__file__).parent / "lexicon"
SOURCES = tuple(
    FOLDER / f"{name}.csv" for name in ("countries", "places", "organisations", "roles", "modifiers", "given_names", "anaphors")
)
PLACE_COLUMNS = ("names", "country", "kind", "latin", "lat", "lon", "iso", "claimants", "source")
BODIES = frozenset(("UNO", "EUR", "ARL", "NAT", "GCC", "AFU", "OIC", "IGO", "NGO"))  # codes that stand in a country's place
ROLE_KINDS = frozenset(("office", "body", "people"))
# A country's name has its ال or has it not; words of these kinds are found with it and without.
DOUBTFUL = "doubtful"  # a country's name that is an ordinary word as well
_EITHER = frozenset(("nisba", "office", "body", "people", "modifier"))
_FEMININE_AND_PLURAL = ("", "ه", "ون", "ين", "ان", "ات", "تان", "تين", "ا", "يه")


class Known(NamedTuple):
    """What a word or a row of words is known to be."""

    kind: str  # country, nisba, capital, seat, place, organisation, group, office, body, people, modifier, given, anaphor
    country: str | None  # ISO 3166 alpha-3, or an organisation's code in its place
    sector: str | None  # of an anaphor, what it stands for
    latin: str | None
    length: int  # in words


class Hit(NamedTuple):
    """A known name or role at a place in a sentence, and how its first word is taken apart."""

    known: Known
    reading: Reading


class Rows(NamedTuple):
    """What is known to begin with one word: by itself, and by the word that follows."""

    alone: Known | None
    longer: dict[str, list[tuple[tuple[str, ...], Known]]]  # second word -> the words after it; the longest first


@cache
def _index() -> dict[str, Rows]:
    """First word (with ال where it has it) -> what it begins."""
    index = {}
    for first, rows in compiled("actors", SOURCES, _build).items():
        longer: dict[str, list[tuple[tuple[str, ...], Known]]] = {}
        for rest, known in rows:
            if rest:
                longer.setdefault(rest[0], []).append((tuple(rest[1:]), Known(*known)))
        index[first] = Rows(next((Known(*known) for rest, known in rows if not rest), None), longer)
    return index


def _build() -> dict[str, list[tuple[tuple[str, ...], tuple[str | int | None, ...]]]]:
    index: dict[str, dict[tuple[str, ...], Known]] = {}
    for names, kind, country, sector, latin in _rows():
        for name in names:
            for words in _shapes(name, kind):
                known = Known(kind, country, sector, latin, len(words))
                index.setdefault(words[0], {}).setdefault(words[1:], known)
    return {
        first: [(rest, tuple(known)) for rest, known in sorted(rows.items(), key=lambda row: -len(row[0]))]
        for first, rows in index.items()
    }


def _rows() -> list[tuple[list[str], str, str | None, str | None, str | None]]:
    """Every table's rows as (names, kind, country, sector, latin); what comes first wins where two share a name."""
    rows: list[tuple[list[str], str, str | None, str | None, str | None]] = []
    for _, cells in read_table(FOLDER / "anaphors.csv", ("words", "stands_for")):
        rows.append((variants(cells["words"]), "anaphor", None, cells["stands_for"], None))
    for _, cells in read_table(FOLDER / "organisations.csv", ("names", "code", "kind", "latin")):
        country, sector = split_code(cells["code"])
        rows.append((variants(cells["names"]), cells["kind"], country, sector, cells["latin"] or None))
    countries = list(read_table(FOLDER / "countries.csv", ("code", "names", "nisba", "capitals", "seats", "ambiguous")))
    for _, cells in countries:
        ambiguous = set(variants(cells["ambiguous"]))
        for column, kind, sector in (("names", "country", None), ("seats", "seat", "GOV"), ("capitals", "capital", "GOV")):
            names = variants(cells[column])
            rows.append(([name for name in names if name not in ambiguous], kind, cells["code"], sector, None))
            rows.append(([name for name in names if name in ambiguous], DOUBTFUL, cells["code"], sector, None))
    for _, cells in countries:
        rows.append((variants(cells["nisba"]), "nisba", cells["code"], None, None))
    for _, cells in read_table(FOLDER / "places.csv", PLACE_COLUMNS):
        if cells["kind"] != "capital":  # whose names stand in countries.csv
            rows.append((variants(cells["names"]), "place", cells["country"] or None, None, cells["latin"] or None))
    for where, cells in read_table(FOLDER / "roles.csv", ("words", "sector", "kind")):
        if cells["kind"] not in ROLE_KINDS:
            raise LexiconError(f'{where}: unknown kind "{cells["kind"]}" (office, body or people)')
        rows.append((variants(cells["words"]), cells["kind"], None, cells["sector"] or None, None))
    for _, cells in read_table(FOLDER / "modifiers.csv", ("words", "sector")):
        rows.append((variants(cells["words"]), "modifier", None, cells["sector"], None))
    for _, cells in read_table(FOLDER / "given_names.csv", ("names",)):
        rows.append((variants(cells["names"]), "given", None, None, None))
    return rows


@cache
def owners() -> frozenset[str]:
    """The codes that can stand first in somebody's code: those of countries and of organisations."""
    columns = ("code", "names", "nisba", "capitals", "seats", "ambiguous")
    return BODIES | {cells["code"] for _, cells in read_table(FOLDER / "countries.csv", columns)}


def split_code(code: str) -> tuple[str | None, str | None]:
    """`LBN REB` -> ("LBN", "REB"); `UNO` -> ("UNO", None); `REB` -> (None, "REB")."""
    sectors = [
        "GOV",
        "LEG",
        "JUD",
        "MIL",
        "COP",
        "SPY",
        "OPP",
        "PTY",
        "REB",
        "UAF",
        "CRM",
        "CVL",
        "MED",
        "BUS",
        "LAB",
        "EDU",
        "REL",
        "REF",
        "JRN",
        "SOC",
        "ELI",
    ]
    parts = code.split()
    return next((part for part in parts if part not in sectors), None), next((part for part in parts if part in sectors), None)


def _shapes(name: str, kind: str) -> list[tuple[str, ...]]:
    """The word sequences, folded, under which a name is looked up; folded last, as ألماني has no ال to take off."""
    words = tuple(name.split())
    if kind == "nisba":
        shapes = [shape for inflected in _nisba(words) for shape in _with_article(inflected)]
    else:
        shapes = _with_article(words) if kind in _EITHER else [words]
    return list(dict.fromkeys(tuple(fold(word) for word in shape) for shape in shapes))


def _nisba(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    if not all(word.endswith("ي") for word in words):
        return [words]
    return [tuple(word + ending for word in words) for ending in _FEMININE_AND_PLURAL]


def _with_article(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    """With and without ال: `رئيس الأركان` has none to take, `كوري شمالي` takes two."""
    bare = tuple(word.removeprefix("ال") if len(word) > 4 else word for word in words)
    shapes = [words, ("ال" + bare[0], *words[1:])]
    if len(words) > 1 and words == bare:
        shapes.append(tuple("ال" + word for word in words))
    return list(dict.fromkeys(shapes))


def look_up(words: list[Word], at: int) -> Hit | None:
    """The longest known name or role that begins with the word at `at`; of equally long ones, that with the fewest clitics."""
    found = first_word(words[at].form)
    if not found:
        return None
    best: Hit | None = None
    following = words[at + 1].form.fold if at + 1 < len(words) else ""
    for reading, rows in found:
        known = _longest(words, at, rows.longer[following]) if following in rows.longer else None
        known = known or rows.alone
        if known and (best is None or known.length > best.known.length):
            best = Hit(known, reading)
    return best


def _longest(words: list[Word], at: int, rows: list[tuple[tuple[str, ...], Known]]) -> Known | None:
    for rest, known in rows:
        if at + known.length <= len(words) and all(words[at + 2 + n].form.fold == word for n, word in enumerate(rest)):
            return known
    return None


def is_given(word: str) -> bool:
    """Is this folded word a given name by itself?"""
    rows = _index().get(word)
    return bool(rows and rows.alone and rows.alone.kind == "given")


@per_form
def first_word(form: Form) -> tuple[tuple[Reading, Rows], ...]:
    """Every reading of a word under which something is known to begin with it."""
    index = _index()
    found: dict[str, tuple[Reading, Rows]] = {}
    for reading in form.readings:
        key = ("ال" if reading.article else "") + reading.stem
        rows = index.get(key)
        if rows and reading.pronoun:  # only a role has an owner: رئيسها
            rows = Rows(rows.alone, {}) if rows.alone and rows.alone.kind in ROLE_KINDS else None
        if rows:
            place = f"{reading.conjunction}{reading.preposition}.{key}.{reading.pronoun}"
            if reading.article or place not in found:  # of ال as letters and ال as the article, the article
                found[place] = (reading, rows)
    return tuple(found.values())


def all_names() -> list[tuple[list[str], str, str | None, str | None, str | None]]:
    """Every row of the tables, for whoever looks names up by something else: names, kind, country, sector, Latin form."""
    return _rows()
