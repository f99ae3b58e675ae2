"""Events: a page of flat rows, one with its article, or all of them as a stream."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request
from starlette.responses import Response

from rasid.record import EventRow, find_events
from rasid.record.export import event_with_article
from rasid.record.tables import EVENTS
from rasid.server.api import shapes
from rasid.server.api.answers import READS, After, Limit, as_dict, as_json, as_page, not_known
from rasid.server.api.filters import Asked
from rasid.server.api.streams import STREAMS, Shown, stream, table_streamed
from rasid.server.freshness import fresh
from rasid.server.records import Reading
from rasid.server.security import reader

router = APIRouter(prefix="/events", tags=["events"], dependencies=[Depends(reader), Depends(fresh)], responses=READS)
ROW = shapes.row_shape(EventRow)
EventId = Annotated[str, Path(max_length=200, description="An event's id, or its beginning.", examples=["5b2c0a1d"])]


@router.get("", response_model=shapes.page_shape(ROW), responses=STREAMS)
def list_events(
    request: Request,
    record: Reading,
    query: Asked,
    limit: Limit = 50,
    after: After = None,
    format: Shown = "json",
) -> Response:
    """Events that match all filters, by their first day, as people corrected them."""
    if format != "json":
        return stream(request, table_streamed(EVENTS, query), format)
    rows = find_events(record, replace(query, after=after), limit + 1)
    return as_page(request, rows, limit, lambda row: row.event_id, as_dict, lambda: not_known(request, record, query))


@router.get("/{event}", response_model=shapes.EventOfArticle)
def get_event(record: Reading, event: EventId) -> Response:
    """An event with its words, its reasons, and the article that reports it."""
    return as_json(event_with_article(record, event))
