"""The table of roles: words by which news names people and bodies without their proper names."""

from pathlib import Path

import pytest

import rasid
from rasid.arabic.letters import fold
from rasid.lexicon import Row, read_table, variants

TABLE = Path(rasid.__file__).parent / "actors" / "lexicon" / "roles.csv"
SECTORS = frozenset((
    "GOV", "LEG", "JUD", "MIL", "COP", "SPY", "OPP", "PTY", "REB", "UAF", "CRM",
    "CVL", "JRN", "BUS", "LAB", "EDU", "REL", "REF", "MED", "SOC", "ELI",
))  # fmt: skip
KINDS = frozenset(("office", "body", "people"))
# More often a verb, an adverb or another thing than a role; a row that holds one of them alone would find actors everywhere.
MORE_OFTEN_SOMETHING_ELSE = (
    "إمام طالب طالبان داعية قتلة والي رئيسي رئيسية ملكي شعبي شخصي نظامي مدنية مسلحة إرهابي عسكري "
    "أمني قاتل عام أمين كرد جهة شعبان مشيرا شاهد عنصري"
)


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return list(read_table(TABLE, ("words", "sector", "kind")))


@pytest.fixture(scope="module")
def sectors(rows: list[Row]) -> dict[str, str]:
    """Sector by folded form."""
    return {fold(form): row.cells["sector"] for row in rows for form in variants(row.cells["words"])}


def test_there_are_enough_roles(rows: list[Row]) -> None:
    assert len(rows) >= 350


def test_every_form_has_letters(rows: list[Row]) -> None:
    assert [row.where for row in rows if not all(form.strip() for form in row.cells["words"].split("|"))] == []


def test_sectors_are_plovers_or_empty(rows: list[Row]) -> None:
    assert [row for row in rows if row.cells["sector"] not in SECTORS | {""}] == []


def test_kinds_are_known(rows: list[Row]) -> None:
    assert [row for row in rows if row.cells["kind"] not in KINDS] == []


def test_no_form_stands_twice(rows: list[Row]) -> None:
    places: dict[str, list[str]] = {}
    for row in rows:
        for form in variants(row.cells["words"]):
            places.setdefault(fold(form), []).append(row.where)
    assert {form: where for form, where in places.items() if len(where) > 1} == {}


@pytest.mark.parametrize("word", MORE_OFTEN_SOMETHING_ELSE.split())
def test_words_that_mostly_mean_something_else_are_left_out(sectors: dict[str, str], word: str) -> None:
    assert fold(word) not in sectors


@pytest.mark.parametrize(
    ("forms", "sector"),
    [
        ("وزير وزيرة وزراء وزيرا وزيران وزيرين", "GOV"),
        ("جندي جنود جنديا جنديان جنديين", "MIL"),
        ("شرطي شرطيا شرطيون شرطيين", "COP"),
        ("متظاهر متظاهرون متظاهرين متظاهرة متظاهري متظاهرو", "CVL"),
        ("مسلح مسلحون مسلحين مسلحو مسلحي", "UAF"),
        ("متمرد متمردون متمردين", "REB"),
        ("محكمة محاكم قضاة", "JUD"),
        ("صحافي صحفيون صحافيين مصور", "JRN"),
        ("لاجئ لاجئون لاجئين نازحون", "REF"),
        ("نائب نواب برلمان", "LEG"),
        ("زعيم زعماء قائد قادة عناصر متحدث ناطق", ""),
    ],
)
def test_inflected_forms_have_their_sector(sectors: dict[str, str], forms: str, sector: str) -> None:
    assert {form: sectors.get(fold(form)) for form in forms.split()} == dict.fromkeys(forms.split(), sector)


@pytest.mark.parametrize(
    ("phrase", "sector"),
    [
        ("رئيس الوزراء", "GOV"),
        ("رئيس الأركان", "MIL"),
        ("رئيس مجلس النواب", "LEG"),
        ("قوات الأمن", "COP"),
        ("المعارضة المسلحة", "REB"),
        ("رجال الأعمال", "BUS"),
        ("رجل دين", "REL"),
        ("نائب عام", "JUD"),
    ],
)
def test_a_phrase_overrules_the_sector_of_its_head(sectors: dict[str, str], phrase: str, sector: str) -> None:
    without_article = " ".join(fold(word).removeprefix("ال") for word in phrase.split())
    assert sectors.get(fold(phrase), sectors.get(without_article)) == sector
