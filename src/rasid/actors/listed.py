"""The list of words (`names.called`, made by `training/called.py`): which are names, which plain words, and how often.

The list holds no word, only the hashes of some 55,000.
"""

import sys
import zlib
from array import array
from functools import cache
from pathlib import Path

from rasid.arabic.words import Form, Reading

CALLED = Path(__file__).parent / "names.called"
CLASSES = ("g1", "g2", "g3", "g4", "s1", "s2", "s3", "s4", "b1", "b2", "b3", "b4")  # given, family name or both; how often
PLAIN = ("p1", "p2", "p3", "p4")  # words of other texts, and how often
_ENDINGS = ("ه", "ات", "ين", "ون", "ان", "يه", "ي", "ا", "وا", "تين", "ت")  # of gender, number, case, or of a relation


def listed(form: Form) -> tuple[str, ...]:
    """What the list says of a word, or of what is left of it without what is joined to it: as a name, and as a plain word."""
    whole = _called().get(hash_of(form.fold), ())
    if whole and whole[0] in CLASSES:
        return whole
    reading = listed_within(form)
    name = (_called()[hash_of(bare(reading))][0] + "+",) if reading else ()
    if whole:
        return (*name, *whole)
    plain = max(_plainness(reading.stem) for reading in form.readings)
    return (*name, plain + "+") if plain else name


def _plainness(stem: str) -> str:
    """The class of a stem as a plain word, with its ending or without it; empty where it has none."""
    called = _called()
    for ending in ("", *(ending for ending in _ENDINGS if stem.endswith(ending) and len(stem) > len(ending) + 2)):
        root = stem.removesuffix(ending)
        for word in (root, "ال" + root, root + "ه"):
            plain = called.get(hash_of(word), ("",))[-1]
            if plain in PLAIN:
                return plain
    return ""


def listed_within(form: Form) -> Reading | None:
    """How a word is taken apart that the list has only without what is joined to it: `بأميناتا`."""
    if _is_called(form.fold):
        return None
    joined = (r for r in form.readings if (r.conjunction or r.preposition) and not r.pronoun)
    return next((reading for reading in joined if _is_called(bare(reading))), None)


def _is_called(word: str) -> bool:
    """Are persons called so, by the list?"""
    return _called().get(hash_of(word), PLAIN)[0] in CLASSES


def bare(reading: Reading) -> str:
    """A word without what is joined to it, with its article."""
    return ("ال" if reading.article else "") + reading.stem


@cache
def _called() -> dict[int, tuple[str, ...]]:
    """The classes of each listed word, by its hash. The file, compressed: four bytes a hash, then one for its classes."""
    content = zlib.decompress(CALLED.read_bytes())
    count = len(content) // 5
    classes = [tuple(one for one in (name, plain) if one) for plain in ("", *PLAIN) for name in ("", *CLASSES)]
    return {word: classes[n] for word, n in zip(numbers("I", content[: 4 * count]), content[4 * count :], strict=True)}


def hash_of(text: str) -> int:
    """32 bits, the same on every machine."""
    return zlib.crc32(text.encode("utf-8", "surrogatepass"))


def numbers(kind: str, content: bytes) -> "array[int]":
    """Numbers of a file, the lower bytes first."""
    numbers: array[int] = array(kind, content)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
