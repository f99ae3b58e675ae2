"""Point 16 of the real page in `../shared/seed`, where it is there: the relation of Morocco and Israel over time."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

import rasid
from rasid.analysis import States, actor_named, relation, state_on, states
from rasid.record import Record, add, open_record

PAGE = Path(__file__).parent.parent.parent.parent / "shared" / "seed" / "page.txt"
pytestmark = pytest.mark.skipif(not PAGE.exists(), reason="the seed page is not on this machine")


@pytest.fixture(scope="module")
def seed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    with open_record(tmp_path_factory.mktemp("seed") / "seed.sqlite") as record:
        add(record, rasid.code(PAGE.read_bytes(), date="2021-11-24"), "page.txt")
        yield record


@pytest.fixture(scope="module")
def found(seed: Record) -> States:
    return states(seed, actor_named(seed, "المغرب"), actor_named(seed, "Israel"))


def test_it_opened_after_1993_was_cut_after_2000_and_resumed_late_in_2020(found: States) -> None:
    assert [change.state for change in found.changes] == ["open", "cut", "resumed"]
    opened, cut, resumed = found.changes
    assert opened.first is not None
    assert opened.first.year in (1993, 1994)
    assert cut.first == dt.date(2000, 1, 1)
    assert (resumed.first, resumed.last) == (dt.date(2020, 9, 1), dt.date(2020, 12, 31))


@pytest.mark.parametrize(
    ("day", "state"),
    [
        ("1992-06-01", "none"),
        ("1998-06-01", "open"),
        ("2010-06-01", "cut"),
        ("2020-10-15", "unknown"),
        ("2021-11-24", "resumed"),
    ],
)
def test_its_state_on_any_day(found: States, day: str, state: str) -> None:
    assert state_on(found, dt.date.fromisoformat(day)).state == state


def test_the_military_agreement_is_a_first(seed: Record) -> None:
    firsts = relation(seed, "MAR", "ISR").firsts
    assert ("military agreement", dt.date(2021, 11, 24)) in {(one.kind.name, one.day) for one in firsts}
