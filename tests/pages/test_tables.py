import datetime as dt
import tracemalloc
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from rasid.errors import InputError
from rasid.model import Page
from rasid.pages import Failure, Reading, read_pages
from rasid.pages.rows import read_columns

TEXT = 'زار الرئيس الفرنسي الجزائر أمس. وقال: "نرحب بكم"، ثم غادر.'
QUOTED = '"' + TEXT.replace('"', '""') + '"'


def read(path: Path, **columns: str) -> list[Any]:
    return list(read_pages([str(path)], None, Reading(columns=columns)))


def only(path: Path, **columns: str) -> Page:
    (page,) = read(path, **columns)
    assert isinstance(page, Page)
    return page


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1256"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_is_read_whatever_its_encoding_and_what_stands_between_its_columns(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    lines = (delimiter.join(cells) for cells in (("id", "text", "title"), ("7", QUOTED, "زيارة")))
    (tmp_path / "a").write_bytes("\r\n".join(lines).encode(encoding))
    page = only(tmp_path / "a")
    assert (page.content, page.id, page.title, page.is_text) == (TEXT, "7", "زيارة", True)


def test_columns_are_known_by_many_names(tmp_path: Path) -> None:
    (tmp_path / "a").write_text(f"Link,النص,تاريخ النشر,Outlet\nhttps://a.example/1,{QUOTED},24/11/2021,الخبر\n", "utf-8")
    page = only(tmp_path / "a")
    assert (page.content, page.date, page.url, page.source) == (TEXT, dt.date(2021, 11, 24), "https://a.example/1", "الخبر")


def test_a_column_of_another_name_is_taken_where_the_user_says_so(tmp_path: Path) -> None:
    (tmp_path / "a").write_text(f"text,corpus\nx,{QUOTED}\n", "utf-8")
    assert only(tmp_path / "a", text="corpus").content == TEXT


def test_a_column_that_is_not_there_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "a").write_text(f"text,b\n{QUOTED},c\n", "utf-8")
    (failure,) = read(tmp_path / "a", date="day")
    assert failure.reason == 'there is no column "day" (there are text, b)'


def test_a_column_of_html_is_cleaned(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("id,html\n1,<p>زار</p>\n", "utf-8")
    assert not only(tmp_path / "a").is_text


@pytest.mark.parametrize("pair", ["text", "text=", "corpus=b", ""])
def test_an_option_that_names_no_column_says_what_to_write(pair: str) -> None:
    with pytest.raises(InputError, match="names no column"):
        read_columns([pair])


def test_a_bad_row_is_left_out_and_blank_ones_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a").write_text(f"text,date\n{QUOTED},2021-11-24\n,\n{QUOTED},morgen\n{QUOTED},\n", "utf-8")
    found = read(tmp_path / "a")
    assert [type(one) for one in found] == [Page, Failure, Page]
    assert found[1] == Failure(f"{tmp_path / 'a'}:4", '"date" is "morgen", which is no date (use 2021-11-24)')


def test_a_quote_that_is_never_closed_does_not_end_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rasid.pages.found.LARGEST", 2000)
    (tmp_path / "a").write_text('text,b\n"' + "نص " * 3000 + "\n", "utf-8")
    assert any(isinstance(one, Failure) for one in read(tmp_path / "a"))


def test_text_with_commas_is_no_table(tmp_path: Path) -> None:
    (tmp_path / "a").write_text(f"وصل الوفد، ثم غادر, text\n{TEXT}\n", "utf-8")
    assert not only(tmp_path / "a").is_text


def workbook(path: Path, *sheets: Any) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
    with path.open("wb") as file:
        book.save(file)
    return path


def test_the_rows_of_a_workbook_are_articles(tmp_path: Path) -> None:
    rows = [[None, None], ["ID", "Content", "Date"], [12.0, TEXT, dt.datetime(2021, 11, 24, 10)], [None, None, None]]
    page = only(workbook(tmp_path / "a", rows))
    assert (page.content, page.id, page.date) == (TEXT, "12", dt.date(2021, 11, 24))
    assert page.name == f"{tmp_path / 'a'}:3"


def test_sheets_without_texts_are_passed_over(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a", [["note"], ["x"]], [["text"], [TEXT]])
    assert [one.name for one in read(path) if isinstance(one, Page)] == [f"{path}!Sheet1:2"]


def test_a_damaged_workbook_is_a_failure(tmp_path: Path) -> None:
    import zipfile

    with zipfile.ZipFile(tmp_path / "a", "w") as archive:
        archive.writestr("xl/workbook.xml", "<x")
    (failure,) = read(tmp_path / "a")
    assert failure.reason.startswith("the workbook cannot be read")


def test_the_rows_of_a_parquet_file_are_articles(tmp_path: Path) -> None:
    table = pa.table({"other": [1, 2], "article": [TEXT, None], "date": pa.array([dt.date(2021, 11, 24), None])})
    pq.write_table(table, tmp_path / "a")
    page = only(tmp_path / "a")
    assert (page.content, page.date, page.name) == (TEXT, dt.date(2021, 11, 24), f"{tmp_path / 'a'}:1")


def test_a_damaged_parquet_file_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"PAR1" + b"x" * 100)
    (failure,) = read(tmp_path / "a")
    assert failure.reason.startswith("the Parquet file cannot be read")


def test_a_stray_return_in_the_first_line_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(f"{TEXT}\r{TEXT}, text\n{TEXT}\n".encode())
    assert not only(tmp_path / "a").is_text


def test_a_line_without_end_needs_no_more_memory_than_a_row_may(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rasid.pages.found.LARGEST", 1000)
    (tmp_path / "a").write_bytes(b"id,text\n1," + b"x" * 200_000)
    tracemalloc.start()
    found = read(tmp_path / "a")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found
    assert peak < 1_000_000


@pytest.mark.parametrize(
    ("columns", "said"),
    [({}, "no column holds the text; say which, as --column text=no"), ({"text": "nope"}, 'there is no column "nope"')],
)
def test_a_table_of_whose_columns_none_is_known_is_not_read_as_prose(
    tmp_path: Path, columns: dict[str, str], said: str
) -> None:
    (tmp_path / "a.csv").write_text(f"no,story,paper\n1,{QUOTED},الخبر\n2,{QUOTED},هسبريس\n", encoding="utf-8")
    (failure,) = read(tmp_path / "a.csv", **columns)
    assert isinstance(failure, Failure)
    assert failure.reason.startswith(said)
    assert "(there are no, story, paper)" in failure.reason
    assert len(read(tmp_path / "a.csv", text="story")) == 2


def test_prose_with_commas_is_no_table(tmp_path: Path) -> None:
    text = "وصل الرئيس, والوزير, والسفير\nثم غادروا, جميعا, أمس\nإلى بلادهم, بعد اللقاء\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    assert isinstance(only(tmp_path / "a.txt"), Page)
