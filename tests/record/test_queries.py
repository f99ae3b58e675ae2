import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from coded_articles import TUESDAY, WEDNESDAY, baghdad_article, coded_articles, dyad_article
from hypothesis import HealthCheck, given, settings

from rasid.errors import InputError, RecordError
from rasid.model import CodedArticle, Interval
from rasid.record import EventQuery, Record, add, find_events, load_event, open_record, query_sql, rows_of
from rasid.record.query_sql import keys_sql


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with open_record(tmp_path / "r.sqlite") as record:
        yield record


def _fill(record: Record, *articles: CodedArticle) -> None:
    for coded in articles:
        add(record, coded, coded.article.id)


def _found(record: Record, *actors: str, **query: object) -> list[str]:
    return [row.article_id for row in find_events(record, EventQuery(actors, **query))]  # type: ignore[arg-type]


@given(coded_articles())
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_rows_from_the_record_are_the_rows_of_the_article(record: Record, coded: CodedArticle) -> None:
    record.connection.execute("DELETE FROM articles")
    add(record, coded, "page.html")
    assert sorted(find_events(record)) == sorted(rows_of(coded))


def test_a_row_says_who_did_what_to_whom_when_where_and_on_whose_word(record: Record) -> None:
    _fill(record, baghdad_article())
    (visit,) = find_events(record, EventQuery(types=("CONSULT",)))
    assert (visit.actor_codes, visit.actor_names) == ("JOR GOV", "Salem al-Hourani")
    assert (visit.recipients, visit.where_code, visit.when_start) == ("بغداد", "IRQ", TUESDAY)
    assert (visit.attributed_to, visit.trigger, visit.source) == ("بيان للوزارة", "زار", "صحيفة الميزان")
    assert visit.sentence.startswith("زار وزير الخارجية الأردني")
    assert [row.counts for row in find_events(record, EventQuery(types=("ASSAULT",)))] == ["wounded 21-"]


def test_two_actors_are_found_whichever_acts(record: Record) -> None:
    _fill(record, dyad_article("a", "JOR GOV", "IRQ"), dyad_article("b", "IRQ MIL", "JOR"), dyad_article("c", "JOR", "EGY"))
    assert _found(record, "JOR", "IRQ") == _found(record, "IRQ", "JOR") == ["a", "b"]


def test_two_who_act_together_are_between_each_other_unless_somebody_is_on_the_other_side(record: Record) -> None:
    _fill(record, dyad_article("a", "JOR", "+IRQ"))
    against = dyad_article("b", "JOR", "+IRQ")
    event = against.events[0]
    third = replace(event.actors[0], country="EGY")
    _fill(record, replace(against, events=(replace(event, recipients=(third,)),)))
    assert _found(record, "JOR", "IRQ") == ["a"]
    assert _found(record, "EGY", "IRQ") == ["b"]


def test_an_actor_and_itself_are_two_participants(record: Record) -> None:
    _fill(record, dyad_article("a", "JOR GOV", "JOR OPP"), dyad_article("b", "JOR GOV", "IRQ"))
    assert _found(record, "JOR", "JOR") == ["a"]


def test_a_country_is_everybody_of_it_and_a_full_code_is_one(record: Record) -> None:
    _fill(record, dyad_article("a", "JOR GOV", "IRQ"), dyad_article("b", "JOR", "IRQ"), dyad_article("c", "JOR MIL", None))
    assert _found(record, "JOR") == ["a", "b", "c"]
    assert _found(record, "JOR MIL") == ["c"]
    assert _found(record, "JOR GOV", "IRQ") == ["a"]


@pytest.mark.parametrize(
    "name",
    ["سالم الحوراني", "سَالِم  الحوراني", "Salem al-Hourani", "salem AL-HOURANI", "العراق", "عراق", "Jordan", "بغداد"],
)
def test_a_name_is_found_as_written_or_in_its_latin_form(record: Record, name: str) -> None:
    _fill(record, baghdad_article(), dyad_article("other", "EGY", "SDN"))
    assert set(_found(record, name)) == ({"a1"} if name != "عراق" else set())


def test_two_names_are_a_dyad_too(record: Record) -> None:
    _fill(record, baghdad_article())
    assert [row.type for row in find_events(record, EventQuery(("الأردن", "Iraq")))] == ["SUPPORT"]
    assert [row.type for row in find_events(record, EventQuery(("Salem al-Hourani", "IRQ")))] == ["CONSULT"]


def test_events_come_in_order_of_their_first_day_and_the_undated_last(record: Record) -> None:
    _fill(
        record,
        dyad_article("undated", "JOR", "IRQ", None),
        dyad_article("later", "JOR", "IRQ", WEDNESDAY),
        dyad_article("before", "JOR", "IRQ", when=Interval(None, dt.date(1993, 12, 31))),
        dyad_article("after", "JOR", "IRQ", when=Interval(dt.date(1994, 1, 1), None)),
    )
    assert _found(record, "JOR") == _found(record) == ["before", "after", "later", "undated"]
    latest = ["later", "after", "before", "undated"]
    for actors in (("JOR",), ("JOR", "IRQ"), ()):
        assert _found(record, *actors, latest_first=True) == latest
    assert _found(record, start=dt.date(1994, 1, 1), latest_first=True) == ["later", "after"]


def test_days_find_what_may_have_happened_on_them(record: Record) -> None:
    _fill(
        record,
        dyad_article("undated", "JOR", "IRQ", None),
        dyad_article("day", "JOR", "IRQ", WEDNESDAY),
        dyad_article("autumn", "JOR", "IRQ", when=Interval(dt.date(2021, 9, 1), dt.date(2021, 11, 30))),
        dyad_article("before", "JOR", "IRQ", when=Interval(None, dt.date(2021, 11, 23))),
        dyad_article("after", "JOR", "IRQ", when=Interval(dt.date(2021, 11, 25), None)),
    )
    assert _found(record, start=WEDNESDAY, end=WEDNESDAY) == ["autumn", "day"]
    assert _found(record, "JOR", start=WEDNESDAY) == ["autumn", "day", "after"]
    assert _found(record, end=TUESDAY) == ["before", "autumn"]


def test_type_status_and_outlet_narrow_it_down(record: Record) -> None:
    _fill(
        record,
        dyad_article("a", "JOR", "IRQ"),
        dyad_article("b", "JOR", "IRQ", event_type="AGREE", status="future"),
        dyad_article("c", "JOR", "IRQ", event_type="ACCUSE", status="negated"),
    )
    assert _found(record, types=("AGREE", "ACCUSE")) == ["b", "c"]
    assert _found(record, "JOR", "IRQ", types=("AGREE",), statuses=("future",)) == ["b"]
    assert _found(record, statuses=("occurred", "negated")) == ["a", "c"]
    assert _found(record, source="صحيفة الميزان", types=("CONSULT",)) == ["a"]
    assert _found(record, source="صحيفة أخرى") == []


@pytest.mark.parametrize(
    ("query", "complaint"),
    [
        (EventQuery(types=("VISIT",)), '"VISIT" is no type of event; there are ACCUSE'),
        (EventQuery(statuses=("done",)), '"done" is no status'),
        (EventQuery(("JOR", "IRQ", "EGY")), "between two actors, not 3"),
        (EventQuery(("JOR", " ")), "has no name"),
        (EventQuery(start=WEDNESDAY, end=TUESDAY), "before it begins"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused_at_once(record: Record, query: EventQuery, complaint: str) -> None:
    with pytest.raises(InputError, match=complaint):
        find_events(record, query)


@pytest.mark.parametrize(
    ("query", "index"),
    [
        (EventQuery(("JOR", "IRQ")), "PRIMARY KEY (a=? AND b=?)"),
        (EventQuery(("JOR GOV",), types=("CONSULT",), start=TUESDAY), "participants_by_code"),
        (EventQuery(("الأردن", "IRQ"), source="x"), "articles_by_source"),
        (EventQuery(("Jordan", "الأردن")), "participants_by_latin"),
        (EventQuery(types=("CONSULT",), end=TUESDAY), "events_by_type"),
        (EventQuery(places=("IRQ",)), "events_by_place"),
        (EventQuery(start=TUESDAY), "events_by_day"),
        (EventQuery(), "events_by_day"),
    ],
)
def test_a_question_is_answered_by_index(record: Record, query: EventQuery, index: str) -> None:
    _fill(record, baghdad_article())
    *_, sql = keys_sql(record.connection, query)
    plan = [step for *_, step in record.connection.execute(f"EXPLAIN QUERY PLAN {sql.text}", sql.values)]
    assert any(index in step for step in plan), plan
    assert [step for step in plan if step.startswith("SCAN") and "INDEX" not in step] == []


def test_no_sorting_where_the_events_asked_for_are_many(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    _fill(record, baghdad_article())
    monkeypatch.setattr(query_sql, "_MANY", 0)
    for query in (
        EventQuery(("JOR",)),
        EventQuery(("JOR", "IRQ")),
        EventQuery(types=("CONSULT",)),
        EventQuery(places=("IRQ",)),
    ):
        for asked in (query, replace(query, latest_first=True)):
            for sql in keys_sql(record.connection, asked):
                plan = [step for *_, step in record.connection.execute(f"EXPLAIN QUERY PLAN {sql.text}", sql.values)]
                assert not any("TEMP B-TREE FOR" in step for step in plan), plan


@pytest.mark.parametrize("many", [0, 20_000])
def test_each_way_to_begin_finds_the_same(record: Record, monkeypatch: pytest.MonkeyPatch, many: int) -> None:
    _fill(record, baghdad_article(), dyad_article("b", "JOR GOV", "IRQ GOV"), dyad_article("c", "EGY", "SDN", TUESDAY))
    monkeypatch.setattr(query_sql, "_MANY", many)
    monkeypatch.setattr(query_sql, "_MANY_OF_SEVERAL", many)
    assert _found(record, "JOR") == ["a1", "a1", "b"]
    assert _found(record, "JOR GOV", "IRQ") == ["a1", "b"]
    assert _found(record, "الأردن", "Iraq") == ["a1"]
    assert _found(record, places=("IRQ",)) == ["a1", "a1"]
    assert _found(record, types=("CONSULT", "ASSAULT"), start=WEDNESDAY) == ["b"]
    assert _found(record, quads=(1,)) == _found(record, modes=("firearms",)) == ["a1"]
    assert _found(record, confidence=0.9) == ["a1"]
    assert _found(record, words="البصرة", types=("SUPPORT",)) == ["a1"]


def test_a_page_goes_on_after_the_one_before(record: Record) -> None:
    _fill(record, *(dyad_article(f"a{n}", "JOR", "IRQ", WEDNESDAY if n % 2 else None) for n in range(9)))
    asked = (EventQuery(), EventQuery(("JOR", "IRQ")), EventQuery(("JOR",), start=TUESDAY))
    for query in (*asked, *(replace(one, latest_first=True) for one in asked)):
        whole = [row.event_id for row in find_events(record, query)]
        found: list[str] = []
        while page := [row.event_id for row in find_events(record, replace(query, after=found[-1] if found else None), 2)]:
            found += page
        assert found == whole


def test_one_a_day_keeps_the_surest_of_events_alike(record: Record) -> None:
    _fill(
        record,
        dyad_article("a", "JOR", "IRQ", confidence=0.5),
        dyad_article("b", "JOR", "IRQ", confidence=0.9),
        dyad_article("c", "JOR", "IRQ", TUESDAY),
        dyad_article("d", "JOR", "IRQ", event_type="AGREE"),
        dyad_article("e", "JOR", "IRQ", None),
        dyad_article("f", "JOR", "IRQ", None),
    )
    assert _found(record, one_a_day=True) == ["c", "b", "d", "e", "f"]


def test_an_event_is_loaded_by_the_beginning_of_its_id(record: Record) -> None:
    coded = baghdad_article()
    _fill(record, coded)
    for event in coded.events:
        assert load_event(record, event.id[:8]) == (event, coded.article)


def test_a_whole_id_is_found_though_another_begins_with_it(record: Record) -> None:
    _fill(record, dyad_article("a", "JOR", "IRQ", id="7f"), dyad_article("b", "JOR", "IRQ", id="7f3a"))
    assert load_event(record, "7f")[1].id == "a"


@pytest.mark.parametrize(("event_id", "complaint"), [("7", "7f3a, 7f3b"), ("8", "holds no event"), ("", "holds no event")])
def test_an_id_that_is_no_events_or_several_is_said(record: Record, event_id: str, complaint: str) -> None:
    _fill(record, dyad_article("a", "JOR", "IRQ", id="7f3a"), dyad_article("b", "JOR", "IRQ", id="7f3b"))
    with pytest.raises(RecordError, match=complaint):
        load_event(record, event_id)


def test_events_whose_day_is_only_the_page_s_can_be_left_out(record: Record) -> None:
    coded = dyad_article("a", "JOR", "IRQ")
    (event,) = coded.events
    _fill(record, replace(coded, events=(replace(event, when=Interval(TUESDAY, TUESDAY), when_from="page"),)))
    assert _found(record) == ["a"]
    assert _found(record, day_read=True) == []
