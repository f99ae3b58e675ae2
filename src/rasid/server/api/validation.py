"""How far the record can be trusted: samples of its sentences, coded blind by people, and what that says of it."""

from typing import Annotated

from fastapi import APIRouter, Body, Depends, Path, Request
from pydantic import Field
from starlette.responses import Response

from rasid.errors import InputError
from rasid.record.intercoder import Share
from rasid.record.validation import Figures, Shown, Validation, draw, load_items, load_validations, read_back, shown
from rasid.server.api import shapes
from rasid.server.api.answers import READS, WRITES, After, Limit, as_dict, as_json, as_numbered_page
from rasid.server.asked import Known
from rasid.server.freshness import fresh
from rasid.server.records import Reading, Writing
from rasid.server.security import Coder, editor, reader

router = APIRouter(prefix="/validations", tags=["validation"])
_READING = [Depends(reader), Depends(fresh)]
_SHARE = shapes.row_shape(Share)
_FIGURES = shapes.row_shape(Figures, precision=_SHARE | None, recall=_SHARE | None)
_VALIDATION = shapes.row_shape(Validation, figures=list[_FIGURES])  # type: ignore[valid-type]
_Id = Annotated[str, Path(max_length=100, description="A validation's id.", examples=["0123456789ab"])]


class Drawing(Known):
    """How large a sample is to be drawn; the same record, size and seed give the same one."""

    size: int = Field(200, ge=1, le=10_000)
    seed: int = Field(1, ge=0, le=2**31)


class Codings(Known):
    """What a coder says of sentences: for the number of each its PLOVER types, none for a sentence that reports no event."""

    codings: dict[str, list[str]] = Field(min_length=1, max_length=10_000, examples=[{"1": ["CONSULT"], "2": []}])


@router.get("", response_model=list[_VALIDATION], dependencies=_READING, responses=READS)  # type: ignore[valid-type]
def list_validations(record: Reading) -> Response:
    """All samples, and their results once they are coded."""
    return as_json([as_dict(one) for one in load_validations(record)])


@router.post("", status_code=201, responses=WRITES, dependencies=[Depends(editor)])
def draw_sample(record: Writing, said: Annotated[Drawing, Body()]) -> dict[str, str]:
    """Draw a sample of about so many sentences; gives its id."""
    return {"id": draw(record, said.size, said.seed)}


@router.get(
    "/{validation}/sentences",
    response_model=shapes.page_shape(shapes.row_shape(Shown)),
    dependencies=_READING,
    responses=READS,
)
def list_sentences(request: Request, record: Reading, validation: _Id, limit: Limit = 50, after: After = None) -> Response:
    """The sentences of a sample as coders are to see them: nothing of what rasid made of them."""
    return as_numbered_page(request, shown(record, load_items(record, validation)), after, limit, as_dict)


@router.post("/{validation}/codings", response_model=_VALIDATION, status_code=201, responses=WRITES)
def code_sentences(record: Writing, user: Coder, validation: _Id, said: Annotated[Codings, Body()]) -> Response:
    """Keep what you code, in your name, and work out the result anew."""
    by_number = {int(n): kinds for n, kinds in said.codings.items() if n.isascii() and n.isdecimal() and len(n) < 9}
    if len(by_number) < len(said.codings):
        raise InputError("sentences are named by their numbers, as in `sentences`")
    return as_json(as_dict(read_back(record, validation, {user.name: by_number})), 201)
