"""The points that speak for and against two reports being of one act; the table is `points.csv`."""

from functools import cache
from pathlib import Path
from typing import NamedTuple

from rasid.errors import LexiconError
from rasid.lexicon import read_table

SOURCE = Path(__file__).parent / "points.csv"
NAMES = frozenset(
    [
        "join",
        *(
            "same type",
            "other type",
            "same mode",
            "other mode",
            "other status",
            "same day said",
            "same day",
            "same time",
            "next day",
        ),
        *("other day", "same actor name", "same actor", "other actor name", "other actor", "same recipient name"),
        *(
            "same recipient",
            "others besides",
            "other recipient name",
            "other recipient",
            "same sides",
            "same place",
            "near place",
            "other place",
        ),
        *("same country", "other country said", "other country", "same count", "near count", "other count", "same trigger"),
        *("words", "titles", "same article", "said by people"),
    ]
)


class Point(NamedTuple):
    """How much a finding counts; None: where it holds, two reports are never one act. `words` say it to people."""

    points: float | None
    words: str


@cache
def points() -> dict[str, Point]:
    """The table, by name.

    Raises:
        LexiconError: a row is unknown, missing or no number.
    """
    table: dict[str, Point] = {}
    for where, cells in read_table(SOURCE, ("name", "points", "words")):
        name, worth = cells["name"], cells["points"]
        if name not in NAMES:
            raise LexiconError(f'{where}: "{name}" is no finding; there are {", ".join(sorted(NAMES))}')
        try:
            table[name] = Point(None if worth == "never" else float(worth), cells["words"])
        except ValueError:
            raise LexiconError(f'{where}: "{worth}" is neither a number nor never') from None
    missing = sorted(NAMES - table.keys())
    if missing:
        raise LexiconError(f"{SOURCE.name}:1: no row for {', '.join(missing)}")
    return table
