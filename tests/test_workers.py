"""`--workers`: several processes give what one gives, also where one of them is killed."""

import datetime as dt
import multiprocessing
import os
import re
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from rasid.actors.memory import EMPTY, Saying, memory_of
from rasid.cli_input import LeftOut, Read
from rasid.cli_workers import Crew, code_each, processors
from rasid.model import Article, CodedArticle, PageDate
from rasid.record import open_record
from tests.commands import Run, row

NAMES = ("سالم الحوراني", "ليلى القاضي", "كريم بوزيان", "نادر الشيباني", "هدى المرزوقي")
OFFICES = ("وزير الخارجية الأردني", "وزيرة الدفاع التونسية", "رئيس الوزراء الجزائري", "وزير الداخلية العراقي")


def text(n: int) -> str:
    """News of somebody, whom most articles only name and some introduce: in an office that changes with time."""
    name, office = NAMES[n % 5], OFFICES[(n // 10) % 4]
    who = f"{office} {name}" if n % 3 == 0 else name
    return (
        f"التقى {who} الرئيس المصري في القاهرة أمس وبحث معه التعاون رقم {n}. وانتقد {NAMES[(n + 1) % 5]} الحكومة السورية بشدة."
    )


def news(number: int) -> str:
    return "".join(
        row(text(n), id=f"n{n}", date=f"2021-{1 + n // 30:02}-{1 + n % 28:02}", url=f"https://a.example/{n - n % 7 // 6}")
        for n in range(number)
    )


@contextmanager
def killing(number: int) -> Iterator[list[int]]:
    """Kills that many processes that this one has started, each as soon as it is seen to have done something."""
    killed: list[int] = []
    over = threading.Event()

    def kill() -> None:
        while len(killed) < number and not over.is_set():
            for child in multiprocessing.active_children():
                if child.pid and child.pid not in killed and len(killed) < number:
                    time.sleep(0.02)
                    with suppress(ProcessLookupError):
                        os.kill(child.pid, signal.SIGKILL)
                    killed.append(child.pid)
            time.sleep(0.01)

    thread = threading.Thread(target=kill)
    thread.start()
    try:
        yield killed
    finally:
        over.set()
        thread.join()


def _rows(path: Path) -> dict[str, list[str]]:
    """All that a record holds, but for when that was written."""
    with open_record(path, create=False) as record:
        tables = record.connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'migrations'")
        names = [name for (name,) in tables.fetchall()]
        found = {name: record.connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}
    return {name: sorted(re.sub(r"'\d{4}-\d\d-\d\dT[\d:]+Z'", "", repr(row)) for row in rows) for name, rows in found.items()}


def test_a_record_is_the_same_whatever_the_number_of_workers(rasid: Run, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(news(60) + "{broken\n" + news(5), "utf-8")
    told = {}
    for workers in (1, 3):
        told[workers] = rasid("ingest", "a.jsonl", "--record", f"{workers}.sqlite", "--workers", workers, "--format", "jsonl")
    kept = {workers: _rows(tmp_path / f"{workers}.sqlite") for workers in told}
    assert kept[3] == kept[1]
    (alone,), (of_three,) = told[1].rows, told[3].rows
    assert {**alone, "seconds": 0, "record": ""} == {**of_three, "seconds": 0, "record": ""}
    assert "memory" in str(kept[1]), "nothing was remembered, so that nothing could go wrong"


def test_code_gives_the_same_lines_in_the_same_order(rasid: Run, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(news(40) + "{broken\n" + news(3), "utf-8")
    alone, two = (rasid("code", "a.jsonl", "--format", "jsonl", "--workers", n) for n in (1, 2))
    assert (alone.status, two.status) == (2, 2)
    assert two.out == alone.out
    assert len(two.rows) == 43


def test_a_killed_worker_loses_no_page(rasid: Run, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(news(60), "utf-8")
    with killing(1) as killed:
        ran = rasid("code", "a.jsonl", "--format", "jsonl", "--workers", 2)
    assert killed
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == rasid("code", "a.jsonl", "--format", "jsonl", "--workers", 1).out


def test_a_page_that_kills_every_worker_is_named_and_the_run_goes_on(rasid: Run, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(news(2), "utf-8")
    with killing(100):
        ran = rasid("ingest", "a.jsonl", "--workers", 1 + 1)
    assert ran.status == 2
    assert ran.err.count("the process that coded it died") == 2
    assert rasid("ingest", "a.jsonl", "--format", "jsonl").rows[0]["articles"] == 2


def _read(n: int, text: str) -> Read:
    return Read(f"{n}", Article(f"{n}", text, date=PageDate(dt.date(2021, 5, 2), dt.date(2021, 5, 2), "given")))


def test_what_was_learned_meanwhile_counts_for_an_article_that_was_coded_ahead() -> None:
    said = Saying("سالم الحوراني", "JOR", "GOV", "وزير الخارجية", dt.date(2021, 5, 1), "0")
    with Crew(1, EMPTY) as crew:
        ticket = crew.hand_in(_read(1, "انتقد سالم الحوراني الحكومة السورية بشدة أمس."))
        assert isinstance(ticket.future.result().coded, CodedArticle)
        crew.learn([said])
        coded = crew.take(ticket)
    assert isinstance(coded, CodedArticle)
    assert {actor.code for event in coded.events for actor in event.actors} == {"JOR GOV"}


def test_workers_begin_with_what_a_record_remembers() -> None:
    said = Saying("سالم الحوراني", "JOR", "GOV", "وزير الخارجية", dt.date(2021, 5, 1), "0")
    with Crew(1, memory_of([said])) as crew:
        coded = crew.take(crew.hand_in(_read(1, "انتقد سالم الحوراني الحكومة السورية بشدة أمس.")))
    assert isinstance(coded, CodedArticle)
    assert {actor.code for event in coded.events for actor in event.actors} == {"JOR GOV"}


def test_pages_that_were_left_out_keep_their_place() -> None:
    bad = LeftOut("x", "read", "no page")
    found: list[Read | LeftOut] = [bad, _read(1, "زار الرئيس الفرنسي الجزائر أمس."), bad]
    coded = list(code_each(found, workers=2))
    assert [isinstance(one, LeftOut) for one in coded] == [True, False, True]


@pytest.mark.parametrize("number", ["0", "-1", "two"])
def test_a_number_of_workers_that_is_none_is_refused(rasid: Run, number: str) -> None:
    assert rasid("ingest", "-", "--workers", number).status == 2


def test_there_is_always_a_processor() -> None:
    assert processors() >= 1
