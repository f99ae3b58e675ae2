"""The pages for people, in Arabic and in English: whole without scripts, better with them."""

from fastapi import APIRouter
from starlette.exceptions import HTTPException

from rasid.server.security import CurrentUser
from rasid.server.site import accords, desk, entering, others, reading, relating, sources, validating, watching, working
from rasid.server.site.languages import LANGUAGES
from rasid.server.site.visits import PageRoute

router = APIRouter(include_in_schema=False)
_nothing = APIRouter(route_class=PageRoute)


@_nothing.get("/{rest:path}")
async def nothing(rest: str, user: CurrentUser) -> None:
    """Whatever is no page, said on a page."""
    raise HTTPException(404)


router.include_router(entering.files)
for _code in LANGUAGES:
    for _part in (entering, reading, others, relating, sources, accords, watching, working, desk, validating):
        router.include_router(_part.router, prefix=f"/{_code}")
    router.include_router(_nothing, prefix=f"/{_code}")
