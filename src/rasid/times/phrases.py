"""What a phrase of time is before and after it is resolved against the day of publication."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from rasid.arabic.words import Word
from rasid.times.calendars import Grain, Range

Mode = Literal["last", "past", "next", "near"]


class Anchor(NamedTuple):
    """What an expression is resolved against.

    `mode` says where a day or month without its year lies: behind `day` (`past` where a verb says so), ahead, or the nearer.
    `said` is the interval read last, for `من العام نفسه`.
    """

    day: dt.date
    mode: Mode = "last"
    said: Range | None = None


Resolve = Callable[[Anchor], Range | None]
Check = Callable[[dt.date], bool]


class Phrase(NamedTuple):
    """Words `first` to `after` (exclusive), and how to get their interval.

    `free`: no year or direction is said, so that tense, or the other end of a range, decides.
    `absolute`: the day of publication does not matter. `paired`: a list of days or years, which بين or من may open.
    `joins`: it may be one end of a range. `checks`: what must hold of the day of publication, because the phrase says a day
    twice (`اليوم الأربعاء`, `العام الماضي 2020`) or names the current month (`24 نونبر الجاري`).
    """

    first: int
    after: int
    grain: Grain
    resolve: Resolve
    free: bool = False
    absolute: bool = False
    paired: bool = False
    joins: bool = True
    checks: tuple[Check, ...] = ()


def no_time(first: int, after: int) -> Phrase:
    """Words that look like a time and are none; nothing inside them is read again."""
    return Phrase(first, after, "span", lambda _: None, absolute=True, joins=False)


def is_mark(words: Sequence[Word], at: int, marks: str) -> bool:
    """Whether the word at `at` is one of the characters of `marks`."""
    return 0 <= at < len(words) and words[at].form.kind == "mark" and words[at].form.text in marks


def is_word(words: Sequence[Word], at: int, *folded: str) -> bool:
    """Whether the word at `at` is one of `folded`."""
    return 0 <= at < len(words) and words[at].form.fold in folded


def touches(words: Sequence[Word], at: int) -> bool:
    """Whether nothing stands between the words at `at` and `at + 1`."""
    return 0 <= at < len(words) - 1 and words[at].end == words[at + 1].start


def joined(words: Sequence[Word], at: int) -> bool:
    """Whether the word at `at` carries و."""
    return 0 <= at < len(words) and any(reading.conjunction == "و" for reading in words[at].form.readings)
