from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from rasid.arabic.sentences import LONGEST, split_sentences

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parents[1] / "cases/arabic/sentences.yaml").read_text("utf-8"))
PIECES = ("..", "د.", "U.S.", "سلامًا", ". ", "،،،", "كلمة " * 300)
NEWS_LIKE = st.lists(st.sampled_from([*'ادوسلك .،؟!…"«»“”()[]\n\r\t\u2028\u200f0123', *PIECES])).map("".join)


def texts(text: str) -> list[str]:
    return [span.text for span in split_sentences(text)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_splits(case: dict[str, Any]) -> None:
    marked: str = case["text"]
    assert texts(marked.replace("‖", "")) == [part.strip() for part in marked.split("‖") if part.strip()]


@given(st.one_of(NEWS_LIKE, st.text()))
def test_every_visible_character_is_in_exactly_one_sentence(text: str) -> None:
    spans = split_sentences(text)
    kept = [place for span in spans for place in range(span.start, span.end)]
    assert len(kept) == len(set(kept))
    assert all(text[place].isspace() for place in set(range(len(text))) - set(kept))


@given(st.one_of(NEWS_LIKE, st.text()))
def test_spans_are_ordered_slice_back_and_are_never_blank_or_long(text: str) -> None:
    spans = split_sentences(text)
    assert [span.start for span in spans] == sorted(span.start for span in spans)
    for span in spans:
        assert text[span.start : span.end] == span.text == span.text.strip() != ""
        assert len(span.text) <= LONGEST


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u2028\t"])
def test_nothing_has_no_sentences(text: str) -> None:
    assert split_sentences(text) == []


def test_a_text_without_full_stops_is_cut_at_commas() -> None:
    clause = "وقال المتحدث إن الوفد وصل إلى العاصمة، "
    pieces = texts(clause * 100)
    assert all(piece.endswith("،") and len(piece) <= LONGEST for piece in pieces)
    assert len(pieces) == -(-100 // (LONGEST // len(clause)))


def test_a_text_without_commas_is_cut_between_words() -> None:
    assert {word for piece in texts("كلمتان " * 1000) for word in piece.split()} == {"كلمتان"}


def test_a_text_without_blanks_is_cut_all_the_same() -> None:
    assert [len(piece) for piece in texts("ا" * (2 * LONGEST + 1))] == [LONGEST, LONGEST, 1]


@pytest.mark.parametrize("hostile", ["a.", "(.", "(ا) .", '" . ', "ا ..", "1. ", ".»", ". ،", "(ا. ", "\n.", "؟،"])
def test_a_hostile_page_takes_no_more_than_its_length(hostile: str) -> None:
    assert len(split_sentences(hostile * 30_000)) <= 60_000  # a slip to quadratic time would take minutes
