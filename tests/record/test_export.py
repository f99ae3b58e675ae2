import builtins
import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from coded_articles import TUESDAY, baghdad_article, dyad_article

from rasid.contract import to_json
from rasid.errors import InputError
from rasid.record import EventRow, Record, add, find_events, open_record
from rasid.record.export import events_table, save_events_jsonl, to_frame, write_events_jsonl
from rasid.record.formats import save, write_csv
from rasid.record.tables import Column, Table


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with open_record(tmp_path / "r.sqlite") as record:
        add(record, baghdad_article(), "page.html")
        add(record, dyad_article("b", "EGY", None, None), "b.html")
        yield record


def test_csv_for_a_pipe_is_plain_and_has_every_column(record: Record) -> None:
    out = io.StringIO()
    assert write_csv(events_table(find_events(record)), out) == 4
    first, *_ = csv.DictReader(io.StringIO(out.getvalue()))
    assert list(first) == list(EventRow._fields)
    assert (first["type"], first["when_start"], first["actor_codes"], first["agency"]) == (
        *("CONSULT", "2021-11-23", "JOR GOV", "وكالة الرافدين"),
    )


def test_what_is_not_known_is_empty_in_csv(record: Record) -> None:
    out = io.StringIO()
    write_csv(events_table(find_events(record)), out)
    *_, last = csv.DictReader(io.StringIO(out.getvalue()))
    assert (last["mode"], last["when_start"], last["recipients"], last["confidence"]) == ("", "", "", "")


def test_a_csv_file_begins_with_the_mark_that_excel_needs(record: Record, tmp_path: Path) -> None:
    assert save(events_table(find_events(record)), tmp_path / "events.csv") == 4
    content = (tmp_path / "events.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbfevent_id,")
    assert "سالم الحوراني" in content.decode()


def test_jsonl_holds_the_contracts_events_with_sentence_and_article(record: Record, tmp_path: Path) -> None:
    assert save_events_jsonl(record, find_events(record), tmp_path / "events.jsonl") == 4
    lines = (tmp_path / "events.jsonl").read_text(encoding="utf-8").splitlines()
    visit: dict[str, Any] = json.loads(lines[0])
    assert visit.pop("article")["url"] == "https://news.example/a1"
    assert visit["sentence"].pop("text").startswith("زار وزير الخارجية")
    assert visit == to_json(baghdad_article())["events"][0]


def test_jsonl_for_a_pipe_is_one_event_a_line(record: Record) -> None:
    out = io.StringIO()
    assert write_events_jsonl(record, find_events(record), out) == 4
    assert [json.loads(line)["article"]["id"] for line in out.getvalue().splitlines()] == ["a1", "a1", "a1", "b"]


def test_parquet_reads_back_the_same_rows_with_days_as_dates(record: Record, tmp_path: Path) -> None:
    rows = list(find_events(record))
    assert save(events_table(iter(rows)), tmp_path / "events.parquet") == 4
    table = pq.read_table(tmp_path / "events.parquet")
    assert [EventRow(**row) for row in table.to_pylist()] == rows
    assert str(table.schema.field("when_start").type) == "date32[day]"


def test_no_events_are_a_file_with_columns_and_no_rows(tmp_path: Path) -> None:
    assert save(events_table([]), tmp_path / "events.parquet") == save(events_table([]), tmp_path / "events.csv") == 0
    assert pq.read_table(tmp_path / "events.parquet").column_names == list(EventRow._fields)
    assert (tmp_path / "events.csv").read_text(encoding="utf-8-sig").strip() == ",".join(EventRow._fields)


def test_an_export_that_breaks_off_leaves_the_old_file_and_no_other(record: Record, tmp_path: Path) -> None:
    def broken() -> Iterator[EventRow]:
        yield from find_events(record)
        raise KeyboardInterrupt

    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "events.csv").write_text("old")
    with pytest.raises(KeyboardInterrupt):
        save(events_table(broken()), folder / "events.csv")
    assert [(path.name, path.read_text()) for path in folder.iterdir()] == [("events.csv", "old")]


def test_a_place_that_cannot_be_written_to_is_named(record: Record, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="missing"):
        save(events_table(find_events(record)), tmp_path / "missing" / "events.csv")


def test_a_data_frame_has_the_columns_with_days_as_days(record: Record) -> None:
    frame = to_frame(find_events(record))
    assert list(frame.columns) == list(EventRow._fields)
    assert frame["when_start"].dt.date.iloc[0] == TUESDAY
    assert frame["when_start"].isna().tolist() == [False, False, True, True]
    assert frame.groupby("type").size().to_dict() == {"ASSAULT": 1, "CONSULT": 2, "SUPPORT": 1}


def test_a_data_frame_of_no_events_has_the_same_columns(record: Record) -> None:
    assert to_frame([]).dtypes.to_dict()["when_start"] == to_frame(find_events(record)).dtypes.to_dict()["when_start"]


def test_without_pandas_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without_pandas(name: str, *arguments: Any, **options: Any) -> Any:
        if name == "pandas":
            raise ImportError(name)
        return real(name, *arguments, **options)

    monkeypatch.setattr(builtins, "__import__", without_pandas)
    with pytest.raises(InputError, match=r"pip install .rasid\[pandas\]"):
        to_frame([])


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_csv_file_holds_no_formulas(tmp_path: Path, text: str) -> None:
    table = Table("t", (Column("words", "text"), Column("number", "integer")), lambda: [(text, -1), ("نص = نص", 2)])
    save(table, tmp_path / "t.csv")
    with (tmp_path / "t.csv").open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == [["words", "number"], [f"'{text}", "-1"], ["نص = نص", "2"]]
    out = io.StringIO(newline="")
    write_csv(table, out)
    assert list(csv.reader(io.StringIO(out.getvalue(), newline="")))[1] == [text, "-1"]  # a program's is as it is
