"""People's corrections: made, undone, listed, and given back as sentences to train on. Nothing of them is ever changed."""

import json
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from rasid.actors.lexicon import owners, split_code
from rasid.contract import event_to_json
from rasid.errors import InputError, NotThereError, RecordError
from rasid.events.plover import contexts, modes, sectors, types
from rasid.model import Entity, Event
from rasid.record.contents import as_json, clear_events, now, write_events
from rasid.record.opening import Record, as_record_errors, transaction
from rasid.record.reading import load_event, read_machine_events
from rasid.record.settling import (
    Action,
    Correction,
    Target,
    in_force,
    place,
    read_corrections,
    settle,
    spans_of,
    target_to_json,
    undone,
)
from rasid.record.writing import hash_of

_INSERT = f"INSERT INTO corrections (id, at, by, action, article, note, targets, results, undoes) VALUES ({', '.join('?' * 9)})"
_ID = 16  # hex digits


def accept(record: Record, event_id: str, *, by: str, note: str | None = None) -> Correction:
    """Say that an event is right as it is; a new coder does not change it any more.

    Args:
        record: the record.
        event_id: the event's id or its beginning.
        by: who says so.
        note: why.

    Returns:
        The correction that was kept.

    Raises:
        RecordError: there is no such event.
    """
    event, article = load_event(record, event_id)
    return _correct(record, "accept", article.id, [event], [event], by, note)


def reject(record: Record, event_id: str, *, by: str, note: str | None = None) -> Correction:
    """Say that the text reports no such event. See `accept`."""
    event, article = load_event(record, event_id)
    return _correct(record, "reject", article.id, [event], [], by, note)


def edit(record: Record, event_id: str, changed: Event, *, by: str, note: str | None = None) -> Correction:
    """Put `changed` in the place of an event, whose id it keeps.

    Raises:
        RecordError: there is no such event.
        InputError: `changed` is none that can be: its words do not stand where it says, or there is no such type.
    """
    event, article = load_event(record, event_id)
    changed = replace(changed, id=event.id)
    if changed == event:
        raise InputError(f"the edit of {event.id} changes nothing; say what is to be otherwise, or accept the event")
    check_event(changed, article.text)
    return _correct(record, "edit", article.id, [event], [changed], by, note)


def merge(record: Record, event_ids: Sequence[str], *, by: str, note: str | None = None) -> Correction:
    """Say that several events of an article are one act: the first, the others are other mentions of it.

    Raises:
        RecordError: there is no such event.
        InputError: fewer than two events, or of several articles.
    """
    from rasid.model import Report

    found = [load_event(record, event_id) for event_id in event_ids]
    if len({event.id for event, _ in found}) < 2 or len({article.id for _, article in found}) > 1:
        raise InputError("two or more events of one article can be merged; `rasid events` shows the article of each")
    first, *others = (event for event, _ in found)
    said_again = [report for other in others for report in (Report(other.trigger, other.sentence), *other.also)]
    merged = replace(first, also=(*first.also, *said_again))
    return _correct(record, "merge", found[0][1].id, [first, *others], [merged], by, note)


def split(record: Record, event_id: str, parts: Sequence[Event], *, by: str, note: str | None = None) -> Correction:
    """Put several events in the place of one; the first keeps its id.

    Raises:
        RecordError: there is no such event.
        InputError: fewer than two parts, or one that cannot be.
    """
    event, article = load_event(record, event_id)
    if len(parts) < 2:
        raise InputError("an event is split into two or more")
    named = [replace(parts[0], id=event.id), *(replace(part, id=_new_id()) for part in parts[1:])]
    for part in named:
        check_event(part, article.text)
    return _correct(record, "split", article.id, [event], named, by, note)


def add_event(record: Record, article_id: str, event: Event, *, by: str, note: str | None = None) -> Correction:
    """Add an event that the coder did not find; it gets an id of its own.

    Raises:
        RecordError: there is no such article.
        InputError: the event is none that can be.
    """
    with as_record_errors(record.path):
        row = record.connection.execute("SELECT text FROM articles WHERE id = ?", (article_id,)).fetchone()
    if row is None:
        raise NotThereError(f'{record.path}: holds no article "{article_id}"')
    event = replace(event, id=_new_id())
    check_event(event, row[0])
    return _correct(record, "add", article_id, [], [event], by, note)


def undo(record: Record, correction_id: str, *, by: str, note: str | None = None) -> Correction:
    """Undo a correction; an undoing is one itself, and can be undone.

    Raises:
        RecordError: there is no such correction, or it was undone already.
    """
    with transaction(record) as connection:
        begun = (correction_id, correction_id + "g")  # g follows the hex digits
        found = read_corrections(connection, "id >= ? AND id < ?", begun) if correction_id else []
        if len(found) != 1:
            said = "several corrections begin so" if found else "`rasid corrections` lists them"
            raise NotThereError(f'{record.path}: "{correction_id}" is no correction\'s id; {said}')
        of_article = read_corrections(connection, "article = ?", (found[0].article,))
        if found[0].id in undone(of_article):
            raise RecordError(f"{record.path}: the correction {found[0].id} was undone already")
        return _correct(record, "undo", found[0].article, [], [], by, note, found[0].id)


def find_corrections(record: Record, article_id: str | None = None) -> list[tuple[Correction, str]]:
    """All corrections, or those of an article, in order, and the state of each.

    The state is `in force`, `undone`, or `without place`, where the words that it is about no longer stand in the article.
    """
    with as_record_errors(record.path):
        where, values = ("article = ?", (article_id,)) if article_id else ("1", ())
        found = read_corrections(record.connection, where, values)
        without = undone(found)
        return [
            (one, "undone" if one.id in without else "in force" if _is_placed(record, one) else "without place")
            for one in found
        ]


def gold_rows(record: Record) -> Iterator[dict[str, Any]]:
    """The sentences that people decided about, as rows that `make train` learns from (a file of them goes to `training/own`).

    In a sentence of which people saw a part, the events that nobody decided about are `optional`: they teach nothing.
    """
    with as_record_errors(record.path):
        forced = in_force(read_corrections(record.connection))
        for article_id in dict.fromkeys(one.article for one in forced):
            yield from _gold_of(record, article_id, [one for one in forced if one.article == article_id])


def check_event(event: Event, text: str) -> None:
    """Whether an event that somebody made can stand in an article with this text.

    Raises:
        InputError: it cannot; the text says what is wrong and what there is.
    """
    if event.type not in types():
        raise InputError(f'"{event.type}" is no type of event; there are {", ".join(sorted(types()))}')
    if event.mode is not None and event.mode not in modes(event.type):
        raise InputError(
            f'"{event.mode}" is no mode of {event.type}; there are {", ".join(sorted(modes(event.type))) or "none"}'
        )
    for context in event.contexts:
        if context not in contexts():
            raise InputError(f'"{context}" is no context; there are {", ".join(sorted(contexts()))}')
    for entity in (*event.actors, *event.recipients):
        _check_entity(entity)
    for span in (event.sentence, *spans_of(event)):
        if not 0 <= span.start < span.end <= len(text) or text[span.start : span.end] != span.text:
            raise InputError(f'the words "{span.text}" do not stand at {span.start} to {span.end} of the article')
    if event.when and event.when.start and event.when.end and event.when.start > event.when.end:
        raise InputError(f"the event ends on {event.when.end} before it begins on {event.when.start}; turn them round")


def entity_code(code: str) -> tuple[str | None, str | None]:
    """Country and sector of a code as people write it: `MAR GOV`, `MAR`, `CVL`.

    Raises:
        InputError: it is none.
    """
    parts = code.split()
    if not parts or any(len(part) != 3 or not part.isascii() or not part.isupper() for part in parts):
        raise InputError(f'"{code}" is no code; write a country or an organisation, a sector, or both: MAR, MAR GOV, CVL')
    country, sector = split_code(code)
    if country and country not in owners():
        raise InputError(f'"{country}" is no country or organisation; write an ISO 3166 code (MAR) or one of UNO, EUR, ARL ...')
    return country, sector


def _check_entity(entity: Entity) -> None:
    if entity.sector is not None and not set(entity.sector.split()) <= sectors():
        raise InputError(f'"{entity.sector}" is no sector; there are {", ".join(sorted(sectors()))}')


def _correct(
    record: Record,
    action: Action,
    article: str,
    targets: Sequence[Event],
    results: Sequence[Event],
    by: str,
    note: str | None,
    undoes: str | None = None,
) -> Correction:
    """Keep a correction, and let what stands follow from it."""
    if not by.strip():
        raise InputError("a correction needs the name of who makes it: --by NAME")
    named = tuple(Target(event.id, event.type, event.trigger) for event in targets)
    kept = tuple(json.loads(json.dumps(event_to_json(event))) for event in results)
    correction = Correction(_new_id(), now(), by.strip(), action, article, note, named, kept, undoes)
    row = (as_json(list(map(target_to_json, named))), as_json(kept), undoes)
    with transaction(record) as connection:
        connection.execute(_INSERT, (correction.id, correction.at, correction.by, action, article, note, *row))
        settle_anew(record, article)
    return correction


def settle_anew(record: Record, article_id: str) -> None:
    """Lay the corrections of an article over the machine's coding of it, which is in the record, once more."""
    with transaction(record) as connection:
        key, text = connection.execute("SELECT key, text FROM articles WHERE id = ?", (article_id,)).fetchone()
        machine = read_machine_events(connection, key, text)
        corrections = in_force(read_corrections(connection, "article = ?", (article_id,)))
        settled = settle(article_id, text, machine, corrections)
        keys = clear_events(connection, key)
        write_events(connection, key, text, settled, keys)


def _new_id() -> str:
    return secrets.token_hex(_ID // 2)


def _is_placed(record: Record, correction: Correction) -> bool:
    row = record.connection.execute("SELECT text FROM articles WHERE id = ?", (correction.article,)).fetchone()
    return bool(row and place(correction, row[0]))


def _gold_of(record: Record, article_id: str, corrections: Sequence[Correction]) -> Iterator[dict[str, Any]]:
    from rasid.record.reading import load_article

    coded = load_article(record, article_id)
    text, date = coded.article.text, coded.article.date
    decided = {one.id: {event["id"] for event in one.results} for one in corrections}
    sure = set().union(*decided.values())
    placed = [found for one in corrections if (found := place(one, text))]
    triggers = [target.trigger for targets, _ in placed for target in targets]
    triggers += [event.trigger for _, results in placed for event in results]
    for start, end in record.connection.execute(
        "SELECT s.start, s.end FROM sentences AS s JOIN articles AS a ON a.key = s.article WHERE a.id = ? ORDER BY s.n",
        (article_id,),
    ):
        if not any(start <= trigger.start < end for trigger in triggers):
            continue
        events = [_gold_event(event, event.id in sure) for event in coded.events if start <= event.trigger.start < end]
        day = date.end or date.start
        yield {
            "id": f"{hash_of(article_id)[:12]}-{start}",
            "date": day and day.isoformat(),
            "text": text[start:end],
            "events": events,
        }


def _gold_event(event: Event, decided: bool) -> dict[str, Any]:
    when = event.when.start if event.when and event.when.start == event.when.end else None
    content = {
        "type": event.type,
        "mode": event.mode,
        "trigger": event.trigger.text,
        "actor": [{"text": entity.span.text, "code": entity.code} for entity in event.actors],
        "recipient": [{"text": entity.span.text, "code": entity.code} for entity in event.recipients],
        "status": event.status,
        "when": when and when.isoformat(),
        "where": event.where and event.where.country,
        "attributed_to": event.attributed_to[0].text if event.attributed_to else None,
    }
    return content if decided else {**content, "optional": True}
