import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rasid.record.intercoder import Judged, alpha, majority, precision, recall, with_intervals

# Krippendorff, "Computing Krippendorff's alpha-reliability" (2011): two observers and binary data (section A), two observers
# and five values (section B), four observers with missing data (section C).
BINARY = ["0100000010", "1110010000"]
NOMINAL = ["aabbdcccedda", "babbbccceddd"]
FOUR = ["1 2 3 3 2 1 4 1 2 . . .", "1 2 3 3 2 2 4 1 2 5 . 3", ". 3 3 3 2 3 4 2 2 5 1 .", "1 2 3 3 2 4 4 1 2 5 1 ."]


def units_of(observers: list[list[str]]) -> list[list[str]]:
    return [[value for value in unit if value != "."] for unit in zip(*observers, strict=True)]


@pytest.mark.parametrize(
    ("observers", "published"),
    [
        (list(map(list, BINARY)), 0.095),
        (list(map(list, NOMINAL)), 0.692),
        ([row.split() for row in FOUR], 0.743),
    ],
    ids=["two observers, binary", "two observers, five values", "four observers, missing data"],
)
def test_alpha_is_that_of_the_published_examples(observers: list[list[str]], published: float) -> None:
    found = alpha(units_of(observers))
    assert found is not None
    assert math.isclose(found, published, abs_tol=0.0006)


def test_alpha_is_one_where_all_agree_and_unknown_where_nothing_varies() -> None:
    assert alpha([[1, 1], [0, 0]]) == 1
    assert alpha([[1, 1], [1, 1]]) is None
    assert alpha([[1], [0]]) is None


@given(st.lists(st.lists(st.booleans(), max_size=4), max_size=12))
def test_alpha_does_not_depend_on_order(units: list[list[bool]]) -> None:
    assert alpha(units) == alpha([unit[::-1] for unit in units])


def test_a_tie_is_no_majority() -> None:
    assert majority([True, False]) is None
    assert majority([True, False, True]) is True
    assert majority([False]) is False


def test_a_sentence_counts_for_as_many_as_it_stands_for() -> None:
    judged = [Judged(True, True, 1.0), Judged(True, False, 3.0), Judged(False, True, 4.0)]
    assert precision(judged) == 0.25
    assert recall(judged) == 0.2
    assert precision([]) is None


def test_intervals_hold_the_value_and_are_the_same_with_the_same_seed() -> None:
    judged = [Judged(True, n % 3 > 0, 1.0) for n in range(60)]
    right, found = with_intervals(judged, ["AID"] * 60, seed=4)
    assert right is not None
    assert found is not None
    assert right.low < right.value < right.high
    assert found == (1.0, 1.0, 1.0)
    assert with_intervals(judged, ["AID"] * 60, seed=4) == (right, found)
