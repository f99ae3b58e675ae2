"""Each room is given what no newspaper prints. RASID_FUZZ says for how many seconds each; without it, a few fixed examples."""

import datetime as dt
import io
import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.console import Console

from rasid.arabic.letters import INVISIBLE, MARKS, fold
from rasid.arabic.names import same_person
from rasid.arabic.sentences import split_sentences
from rasid.arabic.words import read_words
from rasid.coder import code, find_mentions
from rasid.contract import article_to_json
from rasid.errors import InputError
from rasid.model import Article, Page, PageDate
from rasid.pages import Reading, read_article, read_stream
from rasid.pages.found import OWN_ERROR, Failure
from rasid.record import add, open_record
from rasid.record.checking import check
from rasid.show.explain import explain
from rasid.show.report import report
from rasid.show.table import print_article
from rasid.stories.acts import acts_of
from rasid.stories.copies import copies_among
from rasid.stories.join import stories_among
from rasid.times import find_times
from tests.fuzz.hostile import FILES, GOOD

SECONDS = float(os.environ.get("RASID_FUZZ", "0"))
FIXED = 25  # examples, the same in every run
DATE = PageDate(dt.date(2021, 11, 24), dt.date(2021, 11, 24), "given")
PIECES = (
    *GOOD.replace(".", " .").split(),
    *(
        "قتل",
        "٢٠٢١",
        "24/11/2021",
        "مليون",
        "أول",
        "منذ",
        "الاثنين",
        "«",
        "»",
        '"',
        "(",
        ")",
        ":",
        "،",
        ".",
        "…",
        "\n",
        "و",
        "ال",
        "لن",
    ),
    *(
        "<p>",
        "</p>",
        "<script>",
        "<!--",
        "&#1605;",
        "<a href=",
        "]]>",
        "\0",
        "\ufeff",
        "\u2028",
        "ﷲ",
        "ﻻ",
        "ہ",
        "ی",
        "١,٢,٣",
        "1/1/1",
    ),
)
TEXTS = st.lists(
    st.one_of(st.sampled_from(PIECES), st.text(max_size=4), st.text(MARKS + INVISIBLE, max_size=3)), max_size=60
).map(" ".join)
ENCODINGS = st.sampled_from(("utf-8", "cp1256", "utf-16", "utf-16-be", "iso8859-6", "utf-8-sig"))
MIXED = st.lists(st.tuples(TEXTS, ENCODINGS), max_size=3).map(lambda parts: b"".join(t.encode(e, "ignore") for t, e in parts))
STARTS = st.sampled_from(
    (
        b"",
        b"<html><body>",
        b'{"text": "',
        b"\x1f\x8b\x08",
        b"PK\x03\x04",
        b"WARC/1.0\r\n",
        b"id,text\n",
        b"\x28\xb5\x2f\xfd",
        b"PAR1",
        b"<rss>",
    )
)
BYTES = st.builds(
    lambda start, middle, end: start + middle + end, STARTS, st.one_of(MIXED, st.binary(max_size=2000)), st.binary(max_size=50)
)


def _clean(content: bytes) -> None:
    with suppress(InputError):
        assert read_article(Page(content, "x")).text.strip()


def _find(content: bytes) -> None:
    for found in read_stream(io.BytesIO(content), "x", Reading()):
        assert not (isinstance(found, Failure) and found.reason.startswith(OWN_ERROR)), found


def _read(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    for sentence in split_sentences(text):
        assert text[sentence.start : sentence.end] == sentence.text
        for word in read_words(sentence.text, sentence.start):
            assert text[word.start : word.end] == word.form.text
    assert 0 <= same_person(text, text[::-1])[1] <= 1


def _when(text: str) -> None:
    for found in find_times(text, read_words(text), DATE, []):
        assert found.start is None or found.end is None or found.start <= found.end


def _who(text: str) -> None:
    for mention in find_mentions(Article("x", text, date=DATE)):
        assert text[mention.span.start : mention.span.end] == mention.span.text


def _code(text: str) -> None:
    coded = code(Article("x", text, text[:40], date=DATE))
    assert all(text[event.trigger.start : event.trigger.end] == event.trigger.text for event in coded.events)
    assert article_to_json(coded.article)
    assert "".join(report([coded]))


def _keep(text: str) -> None:
    with TemporaryDirectory() as folder, open_record(Path(folder) / "r.sqlite") as record:
        add(record, code(Article("x", text, date=DATE)), "x")
        assert list(check(record)) == []


def _compare(texts: tuple[str, str]) -> None:
    """Two articles, and the first once more: are they copies, and do they tell of the same acts?"""
    one, other = texts
    outlets = [(one, "a"), (other, "b"), (one, "c")]
    assert all(copy for copy in copies_among(outlets, outlets.__getitem__))
    coded = [code(Article(str(n), text, text[:40], date=DATE)) for n, (text, _) in enumerate(outlets)]
    acts = [act for article in coded for act in acts_of(article)]
    told = [act for story in stories_among(acts) for act in story.reports]
    assert len(told) == len(set(told)) <= len(acts)


def _show(text: str) -> None:
    coded = code(Article("x", text, text[:40], byline=text[:20], source=text[-20:], date=DATE))
    assert "".join(report([coded])).lower().count("<script") == "".join(report([])).lower().count("<script")
    print_article(Console(file=io.StringIO()), coded)
    for event in coded.events:
        assert list(explain(event))


ROOMS: dict[str, tuple[Callable[[Any], None], st.SearchStrategy[Any]]] = {
    "pages: an article": (_clean, BYTES),
    "pages: sources": (_find, BYTES),
    "arabic": (_read, TEXTS),
    "times": (_when, TEXTS),
    "actors": (_who, TEXTS),
    "events": (_code, TEXTS),
    "stories": (_compare, st.tuples(TEXTS, TEXTS)),
    "record": (_keep, TEXTS),
    "show": (_show, TEXTS),
}


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_survives_whatever_it_is_given(room: str) -> None:
    fuzz(*ROOMS[room])


def fuzz(survives: Callable[[Any], None], given_what: st.SearchStrategy[Any]) -> None:
    """Try it with examples: the same few in every run, or others until the time is up."""
    until = time.monotonic() + SECONDS
    bounds = settings(
        max_examples=500 if SECONDS else FIXED,
        derandomize=not SECONDS,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    while True:
        bounds(given(given_what)(survives))()
        if time.monotonic() >= until:
            return


def test_the_hostile_files_have_names_of_their_own() -> None:
    assert len({file.name for file in FILES}) == len(FILES)
