import datetime as dt
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from coded_articles import CODER, TEXT, WEDNESDAY, at, baghdad_article, coded_articles, make_event
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rasid.errors import InputError, RecordError
from rasid.model import CodedArticle, Entity, Event, Interval, Place, Report
from rasid.record import EventQuery, Record, add, find_events, load_article, load_event, open_record
from rasid.record import corrections as made
from rasid.record.checking import check
from rasid.record.editing import Description, described, new_event
from rasid.record.recoding import recode

BY = "ليلى"
VISIT, SIGNING, SHOOTING = baghdad_article().events


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with open_record(tmp_path / "r.sqlite") as record:
        add(record, baghdad_article(), "page.html")
        yield record
        assert list(check(record)) == []


def _events(record: Record) -> dict[str, Event]:
    return {event.id: event for event in load_article(record, "a1").events}


def _recode(record: Record, *events: Event, coder: str = "0.2.0+beef") -> None:
    new = tuple(replace(event, coder=coder) for event in events)
    list(recode(record, lambda article: CodedArticle(article, new), coder))


def test_a_rejected_event_is_in_no_view_and_the_machines_row_stays(record: Record) -> None:
    made.reject(record, VISIT.id, by=BY, note="لم تتم")
    assert set(_events(record)) == {SIGNING.id, SHOOTING.id}
    assert VISIT.id not in {row.event_id for row in find_events(record)}
    assert list(find_events(record, EventQuery(("JOR GOV",)))) == []
    assert list(find_events(record, EventQuery(("JOR", "IRQ"), types=("CONSULT",)))) == []
    assert record.connection.execute("SELECT count(*) FROM participant_rows WHERE event_id = ?", (VISIT.id,)).fetchone() == (0,)
    machine = "SELECT type, stands FROM events WHERE id = ? AND correction IS NULL"
    assert record.connection.execute(machine, (VISIT.id,)).fetchall() == [("CONSULT", 0)]


def test_an_edit_wins_in_every_view_and_keeps_the_id(record: Record) -> None:
    changed = replace(VISIT, status="future", where=Place("JOR"), actors=())
    made.edit(record, VISIT.id[:8], changed, by=BY)
    assert _events(record)[VISIT.id] == replace(changed, coder=CODER)
    (row,) = find_events(record, EventQuery(types=("CONSULT",)))
    assert (row.status, row.where_code, row.actors, row.reviewed) == ("future", "JOR", None, "edit")
    assert record.connection.execute("SELECT edited, rejected FROM reviewed_types").fetchall() == [(1, 0)]


def test_who_decided_when_and_why_is_kept(record: Record) -> None:
    kept = made.accept(record, VISIT.id, by=" ليلى ", note="شاهدت البيان")
    ((found, state),) = made.find_corrections(record)
    assert found == kept
    assert (found.by, found.note, found.action, state) == (BY, "شاهدت البيان", "accept", "in force")
    assert found.at.endswith("Z")


def test_corrections_are_append_only(record: Record) -> None:
    made.accept(record, VISIT.id, by=BY)
    for statement in ("DELETE FROM corrections", "UPDATE corrections SET by = 'x'"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            record.connection.execute(statement)


def test_what_people_accepted_survives_a_coder_that_says_otherwise_or_nothing(record: Record) -> None:
    made.accept(record, VISIT.id, by=BY)
    _recode(record, replace(VISIT, status="negated", actors=()), SIGNING)
    assert _events(record)[VISIT.id] == VISIT
    _recode(record, coder="0.3.0+beef")
    assert _events(record) == {VISIT.id: VISIT}


def test_what_people_rejected_stays_so_though_its_trigger_moved_or_it_became_another_mention(record: Record) -> None:
    made.reject(record, VISIT.id, by=BY)
    moved = make_event("a1", TEXT, "CONSULT", "زار وزير", VISIT.sentence.text)
    _recode(record, replace(moved, id="new"))
    assert _events(record) == {}
    elsewhere = make_event("a1", TEXT, "CONSULT", "الزيارة", SIGNING.sentence.text)
    _recode(record, replace(elsewhere, id="newer", also=(Report(VISIT.trigger, VISIT.sentence),)), coder="0.4.0+beef")
    assert _events(record) == {}


def test_another_event_on_the_words_of_a_rejected_one_is_a_claim_of_its_own(record: Record) -> None:
    made.reject(record, VISIT.id, by=BY)
    other = make_event("a1", TEXT, "AGREE", "زار", VISIT.sentence.text)
    _recode(record, other)
    assert set(_events(record)) == {other.id}


def test_an_edited_type_is_not_joined_by_the_machines_new_reading_of_the_same_words(record: Record) -> None:
    made.edit(record, VISIT.id, replace(VISIT, type="AGREE", mode=None), by=BY)
    _recode(record, make_event("a1", TEXT, "SUPPORT", "زار", VISIT.sentence.text))
    assert [event.type for event in _events(record).values()] == ["AGREE"]


def test_an_added_event_is_not_doubled_when_the_machine_finds_it_as_well(record: Record) -> None:
    success = make_event("a1", TEXT, "SUPPORT", "قال الحوراني", SIGNING.sentence.text)
    kept = made.add_event(record, "a1", success, by=BY)
    assert len(_events(record)) == 4
    _recode(record, VISIT, SIGNING, SHOOTING, make_event("a1", TEXT, "SUPPORT", "قال", SIGNING.sentence.text))
    found = _events(record)
    assert len(found) == 4
    assert found[kept.results[0]["id"]].trigger.text == "قال الحوراني"


def test_merged_events_are_one_with_the_others_as_mentions(record: Record) -> None:
    made.merge(record, [SIGNING.id, SHOOTING.id], by=BY)
    found = _events(record)
    assert set(found) == {VISIT.id, SIGNING.id}
    assert found[SIGNING.id].also == (Report(SHOOTING.trigger, SHOOTING.sentence),)


def test_a_split_event_is_several_and_the_first_keeps_the_id(record: Record) -> None:
    jordan, iraq = SIGNING.actors
    made.split(record, SIGNING.id, [replace(SIGNING, actors=(jordan,)), replace(SIGNING, actors=(iraq,))], by=BY)
    found = [event for event in _events(record).values() if event.type == "SUPPORT"]
    assert [event.actors for event in found] == [(jordan,), (iraq,)]
    assert found[0].id == SIGNING.id


def test_a_correction_can_be_undone_and_so_can_that(record: Record) -> None:
    before = _events(record)
    rejected = made.reject(record, VISIT.id, by=BY)
    undone = made.undo(record, rejected.id[:8], by="سالم")
    assert _events(record) == before
    made.undo(record, undone.id, by=BY)
    assert VISIT.id not in _events(record)
    assert [state for _, state in made.find_corrections(record)] == ["in force", "undone", "in force"]


def test_what_was_undone_cannot_be_undone_again(record: Record) -> None:
    rejected = made.reject(record, VISIT.id, by=BY)
    made.undo(record, rejected.id, by=BY)
    with pytest.raises(RecordError, match="undone already"):
        made.undo(record, rejected.id, by=BY)


def test_the_last_of_several_corrections_of_an_event_decides(record: Record) -> None:
    made.edit(record, VISIT.id, replace(VISIT, status="future"), by=BY)
    made.edit(record, VISIT.id, replace(VISIT, status="negated"), by="سالم")
    assert _events(record)[VISIT.id].status == "negated"
    last = made.reject(record, VISIT.id, by=BY)
    made.undo(record, last.id, by=BY)
    assert _events(record)[VISIT.id].status == "negated"


def test_corrections_move_with_their_words_when_the_article_grows(record: Record) -> None:
    made.edit(record, VISIT.id, replace(VISIT, status="future"), by=BY)
    longer = "عمان - ليلى سعد. " + TEXT
    old = baghdad_article().article
    add(record, CodedArticle(replace(old, text=longer)), "page.html", CODER)
    (event,) = load_article(record, "a1").events
    assert (event.status, event.trigger.start) == ("future", longer.index("زار"))
    assert event.actors[0].span == at(longer, "وزير الخارجية الأردني سالم الحوراني")


def test_corrections_whose_words_are_gone_are_kept_and_said_to_be_without_place(record: Record) -> None:
    made.edit(record, VISIT.id, replace(VISIT, status="future"), by=BY)
    add(record, CodedArticle(replace(baghdad_article().article, text="نص آخر تماما.")), "page.html", CODER)
    assert load_article(record, "a1").events == ()
    assert [state for _, state in made.find_corrections(record, "a1")] == ["without place"]


@pytest.mark.parametrize(
    ("changed", "complaint"),
    [
        (replace(VISIT, type="VISIT"), '"VISIT" is no type'),
        (replace(VISIT, mode="aerial"), '"aerial" is no mode of CONSULT; there are multilateral'),
        (replace(VISIT, contexts=("sport",)), '"sport" is no context'),
        (replace(VISIT, trigger=replace(VISIT.trigger, start=1, end=4)), "do not stand at 1 to 4"),
        (replace(VISIT, actors=(Entity(VISIT.trigger, "JOR", "KING"),)), '"KING" is no sector'),
        (replace(VISIT, when=Interval(WEDNESDAY, dt.date(2021, 1, 1))), "before it begins"),
    ],
)
def test_an_event_that_cannot_be_is_refused_and_nothing_kept(record: Record, changed: Event, complaint: str) -> None:
    with pytest.raises(InputError, match=complaint):
        made.edit(record, VISIT.id, changed, by=BY)
    assert made.find_corrections(record) == []


def test_nobody_corrects_without_a_name(record: Record) -> None:
    with pytest.raises(InputError, match="--by NAME"):
        made.accept(record, VISIT.id, by=" ")


def test_an_event_is_described_in_words_of_the_text_and_codes(record: Record) -> None:
    event, article = load_event(record, VISIT.id)
    said = Description(
        type="agree", status="future", contexts=("military",), actors=("بيان للوزارة=JOR GOV",), recipients=("none",),
        when="2021-12-01..2021-12-31", where="بغداد=IRQ",
    )  # fmt: skip
    changed = described(article, event, said)
    assert (changed.type, changed.mode, changed.status, changed.contexts) == ("AGREE", None, "future", ("military",))
    assert (changed.actors[0].code, changed.actors[0].latin, changed.recipients) == ("JOR GOV", "Jordan", ())
    assert changed.when == Interval(dt.date(2021, 12, 1), dt.date(2021, 12, 31))
    assert changed.where == Place("IRQ", at(TEXT, "بغداد"))
    made.edit(record, VISIT.id, changed, by=BY)


def test_an_entity_named_again_keeps_what_is_known_of_it() -> None:
    minister = VISIT.actors[0]
    said = Description(actors=(f"{minister.span.text}=JOR ELI", "بغداد"))
    changed = described(baghdad_article().article, VISIT, said)
    assert changed.actors == (replace(minister, sector="ELI"), VISIT.recipients[0])


@pytest.mark.parametrize(
    ("said", "complaint"),
    [
        (Description(actors=("باريس=FRA",)), '"باريس" do not stand'),
        (Description(actors=("بغداد=Iraq",)), '"Iraq" is no code'),
        (Description(when="أمس"), '"أمس" is no day'),
        (Description(when=".."), "names no day"),
        (Description(status="done"), '"done" is no status'),
    ],
)
def test_what_cannot_be_said_of_an_event_is_refused(said: Description, complaint: str) -> None:
    with pytest.raises(InputError, match=complaint):
        described(baghdad_article().article, VISIT, said)


def test_a_new_event_needs_words_that_stand_once() -> None:
    article = baghdad_article().article
    event = new_event(article, Description(type="support", trigger="مذكرة تفاهم", actors=("الأردن=JOR",)))
    assert (event.trigger, event.sentence.text, event.actors[0].code) == (at(TEXT, "مذكرة تفاهم"), SIGNING.sentence.text, "JOR")
    for said, complaint in (
        (Description(type="SUPPORT"), "needs the words"),
        (Description(type="x", trigger="الحوراني"), "more than once"),
    ):
        with pytest.raises(InputError, match=complaint):
            new_event(article, said)


def test_decided_sentences_come_back_as_gold(record: Record) -> None:
    made.edit(record, VISIT.id, replace(VISIT, status="future"), by=BY)
    made.reject(record, SHOOTING.id, by=BY)
    visit, shooting = made.gold_rows(record)
    assert visit["text"] == VISIT.sentence.text
    assert visit["date"] == "2021-11-24"
    (event,) = visit["events"]
    assert (event["type"], event["status"], event["trigger"], event["where"]) == ("CONSULT", "future", "زار", "IRQ")
    assert event["actor"] == [{"text": VISIT.actors[0].span.text, "code": "JOR GOV"}]
    assert shooting["events"] == []
    json.dumps([visit, shooting])


def test_in_a_sentence_seen_in_part_the_rest_is_optional(record: Record) -> None:
    made.add_event(record, "a1", make_event("a1", TEXT, "SUPPORT", "قال", SIGNING.sentence.text), by=BY)
    (row,) = made.gold_rows(record)
    assert [(event["trigger"], event.get("optional", False)) for event in row["events"]] == [("وقع", True), ("قال", False)]


@given(coded_articles(), st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_decided_undoing_all_of_it_gives_the_machines_coding_back(
    record: Record, coded: CodedArticle, data: st.DataObject
) -> None:
    name = str(data.draw(st.uuids()))
    coded = replace(coded, article=replace(coded.article, id=name, url=f"https://news.example/{name}"))
    coded = replace(coded, events=tuple(replace(event, id=f"{coded.article.id}{n}") for n, event in enumerate(coded.events)))
    add(record, coded, coded.article.id, CODER)
    before = load_article(record, coded.article.id)
    done = []
    for event in coded.events:
        act = data.draw(st.sampled_from([made.accept, made.reject]))
        done.append(act(record, event.id, by=BY))
    for correction in reversed(done):
        made.undo(record, correction.id, by=BY)
    assert load_article(record, coded.article.id) == before
