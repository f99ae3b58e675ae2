import datetime as dt
import io
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rasid.errors import InputError
from rasid.model import Page
from rasid.pages import Failure, Row, Skipped, found, read_date, read_pages, read_rows

ROW = {"id": "a1", "text": "  وصل الوفد.\nاترك تعليقا\u200f "}

SIGNATURES = [
    *(
        b"",
        b"\x1f\x8b\x08",
        b"\x28\xb5\x2f\xfd",
        b"\x5d\x2a\x4d\x18",
        b"PK\x03\x04",
        b"PAR1",
        b"WARC/1.0\r\n",
        b"<rss>",
        b"<urlset>",
    ),
    *(b'{"id": 1, ', b'{"name":"x","messages":[', b"id,text\n", b"HD   x\nAN   x\n", b"Length: 12 words\nBody\n", b"\xff\xfe"),
]


def write(path: Path, *rows: object) -> str:
    lines = (row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(path)


def failures(*paths: str) -> list[Failure]:
    return [found for found in read_pages(paths) if isinstance(found, Failure)]


def only_page(*paths: str, stdin: bytes = b"") -> Page:
    (page,) = read_pages(paths, io.BytesIO(stdin))
    assert isinstance(page, Page)
    return page


def test_a_file_is_a_page_as_it_came(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_bytes(b"<p>\xe6\xd5\xe1</p>")
    assert only_page(str(file)) == Page(b"<p>\xe6\xd5\xe1</p>", str(file))


def test_a_row_is_an_article_whose_text_is_left_alone(tmp_path: Path) -> None:
    page = only_page(write(tmp_path / "rows.jsonl", {**ROW, "lang": "ar"}))
    assert (page.content, page.id, page.is_text) == (ROW["text"], "a1", True)


def test_a_row_may_say_more(tmp_path: Path) -> None:
    row = {**ROW, "date": "2021-11-24T10:00:00Z", "title": "ع", "url": "https://a.example/1", "source": "س"}
    page = only_page(write(tmp_path / "rows.jsonl", row))
    assert (page.date, page.title, page.url, page.source) == (dt.date(2021, 11, 24), "ع", "https://a.example/1", "س")


def test_rows_are_known_by_their_bytes_not_by_the_name_of_the_file(tmp_path: Path) -> None:
    assert only_page(write(tmp_path / "rows.txt", ROW)).is_text
    assert not only_page(write(tmp_path / "page.jsonl", "<p>وصل الوفد</p>")).is_text


def test_a_row_is_named_by_its_line_though_blank_lines_stand_before_it(tmp_path: Path) -> None:
    file = write(tmp_path / "rows.jsonl", "", ROW, "", ROW)
    assert [page.name for page in read_pages([file])] == [f"{file}:2", f"{file}:4"]


def test_a_number_is_an_id(tmp_path: Path) -> None:
    assert only_page(write(tmp_path / "rows.jsonl", {**ROW, "id": 7})).id == "7"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({**ROW, "date": "24/13/2021"}, '"date" is "24/13/2021", which is no date (use 2021-11-24)'),
        ({**ROW, "date": 20211124}, '"date" is 20211124, which is no date (use 2021-11-24)'),
        ({"id": "a"}, 'the row has no "text"'),
        ({"id": "a", "text": 5}, '"text" is 5, not a text'),
        ({**ROW, "title": ["ع"]}, '"title" is ["ع"], not a text'),
        ('["text"]', 'the row is not a JSON object such as {"id": "1", "text": "..."}'),
        ('{"id": "a", "text": ', "the row is not valid JSON: expecting value at character 20"),
        ('{"id": "a", "text": "\\ud800"}', "the row holds half a character (a lone \\ud800 to \\udfff)"),
        ("[" * 100000, "the row is not JSON that can be read"),
    ],
)
def test_a_bad_row_is_left_out_with_a_reason_and_the_good_ones_are_read(tmp_path: Path, row: object, reason: str) -> None:
    file = write(tmp_path / "rows.jsonl", *[ROW] * 6, row, ROW)
    found = list(read_pages([file]))
    assert found[6] == Failure(f"{file}:7", reason)
    assert sum(isinstance(page, Page) for page in found) == 7


def test_a_row_that_is_not_utf_8_is_a_failure(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_bytes(b'{"text": "\xe6"}\n')
    assert failures(str(file)) == [Failure(f"{file}:1", "the row is not UTF-8")]


def test_a_missing_file_is_a_failure(tmp_path: Path) -> None:
    assert failures(str(tmp_path / "none.html")) == [Failure(str(tmp_path / "none.html"), "there is no such file or folder")]


def test_an_empty_folder_is_a_failure(tmp_path: Path) -> None:
    assert failures(str(tmp_path)) == [Failure(str(tmp_path), "the folder holds no files")]


def test_a_path_that_cannot_be_one_is_a_failure() -> None:
    assert len(failures("a\0b")) == 1


def test_a_page_that_is_too_large_is_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(found, "LARGEST", 50)
    small, large = write(tmp_path / "a.txt", "x"), write(tmp_path / "b.txt", "x" * 60)
    rows = write(tmp_path / "rows.jsonl", {"text": "x"}, {"text": "x" * 200}, {"text": "y"})
    pages = list(read_pages([small, large, rows]))
    assert [page.name for page in pages] == [small, large, f"{rows}:1", f"{rows}:2", f"{rows}:3"]
    assert [isinstance(page, Failure) for page in pages] == [False, True, False, True, False]


def test_a_folder_is_read_with_all_below_it_in_order(tmp_path: Path) -> None:
    for name in ("b/2.html", "b/1.html", "a.html", ".hidden.html", ".git/x.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("<p>نص</p>", encoding="utf-8")
    names = [Path(page.name).relative_to(tmp_path).as_posix() for page in read_pages([str(tmp_path)])]
    assert names == ["a.html", "b/1.html", "b/2.html"]


def test_standard_input_is_rows_where_it_begins_with_one() -> None:
    page = only_page("-", stdin=b"\xef\xbb\xbf\n" + json.dumps(ROW).encode())
    assert (page.name, page.is_text) == ("-:2", True)


def test_standard_input_is_else_a_page() -> None:
    assert only_page("-", stdin="\nوصل الوفد".encode()) == Page("\nوصل الوفد".encode(), "-")


def test_rows_of_any_keys_are_read_for_commands_that_take_them(tmp_path: Path) -> None:
    file = write(tmp_path / "names.jsonl", {"a": "غانتس", "b": "گانتز"}, "[1]")
    assert list(read_rows([file, str(tmp_path / "none")])) == [
        Row(f"{file}:1", {"a": "غانتس", "b": "گانتز"}),
        Row(f"{file}:2", 'the row is not a JSON object such as {"id": "1", "text": "..."}'),
        Row(str(tmp_path / "none"), "there is no such file or folder"),
    ]


def test_a_day_that_is_none_says_what_to_write() -> None:
    assert read_date("2021-11-24") == dt.date(2021, 11, 24)
    with pytest.raises(InputError, match=r'"24/13/2021" is no date \(use 2021-11-24\)'):
        read_date("24/13/2021")


def test_a_source_that_breaks_in_an_unforeseen_way_leaves_the_others_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(head: bytes, columns: object) -> str:
        if head.startswith(b"x"):
            raise ZeroDivisionError("so it goes")
        return "page"

    monkeypatch.setattr("rasid.pages.sources.kind_of", fail)
    bad, good = write(tmp_path / "a.txt", "x"), write(tmp_path / "b.txt", "y")
    failure, page = read_pages([bad, good])
    assert isinstance(page, Page)
    assert isinstance(failure, Failure)
    assert failure.name == bad
    assert "ZeroDivisionError: so it goes); please report it" in failure.reason


@settings(deadline=None)  # the first of a kind loads what reads it
@given(st.sampled_from(SIGNATURES), st.binary(max_size=300))
def test_any_bytes_give_pages_or_reasons(signature: bytes, rest: bytes) -> None:
    for one in read_pages(["-"], io.BytesIO(signature + rest)):
        assert isinstance(one, Page | Failure | Skipped)
        assert "an error of rasid" not in getattr(one, "reason", "")
