"""The tables of small words and of topics."""

from pathlib import Path

import pytest

from rasid.errors import LexiconError
from rasid.events.predicates import TOPICS, lexicon, read_topics, wanted
from rasid.events.signs import KINDS, read_signs, signs


def test_every_kind_of_sign_has_words() -> None:
    assert all(signs(kind) for kind in KINDS)


def test_unknown_kind_of_sign_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "signs.csv"
    path.write_text("kind,words\nnever,لم\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=r"signs\.csv:2: .*'never'"):
        read_signs(path)


def test_topic_of_an_unknown_type_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "topics.csv"
    path.write_text("topic,words,blocks\nsport,مباراة,WAR\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=r"topics\.csv:2: unknown type 'WAR'"):
        read_topics(path)


def test_topics_keep_predicates_of_their_types_from_holding() -> None:
    blocked = read_topics(TOPICS)
    assert all(("any", wanted(blocked[one.type])) in one.forbids for one in lexicon().predicates if one.type in blocked)


def test_a_predicate_of_one_tense_is_found_in_that_tense_only() -> None:
    from rasid.arabic.words import read_words
    from rasid.events.predicates import uses

    def types(word: str) -> set[str | None]:
        return {predicate.type for use in uses(read_words(word)[0].form) for predicate in use.predicates if predicate.type}

    assert "THREATEN" in types("ستقتل")
    assert "THREATEN" not in types("تقتل")
