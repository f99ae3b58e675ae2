"""The real page of `../shared/seed`, where it is there: what a careful reader takes from it must come out."""

import datetime as dt
from pathlib import Path

import pytest

import rasid
from rasid.model import Event
from rasid.notebook import Coded

PAGE = Path(__file__).parent.parent.parent / "shared" / "seed" / "page.txt"
pytestmark = pytest.mark.skipif(not PAGE.exists(), reason="the seed page is not on this machine")


@pytest.fixture(scope="module")
def coded() -> Coded:
    return rasid.code(PAGE.read_bytes(), date="2021-11-24")


def find(coded: Coded, event_type: str, *codes: str) -> Event:
    """The one event of this type in which all of these take part."""
    found = [
        event
        for event in coded.events
        if event.type == event_type and set(codes) <= {entity.code for entity in (*event.actors, *event.recipients)}
    ]
    assert len(found) == 1, found
    return found[0]


def days(event: Event) -> tuple[str, str]:
    assert event.when is not None
    return str(event.when.start), str(event.when.end)


def test_text_begins_and_ends_with_the_article(coded: Coded) -> None:
    assert coded.article.text.startswith("وقع المغرب وإسرائيل")
    assert coded.article.text.endswith("بعد الإمارات والبحرين والسودان.")


def test_agreement_is_signed_by_two_countries_and_two_ministers(coded: Coded) -> None:
    event = find(coded, "SUPPORT", "MAR", "ISR", "MAR GOV", "ISR GOV")
    assert days(event) == ("2021-11-24", "2021-11-24")
    assert "military" in event.contexts
    assert {"Abdellatif Loudiyi", "Benny Gantz"} <= {entity.latin for entity in event.actors}


def test_general_receives_the_minister_on_the_word_of_the_same_source(coded: Coded) -> None:
    event = find(coded, "CONSULT", "ISR GOV", "MAR MIL")
    assert days(event) == ("2021-11-24", "2021-11-24")
    assert event.where is not None
    assert event.where.country == "MAR"
    assert any("ماروك" in span.text for span in event.attributed_to)


def test_minister_visits_the_night_before(coded: Coded) -> None:
    (event,) = [
        event for event in coded.events if event.mode == "visit" and event.when and event.when.start == dt.date(2021, 11, 23)
    ]
    assert [entity.latin for entity in event.actors] == ["Benny Gantz"]
    assert [entity.country for entity in event.recipients] == ["MAR"]


def test_rabat_cuts_relations_long_ago(coded: Coded) -> None:
    event = find(coded, "SANCTION", "MAR GOV")
    assert (event.mode, event.status) == ("discontinue", "historical")
    assert [entity.country for entity in event.recipients] == ["ISR"]


def test_relations_are_resumed_late_last_year(coded: Coded) -> None:
    resumed = [event for event in coded.events if event.trigger.text == "استأنف"]
    assert [days(event) for event in resumed] == [("2020-09-01", "2020-12-31")]
    assert {entity.country for entity in resumed[0].actors} == {"MAR", "ISR"}


def test_united_states_recognise_sovereignty(coded: Coded) -> None:
    event = find(coded, "SUPPORT", "USA")
    assert [entity.country for entity in event.actors] == ["USA"]
    assert [entity.country for entity in event.recipients] == ["MAR"]


def test_page_without_a_date_is_of_a_wednesday_in_2021() -> None:
    undated = rasid.code(PAGE.read_bytes())
    found = undated.article.date
    assert (found.start, found.end, found.evidence) == (dt.date(2021, 1, 6), dt.date(2021, 12, 29), "inferred")
    assert [word for word in ("Wednesday", "2021", "2020") if any(word in reason for reason in found.reasons)] == [
        "Wednesday",
        "2021",
        "2020",
    ]
    assert any("بعد نحو عام" in reason for reason in found.reasons)
    resumed = [event for event in undated.events if event.trigger.text == "استأنف"]
    assert [days(event) for event in resumed] == [("2020-09-01", "2020-12-31")]
