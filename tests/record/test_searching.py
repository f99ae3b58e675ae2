import datetime as dt
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import yaml
from coded_articles import TEXT, WEDNESDAY, baghdad_article, dyad_article
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rasid.arabic.words import read_form
from rasid.errors import InputError, LexiconError
from rasid.model import Article, CodedArticle, PageDate
from rasid.record import EventQuery, Record, add, find_events, open_record
from rasid.record import english as english_words
from rasid.record.english import meaning_of
from rasid.record.search_words import key_of, searchable, words_of
from rasid.record.searching import Found, SearchQuery, search

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent.parent / "cases" / "record_search.yaml").read_text(encoding="utf-8")
)


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with open_record(tmp_path / "r.sqlite") as record:
        yield record


def _add(record: Record, *texts: str, title: str | None = None, **fields: Any) -> None:
    for text in texts:
        number = record.connection.execute("SELECT count(*) FROM articles").fetchone()[0]
        add(record, CodedArticle(Article(f"t{number}", text, title, **fields)), f"{number}.txt")


def _texts(record: Record, typed: str, **filters: Any) -> list[str]:
    ids = [found.article_id for found in search(record, SearchQuery(typed, **filters))]
    return [record.connection.execute("SELECT text FROM articles WHERE id = ?", (name,)).fetchone()[0] for name in ids]


@pytest.mark.parametrize("case", CASES, ids=[str(case["typed"]) for case in CASES])
def test_what_is_typed_finds_what_is_meant(record: Record, case: dict[str, Any]) -> None:
    _add(record, *case["finds"], *case.get("misses", ()))
    assert sorted(_texts(record, case["typed"])) == sorted(case["finds"])


@pytest.mark.parametrize(
    "forms",
    [
        "وزير الوزير وللوزير وزيره وزيرها كوزير فوزيرهم",
        "زيارة زياره زيارتها وبزيارتهم الزيارة",
        "سنة سنته السنة",
        "هدنة هدنه بهدنة",
    ],
)
def test_all_ways_to_write_a_word_are_one_word_of_the_index(forms: str) -> None:
    assert len({key_of(read_form(form)) for form in forms.split()}) == 1


@given(st.text(alphabet="ابتجدرسعفقكلمنهويةىأإ ،.12abآؤ", max_size=60))
@settings(max_examples=200, deadline=None)
def test_the_index_has_a_word_for_each_word(text: str) -> None:
    assert len(searchable(text).split()) == len(words_of(text))


def test_who_says_it_most_comes_first_and_the_title_counts_more(record: Record) -> None:
    _add(record, "اتفاق في الرباط بعد سنوات من الانتظار والمفاوضات الطويلة", "تونس " * 30 + "اتفاق")
    _add(record, "خبر من العاصمة عن لقاءات كثيرة مع الوفود", title="اتفاق")
    assert [found.article_id for found in search(record, SearchQuery("اتفاق"))] == ["t2", "t0", "t1"]


def test_a_snippet_is_a_stretch_of_the_text_with_the_words_marked(record: Record) -> None:
    text = "كلمة " * 100 + "ثم وقع المغرب وإسرائيل اتفاقا " + "أخرى " * 100
    _add(record, text)
    (found,) = search(record, SearchQuery("المغرب اتفاق*"))
    assert text[found.snippet.start : found.snippet.end] == found.snippet.text
    assert [mark.text for mark in found.marks] == ["المغرب", "اتفاقا"]
    assert all(text[mark.start : mark.end] == mark.text for mark in found.marks)
    assert len(found.snippet.text) < 250


def test_an_english_word_finds_events_that_are_said_in_other_words(record: Record) -> None:
    add(record, baghdad_article(), "page.html")
    assert "اعتداء" not in TEXT
    assert [found.article_id for found in search(record, SearchQuery("attack"))] == ["a1"]
    assert [found.article_id for found in search(record, SearchQuery("Iraq visit"))] == ["a1"]
    assert [found.article_id for found in search(record, SearchQuery("Salem al-Hourani"))] == []
    assert [found.article_id for found in search(record, SearchQuery('"Salem al-Hourani"'))] == ["a1"]
    assert list(search(record, SearchQuery("Iraq ceasefire"))) == []


@pytest.mark.parametrize(
    "word", ["Morocco", "morocco", "MAR", "Tunisia", "Mubarak", "United Nations", "sanctions", "ceasefires"]
)
def test_names_and_types_need_no_line_in_the_table(word: str) -> None:
    meaning = meaning_of(word)
    assert meaning is not None
    assert meaning.arabic


def test_an_english_word_that_nothing_knows_has_no_meaning() -> None:
    assert meaning_of("flibbertigibbet") is None


def test_a_mistake_in_the_table_is_named_with_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = tmp_path / "english.csv"
    table.write_text("words,arabic,events\nvisit,زيارة,CONSULT/dance\n", encoding="utf-8")
    monkeypatch.setattr(english_words, "ENGLISH", table)
    with pytest.raises(LexiconError, match=r"english\.csv:2: CONSULT/dance is no type"):
        english_words._build()


@pytest.mark.parametrize("typed", ["", "   ", "-هدنة", '""', "*"])
def test_to_ask_for_nothing_is_refused(record: Record, typed: str) -> None:
    if typed.strip():
        with pytest.raises(InputError, match="nothing is asked for"):
            list(search(record, SearchQuery(typed)))
    else:
        assert list(search(record, SearchQuery(typed))) == []


@given(st.text(max_size=30) | st.text(alphabet='"*-()«»:^+ NEARORand وزير', max_size=20))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_typed_is_answered_or_refused_in_one_line(record: Record, typed: str) -> None:
    with suppress(InputError):
        assert list(search(record, SearchQuery(typed))) == []


def test_filters_narrow_a_search_down_together(record: Record) -> None:
    add(record, baghdad_article("a1"), "1.html")
    add(record, baghdad_article("a2", date=PageDate(dt.date(2022, 1, 1), dt.date(2022, 1, 1)), source="الخبر"), "2.html")
    add(record, dyad_article("b", "EGY GOV", "SDN", confidence=0.3), "b.html")

    def ids(typed: str = "", **filters: Any) -> list[str]:
        return [found.article_id for found in search(record, SearchQuery(typed, **filters))]

    assert set(ids("الوزير")) == {"a1", "a2", "b"}
    assert ids("بغداد", start=dt.date(2021, 12, 1)) == ["a2"]
    assert ids("بغداد", end=WEDNESDAY) == ["a1"]
    assert ids("بغداد", source="الخبر") == ["a2"]
    assert ids("وزير", events=EventQuery(("EGY",))) == ["b"]
    assert ids("وزير", events=EventQuery(("JOR", "IRQ"), types=("SUPPORT",)), source="الخبر") == ["a2"]
    assert ids("بغداد", events=EventQuery(quads=(1,), places=("IRQ",), statuses=("occurred",)), end=WEDNESDAY) == ["a1"]
    assert ids("وزير", events=EventQuery(confidence=0.9, types=("CONSULT",)), end=WEDNESDAY) == ["a1"]
    assert ids(events=EventQuery(("SDN",))) == ["b"]


def test_events_can_be_asked_for_by_what_their_article_says(record: Record) -> None:
    add(record, baghdad_article(), "1.html")
    add(record, dyad_article("b", "JOR", "IRQ"), "b.html")
    assert {row.article_id for row in find_events(record, EventQuery(words="البصرة"))} == {"a1"}
    assert {row.article_id for row in find_events(record, EventQuery(words="Baghdad", types=("CONSULT",)))} == {"a1"}


def test_a_changed_article_is_found_by_its_new_words_only(record: Record) -> None:
    add(record, CodedArticle(Article("a", "هدنة في اليمن")), "a.txt")
    add(record, CodedArticle(Article("a", "حرب في اليمن")), "a.txt")
    assert _texts(record, "هدنة") == []
    assert _texts(record, "حرب") == ["حرب في اليمن"]


def test_where_many_match_each_is_found_once(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rasid.record.searching._RANKED_AT_ONCE", 3)
    _add(record, *(f"هدنة رقم {n}" for n in range(10)))
    found = [found.article_id for found in search(record, SearchQuery("هدنة"))]
    assert len(found) == len(set(found)) == 10
    assert set(found[:3]) == {"t7", "t8", "t9"}


def test_pages_of_a_search_follow_one_another(record: Record) -> None:
    _add(record, *(f"هدنة رقم {n}" for n in range(7)))
    pages: list[list[Found]] = [list(search(record, SearchQuery("هدنة"), 3, skip)) for skip in (0, 3, 6)]
    assert [len(page) for page in pages] == [3, 3, 1]
    assert len({found.article_id for page in pages for found in page}) == 7
