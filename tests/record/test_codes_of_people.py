"""Codes as people write them in corrections."""

import pytest

from rasid.errors import InputError
from rasid.record.corrections import entity_code


@pytest.mark.parametrize(
    ("code", "parts"),
    [("MAR GOV", ("MAR", "GOV")), ("UNO", ("UNO", None)), ("CVL", (None, "CVL")), ("XKX", ("XKX", None))],
)
def test_a_code_has_a_country_or_organisation_a_sector_or_both(code: str, parts: tuple[str | None, str | None]) -> None:
    assert entity_code(code) == parts


@pytest.mark.parametrize("code", ["ZZZ", "ZZZ GOV", "KAS", "morocco", ""])
def test_a_code_that_does_not_exist_is_refused_by_name(code: str) -> None:
    with pytest.raises(InputError, match="is no "):
        entity_code(code)
