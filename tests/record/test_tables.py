"""Exports of every table in every format, and events in the columns of other data sets."""

import csv
import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pytest
from coded_articles import TUESDAY, baghdad_article, dyad_article

from rasid.errors import InputError, LexiconError
from rasid.events.plover import modes, types
from rasid.record import EventQuery, Record, add, cameo, find_events, open_record
from rasid.record import corrections as made
from rasid.record.cameo import cameo_of, cameo_quad
from rasid.record.formats import FORMATS, save
from rasid.record.petrarch import petrarch_rows
from rasid.record.releasing import BASE, FLAT, meaning
from rasid.record.tables import EVENTS, POLECAT_COLUMNS, Column, Table, table, table_names

FORMULA = "=HYPERLINK(1)"


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with open_record(tmp_path / "r.sqlite") as record:
        add(record, baghdad_article(title=FORMULA), "page.html")
        add(record, dyad_article("b", "EGY", "SDN MIL", None), "b.html")
        made.reject(record, baghdad_article().events[2].id, by="ليلى")
        yield record


def _rows(record: Record, name: str, **query: Any) -> list[dict[str, Any]]:
    found = table(record, name, EventQuery(**query))
    return [dict(zip((column.name for column in found.columns), row, strict=True)) for row in found.rows()]


@pytest.mark.parametrize("format", FORMATS)
def test_every_table_is_written_in_every_format(record: Record, tmp_path: Path, format: str) -> None:
    for name in table_names(record):
        rows = len(list(table(record, name).rows()))
        assert save(table(record, name), tmp_path / f"{name}.{format}") == rows
    assert len(table_names(record)) > 25


def test_events_are_what_people_made_of_them_and_coded_events_what_the_machine_did_too(record: Record) -> None:
    assert [row["type"] for row in _rows(record, "events")] == ["CONSULT", "SUPPORT", "CONSULT"]
    assert sorted((row["type"], row["stands"]) for row in _rows(record, "coded_events")) == [
        *(("ASSAULT", 0), ("CONSULT", 1), ("CONSULT", 1), ("SUPPORT", 1)),
    ]


def test_a_csv_file_begins_with_the_mark_that_excel_needs(record: Record, tmp_path: Path) -> None:
    save(table(record, EVENTS), tmp_path / "e.csv")
    assert (tmp_path / "e.csv").read_bytes().startswith(b"\xef\xbb\xbfevent_id,")
    rows = list(csv.DictReader((tmp_path / "e.csv").open(encoding="utf-8-sig")))
    assert rows[0]["when_start"] == "2021-11-23"


def test_excel_gets_days_as_days_and_nothing_that_a_page_says_as_a_formula(record: Record, tmp_path: Path) -> None:
    save(table(record, EVENTS), tmp_path / "e.xlsx")
    frame = pd.read_excel(tmp_path / "e.xlsx")
    assert next(iter(frame["title"])) == FORMULA
    assert frame["when_start"][0] == pd.Timestamp(TUESDAY)
    assert frame["actors"][0].startswith("وزير الخارجية")


def test_stata_reads_days_numbers_and_arabic(record: Record, tmp_path: Path) -> None:
    save(table(record, EVENTS), tmp_path / "e.dta")
    frame = pd.read_stata(tmp_path / "e.dta")
    assert frame["when_start"][0] == pd.Timestamp(TUESDAY)
    assert (frame["score"][0], frame["type"][0]) == (4.0, "CONSULT")
    assert frame["recipients"][0] == "بغداد"


def test_json_lines_and_parquet_keep_what_is_not_known_apart_from_nothing(record: Record, tmp_path: Path) -> None:
    save(table(record, EVENTS), tmp_path / "e.jsonl")
    save(table(record, EVENTS), tmp_path / "e.parquet")
    lines = [json.loads(line) for line in (tmp_path / "e.jsonl").read_text(encoding="utf-8").splitlines()]
    rows = pq.read_table(tmp_path / "e.parquet").to_pylist()
    assert lines[2]["when_start"] is rows[2]["when_start"] is None
    assert rows[0]["when_start"] == dt.date.fromisoformat(lines[0]["when_start"]) == TUESDAY


def test_a_table_of_more_rows_than_a_sheet_goes_on_in_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rasid.record.formats._SHEET", 2)
    long = Table("long", (Column("n", "integer"),), lambda: ((n,) for n in range(5)))
    assert save(long, tmp_path / "long.xlsx") == 5
    sheets = pd.read_excel(tmp_path / "long.xlsx", sheet_name=None)
    assert [list(sheet["n"]) for sheet in sheets.values()] == [[0, 1], [2, 3], [4]]


def test_a_format_or_table_that_there_is_not_is_named(record: Record, tmp_path: Path) -> None:
    with pytest.raises(InputError, match='no format "doc" here'):
        save(table(record, EVENTS), tmp_path / "e.doc")
    with pytest.raises(InputError, match='no table "moods"; there are events, '):
        table(record, "moods")
    with pytest.raises(InputError, match="can be narrowed down, not quotes"):
        table(record, "quotes", EventQuery(("JOR",)))


def test_polecat_columns_hold_what_rasid_codes(record: Record) -> None:
    visit = _rows(record, "polecat")[0]
    assert list(visit) == [column.name for column in POLECAT_COLUMNS]
    assert visit["Event Date"] == TUESDAY
    assert (visit["Event Type"], visit["Event Mode"], visit["Intensity"], visit["Quad Code"]) == (
        *("CONSULT", "visit", 4.0, "VERBAL COOPERATION"),
    )
    assert (visit["Actor Country"], visit["Primary Actor Sector"], visit["Actor Name"]) == ("JOR", "GOV", "Salem al-Hourani")
    assert (visit["Recipient Country"], visit["Recipient Sectors"], visit["Wikipedia Actor ID"]) == ("IRQ", None, None)
    assert _rows(record, "polecat", types=("SUPPORT",))[0]["Actor Country"] == "JOR; IRQ"


def test_cameo_rows_say_how_well_the_code_fits(record: Record) -> None:
    rows = [(row["cameo"], row["fit"], row["quad_class"], row["source"], row["target"]) for row in _rows(record, "cameo")]
    assert rows == [
        ("042", "exact", 1, "JOR GOV", "IRQ"),
        ("050", "root", 1, "JOR; IRQ", None),
        ("040", "root", 1, "EGY", "SDN MIL"),
    ]


def test_lines_of_petrarch_are_a_pair_each_and_those_who_sign_do_it_to_each_other(record: Record, tmp_path: Path) -> None:
    assert save(table(record, "petrarch"), tmp_path / "lines.txt") == 3
    lines = [line.split("\t") for line in (tmp_path / "lines.txt").read_text(encoding="utf-8").splitlines()]
    assert [line[:4] for line in lines] == [
        ["20211123", "JORGOV", "IRQ", "042"],
        ["20211124", "JOR", "IRQ", "050"],
        ["20211124", "IRQ", "JOR", "050"],
    ]
    assert {len(line) for line in lines} == {8}


def test_what_a_line_of_petrarch_cannot_say_is_not_said(record: Record) -> None:
    (visit, *_) = find_events(record, EventQuery())
    day = dt.date(2021, 11, 24)
    assert not list(petrarch_rows(visit._replace(status="negated")))
    assert not list(petrarch_rows(visit._replace(status="historical", when_start=None, published_start=day, published_end=day)))
    vague = visit._replace(when_start=None, actor_codes="?", published_start=day, published_end=day)
    assert [line[:3] for line in petrarch_rows(vague)] == [("20211124", "---", "IRQ")]


def test_every_type_and_mode_has_a_cameo_code_whose_quad_is_that_of_the_type() -> None:
    for kind in types():
        for mode in (None, *modes(kind)):
            code, fit = cameo_of(kind, mode)
            assert code[:2].isdigit()
            assert fit in ("exact", "root")
    assert [cameo_quad(quad) for quad in (1, 2, 3, 4)] == [4, 2, 3, 1]


@pytest.mark.parametrize(
    ("kind", "mode", "contexts", "code"),
    [
        ("RETREAT", "ceasefire", (), "0871"),
        ("AID", None, ("military",), "072"),
        ("AID", None, ("gender",), "070"),
        ("PROTEST", "demo", (), "141"),
        ("ASSAULT", "suicide-attack", (), "1831"),
        ("COERCE", "arrest", ("legal",), "173"),
    ],
)
def test_cameo_codes(kind: str, mode: str | None, contexts: tuple[str, ...], code: str) -> None:
    assert cameo_of(kind, mode, contexts).code == code


@pytest.mark.parametrize(
    ("line", "complaint"),
    [("VISIT,,,042,exact", "cameo.csv:2: VISIT"), ("CONSULT,,,42a,exact", "of digits"), ("CONSULT,,,040,root", "lacks a row")],
)
def test_a_mistake_in_the_cameo_table_is_named(
    line: str, complaint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "cameo.csv").write_text(f"type,mode,context,cameo,fit\n{line}\n", encoding="utf-8")
    monkeypatch.setattr(cameo, "CAMEO", tmp_path / "cameo.csv")
    with pytest.raises(LexiconError, match=complaint):
        cameo._rows.__wrapped__()


@pytest.mark.parametrize("name", [name for name in (*FLAT, *BASE) if name != "polecat"])
def test_every_column_that_is_released_is_described(record: Record, name: str) -> None:
    assert [column.name for column in table(record, name).columns if not meaning(name, column.name)] == []
