"""The commands that list what people said, and claims that rank or count, out of a record."""

import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rasid.cli_input import RECORD, Json, RecordPath, choose, print_lines, read_day
from rasid.cli_search import End, Limit, Outlet, Start

if TYPE_CHECKING:
    from rasid.model import Entity
    from rasid.record.claims import ClaimRow
    from rasid.record.quotes import QuoteRow

Words = Annotated[str, typer.Option("--words", metavar="WORDS", help="What it says, as `rasid search` takes it.")]
Shown = Annotated[str, typer.Option("--format", metavar="FORMAT", help="table, jsonl or csv.")]
About = Annotated[
    str | None, typer.Option("--about", metavar="WHO", help="Who is named: a code, or a name in either language.")
]
_CUT = 110  # letters of a quote in a table

QUOTE_COLUMNS = (
    "published",
    "source",
    "speaker",
    "code",
    "office",
    "direct",
    "text",
    "through",
    "addressee",
    "about",
    "cue",
    "article",
)
CLAIM_COLUMNS = (
    "published",
    "source",
    "kind",
    "number",
    "unit",
    "negated",
    "text",
    "what",
    "since",
    "scope",
    "about",
    "article",
)


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command()(quotes)
    app.command()(claims)


def quotes(
    record: RecordPath = RECORD,
    by: Annotated[str | None, typer.Option(metavar="WHO", help="Who speaks: a code, or a name in either language.")] = None,
    about: About = None,
    through: Annotated[str | None, typer.Option(metavar="WHO", help="Who carried the words: an outlet, an agency.")] = None,
    words: Words = "",
    direct: Annotated[
        bool | None, typer.Option("--direct/--reported", help="Only the speaker's own words; or only what is reported with أن.")
    ] = None,
    start: Start = None,
    end: End = None,
    source: Outlet = None,
    limit: Limit = None,
    format: Shown = "table",
) -> None:
    """List who said what, of whom, through whom: the latest articles first."""
    from rasid.analysis.asking import of_known
    from rasid.record import open_record
    from rasid.record.quotes import QuoteQuery, find_quotes

    query = QuoteQuery(by, about, through, words, direct, read_day(start), read_day(end), source)
    with open_record(record, create=False) as opened:
        found = of_known(opened, find_quotes(opened, query, limit), by, about)
        choose(
            format,
            {
                "table": lambda: _print_quotes(found),
                "jsonl": lambda: print_lines(map(quote_line, found)),
                "csv": lambda: print_csv(QUOTE_COLUMNS, map(quote_cells, found)),
            },
        )()


def claims(
    record: RecordPath = RECORD,
    kind: Annotated[
        list[str] | None,
        typer.Option(metavar="KIND", help="rank, first, first_since, nth_time, after_gap, only, largest ...; more than once."),
    ] = None,
    about: About = None,
    words: Words = "",
    start: Start = None,
    end: End = None,
    source: Outlet = None,
    limit: Limit = None,
    format: Shown = "table",
) -> None:
    """List claims that rank or count (`رابع بلد عربي`, `للمرة الأولى منذ`, `أكبر صفقة`): the latest articles first."""
    from rasid.analysis.asking import of_known
    from rasid.record import open_record
    from rasid.record.claims import ClaimQuery, find_claims

    kinds = tuple(one.lower() for one in kind or ())
    query = ClaimQuery(kinds, about, words, read_day(start), read_day(end), source)
    with open_record(record, create=False) as opened:
        found = of_known(opened, find_claims(opened, query, limit), about)
        choose(
            format,
            {
                "table": lambda: _print_claims(found),
                "jsonl": lambda: print_lines(map(claim_line, found)),
                "csv": lambda: print_csv(CLAIM_COLUMNS, map(claim_cells, found)),
            },
        )()


def print_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Rows as CSV on standard output."""
    import csv

    writer = csv.writer(sys.stdout)
    writer.writerow(columns)
    writer.writerows(rows)


def who(entity: "Entity | None") -> str | None:
    """Somebody for readers of English, as far as we can: the Latin form with the code, else the words."""
    if entity is None:
        return None
    name = entity.latin or entity.name or entity.span.text
    return f"{name} ({entity.code})" if entity.code and entity.code != name else name


def article_of(row: Any) -> Json:
    """Where a row of a record stands: its article, outlet and days."""
    return {
        "article": row.article_id,
        "n": row.n,
        "published": {"start": day(row.published_start), "end": day(row.published_end)},
        "source": row.source,
        "title": row.title,
        "url": row.url,
    }


def day(one: Any) -> str | None:
    """A day as ISO 8601 writes it."""
    return one and str(one.isoformat())


def published(row: Any) -> str | None:
    """The days of publication in a cell."""
    first, last = day(row.published_start), day(row.published_end)
    return first if first == last else f"{first or ''}/{last or ''}"


def quote_line(row: "QuoteRow") -> Json:
    """A quote as a JSON object, with the article in which it stands."""
    from rasid.contract import quote_to_json
    from rasid.model import Quote

    told = Quote(
        row.speaker, row.text, None, row.direct, row.through, row.addressee, row.about, row.whole, row.carried
    )  # fmt: skip
    return {**article_of(row), **quote_to_json(told), "cue": row.cue}


def quote_cells(row: "QuoteRow") -> tuple[object, ...]:
    """A quote as a row of `QUOTE_COLUMNS`."""
    speaker = row.speaker
    return (
        *(published(row), row.source, speaker and (speaker.name or speaker.span.text), speaker and speaker.code),
        *(speaker and speaker.role, int(row.direct), row.text.text, row.through and row.through.span.text),
        *(row.addressee and row.addressee.span.text, " + ".join(one.code or one.span.text for one in row.about)),
        *(row.cue, row.article_id),
    )


def _print_quotes(rows: "Iterable[QuoteRow]") -> None:
    from rasid.show.tables import print_table

    cells = (
        (published(row), row.source, who(row.speaker), "“ ”" if row.direct else "that", who(row.through), _cut(row.text.text))
        for row in rows
    )
    print_table(("published", "source", "who", "how", "through", "said"), cells, "quote")


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _CUT else f"{line[:_CUT].rsplit(' ', 1)[0]} ..."


def claim_line(row: "ClaimRow") -> Json:
    """A claim as a JSON object, with the article in which it stands."""
    from rasid.contract import claim_to_json

    return {**article_of(row), **claim_to_json(row.claim)}


def claim_cells(row: "ClaimRow") -> tuple[object, ...]:
    """A claim as a row of `CLAIM_COLUMNS`."""
    one = row.claim
    return (
        *(published(row), row.source, one.kind, one.number, one.unit, int(one.negated), one.span.text),
        *(one.what and one.what.text, one.since and day(one.since.start), one.scope and one.scope.text),
        *(" + ".join(entity.code or entity.span.text for entity in one.about), row.article_id),
    )


def _print_claims(rows: "Iterable[ClaimRow]") -> None:
    from rasid.show.tables import print_table

    cells = (
        (
            published(row), row.source, f"{'not ' if row.claim.negated else ''}{row.claim.kind}",
            " ".join(str(part) for part in (row.claim.number, row.claim.unit) if part is not None),
            row.claim.since and day(row.claim.since.start), " ".join(row.claim.span.text.split()),
        )
        for row in rows
    )  # fmt: skip
    print_table(("published", "source", "claim", "number", "since", "words"), cells, "claim")
