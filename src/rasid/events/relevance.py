"""Is a text political at all, and what kind of act does it report? A linear model, ten times as fast as coding.

Weighted words, pairs of stems, pieces of words and types of predicates; the weights stand in `relevance.bin`, written by
`training/relevance.py` (see `docs/model-card.md`). Two kinds of prose are known, news and reports of the United Nations: each
has its own model of what is relevant, and a third one says which prose it is.
"""

import json
import math
import zlib
from array import array
from functools import cache
from itertools import islice, pairwise
from pathlib import Path
from typing import NamedTuple

from rasid.arabic.sentences import split_sentences
from rasid.arabic.words import Form, per_form, read_words
from rasid.events.predicates import uses

WEIGHTS = Path(__file__).parent / "relevance.bin"
HEADS = ("un", "news", "prose", "quad 1", "quad 2", "quad 3", "quad 4")
_WIDTH = 1 + len(HEADS)  # whole numbers of a feature
_SHORTEST, _LONGEST = 2, 4  # letters of a piece of a word
_PREFIXES = ("وبال", "وال", "بال", "فال", "كال", "ولل", "لل", "ال", "و")
_SUFFIXES = ("ات", "ون", "ين", "ان", "يه", "ها", "هم", "ه", "ي")
_LEAST = 3  # letters that stay of a word without its prefix or suffix
_NO_QUAD = 0
LEAD = 6  # sentences that the gate reads: news says first what it is about
_MIX, _BITS = 0x9E3779B1, 0xFFFFFFFF
Vector = tuple[int, ...]


class Relevance(NamedTuple):
    """Whether a text reports political acts, how likely that is, and their quad class: 1 to 4 as in PLOVER, or 0."""

    relevant: bool
    p: float
    quad: int


class Model(NamedTuple):
    """`relevance.bin`: for each feature its square weight in the norm, and then one weight a head."""

    place: dict[int, int]  # where the numbers of a feature begin
    values: "array[int]"  # (1 + heads) whole numbers a feature
    scale: list[float]  # what a whole number is worth, for the norm and each head
    bias: list[float]
    slope: list[tuple[float, float]]  # of the probability of un, news, prose: a logistic curve over the head's score
    limit: float  # a text is relevant from this probability on
    gate: float  # an article is worth coding from this on, as `gate_of` counts


def relevance(text: str) -> Relevance:
    """What `text`, mostly a sentence, reports. Takes about 0.1 ms a sentence."""
    model = _model()
    scores = _scores(text)
    un, news, prose = (_curve(score, *slope) for score, slope in zip(scores[:3], model.slope, strict=True))
    p = prose * un + (1 - prose) * news
    relevant = p >= model.limit
    return Relevance(relevant, p, _likeliest(scores[3:]) if relevant else _NO_QUAD)


def is_political(text: str) -> bool:
    """Is an article of the news worth coding: do the likeliest two of its first sentences look like political acts?

    Set so that nearly every article with an event passes.
    """
    return how_political(text) >= gate()


def how_political(text: str) -> float:
    """What the gate looks at in an article of the news, 0 to 1, to be compared with `gate`."""
    model = _model()
    sentences = islice(split_sentences(text), LEAD)
    return gate_of([_curve(_scores(sentence.text)[1], *model.slope[1]) for sentence in sentences])


def gate() -> float:
    """From where on an article is worth coding, as `how_political` counts."""
    return _model().gate


def gate_of(chances: list[float]) -> float:
    """What the gate looks at, of the chances of an article's first sentences: the mean of the best two, or the only one."""
    best = sorted(chances, reverse=True)[:2]
    return sum(best) / len(best) if best else 0.0


def features_of(text: str) -> list[int]:
    """The features of `text` as 32-bit hashes, what training learns from: those of each different word, then each pair once."""
    forms = _forms(text)
    return [feature for form in dict.fromkeys(forms) for feature in _word_features(form)] + sorted(_pairs(forms))


def _forms(text: str) -> list[Form]:
    return [word.form for word in read_words(text) if word.form.kind != "mark"]


def _hash(feature: str) -> int:
    """32 bits, the same on every machine."""
    return zlib.crc32(feature.encode("utf-8", "surrogatepass"))


def _word_features(form: Form) -> list[int]:
    if form.kind != "word":
        return [_hash(f"#{form.kind}")]
    whole = f"_{form.fold}_"
    pieces = {whole[at : at + n] for n in range(_SHORTEST, _LONGEST + 1) for at in range(len(whole) - n + 1)}
    types = {f"type {predicate.type}" for use in uses(form) for predicate in use.predicates}
    return [*map(_hash, pieces), *map(_hash, types), *_shapes(form)]


def _pairs(forms: list[Form]) -> set[int]:
    """Words that stand side by side, once without prefix and suffix and once by their stems."""
    shapes = list(map(_shapes, forms))
    return {
        (one[n] * _MIX ^ other[n]) & _BITS  # made of numbers, which is three times as fast as joining words
        for one, other in pairwise(shapes)
        for n in (0, 1)
    }


@per_form
def _shapes(form: Form) -> tuple[int, int]:
    """The hashes of a word without prefix and suffix, and of its stem."""
    return _hash(f"={short(form)}"), _hash(f"~{_stem(form)}")


@per_form
def short(form: Form) -> str:
    """A word without the commonest of prefixes and suffixes: words of one root and pattern mostly fall together."""
    if form.kind != "word":
        return "#"
    word = form.fold
    start = next((prefix for prefix in _PREFIXES if word.startswith(prefix) and len(word) - len(prefix) >= _LEAST), "")
    word = word.removeprefix(start)
    end = next((suffix for suffix in _SUFFIXES if word.endswith(suffix) and len(word) - len(suffix) >= _LEAST), "")
    return word.removesuffix(end)


def _stem(form: Form) -> str:
    """The shortest of a word's stems that still has three letters."""
    return min((reading.stem for reading in form.readings), key=lambda stem: (len(stem) < _LEAST, len(stem)), default=form.kind)


def _scores(text: str) -> list[float]:
    """The score of each head, before its curve."""
    model = _model()
    forms = _forms(text)
    vectors = [_word_vector(form) for form in dict.fromkeys(forms)]
    vectors += [vector for pair in _pairs(forms) if pair in model.place and (vector := _vector(pair))]
    if not vectors:
        return model.bias
    norm, *sums = map(sum, zip(*vectors, strict=True))
    length = math.sqrt(max(norm * model.scale[0], 1e-6))
    return [total * worth / length + bias for total, worth, bias in zip(sums, model.scale[1:], model.bias, strict=True)]


@per_form
def _word_vector(form: Form) -> Vector:
    """The sum over a word's own features. A piece that two words share counts twice; training counts it so too."""
    known = list(filter(None, map(_vector, _word_features(form))))
    return tuple(map(sum, zip(*known, strict=True))) if known else (0,) * _WIDTH


def _vector(feature: int) -> Vector | None:
    """The weights of a feature; None where training did not see it."""
    model = _model()
    at = model.place.get(feature)
    return None if at is None else tuple(model.values[at : at + _WIDTH])


def _curve(score: float, slope: float, middle: float) -> float:
    return 1.0 / (1.0 + math.exp(-(slope * score + middle)))


def _likeliest(scores: list[float]) -> int:
    return 1 + max(range(len(scores)), key=scores.__getitem__)


@cache
def _model() -> Model:
    """The weights of the package: a line of JSON, then hashes and weights, compressed."""
    head, _, body = WEIGHTS.read_bytes().partition(b"\n")
    said = json.loads(head)
    unpacked = zlib.decompress(body)
    hashes, values = array("I"), array("b")
    cut = said["features"] * hashes.itemsize
    hashes.frombytes(unpacked[:cut])
    values.frombytes(unpacked[cut:])
    place = dict(zip(hashes, range(0, len(values), _WIDTH), strict=True))
    slope = [(steep, middle) for steep, middle in said["slope"]]
    return Model(place, values, said["scale"], said["bias"], slope, said["limit"], said["gate"])
