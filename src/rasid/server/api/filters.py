"""The filters of events, under the names of the command line's options."""

import datetime as dt
from dataclasses import replace
from typing import Annotated, Any

from fastapi import Depends, Query

from rasid.cli_search import event_query
from rasid.model import Status
from rasid.record import EventQuery
from rasid.record.queries import check_query


def none_given() -> list[Any]:
    """No value of a filter that may be given several times."""
    return []  # not `list` itself, whose signature FastAPI would work out from its documentation at every request


Actors = Annotated[
    list[str],
    Query(
        default_factory=none_given,
        max_length=2,
        description="Who takes part: a PLOVER code (`MAR`, `MAR GOV`) or a name; or two, between whom.",
        examples=[["MAR", "ISR"]],
    ),
]
Types = Annotated[
    list[str], Query(default_factory=none_given, description="A PLOVER type; may be given again.", examples=[["SUPPORT"]])
]
Modes = Annotated[
    list[str], Query(default_factory=none_given, description="A mode of the type; may be given again.", examples=[[]])
]
Quads = Annotated[
    list[int], Query(default_factory=none_given, description="A quad class, 1 to 4; may be given again.", examples=[[]])
]
Statuses = Annotated[
    list[Status], Query(default_factory=none_given, description="May be given again.", examples=[["occurred"]])
]
Places = Annotated[
    list[str], Query(default_factory=none_given, description="A country, as `MAR`; may be given again.", examples=[[]])
]
Sure = Annotated[float | None, Query(alias="min-confidence", ge=0, le=1, description="At least so sure.", examples=[0.5])]
Start = Annotated[dt.date | None, Query(alias="from", description="On this day or later.", examples=["2021-11-01"])]
End = Annotated[dt.date | None, Query(alias="to", description="On this day or before.", examples=["2021-11-30"])]
Outlet = Annotated[str | None, Query(max_length=500, description="The outlet.", examples=[None])]
Words = Annotated[
    str,
    Query(max_length=1000, description='Arabic or English; "a phrase", a beginning*, -without.', examples=[""]),
]
EventType = Annotated[str | None, Query(description="A PLOVER type.", examples=["SUPPORT"])]


async def _reported(
    actor: Actors,
    type: Types,
    mode: Modes,
    quad: Quads,
    status: Statuses,
    where: Places,
    confidence: Sure = None,
) -> EventQuery:
    """Events without what articles have too (days, outlet, words)."""
    query = event_query(actor, type, mode, quad, list(status), where, confidence)
    check_query(query)
    return query


async def _asked(
    reported: Annotated[EventQuery, Depends(_reported)],
    start: Start = None,
    end: End = None,
    source: Outlet = None,
    words: Words = "",
    reviewed: Annotated[
        bool | None, Query(description="Those that people decided about, or did not yet.", examples=[None])
    ] = None,
    one_a_day: Annotated[bool, Query(alias="one-a-day", description="Of events alike on a day, only the surest.")] = False,
    day_read: Annotated[
        bool, Query(alias="day-read", description="Only those whose sentence says when: no day of the page's.")
    ] = False,
    latest_first: Annotated[bool, Query(alias="latest-first", description="In order of days, the latest first.")] = False,
) -> EventQuery:
    query = replace(
        reported,
        start=start,
        end=end,
        source=source,
        words=words,
        reviewed=reviewed,
        one_a_day=one_a_day,
        day_read=day_read,
        latest_first=latest_first,
    )
    check_query(query)
    return query


Reported = Annotated[EventQuery, Depends(_reported)]
Asked = Annotated[EventQuery, Depends(_asked)]
