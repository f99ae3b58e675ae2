"""An article coded by hand, so that what is shown does not depend on what the coder finds."""

import datetime as dt
from dataclasses import replace

from rasid.model import (
    Article,
    CodedArticle,
    Count,
    Entity,
    Event,
    Interval,
    PageDate,
    Place,
    Reason,
    Report,
    Span,
)

WEDNESDAY = dt.date(2021, 11, 24)
TUESDAY = dt.date(2021, 11, 23)
TEXT = (
    "وصل وزير الدفاع سالم الحوراني إلى بغداد ليلة الثلاثاء، بحسب بيان.\n"
    "وقال إن الزيارة ناجحة <b>جدا</b>.\n"
    "وأصيب عشرون متظاهرا في هجوم شنه أبناء المنطقة."
)


def at(words: str) -> Span:
    """Where `words` first stand in the text."""
    start = TEXT.index(words)
    return Span(start, start + len(words), words)


def line(number: int) -> Span:
    """A line of the text."""
    return at(TEXT.split("\n")[number])


VISIT = Event(
    id="a9d64c9d7eeb3422",
    type="CONSULT",
    mode="visit",
    trigger=at("وصل"),
    sentence=line(0),
    actors=(Entity(at("وزير الدفاع سالم الحوراني"), "JOR", "GOV", "سالم الحوراني", "Salem Al-Hourani", "وزير الدفاع"),),
    recipients=(Entity(at("بغداد"), "IRQ", "GOV", latin="Iraq"),),
    when=Interval(TUESDAY, TUESDAY, at("ليلة الثلاثاء")),
    when_from="text",
    where=Place("IRQ", at("بغداد")),
    attributed_to=(at("بيان"),),
    also=(Report(at("الزيارة"), line(1)),),
    confidence=0.944,
    predicate="consult.yaml:14",
    coder="0+00000000",
    reasons=(
        Reason("type", "وصل (consult.yaml:14): CONSULT visit", at("وصل")),
        Reason("status", "reported as done or under way"),
        Reason("when", "the nearest time in its clause", at("ليلة الثلاثاء")),
        Reason("status", "of the other mention"),
    ),
)
ATTACK = Event(
    id="b0000000deadbeef",
    type="ASSAULT",
    status="historical",
    trigger=at("هجوم"),
    sentence=line(2),
    contexts=("military",),
    actors=(Entity(at("أبناء المنطقة")),),
    when=Interval(WEDNESDAY, WEDNESDAY),
    when_from="page",
    counts=(Count("wounded", 20, 20, at("عشرون متظاهرا")),),
    confidence=0.5,
    predicate="assault.yaml:3",
    coder="0+00000000",
)
ARTICLE = Article(
    "a1", TEXT, "زيارة إلى بغداد", "https://example.org/1", "الخبر", date=PageDate(WEDNESDAY, WEDNESDAY, "meta"), language="ar"
)
CODED = CodedArticle(ARTICLE, (VISIT, ATTACK))


def article(number: int) -> CodedArticle:
    """The same article again, under another id."""
    events = tuple(replace(event, id=f"{number:04x}{event.id[4:]}") for event in CODED.events)
    return replace(CODED, article=replace(ARTICLE, id=f"a{number}", url=f"https://example.org/{number}"), events=events)
