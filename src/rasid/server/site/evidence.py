"""An article's text with its evidence: runs of text, each with what stands there; and all that is known of one event."""

import itertools
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from rasid.model import Article, Event, Span
from rasid.server.site.languages import Language
from rasid.server.site.names import actor_of, count_of, kind_of, place_of, quad
from rasid.server.site.rules import Rule, entry_in, rule_in
from rasid.show.explain import explain

_SAID = {"predicate": "why.predicate", "clause": "why.clause", "status": "why.status", "when": "why.when"}
_SAID |= {"on whose word": "why.source"}


class Run(NamedTuple):
    """A piece of text: the roles that it plays in the chosen event, whether in its sentence, and whose trigger it is."""

    text: str
    roles: tuple[str, ...]
    opens: tuple[str, ...]  # roles whose words begin here
    chosen: bool
    quad: int
    event: int | None  # its number, where its trigger begins here
    number: int  # of the word, where words are counted, else 0


class _Cover(NamedTuple):
    span: Span
    role: str
    quad: int = 0
    event: int | None = None


def paragraphs(text: str, events: Sequence[Event], chosen: Event | None, said: Span | None = None) -> list[list[Run]]:
    """Each line of a text as runs, with the triggers of all events, the roles of the chosen one, and words to be shown."""
    covers = [_Cover(event.trigger, "trigger", quad(event), n) for n, event in enumerate(events, 1)]
    if chosen:
        covers += [_Cover(chosen.sentence, "sentence"), *_roles(chosen)]
    if said:
        covers.append(_Cover(said, "said"))
    found, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            found.append(list(_runs(text, start, start + len(line), covers)))
        start += len(line) + 1
    return found


def sentence_runs(article: Article, event: Event, *, numbered: bool = True) -> list[Run]:
    """The sentence of an event with its roles, its words numbered for those who code it by keys."""
    covers = [_Cover(event.trigger, "trigger", quad(event)), *_roles(event)]
    start, end = event.sentence.start, event.sentence.end
    words = word_spans(article.text, event.sentence) if numbered else []
    edges = {start: n for n, (start, _) in enumerate(words, 1)}
    runs = _runs(article.text, start, end, covers, {edge for word in words for edge in word})
    at, found = start, []
    for run in runs:
        found.append(run._replace(number=edges.get(at, 0)))
        at += len(run.text)
    return found


def word_spans(text: str, sentence: Span) -> list[tuple[int, int]]:
    """Where the words of a sentence stand; the first is number 1."""
    found, at = [], sentence.start
    for part in text[sentence.start : sentence.end].split():
        start = text.index(part, at)
        at = start + len(part)
        found.append((start, at))
    return found


def _roles(event: Event) -> Iterator[_Cover]:
    for entity in event.actors:
        yield _Cover(entity.span, "actor")
    for entity in event.recipients:
        yield _Cover(entity.span, "recipient")
    for role, part in (("when", event.when), ("where", event.where)):
        if part and part.span:
            yield _Cover(part.span, role)
    for span in event.attributed_to:
        yield _Cover(span, "source")
    for count in event.counts:
        yield _Cover(count.span, "counts")
    for report in event.also:
        yield _Cover(report.trigger, "also")


def _runs(text: str, start: int, end: int, covers: Sequence[_Cover], more: set[int] = frozenset()) -> Iterator[Run]:  # type: ignore[assignment]
    inside = [cover for cover in covers if cover.span.start < end and cover.span.end > start]
    edges = {start, end, *(edge for edge in more if start < edge < end)}
    edges |= {edge for cover in inside for edge in (cover.span.start, cover.span.end) if start < edge < end}
    for left, right in itertools.pairwise(sorted(edges)):
        over = [cover for cover in inside if cover.span.start <= left and cover.span.end >= right]
        roles = [cover for cover in over if cover.role != "sentence"]
        yield Run(
            text[left:right],
            tuple(dict.fromkeys(cover.role for cover in roles)),
            tuple(dict.fromkeys(cover.role for cover in roles if max(cover.span.start, start) == left)),
            any(cover.role == "sentence" for cover in over),
            max((cover.quad for cover in roles), default=0),
            next((cover.event for cover in roles if cover.event and cover.span.start == left), None),
            0,
        )


def card(language: Language, event: Event, number: int = 0, *, with_why: bool = False) -> dict[str, Any]:
    """All that is known of an event, in words of `language`; `with_why` with the rules that it rests on."""
    when, where = event.when, event.where
    said = language.days(when)
    return {
        "id": event.id,
        "number": number,
        "type": event.type,
        "mode": event.mode,
        "kind": kind_of(language, event),
        "quad": quad(event),
        "status": event.status,
        "trigger": event.trigger.text,
        "actors": [(actor_of(language, entity), entity) for entity in event.actors],
        "recipients": [(actor_of(language, entity), entity) for entity in event.recipients],
        "when": said,
        "when_said": bool(when and when.span),
        "when_words": when.span.text if when and when.span and plain_digits(when.span.text) != plain_digits(said) else None,
        "day_is_pages": event.when_from == "page",
        "where": place_of(language, where) if where else None,
        "where_words": where.span.text if where and where.span else None,
        "where_code": where.country if where else None,
        "sources": [span.text for span in event.attributed_to],
        "counts": [(count_of(language, count), count.span.text) for count in event.counts],
        "contexts": event.contexts,
        "also": [report.trigger.text for report in event.also],
        "confidence": event.confidence,
        "coder": event.coder,
        "why": _why(language, event) if with_why else [],
    }


def plain_digits(said: str) -> str:
    """The same with digits as 0 to 9."""
    return "".join(str(unicodedata.decimal(letter, letter)) for letter in said)


def _why(language: Language, event: Event) -> list[tuple[str, list[Rule]]]:
    """The rules that `rasid explain` gives, under the keys of their labels; each with the Arabic that shows it."""
    found: list[tuple[str, list[Rule]]] = []
    taken = False
    for line in explain(event):
        if line.label:
            taken = line.label in _SAID
            if taken:
                found.append((_SAID[line.label], []))
        if taken and (line.said or line.arabic):
            found[-1][1].append(_rule(language, event, found[-1][0], line.said.strip(), line.arabic))
    return [(label, lines) for label, lines in found if lines]


def _rule(language: Language, event: Event, label: str, said: str, shown: str) -> Rule:
    if label in ("why.predicate", "why.clause"):
        return entry_in(language, said, shown)
    if label == "why.source":
        return rule_in(language, said, shown)
    value, _, rule = said.partition(": ")  # `future: begins ...`
    told = rule_in(language, rule, shown)
    known = language.label("status", event.status) if label == "why.status" else language.days(event.when) or value
    return told._replace(said=f"{known}: {told.said}") if rule and told.language == language.code else Rule(said, "en", shown)
