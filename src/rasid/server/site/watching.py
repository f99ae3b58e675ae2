"""Pages of watches: saved questions, what each has reported, and its feed."""

from typing import Annotated

from fastapi import APIRouter, Form
from starlette.responses import Response

from rasid.analysis.feed import atom_feed
from rasid.analysis.watches import add_watch, find_watch, find_watches, last_reported, remove_watch, report_new
from rasid.errors import InputError
from rasid.events.plover import types
from rasid.record import EventQuery
from rasid.server.security import Coder
from rasid.server.site.names import line_of
from rasid.server.site.reading import STATUSES
from rasid.server.site.visits import Asked, PageRoute, Visit, go, show

router = APIRouter(route_class=PageRoute)
_SHOWN, _IN_FEED = 60, 100
_Sent = Annotated[str, Form(max_length=400)]


@router.get("/watches")
def watches(visit: Asked, removed: str = "") -> Response:
    """All watches, and a form for another."""
    found = [(one, asked_in_words(visit, one.watch.query)) for one in find_watches(visit.record)]
    return show(
        visit,
        "watches.html",
        found=found,
        types=sorted(types()),
        statuses=STATUSES,
        may=visit.user.may("coder"),
        removed=removed,
    )


def asked_in_words(visit: Visit, query: EventQuery) -> list[str]:
    """What a watch asks for, as readers call it; empty where it asks for all."""
    language = visit.language
    named = [language.country(one) or one for one in query.actors]
    said = [language.say("relation", a=named[0], b=named[1])] if len(named) > 1 else named
    said += [language.label("type", one) for one in query.types] + [language.label("mode", one) for one in query.modes]
    said += [language.label("quad", str(one)) for one in query.quads] + [
        language.label("status", one) for one in query.statuses
    ]
    said += [language.country(one) or one for one in query.places]
    return said + [one for one in (query.source, f"“{query.words}”" if query.words else None) if one]


@router.post("/watches")
def add(
    visit: Asked, user: Coder, name: _Sent = "", actor: _Sent = "", other: _Sent = "", type: _Sent = "", quad: _Sent = "",
    status: _Sent = "", place: _Sent = "", source: _Sent = "", words: _Sent = "", from_start: _Sent = "",
) -> Response:  # fmt: skip
    """Save a question; what the record holds already is known to it, unless it is asked to report that too."""
    if quad and quad not in "1234":
        raise InputError(f'"{quad}" is no class of events; there are 1 to 4')
    query = EventQuery(
        actors=tuple(one.strip() for one in (actor, other) if one.strip()),
        types=(type,) if type else (),
        quads=(int(quad),) if quad else (),
        statuses=(status,) if status else (),
        places=(place.strip().upper(),) if place.strip() else (),
        source=source.strip() or None,
        words=words.strip(),
    )
    add_watch(visit.record, name.strip(), query, from_start=bool(from_start))
    return go(visit, f"/watches/{name.strip()}")


@router.get("/watches/{name}")
def watch(visit: Asked, name: str, new: int | None = None) -> Response:
    """A watch: what it asks for, and what it reported, the latest first; the `new` first of them just now."""
    found = find_watch(visit.record, name)
    told = last_reported(visit.record, name, _SHOWN)
    standing = next(one for one in find_watches(visit.record) if one.watch.name == name)
    return show(
        visit, "watch.html", watch=found, standing=standing, asked=asked_in_words(visit, found.query), new=new,
        filters=_filters(found.query), lines=[line_of(visit.language, row) for row, _ in told],
        last=standing.last, may=visit.user.may("coder"),
    )  # fmt: skip


def _filters(query: EventQuery) -> dict[str, str]:
    """The same question as filters of the list of events, as far as that has them."""
    actor, other = (*query.actors, "", "")[:2]
    several = {"type": query.types, "status": query.statuses, "place": query.places, "quad": query.quads}
    given = {"actor": actor, "other": other, "source": query.source or "", "words": query.words}
    return given | {name: str(value[0]) for name, value in several.items() if len(value) == 1}


@router.post("/watches/{name}/new")
def ask(visit: Asked, user: Coder, name: str) -> Response:
    """Ask what is new: each event is reported once."""
    return go(visit, f"/watches/{name}", new=str(len(report_new(visit.record, name))))


@router.post("/watches/{name}/remove")
def remove(visit: Asked, user: Coder, name: str) -> Response:
    """Forget a watch."""
    remove_watch(visit.record, name)
    return go(visit, "/watches", removed=name)


@router.get("/watches/{name}/feed.atom")
def feed(visit: Asked, name: str) -> Response:
    """What a watch has reported, as an Atom feed."""
    found = find_watch(visit.record, name)
    content = atom_feed(name, found.created_at, last_reported(visit.record, name, _IN_FEED))
    return Response(content, media_type="application/atom+xml", headers={"Cache-Control": "private, no-cache"})
