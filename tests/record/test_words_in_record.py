"""Quotes, claims and agreements in a record: found by whom, of whom and when; kept when coded anew, and gone when forgotten."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from rasid.analysis.agreements import read_register
from rasid.coder import code, coder_version
from rasid.errors import InputError
from rasid.model import Article, PageDate
from rasid.record import (
    AgreementQuery,
    ClaimQuery,
    QuoteQuery,
    Record,
    add,
    find_agreements,
    find_claims,
    find_quotes,
    load_article,
    open_record,
)
from rasid.record.checking import check
from rasid.record.forgetting import forget_article, forget_person
from rasid.record.recoding import recode

DAY = dt.date(2021, 11, 24)
TEXTS = {
    "a": "قال وزير الدفاع الإسرائيلي بيني غانتس لصحيفة «هآرتس» إن المغرب شريك مهم. وأضاف «سوف نواصل العمل مع الرباط».",
    "b": "وقع المغرب وإسرائيل اليوم في الرباط أول اتفاق للتعاون العسكري بين البلدين، ينص على تبادل الخبرات وتدريب الجنود.",
    "c": "وقع المغرب وإسرائيل أمس اتفاقا للتعاون العسكري. وقال وزير الخارجية الإيراني إن الاتفاق خطير.",
    "d": "وقعت مصر والأردن والعراق اتفاقية للربط الكهربائي.",
}


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with open_record(tmp_path / "r.sqlite") as opened:
        for n, (name, text) in enumerate(TEXTS.items()):
            day = DAY + dt.timedelta(days=1 if name == "c" else 0)
            article = Article(name, text, source=f"outlet {n}", date=PageDate(day, day, "given"), language="ar")
            add(opened, code(article), f"{name}.txt", coder_version())
        yield opened


@pytest.mark.parametrize(
    ("query", "number"),
    [
        (QuoteQuery(by="Gantz"), 2),
        (QuoteQuery(by="غانتس"), 2),
        (QuoteQuery(by="ISR GOV"), 2),
        (QuoteQuery(by="إسرائيل"), 2),
        (QuoteQuery(by="Iran"), 1),
        (QuoteQuery(by="Gantz", about="Morocco"), 2),
        (QuoteQuery(by="Gantz", direct=True), 1),
        (QuoteQuery(about="المغرب"), 2),
        (QuoteQuery(words="خطير"), 1),
        (QuoteQuery(through="هآرتس"), 1),
        (QuoteQuery(start=DAY + dt.timedelta(days=1)), 1),
        (QuoteQuery(source="outlet 3"), 0),
    ],
)
def test_quotes_are_found_by_speaker_subject_words_and_day(record: Record, query: QuoteQuery, number: int) -> None:
    assert len(list(find_quotes(record, query))) == number


def test_a_quote_asked_of_nobody_is_an_error(record: Record) -> None:
    with pytest.raises(InputError, match="nobody is named"):
        list(find_quotes(record, QuoteQuery(by="  ")))


def test_claims_are_found_by_kind_and_about(record: Record) -> None:
    (row,) = find_claims(record, ClaimQuery(kinds=("first",), about="Israel"))
    assert row.article_id == "b"
    with pytest.raises(InputError, match="no kind of claim"):
        list(find_claims(record, ClaimQuery(kinds=("best",))))


def test_agreements_are_found_by_party_kind_and_day(record: Record) -> None:
    assert {row.article_id for row in find_agreements(record, AgreementQuery(parties=("Morocco", "إسرائيل")))} == {"b", "c"}
    assert [row.article_id for row in find_agreements(record, AgreementQuery(fields=("energy",)))] == ["d"]
    assert not list(find_agreements(record, AgreementQuery(start=dt.date(2022, 6, 1))))


def test_one_agreement_of_two_articles_is_one_entry(record: Record) -> None:
    entries = read_register(record)
    assert [sorted({row.article_id for row in entry.reports}) for entry in entries] in (
        [["b", "c"], ["d"]],
        [["d"], ["b", "c"]],
    )
    (one,) = [entry for entry in entries if len(entry.reports) == 2]
    assert one.signed
    assert one.signed.start == DAY


def test_what_reports_disagree_on_is_kept(tmp_path: Path) -> None:
    with open_record(tmp_path / "r.sqlite") as opened:
        for name, city in (("a", "الدوحة"), ("b", "القاهرة")):
            text = f"وقعت مصر وقطر اليوم في {city} اتفاقية للتعاون العسكري."
            add(opened, code(Article(name, text, date=PageDate(DAY, DAY, "given"))), f"{name}.txt", coder_version())
        (entry,) = read_register(opened)
    assert [(one.about, [version.value for version in one.versions]) for one in entry.disputes] == [("where", ["QAT", "EGY"])]


def test_all_that_was_read_comes_back_and_lasts_when_coded_anew(record: Record) -> None:
    before = load_article(record, "a")
    article = Article("a", TEXTS["a"], source="outlet 0", date=PageDate(DAY, DAY, "given"), language="ar")
    assert before.quotes == code(article).quotes
    list(recode(record, code, "2+abc", all_of_them=True))
    assert load_article(record, "a").quotes == before.quotes
    assert list(check(record)) == []


def test_what_was_forgotten_is_in_no_quote(record: Record) -> None:
    forget_person(record, "بيني غانتس", by="tester")
    assert not list(find_quotes(record, QuoteQuery(by="غانتس")))
    forget_article(record, "b", by="tester")
    assert not list(find_claims(record))
    assert list(check(record)) == []
