"""`rasid quotes`, `rasid claims` and `rasid agreements`, as a user runs them."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from rasid.cli import main

TEXT = (
    "وقع المغرب وإسرائيل اليوم في الرباط أول اتفاق للتعاون العسكري بين البلدين. "
    "وقال وزير الدفاع الإسرائيلي بيني غانتس «سوف نواصل تقوية علاقاتنا مع المغرب»."
)
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def rasid(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Runs `rasid` in a folder with a record of one article."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.delenv("RASID_USER", raising=False)

    def run(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["rasid", *words])
        with pytest.raises(SystemExit) as stopped:
            main()
        out, err = capsys.readouterr()
        return int(stopped.value.code or 0), out, err

    Path("rows.jsonl").write_text(json.dumps({"id": "a", "text": TEXT, "date": "2021-11-24"}) + "\n", encoding="utf-8")
    assert run("ingest", "rows.jsonl")[0] == 0
    return run


@pytest.mark.parametrize("command", ["quotes", "claims", "agreements"])
def test_each_is_a_table_json_lines_or_csv(rasid: Run, command: str) -> None:
    assert f"1 {command[:-1]}." in rasid(command)[1]
    lines = rasid(command, "--format", "jsonl")[1].splitlines()
    assert len([json.loads(line) for line in lines]) == 1
    assert len(list(csv.DictReader(io.StringIO(rasid(command, "--format", "csv")[1])))) == 1
    assert rasid(command, "--format", "xml")[0] != 0


def test_quotes_by_and_about_take_names_in_both_languages_and_codes(rasid: Run) -> None:
    for by, about in (("Gantz", "Morocco"), ("غانتس", "المغرب"), ("ISR GOV", "MAR")):
        assert "1 quote." in rasid("quotes", "--by", by, "--about", about)[1]
    assert "0 quotes." in rasid("quotes", "--by", "Morocco")[1]


def test_agreements_are_narrowed_down(rasid: Run) -> None:
    assert "1 agreement." in rasid("agreements", "--party", "Israel", "--party", "المغرب", "--status", "signed")[1]
    assert "0 agreements." in rasid("agreements", "--kind", "loan")[1]
