"""Coding blind: a sample of sentences, each coded by people who see nobody else's coding; and where they differ, settled."""

from typing import Annotated

from fastapi import APIRouter, Form
from starlette.responses import Response

from rasid.errors import InputError
from rasid.events.plover import quad_of, types
from rasid.record.validation import Item, draw, keep_coding, load_items, load_validations, read_codings, settle_coding, shown
from rasid.server.security import Coder, Editor
from rasid.server.site.visits import Asked, PageRoute, go, show

router = APIRouter(route_class=PageRoute)
_Kinds = Annotated[list[str] | None, Form(max_length=20)]
_Number = Annotated[int, Form()]
_Yes = Annotated[str, Form(max_length=10)]


@router.get("/validation")
def validations(visit: Asked) -> Response:
    """The samples, how far each is coded, and their results."""
    found = []
    for one in load_validations(visit.record):
        codings = read_codings(visit.record, one.id)
        mine = sum(visit.user.name in said for said in codings.by_people.values())
        found.append((one, mine, len(_differing(load_items(visit.record, one.id), codings.by_people, codings.settled))))
    return show(visit, "validation.html", found=found)


@router.post("/validation")
def new_validation(visit: Asked, user: Editor, size: Annotated[int, Form(ge=1, le=10_000)] = 200) -> Response:
    """Draw a sample."""
    draw(visit.record, size, seed=len(load_validations(visit.record)) + 1)
    return go(visit, "/validation")


@router.get("/validation/{validation}/code")
def blind(visit: Asked, user: Coder, validation: str, n: int = 0) -> Response:
    """The next sentence that this coder has not coded; nothing of what anybody else or rasid made of it."""
    items = load_items(visit.record, validation)
    codings = read_codings(visit.record, validation).by_people
    left = [item for item in items if user.name not in codings.get(item.n, {})]
    item = next((one for one in items if one.n == n), None) or next(iter(left), None)
    seen = shown(visit.record, [item]) if item else []
    mine = codings.get(item.n, {}).get(user.name) if item else None
    return show(
        visit, "blind.html", validation=validation, item=seen[0] if seen else None, mine=mine, done=len(items) - len(left),
        all=len(items), kinds=_kinds(), before=_neighbour(items, item, -1),
    )  # fmt: skip


def _kinds() -> list[tuple[str, int]]:
    return sorted(((kind, quad_of(kind)) for kind in types()), key=lambda one: (-one[1] % 2, one[1], one[0]))


def _neighbour(items: list[Item], item: Item | None, way: int) -> int | None:
    wanted = item.n + way if item else 0
    return wanted if any(one.n == wanted for one in items) else None


@router.post("/validation/{validation}/code")
def keep(
    visit: Asked, user: Coder, validation: str, n: _Number, kinds: _Kinds = None, none: _Yes = ""
) -> Response:  # fmt: skip
    """Keep what this coder says of a sentence."""
    if not kinds and not none:
        raise InputError(visit.language.say("validation.which"))
    keep_coding(visit.record, validation, user.name, n, [] if none or not kinds else kinds)
    return go(visit, f"/validation/{validation}/code")


@router.get("/validation/{validation}/settle")
def differences(visit: Asked, user: Editor, validation: str) -> Response:
    """The first sentence on which coders differ and nobody settled it, with what each said and what rasid coded."""
    items = load_items(visit.record, validation)
    codings = read_codings(visit.record, validation)
    left = _differing(items, codings.by_people, codings.settled)
    seen = shown(visit.record, left[:1])
    said = codings.by_people.get(left[0].n, {}) if left else {}
    return show(
        visit, "settle.html", validation=validation, item=seen[0] if seen else None, machine=left[0].types if left else (),
        said=sorted(said.items()), left=len(left), kinds=_kinds(),
    )  # fmt: skip


@router.post("/validation/{validation}/settle")
def settle(
    visit: Asked, user: Editor, validation: str, n: _Number, kinds: _Kinds = None, none: _Yes = ""
) -> Response:  # fmt: skip
    """Keep what holds of a sentence on which coders differ."""
    if not kinds and not none:
        raise InputError(visit.language.say("validation.decide"))
    settle_coding(visit.record, validation, user.name, n, [] if none or not kinds else kinds)
    return go(visit, f"/validation/{validation}/settle")


def _differing(
    items: list[Item], codings: dict[int, dict[str, frozenset[str]]], settled: dict[int, frozenset[str]]
) -> list[Item]:  # fmt: skip
    return [item for item in items if item.n not in settled and len(set(codings.get(item.n, {}).values())) > 1]
