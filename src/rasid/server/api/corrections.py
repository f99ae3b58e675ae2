"""People's corrections: made, undone, listed."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Query, Request
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.responses import Response

from rasid.contract import event_from_json
from rasid.errors import InputError
from rasid.model import Event
from rasid.record import Record, corrections, load_article, load_event, transaction
from rasid.record.editing import Description, described, new_event
from rasid.record.settling import Action, Correction, target_to_json
from rasid.server.api import shapes
from rasid.server.api.answers import READS, WRITES, After, Limit, as_json, as_page
from rasid.server.api.streams import STREAMS, Shown, items_streamed, stream
from rasid.server.asked import Known
from rasid.server.freshness import fresh
from rasid.server.records import Reading, Writing
from rasid.server.security import Coder, User, reader

router = APIRouter(prefix="/corrections", tags=["corrections"])
_Words = Annotated[list[Annotated[str, Field(max_length=1000)]], Field(max_length=50)]


class TargetShape(shapes.Span):
    """An event that a correction is about."""

    id: str
    type: str


class CorrectionShape(BaseModel):
    """What somebody decided, and whether that is in force, undone, or without place as its words stand there no longer."""

    id: str
    at: str
    by: str
    action: Action
    article: str
    note: str | None
    undoes: str | None
    state: str = "in force"
    targets: list[TargetShape]
    results: list[shapes.Event]


class Said(Known):
    """What somebody says of an event: a field that is left out stays as it is, `none` empties it."""

    type: str | None = Field(None, max_length=50, examples=["CONSULT"])
    mode: str | None = Field(None, max_length=50, examples=["visit"])
    status: str | None = Field(None, max_length=50, examples=["occurred"])
    contexts: _Words = Field([])
    actors: _Words = Field([], examples=[["المغرب=MAR"]])
    recipients: _Words = Field([])
    when: str | None = Field(None, max_length=50, examples=["2021-11-24"])
    where: str | None = Field(None, max_length=1000, examples=["MAR"])
    trigger: str | None = Field(None, max_length=1000)


class Correcting(Known):
    """A correction to be made.

    `ids` are events (or their ids' beginnings); to `add`, the article; to `undo`, the correction. `said` is for `edit` and
    `add`; `events`, whole ones as the contract has them, are for `split`, and for `edit` and `add` in place of `said`.
    """

    action: Action = Field(examples=["accept"])
    ids: Annotated[list[Annotated[str, Field(min_length=1, max_length=2000)]], Field(min_length=1, max_length=100)] = Field(
        examples=[["5b2c0a1d9e8f7a66"]]
    )
    note: str | None = Field(None, max_length=2000, examples=["the sentence says so"])
    said: Said | None = None
    events: list[shapes.Event] = Field([], max_length=50)


@router.get(
    "",
    response_model=shapes.page_shape(CorrectionShape),
    dependencies=[Depends(reader), Depends(fresh)],
    responses={**READS, **STREAMS},
)
def list_corrections(
    request: Request,
    record: Reading,
    article: Annotated[str | None, Query(max_length=2000, description="Those of this article only.", examples=[None])] = None,
    limit: Limit = 50,
    after: After = None,
    format: Shown = "json",
) -> Response:
    """What people corrected, in order."""
    found = corrections.find_corrections(record, article)
    if format != "json":
        rows = items_streamed("corrections", CorrectionShape, lambda _: (_item(*one) for one in found))
        return stream(request, rows, format)
    ids = [one.id for one, _ in found]
    if after is not None and after not in ids:
        raise InputError(f'"{after}" is no correction after which to go on; leave `after` out to begin anew')
    behind = found[ids.index(after) + 1 :] if after else found
    return as_page(request, behind, limit, lambda row: row[0].id, lambda row: _item(*row))


@router.post("", status_code=201, response_model=list[CorrectionShape], responses=WRITES)
def correct(record: Writing, user: Coder, said: Annotated[Correcting, Body()]) -> Response:
    """Correct events: people's word stands beside the machine's, wins in every view, and can be undone. All of it, or nothing.

    Coders undo what they did themselves, editors what anybody did.
    """
    with transaction(record):
        made = _correct(record, said, user)
    return as_json([_item(one, "in force") for one in made], 201)


def _item(correction: Correction, state: str) -> dict[str, Any]:
    names = ("id", "at", "by", "action", "article", "note", "undoes")
    return {
        **{name: getattr(correction, name) for name in names},
        "state": state,
        "targets": list(map(target_to_json, correction.targets)),
        "results": list(correction.results),
    }


def _correct(record: Record, said: Correcting, user: User) -> list[Correction]:
    by, note, ids = user.name, said.note, said.ids
    match said.action:
        case "accept":
            return [corrections.accept(record, one, by=by, note=note) for one in ids]
        case "reject":
            return [corrections.reject(record, one, by=by, note=note) for one in ids]
        case "undo":
            for one in ids:
                _may_undo(record, one, user)
            return [corrections.undo(record, one, by=by, note=note) for one in ids]
        case "merge":
            return [corrections.merge(record, ids, by=by, note=note)]
    if len(ids) != 1:
        raise InputError(f"{said.action} takes one id, not {len(ids)}")
    words = Description(**said.said.model_dump()) if said.said else None
    if said.action == "add":
        article = load_article(record, ids[0]).article
        events = _events(said.events, article.text) or [new_event(article, words or Description())]
        return [corrections.add_event(record, article.id, event, by=by, note=note) for event in events]
    event, article = load_event(record, ids[0])
    events = _events(said.events, article.text)
    if said.action == "split":
        return [corrections.split(record, event.id, events, by=by, note=note)]
    if len(events) > 1 or bool(events) == bool(words):
        raise InputError("to edit an event, say what is to be otherwise (`said`), or give it as it is to be (`events`)")
    changed = described(article, event, words) if words else events[0]
    return [corrections.edit(record, event.id, changed, by=by, note=note)]


def _events(given: Sequence[shapes.Event], text: str) -> list[Event]:
    return [event_from_json(event.model_dump(mode="json", by_alias=True), text) for event in given]


def _may_undo(record: Record, begun: str, user: User) -> None:
    if user.may("editor"):
        return
    for one, _ in corrections.find_corrections(record):
        if one.id.startswith(begun) and one.by != user.name:
            raise HTTPException(403, f"{one.by} made this correction; an editor may undo what others did")
