"""What others get: the wheel, the container, the files at the root of the repository."""

import json
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent
LARGEST = 20_000_000  # bytes of the wheel
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder)]
    subprocess.run([*build, str(ROOT)], check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def test_the_wheel_is_under_20_mb_and_holds_every_file_of_the_package(wheel: Path) -> None:
    assert wheel.stat().st_size < LARGEST
    held = set(zipfile.ZipFile(wheel).namelist())
    listed = subprocess.run(["git", "ls-files", "src/rasid"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert {line.removeprefix("src/") for line in listed.splitlines()} - held == set()
    assert "rasid/samples/01-morocco-agreement.html" in held


def test_what_is_in_the_wheel_codes_and_finds_nothing_amiss(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path / "unpacked")
    script = "import rasid, sys; print(rasid.__file__); sys.argv = ['rasid', *sys.argv[1:]]; from rasid.cli import main; main()"
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "unpacked")}
    command = [sys.executable, "-c", script, "doctor", "--format", "jsonl"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, cwd=tmp_path)
    place, *findings = ran.stdout.splitlines()
    assert Path(place).is_relative_to(tmp_path)
    assert [finding for finding in map(json.loads, findings) if finding["state"] == "fault"] == []
    assert ran.returncode == 0


def test_the_container_is_built_as_linters_ask() -> None:
    """The rules of hadolint that concern this file; hadolint itself, under the GPL, is not among the tests' packages."""
    said = (ROOT / "Dockerfile").read_text("utf-8")
    lines = re.sub(r"\\\n\s*", " ", re.sub(r"^#.*\n", "", said, flags=re.MULTILINE)).splitlines()
    steps = [(line.split()[0], line.partition(" ")[2]) for line in lines if line.strip()]
    assert {name for name, _ in steps} <= {"FROM", "WORKDIR", "COPY", "RUN", "ENV", "USER", "EXPOSE", "ENTRYPOINT", "CMD"}
    assert all(re.search(r":\d[\w.-]*", rest) for name, rest in steps if name == "FROM"), "DL3006, DL3007: a tag, not latest"
    assert all(rest.startswith("/") for name, rest in steps if name == "WORKDIR"), "DL3000: absolute"
    assert all("--no-cache-dir" in rest for name, rest in steps if name == "RUN" and "pip install" in rest), "DL3042"
    assert not any(re.search(r"\bsudo\b|\bapt-get\b|\bcd /", rest) for name, rest in steps if name == "RUN"), "DL3003, DL3004"
    assert all(rest.startswith("[") for name, rest in steps if name in ("CMD", "ENTRYPOINT")), "DL3025: JSON"
    assert [rest for name, rest in steps if name == "USER"][-1].isdigit(), "DL3002, DL3066: not root, by number"
    copied = [word for name, rest in steps if name == "COPY" and "--from" not in rest for word in rest.split()[:-1]]
    assert [word for word in copied if not (ROOT / word).exists()] == []


def test_the_container_leaves_out_no_file_that_it_copies() -> None:
    ignored = {line.strip("/") for line in (ROOT / ".dockerignore").read_text("utf-8").split()}
    said = re.findall(r"^COPY (?!--)(.*) \S+$", (ROOT / "Dockerfile").read_text("utf-8"), re.MULTILINE)
    assert [word for line in said for word in line.split() if word.split("/")[0] in ignored] == []


def test_the_citation_names_this_version_and_licence() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert (citation["version"], citation["license"]) == (PROJECT["version"], PROJECT["license"])
    assert {"cff-version", "message", "title", "authors", "type"} <= citation.keys()


def test_the_changes_name_this_version() -> None:
    assert f"## {PROJECT['version']}" in (ROOT / "CHANGELOG.md").read_text("utf-8")


@pytest.mark.parametrize("path", sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.md")), ids=lambda path: path.name)
def test_a_template_has_what_it_is_offered_by(path: Path) -> None:
    head = yaml.safe_load(path.read_text("utf-8").split("---")[1])
    assert {"name", "about"} <= head.keys()


def test_links_at_the_root_lead_somewhere() -> None:
    for page in (*ROOT.glob("*.md"), *(ROOT / "examples").glob("*.md")):
        for link in re.findall(r"\]\((?!https?:)([^)#]+)\)", page.read_text("utf-8")):
            assert (page.parent / link).exists(), f"{page.name}: {link}"
