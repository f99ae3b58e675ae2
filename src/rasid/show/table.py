"""Events in a terminal, one line each where the line has room, else two.

Arabic stands alone or at the end of a line, so that terminals with and without bidi show it rightly. Nothing is held back: rows
are printed as they come.
"""

import os
import textwrap
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from rasid.events.plover import quad_of
from rasid.model import CodedArticle, Event
from rasid.record import EventRow, Failure
from rasid.show import words

# Blue for cooperation, orange for conflict: told apart by the colour-blind, and on light and dark grounds.
COLOURS = {1: "dark_orange3", 2: "dodger_blue2", 3: "orange3", 4: "deep_sky_blue3"}
_GAP = "  "
_PIPED = 160  # columns where nobody says how many there are
_NARROWEST = 66
_LEAST_WHO = 30  # columns, below which who gets a line of his own
_EXPLAIN = "`rasid explain EVENT` says why one was coded so."
_WORDS = 10  # columns kept for the words at the end; longer ones go where there is room
BRACKETS = "A day in brackets is that of the page: the sentence names none."


class Line(NamedTuple):
    """What a table says of an event."""

    when: str
    kind: str
    quad: int
    who: str
    note: str  # country and status, where they say something
    key: str  # confidence, or the beginning of the id
    arabic: str


class Widths(NamedTuple):
    """Columns of a table, in cells of the terminal."""

    when: int
    kind: int
    who: int
    note: int
    key: int
    arabic: int


def open_console() -> Console:
    """Standard output with its width: a pipe's is what COLUMNS says, or else wide, so that a line stays one."""
    console = Console(highlight=False)
    if not console.is_terminal and not os.environ.get("COLUMNS", "").isdigit():
        console.width = _PIPED
    return console


def print_article(console: Console, coded: CodedArticle) -> bool:
    """Print an article's date and outlet, its title, and its events; returns whether a day stands in brackets."""
    article = coded.article
    date = words.interval_words(article.date) if article.date.start or article.date.end else "date unknown"
    console.print(Text(f"{date} · {article.source or article.url or article.id}", style="dim"))
    console.print(Text(article.title or article.text.split("\n", 1)[0][:100], style="bold"))
    console.rule(style="dim")
    lines = [_line(event) for event in coded.events]
    _print(console, lines, _widths_of(lines))
    console.print(Text(words.counts(coded) if coded.events else "no political event found", style="dim"), end="\n\n")
    return any(line.when.startswith("(") for line in lines)


def print_rows(rows: Iterable[EventRow]) -> None:
    """Print events of a record as they come, with the beginnings of their ids, which `rasid explain` takes."""
    console = open_console()
    number, brackets = 0, False
    for number, row in enumerate(rows, 1):  # noqa: B007
        line = _row_line(row)
        brackets = brackets or line.when.startswith("(")
        _print(console, [line], _ROW)
    said = [f"{words.number_of(number, 'event')}.", _EXPLAIN] if number else ["No event matches."]
    console.print(Text(" ".join([*said, BRACKETS] if brackets else said), style="dim"))


def print_failures(failures: Iterable[Failure]) -> None:
    """Print the pages that were left out: when, at which step, which page, and below it why."""
    console = open_console()
    for failure in failures:
        console.print(Text(f"{failure.at}{_GAP}{failure.step:<6}{_GAP}{failure.page}"), soft_wrap=True)
        console.print(Text(f"    {failure.reason}", style="dim"), soft_wrap=True)


_ROW = Widths(14, 22, 44, 16, 8, 20)


def _line(event: Event) -> Line:
    who, arabic = words.who(event)
    where = event.where.country if event.where else None
    sure = "" if event.confidence is None else f"{event.confidence:.2f}"
    note, said = _note(where, event.status), _arabic(event.trigger.text, arabic)
    return Line(words.when(event), words.kind(event), quad_of(event.type), who, note, sure, said)


def _row_line(row: EventRow) -> Line:
    who, arabic = words.row_who(row)
    note, said = _note(row.where_code, row.status), _arabic(row.trigger, arabic)
    return Line(words.row_when(row), words.kind(row), row.quad, who, note, row.event_id[:8], said)


def _note(where: str | None, status: str) -> str:
    return f"{where or '':<4}{'' if status == 'occurred' else status}".rstrip()


def _arabic(trigger: str, others: Sequence[str]) -> str:
    return f" {words.ELSEWHERE} ".join((trigger, *others)).replace("\n", " ")


def _widths_of(lines: Sequence[Line]) -> Widths:
    """As wide as the widest cell of each column."""
    columns = zip(*((line.when, line.kind, line.who, line.note, line.key, line.arabic) for line in lines), strict=True)
    return Widths(*(max(map(cell_len, column)) for column in columns)) if lines else _ROW


def _print(console: Console, lines: Sequence[Line], widths: Widths) -> None:
    width = max(console.width, _NARROWEST)
    others = sum(widths) - widths.who - widths.arabic + min(widths.arabic, _WORDS) + len(_GAP) * (len(widths) - 1)
    room = width - others
    for line in lines:
        shown = _one_line(line, widths, room, width) if room >= min(widths.who, _LEAST_WHO) else _two_lines(line, widths, width)
        if console.is_terminal:
            console.print(shown, soft_wrap=True)
        else:
            console.file.write(shown.plain + "\n")


def _one_line(line: Line, widths: Widths, room: int, width: int) -> Text:
    """Who is wrapped within its column, below its first line; words that are too long for the end of a line stand alone."""
    column = min(widths.who, room)
    first, *rest = textwrap.wrap(line.who, column, break_long_words=False) or [""]
    text = _start(line, widths)
    indent = " " * cell_len(text.plain)
    text.append(_pad(first, column) + _GAP)
    text.append(_pad(line.note, widths.note) + _GAP + _pad(line.key, widths.key) + _GAP, style="dim")
    fits = cell_len(text.plain) + cell_len(line.arabic) <= width
    if fits:
        text.append(line.arabic)
    else:
        text.rstrip()
    for more in rest:
        text.append(f"\n{indent}{more}")
    return text if fits else text.append(f"\n{indent}{line.arabic}")


def _two_lines(line: Line, widths: Widths, width: int) -> Text:
    """When, what, where and how sure; below it who, and the words at the end, or alone if they do not fit there."""
    text = _start(line, widths)
    text.append(_GAP.join([_pad(line.note, widths.note), line.key]).rstrip(), style="dim")
    text.rstrip()
    indent = " " * (widths.when + len(_GAP))
    who = textwrap.wrap(line.who, width - len(indent), break_long_words=False) or [""]
    for part in who:
        text.append(f"\n{indent}{part}")
    fits = len(indent) + cell_len(who[-1]) + len(_GAP) + cell_len(line.arabic) <= width
    text.append(f"{_GAP if fits else chr(10) + indent}{line.arabic}")
    return text


def _start(line: Line, widths: Widths) -> Text:
    text = Text(_pad(line.when, widths.when) + _GAP)
    text.append(_pad(line.kind, widths.kind), style=COLOURS[line.quad])
    return text.append(_GAP)


def _pad(cell: str, width: int) -> str:
    return cell + " " * (width - cell_len(cell))
