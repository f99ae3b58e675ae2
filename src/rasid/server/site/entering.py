"""The way in: the first address, logging in and out, the theme, and the files that pages are made with."""

import mimetypes
from typing import Annotated, get_args

from fastapi import APIRouter, Form, Request
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, RedirectResponse, Response

from rasid.server.security import CurrentUser, log_in, log_out
from rasid.server.site.languages import Digits, best_language
from rasid.server.site.visits import DIGITS, THEME, THEMES, PageRoute, address, language_of, show_without_record, static_file

router = APIRouter(route_class=PageRoute)
files = APIRouter()
_YEAR = 31_536_000  # seconds
_Text = Annotated[str, Form(max_length=1000)]
mimetypes.add_type("font/woff2", ".woff2")


@files.get("/")
async def begin(request: Request) -> Response:
    """To the first page in the language that the browser asks for."""
    return RedirectResponse(
        f"/{best_language(request.headers.get('accept-language', '')).code}/", 307, {"Vary": "Accept-Language"}
    )


@files.get("/static/{name:path}")
def static(name: str) -> Response:
    """A file that pages are made with; its address changes with its content."""
    path = static_file(name)
    if path is None:
        raise HTTPException(404)
    return FileResponse(path, headers={"Cache-Control": f"public, max-age={_YEAR}, immutable"})


@router.get("/login")
async def login(request: Request, user: CurrentUser, next: str = "") -> Response:
    """The form to log in."""
    return show_without_record(request, user, "login.html", next=_own(request, next), wrong=False, name="")


@router.post("/login")
async def enter(request: Request, user: CurrentUser, name: _Text = "", password: _Text = "", next: _Text = "") -> Response:
    """Log in, and go on to where one came from."""
    onward = RedirectResponse(_own(request, next), 303)
    if await log_in(request, onward, name, password):
        return onward
    return show_without_record(request, user, "login.html", 401, next=_own(request, next), wrong=True, name=name)


@router.post("/logout")
async def leave(request: Request, user: CurrentUser) -> Response:
    """Log out."""
    onward = RedirectResponse(address(language_of(request), "/"), 303)
    await log_out(request, onward)
    return onward


@router.post("/theme")
async def choose_theme(request: Request, user: CurrentUser, theme: _Text = "auto", next: _Text = "") -> Response:
    """Light, dark, or as the device has it."""
    onward = RedirectResponse(_own(request, next), 303)
    if theme in THEMES:
        onward.set_cookie(THEME, theme, max_age=_YEAR, path="/", samesite="lax", httponly=True)
    return onward


@router.post("/digits")
async def choose_digits(request: Request, user: CurrentUser, digits: _Text = "", next: _Text = "") -> Response:
    """The digits of Arabic pages: 123 or ١٢٣."""
    onward = RedirectResponse(_own(request, next), 303)
    if digits in get_args(Digits):
        onward.set_cookie(DIGITS, digits, max_age=_YEAR, path="/", samesite="lax", httponly=True)
    return onward


def _own(request: Request, wanted: str) -> str:
    """An address of these pages, whatever was sent: nobody is led elsewhere."""
    own = wanted.startswith(("/ar/", "/en/")) and "\\" not in wanted and wanted.isprintable()
    return wanted if own else address(language_of(request), "/")
