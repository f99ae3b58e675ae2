"""What the record of samples/relation says at each date, as tests/cases/relations/corpus.yaml has it."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml

from rasid.analysis import Relation, relation, state_on
from rasid.analysis.tables import day_words
from rasid.record import Record

WANTED: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parent.parent / "cases" / "relations" / "corpus.yaml").read_text(encoding="utf-8")
)


@pytest.fixture
def found(record: Record) -> Relation:
    return relation(record, "موريتانيا", "Uruguay", by="year")


@pytest.mark.parametrize("day", WANTED["states"])
def test_state_on_a_day(found: Relation, day: dt.date) -> None:
    there = state_on(found.states, day)
    assert f"{there.state}, {'sure' if there.is_sure else 'implied'}" == WANTED["states"][day]


def test_changes_have_their_evidence_and_their_contradictions(found: Relation) -> None:
    def articles(reports: Any) -> list[int]:
        return sorted({int(report.event.article_id[-2:]) for report in reports})

    said = [
        [
            change.state,
            change.first,
            articles(change.versions[0].reports),
            {outlet: day_words(one.first, one.last) for one in change.versions[1:] for outlet in one.outlets},
            articles(change.denials),
        ]
        for change in found.states.changes
    ]
    assert said == [[*row[:2], list(map(int, row[2])), *row[3:]] for row in WANTED["changes"]]


def test_plans_change_nothing_until_they_are_carried_out(found: Relation) -> None:
    planned = {one.event.article_id[-2:]: [one.state, done and done.first] for one, done in found.states.planned}
    assert planned == WANTED["planned"]


@pytest.mark.parametrize("first", WANTED["firsts"])
def test_first(found: Relation, first: str) -> None:
    told = {f"{one.kind.name} {one.day}": one.previous for one in found.firsts}
    assert told[first] == WANTED["firsts"][first]


@pytest.mark.parametrize("year", WANTED["years"])
def test_nothing_read_is_not_nothing_happened(found: Relation, year: str) -> None:
    count = next(count for count in found.counts if count.period == year)
    assert ["none" if count.events is None else count.events, count.articles] == WANTED["years"][year]


def test_every_count_has_its_exposure(found: Relation) -> None:
    assert sum(count.articles for count in found.counts) == 30
    assert {outlet for count in found.counts for outlet, _ in count.outlets} == {"المدار", "الضفاف", "الرواق", "مرآة الأطلسي"}


def test_names_in_either_language_and_codes_are_the_same_question(record: Record) -> None:
    asked = [relation(record, *both, by="year").events for both in (("MRT", "URY"), ("Uruguay", "موريتانيا"))]
    assert asked[0] == asked[1] != ()
