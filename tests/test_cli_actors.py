"""`rasid actors`, as a user runs it."""

import json
from pathlib import Path

import pytest

from .commands import Ran, Run, row

ARTICLES = {
    "a1": "وصل وزير الدفاع التشيكي لوبومير ميتنار إلى وارسو.",
    "a2": "زار لوبومير ميتنر بغداد.",
    "a3": "زار سالم الفلاني بغداد.",
}


@pytest.fixture
def rasid(rasid: Run) -> Run:
    """Runs `rasid` with arguments in a folder with a record of three articles."""
    rows = "".join(row(text, id=number, date="2031-05-10") for number, text in ARTICLES.items())
    assert rasid("ingest", "-", stdin=rows).status == 0
    return rasid


def names(ran: Ran) -> list[set[str]]:
    return [{name["name"] for name in json.loads(line)["names"]} for line in ran.out.splitlines()]


def test_actors_lists_everyone_with_spellings_and_offices(rasid: Run) -> None:
    ran = rasid("actors", "--format", "jsonl")
    assert names(ran) == [{"لوبومير ميتنار", "لوبومير ميتنر"}, {"سالم الفلاني"}]
    [office] = json.loads(ran.out.splitlines()[0])["offices"]
    assert office == {
        "office": "وزير الدفاع التشيكي",
        "code": "CZE GOV",
        "first": "2031-05-10",
        "last": "2031-05-10",
        "articles": 1,
        "evidence": ["a1"],
    }


def test_actors_prints_a_table(rasid: Run) -> None:
    out = rasid("actors").out
    assert "CZE GOV" in out
    assert "وزير الدفاع التشيكي" in out


def test_actors_finds_by_name(rasid: Run) -> None:
    assert names(rasid("actors", "--name", "الفلانى", "--format", "jsonl")) == [{"سالم الفلاني"}]


def test_actors_of_a_record_that_names_nobody_says_so(rasid: Run) -> None:
    assert rasid("actors", "--name", "لا أحد").out == "no persons found\n"


def test_a_split_parts_what_the_machine_put_together_and_a_merge_joins_it_again(rasid: Run) -> None:
    assert rasid("actors", "split", "لوبومير ميتنار", "لوبومير ميتنر").status == 0
    assert len(names(rasid("actors", "--format", "jsonl"))) == 3
    assert rasid("actors", "merge", "لوبومير ميتنار", "لوبومير ميتنر").status == 0
    assert len(names(rasid("actors", "--format", "jsonl"))) == 2


def test_own_actors_are_taken_in_and_mistakes_named_by_line(rasid: Run) -> None:
    Path("own.csv").write_text("names,code\nسالم الفلاني,TUN GOV\nعلان,XXX\n", encoding="utf-8")
    ran = rasid("actors", "import", "own.csv")
    assert ran.status == 2
    assert ran.out == "rasid.sqlite: 1 row of own.csv kept, 1 left out.\n"
    assert ran.err.startswith('rasid: own.csv:3: unknown code "XXX"')


def test_own_actors_are_known_to_the_articles_that_follow(rasid: Run) -> None:
    Path("own.csv").write_text("names,code\nقيس الفلاني,TUN OPP\n", encoding="utf-8")
    rasid("actors", "import", "own.csv")
    Path("more.jsonl").write_text(json.dumps({"id": "b1", "date": "2031-06-01", "text": "زار قيس الفلاني باريس."}))
    rasid("ingest", "more.jsonl")
    assert "TUN OPP" in rasid("events", "TUN", "--format", "csv").out


def test_code_takes_own_actors_without_a_record(rasid: Run) -> None:
    Path("own.csv").write_text("names,code\nقيس الفلاني,TUN OPP\nعلان,XXX\n", encoding="utf-8")
    Path("more.jsonl").write_text(json.dumps({"id": "b1", "date": "2031-06-01", "text": "زار قيس الفلاني باريس."}))
    ran = rasid("code", "more.jsonl", "--actors", "own.csv", "--format", "jsonl")
    [event] = json.loads(ran.out)["events"]
    assert (event["actor"][0]["code"], event["actor"][0]["basis"]) == ("TUN OPP", "own")
    assert (ran.status, ran.err.count("\n")) == (2, 1)
    assert ran.err.startswith("rasid: own.csv:3: unknown code")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("actors", "--format", "xml"), 'there is no format "xml" here'),
        (("actors", "--record", "none.sqlite"), "there is no such record"),
        (("actors", "import", "none.csv"), "none.csv: there is no such file"),
        (("actors", "merge", "أحمد", "احمد"), "are one name"),
        (("actors", "merge", "أحمد"), "Missing argument"),
    ],
)
def test_a_mistake_is_one_line_and_status_2(rasid: Run, arguments: tuple[str, ...], complaint: str) -> None:
    ran = rasid(*arguments)
    assert ran.status == 2
    assert ran.err.count("\n") == 1
    assert complaint in ran.err
