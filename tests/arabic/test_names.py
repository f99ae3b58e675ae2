from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from rasid.arabic.names import name_key, read_name, same_person
from rasid.arabic.spelling import spelling_cost

FOLDER = Path(__file__).parents[1] / "cases"
FILES = [FOLDER / "arabic" / "names.yaml", *sorted((FOLDER / "names").glob("*.yaml"))]
READ: list[dict[str, list[tuple[str, str]]]] = [yaml.safe_load(file.read_text("utf-8")) for file in FILES]
CASES = {key: [pair for cases in READ for pair in cases[key]] for key in ("same", "different")}
NAMES = st.sampled_from(sorted({name for pairs in CASES.values() for pair in pairs for name in pair}))
WORDS = st.text(alphabet="ابتجحدرسشعغفكلمنهوية", min_size=1, max_size=9)


@pytest.mark.parametrize(("a", "b"), CASES["same"])
def test_takes_two_spellings_for_one_person(a: str, b: str) -> None:
    assert same_person(a, b)[0]


@pytest.mark.parametrize(("a", "b"), CASES["different"])
def test_keeps_namesakes_apart(a: str, b: str) -> None:
    assert not same_person(a, b)[0]


@given(NAMES, NAMES)
def test_does_not_depend_on_the_order(a: str, b: str) -> None:
    assert same_person(a, b) == same_person(b, a)


@given(NAMES)
def test_is_sure_of_a_name_itself(name: str) -> None:
    assert same_person(name, name) == (True, 1.0)


@given(NAMES, NAMES)
def test_scores_from_nothing_to_one(a: str, b: str) -> None:
    assert 0.0 <= same_person(a, b)[1] <= 1.0


@given(st.text(), st.text())
def test_reads_any_text(a: str, b: str) -> None:
    same_person(a, b)
    name_key(a)


@given(WORDS, WORDS)
def test_costs_the_same_both_ways(a: str, b: str) -> None:
    assert spelling_cost(a, b) == pytest.approx(spelling_cost(b, a))


def test_is_less_sure_of_a_family_name_alone() -> None:
    assert 0.5 <= same_person("عباس", "محمود عباس")[1] < same_person("الرئيس محمود عباس", "محمود عباس")[1]


def test_is_less_sure_of_another_spelling() -> None:
    assert same_person("دونالد ترمب", "دونالد ترامب")[1] < 1.0


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("الرئيس السوري بشار الأسد", ["بشار", "الاسد"]),
        ("وزير الخارجية الأميركي السابق جون كيري", ["جون", "كيري"]),
        ("أمين عام حزب الله حسن نصر الله", ["حسن", "نصرالله"]),
        ("أمين الجميل", ["امين", "الجميل"]),
        ("سلطان بن عبد العزيز", ["سلطان", "عبدالعزيز"]),
        ("سلطان عمان قابوس بن سعيد", ["قابوس", "سعيد"]),
        ("الرئيس القذافي", ["القذافي"]),
        ("د. صائب عريقات", ["صايب", "عريقات"]),
        ("بنيامين نتنياهو، رئيس الوزراء", ["بنيامين", "نتنياهو"]),
    ],
)
def test_reads_a_name_without_titles_and_offices(written: str, parts: list[str]) -> None:
    assert [part.text for part in read_name(written).parts] == parts


@pytest.mark.parametrize(
    "renderings",
    [
        ["غانتس", "گانتز", "جانتس", "غانتز", "قانتس"],
        ["نتنياهو", "نتانياهو"],
        ["ترامب", "ترمب"],
        ["كوندوليزا رايس", "كوندليزا رايس", "كونداليزا رايس"],
        ["تشافيز", "شافيز", "چافيز"],
        ["عبد الفتاح السيسي", "عبدالفتاح السيسى"],
        ["كوهلر", "كولر"],
        ["أنان", "عنان"],
        ["پوتين", "بوتين"],
        ["ليفني", "ليڤني"],
        ["هنية", "هنيه"],
        ["الحريري", "حريري"],
    ],
)
def test_gives_renderings_of_one_name_the_same_key(renderings: list[str]) -> None:
    assert len({name_key(rendering) for rendering in renderings}) == 1


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("بشار الأسد", "حافظ الأسد"),
        ("غانتس", "غالانت"),
        ("ميركل", "ماكرون"),
        ("سلمان", "سلطان"),
        ("جمال", "كمال"),
        ("الأسد", "سعد"),
    ],
)
def test_gives_different_names_different_keys(a: str, b: str) -> None:
    assert name_key(a) != name_key(b)
