"""The command that lists agreements: the register of a record, or what each article says."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from rasid.cli_input import RECORD, Json, RecordPath, choose, print_lines, read_day
from rasid.cli_quotes import Shown, article_of, day, print_csv, who
from rasid.cli_search import End, Outlet, Start

if TYPE_CHECKING:
    from rasid.analysis.agreements import Accord
    from rasid.model import Interval

COLUMNS = (
    *("signed", "kind", "name", "status", "parties", "fields", "where", "signatories"),
    *("announced", "ratified", "in_force", "suspended", "ended", "articles", "disputes", "provisions", "claims"),
)
_DAYS = ("announced", "signed", "ratified", "in_force", "suspended", "ended")


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(agreements)


def agreements(
    record: RecordPath = RECORD,
    party: Annotated[
        list[str] | None, typer.Option(metavar="WHO", help="A party: a code, or a name in either language; may be given again.")
    ] = None,
    kind: Annotated[
        list[str] | None,
        typer.Option(metavar="KIND", help="treaty, framework, memorandum, ceasefire, trade, loan ...; may be given again."),
    ] = None,
    field: Annotated[list[str] | None, typer.Option(metavar="FIELD", help="military, energy ...; may be given again.")] = None,
    status: Annotated[
        list[str] | None,
        typer.Option(metavar="STATUS", help="announced, planned, signed, ratified, in_force, suspended or ended."),
    ] = None,
    start: Start = None,
    end: End = None,
    source: Outlet = None,
    format: Shown = "table",
) -> None:
    """List agreements, each once, however many articles report it: parties, kind, days, and what the reports dispute."""
    from rasid.analysis.agreements import read_register
    from rasid.analysis.asking import of_known
    from rasid.record import open_record
    from rasid.record.agreements import AgreementQuery

    kinds, fields, statuses = (tuple(one.lower() for one in given or ()) for given in (kind, field, status))
    query = AgreementQuery(tuple(party or ()), kinds, fields, statuses, read_day(start), read_day(end), source)
    with open_record(record, create=False) as opened:
        found = of_known(opened, read_register(opened, query), *query.parties)
        choose(
            format,
            {
                "table": lambda: _print(found),
                "jsonl": lambda: print_lines(map(accord_line, found)),
                "csv": lambda: print_csv(COLUMNS, map(accord_cells, found)),
            },
        )()


def _days(interval: "Interval | None") -> str | None:
    if interval is None:
        return None
    first, last = day(interval.start), day(interval.end)
    return first if first == last else f"{first or ''}/{last or ''}"


def accord_line(accord: "Accord") -> Json:
    """An agreement as a JSON object, with all that report it."""
    from rasid.contract import agreement_to_json

    reports = [{**article_of(row), **agreement_to_json(row.agreement)} for row in accord.reports]
    return {
        "parties": [{"code": one.code or None, "text": one.span.text, "latin": one.latin} for one in accord.parties],
        "kind": accord.kind,
        "name": accord.name,
        "status": accord.status,
        "fields": list(accord.fields),
        "signatories": [
            {"code": one.code or None, "name": one.name, "latin": one.latin, "role": one.role} for one in accord.signatories
        ],
        **{phase: _interval(getattr(accord, phase)) for phase in _DAYS},
        "where": accord.where,
        "disputes": [
            {"about": one.about, "versions": [version._asdict() for version in one.versions]} for one in accord.disputes
        ],
        "reports": reports,
    }


def _interval(interval: "Interval | None") -> Json | None:
    return None if interval is None else {"start": day(interval.start), "end": day(interval.end)}


def accord_cells(accord: "Accord") -> tuple[object, ...]:
    """An agreement as a row of `COLUMNS`."""
    told = [row.agreement for row in accord.reports]
    return (
        *(_days(accord.signed), accord.kind, accord.name, accord.status),
        *(" + ".join(one.code or one.span.text for one in accord.parties), " + ".join(accord.fields), accord.where),
        " + ".join(filter(None, map(who, accord.signatories))),
        *(_days(getattr(accord, phase)) for phase in _DAYS if phase != "signed"),
        " + ".join(dict.fromkeys(row.article_id for row in accord.reports)),
        " + ".join(one.about for one in accord.disputes),
        " + ".join(dict.fromkeys(span.text for one in told for span in one.provisions)),
        " + ".join(dict.fromkeys(span.text for one in told for span in one.claims)),
    )


def _print(accords: "Iterable[Accord]") -> None:
    from rasid.show.tables import print_table

    cells = (
        (
            _days(accord.signed) or _days(accord.in_force) or _days(accord.announced),
            accord.kind,
            accord.status,
            " + ".join(one.code or one.latin or one.span.text for one in accord.parties),
            ", ".join(accord.fields),
            accord.where,
            len({row.article_id for row in accord.reports}),
            ", ".join(one.about for one in accord.disputes),
            accord.name or (accord.reports[0].agreement.mentions[0].text if accord.reports[0].agreement.mentions else None),
        )
        for accord in accords
    )
    columns = ("day", "kind", "status", "parties", "fields", "where", "articles", "disputed", "words")
    print_table(columns, cells, "agreement")
