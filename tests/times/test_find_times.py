import datetime as dt
from pathlib import Path

import pytest

from rasid.arabic.words import read_words
from rasid.errors import LexiconError
from rasid.model import UNKNOWN_DATE, Interval, PageDate
from rasid.times import find_times, vocabulary, whole_of

TODAY = dt.date(2021, 11, 24)


def times(text: str, published: PageDate = PageDate(TODAY, TODAY, "given")) -> list[Interval]:
    return find_times(text, read_words(text), published)


def test_nothing_is_found_in_nothing() -> None:
    assert times("") == []


def test_times_stand_in_the_order_of_the_text() -> None:
    starts = [one.span.start for one in times("زار باريس أمس ولندن عام 1998 وروما في 3 مارس") if one.span]
    assert starts == sorted(starts)
    assert len(starts) == 3


def test_offsets_count_in_the_whole_text() -> None:
    text = "سطر أول. التقى الوزيران أمس."
    sentence = text.index("التقى")
    found = find_times(text, read_words(text[sentence:], sentence), PageDate(TODAY, TODAY, "given"))
    assert [(one.span.start, one.span.text) for one in found if one.span] == [(text.index("أمس"), "أمس")]


def test_without_a_day_of_publication_relative_times_are_left_out() -> None:
    assert times("زار باريس أمس والعام الماضي والجمعة وفي 3 مارس", UNKNOWN_DATE) == []


def test_without_a_day_of_publication_absolute_times_stay() -> None:
    found = times("وقع الاتفاق في 24/11/2021 وبدأت الحرب عام 1998 في مارس من نفس العام", UNKNOWN_DATE)
    assert [one.start for one in found] == [dt.date(2021, 11, 24), dt.date(1998, 1, 1), dt.date(1998, 3, 1)]


def test_a_day_of_publication_that_is_an_interval_widens_relative_times() -> None:
    found = times("وقع الاتفاق أمس", PageDate(dt.date(2021, 11, 20), dt.date(2021, 11, 24), "inferred"))
    assert [(one.start, one.end) for one in found] == [(dt.date(2021, 11, 19), dt.date(2021, 11, 23))]


def test_an_interval_of_publication_does_not_widen_absolute_times() -> None:
    found = times("قتل عام 1998", PageDate(dt.date(2021, 1, 1), dt.date(2021, 12, 31), "inferred"))
    assert [(one.start, one.end) for one in found] == [(dt.date(1998, 1, 1), dt.date(1998, 12, 31))]


def test_an_open_end_of_publication_stays_open() -> None:
    found = times("وقع الاتفاق أمس", PageDate(dt.date(2021, 11, 20), None, "inferred"))
    assert [(one.start, one.end) for one in found] == [(dt.date(2021, 11, 19), None)]


def test_a_day_that_the_month_does_not_have_is_left_out() -> None:
    assert times("في 31 فبراير 2020") == []


def test_a_leap_day_without_its_year_is_the_last_one() -> None:
    assert times("في 29 فبراير")[0].start == dt.date(2020, 2, 29)


def test_years_beyond_the_calendar_are_left_out() -> None:
    assert times("قبل 900 عام", PageDate(dt.date(500, 1, 1), dt.date(500, 1, 1), "given")) == []


def test_a_hijri_year_beyond_the_tables_is_left_out() -> None:
    assert times("في 3 رمضان 1302هـ") == []


@pytest.mark.parametrize(
    ("table", "line", "complaint"),
    [
        ("months.csv", "يناير,1,julian,yes", 'unknown calendar "julian"'),
        ("months.csv", "يناير,one,gregorian,yes", 'month "one" is no whole number'),
        ("words.csv", "أمس,shifted,-1", 'unknown kind "shifted"'),
        ("words.csv", "مطلع,part,first", 'unknown value "first"'),
    ],
)
def test_a_mistake_in_the_lexicon_names_its_line(
    table: str, line: str, complaint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in vocabulary.LEXICON.glob("*.csv"):
        (tmp_path / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    lines = (tmp_path / table).read_text(encoding="utf-8").splitlines()
    (tmp_path / table).write_text("\n".join([*lines, line]), encoding="utf-8")
    monkeypatch.setattr(vocabulary, "LEXICON", tmp_path)
    with pytest.raises(LexiconError, match=rf"^{table}:{len(lines) + 1}: {complaint}"):
        vocabulary._table.__wrapped__()


def test_the_next_day_hangs_on_the_sentence_before() -> None:
    text = "وقع الهجوم في 3 مارس 2020. وأعلنت الحكومة في اليوم التالي حالة الطوارئ."
    (first,) = times(text[:26])
    (found,) = find_times(text, read_words(text[27:], 27), PageDate(TODAY, TODAY, "given"), [first])
    assert found.start == dt.date(2020, 3, 4)


def test_a_month_has_the_year_that_was_given_to_it_just_before() -> None:
    text = "وقع الهجوم في 24 مارس 2017. وفي ليل 25 مارس قصفت الطائرات المدينة."
    (first,) = times(text[:27])
    (found,) = find_times(text, read_words(text[28:], 28), PageDate(TODAY, TODAY, "given"), [first])
    assert (found.start, found.end) == (dt.date(2017, 3, 25), dt.date(2017, 3, 25))


def test_a_month_that_says_its_own_year_keeps_it() -> None:
    text = "وقع الهجوم في 24 مارس 2017. وفي مارس الماضي قصفت الطائرات المدينة."
    (first,) = times(text[:27])
    (found,) = find_times(text, read_words(text[28:], 28), PageDate(TODAY, TODAY, "given"), [first])
    assert found.start == dt.date(2021, 3, 1)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("أواخر مارس", dt.date(2021, 3, 1), dt.date(2021, 3, 31)),
        ("أواخر العام الماضي", dt.date(2020, 9, 1), dt.date(2020, 12, 31)),
        ("مطلع الأسبوع الجاري", dt.date(2021, 11, 22), dt.date(2021, 11, 23)),
        ("مارس الماضي", dt.date(2021, 3, 1), dt.date(2021, 3, 31)),
    ],
)
def test_the_whole_of_a_part_of_a_month_is_the_month(text: str, first: dt.date, last: dt.date) -> None:
    whole = whole_of(read_words(text), 0, times(text)[0])
    assert (whole.start, whole.end) == (first, last)
