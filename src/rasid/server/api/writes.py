"""The log of writes, for editors."""

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from rasid.server.accounts import Write, read_writes
from rasid.server.api import shapes
from rasid.server.api.answers import WRITES, After, Limit, as_dict, as_numbered_page, skipped
from rasid.server.records import settings_of
from rasid.server.security import editor

router = APIRouter(prefix="/writes", tags=["upkeep"], dependencies=[Depends(editor)], responses=WRITES)


@router.get("", response_model=shapes.page_shape(shapes.row_shape(Write)))
def list_writes(request: Request, limit: Limit = 50, after: After = None) -> Response:
    """Who wrote what, and when, the newest first."""
    found = read_writes(settings_of(request).accounts_file, skipped(after) + limit + 1)
    return as_numbered_page(request, found, after, limit, as_dict)
