"""Where an event happened: the place that its clause names, else its sentence."""

from rasid.actors.lexicon import BODIES
from rasid.actors.resolve import Sentence
from rasid.events.propose import Candidate
from rasid.model import Place

_AT = frozenset(("في", "ب", "قرب", "داخل", "وسط", "شرق", "غرب", "شمال", "جنوب", "شرقي", "غربي", "شمالي", "جنوبي", "الي", "علي", "ضواحي"))


def place_of(text: str, sentence: Sentence, candidate: Candidate) -> Place | None:
    """The nearest place named with a preposition of place, in the event's clause before the rest of its sentence."""
    located = [p for p in sentence.phrases if p.country and p.country not in BODIES and p.kind in ("place", "country") and p.preposition in _AT]
    if not located:
        return None
    inside = [p for p in located if candidate.places.first <= p.first < candidate.places.last]
    best = min(inside or located, key=lambda phrase: abs(phrase.first - candidate.head.at))
    return Place(best.country, sentence.slice(text, best.first, best.last))
