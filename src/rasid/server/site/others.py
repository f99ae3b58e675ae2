"""Pages on who is in the record and where: actors and the map."""

from itertools import islice
from typing import Annotated, NamedTuple

from fastapi import APIRouter, Query
from starlette.responses import Response

from rasid.analysis.between import Spot, partners, places_of_events, spellings
from rasid.analysis.names import Actor, actor_named, persons_named
from rasid.record import EventQuery, Record, find_events
from rasid.record.memory import KnownActor, SaidOffice, find_actors
from rasid.server.site.charts import Chart, chart, months_of
from rasid.server.site.figures import figures, months_of_code
from rasid.server.site.names import line_of
from rasid.server.site.relating import called as name_of
from rasid.server.site.remembered import remembered
from rasid.server.site.visits import Asked, PageRoute, Visit, go, show
from rasid.server.site.world import labels, outline, place_on_map, window

router = APIRouter(route_class=PageRoute)
_FEW, _SHOWN, _PARTNERS, _HOLDERS = 25, 60, 12, 24
_MONTHS = 600  # of a chart: by years where they are many
_Name = Annotated[str, Query(max_length=200)]


class Held(NamedTuple):
    """A person in an office of a country, as articles name him."""

    person: KnownActor
    office: SaidOffice


@router.get("/actors")
def actors(visit: Asked, name: _Name = "") -> Response:
    """States and organisations by how often they act; persons by how many articles name them; or those called so."""
    wanted = " ".join(name.split())
    if wanted:
        known = actor_named(visit.record, wanted)
        if known.code:
            return go(visit, f"/actors/{known.code}")
        return show(
            visit, "actors.html", name=wanted, states=[], persons=list(islice(find_actors(visit.record, wanted), _SHOWN))
        )
    states = [
        (code, said, number)
        for code, number in figures(visit.request, visit.record).busiest
        if (said := visit.language.country(code))
    ]
    return show(
        visit, "actors.html", name="", states=states, persons=remembered(visit.request, visit.record, _persons)[:_SHOWN]
    )


def _persons(record: Record) -> list[KnownActor]:
    return list(find_actors(record))


@router.get("/actors/{name:path}")
def actor(visit: Asked, name: str) -> Response:
    """An actor: spellings, offices in time, with whom there is most to do, and events."""
    known = actor_named(visit.record, name)
    persons = [] if known.code else persons_named(visit.record, known.arabic)
    rows = list(islice(find_events(visit.record, EventQuery(actors=(known.terms[0],), latest_first=True), _FEW + 1), _FEW + 1))
    pairs = partners(visit.record, known, limit=_PARTNERS) if known.code or rows else []
    return show(
        visit, "actor.html", name=name, known=known, person=persons[0] if persons else None,
        title=name_of(visit.language, known), chart=_chart(visit.record, known),
        spelled=spellings(visit.record, known) if not persons else [], holders=_holders(visit, known),
        partners=[(visit.language.actor_code(pair.b) or pair.b, pair) for pair in pairs],
        lines=[line_of(visit.language, row) for row in rows[:_FEW]], more=len(rows) > _FEW, term=known.terms[0],
    )  # fmt: skip


def _chart(record: Record, actor: Actor) -> Chart | None:
    return chart(months_of(months_of_code(record, actor.code), _MONTHS)) if actor.code else None


def _holders(visit: Visit, actor: Actor) -> list[Held]:
    """Who held offices of a country or of one of its parts, by day."""
    if not actor.code:
        return []
    country, _, sector = actor.code.partition(" ")
    held = [
        Held(person, office)
        for person in remembered(visit.request, visit.record, _persons)
        for office in person.offices
        if office.country == country and (not sector or office.sector == sector)
    ]
    most = sorted(held, key=lambda one: -one.office.articles)[:_HOLDERS]
    return sorted(most, key=lambda one: (one.office.office, str(one.office.first or "")))


@router.get("/map")
def world_map(visit: Asked) -> Response:
    """Where things happened: a mark for each place, as large as there are events, and the same as a list."""
    spots = [
        (
            spot,
            _place(visit, spot),
            place_on_map(spot.country, spot.lat, spot.lon),
            max(range(4), key=spot.quads.__getitem__) + 1,
        )
        for spot in remembered(visit.request, visit.record, places_of_events)
    ]
    marks = [
        (at, round(5 + 3.2 * sum(spot.quads) ** 0.5, 1), name, spot, quad) for spot, name, at, quad in spots if at is not None
    ]
    shown = window([at for at, *_ in marks])
    english = visit.language.code == "en"
    called = [(at, size, (spot.latin if english else spot.name) or name) for at, size, name, spot, _ in marks]
    names = labels(called, shown)
    return show(visit, "map.html", spots=spots, marks=marks, outline=outline(), window=shown, names=names)


def _place(visit: Visit, spot: Spot) -> str:
    country = visit.language.country(spot.country) or spot.country
    name = spot.latin if visit.language.code == "en" else spot.name
    return f"{name}{visit.language.comma}{country}" if name and name != country else country
