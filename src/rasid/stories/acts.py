"""What of an event is compared with the events of other articles, to see whether they are one act."""

import datetime as dt
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from rasid.arabic.letters import fold
from rasid.arabic.particles import particle
from rasid.arabic.words import Form, per_form, read_words
from rasid.events.plover import quad_of
from rasid.model import CodedArticle, Count, Entity, Event, Interval, Place

_VOWEL = re.compile("[اوي]")
_SHORTEST = 3  # letters of a stem
_DAYS = 3  # an act whose days are not known better is looked for under its interval only
_BEFORE = 2  # days that an act of no known day may lie before its report
NARROW = dt.timedelta(days=_DAYS)


class Party(NamedTuple):
    """Somebody who takes part: country or organisation, sector, name as written, and the words that stand for them, folded."""

    country: str | None
    sector: str | None
    name: str | None
    words: str


class Spot(NamedTuple):
    """Where: the country, the place in it if one is named (folded), whether words say so, and degrees where they are known."""

    country: str | None
    place: str | None
    named: bool
    degrees: tuple[float, float] | None


class Act(NamedTuple):
    """An event as it is compared. `day_read` is whether its words say when. `words` and `title` are stems; `known` those
    of the words for sides, place and numbers, which are compared as such.

    Of an act of unknown day, `start` and `end` are the days around its report; None where that day is not known either.
    """

    id: str
    article: str
    type: str
    quad: int
    mode: str | None
    status: str
    start: dt.date | None
    end: dt.date | None
    day_read: bool
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    where: Spot | None
    counts: tuple[Count, ...]
    trigger: str
    words: frozenset[str]
    known: frozenset[str]
    title: frozenset[str]


def acts_of(coded: CodedArticle) -> list[Act]:
    """The events of an article as they are compared, in order of mention."""
    title = read_stems(coded.article.title or "")
    published = coded.article.date
    return [_act(event, coded.article.id, title, (published.start, published.end)) for event in coded.events]


def _act(event: Event, article: str, title: frozenset[str], published: tuple[dt.date | None, dt.date | None]) -> Act:
    start, end = _days(event.when, published)
    sentences = {event.sentence.text, *(report.sentence.text for report in event.also)}
    named = [*(entity.span for entity in (*event.actors, *event.recipients)), *(count.span for count in event.counts)]
    named += [event.where.span] if event.where and event.where.span else []
    timed = read_stems(event.when.span.text) if event.when and event.when.span else frozenset()
    return Act(
        id=event.id,
        article=article,
        type=event.type,
        quad=quad_of(event.type),
        mode=event.mode,
        status=event.status,
        start=start,
        end=end,
        day_read=event.when_from == "text",
        actors=tuple(map(_party, event.actors)),
        recipients=tuple(map(_party, event.recipients)),
        where=_spot(event.where) if event.where else None,
        counts=event.counts,
        trigger=min(read_stems(event.trigger.text), default=fold(event.trigger.text)),
        words=frozenset().union(*map(read_stems, sentences)) - timed,
        known=read_stems(" ".join(span.text for span in named)),
        title=title,
    )


def _days(when: Interval | None, published: tuple[dt.date | None, dt.date | None]) -> tuple[dt.date | None, dt.date | None]:
    if when is not None and (when.start or when.end):
        return when.start, when.end
    start, end = published
    return (start - dt.timedelta(days=_BEFORE) if start and start > dt.date.min + NARROW else start), end


def _party(entity: Entity) -> Party:
    return Party(
        entity.country, entity.sector, entity.name or (entity.holder.name if entity.holder else None), fold(entity.span.text)
    )


def _spot(place: Place) -> Spot:
    town = place.name if place.kind != "country" else None
    degrees = (place.lat, place.lon) if place.lat is not None and place.lon is not None else None
    return Spot(place.country, fold(town) if town else None, place.evidence == "named", degrees if town else None)


@lru_cache(maxsize=1 << 12)
def read_stems(text: str) -> frozenset[str]:
    """The words of `text` that carry meaning, without clitics; numbers are compared as counts."""
    return frozenset(stem for word in read_words(text) if word.form.kind == "word" and (stem := _stem(word.form)))


@per_form
def _stem(form: Form) -> str | None:
    """A word without anything that can be a clitic and without long vowels, so that هجوم is alike to هاجم and جنود to جندي."""
    if particle(form):
        return None
    stems = [reading.stem for reading in form.readings if len(reading.stem) >= _SHORTEST]
    stem = min(stems, key=lambda stem: (len(stem), stem), default=None)
    bare = stem and stem[0] + _VOWEL.sub("", stem[1:])
    return bare if bare and len(bare) >= _SHORTEST else stem


def keys_of(act: Act) -> frozenset[str]:
    """What an act is looked for under; two that can be one share a key.

    A key is a kind of act, a day (or the day before, so that neighbours meet) or a longer time, and a country or a word.
    """
    parties = (*act.actors, *act.recipients)
    countries = {party.country for party in parties} | {act.where.country if act.where else None}
    anchors = {country for country in countries if country} or {act.trigger}
    return frozenset(f"{act.quad} {time} {anchor}" for time in _times(act) for anchor in anchors)


def _times(act: Act) -> Iterable[str]:
    if act.start and act.end and dt.timedelta() <= act.end - act.start <= NARROW:
        last = act.end - act.start
        return [str(act.start + dt.timedelta(days=n)) for n in range(last.days + 1 + (act.end < dt.date.max))]
    return [f"{act.start}/{act.end}"]
