"""Events in English words."""

import datetime as dt

import pytest
from made import ATTACK, CODED, VISIT, at

from rasid.model import Entity, Event, Interval
from rasid.record import rows_of
from rasid.show import words


def day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ("2021-11-24", "2021-11-24", "24 Nov 2021"),
        ("2021-11-24", "2021-11-30", "24–30 Nov 2021"),
        ("2021-11-24", "2021-12-03", "24 Nov–3 Dec 2021"),
        ("2021-12-24", "2022-01-03", "24 Dec 2021–3 Jan 2022"),
        ("2021-11-01", "2021-11-30", "Nov 2021"),
        ("2020-09-01", "2020-12-31", "Sep–Dec 2020"),
        ("2020-12-01", "2021-02-28", "Dec 2020–Feb 2021"),
        ("2012-01-01", "2012-12-31", "2012"),
        ("2012-01-01", "2014-12-31", "2012–2014"),
        ("1994-01-01", None, "from 1994"),
        ("1994-03-05", None, "from 5 Mar 1994"),
        (None, "1993-12-31", "until 1993"),
        (None, "1993-03-05", "until 5 Mar 1993"),
        (None, None, "?"),
    ],
)
def test_an_interval_takes_as_few_words_as_say_it(start: str | None, end: str | None, said: str) -> None:
    assert words.interval_words(Interval(day(start), day(end))) == said


@pytest.mark.parametrize(
    ("entity", "said"),
    [
        (Entity(at("بغداد"), "IRQ", latin="Iraq"), "Iraq"),
        (Entity(at("بغداد"), "IRQ", "GOV", latin="Iraq"), "Iraq GOV"),
        (VISIT.actors[0], "Salem Al-Hourani (JOR GOV)"),
        (Entity(at("بغداد"), "UNO", "MED"), "UNO MED"),
        (Entity(at("بغداد"), "LBN", "REB", latin="Hezbollah"), "Hezbollah (LBN REB)"),
        (Entity(at("أبناء المنطقة")), "أبناء المنطقة"),
    ],
)
def test_an_entity_is_said_once_with_as_much_code_as_its_name_leaves_out(entity: Entity, said: str) -> None:
    assert words.entity_words(entity) == said


def test_those_without_a_latin_form_are_left_to_the_end() -> None:
    assert words.who(ATTACK) == ("…", ("أبناء المنطقة",))
    assert words.who(VISIT) == ("Salem Al-Hourani (JOR GOV) → Iraq GOV", ())


def test_nobody_known_is_a_question_mark() -> None:
    event = Event("x", "ASSAULT", at("هجوم"), at("هجوم"), recipients=VISIT.recipients)
    assert words.who(event).latin == "? → Iraq GOV"


def test_a_row_of_the_record_is_said_as_its_event_is() -> None:
    for event, row in zip(CODED.events, rows_of(CODED), strict=True):
        assert words.row_who(row) == words.who(event)
        assert words.row_when(row) == words.when(event)
        assert words.kind(row) == words.kind(event)


def test_the_day_of_the_page_stands_in_brackets() -> None:
    assert words.when(ATTACK) == "(24 Nov 2021)"


def test_counts_keep_their_bounds() -> None:
    assert words.count_words(ATTACK) == ["20 wounded"]
