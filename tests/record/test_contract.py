import json
from typing import Any

import pytest
from coded_articles import CODER, TEXT, baghdad_article, coded_articles
from hypothesis import given, settings

from rasid.contract import article_to_json, from_json, to_json
from rasid.errors import InputError
from rasid.model import Article, CodedArticle, Event, Span

ARTICLE_KEYS = ["id", "url", "source", "title", "language", "text", "date", "events", "quotes", "agreements"]
EVENT_KEYS = [
    *("id", "type", "mode", "contexts", "status", "trigger", "actor", "recipient", "when", "where", "attributed_to", "counts"),
    *("sentence", "quad", "score", "confidence"),
]


@given(coded_articles())
@settings(max_examples=60, deadline=None)
def test_what_is_written_reads_back_the_same(coded: CodedArticle) -> None:
    assert from_json(json.loads(json.dumps(to_json(coded)))) == coded


def test_the_keys_of_the_contract_come_first_and_in_its_order() -> None:
    content = to_json(baghdad_article())
    assert list(content)[: len(ARTICLE_KEYS)] == ARTICLE_KEYS
    assert list(content["date"]) == ["start", "end", "evidence", "reasons"]
    event = content["events"][0]
    assert list(event)[: len(EVENT_KEYS)] == EVENT_KEYS
    assert list(event["trigger"]) == ["text", "start", "end"]
    entity = ["text", "start", "end", "code", "country", "sector", "name", "latin", "role"]
    assert list(event["actor"][0])[: len(entity)] == entity
    assert list(event["when"])[:4] == ["start", "end", "text", "from"]
    assert list(event["where"])[:2] == ["code", "text"]
    assert list(content["events"][2]["counts"][0])[:4] == ["kind", "min", "max", "text"]
    assert list(content["quotes"][0])[:3] == ["speaker", "text", "cue"]
    assert list(content["agreements"][0])[:10] == [
        *("parties", "signatories", "kind", "fields", "provisions", "signed", "where", "status", "claims", "attributed_to"),
    ]


def test_an_event_is_written_with_its_evidence() -> None:
    visit = to_json(baghdad_article())["events"][0]
    assert visit["actor"][0] == {
        "text": "وزير الخارجية الأردني سالم الحوراني",
        "start": 4,
        "end": 39,
        "code": "JOR GOV",
        "country": "JOR",
        "sector": "GOV",
        "name": "سالم الحوراني",
        "latin": "Salem al-Hourani",
        "role": "وزير الخارجية",
        "holder": None,
        "wikidata": None,
        "basis": None,
    }
    assert (visit["quad"], visit["score"], visit["confidence"], visit["coder"]) == (4, 4.0, 0.94, CODER)
    assert visit["when"] == {
        "start": "2021-11-23",
        "end": "2021-11-23",
        "text": "أمس الثلاثاء",
        "from": "text",
        "span": {"text": "أمس الثلاثاء", "start": 46, "end": 58},
    }


def test_an_article_alone_is_written_as_a_coded_one_without_what_is_coded() -> None:
    coded = to_json(baghdad_article())
    expected = {
        key: value for key, value in coded.items() if key not in ("events", "quotes", "agreements", "persons", "claims")
    }
    assert article_to_json(baghdad_article().article) == expected


def test_every_start_and_end_slices_back_to_its_words() -> None:
    spans = list(_spans(to_json(baghdad_article())))
    assert len(spans) > 20
    assert all(TEXT[start:end] == text for text, start, end in spans)


def test_what_is_not_known_is_null_or_empty() -> None:
    bare = Event("e", "AGREE", Span(0, 3, "وقع"), Span(0, 3, "وقع"))
    content = to_json(CodedArticle(Article("a", "وقع"), (bare,)))
    assert content["url"] is content["source"] is content["title"] is content["language"] is None
    assert content["date"] == {"start": None, "end": None, "evidence": "unknown", "reasons": []}
    event = content["events"][0]
    assert event["mode"] is event["when"] is event["where"] is event["confidence"] is None
    assert event["contexts"] == event["actor"] == event["recipient"] == event["attributed_to"] == event["counts"] == []
    assert content["quotes"] == content["agreements"] == []


def test_somebody_without_country_and_sector_has_no_code() -> None:
    coded = baghdad_article()
    assert [entity["code"] for entity in to_json(coded)["events"][2]["actor"]] == ["UAF"]
    assert from_json(to_json(coded)).events[2].actors[0].country is None


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"events": None}, "not a coded article"),
        ({"date": {"start": "24/13/2021", "end": None, "evidence": "given", "reasons": []}}, "24/13/2021"),
        ({"date": {"start": None, "end": None, "evidence": "guess", "reasons": []}}, '"guess" is none of given'),
        ({"events": [{"id": "e"}]}, '"when" is missing'),
    ],
)
def test_what_is_no_coded_article_is_refused_in_one_line(change: dict[str, Any], complaint: str) -> None:
    with pytest.raises(InputError, match=complaint) as refused:
        from_json({**to_json(baghdad_article()), **change})
    assert "\n" not in str(refused.value)


def _spans(content: Any) -> Any:
    """Every text with start and end, wherever it stands."""
    if isinstance(content, dict):
        if isinstance(content.get("start"), int) and isinstance(content.get("text"), str):
            yield content["text"], content["start"], content["end"]
        for value in content.values():
            yield from _spans(value)
    elif isinstance(content, list):
        for value in content:
            yield from _spans(value)
