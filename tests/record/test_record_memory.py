"""What a record remembers of persons, and what users decide."""

import datetime as dt
import sqlite3
from pathlib import Path

import pytest

from rasid.actors.memory import recall_actor
from rasid.actors.own import OwnRow
from rasid.coder import code
from rasid.errors import RecordError
from rasid.model import Article, PageDate
from rasid.record import Record, add, load_article, open_record
from rasid.record.memory import decide, find_actors, find_own, find_sayings, import_own, load_memory

DAY = dt.date(2031, 5, 10)
ARTICLES = {
    "a1": "وصل وزير الدفاع التشيكي لوبومير ميتنار إلى وارسو.",
    "a2": "قال لوبومير ميتنر، وزير الدفاع التشيكي، إن بلاده ترفض الحرب. وزار ميتنر بغداد.",
    "a3": "زار سالم الفلاني بغداد.",
    "a4": "استقبلت وزيرة الخارجية السلوفاكية يانا نوفاكوفا السفير الليبي.",
}


def put(record: Record, *ids: str) -> None:
    for number in ids:
        add(record, code(Article(number, ARTICLES[number], date=PageDate(DAY, DAY, "given"))), number)


@pytest.fixture
def record(tmp_path: Path) -> Record:
    record = open_record(tmp_path / "record.sqlite")
    put(record, *ARTICLES)
    return record


def test_what_articles_say_is_kept_with_day_and_evidence(record: Record) -> None:
    saying = next(saying for saying in find_sayings(record) if saying.article == "a1")
    assert (saying.name, saying.office, saying.country, saying.day) == ("لوبومير ميتنار", "وزير الدفاع التشيكي", "CZE", DAY)
    row = record.connection.execute(
        "SELECT substr(a.text, p.start + 1, p.end - p.start) = p.text FROM persons AS p JOIN articles AS a ON a.key = p.article"
    ).fetchall()
    assert set(row) == {(1,)}


def test_an_article_that_is_read_again_has_its_persons(record: Record) -> None:
    article = Article("a1", ARTICLES["a1"], date=PageDate(DAY, DAY, "given"))
    assert load_article(record, "a1") == code(article)


def test_holders_and_items_are_kept(tmp_path: Path) -> None:
    day = dt.date(2021, 11, 24)
    text = "زارت وزيرة الدفاع الفرنسية بغداد. وفرضت فرنسا عقوبات على إيران."
    coded = code(Article("b", text, date=PageDate(day, day, "given")))
    with open_record(tmp_path / "record.sqlite") as record:
        add(record, coded, "b")
        assert load_article(record, "b") == coded
        latin = record.connection.execute("SELECT holder_latin FROM participants WHERE holder IS NOT NULL").fetchall()
    assert latin == [("Florence Parly",)]


def test_the_memory_is_the_same_in_whatever_order_articles_came(tmp_path: Path, record: Record) -> None:
    with open_record(tmp_path / "other.sqlite") as other:
        put(other, *reversed(ARTICLES))
        assert load_memory(other) == load_memory(record)


def test_what_was_coded_by_memory_is_not_remembered_in_turn(record: Record) -> None:
    later = Article("a9", "زار ميتنار بغداد.", date=PageDate(DAY + dt.timedelta(170), None, "given"))
    add(record, code(later, load_memory(record)), "a9")
    assert all(saying.article != "a9" for saying in find_sayings(record))


def test_an_article_that_is_taken_out_takes_its_sayings_with_it(record: Record) -> None:
    record.connection.execute("DELETE FROM articles WHERE id IN ('a1', 'a2')")
    assert recall_actor(load_memory(record), "ميتنار", DAY) is None


def test_actors_are_listed_with_spellings_offices_days_and_counts(record: Record) -> None:
    first = next(find_actors(record))
    assert dict(first.names) == {"لوبومير ميتنار": 1, "لوبومير ميتنر": 1}
    assert (first.articles, first.first, first.last) == (2, DAY, DAY)
    assert {(office.country, office.sector) for office in first.offices} == {("CZE", "GOV")}
    assert first.offices[0].evidence[0] in ("a1", "a2")


def test_actors_are_found_by_any_spelling(record: Record) -> None:
    assert [actor.articles for actor in find_actors(record, "ميتنير")] == [2]


def test_a_split_is_kept_when_further_articles_come(record: Record) -> None:
    decide(record, "split", "لوبومير ميتنار", "لوبومير ميتنر")
    put(record, "a1", "a3")
    assert len(list(find_actors(record, "ميتنار"))) == 2


def test_a_merge_wins_over_the_machine(record: Record) -> None:
    decide(record, "merge", "سالم الفلاني", "يانا نوفاكوفا")
    [actor] = find_actors(record, "سالم الفلاني")
    assert actor.articles == 2


def test_a_name_that_is_merged_with_somebody_well_known_is_his(record: Record) -> None:
    decide(record, "merge", "أبو قيس", "إيمانويل ماكرون")
    day = dt.date(2021, 11, 24)
    [event] = code(Article("b", "زار أبو قيس بغداد.", date=PageDate(day, day, "given")), load_memory(record)).events
    assert (event.actors[0].code, event.actors[0].latin) == ("FRA GOV", "Emmanuel Macron")


def test_a_name_cannot_be_decided_against_itself(record: Record) -> None:
    with pytest.raises(RecordError, match="are one name"):
        decide(record, "merge", "أحمد", "احمد")


def test_decisions_cannot_be_changed(record: Record) -> None:
    decide(record, "split", "فلان", "علان")
    with pytest.raises(sqlite3.IntegrityError, match="decide anew"):
        record.connection.execute("UPDATE actor_decisions SET kind = 'merge'")


def test_a_file_that_is_imported_again_replaces_its_rows(record: Record) -> None:
    row = OwnRow("سالم الفلاني", None, "TUN GOV", None, None, None, None, None, 2)
    assert import_own(record, "own.csv", [row, row._replace(names="علان")]) == 2
    assert import_own(record, "own.csv", [row]) == 1
    assert find_own(record) == [row]


def test_a_broken_import_changes_nothing(record: Record) -> None:
    row = OwnRow("سالم الفلاني", None, "TUN GOV", None, None, None, None, None, 2)
    import_own(record, "own.csv", [row])
    broken = OwnRow("علان", None, None, None, None, None, None, None, 3)  # type: ignore[arg-type]
    with pytest.raises(RecordError):
        import_own(record, "own.csv", [broken])
    assert find_own(record) == [row]
