import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pandas as pd
import pytest
from coded_articles import baghdad_article, coded_articles, dyad_article
from hypothesis import HealthCheck, given, settings

from rasid.errors import RecordError
from rasid.model import CodedArticle
from rasid.record import Record, add, load_article, open_record
from rasid.record import corrections as made
from rasid.record.checking import check
from rasid.record.migrating import back_up


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with open_record(tmp_path / "r.sqlite") as record:
        add(record, baghdad_article(), "page.html")
        add(record, dyad_article("b", "JOR GOV", "+IRQ MIL"), "b.html")
        yield record


@given(coded_articles())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_was_added_is_whole(record: Record, coded: CodedArticle) -> None:
    add(record, coded, "any.html")
    assert list(check(record)) == []


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("UPDATE articles SET text = text || '.'", "its text is not the one that was added"),
        ("UPDATE participants SET text = 'x' WHERE role = 'actor'", 'the words "x" of participants do not stand'),
        ("UPDATE events SET trigger_start = trigger_start + 1", "of events do not stand at"),
        ("UPDATE quotes SET cue_text = 'x'", 'the words "x" of quotes'),
        ("UPDATE events SET quad = 1 WHERE type = 'CONSULT'", "are not PLOVER's"),
        ("UPDATE events SET stands = 0 WHERE type = 'CONSULT'", "nobody corrected it"),
        ("DELETE FROM dyads", "its pairs in dyads are not those"),
        ("UPDATE dyads SET first_day = '2020-01-01'", "its pairs in dyads are not those"),
        ("UPDATE dyad_spans SET events = events + 1", "dyad_spans does not count what dyads holds"),
        ("UPDATE dyad_types SET tenths = tenths + 1", "dyad_types does not count what dyads holds"),
        ("UPDATE sentences SET end = 9999", "goes beyond its text"),
        ("INSERT INTO article_words (rowid, title, body) VALUES (77, '', 'x')", "an article that is not there"),
        ("INSERT INTO article_words (rowid, title, body) VALUES (1, '', 'x')", "are not those of its text"),
        ("PRAGMA foreign_keys = OFF; DELETE FROM sentences", "refers to a row of sentences that is not there"),
    ],
)
def test_what_is_wrong_is_said(record: Record, damage: str, said: str) -> None:
    for statement in damage.split("; "):
        record.connection.execute(statement)
    found = list(check(record))
    assert any(said in fault for fault in found), found
    assert not any("\n" in fault for fault in found)


def test_a_standing_row_that_no_correction_made_is_said(record: Record) -> None:
    made.reject(record, baghdad_article().events[0].id, by="ليلى")
    record.connection.execute("UPDATE events SET stands = 1")
    assert any("what stands is not what people's corrections say" in fault for fault in check(record))


def test_a_backup_is_the_record_at_one_moment_while_another_writes(record: Record, tmp_path: Path) -> None:
    with open_record(record.path) as other:
        other.connection.execute("BEGIN IMMEDIATE")
        other.connection.execute("DELETE FROM articles")
        back_up(record.connection, tmp_path / "copy.sqlite")
        other.connection.execute("COMMIT")
    with open_record(tmp_path / "copy.sqlite", create=False) as copy:
        assert load_article(copy, "a1") == baghdad_article()
        assert list(check(copy)) == []
    assert not list(tmp_path.glob("*.partial*"))


def test_a_backup_replaces_nothing(record: Record, tmp_path: Path) -> None:
    (tmp_path / "copy.sqlite").write_text("mine")
    with pytest.raises(RecordError, match="is there already"):
        back_up(record.connection, tmp_path / "copy.sqlite")
    assert (tmp_path / "copy.sqlite").read_text() == "mine"
    with pytest.raises(RecordError, match="folder is not there"):
        back_up(record.connection, tmp_path / "none" / "copy.sqlite")


def test_pandas_reads_a_record_without_rasid(record: Record) -> None:
    with closing(sqlite3.connect(record.path)) as plain:
        frame = pd.read_sql("SELECT * FROM event_rows", plain, parse_dates=["when_start"])
    assert frame["type"].value_counts().to_dict() == {"CONSULT": 2, "SUPPORT": 1, "ASSAULT": 1}


def test_sqlite_alone_reads_every_view(record: Record) -> None:
    with closing(sqlite3.connect(record.path)) as plain:
        views = [name for (name,) in plain.execute("SELECT name FROM sqlite_schema WHERE type = 'view'")]
        assert len(views) >= 8
        for view in views:
            plain.execute(f"SELECT * FROM {view}").fetchall()
        assert plain.execute("SELECT a, b, events, a_towards_b, b_towards_a FROM dyad_days").fetchall() == [
            *(("IRQ", "JOR", 1, 0, 1), ("IRQ", "JOR", 2, 0, 0)),
        ]
        months = plain.execute("SELECT month, verbal_cooperation FROM dyad_months WHERE a = 'IRQ' AND b = 'JOR'").fetchall()
        assert months == [("2021-11", 3)]
        assert plain.execute("SELECT source, articles, events FROM outlet_days").fetchall() == [("صحيفة الميزان", 1, 3)]
