"""What is asked of a record more than once while it stays the same: asked once, and then remembered."""

from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar, cast

from fastapi import Request

from rasid.record import Record
from rasid.server.records import records_of

T = TypeVar("T")


def remembered(request: Request, record: Record, ask: Callable[..., T], *given: str) -> T:
    """`ask(record, *given)`, or what it said before, if the record is as it was; `ask` is a function of a module: the key."""
    return cast("T", _answer(_Asked(record, (str(record.path), records_of(request).version(), ask, given))))


class _Asked:
    """A question to a record at one of its states: equal to itself at the same state, so that its answer is found again."""

    def __init__(self, record: Record, state: tuple[str, str, Callable[..., object], tuple[str, ...]]) -> None:
        self.record, self.state = record, state

    def __hash__(self) -> int:
        return hash(self.state)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Asked) and self.state == other.state


@lru_cache(maxsize=16)
def _answer(asked: _Asked) -> object:
    _, _, ask, given = asked.state
    return ask(asked.record, *given)
