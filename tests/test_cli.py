"""The commands as a user runs them. All run in this process but those about processes themselves."""

import contextlib
import csv
import io
import json
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from .commands import MEETING, RASID, VISIT, Run, events_in, row, visits, wait_for


@pytest.fixture
def record(rasid: Run, tmp_path: Path) -> Path:
    path = tmp_path / "made.sqlite"
    rows = row(source="الخبر") + row(MEETING, id="2", date="2022-03-02")
    assert rasid("ingest", "-", "--record", path, stdin=rows).status == 0
    return path


# --- code


def test_code_writes_the_contract_a_line_an_article(rasid: Run) -> None:
    (article,) = rasid("code", "-", "--format", "jsonl", stdin=row(title="زيارة", other=1)).rows
    assert article["id"] == "1"
    assert article["text"] == VISIT
    assert article["date"] == {"start": "2021-11-24", "end": "2021-11-24", "evidence": "given", "reasons": []}
    (event,) = article["events"]
    assert (event["type"], event["mode"], event["status"]) == ("CONSULT", "visit", "occurred")
    assert [one["code"] for one in event["actor"]] == ["FRA GOV"]
    assert event["when"]["start"] == "2021-11-23"
    assert (article["quotes"], article["agreements"]) == ([], [])


def test_code_keeps_the_order_of_rows_and_of_files(rasid: Run, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(row(id="x") + row(id="y"), "utf-8")
    found = rasid("code", "a.jsonl", "-", "--format", "jsonl", stdin=row(id="z")).rows
    assert [article["id"] for article in found] == ["x", "y", "z"]


def test_code_never_skips_a_row_however_empty_its_text(rasid: Run) -> None:
    ran = rasid("code", "-", "--format", "jsonl", stdin=row("", id="a") + row("Not Arabic.", id="b"))
    assert [(one["id"], one["text"], one["events"]) for one in ran.rows] == [("a", "", []), ("b", "Not Arabic.", [])]
    assert ran.status == 0


def test_code_prints_a_line_an_event_with_its_words_at_the_end(rasid: Run) -> None:
    lines = rasid("code", "-", stdin=row()).out.splitlines()
    line = next(line for line in lines if "CONSULT visit" in line)
    assert line.startswith("23 Nov 2021")
    assert line.rstrip().endswith("زار")
    assert "1 event" in lines


def test_code_writes_one_report_that_fetches_nothing(rasid: Run) -> None:
    out = rasid("code", "-", "--format", "html", stdin=row(title="<script>x</script>")).out
    assert out.startswith("<!doctype html>")
    assert "&lt;script&gt;" in out
    assert "<script" not in out
    assert "src=" not in out


def test_the_date_option_dates_every_page(rasid: Run) -> None:
    (article,) = rasid("code", "-", "--format", "jsonl", "--date", "2020-01-02", stdin=row(date=None)).rows
    assert article["events"][0]["when"]["start"] == "2020-01-01"


# --- rooms alone


def test_clean_gives_the_article_without_events(rasid: Run) -> None:
    (article,) = rasid("clean", "-", "--format", "jsonl", stdin=row()).rows
    assert article["text"] == VISIT
    assert "events" not in article


def test_times_gives_expressions_with_first_and_last_day(rasid: Run) -> None:
    (found,) = rasid("times", "-", stdin=row()).rows
    assert found["id"] == "1"
    assert [(one["text"], one["start"], one["end"]) for one in found["times"]] == [("أمس", "2021-11-23", "2021-11-23")]


def test_mentions_gives_kind_code_and_place(rasid: Run) -> None:
    (found,) = rasid("mentions", "-", stdin=row()).rows
    country = next(one for one in found["mentions"] if one["kind"] == "country")
    assert VISIT[country["start"] : country["end"]] == country["text"]
    assert country["code"]


def test_mentions_parts_a_name_from_the_office_beside_it(rasid: Run) -> None:
    text = "زار وزير الدفاع التشيكي محمد ويلسون بغداد. وقال باراك أوباما الرئيس الأمريكي إنه راض."
    (found,) = rasid("mentions", "-", stdin=json.dumps({"id": "a", "text": text, "date": "2010-05-01"})).rows
    persons = [(one["text"], one["kind"], one["code"]) for one in found["mentions"] if one["kind"] in ("person", "office")]
    assert persons == [
        ("وزير الدفاع التشيكي", "office", "CZE GOV"),
        ("محمد ويلسون", "person", "CZE GOV"),
        ("باراك أوباما", "person", "USA GOV"),
        ("الرئيس الأمريكي", "office", "USA GOV"),
    ]


def test_names_says_of_each_pair_whether_it_is_one_person(rasid: Run) -> None:
    pairs = '{"a": "بيني غانتس", "b": "بيني گانتز", "n": 1}\n{"a": "محمود عباس", "b": "نبيه بري"}\n'
    found = rasid("names", "-", stdin=pairs).rows
    assert [one["same"] for one in found] == [True, False]
    assert found[0]["n"] == 1
    assert 0 <= found[1]["score"] < found[0]["score"] <= 1


# --- record


def test_ingest_says_what_it_added_and_makes_a_rerun_cheap(rasid: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    first = rasid("ingest", "-", stdin=visits(3))
    assert first.out == "rasid.sqlite: 3 articles with 3 events added.\n"

    def coded_again(article: object) -> None:
        raise AssertionError("what the record holds must not be coded again")

    monkeypatch.setattr("rasid.cli_ingest.code", coded_again)
    again = rasid("ingest", "-", stdin=visits(3))
    assert again.out == "rasid.sqlite: 0 articles with 0 events added, 3 there already.\n"
    assert again.status == 0


def test_ingest_keeps_more_than_one_transaction_of_articles(rasid: Run) -> None:
    assert "120 articles with 120 events added" in rasid("ingest", "-", stdin=visits(120)).out
    assert len(rasid("events", "--format", "jsonl").rows) == 120


def test_ingest_notes_a_bad_page_and_goes_on(rasid: Run) -> None:
    ran = rasid("ingest", "-", stdin=row() + "{broken\n" + row(id="2", url="https://example.org/2"))
    assert ran.status == 2
    assert ran.out == "rasid.sqlite: 2 articles with 2 events added, 1 left out (see `rasid failures`).\n"
    (failure,) = rasid("failures", "--format", "jsonl").rows
    assert (failure["page"], failure["step"]) == ("-:2", "read")
    assert failure["reason"].startswith("the row is not valid JSON")
    assert "-:2" in rasid("failures").out


def test_ingest_goes_on_where_the_coder_fails(rasid: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from rasid.coder import code

    def fail(article: Any, *memory: Any) -> Any:
        return code(article, *memory) if article.id != "1" else 1 / 0

    monkeypatch.setattr("rasid.cli_ingest.code", fail)
    ran = rasid("ingest", "-", stdin=visits(3))
    assert (ran.status, len(ran.err.splitlines())) == (2, 1)
    assert "ZeroDivisionError" in ran.err
    assert "2 articles" in ran.out


def test_events_are_found_between_two_actors(rasid: Run, record: Path) -> None:
    between = rasid("events", "DZA", "FRA GOV", "--record", record, "--format", "jsonl").rows
    assert [event["type"] for event in between] == ["CONSULT"]
    assert rasid("events", "DZA", "JOR", "--record", record, "--format", "jsonl").rows == []


@pytest.mark.parametrize(
    ("option", "number"),
    [
        (["--type", "consult"], 2),
        (["--type", "ASSAULT"], 0),
        (["--from", "2022-01-01"], 1),
        (["--to", "2021-12-31"], 1),
        (["--status", "occurred"], 2),
        (["--source", "الخبر"], 1),
    ],
)
def test_events_are_chosen_by_option(rasid: Run, record: Path, option: list[str], number: int) -> None:
    assert len(rasid("events", "--record", record, "--format", "jsonl", *option).rows) == number


def test_events_print_as_a_table_with_ids_that_explain_takes(rasid: Run, record: Path) -> None:
    table = rasid("events", "--record", record).out
    (event, _) = rasid("events", "--record", record, "--format", "jsonl").rows
    assert event["id"][:8] in table
    explained = rasid("explain", event["id"][:8], "--record", record)
    assert explained.status == 0
    assert VISIT in explained.out
    assert event["predicate"] in explained.out


def test_events_go_to_csv_and_parquet_by_the_ending_of_the_file(rasid: Run, record: Path, tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    rows = list(csv.DictReader(io.StringIO(rasid("events", "--record", record, "--format", "csv").out)))
    assert [one["type"] for one in rows] == ["CONSULT", "CONSULT"]
    assert rasid("events", "--record", record, "-o", "e.parquet").out == "e.parquet: 2 events written.\n"
    assert pq.read_table(tmp_path / "e.parquet").column("actor_codes").to_pylist()[0] == "FRA GOV"
    assert rasid("events", "--record", record, "-o", "e.csv").status == 0
    assert (tmp_path / "e.csv").read_text("utf-8-sig").startswith("event_id,")


# --- bad input: one clear line, status 2, the good rows done


def test_invalid_json_in_row_seven_leaves_the_others(rasid: Run, tmp_path: Path) -> None:
    lines = [row(id=str(n)) for n in range(1, 11)]
    lines[6] = '{"id": "7", "text": \n'
    (tmp_path / "notes.jsonl").write_text("".join(lines), "utf-8")
    ran = rasid("code", "notes.jsonl", "--format", "jsonl")
    assert ran.status == 2
    assert [article["id"] for article in ran.rows] == ["1", "2", "3", "4", "5", "6", "8", "9", "10"]
    assert len(ran.err.splitlines()) == 1
    assert ran.err.startswith("rasid: notes.jsonl:7: ")


@pytest.mark.parametrize("command", ["code", "clean", "times", "mentions", "ingest"])
@pytest.mark.parametrize(
    ("name", "content", "line"),
    [
        ("missing.html", None, "rasid: missing.html: there is no such file or folder\n"),
        ("empty", "folder", "rasid: empty: the folder holds no files\n"),
        ("page.html", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)), "rasid: page.html: "),
        ("nothing.html", b"", "rasid: nothing.html: the page is empty\n"),
    ],
)
def test_a_bad_path_is_one_line_and_the_rest_is_done(
    rasid: Run, tmp_path: Path, command: str, name: str, content: bytes | str | None, line: str
) -> None:
    if content == "folder":
        (tmp_path / name).mkdir()
    elif isinstance(content, bytes):
        (tmp_path / name).write_bytes(content)
    ran = rasid(command, name, "-", stdin=row())
    assert ran.status == 2
    assert ran.err.startswith(line)
    assert len(ran.err.splitlines()) == 1
    assert ran.out


def test_a_row_with_a_date_that_is_none_is_one_line(rasid: Run) -> None:
    ran = rasid("code", "-", "--format", "jsonl", stdin=row(date="24/13/2021") + row(id="2"))
    assert ran.err == 'rasid: -:1: "date" is "24/13/2021", which is no date (use 2021-11-24)\n'
    assert (ran.status, [article["id"] for article in ran.rows]) == (2, ["2"])


def test_a_pair_without_two_names_is_one_line(rasid: Run) -> None:
    ran = rasid("names", "-", stdin='{"a": "محمود عباس"}\n{"a": "نبيه بري", "b": "نبيه بري"}\n')
    assert ran.err == 'rasid: -:1: a row must have two names, "a" and "b"\n'
    assert (ran.status, len(ran.rows)) == (2, 1)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["code", "-", "--date", "2021-13-01"], '"2021-13-01" is no date'),
        (["code", "-", "--format", "xml"], 'there is no format "xml" here (one of table, jsonl, html)'),
        (["times", "-", "--format", "table"], 'there is no format "table" here'),
        (["code", "--dat", "x"], "No such option: --dat"),
        (["code"], "Missing argument"),
        (["cod"], "No such command"),
        (["events", "--record", "none.sqlite"], "none.sqlite: there is no such record"),
        (["events", "--from", "yesterday"], '"yesterday" is no date'),
        (["explain", "abc", "--record", "none.sqlite"], "none.sqlite: there is no such record"),
        (["ingest", "-", "--record", "no/folder.sqlite"], "its folder is not there"),
    ],
)
def test_a_wrong_option_is_one_line_and_status_two(rasid: Run, arguments: list[str], said: str) -> None:
    ran = rasid(*arguments, stdin=row())
    assert (ran.status, ran.out, len(ran.err.splitlines())) == (2, "", 1)
    assert ran.err.startswith("rasid: ")
    assert said in ran.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--type", "VISIT"], "no type of event"),
        (["--status", "done"], "no status"),
        (["A", "B", "C"], "between two actors"),
        (["--format", "parquet"], "--output events.parquet"),
        (["-o", "events.xls"], 'there is no format "xls" here'),
    ],
)
def test_a_query_that_makes_no_sense_is_one_line(rasid: Run, record: Path, arguments: list[str], said: str) -> None:
    ran = rasid("events", "--record", record, *arguments)
    assert (ran.status, len(ran.err.splitlines())) == (2, 1)
    assert said in ran.err


def test_a_file_that_is_no_record_is_one_line(rasid: Run, tmp_path: Path) -> None:
    (tmp_path / "text.sqlite").write_text("no database " * 100, "utf-8")
    assert rasid("events", "--record", "text.sqlite").err == "rasid: text.sqlite: is no record of rasid\n"


def test_half_a_character_in_the_output_stays_valid_json(rasid: Run, tmp_path: Path) -> None:
    (tmp_path / "names.jsonl").write_text('{"a": "\\ud800", "b": "x"}\n', "utf-8")
    assert rasid("names", "names.jsonl").rows[0]["a"] == "\ud800"


# --- processes


def test_without_arguments_the_help_is_shown(rasid: Run) -> None:
    ran = rasid()
    assert ran.status == 0
    assert "ingest" in ran.out


def test_the_version_names_the_coder(rasid: Run) -> None:
    from rasid.coder import coder_version

    assert coder_version() in rasid("--version").out


def test_neither_help_nor_import_loads_what_only_coding_needs() -> None:
    script = (
        "import sys; sys.argv = ['rasid', '--help']\n"
        "import rasid, rasid.cli, contextlib\n"
        "with contextlib.suppress(SystemExit): rasid.cli.main()\n"
        "heavy = {'trafilatura', 'lxml', 'babel', 'jinja2', 'pyarrow', 'pandas', 'yaml', 'rasid.coder', 'sqlite3'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert ran.stderr == "[]\n"


def test_output_is_utf8_whatever_the_locale() -> None:
    environment = {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"}
    ran = subprocess.run([RASID, "times", "-"], input=row().encode(), capture_output=True, env=environment, check=False)
    assert "أمس" in ran.stdout.decode()


def test_a_reader_that_stops_early_is_no_error() -> None:
    with subprocess.Popen([RASID, "clean", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as ran:
        assert ran.stdin
        assert ran.stdout
        assert ran.stderr
        ran.stdout.close()
        with contextlib.suppress(BrokenPipeError):
            ran.stdin.write(visits(3000).encode())
            ran.stdin.close()
        assert ran.stderr.read() == b""


def test_rows_come_out_while_more_are_awaited() -> None:
    with subprocess.Popen([RASID, "times", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as ran:
        assert ran.stdin
        assert ran.stdout
        ran.stdin.write(visits(2).encode())
        ran.stdin.flush()
        assert json.loads(ran.stdout.readline())["id"] == "0"
        ran.stdin.close()


def test_an_interrupted_ingest_keeps_what_was_coded(tmp_path: Path) -> None:
    path = tmp_path / "made.sqlite"
    with subprocess.Popen([RASID, "ingest", "-", "--record", path], stdin=subprocess.PIPE, stderr=subprocess.PIPE) as ran:
        assert ran.stdin
        ran.stdin.write(visits(60).encode())
        ran.stdin.flush()
        wait_for(lambda: events_in(path) >= 50)  # the first transaction; ten more are on their way
        time.sleep(0.3)
        ran.send_signal(signal.SIGINT)
        assert ran.wait(20) == 130
    assert events_in(path) == 60


def test_two_files_that_both_count_from_one_keep_all_their_rows(rasid: Run, tmp_path: Path) -> None:
    for name, place in (("a", "تونس"), ("b", "سوسة")):
        rows = [row(f"تظاهر عشرات العمال في {place} أمس.", id=str(n)) for n in (1, 2)]
        (tmp_path / f"{name}.jsonl").write_text("".join(rows), encoding="utf-8")
    for _ in range(2):
        rasid("ingest", "a.jsonl", "b.jsonl", "--record", "record.sqlite")
    with sqlite3.connect(tmp_path / "record.sqlite") as connection:
        ids = [name for (name,) in connection.execute("SELECT id FROM articles ORDER BY page")]
    assert ids[:2] == ["1", "2"]
    assert [name.partition("@")[0] for name in ids[2:]] == ["1", "2"]
    assert len(set(ids)) == 4
