"""Rules and reasons, which the code gives in English, in the language of the reader; those that no table knows stay English."""

import datetime as dt
import re
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from rasid.errors import LexiconError
from rasid.lexicon import read_table
from rasid.server.site.languages import Language

RULES = Path(__file__).parent / "rules.csv"
_HOLE = re.compile(r"\{(day)?\}")
_DAY = r"(\d{4}-\d\d-\d\d)"
_WORD = re.compile(r"[A-Za-z_]+")


class Rule(NamedTuple):
    """A rule in words, their language, and the Arabic of the text that shows it."""

    said: str
    language: str
    shown: str = ""


def rule_in(language: Language, said: str, shown: str = "") -> Rule:
    """A rule as the code words it, for a reader."""
    other = _in_arabic(said) if language.code == "ar" else None
    if other is None:
        return Rule(said, "en", shown)
    return Rule(re.sub(_DAY, lambda day: language.day(dt.date.fromisoformat(day[1])), other), "ar", shown)


def entry_in(language: Language, said: str, shown: str = "") -> Rule:
    """A line of a lexicon entry or of a clause (`actor: [subject, من]`), its words of grammar said word by word."""
    if language.code == "en" or said.startswith("events/"):
        return Rule(said, "en", shown)
    known = _WORD.sub(lambda word: language.label("grammar", word[0]).removeprefix("grammar."), said)
    return Rule(said, "en", shown) if _WORD.search(known) else Rule(known.replace(", ", "، "), "ar", shown)


@lru_cache(maxsize=2048)
def _in_arabic(said: str) -> str | None:
    for pattern, arabic in _rules():
        if found := pattern.fullmatch(said):
            return "".join(map(str.__add__, _HOLE.sub("\0", arabic).split("\0"), [*found.groups(), ""]))
    return None


@cache
def _rules() -> tuple[tuple[re.Pattern[str], str], ...]:
    found = []
    for where, cells in read_table(RULES, ("rule", "arabic")):
        holes = [hole[1] for hole in _HOLE.finditer(cells["rule"])]
        if holes != [hole[1] for hole in _HOLE.finditer(cells["arabic"])]:
            raise LexiconError(f"{where}: the rule and its Arabic must have the same {{}} and {{day}} in the same order")
        parts = [re.escape(part) for part in _HOLE.sub("\0", cells["rule"]).split("\0")]
        filled = [part + (_DAY if hole else "(.+)") for part, hole in zip(parts, holes, strict=False)]
        found.append((re.compile("".join([*filled, parts[-1]])), cells["arabic"]))
    return tuple(found)
