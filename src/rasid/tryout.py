"""What the entries of the lexicon do: to one sentence, rule by rule; and to many articles and to coded sentences, counted."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from rasid.actors.resolve import Sentence, meet_people, recognise
from rasid.arabic.sentences import split_sentences
from rasid.coder import code, read_sentence
from rasid.events.build import read_candidates
from rasid.events.decide import how_likely, weights
from rasid.events.outline import Head, Outline, Part
from rasid.events.predicates import lexicon
from rasid.events.propose import Candidate, trials
from rasid.model import Article, Event, Span

Json = dict[str, Any]
_HALF = 0.5  # of both sides together must be in common, as in the scorer of the gold


class Sense(NamedTuple):
    """A sense of a word: its entry, and what kept it from holding; nothing where it holds."""

    where: str
    lemma: str
    kind: str  # `CONSULT visit`, or `no event`
    failed: str


class Tried(NamedTuple):
    """A word that can be a predicate, and what became of it."""

    span: Span
    tense: str
    senses: tuple[Sense, ...]
    places: tuple[tuple[str, tuple[str, ...]], ...]  # of the sense that holds: by slot, who stands there
    actors: tuple[str, ...]  # whom its frame takes
    recipients: tuple[str, ...]
    probability: float | None  # how likely it is to report an event
    outcome: str
    event: Event | None  # what was coded, with its reasons


def try_text(article: Article) -> Iterator[Tried]:
    """Every word of a text that can be a predicate, in order, with what each rule made of it."""
    coded = {event.trigger.start: event for event in code(article).events}
    joined = {report.trigger.start: event for event in coded.values() for report in event.also}
    sentences = _sentences(article)
    read = [read_candidates(sentence) for sentence in sentences]
    for sentence, (outline, candidates), likely in zip(sentences, read, how_likely(read, weights()), strict=True):
        by_place = {one.head.at: (one, sure) for one, sure in zip(candidates, likely, strict=True)}
        for head in outline.heads:
            if any(predicate.type for predicate in head.use.predicates):
                span = sentence.slice(article.text, head.at, head.at + 1)
                event = coded.get(span.start) or joined.get(span.start)
                yield _tried(article, sentence, outline, head, by_place.get(head.at), event)


def _sentences(article: Article) -> list[Sentence]:
    sentences = [read_sentence(article, span) for span in split_sentences(article.text)]
    people = meet_people(article.text, sentences, article.date.start)
    return [recognise(sentence, people) for sentence in sentences]


def _tried(
    article: Article,
    sentence: Sentence,
    outline: Outline,
    head: Head,
    taken: tuple[Candidate, float] | None,
    event: Event | None,
) -> Tried:
    def said(parts: Iterable[Part]) -> tuple[str, ...]:
        return tuple(sentence.slice(article.text, part.first, part.last).text for part in parts)

    candidate, sure = taken or (None, None)
    span = sentence.slice(article.text, head.at, head.at + 1)
    tried = trials(outline, head)
    senses = tuple(
        Sense(trial.predicate.where, trial.predicate.lemma, _kind(trial.predicate.type, trial.predicate.mode), trial.failed)
        for trial in tried
    )
    places = candidate.places if candidate else tried[-1].places
    return Tried(
        span, head.use.tense, senses,
        tuple((slot, said(parts)) for slot, parts in places.slots.items() if parts),
        said(candidate.actors) if candidate else (), said(candidate.recipients) if candidate else (),
        sure, _outcome(tried[-1].failed, tried[-1].predicate.type, candidate, sure, event), event,
    )  # fmt: skip


def _kind(event_type: str | None, mode: str | None) -> str:
    return f"{event_type} {mode or ''}".strip() if event_type else "no event"


def _outcome(failed: str, event_type: str | None, candidate: Candidate | None, sure: float | None, event: Event | None) -> str:
    if failed:
        return "no event: no sense holds"
    if event_type is None:
        return "no event: the sense that holds reports none"
    if candidate is None:
        return "no event: what its verb asks, promises or refuses"
    if event is None:
        return f"no event: {sure:.2f} is not likely enough ({weights().keep_event})"
    return "coded"


def tried_to_json(tried: Tried) -> Json:
    """A word as `rasid lexicon try --format jsonl` gives it."""
    event = tried.event
    return {
        "word": tried.span.text, "start": tried.span.start, "end": tried.span.end, "tense": tried.tense,
        "senses": [
            {"predicate": one.where, "lemma": one.lemma, "event": one.kind, "failed": one.failed or None}
            for one in tried.senses
        ],
        "places": {slot: list(words) for slot, words in tried.places},
        "actor": list(tried.actors), "recipient": list(tried.recipients),
        "probability": None if tried.probability is None else round(tried.probability, 3),
        "outcome": tried.outcome,
        "event": event and {
            "type": event.type, "mode": event.mode, "status": event.status,
            "actor": [entity.code for entity in event.actors], "recipient": [entity.code for entity in event.recipients],
            "reasons": {reason.field: reason.rule for reason in reversed(event.reasons)},
        },
    }  # fmt: skip


@dataclass
class Count:
    """How an entry did: its hits in articles; on coded sentences what it coded, and how much of that was right."""

    hits: int = 0
    coded: int = 0
    right: int = 0
    actors: int = 0  # of the right ones, those with the right actors
    recipients: int = 0


def count_hits(articles: Iterable[Article], counts: dict[str, Count]) -> int:
    """Add to `counts`, by entry, how often each proposes an event in `articles`; returns how many articles there were."""
    number = 0
    for number, article in enumerate(articles, 1):  # noqa: B007
        for sentence in _sentences(article):
            for candidate in read_candidates(sentence)[1]:
                counts[candidate.predicate.where].hits += 1
    return number


def count_right(rows: Iterable[tuple[Article, list[Json]]], counts: dict[str, Count]) -> None:
    """Add to `counts`, by entry, what each coded in articles whose true events are known, and what of it was right."""
    for article, gold in rows:
        left = list(gold)
        for event in code(article).events:
            count = counts[event.predicate]
            count.coded += 1
            same = [one for one in left if one.get("type") == event.type]
            match = max(same, key=lambda one: _likeness(article, one, event), default=None)
            if match is not None and _likeness(article, match, event):
                left.remove(match)
                count.right += 1
                count.actors += _agree(match.get("actor"), [entity.code for entity in event.actors])
                count.recipients += _agree(match.get("recipient"), [entity.code for entity in event.recipients])


def _likeness(article: Article, gold: Json, event: Event) -> int:
    """2 where the trigger has a word in common, 1 where only the sentence is the same, else 0."""
    if set(str(gold.get("trigger", "")).split()) & set(event.trigger.text.split()):
        return 2
    if not gold.get("sentence"):
        return 1
    at = article.text.find(gold["sentence"])
    return int(event.sentence.start <= at < event.sentence.end)


def _agree(gold: Any, coded: list[str]) -> bool:
    """Have both sides half of their countries and organisations in common, or are both empty?"""
    one, other = (
        {code.split()[0] for code in codes if code} for codes in ([str(e.get("code", "")) for e in gold or []], coded)
    )
    return (not one and not other) or len(one & other) / len(one | other) >= _HALF


def check_rows(counts: dict[str, Count], whys: dict[str, str]) -> Iterator[Json]:
    """A row for each entry, in the order of the lexicon, with the shares where there is something to divide."""
    for predicate in lexicon().predicates:
        count = counts.get(predicate.where, Count())
        yield {
            "predicate": predicate.where, "lemma": predicate.lemma, "event": _kind(predicate.type, predicate.mode),
            "hits": count.hits, "coded": count.coded, "right": count.right,
            "precision": _share(count.right, count.coded),
            "actors_right": _share(count.actors, count.right), "recipients_right": _share(count.recipients, count.right),
            "why": whys.get(predicate.where),
        }  # fmt: skip


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 3) if whole else None


def new_counts() -> dict[str, Count]:
    """Counts that begin at nothing for every entry."""
    return defaultdict(Count)
