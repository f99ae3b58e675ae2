"""Sentences of our own with the places that they must give: `tests/cases/places/where.yaml`."""

import datetime as dt
import math
from pathlib import Path
from typing import Any

import pytest
import yaml

from rasid.coder import code
from rasid.model import Article, PageDate

TABLE = Path(__file__).parent.parent / "cases" / "places" / "where.yaml"
CASES: list[dict[str, Any]] = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
DAY = PageDate(dt.date(2021, 11, 24), dt.date(2021, 11, 24), "given")


@pytest.mark.parametrize("case", CASES, ids=range(1, len(CASES) + 1))
def test_place_of_the_first_event(case: dict[str, Any]) -> None:
    place = code(Article("case", case["text"], source=case.get("source"), date=DAY)).events[0].where
    country, _, words = case["where"].partition(" ")
    assert ((place.country if place else None) or "-", place.span.text if place and place.span else "") == (country, words)
    found = {
        "name": place and place.name,
        "kind": place and place.kind,
        "at": place and place.lat is not None and place.lon is not None and [math.floor(place.lat), math.floor(place.lon)],
    }
    assert {key: case[key] for key in found if key in case} == {key: found[key] for key in found if key in case}
