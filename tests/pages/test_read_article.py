import datetime as dt
from pathlib import Path

import pytest

from rasid import pages
from rasid.errors import InputError
from rasid.model import Page
from rasid.pages import read_article

TEXT = "وصل وزير الخارجية الكويتي إلى الدوحة اليوم الاثنين في زيارة تستمر يومين، والتقى نظيره القطري."


def reason(content: bytes | str) -> str:
    with pytest.raises(InputError) as caught:
        read_article(Page(content, "page"))
    assert str(caught.value).startswith("page: ")
    return str(caught.value).removeprefix("page: ")


def test_a_text_is_an_article() -> None:
    article = read_article(Page(TEXT.encode(), "page.txt"))
    assert (article.text, article.language, article.date.evidence) == (TEXT, "ar", "unknown")


@pytest.mark.parametrize(
    "text", [" \u200fوصل\r\n\r\nالوفد\tأمس ", "ترك الرد", "", "<p>نص</p>", "An English text.", "متن فارسی است که می‌شود"]
)
def test_the_text_of_a_row_is_passed_on_as_it_is(text: str) -> None:
    assert read_article(Page(text, "rows.jsonl:1", id="7", is_text=True)).text == text


def test_a_row_keeps_what_it_says_of_itself() -> None:
    article = read_article(
        Page(TEXT, "r:1", id="7", url="https://a.example/1", title="ع", date=dt.date(2021, 11, 24), is_text=True)
    )
    assert (article.id, article.title, article.source, article.date.start) == ("7", "ع", "a.example", dt.date(2021, 11, 24))


def test_the_day_of_the_user_outweighs_that_of_a_row() -> None:
    article = read_article(Page(TEXT, "r:1", date=dt.date(2021, 11, 24), is_text=True), dt.date(2020, 1, 2))
    assert (article.date.start, article.date.evidence) == (dt.date(2020, 1, 2), "given")


def test_a_page_that_is_empty_says_so() -> None:
    assert reason(b" \n") == "the page is empty"


def test_html_without_text_says_so() -> None:
    assert reason("<html><body><script>1</script></body></html>") == "the page is empty: no text stands between its tags"


def test_a_binary_page_says_so() -> None:
    assert reason(b"\x89PNG\r\n\x1a\n\0\0") == "this is a picture, not text or HTML"


@pytest.mark.parametrize("wrap", ["{}", "<html><body><h1>x</h1><p>{}</p></body></html>"])
@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The two ministers met in Doha and signed an agreement on the border.", "English"),
        ("وزیر امور خارجه ایران گفت که این توافق برای هر دو کشور مهم است و با آن موافقت شد.", "Persian"),
        ("وزیر خارجہ نے کہا ہے کہ یہ معاہدہ خطے کے امن کے لیے بہت اہم ہے۔", "Urdu"),
        ("سەرۆکی هەرێم لەگەڵ باڵیۆزی ئەمریکا کۆبووەوە و باسی دۆخی ناوچەکەیان کرد.", "Kurdish"),
    ],
)
def test_a_page_in_another_language_says_which(wrap: str, text: str, language: str) -> None:
    assert reason(wrap.format(text)) == f"the page is not in Arabic (it looks like {language})"


def test_a_page_of_menus_says_that_it_holds_no_article() -> None:
    names = ("الرئيسية", "سياسة", "اقتصاد", "رياضة", "صحة", "ثقافة وفن", "أخبار العالم", "مقالات الرأي", "الطقس") * 3
    menu = "".join(f'<li><a href="/{place}">{name}</a></li>' for place, name in enumerate(names))
    assert reason(f"<html><body><ul>{menu}</ul></body></html>") == "no article was found on the page"


def test_a_page_that_is_too_large_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "LARGEST", 20)
    assert reason(TEXT).startswith("the page is larger than")


def test_cleaning_a_cleaned_text_changes_nothing() -> None:
    page = f"الرئيسية\nسياسة\nاقتصاد\nزيارة كويتية إلى الدوحة\n{TEXT}\nوأضاف البيان أن الجانبين بحثا العلاقات.\nترك الرد\nالاسم"
    once = read_article(Page(page, "page.txt")).text
    assert read_article(Page(once, "page.txt")).text == once == f"{TEXT}\nوأضاف البيان أن الجانبين بحثا العلاقات."


SAMPLES = sorted((Path(__file__).parents[2] / "samples/pages").iterdir())


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_cleaning_a_cleaned_sample_changes_nothing(path: Path) -> None:
    try:
        once = read_article(Page(path.read_bytes(), path.name)).text
    except InputError:
        return
    assert read_article(Page(once, "page.txt")).text == once


SHARED = Path(__file__).parents[3] / "shared"
without_shared = pytest.mark.skipif(not SHARED.exists(), reason="the shared pages are not there")


@without_shared
def test_the_seed_page_begins_and_ends_with_its_article() -> None:
    text = read_article(Page((SHARED / "seed/page.txt").read_bytes(), "page.txt")).text
    assert text.startswith("وقع المغرب وإسرائيل")
    assert text.endswith("بعد الإمارات والبحرين والسودان.")
    assert "تعليقك" not in text
