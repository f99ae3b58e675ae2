"""ETags: what a client has read is still right as long as nothing in the record changed."""

import hashlib
from typing import Annotated

from fastapi import Depends, Request
from starlette.exceptions import HTTPException

from rasid.server.records import records_of


async def fresh(request: Request) -> str:
    """The ETag of what is asked for, which goes into the headers of whatever response there is but errors.

    It is taken before anything is read, so that what is read may be newer than it says, but never older.

    Raises:
        HTTPException: 304, the client has it already.
    """
    headers = headers_for(request, records_of(request).version())
    if headers["ETag"] in (one.strip() for one in request.headers.get("if-none-match", "").split(",")):
        raise HTTPException(304, headers=headers)
    request.state.headers = headers
    return headers["ETag"]


def headers_for(request: Request, version: str) -> dict[str, str]:
    """The headers of what is answered as of a version of the record."""
    said = f"{version} {request.url.path}?{request.url.query} {request.headers.get('accept', '')}"
    tag = f'W/"{hashlib.sha256(said.encode()).hexdigest()[:20]}"'
    return {"ETag": tag, "Cache-Control": "private, no-cache", "Vary": "Accept, Cookie, Authorization"}


Fresh = Annotated[str, Depends(fresh)]
"""As a dependency of whatever only reads the record; behind that which says who may."""
