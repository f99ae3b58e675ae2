"""Numbers as news writes them: digits of three scripts, words, and both (`3 آلاف`); ordinals up to 31."""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from rasid.arabic.letters import fold
from rasid.arabic.words import Form, Word, per_form
from rasid.errors import LexiconError
from rasid.lexicon import read_table, variants

SOURCE = Path(__file__).parent / "lexicon" / "numbers.csv"
KINDS = frozenset(["unit", "ten", "tens", "hundred", "whole", "scale", "ordinal"])
LAST_ORDINAL = 31

_WHOLE = re.compile(r"\d{1,3}(?:[,٬.]\d{3})+|\d+")
_FRACTION = re.compile(r"(\d+)[.,٫](\d{1,2})")
_LONGEST = 20  # characters; longer runs of digits are telephone numbers and the like


class NumberWord(NamedTuple):
    """What a word adds to a number. `joined`: it carries a و; `article`: it carries ال."""

    value: int
    kind: str
    joined: bool
    article: bool


def read_number(words: Sequence[Word], at: int) -> tuple[int, int] | None:
    """The number that begins with the word at `at`, and the index of the word after it.

    Reads `1,400`, `١٤٠٠`, `1.5 مليون`, `خمسة وعشرين`, `ثلاثة آلاف وخمسمئة`, `الثلاثة`. The first word may carry a
    conjunction or preposition. Dates, ranges and other fractions are no numbers here: None.
    """
    if at >= len(words):
        return None
    form = words[at].form
    if form.kind == "number":
        return _read_digits(words, at)
    first = number_word(form)
    return _read_cardinal(words, at) if first and first.kind != "ordinal" else None


def read_ordinal(words: Sequence[Word], at: int) -> tuple[int, int] | None:
    """The ordinal from 1 to 31 that begins at `at` (`الثامن عشر`, `الحادي والثلاثين`), and the index of the word after it.

    The tens alone (`العشرين`) are ordinals only with ال, because `عشرين` counts.
    """
    first = number_word(words[at].form) if at < len(words) else None
    if first is None:
        return None
    if first.kind == "tens" and first.article and first.value < LAST_ORDINAL:
        return first.value, at + 1
    if first.kind != "ordinal":
        return None
    second = number_word(words[at + 1].form) if at + 1 < len(words) else None
    unit = 1 if first.value == LAST_ORDINAL - 20 else first.value
    if second and second.kind == "ten" and not second.joined and not second.article and unit < 10:
        return unit + 10, at + 2
    if second and second.kind == "tens" and second.joined and second.article and unit + second.value <= LAST_ORDINAL:
        return unit + second.value, at + 2
    return (first.value, at + 1) if first.value <= 10 else None


@per_form
def number_word(form: Form) -> NumberWord | None:
    """What `form` adds to a number; None where it is no number word."""
    table = _table()
    for reading in form.readings:
        found = None if reading.pronoun else table.get(reading.stem)
        if found:
            joined = reading.conjunction == "و" or reading.stem == "واحد"  # وأحد عشر folds to the same letters
            return NumberWord(*found, joined=joined, article=reading.article)
    return None


def _read_digits(words: Sequence[Word], at: int) -> tuple[int, int] | None:
    digits = words[at].form.fold
    scale = number_word(words[at + 1].form) if at + 1 < len(words) else None
    if scale and (scale.kind != "scale" or scale.joined):
        scale = None
    after = at + 2 if scale else at + 1
    times = scale.value if scale else 1
    if len(digits) > _LONGEST:
        return None
    if _WHOLE.fullmatch(digits):
        return int(re.sub(r"\D", "", digits)) * times, after
    fraction = _FRACTION.fullmatch(digits)
    if fraction and scale:
        return int(fraction[1]) * times + int(fraction[2]) * times // 10 ** len(fraction[2]), after
    return None


def _read_cardinal(words: Sequence[Word], at: int) -> tuple[int, int] | None:
    """Sums the parts of a number in words; stops before the first word that cannot belong to it."""
    total = group = 0  # what is closed by a scale word, and what is still open
    room = 10**12  # a part after و must be smaller than this: numbers are said from the largest part to the smallest
    index = at
    while index < len(words):
        part, start = _part(words, index, first=index == at)
        if part is None:
            break
        joined = index == at or part.joined or start > index
        if part.kind == "scale":
            if joined and index > at and part.value >= room:
                break
            if not joined and not group:
                break
            if joined:
                total, group = total + group, 0
            total, group, room = total + (group or 1) * part.value, 0, part.value
        elif part.kind == "hundred" and not joined:
            if not 3 <= group <= 9:
                break
            group, room = group * part.value, 100
        elif part.kind == "ten" and not joined:
            if not 1 <= group % 100 <= 9:
                break
            group, room = group + part.value, 1
        elif part.kind == "tens" and 1 <= group % 100 <= 9 and joined and index > at:
            group, room = group + part.value, 1
        elif joined and part.value < room and not (part.kind == "ten" and group % 100):
            group += part.value
            if part.kind == "whole" and part.value >= 1000:
                total, group = total + group, 0
            room = _room_after(part)
        else:
            break
        index = start + 1
    return (total + group, index) if index > at else None


def _room_after(part: NumberWord) -> int:
    if part.kind == "whole" and part.value >= 1000:
        return 1000 if part.value < 10**6 else 10**6 if part.value < 10**9 else 10**9
    return 100 if part.value >= 100 else 1


def _part(words: Sequence[Word], index: int, *, first: bool) -> tuple[NumberWord | None, int]:
    """The number word at `index` and where it stands: one further where a separate و comes before it."""
    form = words[index].form
    if form.fold == "و" and not first and index + 1 < len(words):
        after = number_word(words[index + 1].form)
        return (after if after and after.kind != "ordinal" and not after.joined else None), index + 1
    found = number_word(form)
    return (found if found and found.kind != "ordinal" else None), index


@cache
def _table() -> dict[str, tuple[int, str]]:
    table: dict[str, tuple[int, str]] = {}
    for where, cells in read_table(SOURCE, ("words", "value", "kind")):
        if cells["kind"] not in KINDS:
            raise LexiconError(f'{where}: unknown kind "{cells["kind"]}" (one of {", ".join(sorted(KINDS))})')
        if not cells["value"].isascii() or not cells["value"].isdigit():
            raise LexiconError(f'{where}: value "{cells["value"]}" is no whole number')
        for word in variants(cells["words"]):
            table.setdefault(fold(word), (int(cells["value"]), cells["kind"]))
    return table
