"""Logging in and out, for browsers."""

from typing import Annotated

from fastapi import APIRouter, Body, Request
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.responses import Response

from rasid.server.accounts import Role
from rasid.server.api.answers import WRITES
from rasid.server.asked import Known
from rasid.server.security import CurrentUser, csrf_token, log_in, log_out

router = APIRouter(prefix="/session", tags=["session"], responses=WRITES)


class Credentials(Known):
    """An account's name and password."""

    name: str = Field(max_length=100, examples=["layla"])
    password: str = Field(max_length=1000, examples=["correct horse battery"])


class Me(BaseModel):
    """Who asks, what they may do, and the token that forms and scripts of a session send back."""

    name: str = Field(examples=["layla"])
    role: Role | None = Field(examples=["coder"])
    how: str = Field(examples=["session"])
    csrf_token: str = ""


@router.get("")
def who_am_i(request: Request, user: CurrentUser) -> Me:
    """Who asks, and what they may do."""
    return Me(**user._asdict(), csrf_token=csrf_token(request) if user.how == "session" else "")


@router.post("", status_code=204)
async def open_session(request: Request, response: Response, user: CurrentUser, given: Annotated[Credentials, Body()]) -> None:
    """Log in: the answer sets a cookie."""
    if await log_in(request, response, given.name, given.password) is None:
        raise HTTPException(401, "no account has this name and password")


@router.delete("", status_code=204)
async def close_session(request: Request, response: Response, user: CurrentUser) -> None:
    """Log out."""
    await log_out(request, response)
