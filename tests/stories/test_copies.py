"""Copies of one text: exact, near, edited, excerpts and updates."""

import random

import pytest

from rasid.stories.copies import Change, changes, compare, copies_among, read_text
from rasid.stories.shingles import read_folded, read_prints, read_shingles

TEXT = (
    "أعلنت وزارة الداخلية في بيان لها صباح اليوم أن قوات الأمن ألقت القبض على 12 شخصا في العاصمة بعد مواجهات مع محتجين قرب "
    "مبنى البرلمان وأضافت الوزارة أن التحقيق مع الموقوفين مستمر بإشراف النيابة العامة وأن نتائجه ستعلن في وقت لاحق هذا الأسبوع "
    "وكان مئات المتظاهرين قد تجمعوا أمام المبنى مطالبين بإلغاء القانون الجديد الذي أقره النواب بأغلبية ضئيلة مطلع الشهر الجاري"
)
WORDS = TEXT.split()
LONGER = TEXT + " " + " ".join(f"كلمة{n}" for n in range(150))


def _kind(a: str, b: str, outlets: tuple[str | None, str | None] = ("أ", "ب")) -> str | None:
    found = compare(read_text(a, outlets[0]), read_text(b, outlets[1]))
    return found and found.kind


def _with(changed: dict[int, str]) -> str:
    return " ".join(changed.get(n, word) for n, word in enumerate(WORDS))


@pytest.mark.parametrize(
    ("other", "kind"),
    [
        (TEXT, "exact"),
        (TEXT.replace("أعلنت", "اعلنت") + " .", "exact"),
        (_with({0: "قالت"}), "near"),
        (_with({5: "له", 20: "متظاهرين", 38: "القضاء"}), "edited"),
        (_with({14: "30"}), "update"),
        (LONGER, "excerpt"),
        (" ".join(WORDS[:6]) + " " + " ".join(f"كلمة{n}" for n in range(50)), None),
        ("", None),
    ],
)
def test_two_texts_are_copies_of_this_kind(other: str, kind: str | None) -> None:
    assert _kind(TEXT, other) == kind
    assert _kind(other, TEXT) == kind


def test_what_one_outlet_wrote_anew_is_an_update() -> None:
    assert _kind(TEXT, _with({0: "قالت"}), ("أ", "أ")) == "update"


def test_an_update_says_what_changed() -> None:
    changed = changes(read_folded(TEXT), read_folded(_with({14: "30"}) + " فقط"))
    assert changed == [Change("12", "30"), Change("", "فقط")]


def test_alike_telegrams_about_different_people_are_no_copies() -> None:
    a, b = (
        f"بعث رئيس البلاد برقية تهنئة إلى {who} بمناسبة ذكرى اليوم الوطني لبلاده وتمنى {who} {more}"
        for who, more in (
            ("رئيس كوت ديفوار", "دوام الصحة والتقدم لشعبها الصديق"),
            ("ملكة الدنمارك", "مزيدا من الازدهار لبلادها"),
        )
    )
    assert _kind(a, b) is None


def test_copies_are_found_among_many_whatever_their_order() -> None:
    chance = random.Random(3)
    texts = [" ".join(chance.choices(WORDS, k=120)) for _ in range(100)] + [TEXT, LONGER, _with({0: "قالت"})]
    shuffled = list(range(len(texts)))
    chance.shuffle(shuffled)

    def found(order: list[int]) -> set[tuple[frozenset[int], str, float]]:
        rows = [(texts[n], None) for n in order]
        return {(frozenset((order[c.a], order[c.b])), c.kind, c.similarity) for c in copies_among(rows, rows.__getitem__)}

    straight = found(list(range(len(texts))))
    assert {(tuple(sorted(pair)), kind) for pair, kind, _ in straight} == {
        ((100, 101), "excerpt"),
        ((100, 102), "near"),
        ((101, 102), "excerpt"),
    }
    assert found(shuffled) == straight


@pytest.mark.parametrize("text", ["", "خبر", "خبر عاجل من العاصمة"])
def test_texts_shorter_than_a_shingle_have_at_most_one(text: str) -> None:
    assert len(read_shingles(read_folded(text))) == bool(text)
    assert bool(read_prints(read_folded(text)).bands) == bool(text)
