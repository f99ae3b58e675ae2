"""Train the choice of the time: `python training/when.py --gold ../shared/gold` writes `src/rasid/events/when.json`.

A conditional logit: of all times that an event's sentence and article name, and the day of publication, the one that the gold
gives. Learns from the developed files and from our own sentences. Prints how often the time is right on held-out documents, and
how often words of the text are taken for it where the gold has none.
"""

import argparse
import calendar
import datetime as dt
import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from choices import Named, fit_frequent, judged_apart
from material import Row, gold_folder, gold_rows, own_rows

from rasid.coder import read_article
from rasid.events.build import Reading, read_candidates
from rasid.events.propose import Candidate
from rasid.events.when import WHEN_WEIGHTS, Dating, Days, WhenWeights, time_features
from rasid.linear import Linear, names_of
from rasid.model import Article, PageDate

FOLDS = 5
PENALTY = 3.0  # on large weights
PAGE = 0.5  # for the day of publication against what the text names: chosen on held-out folds
SEEN = 3  # times: a feature seen less often is left out
PLANNED = {"AGREE": ("CONSULT", "SUPPORT", "COOPERATE", "AID"), "CONCEDE": ("RETREAT",)}  # of what a plan is coded as


class Dated(NamedTuple):
    """The features of every interval that may date an event, the right one (None: not said), and the document."""

    features: dict[Days, list[str]]
    page: Days
    right: Days | None
    document: str


def main() -> None:
    """Read the gold, fit, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=gold_folder, default="../shared/gold")
    options = parser.parse_args()
    choices = list(collect(gold_rows(options.gold)))
    own = list(collect(own_rows()))
    print(f"{len(choices)} events of the gold, {len(own)} of our own; {held_out(choices, own)}")
    weights = WhenWeights(Linear(fit([*choices, *own]), 0.0), PAGE)
    WHEN_WEIGHTS.write_text(json.dumps(weights._asdict(), ensure_ascii=False, sort_keys=True, indent=0), encoding="utf-8")
    print(f"{WHEN_WEIGHTS.name}: {len(weights[0])} features, {WHEN_WEIGHTS.stat().st_size / 1e3:.0f} kB")


def collect(rows: Iterable[Row]) -> Iterator[Dated]:
    """The choices of all events of coded rows that a candidate stands for."""
    for row in rows:
        day = dt.date.fromisoformat(row["date"]) if row["date"] else None
        article = Article(row["id"], row["text"], row.get("title"), date=PageDate(day, day, "given" if day else "unknown"))
        document = row["id"] if row.get("title") else row["id"].rsplit("-", 1)[0]
        for reading in read_article(article):
            gold = [event for event in row["events"] if not event.get("optional") and _stands_in(event, row, reading)]
            if gold:
                yield from _of_sentence(reading, gold, document)


def _of_sentence(reading: Reading, gold: list[Row], document: str) -> Iterator[Dated]:
    outline, candidates = read_candidates(reading.sentence)
    dating = Dating(reading.sentence, reading.at, outline, reading.course, reading.article.date)
    page = dating.published.start, dating.published.end
    for candidate in candidates:
        word = outline.words[candidate.head.at].form.text
        match = next((one for one in gold if _is_of(one, candidate, word)), None)
        if match:
            gold.remove(match)
            found = time_features(dating, candidate).items()
            features = {days: list(dict.fromkeys(names_of(chain.from_iterable(named)))) for days, (_, named) in found}
            right = interval(match["when"]) if match.get("when") else None
            yield Dated(features, page, right and _offered(right, features, page[1]), document)


def _is_of(event: Row, candidate: Candidate, word: str) -> bool:
    same = word in event["trigger"] or event["trigger"] in word
    return same and candidate.predicate.type in (event["type"], *PLANNED.get(event["type"], ()))


def _stands_in(event: Row, row: Row, reading: Reading) -> bool:
    if row.get("title") is None:
        return event["trigger"] in reading.sentence.span.text or len(reading.sentences) == 1
    at: int = row["text"].find(event["sentence"])
    return reading.sentence.span.start - 2 <= at < reading.sentence.span.end


def _offered(right: Days, features: dict[Days, list[str]], page: dt.date | None) -> Days:
    """What goes on ends with the day of the page, if that is in question: the gold may write the end of its month or year."""
    goes_on = right not in features and page and right[1] and right[1] > page and (right[0], page) in features
    return (right[0], page) if goes_on else right


def interval(written: str) -> Days:
    """First and last day of `2008`, `2008-11`, `2008-11-28` or two of them with a stroke between."""
    first, _, last = written.partition("/")
    last = last or first
    year, month, day = (*(int(part) for part in last.split("-")), 0, 0)[:3]
    end = dt.date(year, month or 12, day or calendar.monthrange(year, month or 12)[1])
    return dt.date.fromisoformat((first + "-01-01")[:10]), end


def fit(choices: Sequence[Dated]) -> dict[str, float]:
    """The weights under which the right times are likeliest, of the choices that have the right one in question."""
    told = [choice for choice in choices if choice.right in choice.features]
    return fit_frequent([Named(choice.features, choice.right, choice.document) for choice in told], SEEN, PENALTY)


def held_out(choices: list[Dated], own: list[Dated]) -> str:
    """How often the time is right, and taken from the text where the gold has none; each document judged without itself."""
    tally = judged_apart(choices, own, FOLDS, fit, _judge)
    said, not_said = tally["right"] + tally["wrong"], tally["text"] + tally["page"]
    right, text = tally["right"] / said, tally["text"] / not_said
    return f"held out: {right:.3f} right of {said}; taken from the text in {text:.3f} of {not_said} without"


def _judge(choice: Dated, weights: dict[str, float]) -> str:
    def score(days: Days) -> float:
        return sum(weights.get(name, 0.0) for name in choice.features[days]) + (PAGE if days == choice.page else 0.0)

    best = max(choice.features, key=score)
    if choice.right is None:
        return "page" if best == choice.page else "text"
    return "right" if best == choice.right else "wrong"


if __name__ == "__main__":
    main()
