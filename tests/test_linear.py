import pytest

from rasid import linear
from rasid.linear import Linear, Term

WEIGHTS = {f"of {n}": float(n) for n in range(20)}


def _named(n: int) -> tuple[str, ...]:
    return (f"of {n}", f"unknown {n}")


def _term(n: int) -> Term:
    return (_named, n)


def test_features_that_training_never_saw_weigh_nothing() -> None:
    assert Linear(WEIGHTS, 0.0).of([_term(3), _term(99)]) == 3.0


def test_sums_stay_right_when_more_terms_are_met_than_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linear, "_MOST", 4)
    known = Linear(WEIGHTS, 0.0)
    assert [known.of([_term(n), _term(0)]) for n in (*range(20), *range(20))] == [float(n) for n in (*range(20), *range(20))]


def test_a_term_that_is_met_all_the_time_is_worked_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linear, "_MOST", 4)
    worked_out: list[int] = []

    def counted(n: int) -> tuple[str, ...]:
        worked_out.append(n)
        return (f"of {n}",)

    known = Linear(WEIGHTS, 0.0)
    for n in range(1, 20):
        known.of([(counted, 0), (counted, n)])
    assert worked_out.count(0) == 1
