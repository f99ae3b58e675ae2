"""Coding what is sent: an article comes back with its events, and nothing is kept."""

import asyncio
import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Body, Depends, Request
from pydantic import Field
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from rasid.cli_input import surer
from rasid.coder import code
from rasid.contract import to_json
from rasid.errors import InputError
from rasid.model import Page
from rasid.pages import read_article
from rasid.pages.web.fetch import fetch, open_session
from rasid.pages.web.settings import Web
from rasid.server.api import shapes
from rasid.server.api.answers import WRITES, as_json
from rasid.server.asked import Known
from rasid.server.records import settings_of
from rasid.server.security import CurrentUser, reader

router = APIRouter(prefix="/code", tags=["code"], dependencies=[Depends(reader)], responses=WRITES)
LONGEST = 2_000_000  # characters of a page
Address = Annotated[str, Field(pattern=r"^https?://", max_length=2000, examples=["https://news.example/1"])]


class Given(Known):
    """What is to be coded: one of `text` (an article, taken as it is), `html` (a page) or `url` (of a page to be fetched)."""

    text: str | None = Field(
        None, max_length=LONGEST, examples=["وقع المغرب وإسرائيل اليوم الأربعاء في الرباط مذكرة تفاهم في مجال الدفاع."]
    )
    html: str | None = Field(None, max_length=LONGEST)
    url: Address | None = Field(None, examples=[None])
    id: str | None = Field(None, max_length=2000)
    title: str | None = Field(None, max_length=2000)
    source: str | None = Field(None, max_length=500)
    date: dt.date | None = Field(None, examples=["2021-11-24"])
    min_confidence: float = Field(0.0, ge=0, le=1)


@router.post("", response_model=shapes.CodedArticle)
async def code_this(request: Request, user: CurrentUser, given: Annotated[Given, Body()]) -> Response:
    """Code a text, a page, or the page at an address, which is fetched for coders only, and never from a private network."""
    if given.text is not None and given.html is not None:
        raise InputError("give `text` or `html`, not both")
    content = given.text if given.text is not None else given.html
    if content is not None:
        page = Page(content, "page", given.id, given.url, given.title, given.source, given.date, is_text=given.text is not None)
    elif given.url is None:
        raise InputError("give `text`, `html` or `url`")
    elif not user.may("coder"):
        raise HTTPException(401, "fetching a page is for coders; log in, or send a token (Authorization: Bearer ...)")
    else:
        page = await run_in_threadpool(_fetched, request, given)
    coding: asyncio.Semaphore = request.app.state.coding
    async with coding:  # without a thread for each that waits, which readers need
        return await run_in_threadpool(_coded, page, given)


def _coded(page: Page, given: Given) -> Response:
    (coded,) = surer([code(read_article(page, given.date))], given.min_confidence)
    return as_json(to_json(coded))


def _fetched(request: Request, given: Given) -> Page:
    """The page at an address; what a feed or a list there names is not followed."""
    url = str(given.url)
    session = open_session(Web(pause=0.0, allow_private=settings_of(request).allow_private))
    try:
        answer = fetch(session, url)
    except InputError as error:
        raise InputError(f"{url}: {error}") from None
    finally:
        session.close()
    return Page(answer.content, url, given.id, answer.url, given.title, given.source, given.date)
