"""Markup in every field that comes from a page: it is text on all pages, in the report, the notebook, charts and the feed."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

import pytest
from served import DAY, PASSWORD, TEXTS, Served, serving

from rasid.analysis.charts import draw, kinds
from rasid.analysis.watches import add_watch, report_new
from rasid.coder import code
from rasid.model import Article, CodedArticle, Entity, Event, Holder, PageDate, Quote, Span
from rasid.notebook import Coded
from rasid.record import EventQuery, add, open_record
from rasid.record.checking import check
from rasid.record.copies import compare_new_articles
from rasid.record.stories import make_stories
from rasid.show.report import report

MARK = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{7*7}}${7*7}<!--]]>"
URL = "javascript:alert(1)//"
WORDS = frozenset(("name", "latin", "role", "source", "agency", "byline", "title"))  # fields that hold words of a page
PAGES = 160  # of each language
_RUNS = re.compile(r"[\s\0-\x1f]*(javascript|data|vbscript):", re.IGNORECASE)
Attributes = list[tuple[str, str | None]]


class Found(HTMLParser):
    """What of a page a browser would run, and where its links lead."""

    def __init__(self) -> None:
        super().__init__()
        self.runs: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        given = {name: (value or "").strip() for name, value in attrs}
        own = given.get("src", "").startswith("/static/")
        if tag in ("script", "iframe", "object", "embed", "base") and not own:
            self.runs.append(f"<{tag} {given}>")
        for name, value in given.items():
            addressed = name in ("href", "src", "action", "formaction", "xlink:href", "data")
            if (
                name.startswith("on")
                or name in ("style", "srcdoc")
                or (addressed and re.match(r"[\s\0-\x1f]*(javascript|data|vbscript):", value, re.IGNORECASE))
            ):
                self.runs.append(f"{name}={value}")
        if tag == "a" and "href" in given:
            self.links.append(given["href"])

    handle_startendtag = handle_starttag


def found_in(page: str) -> Found:
    found = Found()
    found.feed(page)
    found.close()
    return found


def _marked(text: str) -> tuple[str, list[int]]:
    """A text with markup inside of each third word, and where each of its letters has come to stand."""
    out, places = "", list[int]()
    for n, letter in enumerate(text):
        places.append(len(out))
        out += letter
        if letter != " " and text[n - 1 : n] in ("", " ") and text[:n].count(" ") % 3 == 0:
            out += MARK
    return out, [*places, len(out)]


def hostile(coded: CodedArticle) -> CodedArticle:
    """The same article, whose page has markup in all that it says; spans still stand at their words."""
    text, places = _marked(coded.article.text)

    def turned(value: Any) -> Any:
        if isinstance(value, Span):
            start, end = places[value.start], places[value.end]
            return Span(start, end, text[start:end])
        if isinstance(value, tuple) and not hasattr(value, "_fields"):
            return tuple(map(turned, value))
        if is_dataclass(value) and not isinstance(value, type):
            changed = {}
            for field in fields(value):
                one = getattr(value, field.name)
                changed[field.name] = one + MARK if field.name in WORDS and isinstance(one, str) else turned(one)
            return replace(value, **changed)
        return value

    made: CodedArticle = turned(coded)
    return replace(made, article=replace(made.article, text=text, url=URL + MARK, id=f"{coded.article.id}/{MARK}"))


def _coded() -> Iterator[CodedArticle]:
    for id_, text in {**TEXTS, "again": TEXTS["a1"] + " وقتل 20 شخصا في هجوم على البصرة."}.items():
        article = Article(id_, text, "عنوان", None, "صحيفة", "وكالة", "بغداد - ليلى", PageDate(DAY, DAY, "given", ("يوم",)))
        coded = code(article)
        event = coded.events[0]
        who = Entity(event.trigger, "MAR", "GOV", "اسم", "Name", "وزير", Holder("اسم", "Name", "Q1"))
        quote = Quote(who, event.sentence, event.trigger, about=(who,), through=who, addressee=who)
        more = replace(
            event, actors=(who,), recipients=(who, Entity(event.trigger, None, "UAF")), attributed_to=(event.trigger,)
        )
        yield hostile(replace(coded, events=(more, *coded.events[1:]), quotes=(*coded.quotes, quote), persons=(who,)))


@pytest.fixture(scope="module")
def articles() -> list[CodedArticle]:
    return list(_coded())


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, articles: list[CodedArticle]) -> Iterator[Served]:
    path = tmp_path_factory.mktemp("hostile") / "record.sqlite"
    with open_record(path) as record:
        for article in articles:
            add(record, article, f"{MARK}.html")
        compare_new_articles(record)
        make_stories(record)
        add_watch(record, "all", EventQuery(), from_start=True)
        report_new(record, "all")
        assert list(check(record)) == []
    with serving(path) as running:
        yield running


def test_the_parser_sees_what_would_run() -> None:
    page = f'<p>{MARK}</p><a href=" JavaScript:x">a</a><script src="/static/x.js"></script>'
    assert len(found_in(page).runs) == 3
    assert found_in('<p title="&lt;script&gt;">&lt;script&gt;</p>').runs == []


def _crawl(served: Served, language: str) -> Iterator[tuple[str, str]]:
    """The pages to which links lead, breadth first: of each kind of address only some."""
    base = f"http://127.0.0.1:8000/{language}/"
    waiting, seen, often = [base], {base}, dict[str, int]()
    while waiting and len(seen) < 2000:
        url = waiting.pop(0)
        parts = urlsplit(url)
        kind = "/".join(parts.path.split("/")[:3]) + "?" + "&".join(sorted(re.findall(r"(\w+)=", parts.query)))
        often[kind] = often.get(kind, 0) + 1
        if often[kind] > 3 or sum(often.values()) > PAGES:
            continue
        answer = served.client.get(url)
        yield url, answer.text
        assert answer.status_code in (200, 404), (url, answer.text[:300])
        if answer.headers["content-type"].startswith("text/html"):
            assert "'unsafe" not in answer.headers["content-security-policy"]
            assert "script-src 'self'" in answer.headers["content-security-policy"]
            links = (urljoin(url, link).partition("#")[0] for link in found_in(answer.text).links)
            new = [
                link for link in dict.fromkeys(links) if link.startswith(base) and link not in seen and "/logout" not in link
            ]
            seen.update(new)
            waiting += new


@pytest.mark.parametrize("language", ["ar", "en"])
def test_on_every_page_it_is_text(served: Served, language: str) -> None:
    served.client.post("/api/v1/session", json={"name": "editor", "password": PASSWORD})
    pages = dict(_crawl(served, language))
    served.client.cookies.clear()
    assert len(pages) > 40
    assert sum("&lt;script&gt;alert(1)" in page for page in pages.values()) > 20
    assert {url: found_in(page).runs for url, page in pages.items() if found_in(page).runs} == {}
    assert not [url for url, page in pages.items() if "49$" in page]  # no template was run


def test_a_text_that_is_typed_is_text(served: Served) -> None:
    for path in (f"/en/events?words={MARK}&actor={MARK}", f"/en/search?words={MARK}", f"/en/{MARK}", f"/en/events/{MARK}"):
        page = served.client.get(path).text
        assert found_in(page).runs == []
    page = served.client.post("/en/code", data={"text": MARK, "title": MARK, "date": MARK}).text
    assert found_in(page).runs == []
    assert "&lt;script&gt;" in page


def test_in_the_report_and_in_a_notebook_it_is_text(articles: list[CodedArticle]) -> None:
    bare = Found()
    bare.feed("".join(report([])))
    page = found_in("".join(report(articles)))
    assert [one for one in page.runs if not one.startswith("style=")] == [
        one for one in bare.runs if not one.startswith("style=")
    ]
    assert not [one for one in page.links if one.lower().startswith("javascript:")]
    assert not [one for one in page.runs if "alert" in one]
    for article in articles:
        shown = found_in(Coded.of(article)._repr_html_())
        assert not [one for one in shown.runs if not one.startswith("style=") or "alert" in one]
        assert not [one for one in shown.links if one.lower().startswith("javascript:")]


@pytest.mark.parametrize("kind", ["map", "relation"])  # which show words of pages; the others show codes
def test_in_charts_it_is_text(served: Served, tmp_path: Path, kind: str) -> None:
    least, _ = kinds()[kind]
    actors = ("MAR", "ISR")[:least]
    with open_record(served.settings.record) as record:
        for suffix in ("svg", "html"):
            draw(record, kind, actors, tmp_path / f"chart.{suffix}")
    drawn = ElementTree.parse(tmp_path / "chart.svg")
    assert not [one.tag for one in drawn.iter() if one.tag.endswith(("script", "foreignObject"))]
    assert not [name for one in drawn.iter() for name in one.attrib if name.lower().startswith("on")]
    page = (tmp_path / "chart.html").read_text(encoding="utf-8")
    scripts = re.findall(r"<script([^>]*)>(.*?)</script>", page, re.DOTALL)
    assert [given for given, _ in scripts] == [' type="module"', ' type="application/json" id="spec"']
    assert page.lower().count("</script") == 2
    assert "alert(1)" not in scripts[0][1]
    assert "<" not in scripts[1][1]
    assert found_in(page.partition("<script")[0]).runs == []


def test_in_a_feed_it_is_text(served: Served) -> None:
    answer = served.client.get("/api/v1/watches/all/feed")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(answer.content)
    assert {one.tag.rpartition("}")[2] for one in feed.iter()}.isdisjoint({"script", "img"})
    assert not [one.attrib["href"] for one in feed.iter() if one.attrib.get("href", "").lower().startswith("javascript:")]
    assert b"&lt;script&gt;" in answer.content


def test_in_the_api_it_is_json_that_no_browser_takes_for_a_page(served: Served) -> None:
    for path in ("/events", "/articles", "/quotes", "/actors", "/search?words=المغرب", "/events?format=csv"):
        answer = served.client.get(f"/api/v1{path}")
        assert not answer.headers["content-type"].startswith("text/html")
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_no_event_of_the_record_is_lost_to_it(served: Served, articles: list[CodedArticle]) -> None:
    events: list[Event] = [event for article in articles for event in article.events]
    rows = served.client.get("/api/v1/events", params={"limit": 1000}).json()["items"]
    assert len(rows) == len(events)
    assert any(MARK in row["sentence"] for row in rows)
