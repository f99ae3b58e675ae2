"""Pages of what articles say others said: quotes, and claims that rank or count."""

from itertools import islice
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from rasid.events.claims import claim_kinds
from rasid.record import ClaimQuery, QuoteQuery, find_claims, find_quotes
from rasid.server.site.asked import read_day
from rasid.server.site.names import actor_of
from rasid.server.site.visits import Asked, PageRoute, show

router = APIRouter(route_class=PageRoute)
_AT_ONCE = 30
_LAST_PAGE = 400
_Text = Annotated[str, Query(max_length=200)]


@router.get("/quotes")
def quotes(
    visit: Asked, by: _Text = "", about: _Text = "", through: _Text = "", words: _Text = "", direct: _Text = "",
    source: _Text = "", start: _Text = "", end: _Text = "", page: int = 1,
) -> Response:  # fmt: skip
    """Who is reported to have said what: by speaker, by who is named in it, by who passed it on, by its words."""
    given = {
        "by": by.strip(), "about": about.strip(), "through": through.strip(), "words": words.strip(), "direct": direct,
        "source": source.strip(), "start": start.strip(), "end": end.strip(),
    }  # fmt: skip
    query = QuoteQuery(
        given["by"] or None, given["about"] or None, given["through"] or None, given["words"],
        {"yes": True, "no": False}.get(direct), read_day(given["start"]), read_day(given["end"]), given["source"] or None,
    )  # fmt: skip
    at = max(1, min(page, _LAST_PAGE))
    rows = list(islice(find_quotes(visit.record, query, _AT_ONCE + 1, _AT_ONCE * (at - 1)), _AT_ONCE + 1))

    def who(entity: object) -> object:
        return entity and actor_of(visit.language, entity)  # type: ignore[arg-type]

    told = [
        (row, who(row.speaker), who(row.through), who(row.addressee), [who(one) for one in row.about])
        for row in rows[:_AT_ONCE]
    ]
    return show(visit, "quotes.html", told=told, more=len(rows) > _AT_ONCE, page=at, given=given, asked=_kept(given))


@router.get("/quotes/claims")
def claims(visit: Asked, kind: _Text = "", about: _Text = "", words: _Text = "", source: _Text = "", page: int = 1) -> Response:
    """Claims that rank or count: the fourth to do something, the first since, the largest."""
    given = {"kind": kind, "about": about.strip(), "words": words.strip(), "source": source.strip()}
    query = ClaimQuery((kind,) if kind else (), given["about"] or None, given["words"], source=given["source"] or None)
    at = max(1, min(page, _LAST_PAGE))
    rows = list(islice(find_claims(visit.record, query, _AT_ONCE + 1, _AT_ONCE * (at - 1)), _AT_ONCE + 1))
    told = [(row, [actor_of(visit.language, one) for one in row.claim.about]) for row in rows[:_AT_ONCE]]
    return show(
        visit, "claims.html", told=told, more=len(rows) > _AT_ONCE, page=at, given=given, asked=_kept(given),
        kinds=claim_kinds(),
    )  # fmt: skip


def _kept(given: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in given.items() if value}
