"""Latin forms: of persons by their country's way of spelling, of countries by their English names."""

import pytest

from rasid.actors.latin import alpha2, country_name, latin_of, romanize


def test_known_form_stands() -> None:
    assert latin_of("محمد العلوي", "MAR", "Mohammed VI") == "Mohammed VI"


def test_person_has_his_own_name_not_his_country() -> None:
    assert latin_of("محمد العلوي", "MAR", None) == "Mohamed Alaoui"


def test_nobody_by_name_has_his_country() -> None:
    assert latin_of(None, "KEN", None) == "Kenya"


def test_nobody_from_nowhere_has_no_form() -> None:
    assert latin_of(None, None, None) is None


@pytest.mark.parametrize(("country", "latin"), [("MAR", "Mohamed Alaoui"), ("SAU", "Mohammed Alaoui")])
def test_name_is_spelled_as_in_its_country(country: str, latin: str) -> None:
    assert romanize("محمد العلوي", country) == latin


@pytest.mark.parametrize(
    ("name", "latin"),
    [("عبد الفتاح السيسي", "Abdel Fattah el-Sisi"), ("بيني غانتس", "Benny Gantz"), ("باراك أوباما", "Barack Obama")],
)
def test_well_known_have_their_usual_form(name: str, latin: str) -> None:
    assert romanize(name, None) == latin


def test_well_known_name_within_a_longer_one_is_somebody_else() -> None:
    assert romanize("باراك أوباما الشريف", None) != "Barack Obama"


def test_organisation_spells_as_no_country() -> None:
    assert romanize("محمد العلوي", "UNO") == romanize("محمد العلوي", None)


def test_same_name_is_spelled_the_same_again() -> None:
    assert romanize("يوسف الشاهد", "TUN") == romanize("يوسف الشاهد", "TUN")


@pytest.mark.parametrize(
    ("country", "two", "name"),
    [
        ("MAR", "MA", "Morocco"),
        ("GBR", "GB", "United Kingdom"),
        ("ROU", "RO", "Romania"),
        ("SRB", "RS", "Serbia"),
        ("XKX", "XK", "Kosovo"),
        ("SSD", "SS", "South Sudan"),
    ],
)
def test_country_has_its_english_name(country: str, two: str, name: str) -> None:
    assert alpha2(country) == two
    assert country_name(country) == name


@pytest.mark.parametrize("code", ["UNO", "ZZQ", "", None])
def test_what_is_no_country_has_no_name(code: str | None) -> None:
    assert alpha2(code) is None
    assert country_name(code) is None
