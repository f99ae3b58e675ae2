"""Attribution: on whose word a report rests."""

from typing import NamedTuple

from rasid.events.clauses import Outline, Part, read_verb
from rasid.events.propose import Candidate

_ACCORDING_TO = frozenset(("بحسب", "حسب", "وفق", "وفقا", "طبقا", "نقلا"))
_AS = frozenset(("كما", "حسبما", "وفقما", "بحسب", "حسب", "ما", "وفق"))


class Source(NamedTuple):
    """Who is the source, and of which words of the sentence."""

    part: Part
    first: int
    last: int
    rule: str


def find_sources(outline: Outline) -> list[Source]:
    """The sources that a sentence names: subjects of verbs of saying, and what follows بحسب and its like."""
    found = [
        Source(part, 0, len(outline.words), f"{part.preposition} names the source")
        for part in outline.parts
        if part.preposition in _ACCORDING_TO or _according(outline, part)
    ]
    for at, head in outline.verbs.items():
        predicate = head.use.predicates[0]
        if predicate.status != "said":
            continue
        places = read_verb(outline, head, False)
        teller = places.slots.get("عن") if predicate.lemma == "نقل" else None
        subject = teller or places.slots.get("subject")
        if not subject:
            continue
        whole = at > 0 and outline.words[at - 1].form.fold in _AS
        found.append(Source(subject[0], 0 if whole else at, len(outline.words), f"the subject of {predicate.lemma}"))
    return found


def _according(outline: Outline, part: Part) -> bool:
    """`وفقا لـ`, `نقلا عن`: the word before the one that governs the part."""
    words = outline.words
    before = part.first - 1 if part.preposition == "ل" else part.first - 2
    return part.preposition in ("ل", "عن") and before >= 0 and words[before].form.fold.lstrip("و") in _ACCORDING_TO


def source_of(outline: Outline, candidate: Candidate, sources: list[Source]) -> Source | None:
    """The nearest source whose words hold the candidate; one who acts in the event himself is not its source."""
    at = candidate.head.at
    taking_part = {(part.first, part.last) for part in candidate.actors}
    holding = [s for s in sources if s.first <= at < s.last and (s.part.first, s.part.last) not in taking_part and not s.part.first <= at < s.part.last]
    return max(holding, key=lambda source: source.first, default=None)
