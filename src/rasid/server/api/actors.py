"""Persons whom the articles name, and what people decided about who is who."""

from typing import Annotated, Any, Literal, NamedTuple

from fastapi import APIRouter, Depends, Query, Request
from pydantic import Field
from starlette.responses import Response

from rasid.record.memory import KnownActor, decide, find_actors, find_decisions
from rasid.server.api import shapes
from rasid.server.api.answers import READS, WRITES, After, Limit, as_dict, as_json, as_numbered_page
from rasid.server.api.streams import STREAMS, Shown, items_streamed, stream
from rasid.server.asked import Known
from rasid.server.freshness import fresh
from rasid.server.keeping import kept
from rasid.server.records import Reading, Writing
from rasid.server.security import Editor, reader

router = APIRouter(prefix="/actors", tags=["actors"])
_READING = [Depends(reader), Depends(fresh)]


class _Spelling(NamedTuple):
    """A name as articles write it, and in how many of them."""

    name: str
    articles: int


_SPELLING = shapes.row_shape(_Spelling)
_ACTOR = shapes.row_shape(KnownActor, names=list[_SPELLING])  # type: ignore[valid-type]


class ActorDecision(Known):
    """Whether two names are one person's (merge) or not (split)."""

    kind: Literal["merge", "split"]
    one: str = Field(min_length=1, max_length=500, examples=["محمد بن سلمان"])
    other: str = Field(min_length=1, max_length=500, examples=["ولي العهد السعودي"])


@router.get("", response_model=shapes.page_shape(_ACTOR), dependencies=_READING, responses={**READS, **STREAMS})
def list_actors(
    request: Request,
    record: Reading,
    name: Annotated[
        str | None, Query(max_length=500, description="Only who is called so, in any spelling.", examples=["سالم الحوراني"])
    ] = None,
    limit: Limit = 50,
    after: After = None,
    format: Shown = "json",
) -> Response:
    """Persons with their spellings and offices, and the days on which articles say so; who stands in most articles first."""

    def item(actor: KnownActor) -> dict[str, Any]:
        return {**as_dict(actor), "names": [as_dict(_Spelling(*one)) for one in actor.names]}

    found = kept(request, ("actors", name), lambda: find_actors(record, name))
    if format != "json":
        return stream(request, items_streamed("actors", _ACTOR, lambda _: map(item, found)), format)
    return as_numbered_page(request, found, after, limit, item)


@router.get("/decisions", response_model=list[ActorDecision], dependencies=_READING, responses=READS)
def list_decisions(record: Reading) -> Response:
    """What people decided about who is who, in order."""
    return as_json([as_dict(one) for one in find_decisions(record)])


@router.post("/decisions", status_code=201, responses=WRITES)
def decide_actors(record: Writing, user: Editor, said: ActorDecision) -> ActorDecision:
    """Say that two names are one person's, or are not; it is kept, and wins over what the machine finds."""
    decide(record, said.kind, said.one, said.other)
    return said
