import datetime as dt
import json
from pathlib import Path

import pytest

from rasid.model import Page
from rasid.pages import Failure, Skipped, read_pages

EXPORTS = Path(__file__).parents[1] / "cases" / "pages" / "exports"
FIRST = "استقبل رئيس الوزراء الأردني نظيره العراقي في عمان أمس الثلاثاء."


def pages_of(path: Path | str) -> list[Page]:
    return [page for page in read_pages([str(path)]) if isinstance(page, Page)]


@pytest.mark.parametrize("name", ["nexis_new", "nexis_old", "factiva_fields", "factiva_articles"])
def test_an_export_gives_its_articles_with_what_it_says_of_them(name: str) -> None:
    page = pages_of(EXPORTS / f"{name}.txt")[0]
    assert page.is_text
    assert (page.source or "").startswith("صحيفة الضفة")
    assert (page.title or "").startswith("رئيس الوزراء الأردني يستقبل نظيره العراقي")
    assert page.date == dt.date(2021, 11, 24)


@pytest.mark.parametrize("name", ["nexis_new", "nexis_old", "factiva_fields", "factiva_articles"])
def test_the_text_is_that_of_the_article_and_nothing_else(name: str) -> None:
    lines = str(pages_of(EXPORTS / f"{name}.txt")[0].content).splitlines()
    assert lines[0] == FIRST
    assert lines[1].startswith("وقال رئيس الوزراء إن المباحثات تناولت التعاون في مجال الطاقة")
    assert len(lines) == (3 if name == "factiva_fields" else 2)


def test_articles_in_another_language_are_passed_over() -> None:
    reasons = [found.reason for found in read_pages([str(EXPORTS / "nexis_new.txt")]) if isinstance(found, Skipped)]
    assert reasons == ["the article is not in Arabic (it looks like English)"]


def test_the_messages_of_a_channel_are_articles_of_their_day() -> None:
    first, second = pages_of(EXPORTS / "telegram.json")
    assert (first.content, first.source, first.date) == (
        "زار الرئيس الفرنسي الجزائر أمس.",
        "قناة الأخبار",
        dt.date(2021, 11, 24),
    )
    assert second.source == "قناة أخرى"  # it was forwarded from there
    assert first.name == f"{EXPORTS / 'telegram.json'}:1234567/2"


def test_an_export_of_all_chats_keeps_them_apart(tmp_path: Path) -> None:
    one = json.loads((EXPORTS / "telegram.json").read_text(encoding="utf-8"))
    chats = {"about": "x", "chats": {"list": [one, {**one, "name": "ثانية", "id": 7}]}}
    (tmp_path / "result.json").write_text(json.dumps(chats), encoding="utf-8")
    names = [page.name.rpartition(":")[2] for page in pages_of(tmp_path / "result.json")]
    assert names == ["1234567/2", "1234567/5", "7/2", "7/5"]


def test_a_long_history_is_read_in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rasid.pages.exports._CHUNK", 50)
    (tmp_path / "result.json").write_bytes((EXPORTS / "telegram.json").read_bytes())
    assert len(pages_of(tmp_path / "result.json")) == 2


def test_an_export_that_breaks_off_gives_what_it_has(tmp_path: Path) -> None:
    content = (EXPORTS / "telegram.json").read_text(encoding="utf-8")
    (tmp_path / "result.json").write_text(content[: content.index("forwarded_from")], encoding="utf-8")
    found = list(read_pages([str(tmp_path / "result.json")]))
    assert sum(isinstance(page, Page) for page in found) == 1
    assert isinstance(found[-1], Failure)
