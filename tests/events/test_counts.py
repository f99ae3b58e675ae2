from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from rasid.arabic.words import read_words
from rasid.coder import code
from rasid.errors import LexiconError
from rasid.events.counts import find_counts, read_counts
from rasid.model import Article

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "counts" / "sentences.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_counts_of_a_sentence(case: dict[str, Any]) -> None:
    found = find_counts(read_words(case["text"]))
    assert [[kind, amount.min, amount.max] for kind, amount in found] == case["is"]


def test_a_count_stands_with_the_event_that_it_belongs_to_and_points_at_its_words() -> None:
    text = "قتل أكثر من عشرين شخصا في قصف على المدينة."
    counts = [count for event in code(Article("a", text)).events if event.type == "ASSAULT" for count in event.counts]
    assert [(count.kind, count.min, count.max, count.span.text) for count in counts] == [("killed", 21, None, "أكثر من عشرين")]


WORDS = ["قتل", "20", "3", "أكثر", "من", "عشرات", "الآلاف", "متظاهر", "على", "الأقل", "نحو", "شخصين", "بضع", ".", "إصابة"]


@given(st.lists(st.sampled_from(WORDS), max_size=12))
def test_bounds_are_in_order_and_places_inside_the_sentence(said: list[str]) -> None:
    words = read_words(" ".join(said))
    for _, amount in find_counts(words):
        assert 0 <= amount.first < amount.last <= len(words)
        assert amount.min is None or amount.max is None or 0 < amount.min <= amount.max


def test_a_row_of_an_unknown_kind_is_an_error_that_names_its_line(tmp_path: Path) -> None:
    path = tmp_path / "counts.csv"
    path.write_text("is,kind,words,min,max\nact,lost,فقد,,\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=r'counts\.csv:2: kind "lost" is unknown'):
        read_counts(path)
