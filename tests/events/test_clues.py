"""What brings a country up though nobody is named: `events/lexicon/clues.csv`, and family names."""

import datetime as dt
from pathlib import Path

import pytest

from rasid.arabic.words import read_words
from rasid.coder import code, read_article
from rasid.errors import LexiconError
from rasid.events.clues import clues_in, read_clues
from rasid.model import Article, PageDate

IN_2007 = PageDate(dt.date(2007, 11, 20), dt.date(2007, 11, 20), "given")


def countries(text: str) -> list[str | None]:
    return [phrase.country for phrase in clues_in(read_words(text))]


def test_a_campaign_known_by_its_name_brings_its_country_up() -> None:
    assert countries("قال إن ضحايا حملات الأنفال ينتظرون") == ["IRQ"]
    assert countries("منذ هجمات 11 سبتمبر تغير الوضع") == ["USA"]


def test_the_longest_of_two_clues_counts() -> None:
    assert countries("أمام سجن أبو سليم") == ["LBY"]


def test_a_town_whose_name_is_a_word_counts_behind_in_only() -> None:
    assert countries("قتل جندي في الحلة") == ["IRQ"]
    assert countries("لبس الحلة الجديدة") == []


def test_such_a_town_is_the_scene_of_an_event() -> None:
    (event,) = code(Article("a", "قتل ثلاثة أشخاص في انفجار سيارة مفخخة في الحلة.", date=IN_2007)).events
    assert event.where is not None
    assert event.where.country == "IRQ"
    assert event.where.evidence == "named"


def roles(text: str) -> list[tuple[str, str | None]]:
    return [(one.role, one.phrase.country) for one in read_article(Article("a", text, date=IN_2007))[0].scene.sighted[0]]


def test_a_family_name_brings_its_country_up_in_a_sentence_by_itself_only() -> None:
    alone = "ويؤخر ذلك رفض طالباني والهاشمي التوقيع على القرار."
    assert ("family", "IRQ") in roles(alone)
    assert roles(f"{alone} وانتهت الجلسة بعد ساعة.") == []


@pytest.mark.parametrize(
    ("rows", "what"),
    [("برج,XXX", "a country"), (",IRQ", "needs words"), ("برج عال,IRQ\nبرج عال,IRN", "another country")],
)
def test_a_mistake_in_the_table_is_named_with_its_line(tmp_path: Path, rows: str, what: str) -> None:
    path = tmp_path / "clues.csv"
    path.write_text(f"# ours\nwords,country\n{rows}\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=what):
        read_clues(path)
