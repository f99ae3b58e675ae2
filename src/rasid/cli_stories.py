"""The commands for many reports of one event: copies of articles, and stories."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from rasid.cli_input import RECORD, Json, RecordPath, choose, print_lines, read_day
from rasid.cli_record import By, Note
from rasid.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

    from rasid.record import Record
    from rasid.record.copies import CopyPair
    from rasid.record.stories import Action, ReportRow

One = Annotated[str, typer.Argument(metavar="EVENT", help="An event's id, or its beginning.")]
Other = Annotated[str, typer.Argument(metavar="EVENT", help="Another's.")]
Format = Annotated[str, typer.Option(metavar="FORMAT", help="table or jsonl.")]
_SHOWN = 3  # changes of a pair in a table

app = typer.Typer(
    invoke_without_command=True, help="Reports of one act, from many articles: list them, look at one, join and separate."
)


def duplicates(
    record: RecordPath = RECORD,
    kind: Annotated[
        list[str] | None, typer.Option(metavar="KIND", help="exact, near, edited, excerpt or update; may be given again.")
    ] = None,
    changes: Annotated[bool, typer.Option("--changes", help="Also what changed, in words with their letters folded.")] = False,
    format: Format = "jsonl",
) -> None:
    """List the articles that are copies of one text, pair by pair, and how: exact, near, edited, excerpt, update."""
    from typing import get_args

    from rasid.record import open_record
    from rasid.record.copies import changes_between, compare_new_articles, copies_of
    from rasid.show.tables import print_table
    from rasid.stories.copies import CopyKind

    for one in kind or ():
        if one not in get_args(CopyKind):
            raise InputError(f'"{one}" is no kind of copy; there are {", ".join(get_args(CopyKind))}')
    with open_record(record, create=False) as opened:
        compare_new_articles(opened)
        found = (pair for pair in copies_of(opened) if not kind or pair.kind in kind)

        def changed(pair: "CopyPair") -> list[Json]:
            return [change._asdict() for change in changes_between(opened, pair.a, pair.b)]

        def as_row(pair: "CopyPair") -> tuple[object, ...]:
            said = [f"{one['before'] or '–'} → {one['after'] or '–'}" for one in changed(pair)] if changes else []
            return (*pair, "; ".join(said[:_SHOWN]) + ("; ..." if len(said) > _SHOWN else ""))

        choose(
            format,
            {
                "jsonl": lambda: print_lines(
                    {**pair._asdict(), **({"changes": changed(pair)} if changes else {})} for pair in found
                ),
                "table": lambda: print_table(("a", "b", "kind", "similarity", "changes"), map(as_row, found), "pair"),
            },
        )()


@app.callback()
def stories(
    context: typer.Context,
    record: RecordPath = RECORD,
    least: Annotated[int, typer.Option("--least", metavar="N", min=1, help="With at least so many reports.")] = 2,
    type: Annotated[str | None, typer.Option(metavar="TYPE", help="A PLOVER type.")] = None,
    start: Annotated[str | None, typer.Option("--from", metavar="DAY", help="On this day or later.")] = None,
    end: Annotated[str | None, typer.Option("--to", metavar="DAY", help="On this day or before.")] = None,
    format: Format = "table",
) -> None:
    """List the acts that several articles report, each once, with how many reports and outlets tell of it."""
    if context.invoked_subcommand:
        return
    from rasid.record import open_record
    from rasid.record.stories import StoryRow, find_stories
    from rasid.show.tables import print_table

    days = read_day(start), read_day(end)
    with open_record(record, create=False) as opened:
        _bring_up_to_date(opened)
        found = find_stories(opened, least, *days, type.upper() if type else None)
        choose(
            format,
            {
                "table": lambda: print_table([name.replace("_", " ") for name in StoryRow._fields], found, "act"),
                "jsonl": lambda: print_lines(row._asdict() for row in found),
            },
        )()


@app.command()
def show(event: One, record: RecordPath = RECORD, format: Format = "table") -> None:
    """Show one story by any of its events: its reports, who was first, how it developed, what they disagree on, why joined."""
    from rasid.record import open_record
    from rasid.record.stories import load_story

    with open_record(record, create=False) as opened:
        _bring_up_to_date(opened)
        reports = load_story(opened, event)
        choose(format, {"table": lambda: _print_story(reports), "jsonl": lambda: print_lines([story_json(reports)])})()


@app.command()
def join(one: One, other: Other, record: RecordPath = RECORD, by: By = "", note: Note = None) -> None:
    """Say that two events are reports of one act. It is kept for ever, and wins over what the machine finds."""
    _decide("join", one, other, record, by, note)


@app.command()
def separate(one: One, other: Other, record: RecordPath = RECORD, by: By = "", note: Note = None) -> None:
    """Say that two events are not of one act. It is kept for ever, and wins over what the machine finds."""
    _decide("separate", one, other, record, by, note)


@app.command()
def undo(one: One, other: Other, record: RecordPath = RECORD, by: By = "", note: Note = None) -> None:
    """Take back what was said of two events; the machine decides again. That it was said is kept."""
    _decide("undo", one, other, record, by, note)


@app.command()
def decisions(record: RecordPath = RECORD, format: Format = "table") -> None:
    """List what people decided about joins."""
    from rasid.record import open_record
    from rasid.record.stories import JoinDecision, find_decisions
    from rasid.show.tables import print_table

    with open_record(record, create=False) as opened:
        found = find_decisions(opened)
        choose(
            format,
            {
                "table": lambda: print_table(JoinDecision._fields, found, "decision"),
                "jsonl": lambda: print_lines(one._asdict() for one in found),
            },
        )()


def register(main: typer.Typer) -> None:
    """Add these commands to the command line."""
    main.command()(duplicates)
    main.add_typer(app, name="stories")


def _bring_up_to_date(opened: "Record") -> None:
    from rasid.record.copies import compare_new_articles
    from rasid.record.stories import make_stories

    compare_new_articles(opened)
    make_stories(opened)


def _decide(action: "Action", one: str, other: str, record: "Path", by: str, note: str | None) -> None:
    from rasid.record import open_record
    from rasid.record.stories import decide

    with open_record(record, create=False) as opened:
        both = decide(opened, action, one, other, by=by, note=note)
    sys.stdout.write(f"{record}: {action} kept of {both[0]} and {both[1]}.\n")


def story_json(reports: "list[ReportRow]") -> Json:
    """A story as JSON has it."""
    from rasid.contract import event_to_json
    from rasid.stories.accounts import developments, disagreements, first_outlets

    accounts = [report.account for report in reports]
    return {
        "reports": [
            {
                "event": report.account.event.id,
                "article": report.account.article.id,
                "source": report.account.article.source,
                "title": report.account.article.title,
                "published": _day_of(report),
                "own_text": report.own_text,
                "joined_to": report.joined_to,
                "likeness": report.likeness,
                "findings": [finding._asdict() for finding in report.findings],
                "content": event_to_json(report.account.event),
            }
            for report in reports
        ],
        "first": list(first_outlets(accounts)),
        "outlets": sorted({account.article.source for account in accounts if account.article.source}),
        "developments": [{**step._asdict(), "day": step.day and step.day.isoformat()} for step in developments(accounts)],
        "disagreements": [
            {"about": one.about, "versions": [version._asdict() for version in one.versions]} for one in disagreements(accounts)
        ],
    }


def _day_of(report: "ReportRow") -> str | None:
    date = report.account.article.date
    day = date.start or date.end
    return day.isoformat() if day else None


def _print_story(reports: "list[ReportRow]") -> None:
    from rasid.show.tables import print_table
    from rasid.stories.accounts import developments, disagreements, first_outlets, said
    from rasid.stories.likeness import in_words

    accounts = [report.account for report in reports]
    rows = [
        (
            report.account.event.id[:8],
            _day_of(report),
            report.account.article.source,
            "" if report.own_text else "copy",
            report.account.event.type,
            report.joined_to and f"{report.joined_to[:8]}: {'; '.join(map(in_words, report.findings))}",
            report.account.event.sentence.text,
        )
        for report in reports
    ]
    print_table(("event", "published", "outlet", "text", "type", "joined to, because", "sentence"), rows, "report")
    sys.stdout.write(f"First: {', '.join(first_outlets(accounts)) or 'not known'}.\n")
    steps = [(step.day, step.kind, said(step), step.outlet, step.words) for step in developments(accounts)]
    if steps:
        print_table(("day", "number", "is", "outlet", "words"), steps, "step")
    told = [
        (one.about, version.value, len(version.articles), ", ".join(version.outlets))
        for one in disagreements(accounts)
        for version in one.versions
    ]
    if told:
        print_table(("they disagree on", "version", "articles", "outlets"), told, "version")
