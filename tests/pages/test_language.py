from pathlib import Path

import pytest
import yaml

from rasid.pages.language import read_language

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases/pages/languages.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40])
def test_a_language_is_told_as_the_table_of_cases_says(case: dict[str, str]) -> None:
    assert read_language(case["text"]).code == case["is"]


def test_arabizi_is_called_by_its_name() -> None:
    assert read_language("3ashan el 7okoma msh 3arfa te3mel 2eh m3 el nas").name == "Arabic in Latin letters"
