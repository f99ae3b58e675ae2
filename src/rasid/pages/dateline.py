"""What stands between headline and text: the date, the writer, the agency. Each with the line that says it."""

import datetime as dt
import re
from collections.abc import Sequence
from functools import cache
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

from rasid.arabic.letters import fold
from rasid.lexicon import read_table, variants
from rasid.pages.lines import Line, has_arabic
from rasid.pages.outlet import is_outlet

_LEXICON = Path(__file__).parent / "lexicon"
_LONGEST_DATE_LINE = 110
_BESIDE = 3  # words that a dateline may have beside the date: a place, an agency, a name
_SET_OFF = 6  # the same, where a mark parts them
_MARKS = (":", "-", "–", "—", "|", "/", "،", "•")
_LONGEST_NAME = 60
_TOP = 40  # lines in which the head of a page stands
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>\d{1,2})"
_SEPARATOR = r"\s?[-/.]\s?"
_NUMERIC = (
    re.compile(rf"(?<!\d){_YEAR}{_SEPARATOR}(?P<month>\d{{1,2}}){_SEPARATOR}{_DAY}(?!\d)"),
    re.compile(rf"(?<!\d){_DAY}{_SEPARATOR}(?P<month>\d{{1,2}}){_SEPARATOR}{_YEAR}(?!\d)"),
)
_LOCALES = ("ar", "ar_LB", "ar_MA", "ar_DZ", "ar_MR", "ar_EG", "en", "fr")
_CLOCK = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?|gmt ?[+-]?\d{0,4}|[+-]\d{2,4}")
_WORD = re.compile(r"[^\W\d_]+")
_SIGNED_START = re.compile(r"^[^()\[\]\n]{0,60}[(\[]\s*+(?P<name>[^()\[\]]{1,40}?)\s*+[)\]]\s*+[-–—:ـ]")
_SIGNED_END = re.compile(r"[(\[]\s*+(?P<name>[^()\[\]]{1,40}?)\s*+[)\]]\s*+\.?\s*+$")
_PARTICLES = frozenset(("في", "من", "علي", "الي", "عن", "مع", "بين"))
_INITIALS = re.compile(r"[(\[]?\w{1,2}(?:\s?[./ـ-]\s?\w{1,2}){1,3}\s?\.?[)\]]?")
_NAME = re.compile(r"[^\W\d_]+\.?(?:\s(?:[-–—،/]\s)?[^\W\d_]+\.?)+")
_PARTS = re.compile(r"(?<!\s)\s+[-–—ـ]\s+|(?:(?<!\s)\s+)?[|،,/]\s*")
_NAMES_BETWEEN = re.compile(r"(?:(?<!\s)\s+)?(?:[-–—|/،,؛+]|\bو(?=رويترز|وكالات)|\band\b)\s*")


class Dateline(NamedTuple):
    """What the lines around a headline say."""

    date: dt.date | None = None
    updated: dt.date | None = None  # only that the page was changed then
    byline: str | None = None  # after a word that says so
    name: str | None = None  # a name beside the date, with nothing that says whose it is
    agency: str | None = None
    issue: dt.date | None = None  # at the top of the page, and borne out there or by the text


class _Words(NamedTuple):
    byline: tuple[tuple[str, bool], ...]  # folded, whether it counts without a colon; the longest first
    source: tuple[str, ...]
    updated: tuple[str, ...]
    furniture: frozenset[str]  # words that stand beside a date
    issue: tuple[str, ...]
    section: frozenset[str]
    place: frozenset[str]


def read_date(text: str) -> dt.date | None:
    """The first full date in `text`: 24 نوفمبر 2021, تشرين الثاني/نوفمبر 24, 2021, 24/11/2021 (day first), 2021-11-24."""
    span = _find_date(fold(text).lower())
    return span[0] if span else None


def is_date_line(line: Line, others: int = 1) -> bool:
    """Whether `line` holds a date and, but for words that stand beside dates, at most `others` words."""
    return _bare_date(line, others) is not None


def read_dateline(lines: Sequence[Line]) -> Dateline:
    """What the lines between a headline and its text say; the first of each kind counts."""
    date = updated = byline = beside = agency = None
    for position, line in enumerate(lines):
        found = _bare_date(line, _BESIDE)
        if found is not None:
            agency = agency or read_agency(line.text.split()[-1])
            if _says_updated(line.fold) and not _says_two(line.fold):
                updated = updated or found
            else:
                date = date or found
        name = _byline(line)
        agency = agency or _agency_line(line)
        if name and not read_agency(name):
            byline = byline or name
        elif beside is None and not line.linked and (found is not None or _beside_date(lines, position)):
            beside = _name_beside(line)
    return Dateline(date, updated, byline, beside, agency)


def issue_of(lines: Sequence[Line], text: str) -> dt.date | None:
    """The day at the top of a page, if it is an issue's (`العدد 6214 - ...`) or on the weekday that the text calls today.

    Any other day at the top is that on which somebody looked at the page.
    """
    today = None
    for line in lines[:_TOP]:
        found = _bare_date(line, _BESIDE)
        if found is None:
            continue
        if any(re.search(rf"\b{word}:? ?\d", line.fold) for word in _words().issue):
            return found
        today = today or _today(text)
        if today == found.weekday():
            return found
    return None


def _today(text: str) -> int | None:
    """The weekday that a text calls today (`اليوم الخميس`, or by `أمس الأربعاء`), or None."""
    for match in re.finditer(r"(?<!\w)(اليوم|امس) (?:\()?(\w+)", fold(text)):
        day = _weekdays().get(match[2])
        if day is not None:
            return day if match[1] == "اليوم" else (day + 1) % 7
    return None


def read_agency(name: str) -> str | None:
    """The news agency that `name` is a signature of: `أ.ف.ب`, `رويترز`, `الأناضول - وكالات`."""
    agencies = _agencies()
    for part in (name, *_NAMES_BETWEEN.split(name)):
        found = agencies.get(fold(part).lower().strip(" .:،()[]"))
        if found:
            return found
    return None


def signed_agency(text: str) -> str | None:
    """The agency whose copy an article is, by its dateline (`بيروت (أ ف ب) -`) or the brackets at its end."""
    first, last = text[:120].partition("\n")[0], text[-80:].rpartition("\n")[2]
    for match in (_SIGNED_START.match(first), _SIGNED_END.search(last)):
        if match and (agency := read_agency(match["name"])):
            return agency
    return None


def is_signature(line: Line) -> bool:
    """Whether `line` is a source line, an agency's name or initials: `المصدر: رويترز`, `(أ ف ب)`, `س.ع/م.ح`."""
    return len(line.text) <= _LONGEST_NAME and (_agency_line(line) is not None or _INITIALS.fullmatch(line.fold) is not None)


def is_byline(line: Line) -> bool:
    """Whether `line` names the writer, after a word that says so."""
    return _byline(line) is not None


def _bare_date(line: Line, others: int) -> dt.date | None:
    """The date of a line that holds at most so many words that do not belong to it."""
    if line.prose or len(line.text) > _LONGEST_DATE_LINE:
        return None
    found = _find_date(line.fold)
    if found is None:
        return None
    date, start, end = found
    before, after = line.fold[:start].rstrip(), line.fold[end:].lstrip()
    rest = _WORD.findall(_CLOCK.sub(" ", f"{before} {after}"))
    if others >= _BESIDE and (
        before.endswith(_MARKS) or after.startswith(_MARKS) or (rest and (rest[0], True) in _words().byline)
    ):
        others = _SET_OFF  # what stands beside it is another thing: a writer, a place, the outlet
    known = _words().furniture.union(_months())
    return date if sum(word not in known for word in rest) <= others else None


def _find_date(folded: str) -> tuple[dt.date, int, int] | None:
    if not any(map(str.isdigit, folded)):
        return None
    found = []
    for pattern in (*_NUMERIC, *_named()):
        match = pattern.search(folded)
        if match:
            date = _date(match["year"], match["month"], match["day"], folded)
            if date:
                found.append((date, match.start(), match.end()))
    return min(found, key=lambda span: span[1], default=None)


def _date(year: str, month: str, day: str, folded: str) -> dt.date | None:
    number = int(month) if month.isdigit() else _months()[month]
    as_written = _valid(int(year), number, int(day))
    if not month.isdigit():
        return as_written
    swapped = _valid(int(year), int(day), number)
    weekday = next((index for name, index in _weekdays().items() if name in folded), None)
    if as_written and swapped and weekday is not None and as_written.weekday() != weekday == swapped.weekday():
        return swapped  # the weekday beside it says that the month comes first
    return as_written or swapped


def _valid(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _says_updated(folded: str) -> bool:
    return any(word in folded for word in _words().updated)


def _says_two(folded: str) -> bool:
    """Whether a date stands before the word that says that the other is of the last change."""
    at = min(place for word in _words().updated if (place := folded.find(word)) >= 0)
    return _find_date(folded[:at]) is not None and _find_date(folded[at:]) is not None


def _byline(line: Line) -> str | None:
    """The name after `كتب`, `بقلم`, `حوار:`."""
    if line.prose or len(line.text) > _LONGEST_NAME:
        return None
    for opener, bare in _words().byline:
        if not line.fold.startswith(opener):
            continue
        rest = line.text[_length_of(line.text, opener) :]
        name = rest.lstrip(" :-–—/|ـ")
        follows = not rest[:1].isalnum() and (bare or ":" in rest[:3])
        if follows and 1 < len(name.split()) <= 6 and not any(map(str.isdigit, name)):
            return without_place(name)
    return None


def _length_of(text: str, folded_start: str) -> int:
    """How many characters of `text` fold to `folded_start`; marks fold to nothing."""
    size = len(folded_start)
    while size < len(text) and len(fold(text[:size])) < len(folded_start):
        size += 1
    return size


def without_place(name: str) -> str:
    """`أحمد محمد - القاهرة` is signed by the first, from the second."""
    return _PARTS.split(name)[0].strip(" :.()")


def _beside_date(lines: Sequence[Line], position: int) -> bool:
    return any(is_date_line(lines[index]) for index in range(position - 2, position + 3) if 0 <= index < len(lines))


def _name_beside(line: Line) -> str | None:
    """A writer's name in a line beside a date, or in the date's own: `رلى حداد - الاثنين 8 أيار 2023`, `نابلس - سامي العلي`."""
    if line.prose or len(line.text) > _LONGEST_DATE_LINE:
        return None
    words = line.text.split()
    signed = next((place for place, word in enumerate(words) if (fold(word).lower(), True) in _words().byline), None)
    if signed is not None:
        name = " ".join(takewhile(lambda word: not any(map(str.isdigit, word)), words[signed + 1 :]))
        named = [word for word in without_place(name.lstrip(" :-")).split() if fold(word) not in _weekdays()]
        return " ".join(named) if _is_name(" ".join(named)) else None
    parts = [part.strip(" :.()") for part in _PARTS.split(line.text)]
    return next((part for part in parts if _is_name(part)), None) if len(parts) <= 4 else None


def _is_name(part: str) -> bool:
    """Two to five words, nothing but letters, not a place's, an outlet's or a menu's: beside a date, a writer's name."""
    folded = fold(part).lower()
    words = _WORD.findall(folded)
    return (
        2 <= len(words) <= 5
        and len(part) <= 40
        and _NAME.fullmatch(folded) is not None
        and has_arabic(part)
        and not part.startswith("ال")  # a section: names of people do not begin with the article
        and words[0] not in _words().section
        and _PARTICLES.isdisjoint(words)
        and folded not in _words().place
        and not is_outlet(part, None)
        and not read_agency(part)
        and not _words().furniture.issuperset(words)
    )


def _agency_line(line: Line) -> str | None:
    if line.prose or len(line.text) > _LONGEST_NAME:
        return None
    for opener in _words().source:
        if line.fold.startswith(opener):
            return read_agency(line.text[len(opener) :].lstrip(" :-"))
    return read_agency(line.text)


@cache
def _words() -> _Words:
    table = list(read_table(_LEXICON / "dateline.csv", ("words", "kind", "bare")))
    by_kind: dict[str, list[tuple[str, bool]]] = {}
    for row in table:
        for word in variants(row.cells["words"]):
            by_kind.setdefault(row.cells["kind"], []).append((fold(word).lower(), row.cells["bare"] == "yes"))
    furniture = {
        part
        for kind in ("published", "updated", "clock", "source", "issue", "hijri")
        for word, _ in by_kind.get(kind, ())
        for part in word.split()
    } | set(_weekdays())
    return _Words(
        tuple(sorted(by_kind.get("byline", ()), key=lambda entry: -len(entry[0]))),
        tuple(sorted((word for word, _ in by_kind.get("source", ())), key=len, reverse=True)),
        tuple(word for word, _ in by_kind.get("updated", ())),
        frozenset(furniture),
        tuple(word for word, _ in by_kind.get("issue", ())),
        frozenset(word for word, _ in by_kind.get("section", ())),
        frozenset(word for word, _ in by_kind.get("place", ())),
    )


@cache
def _agencies() -> dict[str, str]:
    return {
        fold(signature).lower().strip(" ."): row.cells["name"]
        for row in read_table(_LEXICON / "agencies.csv", ("name", "signatures"))
        for signature in variants(row.cells["signatures"])
    }


@cache
def _months() -> dict[str, int]:
    """Names of the months as CLDR has them for the Arab countries, English and French; folded."""
    from babel.dates import get_month_names

    names = {
        fold(name).lower().strip("."): number
        for locale in _LOCALES
        for width in ("wide", "abbreviated")
        for number, name in get_month_names(width, locale=locale).items()
    }
    return {name: number for name, number in names.items() if len(name) > 1}


@cache
def _weekdays() -> dict[str, int]:
    from babel.dates import get_day_names

    return {fold(name): number for number, name in get_day_names("wide", locale="ar").items()}


@cache
def _named() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """`24 نوفمبر 2021` and `نوفمبر 24, 2021`; a second name of the month may follow (`تشرين الثاني/نوفمبر`)."""
    names = "|".join(sorted(map(re.escape, _months()), key=len, reverse=True))
    month = rf"(?P<month>{names})\.?(?:\s?[/\-(]\s?(?:{names})\)?)?"
    return (
        re.compile(rf"(?<!\d){_DAY}(?:er)?\s?(?:من\s)?(?:شهر\s)?{month}[\s,،]+{_YEAR}(?!\d)"),
        re.compile(rf"(?<!\w){month}\s{_DAY}\s?[,،]?\s{_YEAR}(?!\d)"),
    )
