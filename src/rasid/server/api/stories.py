"""Stories: acts that several articles report, each once; one of them whole; and what people decided about joins."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from rasid.cli_stories import story_json
from rasid.record.copies import compare_new_articles
from rasid.record.stories import JoinDecision, StoryRow, decide, find_decisions, find_stories, load_story, make_stories
from rasid.server.api import shapes
from rasid.server.api.answers import READS, WRITES, After, Limit, as_dict, as_json, as_numbered_page
from rasid.server.api.events import EventId
from rasid.server.api.filters import End, EventType, Start
from rasid.server.api.streams import STREAMS, Shown, items_streamed, stream
from rasid.server.asked import Known
from rasid.server.freshness import fresh
from rasid.server.keeping import kept
from rasid.server.records import Reading, Writing
from rasid.server.security import Coder, coder, reader

router = APIRouter(prefix="/stories", tags=["stories"])
_READING = [Depends(reader), Depends(fresh)]
_STORY = shapes.row_shape(StoryRow)
_DECISION = shapes.row_shape(JoinDecision)


class StoryReport(BaseModel):
    """A report of the story: event and article, to which event it was joined, how alike they are, and why."""

    event: str
    article: str
    source: str | None
    title: str | None
    published: str | None
    own_text: bool
    joined_to: str | None
    likeness: float | None
    findings: list[dict[str, Any]]
    content: shapes.Event


class StoryShape(BaseModel):
    """A story: its reports, who was first, how its numbers developed, and what the reports disagree on."""

    reports: list[StoryReport]
    first: list[str]
    outlets: list[str]
    developments: list[dict[str, Any]]
    disagreements: list[dict[str, Any]]


class Join(Known):
    """Whether two events are reports of one act (join), or not (separate), or what was said of that is taken back (undo)."""

    action: Literal["join", "separate", "undo"]
    one: str = Field(min_length=1, max_length=200, examples=["5b2c0a1d9e8f7a66"])
    other: str = Field(min_length=1, max_length=200, examples=["0d4b1f7e6c5a3b21"])
    note: str | None = Field(None, max_length=2000)


@router.get("", response_model=shapes.page_shape(_STORY), dependencies=_READING, responses={**READS, **STREAMS})
def list_stories(
    request: Request,
    record: Reading,
    least: Annotated[int, Query(ge=1, le=1_000_000, description="With at least so many reports.")] = 2,
    type: EventType = None,
    start: Start = None,
    end: End = None,
    limit: Limit = 50,
    after: After = None,
    format: Shown = "json",
) -> Response:
    """Acts that several articles report, each once, as of the last `POST /stories/update`."""
    asked = (least, start, end, type.upper() if type else None)
    found = kept(request, ("stories", *asked), lambda: find_stories(record, *asked))
    if format != "json":
        return stream(request, items_streamed("stories", _STORY, lambda _: map(as_dict, found)), format)
    return as_numbered_page(request, found, after, limit, as_dict)


@router.post("/update", status_code=204, responses=WRITES, dependencies=[Depends(coder)])
def update_stories(record: Writing) -> None:
    """Put the events that came or changed into stories; takes long after much was added."""
    compare_new_articles(record)
    make_stories(record)


@router.get("/decisions", response_model=list[_DECISION], dependencies=_READING, responses=READS)  # type: ignore[valid-type]
def list_joins(record: Reading) -> Response:
    """What people decided about joins, in order."""
    return as_json([as_dict(one) for one in find_decisions(record)])


@router.post("/decisions", status_code=201, responses=WRITES)
def decide_join(record: Writing, user: Coder, said: Join) -> Join:
    """Join or separate two events, or take that back; it is kept, and wins over what the machine finds."""
    one, other = decide(record, said.action, said.one, said.other, by=user.name, note=said.note)
    return said.model_copy(update={"one": one, "other": other})


@router.get("/{event}", response_model=StoryShape, dependencies=_READING, responses=READS)
def get_story(record: Reading, event: EventId) -> Response:
    """The story that an event belongs to."""
    return as_json(story_json(load_story(record, event)))
