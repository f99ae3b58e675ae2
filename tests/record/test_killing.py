"""Killed at any point, a record holds whole articles only, and the same command finishes the work."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from coded_articles import baghdad_article

from rasid.record import add, count_rows, load_article, open_record

_ARTICLES = 400
_INGEST = f"""
import sys
sys.path.insert(0, sys.argv[1])
from coded_articles import baghdad_article
from rasid.record import add, open_record
print("ready", flush=True)
with open_record(sys.argv[2]) as record:
    for n in range(int(sys.argv[3]), {_ARTICLES}, int(sys.argv[4])):
        add(record, baghdad_article(f"a{{n}}"), f"{{n}}.html")
"""


def _ingest(path: Path, first: int = 0, step: int = 1) -> subprocess.Popen[bytes]:
    arguments = [str(Path(__file__).parent), str(path), str(first), str(step)]
    return subprocess.Popen([sys.executable, "-c", _INGEST, *arguments], stdout=subprocess.PIPE)


def _contents(path: Path) -> list[str]:
    """All rows but for when they were written."""
    with open_record(path) as record:
        record.connection.execute("UPDATE articles SET ingested_at = ''")
        record.connection.execute("UPDATE migrations SET applied_at = ''")
        return list(record.connection.iterdump())


@pytest.fixture(scope="module")
def unbroken(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    path = tmp_path_factory.mktemp("unbroken") / "r.sqlite"
    with open_record(path) as record:
        for n in range(_ARTICLES):
            add(record, baghdad_article(f"a{n}"), f"{n}.html")
    return _contents(path)


def test_killed_five_times_it_ends_as_if_it_never_was(tmp_path: Path, unbroken: list[str]) -> None:
    path, chance = tmp_path / "r.sqlite", random.Random(2021)
    for _ in range(5):
        process = _ingest(path)
        assert process.stdout
        process.stdout.readline()
        time.sleep(chance.uniform(0, 0.15))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        with open_record(path) as record:
            assert record.connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert record.connection.execute("PRAGMA foreign_key_check").fetchall() == []
            for n in range(count_rows(record)["articles"]):
                assert load_article(record, f"a{n}") == baghdad_article(f"a{n}")
    process = _ingest(path)
    process.communicate()
    assert process.returncode == 0
    assert _contents(path) == unbroken


def test_two_ingests_at_once_lose_and_double_nothing(tmp_path: Path) -> None:
    path = tmp_path / "r.sqlite"
    processes = [_ingest(path, 0, 1), _ingest(path, 0, 2)]
    for process in processes:
        process.communicate()
    assert [process.returncode for process in processes] == [0, 0]
    with open_record(path) as record:
        assert count_rows(record) == {"articles": _ARTICLES, "events": 3 * _ARTICLES, "failures": 0}
        assert load_article(record, "a8") == baghdad_article("a8")
