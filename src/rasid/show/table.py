"""Tables for a terminal. Arabic stands alone at the end of a line, so that terminals with and without bidi show it rightly."""

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table
from rich.text import Text

from rasid.events.plover import quad_of
from rasid.model import CodedArticle, Event
from rasid.record import EventRow
from rasid.show import words

# Blue for cooperation, orange for conflict: told apart by the colour-blind, and on light and dark grounds.
_COLOURS = {1: "dark_orange3", 2: "dodger_blue2", 3: "orange3", 4: "deep_sky_blue3"}


def article_table(console: Console, coded: CodedArticle) -> None:
    """Print an article's title line and its events, a line each."""
    article = coded.article
    date = words.interval_words(article.date) if article.date.start or article.date.end else "date unknown"
    console.print(Text(f"{date} · {article.source or article.url or article.id}", style="dim"))
    console.print(Text(article.title or article.text.split("\n", 1)[0][:100], style="bold"))
    console.rule(style="dim")
    if coded.events:
        console.print(event_table(coded.events))
    console.print(Text(words.counts(coded), style="dim"))
    console.print()


def event_table(events: Iterable[Event]) -> Table:
    """A table with a line an event: when, type, who, where, status, the words that say it."""
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0), expand=True)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(ratio=1, overflow="fold")
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(justify="left", overflow="fold", max_width=24)
    for event in events:
        table.add_row(
            words.when(event),
            Text(words.kind(event), style=_COLOURS[quad_of(event.type)]),
            words.who(event),
            (event.where and event.where.country) or "",
            "" if event.status == "occurred" else event.status,
            event.trigger.text,
        )
    return table


def print_rows(rows: Iterable[EventRow]) -> None:
    """Print events of a record as they come, a line each, with ids that `rasid explain` takes."""
    console = Console()
    table = Table(box=None, show_header=True, header_style="dim", pad_edge=False, padding=(0, 2, 0, 0), expand=True)
    for column in ("when", "type", "who", "where", "status", "event"):
        table.add_column(column, no_wrap=column != "who", ratio=1 if column == "who" else None, overflow="fold")
    table.add_column("words", overflow="fold", max_width=24)
    number = 0
    for number, row in enumerate(rows, 1):
        table.add_row(
            words.row_when(row),
            Text(f"{row.type} {row.mode}" if row.mode else row.type, style=_COLOURS[row.quad]),
            words.row_who(row),
            row.where_code or "",
            "" if row.status == "occurred" else row.status,
            row.event_id[:8],
            row.trigger,
        )
    console.print(table)
    console.print(Text(f"{number:,} events. `rasid explain EVENT` says why one was coded so.", style="dim"))
