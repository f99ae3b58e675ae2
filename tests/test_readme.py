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
    console_blocks,
    failures_of_python,
    lasting,
    make_folder,
    pages_with_examples,
    read_examples,
    run,
)
from write_cli import PAGE, cli_page  # noqa: E402
from write_rest import PAGE as REST_PAGE  # noqa: E402
from write_rest import rest_page  # noqa: E402

PAGES = pages_with_examples()
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


def test_the_reference_of_the_rest_api_is_current() -> None:
    assert REST_PAGE.read_text("utf-8") == rest_page(), "`python docs/write_rest.py` writes it anew"


def test_the_site_builds_without_a_warning_and_fetches_nothing(tmp_path: Path) -> None:
    pytest.importorskip("furo")
    build = [sys.executable, "-m", "sphinx", "-q", "--fail-on-warning", "--fresh-env", str(ROOT / "docs"), str(tmp_path)]
    ran = subprocess.run(build, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    loaded = re.compile(r"""(?:src=|<link[^>]+href=|url\(|@import\s)["']?https?://[^"')]*""")
    pages = [*tmp_path.rglob("*.html"), *tmp_path.rglob("*.css")]
    assert [(page.name, found) for page in pages for found in loaded.findall(page.read_text("utf-8"))] == []
    assert 'dir="rtl" lang="ar"' in (tmp_path / "codebook.ar.html").read_text("utf-8")


def test_the_arabic_codebook_has_every_type_sector_and_field_of_the_english_one() -> None:
    def names(page: str) -> set[str]:
        text = (ROOT / "docs" / page).read_text("utf-8")
        rows = re.findall(r"^\| `?([A-Z]{3,9})`? \|", text, re.MULTILINE)
        return {*rows, *re.findall(r"`([a-z_]+)`", " ".join(re.findall(r"^## .*$", text, re.MULTILINE)))}

    assert names("codebook.md") - names("codebook.ar.md") == set()


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
