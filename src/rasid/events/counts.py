"""How many were killed, wounded, arrested or demonstrated, with honest bounds: `أكثر من 20` is 21 or more, `عشرات` 20 or more.

A number counts those whom a word after it names (`20 قتيلا`), or whom the act before it befell (`قتل 20 شخصا`). The words stand
in `lexicon/counts.csv`.
"""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, get_args, get_type_hints

from rasid.arabic.letters import fold
from rasid.arabic.numbers import number_word, read_number
from rasid.arabic.words import Form, Word, per_form
from rasid.errors import LexiconError
from rasid.events.outline import Outline, stems
from rasid.lexicon import compiled, read_table, variants
from rasid.model import Count, Event, Span

SOURCE = Path(__file__).parent / "lexicon" / "counts.csv"
TYPES = {"killed": "ASSAULT", "wounded": "ASSAULT", "arrested": "COERCE", "protesters": "PROTEST"}
_IS = ("act", "person", "one", "two", "amount", "bound", "measure")
_BOUNDS = ("over", "least", "under", "most", "about")
_AFTER_BOUNDS = frozenset(("least", "most", "about"))  # may stand behind what is counted: `ثلاثة قتلى على الأقل`
_REACH = 6  # words from an act to the number of those whom it befell
_NEAR = 2  # words from a number to the noun that says who is counted: `20 متظاهرا`, `مئات من المتظاهرين`
_ROUND = 10  # `نحو 50` is taken for 45 to 55
_LARGEST = 10_000_000

_Row = tuple[str, str, tuple[str, ...], int | None, int | None]  # is, kind, the words after the first, min, max


class Amount(NamedTuple):
    """A number of somebody in a sentence: words `first` to `last`, exclusive; None is open."""

    first: int
    last: int
    min: int | None
    max: int | None


def with_counts(events: list[Event], outline: Outline, timed: AbstractSet[int], text: str) -> list[Event]:
    """`events` of one sentence, each count with the event of its kind whose trigger is nearest."""
    kinds = {event.type for event in events}
    if kinds.isdisjoint(TYPES.values()):
        return events
    found: dict[int, list[Count]] = {}
    for kind, amount in find_counts(outline.words, timed):
        start, end = outline.words[amount.first].start, outline.words[amount.last - 1].end
        fitting = [n for n, event in enumerate(events) if event.type == TYPES[kind]]
        if fitting:
            nearest = min(fitting, key=lambda n: abs(events[n].trigger.start - start))
            count = Count(kind, amount.min, amount.max, Span(start, end, text[start:end]))  # type: ignore[arg-type]
            if all(count.kind != other.kind for other in found.setdefault(nearest, [])):
                found[nearest].append(count)
    return [replace(event, counts=tuple(found[n])) if n in found else event for n, event in enumerate(events)]


def find_counts(words: Sequence[Word], timed: AbstractSet[int] = frozenset()) -> Iterator[tuple[str, Amount]]:
    """The counts of a sentence by kind, in order. `timed` are the places of words that belong to time expressions."""
    rows = [_rows(word.form) for word in words]
    at = 0
    while at < len(words):
        form = words[at].form
        silent = not (rows[at] or form.kind == "number" or number_word(form))  # as nearly all words are
        amount = None if silent or at in timed else _amount(words, rows, at)
        if amount is None:
            at += 1
            continue
        kind = _kind(words, rows, amount)
        if kind:
            yield kind, _bounded(words, rows, amount)
        at = amount.last


def _amount(words: Sequence[Word], rows: Sequence[tuple[_Row, ...]], at: int) -> Amount | None:
    """The number, the vague number or the dual that begins at `at`."""
    matches = [row for row in rows[at] if _follows(words, at, row[2])]
    vague = [row for row in matches if row[0] == "amount"]
    if vague:
        longest = max(vague, key=lambda row: len(row[2]))
        return Amount(at, at + 1 + len(longest[2]), longest[3], longest[4])
    number = read_number(words, at)
    if number and 0 < number[0] < _LARGEST:
        return Amount(at, number[1], number[0], number[0])
    few = next((1 if row[0] == "one" else 2 for row in matches if row[0] in ("one", "two")), None)
    if few == 1 and not (at and any(row[0] == "act" for row in rows[at - 1])):
        return None  # `23 مسلحا`, `ضابط كبير`: one of them is counted only where the act stands right before: `مقتل جندي`
    return Amount(at, at + 1, few, few) if few else None


def _kind(words: Sequence[Word], rows: Sequence[tuple[_Row, ...]], amount: Amount) -> str | None:
    """Who is counted: whom the next words name, else whom the last act before befell; demonstrators may be arrested."""
    if amount.last < len(words) and any(
        row[0] == "measure" and _follows(words, amount.last, row[2]) for row in rows[amount.last]
    ):
        return None
    named = next((row[1] for row in rows[amount.first] if row[0] == "two" and row[1]), None) or next(
        (
            row[1]
            for at in range(amount.last, min(len(words), amount.last + _NEAR))
            for row in rows[at]
            if row[0] == "person" and _follows(words, at, row[2])
        ),
        None,
    )
    return named if named and named != "protesters" else _befell(words, rows, amount.first) or named


def _befell(words: Sequence[Word], rows: Sequence[tuple[_Row, ...]], first: int) -> str | None:
    """The kind of the last act before a number, unless another number or the end of a clause stands between."""
    for at in range(first - 1, max(-1, first - 1 - _REACH), -1):
        if words[at].form.text in ".!?؟؛:" or words[at].form.kind == "number":
            return None
        act = next((row[1] for row in rows[at] if row[0] == "act" and _follows(words, at, row[2])), None)
        if act:
            return act
    return None


def _bounded(words: Sequence[Word], rows: Sequence[tuple[_Row, ...]], amount: Amount) -> Amount:
    """`amount` with what the words before or behind it say of its bounds."""
    for start in range(max(0, amount.first - 4), amount.first):
        for what, bound, rest, *_ in rows[start]:
            if what == "bound" and start + 1 + len(rest) == amount.first and _follows(words, start, rest):
                return _bound(bound, amount)._replace(first=start)
    for start in range(amount.last, min(len(words), amount.last + 3)):
        for what, bound, rest, *_ in rows[start]:
            if what == "bound" and bound in _AFTER_BOUNDS and rest and _follows(words, start, rest):
                return _bound(bound, amount)
    return amount


def _bound(bound: str, amount: Amount) -> Amount:
    low, high = amount.min, amount.max
    if bound == "over":
        return amount._replace(min=low + 1 if low is not None and low == high else low, max=None)
    if bound == "least":
        return amount._replace(max=None)
    if bound in ("under", "most"):
        most = high if high is None or bound == "most" else high - 1
        return amount._replace(min=None, max=most)
    off = max(1, (low or 0) // _ROUND)
    return amount._replace(min=None if low is None else max(1, low - off), max=None if high is None else high + off)


def _follows(words: Sequence[Word], at: int, rest: tuple[str, ...]) -> bool:
    return all(
        at + n < len(words) and (words[at + n].form.fold == word or word in stems(words[at + n].form))
        for n, word in enumerate(rest, 1)
    )


@per_form
def _rows(form: Form) -> tuple[_Row, ...]:
    known = _table()
    if form.kind != "word":
        return ()
    return tuple(row for stem in stems(form) if stem in known for row in known[stem])


@cache
def _table() -> dict[str, list[_Row]]:
    table: dict[str, list[_Row]] = compiled("counts", [SOURCE], lambda: read_counts(SOURCE))
    return table


def read_counts(path: Path) -> dict[str, list[_Row]]:
    """The rows of the table by their first word.

    Raises:
        LexiconError: an unknown word in `is` or `kind`, or bounds that are no numbers; says what is allowed.
    """
    kinds: tuple[Any, ...] = get_args(get_type_hints(Count)["kind"])
    found: dict[str, list[_Row]] = {}
    for where, cells in read_table(path, ("is", "kind", "words", "min", "max")):
        what, kind = cells["is"], cells["kind"]
        if what not in _IS:
            raise LexiconError(f'{where}: "{what}" is unknown (one of {", ".join(_IS)})')
        allowed = _BOUNDS if what == "bound" else kinds if what in ("act", "person") else (*kinds, "")
        if kind not in allowed:
            raise LexiconError(f'{where}: kind "{kind}" is unknown here (one of {", ".join(allowed)})')
        if any(cells[side] and not cells[side].isdecimal() for side in ("min", "max")):
            raise LexiconError(f"{where}: min and max are whole numbers or empty")
        low, high = (int(cells[side]) if cells[side] else None for side in ("min", "max"))
        for phrase in variants(cells["words"]):
            first, *rest = fold(phrase).split()
            found.setdefault(first, []).append((what, kind, tuple(rest), low, high))
    return found
