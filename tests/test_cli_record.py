"""The commands that work on a record, as a user runs them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from rasid import coder
from rasid.record import lexicons

from .commands import MEETING, VISIT, Run, row


@pytest.fixture
def rasid(rasid: Run, tmp_path: Path) -> Run:
    """Runs `rasid` in a folder with a record of two articles, `rasid.sqlite`."""
    rows = row(source="الخبر") + row(MEETING, id="2", date="2022-03-02", source="الميزان")
    (tmp_path / "rows.jsonl").write_text(rows, encoding="utf-8")
    assert rasid("ingest", "rows.jsonl").status == 0
    return rasid


def _id_of(rasid: Run, event_type: str = "CONSULT", actor: str = "FRA") -> str:
    return str(rasid("events", actor, "--type", event_type, "--format", "jsonl").rows[0]["id"])


def test_an_event_is_corrected_listed_and_given_back_as_gold(rasid: Run) -> None:
    event = _id_of(rasid)
    said = rasid(
        "correct", "edit", event, "--by", "ليلى", "--status", "future", "--recipient", "الجزائر=DZA GOV", "--note", "لم تتم"
    )
    assert said.status == 0
    assert "`rasid correct undo" in said.out
    (after,) = rasid("events", "FRA", "--format", "jsonl").rows
    assert (after["id"], after["status"], after["recipient"][0]["code"]) == (event, "future", "DZA GOV")
    (listed,) = rasid("corrections", "--format", "jsonl").rows
    assert (listed["by"], listed["action"], listed["note"], listed["state"]) == ("ليلى", "edit", "لم تتم", "in force")
    assert "edit" in rasid("corrections").out
    (gold,) = rasid("corrections", "--format", "gold").rows
    assert gold["events"][0]["status"] == "future"
    assert rasid("correct", "undo", listed["id"], "--by", "ليلى").status == 0
    assert rasid("events", "FRA", "--format", "jsonl").rows[0]["status"] == "occurred"


def test_events_are_accepted_rejected_merged_split_and_added(
    rasid: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RASID_USER", "سالم")
    event = _id_of(rasid)
    assert rasid("correct", "accept", event).status == 0
    assert rasid("correct", "add", "1", "--type", "AGREE", "--trigger", "الجزائر أمس", "--actor", "الجزائر=DZA").status == 0
    parts = [
        json.dumps({**rasid("events", "FRA", "--format", "jsonl").rows[0], "status": status})
        for status in ("occurred", "future")
    ]
    (tmp_path / "parts.jsonl").write_text("\n".join(parts), encoding="utf-8")
    assert rasid("correct", "split", event, "--json", "parts.jsonl").status == 0
    found = [row["id"] for row in rasid("events", "DZA", "--format", "jsonl").rows]
    assert len(found) == 3
    assert rasid("correct", "merge", *found).status == 0
    assert len(rasid("events", "DZA", "--format", "jsonl").rows) == 1
    assert rasid("correct", "reject", found[0]).status == 0
    assert rasid("events", "DZA", "--format", "jsonl").rows == []
    assert rasid("check").status == 0
    assert {row["by"] for row in rasid("corrections", "--format", "jsonl").rows} == {"سالم"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("correct", "bless", "1", "--by", "x"), '"bless" is no correction'),
        (("correct", "accept", "1"), "--by NAME"),
        (("correct", "accept", "zz", "--by", "x"), 'holds no event "zz"'),
        (("correct", "undo", "zz", "--by", "x"), "is no correction's id"),
        (("correct", "add", "1", "--by", "x"), "--trigger"),
        (("correct", "add", "9", "--by", "x", "--trigger", "زار", "--type", "CONSULT"), 'no article "9"'),
        (("correct", "add", "1", "--by", "x", "--json", "rows.jsonl"), 'lacks the key "when"'),
        (("correct", "add", "1", "--by", "x", "--json", "none.jsonl"), "cannot be read"),
        (("corrections", "--format", "xml"), 'no format "xml"'),
        (("search", "--format", "csv"), 'no format "csv"'),
        (("search", "--", "-هدنة"), "nothing is asked for"),
        (("search", "زار", "--quad", "9"), "9 is no quad class"),
        (("events", "--mode", "dance"), '"dance" is no mode'),
        (("events", "--min-confidence", "2"), "between 0 and 1"),
        (("events", "--after", "zz"), 'holds no event "zz"'),
        (("events", "--format", "xlsx"), "xlsx is no text"),
        (("diff",), "two versions can be compared"),
        (("diff", "a", "b"), 'no version "a"'),
        (("forget",), "say what to forget"),
        (("forget", "1"), "--by NAME"),
        (("forget", "--person", "سالم", "--by", "x"), "may be many people"),
        (("export", "out", "--table", "all"), "say in which --format"),
        (("export", "e.csv", "--table", "moods"), 'no table "moods"'),
        (("release", ".", "--accuracy", "none.md"), "none.md: cannot be read"),
        (("rehydrate", "."), "is no release"),
        (("backup", "rows.jsonl"), "is there already"),
    ],
)
def test_what_cannot_be_done_is_one_line(rasid: Run, arguments: tuple[str, ...], said: str) -> None:
    ran = rasid(*arguments)
    assert ran.status == 2
    assert said in ran.err
    assert ran.err.count("\n") == 1


def test_search_prints_articles_and_gives_json_lines(rasid: Run) -> None:
    assert VISIT in rasid("search", "Algeria").out
    (found,) = rasid("search", "وزير", "مصري*", "--actor", "EGY", "--format", "jsonl").rows
    assert (found["id"], found["events"], found["published"]["start"]) == ("2", 1, "2022-03-02")
    assert [mark["text"] for mark in found["marks"]] == ["وزير", "المصري"]
    assert "No article matches." in rasid("search", "هدنة").out
    assert [row["id"] for row in rasid("search", "--type", "CONSULT", "--from", "2022-01-01", "--format", "jsonl").rows] == [
        "2"
    ]


def test_events_take_all_filters_and_come_in_pages(rasid: Run) -> None:
    assert (
        len(rasid("events", "--quad", "4", "--mode", "visit", "--where", "DZA", "--unreviewed", "--format", "jsonl").rows) == 1
    )
    assert rasid("events", "--words", "Egypt", "--source", "الخبر", "--format", "jsonl").rows == []
    (first,) = rasid("events", "--limit", "1", "--format", "jsonl").rows
    (second,) = rasid("events", "--after", first["id"], "--one-a-day", "--min-confidence", "0.1", "--format", "jsonl").rows
    assert first["id"] != second["id"]


def test_check_says_what_is_wrong_and_ends_with_two(rasid: Run) -> None:
    import sqlite3
    from contextlib import closing

    assert "whole; 2 articles, 2 events" in rasid("check").out
    with closing(sqlite3.connect("rasid.sqlite")) as connection:
        connection.execute("UPDATE articles SET text = 'نص' WHERE id = '1'")
        connection.commit()
    ran = rasid("check")
    assert ran.status == 2
    assert "article 1: its text is not the one that was added" in ran.err


def test_recode_codes_what_another_version_coded_and_diff_shows_what_changed(
    rasid: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "0 articles coded anew" in rasid("recode").out
    monkeypatch.setattr(coder, "coder_version", lambda: "2+new")
    monkeypatch.setattr(lexicons, "knowledge", lambda: lexicons.Knowledge({}, "other code"))
    assert "2 articles coded anew by 2+new" in rasid("recode").out
    assert rasid("diff").out.strip() == "0 changes."
    assert rasid("diff", "--format", "counts").status == 0
    assert {row["coder"] for row in rasid("events", "--format", "jsonl").rows} != set()


def test_a_backup_and_an_export_and_a_release_are_written(rasid: Run, tmp_path: Path) -> None:
    assert rasid("backup", "copy.sqlite").status == 0
    assert "2 rows written" in rasid("export", "events.xlsx").out
    assert "1 row written" in rasid("export", "p.csv", "--table", "polecat", "--actor", "FRA").out
    assert rasid("export", "all", "--table", "all", "--format", "parquet").status == 0
    assert len(list((tmp_path / "all").iterdir())) > 25
    assert "2 events written" in rasid("events", "-o", "e.dta").out
    assert rasid("release", "out", "--date", "2022-04-01", "--without-texts", "--author", "ليلى سعد").status == 0
    made = rasid("rehydrate", "out/rasid-2022-04-01-without-texts", "rows.jsonl", "--record", "again.sqlite")
    assert "2 of 2 articles" in made.out
    assert "whole" in rasid("check", "--record", "again.sqlite").out


def test_forget_takes_an_article_out(rasid: Run) -> None:
    assert "is forgotten" in rasid("forget", "1", "--by", "ليلى").out
    assert "1 article there already" not in rasid("ingest", "rows.jsonl").err
    assert len(rasid("events", "--format", "jsonl").rows) == 1
    assert "blackened in 0 articles" in rasid("forget", "--person", "سالم الحوراني", "--by", "ليلى").out


def test_help_of_the_new_commands_loads_nothing_heavy() -> None:
    script = "import sys, rasid.cli\nassert not {'pyarrow', 'pandas', 'rich', 'xlsxwriter', 'babel'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", script], check=True, env=os.environ)


def test_coding_does_not_depend_on_the_seed_of_hashes() -> None:
    pages = str(Path(__file__).parent.parent / "samples" / "pages")
    script = "from rasid.cli import main; main()"
    command = [sys.executable, "-c", script, "code", pages, "--format", "jsonl"]
    runs = [
        subprocess.run(command, capture_output=True, check=False, env={**os.environ, "PYTHONHASHSEED": seed}) for seed in "12"
    ]
    assert runs[0].stdout == runs[1].stdout != b""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("events", "Frans"), 'knows no actor "Frans"; nearest: France'),
        (("events", "--where", "DZB"), 'knows no place "DZB"; nearest: DZA'),
        (("events", "--source", "الميزانن"), 'knows no outlet "الميزانن"; nearest: الميزان'),
        (("search", "--actor", "ZZZ", "--format", "jsonl"), 'knows no actor "ZZZ"'),
        (("search", "زار", "--source", "الهدهد", "--format", "jsonl"), 'knows no outlet "الهدهد"'),
        (("export", "e.csv", "--actor", "ZZZ"), 'knows no actor "ZZZ"'),
    ],
)
def test_a_name_that_the_record_does_not_know_is_said_and_is_no_mistake(
    rasid: Run, arguments: tuple[str, ...], said: str
) -> None:
    ran = rasid(*arguments)
    assert ran.status == 0
    assert said in ran.err
    assert ran.err.count("\n") == 1


def test_of_an_event_that_was_rejected_it_is_said_who_did_so(rasid: Run) -> None:
    event = _id_of(rasid)
    rasid("correct", "reject", event, "--by", "ليلى")
    ran = rasid("explain", event)
    assert ran.status == 2
    assert f'event "{event}" does not stand: rejected by ليلى on' in ran.err
    undo = ran.err.partition("`rasid correct undo ")[2].partition(" ")[0]
    assert rasid("correct", "undo", undo, "--by", "ليلى").status == 0
    assert rasid("explain", event).status == 0


def test_a_command_that_fails_leaves_no_record_behind(rasid: Run, tmp_path: Path) -> None:
    rasid("release", "out", "--date", "2022-04-01", "--without-texts")
    (tmp_path / "binary.csv").write_bytes(b"\xff\xfe\x00\x81")
    for arguments in (
        ("ingest", "none.html"),
        ("ingest", "none.html", "none.csv"),
        ("actors", "import", "none.csv"),
        ("actors", "import", "binary.csv"),
        ("rehydrate", "out/rasid-2022-04-01-without-texts"),
        ("rehydrate", "none"),
    ):
        ran = rasid(*arguments, "--record", "new.sqlite")
        assert ran.status == 2
        assert not (tmp_path / "new.sqlite").exists(), arguments
        assert "Errno" not in ran.err
        assert "codec" not in ran.err


def test_a_record_of_which_a_part_is_missing_is_one_line(rasid: Run, tmp_path: Path) -> None:
    whole = (tmp_path / "rasid.sqlite").read_bytes()
    (tmp_path / "part.sqlite").write_bytes(whole[: len(whole) // 2])
    ran = rasid("events", "--record", "part.sqlite")
    assert ran.status == 2
    assert ran.err.count("\n") == 1
    assert "is damaged, or a part of it is missing" in ran.err
