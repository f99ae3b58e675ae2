"""How fast a record of a million events answers: `python benchmarks/record_speed.py [--articles 100000] [--record FILE]`.

The articles are made here, of words of the lexicons; every tenth event is between the same two countries, which is what makes a
dyad heavy. Each question is asked several times, and the median said.
"""

import argparse
import datetime as dt
import random
import statistics
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from rasid.actors.lexicon import all_names
from rasid.events.plover import modes, types
from rasid.model import Article, CodedArticle, Entity, Event, Interval, PageDate, Place, Span
from rasid.record import EventQuery, Record, add, find_events, open_record, transaction_of_many
from rasid.record.searching import SearchQuery, search

EVENTS = 10  # an article
WORDS = 25  # a sentence
CODER = "benchmark+0"
FIRST_DAY = dt.date(2005, 1, 1)
DAYS = 7_000
HEAVY = ("PSE", "ISR")
ASKED = 7
AT_ONCE = 50  # articles of a transaction, as `rasid ingest` has them
SAID_EVERY = 5_000  # articles


class Question(NamedTuple):
    """What is asked, within how many milliseconds it is to be answered, and how."""

    name: str
    limit: float
    ask: Callable[[Record], object]


def main() -> None:
    """Make the record, ask, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--record", type=Path, help="keep it there; one that is there already is asked as it is")
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        path = options.record or Path(folder) / "record.sqlite"
        if not path.exists():
            make(path, options.articles)
        print(f"{path.stat().st_size / 1e9:.2f} GB")
        for name, limit, measured in measure(path):
            print(f"{name:<60} {measured:8.1f} ms   at most {limit:.0f}")


def make(path: Path, articles: int) -> None:
    """Fill a record as `rasid ingest` does, and say how fast that was at its beginning and at its end."""
    chance, words = random.Random(7), vocabulary()
    started, said = time.perf_counter(), 0
    with open_record(path) as record:
        for first in range(0, articles, AT_ONCE):
            with transaction_of_many(record):
                for n in range(first, min(first + AT_ONCE, articles)):
                    add(record, article(n, chance, words), f"{n}.txt", CODER)
            done = first + AT_ONCE
            if done % SAID_EVERY == 0 or done >= articles:
                speed = (done - said) / (time.perf_counter() - started)
                print(f"{done:,} articles: the last at {speed:.0f} a second", flush=True)
                started, said = time.perf_counter(), done


@cache
def vocabulary() -> list[str]:
    """Words for sentences, the frequent ones often."""
    words = sorted({word for names, *_ in all_names() for name in names for word in name.split()})
    random.Random(3).shuffle(words)
    return [word for n, word in enumerate(words) for _ in range(1 + 2_000 // (n + 1))]


def article(n: int, chance: random.Random, words: list[str]) -> CodedArticle:
    """An article of ten sentences, in each of them an event."""
    sentences = [" ".join(chance.choices(words, k=WORDS)) + "." for _ in range(EVENTS)]
    text = " ".join(sentences)
    day = FIRST_DAY + dt.timedelta(days=chance.randrange(DAYS))
    at, events = 0, []
    for k, sentence in enumerate(sentences):
        events.append(_event(f"{n}-{k}", Span(at, at + len(sentence), sentence), day, chance))
        at += len(sentence) + 1
    title = " ".join(chance.choices(words, k=8))
    source = f"outlet {min(chance.randrange(40), chance.randrange(40))}"
    return CodedArticle(
        Article(f"{n:016}", text, title, f"https://news.example/{n}", source, date=PageDate(day, day)), tuple(events)
    )


def _event(name: str, sentence: Span, day: dt.date, chance: random.Random) -> Event:
    kind = chance.choice(_types())
    first, second, *_ = (Span(sentence.start + m.start, sentence.start + m.end, m.text) for m in _words(sentence.text))
    codes = HEAVY if chance.random() < 0.2 else (_country(chance), _country(chance))
    actor, recipient = (
        Entity(span, code, chance.choice(("GOV", "MIL", None))) for span, code in zip((first, second), codes, strict=True)
    )
    start = day - dt.timedelta(days=chance.choice((0, 0, 0, 1, 7)))
    end = start + dt.timedelta(days=chance.choice((0, 0, 0, 0, 30)))
    return Event(
        name,
        kind,
        first,
        sentence,
        mode=chance.choice((None, *sorted(modes(kind)))),
        status=chance.choice(("occurred", "occurred", "occurred", "future", "negated")),
        actors=(actor,),
        recipients=(recipient,),
        when=Interval(start, end),
        when_from="page",
        where=Place(codes[1]),
        confidence=chance.random(),
        coder=CODER,
    )


@cache
def _types() -> list[str]:
    return sorted(types())


@cache
def _countries() -> list[str]:
    return sorted({country for _, kind, country, _, _ in all_names() if kind == "country" and country})


def _country(chance: random.Random) -> str:
    countries = _countries()
    return countries[min(chance.randrange(len(countries)), chance.randrange(len(countries)))]


def _words(text: str) -> Iterator[Span]:
    at = 0
    for word in text.split(" "):
        yield Span(at, at + len(word), word)
        at += len(word) + 1


def questions() -> list[Question]:
    """What the record is for."""
    timeline = "SELECT day, events, mean_score FROM dyad_days WHERE a = ? AND b = ?"
    months = "SELECT month, material_conflict FROM dyad_months WHERE a = ? AND b = ?"

    def page(**query: object) -> Callable[[Record], object]:
        return lambda record: list(find_events(record, EventQuery(**query), 50))  # type: ignore[arg-type]

    def words(typed: str, **others: object) -> Callable[[Record], object]:
        return lambda record: list(search(record, SearchQuery(typed, **others), 20))  # type: ignore[arg-type]

    year = {"start": dt.date(2015, 1, 1), "end": dt.date(2015, 12, 31)}
    return [
        Question(
            "timeline of the heaviest dyad by day", 100, lambda r: r.connection.execute(timeline, sorted(HEAVY)).fetchall()
        ),
        Question(
            "timeline of the heaviest dyad by month", 100, lambda r: r.connection.execute(months, sorted(HEAVY)).fetchall()
        ),
        Question(
            "timeline of an ordinary dyad by day", 100, lambda r: r.connection.execute(timeline, ("DZA", "FRA")).fetchall()
        ),
        Question("page: all events", 50, page()),
        Question("page: one actor, heavy", 50, page(actors=("ISR",))),
        Question("page: the heaviest dyad, one type, a year", 50, page(actors=HEAVY, types=("AID",), **year)),
        Question("page: two offices", 50, page(actors=("PSE GOV", "ISR MIL"))),
        Question("page: two ordinary actors", 50, page(actors=("DZA", "FRA"))),
        Question("page: a type and a mode, late", 50, page(types=("COERCE",), modes=("arrest",), start=dt.date(2023, 1, 1))),
        Question(
            "page: quad, status, outlet, sure", 50, page(quads=(1,), statuses=("negated",), source="outlet 3", confidence=0.9)
        ),
        Question("page: a country where, a year", 50, page(places=("TUN",), **year)),
        Question("page: unreviewed, the last year", 50, page(reviewed=False, start=dt.date(2023, 1, 1))),
        Question("search: a rare word", 100, words("نواكشوط")),
        Question("search: a frequent word", 100, words(_frequent(0))),
        Question("search: two frequent words", 100, words(f"{_frequent(1)} {_frequent(5)}")),
        Question("search: a phrase", 100, words(f'"{_frequent(2)} {_frequent(3)}"')),
        Question("search: a beginning", 100, words("اقتصا*")),
        Question("search: Morocco", 100, words("Morocco")),
        Question("search: ceasefire", 100, words("ceasefire")),
        Question("search: a word, and a heavy dyad in 2015", 100, words("دمشق", events=EventQuery(HEAVY), **year)),
    ]


def _frequent(n: int) -> str:
    return list(dict.fromkeys(vocabulary()))[n]


def measure(path: Path) -> Iterator[tuple[str, float, float]]:
    """Each question with its limit and the median of its answers, in milliseconds."""
    opening = [_time(lambda: open_record(path).close()) for _ in range(ASKED)]
    yield "opening", 50, statistics.median(opening)
    with open_record(path) as record:
        for question in questions():
            question.ask(record)
            yield question.name, question.limit, statistics.median(_time(lambda: question.ask(record)) for _ in range(ASKED))  # noqa: B023


def _time(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    main()
