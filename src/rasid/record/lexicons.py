"""What a version of the coder knew, and which articles a change of its lexicons can touch.

Coding an article depends on the code, on weights and tables, and on the article. The entries
of some tables are found by the words of a text only: by a word's letters, or by what is left of it without clitics. If nothing
but such entries changed, an article with none of the words of those that came, went, changed or moved is coded as before.
All else that changes touches every article. (What is remembered of persons counts for nothing here: it changes with every
article that is added, and `rasid recode --all` brings it into those that are there.)
"""

import csv
import hashlib
import json
import sqlite3
import tempfile
import zlib
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from rasid.arabic.letters import fold
from rasid.arabic.sentences import split_sentences
from rasid.arabic.words import Form, per_form, read_words
from rasid.coder import sources
from rasid.events.predicates import shapes_of
from rasid.lexicon import PACKAGE, Entry, read_entries, variants
from rasid.model import Article
from rasid.record.contents import coder_key
from rasid.record.opening import Record, transaction

# Tables of names whose rows are found by the words of a text and nothing else (`actors.lexicon.first_word`, `actors.places`).
_NAMES = frozenset(f"{name}.csv" for name in ("organisations", "places", "roles", "modifiers", "given_names", "family_names"))
_LAST = "general.yaml"  # of the predicates, as `events.predicates.sources` has them
_PREDICATES = "predicates"
_REST = ""  # the name under which there is only a hash, of all else
_LIBRARIES = ("babel", "arabic-name-romanizer", "hijridate")  # whose tables coding looks into
_NOT_CODED = frozenset(("case", "why"))  # keys of predicates that are for people and for tests


class Knowledge(NamedTuple):
    """What a version knows: files of entries that are found by words, by name, and the hash of all else."""

    files: dict[str, bytes]
    rest: str


class Said(NamedTuple):
    """An entry of a file: where it stands (`consult.yaml:14`), what it says, and what the words are read from that find it."""

    where: str
    says: str
    found_by: Entry | str


class Change(NamedTuple):
    """What became of a version's entries.

    Args:
        words: an article without any of these is as before.
        moved: where entries that are as they were stood, and now stand.
    """

    words: frozenset[str]
    moved: dict[str, str]


@cache
def knowledge() -> Knowledge:
    """What this version knows."""
    files: dict[str, bytes] = {}
    rest = hashlib.sha256()
    for path in sources():
        content = path.read_bytes()
        if _is_table(path):
            files[path.name] = content
        elif "pages" not in path.parts[len(PACKAGE.parts) :]:  # which make articles of pages, before any is coded
            rest.update(f"{path.relative_to(PACKAGE).as_posix()} {len(content)}\n".encode())
            rest.update(content)
    for library in _LIBRARIES:
        rest.update(f"{library} {version(library)}\n".encode())
    return Knowledge(files, rest.hexdigest())


def keep_knowledge(connection: sqlite3.Connection, coder: int, known: Knowledge) -> None:
    """Keep what a version knows, in a transaction, unless it is there already."""
    if connection.execute("SELECT 1 FROM coder_files WHERE coder = ?", (coder,)).fetchone():
        return
    for name, content in known.files.items():
        digest = hashlib.sha256(content).hexdigest()
        connection.execute("INSERT OR IGNORE INTO lexicon_files VALUES (?, ?)", (digest, zlib.compress(content, 9)))
        connection.execute("INSERT INTO coder_files VALUES (?, ?, ?)", (coder, name, digest))
    connection.execute("INSERT INTO coder_files VALUES (?, ?, ?)", (coder, _REST, known.rest))


def change_since(connection: sqlite3.Connection, coder: int | None, now: Knowledge) -> Change | None:
    """What changed since a version coded; None where that can touch any article, or where it is not known what it knew."""
    rows = connection.execute("SELECT name, hash FROM coder_files WHERE coder = ?", (coder,)).fetchall()
    if (_REST, now.rest) not in rows:
        return None
    before = {
        name: zlib.decompress(connection.execute("SELECT content FROM lexicon_files WHERE hash = ?", (digest,)).fetchone()[0])
        for name, digest in rows
        if name != _REST
    }
    return change_between(before, now.files)


def change_between(before: dict[str, bytes], now: dict[str, bytes]) -> Change:
    """What changed from some files to others, by name."""
    words: set[str] = set()
    moved: dict[str, str] = {}
    for table in sorted({_table_of(name) for name in (*before, *now)}):
        old, new = ({name: content for name, content in files.items() if _table_of(name) == table} for files in (before, now))
        if old == new:
            continue
        entries = [list(_entries(files)) for files in (old, new)]
        for kept, at, to in _compared(*entries):
            if kept:
                moved |= {
                    one.where: other.where
                    for one, other in zip(entries[0][at], entries[1][to], strict=True)
                    if one.where != other.where
                }
            else:
                words.update(word for entry in (*entries[0][at], *entries[1][to]) for word in _words_of(entry))
    return Change(frozenset(words), moved)


def touches(change: Change, article: Article) -> bool:
    """Whether an article has a word by which a changed entry could be found in it; its words are parted as the coder does."""
    parts = (article.title or "", *(span.text for span in split_sentences(article.text)))
    return bool(change.words) and any(
        not change.words.isdisjoint(_found_under(word.form)) for part in parts for word in read_words(part)
    )


def keep_version(record: Record, coder: str) -> None:
    """Keep what the version `coder`, which is this one, knows."""
    with transaction(record) as connection:
        key = coder_key(connection, coder)
        if key is not None:
            keep_knowledge(connection, key, knowledge())


def _compared(old: Sequence[Said], new: Sequence[Said]) -> Iterator[tuple[bool, slice, slice]]:
    """Stretches of two lists of entries, and whether they say the same, in the same order."""
    matcher = SequenceMatcher(None, [entry.says for entry in old], [entry.says for entry in new], autojunk=False)
    for tag, first, last, start, end in matcher.get_opcodes():
        yield tag == "equal", slice(first, last), slice(start, end)


def _is_table(path: Path) -> bool:
    return path.parent.name == "lexicon" and (path.name in _NAMES or path.suffix == ".yaml")


def _table_of(name: str) -> str:
    """Predicates are one table in many files: of two that hold, the first counts, in whichever it stands."""
    return _PREDICATES if name.endswith(".yaml") else name


def _entries(files: dict[str, bytes]) -> Iterator[Said]:
    for name in sorted(files, key=lambda name: (name == _LAST, name)):
        yield from _predicates(name, files[name]) if name.endswith(".yaml") else _rows(name, files[name])


def _predicates(name: str, content: bytes) -> Iterator[Said]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        for entry in read_entries(path):
            said = {key: value for key, value in entry.keys.items() if key not in _NOT_CODED}
            # Conditions are tried in the order in which they are written.
            yield Said(entry.where, json.dumps(said, ensure_ascii=False, default=str), entry)


def _rows(name: str, content: bytes) -> Iterator[Said]:
    """The rows of a table, the header among them: the first column that holds names is what a row is found by."""
    header: list[str] = []
    for number, line in enumerate(content.decode("utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in next(csv.reader([line]))]
        header = header or cells
        named = dict(zip(header, cells, strict=False))
        yield Said(f"{name}:{number}", repr(cells), named.get("names") or named.get("words") or "")


def _words_of(said: Said) -> Iterator[str]:
    """The words, one of which a text must have for an entry to bear on it."""
    if isinstance(said.found_by, Entry):
        yield from map(_bare, shapes_of(said.found_by))
        return
    for name in variants(said.found_by):
        yield from (_bare(fold(word)) for word in name.split())
        yield from (_bare(word.form.fold) for word in read_words(name))


@per_form
def _found_under(form: Form) -> frozenset[str]:
    """All that a word can be looked up by: its letters, and what is left without clitics and the س of the future."""
    stems = {reading.stem for reading in form.readings}
    return frozenset(map(_bare, {form.fold, *stems, *(stem[1:] for stem in stems if stem[0] == "س")}))


def _bare(word: str) -> str:
    """A word without ال, which a table's names and a text's words have or have not."""
    while word.startswith("ال"):
        word = word.removeprefix("ال")
    return word
