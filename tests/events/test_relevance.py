import pytest
from hypothesis import given
from hypothesis import strategies as st

from rasid.events.relevance import features_of, is_political, relevance

ACTS = [
    ("قصفت الطائرات الحربية مواقع المسلحين قرب الحدود وقتلت عشرة منهم.", 1),
    ("سلمت الأمم المتحدة أمس مساعدات غذائية إلى آلاف النازحين في المخيم.", 2),
    ("اتهمت الحكومة المعارضة بالتحريض على العنف ونددت بتصريحات زعيمها.", 3),
    ("التقى وزير الخارجية نظيره الفرنسي في باريس وبحثا العلاقات الثنائية.", 4),
]
NO_ACTS = [
    "تفتح الحديقة أبوابها للزوار من التاسعة صباحا حتى السادسة مساء.",
    "يحتوي التفاح على فيتامينات كثيرة تفيد الجسم.",
    "ويرد في المرفق الجدول الزمني المقترح للدورة.",
]


@pytest.mark.parametrize(("text", "quad"), ACTS)
def test_a_sentence_with_an_act_is_relevant_and_of_its_quad_class(text: str, quad: int) -> None:
    found = relevance(text)
    assert found.relevant
    assert found.quad == quad


@pytest.mark.parametrize("text", NO_ACTS)
def test_a_sentence_without_an_act_is_not_relevant_and_has_no_quad_class(text: str) -> None:
    assert relevance(text)[0::2] == (False, 0)


def test_an_article_about_fruit_is_not_worth_coding_and_one_about_an_attack_is() -> None:
    assert is_political(ACTS[0][0])
    assert not is_political(NO_ACTS[1])
    assert not is_political("")


def test_vowel_marks_and_hamzas_change_nothing() -> None:
    assert relevance("قَصَفَت الطائرات أهدافا") == relevance("قصفت الطائرات اهدافا")


@given(st.text())
def test_any_text_has_a_probability_and_a_quad_class_only_if_relevant(text: str) -> None:
    found = relevance(text)
    assert 0 <= found.p <= 1
    assert (found.quad > 0) == found.relevant


@given(st.text(alphabet="ابتثمنوليه ،0"))
def test_features_are_the_same_every_time(text: str) -> None:
    assert features_of(text) == features_of(text)
