"""The day of publication from an article's own words; tables in `tests/cases/page_dates`."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from rasid.arabic.sentences import split_sentences
from rasid.arabic.words import read_words
from rasid.coder import code
from rasid.model import Article, PageDate
from rasid.times import infer_date

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "page_dates" / "pages.yaml").read_text(encoding="utf-8"))
WEEKDAYS = ["الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"]
MONTHS = ["يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"]


def inferred(text: str) -> PageDate:
    return infer_date(read_words(span.text, span.start) for span in split_sentences(text))


@pytest.mark.parametrize("case", CASES, ids=[str(n) for n in range(1, len(CASES) + 1)])
def test_table(case: dict[str, Any]) -> None:
    found = inferred(case["text"])
    assert (found.start, found.end) == (case["start"], case["end"])
    assert any(str(case["why"]) in reason for reason in found.reasons) or not case["why"]


@given(st.dates(dt.date(1990, 1, 1), dt.date(2035, 12, 31)))
def test_the_day_said_with_its_weekday_and_date_is_the_day_of_publication(day: dt.date) -> None:
    text = f"وصل الوفد اليوم {WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year} إلى العاصمة."
    found = inferred(text)
    assert (found.start, found.end) == (day, day)


@given(st.dates(dt.date(1990, 1, 1), dt.date(2035, 12, 31)))
def test_a_date_without_its_year_lies_within_what_is_inferred(day: dt.date) -> None:
    text = f"وصل الوفد اليوم {WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}. وكانت الحرب بدأت عام {day.year - 1}."
    found = inferred(text)
    assert found.start is not None
    assert found.start <= day
    assert found.end is None or found.end >= day


def test_an_article_without_a_date_gets_the_interval_and_its_events_lie_in_it() -> None:
    text = "زار وزير الخارجية الفرنسي اليوم الأربعاء بيروت. وقال العام الماضي (2020) إن بلاده ستساعد لبنان."
    coded = code(Article("a", text))
    assert coded.article.date.evidence == "inferred"
    assert coded.article.date.reasons
    [visit] = [event for event in coded.events if event.mode == "visit"]
    assert visit.when is not None
    assert (visit.when.start, visit.when.end) == (dt.date(2021, 1, 6), dt.date(2021, 12, 29))


def test_a_date_that_is_known_is_left_alone() -> None:
    day = dt.date(2019, 3, 1)
    article = Article("a", "وقع البلدان اليوم الأربعاء 24 نوفمبر 2021 اتفاقا.", date=PageDate(day, day, "meta"))
    assert code(article).article.date == article.date


def test_what_was_inferred_once_is_inferred_anew() -> None:
    article = Article(
        "a", "وقع البلدان اليوم الأربعاء 24 نوفمبر 2021 اتفاقا.", date=PageDate(None, dt.date(2030, 1, 1), "inferred")
    )
    assert code(article).article.date.start == dt.date(2021, 11, 24)
