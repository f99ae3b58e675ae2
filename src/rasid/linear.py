"""Linear models over named features: what features add up to, looked up by what they are made of.

A feature is a string, `sector GOV ASSAULT`, and its weight a number, so that every decision can be read. To make hundreds of
such names for each decision costs more than all else. Few things vary together, however: features come in terms, each a
function that names some of them and what it names them of, and of a term that was met before the sum is known.
"""

from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from typing import Any, TypeVar

Term = tuple[Callable[..., Iterable[str]], *tuple[Any, ...]]  # what names features, and of what: (_by_sector, "GOV", "ASSAULT")
Weight = TypeVar("Weight", bound=complex)  # which a float is too

_MOST = 1 << 15  # terms remembered of one model, and as many that were met before those: together some 20 MB


def names_of(terms: Iterable[Term]) -> list[str]:
    """The features of `terms` by name, for training and for whoever wants to read a decision."""
    return list(chain.from_iterable(name(*values) for name, *values in terms))


class Linear(dict[str, Weight]):
    """The weights of features by name; what is not among them weighs nothing."""

    __slots__ = ("_sums",)

    def __init__(self, weights: Mapping[str, Weight], nothing: Weight) -> None:
        """`nothing` is the zero of the weights' kind: 0.0, or 0j where one weight holds two."""
        super().__init__(weights.items())
        self._sums: _Sums[Weight] = _Sums(self, nothing)

    def of(self, terms: Iterable[Term]) -> Weight:
        """What the features of `terms` add up to."""
        total: Weight = sum(map(self._sums.__getitem__, terms), self._sums.nothing)
        return total


class _Sums(dict[Term, Weight]):
    """The sums of terms met before. When they are very many, those not met again before as many more are forgotten."""

    __slots__ = ("earlier", "nothing", "weights")

    def __init__(self, weights: Mapping[str, Weight], nothing: Weight) -> None:
        super().__init__()
        self.earlier: dict[Term, Weight] = {}
        self.weights: Mapping[str, Weight] = weights
        self.nothing: Weight = nothing

    def __missing__(self, term: Term) -> Weight:
        if len(self) >= _MOST:
            self.earlier = self.copy()
            self.clear()
        found = self.earlier.pop(term, None)
        if found is None:
            name, *values = term
            get, nothing = self.weights.get, self.nothing
            found = sum([get(feature, nothing) for feature in name(*values)], nothing)
        self[term] = found
        return found
