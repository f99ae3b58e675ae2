"""Articles, pages and addresses into the record, coded on the way: as `rasid ingest`, from elsewhere."""

from collections.abc import Iterable, Iterator
from itertools import islice
from threading import Event
from typing import Annotated

from fastapi import APIRouter, Body, Request
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from rasid.cli_input import LeftOut, Read, read_one
from rasid.contract import from_json
from rasid.errors import InputError
from rasid.pages import Reading as Sources
from rasid.pages import Sites, read_pages
from rasid.pages.rows import page_of
from rasid.pages.web.settings import Web
from rasid.record import Record
from rasid.server.apart import Done, Ingesting, ingest_apart, ingest_here
from rasid.server.api import shapes
from rasid.server.api.answers import WRITES
from rasid.server.api.coding import LONGEST, Address
from rasid.server.asked import Known
from rasid.server.records import Writing, settings_of
from rasid.server.security import Coder
from rasid.server.settings import Settings

router = APIRouter(prefix="/ingest", tags=["ingest"], responses=WRITES)
_PAGES = 500  # of one request's addresses, with those that feeds among them name
_NOT_OURS = "not coded yet: the server is stopping; send the same again later, what was kept is passed over"


class ArticleGiven(shapes.Article):
    """A cleaned article, as `rasid clean` writes it, and where it was found."""

    page: str | None = Field(None, max_length=2000, examples=["news.jsonl:7"])


class Row(BaseModel):
    """A row as a JSON lines file has it: `text` is taken as it is, `html` is cleaned."""

    id: str | None = Field(None, max_length=2000, examples=["a1"])
    text: str | None = Field(None, max_length=LONGEST, examples=["زار الرئيس الفرنسي الجزائر أمس."])
    html: str | None = Field(None, max_length=LONGEST)
    title: str | None = Field(None, max_length=2000)
    url: str | None = Field(None, max_length=2000)
    source: str | None = Field(None, max_length=500)
    date: str | None = Field(None, max_length=40, examples=["2021-11-24"])


class Sent(Known):
    """What is to be coded and kept: cleaned articles, rows, or addresses; `name` says where rows are from."""

    articles: list[ArticleGiven] = Field([], max_length=5_000)
    rows: list[Row] = Field([], max_length=5_000)
    urls: list[Address] = Field([], max_length=100, examples=[[]])
    name: str = Field("sent", min_length=1, max_length=500, examples=["news.jsonl"])
    drop_irrelevant: bool = False
    political: bool = Field(False, description="Keep articles uncoded that do not look political by their first sentences.")
    min_confidence: float = Field(0.0, ge=0, le=1)


class LeftOutShape(BaseModel):
    """A page that was left out, at which step, and why."""

    page: str
    step: str
    reason: str


class Kept(BaseModel):
    """What became of what was sent: how many articles were added, with how many events, and what was left out."""

    pages: int
    articles: int
    events: int
    known: int = Field(description="There already.")
    not_political: int = Field(description="Of those added: nothing was coded in them.")
    dropped: int
    left_out: list[LeftOutShape]


@router.post("", status_code=201)
async def ingest_these(request: Request, record: Writing, user: Coder, sent: Annotated[Sent, Body()]) -> Kept:
    """Code what is sent and keep it. What is there already is passed over, so that a request may be sent again at any time."""
    ingesting: Ingesting = request.app.state.ingesting
    async with ingesting.turn:  # without a thread for each that waits
        done, left_out = await run_in_threadpool(_ingest_all, ingesting, record, sent, settings_of(request))
    request.app.state.metrics.coded.inc(done.added)
    if ingesting.stopping.is_set():
        raise HTTPException(503, f"{done.added} articles were added, the others {_NOT_OURS}", {"Retry-After": "30"})
    return Kept(
        pages=done.pages,
        articles=done.added,
        events=done.events,
        known=done.known,
        not_political=done.uncoded,
        dropped=done.dropped,
        left_out=[LeftOutShape(page=one.page, step=one.step, reason=one.reason) for one in left_out],
    )


def _ingest_all(ingesting: Ingesting, record: Record, sent: Sent, settings: Settings) -> Done:
    found = _until(ingesting.stopping, _found(sent, settings.allow_private))
    options = {name: getattr(sent, name) for name in ("drop_irrelevant", "min_confidence", "political")}
    if settings.apart:
        return ingest_apart(ingesting, settings.record, list(found), options)
    return ingest_here(ingesting.here, record, found, options)


def _until(stopping: Event, found: Iterable[Read | LeftOut]) -> Iterator[Read | LeftOut]:
    for one in found:
        if stopping.is_set():
            return
        yield one


def _found(sent: Sent, allow_private: bool) -> Iterator[Read | LeftOut]:
    for n, article in enumerate(sent.articles, 1):
        page = article.page or f"{sent.name}:{n}"
        data = article.model_dump(mode="json", exclude={"page"})
        try:
            yield Read(page, from_json({**data, "events": [], "quotes": [], "agreements": []}).article)
        except InputError as error:
            yield LeftOut(page, "read", str(error))
    sources = Sources(web=Web(allow_private=allow_private), sites=Sites())
    for n, row in enumerate(sent.rows, 1):
        yield read_one(page_of(row.model_dump(), f"{sent.name}:{n}"), None, sources)
    if sent.urls:
        for found in islice(read_pages(sent.urls, None, sources), _PAGES):
            yield read_one(found, None, sources)
