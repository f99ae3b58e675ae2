"""Letters: what is taken for the same when a word is looked up."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rasid.arabic.letters import INVISIBLE, MARKS, PRESENTATION_FORMS, fold, plain

LETTERS = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيٱپچژکڪڭگڤی"
ARABIC = st.text(alphabet=LETTERS + MARKS + INVISIBLE + "٠٩۰۹", max_size=12)
BARE = st.text(alphabet=LETTERS, min_size=1, max_size=9)
FORMS = [chr(code) for code in (*range(0xFB50, 0xFBB2), *range(0xFBD3, 0xFC5E), *range(0xFE80, 0xFEFD))]


@pytest.mark.parametrize(
    "spellings",
    [
        ["أمين", "امين", "آمين", "إمين", "ٱمين"],
        ["وزارة", "وزاره"],
        ["مصطفى", "مصطفي", "مصطفی"],
        ["رئيس", "رييس"],
        ["مؤتمر", "موتمر"],
        ["كوريا", "کوريا", "ڪوريا"],
        ["أكادير", "أڭادير"],
        ["غانتس", "گانتس"],
        ["باريس", "پاريس"],
        ["فيينا", "ڤيينا"],
        ["2021", "٢٠٢١", "۲۰۲۱"],
        ["محمد", "مُحَمَّدٌ", "محـــمد"],
        ["هذا", "هٰذا"],
        ["مصر", "\u202bمصر\u202c", "\u200fمصر", "م\u200dصر", "\ufeffمصر", "\u2067مصر\u2069"],
        ["مصر", "\ufee3\ufebc\ufeae"],
        ["لا", "\ufefb", "\ufefc"],
        ["وزارة", "\ufeed\ufeaf\ufe8d\ufead\ufe93"],
    ],
)
def test_spellings_of_one_word_are_the_same(spellings: list[str]) -> None:
    assert len({fold(spelling) for spelling in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("سلام", "شلام"), ("قتل", "فتل"), ("ماء", "ما"), ("حرب", "خرب"), ("صيف", "سيف"), ("دل", "ذل"), ("NATO", "nato")],
)
def test_different_words_stay_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=LETTERS + MARKS + INVISIBLE + "".join(FORMS)))
def test_folding_arabic_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(ARABIC)
def test_mark_or_invisible_character_is_never_left(text: str) -> None:
    assert not set(fold(text)) & set(MARKS + INVISIBLE)


@given(BARE)
def test_marks_between_letters_do_not_matter(word: str) -> None:
    for mark in MARKS + INVISIBLE:
        assert fold(mark.join(word) + mark) == fold(word)


@given(BARE)
def test_every_letter_stays_one_letter(word: str) -> None:
    assert len(fold(word)) == len(word)


@given(st.text(alphabet=LETTERS, max_size=9), st.text(alphabet=LETTERS, max_size=9))
def test_letter_is_folded_wherever_it_stands(one: str, other: str) -> None:
    assert fold(one + other) == fold(one) + fold(other)


def test_every_presentation_form_is_its_letters() -> None:
    assert [form for form in FORMS if fold(form) != fold(unicodedata.normalize("NFKC", form))] == []


def test_ligatures_of_whole_phrases_are_no_letters() -> None:
    assert fold("\ufdfa") == "\ufdfa"
    assert not any(chr(code) in PRESENTATION_FORMS for code in range(0xFDF0, 0xFE00))


@given(st.text().filter(lambda text: not re.search(f"[{PRESENTATION_FORMS}]", text)))  # those become letters, see above
def test_plain_keeps_all_but_marks_and_invisible_characters(text: str) -> None:
    assert plain(text) == "".join(letter for letter in text if letter not in MARKS + INVISIBLE)


def test_plain_keeps_letters_as_written() -> None:
    assert plain("إِدارةٌ\u200f مُصطفـى") == "إدارة مصطفى"
