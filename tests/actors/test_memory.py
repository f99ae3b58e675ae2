"""What articles say of persons, put together, and recalled for other articles of that time."""

import datetime as dt
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rasid.actors.memory import REACH, Decision, Memory, Saying, group_names, learn, memory_of, recall_actor
from rasid.actors.own import OwnRow, as_rows
from rasid.actors.persons import index_of
from rasid.coder import code
from rasid.model import Article, CodedArticle, PageDate

DAY = dt.date(2031, 5, 10)
MITNAR = Saying("لوبومير ميتنار", "CZE", "GOV", "وزير الدفاع التشيكي", DAY, "a1")
OTHER = Saying("يان ميتنار", "CZE", "OPP", "زعيم المعارضة التشيكية", DAY, "a2")


def coded(text: str, memory: Memory, day: dt.date | None = DAY) -> CodedArticle:
    return code(Article("case", text, date=PageDate(day, day, "given") if day else PageDate(None, None)), memory)


def actors(text: str, memory: Memory, day: dt.date | None = DAY) -> list[tuple[str, str, str | None]]:
    return [
        (entity.span.text, entity.code, entity.basis)
        for event in coded(text, memory, day).events
        for entity in (*event.actors, *event.recipients)
    ]


@pytest.mark.parametrize("name", ["لوبومير ميتنار", "ميتنار", "لوبومير ميتنر"])
def test_a_bare_name_is_what_another_article_of_that_time_says(name: str) -> None:
    assert (name, "CZE GOV", "memory") in actors(f"زار {name} بغداد.", memory_of([MITNAR]))


def test_without_memory_the_bare_name_is_nobody() -> None:
    assert all("CZE" not in code for _, code, _ in actors("زار ميتنار بغداد.", memory_of([])))


def test_a_name_keeps_the_preposition_out() -> None:
    [found] = [row for row in actors("وجه العراق تهديدا لميتنار.", memory_of([MITNAR])) if "ميتنار" in row[0]]
    assert found[1] == "CZE GOV"


def test_what_the_article_itself_says_wins() -> None:
    text = "وصل رئيس الوزراء السلوفاكي لوبومير ميتنار إلى بغداد. وهدد ميتنار إيران بعقوبات."
    assert {code for words, code, _ in actors(text, memory_of([MITNAR])) if "ميتنار" in words} == {"SVK GOV"}


@pytest.mark.parametrize("days", [REACH, -REACH])
def test_it_holds_for_half_a_year_before_and_after(days: dt.timedelta) -> None:
    memory = memory_of([MITNAR])
    assert recall_actor(memory, "ميتنار", DAY + days) is not None
    assert recall_actor(memory, "ميتنار", DAY + days + days / REACH * dt.timedelta(1)) is None


def test_without_a_day_nothing_is_recalled() -> None:
    assert recall_actor(memory_of([MITNAR]), "ميتنار", None) is None


def test_between_two_sayings_of_one_office_it_holds_however_far_they_are() -> None:
    later = MITNAR._replace(day=DAY + dt.timedelta(1000), article="a9")
    assert recall_actor(memory_of([MITNAR, later]), "ميتنار", DAY + dt.timedelta(500)) is not None


def test_of_two_offices_the_nearer_one_counts() -> None:
    later = MITNAR._replace(sector="OPP", office="زعيم المعارضة التشيكية", day=DAY + dt.timedelta(100), article="a9")
    memory = memory_of([MITNAR, later])
    for days, sector in ((10, "GOV"), (90, "OPP")):
        found = recall_actor(memory, "ميتنار", DAY + dt.timedelta(days))
        assert found is not None
        assert found[1].sector == sector


def test_a_family_name_that_two_persons_have_is_nobody() -> None:
    memory = memory_of([MITNAR, OTHER])
    assert recall_actor(memory, "ميتنار", DAY) is None
    found = recall_actor(memory, "يان ميتنار", DAY)
    assert found is not None
    assert found[1].sector == "OPP"


def test_a_name_of_one_word_needs_two_articles() -> None:
    alone = MITNAR._replace(name="ميتنار")
    assert recall_actor(memory_of([alone]), "ميتنار", DAY) is None
    assert recall_actor(memory_of([alone, alone._replace(article="a2")]), "ميتنار", DAY) is not None


def test_a_verb_is_no_name_though_memory_has_one_like_it() -> None:
    memory = memory_of([MITNAR._replace(name="سالم أعلن")])
    assert all(basis != "memory" for _, _, basis in actors("أعلن العراق الحرب على إيران.", memory))


def test_spellings_are_one_actor() -> None:
    sayings = [MITNAR._replace(name=name, article=name) for name in ("بيني غانتس", "بيني جانتس", "بيني گانتز", "غانتس")]
    [group] = group_names(sayings)
    assert len(group) == 4


def test_namesakes_of_two_countries_are_two() -> None:
    assert len(group_names([MITNAR, MITNAR._replace(country="SVK", name="لوبومير ميتنر", article="a2")])) == 2


def test_a_user_says_that_two_names_are_one_persons() -> None:
    other = MITNAR._replace(name="أبو قيس", office=None, country=None)
    assert len(group_names([MITNAR, other], [Decision("merge", "أبو قيس", "لوبومير ميتنار")])) == 1


def test_a_merged_name_is_recalled_as_the_person() -> None:
    other = MITNAR._replace(name="أبو قيس", article="a2")
    memory = memory_of([MITNAR, other], [Decision("merge", "أبو قيس", "لوبومير ميتنار")])
    found = recall_actor(memory, "أبو قيس", DAY)
    assert found is not None
    assert set(found[0].names) == {"أبو قيس", "لوبومير ميتنار"}


def test_a_name_that_no_article_was_found_to_have_is_known_once_it_is_merged() -> None:
    memory = memory_of([MITNAR], [Decision("merge", "أسد كوردستاف", "لوبومير ميتنار")])
    assert ("كوردستاف", "CZE GOV", "memory") in actors("زار كوردستاف بغداد.", memory)


def test_a_user_says_that_two_names_are_two_persons() -> None:
    short = MITNAR._replace(name="ميتنار", article="a2")
    assert len(group_names([MITNAR, short])) == 1
    assert len(group_names([MITNAR, short], [Decision("split", "ميتنار", "لوبومير ميتنار")])) == 2


def test_of_two_decisions_on_a_pair_the_last_holds() -> None:
    short = MITNAR._replace(name="ميتنار", article="a2")
    both = [Decision("split", "ميتنار", "لوبومير ميتنار"), Decision("merge", "لوبومير ميتنار", "ميتنار")]
    assert len(group_names([MITNAR, short], both)) == 1


NAMES = ("بيني غانتس", "بيني جانتس", "غانتس", "لوبومير ميتنار", "يان ميتنار", "ميتنار", "سالم الحوراني", "الحوراني")
SAYINGS = st.lists(
    st.builds(
        Saying,
        st.sampled_from(NAMES),
        st.sampled_from(("ISR", "CZE", "JOR")),
        st.sampled_from(("GOV", "OPP")),
        st.sampled_from(("وزير الدفاع", "زعيم المعارضة")),
        st.dates(dt.date(2030, 1, 1), dt.date(2030, 3, 1)),
        st.sampled_from(("a1", "a2", "a3")),
    ),
    max_size=4,
)


@given(SAYINGS)
def test_the_memory_does_not_depend_on_the_order_of_arrival(sayings: list[Saying]) -> None:
    whole = memory_of(sayings)
    assert all(memory_of(order) == whole for order in permutations(sayings))


def test_articles_are_learnt_as_they_come() -> None:
    memory = memory_of([])
    learn(memory, [MITNAR])
    learn(memory, [MITNAR._replace(name="لوبومير ميتنر", day=DAY + dt.timedelta(300), article="a2")])
    found = recall_actor(memory, "ميتنار", DAY + dt.timedelta(150))
    assert found is not None
    assert (found[1].articles, found[0].names) == (2, ("لوبومير ميتنار", "لوبومير ميتنر"))


def own(*rows: OwnRow) -> Memory:
    return Memory({}, index_of(as_rows(rows)))


def own_row(names: str, code: str, start: str | None = None, end: str | None = None) -> OwnRow:
    return OwnRow(names, "Their Name", code, None, start, end, None, "Q1000001", 2)


def test_a_users_own_actor_wins_over_memory_and_tables() -> None:
    memory = memory_of([MITNAR], (), own(own_row("لوبومير ميتنار|ماكرون", "LUX BUS")).own)
    assert ("لوبومير ميتنار", "LUX BUS", "own") in actors("زار لوبومير ميتنار بغداد.", memory)
    assert ("ماكرون", "LUX BUS", "own") in actors("زار ماكرون بغداد.", memory)


def test_a_users_own_actor_has_his_latin_form_and_item() -> None:
    [event] = coded("زار سالم الفلاني بغداد.", own(own_row("سالم الفلاني", "TUN GOV"))).events
    assert (event.actors[0].latin, event.actors[0].wikidata) == ("Their Name", "Q1000001")


def test_outside_the_days_of_his_row_a_users_official_is_a_former_one() -> None:
    memory = own(own_row("سالم الفلاني", "TUN GOV", "2001-01-01", "2003-12-31"))
    assert ("سالم الفلاني", "TUN ELI", "own") in actors("زار سالم الفلاني بغداد.", memory)


def test_an_office_in_the_text_wins_over_a_users_own_actor() -> None:
    found = actors("زار وزير الخارجية الليبي سالم الفلاني بغداد.", own(own_row("سالم الفلاني", "TUN OPP")))
    assert "LBY GOV" in [code for words, code, _ in found if "الفلاني" in words]


def test_the_persons_of_an_article_are_each_named_once_with_what_it_says() -> None:
    text = "وصل ميتنار إلى وارسو. وقال وزير الدفاع التشيكي لوبومير ميتنار إن بلاده ترفض الحرب. وزار سالم الفلاني بغداد."
    found = [(person.name, person.code, person.role) for person in coded(text, memory_of([])).persons]
    assert ("لوبومير ميتنار", "CZE GOV", "وزير الدفاع التشيكي") in found
    assert len([name for name, _, _ in found if name and "ميتنار" in name]) == 1


def test_two_countries_with_a_name_beside_them_are_no_person() -> None:
    assert coded("البلدين قرقاش، السعودي على الإماراتي،", memory_of([])).persons == ()
