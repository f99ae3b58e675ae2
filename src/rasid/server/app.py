"""The whole server: the API and the pages over one record."""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from fastapi.telemetry import TelemetryConfig
from starlette.types import Receive, Scope, Send

from rasid.server import api, guards, site, upkeep
from rasid.server.accounts import Write, log_write
from rasid.server.apart import Ingesting
from rasid.server.api.examples import add_examples
from rasid.server.keeping import Kept
from rasid.server.logs import REQUESTS
from rasid.server.metrics import Metrics, count_request, new_metrics
from rasid.server.problems import add_problems
from rasid.server.records import open_records
from rasid.server.security import SAFE, User
from rasid.server.settings import Settings

_CODING = 2  # texts that are coded at once where nothing is kept
_NOTHING_TOLD: TelemetryConfig = {  # to whatever the environment names
    "tracing": False,
    "metrics": False,
    "logs": False,
    "operation_spans": False,
    "auto_configure": False,
}


class Served(FastAPI):
    """The application behind its guards, which come before whatever else was added to it."""

    guarded: guards.Guarded | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; the first call puts the guards before the application."""
        if self.guarded is None:
            self.guarded = _guarded(self, super().__call__)
        scope["app"] = self
        await self.guarded(scope, receive, send)

    def openapi(self) -> dict[str, Any]:
        """What OpenAPI says of the application, with examples; worked out when it is first asked for."""
        if not self.openapi_schema:
            add_examples(super().openapi(), api.PREFIX)
        return super().openapi()


def make_app(settings: Settings) -> Served:
    """The application that serves the record in `settings`; the record is opened when the server starts."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.records = open_records(settings.record)
        try:
            yield
        finally:
            app.state.ingesting.close()
            app.state.records.close()

    app = Served(
        title="rasid",
        summary="The record of political events in Arabic news, each row with the words that say so.",
        version="1",
        lifespan=lifespan,
        openapi_url="/api/v1/openapi.json",
        telemetry=_NOTHING_TOLD,
        docs_url=None,  # those pages fetch their scripts from elsewhere
        redoc_url=None,
        license_info={"name": "MIT", "identifier": "MIT"},
    )
    app.state.settings = settings
    app.state.metrics = new_metrics()
    app.state.ingesting = Ingesting()
    app.state.coding = asyncio.Semaphore(_CODING)
    app.state.kept = Kept()
    add_problems(app)
    app.include_router(upkeep.router)
    app.include_router(api.router)
    app.include_router(site.router)
    return app


def _guarded(app: FastAPI, inner: guards.Guarded) -> guards.Guarded:
    settings: Settings = app.state.settings
    metrics: Metrics = app.state.metrics

    def trace(scope: Scope, status: int, seconds: float) -> None:
        count_request(metrics, scope, status, seconds)
        said = {
            "method": scope["method"],
            "path": scope["path"],
            "status": status,
            "ms": round(seconds * 1000, 1),
            "client": guards.client_of(scope),
            "by": _user(scope).name,
        }
        REQUESTS.info("request", extra={"said": said})

    def log(scope: Scope, status: int, seconds: float) -> None:
        """Of a request that could write, before it is answered."""
        user = _user(scope)
        at = dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")
        client = guards.client_of(scope)
        log_write(settings.accounts_file, Write(at, user.name, user.how, client, scope["method"], scope["path"][:500], status))

    def writes(scope: Scope) -> bool:
        return scope["method"] not in SAFE and bool(scope["state"].get("writes"))

    guarded = guards.not_too_much(inner, settings.largest)
    guarded = guards.not_too_often(guarded, settings.rate)
    guarded = guards.under_own_name(guarded, settings.names)
    guarded = guards.with_headers(guarded)
    return guards.asked_for_headers(guards.traced(guarded, trace, log, writes))


def _user(scope: Scope) -> User:
    user = scope["state"].get("user")
    return user if isinstance(user, User) else User("", None, "anonymous")
