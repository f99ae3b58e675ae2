"""States of relations by reports of their changes, written out for each thing that can go wrong."""

import datetime as dt
from pathlib import Path

import pytest

from rasid.analysis import States, actor_named, state_on, states
from rasid.analysis.state_rules import RULES, state_rules
from rasid.errors import InputError, LexiconError
from rasid.record import open_record

from .conftest import fill, rows

D = dt.date


def told(folder: Path, *texts: tuple[str, str, str], a: str = "TCD", b: str = "NOR") -> States:
    with open_record(folder / "r.sqlite") as record:
        fill(record, rows(folder / "r.jsonl", *texts))
        return states(record, actor_named(record, a), actor_named(record, b))


def days(found: States) -> list[tuple[str, str, str]]:
    return [(change.state, str(change.first), str(change.last)) for change in found.changes]


def test_without_a_report_of_it_the_state_is_unknown(tmp_path: Path) -> None:
    found = told(tmp_path, ("2015-03-02", "المدار", "زار وزير خارجية تشاد النرويج اليوم الاثنين."))
    assert state_on(found, D(2015, 3, 2)).state == "unknown"


def test_what_is_cut_was_open_before(tmp_path: Path) -> None:
    found = told(tmp_path, ("2015-03-02", "المدار", "قطعت تشاد اليوم الاثنين علاقاتها الدبلوماسية مع النرويج."))
    before = state_on(found, D(2015, 3, 1))
    assert (before.state, before.is_sure, state_on(found, D(2015, 3, 2)).state) == ("open", False, "cut")


def test_a_vague_day_leaves_the_state_unknown_within_it(tmp_path: Path) -> None:
    found = told(tmp_path, ("2015-03-02", "المدار", "وكانت تشاد قد قطعت علاقاتها الدبلوماسية مع النرويج عام 2009."))
    within = state_on(found, D(2009, 6, 1))
    assert (within.state, set(within.possible)) == ("unknown", {"open", "cut"})
    assert state_on(found, D(2010, 1, 1)).state == "cut"


def test_hindsight_changes_the_state_on_its_own_day(tmp_path: Path) -> None:
    found = told(tmp_path, ("2015-03-02", "المدار", "وكانت تشاد قد قطعت علاقاتها الدبلوماسية مع النرويج في مايو 2009."))
    assert days(found) == [("cut", "2009-05-01", "2009-05-31")]


def test_a_relation_cut_twice_that_nobody_resumed_is_one_cut_with_two_days(tmp_path: Path) -> None:
    found = told(
        tmp_path,
        ("2009-05-04", "المدار", "قطعت تشاد اليوم الاثنين علاقاتها الدبلوماسية مع النرويج."),
        ("2012-05-07", "الضفاف", "وكانت تشاد قد قطعت علاقاتها الدبلوماسية مع النرويج عام 2011."),
    )
    (change,) = found.changes
    assert [(str(one.first), one.outlets) for one in change.versions] == [
        ("2009-05-04", ("المدار",)),
        ("2011-01-01", ("الضفاف",)),
    ]
    assert change.is_disputed


def test_a_relation_cut_again_after_it_was_resumed_is_cut_twice(tmp_path: Path) -> None:
    found = told(
        tmp_path,
        ("2009-05-04", "المدار", "قطعت تشاد اليوم الاثنين علاقاتها الدبلوماسية مع النرويج."),
        ("2010-05-03", "المدار", "استأنفت تشاد والنرويج اليوم الاثنين علاقاتهما الدبلوماسية."),
        ("2011-05-02", "المدار", "قطعت تشاد اليوم الاثنين علاقاتها الدبلوماسية مع النرويج."),
    )
    assert [change.state for change in found.changes] == ["cut", "resumed", "cut"]
    assert not any(change.is_disputed for change in found.changes)


def test_what_is_planned_or_threatened_changes_nothing(tmp_path: Path) -> None:
    found = told(
        tmp_path,
        ("2009-05-04", "المدار", "هددت تشاد اليوم الاثنين بقطع علاقاتها الدبلوماسية مع النرويج."),
        ("2010-05-03", "المدار", "ستستأنف تشاد والنرويج علاقاتهما الدبلوماسية الشهر المقبل."),
    )
    assert found.changes == ()
    assert [plan.state for plan, done in found.planned if done is None] == ["resumed"]


def test_a_denial_of_what_nobody_reports_is_kept(tmp_path: Path) -> None:
    found = told(tmp_path, ("2009-05-04", "المدار", "لم تقطع تشاد علاقاتها الدبلوماسية مع النرويج."))
    assert found.changes == ()
    assert [denial.state for denial in found.denials] == ["cut"]


def test_what_implies_a_change_that_nobody_reports_leaves_the_time_between_in_doubt(tmp_path: Path) -> None:
    found = told(
        tmp_path,
        ("2003-05-05", "المدار", "أقامت تشاد والنرويج اليوم الاثنين علاقات دبلوماسية كاملة."),
        ("2010-05-03", "المدار", "استأنفت تشاد والنرويج اليوم الاثنين علاقاتهما الدبلوماسية."),
    )
    between = state_on(found, D(2006, 1, 1))
    assert (between.state, set(between.possible), between.is_sure) == ("open", {"open", "cut"}, False)


def test_recognition_opens_no_relations(tmp_path: Path) -> None:
    found = told(tmp_path, ("2009-05-04", "المدار", "اعترفت النرويج اليوم الاثنين بدولة فلسطين."), a="NOR", b="PSE")
    assert [change.state for change in found.changes] == ["recognised"]


@pytest.mark.parametrize(
    ("first", "then", "states_told"),
    [
        (
            "اندلعت الحرب بين تشاد والنرويج اليوم الاثنين.",
            "وقعت تشاد والنرويج اليوم الاثنين معاهدة سلام.",
            ("at war", "recognised"),
        ),
        (
            "وقعت تشاد والنرويج اليوم الاثنين معاهدة تحالف.",
            "ألغت تشاد اليوم الاثنين معاهدة التحالف مع النرويج.",
            ("allied", "open"),
        ),
        ("اعترفت تشاد اليوم الاثنين بدولة النرويج.", "سحبت تشاد اليوم الاثنين اعترافها بدولة النرويج.", ("recognised", "none")),
    ],
    ids=("war and peace", "an alliance and its end", "recognition and its withdrawal"),
)
def test_what_was_done_is_undone(tmp_path: Path, first: str, then: str, states_told: tuple[str, str]) -> None:
    found = told(tmp_path, ("2015-03-02", "المدار", first), ("2016-03-07", "الضفاف", then))
    before, after = states_told
    assert days(found) == [(before, "2015-03-02", "2015-03-02"), (after, "2016-03-07", "2016-03-07")]


def test_a_relation_is_between_two(tmp_path: Path) -> None:
    with open_record(tmp_path / "r.sqlite") as record, pytest.raises(InputError, match="one actor"):
        states(record, actor_named(record, "NOR"), actor_named(record, "النرويج"))


def test_a_rule_with_a_state_that_there_is_not_is_one_line(tmp_path: Path) -> None:
    lines = RULES.read_text(encoding="utf-8").splitlines()
    header = next(n for n, line in enumerate(lines) if line.startswith("state,"))
    bad = tmp_path / "states.csv"
    bad.write_text("\n".join([*lines[: header + 1], lines[header + 1].replace("open,", "ajar,", 1)]), encoding="utf-8")
    with pytest.raises(LexiconError, match=rf'states.csv:{header + 2}: "ajar" is no state'):
        state_rules(bad)
