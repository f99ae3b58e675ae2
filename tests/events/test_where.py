"""Where an event happened, how that was found, and how sure it is."""

import datetime as dt

import pytest

from rasid.coder import code
from rasid.contract import place_from_json, place_to_json
from rasid.model import Article, Event, PageDate, Place

DAY = PageDate(dt.date(2021, 11, 24), dt.date(2021, 11, 24), "given")


def first(text: str) -> Event:
    return code(Article("case", text, date=DAY)).events[0]


def why(event: Event) -> str:
    return next(reason.rule for reason in event.reasons if reason.field == "where")


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        ("اعتقلت الشرطة ناشطا في صفاقس.", "صفاقس", "TUN"),
        ("اعتقلت الشرطة ناشطا قرب لاغوس.", "قرب لاغوس", "NGA"),
        ("اعتقلت الشرطة ناشطا بهلسنكي.", "بهلسنكي", "FIN"),
        ("اعتقلت الشرطة ناشطا في تركيا.", "تركيا", "TUR"),
    ],
)
def test_place_with_a_preposition_of_place_is_named(text: str, words: str, country: str) -> None:
    event = first(text)
    assert event.where is not None
    assert event.where.span is not None
    assert (event.where.country, event.where.span.text, event.where.evidence) == (country, words, "named")
    assert why(event) == "named in its clause as the scene"


def test_country_of_those_who_take_part_is_implied_and_has_no_place() -> None:
    event = first("اعتقلت الشرطة الكينية ثلاثة من الناشطين.")
    assert event.where is not None
    assert (event.where.country, event.where.evidence, event.where.span, event.where.lat) == ("KEN", "implied", None, None)
    assert why(event) == "the country of those who take part"


def test_reason_holds_the_words_that_a_country_follows_from() -> None:
    text = "اعتقلت الشرطة الكينية ثلاثة من الناشطين."
    span = next(reason.span for reason in first(text).reasons if reason.field == "where")
    assert span is not None
    assert span.text == "الشرطة الكينية"


def test_nobody_and_nothing_known_is_nowhere() -> None:
    assert first("اعتقلت الشرطة ناشطا.").where is None


def test_country_named_as_a_whole_has_no_coordinates() -> None:
    place = first("اعتقلت الشرطة ناشطا في تركيا.").where
    assert place is not None
    assert (place.kind, place.latin, place.lat, place.lon) == ("country", "Turkey", None, None) or place.latin == "Türkiye"


def test_place_beside_a_town_has_not_the_towns_coordinates() -> None:
    place = first("قتل ثلاثة جنود شمال بغداد.").where
    assert place is not None
    assert (place.name, place.lat) == ("بغداد", None)


def test_disputed_place_is_given_as_written_with_all_who_claim_it() -> None:
    place = first("قتل مسلحون جنديين في الجولان.").where
    assert place is not None
    assert (place.span and place.span.text, place.claimants) == ("الجولان", ("SYR", "ISR"))


def test_place_of_a_sentence_before_goes_on() -> None:
    text = "تظاهر آلاف الطلاب في العاصمة الكينية نيروبي. واعتقلت الشرطة عشرين منهم."
    arrest = next(event for event in code(Article("case", text, date=DAY)).events if event.type == "COERCE")
    assert arrest.where is not None
    assert (arrest.where.country, arrest.where.evidence) == ("KEN", "implied")


def test_every_country_has_its_probability() -> None:
    place = first("اعتقلت الشرطة الكينية ناشطا في نيروبي.").where
    assert place is not None
    assert place.confidence is not None
    assert 0.8 < place.confidence <= 1


@pytest.mark.parametrize(
    "place",
    [
        Place("SYR", None, "الجولان", "Golan Heights", "region", None, None, ("SYR", "ISR"), "named", 0.9),
        Place(None, None, "مضيق هرمز", "Strait of Hormuz", "strait", 26.57, 56.25),
        Place("KEN", evidence="implied", confidence=0.5),
    ],
)
def test_place_comes_back_from_json(place: Place) -> None:
    assert place_from_json(place_to_json(place)) == place


def test_place_of_plain_contract_is_read() -> None:
    assert place_from_json({"code": "MAR", "text": None}) == Place("MAR")


def test_a_place_that_several_countries_claim_whole_has_no_code_and_all_claimants() -> None:
    event = first("قتل ثلاثة جنود في هجوم مسلح في كشمير.")
    assert event.where is not None
    assert (event.where.country, event.where.name, event.where.claimants) == (None, "كشمير", ("IND", "PAK", "CHN"))
