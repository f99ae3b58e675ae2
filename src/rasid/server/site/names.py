"""Who and what, as readers of each language read it: actors, events, places."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from rasid.actors.latin import country_name
from rasid.events.plover import quad_of
from rasid.model import Count, Entity, Event, Place
from rasid.record import EventRow
from rasid.server.site.languages import Language

_CODE = re.compile("[A-Z]{3}(?: [A-Z]{3})*")
_BOUNDS = {"or more": "{0}+", "at most": "≤ {0}", " to ": "{0}–{1}", "": "{0}"}  # as rasid.stories.accounts says numbers


class Actor(NamedTuple):
    """Somebody who takes part: the name for the reader, its language, what the code adds to it, and the words of the text."""

    name: str
    language: str
    code: str
    sectors: str
    words: str
    person: str | None = None


class Line(NamedTuple):
    """An event in one line of a list."""

    id: str
    article: str
    type: str
    mode: str | None
    quad: int
    status: str
    actors: list[Actor]
    recipients: list[Actor]
    when: str
    day_is_pages: bool
    where: str | None
    where_code: str | None
    trigger: str
    sentence: str
    title: str | None
    source: str | None
    confidence: float | None
    reviewed: str | None


def actor_of(language: Language, entity: Entity) -> Actor:
    """A participant of an event as a reader of `language` calls it."""
    return _actor(language, entity.span.text, entity.code, entity.latin, entity.name)


def _actor(language: Language, words: str, code: str, latin: str | None, person: str | None) -> Actor:
    first = code.split(" ")[0]
    is_country = bool(latin) and latin == country_name(first)
    if language.code == "en":
        name, spoken = (latin, "en") if latin else (words, "ar")
    elif person:
        name, spoken = person, "ar"
    elif is_country and not code.removeprefix(first):
        name, spoken = language.country(first) or words, "ar"
    else:
        name, spoken = words, "ar"
    sectors = language.sectors(code) if code else ""
    if language.code == "ar" and not is_country and not person:
        sectors = ""  # the words say it themselves
    if language.code == "en" and spoken == "ar" and code:
        sectors = language.actor_code(code)
    if language.code == "ar" and person and code:
        sectors = language.actor_code(code)
    return Actor(name or words, spoken, code, sectors, words, person)


def line_of(language: Language, row: EventRow) -> Line:
    """A row of the record as a line of a list."""
    from rasid.model import Interval

    return Line(
        id=row.event_id,
        article=row.article_id,
        type=row.type,
        mode=row.mode,
        quad=row.quad,
        status=row.status,
        actors=_side(language, row.actors, row.actor_codes, row.actor_names),
        recipients=_side(language, row.recipients, row.recipient_codes, row.recipient_names),
        when=language.days(Interval(row.when_start, row.when_end)),
        day_is_pages=row.when_from == "page" and not row.when_text,
        where=language.country(row.where_code) or row.where_code,
        where_code=row.where_code,
        trigger=row.trigger,
        sentence=row.sentence,
        title=row.title,
        source=row.source,
        confidence=row.confidence,
        reviewed=row.reviewed,
    )


def _side(language: Language, words: str | None, codes: str | None, names: str | None) -> list[Actor]:
    if not words:
        return []
    parts = [(cell or "").split(" + ") for cell in (words, codes, names)]
    found = []
    for said, code, name in zip(*parts, strict=False):
        latin = name if (name != said and name.isascii()) or any("a" <= letter <= "z" for letter in name.lower()) else None
        found.append(_actor(language, said, "" if code == "?" else code, latin, None))
    return list({(one.name, one.code): one for one in found}.values())


def place_of(language: Language, place: Place) -> str:
    """`Rabat, Morocco`."""
    country = language.country(place.country) or place.country
    name = (place.latin or place.name) if language.code == "en" else (place.name or (place.span and place.span.text))
    if not name or place.kind == "country" or name == country:
        return country or name or ""
    return f"{name}{language.comma}{country}" if country else name


def count_of(language: Language, count: Count) -> str:
    """`21+ killed`, `10–20 wounded`."""
    least, most = (None if bound is None else language.number(bound) for bound in (count.min, count.max))
    said = least if least == most else f"{least}+" if most is None else f"≤ {most}" if least is None else f"{least}–{most}"
    return f"{said or '?'} {language.label('count', count.kind)}"


def told_as(language: Language, about: str, value: str, places: Mapping[str, str]) -> str:
    """What reports say differently, as readers read it; `places` are names of places in Arabic by their Latin form."""
    if about in ("actor", "recipient"):
        return " + ".join(language.actor_code(one) if _CODE.fullmatch(one) else one for one in value.split(" + "))
    if about == "status":
        return language.label("status", "negated" if value == "did not happen" else "occurred")
    if about == "place":
        return places.get(value, value) if language.code == "ar" else value
    numbers = [language.number(int(one)) for one in re.findall("[0-9]+", value)]
    bounds = next(said for word, said in _BOUNDS.items() if word in value)
    return bounds.format(*numbers) if numbers else value


def kind_of(language: Language, event: Event) -> str:
    """`Consult: visit`."""
    if event.own_type:
        return event.own_type
    kind = language.label("type", event.type)
    return f"{kind}: {language.label('mode', event.mode)}" if event.mode else kind


def quad(event: Event) -> int:
    """The class of an event, 1 to 4."""
    return quad_of(event.type)
