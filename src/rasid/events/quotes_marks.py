"""Quotation marks: which words of an article stand in them, however many sentences they fill."""

import re
from typing import NamedTuple

_MARK = re.compile(r"[«»“”„‟\"\n]|''|‘|’|‹‹?|››?|\(\(|\)\)")
_FAMILY = {"«": "«", "»": "«", "“": "“", "”": "“", "„": "“", "‟": "“", '"': '"', "''": "'", "‘": "‘", "’": "‘",
    "‹‹": "‹", "››": "‹", "‹": "‹", "›": "‹", "((": "((", "))": "(("}  # fmt: skip
_WORD = re.compile(r"\S+")
_CLOSES_ONLY = frozenset(("»", "))", "›", "››"))


class Region(NamedTuple):
    """Words in marks: from where to where they stand without the marks, and with them."""

    start: int
    end: int
    outer_start: int
    outer_end: int
    words: int


def find_regions(text: str) -> list[Region]:
    """The words of `text` that stand in quotation marks, in order; marks within others belong to what those hold.

    Marks that open the wrong way round (`”كلام“`) are taken as they are meant. Words behind a mark that nothing closes end with
    their line, where there are more than a few.
    """
    regions: list[Region] = []
    opened: tuple[str, int, int] | None = None
    depth = 0
    for mark in _MARK.finditer(text):
        sign = mark.group()
        if sign == "\n":
            if opened:
                _close(text, opened, mark.start(), mark.start(), regions, whole=False)
            opened, depth = None, 0
            continue
        family = _FAMILY[sign]
        if opened is None:
            if sign not in _CLOSES_ONLY and not _is_apostrophe(text, mark):
                opened = (family, mark.start(), mark.end())
        elif family == opened[0]:
            if sign == "«":
                depth += 1
            elif depth:
                depth -= 1
            else:
                _close(text, opened, mark.start(), mark.end(), regions, whole=True)
                opened = None
    if opened:
        _close(text, opened, len(text), len(text), regions, whole=False)
    return regions


_LEAST_OPEN = 5


def _close(text: str, opened: tuple[str, int, int], end: int, outer_end: int, regions: list[Region], *, whole: bool) -> None:
    family, outer_start, start = opened
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    number = len(_WORD.findall(text, start, end))
    if number and (whole or (number >= _LEAST_OPEN and family != "‘")):
        regions.append(Region(start, end, outer_start, outer_end, number))


def _is_apostrophe(text: str, mark: "re.Match[str]") -> bool:
    """A single mark within a word: `O’Neil`."""
    at = mark.start()
    return mark.group() in "‘’" and at > 0 and text[at - 1].isalpha()
