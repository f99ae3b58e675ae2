"""Leaving private persons out: names stay of those who hold a public role, by the text or by the table of persons.

The words of the article are not touched. What goes is what would make a list of people: names, forms in Latin letters, the
words that name them where an event, a quote or an accord points at its participants, and the persons of the article.
"""

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

from rasid.arabic.names import same_person
from rasid.model import Article, CodedArticle, Entity, Reason, Span

_STATE = frozenset(("GOV", "MIL", "JUD", "LEG", "SPY", "COP"))  # whoever acts for these does so in public
_LED = frozenset(("OPP", "PTY", "REB", "UAF", "LAB", "REL"))  # of these, those to whom the text gives an office
_KNOWN = frozenset(("table", "own"))


def holds_public_role(entity: Entity) -> bool:
    """Whether these words, the article or a table say that somebody acts for a state or a body of states, or leads a body."""
    if entity.wikidata or entity.basis in _KNOWN or entity.sector in _STATE:
        return True
    return entity.sector in _LED and entity.role is not None


def officials_only(coded: CodedArticle) -> CodedArticle:
    """What was coded of an article without the names of those who hold no public role, its writer among them.

    Countries, sectors and offices stay, and the words before the name (`الطبيب`); where there are none, the words are empty and
    stand where the name begins. Who is then nobody at all is left out. Doing it again changes nothing.
    """
    entities = list(_entities(coded))
    public = {entity.name for entity in entities if entity.name and holds_public_role(entity)}

    def is_private(entity: Entity) -> bool:
        name = entity.name
        return bool(name) and not holds_public_role(entity) and not any(same_person(name or "", one)[0] for one in public)

    private = [entity for entity in entities if is_private(entity)]
    article = replace(coded.article, byline=None)
    if not private:
        return replace(coded, article=article) if coded.article.byline else coded
    spans = sorted({_name_span(entity) for entity in private})
    names = {name for entity in private for name in (entity.name, entity.latin) if name}

    def left(value: Any) -> Any:
        """`value` without them; None for somebody of whom nothing is left."""
        if isinstance(value, Entity):
            return _nameless(value) if is_private(value) else value
        if isinstance(value, Reason):
            return Reason(value.field, value.rule, _without(value.span, spans) if value.span else None)
        if isinstance(value, tuple):
            return tuple(
                one for one in map(left, value) if one is not None and not (isinstance(one, Reason) and _tells(one, names))
            )
        if not is_dataclass(value) or isinstance(value, type | Article | Span):
            return value
        parts = {field.name: left(getattr(value, field.name)) for field in fields(value)}
        if "attributed_to" in parts:
            parts["attributed_to"] = tuple(filter(None, (_without(span, spans) for span in parts["attributed_to"])))
        return replace(value, **parts)

    persons = tuple(person for person in coded.persons if not is_private(person))
    found: CodedArticle = left(replace(coded, persons=persons))
    return replace(found, article=article)


def _nameless(entity: Entity) -> Entity | None:
    span = _without(entity.span, [_name_span(entity)]) or Span(entity.span.start, entity.span.start, "")
    changed = replace(entity, span=span, name=None, latin=None, holder=None)
    return changed if span.text or entity.code or entity.role else None


def _name_span(entity: Entity) -> tuple[int, int]:
    """Where the name stands; all the words where it is written otherwise there."""
    span, at = entity.span, entity.span.text.find(entity.name or "")
    return (span.start + max(at, 0), span.end)


def _without(span: Span, named: Iterable[tuple[int, int]]) -> Span | None:
    """The words of `span` before the first name in it; None where there are none."""
    first = min((start for start, end in named if start < span.end and end > span.start), default=None)
    if first is None:
        return span
    text = span.text[: max(0, first - span.start)].rstrip()
    return Span(span.start, span.start + len(text), text) if text else None


def _tells(reason: Reason, names: Iterable[str]) -> bool:
    return any(name in reason.rule for name in names)


def _entities(value: Any) -> Iterator[Entity]:
    if isinstance(value, Entity):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _entities(one)
    elif is_dataclass(value) and not isinstance(value, type | Article | Span):
        for field in fields(value):
            yield from _entities(getattr(value, field.name))
