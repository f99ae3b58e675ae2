"""The review desk: events one after the other, each accepted, rejected or edited; undone; and what was decided by whom."""

from dataclasses import replace
from typing import Annotated, Any, NamedTuple
from urllib.parse import parse_qsl

from fastapi import APIRouter, Form, Query
from starlette.responses import JSONResponse, Response

from rasid.errors import InputError
from rasid.events.decide import weights
from rasid.events.plover import contexts, modes, quad_of, types
from rasid.record import EventQuery, load_event
from rasid.record.corrections import accept, edit, reject, undo
from rasid.record.settling import Correction
from rasid.server.security import Coder
from rasid.server.site.asked import FIELDS, Filtered, Filters, filters_of
from rasid.server.site.evidence import card, sentence_runs
from rasid.server.site.queue import MOST, count_today, count_waiting, decided, edited, form_of, next_event
from rasid.server.site.reading import STATUSES
from rasid.server.site.visits import Asked, PageRoute, Visit, address, go, show

router = APIRouter(route_class=PageRoute)
FRAGMENT = "x-fragment"  # the header with which the script asks for a part of a page
_AT_ONCE = 50
_SOON = 2_000  # events that are counted anew after each decision; of more only that there are more
_Id = Annotated[str, Query(max_length=200)]
_Sent = Annotated[str, Form(max_length=4000)]


@router.get("/review")
def review(visit: Asked, filters: Filtered, after: _Id = "", event: _Id = "", done: _Id = "", undone: _Id = "") -> Response:
    """The event that comes next, or one that is named."""
    query = replace(filters.query, reviewed=filters.query.reviewed or None)
    wanted = event or next_event(visit.record, query, after or None)
    parts = _item(visit, filters, wanted) if wanted else {"card": None, "statuses": STATUSES}
    if visit.request.headers.get(FRAGMENT):
        return show(visit, "review_item.html", filters=filters, **parts)
    return show(
        visit, "review.html", filters=filters, far=_far(visit, query),
        threshold=weights().keep_event, done=_known(visit, done), undone=undone, types=sorted(types()), **parts,
    )  # fmt: skip


class Far(NamedTuple):
    """How far one is: what is left of the queue and what one decided today, in words; and the share of the two decided."""

    left: str
    today: str
    share: float


def _far(visit: Visit, query: EventQuery, most: int = MOST) -> Far:
    waiting, today = count_waiting(visit.record, query, most), count_today(visit.record, visit.user.name)
    left = visit.language.count("n.left", waiting) + ("+" if waiting >= most else "")
    return Far(left, visit.language.number(today), round(today / max(1, today + waiting), 4))


def _item(visit: Visit, filters: Filters, wanted: str) -> dict[str, Any]:
    found, of = load_event(visit.record, wanted)
    return {
        "card": card(visit.language, found, with_why=True),
        "article": of,
        "runs": sentence_runs(of, found),
        "form": form_of(found),
        "kinds": [(kind, sorted(modes(kind))) for kind in sorted(types())],
        "statuses": STATUSES,
        "contexts": sorted(contexts()),
        "skip": address(visit.language, "/review", **filters.words, after=found.id),
        "may": visit.user.may("coder"),
    }


def _known(visit: Visit, correction: str) -> Correction | None:
    from rasid.record.settling import read_corrections

    return next(iter(read_corrections(visit.record.connection, "id = ?", (correction,))), None) if correction else None


@router.post("/review/decide")
def decide(
    visit: Asked, user: Coder, event: _Sent = "", action: _Sent = "", back: _Sent = "", note: _Sent = "",
    type: _Sent = "", mode: _Sent = "", status: _Sent = "", trigger: _Sent = "", actors: _Sent = "", recipients: _Sent = "",
    when: _Sent = "", where: _Sent = "", contexts: _Sent = "",
) -> Response:  # fmt: skip
    """Keep a decision in the name of whoever is logged in, and go on to the next event."""
    by, said = user.name, note.strip() or None
    if action == "accept":
        kept = accept(visit.record, event, by=by, note=said)
    elif action == "reject":
        kept = reject(visit.record, event, by=by, note=said)
    elif action == "edit":
        found, of = load_event(visit.record, event)
        sent = {
            "type": type, "mode": mode, "status": status, "trigger": trigger, "actors": actors, "recipients": recipients,
            "when": when, "where": where, "contexts": contexts,
        }  # fmt: skip
        kept = edit(visit.record, found.id, edited(of, found, sent), by=by, note=said)
    else:
        raise InputError(f'"{action}" is no decision; there are accept, reject and edit')
    filters = _back(back)
    if visit.request.headers.get(FRAGMENT):
        return _in_short(visit, kept, event, back)
    return go(visit, "/review", **filters, after=event, done=kept.id)


def _in_short(visit: Visit, kept: Correction, event: str, back: str) -> JSONResponse:
    language = visit.language
    query = filters_of(_back(back)).query
    return JSONResponse(
        _far(visit, replace(query, reviewed=query.reviewed or None), _SOON)._asdict()
        | {
            "correction": kept.id,
            "event": event,
            "said": f"{language.say('review.kept')} {language.label('action', kept.action)}",
        }
    )


@router.post("/review/undo")
def take_back(visit: Asked, user: Coder, correction: _Sent = "", back: _Sent = "") -> Response:
    """Undo a decision, and show its event again."""
    found = _known(visit, correction)
    kept = undo(visit.record, correction, by=user.name)
    event = found.targets[0].id if found and found.targets else ""
    if visit.request.headers.get(FRAGMENT):
        return _in_short(visit, kept, event, back)
    return go(visit, "/review", **_back(back), event=event, undone="yes")


def _back(query: str) -> dict[str, str]:
    return {name: value for name, value in parse_qsl(query) if name in FIELDS}


@router.get("/review/changes")
def changes(visit: Asked, page: int = 1) -> Response:
    """What was decided, by whom, when, and what it changed."""
    at = max(1, min(page, 100_000))
    found = decided(visit.record, _AT_ONCE + 1, _AT_ONCE * (at - 1))
    told = [(one, _events(one.correction)) for one in found[:_AT_ONCE]]
    return show(visit, "changes.html", told=told, page=at, more=len(found) > _AT_ONCE)


def _events(correction: Correction) -> list[tuple[str, str, str, int]]:
    return [(target.id, target.type, target.trigger.text, quad_of(target.type)) for target in correction.targets]
