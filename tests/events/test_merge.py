"""One act, one event: which mentions are of one act, and what is kept of each."""

import datetime as dt
from dataclasses import replace
from typing import Any

from rasid.events.build import event_id
from rasid.events.decide import weights
from rasid.events.merge import merge_acts
from rasid.model import Entity, Event, Interval, Report, Span

FIRST, SECOND, THIRD = Span(0, 90, "first"), Span(100, 190, "second"), Span(200, 290, "third")
MONDAY, TUESDAY = (Interval(day, day) for day in (dt.date(2021, 11, 22), dt.date(2021, 11, 23)))
KENYA, GHANA, TOGO = (Entity(Span(0, 0, code), code, "GOV") for code in ("KEN", "GHA", "TGO"))


def event(start: int, sentence: Span = FIRST, **fields: Any) -> Event:
    """A visit of somebody by Kenya, as one mention tells it."""
    trigger = Span(start, start + 4, "زارت")
    made = Event(event_id("a", start, "CONSULT"), "CONSULT", trigger, sentence, actors=(KENYA,), confidence=0.9)
    return replace(made, **{"predicate": "consult.yaml:14", **fields})


def merged(*events: Event, keep: float = 0.5) -> tuple[Event, ...]:
    return merge_acts("a", list(events), weights()._replace(keep_event=keep))


def is_one(*events: Event) -> bool:
    return len(merged(*events)) == 1


def test_nothing_gives_nothing() -> None:
    assert merged() == ()


def test_mention_alone_stays_as_it_is() -> None:
    assert merged(event(10)) == (event(10),)


def test_mentions_of_one_sentence_are_one_act() -> None:
    assert is_one(event(10), event(50, predicate="consult.yaml:99"))


def test_mentions_of_different_types_are_two_acts() -> None:
    assert not is_one(event(10), event(50, type="AID"))


def test_mentions_with_different_actors_are_two_acts() -> None:
    assert not is_one(event(10), event(50, actors=(GHANA,)))


def test_mentions_with_different_recipients_are_two_acts() -> None:
    assert not is_one(event(10, recipients=(TOGO,)), event(50, recipients=(GHANA,)))


def test_mention_that_names_nobody_contradicts_nobody() -> None:
    assert is_one(event(10), event(50, actors=()))


def test_one_actor_in_common_is_enough() -> None:
    assert is_one(event(10, actors=(KENYA, TOGO)), event(50, actors=(GHANA, KENYA)))


def test_another_office_of_one_country_is_the_same_side() -> None:
    assert is_one(event(10), event(50, actors=(replace(KENYA, sector="MIL"),)))


def test_same_word_in_another_sentence_is_one_act() -> None:
    assert is_one(event(10), event(110, SECOND))


def test_another_word_in_another_sentence_is_another_act() -> None:
    assert not is_one(event(10), event(110, SECOND, predicate="consult.yaml:99"))


def test_same_word_with_nobody_in_common_is_another_act() -> None:
    assert not is_one(event(10), event(110, SECOND, actors=(), recipients=(GHANA,)))


def test_same_word_that_names_nobody_goes_back_to_the_act_before() -> None:
    assert is_one(event(10), event(110, SECOND, actors=()))


def test_act_that_names_somebody_does_not_go_back_to_one_that_names_nobody() -> None:
    assert not is_one(event(10, actors=()), event(110, SECOND))


def test_another_status_in_another_sentence_is_another_act() -> None:
    assert not is_one(event(10), event(110, SECOND, status="future"))


def test_other_days_of_the_text_are_other_acts() -> None:
    early, late = event(10, when=MONDAY, when_from="text"), event(110, SECOND, when=TUESDAY, when_from="text")
    assert not is_one(early, late)
    assert not is_one(late, early)


def test_days_that_overlap_are_one_act() -> None:
    week = Interval(dt.date(2021, 11, 22), dt.date(2021, 11, 28))
    assert is_one(event(10, when=week, when_from="text"), event(110, SECOND, when=TUESDAY, when_from="text"))


def test_open_interval_overlaps_what_it_holds() -> None:
    since = Interval(dt.date(2020, 1, 1), None)
    assert is_one(event(10, when=since, when_from="text"), event(110, SECOND, when=TUESDAY, when_from="text"))


def test_day_of_the_page_contradicts_no_day_of_the_text() -> None:
    assert is_one(event(10, when=MONDAY, when_from="text"), event(110, SECOND, when=TUESDAY, when_from="page"))


def test_sentence_of_an_earlier_mention_counts_too() -> None:
    one = event(10)
    two = event(110, SECOND)
    other_word = event(150, SECOND, predicate="consult.yaml:99")
    assert len(merged(one, two, other_word)) == 1


def test_unsure_mention_alone_is_no_event() -> None:
    assert merged(event(10, confidence=0.4)) == ()


def test_mention_as_sure_as_needed_is_an_event() -> None:
    assert len(merged(event(10, confidence=0.5))) == 1


def test_unsure_mention_is_evidence_of_an_act_that_is_reported_anyway() -> None:
    [kept] = merged(event(10, confidence=0.4), event(110, SECOND))
    assert kept.confidence == 0.9
    assert len(kept.also) == 1


def test_acts_stand_in_order_of_their_triggers() -> None:
    assert [e.trigger.start for e in merged(event(110, SECOND, type="AID"), event(10))] == [10, 110]


def test_mention_that_says_more_is_kept_and_the_other_is_evidence() -> None:
    brief, full = event(10), event(110, SECOND, recipients=(TOGO,))
    [kept] = merged(brief, full)
    assert kept.trigger == full.trigger
    assert kept.also == (Report(brief.trigger, FIRST),)


def test_of_two_that_say_as_much_the_first_is_kept() -> None:
    [kept] = merged(event(10), event(110, SECOND))
    assert kept.trigger.start == 10


def test_id_is_that_of_the_trigger_that_is_kept() -> None:
    [kept] = merged(event(10), event(110, SECOND, recipients=(TOGO,)))
    assert kept.id == event_id("a", 110, "CONSULT")


def test_every_mention_is_kept_as_evidence() -> None:
    [kept] = merged(event(10), event(110, SECOND), event(210, THIRD))
    assert {report.sentence for report in kept.also} == {SECOND, THIRD}


def test_what_only_the_lesser_mention_says_is_kept() -> None:
    source = (Span(3, 9, "source"),)
    lesser = event(110, SECOND, mode="visit", attributed_to=source, contexts=("legal",))
    [kept] = merged(event(10, recipients=(TOGO,), contexts=("military",)), lesser)
    assert (kept.mode, kept.attributed_to, kept.contexts) == ("visit", source, ("military", "legal"))


def test_surest_mention_says_how_sure_the_act_is() -> None:
    [kept] = merged(event(10, confidence=0.6), event(110, SECOND, confidence=0.8))
    assert kept.confidence == 0.8


def test_day_of_the_text_wins_over_that_of_the_page() -> None:
    by_page = event(10, recipients=(TOGO,), when=TUESDAY, when_from="page")
    [kept] = merged(by_page, event(110, SECOND, when=MONDAY, when_from="text"))
    assert (kept.when, kept.when_from) == (MONDAY, "text")


def test_another_country_joins_a_side() -> None:
    [kept] = merged(event(10, recipients=(TOGO,)), event(50, actors=(KENYA, GHANA)))
    assert [entity.code for entity in kept.actors] == ["KEN GOV", "GHA GOV"]


def test_same_country_does_not_join_its_side_again() -> None:
    [kept] = merged(event(10, recipients=(TOGO,)), event(50, actors=(replace(KENYA, sector=None),)))
    assert kept.actors == (KENYA,)


def test_nobody_joins_the_side_that_faces_his_own() -> None:
    [kept] = merged(event(10, recipients=(TOGO,)), event(50, actors=(KENYA, TOGO)))
    assert kept.actors == (KENYA,)


def test_person_joins_the_side_of_his_country() -> None:
    minister = replace(KENYA, name="رايتشل أومامو")
    [kept] = merged(event(10, recipients=(TOGO,)), event(50, actors=(minister,)))
    assert kept.actors == (KENYA, minister)


def test_act_once_reported_as_planned_stays_planned_in_one_sentence() -> None:
    [kept] = merged(event(10, recipients=(TOGO,), status="future"), event(50))
    assert kept.status == "future"
