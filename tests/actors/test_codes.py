"""What the codebook says of codes: `tests/cases/actors/codes.yaml`."""

import datetime as dt
from pathlib import Path

import pytest
import yaml

from rasid.actors.lexicon import split_code
from rasid.coder import find_mentions
from rasid.model import Article, PageDate

ROOT = Path(__file__).parents[2]
CASES: list[dict[str, str]] = yaml.safe_load((ROOT / "tests/cases/actors/codes.yaml").read_text("utf-8"))
DAY = PageDate(dt.date(2021, 11, 24), dt.date(2021, 11, 24), "given")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["words"])
def test_words_have_their_code(case: dict[str, str]) -> None:
    [mention] = find_mentions(Article("case", f"{case['words']}.", date=DAY))
    assert mention.code == case["code"]


def test_the_codebook_explains_every_sector() -> None:
    codebook = (ROOT / "docs/codebook.md").read_text("utf-8")
    sectors = {split_code(case["code"])[1] for case in CASES} - {None}
    assert len(sectors) >= 20
    assert [sector for sector in sectors if f"| {sector} |" not in codebook] == []
