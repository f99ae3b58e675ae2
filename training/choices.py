"""A conditional logit: which of several options is chosen, learned from choices that were made.

Its probability is a softmax over the options' scores, each the sum of its features' weights. McFadden, D. (1974), Conditional
logit analysis of qualitative choice behavior, in: Frontiers in Econometrics.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple, Protocol, TypeVar

import numpy as np
from scipy import sparse
from scipy.optimize import minimize

SMALLEST = 0.05  # a weight below this changes nothing
ROUNDS = 200


class OfDocument(Protocol):
    """Something that comes from a document."""

    @property
    def document(self) -> str:
        """Its id."""


T = TypeVar("T", bound=OfDocument)
W = TypeVar("W")


class Choice(NamedTuple):
    """Options, each a list of features; the places of those that were chosen; and the document it comes from."""

    options: list[list[str]]
    chosen: list[int]
    document: str


def fit_choices(choices: list[Choice], penalty: float) -> dict[str, float]:
    """The weights of features, by maximum likelihood with a penalty on their squares. Choices of nothing teach nothing."""
    answered = [choice for choice in choices if choice.chosen]
    names: dict[str, int] = {}
    counts, target, starts = _matrix(answered, names)
    group = np.repeat(np.arange(len(answered)), np.diff(starts))
    firsts = starts[:-1]

    def loss(weights: Any) -> tuple[float, Any]:
        scores = counts @ weights
        raised = np.exp(scores - np.maximum.reduceat(scores, firsts)[group])
        shares = raised / np.add.reduceat(raised, firsts)[group]
        likelihood = float((target * np.log(np.maximum(shares, 1e-300))).sum())
        return penalty / 2 * float(weights @ weights) - likelihood, counts.T @ (shares - target) + penalty * weights

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS}).x
    return {name: round(float(found[n]), 3) for name, n in names.items() if abs(found[n]) >= SMALLEST}


class Named(NamedTuple):
    """The features of every answer that may be right, the right one, and the document it comes from."""

    features: Mapping[Any, Sequence[str]]
    right: Any
    document: str


def fit_frequent(choices: Sequence[Named], seen: int, penalty: float) -> dict[str, float]:
    """The weights of the features seen at least `seen` times under which the right answers are likeliest."""
    count = Counter(name for choice in choices for name in chain.from_iterable(choice.features.values()))
    options = [
        Choice(
            [[name for name in features if count[name] >= seen] for features in choice.features.values()],
            [n for n, answer in enumerate(choice.features) if answer == choice.right],
            choice.document,
        )
        for choice in choices
    ]
    return fit_choices(options, penalty)


def judged_apart(
    choices: Sequence[T], own: Sequence[T], folds: int, fit: Callable[[list[T]], W], judge: Callable[[T, W], str]
) -> Counter[str]:
    """How many choices `judge` says each of, every one judged by weights that have not seen its document."""
    fold = {document: n % folds for n, document in enumerate(sorted({choice.document for choice in choices}))}
    tally: Counter[str] = Counter()
    for k in range(folds):
        weights = fit([*(choice for choice in choices if fold[choice.document] != k), *own])
        tally.update(judge(choice, weights) for choice in choices if fold[choice.document] == k)
    return tally


def _matrix(choices: list[Choice], names: dict[str, int]) -> tuple[Any, Any, Any]:
    """A row for each option: counts of features, its share of what was chosen; and where each choice begins."""
    rows = [[names.setdefault(feature, len(names)) for feature in option] for choice in choices for option in choice.options]
    target = np.array(
        [(n in choice.chosen) / len(choice.chosen) for choice in choices for n in range(len(choice.options))], dtype=float
    )
    starts = np.cumsum([0, *(len(choice.options) for choice in choices)])
    ends = np.cumsum([0, *(len(row) for row in rows)])
    columns = np.array([column for row in rows for column in row], dtype=np.int64)
    return sparse.csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(rows), len(names))), target, starts
