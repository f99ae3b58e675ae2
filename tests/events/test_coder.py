"""What holds for every article, whatever stands in it."""

import datetime as dt
from collections.abc import Iterator

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from rasid.coder import code, find_mentions
from rasid.model import Article, CodedArticle, PageDate, Span
from tests.events.test_cases import CASES

DAY = PageDate(dt.date(2021, 11, 24), dt.date(2021, 11, 24), "given")
WORDS = sorted(
    {
        word
        for path in (CASES / "events").glob("*.yaml")
        for row in yaml.safe_load(path.read_text(encoding="utf-8"))
        for word in row["text"].split()
    }
)
texts = st.lists(
    st.sampled_from([*WORDS, "،", ".", "«", "»", "(", ")", ":", "\n", "ـ", "\u200f", "12", "NATO"]), max_size=60
).map(" ".join)


def spans(coded: CodedArticle) -> Iterator[Span]:
    for event in coded.events:
        yield from (event.trigger, event.sentence, *event.attributed_to)
        yield from (entity.span for entity in (*event.actors, *event.recipients))
        yield from (span for report in event.also for span in (report.trigger, report.sentence))
        yield from (reason.span for reason in event.reasons if reason.span)
        yield from (place.span for place in (event.when, event.where) if place and place.span)


@settings(max_examples=150, deadline=None)
@given(texts)
def test_every_span_slices_back_to_the_text(text: str) -> None:
    coded = code(Article("x", text, date=DAY))
    for span in spans(coded):
        assert text[span.start : span.end] == span.text
    for mention in find_mentions(Article("x", text, date=DAY)):
        assert text[mention.span.start : mention.span.end] == mention.span.text


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=200))
def test_no_text_is_too_strange(text: str) -> None:
    code(Article("x", text))


@settings(max_examples=50, deadline=None)
@given(texts)
def test_coding_twice_gives_the_same(text: str) -> None:
    article = Article("x", text, date=DAY)
    assert code(article) == code(article)


@settings(max_examples=50, deadline=None)
@given(texts)
def test_event_ids_are_unique_in_an_article(text: str) -> None:
    ids = [event.id for event in code(Article("x", text, date=DAY)).events]
    assert len(ids) == len(set(ids))


def test_an_event_without_a_time_in_its_text_falls_back_on_the_page() -> None:
    (event,) = code(Article("x", "اعتقلت الشرطة التونسية ثلاثة محتجين في صفاقس.", date=DAY)).events
    assert event.when_from == "page"
    assert event.when is not None
    assert event.when.start == dt.date(2021, 11, 24)


def test_a_page_without_a_date_leaves_the_day_unknown() -> None:
    (event,) = code(Article("x", "اعتقلت الشرطة التونسية ثلاثة محتجين في صفاقس.")).events
    assert event.when is None
    assert event.when_from is None


def test_a_second_mention_of_an_act_is_evidence_not_an_event() -> None:
    text = "وقع المغرب وإسبانيا اليوم الأربعاء اتفاقا أمنيا في الرباط.\nووقع المغرب وإسبانيا الاتفاق بعد عام من المحادثات."
    signed = [event for event in code(Article("x", text, date=DAY)).events if event.type == "SUPPORT"]
    assert len(signed) == 1
    assert len(signed[0].also) == 1
