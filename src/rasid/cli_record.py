"""The commands that work on a record: corrections by people."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rasid.cli_input import RECORD, RecordPath, print_lines
from rasid.errors import InputError

if TYPE_CHECKING:
    from rasid.model import Event
    from rasid.record import Record
    from rasid.record.editing import Description

By = Annotated[str, typer.Option("--by", metavar="NAME", help="Who decides so; it is kept.", envvar="RASID_USER")]
Note = Annotated[str | None, typer.Option(metavar="TEXT", help="Why; it is kept.")]
STATUSES = "occurred, future, hypothetical, negated or historical."
ACTIONS = ("accept", "reject", "edit", "merge", "split", "add", "undo")


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    for command in (correct, corrections):
        app.command()(command)


def correct(
    action: Annotated[str, typer.Argument(metavar="ACTION", help="accept, reject, edit, merge, split, add or undo.")],
    ids: Annotated[
        list[str],
        typer.Argument(
            metavar="ID...", help="Events, or their ids' beginnings; to add, the article's; to undo, the correction's."
        ),
    ],
    by: By = "",
    note: Note = None,
    record: RecordPath = RECORD,
    type: Annotated[str | None, typer.Option(metavar="TYPE", help="A PLOVER type.")] = None,
    mode: Annotated[str | None, typer.Option(metavar="MODE", help="A mode of the type, or none.")] = None,
    status: Annotated[str | None, typer.Option(metavar="STATUS", help=STATUSES)] = None,
    context: Annotated[
        list[str] | None, typer.Option(metavar="CONTEXT", help="A PLOVER context, or none; may be given again.")
    ] = None,
    actor: Annotated[
        list[str] | None, typer.Option(metavar="WORDS=CODE", help="Who did it: المغرب=MAR; may be given again.")
    ] = None,
    recipient: Annotated[
        list[str] | None, typer.Option(metavar="WORDS=CODE", help="To whom; may be given again; none for nobody.")
    ] = None,
    when: Annotated[str | None, typer.Option(metavar="DAY", help="2021-11-24, or 2021-11-01..2021-11-30, or none.")] = None,
    where: Annotated[str | None, typer.Option(metavar="CODE", help="A country: MAR, or الرباط=MAR, or none.")] = None,
    trigger: Annotated[str | None, typer.Option(metavar="WORDS", help="The words that say what was done.")] = None,
    json_file: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Events as JSON lines (as `rasid code` gives them), or -.")
    ] = None,
) -> None:
    """Correct events: people's word stands beside the machine's, wins in every view, and can be undone."""
    from rasid.record import open_record
    from rasid.record.editing import Description

    if action not in ACTIONS:
        raise InputError(f'"{action}" is no correction; there are {", ".join(ACTIONS)}')
    if not by.strip():
        raise InputError("a correction needs the name of who makes it: --by NAME, or set RASID_USER")
    said = Description(type, mode, status, context or (), actor or (), recipient or (), when, where, trigger)
    with open_record(record, create=False) as opened:
        made = _correct(opened, action, ids, said, json_file, by, note)
    sys.stdout.writelines(f"{one}: {action} kept; `rasid correct undo {one[:8]}` takes it back.\n" for one in made)


def corrections(
    record: RecordPath = RECORD,
    article: Annotated[str | None, typer.Option(metavar="ID", help="Those of this article only.")] = None,
    format: Annotated[
        str, typer.Option(metavar="FORMAT", help="table, jsonl, or gold: sentences that `make train` learns from.")
    ] = "table",
) -> None:
    """List what people corrected, or give it back as sentences to train on."""
    from rasid.record import open_record
    from rasid.record.corrections import find_corrections, gold_rows
    from rasid.record.settling import target_to_json

    if format not in ("table", "jsonl", "gold"):
        raise InputError(f'there is no format "{format}" here (one of table, jsonl, gold)')
    with open_record(record, create=False) as opened:
        if format == "gold":
            print_lines(gold_rows(opened))
            return
        found = find_corrections(opened, article)
        if format == "jsonl":
            print_lines(
                {
                    **{name: getattr(one, name) for name in ("id", "at", "by", "action", "article", "note", "undoes")},
                    "state": state,
                    "targets": list(map(target_to_json, one.targets)),
                    "results": list(one.results),
                }
                for one, state in found
            )
            return
        from rasid.show.tables import print_table

        rows = [
            (
                one.id[:8],
                one.at,
                one.by,
                one.action,
                state,
                one.article,
                " ".join(t.trigger.text for t in one.targets),
                one.note,
            )
            for one, state in found
        ]
        print_table(("id", "at", "by", "action", "state", "article", "trigger", "note"), rows, "correction")


def _correct(
    record: "Record", action: str, ids: list[str], said: "Description", json_file: Path | None, by: str, note: str | None
) -> list[str]:
    from rasid.record import corrections as made
    from rasid.record.editing import described, new_event
    from rasid.record.reading import load_article, load_event

    if action in ("accept", "reject", "undo"):
        return [getattr(made, action)(record, one, by=by, note=note).id for one in ids]
    if action == "merge":
        return [made.merge(record, ids, by=by, note=note).id]
    (only,) = _just_one(ids, action)
    if action == "add":
        article = load_article(record, only).article
        events = _events(json_file, article.text) if json_file else [new_event(article, said)]
        return [made.add_event(record, only, event, by=by, note=note).id for event in events]
    event, article = load_event(record, only)
    if action == "edit":
        changed = _just_one(_events(json_file, article.text), action)[0] if json_file else described(article, event, said)
        return [made.edit(record, only, changed, by=by, note=note).id]
    if not json_file:
        raise InputError("to split an event, give its parts as JSON lines: --json FILE, or - for standard input")
    return [made.split(record, only, _events(json_file, article.text), by=by, note=note).id]


def _just_one(found: list[Any], action: str) -> list[Any]:
    if len(found) != 1:
        raise InputError(f"{action} takes one, not {len(found)}")
    return found


def _events(path: Path, text: str) -> "list[Event]":
    from rasid.contract import event_from_json

    try:
        content = sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8")
        found = [event_from_json(json.loads(line), text) for line in content.splitlines() if line.strip()]
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from None
    except KeyError as error:
        raise InputError(f'{path}: an event lacks the key "{error.args[0]}"; `rasid events --format jsonl` shows all') from None
    except (ValueError, TypeError, AttributeError) as error:
        raise InputError(f"{path}: holds no events as JSON lines: {error}") from None
    if not found:
        raise InputError(f"{path}: holds no events")
    return found
