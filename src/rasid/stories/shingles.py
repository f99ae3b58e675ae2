"""What of an article's words is compared: its shingles, runs of five words, and the fingerprints under which others find them.

Words are compared folded, so that hamzas, vowel marks, digit scripts and punctuation make no two texts of one. A text of fewer
than five words is one shingle.
"""

import hashlib
import re
from collections.abc import Iterator
from typing import NamedTuple

from rensa import RMinHash

from rasid.arabic.letters import fold

LENGTH = 5  # words of a shingle
# Two texts with half of their shingles in common share a band in 97 of 100 cases, and a sample in nearly all of the others.
_BANDS, _SEED = 12, 1  # a band is two rows of the sketch
_SAMPLE = 8  # one shingle of so many is sampled, the same ones in every text
_WORD = re.compile(r"\w+")
_SIGNED = 1 << 63  # SQLite's whole numbers are signed
_MASK, _ODD = (1 << 64) - 1, 0x9E3779B97F4A7C15  # so that no two bands agree by chance


class Prints(NamedTuple):
    """The fingerprints of a text: whole numbers of 64 bits, signed.

    `bands` agree where two texts are alike as wholes (MinHash), `samples` where one holds a passage of the other. `words` is
    the same for texts with the same words in the same order, and only for them.
    """

    words: str
    bands: tuple[int, ...]
    samples: tuple[int, ...]


def read_folded(text: str) -> list[str]:
    """The words and numbers of `text`, folded, in order."""
    return _WORD.findall(fold(text))


def read_shingles(words: list[str]) -> frozenset[int]:
    """The shingles of a text, each as a number."""
    if not words:
        return frozenset()
    return frozenset(RMinHash.hash_token_sets([_texts(words)])[0])


def read_prints(words: list[str]) -> Prints:
    """The fingerprints of a text with these words."""
    digest = hashlib.sha256(" ".join(words).encode("utf-8", "surrogatepass")).hexdigest()
    if not words:
        return Prints(digest, (), ())
    shingles = read_shingles(words)
    samples = tuple(sorted(shingle - _SIGNED for shingle in shingles if shingle % _SAMPLE == 0))
    return Prints(digest, tuple(_bands(words)), samples)


def _texts(words: list[str]) -> list[str]:
    return [" ".join(words[at : at + LENGTH]) for at in range(max(1, len(words) - LENGTH + 1))]


def _bands(words: list[str]) -> Iterator[int]:
    sketch = RMinHash(2 * _BANDS, _SEED)
    sketch.update(_texts(words))
    row = sketch.digest()
    for band in range(_BANDS):
        yield (((row[2 * band] << 32 | row[2 * band + 1]) + band * _ODD) & _MASK) - _SIGNED
