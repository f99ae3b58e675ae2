"""Who is meant by what a user types."""

import pytest

from rasid.analysis import actor_named
from rasid.analysis.names import of_code
from rasid.errors import InputError
from rasid.record import Record


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("MAR", "MAR"),
        ("MAR GOV", "MAR GOV"),
        ("المغرب", "MAR"),
        ("Morocco", "MAR"),
        ("morocco", "MAR"),
        ("إسرائيل", "ISR"),
        ("الأمم المتحدة", "UNO"),
        ("United Nations", "UNO"),
        ("فلان الفلاني", None),
    ],
)
def test_names_and_codes(record: Record, asked: str, code: str | None) -> None:
    assert actor_named(record, asked).code == code


def test_a_body_that_shares_its_code_is_found_by_its_names(record: Record) -> None:
    found = actor_named(record, "اتحاد المغرب العربي")
    assert (found.code, "اتحاد المغرب العربي" in found.terms) == (None, True)


def test_a_byword_gives_no_country_its_name() -> None:
    assert [(of_code(code).english, of_code(code).arabic) for code in ("ISR", "MAR GOV", "IGO")] == [
        ("Israel", "إسرائيل"),
        ("Morocco, government", "المغرب, حكومة"),
        ("international organisations", "منظمات دولية"),
    ]


def test_nobody_is_an_error(record: Record) -> None:
    with pytest.raises(InputError, match="no name"):
        actor_named(record, "  ")
