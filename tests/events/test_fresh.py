"""Fresh passages of news: agreements (`tests/cases/agreements_news.yaml`) and quotes (`tests/cases/quotes_news.yaml`).

What the coder still misses is marked `missed` and held strictly: a passage that comes out right must lose the mark.
"""

from typing import Any

import pytest

from tests.events.fresh import agreement_mistakes, passages, quote_mistakes


def cases(name: str) -> list[Any]:
    return [
        pytest.param(case, id=case["text"][:50], marks=[pytest.mark.xfail(strict=True)] if case.get("missed") else [])
        for case in passages(name)
    ]


@pytest.mark.parametrize("case", cases("agreements_news.yaml"))
def test_agreements_of_fresh_passages_come_out_whole(case: dict[str, Any]) -> None:
    assert agreement_mistakes(case) == []


@pytest.mark.parametrize("case", cases("quotes_news.yaml"))
def test_quotes_of_fresh_passages_come_out_whole(case: dict[str, Any]) -> None:
    assert quote_mistakes(case) == []


def test_there_are_enough_fresh_passages() -> None:
    assert len(passages("agreements_news.yaml")) >= 60
    assert len(passages("quotes_news.yaml")) >= 60
