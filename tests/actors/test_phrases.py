"""The phrases of a sentence that name somebody: `tests/cases/actors/phrases.yaml`, and what the reader is told from outside."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from rasid.actors.phrase import Phrase
from rasid.actors.phrases import begins_something, read_phrases
from rasid.actors.resolve import code_of
from rasid.arabic.words import Form, Word, read_form, read_words
from rasid.events.outline import predicate_kind

FILE = Path(__file__).parents[1] / "cases/actors/phrases.yaml"
CASES: dict[str, list[dict[str, Any]]] = yaml.safe_load(FILE.read_text("utf-8"))
ROWS = [
    pytest.param(row, id=f"{behaviour}-{number}") for behaviour, rows in CASES.items() for number, row in enumerate(rows, 1)
]
WORDS = sorted({word for rows in CASES.values() for row in rows for word in row["text"].split()})
DAY = dt.date(2021, 11, 24)


def no_predicate(form: Form) -> str:
    return ""


def said(text: str, words: list[Word], place: tuple[int, int] | None) -> str | None:
    return text[words[place[0]].start : words[place[1] - 1].end] if place else None


def described(text: str, words: list[Word], phrase: Phrase) -> dict[str, Any]:
    """A phrase in the terms of the table."""
    return {
        "words": said(text, words, (phrase.first, phrase.last)),
        "code": code_of(phrase) or "-",
        "kind": phrase.kind,
        "name": said(text, words, phrase.name),
        "office": said(text, words, phrase.office),
        "by": phrase.preposition,
        "and": phrase.conjoined,
        "definite": phrase.definite,
        "owner": phrase.pronoun,
        "for": phrase.stands_for,
        "latin": phrase.latin,
    }


@pytest.mark.parametrize("row", ROWS)
def test_sentence_has_these_phrases_and_no_others(row: dict[str, Any]) -> None:
    words = read_words(row["text"])
    found = [described(row["text"], words, phrase) for phrase in read_phrases(words, predicate_kind, on=DAY)]
    wanted = row["are"]
    assert [phrase["words"] for phrase in found] == [phrase["words"] for phrase in wanted]
    assert [{key: there[key] for key in asked} for there, asked in zip(found, wanted, strict=True)] == wanted


def test_day_decides_what_a_well_known_person_is() -> None:
    words = read_words("باراك أوباما")
    assert [code_of(phrase) for phrase in read_phrases(words, no_predicate, on=dt.date(2010, 5, 1))] == ["USA GOV"]
    assert [code_of(phrase) for phrase in read_phrases(words, no_predicate, on=dt.date(2020, 5, 1))] == ["USA ELI"]


def test_verb_ends_a_name() -> None:
    text = "وزير الدفاع التشيكي ميتنار طار أمس"
    words = read_words(text)
    found = read_phrases(words, lambda form: "verb" if form.text == "طار" else "")
    assert [said(text, words, phrase.name) for phrase in found] == ["ميتنار"]


def test_nisba_after_an_act_names_who_did_it() -> None:
    words = read_words("بعد ضربة إثيوبية")
    [as_act] = read_phrases(words, lambda form: "noun" if form.text == "ضربة" else "")
    assert (as_act.first, as_act.last, as_act.preposition) == (2, 3, "nisba")


def test_words_of_a_time_begin_no_phrase() -> None:
    words = read_words("حضر الوزير")
    assert len(read_phrases(words, no_predicate)) == 1
    assert read_phrases(words, no_predicate, frozenset((1,))) == []


def test_words_of_a_time_are_in_no_name() -> None:
    text = "وزير الدفاع التشيكي ميتنار صيف"
    words = read_words(text)
    [phrase] = read_phrases(words, no_predicate, frozenset((4,)))
    assert said(text, words, phrase.name) == "ميتنار"


def test_number_of_a_time_is_not_of_the_phrase_after_it() -> None:
    words = read_words("عام 2019 متظاهرون")
    [phrase] = read_phrases(words, no_predicate, frozenset((0, 1)))
    assert phrase.first == 2


def test_name_that_is_also_a_word_is_a_country_only_where_one_stands() -> None:
    assert [code_of(phrase) for phrase in read_phrases(read_words("سافر إلى تشاد"), no_predicate)] == ["TCD"]
    assert [code_of(phrase) for phrase in read_phrases(read_words("سافر إلى مالي"), no_predicate)] == ["MLI"]
    assert read_phrases(read_words("ضغط مالي"), no_predicate) == []


@pytest.mark.parametrize("word", ["الرئيس", "وللرئيس", "بكينيا", "أوباما", "الفرنسيون"])
def test_known_word_begins_something(word: str) -> None:
    assert begins_something(read_form(word))


@pytest.mark.parametrize("word", ["طاولة", "يستيقظ"])
def test_unknown_word_begins_nothing(word: str) -> None:
    assert not begins_something(read_form(word))


def test_mark_and_number_begin_nothing() -> None:
    assert not any(begins_something(word.form) for word in read_words("« 12 NATO ."))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from([*WORDS, "،", "«", "»", '"', "(", "7", "NATO", "و"]), max_size=25).map(" ".join))
def test_phrases_stand_in_order_and_none_within_another(text: str) -> None:
    words = read_words(text)
    after = 0
    for phrase in read_phrases(words, predicate_kind, on=DAY):
        assert after <= phrase.first < phrase.last <= len(words)
        after = phrase.last


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=20).map(" ".join))
def test_name_and_office_stand_within_their_phrase(text: str) -> None:
    for phrase in read_phrases(read_words(text), predicate_kind, on=DAY):
        for place in (phrase.name, phrase.office):
            assert place is None or phrase.first <= place[0] < place[1] <= phrase.last
