"""The tables of sentences in `tests/cases/times`: every time of each, and no other."""

import calendar
import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml

from rasid.arabic.words import read_words
from rasid.model import PageDate
from rasid.times import find_times

CASES = [
    pytest.param(case, id=f"{path.stem}-{number}")
    for path in sorted((Path(__file__).parents[1] / "cases" / "times").glob("*.yaml"))
    for number, case in enumerate(yaml.safe_load(path.read_text(encoding="utf-8")), 1)
]


def interval(written: Any) -> tuple[dt.date, dt.date]:
    """A day, `2021-11`, a year, or `first/last`."""
    if isinstance(written, dt.date):
        return written, written
    parts = str(written).split("/")
    if len(parts) == 2:
        return dt.date.fromisoformat(parts[0]), dt.date.fromisoformat(parts[1])
    year, _, month = parts[0].partition("-")
    first, last = (int(month), int(month)) if month else (1, 12)
    return dt.date(int(year), first, 1), dt.date(int(year), last, calendar.monthrange(int(year), last)[1])


@pytest.mark.parametrize("case", CASES)
def test_table(case: dict[str, Any]) -> None:
    found = find_times(case["text"], read_words(case["text"]), PageDate(case["date"], case["date"], "given"))
    assert {one.span.text: (one.start, one.end) for one in found if one.span} == {
        words: interval(written) for words, written in case["is"].items()
    }
