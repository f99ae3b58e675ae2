"""Reports of one act become one story, whatever the order in which they come."""

import datetime as dt
import itertools
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rasid.coder import code
from rasid.errors import LexiconError
from rasid.model import Article, Count, PageDate, Span
from rasid.stories import points as table
from rasid.stories.acts import Act, Party, Spot, acts_of, keys_of
from rasid.stories.join import Decisions, edge, pair, stories_among
from rasid.stories.likeness import in_words, likeness

DAY = dt.date(2021, 3, 2)
BLAST = Act(
    *("e0", "a0", "ASSAULT", 1, None, "occurred", DAY, DAY, True, (), (Party(None, "CVL", None, "شخصا"),)),
    *(
        Spot("IRQ", "كركوك", True, (35.47, 44.39)),
        (),
        "فجر",
        frozenset(["سوق", "سير", "مفخخ", "وسط"]),
        frozenset(),
        frozenset(),
    ),
)


def _killed(number: int) -> tuple[Count, ...]:
    return (Count("killed", number, number, Span(0, 2, str(number))),)


def _other(**changed: object) -> Act:
    return BLAST._replace(**{"id": "e1", "article": "a1", **changed})  # type: ignore[arg-type]


def test_the_same_act_in_other_words_is_an_edge_with_its_reasons() -> None:
    found = edge(BLAST, _other(words=frozenset(["سوق", "مزدحم", "ملغوم", "سير"])))
    assert found
    assert "the same place (+2)" in map(in_words, found.findings)
    assert found.score == round(sum(finding.points for finding in found.findings), 2)


@pytest.mark.parametrize(
    "changed",
    [
        {"where": Spot("IRQ", "البصره", True, (30.5, 47.8))},
        {"start": DAY + dt.timedelta(days=7), "end": DAY + dt.timedelta(days=7)},
        {"quad": 4, "type": "CONSULT"},
        {"status": "negated", "words": frozenset(["ا", "ب", "ج", "د"])},
        {"article": "a0"},
    ],
)
def test_other_acts_are_no_edge(changed: dict[str, object]) -> None:
    assert edge(BLAST, _other(**changed)) is None


def test_a_rising_death_toll_does_not_part_reports() -> None:
    assert edge(BLAST._replace(counts=_killed(12)), _other(counts=_killed(30)))


def test_other_persons_arrested_are_other_acts() -> None:
    arrested = BLAST._replace(type="COERCE", where=None, actors=(Party("TUN", "COP", None, "الشرطه"),))
    names = [arrested._replace(recipients=(Party("TUN", None, name, name),)) for name in ("ياسر العباسي", "منير السلمي")]
    assert edge(names[0], names[1]._replace(id="e1", article="a1")) is None


def test_alike_reports_share_a_key_though_one_gives_the_day_before() -> None:
    assert keys_of(BLAST) & keys_of(_other(start=DAY + dt.timedelta(days=1), end=DAY + dt.timedelta(days=1), day_read=False))


def test_what_people_say_wins() -> None:
    far = _other(where=Spot("IRQ", "البصره", True, (30.5, 47.8)))
    near = _other(id="e2", article="a2")
    acts = [BLAST, far, near]
    assert [story.reports for story in stories_among(acts)] == [("e0", "e2"), ("e1",)]
    said = Decisions(one=frozenset([pair("e0", "e1")]), two=frozenset([pair("e0", "e2")]))
    found = stories_among(acts, said)
    assert [story.reports for story in found] == [("e0", "e1"), ("e2",)]
    assert list(map(in_words, found[0].joins[0].likeness.findings)) == ["people said so (+0)"]


def _reports() -> st.SearchStrategy[list[Act]]:
    days = st.sampled_from([DAY, DAY + dt.timedelta(days=1), DAY + dt.timedelta(days=2)])
    parties = st.sampled_from([(), (Party("IRQ", "MIL", None, "الجيش"),), (Party("TUR", "MIL", "خلوصي أكار", "أكار"),)])
    report = st.builds(
        lambda day, read, type_, actors, place, killed, words: BLAST._replace(
            type=type_, start=day, end=day, day_read=read, actors=actors, where=Spot("IRQ", place, True, None),
            counts=_killed(killed), words=frozenset(words),
        ),
        days, st.booleans(), st.sampled_from(["ASSAULT", "COERCE"]), parties, st.sampled_from([None, "كركوك", "بغداد"]),
        st.integers(1, 40), st.sets(st.sampled_from(["سوق", "سير", "مفخخ", "وسط", "جندي", "حافل", "كمين"])),
    )  # fmt: skip
    return st.lists(report, max_size=12).map(
        lambda found: [act._replace(id=f"e{n:02}", article=f"a{n // 2}") for n, act in enumerate(found)]
    )


@settings(max_examples=60, deadline=None)
@given(_reports(), st.randoms(use_true_random=False))
def test_the_order_of_arrival_changes_nothing(acts: list[Act], chance: object) -> None:
    shuffled = list(acts)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert stories_among(shuffled) == stories_among(acts)


@settings(max_examples=60, deadline=None)
@given(_reports())
def test_every_report_is_in_one_story_and_all_but_one_of_a_story_are_joined_with_a_reason(acts: list[Act]) -> None:
    found = stories_among(acts)
    assert sorted(report for story in found for report in story.reports) == sorted(act.id for act in acts)
    assert all([join.report for join in story.joins] == list(story.reports[1:]) for story in found)


@settings(max_examples=60, deadline=None)
@given(_reports())
def test_likeness_does_not_depend_on_which_comes_first(acts: list[Act]) -> None:
    for a, b in itertools.pairwise(acts):
        assert likeness(a, b) == likeness(b, a)


def test_a_coded_article_gives_acts_to_compare() -> None:
    date = PageDate(DAY, DAY, "given")
    text = "قتل 12 شخصا اليوم الثلاثاء في انفجار سيارة مفخخة في كركوك شمالي العراق."
    coded = code(Article("a", text, "انفجار في كركوك", date=date))
    (act,) = [act for act in acts_of(coded) if act.type == "ASSAULT"][:1]
    assert (act.start, act.day_read, act.where and act.where.country) == (DAY, True, "IRQ")
    assert act.title == act.title & acts_of(replace(coded, events=coded.events[:1]))[0].title


@pytest.mark.parametrize(
    ("line", "said"),
    [("join,much,x", "points.csv:2"), ("joined,1,x", "is no finding"), ("join,5,x", "no row for")],
)
def test_a_mistake_in_the_points_is_named(line: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "points.csv").write_text(f"name,points,words\n{line}\n", encoding="utf-8")
    monkeypatch.setattr(table, "SOURCE", tmp_path / "points.csv")
    with pytest.raises(LexiconError, match=said):
        table.points.__wrapped__()
