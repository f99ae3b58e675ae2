"""Where an event happened, and how that was found."""

import pytest

from rasid.events.where import place_of
from rasid.model import Entity, Place, Span
from tests.events.one_sentence import read

NOWHERE = (None, "no place named")


def place(text: str, trigger: str, event_type: str | None = None, *countries: str | None) -> tuple[Place | None, str]:
    there = read(text)
    candidate = there.candidate(trigger)
    people = [Entity(Span(0, 0, ""), country) for country in countries]
    return place_of(text, there.sentence, candidate, event_type or str(candidate.predicate.type), people)


def at(text: str, words: str, country: str) -> Place:
    start = text.index(words)
    return Place(country, Span(start, start + len(words), words))


@pytest.mark.parametrize(
    ("text", "trigger", "words", "country"),
    [
        ("اعتقلت الشرطة ناشطا في صفاقس.", "اعتقلت", "صفاقس", "TUN"),
        ("اعتقلت الشرطة ناشطا قرب لاغوس.", "اعتقلت", "لاغوس", "NGA"),
        ("اعتقلت الشرطة ناشطا بهلسنكي.", "اعتقلت", "بهلسنكي", "FIN"),
        ("اعتقلت الشرطة ناشطا شمال بغداد.", "اعتقلت", "بغداد", "IRQ"),
        ("اعتقلت الشرطة ناشطا في تركيا.", "اعتقلت", "تركيا", "TUR"),
    ],
)
def test_place_with_a_preposition_of_place(text: str, trigger: str, words: str, country: str) -> None:
    assert place(text, trigger) == (at(text, words, country), "the nearest place in its clause")


def test_nearest_of_two_places_counts() -> None:
    text = "في أثينا تحدث ناشط فيما اعتقلت الشرطة في باريس طالبا في المدرسة في لندن."
    assert place(text, "اعتقلت") == (at(text, "باريس", "FRA"), "the nearest place in its clause")


def test_place_of_its_own_clause_counts_before_a_nearer_one() -> None:
    text = "غادر الوزير إلى باريس فيما اعتقلت الشرطة الكينية ثلاثة من الناشطين في نيروبي."
    assert place(text, "اعتقلت")[0] == at(text, "نيروبي", "KEN")


def test_place_of_the_sentence_counts_where_its_clause_has_none() -> None:
    text = "اعتقلت الشرطة ناشطا، فيما تظاهر طلاب في ليما."
    assert place(text, "اعتقلت") == (at(text, "ليما", "PER"), "the nearest place in its sentence")


@pytest.mark.parametrize("text", ["انتقدت كندا تركيا.", "انتقد ناشط من باريس الوزير.", "انتقد ناشط في الأمم المتحدة الوزير."])
def test_country_or_body_that_is_not_a_place_of_anything_says_no_place(text: str) -> None:
    assert place(text, text.split()[0]) == NOWHERE


def test_visit_is_where_it_goes() -> None:
    text = "زار الرئيس الكيني أوغندا."
    assert place(text, "زار") == (at(text, "أوغندا", "UGA"), "the place that is visited")


@pytest.mark.parametrize("event_type", ["ASSAULT", "COERCE", "PROTEST", "MOBILIZE"])
def test_act_on_the_ground_is_where_all_who_take_part_come_from(event_type: str) -> None:
    rule = "everyone who takes part is of this country"
    assert place("اعتقلت الشرطة ناشطا.", "اعتقلت", event_type, "KEN", "KEN") == (Place("KEN"), rule)


def test_words_of_diplomacy_are_nowhere() -> None:
    assert place("اعتقلت الشرطة ناشطا.", "اعتقلت", "ACCUSE", "KEN", "KEN") == NOWHERE


@pytest.mark.parametrize("countries", [("KEN", "UGA"), ("KEN", None), ("UNO",), ()])
def test_act_of_several_countries_or_of_none_is_nowhere(countries: tuple[str | None, ...]) -> None:
    assert place("اعتقلت الشرطة ناشطا.", "اعتقلت", "COERCE", *countries) == NOWHERE
