"""The REST API, version 1: one router a kind of thing, put together here."""

from fastapi import APIRouter

from rasid.server.api import (
    actors,
    articles,
    coding,
    corrections,
    events,
    exporting,
    ingesting,
    searching,
    session,
    stories,
    validation,
    writes,
)

PREFIX = "/api/v1"
router = APIRouter(prefix=PREFIX)
_READ = (events, articles, searching, stories, actors, exporting, coding)
_WRITTEN = (corrections, validation, ingesting, session, writes)
for part in (*_READ, *_WRITTEN):
    router.include_router(part.router)
