"""Pages on who is in the record and where: actors, relations, the map, quotes, agreements, watches."""

from itertools import islice
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from rasid.analysis.between import Spot, busiest_pairs, partners, places_of_events
from rasid.analysis.names import Actor, actor_named
from rasid.analysis.relations import relation as read_relation
from rasid.record import EventQuery, find_events
from rasid.record.memory import find_actors
from rasid.record.opening import as_record_errors
from rasid.server.site.charts import Month, chart
from rasid.server.site.figures import figures
from rasid.server.site.names import line_of
from rasid.server.site.visits import Asked, PageRoute, Visit, go, show
from rasid.server.site.world import outline, place_on_map, window

router = APIRouter(route_class=PageRoute)
_FEW = 25
_QUOTES = (
    "SELECT q.text, coalesce(q.speaker_name, q.speaker_text), q.speaker_latin, q.speaker_office, a.id, a.title, a.source, "
    "a.date_start FROM quotes AS q JOIN articles AS a ON a.key = q.article "
    "WHERE (?1 = '' OR instr(coalesce(q.speaker_name, '') || ' ' || "
    "coalesce(q.speaker_text, '') || ' ' || coalesce(q.speaker_latin, ''), ?1) > 0) "
    "ORDER BY a.date_start DESC, a.key, q.n LIMIT ? OFFSET ?"
)
_SHOWN = 60
_Name = Annotated[str, Query(max_length=200)]


@router.get("/actors")
def actors(visit: Asked, name: _Name = "") -> Response:
    """States and organisations by how often they act; persons by how many articles name them; or those called so."""
    wanted = " ".join(name.split())
    states = [
        (code, said, number)
        for code, number in figures(visit.request, visit.record).busiest
        if (said := visit.language.country(code))
    ]
    persons = list(islice(find_actors(visit.record, wanted or None), _SHOWN))
    if wanted:
        known = actor_named(visit.record, wanted)
        if known.code:
            return go(visit, f"/actors/{known.code}")
    return show(visit, "actors.html", name=wanted, states=[] if wanted else states, persons=persons)


@router.get("/actors/{name:path}")
def actor(visit: Asked, name: str) -> Response:
    """An actor: spellings, offices in time, with whom there is most to do, and events."""
    known = actor_named(visit.record, name)
    person = None if known.code else next(find_actors(visit.record, known.arabic), None)
    with_whom = partners(visit.record, known, limit=12) if known.code else []
    rows = list(islice(find_events(visit.record, EventQuery(actors=(known.terms[0],)), _FEW + 1), _FEW + 1))
    return show(
        visit, "actor.html", name=name, known=known, person=person, title=_called(visit, known),
        partners=[(visit.language.actor_code(pair.b) or pair.b, pair) for pair in with_whom],
        lines=[line_of(visit.language, row) for row in rows[:_FEW]], more=len(rows) > _FEW, term=known.terms[0],
    )  # fmt: skip


def _called(visit: Visit, actor: Actor) -> str:
    if actor.code:
        return visit.language.actor_code(actor.code) or actor.code
    return actor.arabic if visit.language.code == "ar" else actor.english


@router.get("/relations")
def relations(visit: Asked, a: _Name = "", b: _Name = "") -> Response:
    """Who has most to do with whom; or the way to the page of two."""
    if a.strip() and b.strip():
        one, other = actor_named(visit.record, a), actor_named(visit.record, b)
        return go(visit, f"/relations/{one.terms[0]}/{other.terms[0]}")
    pairs = [
        (visit.language.country(pair.a) or pair.a, visit.language.country(pair.b) or pair.b, pair)
        for pair in busiest_pairs(visit.record, limit=_SHOWN)
    ]
    return show(visit, "relations.html", pairs=pairs, a=a, b=b)


@router.get("/relations/{a}/{b}")
def relation(visit: Asked, a: str, b: str) -> Response:
    """Two actors over time: what was done, the formal state, firsts, turning points, and the events."""
    found = read_relation(visit.record, a, b)
    titles = [_called(visit, one) for one in (found.a, found.b)]
    months = [Month(count.start, count.quads) for count in found.counts]
    return show(
        visit, "relation.html", found=found, titles=titles, chart=chart(months),
        lines=[line_of(visit.language, row) for row in found.events[-_SHOWN:]], a=found.a.terms[0], b=found.b.terms[0],
    )  # fmt: skip


@router.get("/map")
def world_map(visit: Asked) -> Response:
    """Where things happened: a mark for each place, as large as there are events, and the same as a list."""
    found = places_of_events(visit.record)
    spots = [
        (
            spot,
            _place(visit, spot),
            place_on_map(spot.country, spot.lat, spot.lon),
            max(range(4), key=spot.quads.__getitem__) + 1,
        )
        for spot in found
    ]
    marks = [
        (at, round(5 + 3.2 * sum(spot.quads) ** 0.5, 1), name, spot, quad) for spot, name, at, quad in spots if at is not None
    ]
    return show(visit, "map.html", spots=spots, marks=marks, outline=outline(), window=window([at for at, *_ in marks]))


def _place(visit: Visit, spot: Spot) -> str:
    country = visit.language.country(spot.country) or spot.country
    name = spot.latin if visit.language.code == "en" else spot.name
    return f"{name}{visit.language.comma}{country}" if name and name != country else country


@router.get("/quotes")
def quotes(visit: Asked, name: _Name = "", after: int = 0) -> Response:
    """Who is reported to have said what."""
    with as_record_errors(visit.record.path):
        rows = visit.record.connection.execute(
            _QUOTES,
            (name.strip(), _SHOWN + 1, max(0, after)),
        ).fetchall()
    return show(visit, "quotes.html", rows=rows[:_SHOWN], more=len(rows) > _SHOWN, after=max(0, after) + _SHOWN, name=name)


@router.get("/agreements")
def agreements(visit: Asked) -> Response:
    """Accords that articles report."""
    return show(visit, "plain.html", name="agreements")


@router.get("/watches")
def watches(visit: Asked) -> Response:
    """What is watched."""
    return show(visit, "plain.html", name="watches")
