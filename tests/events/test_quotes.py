"""Who is reported to have said what: `tests/cases/quotes.yaml`, and what must hold of any text."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from rasid.coder import code
from rasid.contract import from_json, to_json
from rasid.errors import LexiconError
from rasid.events.quotes_cues import KINDS, read_verbs
from rasid.events.quotes_marks import find_regions
from rasid.events.signs import read_signs
from rasid.model import Article, Quote

CASES = yaml.safe_load((Path(__file__).parent.parent / "cases" / "quotes.yaml").read_text(encoding="utf-8"))


def quotes_of(text: str) -> tuple[Quote, ...]:
    return code(Article("a", text)).quotes


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:60] for case in CASES])
def test_quotes_are_found_with_their_speakers_and_exact_words(case: dict[str, Any]) -> None:
    found = quotes_of(case["text"])
    wanted = [tuple(quote) for quote in case["quotes"]]
    said = [("D" if q.direct else "I", (q.speaker and q.speaker.code) or "?", q.text.text) for q in found]
    said = [
        (way, "*" if n < len(wanted) and wanted[n][1] == "*" and found[n].speaker else speaker, text)
        for n, (way, speaker, text) in enumerate(said)
    ]
    assert said == wanted
    if "through" in case:
        assert found[0].through
        assert found[0].through.span.text == case["through"]
    if "about" in case:
        assert [entity.code for entity in found[-1].about] == case["about"]


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 60


def test_a_speaker_who_goes_on_is_the_one_of_the_sentence_before() -> None:
    first, second = quotes_of("قال وزير الخارجية التركي إن أنقرة مستعدة للحوار. وأضاف أن اللقاء سيعقد قريبا.")
    assert not first.carried
    assert second.carried
    assert second.speaker == first.speaker


def test_words_around_those_in_marks_are_kept() -> None:
    (quote,) = quotes_of("وأكد الرئيس المصري أن بلاده «لن تفرط في نقطة مياه واحدة».")
    assert quote.whole
    assert quote.whole.text == "بلاده «لن تفرط في نقطة مياه واحدة»"


def test_quotes_stand_in_the_contract_and_come_back() -> None:
    coded = code(Article("a", "قال وزير النفط الكويتي لصحيفة «الراي» إن إيران «لن تغلق المضيق في أي حال»."))
    assert from_json(to_json(coded)).quotes == coded.quotes


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("قال «كلام هنا» وذهب", ["كلام هنا"]),
        ("قال ”كلام هنا“ وذهب", ["كلام هنا"]),
        ('قال "كلام هنا" وذهب', ["كلام هنا"]),
        ("قال ''كلام هنا'' وذهب", ["كلام هنا"]),
        ("قال «كلام «داخلي» هنا» وذهب", ["كلام «داخلي» هنا"]),
        ("قال “كلام لا يغلقه شيء حتى آخر السطر\nوسطر آخر", ["كلام لا يغلقه شيء حتى آخر السطر"]),
        ("قال » كلام", []),
    ],
)
def test_marks_of_all_kinds_are_paired(text: str, inside: list[str]) -> None:
    assert [text[region.start : region.end] for region in find_regions(text)] == inside


@given(st.text(alphabet="قالأنإوبكتم «»“”\"':،.\n", max_size=80))
def test_whatever_the_text_every_span_stands_at_its_words(text: str) -> None:
    for quote in quotes_of(text):
        for span in (quote.text, quote.cue, quote.whole):
            assert span is None or text[span.start : span.end] == span.text


@pytest.mark.parametrize("line", ["قال,I hollow u,-,maybe,yes,", "قال,XX,-,that,yes,", "قال,I hollow u,,that,yes,"])
def test_a_mistake_in_the_verbs_names_its_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "said.csv"
    path.write_text(f"lemma,pattern,link,takes,participle,never\n{line}\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=r"^said\.csv:2: "):
        read_verbs(path)


def test_a_mistake_in_the_small_words_names_its_line(tmp_path: Path) -> None:
    path = tmp_path / "quoting.csv"
    path.write_text("kind,words\nverb,قال\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=r"^quoting\.csv:2: "):
        read_signs(path, KINDS)
