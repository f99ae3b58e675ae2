"""Events out of candidates: roles become entities, and status, time, place and source are settled."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial
from typing import NamedTuple

from rasid.actors.phrase import Phrase
from rasid.actors.resolve import People, Sentence, entities_of
from rasid.actors.whose import Standing
from rasid.events.attribution import Source, find_sources, goes_on, source_of
from rasid.events.contexts import Act, Said, Surroundings, contexts_of, said_in
from rasid.events.counts import with_counts
from rasid.events.decide import Decision, Weights, decide, how_likely
from rasid.events.modes import mode_of
from rasid.events.moments import Course
from rasid.events.outline import Outline, Part, can_report, read_outline
from rasid.events.propose import Candidate, propose
from rasid.events.scene import Scene
from rasid.events.status import planned_type, status_of
from rasid.events.when import Dating, choose_time
from rasid.events.where import Told, place_of
from rasid.model import Article, Entity, Event, Reason, Span

_SOURCES_BACK = 4  # sentences
_NO_ONE: frozenset[str] = frozenset()


class Reading(NamedTuple):
    """All that one sentence needs to be coded."""

    article: Article
    sentences: list[Sentence]
    at: int  # which of them it is
    people: People
    scene: Scene
    coder: str
    course: Course
    about: Surroundings

    @property
    def sentence(self) -> Sentence:
        """The sentence to be coded."""
        return self.sentences[self.at]


class Tellers(NamedTuple):
    """On whose word a sentence may tell: its sources, and the last that the sentences before name, found when asked for."""

    here: list[Source]
    before: Callable[[], Span | None]


def event_id(article_id: str, start: int, event_type: str) -> str:
    """Sixteen hex digits that hold as long as article, place of the trigger and type do."""
    return hashlib.sha256(f"{article_id}:{start}:{event_type}".encode()).hexdigest()[:16]


def read_events(readings: Sequence[Reading], known: Weights) -> list[Event]:
    """What an article's sentences say of events, in order of their triggers: every mention by itself."""
    read = [read_candidates(reading.sentence) if _can_report(reading.sentence) else None for reading in readings]
    likely = how_likely(read, known)
    return [
        event
        for reading, one, sure in zip(readings, read, likely, strict=True)
        if one and sure
        for event in _events_of(reading, *one, sure, known)
    ]


def _can_report(sentence: Sentence) -> bool:
    return any(can_report(word.form) for word in sentence.words)


def _events_of(
    reading: Reading, outline: Outline, candidates: list[Candidate], likely: list[float], known: Weights
) -> list[Event]:
    sources = find_sources(outline)
    decisions = decide(outline, candidates, likely, sources, reading.sentences[: reading.at], known)
    if not any(decisions):
        return []
    said = said_in(outline.words, reading.about.by_sentence[reading.at])
    told = Tellers(sources, cache(partial(_source_before, reading)))
    events = [
        _event(reading, outline, candidate, decision, told, said, decision.probability >= known.keep_event)
        for candidate, decision in zip(candidates, decisions, strict=True)
        if decision
    ]
    return with_counts(events, outline, reading.sentence.timed, reading.article.text)


def read_candidates(sentence: Sentence) -> tuple[Outline, list[Candidate]]:
    """The clauses of a sentence and all that its predicates propose, before anything is decided."""
    outline = _outline(sentence)
    return outline, propose(outline)


def _outline(sentence: Sentence) -> Outline:
    return read_outline(sentence.words, sentence.phrases, sentence.timed)


def _event(
    reading: Reading,
    outline: Outline,
    candidate: Candidate,
    decision: Decision,
    tellers: Tellers,
    said: Said,
    sure: bool,
) -> Event:
    """The event that a candidate reports; one that is not `sure` only adds to another mention, and gets no contexts."""
    article, sentence, predicate = reading.article, reading.sentence, candidate.predicate
    assert predicate.type is not None
    dating = Dating(sentence, reading.at, outline, reading.course, article.date)
    when, when_from, when_reason = choose_time(dating, candidate)
    own = when if when_from == "text" else None
    times = [own] if own else sentence.times if candidate.places.link == "ان" else []  # `قبل أن تقطعها الرباط`
    status, status_reason = status_of(outline, candidate, times, article.date)
    if status == "negated" and predicate.negated and candidate.head.use.tense != "noun":
        # `لن يقبل` is a refusal that is made, not an acceptance that is not
        (event_type, mode), status = predicate.negated, "occurred"
    else:
        event_type, mode = planned_type(predicate.type, mode_of(outline, candidate), status)
    trigger = sentence.slice(article.text, candidate.head.at, candidate.last)
    actors = _entities(reading, decision.actors, decision.recipients, f"{event_type} actor")
    recipients = _entities(reading, decision.recipients, decision.actors, f"{event_type} recipient")
    told, told_reason = _attributed(reading, outline, candidate, tellers)
    known = Told(sentence, reading.at, candidate, event_type, mode, status, actors, recipients, told)
    where, where_reason, where_words = place_of(article.text, known, reading.scene)
    act = Act(event_type, mode, predicate.lemma, predicate.contexts)
    contexts = contexts_of(outline.words, candidate.head.at, act, reading.about, said) if sure else ()
    dated = own or status == "occurred" or (status == "historical" and when and when.span)
    return Event(
        id=event_id(article.id, trigger.start, event_type), type=event_type, mode=mode, status=status,
        trigger=trigger, sentence=sentence.span, contexts=contexts,
        actors=actors, recipients=_other_side(recipients, actors),
        when=when if dated else None, when_from=when_from if when and dated else None,
        where=where, attributed_to=told,
        confidence=round(decision.probability, 3), predicate=predicate.where, coder=reading.coder,
        reasons=(
            Reason("type", f"{predicate.lemma} ({predicate.where}): {predicate.type}", trigger),
            Reason("roles", _frame(candidate), trigger),
            Reason("status", status_reason),
            Reason("when", when_reason, when.span if when else None),
            Reason("where", where_reason, where_words),
            *((Reason("attributed_to", told_reason, told[0]),) if told else ()),
        ),
    )  # fmt: skip


def _attributed(reading: Reading, outline: Outline, candidate: Candidate, tellers: Tellers) -> tuple[tuple[Span, ...], str]:
    """On whose word: the source in the sentence; behind `المصدر ذاته` and a bare `وأضاف`, the source before."""
    source = source_of(candidate, tellers.here)
    if source is None:
        earlier = tellers.before() if goes_on(outline, candidate.head.at) else None
        return ((earlier,), "the speaker of the sentence before goes on") if earlier else ((), "")
    span = reading.sentence.slice(reading.article.text, source.first, source.last)
    if source.part.phrase and source.part.phrase.stands_for == "source":
        earlier = tellers.before()
        return ((span, earlier) if earlier else (span,)), f"{source.rule}; the source named before"
    relay = source.relay and reading.sentence.slice(reading.article.text, source.relay.first, source.relay.last)
    return ((span, relay) if relay else (span,)), source.rule


def _source_before(reading: Reading) -> Span | None:
    """The last source that the sentences before name by name."""
    for sentence in reversed(reading.sentences[max(0, reading.at - _SOURCES_BACK) : reading.at]):
        named = [s for s in find_sources(_outline(sentence)) if not (s.part.phrase and s.part.phrase.stands_for)]
        if named:
            return sentence.slice(reading.article.text, named[-1].first, named[-1].last)
    return None


def _entities(reading: Reading, parts: list[Part], others: list[Part], does: str) -> tuple[Entity, ...]:
    """Those on one side of an event, given those on the other."""
    named = [(part.origin or reading.sentence, part.phrase) for part in parts if part.phrase]
    if not named:
        return ()
    facing = _countries([part.phrase for part in others if part.phrase])
    found: list[Entity] = []
    for sentence, phrase in named:
        others_here = [other for _, other in named if other is not phrase and other.sector]
        beside = _countries(others_here) if others_here else _NO_ONE
        found += entities_of(reading.article.text, sentence, phrase, reading.people, Standing(does, facing, beside))
    return tuple(found)


def _countries(phrases: Iterable[Phrase]) -> frozenset[str]:
    return frozenset([phrase.country for phrase in phrases if phrase.country])


def _other_side(entities: tuple[Entity, ...], facing: tuple[Entity, ...]) -> tuple[Entity, ...]:
    """Of a phrase that stands for two countries (`البلدان`), the one that does not stand on the facing side."""
    if len(entities) < 2:  # as most
        return entities
    spans = [entity.span for entity in entities]
    there = {entity.country for entity in facing}
    return tuple(entity for entity in entities if spans.count(entity.span) == 1 or entity.country not in there)


def _frame(candidate: Candidate) -> str:
    filled = ", ".join(sorted([slot for slot, parts in candidate.places.slots.items() if parts]))
    voice = "passive, " if candidate.places.passive else ""
    return f"{candidate.head.use.tense}, {voice}places filled: {filled or 'none'}"
