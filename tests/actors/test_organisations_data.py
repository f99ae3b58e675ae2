"""The table of organisations: named bodies and groups of the news."""

from pathlib import Path

import pytest

import rasid
from rasid.arabic.letters import fold
from rasid.lexicon import Row, read_table, variants

FOLDER = Path(rasid.__file__).parent / "actors" / "lexicon"
SECTORS = frozenset((
    "GOV", "LEG", "JUD", "MIL", "COP", "SPY", "OPP", "PTY", "REB", "UAF", "CRM",
    "CVL", "JRN", "BUS", "LAB", "EDU", "REL", "REF", "MED", "SOC", "ELI",
))  # fmt: skip
BODIES_OF_STATES = frozenset(("UNO", "EUR", "ARL", "NAT", "GCC", "AFU", "OIC", "IGO", "NGO"))
KINDS = frozenset(("organisation", "group"))
# Ordinary words: such a name stands in the table only with its head word (حركة فتح).
ORDINARY_WORDS = "فتح الشباب المستقبل الجزيرة العربية النهضة الحياة الأهرام الوفاق الكتائب الأمل العدل التايمز الخليج البيان"


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return list(read_table(FOLDER / "organisations.csv", ("names", "code", "kind", "latin")))


@pytest.fixture(scope="module")
def codes(rows: list[Row]) -> dict[str, str]:
    """Code by folded name."""
    return {fold(name): row.cells["code"] for row in rows for name in variants(row.cells["names"])}


@pytest.fixture(scope="module")
def countries() -> frozenset[str]:
    table = read_table(FOLDER / "countries.csv", ("code", "names", "nisba", "capitals", "seats", "ambiguous"))
    return frozenset(row.cells["code"] for row in table)


def is_code(code: str, countries: frozenset[str]) -> bool:
    """Whether `code` is a country or body of states, a sector, or the one and then the other."""
    first, _, second = code.partition(" ")
    if first in countries | BODIES_OF_STATES:
        return not second or second in SECTORS
    return first in SECTORS and not second


def test_there_are_enough_organisations(rows: list[Row]) -> None:
    assert len(rows) >= 250


def test_every_name_has_letters(rows: list[Row]) -> None:
    assert [row.where for row in rows if not all(name.strip() for name in row.cells["names"].split("|"))] == []


def test_codes_are_plovers(rows: list[Row], countries: frozenset[str]) -> None:
    assert [row for row in rows if not is_code(row.cells["code"], countries)] == []


def test_kinds_are_known(rows: list[Row]) -> None:
    assert [row for row in rows if row.cells["kind"] not in KINDS] == []


def test_every_row_has_a_latin_name(rows: list[Row]) -> None:
    assert [row.where for row in rows if not row.cells["latin"]] == []


def test_no_name_stands_twice(rows: list[Row]) -> None:
    places: dict[str, list[str]] = {}
    for row in rows:
        for name in variants(row.cells["names"]):
            places.setdefault(fold(name), []).append(row.where)
    assert {name: where for name, where in places.items() if len(where) > 1} == {}


@pytest.mark.parametrize("word", ORDINARY_WORDS.split())
def test_ordinary_words_are_no_names(codes: dict[str, str], word: str) -> None:
    assert fold(word) not in codes


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("الأمم المتحدة", "UNO"),
        ("مجلس الأمن الدولي", "UNO"),
        ("الاتحاد الأوروبي", "EUR"),
        ("الجامعة العربية", "ARL"),
        ("حلف شمال الأطلسي", "NAT"),
        ("مجلس التعاون الخليجي", "GCC"),
        ("الاتحاد الأفريقي", "AFU"),
        ("منظمة التعاون الإسلامي", "OIC"),
        ("صندوق النقد الدولي", "IGO"),
        ("المحكمة الجنائية الدولية", "IGO JUD"),
        ("هيومن رايتس ووتش", "NGO"),
        ("حزب الله", "LBN REB"),
        ("حماس", "PSE REB"),
        ("حركة فتح", "PSE PTY"),
        ("تنظيم القاعدة", "REB"),
        ("حركة طالبان", "AFG REB"),
        ("السلطة الفلسطينية", "PSE GOV"),
        ("البنتاغون", "USA MIL"),
        ("الكنيست", "ISR LEG"),
        ("الحرس الثوري", "IRN MIL"),
        ("أ ف ب", "FRA JRN"),
    ],
)
def test_known_names_have_their_codes(codes: dict[str, str], name: str, code: str) -> None:
    assert codes[fold(name)] == code
