"""Every `case` of the lexicon holds, but for those that `tests/cases/not_yet/lexicon.txt` names; that list may only shrink."""

from collections import Counter

import pytest

from rasid.cases import wrong
from rasid.events.predicates import Case

from .lexicon_cases import key, not_yet, numbered

CASES = dict(numbered())


@pytest.fixture(scope="session")
def given() -> dict[str, str]:
    """By test, what the coder gives instead of what the case asks for."""
    return {name: wrong(case) for name, case in CASES.items()}


@pytest.fixture(scope="session")
def listed() -> frozenset[str]:
    return frozenset(not_yet())


@pytest.mark.parametrize("name", CASES)
def test_case_holds(name: str, given: dict[str, str], listed: frozenset[str]) -> None:
    case, got = CASES[name], given[name]
    if key(case) in listed:
        assert got, f"{name} holds now: take its line out of not_yet/lexicon.txt\n{key(case)}"
    else:
        assert not got, f"{case.text}\n  wanted {case.wanted}\n  given  {got}"


def test_list_names_cases_that_exist_and_each_once() -> None:
    known = Counter(map(key, CASES.values()))
    assert [line for line, times in Counter(not_yet()).items() if line not in known or times > 1] == []


def test_case_stands_once_in_the_lexicon() -> None:
    texts = Counter(key(case) for case in CASES.values())
    assert [text for text, times in texts.items() if times > 1] == []


def test_every_entry_that_is_an_event_has_a_case_of_it() -> None:
    def says_something(case: Case) -> bool:
        return case.wanted != "none"

    entries = {case.predicate.where for case in CASES.values() if case.predicate.type}
    assert sorted(entries - {case.predicate.where for case in CASES.values() if says_something(case)}) == []
