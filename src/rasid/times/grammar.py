"""The longest expression of time that begins at a word, and ranges of two."""

from collections.abc import Callable, Sequence

from rasid.arabic.numbers import number_word
from rasid.arabic.words import Form, Word, per_form
from rasid.times.calendars import Range
from rasid.times.dates import read_date
from rasid.times.days import read_day, read_daytime
from rasid.times.phrases import Anchor, Phrase, Resolve, is_mark, is_word, joined
from rasid.times.spans import read_ago, read_hours, read_part, read_season, read_share, read_then, read_unit
from rasid.times.vocabulary import entries, is_anchor, read, skip
from rasid.times.years import read_year_number, read_years, year_phrase

Reader = Callable[[Sequence[Word], int], Phrase | None]

# In the order in which they are tried, with the kinds of word that may begin what they read.
_READERS: tuple[tuple[Reader, frozenset[str]], ...] = (
    (read_daytime, frozenset(["daytime"])),
    (read_then, frozenset(["then"])),
    (read_hours, frozenset(["ago", "hours", "number", "number word"])),
    (read_ago, frozenset(["ago"])),
    (read_share, frozenset(["share", "unit"])),
    (read_part, frozenset(["part"])),
    (read_unit, frozenset(["this", "same", "unit", "number", "number word"])),
    (read_season, frozenset(["this", "season"])),
    (read_day, frozenset(["shift", "weekday", "feast", "unit", "same", "number word"])),
    (read_date, frozenset(["month", "unit", "number", "number word", "first"])),
    (read_years, frozenset(["unit", "number"])),
)
_YEAR_DIGITS = 4
_LEANING = frozenset(["this", "same", "ago", "then", "daytime", "part", "about", "of", "or", "between", "in", "until"])
_DAY_WORDS = ("يوم", "يومي", "شهر", "شهري", "عامي", "مساء", "صباح")


def read_expressions(words: Sequence[Word]) -> list[Phrase]:
    """The expressions of time in `words`, in order, none within another."""
    starts = [at for at, word in enumerate(words) if readers(word.form)]
    if not any(is_anchor(words[at].form) for at in starts):
        return []
    found: list[Phrase] = []
    after = 0
    for at in starts:
        phrase = None if at < after or cannot_begin(words, at) else read_expression(words, at)
        if phrase:
            found.append(phrase)
            after = phrase.after
    return found


def read_expression(words: Sequence[Word], at: int) -> Phrase | None:
    """The expression that begins at `at`, a range if it is one; None where none does."""
    phrase = _read_one(words, at)
    if phrase is None or not phrase.joins:
        return phrase
    return _range(words, phrase) or (_opened(words, phrase) if phrase.paired else phrase)


def _read_one(words: Sequence[Word], at: int) -> Phrase | None:
    if at >= len(words):
        return None
    for reader in readers(words[at].form):
        phrase = reader(words, at)
        if phrase:
            return phrase
    return None


@per_form
def readers(form: Form) -> tuple[Reader, ...]:
    """What may read an expression that begins with `form`; empty for nearly every word."""
    kinds = {entry.kind for entry in entries(form)}
    if form.kind == "number":
        kinds.add("number")
    elif number_word(form):
        kinds.add("number word")
    return tuple(reader for reader, begins in _READERS if begins & kinds)


def cannot_begin(words: Sequence[Word], at: int) -> bool:
    """Whether the word at `at` is no time before what follows it, which is quickly seen: `68 قتيلا`, `بعد أن`, `هذه القضية`."""
    wanted = _leans_on(words[at].form)
    if wanted is None:
        return False
    following = words[at + 1].form if at + 1 < len(words) else None
    if following is None or following.kind != "word":
        return following is None
    return following.fold not in wanted and not entries(following) and number_word(following) is None


@per_form
def _leans_on(form: Form) -> frozenset[str] | None:
    """The words that are no times but may follow `form`, where it is a time only before a time; None where it may be one."""
    found = entries(form)
    if any(not entry.rest and entry.kind not in _LEANING for entry in found) or (
        form.kind == "number" and _may_be_date(form.fold)
    ):
        return None
    return frozenset(["و", *(entry.rest[0] for entry in found if entry.rest)])


def _may_be_date(digits: str) -> bool:
    """Whether digits can be a year or a date without anything after them: `2003`, `11/2021`, `24.11.2021`."""
    return len(digits) == _YEAR_DIGITS or any(mark in digits for mark in "/-–") or digits.count(".") > 1


def _range(words: Sequence[Word], start: Phrase) -> Phrase | None:
    """`بين X وY`, `من X (و)حتى Y`, `X - Y`."""
    opener = _opener(words, start)
    pair = opener is not None and read(words, opener, "between") is not None
    if start.grain in ("month", "year"):
        pair = pair or is_word(words, start.first - 1, "شهري", "عامي")
        if start.free and not pair and (found := _months(words, start)):
            return found
    begin = _after_link(words, start, pair=pair)
    if begin is None:
        return None
    while is_word(words, begin, *_DAY_WORDS) and not read(words, begin, "daytime"):
        begin += 1
    end = _read_one(words, begin) or _read_bare(words, begin, start)
    if end is None or not end.joins or end.grain in ("week", "season"):
        return None
    first = start.first if opener is None else opener
    return Phrase(first, end.after, "span", _between(start, end), start.free and end.free, start.absolute and end.absolute)


def _after_link(words: Sequence[Word], start: Phrase, *, pair: bool) -> int | None:
    """Where the other end of a range begins, after حتى, a dash or, in a `pair`, و; None where there is no range."""
    link = skip(words, start.after, "or")
    if link > start.after:
        return None if read(words, start.first, "shift") else link  # منذ أمس وحتى اليوم are two
    if (is_mark(words, link, "-–") and start.grain in ("month", "year")) or (pair and is_word(words, link, "و")):
        return link + 1
    return link if pair and joined(words, link) else None


def _months(words: Sequence[Word], start: Phrase) -> Phrase | None:
    """`مارس وأبريل 2003`, `أكتوبر أو نوفمبر المقبلين`: months that share a year."""
    at = start.after + 1 if is_word(words, start.after, "او", "و") else start.after
    if at == start.after and not joined(words, at):
        return None
    end = read_date(words, at, named=True) if at < len(words) else None
    if end is None or end.grain != "month" or end.free:
        return None
    return Phrase(start.first, end.after, "span", _between(start, end), absolute=end.absolute)


def _read_bare(words: Sequence[Word], at: int, start: Phrase) -> Phrase | None:
    """The other end where it could not stand alone: `بين 2003 و2005`, `من يناير إلى مارس`."""
    if start.grain == "year" and at < len(words):
        number = read_year_number(words, at, named=False)
        return year_phrase(at, number[1], number[0]) if number else None
    return read_date(words, at, named=True) if start.grain in ("month", "day") else None


def _opened(words: Sequence[Word], phrase: Phrase) -> Phrase:
    """`بين 13 و17 ديسمبر`: the opening word belongs to it."""
    opener = _opener(words, phrase)
    return phrase if opener is None else phrase._replace(first=opener)


def _opener(words: Sequence[Word], phrase: Phrase) -> int | None:
    """Where the بين or من stands that opens a range with `phrase`."""
    at = phrase.first - 1
    while is_word(words, at, "ال", *_DAY_WORDS):
        at -= 1
    for begin in (at - 1, at):
        found = read(words, begin, "between") or read(words, begin, "of")
        if found and found[1] == at + 1:
            return begin
    return None


def _between(start: Phrase, end: Phrase) -> Resolve:
    """From the first day of `start` to the last of `end`; an end that does not say its year takes the other's."""

    def resolve(anchor: Anchor) -> Range | None:
        if start.free and not (end.free and anchor.mode == "next"):
            last = end.resolve(anchor)
            first = start.resolve(Anchor(last.start, "last", anchor.said)) if last else None
        else:
            first = start.resolve(anchor)
            last = end.resolve(Anchor(first.start, "next", first) if first and end.free else anchor._replace(said=first))
        return Range(first.start, last.end) if first and last and first.start <= last.end else None

    return resolve
