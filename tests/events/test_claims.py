"""Claims that rank or count: `tests/cases/claims.yaml`."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from rasid.coder import code
from rasid.contract import from_json, to_json
from rasid.errors import LexiconError
from rasid.events.claims_words import read_claim_words
from rasid.model import Article, Claim, PageDate

CASES = yaml.safe_load((Path(__file__).parent.parent / "cases" / "claims.yaml").read_text(encoding="utf-8"))
DAY = dt.date(2021, 11, 24)


def claims_of(text: str) -> tuple[Claim, ...]:
    return code(Article("a", text, date=PageDate(DAY, DAY, "given"))).claims


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:60] for case in CASES])
def test_claims_are_found_with_their_kind_number_and_words(case: dict[str, Any]) -> None:
    found = claims_of(case["text"])
    assert [[one.kind, one.number, one.span.text] for one in found] == case["claims"]
    if "since" in case:
        assert found[0].since
        assert found[0].since.start == case["since"]
    assert [one.negated for one in found] == [case.get("negated", False)] * len(found)


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 40


def test_a_claim_in_somebodys_words_is_his() -> None:
    (claim,) = claims_of("قال وزير النفط العراقي إن الحقل هو أكبر حقل في العالم.")
    assert [span.text for span in claim.attributed_to] == ["وزير النفط العراقي"]


def test_what_is_ranked_and_who_is_named_are_kept() -> None:
    (claim,) = claims_of("وكان المغرب رابع بلد عربي يطبع علاقاته مع إسرائيل في 2020.")
    assert claim.what
    assert claim.what.text == "بلد عربي يطبع علاقاته مع إسرائيل"
    assert {"MAR", "ISR"} <= {entity.code for entity in claim.about}


def test_claims_stand_in_the_contract_and_come_back() -> None:
    coded = code(Article("a", "وصل الوزير إلى القاهرة للمرة الأولى منذ عام 2011."))
    assert coded.claims
    assert from_json(to_json(coded)).claims == coded.claims


@given(st.text(alphabet="أولثانيرابعللمرةالىمنذ بعددام.،", max_size=60))
def test_whatever_the_text_every_span_stands_at_its_words(text: str) -> None:
    for claim in claims_of(text):
        for span in (claim.span, claim.what, claim.scope):
            assert span is None or text[span.start : span.end] == span.text


@pytest.mark.parametrize("line", ["rang,ثالث,rank,3", "ordinal,ثالث,rank,three", "ordinal,,rank,3"])
def test_a_mistake_in_the_words_names_its_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "claims.csv"
    path.write_text(f"kind,words,as,number\n{line}\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=r"^claims\.csv:2: "):
        read_claim_words(path)
