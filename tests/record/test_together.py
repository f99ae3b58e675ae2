"""One file, many who read while one writes; and a disk that is full."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from coded_articles import baghdad_article

from rasid.errors import RecordError
from rasid.record import Record, add, count_rows, open_record
from rasid.record.checking import check

_READ = """
import sys, time
from rasid.record import EventQuery, find_events, load_article, open_record
from rasid.record.opening import transaction_for_reading
from rasid.record.searching import SearchQuery, search
print("ready", flush=True)
seen, rounds = 0, 0
with open_record(sys.argv[1], create=False) as record:
    while seen < int(sys.argv[2]):
        with transaction_for_reading(record) as connection:
            articles = connection.execute("SELECT count(*) FROM articles").fetchone()[0]
            events = connection.execute("SELECT count(*) FROM events").fetchone()[0]
            words = connection.execute("SELECT count(*) FROM article_words WHERE article_words MATCH 'بغداد'").fetchone()[0]
        assert events == 3 * articles, (events, articles)
        assert articles >= seen
        seen = articles
        found = [row.event_id for row in find_events(record, EventQuery(("JOR", "IRQ")), 20)]
        assert len(set(found)) == len(found) == min(20, 2 * articles) or articles < 10
        assert all(one.events == 3 for one in search(record, SearchQuery("الحوراني"), 3))
        rounds += 1
print(rounds)
"""


def test_readers_see_whole_articles_while_one_adds(tmp_path: Path) -> None:
    path, number = tmp_path / "r.sqlite", 150
    with open_record(path) as record:
        readers = [
            subprocess.Popen([sys.executable, "-c", _READ, str(path), str(number)], stdout=subprocess.PIPE) for _ in range(4)
        ]
        for reader in readers:
            assert reader.stdout
            reader.stdout.readline()
        for n in range(number):
            add(record, baghdad_article(f"a{n}"), f"{n}.html")
        rounds = [int(reader.communicate(timeout=60)[0]) for reader in readers]
        assert [reader.returncode for reader in readers] == [0] * len(readers)
        assert min(rounds) > 1
        assert list(check(record)) == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of three megabytes, where one can be made."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(disk)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no disk can be mounted here")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def _fill_until_full(record: Record) -> int:
    """How many articles fit."""

    def fill() -> None:
        for n in range(10_000):
            add(record, baghdad_article(f"a{n}"), f"{n}.html")

    with pytest.raises(RecordError) as refused:
        fill()
    assert "no room left" in str(refused.value)
    assert "\n" not in str(refused.value)
    return count_rows(record)["articles"]


def test_a_file_that_may_not_grow_keeps_what_was_added_and_goes_on_when_it_may(tmp_path: Path) -> None:
    with open_record(tmp_path / "r.sqlite") as record:
        record.connection.execute("PRAGMA max_page_count = 150")
        added = _fill_until_full(record)
        assert added > 0
        assert count_rows(record)["articles"] == added
        assert list(check(record)) == []
        record.connection.execute("PRAGMA max_page_count = 100000")
        assert add(record, baghdad_article("later"), "later.html")
        assert list(check(record)) == []


def test_on_a_full_disk_what_was_added_is_kept_and_the_rest_goes_on_when_there_is_room(small_disk: Path) -> None:
    path = small_disk / "r.sqlite"
    ballast = small_disk / "ballast"
    ballast.write_bytes(b"\0" * 1_000_000)
    with open_record(path) as record:
        added = _fill_until_full(record)
        assert count_rows(record)["articles"] == added > 0
    ballast.unlink()
    with open_record(path) as record:
        assert count_rows(record)["articles"] == added
        assert list(check(record)) == []
        assert add(record, baghdad_article("later"), "later.html")


_LIMITED = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # so that the file system says that there is no room, as a full one does
resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))
from rasid.cli import main
main()
"""


def test_an_ingest_for_which_the_disk_has_no_room_ends_in_one_line_and_is_finished_later(tmp_path: Path) -> None:
    words = "زار الرئيس الفرنسي الجزائر أمس والتقى نظيره الجزائري في القصر. " * 25
    rows = [f'{{"id": "{n}", "date": "2021-11-24", "text": "{words}", "url": "https://a.example/{n}"}}' for n in range(60)]
    (tmp_path / "rows.jsonl").write_text("\n".join(rows), encoding="utf-8")
    command = ["ingest", str(tmp_path / "rows.jsonl"), "--record", str(tmp_path / "r.sqlite")]
    limited = subprocess.run([sys.executable, "-c", _LIMITED, *command], capture_output=True, text=True, check=False)
    assert limited.returncode == 2
    assert "Traceback" not in limited.stderr
    assert limited.stderr.count("\n") == 1
    with open_record(tmp_path / "r.sqlite") as record:
        kept = count_rows(record)["articles"]
        assert kept < len(rows)
        assert list(check(record)) == []
    free = [sys.executable, "-c", "from rasid.cli import main; main()", *command]
    assert subprocess.run(free, capture_output=True, check=False).returncode == 0
    with open_record(tmp_path / "r.sqlite") as record:
        assert count_rows(record)["articles"] == len(rows)
        assert list(check(record)) == []
