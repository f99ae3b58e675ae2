import csv
from pathlib import Path

import pytest

from rasid.coder import code
from rasid.errors import InputError
from rasid.model import Article
from rasid.record import Record, add, open_record
from rasid.record.intercoder import Share
from rasid.record.sheets import read_sheet, write_sheet
from rasid.record.validation import NONE, Item, Shown, draw, judge, load_items, load_validations, read_back, shown

TEXT = (
    "زار الرئيس الفرنسي الجزائر أمس. وقال إن الطقس جميل. واتهمت الحكومة المعارضة بالتحريض. "
    "وتفتح الحديقة أبوابها صباحا. وقتل ثلاثة جنود في هجوم شنه مسلحون."
)


@pytest.fixture
def record(tmp_path: Path) -> Record:
    opened = open_record(tmp_path / "r.sqlite")
    for n in range(3):
        article = Article(f"a{n}", TEXT.replace("ثلاثة", ["ثلاثة", "أربعة", "خمسة"][n]), title="=SUM(A1)")
        add(opened, code(article), f"p{n}", "1+test")
    return opened


def test_a_sample_holds_sentences_with_and_without_events_and_the_same_seed_draws_it_again(record: Record) -> None:
    first = draw(record, 8, seed=5)
    assert draw(record, 8, seed=5) == first
    strata = [item.stratum for item in load_items(record, first)]
    assert len(strata) == 8
    assert 0 < strata.count(NONE) < 8
    assert draw(record, 8, seed=6) != first


def test_weights_add_up_to_all_sentences_of_the_record(record: Record) -> None:
    items = load_items(record, draw(record, 6, seed=1))
    assert sum(item.weight for item in items) == pytest.approx(15)


def test_a_coder_is_shown_the_sentence_and_nothing_that_rasid_made_of_it(record: Record) -> None:
    items = load_items(record, draw(record, 8, seed=5))
    said = shown(record, items)
    assert [one.sentence for one in said] == [TEXT_OF(record, item) for item in items]
    assert Shown._fields == ("n", "date", "source", "title", "before", "sentence")


def TEXT_OF(record: Record, item: Item) -> str:  # noqa: N802
    (text,) = record.connection.execute("SELECT text FROM articles WHERE id = ?", (item.article,)).fetchone()
    return str(text[item.start : item.end])


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_sheet_comes_back_with_what_was_filled_in(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"mona.{ending}"
    write_sheet(path, "abc", [Shown(1, "", "", "=1+1", "", "زار"), Shown(2, "", "", "", "", "قال")])
    fill(path, {1: "CONSULT", 2: "none"})
    assert read_sheet(path) == ("abc", {1: ["CONSULT"], 2: []})


def fill(path: Path, codings: dict[int, str]) -> None:
    if path.suffix == ".xlsx":
        openpyxl = pytest.importorskip("openpyxl")
        book = openpyxl.load_workbook(path)
        for row in book.active.iter_rows(min_row=2):
            row[7].value = codings.get(row[1].value)
        book.save(path)
        return
    rows = list(csv.reader(path.open(encoding="utf-8-sig", newline="")))
    for row in rows[1:]:
        row[7] = codings.get(int(row[1]), "")
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)


def test_a_cell_of_a_sheet_is_never_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    write_sheet(path, "abc", [Shown(1, "", "@x", "=SUM(A1)", "", "+1")])
    assert not any(cell[:1] in "=+@" and cell for row in csv.reader(path.open(encoding="utf-8-sig")) for cell in row)


def test_an_unknown_type_in_a_sheet_is_an_error_that_names_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    write_sheet(path, "abc", [Shown(1, "", "", "", "", "زار")])
    fill(path, {1: "VISIT"})
    with pytest.raises(InputError, match=r'a\.csv:2: "VISIT" is no coding'):
        read_sheet(path)


def test_the_result_stays_in_the_record(record: Record) -> None:
    sample = draw(record, 8, seed=5)
    items = load_items(record, sample)
    truth = {item.n: list(item.types) for item in items}
    result = read_back(record, sample, {"mona": truth, "karim": truth})
    assert load_validations(record) == [result]
    assert result.coders == ("karim", "mona")
    assert result.figures[0][3:] == (1.0, Share(1, 1, 1), Share(1, 1, 1))


def test_sheets_without_any_coding_are_refused_and_change_nothing(record: Record) -> None:
    sample = draw(record, 8, seed=5)
    with pytest.raises(InputError, match="nothing is coded yet"):
        read_back(record, sample, {"mona": {}})
    assert load_validations(record)[0].coders == ()


def test_where_coders_are_tied_nothing_is_said_of_rasid() -> None:
    items = [Item(1, "a", 0, 5, "AID", 1.0, ("AID",)), Item(2, "a", 6, 9, NONE, 5.0, ())]
    codings = {1: [frozenset({"AID"}), frozenset()], 2: [frozenset({"AID"}), frozenset({"AID"})]}
    aid = next(one for one in judge(items, codings, seed=1) if one.type == "AID")
    assert (aid.people, aid.machine) == (1, 0)
    assert aid.recall == Share(0, 0, 0)
