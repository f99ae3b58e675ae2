"""Pages to work with: a text coded at once, how the record came about, and how rasid reads."""

import asyncio
from itertools import islice
from typing import Annotated, Any

from fastapi import APIRouter, Form
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from rasid.coder import code, coder_version
from rasid.errors import InputError
from rasid.events.plover import modes, quad_of, score_of, types
from rasid.model import Article, PageDate
from rasid.record import find_failures
from rasid.server.site.asked import read_day
from rasid.server.site.evidence import card, paragraphs
from rasid.server.site.figures import figures, newest
from rasid.server.site.rules import rule_in
from rasid.server.site.visits import Asked, AskedAside, PageRoute, Visit, show

router = APIRouter(route_class=PageRoute)
_LONGEST = 40_000  # letters, as many as a long page has
_SAMPLE = (
    "الرباط (راصد) - وقع المغرب وتونس اليوم الأربعاء في الرباط مذكرة تفاهم في مجال النقل البحري. وقال وزير الخارجية التونسي إن "
    "بلاده ترحب بالاتفاق. وفي سياق منفصل، تظاهر مئات العمال أمام مقر الوزارة احتجاجا على تأخر الأجور، وأوقفت الشرطة خمسة منهم."
)
_Text = Annotated[str, Form(max_length=200_000)]


@router.get("/code")
def paste(visit: Asked, sample: str = "") -> Response:
    """A form for a text."""
    return show(
        visit, "paste.html", text=_SAMPLE if sample else "", title="", date="2021-11-24" if sample else "", coded=None, wrong=""
    )


@router.post("/code")
async def coded(visit: AskedAside, text: _Text = "", title: _Text = "", date: _Text = "", event: _Text = "") -> Response:
    """A text, coded as an article that an archive would hold; nothing is kept."""
    text = text.replace("\r\n", "\n").strip()
    wrong = "" if text else visit.language.say("paste.empty")
    if len(text) > _LONGEST:
        wrong = visit.language.say("paste.long", n=visit.language.number(_LONGEST))
    day = None
    try:
        day = read_day(date.strip())
    except InputError as error:
        wrong = str(error)
    given: dict[str, Any] = {"text": text, "title": title, "date": date, "wrong": wrong}
    if wrong:
        return show(visit, "paste.html", 400, coded=None, **given)
    article = Article("pasted", text, title or None, date=_date(day))
    coding: asyncio.Semaphore = visit.request.app.state.coding
    async with coding:
        return await run_in_threadpool(lambda: show(visit, "paste.html", **given, **_coded(visit, article, event)))


def _date(day: object) -> PageDate:
    import datetime as dt

    return PageDate(day, day, "given") if isinstance(day, dt.date) else PageDate(None, None)


def _coded(visit: Visit, article: Article, event: str) -> dict[str, Any]:
    found = code(article)
    cards = [card(visit.language, one, n, with_why=True) for n, one in enumerate(found.events, 1)]
    chosen = next((one for one in found.events if one.id == event), None)
    return {
        "coded": found,
        "cards": cards,
        "chosen": next((one for one in cards if one["id"] == event), None),
        "of": lambda said: paragraphs(said, found.events, chosen),
    }


@router.get("/ingest")
def ingest(visit: Asked) -> Response:
    """What the record holds, what came in last, and which pages failed and why."""
    failures = list(islice(reversed(find_failures(visit.record)), 200))
    return show(
        visit,
        "ingest.html",
        found=figures(visit.request, visit.record),
        latest=newest(visit.record, 12, by_arrival=True),
        failures=[(one, rule_in(visit.language, one.reason)) for one in failures],
    )


@router.get("/about")
def about(visit: Asked) -> Response:
    """How rasid reads: what a row is, the types and the classes."""
    kinds = sorted(
        ((one, quad_of(one), score_of(one), sorted(modes(one))) for one in types()), key=lambda kind: (-kind[2], kind[0])
    )
    return show(visit, "about.html", kinds=kinds, version=coder_version())
