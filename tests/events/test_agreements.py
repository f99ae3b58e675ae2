"""The agreements that an article reports: `tests/cases/agreements.yaml`, and the seed's."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml

import rasid
from rasid.coder import code
from rasid.contract import from_json, to_json
from rasid.errors import LexiconError
from rasid.events.agreements_words import read_agreement_words
from rasid.model import Agreement, Article, PageDate

CASES = yaml.safe_load((Path(__file__).parent.parent / "cases" / "agreements.yaml").read_text(encoding="utf-8"))
DAY = dt.date(2021, 11, 24)
PAGE = Path(__file__).parent.parent.parent.parent / "shared" / "seed" / "page.txt"


def agreements_of(text: str) -> tuple[Agreement, ...]:
    return code(Article("a", text, date=PageDate(DAY, DAY, "given"))).agreements


def seen(one: Agreement) -> dict[str, Any]:
    days = {name: getattr(one, name) for name in ("announced", "signed", "ratified", "in_force", "suspended", "ended")}
    return {
        "kind": one.kind,
        "parties": sorted(entity.country or "?" for entity in one.parties),
        "status": one.status,
        "fields": list(one.fields),
        "provisions": [span.text for span in one.provisions],
        "where": one.where and one.where.country,
        "name": one.name,
        **{name: day and day.start for name, day in days.items()},
    }


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:60] for case in CASES])
def test_agreements_are_found_with_parties_kind_and_what_became_of_them(case: dict[str, Any]) -> None:
    found = [seen(one) for one in agreements_of(case["text"])]
    assert len(found) == len(case["agreements"])
    for one, wanted in zip(found, case["agreements"], strict=True):
        assert {key: one[key] for key in wanted} == wanted


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 40


def test_signatories_are_kept_with_their_offices() -> None:
    (one,) = agreements_of("وقع وزير الدفاع المصري محمد زكي ووزير الدفاع السوداني ياسين إبراهيم اتفاقية عسكرية.")
    assert sorted(entity.code for entity in one.signatories) == ["EGY GOV", "SDN GOV"]
    assert sorted(entity.country or "" for entity in one.parties) == ["EGY", "SDN"]


def test_whoever_says_it_and_what_ranks_it_go_with_it() -> None:
    (one,) = agreements_of("قالت وكالة الأنباء السعودية إن المملكة والعراق وقعا أول اتفاقية للنقل بين البلدين.")
    assert [span.text for span in one.claims] == ["أول اتفاقية للنقل بين البلدين"]
    assert one.attributed_to


def test_agreements_stand_in_the_contract_and_come_back() -> None:
    text = "وقعت مصر وقطر أمس مذكرة تفاهم، تنص على تبادل الخبرات. ودخلت المذكرة حيز التنفيذ اليوم."
    coded = code(Article("a", text, date=PageDate(DAY, DAY, "given")))
    assert coded.agreements
    assert from_json(to_json(coded)).agreements == coded.agreements


@pytest.mark.skipif(not PAGE.exists(), reason="the seed page is not on this machine")
def test_the_agreement_of_the_seed_comes_out_whole() -> None:
    article = rasid.code(PAGE.read_bytes(), date="2021-11-24").article
    (one,) = [one for one in code(article).agreements if {"MAR", "ISR"} <= {entity.country for entity in one.parties}]
    assert len(one.parties) == 2
    assert (one.kind, one.status) == ("framework", "signed")
    assert one.signed
    assert one.signed.start == one.signed.end == DAY
    assert one.where
    assert one.where.country == "MAR"
    assert sorted(entity.code for entity in one.signatories) == ["ISR GOV", "MAR GOV"]
    assert {"military", "security", "intelligence"} <= set(one.fields)
    assert len(one.provisions) == 3
    assert any("من نوعه" in span.text for span in one.claims)
    assert any("فار" in span.text for span in one.attributed_to)


@pytest.mark.parametrize("line", ["nouns,اتفاق,agreement", "phase,وقع,written", "noun,,agreement"])
def test_a_mistake_in_the_words_names_its_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "agreements.csv"
    path.write_text(f"kind,words,as\n{line}\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=r"^agreements\.csv:2: "):
        read_agreement_words(path)
