"""What can go wrong around a record: each is one clear line, nothing is silently wrong, and a backup brings it back."""

import os
import resource
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.commands import VISIT, Run, row, visits
from tests.without_rights import without_rights

ROWS = "".join(row(f"{VISIT} وذلك للمرة {n}.", id=str(n), url=f"https://example.org/{n}") for n in range(400))


def run(*arguments: object, before: Callable[[], None] | None = None) -> tuple[int, str]:
    """The status of a command in a process of its own, and what it said on standard error."""
    ran = subprocess.run(
        [sys.executable, "-c", "from rasid.cli import main; main()", *map(str, arguments)],
        capture_output=True,
        preexec_fn=before,
        text=True,
        timeout=120,
        check=False,
    )
    return ran.returncode, ran.stderr


def events(path: Path) -> int:
    """How many events stand in a record."""
    connection = sqlite3.connect(path)
    number = int(connection.execute("SELECT count(*) FROM events").fetchone()[0])
    connection.close()
    return number


def damage(path: Path, start: float) -> None:
    """Overwrite a page of the file, so far behind its beginning."""
    with path.open("r+b") as file:
        size = os.fstat(file.fileno()).st_size // 4096
        file.seek(int(size * start) * 4096)
        file.write(os.urandom(4096))


@pytest.fixture
def kept(rasid: Run, tmp_path: Path) -> Path:
    """A record of some articles, and nothing of it beside the file."""
    path = tmp_path / "r.sqlite"
    assert rasid("ingest", "-", "--record", path, stdin=visits(60)).status == 0
    return path


def test_a_full_disk_is_said_and_what_was_kept_is_whole_and_goes_on_when_there_is_room(tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_text(ROWS, encoding="utf-8")
    path = tmp_path / "r.sqlite"

    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (900_000, 900_000))

    status, said = run("ingest", tmp_path / "rows.jsonl", "--record", path, "--workers", 1, before=little_room)
    assert (status, said.count("\n")) == (2, 1), said
    assert "what was added before is kept" in said
    assert run("check", "--record", path)[0] == 0
    assert run("ingest", tmp_path / "rows.jsonl", "--record", path, "--workers", 1)[0] == 0
    assert run("check", "--record", path)[0] == 0
    assert events(path) >= 400


@pytest.fixture
def unwritable(kept: Path, tmp_path: Path) -> Iterator[Path]:
    """The record where nobody may write."""
    folder = tmp_path / "unwritable"
    folder.mkdir()
    path = Path(shutil.copy(kept, folder / kept.name))
    path.chmod(0o444)
    folder.chmod(0o555)
    yield path
    folder.chmod(0o755)


@pytest.mark.parametrize("command", [["ingest", "NEW"], ["recode"], ["check"], ["events"], ["backup", "OTHER"]])
def test_a_file_that_may_not_be_written_is_said_in_one_line(unwritable: Path, tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "new.jsonl").write_text(row(id="new"), encoding="utf-8")
    names = {"NEW": str(tmp_path / "new.jsonl"), "OTHER": str(unwritable.parent / "other.sqlite")}
    status, said = run(*(names.get(one, one) for one in command), "--record", unwritable, before=without_rights)
    assert (status, said.count("\n")) == (2, 1), said
    assert str(unwritable.parent) in said


def test_a_clock_that_goes_back_loses_nothing_and_changes_no_day_of_an_event(
    rasid: Run, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rasid.record import contents, writing

    before = rasid("events", "--record", kept, "--format", "jsonl").out
    monkeypatch.setattr(contents, "now", lambda: "1999-01-01T00:00:00Z")
    monkeypatch.setattr(writing, "now", lambda: "1999-01-01T00:00:00Z")
    assert rasid("ingest", "-", "--record", kept, stdin=row(id="later", url="https://example.org/later")).status == 0
    after = rasid("events", "--record", kept, "--format", "jsonl").out
    assert set(before.splitlines()) < set(after.splitlines())
    assert rasid("check", "--record", kept).status == 0


@pytest.mark.parametrize("where", [0.2, 0.5, 0.8])
def test_a_page_of_the_file_that_was_overwritten_is_found_and_a_backup_brings_it_back(
    rasid: Run, kept: Path, tmp_path: Path, where: float
) -> None:
    backup = tmp_path / "backup.sqlite"
    assert rasid("backup", backup, "--record", kept).status == 0
    shown = rasid("events", "--record", backup, "--format", "jsonl").out
    for beside in ("-wal", "-shm"):
        Path(f"{kept}{beside}").unlink(missing_ok=True)
    damage(kept, where)
    found = rasid("check", "--record", kept)
    assert found.status == 2
    assert all(line.startswith("rasid: ") for line in found.err.splitlines())
    kept.unlink()
    assert rasid("backup", kept, "--record", backup).status == 0
    assert rasid("check", "--record", kept).status == 0
    assert rasid("events", "--record", kept, "--format", "jsonl").out == shown


def test_a_file_that_was_cut_off_is_one_line(rasid: Run, kept: Path) -> None:
    os.truncate(kept, kept.stat().st_size // 2)
    for command in ("check", "events"):
        ran = rasid(command, "--record", kept)
        assert ran.status == 2
        assert "damaged" in ran.err
        assert ran.err.count("\n") == 1
