import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml

from rasid.pages.dateline import is_date_line, issue_of, read_agency, read_date, read_dateline, signed_agency
from rasid.pages.lines import Line, read_line, tidy

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases/pages/dates.yaml").read_text(encoding="utf-8"))


def lines(*texts: str) -> list[Line]:
    return [read_line(tidy(text)) for text in texts]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["line"][:40])
def test_a_date_is_read_as_the_table_of_cases_says(case: dict[str, Any]) -> None:
    line = read_line(tidy(case["line"]))
    assert (read_date(line.text), is_date_line(line)) == (case["date"], case["alone"])


def test_the_line_under_a_headline_gives_writer_and_date() -> None:
    dateline = read_dateline(lines("كتبت: سلمى الحداد", "24 نوفمبر 2021"))
    assert (dateline.byline, dateline.date) == ("سلمى الحداد", dt.date(2021, 11, 24))


def test_a_name_beside_the_date_is_kept_apart_from_a_signed_one() -> None:
    dateline = read_dateline(lines("حسن مراد - بيروت", "24/11/2021"))
    assert (dateline.byline, dateline.name) == (None, "حسن مراد")


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("رلى حدّاد - الاثنين 8 أيار 2023", "رلى حدّاد"),
        ("نُشر في 12 جانفي 2022 بواسطة آمال الغربي", "آمال الغربي"),
        ("غزة - سامي العلي | 8 أيار 2023", "سامي العلي"),
        ("أخبار لبنان - الاثنين 8 أيار 2023", None),
        ("بيروت - الاثنين 8 أيار 2023", None),
        ("شبكة النخيل - 8 أيار 2023", None),
    ],
)
def test_a_name_may_stand_in_the_line_of_the_date(line: str, name: str | None) -> None:
    assert read_dateline(lines(line)).name == name


@pytest.mark.parametrize("line", ["نابلس - خاص", "رام الله - خاص", "دير الزور", "طرابلس - بوابة النخيل"])
def test_a_place_beside_the_date_is_no_writer(line: str) -> None:
    assert read_dateline(lines("24 نوفمبر 2021", line)).name is None


def test_a_dash_may_be_a_lengthening_stroke() -> None:
    assert read_dateline(lines("كتب ـ سامي العلي ومنى حسن:")).byline == "سامي العلي ومنى حسن"


def test_the_day_of_an_issue_is_that_beside_its_number() -> None:
    top = lines("جريدة يومية سياسية", "العدد 6214 - الأحد 27 يونيو 2021 م - 17 ذو القعدة 1442 هـ")
    assert issue_of(top, "عقد الوزراء أمس اجتماعا.") == dt.date(2021, 6, 27)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("دخل الاتفاق حيز التنفيذ صباح اليوم الخميس.", dt.date(2022, 9, 8)),
        ("التقى الوزير أمس الأربعاء وفدا من المدينة.", dt.date(2022, 9, 8)),
        ("دخل الاتفاق حيز التنفيذ صباح اليوم الجمعة.", None),
        ("دخل الاتفاق حيز التنفيذ صباح الخميس.", None),
    ],
)
def test_the_day_at_the_top_counts_where_the_text_calls_its_weekday_today(text: str, day: dt.date | None) -> None:
    assert issue_of(lines("بوابة النخيل", "الخميس 08 سبتمبر 2022", "الرئيسية"), text) == day


def test_a_report_that_reveals_is_no_byline() -> None:
    assert read_dateline(lines("تقرير يكشف خطة جديدة")).byline is None


def test_the_day_of_the_last_change_is_not_the_day_of_publication() -> None:
    dateline = read_dateline(lines("آخر تحديث: 28 آب/أغسطس 2021"))
    assert (dateline.date, dateline.updated) == (None, dt.date(2021, 8, 28))


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("بيروت (أ ف ب) - أعلن الجيش اللبناني أمس", "أ ف ب"),
        ("عدن (رويترز) - قال سكان", "رويترز"),
        ("وصل الوفد صباح اليوم.\nوغادر مساء. (د ب أ)", "د ب أ"),
        ("وصل الوفد صباح اليوم.\n(الأناضول)", "الأناضول"),
        ("نقلت وكالة رويترز عن مصدر (طلب عدم ذكر اسمه) قوله", None),
    ],
)
def test_wire_copy_is_known_by_its_signature(text: str, agency: str | None) -> None:
    assert signed_agency(text) == agency


@pytest.mark.parametrize(("name", "agency"), [("أ.ف.ب", "أ ف ب"), ("الأناضول - وكالات", "الأناضول"), ("سلمى الحداد", None)])
def test_signatures_of_an_agency_are_one_agency(name: str, agency: str | None) -> None:
    assert read_agency(name) == agency


def test_a_source_line_names_the_agency() -> None:
    assert read_dateline(lines("المصدر: رويترز")).agency == "رويترز"
