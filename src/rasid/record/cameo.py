"""CAMEO codes for PLOVER events, for those who move from the older ontology."""

from functools import cache
from pathlib import Path
from typing import NamedTuple

from rasid.errors import LexiconError
from rasid.events.plover import contexts, modes, types
from rasid.lexicon import read_table

CAMEO = Path(__file__).parent / "data" / "cameo.csv"
_QUADS = {4: 1, 2: 2, 3: 3, 1: 4}  # CAMEO counts from verbal cooperation to material conflict


class Cameo(NamedTuple):
    """A code of CAMEO, and whether it is just that (`exact`) or the category that has it among others (`root`)."""

    code: str
    fit: str


def cameo_of(event_type: str, mode: str | None, of_contexts: tuple[str, ...] = ()) -> Cameo:
    """The code for an event; the first row of the table that fits decides."""
    return next(
        cameo
        for wanted_mode, context, cameo in _rows()[event_type]
        if wanted_mode in ("", mode) and (not context or context in of_contexts)
    )


def cameo_quad(quad: int) -> int:
    """CAMEO's number of a quad class: 1 verbal and 2 material cooperation, 3 verbal and 4 material conflict."""
    return _QUADS[quad]


@cache
def _rows() -> dict[str, list[tuple[str, str, Cameo]]]:
    rows: dict[str, list[tuple[str, str, Cameo]]] = {kind: [] for kind in types()}
    for where, cells in read_table(CAMEO, ("type", "mode", "context", "cameo", "fit")):
        kind, mode, context = cells["type"], cells["mode"], cells["context"]
        if kind not in rows or (mode and mode not in modes(kind)) or (context and context not in contexts()):
            raise LexiconError(f"{where}: {kind} {mode} {context} is no type, mode and context of PLOVER")
        if not cells["cameo"].isdigit() or cells["fit"] not in ("exact", "root"):
            raise LexiconError(f"{where}: a CAMEO code of digits, and as fit exact or root, must stand here")
        rows[kind].append((mode, context, Cameo(cells["cameo"], cells["fit"])))
    for kind, of_kind in rows.items():
        if not any(not mode and not context for mode, context, _ in of_kind):
            raise LexiconError(f"{CAMEO.name}:1: {kind} lacks a row without mode and context, for all that no other fits")
    return rows
