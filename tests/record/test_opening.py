import sqlite3
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from coded_articles import baghdad_article

from rasid.errors import RecordError
from rasid.record import add, count_rows, load_article, open_record, transaction, transaction_of_many
from rasid.record.migrating import schema_version


def test_a_record_is_a_sqlite_file_in_wal_with_strict_tables_and_its_schema_version(tmp_path: Path) -> None:
    with open_record(tmp_path / "r.sqlite") as record:
        assert record.connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert record.connection.execute("PRAGMA user_version").fetchone() == (schema_version(),)
        tables = record.connection.execute(
            "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
        )
        assert all(strict for name, strict in tables if not name.startswith("sqlite_"))


def test_a_record_opens_again_with_what_is_in_it(tmp_path: Path) -> None:
    with open_record(tmp_path / "r.sqlite") as record:
        add(record, baghdad_article(), "page.html")
    with open_record(tmp_path / "r.sqlite", create=False) as record:
        assert load_article(record, "a1") == baghdad_article()


def test_an_empty_file_becomes_a_record(tmp_path: Path) -> None:
    (tmp_path / "r.sqlite").touch()
    with open_record(tmp_path / "r.sqlite") as record:
        assert count_rows(record) == {"articles": 0, "events": 0, "failures": 0}


def test_a_path_with_odd_letters_is_that_file(tmp_path: Path) -> None:
    path = tmp_path / "سجل 50%?#.sqlite"
    open_record(path).close()
    assert path.exists()


def test_a_record_that_is_not_there_is_not_made_for_reading(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="no such record"):
        open_record(tmp_path / "r.sqlite", create=False)
    assert not list(tmp_path.iterdir())


def test_a_record_of_a_newer_version_is_refused_in_one_clear_line_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "r.sqlite"
    with open_record(path) as record:
        record.connection.execute("INSERT INTO migrations VALUES (?, 'of_the_future', '2031-01-01')", (schema_version() + 1,))
    before = path.read_bytes()
    with pytest.raises(RecordError, match="made by a newer rasid") as refused:
        open_record(path)
    assert "\n" not in str(refused.value)
    assert path.read_bytes() == before


def test_a_file_that_is_no_database_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("ليست قاعدة بيانات " * 100, encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(RecordError, match="no record of rasid"):
        open_record(path)
    assert path.read_bytes() == before


def test_the_database_of_another_program_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE bookmarks (url TEXT)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(RecordError, match="no record of rasid"):
        open_record(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("place", ["", "missing/r.sqlite"])
def test_a_place_where_no_file_can_be_is_named_in_the_error(tmp_path: Path, place: str) -> None:
    with pytest.raises(RecordError, match=str(tmp_path)):
        open_record(tmp_path / place)


def test_a_transaction_inside_another_is_undone_alone(tmp_path: Path) -> None:
    with open_record(tmp_path / "r.sqlite") as record:
        with transaction(record):
            add(record, baghdad_article("a1"), "1.html")
            with suppress(ZeroDivisionError), transaction(record):
                add(record, baghdad_article("a2"), "2.html")
                raise ZeroDivisionError
        assert count_rows(record)["articles"] == 1


def test_of_many_parts_one_is_undone_alone_and_sorting_goes_to_disk_again_afterwards(tmp_path: Path) -> None:
    with open_record(tmp_path / "record.sqlite") as record:
        with transaction_of_many(record):
            add(record, baghdad_article("a"), "a.txt")
            with suppress(ZeroDivisionError), transaction(record):
                add(record, baghdad_article("b"), "b.txt")
                raise ZeroDivisionError
        assert count_rows(record)["articles"] == 1
        assert record.connection.execute("PRAGMA temp_store").fetchone() == (0,)


def test_four_processes_that_make_the_same_record_at_once_all_succeed(tmp_path: Path) -> None:
    command = "import sys; from rasid.record import open_record; open_record(sys.argv[1]).close()"
    processes = [subprocess.Popen([sys.executable, "-c", command, str(tmp_path / "r.sqlite")]) for _ in range(4)]
    assert [process.wait(60) for process in processes] == [0] * 4
    with open_record(tmp_path / "r.sqlite") as record:
        assert count_rows(record)["articles"] == 0
