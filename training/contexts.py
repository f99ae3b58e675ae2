"""Train contexts: `python training/contexts.py --gold ../shared/gold` writes `src/rasid/events/contexts.json`.

One logistic model a context, of the acts that the gold codes in whole articles; the figure printed is of folds by article.
"""

import argparse
import json
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import numpy as np
from calibration import folds_of
from material import Row, gold_folder, gold_rows, own_rows
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from rasid.arabic.words import read_words
from rasid.coder import read_article
from rasid.events.build import read_candidates
from rasid.events.contexts import CONTEXT_WEIGHTS, Act, ContextWeights, context_features
from rasid.model import Article

FOLDS = 5
STRENGTH = 0.3  # the inverse of the penalty on large weights
LIMIT = 0.25  # where F1 is greatest on held-out folds: a context that is given rarely but truly is worth giving
FEWEST = 5  # acts that a context needs
SEEN = 3  # acts that a feature must stand with
SMALLEST = 0.12  # a weight below this changes nothing
Array = Any  # scikit-learn gives no types


class Known(NamedTuple):
    """An act of the gold: its features, its contexts and its article."""

    features: dict[str, float]
    contexts: frozenset[str]
    article: str


def main() -> None:
    """Read the gold, print the figure of folds, fit on all of it, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=gold_folder, default="../shared/gold")
    options = parser.parse_args()
    acts = list(collect(gold_rows(options.gold)))
    own = list(collect(own_rows()))
    print(f"contexts: {len(acts)} acts of the gold, {len(own)} of our own, F1 {held_out(acts, own):.3f}")
    weights = fit([*acts, *own])
    text = json.dumps(weights._asdict(), ensure_ascii=False, sort_keys=True, indent=0)
    CONTEXT_WEIGHTS.write_text(text, encoding="utf-8")
    print(f"{CONTEXT_WEIGHTS.name}: {len(weights.weights)} features, {CONTEXT_WEIGHTS.stat().st_size / 1e6:.1f} MB")


def collect(rows: Iterable[Row]) -> Iterator[Known]:
    """The acts of those rows that give contexts: whole articles."""
    for row in rows:
        events = [event for event in row["events"] if event.get("contexts") is not None]
        for reading in read_article(Article(row["id"], row["text"], row.get("title"))) if events else ():
            span, words = reading.sentence.span, reading.sentence.words
            lemmas = {one.head.at: one.predicate for one in read_candidates(reading.sentence)[1]}
            for event in (one for one in events if span.start - 2 <= row["text"].find(one["sentence"]) < span.end):
                trigger = read_words(event["trigger"])[0].form.text
                at = next((n for n, word in enumerate(words) if word.form.text == trigger), 0)
                known = lemmas.get(at)
                act = Act(event["type"], event["mode"], known.lemma if known else "", known.contexts if known else ())
                yield Known(context_features(words, at, act, reading.about), frozenset(event["contexts"]), row["id"])


def held_out(acts: list[Known], own: list[Known]) -> float:
    """F1 over labels, each article by a model that has not seen it."""
    fold = folds_of([act.article for act in acts], FOLDS)
    hit = given = right = 0
    for k in range(FOLDS):
        learnt = fit([*(act for act, n in zip(acts, fold, strict=True) if n != k), *own])
        for act in (act for act, n in zip(acts, fold, strict=True) if n == k):
            found = choose(act.features, learnt)
            hit, given, right = hit + len(found & act.contexts), given + len(found), right + len(act.contexts)
    return 2 * hit / (given + right)


def choose(features: dict[str, float], learnt: ContextWeights) -> set[str]:
    """What `rasid.events.contexts.contexts_of` would give."""
    scores: dict[str, float] = {}
    for feature, value in features.items():
        for context, weight in learnt.weights.get(feature, {}).items():
            scores[context] = scores.get(context, 0.0) + weight * value
    return {context for context, score in scores.items() if score >= np.log(learnt.limit / (1 - learnt.limit))}


def fit(acts: list[Known]) -> ContextWeights:
    """The weights that `acts` teach."""
    vectorizer = DictVectorizer()
    counts = vectorizer.fit_transform([act.features for act in acts]).tocsr()
    often = np.flatnonzero(np.asarray((counts != 0).sum(axis=0)).ravel() >= SEEN)
    counts = counts[:, often]
    counts.indices, counts.indptr = counts.indices.astype(np.int32), counts.indptr.astype(np.int32)
    names = vectorizer.get_feature_names_out()[often]
    weights: dict[str, dict[str, float]] = {}
    for context in sorted(frozenset().union(*(act.contexts for act in acts))):
        right = np.array([context in act.contexts for act in acts])
        if right.sum() >= FEWEST:
            model = LogisticRegression(C=STRENGTH, solver="liblinear", fit_intercept=False, random_state=0).fit(counts, right)
            for name, weight in zip(names, model.coef_[0], strict=True):
                if abs(weight) >= SMALLEST:
                    weights.setdefault(str(name), {})[context] = round(float(weight), 2)
    return ContextWeights(weights, LIMIT)


if __name__ == "__main__":
    main()
