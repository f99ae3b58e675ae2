"""The tables of countries and places: complete against CLDR, one meaning a name, nothing written twice."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

import pytest
from babel import Locale
from babel.core import get_global

from rasid.actors.lexicon import FOLDER, PLACE_COLUMNS
from rasid.arabic.letters import fold
from rasid.lexicon import read_table, variants

NAME_COLUMNS = ("names", "nisba", "capitals", "seats")
COUNTRIES = [cells for _, cells in read_table(FOLDER / "countries.csv", ("code", *NAME_COLUMNS, "ambiguous"))]
PLACES = [cells for _, cells in read_table(FOLDER / "places.csv", PLACE_COLUMNS) if cells["kind"] != "capital"]

# Two letters in CLDR that are no country or territory of ISO 3166-1: unions and regions (EU, EZ, QO, UN), tests (XA, XB, ZZ),
# and parts of countries with reserved codes (Ascension, Clipperton, Diego Garcia, Ceuta and Melilla, the Canaries, Tristan da
# Cunha).
NO_COUNTRY = {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ", "AC", "CP", "DG", "EA", "IC", "TA"}
# A capital of one country and a place in another, both written bare.
NAMESAKES = {fold(name) for name in ("طرابلس", "سان خوسيه", "سانتياغو")}


def bare(name: str) -> str:
    """`name` folded, each word without ال, what stands in brackets left out."""
    words = re.findall(r"\w+", fold(re.sub(r"\(.*?\)", "", name)))
    return " ".join(word.removeprefix("ال") if len(word) > 4 else word for word in words)


def territories() -> Iterator[tuple[str, str, str]]:
    """Every country and territory of CLDR as (alpha-2, our alpha-3 or nothing, Arabic name)."""
    ours = {cells["code"] for cells in COUNTRIES}
    alpha3 = defaultdict(set)
    for alias, targets in get_global("territory_aliases").items():
        if len(targets) == 1 and alias in ours:
            alpha3[targets[0]].add(alias)
    alpha3["XK"] = {"XKX"}  # user-assigned, so that CLDR has no alias for it
    for code, name in Locale("ar").territories.items():
        if len(code) == 2 and code not in NO_COUNTRY:
            yield code, " ".join(sorted(alpha3[code])), name


def owners(columns: tuple[str, ...]) -> dict[str, set[str]]:
    """Folded name -> codes of the countries that have it in one of `columns`."""
    found = defaultdict(set)
    for cells in COUNTRIES:
        for column in columns:
            for name in variants(cells[column]):
                found[fold(name)].add(cells["code"])
    return found


def test_every_territory_of_cldr_has_one_row() -> None:
    assert [(code, ours) for code, ours, _ in territories() if len(ours) != 3] == []
    assert {ours for _, ours, _ in territories()} == {cells["code"] for cells in COUNTRIES}


def test_codes_are_unique_and_have_three_letters() -> None:
    codes = Counter(cells["code"] for cells in COUNTRIES)
    assert [code for code, count in codes.items() if count > 1 or not re.fullmatch("[A-Z]{3}", code)] == []


def test_cldr_names_are_known() -> None:
    names = {cells["code"]: {bare(name) for name in variants(cells["names"])} for cells in COUNTRIES}
    missing = [(code, name) for _, code, name in territories() if bare(name) not in names[code]]
    assert missing == []


def test_a_name_belongs_to_one_country_unless_ambiguous() -> None:
    ambiguous = defaultdict(set)
    for cells in COUNTRIES:
        for name in variants(cells["ambiguous"]):
            ambiguous[fold(name)].add(cells["code"])
    shared = {name: codes for name, codes in owners(NAME_COLUMNS).items() if len(codes) > 1}
    assert {name: codes for name, codes in shared.items() if not codes <= ambiguous[name]} == {}


@pytest.mark.parametrize("column", NAME_COLUMNS)
def test_no_country_has_a_variant_twice(column: str) -> None:
    twice = [
        (cells["code"], name)
        for cells in COUNTRIES
        for name, count in Counter(map(fold, variants(cells[column]))).items()
        if count > 1
    ]
    assert twice == []


def test_ambiguous_variants_are_variants_of_their_row() -> None:
    strays = [
        (cells["code"], name)
        for cells in COUNTRIES
        for name in variants(cells["ambiguous"])
        if name not in {known for column in NAME_COLUMNS for known in variants(cells[column])}
    ]
    assert strays == []


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("المملكة المغربية", "MAR"),
        ("أميركا", "USA"),
        ("إنجلترا", "GBR"),
        ("كوت ديفوار", "CIV"),
        ("بورما", "MMR"),
        ("سورية", "SYR"),
        ("الجماهيرية الليبية", "LBY"),
        ("الاتحاد السوفياتي", "RUS"),
        ("كوسوفو", "XKX"),
    ],
)
def test_country_is_known_by_the_names_that_news_uses(name: str, code: str) -> None:
    assert owners(("names",))[fold(name)] == {code}


def test_no_country_has_jerusalem_as_capital() -> None:
    assert [name for name in owners(("capitals",)) if "قدس" in name] == []


def test_places_have_a_known_country_and_known_claimants() -> None:
    codes = {"", *(cells["code"] for cells in COUNTRIES)}
    assert [cells for cells in PLACES if not {cells["country"], *variants(cells["claimants"])} <= codes] == []


def test_places_have_a_name_and_a_latin_name() -> None:
    assert [cells for cells in PLACES if not variants(cells["names"]) or not re.fullmatch("[ -~]+", cells["latin"])] == []


def test_no_place_name_is_written_twice_in_one_country() -> None:
    names = Counter((cells["country"], fold(name)) for cells in PLACES for name in variants(cells["names"]))
    assert [name for name, count in names.items() if count > 1] == []


def test_no_place_name_is_a_countrys() -> None:
    known = owners(NAME_COLUMNS)
    assert [name for cells in PLACES for name in variants(cells["names"]) if fold(name) in known.keys() - NAMESAKES] == []


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("القدس", "PSE"),
        ("القدس الغربية", "ISR"),
        ("الجولان", "SYR"),
        ("قطاع غزة", "PSE"),
        ("دارفور", "SDN"),
        ("وزيرستان", "PAK"),
        ("كردستان العراق", "IRQ"),
        ("مضيق هرمز", ""),
    ],
)
def test_place_lies_in_its_country(name: str, country: str) -> None:
    assert [cells["country"] for cells in PLACES if name in variants(cells["names"])] == [country]
