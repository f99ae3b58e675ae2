"""Items of Wikidata: of the countries, bodies and persons of our tables, only where we are sure of them."""

import re
from functools import cache

from rasid.actors.lexicon import FOLDER
from rasid.errors import LexiconError
from rasid.lexicon import compiled, read_table

ITEMS = FOLDER / "wikidata.csv"
COLUMNS = ("kind", "key", "wikidata")
KINDS = ("country", "organisation", "person")
_ITEM = re.compile(r"Q[1-9]\d*")


def item_of(kind: str, key: str | None) -> str | None:
    """The item (`Q79`) of a country by its ISO 3166 code, of a body or person by its Latin form; None where unknown."""
    return _items().get((kind, key)) if key else None


@cache
def country_of_item(item: str) -> str | None:
    """The ISO 3166 code of a country's item."""
    return next((key for (kind, key), known in _items().items() if known == item and kind == "country"), None)


@cache
def _items() -> dict[tuple[str, str], str]:
    rows: list[tuple[str, str, str]] = compiled("items", (ITEMS,), lambda: [(*key, item) for key, item in read_items().items()])
    return {(kind, key): item for kind, key, item in rows}


def read_items() -> dict[tuple[str, str], str]:
    """The table: (kind, key) -> item.

    Raises:
        LexiconError: an unknown kind, no item's number, or a key or an item that stands there already.
    """
    items: dict[tuple[str, str], str] = {}
    seen: dict[str, str] = {}
    for where, cells in read_table(ITEMS, COLUMNS):
        if cells["kind"] not in KINDS:
            raise LexiconError(f'{where}: unknown kind "{cells["kind"]}" ({", ".join(KINDS)})')
        if not cells["key"] or not _ITEM.fullmatch(cells["wikidata"]):
            raise LexiconError(
                f'{where}: "{cells["wikidata"]}" is no item of Wikidata for "{cells["key"]}"; write Q and a number'
            )
        key = (cells["kind"], cells["key"])
        if key in items or cells["wikidata"] in seen:
            raise LexiconError(f"{where}: {cells['key']} or {cells['wikidata']} stands there already; each has one line")
        items[key] = cells["wikidata"]
        seen[cells["wikidata"]] = where
    return items
