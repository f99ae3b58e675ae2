import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from coded_articles import CODER, TEXT, baghdad_article, dyad_article

from rasid.errors import InputError, RecordError
from rasid.model import Article, CodedArticle
from rasid.record import Record, add, count_rows, find_events, holds, load_article, note_failure, open_record
from rasid.record import corrections as made
from rasid.record.checking import check
from rasid.record.forgetting import forget_article, forget_person
from rasid.record.keeping import MASK
from rasid.record.memory import decide, find_decisions
from rasid.record.searching import SearchQuery, search

BY = "ليلى"
NAME = "سالم الحوراني"


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with open_record(tmp_path / "r.sqlite") as record:
        add(record, baghdad_article(), "page.html")
        add(record, dyad_article("b", "EGY", "SDN"), "b.html")
        yield record
        assert list(check(record)) == []


def _everything(record: Record) -> str:
    """All bytes of the file and its log, as far as they are text."""
    record.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return record.path.read_bytes().decode("utf-8", "replace")


def test_a_forgotten_article_is_gone_from_record_and_search_with_its_corrections(record: Record) -> None:
    made.accept(record, baghdad_article().events[0].id, by=BY, note="سر")
    made.undo(record, made.find_corrections(record)[0][0].id, by=BY)
    forget_article(record, "a1", by=BY)
    assert count_rows(record)["articles"] == 1
    assert list(search(record, SearchQuery("بغداد"))) == []
    assert [row.article_id for row in find_events(record)] == ["b"]
    assert made.find_corrections(record) == []
    with pytest.raises(RecordError, match="holds no article"):
        load_article(record, "a1")


def test_nothing_of_a_forgotten_article_stays_in_the_file(record: Record) -> None:
    forget_article(record, "a1", by=BY)
    left = _everything(record)
    for words in ("البصرة", "الحوراني", "بغداد", "https://news.example/a1"):
        assert words not in left


def test_that_something_was_forgotten_is_kept_and_not_what_it_said(record: Record) -> None:
    forget_article(record, "a1", by=BY, note="طلب صاحبه")
    rows = record.connection.execute("SELECT DISTINCT by, note, kind, articles FROM forgotten").fetchall()
    assert rows == [(BY, "طلب صاحبه", "article", 1)]


@pytest.mark.parametrize(
    "again",
    [
        baghdad_article(),
        baghdad_article("a9"),
        replace(baghdad_article(), article=replace(baghdad_article().article, text="نص", id="x")),
    ],
)
def test_a_forgotten_article_is_not_added_again_by_id_address_or_text(record: Record, again: CodedArticle) -> None:
    forget_article(record, "a1", by=BY)
    again = replace(again, events=(), quotes=(), agreements=()) if again.article.text == "نص" else again
    again = again if again.article.id != "x" else replace(again, article=replace(again.article, url="https://news.example/a1"))
    assert holds(record, again.article, "page.html", CODER)
    assert not add(record, again, "page.html", CODER)
    assert count_rows(record)["articles"] == 1


def test_a_persons_name_is_blackened_wherever_it_stands_and_no_place_moves(record: Record) -> None:
    assert forget_person(record, NAME, by=BY) == 1
    article = load_article(record, "a1")
    assert len(article.article.text) == len(TEXT)
    assert "الحوراني" not in article.article.text
    assert "وقع الأردن والعراق" in article.article.text
    visit = article.events[0]
    minister = visit.actors[0]
    assert (minister.name, minister.latin, minister.code) == (None, None, "JOR GOV")
    assert minister.span.text == f"وزير الخارجية الأردني {MASK * 4} {MASK * 8}"
    assert article.quotes[0].speaker == minister
    assert list(search(record, SearchQuery("الحوراني"))) == []


def test_nothing_of_a_forgotten_persons_name_stays_in_the_file(record: Record) -> None:
    visit = baghdad_article().events[0]
    made.edit(record, visit.id, replace(visit, status="future"), by=BY, note=f"قال {NAME} غير ذلك")
    note_failure(record, "x.html", "code", f"on {NAME}")
    forget_person(record, NAME, by=BY)
    left = _everything(record)
    assert "الحوراني" not in left
    assert "Hourani" not in left
    assert load_article(record, "a1").events[-1].status == "future"  # the correction holds


def test_a_forgotten_person_is_no_longer_remembered(record: Record) -> None:
    coded = baghdad_article("p", url="https://news.example/p", text=TEXT + " ")
    add(record, replace(coded, persons=(coded.events[0].actors[0],)), "p.html")
    decide(record, "merge", NAME, "أبو ليلى")
    forget_person(record, NAME, by=BY)
    assert load_article(record, "p").persons == ()
    assert "الحوراني" not in _everything(record)
    assert [one.other for one in find_decisions(record)] == ["أبو ليلى"]


def test_a_forgotten_person_stays_so_in_what_is_added_later(record: Record) -> None:
    forget_person(record, NAME, by=BY)
    text = "عاد وسالم  الحورانى إلى عمان. وقال الحوراني إنه مسرور."
    add(record, CodedArticle(Article("later", text)), "later.txt", CODER)
    kept = load_article(record, "later").article.text
    assert kept == f"عاد {MASK * 5}  {MASK * 8} إلى عمان. وقال {MASK * 8} إنه مسرور."
    assert holds(record, Article("later", text), "later.txt", CODER)
    assert not add(record, baghdad_article(), "page.html")


def test_a_name_of_one_word_is_too_many_people(record: Record) -> None:
    with pytest.raises(InputError, match="may be many people"):
        forget_person(record, "سالم", by=BY)


def test_who_forgets_leaves_a_name(record: Record) -> None:
    with pytest.raises(InputError, match="--by NAME"):
        forget_article(record, "a1", by="")
    assert count_rows(record)["articles"] == 2


def test_corrections_are_append_only_again_afterwards(record: Record) -> None:
    made.accept(record, baghdad_article().events[0].id, by=BY)
    forget_person(record, NAME, by=BY)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        record.connection.execute("DELETE FROM corrections")
    assert json.loads(record.connection.execute("SELECT targets FROM corrections").fetchone()[0])


def test_a_nul_in_a_text_is_kept_as_a_mark_and_cuts_nothing_off(record: Record) -> None:
    dirty = TEXT.replace("بغداد أمس", "بغداد\0أمس")
    coded = baghdad_article("nul", url="https://news.example/nul")
    visit = coded.events[0]
    sentence = replace(visit.sentence, text=dirty[visit.sentence.start : visit.sentence.end])
    add(
        record,
        replace(coded, article=replace(coded.article, text=dirty), events=(replace(visit, sentence=sentence),)),
        "nul",
        CODER,
    )
    (row,) = [row for row in find_events(record) if row.article_id == "nul"]
    assert row.sentence.endswith("بيان للوزارة.")
    assert "\ufffd" in row.sentence
    assert not add(record, replace(coded, article=replace(coded.article, text=dirty)), "nul", CODER)
