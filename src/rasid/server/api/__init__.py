"""The REST API, version 1: one router a kind of thing, put together here."""

from fastapi import APIRouter

from rasid.server.api import session

router = APIRouter(prefix="/api/v1")
for part in (session,):
    router.include_router(part.router)
