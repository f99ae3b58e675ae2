import sqlite3
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from coded_articles import CODER, TEXT, baghdad_article, coded_articles, dyad_article
from hypothesis import HealthCheck, given, settings

from rasid.errors import RecordError
from rasid.model import Article, CodedArticle
from rasid.record import Record, add, count_rows, find_failures, holds, load_article, note_failure, open_record


@pytest.fixture
def record(tmp_path: Path) -> Record:
    return open_record(tmp_path / "r.sqlite")


def _ids(record: Record) -> list[str]:
    return [article_id for (article_id,) in record.connection.execute("SELECT id FROM articles ORDER BY key")]


@given(coded_articles())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_added_loads_the_same(record: Record, coded: CodedArticle) -> None:
    record.connection.execute("DELETE FROM articles")
    assert add(record, coded, "page.html", coder="0.1.0+5eed")
    assert load_article(record, coded.article.id) == coded


def test_the_same_article_twice_is_one_row(record: Record) -> None:
    assert add(record, baghdad_article(), "page.html")
    before = list(record.connection.iterdump())
    assert not add(record, baghdad_article(), "other/page.html")
    assert list(record.connection.iterdump()) == before


def test_the_same_text_at_the_same_address_is_one_row(record: Record) -> None:
    assert add(record, baghdad_article("a1", url="https://news.example/1"), "1.html")
    assert not add(record, baghdad_article("a2", url="https://news.example/1"), "2.html")
    assert _ids(record) == ["a1"]


@pytest.mark.parametrize("url", [None, ""])
def test_without_a_url_the_page_is_the_address(record: Record, url: str | None) -> None:
    assert add(record, baghdad_article("a1", url=url), "1.txt")
    assert not add(record, baghdad_article("a2", url=url), "1.txt")
    assert add(record, baghdad_article("a3", url=url), "3.txt")
    assert _ids(record) == ["a1", "a3"]


def test_the_same_text_elsewhere_is_a_report_of_its_own(record: Record) -> None:
    assert add(record, baghdad_article("a1"), "1.html")
    assert add(record, baghdad_article("a2"), "2.html")
    assert _ids(record) == ["a1", "a2"]
    assert add(record, baghdad_article("a3"), "3.html")
    copies = record.connection.execute("SELECT article_id, copy_of FROM exact_copies ORDER BY article_id").fetchall()
    assert copies == [("a2", "a1"), ("a3", "a1")]


def test_changed_text_under_the_same_id_replaces_the_article_and_all_that_was_coded_of_it(record: Record) -> None:
    add(record, baghdad_article("a1"), "1.html")
    changed = dyad_article("a1", "JOR GOV", "IRQ GOV")
    assert add(record, changed, "1.html")
    assert load_article(record, "a1") == changed
    tables = ("events", "participants", "sentences", "contexts", "attributions", "counts", "reports", "quotes", "agreements")
    counts = [record.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables]
    assert counts == [1, 2, 1, 0, 0, 0, 0, 0, 0]


def test_a_date_given_later_replaces_what_was_coded_without_it(record: Record) -> None:
    undated = baghdad_article()
    add(record, replace(undated, article=replace(undated.article, date=Article("", "").date)), "page.html")
    assert add(record, undated, "page.html")
    assert load_article(record, "a1") == undated


def test_another_coder_recodes_in_place(record: Record) -> None:
    add(record, baghdad_article(), "page.html")
    recoded = replace(baghdad_article(), events=())
    assert add(record, recoded, "page.html", coder="0.2.0+beef")
    assert load_article(record, "a1").events == ()
    coders = record.connection.execute("SELECT name, version, lexicon FROM coders ORDER BY key").fetchall()
    assert coders == [("0.1.0+5eed", "0.1.0", "5eed"), ("0.2.0+beef", "0.2.0", "beef")]
    assert not add(record, recoded, "page.html", coder="0.2.0+beef")


def test_what_is_there_already_can_be_told_before_coding(record: Record) -> None:
    article = baghdad_article().article
    assert not holds(record, article, "page.html", CODER)
    add(record, baghdad_article(), "page.html")
    assert holds(record, article, "page.html", CODER)
    assert holds(record, replace(article, id="a2"), "page.html", CODER)
    assert not holds(record, article, "page.html", "0.2.0+beef")
    assert not holds(record, replace(article, text="نص آخر"), "page.html", CODER)


def test_an_article_whose_event_stands_in_another_is_refused_whole(record: Record) -> None:
    add(record, baghdad_article("a1"), "1.html")
    events = baghdad_article("a1").events
    with pytest.raises(RecordError, match=r"events\.id"):
        add(record, replace(baghdad_article("a2"), events=events), "2.html")
    assert _ids(record) == ["a1"]


def test_half_a_character_is_refused_in_one_line_and_the_run_can_go_on(record: Record) -> None:
    with pytest.raises(RecordError, match="half a character") as refused:
        add(record, CodedArticle(Article("a1", "نص \ud83d")), "1.html")
    note_failure(record, "1.html", "record", str(refused.value))
    assert add(record, baghdad_article("a2"), "2.html")
    assert _ids(record) == ["a2"]


def test_a_file_name_that_is_no_text_is_kept_readable(record: Record) -> None:
    add(record, baghdad_article(url=None), "caf\udce9.html")
    note_failure(record, "\udcff.html", "read", "binary")
    assert record.connection.execute("SELECT page FROM articles").fetchone() == ("caf\\udce9.html",)
    assert find_failures(record)[0].page == "\\udcff.html"


def test_a_failure_is_noted_once_with_its_latest_reason(record: Record) -> None:
    note_failure(record, "bad.html", "clean", "no text")
    note_failure(record, "bad.html", "clean", "not HTML")
    assert [(failure.page, failure.step, failure.reason) for failure in find_failures(record)] == [
        ("bad.html", "clean", "not HTML")
    ]


def test_a_failure_is_forgotten_once_the_page_succeeds(record: Record) -> None:
    note_failure(record, "page.html", "clean", "no text")
    note_failure(record, "other.html", "clean", "no text")
    add(record, baghdad_article(), "page.html")
    assert [failure.page for failure in find_failures(record)] == ["other.html"]


def test_spans_slice_in_sql_as_they_do_in_python(record: Record) -> None:
    add(record, baghdad_article(), "page.html")
    sliced = record.connection.execute(
        "SELECT substr(a.text, p.start + 1, p.end - p.start), p.text FROM participants AS p "
        "JOIN events AS e ON e.key = p.event JOIN articles AS a ON a.key = e.article"
    ).fetchall()
    assert len(sliced) == 6
    assert all(in_sql == words for in_sql, words in sliced)


def test_references_and_file_hold_after_replacing(record: Record) -> None:
    add(record, baghdad_article("a1"), "1.html")
    add(record, dyad_article("a1", "JOR", "IRQ"), "1.html")
    assert record.connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert record.connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_a_full_disk_is_said_and_leaves_the_record_as_it_was(record: Record) -> None:
    add(record, baghdad_article("a1"), "1.html")
    pages = record.connection.execute("PRAGMA page_count").fetchone()[0]
    record.connection.execute(f"PRAGMA max_page_count = {pages}")
    long = CodedArticle(Article("a2", TEXT * 1000))
    with pytest.raises(RecordError, match="no room left"):
        add(record, long, "2.html")
    assert _ids(record) == ["a1"]
    record.connection.execute("PRAGMA max_page_count = 1000000")
    assert add(record, long, "2.html")


def test_readers_see_whole_articles_while_another_writes(record: Record) -> None:
    seen: list[tuple[int, int]] = []
    stop = threading.Event()

    def read() -> None:
        with open_record(record.path, create=False) as reader:
            while not stop.is_set():
                query = "SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM events)"
                seen.append(reader.connection.execute(query).fetchone())

    thread = threading.Thread(target=read)
    thread.start()
    for n in range(40):
        add(record, baghdad_article(f"a{n}"), f"{n}.html")
    stop.set()
    thread.join()
    assert all(events == 3 * articles for articles, events in seen)
    assert count_rows(record)["articles"] == 40


def test_a_reader_of_the_plain_file_needs_no_rasid(record: Record) -> None:
    add(record, baghdad_article(), "page.html")
    plain = sqlite3.connect(record.path)
    assert plain.execute("SELECT actor_codes, recipient_codes FROM event_rows WHERE type = 'CONSULT'").fetchall() == [
        ("JOR GOV", "IRQ")
    ]
    plain.close()
