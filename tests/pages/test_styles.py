"""Pages in the styles of many outlets, filled with our own articles: what the writer wrote comes out, and all of it."""

import itertools
import json
import re
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from rasid.arabic.sentences import split_sentences
from rasid.model import Article, Page
from rasid.pages import html, read_article
from rasid.pages.lines import letters_of

ROOT = Path(__file__).parents[2]
STYLES = sorted((ROOT / "tests" / "cases" / "pages" / "styles").glob("*.html"))
ARTICLES = [json.loads(row) for row in (ROOT / "training" / "own" / "articles.jsonl").read_text(encoding="utf-8").splitlines()]
SHORT, QUOTE = "وقال: لن نتراجع.", "«هذه خطوة أولى على طريق طويل» كما وصفها أحد الحاضرين"
# What the templates themselves say within the article: headings, questions, what leads on to a list.
OWN = {"موقف متشدد", "وجاء في البيان ما يلي:", "كيف تقرأون ما حدث؟", "وما موقفكم من الاتفاق؟", "هل من كلمة أخيرة؟"}
# One teaser after the article, in a text without tags, might as well be its last paragraph: rather kept than lost.
MAY_BE = "صدر عن قيادة الجيش بيان"


class Filled(NamedTuple):
    """A page, and what it holds."""

    page: str
    title: str
    paragraphs: list[str]


def fill(style: Path, row: dict[str, Any]) -> Filled:
    sentences = [span.text for span in split_sentences(row["text"])]
    parts = {f"p{number}": text for number, text in enumerate([" ".join(sentences[:2]), *sentences[2:7]], 1)}
    values = {"title": row["title"], "short": SHORT, "quote": QUOTE, **parts}
    template = style.read_text(encoding="utf-8")
    names = re.findall(r"\{(p\d|short|quote)\}", template)
    page = re.sub(r"\{(\w+)\}", lambda match: values.get(match[1], match[0]), template)
    return Filled(page, row["title"], [values[name] for name in names])


def crawled(page: str) -> str:
    """The page as a crawl keeps it: the title, and its lines without tags."""
    title = re.search("<title>(.*?)</title>", page)
    assert title
    return "\n".join([title[1], *(line.text for line in html.parse(page)[1])])


def lost(article: Article, filled: Filled) -> list[str]:
    whole = letters_of(article.text)
    return [text for text in filled.paragraphs if letters_of(text) not in whole]


def foreign(article: Article, filled: Filled) -> list[str]:
    own = [letters_of(text) for text in (*filled.paragraphs, *OWN)]
    lines = [line for line in article.text.splitlines() if not line.startswith(MAY_BE)]
    return [line for line in lines if not any(text in letters_of(line) for text in own)]


CASES = [*itertools.product(STYLES, [row for row in ARTICLES if len(split_sentences(row["text"])) >= 8][:4])]
NAMES = [f"{style.stem}-{row['id']}" for style, row in CASES]


@pytest.mark.parametrize(("style", "row"), CASES, ids=NAMES)
def test_html_gives_the_article_whole_and_nothing_else(style: Path, row: dict[str, Any]) -> None:
    filled = fill(style, row)
    article = read_article(Page(filled.page.encode(), style.name))
    assert (lost(article, filled), foreign(article, filled)) == ([], [])
    assert article.title == filled.title
    assert str(article.date.start) == "2022-05-17"
    assert article.source


@pytest.mark.parametrize(("style", "row"), CASES, ids=NAMES)
def test_crawl_text_gives_the_article_whole_and_nothing_else(style: Path, row: dict[str, Any]) -> None:
    filled = fill(style, row)
    article = read_article(Page(crawled(filled.page).encode(), style.name))
    assert (lost(article, filled), foreign(article, filled)) == ([], [])


@pytest.mark.parametrize(
    ("style", "writer"),
    [("02", "محمود عبد الحميد"), ("03", "رشيد أمزيان"), ("08", "ليلى بن سالم")],
)
def test_the_writer_is_named_by_page_and_by_crawl_text(style: str, writer: str) -> None:
    (path,) = (path for path in STYLES if path.name.startswith(style))
    page = fill(path, ARTICLES[0]).page
    assert read_article(Page(page.encode(), "page")).byline == writer
    assert read_article(Page(crawled(page).encode(), "text")).byline == writer
