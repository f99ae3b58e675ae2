"""The cases of the lexicon's entries under the names of their tests, and those that are known not to hold."""

from collections.abc import Iterator
from pathlib import Path

from rasid.events.predicates import Case, cases

NOT_YET = Path(__file__).parents[1] / "cases" / "not_yet" / "lexicon.txt"


def key(case: Case) -> str:
    """The line of `not_yet/lexicon.txt` that names a case: `file:lemma:text`. It outlives a change of line numbers."""
    return f"{case.predicate.where.partition(':')[0]}:{case.predicate.lemma}:{case.text}"


def not_yet() -> list[str]:
    """The cases that are known not to hold yet."""
    return [line for line in NOT_YET.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]


def numbered() -> Iterator[tuple[str, Case]]:
    """Every case under the name of its test: `consult.yaml:14`, and `consult.yaml:14-2` for an entry's second one."""
    last, number = "", 0
    for case in cases():
        number = number + 1 if case.predicate.where == last else 1
        last = case.predicate.where
        yield (last if number == 1 else f"{last}-{number}"), case
