"""Lines of a page and their shape: which is running text, which a heading, a menu or a bar of links."""

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from rasid.arabic.letters import ARABIC_LETTERS, INVISIBLE, PRESENTATION_FORMS, fold
from rasid.lexicon import read_table, variants

LONG = 140  # characters; hardly a headline is as long
_FULL = 60  # a line of this length that ends like a sentence is one
_MENU = 60  # characters of a line that may stand on other pages too
_SHORT = 25  # the shortest sentence
_UNSEEN = re.compile(f"[{INVISIBLE}\u00ad\u2060-\u2064\u180e\ufff9-\ufffc]+")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f]|[\ud800-\udfff]")
_ODD = re.compile(f"{_UNSEEN.pattern}|{_CONTROL.pattern}")
_BREAK = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")
_WORD = re.compile(f"[{ARABIC_LETTERS}{PRESENTATION_FORMS}]+")
_STOP = re.compile(r"[^\W\d_]{3}\. ")  # a sentence's end within a line; `..` is a headline's
_NO_LETTER = re.compile(r"[\W_]+")
_CLOSERS = "\"'”“’»«)]› "
_STROKE = re.compile("[|•·‧▪:]")
_BAR = re.compile(r"(?:^|\s)(?:[|•·‧▪]|::)(?=\s|$)")


class Line(NamedTuple):
    """A line as the article would show it, how it is looked up, and what its shape says."""

    text: str
    fold: str  # folded, Latin letters in lower case
    prose: bool  # running text, as against headings, menus and captions
    linked: bool = False  # nothing but a link, in HTML


def tidy(text: str) -> str:
    """One line of `text`: composed letters, single spaces, nothing that cannot be seen (bidi controls, zero-width marks)."""
    if _ODD.search(text):
        text = _CONTROL.sub("", _UNSEEN.sub("", text))
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return " ".join(text.split())


def split_lines(text: str) -> list[str]:
    """The lines of `text`, tidied; blank ones are left out."""
    return [line for line in map(tidy, _BREAK.split(text)) if line]


def read_line(text: str, linked: bool = False) -> Line:
    """`text`, which is tidy, with its shape."""
    return _read_again(text, linked) if len(text) <= _MENU else _read_once(text, linked)


def _read_once(text: str, linked: bool) -> Line:
    folded = fold(text).lower()
    return Line(text, folded, is_prose(text, folded) and not (linked and len(text) < LONG), linked)


# The menus and headings of a site stand on each of its pages.
_read_again = lru_cache(maxsize=20_000)(_read_once)


def read_lines(text: str) -> list[Line]:
    """The lines of `text`, tidied, with their shapes."""
    return [read_line(line) for line in split_lines(text)]


def is_prose(text: str, folded: str) -> bool:
    """Whether a line is running text: by its length, its end, its commas and the word it begins with."""
    size = len(text)
    if size < _SHORT or text.count(" ") < 3:
        return False
    words = len(_WORD.findall(folded))
    if words < 4 or is_bar(text):
        return False
    if size >= LONG:
        return True
    end = text.rstrip(_CLOSERS)
    if end.endswith(".") and not end.endswith(".."):
        return words >= 5 or size >= _FULL
    if size >= 40 and folded.partition(" ")[0] in _openers():
        return words >= 6
    if size >= _FULL and end.endswith((":", "؛", "،", ",")):
        return True
    return size >= 80 and (
        _STOP.search(text) is not None or text.count("،") + text.count(", ") >= 2 or end.endswith(("؟", "!", "?"))
    )


def is_bar(text: str) -> bool:
    """Whether a line is a row of short items with strokes or bullets between them, as menus and footers are."""
    if not _STROKE.search(text):  # as in nearly all lines
        return False
    strokes = len(_BAR.findall(text))
    return strokes >= 2 and len(text) < 45 * (strokes + 1)


def is_link(line: Line) -> bool:
    """Whether a line is nothing but a link, and no sentence: another article's headline."""
    return line.linked and not is_prose(line.text, line.fold)


def has_arabic(text: str) -> bool:
    """Whether there is an Arabic letter in `text`."""
    return _WORD.search(text) is not None


def letters_of(text: str) -> str:
    """`text` folded, letters and digits only: what must be the same for two lines to be the same words."""
    return _NO_LETTER.sub("", fold(text).lower())


def key_of(line: Line) -> str:
    """`letters_of` a line, whose text is folded already."""
    return _key_again(line.fold) if len(line.fold) <= _MENU else _NO_LETTER.sub("", line.fold)


@lru_cache(maxsize=20_000)
def _key_again(folded: str) -> str:
    return _NO_LETTER.sub("", folded)


@cache
def _openers() -> frozenset[str]:
    table = read_table(Path(__file__).parent / "lexicon" / "openers.csv", ("words", "note"))
    return frozenset(fold(word) for row in table for word in variants(row.cells["words"]))
