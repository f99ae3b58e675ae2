"""The pages say what is so: their examples run, and what is made of the code is current."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "docs"))

from run_examples import (  # noqa: E402
    PAGES,
    console_blocks,
    failures_of_python,
    lasting,
    make_folder,
    read_examples,
    run,
)
from write_cli import PAGE, cli_page  # noqa: E402

NAMES = [path.name for path in PAGES]


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_commands_print_what_the_page_says(page: Path, tmp_path: Path) -> None:
    folder = make_folder(tmp_path)
    for block in console_blocks(page.read_text("utf-8")):
        for example in read_examples(block):
            printed = run(example.command, folder)
            assert lasting(printed) == lasting(example.output), "`python docs/run_examples.py` writes it anew"


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_python_gives_what_the_page_says(page: Path, tmp_path: Path) -> None:
    pytest.importorskip("pandas")
    assert failures_of_python(page.read_text("utf-8"), make_folder(tmp_path)) == 0


def test_the_reference_of_commands_is_current() -> None:
    assert PAGE.read_text("utf-8") == cli_page(), "`python docs/write_cli.py` writes it anew"


@pytest.mark.parametrize("page", [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))], ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for link in re.findall(r"\]\(([^)#]+)\)", page.read_text("utf-8")):
        assert (page.parent / link).exists(), link


def test_every_direct_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    said = (ROOT / "docs" / "dependencies.md").read_text("utf-8").lower()
    named = [*project["dependencies"], *(one for extra in project["optional-dependencies"].values() for one in extra)]
    assert [name for name in named if re.split(r"[<>=\[]", name)[0].lower() not in said] == []


def test_the_lock_holds_exact_versions_and_no_addresses() -> None:
    lines = [line for line in (ROOT / "requirements.lock").read_text("utf-8").splitlines() if not line.startswith("#")]
    assert [line for line in lines if not re.fullmatch(r"[\w.-]+==[\w.+!-]+", line)] == []
    locked = {line.partition("==")[0].lower().replace("_", "-") for line in lines}
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    assert {re.split(r"[<>=\[]", name)[0].lower() for name in wanted} <= locked


def test_accuracy_without_gold_runs_on_our_own_cases_and_says_so(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "benchmarks" / "accuracy.py"), "--gold", str(tmp_path)]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "these are our own cases" in " ".join(ran.stdout.split())
    assert "cases of the lexicon: type" in ran.stdout
