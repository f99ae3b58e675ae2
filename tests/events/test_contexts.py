"""Contexts: what an act is about, by the words around its trigger."""

from pathlib import Path

import pytest

from rasid.errors import LexiconError
from rasid.events import contexts
from rasid.events.contexts import contexts_of
from tests.events.one_sentence import read


def about(text: str, trigger: str) -> tuple[str, ...]:
    there = read(text)
    candidate = there.candidate(trigger)
    return contexts_of(there.outline, candidate._replace(predicate=candidate.predicate._replace(contexts=())))


@pytest.mark.parametrize(
    ("text", "context"),
    [
        ("ندد الرئيس القبرصي بالانتخابات.", "election"),
        ("ندد الرئيس القبرصي بالبرلمان.", "legislative"),
        ("ندد الرئيس القبرصي بالتلوث.", "environment"),
        ("ندد الرئيس القبرصي باللقاح.", "health"),
        ("ندد الرئيس القبرصي بالتخصيب.", "cbrn"),
    ],
)
def test_word_near_the_trigger_names_the_context(text: str, context: str) -> None:
    assert about(text, "ندد") == (context,)


def test_no_word_names_no_context() -> None:
    assert about("ندد الرئيس القبرصي بالكلام.", "ندد") == ()


def test_words_that_belong_together_count_only_together() -> None:
    assert "peacekeeping" in about("ندد الرئيس القبرصي بعملية حفظ السلام.", "ندد")
    assert "peacekeeping" not in about("ندد الرئيس القبرصي بعملية حفظ الوثائق.", "ندد")


def test_what_is_named_most_stands_first() -> None:
    assert about("ندد الرئيس القبرصي بالتلوث والمناخ واللقاح.", "ندد") == ("environment", "health")
    assert about("ندد الرئيس القبرصي بالتلوث واللقاح والمستشفى.", "ندد") == ("health", "environment")


def test_act_is_about_two_things_at_most() -> None:
    assert len(about("ندد الرئيس القبرصي بالتلوث واللقاح والانتخابات والبرلمان.", "ندد")) == 2


def test_words_far_from_the_trigger_say_nothing() -> None:
    far = " ثم" * 8
    assert about(f"ندد الرئيس{far} بالتلوث.", "ندد") == ("environment",)
    assert about(f"ندد الرئيس{far} ثم بالتلوث.", "ندد") == ()


def test_words_before_the_trigger_count() -> None:
    assert about("بعد التلوث ندد الرئيس القبرصي بالكلام.", "ندد") == ("environment",)


def test_context_of_the_predicate_stands_first() -> None:
    there = read("ندد الرئيس القبرصي بالتلوث والمناخ.")
    candidate = there.candidate("ندد")
    given = candidate._replace(predicate=candidate.predicate._replace(contexts=("legal",)))
    assert contexts_of(there.outline, given) == ("legal", "environment")


def test_unknown_context_names_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = tmp_path / "contexts.csv"
    table.write_text("# note\ncontext,words\nlegal,محكمة\ngardening,حديقة\n", encoding="utf-8")
    monkeypatch.setattr(contexts, "SOURCE", table)
    with pytest.raises(LexiconError, match=r"^contexts\.csv:4: unknown context 'gardening'"):
        contexts._read()
