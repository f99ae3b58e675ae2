"""The words of time: what each may mean, read from `lexicon/*.csv`, looked up once for every word form."""

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple, cast

from rasid.arabic.letters import fold
from rasid.arabic.numbers import number_word
from rasid.arabic.words import Form, Word, per_form
from rasid.errors import LexiconError
from rasid.lexicon import Row, read_table, variants
from rasid.times.calendars import Month, Unit

LEXICON = Path(__file__).parent / "lexicon"

_ANCHORS = frozenset(["weekday", "shift", "unit", "month", "season", "feast", "hours"])
_NUMERIC = frozenset(
    (
        *("weekday", "shift", "which", "recent", "this", "same", "share", "season"),
        *("about", "of", "or", "between", "by", "in", "until"),
        *("beside", "then", "first", "end", "hours"),
    )
)
_VALUES = {
    "ago": {"back", "since", "ahead"},
    "daytime": {"day", "night", "eve"},
    "part": {"early", "mid", "late"},
    "era": {"gregorian", "hijri"},
}
_BARRIERS = frozenset(["date", "weekday", "day", "today", "general", "year", "event", "alliance"])
_TENSES = frozenset(["plan", "past", "call", "noun"])
_ALONE = frozenset(["yes", "after", "spelt", "no"])


class MonthName(NamedTuple):
    """`alone`: what it takes for the bare name to be a month; see `months.csv`. `first`: its first word as spelt there."""

    month: Month
    alone: str
    first: str


class UnitWord(NamedTuple):
    """`number`: 1 for one, 2 for the dual, 0 for the plural. `article`: it carries ال."""

    unit: Unit
    number: int
    article: bool


class Feast(NamedTuple):
    """The day a feast begins on, and how many days it has."""

    month: Month
    day: int
    days: int


class Entry(NamedTuple):
    """One thing that a word may mean: the folded words that must follow it, the kind and the value."""

    rest: tuple[str, ...]
    kind: str
    value: Any


@per_form
def entries(form: Form) -> tuple[Entry, ...]:
    """Everything that `form` may begin, longest first; empty for nearly every word."""
    if form.kind != "word":
        return ()
    table = _table()
    found = [
        entry
        for reading in form.readings
        if not reading.pronoun and reading.preposition != "ك"
        for entry in table.get("ال" + reading.stem if reading.article else reading.stem, ())
    ]
    return tuple(sorted(found, key=lambda entry: -len(entry.rest)))


@per_form
def is_anchor(form: Form) -> bool:
    """Whether an expression may be built around `form`; a text without such a word has no times."""
    return form.kind == "number" or any(entry.kind in _ANCHORS for entry in entries(form))


@per_form
def cannot_date(form: Form) -> bool:
    """Whether no date begins with `form`: neither a number nor a word of time, as nearly every word."""
    return form.kind != "number" and number_word(form) is None and not entries(form) and form.fold != "ال"


def read(words: Sequence[Word], at: int, kind: str) -> tuple[Any, int] | None:
    """The value of the longest word or words of `kind` at `at`, and the index after them."""
    if not 0 <= at < len(words):
        return None
    for entry in _entries_of(words[at].form, kind):
        after = at + 1 + len(entry.rest)
        if not entry.rest or tuple([word.form.fold for word in words[at + 1 : after]]) == entry.rest:
            return entry.value, after
    return None


@lru_cache(maxsize=1 << 15)
def _entries_of(form: Form, kind: str) -> tuple[Entry, ...]:
    return tuple(entry for entry in entries(form) if entry.kind == kind)


def skip(words: Sequence[Word], at: int, kind: str) -> int:
    """The index after the words of `kind` at `at`, or `at`."""
    found = read(words, at, kind)
    return found[1] if found else at


@lru_cache(maxsize=1 << 15)
def bars(form: Form, barrier: str) -> bool:
    """Whether what follows `form` is no time of the kind `barrier` (see `names.csv`)."""
    table = _barriers()
    return any(barrier in table.get(key, ()) for key in _keys(form))


@per_form
def tense_of(form: Form) -> str | None:
    """`plan`, `past` or `call` for a word that says whether its sentence looks ahead or back; see `tense.csv`."""
    if form.kind != "word":
        return None
    table, beginnings = _tenses()
    for reading in form.readings:
        if reading.preposition or (reading.article and "ال" + reading.stem not in table):
            continue
        word = "ال" + reading.stem if reading.article else reading.stem
        if word in table:
            return table[word]
        if word[:2] in ("سي", "ست") and len(word) > 3 and not reading.article and not word.startswith(beginnings):
            return "plan"
    return None


@cache
def known_years() -> dict[tuple[str, int, int], int]:
    """The year of an event that everybody knows, by its word, month and day."""
    table = {}
    for row in read_table(LEXICON / "known.csv", ("words", "month", "day", "year")):
        for word in variants(row.cells["words"]):
            table[fold(word), _number(row, "month"), _number(row, "day")] = _number(row, "year")
    return table


@cache
def alliances() -> frozenset[str]:
    """Days of a month that are names of their own: `14 اذار`."""
    return frozenset(name for name, barriers in _barriers().items() if "alliance" in barriers)


def _keys(form: Form) -> Iterator[str]:
    for reading in form.readings:
        if not reading.pronoun:
            yield "ال" + reading.stem if reading.article else reading.stem


@cache
def _table() -> dict[str, list[Entry]]:
    table: dict[str, list[Entry]] = {}
    for name, kind, value in _named():
        first, *rest = fold(name).split()
        table.setdefault(first, []).append(Entry(tuple(rest), kind, value))
    return table


def _named() -> Iterator[tuple[str, str, Any]]:
    """Every name in the lexicon with its kind and value."""
    for row in read_table(LEXICON / "months.csv", ("names", "month", "calendar", "alone")):
        month = Month(_number(row, "month"), _one_of(row, "calendar", {"gregorian", "hijri"}) == "hijri")
        alone = _one_of(row, "alone", _ALONE)
        for name in variants(row.cells["names"]):
            yield name, "month", MonthName(month, alone, name.split()[0])
    for row in read_table(LEXICON / "units.csv", ("unit", "one", "two", "many")):
        unit = cast(Unit, _one_of(row, "unit", {"day", "week", "month", "year"}))
        for column, number in (("one", 1), ("two", 2), ("many", 0)):
            for name in variants(row.cells[column]):
                yield name, "unit", UnitWord(unit, number, False)
                yield "ال" + name, "unit", UnitWord(unit, number, True)
    for row in read_table(LEXICON / "words.csv", ("words", "kind", "value")):
        kind = _one_of(row, "kind", _NUMERIC | set(_VALUES))
        for name in variants(row.cells["words"]):
            yield name, kind, _value(row, kind)
    for row in read_table(LEXICON / "feasts.csv", ("names", "calendar", "month", "day", "days")):
        hijri = _one_of(row, "calendar", {"gregorian", "hijri"}) == "hijri"
        for name in variants(row.cells["names"]):
            yield name, "feast", Feast(Month(_number(row, "month"), hijri), _number(row, "day"), _number(row, "days"))


def _value(row: Row, kind: str) -> int | str:
    if kind in _VALUES:
        return _one_of(row, "value", _VALUES[kind])
    return "same" if row.cells["value"] == "same" else _number(row, "value")


@cache
def _barriers() -> dict[str, set[str]]:
    table: dict[str, set[str]] = {}
    for row in read_table(LEXICON / "names.csv", ("words", "before")):
        barrier = _one_of(row, "before", _BARRIERS)
        for word in variants(row.cells["words"]):
            table.setdefault(fold(word), set()).add(barrier)
    return table


@cache
def _tenses() -> tuple[dict[str, str], tuple[str, ...]]:
    table: dict[str, str] = {}
    beginnings: list[str] = []
    for row in read_table(LEXICON / "tense.csv", ("words", "tense")):
        tense = _one_of(row, "tense", _TENSES)
        for word in variants(row.cells["words"]):
            if tense == "noun":
                beginnings.append(fold(word))
            else:
                table.setdefault(fold(word), tense)
    return table, tuple(beginnings)


def _number(row: Row, column: str) -> int:
    try:
        return int(row.cells[column])
    except ValueError:
        raise LexiconError(f'{row.where}: {column} "{row.cells[column]}" is no whole number') from None


def _one_of(row: Row, column: str, known: frozenset[str] | set[str]) -> str:
    if row.cells[column] not in known:
        raise LexiconError(f'{row.where}: unknown {column} "{row.cells[column]}" (one of {", ".join(sorted(known))})')
    return row.cells[column]
