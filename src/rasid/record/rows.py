"""An event as one flat row, for tables, exports and data frames."""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from rasid.events.plover import quad_of, score_of
from rasid.model import CodedArticle, Count, Entity

_BETWEEN = " + "


class EventRow(NamedTuple):
    """An event in one row, as in the view `event_rows`. Lists are joined by ` + `; what is not known is None.

    `actors` are the words of the text, `actor_codes` PLOVER's (? where there is none), `actor_names` the best for readers of
    English: the Latin form, or else the name, or else the words. `counts` are like `killed 30 + wounded 21-`, the second from
    more than 20. `reviewed` is what people did to the event (accept, edit, merge, split, add); None: nobody decided yet.
    """

    event_id: str
    article_id: str
    type: str
    mode: str | None
    contexts: str | None
    status: str
    quad: int
    score: float
    confidence: float | None
    when_start: dt.date | None
    when_end: dt.date | None
    when_text: str | None
    when_from: str | None
    actors: str | None
    actor_codes: str | None
    actor_names: str | None
    recipients: str | None
    recipient_codes: str | None
    recipient_names: str | None
    where_code: str | None
    where_text: str | None
    counts: str | None
    attributed_to: str | None
    trigger: str
    sentence: str
    title: str | None
    source: str | None
    agency: str | None
    url: str | None
    published_start: dt.date | None
    published_end: dt.date | None
    predicate: str
    coder: str | None
    reviewed: str | None = None


def rows_of(coded: CodedArticle) -> list[EventRow]:
    """The events of an article as rows, in order of mention: the same rows as those of a record that it was added to."""
    article = coded.article
    return [
        EventRow(
            event_id=event.id,
            article_id=article.id,
            type=event.type,
            mode=event.mode,
            contexts=_joined(event.contexts),
            status=event.status,
            quad=quad_of(event.type),
            score=score_of(event.type, event.mode),
            confidence=event.confidence,
            when_start=event.when.start if event.when else None,
            when_end=event.when.end if event.when else None,
            when_text=event.when.span.text if event.when and event.when.span else None,
            when_from=event.when_from,
            actors=_joined(entity.span.text for entity in event.actors),
            actor_codes=_joined(entity.code or "?" for entity in event.actors),
            actor_names=_joined(map(_name, event.actors)),
            recipients=_joined(entity.span.text for entity in event.recipients),
            recipient_codes=_joined(entity.code or "?" for entity in event.recipients),
            recipient_names=_joined(map(_name, event.recipients)),
            where_code=event.where.country if event.where else None,
            where_text=event.where.span.text if event.where and event.where.span else None,
            counts=_joined(map(_count, event.counts)),
            attributed_to=_joined(span.text for span in event.attributed_to),
            trigger=event.trigger.text,
            sentence=event.sentence.text,
            title=article.title,
            source=article.source,
            agency=article.agency,
            url=article.url,
            published_start=article.date.start,
            published_end=article.date.end,
            predicate=event.predicate,
            coder=event.coder or None,
        )
        for event in coded.events
    ]


def _joined(parts: Iterable[str]) -> str | None:
    found = list(parts)
    return _BETWEEN.join(found) if found else None


def _name(entity: Entity) -> str:
    for name in (entity.latin, entity.name):
        if name is not None:
            return name
    return entity.span.text


def _count(count: Count) -> str:
    if count.min == count.max:
        return f"{count.kind} {'?' if count.min is None else count.min}"
    least, most = ("" if bound is None else bound for bound in (count.min, count.max))
    return f"{count.kind} {least}-{most}"
