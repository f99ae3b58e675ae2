import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rasid.pages.lines import read_lines, tidy
from rasid.pages.plain import Found, find_article

TITLE = "الأردن والعراق يوقعان اتفاقا لربط شبكتي الكهرباء"
LEAD = "وقع الأردن والعراق في عمان اليوم الأربعاء اتفاقا لربط شبكتي الكهرباء في البلدين، بعد مفاوضات استمرت نحو عامين."
SECOND = "وقال وزير الطاقة الأردني إن المرحلة الأولى من المشروع ستبدأ مطلع العام المقبل بقدرة 150 ميغاواط."
SHORT = "ولم يصدر تعليق عن الجانب العراقي."
LAST = "وكان البلدان اتفقا العام الماضي على إنشاء خط للنقل يربط محطة القائم بمحطة الريشة شرقي الأردن."
ARTICLE = [LEAD, SECOND, SHORT, LAST]
MENU = ["الرئيسية", "سياسة", "اقتصاد", "رياضة", "منوعات", "مقالات", "فيديو", "صحة", "تكنولوجيا", "ثقافة"]
TICKER = [
    "أخبار عاجلة",
    "فوز الفيصلي على الوحدات بهدفين",
    "انخفاض أسعار الذهب عالميا",
    "أمطار غزيرة في شمال المملكة مساء اليوم",
]
FORM = ["اترك تعليقا", "لن يتم نشر عنوان بريدك الإلكتروني.", "الاسم", "البريد الإلكتروني"]
RELATED = ["مواضيع ذات صلة", "وزير النقل يفتتح طريقا جديدا في إربد", "ارتفاع عدد السياح في البتراء", "تأجيل مباراة المنتخب"]
FOOTER = ["من نحن", "اتصل بنا", "جميع الحقوق محفوظة لصحيفة الميناء 2021"]


def find_article_in(text: str) -> Found | None:
    return find_article(read_lines(text))


def read(*lines: str) -> Found:
    found = find_article_in("\n".join(lines))
    assert found is not None
    return found


def test_an_article_alone_is_kept_whole() -> None:
    assert read(*ARTICLE).text == ARTICLE


def test_an_article_is_found_among_menus_tickers_boxes_and_forms() -> None:
    page = [*MENU, *TICKER, *MENU, TITLE, "24 نوفمبر 2021", *ARTICLE, "شارك", *RELATED, *FORM, *FOOTER]
    assert read(*page).text == ARTICLE


def test_a_comment_form_goes_with_the_comments_under_it() -> None:
    comment = "أنا أعتقد أن هذا المشروع تأخر كثيرا وكان يجب أن يبدأ قبل عشر سنوات على الأقل، والله أعلم بما سيحدث."
    assert read(*ARTICLE, "تعليقات الزوار", "أبو أحمد", comment, comment[::-1]).text == ARTICLE


def test_a_box_within_the_article_splits_nothing_off() -> None:
    assert read(*MENU, TITLE, LEAD, *RELATED, SECOND, SHORT, LAST, *FOOTER).text == ARTICLE


def test_subheadings_stay() -> None:
    page = [*MENU, TITLE, LEAD, SECOND, "خط جديد للنقل", LAST, *FORM]
    assert read(*page).text == [LEAD, SECOND, "خط جديد للنقل", LAST]


def test_a_last_sentence_without_its_stop_stays() -> None:
    last = "وأعلن الجانبان أن الاجتماع المقبل سيعقد في بغداد بعد شهر"
    assert read(*MENU, TITLE, LEAD, SECOND, last, *FORM).text[-1] == last


def test_the_headline_is_data_and_not_text() -> None:
    found = read(*MENU, TITLE, "سامي العلي", "24 نوفمبر 2021", *ARTICLE, *FORM)
    assert found.title == TITLE
    assert TITLE not in found.text


def test_the_dateline_is_data_and_not_text() -> None:
    found = read(*MENU, TITLE, "كتب سامي العلي", "الأربعاء 24 نوفمبر 2021", *ARTICLE)
    assert (found.dateline.byline, found.dateline.date, found.text) == ("سامي العلي", dt.date(2021, 11, 24), ARTICLE)


def test_the_day_at_the_top_of_a_page_is_not_the_day_of_the_article() -> None:
    found = read("الجمعة 7 يناير 2022", *MENU, *TICKER, *MENU, TITLE, *ARTICLE)
    assert found.dateline.date is None


def test_the_outlet_is_read_from_the_first_line_as_browsers_show_it() -> None:
    assert read(f"{TITLE} - صحيفة الميناء", *MENU, TITLE, *ARTICLE).outlet == "صحيفة الميناء"


def test_the_outlet_is_read_from_the_copyright_line() -> None:
    assert read(*MENU, TITLE, *ARTICLE, *FORM, *FOOTER).outlet == "صحيفة الميناء"


def test_a_text_that_does_not_say_whose_it_is_has_no_outlet() -> None:
    assert read(*MENU, TITLE, *ARTICLE, *FORM).outlet is None


def test_an_agency_in_a_caption_is_not_the_article_s() -> None:
    assert read(*MENU, TITLE, "جانب من توقيع الاتفاق في عمان (رويترز)", *ARTICLE).agency is None


def test_a_line_alone_is_an_article() -> None:
    assert read("مقتل ثلاثة جنود في هجوم شمال سيناء").text == ["مقتل ثلاثة جنود في هجوم شمال سيناء"]


def test_a_page_of_menus_and_headlines_is_no_article() -> None:
    assert find_article_in("\n".join([*MENU, *TICKER, *RELATED, *MENU, *FOOTER])) is None


@pytest.mark.parametrize("text", ["", "\n\n", "الرئيسية", "12:30"])
def test_nothing_is_no_article(text: str) -> None:
    assert find_article_in(text) is None


_FURNITURE = st.lists(st.sampled_from(MENU + TICKER + ["شارك", "12:30", "Tweet"]), max_size=20)


@given(_FURNITURE, st.lists(st.sampled_from([LEAD, SECOND, LAST]), min_size=2, max_size=3, unique=True), _FURNITURE)
@settings(max_examples=60)
def test_no_sentence_is_lost_whatever_stands_around(above: list[str], article: list[str], below: list[str]) -> None:
    found = read(*above, *article, *below)
    assert [line for line in found.text if line in article] == article


@given(st.text(max_size=600))
@settings(max_examples=60)
def test_any_text_is_read_without_error(text: str) -> None:
    found = find_article_in(text)
    assert found is None or all(line == tidy(line) for line in found.text)
