"""Turning points of series whose turns are known."""

from hypothesis import given
from hypothesis import strategies as st

from rasid.analysis.turning import turns


def months(*values: float) -> list[tuple[str, float]]:
    return [(f"{2000 + n // 12}-{n % 12 + 1:02}", value) for n, value in enumerate(values)]


def test_one_turn_is_found_where_it_is() -> None:
    (turn,) = turns(months(*[4.0, 5.0, 3.5, 4.5, 4.0, 5.0, 4.2, 3.9], *[-4.0, -5.0, -3.0, -4.5, -6.0, -4.0, -5.5, -4.1]))
    assert (turn.month, turn.before > 3, turn.after < -3, turn.p < 0.05) == ("2000-09", True, True, True)


def test_two_turns_are_found() -> None:
    found = turns(
        months(*[4, 5, 4, 5, 4, 5, 4, 5, 4, 5], *[-4, -5, -4, -5, -4, -5, -4, -5, -4, -5], *[6, 7, 6, 7, 6, 7, 6, 7, 6, 7])
    )
    assert [turn.month for turn in found] == ["2000-11", "2001-09"]


def test_one_month_far_out_is_no_turn() -> None:
    assert turns(months(*[2.0] * 12, -9.0, *[2.0] * 12)) == []


@given(st.lists(st.floats(-10, 10), max_size=9))
def test_too_short_a_series_has_none(values: list[float]) -> None:
    assert turns(months(*values)) == []


@given(st.lists(st.floats(-10, 10), min_size=10, max_size=60), st.floats(-10, 10))
def test_turns_lie_inside_and_do_not_move_with_the_level(values: list[float], shift: float) -> None:
    found = turns(months(*map(float, map(round, values))))
    moved = turns(months(*(round(value) + round(shift) for value in values)))
    assert [turn.month for turn in found] == [turn.month for turn in moved]
    assert all(0 <= turn.p < 0.05 for turn in found)
