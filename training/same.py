"""Training of the merging of mentions: which two of one sentence are one act, learned from the gold, which has each act once.

Mentions are read with weights that have not seen their document, so that their roles are as wrong as they will be.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any, NamedTuple

from choices import SMALLEST
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from rasid.coder import read_article
from rasid.events.build import read_events
from rasid.events.decide import Weights
from rasid.events.merge import agree
from rasid.events.one_act import keys, pair_features
from rasid.linear import names_of
from rasid.model import Article, Entity, Event

STRENGTH = 0.1  # the inverse of the penalty on large weights
KEEP_SAME = 0.6  # two mentions more likely than this to be one act are joined: chosen on held-out folds


class Pair(NamedTuple):
    """The features of two mentions of one sentence and type, and whether they are of one act."""

    features: list[str]
    one: bool


def fit(pairs: Sequence[Pair]) -> dict[str, float]:
    """The weights that pairs of mentions teach."""
    vectorizer = DictVectorizer()
    counts = vectorizer.fit_transform([dict.fromkeys(pair.features, 1.0) for pair in pairs])
    model = LogisticRegression(C=STRENGTH, max_iter=1000, fit_intercept=False)
    model.fit(counts, [pair.one for pair in pairs])
    named = zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True)
    return {str(name): round(float(weight), 3) for name, weight in named if abs(weight) >= SMALLEST}


def collect_pairs(article: Article, gold: list[dict[str, Any]], known: Weights) -> Iterator[Pair]:
    """The pairs of one article: of one act where both stand for the same gold event, or one of them for none."""
    events = read_events(read_article(article), known)
    number = Counter(event.type for event in events)
    answers = [_answer(article, event, gold) for event in events]
    for (old, first), (new, second) in combinations(zip(events, answers, strict=True), 2):
        apart = not (agree(old.actors, new.actors) and agree(old.recipients, new.recipients))
        if apart or old.type != new.type or old.sentence != new.sentence or first is second is None:
            continue
        if (new.confidence or 0.0) > (old.confidence or 0.0):
            old, first, new, second = new, second, old, first
        yield Pair(names_of(pair_features(old, new, number[new.type])), first is None or second is None or first is second)


def _answer(article: Article, event: Event, gold: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The gold event of this type in this sentence, rather by the same word, rather with the same sides."""
    here = [one for one in gold if one["type"] == event.type and _is_here(article, event, one)]
    return max(here, key=lambda one: (_same_word(event, one), _agrees(event, one)), default=None)


def _is_here(article: Article, event: Event, gold: dict[str, Any]) -> bool:
    if "sentence" not in gold:
        return True  # a row that is one sentence
    return event.sentence.start - 2 <= article.text.find(gold["sentence"]) < event.sentence.end


def _same_word(event: Event, gold: dict[str, Any]) -> bool:
    return not set(gold["trigger"].split()).isdisjoint(event.trigger.text.split())


def _agrees(event: Event, gold: dict[str, Any]) -> int:
    return sum(_overlap(entities, gold[side]) for entities, side in ((event.actors, "actor"), (event.recipients, "recipient")))


def _overlap(entities: tuple[Entity, ...], gold: list[dict[str, Any]]) -> bool:
    codes = {one["code"].split()[0] for one in gold if one["code"]}
    return not keys(entities).isdisjoint(codes) or not (entities or gold)
