import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from coded_articles import CODER, TUESDAY, WEDNESDAY, coded_articles, dyad_article
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rasid.errors import InputError
from rasid.events.plover import score_of
from rasid.model import CodedArticle, Interval
from rasid.record import Record, add, open_record
from rasid.record import corrections as made
from rasid.record.checking import check
from rasid.record.dyads import DyadTypes, dyad_days, dyad_types, outside
from rasid.record.forgetting import forget_article
from rasid.record.recoding import recode

OCTOBER = dt.date(2021, 10, 5)


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with open_record(tmp_path / "r.sqlite") as record:
        yield record


def _fill(record: Record, *articles: CodedArticle) -> None:
    for article in articles:
        add(record, article, f"{article.article.id}.html")


def _assault(name: str, actor: str, recipient: str, day: dt.date, **fields: Any) -> CodedArticle:
    return dyad_article(name, actor, recipient, day, "ASSAULT", **fields)


def test_a_timeline_counts_by_day_and_class_and_way(record: Record) -> None:
    _fill(
        record,
        dyad_article("a", "JOR GOV", "IRQ", TUESDAY),
        _assault("b", "IRQ MIL", "JOR", WEDNESDAY),
        dyad_article("c", "IRQ", "JOR", WEDNESDAY),
        dyad_article("d", "JOR", "EGY", WEDNESDAY),
    )
    first, second = dyad_days(record, "IRQ", "JOR")
    assert (first.first, first.last, first.events, first.verbal_cooperation) == (TUESDAY, TUESDAY, 1, 1)
    assert (first.a_towards_b, first.b_towards_a, first.b_towards_a_score) == (0, 1, score_of("CONSULT", None))
    assert (second.first, second.material_conflict, second.verbal_cooperation, second.a_towards_b) == (WEDNESDAY, 1, 1, 2)
    assert second.conflict_score == score_of("ASSAULT", None)
    assert second.cooperation_score == score_of("CONSULT", None)
    assert second.score == second.conflict_score + second.cooperation_score == second.a_towards_b_score


def test_asked_the_other_way_round_the_ways_are_turned(record: Record) -> None:
    _fill(record, dyad_article("a", "JOR GOV", "IRQ", TUESDAY))
    (one,), (other,) = dyad_days(record, "IRQ", "JOR"), dyad_days(record, "JOR", "IRQ")
    assert (one.a_towards_b, one.b_towards_a) == (other.b_towards_a, other.a_towards_b) == (0, 1)
    assert [row.way for row in dyad_types(record, "IRQ", "JOR")] == ["<"]
    assert [row.way for row in dyad_types(record, "JOR", "IRQ")] == [">"]


def test_what_lasts_is_in_the_month_or_year_that_holds_it(record: Record) -> None:
    _fill(
        record,
        dyad_article("day", "JOR", "IRQ", OCTOBER),
        dyad_article("month", "JOR", "IRQ", when=Interval(dt.date(2021, 10, 1), dt.date(2021, 10, 31))),
        dyad_article("year", "JOR", "IRQ", when=Interval(dt.date(2021, 9, 1), dt.date(2021, 10, 31))),
        dyad_article("since", "JOR", "IRQ", when=Interval(dt.date(2021, 10, 1), None)),
        dyad_article("undated", "JOR", "IRQ", None),
    )
    assert [(row.first, row.events) for row in dyad_days(record, "JOR", "IRQ")] == [(OCTOBER, 1)]
    (month,) = dyad_days(record, "JOR", "IRQ", by="month")
    assert (month.first, month.last, month.events) == (dt.date(2021, 10, 1), dt.date(2021, 10, 31), 2)
    (year,) = dyad_days(record, "JOR", "IRQ", by="year")
    assert (year.first, year.last, year.events) == (dt.date(2021, 1, 1), dt.date(2021, 12, 31), 3)
    assert [outside(record, "IRQ", "JOR", by=unit) for unit in ("day", "month", "year")] == [4, 3, 2]


def test_a_period_may_be_given(record: Record) -> None:
    _fill(record, *(dyad_article(str(day), "JOR", "IRQ", day) for day in (OCTOBER, TUESDAY, WEDNESDAY)))
    assert [row.first for row in dyad_days(record, "JOR", "IRQ", start=TUESDAY)] == [TUESDAY, WEDNESDAY]
    assert [row.first for row in dyad_days(record, "JOR", "IRQ", start=TUESDAY, end=TUESDAY)] == [TUESDAY]


def test_types_are_counted_by_month_and_year(record: Record) -> None:
    _fill(record, dyad_article("a", "JOR", "IRQ", TUESDAY), dyad_article("b", "JOR", "+IRQ", WEDNESDAY))
    _fill(record, _assault("c", "IRQ", "JOR", OCTOBER))
    scores = score_of("CONSULT", None), score_of("ASSAULT", None)
    november, october = (dt.date(2021, 11, 1), dt.date(2021, 11, 30)), (dt.date(2021, 10, 1), dt.date(2021, 10, 31))
    assert dyad_types(record, "JOR", "IRQ") == [
        DyadTypes(*october, "ASSAULT", "<", 1, scores[1]),
        DyadTypes(*november, "CONSULT", ">", 1, scores[0]),
        DyadTypes(*november, "CONSULT", "=", 1, scores[0]),
    ]
    assert {(row.type, row.events) for row in dyad_types(record, "JOR", "IRQ", by="year")} == {("ASSAULT", 1), ("CONSULT", 1)}


def test_what_has_not_happened_is_not_in_it(record: Record) -> None:
    _fill(record, *(dyad_article(status, "JOR", "IRQ", status=status) for status in ("future", "negated", "hypothetical")))
    assert not dyad_days(record, "JOR", "IRQ")
    assert not dyad_types(record, "JOR", "IRQ")


def test_corrections_recoding_and_forgetting_keep_the_sums_right(record: Record) -> None:
    one, other = dyad_article("a", "JOR", "IRQ"), dyad_article("b", "JOR", "IRQ")
    _fill(record, one, other)
    made.reject(record, one.events[0].id, by="ليلى")
    assert [row.events for row in dyad_days(record, "JOR", "IRQ")] == [1]

    def as_assault(article: Any) -> CodedArticle:
        coded = _assault(article.id, "IRQ", "JOR", WEDNESDAY)
        return replace(coded, article=article)

    list(recode(record, as_assault, f"{CODER}2"))
    assert {row.type for row in dyad_types(record, "JOR", "IRQ")} == {"ASSAULT"}
    forget_article(record, "b", by="ليلى")
    forget_article(record, "a", by="ليلى")
    assert not dyad_days(record, "JOR", "IRQ")
    assert not dyad_types(record, "JOR", "IRQ", by="year")
    assert list(check(record)) == []


def test_a_unit_that_is_none_is_refused(record: Record) -> None:
    with pytest.raises(InputError, match='no unit "week"'):
        dyad_days(record, "JOR", "IRQ", by="week")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="by month or year"):
        dyad_types(record, "JOR", "IRQ", by="day")


@given(st.lists(coded_articles(), max_size=3))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_sums_are_those_of_the_events_whatever_they_are(record: Record, articles: list[CodedArticle]) -> None:
    _fill(record, *articles)
    counted: Counter[tuple[str, str]] = Counter()
    for a, b in record.connection.execute("SELECT a, b FROM dyads WHERE status IN ('occurred', 'historical')"):
        counted[a, b] += 1
    for (a, b), events in counted.items():
        assert sum(row.events for row in dyad_days(record, a, b)) + outside(record, a, b) == events
        in_years = sum(row.events for row in dyad_types(record, a, b, by="year"))
        assert in_years == sum(row.events for row in dyad_days(record, a, b, by="year"))
    assert not [fault for fault in check(record) if "does not count" in fault]
