"""Sentences: where one ends and the next begins."""

import re
from collections import deque
from collections.abc import Iterator

from rasid.arabic.letters import ARABIC_LETTERS, INVISIBLE, MARKS
from rasid.model import Span

LONGEST = 1200  # characters; a page without full stops is cut at its commas, so that no sentence costs more than this

_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_END = re.compile(r"[.۔!?؟…]+(?:[\"'”’»›)\]]+[.۔!?؟…]*)*")
_CONTINUES = re.compile(r"\s*[،,؛;:]")
_NOTHING = re.compile(r"\s*")
_INK = re.compile(r"\S")
_QUOTE = re.compile('["«»“”]')
_ASIDE = re.compile(r"\([^()]{0,200}\)")  # a full stop in a short aside ends nothing: (أ.ف.ب. أمس)
_REACH = 24  # characters before a full stop that can show an abbreviation
_ABBREVIATION = re.compile(
    rf"(?P<before>.*?)(?<![\w{MARKS}.])(?:"
    rf"(?P<initials>و?(?:[^\W\d_]\.)*[^\W\d_][{MARKS}{INVISIBLE}]*)"  # د. and ود. and U.S. and أ.ف.ب.
    r"|Mrs?|Ms|Dr|Prof|St|Gen|Col|Lt|Sen|Rep|Gov|Inc|Ltd|Corp|vs|No)",
    re.DOTALL,
)
_NO_TITLE = re.compile(r"(?:\d|(?:^|[\s(])[^\W\d_])\s+$")  # what stands before هـ in 1412 هـ. and before ب in أ ف ب.
_ITEM = re.compile(r"\s*\d{1,3}")  # 1. at the head of a line
_FORGOTTEN_SPACE = re.compile(f'(?:[{ARABIC_LETTERS}{MARKS}]{{4}}|[»”"])$')  # الماضي.وهو; but بي.بي.سي
_ARABIC_NEXT = re.compile(f'[«“"]?[{ARABIC_LETTERS}]')


def split_sentences(text: str) -> list[Span]:
    """The sentences of `text`, in order, without the blanks around them.

    A line ends a sentence, so titles stand alone. So do `.` `؟` `!` and an ellipsis, with the quotes and brackets that close
    after them; not in numbers, abbreviations and short asides, and not before a comma. A full stop within a quotation ends
    a sentence, an ellipsis there does not.

    Returns:
        Spans of at most `LONGEST` characters; together they hold every character that is not white space, once.
    """
    return [
        span
        for line in _LINE.finditer(text)
        for start, end in _split_line(text, line.start(), line.end())
        for span in _fit(text, start, end)
    ]


def _split_line(text: str, start: int, line_end: int) -> Iterator[tuple[int, int]]:
    asides = deque(aside.span() for aside in _ASIDE.finditer(text, start, line_end))
    quoted, counted = False, start
    for mark in _END.finditer(text, start, line_end):
        for quote in _QUOTE.findall(text, counted, mark.start()):
            quoted = not quoted if quote == '"' else quote in "«“"
        counted = mark.start()
        while asides and asides[0][1] <= counted:
            asides.popleft()
        if asides and asides[0][0] < counted and not _ends_aside(text, start, mark.end(), *asides[0]):
            continue
        if _ends(text, start, mark, line_end, quoted):
            yield start, mark.end()
            start = mark.end()
    yield start, line_end


def _ends_aside(text: str, start: int, end: int, aside_start: int, aside_end: int) -> bool:
    """Whether a mark up to `end`, begun within an aside, closes a sentence that is all aside, or goes on after it."""
    return end > aside_end or (end == aside_end and bool(_NOTHING.fullmatch(text, start, aside_start)))


def _ends(text: str, start: int, mark: re.Match[str], line_end: int, quoted: bool) -> bool:
    """Whether `mark` ends the sentence that began at `start`."""
    place, end, sign = mark.start(), mark.end(), mark.group()
    if _NOTHING.fullmatch(text, start, place) or _CONTINUES.match(text, end, line_end):
        return False
    if _NOTHING.fullmatch(text, end, line_end):
        return True
    if ".." in sign or "…" in sign:
        return not quoted
    spaced = text[end].isspace()
    if not sign.startswith((".", "۔")):
        return spaced or bool(_ARABIC_NEXT.match(text, end))
    before = text[max(start, place - _REACH) : place]
    if not spaced:
        return bool((len(sign) > 1 or _FORGOTTEN_SPACE.search(before)) and _ARABIC_NEXT.match(text, end))
    return len(sign) > 1 or not (_is_abbreviation(before) or _ITEM.fullmatch(text, start, place))


def _is_abbreviation(before: str) -> bool:
    found = _ABBREVIATION.fullmatch(before)
    return bool(found and not (found["initials"] and _NO_TITLE.search(found["before"])))


def _fit(text: str, start: int, end: int) -> Iterator[Span]:
    """`start` to `end` without the blanks around it, in pieces of at most `LONGEST`, cut after a comma if there is one."""
    while ink := _INK.search(text, start, end):
        start = ink.start()
        piece = text[start : min(end, start + LONGEST)]
        if end - start > LONGEST:
            comma = max(piece.rfind("،"), piece.rfind(", "))
            piece = piece[: (comma if comma >= 0 else piece.rfind(" ")) + 1] or piece
        words = piece.rstrip()
        yield Span(start, start + len(words), words)
        start += len(piece)
