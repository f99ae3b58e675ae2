"""`rasid watch`: saved questions that report what is new."""

import csv
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rasid.cli_input import BAD_INPUT, RECORD, Json, RecordPath, choose, complain, print_lines
from rasid.cli_search import Modes, Outlet, Places, Quads, Statuses, Sure, Types, event_query

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rasid.analysis.watches import Watched
    from rasid.record import EventRow, Record

app = typer.Typer(help="Saved questions that report what is new since they were last asked: add, list, run, feed, remove.")
Name = Annotated[str, typer.Argument(metavar="NAME", help="Of the watch.")]
_IN_FEED = 100  # events
Format = Annotated[str, typer.Option(metavar="FORMAT", help="table, jsonl or csv.")]


def register(main: typer.Typer) -> None:
    """Add these commands to the command line."""
    main.add_typer(app, name="watch")


@app.command()
def add(
    name: Name,
    actors: Annotated[
        list[str] | None, typer.Argument(metavar="[ACTOR] [ACTOR]", help="One, or two between whom: MAR, المغرب, a person.")
    ] = None,
    record: RecordPath = RECORD,
    type: Types = None,
    mode: Modes = None,
    quad: Quads = None,
    status: Statuses = None,
    where: Places = None,
    source: Outlet = None,
    confidence: Sure = None,
    words: Annotated[str | None, typer.Option(metavar="WORDS", help="What the article says; as for `rasid search`.")] = None,
    webhook: Annotated[str | None, typer.Option(metavar="URL", help="Post new events there, signed.")] = None,
    secret_in: Annotated[
        str, typer.Option(metavar="VARIABLE", help="The variable of the environment that holds the secret that signs.")
    ] = "RASID_WEBHOOK_SECRET",
    allow_private: Annotated[bool, typer.Option("--allow-private", help="Post to a private address, too.")] = False,
    from_start: Annotated[bool, typer.Option("--from-start", help="Report what the record holds already, too.")] = False,
) -> None:
    """Save a question. What the record holds already is taken as known, unless --from-start."""
    from rasid.analysis.watches import add_watch
    from rasid.record import open_record
    from rasid.show.words import number_of

    query = event_query(actors, type, mode, quad, status, where, confidence, source=source, words=words or "")
    with open_record(record, create=False) as opened:
        for actor in query.actors:
            _note_unknown(opened, actor)
        known = add_watch(
            opened, name, query, webhook=webhook, secret_in=secret_in, allow_private=allow_private, from_start=from_start
        )
    sys.stdout.write(
        f"{record}: watch {name} added; {number_of(known, 'event')} known. `rasid watch run` reports what is new.\n"
    )


@app.command("list")
def list_(
    record: RecordPath = RECORD,
    format: Annotated[str, typer.Option(metavar="FORMAT", help="table, jsonl or csv.")] = "table",
) -> None:
    """List the watches: what each asks for, how many events it has reported, what waits for its webhook."""
    from rasid.analysis.watches import find_watches
    from rasid.record import open_record
    from rasid.record.formats import write_csv
    from rasid.record.tables import Column, Table
    from rasid.show.tables import print_table

    with open_record(record, create=False) as opened:
        found = find_watches(opened)
    columns = ("name", "asks for", "made", "reported", "last", "webhook", "waiting")
    rows = [
        (one.watch.name, _asked(one), one.watch.created_at, one.reported, one.last, one.watch.webhook, one.waiting or None)
        for one in found
    ]
    kinds = ("text", "text", "text", "integer", "text", "text", "integer")
    named = tuple(Column(name.replace(" ", "_"), kind) for name, kind in zip(columns, kinds, strict=True))
    choose(
        format,
        {
            "table": lambda: print_table(columns, rows, "question"),
            "jsonl": lambda: print_lines(map(_line, found)),
            "csv": lambda: write_csv(Table("watches", named, lambda: rows), sys.stdout),
        },
    )()


@app.command()
def run(
    names: Annotated[list[str] | None, typer.Argument(metavar="[NAME...]", help="Which; without any, all.")] = None,
    record: RecordPath = RECORD,
    format: Format = "table",
    feeds: Annotated[Path | None, typer.Option("--feeds", metavar="FOLDER", help="Write NAME.atom there for each.")] = None,
) -> None:
    """Report what is new to each watch since it was last run; post it to the webhooks, with what they did not take before."""
    from rasid.analysis.watches import find_watch, find_watches
    from rasid.analysis.webhook import deliver
    from rasid.errors import InputError
    from rasid.record import open_record

    choose(format, {"table": None, "jsonl": None, "csv": None})
    failed = False
    heads = True
    with open_record(record, create=False) as opened:
        chosen = [find_watch(opened, name) for name in dict.fromkeys(names or ())] or [
            one.watch for one in find_watches(opened)
        ]
        for watch in chosen:
            _report(opened, watch.name, format, heads=heads)
            heads = False
            if feeds is not None:
                _write_feed(opened, watch.name, feeds / f"{watch.name}.atom", _IN_FEED)
            try:
                troubles = [(one, trouble) for one, trouble in deliver(opened, watch) if trouble]
            except InputError as error:
                complain(str(error))
                failed = True
                continue
            for one, trouble in troubles:
                failed = True
                waits = f"its {len(one.events)} events wait for the next run"
                complain(f'the webhook of the watch "{watch.name}" did not take a delivery: {trouble}; {waits}')
    if failed:
        raise typer.Exit(BAD_INPUT)


@app.command()
def feed(
    name: Name,
    record: RecordPath = RECORD,
    out: Annotated[Path | None, typer.Option("--out", "-o", metavar="FILE", help="Write there.")] = None,
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, help="At most so many events.")] = _IN_FEED,
) -> None:
    """Write what a watch has reported as an Atom feed, the latest first."""
    from rasid.record import open_record

    with open_record(record, create=False) as opened:
        if out is None:
            sys.stdout.write(_feed(opened, name, limit)[0].decode())
        else:
            number = _write_feed(opened, name, out, limit)
            from rasid.show.words import number_of

            sys.stdout.write(f"{out}: {number_of(number, 'event')} written.\n")


@app.command()
def remove(name: Name, record: RecordPath = RECORD) -> None:
    """Remove a watch, and what it remembers to have reported."""
    from rasid.analysis.watches import remove_watch
    from rasid.record import open_record

    with open_record(record, create=False) as opened:
        remove_watch(opened, name)
    sys.stdout.write(f"{record}: watch {name} removed.\n")


def _note_unknown(opened: "Record", actor: str) -> None:
    """Somebody may be watched of whom nothing is known yet; but a slip of the pen should be seen."""
    from rasid.analysis.asking import asked_actor
    from rasid.errors import NotThereError

    try:
        asked_actor(opened, actor)
    except NotThereError as error:
        complain(f"{error}; whoever it is is watched for from now on")


def _write_csv(name: str, rows: "Iterable[EventRow]", *, heads: bool) -> None:
    """Events as CSV, each behind the name of its watch; column names stand above those of the first alone."""
    from rasid.record.export import events_table

    table = events_table(rows)
    writer = csv.writer(sys.stdout, lineterminator="\n")
    if heads:
        writer.writerow(("watch", *(column.name for column in table.columns)))
    writer.writerows((name, *row) for row in table.rows())


def _report(opened: "Record", name: str, format: str, *, heads: bool = True) -> None:
    """What is new is shown inside the transaction that notes it: output that breaks off leaves it new."""
    from rasid.analysis.watches import report_new
    from rasid.record import transaction
    from rasid.show.table import print_rows

    with transaction(opened):
        rows = report_new(opened, name)
        if format == "jsonl":
            print_lines(_with_watch(opened, name, row) for row in rows)
        elif format == "csv":
            _write_csv(name, rows, heads=heads)
        else:
            sys.stdout.write(f"{name}\n")
            print_rows(rows)
        sys.stdout.flush()


def _with_watch(opened: "Record", name: str, row: "EventRow") -> Json:
    from rasid.record.export import event_with_article

    return {"watch": name, **event_with_article(opened, row.event_id)}


def _feed(opened: "Record", name: str, limit: int) -> tuple[bytes, int]:
    from rasid.analysis.feed import atom_feed
    from rasid.analysis.watches import find_watch, last_reported

    reported = last_reported(opened, name, limit)
    return atom_feed(name, find_watch(opened, name).created_at, reported), len(reported)


def _write_feed(opened: "Record", name: str, path: Path, limit: int) -> int:
    from rasid.record.formats import whole

    content, number = _feed(opened, name, limit)
    with whole(path) as partial:
        partial.write_bytes(content)
    return number


def _asked(one: "Watched") -> str:
    """`MAR + ISR, SUPPORT, words: اتفاق`."""
    query = one.watch.query
    parts = [" + ".join(query.actors)]
    parts += [
        "|".join(map(str, some)) for some in (query.types, query.modes, query.quads, query.statuses, query.places) if some
    ]
    parts += [query.source or "", f"words: {query.words}" if query.words else ""]
    return ", ".join(part for part in parts if part) or "everything"


def _line(one: "Watched") -> Json:
    from dataclasses import asdict

    watch = one.watch
    asked = {key: value for key, value in asdict(watch.query).items() if value}
    known = {"name": watch.name, "created_at": watch.created_at, "query": asked, "webhook": watch.webhook}
    return {**known, "reported": one.reported, "last": one.last, "waiting": one.waiting}
