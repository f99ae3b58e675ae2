"""Who asks, and what they may do: tokens for programs, sessions in a cookie for browsers, and nothing forged by other sites."""

import hashlib
import hmac
from typing import Annotated, Literal, NamedTuple
from urllib.parse import urlsplit

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from rasid.server import accounts
from rasid.server.accounts import ROLES, Role
from rasid.server.records import settings_of
from rasid.server.settings import Settings

COOKIE = "rasid_session"
CSRF_FIELD = "csrf_token"
CSRF_HEADER = "x-csrf-token"
SAFE = frozenset(("GET", "HEAD", "OPTIONS"))
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
_COOKIE_SECONDS = 14 * 86_400


class User(NamedTuple):
    """Who asks: the account's name (empty for nobody), the role (None: may not even read), and how that is known."""

    name: str
    role: Role | None
    how: Literal["anonymous", "token", "session"]

    def may(self, role: Role) -> bool:
        """Whether this one may do what `role` may."""
        return self.role is not None and ROLES.index(self.role) >= ROLES.index(role)


async def current_user(request: Request) -> User:
    """Who sent this request.

    Raises:
        HTTPException: 401, the token is none; 403, a form or script of another site sent it.
    """
    settings = settings_of(request)
    _refuse_other_sites(request)
    user = await _who(request, settings)
    if user.how == "session" and request.method not in SAFE:
        await _check_csrf(request)
    request.state.user = user  # for the log of writes
    return user


CurrentUser = Annotated[User, Depends(current_user)]


def _at_least(request: Request, user: User, role: Role) -> User:
    request.state.writes = role != "reader"
    if user.may(role):
        return user
    if user.how == "anonymous":
        says = "log in, or send a token (Authorization: Bearer ...); `rasid accounts token NAME` makes one"
        raise HTTPException(401, says, {"WWW-Authenticate": 'Bearer realm="rasid"'})
    raise HTTPException(403, f"this is for the role {role}; you are {user.role}; `rasid accounts role NAME {role}` changes it")


async def reader(request: Request, user: CurrentUser) -> User:
    """Whoever may read."""
    return _at_least(request, user, "reader")


async def coder(request: Request, user: CurrentUser) -> User:
    """Whoever may code and correct."""
    return _at_least(request, user, "coder")


async def editor(request: Request, user: CurrentUser) -> User:
    """Whoever may also decide for others."""
    return _at_least(request, user, "editor")


Reader = Annotated[User, Depends(reader)]
Coder = Annotated[User, Depends(coder)]
Editor = Annotated[User, Depends(editor)]


def csrf_token(request: Request) -> str:
    """What a form must send back in its field `csrf_token` (or a script in X-CSRF-Token); empty where nobody is logged in.

    A form to log in needs none: that it comes from here is seen by its Origin, and there is no session yet to be misused.
    """
    return _csrf_of(request.cookies.get(COOKIE, ""))


async def log_in(request: Request, response: Response, name: str, password: str) -> User | None:
    """Open a session for whoever knows the password, and set its cookie in `response`; None, and nothing, for others."""
    settings = settings_of(request)
    request.state.writes = True  # so that every try is logged
    account = await run_in_threadpool(accounts.check_password, settings.accounts_file, name, password)
    if account is None:
        return None
    key = await run_in_threadpool(accounts.open_session, settings.accounts_file, account.name)
    response.set_cookie(COOKIE, key, max_age=_COOKIE_SECONDS, path="/", secure=settings.secure, httponly=True, samesite="lax")
    request.state.user = User(account.name, account.role, "session")
    return User(account.name, account.role, "session")


async def log_out(request: Request, response: Response) -> None:
    """End the session of this request, and take its cookie away."""
    key = request.cookies.get(COOKIE)
    if key:
        await run_in_threadpool(accounts.close_session, settings_of(request).accounts_file, key)
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax")


async def _who(request: Request, settings: Settings) -> User:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme:
        found = None
        if scheme.lower() == "bearer":
            found = await run_in_threadpool(accounts.account_of_token, settings.accounts_file, token.strip())
        if found is None:
            raise HTTPException(
                401, "this token is none; `rasid accounts token NAME` makes one", {"WWW-Authenticate": 'Bearer realm="rasid"'}
            )
        return User(found.name, found.role, "token")
    key = request.cookies.get(COOKIE)
    if key:
        found = await run_in_threadpool(accounts.account_of_session, settings.accounts_file, key)
        if found:
            return User(found.name, found.role, "session")
    return User("", "reader" if settings.open_reading else None, "anonymous")


def _refuse_other_sites(request: Request) -> None:
    """A browser says where a request that changes something comes from; programs say nothing."""
    if request.method in SAFE:
        return
    origin, fetched = request.headers.get("origin"), request.headers.get("sec-fetch-site", "none")
    try:
        foreign = origin is not None and urlsplit(origin).netloc.lower() != request.headers.get("host", "").lower()
    except ValueError:
        foreign = True
    if foreign or fetched not in ("none", "same-origin"):
        raise HTTPException(403, "this comes from a page of another site; open the page here and send it from there")


async def _check_csrf(request: Request) -> None:
    sent = request.headers.get(CSRF_HEADER, "")
    if not sent and request.headers.get("content-type", "").partition(";")[0].strip().lower() in _FORMS:
        said = (await request.form()).get(CSRF_FIELD, "")
        sent = said if isinstance(said, str) else ""
    if not hmac.compare_digest(sent.encode(), csrf_token(request).encode()):
        raise HTTPException(403, "the form is of another session; load its page again, and send it once more")


def _csrf_of(key: str) -> str:
    return hmac.new(key.encode(), b"rasid csrf", hashlib.sha256).hexdigest() if key else ""
