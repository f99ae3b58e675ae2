"""Status: done, planned, possible, denied or long ago, and the rule that says so."""

import datetime as dt

import pytest

from rasid.events.status import planned_type, status_of
from rasid.model import UNKNOWN_DATE, Interval, PageDate, Status
from tests.events.one_sentence import TODAY, read


def status(text: str, trigger: str, times: list[Interval] | None = None, published: PageDate = TODAY) -> tuple[Status, str]:
    there = read(text)
    return status_of(there.outline, there.candidate(trigger), times or [], published)


def days(start: str | None, end: str | None) -> Interval:
    return Interval(dt.date.fromisoformat(start) if start else None, dt.date.fromisoformat(end) if end else None)


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("اعتقلت الشرطة البيروفية ناشطا.", "اعتقلت"),
        ("تعتقل الشرطة البيروفية ناشطا.", "تعتقل"),
        ("اعتقال ناشط في بيرو.", "اعتقال"),
    ],
)
def test_what_is_reported_has_occurred(text: str, trigger: str) -> None:
    assert status(text, trigger) == ("occurred", "reported as done or under way")


@pytest.mark.parametrize(
    ("text", "trigger", "rule"),
    [
        ("لم تعتقل الشرطة المحتجين.", "تعتقل", "negated by لم"),
        ("لن تفرض اليابان عقوبات على ميانمار.", "تفرض", "negated by لن"),
        ("ولا تفرض اليابان عقوبات على ميانمار.", "تفرض", "negated by ولا"),
        ("عدم اعتقال المحتجين في شيلي.", "اعتقال", "عدم before it"),
        ("نفى الجيش اعتقال محتجين.", "اعتقال", "depends on نفى"),
    ],
)
def test_negation_denies_the_act(text: str, trigger: str, rule: str) -> None:
    assert status(text, trigger) == ("negated", rule)


def test_negation_of_an_earlier_verb_leaves_the_act() -> None:
    assert status("لم يصب أحد عندما اعتقلت الشرطة ناشطا.", "اعتقلت")[0] == "occurred"


@pytest.mark.parametrize(
    ("text", "trigger", "rule"),
    [
        ("ستفرض اليابان عقوبات على ميانمار.", "ستفرض", "future tense"),
        ("سوف تفرض اليابان عقوبات على ميانمار.", "تفرض", "future tense"),
        ("تعتزم كندا فرض عقوبات على هايتي.", "فرض", "depends on اعتزم"),
        ("القمة المقبلة بين الهند والصين في نيبال.", "القمة", "announced for المقبله"),
        ("القمة المرتقبة بين الهند والصين في نيبال.", "القمة", "announced for المرتقبه"),
    ],
)
def test_plan_is_future(text: str, trigger: str, rule: str) -> None:
    assert status(text, trigger) == ("future", rule)


def test_what_was_done_is_not_announced() -> None:
    assert status("دانت الهند القمة المقبلة في نيبال.", "دانت")[0] == "occurred"


@pytest.mark.parametrize("doubt", ["قد", "ربما"])
def test_doubt_before_the_present_is_hypothetical(doubt: str) -> None:
    text = f"{doubt} تفرض واشنطن عقوبات على ميانمار."
    assert status(text, "تفرض") == ("hypothetical", "قد or ربما before it")


def test_qad_before_the_past_is_no_doubt() -> None:
    assert status("قد فرضت واشنطن عقوبات على ميانمار.", "فرضت")[0] == "occurred"


@pytest.mark.parametrize("condition", ["إذا", "لو"])
def test_condition_is_hypothetical(condition: str) -> None:
    assert status(f"{condition} هاجمت روسيا أوكرانيا.", "هاجمت") == ("hypothetical", "in a condition")


def test_act_that_ended_more_than_a_year_before_is_historical() -> None:
    rule = "ended 2020-11-22, more than a year before 2021-11-24"
    assert status("قصفت اليابان جزيرة.", "قصفت", [days("2020-11-22", "2020-11-22")]) == ("historical", rule)


def test_act_of_a_year_ago_is_not_historical() -> None:
    assert status("قصفت اليابان جزيرة.", "قصفت", [days("2020-11-23", "2020-11-23")])[0] == "occurred"


def test_times_are_historical_only_together() -> None:
    times = [days("1937-01-01", "1937-12-31"), days("2021-11-23", "2021-11-23")]
    assert status("قصفت اليابان جزيرة.", "قصفت", times)[0] == "occurred"


def test_time_without_an_end_keeps_an_old_one_from_being_historical() -> None:
    times = [days("1937-01-01", "1937-12-31"), days("1938-01-01", None)]
    assert status("قصفت اليابان جزيرة.", "قصفت", times)[0] == "occurred"


def test_time_without_an_end_is_not_historical() -> None:
    assert status("قصفت اليابان جزيرة.", "قصفت", [days("1937-01-01", None)])[0] == "occurred"


def test_page_without_a_date_makes_nothing_historical_or_future() -> None:
    for day in ("1937-07-07", "2199-07-07"):
        assert status("قصفت اليابان جزيرة.", "قصفت", [days(day, day)], UNKNOWN_DATE)[0] == "occurred"


def test_act_that_begins_after_the_page_is_future() -> None:
    rule = "begins 2021-11-30, after 2021-11-24"
    assert status("يلتقي الرئيس الكيني نظيره الغاني.", "يلتقي", [days("2021-11-30", "2021-11-30")]) == ("future", rule)


def test_act_of_the_day_of_the_page_is_not_future() -> None:
    assert status("يلتقي الرئيس الكيني نظيره الغاني.", "يلتقي", [days("2021-11-24", "2021-11-30")])[0] == "occurred"


def test_denial_counts_before_the_day() -> None:
    assert status("لم تقصف اليابان جزيرة.", "تقصف", [days("1937-07-07", "1937-07-07")])[0] == "negated"


@pytest.mark.parametrize("event_type", ["CONSULT", "SUPPORT", "COOPERATE", "AID"])
def test_what_is_planned_together_is_a_promise(event_type: str) -> None:
    assert planned_type(event_type, "visit", "future") == ("AGREE", None)


def test_planned_withdrawal_is_a_concession() -> None:
    assert planned_type("RETREAT", "withdraw", "future") == ("CONCEDE", None)


@pytest.mark.parametrize("event_type", ["ASSAULT", "SANCTION", "PROTEST"])
def test_planned_act_against_somebody_stays_what_it_is(event_type: str) -> None:
    assert planned_type(event_type, "mode", "future") == (event_type, "mode")


@pytest.mark.parametrize("other", ["occurred", "hypothetical", "negated", "historical"])
def test_only_plans_change_type(other: Status) -> None:
    assert planned_type("CONSULT", "visit", other) == ("CONSULT", "visit")
    assert planned_type("RETREAT", "withdraw", other) == ("RETREAT", "withdraw")
