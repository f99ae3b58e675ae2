"""Lists that are worked out of a whole record, kept so that neither the next page nor the next reader pays for them again.

What is kept holds until the record changes. Where others write into it all the time, it is worked out anew only now and then,
the less often the longer that takes; and at once after a write through this server, so that whoever wrote sees what it did.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, NamedTuple

from fastapi import Request

from rasid.server.freshness import headers_for
from rasid.server.records import records_of

_MOST = 16  # lists
_TIMES, _LONGEST = 20.0, 60.0  # a list may be so many times as old as it took to make, and so many seconds at most


class _Made(NamedTuple):
    rows: list[Any]
    version: str
    writes: int  # through this server, before it was made
    at: float
    took: float


@dataclass
class _Slot:
    lock: Lock = field(default_factory=Lock)
    made: _Made | None = None


@dataclass
class Kept:
    """What a server keeps, by what was asked for; the list that nobody asked for longest goes first."""

    slots: OrderedDict[Hashable, _Slot] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)

    def slot(self, asked: Hashable) -> _Slot:
        """Where the list is, or will be."""
        with self.lock:
            slot = self.slots.setdefault(asked, _Slot())
            self.slots.move_to_end(asked)
            if len(self.slots) > _MOST:
                self.slots.popitem(last=False)
            return slot


def kept(request: Request, asked: Hashable, make: Callable[[], Iterable[Any]]) -> list[Any]:
    """The list that `make` makes; the answer's ETag is that of the moment when it was made.

    Args:
        request: what was asked.
        asked: what tells this list from others.
        make: reads it.
    """
    records = records_of(request)
    slot: _Slot = request.app.state.kept.slot(asked)
    with slot.lock:  # one works it out, the others wait for it
        made, now = slot.made, time.monotonic()
        version, writes = records.version(), records.writes
        if made is None or not (
            made.version == version or (made.writes == writes and now - made.at < min(_LONGEST, _TIMES * made.took))
        ):
            rows = list(make())
            made = slot.made = _Made(rows, version, writes, now, time.monotonic() - now)
    request.state.headers = headers_for(request, made.version)
    return made.rows
