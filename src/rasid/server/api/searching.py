"""Searching articles by their words and by the events that they report."""

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from rasid.record.searching import Found, SearchQuery, search
from rasid.server.api import shapes
from rasid.server.api.answers import READS, After, Limit, Numbered, as_dict, as_page, skipped
from rasid.server.api.filters import End, Outlet, Reported, Start, Words
from rasid.server.freshness import fresh
from rasid.server.records import Reading
from rasid.server.security import reader

router = APIRouter(prefix="/search", tags=["search"], dependencies=[Depends(reader), Depends(fresh)], responses=READS)
_FOUND = shapes.row_shape(Found, snippet=shapes.Span, marks=list[shapes.Span])


@router.get("", response_model=shapes.page_shape(_FOUND))
def search_articles(
    request: Request,
    record: Reading,
    reported: Reported,
    words: Words = "",
    start: Start = None,
    end: End = None,
    source: Outlet = None,
    limit: Limit = 20,
    after: After = None,
) -> Response:
    """Articles that say `words` and report such an event, the best first, with the words shown where they stand.

    `from`, `to` and `source` are about the article, the other filters about events that it reports.
    """
    first = skipped(after)
    found = search(record, SearchQuery(words, reported, start, end, source), limit + 1, first)
    rows = (Numbered(n, one) for n, one in enumerate(found, first + 1))
    return as_page(request, rows, limit, lambda one: str(one.n), lambda one: as_dict(one.row))
