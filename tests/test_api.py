"""The Python API: code, clean, open_record."""

import datetime as dt
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import pytest

import rasid
from rasid.errors import InputError
from rasid.model import Article, PageDate
from rasid.record import EventQuery, add, find_events

VISIT = "زار الرئيس الفرنسي الجزائر أمس."
DAY = dt.date(2021, 11, 24)
HTML = f"<html><head><title>زيارة</title></head><body><article><p>{VISIT}</p><p>{VISIT}</p></article></body></html>"


def visit() -> Article:
    return Article("v1", VISIT, "زيارة", "https://example.org/v1", date=PageDate(DAY, DAY, "given"), language="ar")


def test_code_takes_html_text_bytes_and_articles() -> None:
    for page in (HTML, HTML.encode(), visit()):
        coded = rasid.code(page, date="2021-11-24")
        assert coded.events[0].type == "CONSULT"
        assert coded.events[0].when is not None
        assert coded.events[0].when.start == dt.date(2021, 11, 23)


def test_a_date_is_a_text_or_a_day() -> None:
    assert rasid.clean(HTML, "2021-11-24").date == rasid.clean(HTML, DAY).date == PageDate(DAY, DAY, "given")


def test_every_span_slices_back_to_the_text() -> None:
    coded = rasid.code(visit())
    for event in coded.events:
        for span in (event.trigger, event.sentence, *(entity.span for entity in (*event.actors, *event.recipients))):
            assert coded.article.text[span.start : span.end] == span.text


def test_coding_twice_gives_the_same() -> None:
    assert rasid.code(visit()).events == rasid.code(visit()).events


def test_what_holds_no_article_is_an_input_error() -> None:
    with pytest.raises(InputError, match="not in Arabic"):
        rasid.code("This page is in English, from its first word to its last, and reports nothing at all.")
    with pytest.raises(InputError, match="is no date"):
        rasid.code(HTML, date="24/11/2021")


def test_a_coded_article_turns_into_a_data_frame() -> None:
    pytest.importorskip("pandas")
    frame = rasid.code(visit()).to_frame()
    assert len(frame) == len(rasid.code(visit()).events)
    assert frame.loc[0, "type"] == "CONSULT"
    assert frame.loc[0, "actor_codes"] == "FRA GOV"
    assert str(frame["when_start"].dtype).startswith("datetime64")


def test_an_article_without_events_is_an_empty_frame_with_columns() -> None:
    pytest.importorskip("pandas")
    frame = rasid.code(Article("e", "كان الطقس جميلا.")).to_frame()
    assert len(frame) == 0
    assert "actor_codes" in frame.columns


def test_a_notebook_shows_the_evidence() -> None:
    shown = rasid.code(visit())._repr_html_()
    assert shown.startswith('<div class="rasid">')
    assert "<mark" in shown
    assert "CONSULT visit" in shown


def test_a_coded_article_is_plain_enough_for_asdict_and_json() -> None:
    coded = rasid.code(visit())
    assert asdict(coded)["article"]["id"] == "v1"
    assert coded.to_json()["id"] == "v1"


def test_a_record_opens_by_path_and_takes_what_was_coded(tmp_path: Path) -> None:
    with rasid.open_record(tmp_path / "r.sqlite") as record:
        assert add(record, rasid.code(visit()), "page.html")
        assert next(find_events(record, EventQuery(actors=("FRA", "DZA")))).type == "CONSULT"


def test_import_loads_nothing_but_names() -> None:
    loaded = "import sys, rasid; print(sorted(name for name in sys.modules if name.startswith('rasid')))"
    ran = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
    assert ran.stdout == "['rasid']\n"
