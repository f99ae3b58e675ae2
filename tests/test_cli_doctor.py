"""`rasid doctor` says what is amiss, and what to do about it."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

import pytest

from rasid import cli_doctor
from rasid.cli import main
from rasid.record import open_record

Run = Callable[..., tuple[int, dict[str, dict[str, str]]]]


@pytest.fixture
def doctor(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    monkeypatch.chdir(tmp_path)

    def run(*words: str) -> tuple[int, dict[str, dict[str, str]]]:
        monkeypatch.setattr("sys.argv", ["rasid", "doctor", "--format", "jsonl", *words])
        with pytest.raises(SystemExit) as stopped:
            main()
        findings = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        return int(stopped.value.code or 0), {finding["what"]: finding for finding in findings}

    return run


def test_here_all_is_well_and_a_record_is_yet_to_be_made(doctor: Run) -> None:
    status, findings = doctor()
    assert status == 0
    assert [what for what, finding in findings.items() if finding["state"] == "fault"] == []
    assert findings["record rasid.sqlite"]["do"] == "rasid ingest PAGES --record rasid.sqlite"


def test_a_record_is_counted_and_not_touched(doctor: Run, tmp_path: Path) -> None:
    path = tmp_path / "news.sqlite"
    open_record(path).close()
    before = path.read_bytes()
    status, findings = doctor("--record", "news.sqlite")
    assert (status, findings["record news.sqlite"]["state"]) == (0, "well")
    assert path.read_bytes() == before


def test_an_older_record_is_not_brought_up_to_date_by_asking(doctor: Run, tmp_path: Path) -> None:
    path = tmp_path / "news.sqlite"
    with open_record(path) as record:
        record.connection.execute("PRAGMA user_version = 2")
    status, findings = doctor("--record", "news.sqlite")
    assert (status, findings["record news.sqlite"]["state"]) == (0, "note")
    assert sqlite3.connect(path).execute("PRAGMA user_version").fetchone() == (2,)


def test_what_is_no_record_is_a_fault(doctor: Run, tmp_path: Path) -> None:
    (tmp_path / "news.sqlite").write_text("no database")
    status, findings = doctor("--record", "news.sqlite")
    assert (status, findings["record news.sqlite"]["found"]) == (2, "is no record of rasid")


def test_a_package_that_is_not_there_is_named(doctor: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        metadata, "requires", lambda _: ["typer>=0.29", "no-such-thing", 'nothing-at-all>=2; extra == "charts"']
    )
    status, findings = doctor()
    assert (status, findings["packages"]["found"]) == (2, "not installed: no-such-thing")
    assert findings["extra charts"]["do"] == 'pip install "rasid[charts]", if you want it'


def test_weights_that_do_not_load_are_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise OSError("weights.json is gone")

    monkeypatch.setattr("rasid.code", broken)
    assert cli_doctor._coding().found == "cannot code: weights.json is gone"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_shell_can_be_told_to_complete_commands(shell: str) -> None:
    script = f"import sys; sys.argv = ['rasid', '--show-completion', '{shell}']; from rasid.cli import main; main()"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert "_RASID_COMPLETE" in ran.stdout or "complete" in ran.stdout


def test_completion_offers_the_commands_that_begin_so() -> None:
    asked = {**os.environ, "_RASID_COMPLETE": "complete_bash", "COMP_WORDS": "rasid rel", "COMP_CWORD": "1"}
    command = [sys.executable, "-c", "import sys; sys.argv = ['rasid']; from rasid.cli import app; app(prog_name='rasid')"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, env=asked)
    assert ran.stdout.split() == ["relevance", "relations", "release"]
