"""Agreements: the register, each once; and what each article says of them."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel
from starlette.responses import Response

from rasid.analysis.agreements import Dispute, read_register
from rasid.cli_agreements import COLUMNS, accord_cells, accord_line
from rasid.cli_quotes import article_of
from rasid.contract import agreement_to_json
from rasid.record.agreements import AgreementQuery, AgreementRow, find_agreements
from rasid.server.api import shapes
from rasid.server.api.answers import READS, After, Limit, as_found_page, as_numbered_page
from rasid.server.api.filters import End, Outlet, Start, none_given
from rasid.server.api.streams import STREAMS, Shown, Streamed, items_streamed, rows_table, stream
from rasid.server.freshness import fresh
from rasid.server.keeping import kept
from rasid.server.records import Reading
from rasid.server.security import reader

router = APIRouter(prefix="/agreements", tags=["agreements"], dependencies=[Depends(reader), Depends(fresh)])
_DISPUTE = shapes.row_shape(Dispute)


class Party(BaseModel):
    """A party of an accord."""

    code: str | None
    text: str
    latin: str | None


class Signatory(BaseModel):
    """Who signed an accord."""

    code: str | None
    name: str | None
    latin: str | None
    role: str | None


class AgreementReport(shapes.InArticle, shapes.Agreement):
    """An agreement as one article reports it."""


class AccordShape(BaseModel):
    """An accord: of each thing the version that most articles give, what they dispute, and all that report it."""

    parties: list[Party]
    kind: str
    name: str | None
    status: str | None
    fields: list[str]
    signatories: list[Signatory]
    announced: shapes.Days | None
    signed: shapes.Days | None
    ratified: shapes.Days | None
    in_force: shapes.Days | None
    suspended: shapes.Days | None
    ended: shapes.Days | None
    where: str | None
    disputes: list[_DISPUTE]  # type: ignore[valid-type]
    reports: list[AgreementReport]


def _some(what: str, example: str) -> Any:
    return Annotated[
        list[str], Query(default_factory=none_given, description=f"{what}; may be given again.", examples=[[example]])
    ]


async def _asked(
    party: _some("A party: a code, or a name in either language", "MAR"),  # type: ignore[valid-type]
    kind: _some("treaty, framework, memorandum, ceasefire ...", "memorandum"),  # type: ignore[valid-type]
    field: _some("military, energy ...", "military"),  # type: ignore[valid-type]
    status: _some("announced, planned, signed, ratified, in_force, suspended or ended", "signed"),  # type: ignore[valid-type]
    start: Start = None,
    end: End = None,
    source: Outlet = None,
) -> AgreementQuery:
    kinds, fields, statuses = (tuple(map(str.lower, given)) for given in (kind, field, status))
    return AgreementQuery(tuple(party), kinds, fields, statuses, start, end, source)


_Asked = Annotated[AgreementQuery, Depends(_asked)]


@router.get("", response_model=shapes.page_shape(AccordShape), responses={**READS, **STREAMS})
def list_agreements(
    request: Request, record: Reading, query: _Asked, limit: Limit = 50, after: After = None, format: Shown = "json"
) -> Response:
    """Agreements, each once, however many articles report it: the earliest first."""
    found = kept(request, query, lambda: read_register(record, query))
    if format != "json":
        streamed = Streamed(
            lambda _: rows_table("agreements", COLUMNS, lambda: map(accord_cells, found)), lambda _: map(accord_line, found)
        )
        return stream(request, streamed, format)
    return as_numbered_page(request, found, after, limit, accord_line)


@router.get("/reports", response_model=shapes.page_shape(AgreementReport), responses={**READS, **STREAMS})
def list_reports(
    request: Request, record: Reading, query: _Asked, limit: Limit = 50, after: After = None, format: Shown = "json"
) -> Response:
    """Agreements as each article reports them: the earliest article first."""
    if format != "json":
        rows = items_streamed("reports", AgreementReport, lambda record: map(_report, find_agreements(record, query)))
        return stream(request, rows, format)
    return as_found_page(request, lambda *cut: find_agreements(record, query, *cut), after, limit, _report)


def _report(row: AgreementRow) -> dict[str, Any]:
    return {**article_of(row), **agreement_to_json(row.agreement)}
