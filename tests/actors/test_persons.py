"""The table of persons in office, and what a bare name means on a day."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rasid.actors import persons
from rasid.actors.persons import CHECKED_TO, COLUMNS, SOURCE, Person, as_of, names_at, read_persons, who_is
from rasid.arabic.letters import fold
from rasid.arabic.words import read_words
from rasid.errors import LexiconError
from rasid.lexicon import read_table, variants

ROWS = read_persons()
HEADER = ",".join(COLUMNS)
GOOD = "كير ستارمر,Keir Starmer,GBR GOV,prime minister,2024-07-05,,why it is so"


def meant(name: str, day: str | None) -> Person | None:
    return who_is(read_words(name), dt.date.fromisoformat(day) if day else None)


def code(name: str, day: str | None) -> str | None:
    person = meant(name, day)
    return person.code if person else None


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Writes rows to a table that is then read in place of ours."""

    def write(row: str) -> Path:
        path = tmp_path / "persons.csv"
        path.write_text(f"# note\n{HEADER}\n{row}\n", encoding="utf-8")
        monkeypatch.setattr(persons, "SOURCE", path)
        return path

    return write


def test_table_covers_at_least_700_terms_in_60_countries() -> None:
    assert len(ROWS) >= 700
    assert len({person.country for _, person in ROWS}) >= 60


def test_every_row_says_how_it_was_checked() -> None:
    sources = [cells["source"] for _, cells in read_table(SOURCE, COLUMNS)]
    assert {source for source in sources if not source.startswith(("checked: ", "common knowledge, checked against "))} == set()


def test_no_row_claims_a_day_after_that_to_which_the_table_was_checked() -> None:
    assert [person for _, person in ROWS if max(person.start, person.end or person.start) > CHECKED_TO] == []


def test_no_row_has_a_name_twice() -> None:
    assert [names for names, _ in ROWS if len({fold(name) for name in names}) != len(names)] == []


def test_a_latin_form_goes_with_one_full_name() -> None:
    spellings = defaultdict(set)
    for _, person in ROWS:
        spellings[person.latin].add(person.name)
    assert {latin: names for latin, names in spellings.items() if len(names) > 1} == {}


def test_no_term_stands_twice() -> None:
    terms = [(person.latin, person.office, person.start) for _, person in ROWS]
    assert len(terms) == len(set(terms))


@pytest.mark.parametrize("name", ["الأسد", "عباس", "مبارك", "البشير", "مشعل", "باول", "عون", "سلام", "بري", "ماي", "عرفات"])
def test_words_that_mean_much_else_are_no_names(name: str) -> None:
    assert {spelling for names, _ in ROWS for spelling in names if fold(spelling) == fold(name)} == set()


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        (GOOD.replace("GBR GOV", "GBX GOV"), "unknown code"),
        (GOOD.replace("GBR GOV", "GBR KING"), "unknown code"),
        (GOOD.replace("GBR GOV", "GOV GBR"), "unknown code"),
        (GOOD.replace("why it is so", ""), "source is empty"),
        (GOOD.replace("2024-07-05", "5 July"), "is no date"),
        (GOOD.replace("2024-07-05", "2024-02-30"), "is no date of the calendar"),
        (GOOD.replace("2024-07-05", "2024-13"), "is no date of the calendar"),
        (GOOD.replace("2024-07-05,", "2024-07-05,2023"), "ends \\(2023\\) before it begins"),
    ],
)
def test_a_mistake_is_named_with_its_line(table: Callable[[str], Path], row: str, complaint: str) -> None:
    table(row)
    with pytest.raises(LexiconError, match=f"^persons.csv:3: .*{complaint}"):
        read_persons()


def test_a_month_or_year_stands_for_its_first_and_last_day(table: Callable[[str], Path]) -> None:
    table(GOOD.replace("2024-07-05,", "2008,2012-02"))
    [(_, person)] = read_persons()
    assert (person.start, person.end) == (dt.date(2008, 1, 1), dt.date(2012, 2, 29))


@pytest.mark.parametrize(
    ("name", "day", "expected"),
    [
        ("ترامب", "2018-05-01", "USA GOV"),
        ("دونالد ترمب", "2018-05-01", "USA GOV"),
        ("ولترامب", "2018-05-01", "USA GOV"),
        ("وللسيسي", "2015-01-01", "EGY GOV"),
        ("بالسيسي", "2015-01-01", "EGY GOV"),
        ("لعبدالفتاح السيسي", "2015-01-01", "EGY GOV"),
        ("وبان كي مون", "2010-01-01", "UNO"),
        ("بان كي-مون", "2010-01-01", "UNO"),
        ("أسامة بن لادن", "2005-01-01", "REB"),
    ],
)
def test_spellings_and_clitics(name: str, day: str, expected: str) -> None:
    assert code(name, day) == expected


@pytest.mark.parametrize(
    ("name", "day", "expected"),
    [
        ("باراك أوباما", "1995-06-01", "USA"),  # known, but nobody in office yet
        ("باراك أوباما", "2006-06-01", "USA LEG"),
        ("باراك أوباما", "2009-01-20", "USA GOV"),
        ("باراك أوباما", "2017-01-20", "USA GOV"),
        ("باراك أوباما", "2017-01-27", "USA GOV"),  # a week of grace
        ("باراك أوباما", "2017-01-28", "USA ELI"),
        ("باراك أوباما", "1980-06-01", None),
        ("أولمرت", "1999-06-01", None),  # a family name alone reaches back two years only
        ("أولمرت", "2002-06-01", "ISR"),
        ("أولمرت", "2008-12-27", "ISR GOV"),
        ("أولمرت", "2014-05-13", "ISR ELI"),
        ("تيموشينكو", "2006-01-01", "UKR ELI"),  # between two terms
        ("البرادعي", "2003-03-01", "IGO"),
        ("البرادعي", "2011-02-01", "EGY OPP"),
        ("البرادعي", "2013-07-20", "EGY GOV"),
        ("هنية", "2007-01-01", "PSE GOV"),
        ("هنية", "2024-08-02", "PSE REB"),  # leaders of rebels become no former officials
        ("صدام حسين", "2006-12-30", "IRQ ELI"),
    ],
)
def test_the_day_decides(name: str, day: str, expected: str | None) -> None:
    assert code(name, day) == expected


@pytest.mark.parametrize(
    ("name", "day", "latin"),
    [
        ("بوش", "1990-08-02", "George H. W. Bush"),
        ("جورج بوش", "1990-08-02", "George H. W. Bush"),
        ("بوش", "2003-03-20", "George W. Bush"),
        ("بوش الأب", "2018-11-30", "George H. W. Bush"),
        ("بشار الأسد", "1999-01-01", "Bashar al-Assad"),
        ("حافظ الأسد", "2015-01-01", "Hafez al-Assad"),
        ("ماهر الأسد", "2011-06-01", "Maher al-Assad"),
        ("الحريري", "2003-01-01", "Rafic Hariri"),
        ("الحريري", "2010-01-01", "Saad Hariri"),
        ("محمد بن سلمان", "2018-10-02", "Mohammed bin Salman"),
        ("محمد بن نايف", "2016-01-01", "Mohammed bin Nayef"),
        ("نبيل العربي", "2011-04-01", "Nabil Elaraby"),
    ],
)
def test_namesakes(name: str, day: str, latin: str) -> None:
    person = meant(name, day)
    assert person is not None
    assert person.latin == latin


@pytest.mark.parametrize("name", ["الأسد", "محمود", "ترامب الابن", "بن", "قال", "2009"])
def test_nobody_is_found_where_no_name_is(name: str) -> None:
    assert meant(name, "2012-01-01") is None


def test_without_a_day_the_longest_term_stands() -> None:
    person = meant("أوباما", None)
    assert person is not None
    assert person.office == "president"


def test_without_a_day_a_name_of_two_countries_is_nobody() -> None:
    assert meant("أبو الغيط", None) is None


def test_the_longest_name_is_found_within_a_sentence() -> None:
    words = read_words("التقى باراك أوباما محمود عباس")
    assert (names_at(words, 1) or (0,))[0] == 2
    assert (names_at(words, 3) or (0,))[0] == 2
    assert names_at(words, 0) is None


@pytest.mark.parametrize(("text", "at"), [("محمود السيسي", 1), ("فيصل بن سلمان", 1)])
def test_the_end_of_another_name_is_no_name(text: str, at: int) -> None:
    assert names_at(read_words(text), at) is None


@given(st.sampled_from([person for _, person in ROWS]), st.integers(0, 40_000))
def test_on_every_day_of_a_term_its_holder_has_an_office(person: Person, days: int) -> None:
    career = [other for _, other in ROWS if other.latin == person.latin]
    day = person.start + dt.timedelta(days % (((person.end or CHECKED_TO) - person.start).days + 1))
    found = as_of(career, day)
    assert found is not None
    assert found.start <= day <= (found.end or day)


def test_every_spelling_of_the_table_is_found() -> None:
    missing = [
        name
        for _, cells in read_table(SOURCE, COLUMNS)
        for name in variants(cells["names"])
        for words in [read_words(name)]
        if (names_at(words, 0) or (0,))[0] != len(words)
    ]
    assert missing == []


def test_where_a_row_says_that_its_days_meet_anothers_they_do() -> None:
    terms = defaultdict(list)
    for _, person in ROWS:
        terms[person.latin, person.country].append(person)
    wrong = []
    for (where, cells), (_, person) in zip(read_table(SOURCE, COLUMNS), ROWS, strict=True):
        for latin in cells["source"].partition("; its days meet those of ")[2].split(" and "):
            others = terms[latin, person.country]
            ends = [abs((person.start - (other.end or dt.date.max)).days) for other in others]
            begins = [abs(((person.end or dt.date.max) - other.start).days) for other in others]
            if latin and min([*ends, *begins]) > 62:
                wrong.append((where, latin))
    assert wrong == []
