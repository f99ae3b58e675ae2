"""Killed at any point, a record holds whole articles only, and the same command finishes the work.

`RASID_KILLS` says how often: 20 times if it is not set, 300 in `make soak`.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from coded_articles import baghdad_article
from old_records import contents, make_old

from rasid.record import Record, add, count_rows, load_article, open_record, transaction
from rasid.record.checking import check

KILLS = int(os.environ.get("RASID_KILLS", "20"))
_ARTICLES = 300
_AT_ONCE = 3  # articles of a transaction
_INGEST = f"""
import sys
sys.path.insert(0, sys.argv[1])
from coded_articles import baghdad_article
from rasid.record import add, open_record, transaction_of_many
print("ready", flush=True)
with open_record(sys.argv[2]) as record:
    for first in range(0, {_ARTICLES}, {_AT_ONCE}):
        with transaction_of_many(record):
            for n in range(first, first + {_AT_ONCE}):
                if n % int(sys.argv[4]) == int(sys.argv[3]):
                    add(record, baghdad_article(f"a{{n}}"), f"{{n}}.html")
"""
_OPEN = """
import sys
from rasid.record import open_record
print("ready", flush=True)
open_record(sys.argv[1]).close()
"""
_WORDS = "زار الرئيس الفرنسي الجزائر أمس. والتقى وزير الخارجية المصري نظيره الأردني في القاهرة يوم الثلاثاء."


def _run(script: str, *arguments: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", script, *map(str, arguments)], stdout=subprocess.PIPE)


def _ingest(path: Path, first: int = 0, step: int = 1) -> subprocess.Popen[bytes]:
    return _run(_INGEST, Path(__file__).parent, path, first, step)


def _kill(process: subprocess.Popen[bytes], seconds: float) -> None:
    """Some time after it is ready, without warning."""
    assert process.stdout
    process.stdout.readline()
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    process.communicate()


def _fill(record: Record, number: int) -> None:
    with transaction(record):
        for n in range(number):
            add(record, baghdad_article(f"a{n}"), f"{n}.html")


@pytest.fixture(scope="module")
def unbroken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("unbroken") / "r.sqlite"
    with open_record(path) as record:
        _fill(record, _ARTICLES)
    return path


def test_killed_while_it_adds_a_record_ends_as_if_it_never_was(tmp_path: Path, unbroken: Path) -> None:
    chance, wanted = random.Random(2021), contents(unbroken)
    path, n, partial = tmp_path / "r.sqlite", 0, 0
    for _ in range(KILLS * 12 // 20):
        _kill(_ingest(path), chance.uniform(0, 0.25))
        with open_record(path) as record:
            assert list(check(record)) == []
            found = count_rows(record)["articles"]
            assert found % _AT_ONCE == 0
            if found:
                assert load_article(record, f"a{found - 1}") == baghdad_article(f"a{found - 1}")
        partial += 0 < found < _ARTICLES
        if found == _ARTICLES:
            assert contents(path) == wanted
            path, n = tmp_path / f"r{n}.sqlite", n + 1
    assert partial > KILLS // 10  # most were killed in the middle of it
    process = _ingest(path)
    process.communicate()
    assert process.returncode == 0
    assert contents(path) == wanted


def test_killed_while_its_schema_changes_a_record_is_what_it_was_and_can_be_brought_up_to_date(
    tmp_path: Path, unbroken: Path
) -> None:
    chance = random.Random(2022)
    old, straight = tmp_path / "old.sqlite", tmp_path / "straight.sqlite"
    make_old(unbroken, old)
    shutil.copy(old, straight)
    started = time.monotonic()
    wanted = contents(straight)
    lasting = time.monotonic() - started
    for n in range(max(2, KILLS * 4 // 20)):
        path = tmp_path / f"{n}.sqlite"
        shutil.copy(old, path)
        for _ in range(2):
            _kill(_run(_OPEN, path), chance.uniform(0, lasting))
        assert contents(path) == wanted
        with open_record(path) as record:
            assert list(check(record)) == []
        assert not list(tmp_path.glob("*.partial*"))


def test_a_killed_ingest_command_is_finished_by_the_same_command(tmp_path: Path) -> None:
    chance = random.Random(2023)
    rows = [f'{{"id": "{n}", "date": "2021-11-24", "text": "{_WORDS}", "url": "https://a.example/{n}"}}' for n in range(300)]
    (tmp_path / "rows.jsonl").write_text("\n".join(rows), encoding="utf-8")
    command = [str(Path(sys.executable).parent / "rasid"), "ingest", str(tmp_path / "rows.jsonl"), "--record"]
    subprocess.run([*command, str(tmp_path / "whole.sqlite")], check=True, capture_output=True)
    path = tmp_path / "r.sqlite"
    for n in range(KILLS * 4 // 20):
        with subprocess.Popen([*command, str(path)], stdout=subprocess.PIPE) as process:
            started = time.monotonic()
            while not path.exists() and time.monotonic() < started + 20:
                time.sleep(0.01)
            time.sleep(chance.uniform(0, 0.4))
            process.send_signal(signal.SIGKILL)
        with open_record(path) as record:
            assert list(check(record)) == []
            if count_rows(record)["articles"] == len(rows):
                path = tmp_path / f"r{n}.sqlite"
    subprocess.run([*command, str(path)], check=True, capture_output=True)
    assert contents(path) == contents(tmp_path / "whole.sqlite")


def test_two_ingests_at_once_lose_and_double_nothing(tmp_path: Path) -> None:
    path = tmp_path / "r.sqlite"
    processes = [_ingest(path, 0, 1), _ingest(path, 0, 2)]
    for process in processes:
        process.communicate()
    assert [process.returncode for process in processes] == [0, 0]
    with open_record(path) as record:
        assert count_rows(record) == {"articles": _ARTICLES, "events": 3 * _ARTICLES, "failures": 0}
        assert load_article(record, "a8") == baghdad_article("a8")
        assert list(check(record)) == []


def test_a_recode_that_is_killed_is_finished_by_the_same_command(tmp_path: Path) -> None:
    chance = random.Random(2024)
    rows = [f'{{"id": "{n}", "date": "2021-11-24", "text": "{_WORDS}", "url": "https://a.example/{n}"}}' for n in range(200)]
    (tmp_path / "rows.jsonl").write_text("\n".join(rows), encoding="utf-8")
    rasid = str(Path(sys.executable).parent / "rasid")
    whole, path = tmp_path / "whole.sqlite", tmp_path / "r.sqlite"
    subprocess.run([rasid, "ingest", str(tmp_path / "rows.jsonl"), "--record", str(whole)], check=True, capture_output=True)
    with open_record(whole) as record:  # as if another version had coded it, of which it is not known what it knew
        record.connection.execute("UPDATE coders SET name = '0+old', version = '0', lexicon = 'old'")
        record.connection.execute("DELETE FROM coder_files")
    shutil.copy(whole, path)
    subprocess.run([rasid, "recode", "--record", str(whole)], check=True, capture_output=True)
    for _ in range(max(2, KILLS * 2 // 20)):
        with subprocess.Popen([rasid, "recode", "--record", str(path)], stdout=subprocess.PIPE) as process:
            time.sleep(0.6 + chance.uniform(0, 0.8))
            process.send_signal(signal.SIGKILL)
        with open_record(path) as record:
            assert list(check(record)) == []
    subprocess.run([rasid, "recode", "--record", str(path)], check=True, capture_output=True)
    assert contents(path) == contents(whole)


def test_two_ingest_commands_at_once_make_the_record_that_one_makes(tmp_path: Path) -> None:
    rows = [f'{{"id": "{n}", "date": "2021-11-24", "text": "{_WORDS}", "url": "https://a.example/{n}"}}' for n in range(120)]
    (tmp_path / "rows.jsonl").write_text("\n".join(rows), encoding="utf-8")
    command = [str(Path(sys.executable).parent / "rasid"), "ingest", str(tmp_path / "rows.jsonl"), "--record"]
    both = [subprocess.Popen([*command, str(tmp_path / "r.sqlite")], stdout=subprocess.PIPE) for _ in range(2)]
    for process in both:
        process.communicate()
    assert [process.returncode for process in both] == [0, 0]
    with open_record(tmp_path / "r.sqlite") as record:
        assert count_rows(record) == {"articles": 120, "events": 240, "failures": 0}
        assert list(check(record)) == []
