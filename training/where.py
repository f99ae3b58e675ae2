"""Train the choice of the country: `python training/where.py --gold ../shared/gold` writes `src/rasid/events/where.json`.

A conditional logit: of all countries that an article brings up, and "not said", the one that the gold gives. Learns from the
developed files and from our own sentences, after `training/train.py`, whose weights decide who takes part. Prints how often the
country is right on held-out documents, and how often one is given where the gold has none.
"""

import argparse
import datetime as dt
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from choices import Named, fit_frequent, judged_apart
from material import Row, gold_folder, gold_rows, own_rows

from rasid.coder import code, read_article
from rasid.events.build import Reading, read_candidates
from rasid.events.where import NOWHERE, WHERE_WEIGHTS, Told, WhereWeights, place_features, see
from rasid.linear import Linear, names_of
from rasid.model import Article, Event, PageDate

FOLDS = 5
PENALTY = 8.0  # on large weights
WILLING = 2.5  # for a country against "not said", which then is for what nothing places: chosen on held-out folds
SEEN = 3  # times: a feature seen less often is left out


class Placed(NamedTuple):
    """The features of every country that an event may be in, the right one, and the document."""

    features: dict[str, list[str]]
    country: str
    document: str


def main() -> None:
    """Read the gold, fit, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=gold_folder, default="../shared/gold")
    options = parser.parse_args()
    choices = list(collect(gold_rows(options.gold)))
    own = list(collect(own_rows()))
    print(f"{len(choices)} events of the gold, {len(own)} of our own; {held_out(choices, own)}")
    weights = WhereWeights(Linear(fit([*choices, *own]), 0.0), WILLING)
    WHERE_WEIGHTS.write_text(json.dumps(weights._asdict(), ensure_ascii=False, sort_keys=True, indent=0), encoding="utf-8")
    print(f"{WHERE_WEIGHTS.name}: {len(weights[0])} features, {WHERE_WEIGHTS.stat().st_size / 1e6:.1f} MB")


def collect(rows: Iterable[Row]) -> Iterator[Placed]:
    """The choices of all events of coded rows that we find too."""
    for row in rows:
        day = dt.date.fromisoformat(row["date"])
        article = Article(row["id"], row["text"], row.get("title"), source=row.get("source"), date=PageDate(day, day, "given"))
        document = row["id"] if row.get("title") else row["id"].rsplit("-", 1)[0]
        readings = {reading.sentence.span: reading for reading in read_article(article)}
        gold = [event for event in row["events"] if not event.get("optional")]
        for event in code(article).events:
            here = [one for one in gold if one["type"] == event.type and one.get("sentence", "") in event.sentence.text]
            match = next((one for one in here if _overlap(one["trigger"], event.trigger.text)), here[0] if here else None)
            told = match and _told(readings[event.sentence], event)
            if match and told:
                gold.remove(match)
                scene = readings[event.sentence].scene
                found = place_features(told, scene, see(told, scene))
                features = {country: names_of(terms) for country, terms in found.items()}
                yield Placed(features, match.get("where") or NOWHERE, document)


def _overlap(one: str, other: str) -> bool:
    return one in other or other in one


def _told(reading: Reading, event: Event) -> Told | None:
    """What was known of an event before its place; None where its candidate is not found again."""
    _, candidates = read_candidates(reading.sentence)
    candidate = next((c for c in candidates if reading.sentence.words[c.head.at].start == event.trigger.start), None)
    return candidate and Told(
        reading.sentence, reading.at, candidate, event.type, event.mode, event.status, event.actors, event.recipients,
        event.attributed_to,
    )  # fmt: skip


def fit(choices: Sequence[Placed]) -> dict[str, float]:
    """The weights under which the right countries are likeliest, of the choices that have the right one in question."""
    return fit_frequent([Named(choice.features, choice.country, choice.document) for choice in choices], SEEN, PENALTY)


def held_out(choices: list[Placed], own: list[Placed]) -> str:
    """How often the country is right, and given where the gold has none, each document judged by a model without it."""
    tally = judged_apart(choices, own, FOLDS, fit, _judge)
    placed, nowhere = tally["right"] + tally["wrong"] + tally["missing"], tally["given"] + tally["left"]
    right, given = tally["right"] / placed, tally["given"] / nowhere
    return f"held out: {right:.3f} right of {placed}; given in {given:.3f} of {nowhere} without"


def _judge(choice: Placed, weights: dict[str, float]) -> str:
    def score(country: str) -> float:
        return sum(weights.get(name, 0.0) for name in choice.features[country]) + (WILLING if country else 0.0)

    best = max(choice.features, key=score)
    if choice.country == NOWHERE:
        return "given" if best else "left"
    return "right" if best == choice.country else "wrong" if best else "missing"


if __name__ == "__main__":
    main()
