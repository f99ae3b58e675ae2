"""The commands about relations: two actors over time, what was read, and charts of it."""

import csv
import datetime as dt
import sys
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rasid.cli_input import RECORD, Json, RecordPath, choose, print_lines, read_day
from rasid.cli_search import End, Start
from rasid.errors import InputError

if TYPE_CHECKING:
    from rasid.analysis.firsts import First
    from rasid.analysis.formal import Change, StateReport, States
    from rasid.analysis.relations import Count, Relation
    from rasid.record.tables import Table

Period = Annotated[str, typer.Option("--by", metavar="PERIOD", help="day, month or year.")]
Format = Annotated[str | None, typer.Option(metavar="FORMAT", help="table, jsonl or csv; of a FILE also xlsx, dta, parquet.")]
Output = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write there.")]
_PARTS = "periods, states, firsts, turns or events; without it all of them, as csv the periods."
_KINDS = "relation A B, types [A], dyads, network or map."


def register(main: typer.Typer) -> None:
    """Add these commands to the command line."""
    for command in (relations, exposure, chart):
        main.command()(command)


def relations(
    actors: Annotated[
        list[str], typer.Argument(metavar="ACTOR [ACTOR]", help="MAR, 'MAR GOV', المغرب, Morocco, a person; one: his partners.")
    ],
    record: RecordPath = RECORD,
    by: Period = "month",
    start: Start = None,
    end: End = None,
    part: Annotated[str | None, typer.Option(metavar="PART", help=_PARTS)] = None,
    on: Annotated[str | None, typer.Option("--on", metavar="DAY", help="Only the state of the relation on this day.")] = None,
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, help="At most so many partners.")] = 20,
    format: Format = None,
    output: Output = None,
) -> None:
    """Show the relation of two actors over time: its formal state, what they did by period, firsts, turning points.

    With one actor: whom he has most to do with. Beside every count stands how many articles were read.
    """
    from rasid.analysis import exposure as coverage
    from rasid.analysis import relation
    from rasid.analysis.asking import asked_actor
    from rasid.analysis.between import partners
    from rasid.analysis.tables import PARTS, partners_table
    from rasid.record import open_record

    if len(actors) > 2:
        raise InputError(f"a relation is between two actors, not {len(actors)}: {', '.join(actors)}")
    if part and part not in PARTS:
        raise InputError(f'"{part}" is no part of a relation; there are {", ".join(PARTS)}')
    days = read_day(start), read_day(end)
    with open_record(record, create=False) as opened:
        asked = [asked_actor(opened, actor) for actor in actors]
        if len(actors) == 1:
            found = partners(opened, asked[0], *days, limit)
            write(partners_table(found, coverage(opened, "year", *days)), format, output, "partner")
        elif on:
            _print_state(relation(opened, actors[0], actors[1], by="year", events=False), on, format)
        else:
            told = relation(opened, actors[0], actors[1], by, *days, events=part == "events")
            _write_relation(told, part, format, output)


def exposure(
    record: RecordPath = RECORD,
    by: Period = "month",
    start: Start = None,
    end: End = None,
    source: Annotated[str | None, typer.Option("--source", metavar="OUTLET", help="Only this outlet.")] = None,
    by_outlet: Annotated[bool, typer.Option("--by-outlet", help="A row for each outlet and period.")] = False,
    format: Format = None,
    output: Output = None,
) -> None:
    """List how much was read, by period of publication: articles, outlets, and the share that reports an event."""
    from rasid.analysis import exposure as find
    from rasid.analysis.tables import exposure_table
    from rasid.record import open_record

    with open_record(record, create=False) as opened:
        found = find(opened, by, read_day(start), read_day(end), source)
    write(exposure_table(found, by_outlet), format, output, "row")
    if found.unplaced and output is None and (format or "table") == "table":
        sys.stdout.write(f"{found.unplaced:,} more of the articles have no day, or one too vague for a {by}.\n")


def chart(
    kind: Annotated[str, typer.Argument(metavar="KIND", help=_KINDS)],
    actors: Annotated[list[str] | None, typer.Argument(metavar="[ACTOR] [ACTOR]", help="Whose.")] = None,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FILE", help="An .svg, .png or .html file.")] = Path("chart.html"),
    record: RecordPath = RECORD,
    by: Annotated[str | None, typer.Option("--by", metavar="PERIOD", help="relation: day, month or year.")] = None,
    start: Start = None,
    end: End = None,
    language: Annotated[str, typer.Option(metavar="LANGUAGE", help="ar or en: of titles and labels.")] = "en",
) -> None:
    """Draw a chart to a file that needs no other: a relation's timeline, events by type, dyads, the network, the map."""
    from rasid.analysis.asking import asked_actor
    from rasid.analysis.charts import draw
    from rasid.record import open_record

    with open_record(record, create=False) as opened:
        for actor in actors or ():
            asked_actor(opened, actor)
        draw(opened, kind, tuple(actors or ()), out, by=by, start=read_day(start), end=read_day(end), language=language)
    sys.stdout.write(f"{out}: written.\n")


def write(table: "Table", format: str | None, output: Path | None, noun: str) -> None:
    """Write a table as the options of a command say: to a file, or as table, csv or JSON lines to standard output."""
    from rasid.record.formats import save, write_csv, write_jsonl
    from rasid.show.tables import print_table
    from rasid.show.words import number_of

    if output is not None:
        number = save(table, output, format)
        sys.stdout.write(f"{output}: {number_of(number, noun)} written.\n")
        return
    columns = [column.name.replace("_", " ") for column in table.columns]
    choose(
        format or "table",
        {
            "table": lambda: print_table(columns, table.rows(), noun),
            "csv": lambda: write_csv(table, sys.stdout),
            "jsonl": lambda: write_jsonl(table, sys.stdout),
        },
    )()


def _write_relation(found: "Relation", part: str | None, format: str | None, output: Path | None) -> None:
    if part or output is not None or format == "csv":
        write(_part(found, part or "periods"), format, output, (part or "periods").removesuffix("s"))
    else:
        choose(format or "table", {"table": lambda: _print_relation(found), "jsonl": lambda: print_lines(_lines(found))})()


def _part(found: "Relation", part: str) -> "Table":
    from rasid.analysis import tables
    from rasid.record.export import events_table

    made: dict[str, Any] = {
        "periods": lambda: tables.counts_table(found),
        "states": lambda: tables.states_table(found.states),
        "firsts": lambda: tables.firsts_table(found.firsts),
        "turns": lambda: tables.turns_table(found.turns),
        "events": lambda: events_table(found.events),
    }
    table: Table = made[part]()
    return table


def _lines(found: "Relation") -> Iterator[Json]:
    """Every row of every part but the events, and which part it is of."""
    for part in ("states", "periods", "firsts", "turns"):
        table = _part(found, part)
        names = [column.name for column in table.columns]
        for row in table.rows():
            cells = (cell.isoformat() if isinstance(cell, dt.date) else cell for cell in row)
            yield {"part": part, **dict(zip(names, cells, strict=True))}


def _print_state(found: "Relation", day: str, format: str | None) -> None:
    from rasid.analysis import state_on
    from rasid.analysis.tables import day_words

    asked = read_day(day)
    assert asked is not None
    there = state_on(found.states, asked)
    change = there.change
    since = day_words(change.first, change.last) if change else None
    events = [report.event for report in change.reports] if change else []

    def line() -> Json:
        evidence = [{"event": one.event_id, "article": one.article_id, "sentence": one.sentence} for one in events]
        known = {"day": day, "state": there.state, "possible": list(there.possible), "sure": there.is_sure, "since": since}
        return {**known, "disputed": bool(change and change.is_disputed), "evidence": evidence}

    def text() -> None:
        others = [one for one in there.possible if one != there.state]
        doubt = f" (it may be {' or '.join(others)})" if others else "" if there.is_sure else " (implied, not reported)"
        sys.stdout.write(f"{found.a.english} and {found.b.english} on {asked}: {there.state}{doubt}.\n")
        if change:
            sys.stdout.write(f"Since {since}: {_says(change)}\n")
        sys.stdout.writelines(f"  {one.event_id[:8]}  {one.source or '?'}  {one.sentence}\n" for one in events)

    def row() -> None:
        told: list[tuple[object, ...]] = [(one.event_id, one.article_id, one.source, one.sentence) for one in events]
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(
            ("day", "state", "possible", "sure", "since", "disputed", "event_id", "article_id", "source", "sentence")
        )
        known = (
            day,
            there.state,
            " + ".join(there.possible),
            int(there.is_sure),
            since,
            int(bool(change and change.is_disputed)),
        )
        writer.writerows((*known, *one) for one in told or [(None,) * 4])

    choose(format or "table", {"table": text, "csv": row, "jsonl": lambda: print_lines([line()])})()


def _print_relation(found: "Relation") -> None:
    from rasid.analysis.turning import METHOD
    from rasid.show.tables import print_table
    from rasid.show.words import number_of

    _print_states(found.states)
    rows = list(_shown(found.counts))
    columns = (
        found.by,
        "acts",
        "reports",
        "cooperation",
        "conflict",
        "mean score",
        "types",
        "articles read",
        "about them",
        "outlets",
    )
    print_table(columns, rows, "row")
    _print_some(("day", "first", "how", "outlet", "event", "sentence"), map(_first, found.firsts), "first")
    for turn in found.turns:
        sys.stdout.write(f"Turning point {turn.month}: mean score {turn.before:.1f} before, {turn.after:.1f} from then on.\n")
    sys.stdout.write(f"Turning points by {METHOD}: {len(found.turns) or 'none'}.\n")
    plans = (_plan(*one) for one in found.states.planned)
    _print_some(("told", "planned", "done", "outlet", "event", "sentence"), plans, "plan")
    reports = sum(count.events or 0 for count in found.counts)
    left = f"{found.unplaced:,} in no one {found.by}; {found.not_done:,} planned, denied or thought of"
    undated = f", {found.undated:,} of no known {found.by}" if found.undated else ""
    sys.stdout.write(
        f"{found.a.english} and {found.b.english}: {number_of(found.acts, 'act')} in {number_of(reports, 'report')}; {left}; "
        f"{number_of(found.articles, 'article')} read{undated}.\n"
    )


def _print_some(columns: tuple[str, ...], rows: "Iterable[tuple[object, ...]]", noun: str) -> None:
    from rasid.show.tables import print_table

    some = list(rows)
    if some:
        print_table(columns, some, noun)


def _first(one: "First") -> tuple[object, ...]:
    how = f"first since {one.previous}" if one.previous else "first in the record"
    return one.day, one.kind.name, how, one.event.source, one.event.event_id[:8], one.event.sentence


def _plan(one: "StateReport", done: "Change | None") -> tuple[object, ...]:
    from rasid.analysis.tables import day_words

    event = one.event
    carried_out = day_words(done.first, done.last) if done else ""
    return event.published_start, one.state, carried_out, event.source, event.event_id[:8], event.sentence


def _print_states(found: "States") -> None:
    from rasid.analysis.tables import day_words

    rows: list[tuple[object, ...]] = []
    if found.bands and found.bands[0].change is None:
        first = found.bands[0]
        rows.append((f"..{first.end or ''}", first.state, "", "implied by what follows", "", ""))
    for change in found.changes:
        event = change.reports[0].event
        days = day_words(change.first, change.last)
        rows.append((days, change.state, len(change.reports), _says(change), event.event_id[:8], event.sentence))
    _print_some(("since", "state", "reports", "who says so", "event", "sentence"), rows, "state")


def _says(change: "Change") -> str:
    """Who reports a change, who puts it on another day, and who denies it."""
    from rasid.analysis.tables import day_words

    said = [", ".join(change.versions[0].outlets)]
    said += [f"{', '.join(one.outlets)}: {day_words(one.first, one.last)}" for one in change.versions[1:]]
    if change.denials:
        said.append(f"denied: {', '.join(sorted({one.event.source or '?' for one in change.denials}))}")
    if change.by_order:
        said.append("no day is told; placed by what it follows")
    return "; ".join(said)


def _shown(counts: "Iterable[Count]") -> Iterator[tuple[object, ...]]:
    """Rows of periods; a run of gaps, or of periods with articles and no event, is one row."""
    for events, run in groupby(counts, key=lambda count: count.events or (None if count.events is None else 0)):
        some = list(run)
        if events:
            yield from map(_row, some)
            continue
        name = some[0].period if len(some) == 1 else f"{some[0].period}..{some[-1].period}"
        articles, about = sum(one.articles for one in some), sum(one.about for one in some)
        outlets = len({outlet for one in some for outlet, _ in one.outlets})
        if events is None:
            yield name, "–", "–", "", "", "", "nothing read", 0, "", ""
        else:
            yield name, 0, 0, "", "", "", "no event", f"{articles:,}", about, outlets


def _row(count: "Count") -> tuple[object, ...]:
    kinds = ", ".join(f"{kind} {number}" for kind, number in count.types)
    score = None if count.mean_score is None else f"{count.mean_score:+.1f}"
    sides = f"{count.cooperation} ({count.cooperation_score:+.1f})", f"{count.conflict} ({count.conflict_score:+.1f})"
    read = f"{count.articles:,}" if count.articles else "– (told later)"
    return count.period, count.acts, count.events, *sides, score, kinds, read, count.about or "", len(count.outlets) or ""
