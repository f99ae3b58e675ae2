"""Clauses: what stands in the places of a verb and of a verbal noun, and where a clause ends."""

import pytest

from tests.events.one_sentence import read

Slots = dict[str, list[str]]


@pytest.mark.parametrize(
    ("text", "trigger", "slots"),
    [
        ("زار الرئيس الكيني أوغندا أمس.", "زار", {"subject": ["الرئيس الكيني"], "object": ["أوغندا"]}),
        ("الرئيس الكيني زار أوغندا أمس.", "زار", {"subject": ["الرئيس الكيني"], "object": ["أوغندا"]}),
        (
            "اعتقلت الشرطة البرازيلية ثلاثة صحافيين في ساو باولو.",
            "اعتقلت",
            {"subject": ["الشرطة البرازيلية"], "object": ["ثلاثة صحافيين"], "في": ["ساو باولو"]},
        ),
        ("وقعت الهند واليابان وكندا اتفاقا.", "وقعت", {"subject": ["الهند", "واليابان", "وكندا"], "object": ["اتفاقا"]}),
        ("سافر الوزير إلى بيرو والإكوادور.", "سافر", {"subject": ["الوزير"], "الي": ["بيرو", "والإكوادور"]}),
    ],
)
def test_verb_has_its_places_on_either_side(text: str, trigger: str, slots: Slots) -> None:
    there = read(text)
    assert there.slots(there.verb(trigger)) == slots


@pytest.mark.parametrize("by", ["على يد مسلحين", "من قبل مسلحين"])
def test_agent_is_the_subject_of_a_passive(by: str) -> None:
    there = read(f"قتل ثلاثة جنود {by} في النيجر.")
    places = there.verb("قتل")
    assert places.passive
    assert there.slots(places) == {
        "subject": ["مسلحين"],
        "agent": ["مسلحين"],
        "object": ["ثلاثة جنود"],
        "في": ["النيجر"],
    }


def test_likely_passive_with_one_noun_phrase_is_passive() -> None:
    there = read("قتل ثلاثة جنود في النيجر.")
    places = there.verb("قتل", likely_passive=True)
    assert places.passive
    assert there.slots(places) == {"object": ["ثلاثة جنود"], "في": ["النيجر"]}


def test_unlikely_passive_with_one_noun_phrase_is_active() -> None:
    there = read("قتل ثلاثة جنود في النيجر.")
    places = there.verb("قتل", likely_passive=False)
    assert not places.passive
    assert there.slots(places)["subject"] == ["ثلاثة جنود"]


def test_likely_passive_with_two_noun_phrases_is_active() -> None:
    there = read("قتل الجندي المالي ثلاثة مهاجرين.")
    places = there.verb("قتل", likely_passive=True)
    assert not places.passive
    assert there.slots(places) == {"subject": ["الجندي المالي"], "object": ["ثلاثة مهاجرين"]}


def test_verb_that_must_be_active_is_never_passive() -> None:
    there = read("قتل ثلاثة جنود في النيجر.")
    assert not there.verb("قتل", likely_passive=True, active=True).passive


def test_feminine_verb_has_no_masculine_plural_subject() -> None:
    there = read("اعتقلت ناشطين في مينسك.")
    places = there.slots(there.verb("اعتقلت"))
    assert places["object"] == ["ناشطين"]
    assert "subject" not in places


def test_verb_of_a_relative_clause_has_its_antecedent_as_subject() -> None:
    there = read("عاد الوزير الذي زار مدريد.")
    assert there.slots(there.verb("زار")) == {"subject": ["الوزير"], "object": ["مدريد"]}


def test_pronoun_in_a_relative_clause_makes_the_antecedent_its_object() -> None:
    there = read("عاد الصحافي الذي اعتقلته الشرطة التركية.")
    assert there.slots(there.verb("اعتقلته")) == {"subject": ["الشرطة التركية"], "object": ["الصحافي"]}


def test_pronoun_makes_what_stands_before_the_verb_its_object() -> None:
    there = read("الناشط اعتقلته الشرطة التونسية.")
    assert there.slots(there.verb("اعتقلته")) == {"subject": ["الشرطة التونسية"], "object": ["الناشط"]}


def test_preposition_with_a_pronoun_goes_back_to_the_antecedent() -> None:
    there = read("عاد الصحافي الذي أفرجت عنه الشرطة التركية.")
    assert there.slots(there.verb("أفرجت")) == {"subject": ["الشرطة التركية"], "عن": ["الصحافي"]}


def test_verb_joined_by_and_shares_the_subject() -> None:
    there = read("وصل الرئيس الغاني إلى لاغوس والتقى بالوزير النيجيري.")
    assert there.slots(there.verb("والتقى")) == {"subject": ["الرئيس الغاني"], "ب": ["بالوزير النيجيري"]}


def test_verb_that_is_not_joined_shares_no_subject() -> None:
    there = read("وصل الرئيس الغاني إلى لاغوس، التقى بالوزير النيجيري.")
    assert "subject" not in there.slots(there.verb("التقى"))


@pytest.mark.parametrize(
    "after",
    ["فيما غادر وزير المالية", "؛ وزير المالية في ليما", "لكن وزير المالية في ليما", ": وزير المالية في ليما"],
)
def test_clause_ends_at_words_and_marks_that_break(after: str) -> None:
    there = read(f"اعتقلت الشرطة الكينية ناشطا {after}.")
    assert there.slots(there.verb("اعتقلت")) == {"subject": ["الشرطة الكينية"], "object": ["ناشطا"]}


def test_clause_begins_after_what_breaks() -> None:
    there = read("أعلنت كندا أن الصين اعتقلت دبلوماسيا.")
    places = there.verb("اعتقلت")
    assert there.outline.words[places.first].form.text == "الصين"
    assert there.slots(places)["subject"] == ["الصين"]


def test_dash_of_a_dateline_begins_a_clause() -> None:
    there = read("برلين - الشرطة اعتقلت ناشطا.")
    assert there.slots(there.verb("اعتقلت")) == {"subject": ["الشرطة"], "object": ["ناشطا"]}


def test_verb_of_a_that_clause_depends_on_the_verb_before() -> None:
    there = read("أعلنت كندا أن الصين اعتقلت دبلوماسيا.")
    places = there.verb("اعتقلت")
    assert (there.word(places.governor), places.link) == ("أعلنت", "ان")


def test_noun_depends_on_the_verb_of_its_clause() -> None:
    there = read("قامت الشرطة اليونانية باعتقال مهاجرين.")
    places = there.noun("باعتقال")
    assert (there.word(places.governor), places.link) == ("قامت", "")


@pytest.mark.parametrize("text", ["غادر الوزير فيما اعتقلت الشرطة ناشطا.", "اعتقلت الشرطة ناشطا."])
def test_verb_of_a_main_clause_depends_on_nothing(text: str) -> None:
    there = read(text)
    assert there.verb("اعتقلت").governor is None


def test_clause_is_read_once() -> None:
    there = read("زار الرئيس الكيني أوغندا.")
    assert there.verb("زار") is there.verb("زار")
    assert there.verb("زار") is not there.verb("زار", likely_passive=True)


@pytest.mark.parametrize(
    ("text", "trigger", "of", "slots"),
    [
        (
            "زيارة الرئيس الفرنسي إلى بيروت.",
            "زيارة",
            "subject",
            {"subject": ["الرئيس الفرنسي"], "الي": ["بيروت"]},
        ),
        ("اغتيال القاضي في البصرة.", "اغتيال", "object", {"object": ["القاضي"], "في": ["البصرة"]}),
        (
            "اغتيال القاضي على يد مسلحين في البصرة.",
            "اغتيال",
            "object",
            {"object": ["القاضي"], "subject": ["مسلحين"], "agent": ["مسلحين"], "في": ["البصرة"]},
        ),
        ("هجوم مسلحين على الشرطة.", "هجوم", "subject", {"subject": ["مسلحين"], "علي": ["الشرطة"]}),
    ],
)
def test_genitive_of_a_noun_is_what_the_lexicon_says(text: str, trigger: str, of: str, slots: Slots) -> None:
    there = read(text)
    assert there.slots(there.noun(trigger, of)) == slots


def test_nisba_of_a_noun_is_its_subject() -> None:
    there = read("ضربة أميركية على مقاتلين في الصومال.")
    assert there.slots(there.noun("ضربة", "object"))["subject"] == ["أميركية"]


def test_list_after_between_is_whole() -> None:
    there = read("محادثات بين وزير الخارجية الهندي ونظيره البنغلاديشي في دكا.")
    assert there.slots(there.noun("محادثات"))["بين"] == ["وزير الخارجية الهندي", "ونظيره البنغلاديشي"]


def test_place_after_li_is_the_object_of_a_noun() -> None:
    there = read("زيارة لموسكو في الربيع.")
    assert there.slots(there.noun("زيارة"))["object"] == ["لموسكو"]


def test_person_after_li_is_not_the_object_of_a_noun() -> None:
    there = read("الزيارة الأولى لوزير الخارجية النرويجي.")
    assert "object" not in there.slots(there.noun("الزيارة"))


def test_comma_ends_the_clause_of_a_noun() -> None:
    there = read("مقتل جندي، في مالي.")
    assert there.slots(there.noun("مقتل", "object")) == {"object": ["جندي"]}


def test_comma_does_not_end_the_clause_of_a_verb() -> None:
    there = read("اعتقلت الشرطة الكينية، في نيروبي، ناشطا.")
    assert there.slots(there.verb("اعتقلت"))["object"] == ["ناشطا"]


def test_pronoun_of_a_noun_is_the_last_who_stood_free() -> None:
    there = read("وصل الرئيس الكيني إلى غانا في زيارته الأولى.")
    assert there.slots(there.noun("زيارته"))["subject"] == ["الرئيس الكيني"]


def test_relative_clause_says_who_did_the_act_of_its_noun() -> None:
    there = read("الهجوم الذي شنه مسلحون على الشرطة في بوركينا فاسو.")
    assert there.slots(there.noun("الهجوم")) == {
        "subject": ["مسلحون"],
        "علي": ["الشرطة"],
        "في": ["بوركينا فاسو"],
    }


def test_relative_clause_says_whom_the_act_of_its_noun_hit() -> None:
    there = read("التفجير الذي استهدف الشرطة في قندهار.")
    assert there.slots(there.noun("التفجير", "object")) == {"object": ["الشرطة"]}
