"""Searching articles by their words and by the events that they report."""

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from rasid.record.searching import Found, SearchQuery, search
from rasid.server.api import shapes
from rasid.server.api.answers import READS, After, Limit, as_dict, as_found_page, not_known
from rasid.server.api.filters import End, Outlet, Reported, Start, Words
from rasid.server.api.streams import STREAMS, Shown, items_streamed, stream
from rasid.server.freshness import fresh
from rasid.server.records import Reading
from rasid.server.security import reader

router = APIRouter(prefix="/search", tags=["search"], dependencies=[Depends(reader), Depends(fresh)], responses=READS)
_FOUND = shapes.row_shape(Found)


@router.get("", response_model=shapes.page_shape(_FOUND), responses=STREAMS)
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
    format: Shown = "json",
) -> Response:
    """Articles that say `words` and report such an event, the best first, with the words shown where they stand.

    `from`, `to` and `source` are about the article, the other filters about events that it reports.
    """
    query = SearchQuery(words, reported, start, end, source)
    if format != "json":
        return stream(request, items_streamed("found", _FOUND, lambda record: map(as_dict, search(record, query))), format)
    return as_found_page(
        request,
        lambda *cut: search(record, query, *cut),
        after,
        limit,
        as_dict,
        lambda: not_known(request, record, reported, source),
    )
