"""What `rasid explain` says."""

from dataclasses import replace

import pytest
from made import ARTICLE, ATTACK, VISIT

from rasid.coder import coder_version
from rasid.events.predicates import lexicon
from rasid.model import Event
from rasid.show.explain import explain, explanation, marked_sentence


def said(event: Event) -> dict[str, str]:
    return {line.label: f"{line.said} {line.arabic}".strip() for line in explain(event) if line.label}


def test_every_field_is_explained() -> None:
    lines = said(VISIT)
    assert lines["type"] == "CONSULT visit (verbal cooperation, score 4) وصل"
    assert lines["actor"] == "JOR GOV, Salem Al-Hourani وزير الدفاع سالم الحوراني"
    assert lines["recipient"] == "IRQ GOV, Iraq بغداد"
    assert lines["status"] == "occurred: reported as done or under way"
    assert lines["when"] == "23 Nov 2021: the nearest time in its clause ليلة الثلاثاء"
    assert lines["where"] == "IRQ بغداد"
    assert lines["on whose word"] == "بيان"
    assert lines["also"] == "the same act, said again الزيارة"


def test_counts_contexts_and_missing_sides_are_said() -> None:
    lines = said(ATTACK)
    assert lines["recipient"] == "nobody found"
    assert lines["count"] == "20 wounded عشرون متظاهرا"
    assert lines["context"] == "military"


def test_the_entry_of_the_lexicon_is_shown_as_it_stands() -> None:
    entry = next(one for one in lexicon().predicates if one.type and not one.light)
    lines = list(explain(replace(VISIT, predicate=entry.where, coder=coder_version())))
    assert f"events/lexicon/{entry.where}" in {line.said for line in lines}
    assert any(entry.lemma in line.said for line in lines)


def test_an_older_coder_is_named_as_its_lines_may_have_moved() -> None:
    assert "as 0+00000000 had it" in said(VISIT)["predicate"]


def test_the_trigger_is_marked_in_its_sentence() -> None:
    spans = {str(span.style): VISIT.sentence.text[span.start : span.end] for span in marked_sentence(VISIT).spans}
    assert spans["bold reverse"] == "وصل"


def test_it_names_article_address_and_version(capsys: pytest.CaptureFixture[str]) -> None:
    explanation(VISIT, ARTICLE)
    out = capsys.readouterr().out
    for part in (VISIT.id, "https://example.org/1", "24 Nov 2021 (meta)", "0+00000000", VISIT.sentence.text):
        assert part in out
