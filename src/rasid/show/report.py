"""The report: one HTML file that needs nothing else, each article with its evidence marked and what was coded beside it."""

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from rasid.events.plover import quad_of
from rasid.model import CodedArticle, Event, Span
from rasid.show import words

_TEMPLATES = Path(__file__).parent / "templates"


class Run(NamedTuple):
    """A piece of text with the evidence that covers it: classes for its look, and the event whose trigger begins here."""

    text: str
    classes: str
    event: int | None


def report(articles: Iterable[CodedArticle]) -> Iterator[str]:
    """The report in pieces, so that a long one needs no memory. Text of pages is escaped: it stays text, whatever it holds."""
    template = _environment().get_template("report.html")
    return template.generate(articles=(_view(number, coded) for number, coded in enumerate(articles, 1)))


def fragment(coded: CodedArticle) -> str:
    """One article as a piece of HTML with its own style, for notebooks."""
    return str(_environment().get_template("fragment.html").render(article=_view(1, coded)))


@cache
def _environment() -> Any:
    from jinja2 import Environment, FileSystemLoader

    return Environment(loader=FileSystemLoader(_TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True)


def _view(number: int, coded: CodedArticle) -> dict[str, Any]:
    article = coded.article
    return {
        "number": number,
        "title": article.title or article.text.split("\n", 1)[0][:120],
        "source": article.source or article.url or article.id,
        "date": words.interval_words(article.date),
        "evidence": article.date.evidence,
        "language": article.language or "ar",
        "paragraphs": list(_paragraphs(coded)),
        "events": [_event(n, event) for n, event in enumerate(coded.events, 1)],
        "counts": words.counts(coded),
    }


def _event(number: int, event: Event) -> dict[str, Any]:
    return {
        "number": number,
        "quad": quad_of(event.type),
        "kind": words.kind(event),
        "who": words.who(event),
        "arabic": [entity.span.text for entity in (*event.actors, *event.recipients)],
        "when": words.when(event),
        "when_words": event.when.span.text if event.when and event.when.span else None,
        "where": event.where.span.text if event.where and event.where.span else None,
        "country": event.where.country if event.where else None,
        "status": event.status,
        "source": [span.text for span in event.attributed_to],
        "trigger": event.trigger.text,
        "also": [report.trigger.text for report in event.also],
    }


def _paragraphs(coded: CodedArticle) -> Iterator[list[Run]]:
    """Each line of the text as runs that are covered by the same evidence."""
    start = 0
    covers = sorted(_covers(coded.events), key=lambda cover: cover[0].start)
    for line in coded.article.text.split("\n"):
        end = start + len(line)
        if line.strip():
            inside = [cover for cover in covers if cover[0].start < end and cover[0].end > start]
            yield list(_runs(coded.article.text, start, end, inside))
        start = end + 1


def _covers(events: tuple[Event, ...]) -> Iterator[tuple[Span, str, int | None]]:
    for number, event in enumerate(events, 1):
        yield event.trigger, f"trigger q{quad_of(event.type)}", number
        for report in event.also:
            yield report.trigger, f"trigger q{quad_of(event.type)}", None
        for entity in (*event.actors, *event.recipients):
            yield entity.span, "who", None
        for span in event.attributed_to:
            yield span, "said", None
        for span in (event.when and event.when.span, event.where and event.where.span):
            if span:
                yield span, "circumstance", None


def _runs(text: str, start: int, end: int, covers: list[tuple[Span, str, int | None]]) -> Iterator[Run]:
    edges = sorted({start, end, *(edge for span, _, _ in covers for edge in (span.start, span.end) if start < edge < end)})
    for left, right in zip(edges, edges[1:], strict=False):
        over = [cover for cover in covers if cover[0].start <= left and cover[0].end >= right]
        classes = " ".join(dict.fromkeys(name for _, names, _ in over for name in names.split()))
        yield Run(text[left:right], classes, next((number for span, _, number in over if number and span.start == left), None))
