"""Watches: saved questions that report what is new since they were last asked."""

import hashlib
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Path, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from rasid.analysis.feed import atom_feed
from rasid.analysis.watches import Watched, add_watch, find_watch, find_watches, last_reported, remove_watch, report_new
from rasid.analysis.webhook import deliver
from rasid.cli_search import event_query
from rasid.errors import InputError
from rasid.model import Status
from rasid.record import EventRow, Record
from rasid.server.api import shapes
from rasid.server.api.answers import READS, WRITES, as_dict, as_json
from rasid.server.asked import Known
from rasid.server.freshness import fresh
from rasid.server.records import Reading, Writing, settings_of
from rasid.server.security import Coder, Reader, coder, reader

router = APIRouter(prefix="/watches", tags=["watches"])
Name = Annotated[str, Path(max_length=60, description="Of the watch.", examples=["accords"])]
_ROW = shapes.row_shape(EventRow)
_ATOM = "application/atom+xml"


class Asked(Known):
    """What a watch asks for: the filters of events, but for days, as it tells what is new."""

    actor: list[str] = Field([], max_length=2, examples=[["MAR", "ISR"]])
    type: list[str] = Field([], max_length=100, examples=[["SUPPORT"]])
    mode: list[str] = Field([], max_length=100)
    quad: list[int] = Field([], max_length=4)
    status: list[Status] = Field([], max_length=10)
    where: list[str] = Field([], max_length=300)
    source: str | None = Field(None, max_length=500)
    min_confidence: float | None = Field(None, ge=0, le=1)
    words: str = Field("", max_length=1000)
    day_read: bool = False


class WatchGiven(Known):
    """A new watch; `webhook` is an address to which new events are posted, signed with RASID_WEBHOOK_SECRET of the server."""

    name: str = Field(max_length=60, examples=["accords"])
    query: Asked = Field(default_factory=lambda: Asked.model_validate({}))
    webhook: str | None = Field(None, max_length=2000, examples=[None])
    from_start: bool = Field(False, description="Report what the record holds already, too.")


class WatchShape(BaseModel):
    """A watch, and how it stands: how many events it has reported, when last, how many deliveries wait for its webhook."""

    name: str
    created_at: str
    query: dict[str, Any]
    webhook: str | None = Field(description="Shown to those who may write: it may hold a secret.")
    reported: int
    last: str | None
    waiting: int


class Added(BaseModel):
    """How many events a new watch starts with that it takes as known."""

    known: int


class Undelivered(BaseModel):
    """A delivery that the webhook did not take, and why; it waits for the next run."""

    delivery: str | None
    trouble: str


class Ran(BaseModel):
    """What is new to a watch since it was last run."""

    events: list[_ROW]  # type: ignore[valid-type]
    undelivered: list[Undelivered]


@router.get("", response_model=list[WatchShape], responses=READS, dependencies=[Depends(fresh)])
def list_watches(record: Reading, user: Reader) -> Response:
    """The watches, by name, and how they stand."""
    return as_json([_line(one, user.may("coder")) for one in find_watches(record)])


@router.post("", status_code=201, responses=WRITES)
def add_one(record: Writing, user: Coder, given: Annotated[WatchGiven, Body()], request: Request) -> Added:
    """Save a question. What the record holds already is taken as known, unless `from_start`."""
    asked = {_FIELDS.get(name, name): value for name, value in given.query.model_dump().items()}
    query = event_query(**asked)
    private = settings_of(request).allow_private
    options: dict[str, Any] = {"webhook": given.webhook, "allow_private": private, "from_start": given.from_start}
    return Added(known=add_watch(record, given.name, query, **options))


@router.post("/{watch}/run", response_model=Ran, responses=WRITES, dependencies=[Depends(coder)])
def run_one(record: Writing, watch: Name) -> Response:
    """Report what is new; it is reported once, and stands in the feed from then on. A webhook is tried once."""
    rows = report_new(record, watch)
    return as_json({"events": list(map(as_dict, rows)), "undelivered": _undelivered(record, watch)})


@router.delete("/{watch}", status_code=204, responses=WRITES, dependencies=[Depends(coder)])
def remove_one(record: Writing, watch: Name) -> None:
    """Remove a watch, and what it remembers to have reported."""
    remove_watch(record, watch)


@router.get(
    "/{watch}/feed",
    responses={**READS, 200: {"content": {_ATOM: {"schema": {"type": "string"}}}}},
    response_class=Response,
    dependencies=[Depends(reader)],
)
def get_feed(
    request: Request,
    record: Reading,
    watch: Name,
    limit: Annotated[int, Query(ge=1, le=1000, description="At most so many events.")] = 100,
) -> Response:
    """What a watch has reported as an Atom feed, the latest first. Its ETag changes only when it does."""
    content = atom_feed(watch, find_watch(record, watch).created_at, last_reported(record, watch, limit))
    tag = f'"{hashlib.sha256(content).hexdigest()[:20]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if tag in (one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")):
        return Response(status_code=304, headers=headers)
    return Response(content, 200, headers, _ATOM)


_FIELDS = {
    **{"actor": "actors", "type": "types", "mode": "modes", "quad": "quads", "status": "statuses", "where": "places"},
    "min_confidence": "confidence",
}
_NAMES = {field: name for name, field in _FIELDS.items()}


def _line(one: Watched, with_address: bool) -> dict[str, Any]:
    watch = one.watch
    asked = {_NAMES.get(key, key): value for key, value in asdict(watch.query).items() if value not in (None, (), "", False)}
    known = {"name": watch.name, "created_at": watch.created_at, "query": asked}
    webhook = watch.webhook if with_address else None
    return {**known, "webhook": webhook, "reported": one.reported, "last": one.last, "waiting": one.waiting}


def _undelivered(record: Record, name: str) -> list[dict[str, str | None]]:
    try:
        tried = deliver(record, find_watch(record, name), tries=1)
    except InputError as error:  # events were reported all the same
        return [{"delivery": None, "trouble": str(error)}]
    return [{"delivery": one.id, "trouble": trouble} for one, trouble in tried if trouble]
