"""What people said, and claims that rank or count, article by article."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from rasid.cli_quotes import CLAIM_COLUMNS, QUOTE_COLUMNS, claim_cells, claim_line, quote_cells, quote_line
from rasid.record.claims import ClaimQuery, ClaimRow, find_claims
from rasid.record.quotes import QuoteQuery, find_quotes
from rasid.server.api import shapes
from rasid.server.api.answers import READS, After, Limit, as_found_page
from rasid.server.api.filters import End, Outlet, Start, Words, none_given
from rasid.server.api.streams import STREAMS, Shown, Streamed, rows_table, stream
from rasid.server.freshness import fresh
from rasid.server.records import Reading
from rasid.server.security import reader

router = APIRouter(tags=["quotes and claims"], dependencies=[Depends(reader), Depends(fresh)], responses={**READS, **STREAMS})
Somebody = Annotated[str | None, Query(max_length=500, description="A code, or a name in either language.", examples=[None])]


class QuoteInArticle(shapes.InArticle, shapes.Quote):
    """A quote, and the article in which it stands; `cue` is the word that reports it."""

    cue: str | None = None  # type: ignore[assignment]


class ClaimInArticle(shapes.InArticle, shapes.Claim):
    """A claim, and the article in which it stands."""


@router.get("/quotes", response_model=shapes.page_shape(QuoteInArticle))
def list_quotes(
    request: Request,
    record: Reading,
    by: Annotated[str | None, Query(max_length=500, description="Who speaks: a code, or a name.", examples=["MAR"])] = None,
    about: Somebody = None,
    through: Annotated[
        str | None, Query(max_length=500, description="Who carried the words: an outlet, an agency.", examples=[None])
    ] = None,
    words: Words = "",
    direct: Annotated[
        bool | None, Query(description="The speaker's own words only; or only what is reported with أن.", examples=[None])
    ] = None,
    start: Start = None,
    end: End = None,
    source: Outlet = None,
    limit: Limit = 50,
    after: After = None,
    format: Shown = "json",
) -> Response:
    """Who said what, of whom, through whom: the latest articles first."""
    query = QuoteQuery(by, about, through, words, direct, start, end, source)
    if format != "json":
        streamed = Streamed(
            lambda record: rows_table(
                "quotes", QUOTE_COLUMNS, lambda: map(quote_cells, find_quotes(record, query)), ("direct",)
            ),
            lambda record: map(quote_line, find_quotes(record, query)),
        )
        return stream(request, streamed, format)
    return as_found_page(request, lambda *cut: find_quotes(record, query, *cut), after, limit, quote_line)


@router.get("/claims", response_model=shapes.page_shape(ClaimInArticle))
def list_claims(
    request: Request,
    record: Reading,
    kind: Annotated[
        list[str],
        Query(default_factory=none_given, description="rank, first, largest ...; may be given again.", examples=[["rank"]]),
    ],
    about: Somebody = None,
    words: Words = "",
    start: Start = None,
    end: End = None,
    source: Outlet = None,
    negated: Annotated[bool | None, Query(description="Those that are denied, or the others.", examples=[None])] = None,
    limit: Limit = 50,
    after: After = None,
    format: Shown = "json",
) -> Response:
    """Claims that rank or count (`رابع بلد عربي`, `أكبر صفقة`): the latest articles first."""
    query = ClaimQuery(tuple(map(str.lower, kind)), about, words, start, end, source, negated)
    if format != "json":
        integers = ("number", "negated")
        streamed = Streamed(
            lambda record: rows_table("claims", CLAIM_COLUMNS, lambda: map(claim_cells, find_claims(record, query)), integers),
            lambda record: map(_line, find_claims(record, query)),
        )
        return stream(request, streamed, format)
    return as_found_page(request, lambda *cut: find_claims(record, query, *cut), after, limit, _line)


def _line(row: ClaimRow) -> dict[str, Any]:
    """With the words of its sentence, as there is no article's text beside it."""
    line = claim_line(row)
    return {**line, "sentence": {**line["sentence"], "text": row.claim.sentence.text}}
