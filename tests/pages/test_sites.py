"""Pages of one invented site, with a line of its menu, a sentence of its own and a quotation that no rule of ours knows."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from rasid.cli_input import Read, read_one
from rasid.model import Page
from rasid.pages import Reading, Sites, read_article, read_pages, sites

MENU = "نافذة الوادي المفتوحة"
PROMO = "وتأتيكم نشرة الوادي كل مساء بأصوات مراسلينا."
QUOTED = "وقال الوزير إن الاتفاق لا يلزم أحدا."
BACKGROUND = (
    "وكانت الحكومة قد وقعت في الربيع الماضي اتفاقا مع الحركات المسلحة في الجنوب ينص على وقف إطلاق النار وتبادل الأسرى، "
    "غير أن تنفيذه تعثر أكثر من مرة بسبب خلافات على مواقع القوات."
)
STORIES = [
    ("رئيس الوزراء يصل إلى الخرطوم", "وصل رئيس الوزراء إلى الخرطوم صباح الأحد في زيارة تستمر يومين، والتقى عددا من المسؤولين."),
    ("محتجون يغلقون طريق الميناء", "أغلق محتجون طريق الميناء مساء الاثنين احتجاجا على انقطاع الكهرباء، وطالبوا بإقالة الوالي."),
    ("الجيش يستعيد بلدة في الغرب", "استعاد الجيش بلدة في الغرب بعد معارك استمرت ثلاثة أيام، وأسر عشرات من مقاتلي الحركة."),
    (
        "البرلمان يرفض مشروع الموازنة",
        "رفض البرلمان مشروع الموازنة بأغلبية كبيرة يوم الثلاثاء، ودعا الحكومة إلى تقديم مشروع آخر.",
    ),
    (
        "وفد أممي يزور مخيمات النازحين",
        "زار وفد من الأمم المتحدة مخيمات النازحين يوم الأربعاء، ووعد بزيادة المساعدات قبل الشتاء.",
    ),
    ("المحكمة تؤجل محاكمة الضباط", "أجلت المحكمة العليا محاكمة الضباط المتهمين إلى الشهر المقبل، وأمرت بإبقائهم في الحبس."),
    ("نقابة الأطباء تعلن الإضراب", "أعلنت نقابة الأطباء إضرابا عاما يبدأ يوم الخميس، وحملت وزارة الصحة مسؤولية تدهور الأوضاع."),
]
LAST = "وأضاف المصدر في بيان رقم {} أن المشاورات مستمرة، وأن نتائجها ستعلن في الأيام المقبلة."


def story(number: int, *more: str) -> list[str]:
    """The paragraphs of a story, `more` of them between its first and its last."""
    return [STORIES[number][1], *more, LAST.format(number + 1)]


def html(number: int, *more: str) -> str:
    """A page of the site: its menu's line under the first paragraph, its own sentence under the last."""
    first, *others = story(number, *more)
    body = "".join(f"<p>{line}</p>" for line in (first, MENU, *others, PROMO))
    title = STORIES[number][0]
    return f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{body}</article></body></html>"


def crawl(number: int, *more: str) -> str:
    """The same page as a crawl's text has it."""
    first, *others = story(number, *more)
    return "\n".join((STORIES[number][0], first, MENU, *others, PROMO))


def page(content: str, number: int, host: str = "wadi.example") -> Page:
    return Page(content, f"page {number}", url=f"https://{host}/{number}")


def texts(pages: list[Page], memory: Sites | None) -> list[list[str]]:
    return [read_article(one, sites=memory).text.split("\n") for one in pages]


@pytest.mark.parametrize("made", [html, crawl])
def test_what_stands_on_page_after_page_is_left_out_from_the_third_on(made: Callable[..., str]) -> None:
    pages = [page(made(number), number) for number in range(len(STORIES))]
    read = texts(pages, Sites())
    assert [(MENU in text, PROMO in text) for text in read] == [(True, True)] * 2 + [(False, False)] * 5
    assert read[2:] == [story(number) for number in range(2, len(STORIES))]


@pytest.mark.parametrize("made", [html, crawl])
def test_without_memory_each_page_is_read_as_if_it_were_alone(made: Callable[..., str]) -> None:
    pages = [page(made(number), number) for number in range(len(STORIES))]
    alone = [texts([one], Sites())[0] for one in pages]
    assert texts(pages, None) == alone
    assert all(MENU in text and PROMO in text for text in alone)


@pytest.mark.parametrize("made", [html, crawl])
@pytest.mark.parametrize("quoted", [QUOTED, BACKGROUND])
def test_a_sentence_that_pages_quote_stays(quoted: str, made: Callable[..., str]) -> None:
    quoting = (0, 1, 3, 4, 6)
    pages = [page(made(number, *[quoted] * (number in quoting)), number) for number in range(len(STORIES))]
    assert [quoted in text for text in texts(pages, Sites())] == [number in quoting for number in range(len(STORIES))]


def test_a_long_paragraph_under_an_article_stays_where_it_is_not_on_nearly_every_page() -> None:
    pages = [page("\n".join([*story(number), *[BACKGROUND] * (number != 1)]), number) for number in range(4)]
    assert [BACKGROUND in text for text in texts(pages, Sites())] == [True, False, True, True]


def test_a_long_paragraph_on_five_pages_with_different_headlines_is_left_out_from_the_fifth_on() -> None:
    others = ("وأفاد مراسلنا رقم {} بأن الهدوء عاد إلى المدينة.", "وذكر الشاهد رقم {} أن عددا من المنازل تضرر بعد القصف.")
    pages = [page(html(n, BACKGROUND, *(line.format(n) for line in others)), n) for n in range(len(STORIES))]
    assert [BACKGROUND in text for text in texts(pages, Sites())] == [True] * 4 + [False] * 3


def test_the_same_article_read_again_is_a_copy_and_the_same() -> None:
    pages = [page(html(0), number) for number in range(8)]
    read = texts(pages, Sites())
    assert read == read[:1] * 8


def test_a_copy_is_cleaned_as_the_first_was() -> None:
    memory = Sites()
    pages = [page(html(number), number) for number in range(5)]
    assert texts(pages, memory) == texts(pages, memory)


def test_an_article_that_grows_under_its_headline_stays_whole() -> None:
    more = [line for number in range(1, 6) for line in story(number)]
    versions = [page(crawl(0, *more[:number]), number) for number in range(8)]
    assert texts(versions, Sites()) == texts(versions, None)


def test_an_article_of_which_little_is_its_own_stays_whole() -> None:
    pages = [page(html(number, BACKGROUND), number) for number in range(len(STORIES))]
    assert all(BACKGROUND in text for text in texts(pages, Sites()))


def test_another_site_begins_anew() -> None:
    memory = Sites()
    texts([page(html(number), number) for number in range(4)], memory)
    assert PROMO in texts([page(html(4), 4, "other.example")], memory)[0]


def test_the_id_of_a_page_does_not_depend_on_what_was_read_before() -> None:
    memory = Sites()
    read = [read_article(page(html(number), number), sites=memory) for number in range(5)]
    alone = read_article(page(html(4), 4))
    assert (read[4].id, read[4].text == alone.text) == (alone.id, False)


def test_the_text_of_a_row_is_passed_on_whatever_was_read_before() -> None:
    memory = Sites()
    rows = [replace(page(crawl(number), number), is_text=True) for number in range(5)]
    assert [read_article(row, sites=memory).text for row in rows] == [row.content for row in rows]


def test_memory_does_not_grow(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_LINES", "_PAGES", "_SITES"):
        monkeypatch.setattr(sites, name, 10)
    memory = Sites()
    for number in range(100):
        sites.without_repeated([f"سطر {number} {line}" for line in range(30)], f"عنوان {number}", f"{number}.example", memory)
    assert [len(memory.lines), len(memory.texts), len(memory.titles), len(memory.pages)] == [10] * 4


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number in range(len(STORIES)):
        (tmp_path / f"{number}.html").write_text(html(number), encoding="utf-8")
    return tmp_path


def read_folder(folder: Path, reading: Reading) -> Iterator[str]:
    for found in read_pages([str(folder)], None, reading):
        read = read_one(found, None, reading)
        assert isinstance(read, Read)
        yield read.article.text


def test_the_files_of_a_folder_are_pages_of_one_site_if_the_reading_remembers(folder: Path) -> None:
    assert [PROMO in text for text in read_folder(folder, Reading(sites=Sites()))] == [True] * 2 + [False] * 5
    assert all(PROMO in text for text in read_folder(folder, Reading()))
