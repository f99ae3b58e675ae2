"""`rasid explain`: why an event was coded as it was, in words that a coder can check."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from rich.text import Text

from rasid.coder import coder_version
from rasid.events.plover import QUADS, quad_of, score_of
from rasid.events.predicates import sources
from rasid.lexicon import read_entries
from rasid.model import Article, Entity, Event, Reason
from rasid.show import words
from rasid.show.table import COLOURS, open_console

_LABEL = 14  # cells
_WORDS = 6  # of a condition, which can have a hundred
_BASES = {  # where country and sector come from, if not from the words themselves
    "article": "the article says so elsewhere",
    "context": "a country named nearby",
    "table": "the table of persons, by the article's day",
    "memory": "other articles of that time; `rasid actors` lists them",
    "own": "your own actors",
}
_FRAME = ("lemma", "pattern", "nouns", "actor", "recipient", "of", "with", "if", "unless", "passive")


class Line(NamedTuple):
    """A line of an explanation: what it is about, what is said of it, and the Arabic that shows it."""

    label: str
    said: str
    arabic: str = ""


def explanation(event: Event, article: Article) -> None:
    """Print an event with its sentence and what every field of it rests on."""
    console = open_console()
    title = Text(words.kind(event), style=f"bold {COLOURS[quad_of(event.type)]}")
    title.append(f"   {words.who(event).latin}   {words.when(event)}   {event.status}", style="bold not italic")
    console.print(title, soft_wrap=True)
    console.print(Text(_origin(event, article), style="dim"), soft_wrap=True)
    if article.title:
        console.print(Text(article.title, style="dim"))
    console.print()
    console.print(marked_sentence(event))
    console.print()
    for line in explain(event):
        shown = Text(f"{line.label:<{_LABEL}}", style="dim")
        shown.append(line.said, style="not dim")
        if line.arabic:
            # Behind Arabic in what is said, the words would run together with it.
            apart = f"\n{' ' * _LABEL}" if words.is_arabic(line.said) else "  " if line.said else ""
            shown.append(f"{apart}{line.arabic}", style="not dim")
        console.print(shown, soft_wrap=True)


def explain(event: Event) -> Iterator[Line]:
    """What every field of `event` rests on, a line each."""
    mode = f" {event.mode}" if event.mode else ""
    quad = f"{QUADS[quad_of(event.type)]}, score {score_of(event.type, event.mode):g}"
    yield Line("type", f"{event.type}{mode} ({quad})", event.trigger.text)
    yield from _predicate(event)
    reasons = _first_of_each(event.reasons)
    if "roles" in reasons:
        yield Line("clause", reasons["roles"].rule)
    for role, entities in (("actor", event.actors), ("recipient", event.recipients)):
        for entity in entities:
            yield Line(role, _entity(entity), entity.span.text)
            if entity.role:
                yield Line("", "office", entity.role)
            if entity.holder:
                yield Line("", f"held then, by other knowledge, by {entity.holder.latin or entity.holder.name}")
            if entity.basis:
                yield Line("", f"whose: {_BASES[entity.basis]}")
        if not entities:
            yield Line(role, "nobody found")
    yield Line("status", _with_rule(event.status, reasons.get("status")))
    when = event.when.span.text if event.when and event.when.span else ""
    yield Line("when", _with_rule(words.when(event), reasons.get("when")), when)
    if event.where:
        yield Line("where", event.where.country or "", event.where.span.text if event.where.span else "")
    for context in event.contexts:
        yield Line("context", context)
    for said, count in zip(words.count_words(event), event.counts, strict=True):
        yield Line("count", said, count.span.text)
    for span in event.attributed_to:
        rule = reasons.get("attributed_to")
        yield Line("on whose word", rule.rule if rule else "", span.text)
    for report in event.also:
        yield Line("also", "the same act, said again", report.trigger.text)


def marked_sentence(event: Event) -> Text:
    """The sentence with its trigger reversed, and underlined who takes part, when and where."""
    text = Text(event.sentence.text)
    start = event.sentence.start
    spans = [entity.span for entity in (*event.actors, *event.recipients)]
    spans += [part.span for part in (event.when, event.where) if part and part.span]
    for span in spans:
        if start <= span.start and span.end <= event.sentence.end:
            text.stylize("underline", span.start - start, span.end - start)
    text.stylize("bold reverse", event.trigger.start - start, event.trigger.end - start)
    return text


def _origin(event: Event, article: Article) -> str:
    date = f"{words.interval_words(article.date)} ({article.date.evidence})"
    confidence = "" if event.confidence is None else f" · confidence {event.confidence:.2f}"
    return f"event {event.id}{confidence} · coder {event.coder}\n{date} · {article.url or article.source or article.id}"


def _predicate(event: Event) -> Iterator[Line]:
    """The entry of the lexicon, as it stands there; an older coder's may have moved since."""
    if event.coder != coder_version():
        yield Line("predicate", f"{event.predicate}, as {event.coder} had it: this version's line may be another")
        return
    yield Line("predicate", f"events/lexicon/{event.predicate}")
    for key, value in _entry(event.predicate).items():
        if key in _FRAME:
            yield Line("", f"  {key}: {_in_yaml(value)}")


@lru_cache(maxsize=256)  # for whoever explains many, as a server does
def _entry(where: str) -> dict[str, Any]:
    name = where.partition(":")[0]
    entries = [entry for path in sources() if path.name == name for entry in read_entries(path)]
    return next((entry.keys for entry in entries if entry.where == where), {})


def _in_yaml(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_in_yaml(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join([*map(str, value[:_WORDS]), *(["…"] if len(value) > _WORDS else [])]) + "]"
    return str(value)


def _first_of_each(reasons: tuple[Reason, ...]) -> dict[str, Reason]:
    """The reasons of the mention that counts; those of further mentions follow it."""
    found: dict[str, Reason] = {}
    for reason in reasons:
        found.setdefault(reason.field, reason)
    return found


def _with_rule(value: str, reason: Reason | None) -> str:
    return f"{value}: {reason.rule}" if reason else value


def _entity(entity: Entity) -> str:
    return ", ".join(part for part in (entity.code or "no code", entity.latin) if part)
