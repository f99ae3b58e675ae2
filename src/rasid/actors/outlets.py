"""The country that an outlet writes of: from its name, or from the address of the page."""

import re
from functools import cache, lru_cache
from urllib.parse import urlsplit

from babel.core import get_global

from rasid.actors.lexicon import FOLDER
from rasid.arabic.letters import fold
from rasid.errors import LexiconError
from rasid.lexicon import read_table, variants

OUTLETS = FOLDER / "outlets.csv"
_KINDS = re.compile(r"^(صحيفه|جريده|موقع|قناه|شبكه|بوابه|تلفزيون|اذاعه|راديو|وكاله انباء|مجله) ")
_BRACKETS = re.compile(r"\([^)]{0,200}\)|[-–—]\s{0,9}wire\b")
_FOR_ALL = frozenset(
    ("tv", "me", "io", "co", "fm", "am", "ly", "ai", "cc", "ws", "gg", "im", "la", "st", "su")
)  # used by anybody


@cache
def _table() -> dict[str, str]:
    table: dict[str, str] = {}
    for where, cells in read_table(OUTLETS, ("names", "country")):
        for name in variants(cells["names"]):
            if table.setdefault(_key(name), cells["country"]) != cells["country"]:
                raise LexiconError(
                    f'{where}: "{name}" stands under another country already; leave it where it is meant more often'
                )
    return table


def _key(name: str) -> str:
    return _KINDS.sub("", " ".join(re.findall(r"[\w.]+", fold(_BRACKETS.sub(" ", name)).lower())))


@lru_cache(maxsize=1 << 12)
def outlet_country(source: str | None, url: str | None) -> str | None:
    """The country (ISO 3166 alpha-3) of an outlet, by its name, else by the host of `url`."""
    key = _key(source) if source else ""
    return _table()[key] or None if key in _table() else _of_host(_host(url))


def _host(url: str | None) -> str:
    try:
        return (urlsplit(url).hostname or "") if url else ""
    except ValueError:  # `http://[broken`
        return ""


def _of_host(host: str) -> str | None:
    """`www.hespress.com` by its name, `www.mosaiquefm.net.tn` by its domain."""
    parts = host.lower().removeprefix("www.").split(".")
    for part in parts[:-1]:
        name = _key(part.replace("-", " "))
        if name in _table():
            return _table()[name] or None
    domain = parts[-1].upper() if len(parts) > 1 else ""
    if len(domain) != 2 or domain.lower() in _FOR_ALL:
        return None
    return _alpha3().get("GB" if domain == "UK" else domain)


@cache
def _alpha3() -> dict[str, str]:
    """ISO 3166 alpha-2 to alpha-3, as CLDR has it."""
    found: dict[str, str] = {}
    for alias, codes in get_global("territory_aliases").items():
        if len(alias) == 3 and alias.isalpha() and len(codes) == 1:
            found.setdefault(codes[0], alias)
    return found
