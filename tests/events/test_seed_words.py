"""Points 14 and 15 of the real page in `../shared/seed`, where it is there: its quotes and its agreement."""

from pathlib import Path

import pytest

import rasid
from rasid.coder import code
from rasid.model import Agreement, CodedArticle, Quote

PAGE = Path(__file__).parent.parent.parent.parent / "shared" / "seed" / "page.txt"
pytestmark = pytest.mark.skipif(not PAGE.exists(), reason="the seed page is not on this machine")


@pytest.fixture(scope="module")
def coded() -> CodedArticle:
    return code(rasid.code(PAGE.read_bytes(), date="2021-11-24").article)


@pytest.fixture(scope="module")
def agreement(coded: CodedArticle) -> Agreement:
    (one,) = [one for one in coded.agreements if {"MAR", "ISR"} <= {entity.country for entity in one.parties}]
    return one


def direct_by(coded: CodedArticle, *words: str) -> list[Quote]:
    """What somebody whom one of these words names says in his own words."""
    return [q for q in coded.quotes if q.direct and q.speaker and any(word in q.speaker.span.text for word in words)]


@pytest.mark.parametrize("begin", ["ننطلق بعد دقائق", "سوف نوقع"])
def test_two_quotes_are_gantzs(coded: CodedArticle, begin: str) -> None:
    said = direct_by(coded, "غانتس")
    assert len(said) == 2
    assert {one.speaker and one.speaker.latin for one in said} == {"Benny Gantz"}
    assert any(one.text.text.startswith(begin) for one in said)


@pytest.mark.parametrize("begin", ["وضع الحجر الأساس", "كان لدينا"])
def test_two_quotes_are_the_officials(coded: CodedArticle, begin: str) -> None:
    said = direct_by(coded, "مسؤول إسرائيلي")
    assert len(said) == 2
    assert any(one.text.text.startswith(begin) for one in said)


def test_one_quote_is_the_pages(coded: CodedArticle) -> None:
    (one,) = direct_by(coded, "ماروك")
    assert one.text.text.startswith("إطارا للتعاون المستقبلي")


def test_five_quotes_are_direct_and_no_more(coded: CodedArticle) -> None:
    assert sum(one.direct for one in coded.quotes) == 5


def test_its_parties_are_two_states(agreement: Agreement) -> None:
    assert sorted(entity.code for entity in agreement.parties) == ["ISR", "MAR"]


def test_it_is_a_framework_for_military_cooperation(agreement: Agreement) -> None:
    assert agreement.kind == "framework"
    assert "military" in agreement.fields


def test_it_was_signed_on_the_24th_in_rabat(agreement: Agreement) -> None:
    assert agreement.status == "signed"
    assert agreement.signed
    assert str(agreement.signed.start) == str(agreement.signed.end) == "2021-11-24"
    assert agreement.where
    assert (agreement.where.country, agreement.where.name) == ("MAR", "الرباط")


def test_two_ministers_signed_it(agreement: Agreement) -> None:
    signed = {(entity.code, entity.latin, entity.role is not None) for entity in agreement.signatories}
    assert signed == {("MAR GOV", "Abdellatif Loudiyi", True), ("ISR GOV", "Benny Gantz", True)}


def test_its_fields_are_three(agreement: Agreement) -> None:
    assert set(agreement.fields) == {"military", "security", "intelligence"}


@pytest.mark.parametrize(
    "words", ["قنوات رسمية", "الأرضية القانونية للتعاون الصناعي والتقني", "تبادل الزيارات", "التكوينات", "التمارين المشتركة"]
)
def test_it_provides(agreement: Agreement, words: str) -> None:
    assert any(words in span.text for span in agreement.provisions)


def test_it_is_the_first_of_its_kind_on_the_word_of_a_page(agreement: Agreement) -> None:
    assert "أول اتفاق من نوعه" in {span.text for span in agreement.claims}
    assert any("ماروك" in span.text for span in agreement.attributed_to)
