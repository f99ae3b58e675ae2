"""The commands for copies and stories, as a user runs them."""

import json
from pathlib import Path
from typing import Any

import pytest

from .commands import Run

BLAST = "قتل 12 شخصا اليوم الثلاثاء في انفجار سيارة مفخخة وسط سوق شعبي في مدينة كركوك شمالي العراق، بحسب الشرطة."
ROWS = [
    {"id": "a", "source": "المدار", "date": "2021-03-02", "text": BLAST},
    {"id": "b", "source": "الضفاف", "date": "2021-03-02", "text": BLAST.replace("اليوم ", "")},
    {"id": "c", "source": "الرواق", "date": "2021-03-03", "text": BLAST.replace("اليوم", "أمس").replace("12", "18")},
]


@pytest.fixture
def rasid(rasid: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Runs `rasid` in a folder with a record of three reports, `rasid.sqlite`."""
    monkeypatch.setenv("COLUMNS", "200")
    (tmp_path / "rows.jsonl").write_text("\n".join(json.dumps(row) for row in ROWS), encoding="utf-8")
    rasid("ingest", "rows.jsonl")
    return rasid


def _rows(out: str) -> list[Any]:
    return [json.loads(line) for line in out.splitlines()]


def test_duplicates_are_lines_with_kind_and_similarity(rasid: Run) -> None:
    status, out, _ = rasid("duplicates")
    rows = _rows(out)
    assert status == 0
    assert [(row["a"], row["b"]) for row in rows] == sorted((row["a"], row["b"]) for row in rows) != []
    assert all(set(row) == {"a", "b", "kind", "similarity"} for row in rows)


def test_changes_say_what_came_in_the_place_of_what(rasid: Run) -> None:
    rows = _rows(rasid("duplicates", "--changes")[1])
    assert {"before": "12", "after": "18"} in next(row["changes"] for row in rows if (row["a"], row["b"]) == ("a", "c"))


def test_an_unknown_kind_is_one_line(rasid: Run) -> None:
    status, out, err = rasid("duplicates", "--kind", "same")
    assert (status, out) == (2, "")
    assert err.startswith('rasid: "same" is no kind of copy; there are exact')


def test_stories_are_listed_once_each_with_their_reports(rasid: Run) -> None:
    (row,) = [row for row in _rows(rasid("stories", "--format", "jsonl")[1]) if row["type"] == "ASSAULT"]
    assert (row["articles"], row["outlets"]) == (3, 3)


def test_a_story_shows_who_was_first_how_it_grew_and_why_it_is_one(rasid: Run) -> None:
    story = next(row["story_id"] for row in _rows(rasid("stories", "--format", "jsonl")[1]) if row["type"] == "ASSAULT")
    (shown,) = _rows(rasid("stories", "show", story, "--format", "jsonl")[1])
    assert shown["first"] == ["المدار", "الضفاف"]
    assert [(step["min"], step["article"]) for step in shown["developments"] if step["kind"] == "killed"] == [
        (12, "a"),
        (18, "c"),
    ]
    joined = [report for report in shown["reports"] if report["joined_to"]]
    assert len(joined) == len(shown["reports"]) - 1
    assert all(report["findings"] for report in joined)
    assert "First: المدار, الضفاف." in rasid("stories", "show", story)[1]


def test_people_separate_and_join_by_name_only(rasid: Run) -> None:
    story = next(row["story_id"] for row in _rows(rasid("stories", "--format", "jsonl")[1]) if row["type"] == "ASSAULT")
    (shown,) = _rows(rasid("stories", "show", story, "--format", "jsonl")[1])
    one, other = shown["reports"][0]["event"], shown["reports"][-1]["event"]
    assert "--by NAME" in rasid("stories", "separate", one, other)[2]
    assert rasid("stories", "separate", one, other, "--by", "ليلى")[0] == 0
    (apart,) = _rows(rasid("stories", "show", one, "--format", "jsonl")[1])
    assert other not in [report["event"] for report in apart["reports"]]
    assert [row["action"] for row in _rows(rasid("stories", "decisions", "--format", "jsonl")[1])] == ["separate"]
