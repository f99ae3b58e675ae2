"""Private persons are left out of what was coded, and of records that are to hold none."""

import json
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from rasid.actors.officials import officials_only
from rasid.coder import code
from rasid.contract import article_to_json
from rasid.model import Article
from tests.commands import Run

TEXT = (
    "قال وزير الخارجية المغربي ناصر بوريطة يوم الأربعاء إن بلاده وقعت اتفاقية تعاون مع فرنسا.\n"
    "واعتقلت الشرطة الإسرائيلية المواطن أحمد يوسف العمري في القدس.\n"
    "وقال الطبيب سامي حداد إن الجيش الإسرائيلي قتل محمود درويش الكردي.\n"
    "وقال العمري: «لن نرحل عن بيوتنا»."
)
PRIVATE = ("العمري", "حداد", "الكردي", "Omari", "Haddad", "Kordy")
OFFICIAL = "ناصر بوريطة"
ARTICLE = Article("1", TEXT, byline="سلمى الفاسي")


def names(value: object) -> set[str]:
    """All that stands in what was coded but the article's own words."""
    return {word for word in PRIVATE if word in json.dumps(value, ensure_ascii=False)}


def made(rasid: Run, tmp_path: Path, *options: str) -> Path:
    """A record of the article."""
    row = {"id": "1", "text": TEXT, "date": "2021-11-24"}
    (tmp_path / "rows.jsonl").write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")
    status, _, said = rasid("ingest", str(tmp_path / "rows.jsonl"), "--record", str(tmp_path / "r.sqlite"), *options)
    assert (status, said) == (0, "")
    return tmp_path / "r.sqlite"


def private_cells(path: Path) -> set[str]:
    """The cells of a record, but those with the article's own words, in which a private person is named."""
    words = {
        ("articles", "text"),
        ("articles", "title"),
        ("event_rows", "sentence"),
        ("event_rows", "title"),
        ("quotes", "text"),
    }
    words |= {("quote_rows", "text"), ("quote_rows", "sentence"), ("quotes", "content")}
    found = set()
    connection = sqlite3.connect(path)
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')")]
    for table in tables:
        if table.startswith("article_words"):
            continue
        cursor = connection.execute(f'SELECT * FROM "{table}"')
        columns = [column[0] for column in cursor.description]
        for row in cursor:
            cells = zip(columns, row, strict=True)
            named = (column for column, cell in cells if isinstance(cell, str) and names(cell))
            found |= {f"{table}.{column}" for column in named if (table, column) not in words}
    connection.close()
    return found


def test_names_and_latin_forms_of_private_persons_go() -> None:
    coded = officials_only(code(ARTICLE))
    outside = replace(coded, article=replace(coded.article, text=""))
    told = article_to_json(outside.article), [event.actors + event.recipients for event in coded.events], coded.persons
    assert not any(word in repr(told) for word in PRIVATE)
    assert coded.article.byline is None


def test_what_they_are_stays_and_every_place_is_the_articles() -> None:
    coded = officials_only(code(ARTICLE))
    entities = [entity for event in coded.events for entity in event.actors + event.recipients]
    assert ("المواطن", "CVL") in [(entity.span.text, entity.sector) for entity in entities]
    assert all(TEXT[entity.span.start : entity.span.end] == entity.span.text for entity in entities)


def test_officials_keep_their_names() -> None:
    coded = officials_only(code(ARTICLE))
    assert [person.name for person in coded.persons] == [OFFICIAL]
    assert any(entity.name == OFFICIAL and entity.latin for event in coded.events for entity in event.actors)


def test_who_said_it_is_told_without_the_name() -> None:
    coded = officials_only(code(ARTICLE))
    said_by = [span.text for event in coded.events for span in event.attributed_to]
    assert "الطبيب" in said_by
    assert [quote.text for quote in coded.quotes] == [quote.text for quote in code(ARTICLE).quotes]


def test_an_article_without_private_persons_is_as_it_was() -> None:
    coded = code(Article("1", TEXT.splitlines()[0]))
    assert officials_only(coded) == coded


def test_once_is_enough() -> None:
    coded = officials_only(code(ARTICLE))
    assert officials_only(coded) == coded


@pytest.mark.parametrize("word", ["الطبيب سامي حداد", "أحمد العمري"])
def test_a_record_of_officials_names_nobody_else_anywhere(rasid: Run, tmp_path: Path, word: str) -> None:
    path = made(rasid, tmp_path, "--persons", "officials")
    assert private_cells(path) == set()
    assert rasid("events", word, "--record", str(path), "--format", "jsonl")[:2] == (0, "")
    assert rasid("check", "--record", str(path))[0] == 0
    assert OFFICIAL in rasid("actors", "--record", str(path), "--format", "jsonl")[1]


def test_without_the_option_they_are_there(rasid: Run, tmp_path: Path) -> None:
    assert {"participants.name", "persons.latin"} & private_cells(made(rasid, tmp_path))


def test_a_record_of_officials_stays_one_when_more_is_added_and_all_is_coded_anew(rasid: Run, tmp_path: Path) -> None:
    path = made(rasid, tmp_path, "--persons", "officials")
    (tmp_path / "more.jsonl").write_text(json.dumps({"id": "2", "text": TEXT + " وقال حداد ذلك."}) + "\n", encoding="utf-8")
    assert rasid("ingest", str(tmp_path / "more.jsonl"), "--record", str(path))[0] == 0
    assert rasid("recode", "--all", "--record", str(path))[0] == 0
    assert private_cells(path) == set()


def test_a_record_with_everybodys_names_is_not_made_one_of_officials(rasid: Run, tmp_path: Path) -> None:
    path = made(rasid, tmp_path)
    status, _, said = rasid("ingest", str(tmp_path / "rows.jsonl"), "--record", str(path), "--persons", "officials")
    assert (status, said.count("\n")) == (2, 1)
    assert "into a new record" in said


def test_code_leaves_them_out_too(rasid: Run, tmp_path: Path) -> None:
    made(rasid, tmp_path)
    rows = str(tmp_path / "rows.jsonl")
    told = rasid("code", rows, "--format", "jsonl", "--persons", "officials")[1]
    everybody = rasid("code", rows, "--format", "jsonl")[1]
    assert "Haddad" in everybody
    assert not any(word in told for word in ("Omari", "Haddad", "Kordy"))
    assert rasid("code", rows, "--persons", "nobody")[0] == 2


def given_away(folder: Path) -> set[str]:
    """The cells of an export of all tables in which a private person is named, but those with the article's own words."""
    words = {"text", "title", "sentence", "content"}
    return {
        f"{file.stem}.{column}"
        for file in folder.glob("*.jsonl")
        for line in file.read_text(encoding="utf-8").splitlines()
        for column, cell in json.loads(line).items()
        if isinstance(cell, str) and names(cell) and (column not in words or file.stem in ("persons", "agreements"))
    }


def corrected(rasid: Run, record: Path) -> None:
    """A correction, a note and a decision on names that all name somebody private."""
    _, rows, _ = rasid("events", "--record", str(record), "--type", "ASSAULT", "--format", "jsonl")
    event = json.loads(rows.splitlines()[0])["id"]
    done = rasid("correct", "edit", event, "--record", str(record), "--by", "me", "--status", "negated", "--note", "سامي حداد")
    assert done[0] == 0, done
    assert rasid("actors", "merge", "سامي حداد", "سامي الحداد", "--record", str(record))[0] == 0


def test_an_export_of_officials_names_nobody_private_and_has_as_many_rows(rasid: Run, tmp_path: Path) -> None:
    record = made(rasid, tmp_path)
    corrected(rasid, record)
    before = record.read_bytes()
    for whose in ("all", "officials"):
        done = rasid(
            "export", str(tmp_path / whose), "--record", str(record), "--table", "all", "--format", "jsonl", "--persons", whose
        )
        assert done[0] == 0, done
    assert {"corrections.note", "corrections.results", "persons.name", "actor_decisions.one"} <= given_away(tmp_path / "all")
    assert given_away(tmp_path / "officials") == set()
    rows = {whose: (tmp_path / whose / "events.jsonl").read_text().splitlines() for whose in ("all", "officials")}
    assert len(rows["all"]) == len(rows["officials"])
    assert [json.loads(row)["status"] for row in rows["all"]] == [json.loads(row)["status"] for row in rows["officials"]]
    assert OFFICIAL in "".join(rows["officials"])
    assert record.read_bytes() == before


def test_a_release_of_officials_is_whole_and_names_nobody_private(rasid: Run, tmp_path: Path) -> None:
    record = made(rasid, tmp_path)
    corrected(rasid, record)
    done = rasid("release", str(tmp_path), "--record", str(record), "--persons", "officials", "--without-texts")
    assert done[0] == 0, done
    (folder,) = tmp_path.glob("rasid-*")
    told = [file.name for file in folder.rglob("*") if file.suffix != ".parquet" and file.is_file() and names(file.read_text())]
    assert told == []
    rehydrated = tmp_path / "again.sqlite"
    done = rasid("rehydrate", str(folder), str(tmp_path / "rows.jsonl"), "--record", str(rehydrated))
    assert done[0] == 0, done
    assert private_cells(rehydrated) == set()
    assert rasid("check", "--record", str(rehydrated))[0] == 0


def test_an_export_can_only_be_of_all_or_officials(rasid: Run, tmp_path: Path) -> None:
    record = made(rasid, tmp_path)
    status, _, said = rasid("export", str(tmp_path / "x.csv"), "--record", str(record), "--persons", "nobody")
    assert (status, said) == (2, 'rasid: --persons cannot be "nobody" (one of all, officials)\n')
