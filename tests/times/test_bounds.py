"""The bounds of what is read as a time: one step inside and one step outside."""

import datetime as dt

import pytest

from rasid.arabic.words import read_words
from rasid.model import PageDate
from rasid.times import find_times, infer_date
from rasid.times.calendars import Range, share_of
from rasid.times.dates import read_days
from rasid.times.page_date import _narrowed

TODAY = PageDate(dt.date(2021, 11, 24), dt.date(2021, 11, 24), "given")
WINTER = Range(dt.date(2020, 12, 1), dt.date(2021, 2, 28))
YEAR = Range(dt.date(2021, 1, 1), dt.date(2021, 12, 31))


def times(text: str) -> dict[str, tuple[str, str]]:
    found = find_times(text, read_words(text), TODAY)
    return {time.span.text: (str(time.start), str(time.end)) for time in found if time.span}


def test_a_share_of_a_season_that_spans_two_years_is_whole_months() -> None:
    assert share_of("season", WINTER, 3, 1) == Range(dt.date(2020, 12, 1), dt.date(2020, 12, 31))
    assert share_of("season", WINTER, 3, 2) == Range(dt.date(2021, 1, 1), dt.date(2021, 1, 31))
    assert share_of("season", WINTER, 3, 3) == Range(dt.date(2021, 2, 1), dt.date(2021, 2, 28))


@pytest.mark.parametrize(("number", "months"), [(0, None), (1, (1, 3)), (4, (10, 12)), (5, None)])
def test_a_year_has_quarters_one_to_four(number: int, months: tuple[int, int] | None) -> None:
    found = share_of("year", YEAR, 4, number)
    assert (found and (found.start.month, found.end.month)) == months


@pytest.mark.parametrize(
    ("written", "days"), [("1-31", (1, 31)), ("30-31", (30, 31)), ("0-5", ()), ("5-5", ()), ("17-13", ()), ("5-32", ())]
)
def test_two_days_joined_by_a_stroke_rise_within_a_month(written: str, days: tuple[int, ...]) -> None:
    assert read_days(read_words(written), 0)[0] == days


@pytest.mark.parametrize(("written", "day"), [("1500", "2077-08-01"), ("1442", "2021-04-24"), ("1501", None), ("1299", None)])
def test_years_of_1300_to_1500_in_a_date_of_digits_are_hijri(written: str, day: str | None) -> None:
    text = f"12/9/{written}"
    assert times(f"اجتمعوا في {text}") == ({text: (day, day)} if day else {})


def test_two_names_of_one_month_are_one_time_and_of_two_months_two() -> None:
    assert times("اجتمعوا في آب/أغسطس 2019") == {"آب/أغسطس 2019": ("2019-08-01", "2019-08-31")}
    assert list(times("اجتمعوا في آب/يوليو 2019")) == ["آب", "يوليو 2019"]


def test_a_weekday_that_a_first_word_makes_a_name_is_no_time() -> None:
    assert times("خطبة الجمعة طويلة") == {}
    assert times("وصل الجمعة") == {"الجمعة": ("2021-11-19", "2021-11-19")}


@pytest.mark.parametrize(("year", "day"), [("2021", "2021-05-13"), ("1442", "2021-05-13"), ("2000", "2000-01-08")])
def test_a_feast_of_the_moon_has_years_of_either_calendar(year: str, day: str) -> None:
    assert times(f"عيد الفطر {year}") == {f"عيد الفطر {year}": (day, day)}


def test_a_number_joined_to_its_article_counts_as_one_in_words() -> None:
    assert times("السنوات الـ10 الأخيرة") == {"السنوات الـ10 الأخيرة": ("2011-01-01", "2020-12-31")}
    assert times("السنوات العشر الأخيرة") == {"السنوات العشر الأخيرة": ("2011-01-01", "2020-12-31")}


def test_a_distance_may_begin_a_sentence_that_ends_with_a_unit() -> None:
    assert times("قبل يومين وصل الوفد وغادر بعد يوم") == {"قبل يومين": ("2021-11-22", "2021-11-22")}
    assert times("يتغير الأمر يوما بعد يوم") == {}


def test_a_month_has_no_week_that_begins_after_its_end() -> None:
    assert times("الأسبوع الخامس من فبراير 2021") == {}
    assert times("الأسبوع الخامس من فبراير 2020") == {"الأسبوع الخامس من فبراير 2020": ("2020-02-29", "2020-02-29")}
    assert times("الأسبوع الخامس من مارس 2021") == {"الأسبوع الخامس من مارس 2021": ("2021-03-29", "2021-03-31")}
    assert times("الأسبوع الأخير من مارس 2021") == {"الأسبوع الأخير من مارس 2021": ("2021-03-25", "2021-03-31")}


def test_the_night_of_a_feast_begins_the_day_before() -> None:
    assert times("قتلوا ليلة رأس السنة 2017") == {"ليلة رأس السنة 2017": ("2016-12-31", "2017-01-01")}
    assert times("قتلوا صباح عيد الفطر 2021") == {"صباح عيد الفطر 2021": ("2021-05-13", "2021-05-13")}


def test_a_past_told_with_a_limit_says_nothing_of_the_day_of_publication() -> None:
    told, limit = "وقع الطرفان الاتفاق في 3 مارس 2019.", "استمرت المفاوضات حتى 3 مارس 2019."
    assert infer_date([read_words(told)]).start == dt.date(2019, 3, 3)
    assert infer_date([read_words(limit)]).start != dt.date(2019, 3, 3)


def test_without_an_end_or_a_check_an_interval_stays_as_it_is() -> None:
    day, never = dt.date(2020, 1, 1), [lambda day: False]
    assert _narrowed(None, None, never) == (None, None)
    assert _narrowed(day, None, []) == (day, None)
    assert _narrowed(day, None, never) is None
    assert _narrowed(day, dt.date(2019, 12, 31), []) is None
