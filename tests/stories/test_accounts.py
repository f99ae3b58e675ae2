"""What reports of one act say side by side."""

import datetime as dt

from rasid.model import Article, Count, Entity, Event, PageDate, Place, Span
from rasid.stories.accounts import Account, developments, disagreements, first_outlets, said

SPAN = Span(0, 1, "ق")


def _account(
    n: int, outlet: str, day: int, killed: tuple[int | None, int | None], who: str = "ISR", place: str = "Gaza"
) -> Account:
    date = dt.date(2021, 5, day)
    event = Event(
        id=f"e{n}", type="ASSAULT", trigger=SPAN, sentence=SPAN, actors=(Entity(SPAN, who),),
        where=Place("PSE", SPAN, latin=place), counts=(Count("killed", *killed, SPAN),),
    )  # fmt: skip
    return Account(event, Article(f"a{n}", "ق", source=outlet, date=PageDate(date, date, "given")))


RISING = [_account(2, "الضفاف", 12, (30, 30)), _account(1, "المدار", 11, (12, 12)), _account(3, "الرواق", 12, (30, None))]


def test_a_rising_toll_is_a_development_in_the_order_of_days() -> None:
    assert [(step.day, said(step), step.outlet) for step in developments(RISING)] == [
        (dt.date(2021, 5, 11), "12", "المدار"),
        (dt.date(2021, 5, 12), "30", "الضفاف"),
        (dt.date(2021, 5, 12), "30 or more", "الرواق"),
    ]


def test_a_rising_toll_is_no_disagreement() -> None:
    assert disagreements(RISING) == []


def test_numbers_of_one_day_that_exclude_each_other_are_a_disagreement() -> None:
    (found,) = disagreements([*RISING, _account(4, "الساحل", 12, (41, 41))])
    assert found.about == "killed"
    assert [(version.value, version.outlets) for version in found.versions] == [("30", ("الضفاف",)), ("41", ("الساحل",))]


def test_blame_and_place_stand_side_by_side_with_their_sources() -> None:
    found = disagreements([*RISING, _account(4, "الساحل", 12, (30, 30), "PSE", "Rafah")])
    assert [(one.about, [(version.value, version.articles) for version in one.versions]) for one in found] == [
        ("actor", [("ISR", ("a1", "a2", "a3")), ("PSE", ("a4",))]),
        ("place", [("Gaza", ("a1", "a2", "a3")), ("Rafah", ("a4",))]),
    ]


def test_who_was_first_is_all_outlets_of_the_first_day() -> None:
    assert first_outlets([*RISING, _account(4, "الأثير", 11, (10, 10))]) == ("المدار", "الأثير")
