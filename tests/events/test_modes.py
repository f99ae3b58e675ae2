"""The table of modes: which word of a clause says how an act was done, and which one counts where several do."""

import datetime as dt
from pathlib import Path

import pytest

from rasid.arabic.sentences import split_sentences
from rasid.coder import read_sentence
from rasid.errors import LexiconError
from rasid.events.build import read_candidates
from rasid.events.modes import mode_of, read_modes
from rasid.model import Article, PageDate

DAY = dt.date(2021, 11, 24)
HEADER = "type,mode,words,next_to\n"


def modes(text: str, trigger: str) -> set[str | None]:
    """The modes of the candidates of a sentence whose trigger is this word."""
    article = Article("case", text, date=PageDate(DAY, DAY, "given"))
    [span] = split_sentences(text)
    outline, candidates = read_candidates(read_sentence(article, span))
    return {mode_of(outline, one) for one in candidates if outline.words[one.head.at].form.text == trigger}


@pytest.mark.parametrize(
    ("text", "trigger", "mode"),
    [
        ("قتل ثلاثة جنود برصاص مسلحين", "قتل", "firearms"),
        ("قتل ثلاثة جنود أمس", "قتل", None),
        ("قتل ثلاثة جنود في هجوم بسيارة مفخخة قادها انتحاري", "قتل", "suicide-attack"),
        ("قصفت القوات الروسية المدينة", "قصفت", "heavy-weapons"),
        ("قصفت طائرات روسية المدينة", "قصفت", "aerial"),
        ("طالبت كندا إيران بالإفراج عن الصحافية", "طالبت", "yield"),
        ("طالبت كندا إيران بإصلاح القضاء", "طالبت", "change"),
        ("أضرب المعتقلون عن الطعام", "أضرب", "hunger"),
        ("أضرب العمال في باريس", "أضرب", "strike"),
    ],
)
def test_words_of_the_clause_say_the_mode(text: str, trigger: str, mode: str | None) -> None:
    assert modes(text, trigger) == {mode}


def test_word_that_needs_a_neighbour_says_nothing_alone() -> None:
    assert modes("قتل ثلاثة متظاهرين خلال مسيرة سلمية", "قتل") == {None}
    assert modes("قتل ثلاثة مسلحين بطائرة مسيرة", "قتل") == {"drone"}


def test_what_is_asked_first_counts() -> None:
    assert modes("دعت مصر إلى وقف القتال واستئناف الحوار", "دعت") == {"yield"}
    assert modes("دعت مصر إلى الحوار ووقف القتال", "دعت") == {"meet"}


def test_mode_that_the_predicate_names_stands() -> None:
    assert modes("اغتال مسلحون قاضيا بالرصاص في البصرة", "اغتال") == {"targeted"}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("ASSAULT,tea,شاي,", "ASSAULT has no mode 'tea' (one of abduct,"),
        ("VISIT,tea,شاي,", "unknown type 'VISIT' (one of ACCUSE,"),
        ("ASSAULT,drone,,", "a row needs a type, one of its modes, and the words that say it"),
        ("ASSAULT,,رصاص,", "a row needs a type, one of its modes, and the words that say it"),
        ("ASSAULT,drone", "2 cells where there must be 4"),
    ],
)
def test_mistake_names_its_line_and_what_is_allowed(tmp_path: Path, row: str, said: str) -> None:
    path = tmp_path / "modes.csv"
    path.write_text(f"{HEADER}{row}\n", encoding="utf-8")
    with pytest.raises(LexiconError) as error:
        read_modes(path)
    assert str(error.value).startswith("modes.csv:2: ")
    assert said in str(error.value)
