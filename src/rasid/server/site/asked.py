"""What a reader asks for in the address of a page, made into a query; what is empty is not asked."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from rasid.errors import InputError
from rasid.record import EventQuery

FIELDS = ("actor", "other", "type", "quad", "status", "place", "source", "words", "reviewed", "start", "end")
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Filters:
    """The filters of a list of events as they stand in its address, and the query that they make."""

    given: Mapping[str, str]
    query: EventQuery

    @property
    def words(self) -> dict[str, str]:
        """Those that are given, for the address of another page."""
        return {name: value for name, value in self.given.items() if value}


async def _filters(request: Request) -> Filters:
    return filters_of(request.query_params)


def filters_of(asked: Mapping[str, str]) -> Filters:
    """The filters among what an address asks for.

    Raises:
        InputError: one of them is none.
    """
    given = {name: asked.get(name, "").strip()[:_LONGEST] for name in FIELDS}
    actors = tuple(value for value in (given["actor"], given["other"]) if value)
    quad = given["quad"]
    if quad and quad not in "1234":
        raise InputError(f'"{quad}" is no class of events; there are 1 to 4')
    query = EventQuery(
        actors=actors,
        types=(given["type"],) if given["type"] else (),
        statuses=(given["status"],) if given["status"] else (),
        quads=(int(quad),) if quad else (),
        places=(given["place"].upper(),) if given["place"] else (),
        source=given["source"] or None,
        words=given["words"],
        reviewed={"yes": True, "no": False}.get(given["reviewed"]),
        start=read_day(given["start"]),
        end=read_day(given["end"]),
    )
    return Filters(given, query)


Filtered = Annotated[Filters, Depends(_filters)]


def read_day(said: str) -> dt.date | None:
    """A day as forms send it.

    Raises:
        InputError: it is none.
    """
    try:
        return dt.date.fromisoformat(said) if said else None
    except ValueError:
        raise InputError(f'"{said}" is no day; write 2021-11-24') from None
