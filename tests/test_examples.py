"""The examples run, and agree with each other."""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .analysis.conftest import ARTICLES, fill

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "docs"))

from run_examples import NOTEBOOKS, run_notebook  # noqa: E402


@pytest.fixture(scope="module")
def relation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from rasid.record import open_record

    path = tmp_path_factory.mktemp("examples") / "relation.sqlite"
    with open_record(path) as record:
        fill(record, ARTICLES)
    return path


@pytest.fixture
def kernel_finds_rasid(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT / "src"), *os.environ.get("PYTHONPATH", "").split(os.pathsep)]))


@pytest.mark.usefixtures("kernel_finds_rasid")
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_a_notebook_runs_from_its_beginning(path: Path) -> None:
    pytest.importorskip("altair")
    cells = [cell for cell in run_notebook(path, write=False).cells if cell.cell_type == "code"]
    shown = [output["data"] for cell in cells for output in cell.outputs if "data" in output]
    assert sum("image/svg+xml" in data for data in shown) == 3
    evidence = next(data["text/html"] for data in shown if data["text/plain"].startswith("Coded("))
    assert 'dir="rtl">قطعت</bdi>' in evidence
    assert {"open", "cut", "allied"} <= {word for data in shown for word in data["text/plain"].replace("'", " ").split()}


def test_a_notebook_holds_no_path_of_the_machine_it_ran_on() -> None:
    for path in NOTEBOOKS:
        said = path.read_text("utf-8")
        assert not [folder for folder in ("/home/", "/root/", "/tmp/", str(ROOT)) if folder in said]


def test_pandas_polars_and_arrow_count_the_same(relation: Path) -> None:
    pytest.importorskip("polars")
    command = [sys.executable, str(ROOT / "examples" / "frames.py"), str(relation)]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    counts = [ast.literal_eval(line.partition(" ")[2]) for line in lines]
    assert len(counts) == 3
    assert counts[0] == counts[1] == counts[2] != {}


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not there")
def test_r_reads_a_release(relation: Path, tmp_path: Path) -> None:
    import datetime as dt

    from rasid.record import open_record
    from rasid.record.releasing import release

    with open_record(relation) as record:
        folder = release(record, tmp_path, dt.date(2023, 12, 31))
    command = ["Rscript", "--vanilla", str(ROOT / "examples" / "read_release.R"), str(folder)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "that happened on a known day" in said
    assert "conflict cooperation" in said
    assert "2008" in said
