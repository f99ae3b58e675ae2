"""How the API answers: JSON, pages with a cursor, and streams; and which answers every operation can give."""

import datetime as dt
from collections.abc import Callable, Iterable
from itertools import islice
from typing import Annotated, Any, NamedTuple, TypeVar

from fastapi import Query, Request
from pydantic_core import to_json
from starlette.responses import Response

from rasid.errors import InputError
from rasid.record import EventQuery, Record
from rasid.record.unknown import unknown_in
from rasid.server.problems import MEDIA, Problem
from rasid.server.records import settings_of

Row = TypeVar("Row")
MOST = 1000
_FLAT = frozenset((str, int, float, bool, type(None), dt.date))  # what most cells are, and JSON has as it is
Limit = Annotated[int, Query(ge=1, le=MOST, description="At most so many on a page.")]
After = Annotated[str | None, Query(max_length=200, description="`next` of the page before: go on behind it.", examples=[None])]


def _said(status: int, why: str) -> dict[int | str, dict[str, Any]]:
    return {status: {"description": why, "model": Problem, "content": {MEDIA: {}}}}


READS: dict[int | str, dict[str, Any]] = {
    304: {"description": "What the client has (If-None-Match) is still right."},
    **_said(400, "Asked for what there is not."),
    **_said(401, "This server lets only those with an account read."),
    **_said(404, "There is no such thing in the record."),
    **_said(409, "The record is not so that this could be done."),
    **_said(422, "A parameter or the body is not what it should be."),
    **_said(429, "Too many requests; Retry-After says when the next may be."),
    **_said(500, "The record is damaged or cannot be read; `rasid check` says more."),
    **_said(503, "The record is being written; Retry-After says when to try again."),
}
WRITES: dict[int | str, dict[str, Any]] = {
    **{status: said for status, said in READS.items() if status != 304},
    **_said(401, "Writing needs a token or an account."),
    **_said(403, "The role does not allow it, or a page of another site sent it."),
    **_said(408, "The body did not come in good time."),
    **_said(507, "There is no room left; what was kept before is kept."),
    **_said(413, "The body is too large."),
}


def as_json(content: object, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """A response of JSON; days are ISO 8601."""
    return Response(to_json(content), status, headers, "application/json")


def as_page(
    request: Request,
    rows: Iterable[Row],
    limit: int,
    cursor: Callable[[Row], str],
    as_item: Callable[[Row], object],
    notes: Callable[[], Iterable[str]] = tuple,
) -> Response:
    """A page of rows.

    Args:
        request: what was asked.
        rows: those behind the page before, of which `limit` and one more are taken.
        limit: how many go on the page.
        cursor: what says of a row that the next page begins behind it.
        as_item: the row as JSON has it.
        notes: what there is to say where nothing was found: names that the record does not know.
    """
    some = list(islice(rows, limit + 1))
    more = cursor(some[limit - 1]) if len(some) > limit else None
    url = str(request.url.include_query_params(after=more)) if more else ""
    items = [as_item(row) for row in some[:limit]]
    said = list(notes()) if not items and "after" not in request.query_params else []
    content = {"items": items, "next": more, **({"notes": said} if said else {})}
    return as_json(content, headers={"Link": f'<{url}>; rel="next"'} if more else None)


class Numbered(NamedTuple):
    """A row of a list that has no lasting names, and its number in it."""

    n: int
    row: Any


def skipped(after: str | None) -> int:
    """How many rows of such a list were on the pages before.

    Raises:
        InputError: `after` is no number.
    """
    if after is not None and not (after.isascii() and after.isdecimal() and len(after) < 10):
        raise InputError(f'"{after}" is no cursor; send back `next` of the page before, or leave `after` out')
    return int(after or 0)


def as_numbered_page(
    request: Request, rows: Iterable[Any], after: str | None, limit: int, as_item: Callable[[Any], object]
) -> Response:
    """As `as_page`, of a list whose cursor is a number."""
    numbered = (Numbered(n, row) for n, row in islice(enumerate(rows, 1), skipped(after), None))
    return as_page(request, numbered, limit, lambda one: str(one.n), lambda one: as_item(one.row))


def as_found_page(
    request: Request,
    find: Callable[[int, int], Iterable[Any]],
    after: str | None,
    limit: int,
    as_item: Callable[[Any], object],
    notes: Callable[[], Iterable[str]] = tuple,
) -> Response:
    """As `as_numbered_page`, of what `find` finds when told how many rows to give at most and how many to pass over."""
    first = skipped(after)
    rows = (Numbered(n, row) for n, row in enumerate(find(limit + 1, first), first + 1))
    return as_page(request, rows, limit, lambda one: str(one.n), lambda one: as_item(one.row), notes)


def not_known(request: Request, record: Record, query: EventQuery, outlet: str | None = None) -> list[str]:
    """What the record does not know of a query, as the command line says it."""
    path = settings_of(request).record
    return [line.replace(f"{path}: ", "the record ", 1) for line in unknown_in(record, query, outlet, nearest=0)]


def as_dict(row: Any) -> dict[str, Any]:
    """A NamedTuple or dataclass, and all that are in it, as objects."""
    names = row._fields if isinstance(row, tuple) else row.__dataclass_fields__  # type: ignore[attr-defined]
    cells = row if isinstance(row, tuple) else (getattr(row, name) for name in names)
    return {name: cell if type(cell) in _FLAT else _plain(cell) for name, cell in zip(names, cells, strict=True)}


def _plain(value: Any) -> Any:
    if hasattr(value, "_fields") or hasattr(value, "__dataclass_fields__"):
        return as_dict(value)
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    return sorted(value) if isinstance(value, frozenset) else value
