"""Which articles are copies of one text, and how: exact, near, edited, an excerpt or an update.

Candidates share a fingerprint (`shingles.py`); whether two of them are copies is decided by the exact overlap of their
shingles, and by nothing that depends on the other articles. Fingerprints are kept in SQLite, so that
memory does not grow with them.
"""

import sqlite3
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from rasid.stories.shingles import Prints, read_folded, read_prints, read_shingles

CopyKind = Literal["exact", "near", "edited", "excerpt", "update"]
NEAR, EDITED = 0.8, 0.5  # of the shingles of both
EXCERPT = 0.7  # of the shingles of the shorter text
_SHARED = 0.35  # of the samples of the text that has fewer: far below what an excerpt shares, so that chance loses none
# A phrase in more texts than this is a formula or the furniture of a site; alone it makes no two texts candidates.
_FORMULA = 200
_KEPT = 500  # texts whose shingles are kept at hand

# The record has tables of the same shape; `article` is any whole number that stands for one. What is to be compared with
# all others is also in `fresh`, a table or view like `fingerprints`.
SCHEMA = (
    "CREATE TABLE fingerprinted (article INTEGER PRIMARY KEY, words TEXT NOT NULL, samples INTEGER NOT NULL) STRICT",
    "CREATE TABLE fingerprints (kind INTEGER NOT NULL, print INTEGER NOT NULL, article INTEGER NOT NULL, "
    "PRIMARY KEY (kind, print, article)) STRICT, WITHOUT ROWID",
)
FRESH = (
    "CREATE TEMP TABLE fresh (kind INTEGER, print INTEGER, article INTEGER, PRIMARY KEY (kind, print, article)) WITHOUT ROWID"
)
_ALL_FRESH = "CREATE TEMP VIEW fresh AS SELECT * FROM fingerprints"
_BAND, _SAMPLE = 0, 1
_CANDIDATES = f"""
WITH shared AS MATERIALIZED (
    SELECT y.article AS a, x.article AS b, y.kind, count(*) AS n
    FROM temp.fresh AS y JOIN fingerprints AS x ON x.kind = y.kind AND x.print = y.print AND x.article <> y.article
    WHERE y.kind = {_BAND} OR y.print NOT IN
        (SELECT print FROM fingerprints WHERE kind = {_SAMPLE} GROUP BY print HAVING count(*) > :formula)
    GROUP BY y.article, x.article, y.kind
)
SELECT DISTINCT min(shared.a, shared.b) AS a, max(shared.a, shared.b) AS b
FROM shared
JOIN fingerprinted AS of_a ON of_a.article = shared.a
JOIN fingerprinted AS of_b ON of_b.article = shared.b
WHERE shared.kind = {_BAND} OR shared.n >= :shared * min(of_a.samples, of_b.samples)
ORDER BY 1, 2
"""


class Text(NamedTuple):
    """What of an article is compared: its words, folded, its shingles, and the outlet that wrote it."""

    words: list[str]
    shingles: frozenset[int]
    outlet: str | None


class Likeness(NamedTuple):
    """Two articles that are copies: how, and how much of their shingles is common to both (Jaccard, 0 to 1)."""

    kind: CopyKind
    similarity: float


class Copy(NamedTuple):
    """A pair of articles that are copies; `a` sorts before `b`."""

    a: int
    b: int
    kind: CopyKind
    similarity: float


class Change(NamedTuple):
    """What stands in one text in the place of what stands in the other, as words in their order; folded."""

    before: str
    after: str


def read_text(text: str, outlet: str | None = None) -> Text:
    """An article's text as it is compared."""
    words = read_folded(text)
    return Text(words, read_shingles(words), outlet)


def compare(a: Text, b: Text) -> Likeness | None:
    """How two articles are copies of one text; None where they are not.

    `update` is what one outlet wrote anew, or what gives other figures at the same place; an excerpt has most of its shingles
    in a text that is much longer.
    """
    if not a.words or not b.words:
        return None
    if a.words == b.words:
        return Likeness("exact", 1.0)
    common = len(a.shingles & b.shingles)
    jaccard = common / (len(a.shingles) + len(b.shingles) - common)
    similarity = round(jaccard, 3)
    if jaccard < EDITED:
        within = common / min(len(a.shingles), len(b.shingles))
        return Likeness("excerpt", similarity) if within >= EXCERPT else None
    if (a.outlet is not None and a.outlet == b.outlet) or _other_figures(a, b):
        return Likeness("update", similarity)
    return Likeness("near" if jaccard >= NEAR else "edited", similarity)


def changes(a: list[str], b: list[str]) -> list[Change]:
    """What changed from the words of one text to those of another, in order; an empty side is what came or went."""
    first = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    a, b = a[first:], b[first:]
    return [
        Change(" ".join(a[start:end]), " ".join(b[other:until]))
        for kind, start, end, other, until in SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
        if kind != "equal"
    ]


def _other_figures(a: Text, b: Text) -> bool:
    """Is a number of one text another number in the other, with the same words around it?"""
    of_a, of_b = ({word for word in text.words if word.isdigit()} for text in (a, b))
    if not of_a - of_b or not of_b - of_a:
        return False
    pairs = ((change.before, change.after) for change in changes(a.words, b.words))
    return any(before.isdigit() and after.isdigit() and before != after for before, after in pairs)


def keep_prints(connection: sqlite3.Connection, article: int, prints: Prints) -> None:
    """Write the fingerprints of an article to `fingerprinted` and `fingerprints`."""
    connection.execute("INSERT INTO fingerprinted VALUES (?, ?, ?)", (article, prints.words, len(prints.samples)))
    connection.executemany("INSERT OR IGNORE INTO fingerprints VALUES (?, ?, ?)", rows_of(article, prints))


def rows_of(article: int, prints: Prints) -> list[tuple[int, int, int]]:
    """The fingerprints of an article as rows of `fingerprints`."""
    return [(_BAND, band, article) for band in prints.bands] + [(_SAMPLE, sample, article) for sample in prints.samples]


def find_copies(connection: sqlite3.Connection, text_of: Callable[[int], Text]) -> Iterator[Copy]:
    """The pairs of copies of which one is fresh at least, sorted.

    Args:
        connection: holds `fingerprinted`, `fingerprints` and `fresh`.
        text_of: an article's text by its number.
    """
    kept: OrderedDict[int, Text] = OrderedDict()

    def text(article: int) -> Text:
        if article not in kept:
            kept[article] = text_of(article)
            if len(kept) > _KEPT:
                kept.popitem(last=False)
        kept.move_to_end(article)
        return kept[article]

    for a, b in connection.execute(_CANDIDATES, {"formula": _FORMULA, "shared": _SHARED}):
        likeness = compare(text(a), text(b))
        if likeness is not None:
            yield Copy(a, b, *likeness)


def copies_among(texts: Iterable[tuple[str, str | None]], text_of: Callable[[int], tuple[str, str | None]]) -> Iterator[Copy]:
    """The copies among articles that are in no record.

    Args:
        texts: text and outlet of each; they are numbered from 0.
        text_of: text and outlet once more, by number.
    """
    with closing(sqlite3.connect("")) as scratch:  # a file that SQLite takes away again
        for statement in (*SCHEMA, _ALL_FRESH):
            scratch.execute(statement)
        for number, (text, _) in enumerate(texts):
            keep_prints(scratch, number, read_prints(read_folded(text)))
        yield from find_copies(scratch, lambda number: read_text(*text_of(number)))
