"""Training of the second look: what an article says of its candidates, learned from news alone, not from our own sentences.

The first look's probabilities are held out: each by a model that has not seen the document.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from calibration import folds_of
from candidates import Candidates, Example
from choices import SMALLEST
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from rasid.events.second_look import look_again, second_features
from rasid.linear import Linear, names_of

FOLDS = 5
STRENGTH = 0.05  # the inverse of the penalty on large weights
Array = Any  # numpy's


def flat(articles: Sequence[Candidates]) -> list[Example]:
    """The candidates of all articles, in order."""
    return [example for article in articles for example in article.examples]


def fit(articles: Sequence[Candidates], first: Array) -> dict[str, float]:
    """The weights of the second look, given the first look's held-out probability of each candidate."""
    chosen = [(article, likely) for article, likely in _with_first(articles, first) if article.news]
    rows = [row for article, likely in chosen for row in _rows(article, likely)]
    labels = [example.label for article, _ in chosen for example in article.examples]
    vectorizer = DictVectorizer()
    counts = vectorizer.fit_transform([row for row, label in zip(rows, labels, strict=True) if label is not None])
    model = LogisticRegression(C=STRENGTH, max_iter=2000, fit_intercept=False)
    model.fit(counts, [label for label in labels if label is not None])
    pairs = zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True)
    return {str(name): round(float(weight), 3) for name, weight in pairs if abs(weight) >= SMALLEST / 2}


def held_out(articles: Sequence[Candidates], first: Array) -> Array:
    """(candidates,): the probability of each by both looks, of which neither has seen its document."""
    documents = [article.examples[0].document if article.examples else "" for article in articles]
    fold = folds_of(documents, FOLDS)
    first_of = [likely for _, likely in _with_first(articles, first)]
    found: list[list[float]] = [[] for _ in articles]
    for k in range(FOLDS):
        others = [n for n in range(len(articles)) if fold[n] != k]
        known = Linear(fit([articles[n] for n in others], np.concatenate([first_of[n] for n in others])), 0.0)
        for n in np.flatnonzero(fold == k).tolist():
            found[n] = look_again(_seen(articles[n], first_of[n]), articles[n].sentences, known)
    return np.array([likely for article in found for likely in article])


def _with_first(articles: Sequence[Candidates], first: Array) -> Iterator[tuple[Candidates, Array]]:
    at = 0
    for article in articles:
        yield article, first[at : at + len(article.examples)]
        at += len(article.examples)


def _seen(article: Candidates, likely: Array) -> list[Any]:
    return [glance._replace(likely=float(one)) for glance, one in zip(article.glances, likely, strict=True)]


def _rows(article: Candidates, likely: Array) -> Iterator[dict[str, float]]:
    glances = _seen(article, likely)
    for glance, (odds, terms) in zip(glances, second_features(glances, article.sentences), strict=True):
        yield {"own": odds, f"own {glance.kind}": odds, **dict.fromkeys(names_of(terms), 1.0)}
