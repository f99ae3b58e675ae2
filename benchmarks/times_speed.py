"""Speed of `rasid times` beside dateparser's search, in the same run: `python benchmarks/times_speed.py`.

Both read the same sentences, those of our own articles, for the times in them: rasid as `rasid times` does, from splitting text
into words to intervals; dateparser as it comes, and with the language and the day given, which is the fastest way to use it.
Times are of the processor, the best of three rounds in which all take turns. Ends with status 1 where rasid is less than twenty
times as fast as dateparser's search as it comes.
"""

import datetime as dt
import sys
import time
from collections.abc import Callable, Sequence
from importlib.metadata import version

from dateparser.search import search_dates
from figures import Row, machine, show
from speed import own_sentences

from rasid.arabic.words import read_words
from rasid.model import PageDate
from rasid.times import find_times

SENTENCES = 200
ROUNDS = 3
AT_LEAST = 20
DAY = dt.date(2021, 11, 24)
PUBLISHED = PageDate(DAY, DAY, "given")
NOON = {"RELATIVE_BASE": dt.datetime.combine(DAY, dt.time(12))}


def ours(text: str) -> int:
    return len(find_times(text, read_words(text), PUBLISHED))


def theirs(text: str) -> int:
    return len(search_dates(text, languages=["ar"], settings=NOON) or ())


def as_it_comes(text: str) -> int:
    return len(search_dates(text) or ())


def seconds(find: Callable[[str], int], sentences: Sequence[str]) -> float:
    begun = time.process_time()
    for sentence in sentences:
        find(sentence)
    return time.process_time() - begun


def main() -> None:
    sentences = own_sentences()[:SENTENCES]
    finders = {
        "rasid times": ours,
        f"dateparser {version('dateparser')}, search, language and day given": theirs,
        f"dateparser {version('dateparser')}, search as it comes": as_it_comes,
    }
    for find in finders.values():
        find(sentences[0])  # what is loaded once is loaded
    rounds = [[seconds(find, sentences) for find in finders.values()] for _ in range(ROUNDS)]
    fast, given, plain = (min(times) for times in zip(*rounds, strict=True))
    rows: list[Row] = [
        (name, f"{len(sentences) / took:,.0f}", f"{sum(map(find, sentences))}")
        for (name, find), took in zip(finders.items(), (fast, given, plain), strict=True)
    ]
    ratio = f"rasid is {plain / fast:,.0f} times as fast as the search as it comes, {given / fast:,.0f} times with both given"
    show("Times", ("what", "sentences a second", "times found"), rows, [f"{ratio}; to reach: {AT_LEAST}.", f"On {machine()}."])
    sys.exit(plain / fast < AT_LEAST)


if __name__ == "__main__":
    main()
