"""`rasid explain`: why an event was coded as it was, in words that a coder can check."""

from rich.console import Console
from rich.table import Table
from rich.text import Text

from rasid.model import Article, Event
from rasid.show import words


def explanation(event: Event, article: Article) -> None:
    """Print an event with its sentence and the rule behind each field."""
    console = Console()
    console.print(Text(f"{words.kind(event)}   {words.who(event)}   {words.when(event)}   {event.status}", style="bold"))
    console.print(Text(f"event {event.id} · {article.url or article.source or article.id} · coder {event.coder}", style="dim"))
    console.print()
    console.print(_sentence(event))
    console.print()
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    table.add_column(overflow="fold")
    for role, entities in (("actor", event.actors), ("recipient", event.recipients)):
        for entity in entities:
            office = f", {entity.role}" if entity.role else ""
            table.add_row(role, f"{words.entity_words(entity)}   {entity.code or 'no code'}{office}", entity.span.text)
    for reason in event.reasons:
        table.add_row(reason.field, reason.rule, reason.span.text if reason.span else "")
    for report in event.also:
        table.add_row("also", "the same act, said again", report.trigger.text)
    console.print(table)


def _sentence(event: Event) -> Text:
    text = Text(event.sentence.text)
    start = event.trigger.start - event.sentence.start
    text.stylize("bold reverse", start, start + len(event.trigger.text))
    return text
