"""The same input and the same version give the same bytes, whatever the machine is set to."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.test_workers import news

SAMPLES = Path(__file__).parents[1] / "samples" / "pages"
PLAIN = {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8"}


def written(*arguments: object, settings: Mapping[str, str] = PLAIN) -> str:
    """The hash of what a command writes in a process with these settings of the environment."""
    ran = subprocess.run(
        [sys.executable, "-c", "from rasid.cli import main; main()", *map(str, arguments)],
        capture_output=True,
        env={**os.environ, **PLAIN, **settings},
        timeout=120,
        check=False,
    )
    assert ran.returncode in (0, 2), ran.stderr.decode()
    assert ran.stdout
    return hashlib.sha256(ran.stdout).hexdigest()


@pytest.fixture(scope="module")
def code(tmp_path_factory: pytest.TempPathFactory) -> tuple[object, ...]:
    """The command that codes some news and the sample pages."""
    rows = tmp_path_factory.mktemp("news") / "rows.jsonl"
    rows.write_text(news(60), encoding="utf-8")
    return "code", rows, SAMPLES, "--format", "jsonl"


@pytest.fixture(scope="module")
def usual(code: tuple[object, ...]) -> str:
    """What it writes."""
    return written(*code)


@pytest.mark.parametrize(
    "settings",
    [
        {"PYTHONHASHSEED": "1"},
        {"PYTHONHASHSEED": "4242", "TZ": "Asia/Tokyo"},
        {"TZ": "Pacific/Pago_Pago"},
        {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "ar_EG.UTF-8"},
        {"LC_ALL": "tr_TR.UTF-8", "COLUMNS": "20"},
        {"PYTHONOPTIMIZE": "1"},
    ],
)
def test_coding_gives_the_same_bytes_in_any_locale_time_zone_and_order_of_hashes(
    code: tuple[object, ...], usual: str, settings: dict[str, str]
) -> None:
    assert written(*code, settings=settings) == usual


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_coding_gives_the_same_bytes_on_any_number_of_workers(code: tuple[object, ...], usual: str, workers: int) -> None:
    assert written(*code, "--workers", workers, settings={"PYTHONHASHSEED": str(workers)}) == usual


def test_a_record_gives_the_same_tables_whatever_made_it(code: tuple[object, ...], tmp_path: Path) -> None:
    made = []
    for n, settings in enumerate(({"PYTHONHASHSEED": "1"}, {"PYTHONHASHSEED": "2", "TZ": "Asia/Tokyo", "LC_ALL": "C"})):
        record = tmp_path / f"{n}.sqlite"
        written("ingest", code[1], "--record", record, "--workers", n + 1, settings=settings)
        for table in ("events", "polecat", "persons"):
            written("export", tmp_path / f"{n}-{table}.csv", "--record", record, "--table", table, settings=settings)
        made.append([(tmp_path / f"{n}-{table}.csv").read_bytes() for table in ("events", "polecat", "persons")])
    assert made[0] == made[1]
    assert all(len(content) > 100 for content in made[0])


def test_the_report_gives_the_same_bytes_wherever_it_is_made(code: tuple[object, ...]) -> None:
    elsewhere = {"PYTHONHASHSEED": "3", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    report = (*code[:3], "--format", "html", "--workers")
    assert written(*report, 1) == written(*report, 2, settings=elsewhere)


def test_charts_and_the_register_give_the_same_bytes_wherever_they_are_made(code: tuple[object, ...], tmp_path: Path) -> None:
    record = tmp_path / "record.sqlite"
    written("ingest", code[1], code[2], "--record", record)
    made = []
    for n, settings in enumerate((PLAIN, {"PYTHONHASHSEED": "9", "TZ": "Asia/Tokyo", "LC_ALL": "tr_TR.UTF-8"})):
        chart = tmp_path / f"{n}.svg"
        written("chart", "network", "-o", chart, "--record", record, settings=settings)
        lists = [written(name, "--record", record, "--format", "jsonl", settings=settings) for name in ("agreements", "actors")]
        made.append([*lists, chart.read_bytes()])
    assert made[0] == made[1]
