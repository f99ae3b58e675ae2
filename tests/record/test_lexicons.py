"""A change of the lexicons codes anew what it can touch, and nothing else: the result is that of coding all."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from old_records import contents

from rasid.lexicon import PACKAGE
from rasid.model import Article
from rasid.record import open_record
from rasid.record.checking import check
from rasid.record.lexicons import Change, change_between, change_since, keep_version, knowledge, touches

_SAMPLES = Path(__file__).parent.parent.parent / "samples" / "pages"
_PAGES = [_SAMPLES / name for name in ("01-morocco-agreement.html", "02-algeria-visit.html", "06-sudan-aid.txt")]
_RUN = "from rasid.cli import main; main()"


def _rasid(package: Path, *arguments: object) -> str:
    environment = {**os.environ, "PYTHONPATH": str(package.parent)}
    command = [sys.executable, "-c", _RUN, *map(str, arguments)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False).stdout


def _copy_of_rasid(folder: Path) -> Path:
    folder.mkdir()
    shutil.copytree(PACKAGE, folder / "rasid")
    return folder / "rasid"


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of the sample pages, all of it coded with one memory."""
    folder = tmp_path_factory.mktemp("settled")
    package = _copy_of_rasid(folder / "a")
    _rasid(package, "ingest", *_PAGES, "--record", folder / "r.sqlite")
    _rasid(package, "recode", "--all", "--record", folder / "r.sqlite")
    return folder / "r.sqlite"


def _without(file: str, words: str) -> Callable[[Path], None]:
    """Takes the entry out of a lexicon that begins with these words."""

    def change(package: Path) -> None:
        path = package / file
        between = "\n- " if path.suffix == ".yaml" else "\n"
        entries = path.read_text(encoding="utf-8").split(between)
        kept = [entry for entry in entries if not entry.startswith(words)]
        assert len(kept) < len(entries)
        path.write_text(between.join(kept), encoding="utf-8")

    return change


@pytest.mark.parametrize(
    "change",
    [
        _without("events/lexicon/consult.yaml", "lemma: زار\n"),
        _without("actors/lexicon/organisations.csv", "الأمم المتحدة|"),
    ],
    ids=["a predicate", "an organisation"],
)
def test_coding_anew_what_a_change_can_touch_gives_what_coding_all_gives(
    settled: Path, tmp_path: Path, change: Callable[[Path], None]
) -> None:
    package = _copy_of_rasid(tmp_path / "b")
    change(package)
    one, other = shutil.copy(settled, tmp_path / "one.sqlite"), shutil.copy(settled, tmp_path / "all.sqlite")
    said = _rasid(package, "recode", "--record", one)
    assert "that nothing of what changed can touch" in said
    assert "3 articles coded anew" in _rasid(package, "recode", "--all", "--record", other)
    assert "0 articles coded anew" not in said
    assert contents(Path(one)) == contents(Path(other))
    with open_record(one) as record:
        assert list(check(record)) == []


def _changed(name: str, old: str, new: str) -> Change:
    files = knowledge().files
    return change_between(files, {**files, name: files[name].replace(old.encode(), new.encode(), 1)})


def test_an_entry_touches_articles_with_its_words_however_they_are_inflected() -> None:
    change = _changed(
        "consult.yaml", "lemma: زار\n  pattern: I hollow u", "lemma: زار\n  status: future\n  pattern: I hollow u"
    )
    texts = ["زار الرئيس بغداد.", "سيزورها غدا.", "وبزيارته للقاهرة.", "لم يزر أحدا."]
    assert all(touches(change, Article("a", text)) for text in texts)
    assert touches(change, Article("a", "نص", title="زيارة الرئيس"))
    assert not touches(change, Article("a", "وقع الجانبان اتفاقا."))


def test_a_row_of_names_touches_articles_with_one_of_its_words() -> None:
    files = knowledge().files
    change = change_between(
        files, {**files, "places.csv": files["places.csv"] + "نجمورية|بلدة نجم,IRQ,city,Najm,,,,,own\n".encode()}
    )
    assert touches(change, Article("a", "وصل إلى النجمورية أمس."))
    assert not touches(change, Article("a", "وصل إلى بغداد أمس."))


def test_a_remark_or_a_case_touches_nothing() -> None:
    files = knowledge().files
    change = change_between(files, {**files, "consult.yaml": b"# a remark\n" + files["consult.yaml"]})
    assert change.words == frozenset()
    assert all(old.startswith("consult.yaml:") and old != new for old, new in change.moved.items())


def test_where_entries_moved_the_events_name_where_they_now_stand(settled: Path, tmp_path: Path) -> None:
    package = _copy_of_rasid(tmp_path / "b")
    path = package / "events" / "lexicon" / "consult.yaml"
    path.write_text("# a remark\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    record = Path(shutil.copy(settled, tmp_path / "r.sqlite"))
    assert "0 articles coded anew" in _rasid(package, "recode", "--record", record)
    assert "0 changes" in _rasid(package, "diff", "--record", record)
    before, after = (_places_of_entries(path) for path in (settled, record))
    assert [place + 1 for place in before] == after != []


def _places_of_entries(record: Path) -> list[int]:
    import sqlite3

    with closing(sqlite3.connect(record)) as connection:
        found = connection.execute("SELECT predicate FROM events WHERE predicate LIKE 'consult.yaml:%' ORDER BY id")
        return [int(place.partition(":")[2]) for (place,) in found]


def test_where_anything_else_changed_or_is_not_known_every_article_is_coded(tmp_path: Path) -> None:
    now = knowledge()
    with open_record(tmp_path / "r.sqlite") as record:
        assert change_since(record.connection, None, now) is None
        keep_version(record, "1+now")
        (key,) = record.connection.execute("SELECT key FROM coders").fetchone()
        assert change_since(record.connection, key, now) == Change(frozenset(), {})
        assert change_since(record.connection, key, now._replace(rest="another persons.csv, code or weights")) is None


def test_what_is_found_by_more_than_its_own_words_is_in_no_table_of_entries() -> None:
    assert not {"persons.csv", "countries.csv", "offices.csv", "topics.csv", "feasts.csv"} & knowledge().files.keys()
    assert {"consult.yaml", "organisations.csv", "places.csv"} <= knowledge().files.keys()
