"""Events out of candidates: roles become entities, and status, time, place and source are settled."""

import hashlib
from typing import NamedTuple

from rasid.actors.resolve import People, Sentence, entities_of, timed
from rasid.events.attribution import Source, find_sources, source_of
from rasid.events.clauses import Outline, Part, read_outline
from rasid.events.decide import Decision, decide, weights
from rasid.events.propose import Candidate, propose
from rasid.events.status import planned_type, status_of
from rasid.events.where import place_of
from rasid.model import Article, Entity, Event, Interval, Reason, Span


class Reading(NamedTuple):
    """All that one sentence needs to be coded."""

    article: Article
    sentence: Sentence
    people: People
    coder: str


def event_id(article_id: str, start: int, event_type: str) -> str:
    """Sixteen hex digits that hold as long as article, place of the trigger and type do."""
    return hashlib.sha256(f"{article_id}:{start}:{event_type}".encode()).hexdigest()[:16]


def read_events(reading: Reading) -> list[Event]:
    """The events of one sentence, in order of their triggers."""
    outline, candidates = read_candidates(reading.sentence)
    if not candidates:
        return []
    sources = find_sources(outline)
    decisions = decide(outline, candidates, sources, weights())
    return [
        _event(reading, outline, candidate, decision, sources)
        for candidate, decision in zip(candidates, decisions, strict=True)
        if decision
    ]


def read_candidates(sentence: Sentence) -> tuple[Outline, list[Candidate]]:
    """The clauses of a sentence and all that its predicates propose, before anything is decided."""
    outline = read_outline(sentence.words, sentence.phrases, timed(sentence.words, sentence.times))
    return outline, propose(outline)


def _event(reading: Reading, outline: Outline, candidate: Candidate, decision: Decision, sources: list[Source]) -> Event:
    article, predicate = reading.article, candidate.predicate
    when, when_reason = _when(reading, candidate)
    status, status_reason = status_of(outline, candidate, when, article.date)
    assert predicate.type is not None
    event_type, mode = planned_type(predicate.type, predicate.mode, status)
    source = source_of(outline, candidate, sources)
    trigger = _trigger(reading, candidate)
    place = place_of(article.text, reading.sentence, candidate)
    reasons = [
        Reason("type", f"{predicate.lemma} ({predicate.where}): {predicate.type}{' ' + predicate.mode if predicate.mode else ''}", trigger),
        Reason("roles", _frame(candidate), trigger),
        Reason("status", status_reason, None),
        Reason("when", when_reason, when.span if when else None),
    ]
    if source:
        reasons.append(Reason("attributed_to", source.rule, _part_span(reading, source.part)))
    return Event(
        id=event_id(article.id, trigger.start, event_type), type=event_type, mode=mode, status=status,
        trigger=trigger, sentence=reading.sentence.span, contexts=predicate.contexts,
        actors=_entities(reading, decision.actors), recipients=_entities(reading, decision.recipients),
        when=when or _page_interval(article), when_from="text" if when else "page" if article.date.start else None,
        where=place, attributed_to=(_part_span(reading, source.part),) if source else (),
        confidence=round(decision.probability, 3), predicate=predicate.where, coder=reading.coder, reasons=tuple(reasons),
    )  # fmt: skip


def _page_interval(article: Article) -> Interval | None:
    return Interval(article.date.start, article.date.end) if article.date.start or article.date.end else None


def _trigger(reading: Reading, candidate: Candidate) -> Span:
    words, text = reading.sentence.words, reading.article.text
    start, end = words[candidate.head.at].start, words[candidate.last - 1].end
    return Span(start, end, text[start:end])


def _entities(reading: Reading, parts: list[Part]) -> tuple[Entity, ...]:
    phrases = [part.phrase for part in parts if part.phrase]
    return tuple(
        entity for phrase in phrases for entity in entities_of(reading.article.text, reading.sentence, phrase, reading.people)
    )


def _part_span(reading: Reading, part: Part) -> Span:
    words = reading.sentence.words
    start, end = words[part.first].start, words[part.last - 1].end
    return Span(start, end, reading.article.text[start:end])


def _frame(candidate: Candidate) -> str:
    filled = ", ".join(sorted(slot for slot, parts in candidate.places.slots.items() if parts))
    voice = "passive, " if candidate.places.passive else ""
    return f"{candidate.head.use.tense}, {voice}places filled: {filled or 'none'}"


def _when(reading: Reading, candidate: Candidate) -> tuple[Interval | None, str]:
    """The time expression that dates an act: the nearest one in its clause; with one clause only, the sentence's."""
    words = reading.sentence.words
    first, last = words[candidate.places.first].start, words[candidate.places.last - 1].end
    at = words[candidate.head.at].start
    inside = [time for time in reading.sentence.times if time.span and first <= time.span.start < last]
    if inside:
        best = min(inside, key=lambda time: abs(time.span.start - at) if time.span else 0)
        return best, "the nearest time in its clause"
    return None, "no time in its clause; the page's date, if known"
