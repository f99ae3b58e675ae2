"""The gazetteer: complete, sure of its coordinates, and able to tell namesakes apart."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rasid.actors import places
from rasid.actors.lexicon import PLACE_COLUMNS
from rasid.actors.places import gazetteer, place_named, tell_apart
from rasid.actors.resolve import Sentence
from rasid.arabic.letters import fold
from rasid.arabic.sentences import split_sentences
from rasid.arabic.words import read_words
from rasid.coder import read_sentence
from rasid.errors import LexiconError
from rasid.model import Article

KNOWN = {known for found in gazetteer().values() for known in found}
# First-level divisions of ISO 3166-2; a region that only groups others (as the Kurdistan Region) is not counted.
REGIONS = {
    "EG": 27, "IQ": 18, "SY": 14, "LB": 8, "JO": 12, "PS": 16, "SA": 13, "YE": 22, "AE": 7, "OM": 11, "KW": 6, "QA": 8, "BH": 4,
    "SD": 18, "LY": 22, "TN": 24, "DZ": 58, "MA": 12, "MR": 15, "SO": 18, "DJ": 6, "KM": 3,
}  # fmt: skip


def countries(text: str, outlet: str | None = None) -> list[str | None]:
    article = Article("case", text)
    sentences: list[Sentence] = [read_sentence(article, span) for span in split_sentences(text)]
    return [phrase.country for sentence in tell_apart(sentences, outlet) for phrase in sentence.phrases]


def test_three_thousand_places_have_coordinates() -> None:
    assert sum(known.lat is not None for known in KNOWN) >= 3_000


def test_every_first_level_region_of_the_arab_states_is_there_once() -> None:
    codes = Counter(known.iso for known in KNOWN if known.iso)
    assert [code for code, count in codes.items() if count > 1] == []
    assert Counter(code[:2] for code in codes) == REGIONS


def test_no_country_has_coordinates() -> None:
    assert [known for known in KNOWN if known.kind == "country" and known.lat is not None] == []


@pytest.mark.parametrize(
    ("name", "country", "lat", "lon"),
    [
        ("بغداد", "IRQ", 33.3, 44.4),
        ("الدار البيضاء", "MAR", 33.6, -7.6),
        ("الموصل", "IRQ", 36.3, 43.1),
        ("خان يونس", "PSE", 31.3, 34.3),
        ("صنعاء", "YEM", 15.4, 44.2),
        ("طرابلس", "LBN", 34.4, 35.8),
        ("طرابلس", "LBY", 32.9, 13.2),
        ("مرسيليا", "FRA", 43.3, 5.4),
    ],
)
def test_place_lies_where_it_does(name: str, country: str, lat: float, lon: float) -> None:
    [known] = [one for one in gazetteer()[fold(name)] if one.country == country]
    assert known.lat == pytest.approx(lat, abs=0.15)
    assert known.lon == pytest.approx(lon, abs=0.15)


def test_place_is_found_behind_what_is_joined_to_it() -> None:
    known = place_named(read_words("وببغداد"), 0, 1, "IRQ")
    assert known is not None
    assert known.name == "بغداد"


@pytest.mark.parametrize(
    ("text", "outlet", "country"),
    [
        ("وصل الوفد إلى طرابلس.", None, "LBY"),
        ("وصل الوفد إلى طرابلس.", "LBN", "LBN"),
        ("وصل الوفد إلى طرابلس.", "FRA", "LBY"),
        ("وصل الوفد إلى طرابلس شمال لبنان.", None, "LBN"),
        ("وصل الوفد إلى طرابلس. وكان قد زار بيروت وصيدا.", "LBY", "LBN"),
        ("وصل الوفد إلى عمان قادما من مسقط بدعوة من السلطان العماني.", None, "OMN"),
        ("وصل الوفد إلى عمان، حيث التقى الملك الأردني.", None, "JOR"),
        ("وصل الوفد إلى رفح.", None, "PSE"),
        ("انتشر الجيش المصري في رفح والعريش.", None, "EGY"),
    ],
)
def test_namesakes_are_told_apart_by_what_is_named_around_them(text: str, outlet: str | None, country: str) -> None:
    assert next(one for one in countries(text, outlet) if one in ("LBY", "LBN", "OMN", "JOR", "PSE", "EGY")) == country


def test_town_that_is_a_capital_elsewhere_stands_for_no_government() -> None:
    article = Article("case", "اندلعت اشتباكات في طرابلس شمال لبنان.")
    [sentence] = tell_apart([read_sentence(article, span) for span in split_sentences(article.text)], None)
    assert next((p.kind, p.sector) for p in sentence.phrases if p.country == "LBN") == ("place", None)


@given(st.lists(st.sampled_from(["طرابلس", "عمان", "رفح", "لبنان", "ليبيا", "مصر", "وصل", "إلى", "في", "."]), max_size=12))
def test_telling_apart_keeps_every_phrase_at_its_place(words: list[str]) -> None:
    article = Article("case", " ".join(words))
    sentences = [read_sentence(article, span) for span in split_sentences(article.text)]
    after = tell_apart(sentences, None)
    assert [[(p.first, p.last) for p in s.phrases] for s in after] == [
        [(p.first, p.last) for p in s.phrases] for s in sentences
    ]


@pytest.mark.parametrize(
    ("column", "cell", "wrong"),
    [
        ("names", "", "no name"),
        ("kind", "town", 'unknown kind "town"'),
        ("source", "memory", 'unknown source "memory"'),
        ("lat", "north", '"north" is no number of degrees'),
        ("lat", "91", '"91" is no number of degrees'),
        ("lat", "nan", '"nan" is no number of degrees'),
        ("lon", "", "lat and lon go together"),
        ("claimants", "SYR", "claimants are two or more"),
        ("claimants", "Syria|Israel", "claimants are two or more"),
        ("iso", "Anbar", "is no ISO 3166-2 code"),
    ],
)
def test_mistake_in_the_table_is_named_with_its_line(
    column: str, cell: str, wrong: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = dict(zip(PLACE_COLUMNS, ("بغداد", "IRQ", "city", "Baghdad", "33.3", "44.4", "", "", "own"), strict=True))
    table = tmp_path / "places.csv"
    row = ",".join({**good, column: cell}.values())
    table.write_text(f"# people\n{','.join(PLACE_COLUMNS)}\n{row}\n", encoding="utf-8")
    monkeypatch.setattr(places, "PLACES", table)
    with pytest.raises(LexiconError, match=r"places\.csv:3: ") as error:
        places._build()
    assert wrong in str(error.value)
