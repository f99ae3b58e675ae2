"""The commands about relations, exposure, charts, watches and single actors, as a user runs them."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from rasid.cli import main
from rasid.record import open_record

from .analysis.conftest import ARTICLES, fill

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("cli") / "rasid.sqlite"
    with open_record(path) as record:
        fill(record, ARTICLES)
        record.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path.read_bytes()


@pytest.fixture
def rasid(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, filled: bytes) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "220")
    (tmp_path / "rasid.sqlite").write_bytes(filled)

    def run(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["rasid", *words])
        with pytest.raises(SystemExit) as stopped:
            main()
        out, err = capsys.readouterr()
        return int(stopped.value.code or 0), out, err

    return run


def test_a_relation_as_a_table_has_states_counts_and_exposure(rasid: Run) -> None:
    status, out, _ = rasid("relations", "موريتانيا", "Uruguay", "--by", "year")
    assert status == 0
    assert "denied: الرواق" in out
    assert "nothing read" in out
    assert "30 articles read" in out


def test_acts_are_counted_beside_their_reports(rasid: Run) -> None:
    _, out, _ = rasid("relations", "MRT", "URY", "--by", "year", "--format", "csv")
    of = {row["period"]: (row["acts"], row["reports"]) for row in csv.DictReader(io.StringIO(out))}
    assert (of["2004"], of["2006"], of["2022"]) == (("1", "1"), ("", ""), ("1", "2"))


def test_a_relation_as_csv_has_a_row_a_period(rasid: Run) -> None:
    _, out, _ = rasid(
        "relations", "MRT", "URY", "--by", "year", "--format", "csv", "--from", "2005-01-01", "--to", "2007-12-31"
    )
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [(row["period"], row["reports"], row["articles_read"], row["ACCUSE"]) for row in rows] == [
        ("2005", "2", "2", "0"),
        ("2006", "", "0", ""),
        ("2007", "3", "2", "2"),
    ]


def test_a_relation_as_lines_names_each_part(rasid: Run) -> None:
    lines = [json.loads(line) for line in rasid("relations", "MRT", "URY", "--by", "year", "--format", "jsonl")[1].splitlines()]
    assert {line["part"] for line in lines} == {"periods", "states", "firsts"}
    assert {"so", "another day", "denied", "planned"} == {line["says"] for line in lines if line["part"] == "states"}


def test_the_state_on_a_day_comes_with_its_evidence(rasid: Run) -> None:
    out = rasid("relations", "MRT", "URY", "--on", "2010-01-01", "--format", "jsonl")[1]
    found = json.loads(out)
    assert (found["state"], found["since"], found["disputed"]) == ("cut", "2008-06-10", True)
    assert found["evidence"][0]["article"] == "relation-11"
    assert rasid("relations", "MRT", "URY", "--on", "2010-01-01")[1].startswith("Mauritania and Uruguay on 2010-01-01: cut.")


def test_one_actor_has_partners(rasid: Run) -> None:
    lines = [json.loads(line) for line in rasid("relations", "موريتانيا", "--format", "jsonl")[1].splitlines()]
    assert lines[0]["b"] == "URY"
    assert lines[0]["events"] > lines[1]["events"]


def test_a_relation_goes_to_a_file(rasid: Run, tmp_path: Path) -> None:
    status, out, _ = rasid("relations", "MRT", "URY", "--by", "year", "-o", "years.xlsx")
    assert (status, out) == (0, "years.xlsx: 21 periods written.\n")
    assert (tmp_path / "years.xlsx").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("MRT", "URY", "ESP"), "between two actors, not 3"),
        (("MRT", "MRT"), "Mauritania is one actor"),
        (("MRT", "URY", "--by", "week"), 'no period "week"'),
        (("MRT", "URY", "--part", "all"), "no part of a relation"),
        (("MRT", "URY", "--from", "2010-01-01", "--to", "2009-01-01"), "turn them round"),
    ],
)
def test_what_cannot_be_asked_is_one_line(rasid: Run, words: tuple[str, ...], said: str) -> None:
    status, out, err = rasid("relations", *words)
    assert (status, out, len(err.splitlines())) == (2, "", 1)
    assert said in err


def test_exposure_by_outlet(rasid: Run) -> None:
    out = rasid("exposure", "--by", "year", "--by-outlet", "--format", "csv")[1]
    rows = list(csv.DictReader(io.StringIO(out)))
    assert sum(int(row["articles"]) for row in rows) == 30
    assert rows[0] == {"period": "2003", "start": "2003-01-01", "end": "2003-12-31", "outlet": "المدار", "articles": "2"}


def test_a_chart_is_written(rasid: Run, tmp_path: Path) -> None:
    assert rasid("chart", "types", "--out", "types.svg")[:2] == (0, "types.svg: written.\n")
    assert (tmp_path / "types.svg").read_text(encoding="utf-8").startswith("<svg")


def test_an_actor_is_shown_by_his_name_alone(rasid: Run) -> None:
    found = json.loads(rasid("actors", "موريتانيا", "--format", "jsonl")[1])
    assert (found["code"], found["spellings"][0]["text"], found["partners"][0]["code"]) == ("MRT", "موريتانيا", "URY")
    status, _, err = rasid("actors", "nobody at all")
    assert status == 2
    assert err.startswith('rasid: rasid.sqlite: nobody is called "nobody at all"')


def test_a_watch_from_beginning_to_end(rasid: Run, tmp_path: Path) -> None:
    assert rasid("watch", "add", "cuts", "MRT", "URY", "--type", "sanction", "--from-start")[0] == 0
    assert "MRT + URY, SANCTION" in rasid("watch", "list")[1]
    lines = rasid("watch", "run", "cuts", "--format", "jsonl", "--feeds", ".")[1].splitlines()
    assert {json.loads(line)["type"] for line in lines} == {"SANCTION"}
    assert rasid("watch", "run", "--format", "jsonl")[1] == ""
    assert (tmp_path / "cuts.atom").read_text(encoding="utf-8") == rasid("watch", "feed", "cuts")[1]
    assert rasid("watch", "remove", "cuts")[0] == 0
    assert rasid("watch", "run", "cuts")[2] == 'rasid: rasid.sqlite: there is no watch "cuts"\n'


def test_a_webhook_that_fails_ends_with_2_and_keeps_what_it_had_to_say(rasid: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOOK", "secret")
    rasid("watch", "add", "all", "--webhook", "http://127.0.0.1:9/", "--secret-in", "HOOK", "--from-start")
    status, _, err = rasid("watch", "run")
    assert status == 2
    assert "private address" in err
    assert json.loads(rasid("watch", "list", "--format", "jsonl")[1])["waiting"] == 1


@pytest.mark.parametrize(
    "words",
    [
        ("relations", "Urugway", "MRT"),
        ("relations", "Urugway"),
        ("chart", "relation", "MRT", "Urugway", "--out", "x.svg"),
        ("quotes", "--by", "Urugway"),
        ("claims", "--about", "Urugway"),
        ("agreements", "--party", "Urugway"),
        ("actors", "Urugway"),
    ],
    ids=" ".join,
)
def test_a_name_that_nobody_has_is_one_line_with_names_near_it(rasid: Run, tmp_path: Path, words: tuple[str, ...]) -> None:
    status, out, err = rasid(*words)
    assert (status, out) == (2, "")
    assert err == 'rasid: rasid.sqlite: nobody is called "Urugway"; did you mean Uruguay?\n'
    assert not (tmp_path / "x.svg").exists()


def test_somebody_known_of_whom_nothing_is_told_is_no_mistake(rasid: Run) -> None:
    status, out, _ = rasid("relations", "MRT", "Fiji", "--format", "csv")
    assert status == 0
    assert out.startswith("a,b,period")


def test_actors_and_partners_are_csv_too(rasid: Run) -> None:
    status, out, _ = rasid("actors", "--format", "csv")
    assert status == 0
    assert {"name", "articles", "spellings", "offices"} <= set(next(csv.reader(io.StringIO(out))))
    status, out, _ = rasid("actors", "موريتانيا", "--format", "csv")
    first = next(csv.DictReader(io.StringIO(out)))
    assert (status, first["code"], first["with"], first["articles_read"]) == (0, "MRT", "Uruguay", "30")


def test_partners_have_how_much_was_read_beside_them(rasid: Run) -> None:
    _, out, _ = rasid("relations", "MRT", "--format", "csv")
    first = next(csv.DictReader(io.StringIO(out)))
    assert (first["articles_read"], first["outlets"]) == ("30", "4")


def test_the_state_on_a_day_is_csv_with_a_row_a_report(rasid: Run) -> None:
    _, out, _ = rasid("relations", "MRT", "URY", "--on", "2010-01-01", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert {row["state"] for row in rows} == {"cut"}
    assert {row["disputed"] for row in rows} == {"1"}
    assert len(rows) == 4


def test_what_watches_report_is_csv_with_one_head(rasid: Run) -> None:
    for name in ("cuts", "again"):
        rasid("watch", "add", name, "MRT", "URY", "--type", "sanction", "--from-start")
    status, out, _ = rasid("watch", "run", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert status == 0
    assert {row["watch"] for row in rows} == {"cuts", "again"}
    assert {row["type"] for row in rows} == {"SANCTION"}


def test_a_watch_for_somebody_unknown_is_kept_and_said(rasid: Run) -> None:
    status, _, err = rasid("watch", "add", "later", "Urugway")
    assert status == 0
    assert "did you mean Uruguay" in err
    assert rasid("watch", "list", "--format", "csv")[1].splitlines()[1].startswith("later")
