import datetime as dt
import json

import pytest

from rasid.errors import InputError
from rasid.model import Article, Page
from rasid.pages import read_article
from rasid.pages.html import parse

TITLE = "تونس تستضيف قمة لوزراء داخلية المغرب العربي"
LEAD = "تستضيف تونس يوم الخميس اجتماعا لوزراء داخلية دول المغرب العربي لبحث ملف الهجرة وأمن الحدود، بحسب بيان رسمي."
SECOND = "وقالت وزارة الداخلية التونسية إن الاجتماع سيناقش تبادل المعلومات وتدريب حرس السواحل في الدول الخمس."
THIRD = "وأوضح البيان أن وزير الداخلية الجزائري وصل مساء الثلاثاء إلى تونس، على أن يصل نظيره الليبي صباح الأربعاء."
LAST = "وكانت الدول الخمس عقدت آخر اجتماع من هذا النوع في نواكشوط قبل ثلاث سنوات، ولم يصدر عنه بيان مشترك حينها."
ARTICLE = [LEAD, SECOND, THIRD, LAST]
MENU = (
    "<ul>" + "".join(f'<li><a href="/{i}">{name}</a></li>' for i, name in enumerate(("الرئيسية", "سياسة", "اقتصاد"))) + "</ul>"
)


def page(body: str | None = None, head: str = "", below: str = "", above: str = "") -> str:
    body = "".join(f"<p>{line}</p>" for line in ARTICLE) if body is None else body
    head = f'<meta charset="utf-8"><title>{TITLE} - صحيفة المرسى</title>{head}'
    article = f"<article><h1>{TITLE}</h1>{above}<div class='entry'>{body}</div></article>"
    return (
        f'<!DOCTYPE html><html lang="ar" dir="rtl"><head>{head}</head>'
        f"<body><nav>{MENU}</nav><main>{article}{below}</main></body></html>"
    )


def read(html: str, url: str | None = None, date: dt.date | None = None) -> Article:
    return read_article(Page(html.encode(), "page.html", url=url), date)


def json_ld(**keys: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **keys}, ensure_ascii=False)}</script>'


def test_the_article_is_what_the_writer_wrote() -> None:
    assert read(page()).text == "\n".join(ARTICLE)


def test_comment_rules_at_the_end_are_not_the_article() -> None:
    rules = "<p>التعليقات المنشورة لا تعبر إلا عن رأي أصحابها، ويحتفظ الموقع بحق حذف ما يخالف شروط النشر.</p>"
    assert read(page(below=f"<div>{rules}</div>")).text == "\n".join(ARTICLE)


def test_a_window_of_comment_rules_is_not_taken_for_the_article() -> None:
    rules = "يرجى من السادة القراء احترام قواعد النقاش، وعدم نشر ما يخرج على موضوع الخبر أو يمس الأشخاص أو يروج للسلع. "
    body = "".join(f"<div><span>{line}</span></div>" for line in ARTICLE * 1)
    html = page(body=body).replace("<article>", "<div>").replace("</article>", "</div>")
    window = f'<article class="post-content entry-content"><p>{rules}</p><p>{rules * 2}</p></article>'
    text = read(html.replace("</main>", f"</main>{window}")).text
    assert all(line in text for line in ARTICLE)


def test_a_related_box_within_the_article_goes() -> None:
    box = '<div><h4>اقرأ أيضا</h4><ul><li><a href="/a">فوز الترجي في مباراة الأمس</a></li></ul></div>'
    body = f"<p>{LEAD}</p><p>{SECOND}</p>{box}<p>{THIRD}</p><p>{LAST}</p>"
    assert read(page(body=body)).text == "\n".join(ARTICLE)


@pytest.mark.parametrize("tag", ["div", "blockquote", "li", "td", "section"])
def test_a_paragraph_in_an_unusual_place_is_not_lost(tag: str) -> None:
    body = f"<p>{LEAD}</p><p>{SECOND}</p><{tag}>{THIRD}</{tag}><p>{LAST}</p>"
    assert THIRD in read(page(body=body)).text


def test_a_layout_of_tables_is_read_by_its_own_lines() -> None:
    menu = "<br>".join(
        f'<a href="p{i}.asp">{name}</a>' for i, name in enumerate(("أخبار محلية", "تقارير دولية", "بريد القراء"))
    )
    prices = "<b>أسعار العملات</b><br>دولار 15.66<br>يورو 18.70"
    body = "".join(f"<p><font>{line}</font></p>" for line in ARTICLE)
    rows = (
        "<tr><td colspan=3><b>النخيل اليومية</b><br>جريدة يومية سياسية</td></tr>"
        "<tr><td colspan=3>العدد 6214 - الأحد 27 يونيو 2021 م - 17 ذو القعدة 1442 هـ</td></tr>"
        f"<tr><td>{menu}</td><td><p><b>{TITLE}</b></p><p>كتب ـ سامي العلي:</p>{body}</td><td>{prices}</td></tr>"
        "<tr><td colspan=3>حقوق النشر محفوظة لمؤسسة النخيل اليومية</td></tr>"
    )
    head = "<html dir=rtl><head><title>النخيل اليومية - قمة مغاربية</title></head>"
    article = read(f"{head}<body><table>{rows}</table></body></html>")
    assert article.text == "\n".join(ARTICLE)
    assert (article.title, article.source, article.byline) == (TITLE, "النخيل اليومية", "سامي العلي")
    assert (article.date.start, article.date.evidence) == (dt.date(2021, 6, 27), "byline")
    assert article.date.reasons == ("the day at the top of the page",)


def test_a_table_of_figures_in_the_article_takes_nothing_from_it() -> None:
    table = "<table><tr><th>البلد</th><th>المهاجرون</th></tr><tr><td>تونس</td><td>1200</td></tr></table>"
    body = f"<p>{LEAD}</p><p>{SECOND}</p>{table}<p>{THIRD}</p><p>{LAST}</p>"
    assert all(line in read(page(body=body)).text for line in ARTICLE)


def test_a_line_ends_at_a_break_before_a_link_too() -> None:
    lines = parse("<div><a href=1>سياسة</a><br><a href=2>اقتصاد</a><br><b>رياضة</b></div>")[1]
    assert [line.text for line in lines] == ["سياسة", "اقتصاد", "رياضة"]


def test_kicker_headline_and_dateline_within_the_text_are_data_and_not_text() -> None:
    body = "".join(f"<p>{line}</p>" for line in ARTICLE)
    story = f"<p>قمة مغاربية</p><h1>{TITLE}</h1><p>رلى حدّاد - الأربعاء 24 نوفمبر 2021</p>{body}"
    article = read(f"<html><head><title>{TITLE} | جريدة المرسى</title></head><body><div>{story}</div></body></html>")
    assert (article.text, article.title, article.byline) == ("\n".join(ARTICLE), TITLE, "رلى حدّاد")
    assert (article.source, article.date.start) == ("جريدة المرسى", dt.date(2021, 11, 24))


def test_a_place_with_the_outlet_is_no_text() -> None:
    body = f"<div>تونس - بوابة المرسى</div>{''.join(f'<div>{line}</div>' for line in ARTICLE)}"
    html = f"<html><head><title>بوابة المرسى - {TITLE}</title></head><body><div>{TITLE}</div><div>{body}</div></body></html>"
    article = read(html)
    assert (article.text, article.title, article.source) == ("\n".join(ARTICLE), TITLE, "بوابة المرسى")
    assert article.byline is None


def test_titles_in_a_box_whose_heading_was_left_out_go() -> None:
    box = "<div><h5>قد يعجبك أيضا</h5><p>افتتاح مسار للدراجات في سوسة</p><p>أمطار على الشمال</p></div>"
    assert read(page(below=f"<div><p>هل كان هذا المقال مفيدا؟</p></div>{box}")).text == "\n".join(ARTICLE)


def test_a_link_to_another_article_between_paragraphs_goes() -> None:
    link = '<div><span>اقرأ المزيد</span><a href="/7">بالأرقام: صادرات الفوسفات خلال نيسان</a></div>'
    body = f"<div>{LEAD}</div><div>{SECOND}</div>{link}<div>{THIRD}</div><div>{LAST}</div>"
    assert read(page(body=body)).text == "\n".join(ARTICLE)


def test_paragraphs_between_line_breaks_are_lines() -> None:
    assert read(page(body="<br><br>".join(ARTICLE))).text == "\n".join(ARTICLE)


def test_the_day_is_that_of_json_ld() -> None:
    article = read(page(head=json_ld(datePublished="2021-11-24T10:00:00+01:00")))
    assert (article.date.start, article.date.evidence) == (dt.date(2021, 11, 24), "meta")


def test_the_day_is_read_from_json_ld_that_is_no_json() -> None:
    script = '<script type="application/ld+json">{"headline": "قمة "تونس"", "datePublished": "2021-11-24"}</script>'
    assert read(page(head=script)).date.start == dt.date(2021, 11, 24)


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2021-11-24T10:00:00+01:00">',
        '<meta property="article:published_time" content="الأربعاء، 24 نوفمبر 2021 - 12:09 م">',
        '<meta itemprop="datePublished" content="2021-11-24">',
        '<meta name="date" content="24/11/2021">',
        '<time datetime="2021-11-24T10:00">اليوم</time>',
    ],
)
def test_the_day_is_that_of_the_metadata(head: str) -> None:
    article = read(page(head=head))
    assert (article.date.start, article.date.end, article.date.evidence) == (
        dt.date(2021, 11, 24),
        dt.date(2021, 11, 24),
        "meta",
    )


def test_a_day_in_greenwich_gives_way_to_the_day_that_the_outlet_shows() -> None:
    head = '<meta property="article:published_time" content="2021-11-23T23:30:00+00:00">'
    article = read(page(head=head, above="<div>2021/11/24 - 1:30 صباحا</div>"))
    assert (article.date.start, article.date.evidence) == (dt.date(2021, 11, 24), "byline")


def test_the_day_is_that_of_the_line_under_the_headline() -> None:
    article = read(page(above="<div>الأربعاء 24 نوفمبر 2021</div>"))
    assert (article.date.start, article.date.evidence) == (dt.date(2021, 11, 24), "byline")


def test_the_day_is_that_of_the_address() -> None:
    article = read(page(), url="https://www.almarsa.example/2021/11/24/maghreb-summit.html")
    assert (article.date.start, article.date.evidence) == (dt.date(2021, 11, 24), "url")


def test_nothing_known_is_no_day_and_not_today() -> None:
    article = read(page(below="<footer>الجمعة 7 يناير 2022</footer>"))
    assert (article.date.start, article.date.end, article.date.evidence) == (None, None, "unknown")


def test_a_day_that_is_given_outweighs_all() -> None:
    article = read(page(head=json_ld(datePublished="2021-11-24")), date=dt.date(2020, 1, 2))
    assert (article.date.start, article.date.evidence) == (dt.date(2020, 1, 2), "given")


def test_headline_outlet_and_writer_are_those_of_the_page() -> None:
    head = json_ld(headline=TITLE, author={"name": "هالة بن سالم"}, publisher={"name": "صحيفة المرسى"})
    article = read(page(head=head))
    assert (article.title, article.source, article.byline) == (TITLE, "صحيفة المرسى", "هالة بن سالم")


def test_the_outlet_s_name_is_no_part_of_the_headline() -> None:
    head = f'<meta property="og:site_name" content="صحيفة المرسى"><meta property="og:title" content="{TITLE} | صحيفة المرسى">'
    assert read(page(head=head)).title == TITLE


@pytest.mark.parametrize(
    "above",
    [
        '<a href="/">صحيفة الميناء</a>',
        '<a routerlink="/">صحيفة الميناء</a>',
        '<a href="/"><img src="logo.gif" alt="صحيفة الميناء"></a>',
    ],
)
def test_the_outlet_is_what_a_link_to_the_front_page_says(above: str) -> None:
    html = page().replace(f"<title>{TITLE} - صحيفة المرسى</title>", f"<title>{TITLE}</title>")
    assert read(html.replace("<nav>", f"<nav>{above}")).source == "صحيفة الميناء"


def test_the_outlet_is_that_of_the_site_in_json_ld() -> None:
    script = '<script type="application/ld+json">{"@type": "WebSite", "name": "صحيفة الميناء"}</script>'
    assert read(page(head=script)).source == "صحيفة الميناء"


def test_the_outlet_is_that_of_the_copyright_line() -> None:
    html = page(below="<footer>جميع الحقوق محفوظة لصحيفة الميناء 2021</footer>")
    assert read(html.replace(" - صحيفة المرسى</title>", "</title>")).source == "صحيفة الميناء"


def test_the_outlet_is_at_least_the_host() -> None:
    assert (
        read(page().replace(" - صحيفة المرسى</title>", "</title>"), url="https://www.almarsa.example/news/7").source
        == "almarsa.example"
    )


def test_an_agency_that_signs_is_the_agency_and_no_writer() -> None:
    article = read(page(head=json_ld(author={"name": "رويترز"})))
    assert (article.agency, article.byline) == ("رويترز", None)


def test_an_agency_in_the_dateline_is_the_agency() -> None:
    article = read(page(body=f"<p>تونس (أ ف ب) - {LEAD}</p><p>{SECOND}</p><p>{LAST}</p>"))
    assert article.agency == "أ ف ب"


def test_the_same_page_has_the_same_id_and_another_page_another() -> None:
    one, other = page(), page(body=f"<p>{LEAD}</p><p>{THIRD}</p>")
    assert read(one).id == read(one).id != read(other).id


def test_bidi_controls_and_zero_width_marks_are_gone() -> None:
    body = "".join(f"<p>\u202b{line}\u202c\u200f</p>" for line in ARTICLE).replace("وزير", "وز\u200dير")
    assert read(page(body=body)).text == "\n".join(ARTICLE)


def test_a_page_nested_too_deeply_to_be_parsed_keeps_its_article() -> None:
    body = "<div>" * 5000 + "".join(f"<p>{line}</p>" for line in ARTICLE)
    article = read(page(body=body, head=json_ld(datePublished="2021-11-24")))
    assert (article.text, article.date.start) == ("\n".join(ARTICLE), dt.date(2021, 11, 24))


@pytest.mark.parametrize(
    "hostile",
    [
        f"<p>{LEAD}</p><script>alert('{SECOND}')</script><style>p {{}}</style><p>{LAST}</p>",
        "<div>" * 5000 + "".join(f"<p>{line}</p>" for line in ARTICLE) + "</div>" * 5000,
        "<b>" * 20000 + LEAD,
        "<p>" + LEAD + "<table><tr><td>" * 300 + LAST,
        f"<p>{LEAD}</p>&#0;&#xD800;&#x202E;<p>{LAST}\x00\x07</p>",
        f"<p {'a=' * 9000}>{LEAD}</p>",
        f"<![CDATA[{LEAD}]]><p>{LAST}</p><!-- {SECOND}",
    ],
    ids=["script", "deep", "inline", "tables", "entities", "attributes", "cdata"],
)
def test_a_hostile_page_gives_an_article_or_a_reason(hostile: str) -> None:
    try:
        article = read(page(body=hostile))
    except InputError as error:
        reason = str(error)
    else:
        reason = ""
        assert "alert" not in article.text
        assert not {"\x00", "\x07", "\u202e"} & set(article.text)
    assert "\n" not in reason
