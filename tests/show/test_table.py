"""Tables in a terminal."""

import re
from collections.abc import Iterator

import pytest
from made import CODED, VISIT, article
from rich.cells import cell_len

from rasid.record import EventRow, rows_of
from rasid.show.table import open_console, print_article, print_rows

Captured = pytest.CaptureFixture[str]
ARABIC = re.compile("[\u0600-\u06ff]")


@pytest.fixture(params=[66, 80, 100, 120, 200])
def columns(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setenv("COLUMNS", str(request.param))
    return int(request.param)


def test_no_line_is_wider_than_the_terminal(columns: int, capsys: Captured) -> None:
    print_article(open_console(), CODED)
    print_rows(rows_of(CODED))
    assert max(map(cell_len, capsys.readouterr().out.splitlines())) <= columns


def test_arabic_stands_only_at_the_end_of_a_line(columns: int, capsys: Captured) -> None:
    print_article(open_console(), CODED)
    print_rows(rows_of(CODED))
    for line in capsys.readouterr().out.splitlines():
        after = line[found.start() :] if (found := ARABIC.search(line)) else ""
        assert not re.search("[A-Za-z0-9]", after), line


def test_a_wide_terminal_has_an_event_in_one_line(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    print_article(open_console(), CODED)
    out = capsys.readouterr().out
    assert "23 Nov 2021    CONSULT visit  Salem Al-Hourani (JOR GOV) → Iraq GOV  IRQ             0.94  وصل\n" in out


def test_a_narrow_terminal_gives_who_a_line_of_his_own(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    print_rows(rows_of(CODED))
    out = capsys.readouterr().out
    assert "23 Nov 2021     CONSULT visit           IRQ               a9d64c9d\n" in out
    assert "                Salem Al-Hourani (JOR GOV) → Iraq GOV  وصل\n" in out


def test_a_pipe_without_columns_has_an_event_in_one_line(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    print_rows(rows_of(CODED))
    assert len(capsys.readouterr().out.splitlines()) == len(CODED.events) + 1


def test_rows_are_printed_as_they_come(capsys: Captured) -> None:
    def rows() -> Iterator[EventRow]:
        yield rows_of(CODED)[0]
        assert VISIT.id[:8] in capsys.readouterr().out
        yield from rows_of(article(2))

    print_rows(rows())
    assert "3 events" in capsys.readouterr().out


def test_an_empty_answer_says_so(capsys: Captured) -> None:
    print_rows(iter(()))
    assert capsys.readouterr().out == "No event matches.\n"
