"""Pages of relations: who has most to do with whom, and two over time."""

from collections import Counter
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from rasid.analysis.between import Pair, busiest_pairs
from rasid.analysis.names import Actor, actor_named
from rasid.analysis.relations import Relation
from rasid.analysis.relations import relation as read_relation
from rasid.events.plover import quad_of
from rasid.record import Record
from rasid.server.site.accords import agreements_between, told
from rasid.server.site.charts import Band, Chart, Month, Turned, chart
from rasid.server.site.languages import Language
from rasid.server.site.names import line_of
from rasid.server.site.remembered import remembered
from rasid.server.site.visits import Asked, PageRoute, go, show

router = APIRouter(route_class=PageRoute)
_AT_ONCE, _PAIRS, _AGREEMENTS = 30, 60, 12
_Name = Annotated[str, Query(max_length=200)]


@router.get("/relations")
def relations(visit: Asked, a: _Name = "", b: _Name = "") -> Response:
    """Who has most to do with whom; or the way to the page of two."""
    if a.strip() and b.strip():
        one, other = actor_named(visit.record, a), actor_named(visit.record, b)
        return go(visit, f"/relations/{one.terms[0]}/{other.terms[0]}")
    pairs = [
        (visit.language.actor_code(pair.a), visit.language.actor_code(pair.b), pair)
        for pair in remembered(visit.request, visit.record, _busiest)
    ]
    return show(visit, "relations.html", pairs=pairs, a=a, b=b)


def _busiest(record: Record) -> list[Pair]:
    return busiest_pairs(record, limit=_PAIRS)


@router.get("/relations/{a}/{b}")
def relation(visit: Asked, a: str, b: str, page: int = 1) -> Response:
    """Two actors over time: formal state, what was done and how much was read, firsts, turning points, agreements, events."""
    found = remembered(visit.request, visit.record, read_relation, a, b)
    at = max(1, min(page, 10_000))
    latest = found.events[::-1]
    kinds = Counter[str]()
    for count in found.counts:
        kinds.update(dict(count.types))
    accords = (
        remembered(visit.request, visit.record, agreements_between, found.a.terms[0], found.b.terms[0]) if found.events else []
    )
    return show(
        visit, "relation.html", found=found, titles=[called(visit.language, one) for one in (found.a, found.b)],
        chart=_chart(found), kinds=[(kind, number, quad_of(kind)) for kind, number in kinds.most_common()],
        accords=[told(visit, one) for one in accords[:_AGREEMENTS]], accords_left=max(0, len(accords) - _AGREEMENTS),
        lines=[line_of(visit.language, row) for row in latest[_AT_ONCE * (at - 1) : _AT_ONCE * at]],
        page=at, more=len(latest) > _AT_ONCE * at, a=found.a.terms[0], b=found.b.terms[0], score=_mean(found),
        done=sum(count.events or 0 for count in found.counts),
    )  # fmt: skip


def _chart(found: Relation) -> Chart | None:
    months = [Month(one.start, one.quads, one.articles) for one in found.counts]
    bands = [Band(one.state, one.start, one.end) for one in found.states.bands]
    return chart(months, bands, [Turned(one.month, one.before, one.after) for one in found.turns])


def _mean(found: Relation) -> float | None:
    """The mean score of what happened."""
    events = sum(one.events or 0 for one in found.counts)
    return sum(one.cooperation_score + one.conflict_score for one in found.counts) / events if events else None


def called(language: Language, actor: Actor) -> str:
    """An actor's name for readers of a language."""
    if actor.code:
        return language.actor_code(actor.code) or actor.code
    return actor.arabic if language.code == "ar" else actor.english
