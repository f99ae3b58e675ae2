"""Speed of `rasid times` beside dateparser's search, in the same run: `python benchmarks/times_speed.py`.

Both read the same sentences, those of our own articles, for the times in them: rasid as `rasid times` does, from splitting text
into words to intervals; dateparser with the language and the day given. Times are of the processor, the best of five rounds in
which both take turns. Ends with status 1 where rasid is less than twenty times as fast.
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

SENTENCES = 300
ROUNDS = 5
AT_LEAST = 20
DAY = dt.date(2021, 11, 24)
NOON = {"RELATIVE_BASE": dt.datetime.combine(DAY, dt.time(12))}


def ours(text: str) -> int:
    return len(find_times(text, read_words(text), PageDate(DAY, DAY, "given")))


def theirs(text: str) -> int:
    return len(search_dates(text, languages=["ar"], settings=NOON) or ())


def seconds(find: Callable[[str], int], sentences: Sequence[str]) -> float:
    begun = time.process_time()
    for sentence in sentences:
        find(sentence)
    return time.process_time() - begun


def main() -> None:
    sentences = own_sentences()[:SENTENCES]
    for find in (ours, theirs):
        find(sentences[0])  # what is loaded once is loaded
    rounds = [(seconds(ours, sentences), seconds(theirs, sentences)) for _ in range(ROUNDS)]
    fast, slow = (min(one[n] for one in rounds) for n in (0, 1))
    rows: list[Row] = [
        ("rasid times", f"{len(sentences) / fast:,.0f}", f"{sum(map(ours, sentences))}"),
        (f"dateparser {version('dateparser')}, search", f"{len(sentences) / slow:,.0f}", f"{sum(map(theirs, sentences))}"),
    ]
    notes = [f"rasid is {slow / fast:,.0f} times as fast; to reach: {AT_LEAST}.", f"On {machine()}."]
    show("Times", ("what", "sentences a second", "times found"), rows, notes)
    sys.exit(slow / fast < AT_LEAST)


if __name__ == "__main__":
    main()
