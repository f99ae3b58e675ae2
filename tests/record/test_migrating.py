"""Records of older versions are brought up to date, and keep what was in them."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from coded_articles import baghdad_article

from rasid.errors import RecordError
from rasid.record import add, count_rows, load_article, migrating, open_record


def _with_step(monkeypatch: pytest.MonkeyPatch, folder: Path, name: str, sql: str) -> None:
    """From here on, rasid has one migration more."""
    if folder != migrating.FOLDER:
        shutil.copytree(migrating.FOLDER, folder)
        monkeypatch.setattr(migrating, "FOLDER", folder)
    (folder / name).write_text(sql, encoding="utf-8")
    migrating.migrations.cache_clear()


@pytest.fixture(autouse=True)
def _forget_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    migrating.migrations.cache_clear()


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    with open_record(tmp_path / "r.sqlite") as record:
        add(record, baghdad_article(), "page.html")
    return tmp_path / "r.sqlite"


def test_the_steps_have_numbers_of_their_own() -> None:
    numbers = [migration.number for migration in migrating.migrations(migrating.FOLDER)]
    assert numbers == sorted(set(numbers))
    assert numbers[0] == 1


def test_a_new_record_has_been_through_every_step_and_needs_no_backup(tmp_path: Path) -> None:
    with open_record(tmp_path / "r.sqlite") as record:
        assert migrating.applied(record.connection) == {step.number for step in migrating.migrations(migrating.FOLDER)}
    assert [path.name for path in tmp_path.iterdir()] == ["r.sqlite"]


def test_an_older_record_is_brought_up_to_date_and_kept_as_it_was(
    filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    _with_step(monkeypatch, tmp_path / "steps", "9001_moods.sql", "CREATE TABLE moods (event INTEGER PRIMARY KEY) STRICT;")
    with open_record(filled) as record:
        assert record.connection.execute("SELECT count(*) FROM moods").fetchone() == (0,)
        assert load_article(record, "a1") == baghdad_article()
    backup = tmp_path / "r.sqlite.before-9001"
    assert f"kept in {backup.name}" in caplog.text
    with closing(sqlite3.connect(backup)) as before:
        assert before.execute("SELECT id FROM articles").fetchall() == [("a1",)]
        assert not before.execute("SELECT 1 FROM sqlite_schema WHERE name = 'moods'").fetchall()


def test_a_step_with_a_lower_number_that_comes_later_is_run_as_well(
    filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _with_step(monkeypatch, tmp_path / "steps", "9002_later.sql", "CREATE TABLE later (key INTEGER PRIMARY KEY) STRICT;")
    open_record(filled).close()
    _with_step(monkeypatch, tmp_path / "steps", "9001_other.sql", "CREATE TABLE other (key INTEGER PRIMARY KEY) STRICT;")
    with open_record(filled) as record:
        assert {9001, 9002} <= migrating.applied(record.connection)
        assert migrating.number_of(record.connection, "user_version") == 9002


def test_a_step_that_cannot_be_done_changes_nothing(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _with_step(
        monkeypatch, tmp_path / "steps", "9001_two.sql", "CREATE TABLE one (a TEXT) STRICT;\nINSERT INTO none VALUES (1);"
    )
    with pytest.raises(RecordError, match="no such table: none"):
        open_record(filled)
    with closing(sqlite3.connect(filled)) as after:
        assert not after.execute("SELECT 1 FROM sqlite_schema WHERE name = 'one'").fetchall()
        assert after.execute("SELECT max(number) FROM migrations").fetchone()[0] < 9001


def test_a_step_that_breaks_a_reference_is_undone(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _with_step(monkeypatch, tmp_path / "steps", "9001_cut.sql", "DELETE FROM articles;")
    with pytest.raises(RecordError, match="that is not there; nothing was changed"):
        open_record(filled)
    monkeypatch.undo()
    migrating.migrations.cache_clear()
    with open_record(filled) as record:
        assert load_article(record, "a1") == baghdad_article()


def test_without_room_for_a_backup_nothing_is_changed(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _with_step(monkeypatch, tmp_path / "steps", "9001_moods.sql", "CREATE TABLE moods (event INTEGER PRIMARY KEY) STRICT;")
    (tmp_path / "r.sqlite.before-9001").mkdir()  # a folder, which no file can replace
    with pytest.raises(RecordError, match="backup cannot be written") as refused:
        open_record(filled)
    assert "\n" not in str(refused.value)
    with closing(sqlite3.connect(filled)) as after:
        assert not after.execute("SELECT 1 FROM sqlite_schema WHERE name = 'moods'").fetchall()


def test_a_record_of_the_first_schema_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite"
    first = (migrating.FOLDER / "0001_articles_and_events.sql").read_text(encoding="utf-8")
    with closing(sqlite3.connect(path)) as old:
        old.executescript(f"{first} PRAGMA application_id = {migrating.APPLICATION_ID}; PRAGMA user_version = 1;")
        old.execute(
            "INSERT INTO articles (id, page, date_evidence, date_reasons, ingested_at, text_hash, text) "
            "VALUES ('a', 'a.txt', 'unknown', '[]', '2021-11-24T00:00:00Z', '', 'نص')"
        )
        old.commit()
    with open_record(path) as record:
        assert count_rows(record)["articles"] == 1
        assert {1} <= migrating.applied(record.connection)
