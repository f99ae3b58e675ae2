"""Which cells of a record are words of articles; taking them out for a release without texts, and putting them in again."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from rasid.record.contents import as_json, fold_name
from rasid.record.sealing import seal, unseal


class Words(NamedTuple):
    """Three columns: words, and from where to where they stand in the text of the article."""

    text: str
    start: str
    end: str


SPANS: Mapping[str, tuple[Words, ...]] = {
    "events": (
        Words("trigger_text", "trigger_start", "trigger_end"),
        Words("when_text", "when_text_start", "when_text_end"),
        Words("where_text", "where_start", "where_end"),
    ),
    "participants": (Words("text", "start", "end"),),
    "persons": (Words("text", "start", "end"),),
    "attributions": (Words("text", "start", "end"),),
    "counts": (Words("text", "start", "end"),),
    "reports": (Words("trigger_text", "trigger_start", "trigger_end"),),
    "quotes": (
        Words("text", "start", "end"),
        Words("cue_text", "cue_start", "cue_end"),
        Words("speaker_text", "speaker_start", "speaker_end"),
    ),
    "claims": (Words("text", "start", "end"),),
}
_JSON = frozenset(("reasons", "content", "targets", "results"))
_ARTICLE = ("text", "title", "byline")  # which only reading the page again gives
# Who is meant, and why, in words: sealed with the text of the article.
_SEALED = frozenset(
    (
        *("name", "latin", "office", "holder", "holder_latin", "holder_wikidata", "wikidata", "where_name", "where_latin"),
        *("speaker_name", "speaker_latin", "speaker_office", "speaker_holder", "speaker_holder_latin"),
        *("speaker_holder_wikidata", "speaker_wikidata"),
    )
)
_SEALED_KEYS = frozenset(("name", "latin", "role", "wikidata", "rule"))  # of JSON
_FLAT = frozenset(  # of rows that join several tables
    (
        *("actors", "recipients", "when_text", "where_text", "attributed_to", "trigger", "sentence", "title", "text"),
        *("speaker_text", "Actor Name Raw", "Recipient Name Raw", "Placename", "Raw Placename"),
        *("actor_names", "recipient_names", "source_name", "target_name", "Actor Name", "Recipient Name"),
    )
)
Row = dict[str, Any]


def without_words(table: str, row: Row, text: str = "") -> Row:
    """A row of a table or view with nothing in it that the article says: places, codes, addresses and hashes stay.

    Args:
        table: its name.
        row: its cells by column.
        text: of the article, with which names and reasons are sealed.
    """
    spans = {words.text for words in SPANS.get(table, ())}
    return {column: _without(table, column, cell, spans, text) for column, cell in row.items()}


def with_words(table: str, row: Row, text: str) -> Row:
    """A row of a table as it was before `without_words`, from the text of its article."""
    filled: Row = {column: unseal(cell, text) if column in _SEALED and cell else cell for column, cell in row.items()}
    for words in SPANS.get(table, ()):
        if row[words.start] is not None:
            filled[words.text] = text[row[words.start] : row[words.end]]
    for column in _JSON & row.keys():
        filled[column] = as_json(_sliced(json.loads(row[column]), text))
    if "form" in row:
        filled["form"] = fold_name(filled["name"] or filled["text"])
    return filled


def reasons_of_day(cell: str, text: str) -> str:
    """The cell `articles.date_reasons` as it was before `without_words`."""
    return as_json([unseal(reason, text) for reason in json.loads(cell)])


def _without(table: str, column: str, cell: Any, spans: set[str], text: str) -> Any:
    if cell is None:
        return None
    if table == "articles":
        if column == "date_reasons":
            return as_json([seal(reason, text) for reason in json.loads(cell)])
        return cell if column not in _ARTICLE else "" if column == "text" else None
    if column in spans or column == "form":
        return ""
    if column in _JSON:
        return as_json(_cut(json.loads(cell), text))
    if table in SPANS:
        return seal(cell, text) if column in _SEALED else cell
    return None if column in _FLAT else cell


def _cut(value: Any, text: str) -> Any:
    """JSON of the contract without the words of its spans, which can be had from their places; names and reasons sealed."""
    if isinstance(value, list):
        return [_cut(item, text) for item in value]
    if not isinstance(value, dict):
        return value
    cut = {
        key: seal(item, text) if key in _SEALED_KEYS and isinstance(item, str) else _cut(item, text)
        for key, item in value.items()
    }
    return {**cut, "text": ""} if _is_span(value) else _day_words(cut)


def _sliced(value: Any, text: str) -> Any:
    if isinstance(value, list):
        return [_sliced(item, text) for item in value]
    if not isinstance(value, dict):
        return value
    filled: Row = {
        key: unseal(item, text) if key in _SEALED_KEYS and isinstance(item, str) else _sliced(item, text)
        for key, item in value.items()
    }
    if _is_span(value):
        return {**filled, "text": text[value["start"] : value["end"]]}
    if "text" in filled and isinstance(filled.get("span"), dict):
        return {**filled, "text": filled["span"]["text"]}
    return filled


def _day_words(value: dict[str, Any]) -> dict[str, Any]:
    """An interval says its words twice, the second time in its span."""
    return {**value, "text": ""} if isinstance(value.get("span"), dict) and "text" in value else value


def _is_span(value: dict[str, Any]) -> bool:
    return isinstance(value.get("text"), str) and type(value.get("start")) is int and type(value.get("end")) is int
