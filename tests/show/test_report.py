"""The report, read back as a browser reads it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import lxml.html
from made import ARTICLE, CODED, TEXT, article

from rasid.model import CodedArticle
from rasid.show.report import fragment, report


def tree(*articles: CodedArticle) -> Any:
    return lxml.html.fromstring("".join(report(articles)))


def test_the_text_of_an_article_comes_back_whole() -> None:
    paragraphs = tree(CODED).xpath("//p[@class='text']")
    for sup in (sup for paragraph in paragraphs for sup in paragraph.xpath(".//sup")):
        sup.drop_tree()
    assert "\n".join(paragraph.text_content() for paragraph in paragraphs) == TEXT


def test_every_event_and_its_words_lead_to_each_other() -> None:
    page = tree(CODED)
    ids = set(page.xpath("//@id"))
    links = [link.removeprefix("#") for link in page.xpath("//@href") if link.startswith("#")]
    assert len(ids) == len(page.xpath("//@id"))
    assert set(links) <= ids
    assert {"a1-t1", "a1-e1", "a1-t2", "a1-e2"} <= set(links)


def test_events_stand_beside_the_paragraph_that_says_them() -> None:
    first, second, third = tree(CODED).xpath("//div[@class='paragraph']")
    assert "CONSULT visit" in first.text_content()
    assert not second.xpath(".//li")
    assert "20 wounded" in third.text_content()
    assert "military" in third.text_content()


def test_evidence_of_every_kind_is_marked() -> None:
    marks = {mark.get("class"): mark.text for mark in tree(CODED).xpath("//article//mark")}
    assert marks["trigger q4"] in ("وصل", "الزيارة")
    assert marks["said"] == "بيان"
    assert "who circumstance" in marks


def test_what_pages_say_stays_text() -> None:
    evil = '</style><script>alert(1)</script><img src=x onerror="alert(1)">'
    page = tree(replace(CODED, article=replace(ARTICLE, title=evil, source=evil, url="javascript:alert(1)", byline=evil)))
    assert not page.xpath("//script | //img | //b")
    assert page.xpath("string(//h2)") == evil
    assert not [link for link in page.xpath("//@href") if link.startswith("javascript")]


def test_nothing_is_fetched_and_no_script_runs() -> None:
    source = "".join(report([CODED]))
    assert "default-src 'none'" in source
    assert not re.search(r"url\(|@import|<link|<script|src=", source)


def test_arabic_is_marked_as_such_and_runs_from_the_right() -> None:
    page = tree(CODED)
    assert page.xpath("//p[@class='text'][1]/@lang")[0] == "ar"
    assert {bdi.get("dir") for bdi in page.xpath("//li//dd/bdi | //li//dd//span/bdi")} == {"rtl"}


def test_light_and_dark_are_both_there() -> None:
    assert "prefers-color-scheme: dark" in "".join(report([CODED]))


def test_articles_are_written_as_they_come() -> None:
    asked = []

    def articles() -> Iterator[CodedArticle]:
        for number in range(1, 4):
            asked.append(number)
            yield article(number)

    pieces = report(articles())
    seen = ""
    while 'id="a1"' not in seen:
        seen += next(pieces)
    assert asked == [1]
    rest = "".join(pieces)
    assert 'href="#a3"' in rest


def test_an_article_without_events_says_so() -> None:
    assert "no political event found" in "".join(report([CodedArticle(ARTICLE)]))


def test_two_fragments_on_one_page_do_not_share_ids() -> None:
    page = lxml.html.fromstring(f"<div>{fragment(article(1))}{fragment(article(2))}</div>")
    assert len(set(page.xpath("//@id"))) == len(page.xpath("//@id"))
