"""What every page is given: who asks, in which language, and how an answer or an error is shown to people."""

import logging
import sqlite3
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote, urlencode

from fastapi import Depends, Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from jinja2 import Environment, FileSystemLoader
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, RedirectResponse, Response

from rasid.analysis.charts.writing import FONTS
from rasid.errors import InputError, RecordError
from rasid.server.records import Aside, Reading, settings_of
from rasid.server.security import CSRF_FIELD, CurrentUser, Reader, User, csrf_token
from rasid.server.site.languages import ARABIC, LANGUAGES, Language, arabic_of, best_language
from rasid.server.site.letters import visible
from rasid.server.site.rules import rule_in

_log = logging.getLogger(__name__)
SERVER = Path(__file__).parent.parent
STATIC = SERVER / "static"
_FACES = ("RasidSans-Regular.woff2", "RasidSans-Bold.woff2")
THEME = "rasid_theme"
THEMES = ("auto", "light", "dark")
DIGITS = "rasid_digits"
NAVIGATION = ("events", "actors", "relations", "map", "stories", "quotes", "agreements", "watches")
WORK = ("code", "review", "validation", "ingest", "about")


@dataclass(frozen=True, slots=True)
class Visit:
    """A request for a page: who sent it, in which language it is answered, and the record."""

    request: Request
    language: Language
    user: User
    record: Reading


async def _visit(request: Request, user: Reader, record: Reading) -> Visit:
    return Visit(request, language_of(request), user, record)


async def _visit_aside(request: Request, user: Reader, record: Aside) -> Visit:
    return Visit(request, language_of(request), user, record)


Asked = Annotated[Visit, Depends(_visit)]
AskedAside = Annotated[Visit, Depends(_visit_aside)]
"""For a page that is not made of the record, and takes long."""


def language_of(request: Request) -> Language:
    """The language that the address begins with; Arabic with the digits and months of the reader's country."""
    accepted = request.headers.get("accept-language", "")
    found = LANGUAGES.get(request.url.path.split("/")[1]) or best_language(accepted)  # type: ignore[call-overload]
    return arabic_of(accepted, request.cookies.get(DIGITS, "")) if found is ARABIC else found


def show(visit: Visit, template: str, status: int = 200, **parts: Any) -> HTMLResponse:
    """A page made of a template."""
    return _page(visit.request, visit.language, visit.user, template, status, parts)


def show_without_record(request: Request, user: CurrentUser, template: str, status: int = 200, **parts: Any) -> HTMLResponse:
    """A page for whoever may not read."""
    return _page(request, language_of(request), user, template, status, parts)


def go(visit: Visit, path: str, **query: str | None) -> RedirectResponse:
    """To another page in the same language, after a form was sent."""
    return RedirectResponse(address(visit.language, path, **query), 303)


def address(language: Language, path: str, **query: Any) -> str:
    """A page's address: `address(ENGLISH, "/events", type="AID")`; what is empty is left out of it."""
    asked = [(key, value) for key, value in query.items() if value not in (None, "", (), [])]
    return f"/{language.code}{quote(path)}" + (f"?{urlencode(asked, doseq=True)}" if asked else "")


class PageRoute(APIRoute):
    """A page whose errors are pages too."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The page, or a page that says what is wrong and what to do."""
        inner = super().get_route_handler()

        async def handled(request: Request) -> Response:
            try:
                return await inner(request)
            except HTTPException as error:
                if error.status_code == 401 and request.method == "GET":
                    asked = f"{request.url.path}?{request.url.query}".rstrip("?")
                    return RedirectResponse(address(language_of(request), "/login", next=asked), 303)
                return error_page(request, error.status_code, str(error.detail))
            except RequestValidationError as error:
                said = "; ".join(f"{one['loc'][-1]}: {one['msg']}" for one in error.errors())
                return error_page(request, 400, said)
            except InputError as error:
                return error_page(request, 400, str(error))
            except RecordError as error:
                status = 500 if isinstance(error.__cause__, sqlite3.Error) else 404
                return error_page(request, status, str(error).removeprefix(f"{settings_of(request).record}: "))
            except Exception:  # a mistake of ours: the log has it whole, the reader a page
                _log.exception("a page failed: %s", request.url.path)
                return error_page(request, 500, "")

        return handled


def error_page(request: Request, status: int, said: str) -> HTMLResponse:
    """What went wrong, in words, and what to do; `said` is the one line of the error itself."""
    kind = status if status in (400, 403, 404, 409) else 403 if status == 401 else 500 if status >= 500 else 400
    user = getattr(request.state, "user", User("", None, "anonymous"))
    language = language_of(request)
    parts = {"kind": kind, "said": None if said in ("", "Not Found") else rule_in(language, said)}
    return _page(request, language, user, "error.html", status, parts)


def _page(request: Request, language: Language, user: User, template: str, status: int, parts: dict[str, Any]) -> HTMLResponse:
    theme = request.cookies.get(THEME, "auto")
    given = {
        "language": language,
        "other": next(one for one in LANGUAGES.values() if one.code != language.code),
        "t": language.say,
        "n": language.count,
        "label": language.label,
        "comma": language.comma,
        "user": user,
        "theme": theme if theme in THEMES else "auto",
        "themes": THEMES,
        "csrf": csrf_token(request),
        "csrf_field": CSRF_FIELD,
        "base": str(request.base_url).rstrip("/"),
        "here": f"{request.url.path}?{request.url.query}".rstrip("?"),
        "elsewhere": _in_other_language(request, language),
        "section": ([*request.url.path.split("/"), "", ""])[2],
        "to": lambda path, **query: address(language, path, **query),
        "static": _static,
        "navigation": NAVIGATION,
        "work": WORK,
    }
    headers = {"Cache-Control": "private, no-cache", "Content-Language": language.code, "Vary": "Accept-Language, Cookie"}
    return HTMLResponse(_templates().get_template(template).render(given | parts), status, headers)


def _in_other_language(request: Request, language: Language) -> str:
    other = "en" if language.code == "ar" else "ar"
    rest = request.url.path.removeprefix(f"/{language.code}") or "/"
    return f"/{other}{quote(rest)}" + (f"?{request.url.query}" if request.url.query else "")


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(SERVER / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=visible,
    )


@cache
def _static(name: str) -> str:
    """The address of a file, which changes with its content, so that browsers may keep it for ever."""
    path = static_file(name)
    assert path is not None
    return f"/static/{name}?v={sha256(path.read_bytes()).hexdigest()[:12]}"


def static_file(name: str) -> Path | None:
    """A file that pages are made with; the sans face is the one that charts are drawn with."""
    folder, _, rest = name.partition("/")
    home, inside = (FONTS, rest) if folder == "fonts" and rest in _FACES else (STATIC, name)
    path = (home / inside).resolve()
    return path if path.is_relative_to(home) and path.is_file() else None
