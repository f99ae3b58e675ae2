"""The shapes of what the API takes and gives, for OpenAPI and for checking what comes in: the JSON contract, and flat rows."""

import datetime as dt
from dataclasses import is_dataclass
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, create_model

from rasid.model import Basis, DateEvidence, Status

At = Annotated[int, Field(ge=0, le=100_000_000)]


class Span(BaseModel):
    """Words of the article's text, from character `start` to `end` (exclusive)."""

    text: str = Field(examples=["وقع"])
    start: At = Field(examples=[0])
    end: At = Field(examples=[3])


class Bounds(BaseModel):
    """Where words stand; of an event that is read, `text` has them."""

    start: At
    end: At
    text: str | None = None


class Holder(BaseModel):
    """Who held an office that is named without a name."""

    name: str
    latin: str | None = None
    wikidata: str | None = None


class Entity(Span):
    """Somebody who takes part, and what the words stand for."""

    code: str | None = Field(None, examples=["MAR GOV"])
    country: str | None = Field(None, examples=["MAR"])
    sector: str | None = Field(None, examples=["GOV"])
    name: str | None = None
    latin: str | None = None
    role: str | None = None
    holder: Holder | None = None
    wikidata: str | None = None
    basis: Basis | None = None


class Days(BaseModel):
    """First and last day, inclusive; null is open."""

    start: dt.date | None = None
    end: dt.date | None = None
    text: str | None = None
    span: Span | None = None


class When(Days):
    """When something happened, and whether the sentence says so or the page's day stands in."""

    model_config = ConfigDict(populate_by_name=True)

    said_by: Literal["text", "page"] | None = Field(None, alias="from")


class Place(BaseModel):
    """Where something happened: a country, and the words and the place they name, if any do."""

    code: str | None = Field(None, examples=["MAR"])
    text: str | None = None
    start: At | None = None
    end: At | None = None
    name: str | None = None
    latin: str | None = None
    kind: str | None = None
    lat: float | None = None
    lon: float | None = None
    claimants: list[str] = []
    evidence: Literal["named", "implied"] = "named"
    confidence: float | None = None


class Count(Span):
    """A number with honest bounds: more than 20 has min 21 and max null."""

    kind: Literal["killed", "wounded", "arrested", "protesters"]
    min: At | None = None
    max: At | None = None


class Report(BaseModel):
    """Another mention of the same act."""

    trigger: Span
    sentence: Bounds


class Reason(BaseModel):
    """One decision of the coder."""

    field: str
    rule: str
    span: Span | None = None


class Event(BaseModel):
    """An event as the JSON contract has it; docs/codebook.md says what each field means."""

    id: str = Field("", examples=["5b2c0a1d9e8f7a66"])
    type: str = Field(examples=["SUPPORT"])
    mode: str | None = None
    contexts: list[str] = []
    status: Status = "occurred"
    trigger: Span
    actor: list[Entity] = []
    recipient: list[Entity] = []
    when: When | None = None
    where: Place | None = None
    attributed_to: list[Span] = []
    counts: list[Count] = []
    sentence: Bounds
    quad: int | None = None
    score: float | None = None
    confidence: float | None = None
    also: list[Report] = []
    predicate: str = ""
    coder: str = ""
    reasons: list[Reason] = []
    own_type: str | None = None


class Published(Days):
    """When an article was published, and how that is known."""

    evidence: DateEvidence = "unknown"
    reasons: list[str] = []


class ArticleBrief(BaseModel):
    """Which article reports an event."""

    id: str
    url: str | None = None
    source: str | None = None
    title: str | None = None
    date: Published


class EventOfArticle(Event):
    """An event, and the article that reports it."""

    article: ArticleBrief


class Article(BaseModel):
    """A cleaned article."""

    id: str = Field(examples=["a1"])
    url: str | None = None
    source: str | None = None
    title: str | None = None
    language: str | None = None
    text: str = Field(examples=["وقع المغرب وإسرائيل اليوم الأربعاء في الرباط مذكرة تفاهم في مجال الدفاع."])
    date: Published = Published()
    agency: str | None = None
    byline: str | None = None


class Quote(BaseModel):
    """What a speaker is reported to have said, through whom, to whom, of whom; `whole` is what stands around words in marks."""

    speaker: Entity | None = None
    text: Span
    cue: Span | None = None
    direct: bool = True
    carried: bool = False
    through: Entity | None = None
    addressee: Entity | None = None
    about: list[Entity] = []
    whole: Span | None = None


class Claim(Span):
    """Words that rank or count: of which kind, what is ranked, since when and within what."""

    kind: str = Field(examples=["rank"])
    number: int | None = None
    unit: str | None = None
    what: Span | None = None
    since: Days | None = None
    scope: Span | None = None
    negated: bool = False
    about: list[Entity] = []
    attributed_to: list[Span] = []
    sentence: Bounds


class Agreement(BaseModel):
    """A formal accord that an article reports."""

    parties: list[Entity] = []
    signatories: list[Entity] = []
    kind: str | None = None
    name: str | None = None
    fields: list[str] = []
    provisions: list[Span] = []
    announced: Days | None = None
    signed: Days | None = None
    ratified: Days | None = None
    in_force: Days | None = None
    suspended: Days | None = None
    ended: Days | None = None
    where: Place | None = None
    status: str | None = None
    claims: list[Span] = []
    attributed_to: list[Span] = []
    mentions: list[Span] = []


class InArticle(BaseModel):
    """The article in which something stands, and the how manieth of its kind it is there."""

    article: str
    n: int
    published: Days
    source: str | None = None
    title: str | None = None
    url: str | None = None


class CodedArticle(Article):
    """An article with all that was read out of it."""

    events: list[Event] = []
    quotes: list[Quote] = []
    claims: list[Claim] = []
    agreements: list[Agreement] = []
    persons: list[Entity] = []


def row_shape(row: type[Any], **others: Any) -> type[BaseModel]:
    """The shape of a NamedTuple or dataclass, and of all that are in it, as JSON objects (see `answers.as_dict`).

    Args:
        row: the NamedTuple or dataclass.
        others: the shapes of fields that the JSON has otherwise.
    """
    fields: dict[str, Any] = {name: (others.get(name) or _shape(kind), ...) for name, kind in get_type_hints(row).items()}
    return create_model(row.__name__, __doc__=row.__doc__, __module__=row.__module__, **fields)


_row_shape = cache(row_shape)


def _shape(kind: Any) -> Any:
    if hasattr(kind, "_fields") or is_dataclass(kind):
        return _row_shape(kind)
    origin, inside = get_origin(kind), tuple(map(_shape, get_args(kind)))
    if origin is frozenset or (origin is tuple and inside[-1] is ...):
        return list[inside[0]]  # type: ignore[valid-type]
    if origin is tuple:
        return tuple[inside]  # type: ignore[valid-type]
    return Union[inside] if origin in (Union, UnionType) else kind  # noqa: UP007 - of parts that are worked out


def page_shape(item: type[BaseModel]) -> type[BaseModel]:
    """The shape of a page of items, and how to get the next one."""
    fields: dict[str, Any] = {
        "items": (list[item], ...),  # type: ignore[valid-type]
        "next": (str | None, Field(None, description="Send it back as `after` to get the next page; null on the last.")),
        "notes": (list[str], Field([], description="Only where nothing was found: names that the record does not know.")),
    }
    return create_model(f"{item.__name__}Page", __doc__=f"Some of the items, in order: {item.__doc__}", **fields)
