"""One act, one event: mentions of the same act in an article become one event with all its evidence."""

from collections import Counter
from dataclasses import replace

from rasid.events.build import event_id
from rasid.events.decide import Weights
from rasid.events.one_act import how_likely_one, keys
from rasid.model import Entity, Event, Interval, Place, Report, Span

_SAID_AGAIN = 0.55  # how likely mentions of two sentences are one act that agree in words, roles, status and days
_REACH = 32  # acts of one wording, of which a mention in another sentence may be one
_MOST_ENTITIES, _MOST_REASONS = 100, 200  # of an event, beyond which further mentions add none


def merge_acts(article_id: str, events: list[Event], known: Weights) -> tuple[Event, ...]:
    """`events` with those of one act put together, in order of first mention.

    A mention less sure than `known.keep_event` only adds to an act that is reported anyway.

    Two mentions of one type whose roles do not contradict each other are of one act where they stand in one sentence and the
    model says so, or where they say it with the same word and neither their days nor their status contradict each other.
    """
    kept: list[Event] = []
    beside: dict[tuple[str, Span], list[int]] = {}  # the acts of a type that a sentence tells of
    worded: dict[tuple[str, str | None, str], list[int]] = {}  # those of one entry and status, of the whole article
    number = Counter(event.type for event in events)
    for event in sorted(events, key=lambda event: (event.confidence or 0.0) < known.keep_event):
        here, alike = beside.get((event.type, event.sentence), []), worded.get(_wording(event), [])[-_REACH:]
        likely = [
            *((_in_one_sentence(kept[n], event, number[event.type], known), n) for n in here),
            *((_told_again(kept[n], event), n) for n in alike if n not in here),
        ]
        best, same = max(likely, default=(0.0, 0))
        if best:
            kept[same] = _join(article_id, kept[same], event)
        elif (event.confidence or 0.0) >= known.keep_event:
            same = len(kept)
            kept.append(event)
        else:
            continue
        _note(beside.setdefault((event.type, event.sentence), []), same)
        _note(worded.setdefault(_wording(kept[same]), []), same)
    return tuple(sorted(kept, key=lambda event: event.trigger.start))


def _wording(event: Event) -> tuple[str, str | None, str]:
    return event.type, event.predicate, event.status


def _note(numbers: list[int], number: int) -> None:
    if number not in numbers[-_REACH:]:
        numbers.append(number)


def _in_one_sentence(old: Event, new: Event, number: int, known: Weights) -> float:
    """How likely two mentions of one sentence and type are of one act; nothing where that is too unlikely."""
    likely = how_likely_one(old, new, number, known.same) if _roles_agree(old, new) else 0.0
    return likely if likely >= known.keep_same else 0.0


def _told_again(old: Event, new: Event) -> float:
    """The same of two sentences."""
    return (
        _SAID_AGAIN
        if _wording(old) == _wording(new) and _roles_agree(old, new) and _same_people(old, new) and _overlap(old, new)
        else 0.0
    )


def _roles_agree(old: Event, new: Event) -> bool:
    return agree(old.actors, new.actors) and agree(old.recipients, new.recipients)


def _same_people(old: Event, new: Event) -> bool:
    """Do both name somebody in common, or the second of them nobody?"""
    before, now = keys((*old.actors, *old.recipients)), keys((*new.actors, *new.recipients))
    return bool(before & now) or not now


def agree(old: tuple[Entity, ...], new: tuple[Entity, ...]) -> bool:
    """Nobody on one side, or somebody on both."""
    return not old or not new or bool(keys(old) & keys(new))


def _overlap(old: Event, new: Event) -> bool:
    if old.when_from != "text" or new.when_from != "text" or not old.when or not new.when:
        return True
    return _before(old.when, new.when) and _before(new.when, old.when)


def _before(one: Interval, other: Interval) -> bool:
    """Does `one` begin no later than `other` ends?"""
    return not (one.start and other.end) or one.start <= other.end


def _join(article_id: str, old: Event, new: Event) -> Event:
    """The mention that says more, with what only the other one says; the other is kept as evidence."""
    more, less = (new, old) if _says(new) > _says(old) else (old, new)
    timed = max(more, less, key=_says_when)
    joined = replace(
        more,
        mode=more.mode or less.mode,
        status=timed.status if more.status == "occurred" else more.status,
        contexts=tuple(dict.fromkeys((*more.contexts, *less.contexts))),
        actors=_together(more.actors, less.actors, more.recipients),
        recipients=_together(more.recipients, less.recipients, more.actors),
        when=timed.when,
        when_from=timed.when_from,
        where=_where(more.where, less.where),
        attributed_to=more.attributed_to or less.attributed_to,
        counts=(*more.counts, *(one for one in less.counts if all(one.kind != other.kind for other in more.counts))),
        also=(*more.also, *less.also, Report(less.trigger, less.sentence)),
        confidence=max(more.confidence or 0.0, less.confidence or 0.0),
        reasons=(*more.reasons, *less.reasons) if len(more.reasons) + len(less.reasons) < _MOST_REASONS else more.reasons,
    )
    return replace(joined, id=event_id(article_id, joined.trigger.start, joined.type))


def _where(more: Place | None, less: Place | None) -> Place | None:
    """The place of the mention that says more, unless only the other one names it."""
    return less if less and less.evidence == "named" and (more is None or more.evidence == "implied") else more or less


def _together(more: tuple[Entity, ...], less: tuple[Entity, ...], facing: tuple[Entity, ...]) -> tuple[Entity, ...]:
    """All of `more`, and of `less` those who are named in person or come from elsewhere; nobody of the facing side."""
    if len(more) >= _MOST_ENTITIES:
        return more
    seen = {
        (entity.code, entity.latin or entity.name) for entity in (*more, *facing)
    }  # one person under two spellings has one Latin form
    new = [entity for entity in less if (entity.code, entity.latin or entity.name) not in seen]
    return more + tuple(entity for entity in new if not more or entity.name or entity.country not in keys(more))


def _says_when(event: Event) -> tuple[bool, bool]:
    """How far the article's words say when: those of its sentence, those of another, none."""
    return event.when_from == "text", bool(event.when and event.when.span)


def _says(event: Event) -> int:
    return 2 * bool(event.actors) + 2 * bool(event.recipients) + bool(event.mode) + (event.when_from == "text")
