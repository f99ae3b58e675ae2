from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from coded_articles import CODER, baghdad_article, dyad_article

from rasid.errors import RecordError
from rasid.model import Article, CodedArticle, Event
from rasid.record import Record, add, find_failures, load_article, note_failure, open_record
from rasid.record.checking import check
from rasid.record.history import coder_names, differences
from rasid.record.recoding import STEP, count_outdated, recode

NEW = "0.2.0+beef"


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with open_record(tmp_path / "r.sqlite") as record:
        for n in range(120):
            add(record, baghdad_article(f"a{n}"), f"{n}.html")
        yield record
        assert list(check(record)) == []


def _coder(article: Article) -> CodedArticle:
    """Finds one event less, and says of another that it was denied."""
    visit, signing, _ = baghdad_article(article.id).events
    return CodedArticle(article, tuple(replace(event, coder=NEW) for event in (replace(visit, status="negated"), signing)))


def test_what_another_version_coded_is_coded_anew_and_only_that(record: Record) -> None:
    add(record, dyad_article("new", "JOR", "IRQ"), "new.html", NEW)
    assert count_outdated(record, NEW) == 120
    coded: list[str] = []

    def code(article: Article) -> CodedArticle:
        coded.append(article.id)
        return _coder(article)

    assert len(list(recode(record, code, NEW))) == len(coded) == 120
    assert "new" not in coded
    assert count_outdated(record, NEW) == 0
    assert [event.status for event in load_article(record, "a7").events] == ["negated", "occurred"]
    assert list(recode(record, code, NEW)) == []


def test_a_recode_that_breaks_off_goes_on_where_it_was(record: Record) -> None:
    seen: list[str] = []

    def code(article: Article) -> CodedArticle:
        if len(seen) == 70:
            raise KeyboardInterrupt
        seen.append(article.id)
        return _coder(article)

    with pytest.raises(KeyboardInterrupt):
        list(recode(record, code, NEW))
    assert count_outdated(record, NEW) == 70
    list(recode(record, _coder, NEW))
    assert count_outdated(record, NEW) == 0


def test_an_article_that_cannot_be_coded_stays_as_it_was(record: Record) -> None:
    before = load_article(record, "a3")
    found = list(recode(record, lambda article: "trouble" if article.id == "a3" else _coder(article), NEW))
    assert [one.page for one in found if one.error == "trouble"] == ["3.html"]
    assert load_article(record, "a3") == before
    assert count_outdated(record, NEW) == 1
    note_failure(record, "3.html", STEP, "trouble")
    list(recode(record, _coder, NEW))
    assert find_failures(record) == []


def test_when_it_was_added_does_not_change(record: Record) -> None:
    record.connection.execute("UPDATE articles SET ingested_at = '2021-11-24T00:00:00Z'")
    list(recode(record, _coder, NEW))
    assert record.connection.execute("SELECT DISTINCT ingested_at FROM articles").fetchall() == [("2021-11-24T00:00:00Z",)]


def test_events_keep_their_keys_where_they_keep_their_ids(record: Record) -> None:
    keys = "SELECT id, key FROM events ORDER BY id"
    before = dict(record.connection.execute(keys).fetchall())
    list(recode(record, _coder, NEW))
    assert all(before[name] == key for name, key in record.connection.execute(keys))


def test_differences_are_the_events_that_came_went_and_changed(record: Record) -> None:
    list(recode(record, _coder, NEW))
    assert coder_names(record) == [CODER, NEW]
    found = [change for change in differences(record, CODER, NEW) if change.article == "a5"]
    visit, _, shooting = baghdad_article("a5").events
    assert [(one.kind, one.event, one.fields) for one in found] == [
        ("changed", visit.id, ("status",)),
        ("went", shooting.id, ()),
    ]
    back = [change for change in differences(record, NEW, CODER) if change.article == "a5"]
    assert [(one.kind, one.event) for one in back] == [("changed", visit.id), ("came", shooting.id)]
    assert back[0].after == found[0].before


def test_another_type_for_the_same_words_is_a_change(record: Record) -> None:
    def code(article: Article) -> CodedArticle:
        visit, signing, shooting = baghdad_article(article.id).events
        other = replace(signing, id=f"{article.id}-other", type="AGREE")
        return CodedArticle(article, (visit, other, shooting))

    list(recode(record, code, NEW))
    (change,) = [change for change in differences(record, CODER, NEW) if change.article == "a5"]
    assert (change.kind, change.fields) == ("changed", ("type",))


def test_versions_further_back_can_be_compared_too(record: Record) -> None:
    list(recode(record, _coder, NEW))
    list(recode(record, lambda article: CodedArticle(article, _renamed(_coder(article).events)), "0.3.0+beef"))
    assert list(differences(record, NEW, "0.3.0+beef")) == []
    assert len(list(differences(record, CODER, "0.3.0+beef"))) == 240
    kept = record.connection.execute("SELECT n, events IS NULL FROM past_codings WHERE article = 1").fetchall()
    assert kept == [(0, 0), (1, 1)]  # what did not change is not kept twice


def _renamed(events: tuple[Event, ...]) -> tuple[Event, ...]:
    return tuple(replace(event, coder="0.3.0+beef") for event in events)


def test_a_version_that_coded_nothing_here_is_named(record: Record) -> None:
    with pytest.raises(RecordError, match=f'no version "9" coded anything here; there are {CODER}'.replace("+", r"\+")):
        list(differences(record, "9", CODER))
