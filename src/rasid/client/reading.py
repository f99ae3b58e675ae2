"""What goes to a server and comes from it, as the dataclasses and rows that a record here gives."""

import datetime as dt
import json
from dataclasses import fields, replace
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from rasid.analysis import Relation
from rasid.analysis.formal import Change
from rasid.client.asking import Watching
from rasid.contract import Json, agreement_from_json, claim_from_json, quote_from_json, span_from_json
from rasid.errors import InputError, NotThereError, RecordError
from rasid.model import Span
from rasid.record import EventQuery
from rasid.record.agreements import AgreementQuery, AgreementRow
from rasid.record.claims import ClaimQuery, ClaimRow
from rasid.record.quotes import QuoteQuery, QuoteRow
from rasid.record.settling import Correction, Target

if TYPE_CHECKING:
    import httpx

_NAMES = {"start": "from", "end": "to", "actors": "actor", "types": "type", "modes": "mode", "quads": "quad"}
_NAMES |= {"statuses": "status", "places": "where", "one_a_day": "one-a-day", "day_read": "day-read"}
_NAMES |= {"confidence": "min-confidence", "latest_first": "latest-first"}
_NAMES |= {"kinds": "kind", "fields": "field", "parties": "party"}
_EITHER = ("reviewed", "direct", "negated")  # where False asks for something
Row = TypeVar("Row")


def error_of(url: str, answer: "httpx.Response") -> Exception:
    """What a server's answer says is wrong, as the error that a record here would have raised."""
    try:
        said = f"{url}: {answer.json()['detail']}"
    except (ValueError, KeyError, TypeError):
        said = f"{url}: answered {answer.status_code}, which is not how `rasid serve` says what is wrong"
    kind = {400: InputError, 413: InputError, 422: InputError, 404: NotThereError}.get(answer.status_code, RecordError)
    return kind(said)


def parameters(query: EventQuery | QuoteQuery | ClaimQuery | AgreementQuery) -> Json:
    """A query as the API takes it, without what is left out."""
    given = {field.name: getattr(query, field.name) for field in fields(query)}
    return {
        _NAMES.get(name, name): list(value) if isinstance(value, tuple) else value
        for name, value in given.items()
        if value not in (None, (), "") and (value is not False or name in _EITHER)
    }


def correction(said: Json) -> Correction:
    """A correction."""
    targets = tuple(Target(one["id"], one["type"], Span(one["start"], one["end"], one["text"])) for one in said["targets"])
    names = ("id", "at", "by", "action", "article", "note", "undoes")
    return Correction(**{name: said[name] for name in names}, targets=targets, results=tuple(said["results"]))


def as_row(kind: type[Row], item: Json) -> Row:
    """A NamedTuple or dataclass out of the object that the API makes of it."""
    return _reader(kind).validate_json(json.dumps(item))  # type: ignore[arg-type, no-any-return]


def quote_row(item: Json) -> QuoteRow:
    """A quote."""
    told = quote_from_json({**item, "cue": None})
    return QuoteRow(
        **_in_article(item),
        speaker=told.speaker,
        text=told.text,
        cue=item["cue"],
        direct=told.direct,
        carried=told.carried,
        through=told.through,
        addressee=told.addressee,
        about=told.about,
        whole=told.whole,
    )


def claim_row(item: Json) -> ClaimRow:
    """A claim."""
    claim = claim_from_json(item, "")
    return ClaimRow(**_in_article(item), claim=replace(claim, sentence=span_from_json(item["sentence"])))


def agreement_row(item: Json) -> AgreementRow:
    """An agreement as an article reports it."""
    return AgreementRow(**_in_article(item), agreement=agreement_from_json(item))


def relation_of(item: Json) -> Relation:
    """A relation, in which what is one thing is one again, as its tables tell changes of state apart by that."""
    found = as_row(Relation, item)
    changes = found.states.changes

    def same(change: Change | None) -> Change | None:
        return next((one for one in changes if one == change), None)

    states = replace(
        found.states,
        bands=tuple(replace(band, change=same(band.change)) for band in found.states.bands),
        planned=tuple((report, same(done)) for report, done in found.states.planned),
    )
    return replace(found, states=states, firsts=tuple(one._replace(since=same(one.since)) for one in found.firsts))


def watching(item: Json) -> Watching:
    """A watch, and how it stands."""
    names = {name.replace("-", "_"): field for field, name in _NAMES.items()}
    asked: dict[str, Any] = {
        names.get(name, name): tuple(value) if isinstance(value, list) else value for name, value in item["query"].items()
    }
    return Watching(**{**item, "query": EventQuery(**asked)})


def _in_article(item: Json) -> Json:
    first, last = (day and dt.date.fromisoformat(day) for day in (item["published"]["start"], item["published"]["end"]))
    where = {name: item[name] for name in ("n", "source", "title", "url")}
    return {"article_id": item["article"], "published_start": first, "published_end": last, **where}


@cache
def _reader(kind: type[Any]) -> Any:
    from pydantic import TypeAdapter

    return TypeAdapter(kind)
