"""Reading the data files: mistakes name file and line; what is compiled is kept as long as its sources stay the same."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rasid import lexicon
from rasid.errors import LexiconError
from rasid.lexicon import Entry, Row, compiled, fingerprint, read_entries, read_table, variants

COLUMNS = ("words", "kind")


@pytest.fixture
def table(tmp_path: Path) -> Callable[[str], list[Row]]:
    def read(text: str) -> list[Row]:
        path = tmp_path / "words.csv"
        path.write_text(text, encoding="utf-8")
        return list(read_table(path, COLUMNS))

    return read


@pytest.fixture
def entries(tmp_path: Path) -> Callable[[str], list[Entry]]:
    def read(text: str) -> list[Entry]:
        path = tmp_path / "visit.yaml"
        path.write_text(text, encoding="utf-8")
        return read_entries(path)

    return read


def test_row_has_its_cells_by_column(table: Callable[[str], list[Row]]) -> None:
    assert table("words,kind\nفي,preposition\n") == [Row("words.csv:2", {"words": "في", "kind": "preposition"})]


def test_notes_and_blank_lines_are_for_people_but_count_as_lines(table: Callable[[str], list[Row]]) -> None:
    assert [row.where for row in table("# note\n\nwords,kind\n# note\nفي,a\n\nمن,b\n")] == ["words.csv:5", "words.csv:7"]


def test_blanks_around_a_cell_are_not_of_it(table: Callable[[str], list[Row]]) -> None:
    assert table("words,kind\n في , a \n")[0].cells == {"words": "في", "kind": "a"}


def test_quoted_cell_may_hold_commas(table: Callable[[str], list[Row]]) -> None:
    assert table('words,kind\n"في، من, عن",a\n')[0].cells["words"] == "في، من, عن"


def test_table_without_rows_is_empty(table: Callable[[str], list[Row]]) -> None:
    assert table("# note\nwords,kind\n") == table("") == []


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("# note\nwords\nفي\n", "words.csv:2: the header is words; it must be words,kind"),
        ("kind,words\nفي,a\n", "words.csv:1: the header is kind,words; it must be words,kind"),
        ("words,kind\nفي,a\nمن\n", "words.csv:3: 1 cells where there must be 2; quote a cell with commas"),
        ("words,kind\n\nفي,a,b\n", "words.csv:3: 3 cells where there must be 2; quote a cell with commas"),
    ],
)
def test_mistake_in_a_table_names_its_line(table: Callable[[str], list[Row]], text: str, error: str) -> None:
    with pytest.raises(LexiconError) as raised:
        table(text)
    assert str(raised.value) == error


@pytest.mark.parametrize(
    ("cell", "parts"),
    [("في", ["في"]), ("في|من", ["في", "من"]), (" في | من ", ["في", "من"]), ("في||من|", ["في", "من"]), ("", []), (" ", [])],
)
def test_bar_stands_between_variants(cell: str, parts: list[str]) -> None:
    assert variants(cell) == parts


def test_entry_has_its_keys_and_its_line(entries: Callable[[str], list[Entry]]) -> None:
    found = entries("# note\n- lemma: زار\n  nouns: [زيارة]\n\n- {lemma: وصل}\n")
    assert found == [
        Entry("visit.yaml:2", {"lemma": "زار", "nouns": ["زيارة"]}),
        Entry("visit.yaml:5", {"lemma": "وصل"}),
    ]


@pytest.mark.parametrize("text", ["", "# note\n", "[]"])
def test_file_without_entries_is_empty(entries: Callable[[str], list[Entry]], text: str) -> None:
    assert entries(text) == []


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("lemma: زار\n", r"visit.yaml:1: the file must be a list of entries, each beginning with '- '"),
        ("- {lemma: زار}\n- وصل\n", r"visit.yaml:2: an entry must be 'key: value' lines"),
        ("- {lemma: زار}\n- {lemma: وصل\n- {}\n", r"visit.yaml:[23]: \S"),
        ("- lemma: زار\n- lemma: [وصل\n", r"visit.yaml:[23]: \S"),
        ("- lemma: زار\n  nouns: *زيارة\n", r"visit.yaml:2: \S"),
        ("- lemma: !!python/name:os.system\n", r"visit.yaml:1: \S"),
    ],
)
def test_mistake_in_a_file_of_entries_names_its_line(entries: Callable[[str], list[Entry]], text: str, error: str) -> None:
    with pytest.raises(LexiconError, match=f"^{error}"):
        entries(text)


def test_mistake_is_told_in_one_line(entries: Callable[[str], list[Entry]]) -> None:
    with pytest.raises(LexiconError) as raised:
        entries("- {lemma: زار\n- {}\n")
    assert "\n" not in str(raised.value)


def test_fingerprint_changes_with_text_and_name_only(tmp_path: Path) -> None:
    one, other = tmp_path / "one.csv", tmp_path / "other.csv"
    one.write_text("a", encoding="utf-8")
    other.write_text("a", encoding="utf-8")
    first = fingerprint([one])
    assert len(first) == 16
    assert int(first, 16) >= 0
    assert fingerprint([other]) != first
    os.utime(one, ns=(0, 0))
    assert fingerprint([one]) == first
    one.write_text("b", encoding="utf-8")
    assert fingerprint([one]) != first


def test_fingerprint_does_not_depend_on_the_order_of_the_files(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("one.csv", "other.csv")]
    for path in paths:
        path.write_text(path.name, encoding="utf-8")
    assert fingerprint(paths) == fingerprint(paths[::-1])


class Kept:
    """A package of its own with one source, and how often it was compiled."""

    def __init__(self, package: Path) -> None:
        self.package = package
        self.source = package / "words.csv"
        self.code = package / "code.py"
        self.built = 0
        self.write("في")
        self.code.write_text("", encoding="utf-8")

    def write(self, text: str) -> None:
        self.source.write_text(text, encoding="utf-8")

    def build(self) -> Any:
        self.built += 1
        return {"words": [self.source.read_text("utf-8")], "of": ("a", 1, None)}

    def read(self, name: str = "words") -> Any:
        return compiled(name, [self.source], self.build)

    def stores(self) -> list[Path]:
        return sorted((self.package / "__pycache__").iterdir())


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Kept:
    package = tmp_path / "package"
    package.mkdir()
    monkeypatch.setattr(lexicon, "PACKAGE", package)
    return Kept(package)


def test_what_is_compiled_is_not_compiled_again(kept: Kept) -> None:
    first = kept.read()
    assert kept.read() == first == {"words": ["في"], "of": ("a", 1, None)}
    assert kept.built == 1


def test_changed_source_is_compiled_anew(kept: Kept) -> None:
    kept.read()
    kept.write("في|من")
    assert kept.read()["words"] == ["في|من"]
    assert kept.built == 2


def test_source_of_another_time_is_compiled_anew(kept: Kept) -> None:
    kept.read()
    os.utime(kept.source, ns=(1, 1))
    kept.read()
    assert kept.built == 2


def test_changed_code_compiles_anew(kept: Kept) -> None:
    kept.read()
    kept.code.write_text("x = 1", encoding="utf-8")
    kept.read()
    assert kept.built == 2


def test_old_store_goes_when_a_new_one_comes(kept: Kept) -> None:
    kept.read()
    [old] = kept.stores()
    kept.write("في|من")
    kept.read()
    [new] = kept.stores()
    assert new != old


def test_stores_of_two_names_do_not_disturb_each_other(kept: Kept) -> None:
    kept.read("words")
    kept.read("places")
    kept.read("words")
    assert kept.built == 2
    assert len(kept.stores()) == 2


@pytest.mark.parametrize("content", [b"", b"no store", b"\xff\x00"])
def test_broken_store_is_compiled_anew(kept: Kept, content: bytes) -> None:
    kept.read()
    kept.stores()[0].write_bytes(content)
    assert kept.read()["words"] == ["في"]
    assert kept.built == 2
    kept.read()
    assert kept.built == 2


def test_store_that_cannot_be_written_only_costs_time(kept: Kept) -> None:
    (kept.package / "__pycache__").write_text("no folder", encoding="utf-8")
    assert kept.read() == kept.read()
    assert kept.built == 2


def test_folder_that_forbids_new_files_only_costs_time(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbid(**_: object) -> tuple[int, str]:
        raise PermissionError("read-only file system")

    monkeypatch.setattr(tempfile, "mkstemp", forbid)
    assert kept.read() == kept.read()
    assert kept.built == 2
    assert kept.stores() == []


def test_mistake_in_a_source_is_not_kept(kept: Kept) -> None:
    def fail() -> Any:
        raise LexiconError("words.csv:1: no word")

    with pytest.raises(LexiconError):
        compiled("words", [kept.source], fail)
    assert kept.read()["words"] == ["في"]
