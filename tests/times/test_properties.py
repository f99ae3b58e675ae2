"""What holds for every day and every text."""

import datetime as dt
from itertools import pairwise

import pytest
from hijridate import Gregorian
from hypothesis import given, settings
from hypothesis import strategies as st

from rasid.arabic.words import read_words
from rasid.model import UNKNOWN_DATE, PageDate
from rasid.times import find_times

NAMES = {
    "gulf": "يناير|فبراير|مارس|أبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر",
    "levant": "كانون الثاني|شباط|آذار|نيسان|أيار|حزيران|تموز|آب|أيلول|تشرين الأول|تشرين الثاني|كانون الأول",
    "morocco": "يناير|فبراير|مارس|أبريل|ماي|يونيو|يوليوز|غشت|شتنبر|أكتوبر|نونبر|دجنبر",
    "tunisia": "جانفي|فيفري|مارس|أفريل|ماي|جوان|جويلية|أوت|سبتمبر|أكتوبر|نوفمبر|ديسمبر",
    "hijri": "محرم|صفر|ربيع الأول|ربيع الآخر|جمادى الأولى|جمادى الآخرة|رجب|شعبان|رمضان|شوال|ذو القعدة|ذو الحجة",
    "weekdays": "الاثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت|الأحد",
    "units": "الحادي|الثاني|الثالث|الرابع|الخامس|السادس|السابع|الثامن|التاسع",
    "ordinals": "الأول|الثاني|الثالث|الرابع|الخامس|السادس|السابع|الثامن|التاسع|العاشر",
}
GULF, LEVANT, MOROCCO, TUNISIA, HIJRI, WEEKDAYS, UNITS, FIRST = (names.split("|") for names in NAMES.values())
ORDINALS = [
    *FIRST,
    *(f"{unit} عشر" for unit in UNITS),
    "العشرين",
    *(f"{unit} والعشرين" for unit in UNITS),
    "الثلاثين",
    "الحادي والثلاثين",
]
EASTERN = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def hijri(day: dt.date) -> str:
    date = Gregorian(day.year, day.month, day.day).to_hijri()
    return f"{date.day} {HIJRI[date.month - 1]} {date.year}هـ"


FORMS = {
    "gulf": lambda day: f"{day.day} {GULF[day.month - 1]} {day.year}",
    "levant": lambda day: f"{day.day} {LEVANT[day.month - 1]} {day.year}",
    "morocco": lambda day: f"{day.day} {MOROCCO[day.month - 1]} {day.year}",
    "tunisia": lambda day: f"{day.day} {TUNISIA[day.month - 1]} {day.year}",
    "doubled": lambda day: f"{day.day} {LEVANT[day.month - 1]}/{GULF[day.month - 1]} {day.year}",
    "bracketed": lambda day: f"{day.day} {GULF[day.month - 1]} ({LEVANT[day.month - 1]}) عام {day.year}",
    "in words": lambda day: f"{ORDINALS[day.day - 1]} من {GULF[day.month - 1]} {day.year}",
    "weekday": lambda day: f"{WEEKDAYS[day.weekday()]} {day.day} {GULF[day.month - 1]} {day.year}",
    "strokes": lambda day: f"{day.day}/{day.month}/{day.year}",
    "iso": lambda day: day.isoformat(),
    "eastern digits": lambda day: f"{day.day} {GULF[day.month - 1]} {day.year}".translate(EASTERN),
    "hijri": hijri,
}
TEN_YEARS = [dt.date(2012, 1, 1) + dt.timedelta(days=count) for count in range(3653)]


@pytest.mark.parametrize("form", FORMS)
def test_every_day_of_ten_years_is_read_back(form: str) -> None:
    for day in TEN_YEARS:
        written = FORMS[form](day)
        text = f"وقع الاتفاق في {written} في جدة"
        found = find_times(text, read_words(text), UNKNOWN_DATE)
        assert [(one.start, one.end, one.span and one.span.text) for one in found] == [(day, day, written)]


@given(st.dates(dt.date(2000, 1, 1), dt.date(2030, 12, 31)), st.integers(0, 6))
def test_a_bare_weekday_of_a_report_lies_in_the_week_up_to_the_page(day: dt.date, weekday: int) -> None:
    text = f"وصل الوفد {WEEKDAYS[weekday]}"
    found = find_times(text, read_words(text), PageDate(day, day, "given"))[0].start
    assert found is not None
    assert found.weekday() == weekday
    assert 0 <= (day - found).days < 7


@given(st.dates(dt.date(2000, 1, 1), dt.date(2030, 12, 31)), st.integers(0, 6))
def test_a_bare_weekday_of_a_plan_lies_in_the_week_from_the_page_on(day: dt.date, weekday: int) -> None:
    text = f"سيصل الوفد {WEEKDAYS[weekday]}"
    found = find_times(text, read_words(text), PageDate(day, day, "given"))[0].start
    assert found is not None
    assert found.weekday() == weekday
    assert 0 <= (found - day).days < 7


WRITTEN = """
أمس غدا اليوم الجمعة الاثنين الماضي المقبل مساء ليل يوم شهر عام العام السنة 3 17 2003 1436هـ 24/11/2021 2003-2005 مارس آذار
( ) / - ، . من إلى حتى بين و في منذ قبل بعد يومين ثلاثة أيام سنوات الأسبوع نهاية منتصف النصف الأول الثاني عشر والعشرين
صيف الصيف رمضان عيد الفطر نفسه نفس هذا الأيام الثلاثة الماضية كانون أول ال وقبل ونصف الوزير قال سيعقد « » :
"""
PIECES = WRITTEN.split()


@settings(max_examples=300)
@given(st.lists(st.sampled_from(PIECES), max_size=14), st.dates(dt.date(1950, 1, 1), dt.date(2060, 1, 1)))
def test_any_mixture_of_time_words_gives_spans_that_slice_back_and_intervals_in_order(pieces: list[str], day: dt.date) -> None:
    text = " ".join(pieces)
    after = 0
    for one in find_times(text, read_words(text), PageDate(day, day, "given")):
        assert one.span is not None
        assert one.start is not None
        assert one.end is not None
        assert text[one.span.start : one.span.end] == one.span.text
        assert one.start <= one.end
        assert one.span.start >= after
        after = one.span.end


def read_on(day: dt.date, text: str) -> tuple[dt.date | None, dt.date | None]:
    (found,) = find_times(text, read_words(text), PageDate(day, day, "given"))
    return found.start, found.end


def test_near_days_of_ten_years() -> None:
    said = {"أول من أمس": -2, "أمس": -1, "اليوم": 0, "غدا": 1, "بعد غد": 2, "قبل ثلاثة أيام": -3, "قبل 17 يوما": -17}
    for day in TEN_YEARS:
        for words, shift in said.items():
            near = day + dt.timedelta(shift)
            assert read_on(day, f"وصل الوفد {words}") == (near, near)


def test_last_and_next_weekday_of_ten_years_lie_within_a_week_and_never_on_the_day() -> None:
    for day in TEN_YEARS:
        for number, name in enumerate(WEEKDAYS):
            last, _ = read_on(day, f"وصل الوفد {name} الماضي")
            coming, _ = read_on(day, f"يصل الوفد {name} المقبل")
            assert last is not None
            assert coming is not None
            assert last.weekday() == coming.weekday() == number
            assert 1 <= (day - last).days <= 7
            assert 1 <= (coming - day).days <= 7


@given(st.dates(dt.date(2000, 1, 1), dt.date(2030, 12, 31)))
def test_weeks_months_and_years_follow_each_other_without_a_gap(day: dt.date) -> None:
    for unit, last, this, coming in (
        ("الأسبوع", "الماضي", "الحالي", "المقبل"),
        ("الشهر", "الماضي", "الحالي", "المقبل"),
        ("السنة", "الماضية", "الحالية", "المقبلة"),
    ):
        before, now, after = (read_on(day, f"خلال {unit} {which}") for which in (last, this, coming))
        assert before[1] is not None
        assert now[0] is not None
        assert now[1] is not None
        assert now[0] <= day <= now[1]
        assert before[1] + dt.timedelta(1) == now[0]
        assert now[1] + dt.timedelta(1) == after[0]


@given(st.integers(2000, 2030), st.integers(0, 11))
def test_the_parts_of_a_month_and_of_a_year_are_all_of_it(year: int, month: int) -> None:
    for parts, whole in (
        (("أوائل", "منتصف", "أواخر"), f"{GULF[month]} {year}"),
        (("مطلع", "منتصف", "نهاية"), f"عام {year}"),
        (("الربع الأول من", "الربع الثاني من", "الربع الثالث من", "الربع الرابع من"), f"عام {year}"),
        (("النصف الأول من", "النصف الثاني من"), f"عام {year}"),
    ):
        found = [read_on(TEN_YEARS[0], f"في {part} {whole}") for part in parts]
        start, end = read_on(TEN_YEARS[0], f"في {whole}")
        assert (found[0][0], found[-1][1]) == (start, end)
        for (_, one), (other, _) in pairwise(found):
            assert one is not None
            assert other == one + dt.timedelta(1)
