import pytest

from rasid.actors.tagger import find_names
from rasid.arabic.words import read_words
from rasid.events.outline import predicate_kind


def names(text: str) -> list[str]:
    words = read_words(text)
    found = find_names(words, predicate_kind, frozenset())
    return [text[words[first].start : words[last - 1].end] for first, last in found.items()]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("وقال بلير إن الهدنة صامدة", ["بلير"]),
        ("وأضاف محمد بركات أن الفريق جاهز", ["محمد بركات"]),
        ("دعا محمد بن راشد آل مكتوم إلى الحوار", ["محمد بن راشد آل مكتوم"]),
        ("قال عبد الله الخطابي إن الوضع صعب", ["عبد الله الخطابي"]),
        ("ارتفع سعر النفط أمس", []),
        ("", []),
    ],
)
def test_finds_names_without_an_office(text: str, found: list[str]) -> None:
    assert names(text) == found


def test_leaves_out_the_words_of_time_expressions() -> None:
    assert find_names(read_words("وقال بلير إن"), predicate_kind, {1}) == {}
