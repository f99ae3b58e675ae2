"""Whose office it is on a day: `tests/cases/actors/holders.yaml`, and the table of offices."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from rasid.actors import offices
from rasid.actors.items import country_of_item, item_of
from rasid.actors.offices import COLUMNS, holder, read_offices, two_at_once
from rasid.actors.persons import CHECKED_TO, Person, read_persons
from rasid.coder import code
from rasid.errors import LexiconError
from rasid.model import Article, Entity, PageDate

FILE = Path(__file__).parents[1] / "cases/actors/holders.yaml"
CASES: dict[str, list[dict[str, Any]]] = yaml.safe_load(FILE.read_text("utf-8"))
ROWS = [
    pytest.param(row, id=f"{behaviour}-{number}") for behaviour, rows in CASES.items() for number, row in enumerate(rows, 1)
]


@pytest.mark.parametrize("row", ROWS)
def test_holder(row: dict[str, Any]) -> None:
    found = holder(row["office"], row["country"], row["day"])
    assert (found.latin if found else "-") == row["is"]


def test_an_open_term_holds_on_the_day_to_which_the_table_was_checked_and_not_a_day_longer() -> None:
    assert holder("الرئيس الفرنسي", "FRA", CHECKED_TO) is not None
    assert holder("الرئيس الفرنسي", "FRA", CHECKED_TO + dt.timedelta(1)) is None


def _person(name: str, start: dt.date, end: dt.date | None) -> Person:
    return Person(name, name, "LUX GOV", "LUX", "GOV", "president", start, end)


def test_two_holders_who_share_a_month_are_no_mistake() -> None:
    one, two = _person("A", dt.date(2001, 1, 1), dt.date(2004, 7, 31)), _person("B", dt.date(2004, 7, 1), None)
    assert two_at_once([one, two], ["president"]) == []


def test_two_holders_at_once_are_found_though_a_third_stands_between() -> None:
    one, two = _person("A", dt.date(2001, 1, 1), None), _person("B", dt.date(2002, 1, 1), dt.date(2002, 6, 1))
    three = _person("C", dt.date(2010, 1, 1), None)
    assert {(first.name, second.name) for first, second in two_at_once([three, two, one], ["president"])} == {
        ("A", "B"),
        ("A", "C"),
    }


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Writes rows to a table that is then read in place of ours."""

    def write(rows: str) -> None:
        path = tmp_path / "offices.csv"
        path.write_text(f"# note\n{','.join(COLUMNS)}\n{rows}\n", encoding="utf-8")
        monkeypatch.setattr(offices, "OFFICES", path)

    return write


@pytest.mark.parametrize(
    ("rows", "complaint"),
    [
        ("president,,president,", "must not be empty"),
        ("president,رئيس,presidant,", 'nobody in persons.csv is "presidant"'),
        ("president,رئيس,president,XXX", 'unknown country "XXX"'),
        ("president,رئيس,president,\nking,رئيس,king,", "stands at offices.csv:3 already"),
    ],
)
def test_a_mistake_is_named_with_its_line(table: Callable[[str], None], rows: str, complaint: str) -> None:
    table(rows)
    with pytest.raises(LexiconError, match=rf"^offices.csv:[34]: .*{complaint}"):
        read_offices()


def test_two_holders_of_one_office_at_once_fail_the_build(monkeypatch: pytest.MonkeyPatch) -> None:
    both = [_person("A", dt.date(2001, 1, 1), None), _person("B", dt.date(2002, 1, 1), None)]
    ours = read_persons()
    monkeypatch.setattr(offices, "read_persons", lambda: [*ours, *(([person.name], person) for person in both)])
    with pytest.raises(LexiconError, match=r"A and B are both president \(LUX\) on 2002-01-01"):
        read_offices()


def coded_entities(text: str, day: dt.date | None = dt.date(2021, 11, 24)) -> list[Entity]:
    article = Article("case", text, date=PageDate(day, day, "given") if day else PageDate(None, None))
    return [entity for event in code(article).events for entity in (*event.actors, *event.recipients)]


def test_an_office_alone_has_its_holder_beside_what_the_text_says() -> None:
    minister = next(entity for entity in coded_entities("زارت وزيرة الدفاع الفرنسية بغداد.") if entity.role)
    assert minister.name is None
    assert minister.holder is not None
    assert minister.holder.latin == "Florence Parly"


def test_an_office_with_a_name_has_no_holder() -> None:
    minister = next(entity for entity in coded_entities("زارت وزيرة الدفاع الفرنسية فلورنس بارلي بغداد.") if entity.role)
    assert (minister.name, minister.holder) == ("فلورنس بارلي", None)


def test_without_a_day_there_is_no_holder() -> None:
    assert all(entity.holder is None for entity in coded_entities("زارت وزيرة الدفاع الفرنسية بغداد.", None))


def test_a_country_whose_name_begins_with_the_letters_of_the_article_is_known_with_it() -> None:
    assert "DEU GOV" in [entity.code for entity in coded_entities("زار الرئيس الألماني بغداد.")]


@pytest.mark.parametrize(
    ("text", "words", "item"),
    [
        ("فرضت فرنسا عقوبات على إيران.", "فرنسا", "Q142"),
        ("زار ماكرون بغداد.", "ماكرون", "Q3052772"),
        ("زار وزير الدفاع العراقي باريس.", "وزير الدفاع العراقي", None),
    ],
)
def test_items_are_those_of_whom_the_words_name(text: str, words: str, item: str | None) -> None:
    assert {entity.span.text: entity.wikidata for entity in coded_entities(text)}[words] == item


def test_items_lead_to_countries_and_back() -> None:
    assert country_of_item(item_of("country", "MAR") or "") == "MAR"
    assert item_of("country", None) is None


def test_an_office_without_a_country_has_that_of_whom_the_table_knows_by_name() -> None:
    [entity] = [
        entity
        for entity in coded_entities("أدانت فرنسا اغتيال الرئيس رفيق الحريري.", dt.date(2003, 2, 14))
        if entity.name == "رفيق الحريري"
    ][:1]
    assert (entity.code, entity.basis) == ("LBN GOV", "table")
