"""Reading the data files in which language knowledge is kept, and keeping what was compiled from them.

A mistake in a file is a `LexiconError` that begins with `file:line:`. What is compiled is stored beside the package, like
Python's own `__pycache__`, under a fingerprint of the files, so that an edited file is read anew and an old one is not.
"""

import csv
import hashlib
import marshal
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from rasid.errors import LexiconError

PACKAGE = Path(__file__).parent


class Row(NamedTuple):
    """A line of a CSV file: where it stands, and its cells by column."""

    where: str  # `countries.csv:12`
    cells: dict[str, str]


class Entry(NamedTuple):
    """An item of a YAML list: where it stands, and its keys."""

    where: str
    keys: dict[str, Any]


def read_table(path: Path, columns: Sequence[str]) -> Iterator[Row]:
    """The rows of a CSV file with the header `columns`; lines that are blank or begin with # are for people.

    Raises:
        LexiconError: another header, or a row with too few or too many cells.
    """
    with path.open(encoding="utf-8", newline="") as file:
        header = None
        for number, line in enumerate(file, 1):
            if not line.strip() or line.startswith("#"):
                continue
            cells = next(csv.reader([line]))
            if header is None:
                header = cells
                if header != list(columns):
                    raise LexiconError(f"{path.name}:{number}: the header is {','.join(cells)}; it must be {','.join(columns)}")
                continue
            if len(cells) != len(columns):
                raise LexiconError(
                    f"{path.name}:{number}: {len(cells)} cells where there must be {len(columns)}; quote a cell with commas"
                )
            yield Row(f"{path.name}:{number}", dict(zip(columns, (cell.strip() for cell in cells), strict=True)))


def variants(cell: str) -> list[str]:
    """The parts of a cell in which `|` stands between variants."""
    return [part.strip() for part in cell.split("|") if part.strip()]


def read_entries(path: Path) -> list[Entry]:
    """The items of a YAML file that holds a list of mappings.

    Raises:
        LexiconError: no YAML, no list, or an item that is no mapping.
    """
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(path.read_text(encoding="utf-8"))
    try:
        root = loader.get_single_node()
        if root is None:
            return []
        if not isinstance(root, yaml.SequenceNode):
            raise LexiconError(f"{path.name}:1: the file must be a list of entries, each beginning with '- '")
        entries = []
        for node in root.value:
            where = f"{path.name}:{node.start_mark.line + 1}"
            if not isinstance(node, yaml.MappingNode):
                raise LexiconError(f"{where}: an entry must be 'key: value' lines")
            entries.append(Entry(where, loader.construct_document(node)))
        return entries
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise LexiconError(f"{path.name}:{line}: {error.problem}") from None
    finally:
        loader.dispose()


def fingerprint(paths: Sequence[Path]) -> str:
    """Sixteen hex digits that change whenever the text of one of the files does."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def compiled(name: str, sources: Sequence[Path], build: Callable[[], Any]) -> Any:
    """What `build` makes out of `sources`, from the store where it is there already.

    `build` returns plain Python values only (numbers, strings, tuples, lists, dicts). A store that cannot be written, as in a
    read-only installation, only costs the time of building.
    """
    store = PACKAGE / "__pycache__" / f"lexicon.{name}.{sys.implementation.cache_tag}.{_stamp(sources)}"
    with suppress(OSError, ValueError, EOFError, TypeError):
        return marshal.loads(store.read_bytes())
    value = build()
    with suppress(OSError):
        _replace(store, marshal.dumps(value))
    return value


def _stamp(sources: Sequence[Path]) -> str:
    """Names, sizes and times of the sources and of the code that compiles them: cheap to take at every start."""
    code = sorted(PACKAGE.rglob("*.py"))
    marks = [(path.name, status.st_size, status.st_mtime_ns) for path in [*sorted(sources), *code] for status in [path.stat()]]
    return hashlib.sha256(repr(marks).encode()).hexdigest()[:16]


def _replace(store: Path, content: bytes) -> None:
    store.parent.mkdir(exist_ok=True)
    for old in store.parent.glob(".".join(store.name.split(".")[:-1]) + ".*"):
        old.unlink(missing_ok=True)
    handle, temporary = tempfile.mkstemp(dir=store.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    os.replace(temporary, store)
