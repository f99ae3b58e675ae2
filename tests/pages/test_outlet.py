from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from rasid.pages.lines import letters_of, read_line, tidy
from rasid.pages.outlet import is_outlet, outlet_in_rights, outlet_in_title, outlet_of_lines, without_outlet

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases/pages/outlets.yaml").read_text(encoding="utf-8"))


def letters(texts: list[str]) -> set[str]:
    return set(map(letters_of, texts))


@pytest.mark.parametrize("case", CASES["titles"], ids=lambda case: case["title"][:40])
def test_the_outlet_in_a_title_is_what_the_table_of_cases_says(case: dict[str, Any]) -> None:
    found = outlet_in_title(
        case["title"], letters(case["lines"]), letters(case.get("names", [])), letters(case.get("tops", []))
    )
    assert found == case["outlet"]


@pytest.mark.parametrize("case", CASES["rights"], ids=lambda case: case["line"][:40])
def test_the_outlet_in_a_copyright_line_is_what_the_table_of_cases_says(case: dict[str, Any]) -> None:
    lines = [read_line(text) for text in (case.get("top", "الرئيسية"), case["line"])]
    assert outlet_in_rights(lines) == case["outlet"]


@pytest.mark.parametrize(
    "title", ["قمة في عمان | صدى الجبل", "صدى الجبل - قمة في عمان", "قمة في عمان : صدى الجبل", "قمة في عمان « صدى الجبل"]
)
def test_a_title_is_without_the_outlet_s_name(title: str) -> None:
    assert without_outlet(title, "صدى الجبل") == "قمة في عمان"


def test_a_title_keeps_what_is_not_the_outlet_s_name() -> None:
    assert without_outlet("الأردن - العراق - سوريا", "صدى الجبل") == "الأردن - العراق - سوريا"


def test_a_masthead_counts_where_its_name_stands_elsewhere_too() -> None:
    page = ["شبكة النخيل الإعلامية", "أخبار", "قمة في عمان لبحث ملف المياه"]
    assert outlet_of_lines([*map(read_line, page)], page[-1]) is None
    assert outlet_of_lines([*map(read_line, [*page, "شبكة النخيل - عمان"])], page[-1]) == "شبكة النخيل الإعلامية"


def test_what_an_outlet_is_like_is_no_name_of_one() -> None:
    assert outlet_of_lines([*map(read_line, ["جريدة يومية مستقلة", "جريدة يومية مستقلة تصدر في عمان"])], None) is None


@pytest.mark.parametrize(("name", "is_one"), [("شبكة النخيل", True), ("صدى الجبل", True), ("سامي العلي", False)])
def test_an_outlet_is_no_writer(name: str, is_one: bool) -> None:
    assert is_outlet(name, "صدى الجبل الإخبارية") == is_one


@given(st.lists(st.text(st.sampled_from("ابلمحفوظة © 2022-|:.«» "), min_size=1, max_size=60), min_size=1, max_size=6))
def test_any_lines_are_searched_without_error(texts: list[str]) -> None:
    lines = [read_line(text) for text in map(tidy, texts) if text]
    if lines:
        name = outlet_of_lines(lines, lines[0].text)
        assert name is None or name.strip()
