"""Events as people describe them, in words of the article and codes, made into events that a correction can keep."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import get_args

from rasid.actors.latin import latin_of
from rasid.arabic.sentences import split_sentences
from rasid.errors import InputError
from rasid.model import Article, Entity, Event, Interval, Place, Span, Status
from rasid.record.corrections import entity_code

_NOTHING = "none"


@dataclass(frozen=True, slots=True)
class Description:
    """What somebody says of an event; None, or an empty list, leaves a field as it is, and `none` empties it.

    Args:
        type: of PLOVER.
        mode: of the type.
        status: `occurred` and so on.
        contexts: of PLOVER.
        actors: words of the article with their code: `المغرب=MAR`, or without, where it is not known.
        recipients: likewise.
        when: a day, or two with `..` between, of which one may be left out.
        where: a code, or words of the article with it.
        trigger: the words that say what was done.
    """

    type: str | None = None
    mode: str | None = None
    status: str | None = None
    contexts: Sequence[str] = ()
    actors: Sequence[str] = ()
    recipients: Sequence[str] = ()
    when: str | None = None
    where: str | None = None
    trigger: str | None = None


def described(article: Article, event: Event, said: Description) -> Event:
    """`event` of `article`, changed as `said`.

    Raises:
        InputError: words that do not stand in the article, or a code or day that is none.
    """
    trigger = _words(article.text, said.trigger, event.sentence) if said.trigger else event.trigger
    changed_type = (said.type or event.type).upper()
    mode = event.mode if changed_type == event.type else None
    return replace(
        event,
        type=changed_type,
        mode=mode if said.mode is None else _or_none(said.mode),
        status=_status(said.status) if said.status else event.status,
        contexts=_list(said.contexts, event.contexts),
        trigger=trigger,
        sentence=_sentence(article.text, trigger) if said.trigger else event.sentence,
        actors=_entities(article.text, event, said.actors, event.actors),
        recipients=_entities(article.text, event, said.recipients, event.recipients),
        when=_interval(said.when) if said.when else event.when,
        when_from=("text" if _or_none(said.when) else None) if said.when else event.when_from,
        where=_place(article.text, event, said.where) if said.where else event.where,
    )


def new_event(article: Article, said: Description) -> Event:
    """An event of `article` that nobody has coded yet.

    Raises:
        InputError: there is no trigger or type, or the trigger stands in the article more than once: more words are needed.
    """
    if not said.trigger or not said.type:
        raise InputError("a new event needs the words that say what was done and its type: --trigger وقع --type SUPPORT")
    first = article.text.find(said.trigger)
    if first < 0:
        raise InputError(f'the words "{said.trigger}" do not stand in the article')
    if article.text.find(said.trigger, first + 1) >= 0:
        raise InputError(f'"{said.trigger}" stands in the article more than once; give the words around it too')
    trigger = Span(first, first + len(said.trigger), said.trigger)
    blank = Event("", said.type.upper(), trigger, _sentence(article.text, trigger))
    return described(article, blank, replace(said, trigger=None))


def _status(said: str) -> Status:
    found: Status | None = next((status for status in get_args(Status) if status == said.lower()), None)
    if found is None:
        raise InputError(f'"{said}" is no status; there are {", ".join(get_args(Status))}')
    return found


def _sentence(text: str, trigger: Span) -> Span:
    return next(
        (span for span in split_sentences(text) if span.start <= trigger.start < span.end),
        Span(trigger.start, trigger.end, trigger.text),
    )


def _words(text: str, words: str, near: Span) -> Span:
    """Where `words` stand: in the sentence, or else first in the text."""
    at = text.find(words, near.start, near.end)
    at = at if at >= 0 else text.find(words)
    if at < 0 or not words:
        raise InputError(f'the words "{words}" do not stand in the article; give them as they are written there')
    return Span(at, at + len(words), words)


def _entities(text: str, event: Event, said: Sequence[str], before: tuple[Entity, ...]) -> tuple[Entity, ...]:
    if not said:
        return before
    if list(said) == [_NOTHING]:
        return ()
    return tuple(_entity(text, event, one) for one in said)


def _entity(text: str, event: Event, said: str) -> Entity:
    words, _, code = (part.strip() for part in said.partition("="))
    known = next((entity for entity in (*event.actors, *event.recipients) if entity.span.text == words), None)
    country, sector = entity_code(code) if code else (None, None)
    if known:
        return replace(known, country=country, sector=sector) if code else known
    return Entity(_words(text, words, event.sentence), country, sector, latin=latin_of(None, country, None))


def _interval(said: str) -> Interval | None:
    if said == _NOTHING:
        return None
    start, dots, end = said.partition("..")
    days = Interval(_day(start), _day(end) if dots else _day(start))
    if days == Interval(None, None):
        raise InputError(f'"{said}" names no day; write 2021-11-24, 2021-11-01..2021-11-30, ..2021-11-30 or none')
    return days


def _day(said: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(said.strip()) if said.strip() else None
    except ValueError:
        raise InputError(f'"{said}" is no day; write it as 2021-11-24') from None


def _place(text: str, event: Event, said: str) -> Place | None:
    if said == _NOTHING:
        return None
    words, has_code, code = (part.strip() for part in said.partition("="))
    country, _ = entity_code(code if has_code else words)
    return Place(country, _words(text, words, event.sentence) if has_code else None)


def _list(said: Sequence[str], before: tuple[str, ...]) -> tuple[str, ...]:
    return before if not said else () if list(said) == [_NOTHING] else tuple(said)


def _or_none(said: str | None) -> str | None:
    return None if said == _NOTHING else said
