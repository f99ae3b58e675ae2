"""Time grows with the length of what is read, for every regular expression of the package, whatever is read."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import pytest

from tests.fuzz.patterns import Expression, prefixes, units

SIZE = 4000  # letters; what grows with the square takes some 40 ms, what grows in line far less than one
FLOOR = 0.004  # seconds under which nothing is said of growth
GROWTH = 3.0  # of the time for input twice as long: 2 in line, 4 with the square
LONGEST = 10  # seconds for all inputs of one expression
ENDS = ("\0\n!", "x")
BOUNDED = {  # expressions that are given so many characters at most, by where they are used
    "arabic/sentences.py _ABBREVIATION": 24,  # _REACH
    "pages/boilerplate.py _EDGES": 200,  # _UPTO
    "pages/boilerplate.py ": 200,
}
SAMPLES = Path(__file__).parents[2] / "samples" / "pages"


@contextmanager
def no_longer_than(seconds: float) -> Iterator[None]:
    """A search looks for signals now and then, so that one that would take for ever ends."""

    def end(number: int, frame: FrameType | None) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def seconds(way: Callable[[str], object], text: str, times: int = 1) -> float:
    """The least of so many runs."""
    taken = []
    for _ in range(times):
        started = time.process_time()
        way(text)
        taken.append(time.process_time() - started)
    return min(taken)


def attacks(expression: Expression, size: int) -> Iterator[tuple[str, str]]:
    """Inputs of a size, and the same twice as long."""
    for unit in units(expression.source, expression.flags):
        for before in prefixes(expression.source, expression.flags):
            for end in ENDS:
                once, twice = (before + unit * (times * size // len(unit)) + end for times in (1, 2))
                yield once, twice


def slow(expression: Expression) -> str | None:
    """An input for which the time of an expression grows faster than its length."""
    way = getattr(expression.compiled(), expression.anchored)
    bound = BOUNDED.get(f"{expression.where.rpartition(':')[0]} {expression.name}")
    for once, twice in attacks(expression, SIZE if bound is None else bound):
        if bound is not None:
            if seconds(way, once[:bound]) > FLOOR and seconds(way, once[:bound], 5) > FLOOR:
                return once[:20]
        elif (
            seconds(way, twice) > FLOOR
            and seconds(way, twice, 3) > FLOOR
            and seconds(way, twice, 5) > GROWTH * seconds(way, once, 5)
        ):
            return once[:20]
    return None


def test_no_expression_takes_longer_than_in_line_with_its_input() -> None:
    told = subprocess.run(
        [sys.executable, Path(__file__).parent / "patterns.py", SAMPLES], check=True, capture_output=True, text=True
    )
    expressions = [Expression(*fields) for fields in json.loads(told.stdout)]
    found = {}
    for expression in expressions:
        try:
            with no_longer_than(LONGEST):
                trap = slow(expression)
        except TimeoutError:
            trap = "it does not come to an end"
        if trap is not None:
            found[f"{expression.where} {expression.source[:60]!r}"] = trap
    assert len(expressions) > 150
    assert not found


@pytest.mark.parametrize("source", [r"(a+)+$", r"\s+x$", r"<!--.*?-->", r"(\d+)[.,]\d"])
def test_a_trap_is_seen(source: str) -> None:
    try:
        with no_longer_than(LONGEST):
            assert slow(Expression("here:1", "", "search", source, 0, False))
    except TimeoutError:
        pass
