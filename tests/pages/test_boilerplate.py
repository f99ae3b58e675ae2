from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from rasid.errors import LexiconError
from rasid.pages.boilerplate import COLUMNS, effect_of, load_rules, remove
from rasid.pages.lines import read_line, tidy

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases/pages/boilerplate.yaml").read_text(encoding="utf-8"))
PROSE = "قال وزير الدفاع إن القوات المشتركة أنهت انتشارها على طول الحدود الشرقية، وإن الوضع تحت السيطرة منذ مساء أمس."
MORE = "وأضاف الوزير أن بلاده ستواصل التنسيق مع الدول المجاورة في ملف أمن الحدود ومكافحة التهريب خلال الأشهر المقبلة."
HEADLINE = "وزير المالية يعرض الميزانية"


def clean(*lines: str) -> list[str]:
    return [line.text for line in remove(read_line(tidy(line)) for line in lines)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["line"][:40])
def test_a_line_is_what_the_table_of_cases_says(case: dict[str, Any]) -> None:
    effect = effect_of(read_line(tidy(case["line"])), begun=not case.get("top", False))
    assert (effect or "keep") == case["is"]


def test_a_comment_form_ends_an_article() -> None:
    assert clean(PROSE, MORE, "اترك تعليقا", "الاسم", "رأيي أن هذا الاتفاق لن يدوم طويلا.") == [PROSE, MORE]


def test_a_comment_form_above_the_article_ends_nothing() -> None:
    assert clean("أضف تعليق", PROSE, MORE) == [PROSE, MORE]


def test_a_box_ends_where_running_text_goes_on() -> None:
    assert clean(PROSE, "اقرأ أيضا", HEADLINE, "مباراة الليلة", MORE) == [PROSE, MORE]


def test_a_subheading_stays() -> None:
    assert clean(PROSE, "انتكاسة جديدة", MORE) == [PROSE, "انتكاسة جديدة", MORE]


def test_a_paragraph_that_the_page_repeats_is_kept_once() -> None:
    assert clean(PROSE, MORE, PROSE) == [PROSE, MORE]


_LINE = st.sampled_from([case["line"] for case in CASES] + [PROSE, MORE, HEADLINE]) | st.text(
    st.sampled_from("ابتقي .،:|-1 aX"), min_size=1, max_size=200
)


@given(st.lists(_LINE, max_size=25))
def test_cleaning_twice_is_cleaning_once(lines: list[str]) -> None:
    once = remove([read_line(text) for line in lines if (text := tidy(line))])
    assert remove(once) == once


@given(st.lists(_LINE, max_size=25))
def test_cleaning_adds_and_reorders_nothing(lines: list[str]) -> None:
    before = [read_line(text) for line in lines if (text := tidy(line))]
    rest = iter(before)
    assert all(line in rest for line in remove(before))


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("شارك,equals,any,line,,", '"shape" is "equals"; it must be one of is, starts, contains, matches'),
        ("شارك,is,middle,line,,", '"position" is "middle"'),
        ("شارك,is,any,drop,,", '"effect" is "drop"'),
        ("شارك,is,any,line,long,", '"upto" is "long"'),
        ("(شارك,matches,any,line,,", "does not compile"),
        ("(شارك|علق),matches,any,line,,", "groups must be written (?:...)"),
        ("...,is,any,line,,", "the pattern is empty"),
    ],
)
def test_a_mistake_in_the_data_names_its_line(tmp_path: Path, row: str, says: str) -> None:
    file = tmp_path / "boilerplate.csv"
    file.write_text(f"# patterns\n{','.join(COLUMNS)}\n{row}\n", encoding="utf-8")
    with pytest.raises(LexiconError) as caught:
        load_rules(file)
    assert str(caught.value).startswith("boilerplate.csv:3: ")
    assert says in str(caught.value)
