"""Attribution: on whose word a report rests."""

import pytest

from rasid.events.attribution import find_sources, goes_on, source_of
from tests.events.one_sentence import Read, read


def sources(there: Read) -> list[str]:
    return [there.sentence.slice(there.text, one.first, one.last).text for one in find_sources(there.outline)]


def source(text: str, trigger: str) -> str | None:
    """Whose word the act of this trigger rests on."""
    there = read(text)
    found = source_of(there.candidate(trigger), find_sources(there.outline))
    return there.sentence.slice(there.text, found.first, found.last).text if found else None


@pytest.mark.parametrize(
    "text",
    [
        "قال وزير الدفاع الهندي إن باكستان قصفت موقعا.",
        "وزير الدفاع الهندي قال إن باكستان قصفت موقعا.",
        "وذكر وزير الدفاع الهندي أن باكستان قصفت موقعا.",
        "أعلن وزير الدفاع الهندي أن باكستان قصفت موقعا.",
    ],
)
def test_who_says_it_is_the_source(text: str) -> None:
    assert source(text, "قصفت") == "وزير الدفاع الهندي"


@pytest.mark.parametrize("cue", ["بحسب", "حسب", "وفق", "وبحسب", "نقلا عن"])
def test_according_to_names_the_source(cue: str) -> None:
    assert source(f"{cue} وزارة الدفاع الأوكرانية، قصفت روسيا موقعا.", "قصفت") == "وزارة الدفاع الأوكرانية"


def test_source_named_at_the_end_holds_what_stands_before() -> None:
    assert source("قتل ثلاثة جنود في النيجر، بحسب الأمم المتحدة.", "قتل") == "الأمم المتحدة"


@pytest.mark.parametrize("cue", ["كما", "حسبما"])
def test_as_somebody_says_holds_what_stands_before(cue: str) -> None:
    assert source(f"قصفت روسيا موقعا، {cue} ذكرت وزارة الدفاع الأوكرانية.", "قصفت") == "وزارة الدفاع الأوكرانية"


def test_who_says_something_later_is_no_source_of_what_stands_before() -> None:
    assert source("اعتقلت الشرطة الكينية ناشطا، وقال الوزير الغاني إنه حزين.", "اعتقلت") is None


def test_nearest_source_before_an_act_is_its_own() -> None:
    text = "قال الوزير الهندي إن بلاده تدين الهجوم، وقال الوزير الصيني إن بكين علقت المساعدات."
    assert source(text, "تدين") == "الوزير الهندي"
    assert source(text, "علقت") == "الوزير الصيني"


def test_who_acts_is_not_the_source_of_his_act() -> None:
    there = read("بحسب الأمم المتحدة، اعتقلت الشرطة الكينية ناشطا.")
    candidate = there.candidate("اعتقلت")
    told = find_sources(there.outline)
    assert source_of(candidate, told) is told[0]
    assert source_of(candidate._replace(actors=[told[0].part]), told) is None


def test_act_that_nobody_tells_has_no_source() -> None:
    assert source("اعتقلت الشرطة الكينية ناشطا.", "اعتقلت") is None


def test_name_in_quotation_marks_is_of_the_source() -> None:
    there = read('قالت صحيفة "لا برينسا" إن الشرطة اعتقلت نائبا.')
    assert sources(there) == ['صحيفة "لا برينسا"']


def test_long_quotation_is_no_name() -> None:
    there = read('قالت صحيفة "إن الشرطة داهمت منزل نائب في ليما واعتقلت ناشطا كان فيه".')
    assert sources(there) == ["صحيفة"]


def test_paper_rests_on_the_word_of_its_publisher() -> None:
    there = read("بحسب قصاصة نشرتها وكالة الأنباء الكورية، زار الوزير ماليزيا.")
    assert sources(there) == ["وكالة الأنباء الكورية"]


def test_rule_says_which_verb_names_the_source() -> None:
    [found] = find_sources(read("قال وزير الدفاع الهندي إن باكستان قصفت موقعا.").outline)
    assert found.rule == "the subject of قال"


@pytest.mark.parametrize("text", ["وأضاف أن الشرطة اعتقلت ناشطا.", "وقال إن الشرطة اعتقلت ناشطا."])
def test_speaker_who_is_left_out_goes_on(text: str) -> None:
    there = read(text)
    assert goes_on(there.outline, there.candidate("اعتقلت").head.at)


@pytest.mark.parametrize("text", ["وأضاف الوزير أن الشرطة اعتقلت ناشطا.", "اعتقلت الشرطة ناشطا؛ أضاف أن هذا مؤسف."])
def test_nobody_goes_on_where_a_speaker_is_named_or_speaks_later(text: str) -> None:
    there = read(text)
    assert not goes_on(there.outline, there.candidate("اعتقلت").head.at)
