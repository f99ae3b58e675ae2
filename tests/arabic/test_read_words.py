"""Words with their clitics: where each stands, and every way it can be taken apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rasid.arabic.letters import INVISIBLE, MARKS, fold
from rasid.arabic.words import Form, Kind, Reading, forget, per_form, read_form, read_words

LETTERS = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي"
WORDS = st.text(alphabet=LETTERS, min_size=1, max_size=10)
NEWS_LIKE = st.text(alphabet=LETTERS + MARKS + INVISIBLE + " \n،.:«»\"()-0129٠٩/٪Aé'\ufefb\ufee3")


def said(text: str) -> list[tuple[str, Kind]]:
    return [(word.form.text, word.form.kind) for word in read_words(text)]


def apart(word: str) -> set[tuple[str, str, bool, str, str]]:
    return set(read_form(word).readings)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("قال: «نعم».", [("قال", "word"), (":", "mark"), ("«", "mark"), ("نعم", "word"), ("»", "mark"), (".", "mark")]),
        ("سلام،عليكم", [("سلام", "word"), ("،", "mark"), ("عليكم", "word")]),
        ("مصر-ليبيا", [("مصر", "word"), ("-", "mark"), ("ليبيا", "word")]),
        ("قتل 1,200 في 24/11/2021", [("قتل", "word"), ("1,200", "number"), ("في", "word"), ("24/11/2021", "number")]),
        ("٣٫٥ و۱۲", [("٣٫٥", "number"), ("و", "word"), ("۱۲", "number")]),
        ("عام 2021م.", [("عام", "word"), ("2021", "number"), ("م", "word"), (".", "mark")]),
        ("2021.", [("2021", "number"), (".", "mark")]),
        ("NATO وCOVID-19", [("NATO", "latin"), ("و", "word"), ("COVID-19", "latin")]),
        ("G7 à l'Aquila", [("G7", "latin"), ("à", "latin"), ("l'Aquila", "latin")]),
        ("", []),
        (" \n\t", []),
        ("ـ \u200f", []),
    ],
)
def test_text_is_words_numbers_and_marks(text: str, kinds: list[tuple[str, Kind]]) -> None:
    assert said(text) == kinds


@pytest.mark.parametrize("word", ["الحكومـــة", "مُحَمَّدٌ", "م\u200fصر", "كي\u200cمون", "\ufee3\ufebc\ufeae", "\ufefbعب"])
def test_tatweel_marks_and_presentation_forms_do_not_break_a_word(word: str) -> None:
    [found] = read_words(word)
    assert (found.start, found.end, found.form.text, found.form.fold) == (0, len(word), word, fold(word))


def test_invisible_character_before_a_word_is_not_of_it() -> None:
    [word] = read_words("\u202bمصر")
    assert (word.start, word.form.text) == (1, "مصر")


def test_offset_is_added_to_every_place() -> None:
    assert [(word.start, word.end) for word in read_words("وصل الوفد", 100)] == [(100, 103), (104, 109)]


@given(NEWS_LIKE, st.integers(0, 1000))
def test_places_slice_back_to_the_words(text: str, offset: int) -> None:
    for word in read_words(text, offset):
        assert text[word.start - offset : word.end - offset] == word.form.text


@given(st.one_of(NEWS_LIKE, st.text()))
def test_words_stand_in_order_and_do_not_overlap(text: str) -> None:
    after = 0
    for word in read_words(text):
        assert after <= word.start < word.end
        after = word.end


@given(st.one_of(NEWS_LIKE, st.text()))
def test_nothing_visible_is_left_out(text: str) -> None:
    read = {place for word in read_words(text) for place in range(word.start, word.end)}
    left = {letter for place, letter in enumerate(text) if place not in read}
    assert all(letter.isspace() or letter in MARKS + INVISIBLE + "#_" for letter in left)


def test_same_word_has_one_form() -> None:
    first, _, again = read_words("وصل الوفد وصل")
    assert first.form is again.form


@pytest.mark.parametrize(
    ("word", "reading"),
    [
        ("وزيرة", ("", "", False, "وزيره", "")),
        ("الوزيرة", ("", "", True, "وزيره", "")),
        ("وبالوزيرة", ("و", "ب", True, "وزيره", "")),
        ("فالوزير", ("ف", "", True, "وزير", "")),
        ("بالوزير", ("", "ب", True, "وزير", "")),
        ("كالوزير", ("", "ك", True, "وزير", "")),
        ("للوزير", ("", "ل", True, "وزير", "")),
        ("ولكينيا", ("و", "ل", False, "كينيا", "")),
        ("بموسكو", ("", "ب", False, "موسكو", "")),
        ("زيارته", ("", "", False, "زياره", "ه")),
        ("زيارتهما", ("", "", False, "زياره", "هما")),
        ("بلادهم", ("", "", False, "بلاد", "هم")),
        ("وبلادها", ("و", "", False, "بلاد", "ها")),
        ("اعتقلتها", ("", "", False, "اعتقلت", "ها")),
        ("لقاؤنا", ("", "", False, "لقاو", "نا")),
    ],
)
def test_word_can_be_taken_apart(word: str, reading: tuple[str, str, bool, str, str]) -> None:
    assert reading in apart(word)


@pytest.mark.parametrize("word", ["الوزيرها", "وبالفقيه", "للوجوه"])
def test_word_with_the_article_bears_no_pronoun(word: str) -> None:
    readings = read_form(word).readings
    assert any(reading.article for reading in readings)
    assert not any(reading.article and reading.pronoun for reading in readings)


@pytest.mark.parametrize("word", ["زيارة", "وزارةً", "فقيـهـة"])
def test_ta_marbuta_is_no_pronoun(word: str) -> None:
    assert not any(reading.pronoun for reading in read_form(word).readings)


@pytest.mark.parametrize("word", ["و", "ال", "ول", "في", "به", "لا"])
def test_short_word_is_never_all_clitics(word: str) -> None:
    assert apart(word) == {("", "", False, word, "")}


@pytest.mark.parametrize("text", ["2021", "NATO", "،"])
def test_only_words_are_taken_apart(text: str) -> None:
    [word] = read_words(text)
    assert word.form.readings == ()


def clitics(reading: Reading) -> int:
    return sum(map(bool, (reading.conjunction, reading.preposition, reading.article, reading.pronoun)))


@given(WORDS)
def test_first_reading_is_the_whole_word(word: str) -> None:
    assert read_form(word).readings[0] == Reading("", "", False, fold(word), "")


@given(WORDS)
def test_readings_stand_in_order_of_their_clitics_each_once(word: str) -> None:
    readings = read_form(word).readings
    assert [clitics(reading) for reading in readings] == sorted(clitics(reading) for reading in readings)
    assert len(set(readings)) == len(readings)


@given(WORDS)
def test_parts_of_a_reading_are_the_word_again(word: str) -> None:
    for conjunction, preposition, article, stem, pronoun in read_form(word).readings:
        before = "لل" if article and preposition == "ل" else preposition + "ال" * article
        stems = {stem, stem.removesuffix("ه") + "ت"} if pronoun else {stem}
        assert fold(word) in {conjunction + before + written + pronoun for written in stems}


@given(WORDS)
def test_stem_is_never_empty_and_before_a_pronoun_never_one_letter(word: str) -> None:
    for reading in read_form(word).readings:
        assert len(reading.stem) >= (2 if reading.pronoun else 1)


@given(st.text(alphabet=LETTERS + MARKS + INVISIBLE + "\ufefb\ufee3", min_size=1, max_size=8))
def test_readings_hold_folded_letters_only(text: str) -> None:
    for word in read_words(text):
        for reading in word.form.readings:
            parts = reading.conjunction + reading.preposition + reading.stem + reading.pronoun
            assert fold(parts) == parts


def test_what_is_known_of_a_form_is_worked_out_once_until_it_is_forgotten() -> None:
    asked: list[str] = []

    @per_form
    def length(form: Form) -> int:
        asked.append(form.text)
        return len(form.text)

    form = read_form("سلام")
    assert [length(form), length(form), asked] == [4, 4, ["سلام"]]
    forget()
    assert (length(form), len(asked)) == (4, 2)


@pytest.mark.parametrize("word", ["الم", "الف", "والد"])
def test_a_letter_alone_is_no_noun_behind_the_article(word: str) -> None:
    assert not [reading for reading in read_form(word).readings if reading.article and len(reading.stem) < 2]
