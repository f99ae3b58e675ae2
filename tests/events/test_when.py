"""When an event happened: `tests/cases/when/when.yaml`, and what stands in where nothing says it."""

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from rasid.coder import code
from rasid.events.moments import read_course
from rasid.events.options import options_of
from rasid.events.when import Dating, WhenWeights, choose_time
from rasid.linear import Linear
from rasid.model import Article, Event, Interval, PageDate

from .one_sentence import DAY, TODAY, read

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "when" / "when.yaml").read_text(encoding="utf-8"))


def coded(text: str, date: PageDate = TODAY) -> dict[str, Event]:
    return {event.trigger.text: event for event in code(Article("a", text, date=date)).events}


def interval(written: Any) -> tuple[dt.date, dt.date]:
    if isinstance(written, dt.date):
        return written, written
    first, _, last = written.partition("/")
    return dt.date.fromisoformat(first), dt.date.fromisoformat(last)


def read_cases() -> list[Any]:
    not_yet = pytest.mark.xfail(strict=True, reason="not right yet")
    return [
        pytest.param(case, marks=not_yet if case.get("not_yet") else (), id=str(n)) for n, case in enumerate(CASES, start=1)
    ]


@pytest.mark.parametrize("case", read_cases())
def test_table(case: dict[str, Any]) -> None:
    events = coded(case["text"])
    event = events.get(case["trigger"]) or events[case["or"]]
    assert event.when is not None
    assert (event.when.start, event.when.end) == interval(case["when"])
    assert event.when_from == "text"


def test_the_reason_says_how_sure_the_choice_is() -> None:
    [event] = coded("زار وزير الخارجية الفرنسي بيروت يوم الجمعة.").values()
    [reason] = [reason for reason in event.reasons if reason.field == "when"]
    assert re.search(r"most likely dates it \([01]\.\d\d\)$", reason.rule)
    assert reason.span is not None
    assert reason.span.text == "الجمعة"


def test_without_any_time_the_day_of_publication_stands_in() -> None:
    [event] = coded("زار وزير الخارجية الفرنسي بيروت.").values()
    assert event.when is not None
    assert (event.when.start, event.when.end, event.when.span) == (DAY, DAY, None)
    assert event.when_from == "page"


def test_the_day_that_the_lead_names_stands_in_further_down_and_is_not_said_to_be_read() -> None:
    text = "تظاهر آلاف العمال في تونس أمس الثلاثاء.\nواعتقلت الشرطة خمسة متظاهرين قرب البرلمان."
    event = coded(text)["واعتقلت"]
    assert event.when is not None
    assert event.when.start == dt.date(2021, 11, 23)
    assert event.when.span is not None
    assert event.when.span.text == "أمس الثلاثاء"
    assert event.when_from == "page"


def test_a_day_long_past_in_the_lead_does_not_stand_in() -> None:
    text = "وقع الاتفاق في 3 مارس 2019.\nواعتقلت الشرطة خمسة متظاهرين قرب البرلمان."
    event = coded(text)["واعتقلت"]
    assert event.when is not None
    assert event.when.start == DAY


def test_without_a_date_of_the_page_nothing_stands_in() -> None:
    [event] = coded("زار وزير الخارجية الفرنسي بيروت.", PageDate(None, None)).values()
    assert event.when is None
    assert event.when_from is None


def test_a_plan_has_no_day_but_its_own() -> None:
    [event] = coded("سيزور وزير الخارجية الفرنسي بيروت.").values()
    assert event.status == "future"
    assert event.when is None


def test_the_interval_of_a_page_stands_in_whole() -> None:
    year = PageDate(dt.date(2021, 1, 1), dt.date(2021, 12, 31), "inferred")
    one = read("زار وزير الخارجية الفرنسي بيروت.")
    found = choose_time(Dating(one.sentence, 0, one.outline, read_course([one.sentence]), year), one.candidate("زار"))
    assert (found.interval, found.way) == (Interval(year.start, year.end), "page")


def test_an_act_named_again_has_the_day_on_which_the_article_puts_it() -> None:
    text = "أدانت الحكومة الهجوم على البعثة.\nوكان مسلحون شنوا هجوما على البعثة في 3 مارس 2021 قرب غاو."
    event = coded(text)["شنوا هجوما"] if "شنوا هجوما" in coded(text) else coded(text)["هجوما"]
    assert event.when is not None
    assert event.when.start == dt.date(2021, 3, 3)


def test_a_part_of_a_month_dates_with_the_whole_of_it() -> None:
    [event] = coded("زار وزير الخارجية الفرنسي بيروت أواخر مارس الماضي.").values()
    assert event.when is not None
    assert (event.when.start, event.when.end) == (dt.date(2021, 3, 1), dt.date(2021, 3, 31))


def test_since_reaches_to_the_day_of_publication() -> None:
    one = read("تحاصر قوات النظام البلدة منذ مارس الماضي وتقصفها كل يوم.")
    for candidate in one.candidates:
        ways = {option.way: option.interval for option in options_of(one.sentence, one.outline, candidate, TODAY)}
        assert (ways["since"].start, ways["since"].end) == (dt.date(2021, 3, 1), DAY)


def test_two_days_joined_are_offered_as_one() -> None:
    one = read("قصفت الطائرات البلدة الجمعة والسبت.")
    ways = {option.way: option.interval for option in options_of(one.sentence, one.outline, one.candidate("قصفت"), TODAY)}
    assert (ways["joined"].start, ways["joined"].end) == (dt.date(2021, 11, 19), dt.date(2021, 11, 20))


def test_a_time_that_is_unlikely_to_date_the_act_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    one = read("قصفت الطائرات البلدة أمس.")
    monkeypatch.setattr("rasid.events.when.when_weights", lambda: WhenWeights(Linear({"way at": -1.0}, 0.0), 0.0))
    found = choose_time(Dating(one.sentence, 0, one.outline, read_course([one.sentence]), TODAY), one.candidate("قصفت"))
    assert (found.interval, found.way) == (Interval(DAY, DAY), "page")
