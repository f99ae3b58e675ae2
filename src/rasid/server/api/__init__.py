"""The REST API, version 1: one router a kind of thing, put together here."""

from fastapi import APIRouter, Depends

from rasid.server.api import (
    actors,
    agreements,
    articles,
    coding,
    corrections,
    events,
    exporting,
    ingesting,
    quotes,
    relations,
    searching,
    session,
    stories,
    validation,
    watches,
    writes,
)
from rasid.server.asked import only_known

PREFIX = "/api/v1"
router = APIRouter(prefix=PREFIX, dependencies=[Depends(only_known)])
_READ = (events, articles, searching, stories, actors, relations, agreements, quotes, exporting, coding)
_WRITTEN = (corrections, validation, watches, ingesting, session, writes)
for part in (*_READ, *_WRITTEN):
    router.include_router(part.router)
