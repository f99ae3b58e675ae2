from pathlib import Path

import pytest

from rasid.actors import tagger
from rasid.actors.tagger import best_labels, end_of_name, find_names, look
from rasid.arabic.words import read_words
from rasid.errors import LexiconError
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


def test_family_names_are_read_folded_beside_those_of_known_persons(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = tmp_path / "family_names.csv"
    table.write_text("# ours\nnames\nالأزرقي|مُحّب\nأوديساوي\n", "utf-8")
    monkeypatch.setattr(tagger, "_FAMILIES", table)
    words = tagger._read_name_words()
    assert [words.get(word) for word in ("الازرقي", "محب", "اوديساوي", "الأزرقي")] == ["family", "family", "family", None]
    assert "known" in words.values()


def test_family_names_without_their_column_say_where_and_what(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = tmp_path / "family_names.csv"
    table.write_text("families\nالأزرقي\n", "utf-8")
    monkeypatch.setattr(tagger, "_FAMILIES", table)
    with pytest.raises(LexiconError, match=r"family_names\.csv:1: "):
        tagger._read_name_words()


def test_family_names_of_the_table_are_parts_of_names() -> None:
    [family] = [word.form for word in read_words("ويلسون")]
    assert "family" in look(family, predicate_kind).kinds


@pytest.mark.parametrize(("word", "kind"), [("محمود", "g4"), ("ومحمود", "g4+"), ("الخطابي", "s"), ("المفاوضات", "")])
def test_the_list_says_what_persons_are_called(word: str, kind: str) -> None:
    [one] = read_words(word)
    called = [said for said in look(one.form, predicate_kind).kinds if said[1:2].isdigit() and said[0] != "p"]
    assert called[:1] == [kind] if len(kind) > 1 else [said[0] for said in called] == list(kind)


@pytest.mark.parametrize(
    ("text", "at", "end"),
    [("وزير الصحة خالد البدري يزور المدينة", 2, 4), ("وزير الصحة يزور المدينة", 2, 2), ("وزير الصحة خالد", 2, 3)],
)
def test_where_a_name_is_expected_it_ends_before_the_verb(text: str, at: int, end: int) -> None:
    assert end_of_name(read_words(text), at, predicate_kind, frozenset()) == end


def test_a_name_goes_on_only_after_it_began() -> None:
    never = float("-inf")
    step = ((0.0, 0.0, never), (0.0, 0.0, 0.0), (0.0, 0.0, 0.0))
    assert best_labels([(0.0, 0.0, 9.0), (0.0, 1.0, 9.0), (0.0, 0.0, 9.0)], [step] * 3, within=False) == [1, 2, 2]
    assert best_labels([(0.0, -1.0, 0.0), (0.0, -1.0, 5.0)], [step] * 2, within=True) == [1, 2]
    assert best_labels([(0.0, 1.0, 0.0)], [step, ((0.0, 0.0, never), (-5.0, 0.0, 0.0), (0.0, 0.0, 0.0))], within=True) == [0]
