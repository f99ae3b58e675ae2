"""What stands before a place's name and belongs to it."""

import pytest

from rasid.actors.phrases import read_phrases
from rasid.actors.setting import place_word, setting_of, town_before
from rasid.arabic.words import read_form, read_words


def setting(text: str, name: str) -> tuple[str, str, tuple[str, ...]]:
    words = read_words(text)
    [phrase] = [p for p in read_phrases(words, lambda form: "") if words[p.last - 1].form.text == name.split()[-1]]
    found = setting_of(words, phrase)
    return text[words[found.first].start : words[phrase.last - 1].end], found.preposition, found.kinds


@pytest.mark.parametrize(
    ("text", "name", "whole", "preposition", "kinds"),
    [
        ("انفجار في مدينة الموصل", "الموصل", "مدينة الموصل", "في", ("city",)),
        ("انفجار بمدينة الموصل", "الموصل", "بمدينة الموصل", "ب", ("city",)),
        ("انفجار في العاصمة العراقية بغداد", "بغداد", "العاصمة العراقية بغداد", "في", ("capital",)),
        ("انفجار على بعد 120 كلم شمال بغداد", "بغداد", "على بعد 120 كلم شمال بغداد", "في", ("direction", "distance")),
        ("انفجار إلى الشرق من بغداد", "بغداد", "الشرق من بغداد", "الي", ("direction",)),
        ("انفجار شمال مدينة الموصل", "الموصل", "شمال مدينة الموصل", "في", ("city", "direction")),
        ("انفجار قرب الحدود مع تركيا", "تركيا", "تركيا", "مع", ()),
        ("انفجار ببغداد", "ببغداد", "ببغداد", "ب", ()),
        ("وقعوا اتفاق الرياض", "الرياض", "اتفاق الرياض", "", ("name",)),
    ],
)
def test_words_before_a_name(text: str, name: str, whole: str, preposition: str, kinds: tuple[str, ...]) -> None:
    assert setting(text, name) == (whole, preposition, kinds)


@pytest.mark.parametrize(("word", "kind"), [("وبمدينة", "city"), ("الحدود", "border"), ("ولاية", "division"), ("قال", None)])
def test_kind_of_a_word(word: str, kind: str | None) -> None:
    found = place_word(read_form(word))
    assert (found and found.kind) == kind


@pytest.mark.parametrize(
    ("text", "at", "name"),
    [
        ("في بلدة السرسرية في لبنان", "لبنان", "السرسرية"),
        ("في قرية عين السرسرية بمحافظة ذي قار", "بمحافظة", "عين السرسرية"),
        ("في السرسرية في لبنان", "لبنان", None),
        ("في بلدة كفرشوبا قال لبنان", "لبنان", None),
    ],
)
def test_town_that_no_table_knows(text: str, at: str, name: str | None) -> None:
    words = read_words(text)
    first = next(n for n, word in enumerate(words) if word.form.text == at)
    town = town_before(words, first)
    assert (town and text[words[town.name].start : words[town.end - 1].end]) == name
