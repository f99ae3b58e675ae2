"""Copies and stories of a record: made as articles come, decided by people, the same whatever the order."""

import datetime as dt
import sqlite3
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random

import pytest

from rasid.coder import code
from rasid.errors import InputError, RecordError
from rasid.model import Article, CodedArticle, PageDate
from rasid.record import EventQuery, Record, add, corrections, find_events, open_record
from rasid.record.checking import check
from rasid.record.copies import changes_between, compare_new_articles, copies_of
from rasid.record.forgetting import forget_article
from rasid.record.stories import decide, find_decisions, find_stories, load_story, make_stories

BLAST = "قتل 12 شخصا اليوم الثلاثاء في انفجار سيارة مفخخة وسط سوق شعبي في مدينة كركوك شمالي العراق، بحسب الشرطة."
LATER = "ارتفع عدد قتلى تفجير السيارة المفخخة الذي وقع أمس الثلاثاء في سوق بمدينة كركوك العراقية إلى 18 قتيلا."
VISIT = "وصل وزير الخارجية المصري سامح شكري إلى الجزائر اليوم الثلاثاء في زيارة رسمية."
ARREST = "اعتقلت الشرطة التونسية اليوم الثلاثاء الصحفي منير السلمي من منزله في تونس."
TEXTS = [
    ("a", "المدار", 2, BLAST),
    ("b", "الضفاف", 2, "هز تفجير بسيارة ملغومة سوقا مزدحما في كركوك العراقية الثلاثاء موقعا 12 قتيلا على الأقل."),
    ("c", "الرواق", 3, LATER),
    ("d", "الساحل", 2, VISIT),
    ("e", "الأثير", 2, "زار وزير الخارجية المصري سامح شكري الجزائر الثلاثاء."),
    ("f", "المدار", 2, ARREST),
    ("g", "الضفاف", 2, BLAST + "."),
]


@cache
def _coded(n: int) -> CodedArticle:
    name, outlet, day, text = TEXTS[n]
    date = PageDate(dt.date(2021, 3, day), dt.date(2021, 3, day), "given")
    return code(Article(name, text, source=outlet, date=date, language="ar"))


def _add(record: Record, *numbers: int) -> None:
    for n in numbers:
        add(record, _coded(n), f"{n}.html")


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with open_record(tmp_path / "r.sqlite") as record:
        yield record


@pytest.fixture
def made(record: Record) -> Record:
    _add(record, *range(len(TEXTS)))
    compare_new_articles(record)
    make_stories(record)
    return record


def _joins(record: Record) -> list[tuple[object, ...]]:
    return record.connection.execute("SELECT event, story, joined_to, score, findings FROM joins ORDER BY event").fetchall()


def _blast(record: Record, n: int = 0) -> str:
    return next(event.id for event in _coded(n).events if event.type == "ASSAULT")


def _articles(record: Record, event: str) -> set[str]:
    return {report.account.article.id for report in load_story(record, event)}


def test_reports_of_one_act_are_one_story_and_every_event_is_in_one(made: Record) -> None:
    assert _articles(made, _blast(made)) == {"a", "b", "c", "g"}
    events = {row.event_id for row in find_events(made)}
    assert {event for event, *_ in _joins(made)} == events


def test_views_count_reports_and_acts(made: Record) -> None:
    (row,) = [row for row in find_stories(made) if row.type == "ASSAULT"]
    assert (row.articles, row.outlets, row.own_texts) == (4, 3, 3)
    months = made.connection.execute(
        "SELECT sum(reports), sum(stories) FROM story_months WHERE type = 'ASSAULT' AND month = '2021-03'"
    ).fetchone()
    assert months[0] == row.reports > months[1] == 1


@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_arrival_and_the_steps_in_between_change_nothing(made: Record, seed: int, tmp_path: Path) -> None:
    order, chance = list(range(len(TEXTS))), Random(seed)
    chance.shuffle(order)
    with open_record(tmp_path / "other.sqlite") as other:
        for n in order:
            _add(other, n)
            if chance.random() < 0.5:
                compare_new_articles(other)
                make_stories(other)
        compare_new_articles(other)
        make_stories(other)
        assert _joins(other) == _joins(made)
        assert list(copies_of(other)) == list(copies_of(made))


def test_an_article_that_goes_leaves_the_stories_as_if_it_had_never_come(made: Record, tmp_path: Path) -> None:
    with open_record(tmp_path / "other.sqlite") as other:
        _add(other, *range(1, len(TEXTS)))
        make_stories(other)
        forget_article(made, "a", by="ليلى")
        make_stories(made)
        assert _joins(made) == _joins(other)
        assert made.connection.execute("SELECT count(*) FROM fingerprinted").fetchone() == (len(TEXTS) - 1,)
        assert list(copies_of(made)) == []


def test_a_rejected_event_leaves_its_story_and_the_reports_stay(made: Record) -> None:
    before = len(load_story(made, _blast(made)))
    corrections.reject(made, _blast(made, 1), by="ليلى")
    make_stories(made)
    assert len(load_story(made, _blast(made))) < before
    assert list(check(made)) == []


def test_what_people_decide_wins_is_kept_and_can_be_undone(made: Record) -> None:
    first, later = _blast(made), _blast(made, 2)
    before = _joins(made)
    decide(made, "separate", first, later, by="ليلى", note="يومان")
    make_stories(made)
    assert later not in {report.account.event.id for report in load_story(made, first)}
    decide(made, "undo", first, later, by="ليلى")
    make_stories(made)
    assert _joins(made) == before
    assert [one.action for one in find_decisions(made)] == ["separate", "undo"]
    with pytest.raises(sqlite3.IntegrityError, match="kept"):
        made.connection.execute("DELETE FROM join_decisions")


def test_people_join_what_the_machine_keeps_apart(made: Record) -> None:
    visit, arrest = _coded(3).events[0].id, _coded(5).events[0].id
    decide(made, "join", visit, arrest, by="ليلى")
    make_stories(made)
    assert {"d", "f"} <= _articles(made, visit)


@pytest.mark.parametrize(
    ("action", "by", "error"), [("join", " ", InputError), ("guess", "ليلى", InputError), ("undo", "ليلى", RecordError)]
)
def test_a_decision_that_cannot_be_is_refused(made: Record, action: str, by: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        decide(made, action, _blast(made), _blast(made, 2), by=by)  # type: ignore[arg-type]
    assert find_decisions(made) == []


def test_copies_are_pairs_by_id_with_what_changed(made: Record) -> None:
    assert [(pair.a, pair.b, pair.kind) for pair in copies_of(made)] == [("a", "g", "exact")]
    assert changes_between(made, "a", "g") == []
    assert changes_between(made, "a", "c")[-1].after.endswith("قتيلا")


def test_a_text_that_changes_is_compared_anew(made: Record) -> None:
    changed = CodedArticle(Article("g", VISIT + " وفد كبير", source="الضفاف"))
    add(made, changed, "6.html")
    assert list(copies_of(made)) == []
    compare_new_articles(made)
    assert made.connection.execute("SELECT count(*) FROM fingerprinted").fetchone() == (len(TEXTS),)
    assert made.connection.execute("SELECT count(DISTINCT article) FROM fingerprints").fetchone() == (len(TEXTS),)


def test_stories_change_no_event_and_one_a_day_filters_as_before(made: Record, tmp_path: Path) -> None:
    with open_record(tmp_path / "without.sqlite") as without:
        _add(without, *range(len(TEXTS)))
        for query in (EventQuery(), EventQuery(one_a_day=True)):
            assert list(find_events(without, query)) == list(find_events(made, query))
