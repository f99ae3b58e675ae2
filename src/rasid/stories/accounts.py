"""What the reports of one act say side by side: how it developed, and what they disagree on, each with who says so."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import NamedTuple

from rasid.model import Article, Count, Entity, Event
from rasid.stories.likeness import may_be_one


class Account(NamedTuple):
    """A report of an act: the event, and the article that tells it."""

    event: Event
    article: Article


class Step(NamedTuple):
    """A number of an act when it first rose or fell to that: `min` and `max` are its bounds, `words` those of the text."""

    day: dt.date | None
    kind: str
    min: int | None
    max: int | None
    words: str
    article: str
    outlet: str | None


class Version(NamedTuple):
    """What some of the reports say, and their articles' ids and outlets."""

    value: str
    articles: tuple[str, ...]
    outlets: tuple[str, ...]


class Disagreement(NamedTuple):
    """Something that reports tell differently: `killed`, `actor`, `recipient`, `place`, `status`; what most say first."""

    about: str
    versions: tuple[Version, ...]


def in_order(accounts: Sequence[Account]) -> list[Account]:
    """Reports by the day of publication, those of unknown day last."""
    return sorted(accounts, key=lambda account: (_day(account.article) or dt.date.max, account.article.id, account.event.id))


def first_outlets(accounts: Sequence[Account]) -> tuple[str, ...]:
    """The outlets of the first day on which the act was reported; days are all that is known of when an article came out."""
    days = [day for account in accounts if (day := _day(account.article))]
    first = [account.article for account in in_order(accounts) if days and _day(account.article) == min(days)]
    return tuple(dict.fromkeys(article.source for article in first if article.source))


def developments(accounts: Sequence[Account]) -> list[Step]:
    """The numbers of an act in the order in which they were reported, each where it differs from the one before of its kind."""
    last: dict[str, tuple[int | None, int | None]] = {}
    steps = []
    for event, article in in_order(accounts):
        for count in event.counts:
            bounds = (count.min, count.max)
            if last.get(count.kind) != bounds:
                last[count.kind] = bounds
                steps.append(Step(_day(article), count.kind, count.min, count.max, count.span.text, article.id, article.source))
    return steps


def disagreements(accounts: Sequence[Account]) -> list[Disagreement]:
    """What the reports of an act tell differently. Numbers of different days are a development and none; see `developments`."""
    found = [_numbers(accounts, kind) for kind in dict.fromkeys(c.kind for one in accounts for c in one.event.counts)]
    told: list[tuple[str, Callable[[Event], str | None]]] = [
        ("actor", lambda event: _sides(event.actors)),
        ("recipient", lambda event: _sides(event.recipients)),
        ("place", _place),
        ("status", lambda event: "did not happen" if event.status == "negated" else "happened"),
    ]
    found += [_told(about, [(value, one.article) for one in accounts if (value := read(one.event))]) for about, read in told]
    return [one for one in found if len(one.versions) > 1]


def _day(article: Article) -> dt.date | None:
    return article.date.start or article.date.end


def _numbers(accounts: Sequence[Account], kind: str) -> Disagreement:
    """The numbers of the last day on which any was told that no other number of that day may be."""
    told = [(count, one.article) for one in accounts for count in one.event.counts if count.kind == kind]
    last = max((_day(article) or dt.date.min for _, article in told), default=dt.date.min)
    of_day = [(count, article) for count, article in told if (_day(article) or dt.date.min) == last]
    apart = [(c, a) for c, a in of_day if any(not may_be_one(c, other) for other, _ in of_day)]
    return _told(kind, [(said(count), article) for count, article in apart])


def said(count: Count | Step) -> str:
    """A number with its bounds: `30`, `21 or more`, `at most 5`, `10 to 20`."""
    if count.min == count.max:
        return "?" if count.min is None else str(count.min)
    if count.max is None:
        return f"{count.min} or more"
    return f"at most {count.max}" if not count.min else f"{count.min} to {count.max}"


def _sides(entities: Sequence[Entity]) -> str | None:
    """Who it is by code, or by name or words where there is none; None where nobody is named."""
    return " + ".join(sorted({entity.code or entity.name or entity.span.text for entity in entities})) or None


def _place(event: Event) -> str | None:
    where = event.where
    if where is None or where.evidence != "named":
        return None
    return where.latin or where.name or where.country


def _told(about: str, told: Sequence[tuple[str, Article]]) -> Disagreement:
    by_value: dict[str, list[Article]] = {}
    for value, article in told:
        by_value.setdefault(value, []).append(article)
    versions = [
        Version(value, tuple(sorted({a.id for a in by})), tuple(sorted({a.source for a in by if a.source})))
        for value, by in by_value.items()
    ]
    return Disagreement(about, tuple(sorted(versions, key=lambda version: (-len(version.articles), version.value))))
