import datetime as dt
import json
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from coded_articles import CODER, WEDNESDAY, baghdad_article, coded_articles, dyad_article
from hypothesis import HealthCheck, given, settings

from rasid.errors import InputError
from rasid.model import CodedArticle
from rasid.record import Record, add, count_rows, load_article, open_record
from rasid.record import corrections as made
from rasid.record.checking import check
from rasid.record.forgetting import forget_article
from rasid.record.rehydrating import rehydrate
from rasid.record.releasing import Authorship, changed_files, release
from rasid.record.words_of_rows import with_words, without_words

CITED = Authorship("أحداث", ("ليلى سعد", "Salem: A"), "CC-BY-4.0")


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with open_record(tmp_path / "r.sqlite") as record:
        add(record, baghdad_article(), "page.html")
        add(record, dyad_article("b", "EGY", "SDN MIL"), "b.html")
        visit, _, shooting = baghdad_article().events
        made.edit(record, visit.id, replace(visit, status="future"), by="ليلى")
        made.reject(record, shooting.id, by="ليلى")
        yield record


def _files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_release_holds_what_one_needs_to_use_check_and_cite_it(record: Record, tmp_path: Path) -> None:
    folder = release(record, tmp_path, WEDNESDAY, CITED, accuracy="F1 0.5")
    assert folder.name == "rasid-2021-11-24"
    assert {path.name for path in folder.iterdir()} == {
        *("README.md", "codebook.md", "versions.json", "counts.json", "accuracy.md", "CITATION.cff", "SHA256SUMS", "data"),
    }
    assert subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=folder, check=False).returncode == 0
    versions = json.loads((folder / "versions.json").read_text(encoding="utf-8"))
    assert versions["articles_by_coder"] == {CODER: 2}
    counts = json.loads((folder / "counts.json").read_text(encoding="utf-8"))
    assert counts["events_by_type"] == {"CONSULT": 2, "SUPPORT": 1}
    assert "| CONSULT | 1 | 0 | 1 | 0 |" in (folder / "accuracy.md").read_text(encoding="utf-8")
    assert "F1 0.5" in (folder / "accuracy.md").read_text(encoding="utf-8")
    citation = yaml.safe_load((folder / "CITATION.cff").read_text(encoding="utf-8"))
    assert [author["name"] for author in citation["authors"]] == list(CITED.authors)
    assert citation["date-released"] == WEDNESDAY
    codebook = (folder / "codebook.md").read_text(encoding="utf-8")
    assert "| when_start | day | first day on which it may have happened" in codebook


@pytest.mark.parametrize("texts", [True, False])
def test_a_release_made_twice_is_the_same_byte_for_byte(record: Record, tmp_path: Path, texts: bool) -> None:
    first, second = (release(record, tmp_path / name, WEDNESDAY, CITED, texts=texts) for name in ("1", "2"))
    assert _files(first) == _files(second)


def test_a_release_is_not_written_over_and_leaves_nothing_half_made(record: Record, tmp_path: Path) -> None:
    folder = release(record, tmp_path / "out", WEDNESDAY)
    with pytest.raises(InputError, match="is there already"):
        release(record, tmp_path / "out", WEDNESDAY)
    record.connection.execute("DROP VIEW dyad_days")
    with pytest.raises(InputError, match='no table "dyad_days"'):
        release(record, tmp_path / "out", dt.date(2022, 1, 1))
    assert list((tmp_path / "out").iterdir()) == [folder]


def test_without_texts_nothing_is_left_that_only_the_articles_say(record: Record, tmp_path: Path) -> None:
    folder = release(record, tmp_path, WEDNESDAY, texts=False)
    for name, content in _files(folder).items():
        if not name.endswith(".parquet"):
            said = content.decode("utf-8-sig")
            for words in (
                "البصرة",
                "متظاهرا",
                "مذكرة تفاهم",
                "الزيارة ناجحة",
                "بيان للوزارة",
                "الحوراني في بغداد",
                "بغداد - ليلى",
                "سالم",
                "الحوراني",
                "Hourani",
                "Salem al",
                "وزير",
                "زار",
            ):
                assert words not in said, name


def test_rehydrated_it_is_the_release_with_texts_byte_for_byte(record: Record, tmp_path: Path) -> None:
    whole = release(record, tmp_path / "whole", WEDNESDAY, CITED)
    bare = release(record, tmp_path / "bare", WEDNESDAY, CITED, texts=False)
    articles = [load_article(record, name).article for name in ("b", "a1")]
    with open_record(tmp_path / "again.sqlite") as again:
        assert rehydrate(again, bare, articles) == (2, 2)
        assert list(check(again)) == []
        assert load_article(again, "a1") == load_article(record, "a1")
        assert _files(release(again, tmp_path / "again", WEDNESDAY, CITED)) == _files(whole)


def test_what_is_not_found_is_left_out_whole(record: Record, tmp_path: Path) -> None:
    bare = release(record, tmp_path, WEDNESDAY, texts=False)
    with open_record(tmp_path / "again.sqlite") as again:
        assert rehydrate(again, bare, [baghdad_article().article]) == (1, 2)
        assert count_rows(again)["articles"] == 1
        assert list(check(again)) == []


def test_a_release_with_texts_becomes_a_record_without_any(record: Record, tmp_path: Path) -> None:
    whole = release(record, tmp_path, WEDNESDAY)
    with open_record(tmp_path / "again.sqlite") as again:
        assert rehydrate(again, whole, []) == (2, 2)
        assert load_article(again, "a1") == load_article(record, "a1")


def test_a_changed_release_or_none_is_refused(record: Record, tmp_path: Path) -> None:
    folder = release(record, tmp_path, WEDNESDAY)
    (folder / "counts.json").write_text("{}")
    assert changed_files(folder) == ["counts.json"]
    with open_record(tmp_path / "again.sqlite") as again:
        with pytest.raises(InputError, match=r"was changed since it was made \(counts.json\)"):
            rehydrate(again, folder, [])
        with pytest.raises(InputError, match="is no release"):
            rehydrate(again, tmp_path, [])
    with pytest.raises(InputError, match="holds articles already"):
        rehydrate(record, release(record, tmp_path, dt.date(2022, 1, 1)), [])


def test_what_was_forgotten_is_in_no_later_release(record: Record, tmp_path: Path) -> None:
    forget_article(record, "a1", by="ليلى")
    folder = release(record, tmp_path, WEDNESDAY)
    assert not any("الحوراني".encode() in content for content in _files(folder).values())


@given(coded_articles())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_words_taken_out_of_rows_can_be_put_in_again(record: Record, coded: CodedArticle) -> None:
    record.connection.execute("DELETE FROM articles")
    add(record, coded, "any.html", CODER)
    text = load_article(record, coded.article.id).article.text
    for name in ("events", "participants", "attributions", "counts", "reports", "quotes", "agreements"):
        cursor = record.connection.execute(f"SELECT * FROM {name}")
        columns = [column[0] for column in cursor.description]
        for row in (dict(zip(columns, cells, strict=True)) for cells in cursor):
            assert with_words(name, without_words(name, row, text), text) == row
