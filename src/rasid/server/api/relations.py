"""Relations of two actors over time, an actor's partners, and how much was read: which goes with every count."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from rasid.analysis import Relation, StateOn, actor_named, exposure, relation, state_on, states
from rasid.analysis.between import Pair, partners
from rasid.analysis.coverage import Exposure
from rasid.analysis.tables import counts_table, exposure_table, firsts_table, partners_table, states_table, turns_table
from rasid.record.export import events_table
from rasid.record.tables import Table
from rasid.server.api import shapes
from rasid.server.api.answers import READS, After, Limit, as_dict, as_json, as_numbered_page
from rasid.server.api.filters import End, Outlet, Start
from rasid.server.api.streams import STREAMS, Format, Shown, Streamed, stream
from rasid.server.freshness import fresh
from rasid.server.keeping import kept
from rasid.server.records import Reading
from rasid.server.security import reader

router = APIRouter(tags=["relations"], dependencies=[Depends(reader), Depends(fresh)])
_RELATION, _STATE, _EXPOSURE = map(shapes.row_shape, (Relation, StateOn, Exposure))
Two = Annotated[
    list[str],
    Query(
        alias="actor",
        min_length=2,
        max_length=2,
        description="Between whom: given twice; `MAR`, `MAR GOV`, or a name in either language.",
        examples=[["MAR", "ISR"]],
    ),
]
Period = Annotated[Literal["day", "month", "year"], Query(description="What is counted by.")]
Part = Annotated[
    Literal["periods", "states", "firsts", "turns", "events"], Query(description="Which, where `format` is not json.")
]
_TABLES: dict[str, Callable[[Relation], Table]] = {
    "periods": counts_table,
    "states": lambda found: states_table(found.states),
    "firsts": lambda found: firsts_table(found.firsts),
    "turns": lambda found: turns_table(found.turns),
    "events": lambda found: events_table(found.events),
}


@router.get("/relations", response_model=_RELATION, responses={**READS, **STREAMS})
def get_relation(
    request: Request,
    record: Reading,
    actors: Two,
    by: Period = "month",
    start: Start = None,
    end: End = None,
    events: Annotated[bool, Query(description="With the events themselves; `GET /events` has them page by page.")] = False,
    part: Part = "periods",
    format: Shown = "json",
) -> Response:
    """The relation of two actors: what they did by period and how much was read, its formal states, firsts, turning points."""
    asked = (actors[0], actors[1], by, start, end)
    if events or part == "events":  # of which there may be too many to keep
        found = relation(record, *asked)
    else:
        (found,) = kept(request, ("relation", *asked), lambda: [replace(relation(record, *asked), events=())])
    if format != "json":
        return _streamed(request, _TABLES[part](found), format)
    return as_json(as_dict(found))


@router.get("/relations/state", response_model=_STATE, responses=READS)
def get_state(
    record: Reading,
    actors: Two,
    on: Annotated[dt.date, Query(description="The day.", examples=["2021-11-24"])],
) -> Response:
    """The formal state of a relation on a day, all that it can have been, and which reports say so."""
    one, other = (actor_named(record, name) for name in actors)
    return as_json(as_dict(state_on(states(record, one, other), on)))


@router.get("/partners", response_model=shapes.page_shape(shapes.row_shape(Pair)), responses={**READS, **STREAMS})
def list_partners(
    request: Request,
    record: Reading,
    actor: Annotated[str, Query(min_length=1, max_length=500, description="Whose.", examples=["MAR"])],
    start: Start = None,
    end: End = None,
    limit: Limit = 20,
    after: After = None,
    format: Shown = "json",
) -> Response:
    """With whom an actor has to do, by what happened; who has most events comes first."""
    found = kept(
        request, ("partners", actor, start, end), lambda: partners(record, actor_named(record, actor), start, end, None)
    )
    if format != "json":
        return _streamed(request, partners_table(found), format)
    return as_numbered_page(request, found, after, limit, as_dict)


@router.get("/exposure", response_model=_EXPOSURE, responses={**READS, **STREAMS})
def get_exposure(
    request: Request,
    record: Reading,
    by: Period = "month",
    start: Start = None,
    end: End = None,
    source: Outlet = None,
    by_outlet: Annotated[
        bool, Query(alias="by-outlet", description="A row for each outlet and period, where `format` is not json.")
    ] = False,
    format: Shown = "json",
) -> Response:
    """How much was read, by period of publication: articles, how many of them report an event, and of which outlets."""
    (found,) = kept(request, ("exposure", by, start, end, source), lambda: [exposure(record, by, start, end, source)])
    if format != "json":
        return _streamed(request, exposure_table(found, by_outlet), format)
    return as_json(as_dict(found))


def _streamed(request: Request, made: Table, format: Format) -> Response:
    rows = list(made.rows())  # read twice
    return stream(request, Streamed(lambda _: made._replace(rows=lambda: rows)), format)
