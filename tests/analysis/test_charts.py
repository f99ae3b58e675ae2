"""Charts: every kind in every format, with nothing fetched, titles that say what was counted, and Arabic as it is read."""

import re
from pathlib import Path

import pytest

from rasid.analysis import charts
from rasid.analysis.charts import draw, make
from rasid.analysis.charts.theme import directed, say
from rasid.errors import InputError
from rasid.record import Record, open_record

KINDS = [("relation", ("MRT", "URY")), ("types", ()), ("types", ("MRT",)), ("dyads", ()), ("network", ()), ("map", ())]


@pytest.mark.parametrize(("kind", "actors"), KINDS)
def test_every_kind_is_drawn_and_says_what_it_counts(
    record: Record, tmp_path: Path, kind: str, actors: tuple[str, ...]
) -> None:
    draw(record, kind, actors, tmp_path / "chart.svg")
    drawn = (tmp_path / "chart.svg").read_text(encoding="utf-8")
    words = " ".join(re.sub("<[^>]+>", " ", text) for text in re.findall(r"<text.*?</text>", drawn))
    words = " ".join(words.split())
    assert "30 articles of 4 outlets" in words
    assert re.search(r"\d+ events", words)


def test_png_is_a_picture(record: Record, tmp_path: Path) -> None:
    draw(record, "relation", ("MRT", "URY"), tmp_path / "chart.png", language="ar")
    assert (tmp_path / "chart.png").read_bytes().startswith(b"\x89PNG")


def test_html_needs_nothing_else(record: Record, tmp_path: Path) -> None:
    draw(record, "map", (), tmp_path / "chart.html", language="ar")
    page = (tmp_path / "chart.html").read_text(encoding="utf-8")
    assert '<html lang="ar" dir="rtl">' in page
    assert "default-src 'none'" in page
    before, _, script = page.partition("<script")
    assert "@font-face" in before
    assert not re.search(r"<(link|img|iframe)|https?://", before)
    assert script.startswith(' type="module">')


def test_svg_brings_its_font(record: Record, tmp_path: Path) -> None:
    draw(record, "dyads", (), tmp_path / "chart.svg", language="ar")
    drawn = (tmp_path / "chart.svg").read_text(encoding="utf-8")
    assert "data:font/woff2" in drawn
    assert not re.search(r"(href|src)=\"http", drawn)


def test_a_relation_shows_its_states_in_arabic(record: Record, tmp_path: Path) -> None:
    draw(record, "relation", ("موريتانيا", "Uruguay"), tmp_path / "chart.svg", language="ar")
    drawn = (tmp_path / "chart.svg").read_text(encoding="utf-8")
    assert all(say(state, "ar") in drawn for state in ("open", "cut", "resumed", "allied"))
    assert "2008-06-10 *" in drawn


def test_days_in_arabic_run_from_the_left() -> None:
    assert "\u202a2003–2023\u202c" in say("types line", "ar", by="", span="2003–2023", articles=1, outlets=1)
    assert directed("", "ar") == ""


def test_the_same_record_gives_the_same_drawing(record: Record) -> None:
    first, again = (make(record, "network", ())[0].to_dict() for _ in range(2))
    assert first == again


@pytest.mark.parametrize(
    ("kind", "actors", "name", "language", "said"),
    [
        ("pie", (), "a.svg", "en", 'no chart "pie"'),
        ("relation", ("MRT",), "a.svg", "en", "takes 2 actors, not 1"),
        ("dyads", (), "a.pdf", "en", "ends in .svg, .png or .html"),
        ("dyads", (), "a.svg", "fr", 'speak no "fr"'),
        ("relation", ("MRT", "NOR"), "a.svg", "en", "tells of nothing between Mauritania and Norway"),
    ],
)
def test_what_cannot_be_drawn_is_one_line_and_no_file(
    record: Record, tmp_path: Path, kind: str, actors: tuple[str, ...], name: str, language: str, said: str
) -> None:
    with pytest.raises(InputError, match=re.escape(said)):
        draw(record, kind, actors, tmp_path / name, language=language)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_record_is_one_line(tmp_path: Path) -> None:
    with open_record(tmp_path / "r.sqlite") as record:
        for kind in ("types", "dyads", "network", "map"):
            with pytest.raises(InputError, match="in this time"):
                draw(record, kind, (), tmp_path / "a.svg")


def test_without_the_extra_the_line_says_what_to_install(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(charts, "_EXTRA", ("altair", "no_such_package"))
    with pytest.raises(InputError, match=re.escape('pip install "rasid[charts]"')):
        draw(record, "map", (), Path("a.svg"))
