"""Twice the article, at most some twice the time: articles of one kind of sentence, as long as they come."""

import datetime as dt
import time
from collections.abc import Iterator
from itertools import cycle, islice, product

import pytest

from rasid.coder import LONGEST, code
from rasid.errors import InputError
from rasid.model import Article, PageDate

SIZE = 12_000  # characters, and twice as many
GROWTH = 3.0  # of the time: 2 in line, 4 with the square
DAY = dt.date(2021, 11, 24)
COUNTRIES = ("المغرب", "فرنسا", "تونس", "مصر", "قطر", "كينيا", "غانا", "تركيا", "إيران", "الهند", "اليابان", "السودان")
KINDS = {
    "one act again and again": ["قتل 3 جنود أمس في طرابلس."],
    "a word a line": ["قتل\n"],
    "one accord": ["وقع المغرب وفرنسا اتفاقا."],
    "accords of all with all": [f"وقع {one} و{other} اتفاقا." for one, other in product(COUNTRIES, COUNTRIES) if one != other],
    "acts of all against all": [f"قتلت {one} رجلا من {other}." for one, other in product(COUNTRIES, COUNTRIES)],
    "a day each": [f"قتل رجل في {day} مارس {year}." for year in range(1900, 2000) for day in range(1, 31)],
    "quotes in quotes": ["وقال: قتل: وقال:"],
    "quotes that do not end": ["قال «نعم إن الحكومة وقعت الاتفاق"],
    "names of persons": [f"اعتقلت مصر محمد {a}{b}اني." for a, b in product("بجحدرسصطعفقكلمن", repeat=2)],
    "numbers": ["قتل 3 وجرح 4 واعتقل 5."],
    "brackets": ['(قتل) [وقع] «قال» "زار"'],
}


def article(sentences: list[str], size: int) -> Article:
    """So many characters of these sentences."""
    return Article("x", "".join(_up_to(sentences, size)), date=PageDate(DAY, DAY, "given"))


def _up_to(sentences: list[str], size: int) -> Iterator[str]:
    left = size
    for sentence in cycle(sentences):
        if left <= len(sentence):
            return
        left -= len(sentence) + 1
        yield sentence + " "


def seconds(one: Article, times: int) -> float:
    taken = []
    for _ in range(times):
        started = time.process_time()
        code(one)
        taken.append(time.process_time() - started)
    return min(taken)


@pytest.mark.parametrize("kind", KINDS)
def test_time_grows_in_line_with_an_article(kind: str) -> None:
    once, twice = (article(KINDS[kind], size) for size in (SIZE, 2 * SIZE))
    code(once)  # so that what is loaded once does not count
    grew = (seconds(twice, times) / seconds(once, times) for times in (1, 2, 3))
    assert any(growth < GROWTH for growth in islice(grew, 3))


def test_a_longer_article_is_refused() -> None:
    with pytest.raises(InputError, match="divide it"):
        code(Article("x", "ا" * (LONGEST + 1)))
