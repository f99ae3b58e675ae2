"""The report: one HTML file that needs nothing else, each article with its evidence marked and what was coded beside it."""

import itertools
import zlib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from rasid.events.plover import QUADS, quad_of
from rasid.model import CodedArticle, Entity, Event, Span
from rasid.show import words

_TEMPLATES = Path(__file__).parent / "templates"
_EVIDENCE = {
    "given": "as given",
    "meta": "from the page's metadata",
    "byline": "from the byline",
    "url": "from the address",
    "inferred": "worked out from the text",
}
_TITLE = 120  # characters of the text that stand in for a missing title


class Run(NamedTuple):
    """A piece of text with the evidence that covers it: classes for its look, and the events whose triggers begin here."""

    text: str
    classes: str
    events: tuple[int, ...]


class _Cover(NamedTuple):
    """Evidence in the text; `event` is set where an event's own trigger stands."""

    span: Span
    classes: str
    event: int | None = None


def report(articles: Iterable[CodedArticle]) -> Iterator[str]:
    """The report in pieces, so that a long one needs no memory. Text of pages is escaped: it stays text, whatever it holds."""
    contents: list[dict[str, Any]] = []  # a line an article, for the end
    template = _environment().get_template("report.html")
    pieces = template.generate(articles=_views(articles, contents), contents=contents, quads=list(enumerate(QUADS))[1:])
    return map(str, pieces)  # else they would escape what they are joined to


def fragment(coded: CodedArticle) -> str:
    """One article as a piece of HTML with its own style, for notebooks, where several may stand on one page."""
    prefix = f"r{zlib.crc32(coded.article.id.encode('utf-8', 'replace')):08x}"
    return str(_environment().get_template("fragment.html").render(article=_view(prefix, coded)))


@cache
def _environment() -> Any:
    from jinja2 import Environment, FileSystemLoader

    return Environment(loader=FileSystemLoader(_TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True)


def _views(articles: Iterable[CodedArticle], contents: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for number, coded in enumerate(articles, 1):
        view = _view(f"a{number}", coded)
        contents.append({key: view[key] for key in ("prefix", "title", "source", "date", "number_of_events", "language")})
        yield view


def _view(prefix: str, coded: CodedArticle) -> dict[str, Any]:
    article = coded.article
    known = article.date.start or article.date.end
    return {
        "prefix": prefix,
        "title": article.title or article.text.split("\n", 1)[0][:_TITLE],
        "source": article.source or article.id,
        "url": article.url if (article.url or "").startswith(("https://", "http://")) else None,
        "byline": article.byline,
        "agency": article.agency,
        "date": words.interval_words(article.date) if known else "date unknown",
        "evidence": _EVIDENCE.get(article.date.evidence),
        "reasons": article.date.reasons,
        "language": article.language or "ar",
        "paragraphs": list(_paragraphs(coded)),
        "counts": words.counts(coded) if coded.events else "no political event found",
        "number_of_events": len(coded.events),
    }


def _event(number: int, event: Event) -> dict[str, Any]:
    when, where = event.when, event.where
    return {
        "number": number,
        "id": event.id,
        "quad": quad_of(event.type),
        "kind": words.kind(event),
        "status": event.status,
        "confidence": event.confidence,
        "trigger": event.trigger.text,
        "actors": list(map(_entity, event.actors)),
        "recipients": list(map(_entity, event.recipients)),
        "when": words.when(event),
        "when_words": when.span.text if when and when.span else None,
        "country": where.country if where else None,
        "where_words": where.span.text if where and where.span else None,
        "source": [span.text for span in event.attributed_to],
        "counts": list(zip(words.count_words(event), (count.span.text for count in event.counts), strict=True)),
        "contexts": [context.replace("_", " ") for context in event.contexts],
        "also": [report.trigger.text for report in event.also],
    }


def _entity(entity: Entity) -> dict[str, str | None]:
    said = words.entity_words(entity)
    return {"latin": None if words.is_arabic(said) else said, "words": entity.span.text}


def _paragraphs(coded: CodedArticle) -> Iterator[dict[str, Any]]:
    """Each line of the text as runs that are covered by the same evidence, and the events whose triggers stand in it."""
    text = coded.article.text
    covers = sorted(_covers(coded.events), key=lambda cover: cover.span.start)
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        if line.strip():
            inside = [cover for cover in covers if cover.span.start < end and cover.span.end > start]
            here = [(n, event) for n, event in enumerate(coded.events, 1) if start <= event.trigger.start < end]
            yield {"runs": list(_runs(text, start, end, inside)), "events": [_event(n, event) for n, event in here]}
        start = end + 1


def _covers(events: tuple[Event, ...]) -> Iterator[_Cover]:
    for number, event in enumerate(events, 1):
        trigger = f"trigger q{quad_of(event.type)}"
        yield _Cover(event.trigger, trigger, number)
        for report in event.also:
            yield _Cover(report.trigger, trigger)
        for entity in (*event.actors, *event.recipients):
            yield _Cover(entity.span, "who")
        for span in event.attributed_to:
            yield _Cover(span, "said")
        for part in (event.when, event.where):
            if part and part.span:
                yield _Cover(part.span, "circumstance")


def _runs(text: str, start: int, end: int, covers: list[_Cover]) -> Iterator[Run]:
    edges = {start, end, *(edge for cover in covers for edge in (cover.span.start, cover.span.end) if start < edge < end)}
    for left, right in itertools.pairwise(sorted(edges)):
        over = [cover for cover in covers if cover.span.start <= left and cover.span.end >= right]
        classes = " ".join(dict.fromkeys(name for cover in over for name in cover.classes.split()))
        yield Run(text[left:right], classes, tuple(cover.event for cover in over if cover.event and cover.span.start == left))
