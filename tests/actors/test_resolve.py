"""Who is meant, within one article: `tests/cases/actors/entities.yaml`, and the parts of it."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml

from rasid.actors.resolve import People, Sentence, code_of, entities_of, meet_people, recall, recognise, timed
from rasid.actors.whose import Standing, owners_of
from rasid.arabic.sentences import split_sentences
from rasid.arabic.words import read_words
from rasid.coder import read_sentence
from rasid.model import Article, Entity, Interval, PageDate, Span

FILE = Path(__file__).parents[1] / "cases/actors/entities.yaml"
CASES: dict[str, list[dict[str, str]]] = yaml.safe_load(FILE.read_text("utf-8"))
ROWS = [
    pytest.param(row, id=f"{behaviour}-{number}") for behaviour, rows in CASES.items() for number, row in enumerate(rows, 1)
]
HELD = [
    pytest.param(row, id=f"{behaviour}-{number}")
    for behaviour, rows in CASES.items()
    for number, row in enumerate(rows, 1)
    if "holder" in row
]
DAY = dt.date(2021, 11, 24)
MINISTER = "وصل وزير الدفاع التشيكي لوبومير ميتنار إلى وارسو."


def sentences(text: str) -> list[Sentence]:
    article = Article("case", text, date=PageDate(DAY, DAY, "given"))
    return [read_sentence(article, span) for span in split_sentences(text)]


def people(text: str) -> People:
    return meet_people(text, sentences(text))


def entities(text: str, **given: Any) -> list[Entity]:
    """Whom the phrases of an article stand for, in order."""
    known = people(text)
    read = [recognise(sentence, known) for sentence in sentences(text)]
    return [
        entity
        for sentence in read
        for phrase in sentence.phrases
        for entity in entities_of(text, sentence, phrase, known, **given)
    ]


@pytest.mark.parametrize("row", ROWS)
def test_phrase_stands_for(row: dict[str, str]) -> None:
    found = [entity for entity in entities(row["text"]) if entity.span.text == row["phrase"]]
    assert found, row["phrase"]
    assert (found[-1].code or "-") == row["code"]
    assert (found[-1].name or "-") == row.get("name", found[-1].name or "-")
    assert (found[-1].role or "-") == row.get("role", found[-1].role or "-")
    assert (found[-1].latin or "-") == row.get("latin", found[-1].latin or "-")


@pytest.mark.parametrize("row", HELD)
def test_office_is_held_on_the_day_by(row: dict[str, str]) -> None:
    read = sentences(row["text"])
    known = meet_people(row["text"], read, DAY)
    found = [entity for one in read for phrase in one.phrases for entity in entities_of(row["text"], one, phrase, known)]
    assert [entity.holder and entity.holder.latin for entity in found if entity.span.text == row["phrase"]] == [row["holder"]]


def test_both_countries_stand_for_the_two_named_most() -> None:
    found = entities("وقعت كينيا وغانا وكينيا اتفاقا. ورحبت غانا وتوغو. واتفق البلدان.")
    assert [entity.code for entity in found if entity.span.text == "البلدان"] == ["KEN", "GHA"]


def test_both_countries_of_an_article_with_one_are_nobody() -> None:
    found = entities("وقعت كينيا اتفاقا. واتفق البلدان.")
    assert [entity.code for entity in found if entity.span.text == "البلدان"] == [""]


def test_of_two_countries_that_sign_a_minister_is_of_the_one_that_has_no_official_yet() -> None:
    text = "وقعت رواندا وأوغندا اتفاقا. ووقعه وزير الدفاع ونظيره."
    signs = Standing("SUPPORT actor", beside=frozenset(("UGA",)))
    assert entities(text, standing=signs)[2].code == "RWA GOV"


def test_police_are_of_the_country_with_which_they_were_named_before() -> None:
    text = "انتشرت الشرطة الكينية في نيروبي. وكانت أوغندا قد حذرت رعاياها. واعتقلت الشرطة عشرة أشخاص."
    assert [entity.code for entity in entities(text) if entity.span.text.endswith("الشرطة")] == ["KEN COP"]


def test_country_has_its_latin_name() -> None:
    assert [entity.latin for entity in entities("زار الوزير رومانيا.")][-1] == "Romania"


def test_person_is_remembered_with_office_and_name() -> None:
    known = recall(people(MINISTER), read_words("ميتنار"))
    assert known is not None
    assert (known.country, known.sector, known.office, known.name) == ("CZE", "GOV", "وزير الدفاع التشيكي", "لوبومير ميتنار")


def test_another_given_name_is_another_person() -> None:
    assert recall(people(MINISTER), read_words("بافل ميتنار")) is None


def test_nobody_is_recalled_by_no_words() -> None:
    assert recall(people(MINISTER), []) is None


def test_unknown_name_is_nobody() -> None:
    assert recall(people(MINISTER), read_words("دفورجاك")) is None


def test_who_is_introduced_first_keeps_the_name() -> None:
    known = recall(people(MINISTER + " ووصل وزير العدل السلوفاكي ميلان ميتنار."), read_words("ميتنار"))
    assert known is not None
    assert known.country == "CZE"


def test_name_without_office_or_country_introduces_nobody() -> None:
    assert people("حضر محمد الحفل.").by_name == {}


def test_countries_stand_in_order_of_how_often_they_are_named() -> None:
    assert people("زارت كينيا غانا. وشكرت غانا توغو. واحتجت غانا وتوغو.").owners.ranked == ("GHA", "TGO", "KEN")


def test_organisations_and_papers_are_no_countries() -> None:
    assert people("دعت الأمم المتحدة صحيفة لوموند إلى غانا.").owners.ranked == ("GHA",)


def test_sentence_without_known_names_stays_as_it_was() -> None:
    [sentence] = sentences("غادر ميتنار.")
    assert recognise(sentence, People({}, owners_of([]))) is sentence


def test_name_inside_a_phrase_is_no_phrase_of_its_own() -> None:
    [sentence] = sentences(MINISTER)
    assert recognise(sentence, people(MINISTER)).phrases == sentence.phrases


def test_recognised_names_stand_in_order_among_the_phrases() -> None:
    second = sentences(f"{MINISTER} وشكر ميتنار بولندا.")[1]
    phrases = recognise(second, people(MINISTER)).phrases
    assert [code_of(phrase) for phrase in phrases] == ["CZE GOV", "POL"]
    assert phrases[0].first < phrases[1].first


def test_words_of_a_time_are_its_places() -> None:
    words = read_words("وصل أمس الأربعاء إلى وارسو")
    span = Span(words[1].start, words[2].end, "أمس الأربعاء")
    assert timed(words, [Interval(DAY, DAY, span), Interval(DAY, DAY)]) == {1, 2}


def test_slice_is_the_text_of_the_article() -> None:
    text = "وصل الوفد. ثم عاد إلى أثينا."
    second = sentences(text)[1]
    span = second.slice(text, 1, 4)
    assert span == Span(text.index("عاد"), len(text) - 1, "عاد إلى أثينا")


def test_bare_name_that_the_tagger_finds_is_whom_the_article_introduces() -> None:
    text = MINISTER + " وقال ميتنار إن المحادثات مفيدة."
    [_, sentence] = sentences(text)
    [bare] = sentence.phrases
    assert (bare.name, bare.country) == ((1, 2), None)
    [known] = recognise(sentence, people(text)).phrases
    assert (known.name, known.country, known.sector) == ((1, 2), "CZE", "GOV")


def test_bare_name_of_nobody_introduced_stays_nobodys() -> None:
    text = MINISTER + " وقال ويلسون إن المحادثات مفيدة."
    [_, sentence] = sentences(text)
    assert recognise(sentence, people(text)).phrases == sentence.phrases


def test_name_with_a_country_of_its_own_keeps_it() -> None:
    text = MINISTER + " وقال السفير الكيني ميتنار إن المحادثات مفيدة."
    [_, sentence] = sentences(text)
    assert [phrase.country for phrase in recognise(sentence, people(text)).phrases] == ["KEN"]
