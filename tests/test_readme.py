"""The pages say what is so: their examples run, and what is made of the code is current."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from rasid.coder import find_mentions
from rasid.events.plover import modes, types
from rasid.lexicon import read_table
from rasid.model import Article

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "docs"))

from run_examples import (  # noqa: E402
    blocks,
    failure_of_script,
    failures_of_python,
    lasting,
    make_folder,
    pages_with_examples,
    read_examples,
    run,
)
from write_cli import PAGE, cli_page, commands  # noqa: E402
from write_rest import PAGE as REST_PAGE  # noqa: E402
from write_rest import rest_page  # noqa: E402

PAGES = pages_with_examples()
NAMES = [path.name for path in PAGES]
WITH_COMMANDS = [
    page for page in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))) if "rasid " in page.read_text("utf-8")
]


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_the_examples_of_a_page_do_what_it_says(page: Path, tmp_path: Path) -> None:
    folder, names = make_folder(tmp_path), dict[str, Any]()
    for block in blocks(page.read_text("utf-8")):
        if block.kind == "sh":
            assert failure_of_script(block.code, folder) == "", block.code
        elif block.kind == "python":
            pytest.importorskip("pandas")
            assert failures_of_python(block.code, folder, names) == 0, block.code
        for example in read_examples(block.code) if block.kind == "console" else ():
            printed = run(example.command, folder)
            assert lasting(printed) == lasting(example.output), "`python docs/run_examples.py` writes it anew"


@pytest.mark.parametrize("page", WITH_COMMANDS, ids=lambda page: page.name)
def test_commands_and_options_that_a_page_names_exist(page: Path) -> None:
    known = dict(commands())
    text = page.read_text("utf-8")
    scripts = "".join(re.findall(r"^```sh\n(.*?)^```$", text, re.MULTILINE | re.DOTALL))
    for line in re.findall(
        r"^(?:    |\$ )(rasid [a-z].*)$", text + re.sub("^", "    ", scripts, flags=re.MULTILINE), re.MULTILINE
    ):
        words = line.split("#")[0].split("|")[0].split()
        name = next((name for name in (" ".join(words[1:3]), words[1]) if name in known), None)
        assert name is not None or words[1] in {known.split()[0] for known in known}, line
        options = {flag for one in known[name].params for flag in (*one.opts, *one.secondary_opts)} if name else set()
        said = {word.partition("=")[0] for word in words if re.fullmatch(r"--[a-z][a-z-]*(=.*)?", word)}
        assert said <= options | {"--help"}, line


def test_the_readme_is_a_screen_and_its_figures_are_those_of_the_page_on_accuracy() -> None:
    said = (ROOT / "README.md").read_text("utf-8")
    assert len(said.splitlines()) <= 70
    sys.path.insert(0, str(ROOT / "benchmarks"))
    from accuracy import in_short

    rows = in_short((ROOT / "docs" / "accuracy.md").read_text("utf-8"))
    assert rows
    assert [row for row in rows if f"| {' | '.join(row)} |" not in said] == [], "`make figures` writes it anew"


def test_the_readme_names_what_make_can_do_and_nothing_else() -> None:
    named = set(re.findall(r"\bmake ([a-z-]+)", (ROOT / "README.md").read_text("utf-8")))
    targets = set(re.findall(r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert {"demo", "serve", "test", "lint", "bench", "accuracy", "train"} <= named
    assert named <= targets


def test_how_it_works_names_every_room_and_files_that_are_there() -> None:
    page = (ROOT / "docs" / "how-it-works.md").read_text("utf-8")
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"][0]
    rooms = {name.strip().removeprefix("rasid.") for layer in contract["layers"] for name in layer.split("|")}
    assert {
        room for room in rooms if not room.startswith("cli") and f"`{room}`" not in page and f"`{room}.py`" not in page
    } == set()
    named = re.findall(r"`([a-z]+/[\w/*]+\.\w+)`", page)
    assert [pattern for pattern in named if not list((ROOT / "src" / "rasid").glob(pattern))] == []


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


def test_the_arabic_codebook_calls_types_and_modes_as_the_pages_do() -> None:
    labels = ROOT / "src" / "rasid" / "server" / "site" / "labels.csv"
    arabic = {cells["key"]: cells["ar"] for _, cells in read_table(labels, ("key", "en", "ar"))}
    text = (ROOT / "docs" / "codebook.ar.md").read_text("utf-8")
    for kind in types():
        (row,) = re.findall(rf"^\| `{kind}` \|.*$", text, re.MULTILINE)
        assert row.startswith(f"| `{kind}` | {arabic[f'type.{kind}']} |")
        assert [mode for mode in modes(kind) if f"`{mode}` {arabic[f'mode.{mode}']}" not in row] == [], kind


@pytest.mark.parametrize("page", ["codebook.md", "codebook.ar.md"])
def test_who_stands_beside_a_sector_in_the_codebook_is_coded_so(page: str) -> None:
    text = (ROOT / "docs" / page).read_text("utf-8")
    _, sectors = re.split(r"^### (?:Sectors|القطاعات)$", text, flags=re.MULTILINE)
    rows = re.findall(r"^\| `?([A-Z]{3})`? \| [^|]+ \| ([^|]+) \| [^|]*\|$", sectors, re.MULTILINE)
    assert len(rows) == 21
    examples = [(sector, re.sub(r"\(.*", "", one).strip()) for sector, some in rows for one in re.split("[,،]", some)]
    coded = {one: {mention.code for mention in find_mentions(Article("1", f"{one} في الأخبار."))} for _, one in examples}
    assert [
        (one, coded[one]) for sector, one in examples if not any(sector in (code or "").split() for code in coded[one])
    ] == []


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
