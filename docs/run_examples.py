"""Run the examples of the pages: `python docs/run_examples.py` writes what they print now into README.md and docs/.

An example is a block marked `console` whose lines with `$ ` are commands, each followed by what it prints; a block marked `sh`,
of which only is asked that it ends well; or a block marked `python` with `>>> ` in it. They run in an empty folder that holds
`samples`, one after the other. A block under a line `<!-- not run: REASON -->` is not run.
"""

import doctest
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parent.parent
PICTURE = ROOT / "docs" / "pictures" / "relation.svg"
NOTEBOOKS = sorted((ROOT / "examples").glob("*.ipynb"))
COLUMNS = "100"
_BLOCK = re.compile(
    r"^(?P<skip><!-- not run: .+ -->\n)?```(?P<kind>console|sh|python)\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL
)
# What changes with every new weight or entry, and says nothing about whether an example holds.
_PASSING = [
    (re.compile(r"\b[01]\.\d\d\b"), "0.00"),
    (re.compile(r"\b\d\+[0-9a-f]{8}\b"), "1+0"),
    (re.compile(r"\.yaml:\d+"), ".yaml:1"),
    (re.compile(r"\b\d+ (event|row)s?\b"), r"1 \1"),
    (re.compile(r"\b[\d,]+ entries\b"), "1 entries"),
]


def pages_with_examples() -> list[Path]:
    """README.md and each page of docs/ that has an example."""
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    return [page for page in pages if blocks(page.read_text("utf-8"))]


class Block(NamedTuple):
    """An example: `console`, `sh` or `python`, and what stands in it."""

    kind: str
    code: str


def blocks(page: str) -> list[Block]:
    """The examples of a page that are run, in order."""
    found = (Block(found["kind"], found["code"]) for found in _BLOCK.finditer(page) if not found["skip"])
    return [block for block in found if block.kind == "sh" or "$ " in block.code or ">>> " in block.code]


class Example(NamedTuple):
    """A command, and what the page says that it prints."""

    command: str
    output: str


def read_examples(block: str) -> Iterator[Example]:
    """The commands of a `console` block with what follows each."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, output = part.partition("\n")
        yield Example(command, output.rstrip("\n"))


def run(command: str, folder: Path) -> str:
    """What `command` prints, errors among it; the white at the ends of lines left out."""
    return _bash(f"{{ {command}\n}} 2>&1", folder).stdout


def failure_of_script(script: str, folder: Path) -> str:
    """What a block of `sh` prints if a command in it fails; else nothing."""
    ran = _bash(f"set -eo pipefail\nexec 2>&1\n{script}", folder)
    return ran.stdout or "it failed" if ran.returncode else ""


def _bash(script: str, folder: Path) -> subprocess.CompletedProcess[str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "COLUMNS": COLUMNS}
    ran = subprocess.run(["bash", "-c", script], cwd=folder, env=environment, stdout=subprocess.PIPE, text=True, check=False)
    ran.stdout = "\n".join(line.rstrip() for line in ran.stdout.splitlines()).rstrip("\n")
    return ran


def lasting(output: str) -> str:
    """`output` without what changes from one version of the coder to the next."""
    for pattern, instead in _PASSING:
        output = pattern.sub(instead, output)
    return output


def make_folder(folder: Path) -> Path:
    """An empty folder with the sample pages in it."""
    (folder / "samples").symlink_to(ROOT / "samples")
    return folder


def rewrite(page: str, folder: Path) -> str:
    """`page` with what its commands print now."""

    def anew(found: re.Match[str]) -> str:
        if found["skip"] or found["kind"] == "python":
            return found[0]
        if found["kind"] == "sh":
            if failed := failure_of_script(found["code"], folder):
                raise SystemExit(f"{failed}\nan example fails; the pages stay as they are:\n{found['code']}")
            return found[0]
        parts = [
            f"$ {example.command}\n{run(example.command, folder)}".rstrip("\n") for example in read_examples(found["code"])
        ]
        return "```console\n" + "\n".join(parts) + "\n```"

    return _BLOCK.sub(anew, page)


def failures_of_python(code: str, folder: Path, names: dict[str, Any]) -> int:
    """How many of the `>>>` lines print something else than they say; `names` is what the page has made so far."""
    test = doctest.DocTestParser().get_doctest(code, names, "page", "page", 0)
    with chdir(folder):
        failed = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, clear_globs=False).failed
    names.update(test.globs)  # which doctest has copied
    return failed


def main() -> None:
    """Write every page anew, unless an example ends in an error of ours."""
    if sys.argv[1:]:
        raise SystemExit("run_examples.py takes no options: it writes the outputs in README.md and docs/ anew, and the picture")
    for path in pages_with_examples():
        with tempfile.TemporaryDirectory() as folder:
            page = rewrite(path.read_text(encoding="utf-8"), make_folder(Path(folder)))
        if "please report it" in page or "Traceback" in page:
            raise SystemExit(f"{path.name}: an example fails; the page stays as it is")
        path.write_text(page, encoding="utf-8")
    draw_picture()
    for path in NOTEBOOKS:
        run_notebook(path)


def run_notebook(path: Path, *, write: bool = True) -> Any:
    """Run a notebook from its beginning, in the folder where it lies.

    Returns:
        The notebook with what its cells gave.

    Raises:
        CellExecutionError: a cell ended in an error.
    """
    import nbformat.v4
    from nbclient import NotebookClient

    form: Any = nbformat.v4  # which has no types
    notebook = form.reads(path.read_text(encoding="utf-8"))
    resources = {"metadata": {"path": str(path.parent)}}
    NotebookClient(notebook, timeout=120, kernel_name="python3", resources=resources, record_timing=False).execute()
    if write:
        path.write_text(form.writes(notebook) + "\n", encoding="utf-8")
    return notebook


def draw_picture() -> None:
    """The chart that stands in the README, of the made corpus in samples/relation."""
    with tempfile.TemporaryDirectory() as name:
        folder = make_folder(Path(name))
        run("rasid ingest samples/relation/articles.jsonl --record r.sqlite", folder)
        said = run("rasid chart relation MRT URY --by year --record r.sqlite --out relation.svg", folder)
        if not (folder / "relation.svg").exists():
            raise SystemExit(f"{PICTURE.name}: {said}")
        PICTURE.write_bytes((folder / "relation.svg").read_bytes())


if __name__ == "__main__":
    main()
