"""What stands: the events that the machine coded of an article, with people's corrections laid over them in their order.

A correction holds on to the article, the place of the trigger and the type, so that a new coder does not lose it: where an
event of the same id is there, it means that one; else the machine's event of the same type whose trigger, or other mention,
touches the trigger that was corrected. What people said of an act takes the place of what the machine newly codes on its words.
"""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, NamedTuple

from rasid.contract import event_from_json
from rasid.model import Event, Span

Action = Literal["accept", "reject", "edit", "merge", "split", "add", "undo"]
_CORRECTIONS = "SELECT id, at, by, action, article, note, targets, results, undoes FROM corrections"


class Target(NamedTuple):
    """An event that a correction is about."""

    id: str
    type: str
    trigger: Span


@dataclass(frozen=True, slots=True)
class Correction:
    """What somebody decided. `results` are events as JSON of the contract, which stand in place of the targets."""

    id: str
    at: str
    by: str
    action: Action
    article: str
    note: str | None
    targets: tuple[Target, ...]
    results: tuple[dict[str, Any], ...]
    undoes: str | None = None


class Settled(NamedTuple):
    """An event, the correction that made it (None: the machine), and whether it stands."""

    event: Event
    correction: str | None
    stands: bool


def read_corrections(connection: sqlite3.Connection, where: str = "1", values: Sequence[object] = ()) -> list[Correction]:
    """Corrections in the order in which they were made; `where` is SQL."""
    return [
        Correction(
            id_, at, by, action, article, note, tuple(map(_target, json.loads(targets))), tuple(json.loads(results)), undoes
        )
        for id_, at, by, action, article, note, targets, results, undoes in connection.execute(
            f"{_CORRECTIONS} WHERE {where} ORDER BY key", values
        )
    ]


def target_to_json(target: Target) -> dict[str, Any]:
    """A target as it stands in `corrections.targets`."""
    trigger = target.trigger
    return {"id": target.id, "type": target.type, "start": trigger.start, "end": trigger.end, "text": trigger.text}


def _target(data: dict[str, Any]) -> Target:
    return Target(data["id"], data["type"], Span(data["start"], data["end"], data["text"]))


def undone(corrections: Sequence[Correction]) -> set[str]:
    """The ids of those that were undone; an undoing can be undone as well."""
    found: set[str] = set()
    for correction in reversed(corrections):
        if correction.undoes and correction.id not in found:
            found.add(correction.undoes)
    return found


def in_force(corrections: Sequence[Correction]) -> list[Correction]:
    """Those that decide what stands, in their order."""
    without = undone(corrections)
    return [correction for correction in corrections if correction.id not in without and correction.action != "undo"]


def settle(article_id: str, text: str, machine: Sequence[Event], corrections: Iterable[Correction]) -> list[Settled]:
    """The machine's events and people's, in that order, and which of them stand.

    Args:
        article_id: whose events they are.
        text: of the article.
        machine: what the coder made of it.
        corrections: those of the article that are in force, in their order; one whose words no longer stand in the text is
            passed over.
    """
    standing: list[tuple[Event, str | None]] = [(event, None) for event in machine]
    for correction in corrections:
        placed = place(correction, text)
        if placed is None:
            continue
        targets, results = placed
        meant = [n for n, (event, by) in enumerate(standing) if _is_meant(event, by, targets, results, standing)]
        standing = [one for n, one in enumerate(standing) if n not in meant]
        standing += [(result, correction.id) for result in results]
    kept = {event.id for event, by in standing if by is None}
    people = [Settled(event, by, True) for event, by in standing if by is not None]
    return [*(Settled(event, None, event.id in kept) for event in machine), *people]


def place(correction: Correction, text: str) -> tuple[tuple[Target, ...], tuple[Event, ...]] | None:
    """Where targets and results stand in `text`, which may have changed since; None where their words are gone."""
    targets = correction.targets
    results = tuple(event_from_json(result, text) for result in correction.results)
    spans = [*(target.trigger for target in targets), *(span for event in results for span in spans_of(event))]
    shift = _shift(text, spans, correction.results)
    if shift is None:
        return None
    if shift:
        targets = tuple(target._replace(trigger=_moved(target.trigger, shift)) for target in targets)
        results = tuple(event_from_json(_moved_json(result, shift), text) for result in correction.results)
    return targets, results


def spans_of(event: Event) -> list[Span]:
    """All the words that an event rests on, but its sentences and the reasons."""
    entities = (*event.actors, *event.recipients)
    when = event.when.span if event.when else None
    where = event.where.span if event.where else None
    counted = (count.span for count in event.counts)
    named = [event.trigger, *(entity.span for entity in entities), *event.attributed_to, *counted]
    return [*named, *(report.trigger for report in event.also), *(span for span in (when, where) if span)]


def _is_meant(
    event: Event,
    by: str | None,
    targets: Sequence[Target],
    results: Sequence[Event],
    standing: Sequence[tuple[Event, str | None]],
) -> bool:
    ids = {target.id for target in targets}
    if event.id in ids:
        return True
    if by is not None:
        return False
    there = {one.id for one, _ in standing}
    for target in targets:
        if target.id not in there and _touches(event, target.trigger) and (event.type == target.type or results):
            return True
    added = [result for result in results if not targets]
    return any(event.type == result.type and _touches(event, result.trigger) for result in added)


def _touches(event: Event, trigger: Span) -> bool:
    mentions = (event.trigger, *(report.trigger for report in event.also))
    return any(span.start < trigger.end and trigger.start < span.end for span in mentions)


def _shift(text: str, spans: Sequence[Span], results: Sequence[dict[str, Any]]) -> int | None:
    """By how much all spans have moved; None where they are not all there at one distance."""
    if all(text[span.start : span.end] == span.text for span in spans):
        return 0
    first = min(spans, key=lambda span: span.start)
    at = text.find(first.text)
    while at >= 0:
        shift = at - first.start
        if all(text[span.start + shift : span.end + shift] == span.text for span in spans):
            return shift
        at = text.find(first.text, at + 1)
    return None


def _moved(span: Span, shift: int) -> Span:
    return replace(span, start=span.start + shift, end=span.end + shift)


def _moved_json(value: Any, shift: int) -> Any:
    """JSON of an event with each start and end of a span moved; those of `when` are days."""
    if isinstance(value, list):
        return [_moved_json(item, shift) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        key: item + shift if key in ("start", "end") and isinstance(item, int) else _moved_json(item, shift)
        for key, item in value.items()
    }
