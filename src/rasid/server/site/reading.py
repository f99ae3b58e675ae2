"""Pages to read: the first one, search, articles with their evidence, events and their stories."""

from collections import deque
from dataclasses import replace
from itertools import islice
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.responses import Response

from rasid.events.plover import types
from rasid.model import Event, Span
from rasid.record import Record, find_events, load_article, load_event
from rasid.record.searching import SearchQuery, search
from rasid.record.stories import StoryRow, find_stories, load_story
from rasid.server.site.asked import Filtered, read_day
from rasid.server.site.charts import chart, months_of
from rasid.server.site.evidence import Run, card, paragraphs, sentence_runs
from rasid.server.site.figures import figures, newest
from rasid.server.site.names import line_of, told_as
from rasid.server.site.remembered import remembered
from rasid.server.site.rules import rule_in
from rasid.server.site.visits import Asked, PageRoute, Visit, show
from rasid.stories.accounts import Account, Disagreement, developments, disagreements, first_outlets
from rasid.stories.likeness import in_words

router = APIRouter(route_class=PageRoute)
AT_ONCE = 40
_STORIES = 200
STATUSES = ("occurred", "future", "hypothetical", "negated", "historical")
_Words = Annotated[str, Query(max_length=400)]
_Id = Annotated[str, Query(max_length=200)]


@router.get("/")
def home(visit: Asked) -> Response:
    """Where to begin: search, what was published last, and how much happened when."""
    found = figures(visit.request, visit.record)
    busiest = [(code, name, number) for code, number in found.busiest if (name := visit.language.country(code))]
    return show(
        visit,
        "home.html",
        found=found,
        newest=newest(visit.record, 9),
        chart=chart(months_of(found.months)),
        busiest=busiest[:14],
    )


@router.get("/search")
def search_articles(visit: Asked, q: _Words = "", start: str = "", end: str = "", page: int = 1) -> Response:
    """Articles that say what was typed, best first."""
    query = SearchQuery(words=q, start=read_day(start.strip()), end=read_day(end.strip()))
    skip = AT_ONCE * (max(1, min(page, 250)) - 1)
    found = list(search(visit.record, query, AT_ONCE + 1, skip)) if q.strip() else []
    results = [(one, _marked(one.snippet.text, one.snippet.start, one.marks)) for one in found[:AT_ONCE]]
    return show(visit, "search.html", q=q, start=start, end=end, results=results, page=page, more=len(found) > AT_ONCE)


def _marked(text: str, start: int, marks: tuple) -> list[tuple[str, bool]]:  # type: ignore[type-arg]
    parts, at = [], 0
    for mark in sorted(marks, key=lambda one: one.start):
        if mark.start - start >= at:
            parts += [(text[at : mark.start - start], False), (mark.text, True)]
            at = mark.end - start
    return [*parts, (text[at:], False)]


@router.get("/articles/{article:path}")
def article(visit: Asked, article: str, event: _Id = "", at: _Id = "") -> Response:
    """An article; where an event is chosen, who, when, where and why is marked in it; `at` (12-40) marks other words."""
    coded = load_article(visit.record, article)
    chosen = next((one for one in coded.events if event and one.id == event), None)
    reasons = [rule_in(visit.language, one) for one in coded.article.date.reasons]
    parts = _read(visit, coded.events, chosen, _span(coded.article.text, at))
    return show(visit, "article.html", **parts, coded=coded, article=coded.article, reasons=reasons)


def _span(text: str, at: str) -> Span | None:
    """Words between two places of a text, as an address names them; None where it names none."""
    start, _, end = at.partition("-")
    if not (start.isascii() and start.isdigit() and end.isascii() and end.isdigit()):
        return None
    first, last = int(start[:9]), int(end[:9])
    return Span(first, last, text[first:last]) if first < last <= len(text) else None


def _read(visit: Visit, events: tuple[Event, ...], chosen: Event | None, said: Span | None) -> dict[str, Any]:
    cards = [card(visit.language, one, n, with_why=one is chosen) for n, one in enumerate(events, 1)]
    at = events.index(chosen) if chosen else 0
    return {
        "cards": cards,
        "chosen": cards[at] if chosen else None,
        "before": cards[at - 1] if chosen and at else None,
        "after": cards[at + 1] if chosen and at + 1 < len(cards) else None,
        "of": lambda text: paragraphs(text, events, chosen, said),
    }


@router.get("/events")
def events(visit: Asked, filters: Filtered, after: _Id = "") -> Response:
    """Events by filters, the latest first."""
    query = replace(filters.query, after=after or None, latest_first=True)
    rows = list(islice(find_events(visit.record, query, AT_ONCE + 1), AT_ONCE + 1))
    lines = [line_of(visit.language, row) for row in rows[:AT_ONCE]]
    return show(
        visit, "events.html", lines=lines, more=len(rows) > AT_ONCE, filters=filters, types=sorted(types()),
        statuses=STATUSES, after=after, outlets=figures(visit.request, visit.record).outlets,
    )  # fmt: skip


@router.get("/events/{event}")
def event(visit: Asked, event: str) -> Response:
    """An event with its evidence, and every other report of the same act."""
    found, of = load_event(visit.record, event)
    reports = load_story(visit.record, found.id)
    accounts = [report.account for report in reports]
    told = [
        (report, *_told(visit, report.account), [rule_in(visit.language, in_words(finding)) for finding in report.findings])
        for report in reports
    ]
    return show(
        visit, "event.html", card=card(visit.language, found, with_why=True), article=of,
        runs=sentence_runs(of, found, numbered=False),
        told=told, first=first_outlets(accounts), steps=developments(accounts), differences=_differences(visit, accounts),
    )  # fmt: skip


def _differences(visit: Visit, accounts: list[Account]) -> list[Disagreement]:
    """What reports tell differently, in the reader's words."""
    wheres = [one.event.where for one in accounts if one.event.where]
    places = {one.latin: one.name for one in wheres if one.latin and one.name}

    def said(one: Disagreement) -> Disagreement:
        told = (version._replace(value=told_as(visit.language, one.about, version.value, places)) for version in one.versions)
        return one._replace(versions=tuple(told))

    return [said(one) for one in disagreements(accounts)]


def _told(visit: Visit, account: Account) -> tuple[dict[str, Any], list[Run]]:
    return card(visit.language, account.event), sentence_runs(account.article, account.event, numbered=False)


@router.get("/stories")
def stories(visit: Asked, least: int = 2) -> Response:
    """Acts that several articles report, each once, the latest first."""
    rows = remembered(visit.request, visit.record, _latest_stories, str(max(2, least)))
    told = []
    for row in rows:
        found, of = load_event(visit.record, row.story_id)
        told.append((row, card(visit.language, found), of))
    return show(visit, "stories.html", told=told)


def _latest_stories(record: Record, least: str) -> list[StoryRow]:
    return list(deque(find_stories(record, int(least)), maxlen=_STORIES))[::-1]
