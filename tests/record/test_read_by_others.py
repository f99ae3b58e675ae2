"""A record is read by what knows nothing of rasid."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pandas as pd
import pytest
from coded_articles import baghdad_article, dyad_article

from rasid.record import add, open_record
from rasid.record.search_words import searchable

_VIEWS = "SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY name"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("plain") / "r.sqlite"
    with open_record(path) as record:
        add(record, baghdad_article(), "page.html")
        add(record, dyad_article("b", "EGY", "SDN MIL"), "b.html")
    return path


@pytest.fixture
def plain(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection without any function of ours, which cannot write."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        yield connection


def test_every_view_and_table_is_read_by_plain_sqlite(plain: sqlite3.Connection) -> None:
    views = [name for (name,) in plain.execute(_VIEWS)]
    assert len(views) >= 12
    for name in [*views, *(name for (name,) in plain.execute("SELECT name FROM sqlite_schema WHERE type = 'table'"))]:
        plain.execute(f'SELECT * FROM "{name}"').fetchall()


def test_the_full_text_index_is_searched_by_plain_sqlite(plain: sqlite3.Connection) -> None:
    found = "SELECT a.id FROM article_words AS w JOIN articles AS a ON a.key = w.rowid WHERE article_words MATCH ?"
    assert plain.execute(found, (searchable("متظاهرا"),)).fetchall() == [("a1",)]


def test_a_span_is_cut_out_of_the_text_by_plain_sqlite(plain: sqlite3.Connection) -> None:
    cut = "SELECT substr(a.text, e.trigger_start + 1, e.trigger_end - e.trigger_start), e.trigger_text FROM events AS e "
    for words, said in plain.execute(f"{cut} JOIN articles AS a ON a.key = e.article"):
        assert words == said != ""


def test_views_become_data_frames_with_days(plain: sqlite3.Connection) -> None:
    for (name,) in plain.execute(_VIEWS).fetchall():
        assert list(pd.read_sql(f"SELECT * FROM {name}", plain).columns)
    frame = pd.read_sql("SELECT * FROM event_rows", plain, parse_dates=["when_start"])
    assert len(frame) == 4
    assert frame["when_start"].dtype.kind == "M"


def test_every_event_comes_to_its_version_of_coder_and_lexicon(plain: sqlite3.Connection) -> None:
    versions = plain.execute("SELECT DISTINCT c.version, c.lexicon FROM events AS e JOIN coders AS c ON c.key = e.coder")
    assert all(version and lexicon for version, lexicon in versions)
    without = "SELECT count(*) FROM events WHERE coder IS NULL"
    assert plain.execute(without).fetchone() == (0,)
