"""Where an event happened: the place that its clause or sentence names, or that follows from who takes part."""

from collections.abc import Iterable

from rasid.actors.lexicon import BODIES
from rasid.actors.resolve import Sentence
from rasid.events.outline import SCENE
from rasid.events.propose import Candidate
from rasid.model import Entity, Place

_ON_THE_GROUND = frozenset(("ASSAULT", "COERCE", "PROTEST", "MOBILIZE"))
_AT = SCENE | {"الي", "علي", "شرقي", "غربي", "شمالي", "جنوبي", "ضواحي", "قبالة", "خارج", "حول"}


def place_of(
    text: str, sentence: Sentence, candidate: Candidate, event_type: str, people: Iterable[Entity]
) -> tuple[Place | None, str]:
    """The place of an event, and how it was found.

    The nearest place named with a preposition of place, in the event's clause before the rest of its sentence; the place that a
    visit goes to; for what is done on the ground by and to people of one country only, that country.
    """
    located = [
        p
        for p in sentence.phrases
        if p.country and p.country not in BODIES and p.kind in ("place", "country") and p.preposition in _AT
    ]
    if located:
        inside = [p for p in located if candidate.places.first <= p.first < candidate.places.last]
        best = min(inside or located, key=lambda phrase: abs(phrase.first - candidate.head.at))
        rule = "the nearest place in its clause" if inside else "the nearest place in its sentence"
        return Place(best.country, sentence.slice(text, best.first, best.last)), rule
    visited = [part.phrase for part in candidate.recipients if part.phrase and part.phrase.kind in ("place", "country")]
    if candidate.predicate.mode == "visit" and visited:
        return Place(visited[0].country, sentence.slice(text, visited[0].first, visited[0].last)), "the place that is visited"
    countries = {entity.country for entity in people}
    if event_type in _ON_THE_GROUND and len(countries) == 1 and not countries & BODIES and None not in countries:
        return Place(countries.pop()), "everyone who takes part is of this country"
    return None, "no place named"
