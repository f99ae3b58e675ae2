"""A user's own actors: CSV and extracts of Wikidata, errors by line."""

import bz2
import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rasid.actors.own import OwnRow, Refused, as_rows, read_own, sector_of
from rasid.errors import InputError

HEADER = "names,code,latin,office,from,to,source,wikidata"
ROW = "سالم الفلاني|الفلاني,TUN GOV,Salem Flani,minister,2020-03,2022,our archive,Q1000001"


def read(path: Path, content: str | bytes, name: str = "own.csv") -> list[OwnRow | Refused]:
    file = path / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(read_own(file))


def test_a_row_with_all_columns_is_read_whole(tmp_path: Path) -> None:
    assert read(tmp_path, f"# note\n{HEADER}\n{ROW}\n") == [
        OwnRow(
            "سالم الفلاني|الفلاني",
            "Salem Flani",
            "TUN GOV",
            "minister",
            "2020-03-01",
            "2022-12-31",
            "our archive",
            "Q1000001",
            3,
        )
    ]


def test_names_and_code_are_enough_in_any_order(tmp_path: Path) -> None:
    assert read(tmp_path, "\ufeffcode,names\nUNO,مبعوث\n") == [OwnRow("مبعوث", None, "UNO", None, None, None, None, None, 2)]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",TUN GOV,,,,,,", "names is empty"),
        ("فلان,XXX GOV,,,,,,", 'unknown code "XXX GOV"'),
        ("فلان,,,,,,,", 'unknown code ""'),
        ("فلان,TUN GOV,,,soon,,,", 'from: "soon" is no day'),
        ("فلان,TUN GOV,,,,2021-02-30,,", 'to: "2021-02-30" is no day'),
        ("فلان,TUN GOV,,,2022,2020,,", "ends (2020) before it begins (2022)"),
        ("فلان,TUN GOV,,,,,,1234", '"1234" is no item'),
        ("فلان,TUN GOV", "2 cells where there must be 8"),
    ],
)
def test_a_mistake_is_named_with_its_line_and_the_rest_is_read(tmp_path: Path, row: str, reason: str) -> None:
    refused, good = read(tmp_path, f"{HEADER}\n{row}\n{ROW}\n")
    assert isinstance(refused, Refused)
    assert refused.line == 2
    assert reason in refused.reason
    assert isinstance(good, OwnRow)


@pytest.mark.parametrize("header", ["names,latin", "names,code,colour", "names,code,code"])
def test_a_header_without_the_columns_is_refused(tmp_path: Path, header: str) -> None:
    with pytest.raises(InputError, match=r"own.csv:1: the header is .*it must have names and code"):
        read(tmp_path, f"{header}\n")


@pytest.mark.parametrize(
    ("name", "content"),
    [("none.csv", None), ("own.csv", b""), ("own.csv", b"\xff\xfe\x00"), ("own.gz", b"no gzip"), ("own.csv.bz2", b"BZh9 no")],
)
def test_a_file_that_cannot_be_read_is_one_line(tmp_path: Path, name: str, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=name):
        list(read_own(tmp_path / name))


@pytest.mark.parametrize(("name", "pack"), [("own.csv.gz", gzip.compress), ("own.csv.bz2", bz2.compress)])
def test_packed_files_are_read(tmp_path: Path, name: str, pack: Any) -> None:
    assert len(read(tmp_path, pack(f"{HEADER}\n{ROW}\n".encode()), name)) == 1


def test_a_term_without_days_is_always(tmp_path: Path) -> None:
    rows = [row for row in read(tmp_path, "code,names\nDZA PTY,حركة الفلاني\n") if isinstance(row, OwnRow)]
    [(names, person)] = as_rows(rows)
    assert (names, person.end, person.start.year) == (["حركة الفلاني"], None, 1)


def claim(item: str, **qualifiers: tuple[str, int]) -> dict[str, Any]:
    return {
        "mainsnak": {"datavalue": {"value": {"id": item}}},
        "rank": "normal",
        "qualifiers": {
            name: [{"datavalue": {"value": {"time": time, "precision": precision}}}]
            for name, (time, precision) in qualifiers.items()
        },
    }


def entity(item: str, labels: dict[str, str], **claims: list[dict[str, Any]]) -> dict[str, Any]:
    return {"id": item, "labels": {language: {"value": text} for language, text in labels.items()}, "claims": claims}


POSITION = entity("Q900001", {"en": "Minister of Defence of Tunisia"}, P1001=[claim("Q948")])
PERSON = entity(
    "Q900002",
    {"ar": "سالم الفلاني", "en": "Salem Flani"},
    P31=[claim("Q5")],
    P27=[claim("Q948")],
    P39=[
        claim("Q900001", P580=("+2020-03-15T00:00:00Z", 11), P582=("+2022-00-00T00:00:00Z", 9)),
        claim("Q900003", P580=("+2023-01-00T00:00:00Z", 10)),
    ],
)


def dump(*entities: Any) -> str:
    lines = ",\n".join(one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in entities)
    return f"[\n{lines}\n]\n"


def test_a_person_of_wikidata_has_a_row_for_each_position(tmp_path: Path) -> None:
    person = {**PERSON, "aliases": {"ar": [{"value": "أبو قيس"}, {"value": "سالم الفلانى"}]}}
    assert read(tmp_path, dump(POSITION, person), "dump.json") == [
        OwnRow(
            "سالم الفلاني|أبو قيس",
            "Salem Flani",
            "TUN GOV",
            "Minister of Defence of Tunisia",
            "2020-03-15",
            "2022-12-31",
            "Wikidata",
            "Q900002",
            3,
        ),
        OwnRow("سالم الفلاني|أبو قيس", "Salem Flani", "TUN", "Q900003", "2023-01-01", None, "Wikidata", "Q900002", 3),
    ]


def test_a_person_without_a_position_has_his_country(tmp_path: Path) -> None:
    person = entity("Q900004", {"ar": "سالم"}, P31=[claim("Q5")], P27=[claim("Q79")])
    assert read(tmp_path, json.dumps(person), "dump.json") == [
        OwnRow("سالم", None, "EGY", None, None, None, "Wikidata", "Q900004", 1)
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{broken", "no entity of Wikidata"),
        ('["a list"]', "no entity of Wikidata"),
        (entity("Q900005", {"en": "Nobody"}, P31=[claim("Q5")]), "Q900005: has no Arabic name"),
        (entity("Q900006", {"ar": "فلان"}, P31=[claim("Q5")]), "neither a position nor a country"),
        ({"id": "Q900007", "labels": [], "claims": 7}, "no entity of Wikidata"),
        ({"id": "Q900008", "claims": {"P31": [{"mainsnak": {"datavalue": 7}}]}}, "no entity of Wikidata"),
    ],
)
def test_an_entity_that_cannot_be_taken_is_named_with_its_line(tmp_path: Path, line: Any, reason: str) -> None:
    refused, *good = read(tmp_path, dump(line, POSITION, PERSON), "dump.json")
    assert isinstance(refused, Refused)
    assert refused.line == 2
    assert reason in refused.reason
    assert len(good) == 2


@given(st.recursive(st.none() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_no_json_ends_the_import(tmp_path_factory: pytest.TempPathFactory, value: Any) -> None:
    for line in (value, {**PERSON, "claims": value}, {**PERSON, "labels": value}, {**PERSON, "aliases": value}):
        found = read(tmp_path_factory.mktemp("own"), dump(line), "dump.json")
        assert all(isinstance(row, OwnRow | Refused) for row in found)


@pytest.mark.parametrize(
    ("office", "sector"),
    [
        ("Minister of Defence", "GOV"),
        ("Member of the Knesset", "LEG"),
        ("President of the Senate", "LEG"),
        ("Chief of the General Staff", "MIL"),
        ("Leader of the Opposition", "OPP"),
        ("President of the Labour Party", "PTY"),
        ("Pope", "REL"),
        ("former president", "ELI"),
        ("astronaut", None),
    ],
)
def test_the_name_of_a_position_gives_the_sector(office: str, sector: str | None) -> None:
    assert sector_of(office) == sector
