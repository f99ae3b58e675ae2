"""The JSON contract: a coded article as one line of `rasid code --format jsonl`, and back.

The keys of the contract come first and in its order; what rasid adds follows them (where a span stands, the same act said
again, the reasons). A field that nothing is known of is null or an empty list.
"""

import datetime as dt
from typing import Any, get_args

from rasid.errors import InputError
from rasid.events.plover import quad_of, score_of
from rasid.model import (
    Agreement,
    Article,
    Basis,
    Claim,
    CodedArticle,
    Count,
    DateEvidence,
    Entity,
    Event,
    Holder,
    Interval,
    PageDate,
    Place,
    Quote,
    Reason,
    Report,
    Span,
    Status,
)

Json = dict[str, Any]
_EVIDENCE: tuple[str, ...] = get_args(DateEvidence)
_STATUSES: tuple[str, ...] = get_args(Status)
_BASES = (*get_args(Basis), None)
_COUNT_KINDS = ("killed", "wounded", "arrested", "protesters")
_DAYS = ("announced", "ratified", "in_force", "suspended", "ended")
_WHEN_FROM = ("text", "page", None)
_NOT_OURS = "not a coded article as `rasid code --format jsonl` writes it"


def to_json(coded: CodedArticle) -> Json:
    """`coded` as the contract has it, ready for `json.dumps`; dates are ISO 8601."""
    return {
        **_contract_of(coded.article),
        "events": [event_to_json(event) for event in coded.events],
        "quotes": [quote_to_json(quote) for quote in coded.quotes],
        "agreements": [agreement_to_json(agreement) for agreement in coded.agreements],
        **_added_to(coded.article),
        "persons": [_entity(person) for person in coded.persons],
        "claims": [claim_to_json(claim) for claim in coded.claims],
    }


def article_to_json(article: Article) -> Json:
    """`article` as in the contract, without the keys of what is coded of it: what `rasid clean` writes."""
    return {**_contract_of(article), **_added_to(article)}


def _contract_of(article: Article) -> Json:
    return {
        "id": article.id,
        "url": article.url,
        "source": article.source,
        "title": article.title,
        "language": article.language,
        "text": article.text,
        "date": {
            "start": _day(article.date.start),
            "end": _day(article.date.end),
            "evidence": article.date.evidence,
            "reasons": list(article.date.reasons),
        },
    }


def _added_to(article: Article) -> Json:
    return {"agency": article.agency, "byline": article.byline}


def event_to_json(event: Event) -> Json:
    """An event as it stands in the contract's `events`; quad and score are PLOVER's for its type and mode."""
    return {
        "id": event.id,
        "type": event.type,
        "mode": event.mode,
        "contexts": list(event.contexts),
        "status": event.status,
        "trigger": _span(event.trigger),
        "actor": [_entity(entity) for entity in event.actors],
        "recipient": [_entity(entity) for entity in event.recipients],
        "when": event.when and {**_interval(event.when), "from": event.when_from, "span": _span_or_null(event.when.span)},
        "where": event.where and place_to_json(event.where),
        "attributed_to": [_span(span) for span in event.attributed_to],
        "counts": [{"kind": count.kind, "min": count.min, "max": count.max, **_span(count.span)} for count in event.counts],
        "sentence": _bounds(event.sentence),
        "quad": quad_of(event.type),
        "score": score_of(event.type, event.mode),
        "confidence": event.confidence,
        "also": [{"trigger": _span(report.trigger), "sentence": _bounds(report.sentence)} for report in event.also],
        "predicate": event.predicate,
        "coder": event.coder,
        "reasons": [reason_to_json(reason) for reason in event.reasons],
        **({"own_type": event.own_type} if event.own_type else {}),
    }


def quote_to_json(quote: Quote) -> Json:
    """A quote as it stands in the contract's `quotes`."""
    return {
        "speaker": quote.speaker and _entity(quote.speaker),
        "text": _span(quote.text),
        "cue": _span_or_null(quote.cue),
        "direct": quote.direct,
        "carried": quote.carried,
        **quote_details_to_json(quote),
    }


def quote_details_to_json(quote: Quote) -> Json:
    """What a quote has beside its words, cue and speaker: through whom, to whom, of whom, and the whole that was reported."""
    return {
        "through": quote.through and _entity(quote.through),
        "addressee": quote.addressee and _entity(quote.addressee),
        "about": [_entity(entity) for entity in quote.about],
        "whole": _span_or_null(quote.whole),
    }


def claim_to_json(claim: Claim) -> Json:
    """A claim as it stands in the contract's `claims`."""
    return {
        "kind": claim.kind,
        **_span(claim.span),
        "number": claim.number,
        "unit": claim.unit,
        "what": _span_or_null(claim.what),
        "since": _dated(claim.since),
        "scope": _span_or_null(claim.scope),
        "negated": claim.negated,
        "about": [_entity(entity) for entity in claim.about],
        "attributed_to": [_span(span) for span in claim.attributed_to],
        "sentence": _bounds(claim.sentence),
    }


def agreement_to_json(agreement: Agreement) -> Json:
    """An agreement as it stands in the contract's `agreements`."""
    return {
        "parties": [_entity(entity) for entity in agreement.parties],
        "signatories": [_entity(entity) for entity in agreement.signatories],
        "kind": agreement.kind,
        "fields": list(agreement.fields),
        "provisions": [_span(span) for span in agreement.provisions],
        "signed": _dated(agreement.signed),
        "where": agreement.where and place_to_json(agreement.where),
        "status": agreement.status,
        "claims": [_span(span) for span in agreement.claims],
        "attributed_to": [_span(span) for span in agreement.attributed_to],
        "name": agreement.name,
        **{day: _dated(getattr(agreement, day)) for day in _DAYS},
        "mentions": [_span(span) for span in agreement.mentions],
    }


def _dated(interval: Interval | None) -> Json | None:
    return None if interval is None else {**_interval(interval), "span": _span_or_null(interval.span)}


def reason_to_json(reason: Reason) -> Json:
    """A reason as it stands in an event's `reasons`."""
    return {"field": reason.field, "rule": reason.rule, "span": _span_or_null(reason.span)}


def _day(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()


def _span(span: Span) -> Json:
    return {"text": span.text, "start": span.start, "end": span.end}


def _span_or_null(span: Span | None) -> Json | None:
    return None if span is None else _span(span)


def _bounds(span: Span) -> Json:
    return {"start": span.start, "end": span.end}


def _entity(entity: Entity) -> Json:
    return {
        **_span(entity.span),
        "code": entity.code or None,
        "country": entity.country,
        "sector": entity.sector,
        "name": entity.name,
        "latin": entity.latin,
        "role": entity.role,
        "holder": entity.holder
        and {"name": entity.holder.name, "latin": entity.holder.latin, "wikidata": entity.holder.wikidata},
        "wikidata": entity.wikidata,
        "basis": entity.basis,
    }


def _interval(interval: Interval) -> Json:
    text = interval.span.text if interval.span else None
    return {"start": _day(interval.start), "end": _day(interval.end), "text": text}


def place_to_json(place: Place) -> Json:
    """A place as it stands in the contract's `where`."""
    span = place.span
    return {
        "code": place.country,
        "text": span and span.text,
        "start": span.start if span else None,
        "end": span.end if span else None,
        "name": place.name,
        "latin": place.latin,
        "kind": place.kind,
        "lat": place.lat,
        "lon": place.lon,
        "claimants": list(place.claimants),
        "evidence": place.evidence,
        "confidence": place.confidence,
    }


def from_json(data: Json) -> CodedArticle:
    """The coded article that `to_json` made `data` of.

    Quad, score and code are not read: they follow from type, mode, country and sector.

    Raises:
        InputError: a key is missing or holds what it cannot hold; the text names it.
    """
    try:
        text = data["text"]
        return CodedArticle(
            _read_article(data),
            tuple(event_from_json(event, text) for event in data["events"]),
            tuple(quote_from_json(quote) for quote in data["quotes"]),
            tuple(agreement_from_json(agreement) for agreement in data["agreements"]),
            _read_entities(data.get("persons", [])),
            tuple(claim_from_json(claim, text) for claim in data.get("claims", ())),
        )
    except KeyError as error:
        raise InputError(f'{_NOT_OURS}: the key "{error.args[0]}" is missing') from None
    except (TypeError, ValueError, AttributeError) as error:
        raise InputError(f"{_NOT_OURS}: {error}") from None


def event_from_json(data: Json, text: str) -> Event:
    """The event that `event_to_json` made `data` of; `text` is that of its article."""
    when = data["when"]
    return Event(
        id=data["id"],
        type=data["type"],
        trigger=span_from_json(data["trigger"]),
        sentence=_slice(data["sentence"], text),
        mode=data["mode"],
        contexts=tuple(data["contexts"]),
        status=_one_of(_STATUSES, data["status"]),
        actors=_read_entities(data["actor"]),
        recipients=_read_entities(data["recipient"]),
        when=_read_interval(when),
        when_from=_one_of(_WHEN_FROM, when["from"]) if when else None,
        where=place_from_json(data["where"]),
        attributed_to=_read_spans(data["attributed_to"]),
        counts=tuple(
            Count(_one_of(_COUNT_KINDS, count["kind"]), count["min"], count["max"], span_from_json(count))
            for count in data["counts"]
        ),
        also=tuple(
            Report(span_from_json(report["trigger"]), _slice(report["sentence"], text)) for report in data.get("also", ())
        ),
        confidence=data["confidence"],
        predicate=data.get("predicate", ""),
        coder=data.get("coder", ""),
        reasons=tuple(reason_from_json(reason) for reason in data.get("reasons", ())),
        own_type=data.get("own_type"),
    )


def quote_from_json(data: Json) -> Quote:
    """The quote that `quote_to_json` made `data` of."""
    return Quote(
        _read_entity_or_none(data["speaker"]),
        span_from_json(data["text"]),
        _read_span_or_none(data["cue"]),
        bool(data.get("direct", True)),
        carried=bool(data.get("carried", False)),
        **quote_details_from_json(data),
    )


def quote_details_from_json(data: Json) -> dict[str, Any]:
    """The fields of a quote that `quote_details_to_json` made `data` of."""
    return {
        "through": _read_entity_or_none(data.get("through")),
        "addressee": _read_entity_or_none(data.get("addressee")),
        "about": _read_entities(data.get("about", [])),
        "whole": _read_span_or_none(data.get("whole")),
    }


def claim_from_json(data: Json, text: str) -> Claim:
    """The claim that `claim_to_json` made `data` of; `text` is that of its article."""
    return Claim(
        kind=data["kind"],
        span=span_from_json(data),
        sentence=_slice(data["sentence"], text),
        number=data["number"],
        unit=data["unit"],
        what=_read_span_or_none(data["what"]),
        since=_read_interval(data["since"]),
        scope=_read_span_or_none(data["scope"]),
        negated=data["negated"],
        about=_read_entities(data["about"]),
        attributed_to=_read_spans(data["attributed_to"]),
    )


def agreement_from_json(data: Json) -> Agreement:
    """The agreement that `agreement_to_json` made `data` of."""
    return Agreement(
        parties=_read_entities(data["parties"]),
        signatories=_read_entities(data["signatories"]),
        kind=data["kind"],
        fields=tuple(data["fields"]),
        provisions=_read_spans(data["provisions"]),
        signed=_read_interval(data["signed"]),
        where=place_from_json(data["where"]),
        status=data["status"],
        claims=_read_spans(data["claims"]),
        attributed_to=_read_spans(data["attributed_to"]),
        name=data.get("name"),
        mentions=_read_spans(data.get("mentions", [])),
        **{day: _read_interval(data.get(day)) for day in _DAYS},
    )


def reason_from_json(data: Json) -> Reason:
    """The reason that `reason_to_json` made `data` of."""
    return Reason(data["field"], data["rule"], _read_span_or_none(data.get("span")))


def _read_article(data: Json) -> Article:
    date = data["date"]
    evidence = _one_of(_EVIDENCE, date["evidence"])
    return Article(
        id=data["id"],
        text=data["text"],
        title=data["title"],
        url=data["url"],
        source=data["source"],
        agency=data.get("agency"),
        byline=data.get("byline"),
        date=PageDate(_read_day(date["start"]), _read_day(date["end"]), evidence, tuple(date["reasons"])),
        language=data["language"],
    )


def _one_of(choices: tuple[str | None, ...], value: Any) -> Any:
    if value not in choices:
        raise ValueError(f'"{value}" is none of {", ".join(map(str, choices))}')
    return value


def _read_day(day: str | None) -> dt.date | None:
    return None if day is None else dt.date.fromisoformat(day)


def span_from_json(data: Json) -> Span:
    """A span of the contract."""
    return Span(data["start"], data["end"], data["text"])


def _read_span_or_none(data: Json | None) -> Span | None:
    return None if data is None else span_from_json(data)


def _read_spans(data: list[Json]) -> tuple[Span, ...]:
    return tuple(map(span_from_json, data))


def _slice(data: Json, text: str) -> Span:
    return Span(data["start"], data["end"], text[data["start"] : data["end"]])


def entity_from_json(data: Json) -> Entity:
    """An entity of the contract."""
    known = (data["country"], data["sector"], data["name"], data["latin"], data["role"])
    return Entity(
        span_from_json(data), *known, _read_holder(data.get("holder")), data.get("wikidata"), _one_of(_BASES, data.get("basis"))
    )


def _read_entity_or_none(data: Json | None) -> Entity | None:
    return None if data is None else entity_from_json(data)


def _read_holder(data: Json | None) -> Holder | None:
    return Holder(data["name"], data["latin"], data["wikidata"]) if data else None


def _read_entities(data: list[Json]) -> tuple[Entity, ...]:
    return tuple(map(entity_from_json, data))


def _read_interval(data: Json | None) -> Interval | None:
    if data is None:
        return None
    return Interval(_read_day(data["start"]), _read_day(data["end"]), _read_span_or_none(data.get("span")))


def place_from_json(data: Json | None) -> Place | None:
    """The place that `place_to_json` made `data` of; one without the keys that rasid adds is read too."""
    if data is None:
        return None
    span = None if data["text"] is None else span_from_json(data)
    details = {key: data[key] for key in ("name", "latin", "kind", "lat", "lon", "evidence", "confidence") if key in data}
    return Place(data["code"], span, claimants=tuple(data.get("claimants", ())), **details)
