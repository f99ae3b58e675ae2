"""Articles: a page of them, or one with all that was coded of it."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request
from starlette.responses import Response

from rasid.contract import to_json
from rasid.record import load_article
from rasid.record.articles import ArticleRow, find_articles
from rasid.server.api import shapes
from rasid.server.api.answers import READS, After, Limit, as_dict, as_json, as_page
from rasid.server.api.filters import End, Outlet, Start
from rasid.server.api.streams import STREAMS, Shown, items_streamed, stream
from rasid.server.freshness import fresh
from rasid.server.records import Reading
from rasid.server.security import reader

router = APIRouter(prefix="/articles", tags=["articles"], dependencies=[Depends(reader), Depends(fresh)], responses=READS)
ArticleId = Annotated[str, Path(max_length=2000, description="An article's id.", examples=["a1"])]


_ROW = shapes.row_shape(ArticleRow)


@router.get("", response_model=shapes.page_shape(_ROW), responses=STREAMS)
def list_articles(
    request: Request,
    record: Reading,
    start: Start = None,
    end: End = None,
    source: Outlet = None,
    limit: Limit = 50,
    after: After = None,
    format: Shown = "json",
) -> Response:
    """Articles without their texts, the last that was published first. `GET /search` finds those that say something."""
    if format != "json":
        streamed = items_streamed("articles", _ROW, lambda record: map(as_dict, find_articles(record, start, end, source)))
        return stream(request, streamed, format)
    rows = find_articles(record, start, end, source, after=after, limit=limit + 1)
    return as_page(request, rows, limit, lambda row: row.article_id, as_dict)


@router.get("/{article:path}", response_model=shapes.CodedArticle)
def get_article(record: Reading, article: ArticleId) -> Response:
    """An article with its text and all that was coded of it, as people corrected it: the JSON contract."""
    return as_json(to_json(load_article(record, article)))
