import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from rasid.arabic.letters import fold
from rasid.arabic.verbs import VerbForm, conjugate, noun_forms

CASES: dict[str, Any] = yaml.safe_load((Path(__file__).parents[1] / "cases/arabic/verbs.yaml").read_text("utf-8"))
VERBS = [(case["lemma"], case["pattern"]) for case in CASES["verbs"]]


def key_of(form: VerbForm) -> str:
    """`passive past 3ms`, as the cases name a form."""
    if form.tense == "noun":
        return f"noun {form.number}"
    voice = "passive " if form.voice == "passive" else ""
    return f"{voice}{form.tense.split('_')[0]} {form.person or ''}{form.gender}{form.number}"


def expected_forms() -> Iterator[tuple[str, str, str, str]]:
    for case in CASES["verbs"]:
        for key, written in case["forms"].items():
            for one in [written] if isinstance(written, str) else written:
                yield case["lemma"], case["pattern"], key, one


@pytest.mark.parametrize(("lemma", "pattern", "key", "written"), list(expected_forms()))
def test_conjugates(lemma: str, pattern: str, key: str, written: str) -> None:
    assert fold(written) in {form.written for form in conjugate(lemma, pattern) if key_of(form) == key}


@pytest.mark.parametrize(("lemma", "pattern", "key", "written", "joined"), CASES["joined"])
def test_gives_the_shape_before_a_pronoun(lemma: str, pattern: str, key: str, written: str, joined: list[str]) -> None:
    forms = [form for form in conjugate(lemma, pattern) if key_of(form) == key and form.written == fold(written)]
    assert {form.joined for form in forms} <= set(map(fold, joined))
    assert fold(joined[0]) in {form.joined for form in forms}


@pytest.mark.parametrize("case", CASES["nouns"], ids=lambda case: case["noun"])
def test_gives_the_shapes_of_a_noun(case: dict[str, Any]) -> None:
    shapes = noun_forms(case["noun"])
    wanted = {tuple(map(fold, pair.split("/"))) for pair in case["has"]}
    assert wanted <= set(shapes)
    assert not {fold(shape) for shape in case.get("lacks", [])} & {written for written, _ in shapes}


@pytest.mark.parametrize(("lemma", "pattern", "message"), CASES["mistakes"])
def test_refuses_a_pattern_that_does_not_fit(lemma: str, pattern: str, message: str) -> None:
    with pytest.raises(ValueError) as error:  # noqa: PT011 - the words are compared below, unescaped
        conjugate(lemma, pattern)
    assert message in str(error.value)


@pytest.mark.parametrize(("lemma", "pattern"), VERBS)
def test_lists_every_analysis_once_folded_and_not_empty(lemma: str, pattern: str) -> None:
    forms = conjugate(lemma, pattern)
    assert len(set(forms)) == len(forms)
    for form in forms:
        assert form.written == fold(form.written) != ""
        assert form.joined == fold(form.joined) != ""
        assert not any(letter.isascii() for letter in form.written + form.joined)


@pytest.mark.parametrize(("lemma", "pattern"), VERBS)
def test_has_the_lemma_itself(lemma: str, pattern: str) -> None:
    past = [form.written for form in conjugate(lemma, pattern) if key_of(form) in ("past 3ms", "passive past 3ms")]
    assert fold(lemma) in past


@pytest.mark.parametrize(("lemma", "pattern"), VERBS)
def test_has_every_person_of_every_tense(lemma: str, pattern: str) -> None:
    keys = {key_of(form) for form in conjugate(lemma, pattern)}
    persons = ("3ms", "3fs", "3mp", "3md", "3fd", "3fp", "1s", "1p")
    assert {f"{tense} {person}" for tense in ("past", "present") for person in persons} <= keys
    assert {f"participle {person}" for person in ("ms", "fs", "mp", "md", "fd", "fp")} <= keys


@pytest.mark.parametrize("form", ["VII", "IX"])
def test_gives_no_passive_where_there_is_none(form: str) -> None:
    lemma = {"VII": "انسحب", "IX": "احمر"}[form]
    assert {entry.voice for entry in conjugate(lemma, form)} == {"active"}


def test_leaves_irregular_verbal_nouns_to_the_lexicon() -> None:
    assert not [form for form in conjugate("قتل", "I u") if form.tense == "noun"]


def test_reads_a_lemma_with_its_vowel_marks() -> None:
    assert conjugate("وقَّعَ", "II") == conjugate("وقع", "II")


@given(st.text(alphabet="ابتدرسعقلمنهويةىءأإآؤئ", min_size=1, max_size=7))
def test_any_noun_keeps_its_own_shape(noun: str) -> None:
    shapes = noun_forms(noun)
    assert len(set(shapes)) == len(shapes)
    assert all(written == fold(written) != "" and joined == fold(joined) != "" for written, joined in shapes)


@given(
    st.text(alphabet="ابتدرسعقلمنهويىءأإآؤئ", min_size=1, max_size=7),
    st.sampled_from(["I", "I u", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "QI", "QII"]),
)
def test_any_letters_conjugate_or_are_refused(lemma: str, pattern: str) -> None:
    try:
        forms = conjugate(lemma, pattern)
    except ValueError:
        return
    assert all(form.written and form.joined for form in forms)


def test_a_lexicon_of_verbs_compiles_in_a_second() -> None:
    start = time.perf_counter()
    for lemma, pattern in VERBS:
        conjugate(lemma, pattern)
    assert (time.perf_counter() - start) / len(VERBS) < 0.005  # about 0.5 ms a verb on one idle core
