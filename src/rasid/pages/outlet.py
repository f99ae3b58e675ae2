"""Whose page it is: the outlet's name beside the headline, in a link to the front page, in the copyright line, at the top.

A name counts where something else on the page bears it out; where nothing does, there is none.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from rasid.arabic.letters import fold
from rasid.lexicon import read_table, variants
from rasid.pages.boilerplate import effect_of
from rasid.pages.lines import Line, has_arabic, key_of, letters_of, read_line

_TOP = 12  # lines in which a page's masthead stands
_BOTTOM = 60  # lines in which its copyright line stands
_LONGEST_NAME = 40
_MOST_WORDS = 5
_LONGEST_RIGHTS = 250
_TITLE_PARTS = re.compile(r"((?<!\s)\s+(?:[-–—|•·»«]|::)\s+|(?:(?<!\s)\s+)?\|\s*)")
_LINE_PARTS = re.compile(r"(?<!\s)\s+[-–—:]\s+|(?:(?<!\s)\s+)?[|•·،,;؛]\s*|[.:]\s+|[.]$")
_YEARS = re.compile(r"(?:19|20)\d\d(?:\s?[-–/]\s?(?:(?:19|20)\d\d))?(?:م|هـ|ه)?")
_EDGES = "\"'«»“”()[]،,.:;-–—|ـ "


class _Words(NamedTuple):
    outlet: frozenset[str]
    tagline: frozenset[str]
    rights: frozenset[str]
    before_for: frozenset[str]
    sign: re.Pattern[str]
    other: tuple[str, ...]
    home: frozenset[str]


def outlet_in_title(title: str, shown: Collection[str], names: Collection[str] = (), tops: Collection[str] = ()) -> str | None:
    """The outlet's name before or after the headline in a page's title: `... | صدى الهضاب`, `بوابة برقة - ...`.

    Args:
        title: as browsers show it.
        shown: lines of the page (by `letters_of`), of which one, the headline, may be the rest of the title.
        names: what other evidence says the outlet is called (by `letters_of`).
        tops: what stands at the top of the page (by `letters_of`).
    """
    parts = _TITLE_PARTS.split(title)
    if len(parts) < 3 or letters_of(title) in shown:
        return None
    ends = [part for part in (parts[-1], parts[0]) if may_be_outlet(part)]
    named = next((part for part in ends if any(_is_called(part, name) for name in names)), None)
    if named:
        return named
    for index in range(1, len(parts), 2):
        for part, rest in ((parts[-1], parts[:index]), (parts[0], parts[index + 1 :])):
            headline = letters_of("".join(rest))
            if headline in shown and len(headline) > len(letters_of(part)) and part in ends:
                return part
    return next((part for part in ends if letters_of(part) in tops), None)


def without_outlet(title: str, *names: str | None) -> str:
    """`title` without one of the names before or after it."""
    own = {letters_of(name) for name in names if name} - {""}
    parts = re.split(r"((?<!\s)\s+[-–—|•·»«:]+\s+|(?:(?<!\s)\s+)?\|\s*)", title)
    if len(parts) > 2 and letters_of(parts[-1]) in own:
        return "".join(parts[:-2])
    if len(parts) > 2 and letters_of(parts[0]) in own:
        return "".join(parts[2:])
    return title


def outlet_of_lines(lines: Sequence[Line], title: str | None) -> str | None:
    """The outlet by the lines of a page: beside the headline in the first, in the copyright line, or at the top."""
    in_title = outlet_in_title(lines[0].text, {letters_of(title)}) if title else None
    return in_title or outlet_in_rights(lines) or _masthead(lines)


def outlet_in_rights(lines: Sequence[Line]) -> str | None:
    """The name in a copyright line: `جميع الحقوق محفوظة لبوابة برقة 2022`, `صدى الهضاب © 2022 - من نحن`."""
    words = _words()
    for line in reversed(lines[-_BOTTOM:]):
        if len(line.text) > _LONGEST_RIGHTS or not words.sign.search(line.fold) or (line.prose and "محفوظ" not in line.fold):
            continue
        parts = [part for part in _LINE_PARTS.split(line.text) if part]
        parts.sort(key=lambda part: not (words.sign.search(fold(part).lower()) or _YEARS.search(part)))
        tops = {key_of(top) for top in lines[:_TOP]}
        name = next((name for part in parts for name in _names_in(part, tops) if may_be_outlet(name)), None)
        if name:
            return name
    return None


def top_names(lines: Sequence[Line]) -> set[str]:
    """What stands at the top of a page and is no link, by `letters_of`: its masthead is among it."""
    return {key_of(line) for line in lines[:_TOP] if not line.linked and not line.prose}


def may_be_outlet(name: str) -> bool:
    """Whether `name` is of a name's length and not one of a menu's words."""
    line = read_line(name.strip())
    if not 2 < len(line.text) <= _LONGEST_NAME or len(line.text.split()) > _MOST_WORDS or line.fold in _words().home:
        return False
    return effect_of(line, begun=True) is None if has_arabic(name) else letters_of(name).isalnum() and not name.isdigit()


def is_outlet(name: str, outlet: str | None) -> bool:
    """Whether `name`, where a writer's is looked for, is the outlet's, or that of another."""
    own, letters = letters_of(outlet or ""), letters_of(name)
    first = fold(name).partition(" ")[0]
    return first in _words().outlet or (bool(own and letters) and (own.startswith(letters) or letters.startswith(own)))


def _is_called(part: str, name: str) -> bool:
    """Whether `part` is `name`, or its end: `النهار القاهرية` of `مؤسسة النهار القاهرية`."""
    letters = letters_of(part)
    return letters == name or (" " in part and name.endswith(letters))


def _names_in(part: str, tops: Collection[str]) -> Iterator[str]:
    """The runs of words in a part of a copyright line that are neither its own words nor a year."""
    words = _words()
    folded = fold(part).lower()
    if any(other in folded for other in words.other):
        return
    run: list[str] = []
    before = ""
    for word in [*part.split(), "©"]:
        bare = fold(word).lower().strip('،,.:"«»')
        if bare in words.rights or _YEARS.fullmatch(bare) or bare in ("ل", ""):
            if run:
                yield _without_for(" ".join(run).strip(_EDGES), before, tops)
            run, before = [], before if bare == "ل" else bare
        else:
            run.append(word)


def _without_for(name: str, before: str, tops: Collection[str]) -> str:
    """`لبوابة برقة` after `محفوظة` is that of `بوابة برقة`; `لبنان اليوم`, if that stands at the top, is itself."""
    if before not in _words().before_for or not name.startswith("ل") or letters_of(name) in tops:
        return name
    rest = name[1:].lstrip("ـ \"'«“")
    return f"ا{rest}" if rest.startswith("ل") else rest


def _masthead(lines: Sequence[Line]) -> str | None:
    """`شبكة الفرات الإعلامية` at the top, where its first words stand elsewhere on the page too."""
    words = _words()
    for index, line in enumerate(lines[:_TOP]):
        parts = line.fold.split()
        if line.prose or line.linked or len(parts) < 2 or parts[0] not in words.outlet or parts[1] in words.tagline:
            continue
        start = f"{parts[0]} {parts[1]}"
        others = (other for other in (*lines[:index], *lines[index + 1 :]) if not other.prose)
        if may_be_outlet(line.text) and any(start in other.fold for other in others):
            return line.text
    return None


@cache
def _words() -> _Words:
    kinds: dict[str, list[str]] = {}
    for row in read_table(Path(__file__).parent / "lexicon" / "outlets.csv", ("words", "kind")):
        kinds.setdefault(row.cells["kind"], []).extend(fold(word).lower() for word in variants(row.cells["words"]))
    return _Words(
        frozenset(kinds["outlet"]),
        frozenset(kinds["tagline"]),
        frozenset(kinds["rights"]),
        frozenset(kinds["for"]),
        re.compile("|".join(map(re.escape, kinds["sign"]))),
        tuple(kinds["other"]),
        frozenset(kinds["home"]),
    )
