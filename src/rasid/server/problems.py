"""Errors as RFC 9457 has them: `application/problem+json`, whose `detail` says what is wrong and what to do."""

import sqlite3
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from pydantic_core import to_json
from starlette.exceptions import HTTPException
from starlette.responses import Response

from rasid.errors import InputError, NotThereError, RecordError
from rasid.record.opening import as_record_errors

MEDIA = "application/problem+json"
_OF_THE_RECORD = ("holds ", "knows ", "tells ", "is damaged", "cannot be opened")


class Wrong(BaseModel):
    """One thing that is wrong with a request: where it stands, and what it is."""

    where: str
    what: str


class Problem(BaseModel):
    """Why a request was not answered, and what to do."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[Wrong] = []


def problem(status: int, detail: str, errors: list[Wrong] | None = None, headers: dict[str, str] | None = None) -> Response:
    """A response that says why there is no other."""
    said = Problem(title=HTTPStatus(status).phrase, status=status, detail=detail, errors=errors or [])
    return Response(to_json(said, exclude={"errors"} if not errors else None), status, headers, MEDIA)


def add_problems(app: FastAPI) -> None:
    """Have all errors of an application answered so."""
    app.add_exception_handler(HTTPException, _of_http)
    app.add_exception_handler(RequestValidationError, _of_validation)
    app.add_exception_handler(InputError, _of_input)
    app.add_exception_handler(RecordError, _of_record)
    app.add_exception_handler(sqlite3.Error, _of_sqlite)
    app.add_exception_handler(Exception, _of_ours)


async def _of_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == HTTPStatus.NOT_MODIFIED:
        return Response(status_code=error.status_code, headers=error.headers)
    detail = {
        404: f"there is nothing at {request.url.path}; /api/v1/openapi.json lists what there is",
        405: f"{request.method} is not for {request.url.path}; /api/v1/openapi.json says what is",
    }.get(error.status_code)
    said = error.detail if error.detail != HTTPStatus(error.status_code).phrase or not detail else detail
    return problem(error.status_code, said, headers=dict(error.headers or {}))


async def _of_validation(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    errors = [Wrong(where=".".join(map(str, one["loc"])), what=_what(one)) for one in error.errors()]
    if errors and errors[0].where == "body" and "json" not in request.headers.get("content-type", ""):
        return problem(422, "the body is not said to be JSON; send it with `Content-Type: application/json`", errors)
    first = f"{errors[0].where}: {errors[0].what}" if errors else "the request cannot be read"
    return problem(422, f"{first}; /api/v1/openapi.json says what is expected", errors)


def _what(error: dict[str, Any]) -> str:
    if error["type"] == "too_short" and error["loc"][0] == "query":
        return f"is to be given {error['ctx']['min_length']} times"
    return str(error["msg"]).removeprefix("Value error, ")


async def _of_input(request: Request, error: Exception) -> Response:
    return problem(400, _without_path(request, error))


async def _of_record(request: Request, error: Exception) -> Response:
    said = _without_path(request, error)
    if isinstance(error, NotThereError):
        return problem(404, said)
    if not isinstance(error.__cause__, sqlite3.Error):
        return problem(409, said)
    why = str(error.__cause__)
    if "locked" in why or "busy" in why:
        return problem(503, said, headers={"Retry-After": "5"})
    return problem(507 if "is full" in why else 500, said)


async def _of_sqlite(request: Request, error: Exception) -> Response:
    """What SQLite says where nothing of the record's own was asked, as of a file that is damaged."""
    try:
        with as_record_errors(request.app.state.settings.record):
            raise error
    except RecordError as said:
        return await _of_record(request, said)


def _without_path(request: Request, error: Exception) -> str:
    """What is wrong, without where the record lies, which is nobody's business."""
    said = str(error)
    inside = said.removeprefix(f"{request.app.state.settings.record}: ")
    return f"the record {inside}" if inside != said and inside.startswith(_OF_THE_RECORD) else inside


async def _of_ours(request: Request, error: Exception) -> Response:
    return problem(500, "a mistake of the server's own; its log says more")
