import pytest
from hypothesis import given
from hypothesis import strategies as st

from rasid.arabic.numbers import read_number, read_ordinal
from rasid.arabic.words import read_words


@pytest.mark.parametrize(
    ("text", "value", "words"),
    [
        ("1400 قتيل", 1400, 1),
        ("1,400 قتيل", 1400, 1),
        ("١٤٠٠ قتيل", 1400, 1),
        ("١٬٤٠٠ قتيل", 1400, 1),
        ("۱۴ قتيلا", 14, 1),
        ("3 آلاف", 3000, 2),
        ("1.5 مليون", 1_500_000, 2),
        ("ثلاثة جنود", 3, 1),
        ("وثلاثون قتيلا", 30, 1),
        ("خمسة وعشرين", 25, 2),
        ("خمسة و عشرين", 25, 3),
        ("أحد عشر", 11, 2),
        ("اثني عشر", 12, 2),
        ("اثنتا عشرة", 12, 2),
        ("سبعة عشر يوما", 17, 2),
        ("مئة وأحد عشر", 111, 3),
        ("مئتين وخمسين", 250, 2),
        ("ثلاث مئة", 300, 2),
        ("خمسمئة", 500, 1),
        ("ألفي جندي", 2000, 1),
        ("ألفين وثلاثة", 2003, 2),
        ("ثلاثة آلاف وخمسمئة", 3500, 3),
        ("ألف وتسعمائة وثمانية وتسعين", 1998, 4),
        ("مائة وخمسة وثلاثين ألفا", 135_000, 4),
        ("مليونين وثلاثمئة ألف وخمسين", 2_300_050, 4),
        ("مئة ألف", 100_000, 2),
        ("الثلاثة الماضية", 3, 1),
        ("ثلاثة وأربعة", 3, 1),
    ],
)
def test_numbers(text: str, value: int, words: int) -> None:
    assert read_number(read_words(text), 0) == (value, words)


@pytest.mark.parametrize("text", ["", "جنود", "24/11/2021", "12:50", "1.5", "الثامن", "2003-2005"])
def test_what_is_no_number(text: str) -> None:
    assert read_number(read_words(text), 0) is None


@pytest.mark.parametrize(
    ("text", "value", "words"),
    [
        ("الأول من", 1, 1),
        ("والخامس", 5, 1),
        ("ثاني أيام", 2, 1),
        ("الحادي عشر", 11, 2),
        ("الثامن عشر", 18, 2),
        ("الثامنة عشرة", 18, 2),
        ("العشرين من", 20, 1),
        ("الثاني والعشرين", 22, 2),
        ("الثلاثين من", 30, 1),
        ("الحادي والثلاثين", 31, 2),
        ("الخامس والسادس", 5, 1),
    ],
)
def test_ordinals(text: str, value: int, words: int) -> None:
    assert read_ordinal(read_words(text), 0) == (value, words)


@pytest.mark.parametrize("text", ["", "ثلاثة", "عشرين جنديا", "الحادي"])
def test_what_is_no_ordinal(text: str) -> None:
    assert read_ordinal(read_words(text), 0) is None


UNITS = ["", "واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة"]
TENS = ["", "", "عشرون", "ثلاثون", "أربعون", "خمسون", "ستون", "سبعون", "ثمانون", "تسعون"]
HUNDREDS = ["", "مئة", "مئتان", "ثلاثمئة", "أربعمئة", "خمسمئة", "ستمئة", "سبعمئة", "ثمانمئة", "تسعمئة"]


def below_thousand(number: int) -> list[str]:
    hundreds, rest = divmod(number, 100)
    parts = [HUNDREDS[hundreds]] if hundreds else []
    if rest == 10:
        parts.append("عشرة")
    elif 10 < rest < 20:
        parts.append({11: "أحد", 12: "اثنا"}.get(rest, UNITS[rest - 10]) + " عشر")
    elif rest:
        parts += [part for part in (UNITS[rest % 10], TENS[rest // 10]) if part]
    return parts


def in_words(number: int) -> str:
    thousands, rest = divmod(number, 1000)
    parts: list[str] = []
    if thousands == 1:
        parts.append("ألف")
    elif thousands == 2:
        parts.append("ألفان")
    elif thousands:
        counted = below_thousand(thousands)
        counted[-1] += " آلاف" if 3 <= thousands <= 10 else " ألف"
        parts += counted
    return " و".join(parts + below_thousand(rest))


@given(st.integers(1, 999_999))
def test_numbers_in_words_are_read_back(number: int) -> None:
    words = read_words(in_words(number) + " قتيل")
    assert read_number(words, 0) == (number, len(words) - 1)


@given(st.integers(0, 10**12), st.sampled_from(["{}", "{:,}"]))
def test_digits_are_read_back(number: int, form: str) -> None:
    assert read_number(read_words(form.format(number)), 0) == (number, 1)
