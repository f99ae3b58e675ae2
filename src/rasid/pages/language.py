"""Is it Arabic? By the script, by letters that Arabic does not write, and by the commonest little words."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from rasid.arabic.letters import ARABIC_LETTERS, INVISIBLE, PRESENTATION_FORMS
from rasid.lexicon import read_table, variants

_SAMPLE = 2000  # characters; enough for any page, and cheap
_LETTERS = f"{ARABIC_LETTERS}{PRESENTATION_FORMS}"
_WORD = re.compile(f"[{_LETTERS}]+")
_ARTICLE = re.compile(f"(?<![{_LETTERS}])(?:[وفبك]?ال|لل)[{_LETTERS}]{{3}}")  # the commonest sign of Arabic
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_OTHER = re.compile(r"[\u0370-\u05ff\u0900-\u1fff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_ARABIZI = re.compile(r"\b(?:[a-z]+[235679][a-z]+|[a-z]{2,}[37]|[37][a-z]{2,})\b")
_INVISIBLE = re.compile(f"[{INVISIBLE}]+")
_FOREIGN = re.compile(r"[A-Za-zÀ-ɏ\u067e\u0686\u0698\u06a9\u06cc\u06c1\u06be\u06d2\u06d5\u06c6\u06ce\u0679\u0691\u06ba]")
_HINT = 0.02  # share of such letters from which on a text is looked at line by line
_MIXED = 0.4
_LEAST = 0.3  # share of the letters that must be in Arabic script


class Language(NamedTuple):
    """What a text is written in: an ISO 639-1 code (`und` where unknown), and its name for error lines."""

    code: str
    name: str


ARABIC = Language("ar", "Arabic")
UNKNOWN = Language("und", "no language that we know")


class _Signs(NamedTuple):
    """By what languages in Arabic script are told apart; the first is Arabic."""

    languages: tuple[Language, ...]
    letters: tuple[re.Pattern[str], ...]  # a language's own letters
    any_letter: re.Pattern[str]  # one of any of them
    words: dict[str, tuple[int, ...]]  # little words, and whose they are


def read_language(text: str) -> Language:
    """The language of `text`, told from a sample of it; Arabic where a text in Arabic script shows no sign of another."""
    sample = _INVISIBLE.sub("", text[:_SAMPLE])
    words = _WORD.findall(sample)
    arabic = sum(map(len, words))
    latin, other = len(_LATIN.findall(sample)), len(_OTHER.findall(sample))
    if arabic == 0 or arabic < _LEAST * (arabic + latin + other):
        return _not_arabic_script(sample, latin, other)
    signs = _signs()
    if signs.any_letter.search(sample):
        scores = [2 * len(own.findall(sample)) / arabic for own in signs.letters]
    else:
        scores = [0.0] * len(signs.letters)
    for word in words:
        for index in signs.words.get(word, ()):
            scores[index] += 1 / len(words)
    scores[0] += len(_ARTICLE.findall(sample)) / len(words)
    best = max(range(len(scores)), key=scores.__getitem__)
    return signs.languages[best] if scores[best] > 0 else ARABIC


def mixed_with(lines: Sequence[str]) -> Language | None:
    """The language that makes up two fifths of a text that is otherwise in Arabic, or more; None where there is none.

    A quotation or a name in Latin letters is no mixture; an article beside its translation is.
    """
    text = "\n".join(lines)
    if len(_FOREIGN.findall(text)) < _HINT * len(text):
        return None
    shares: Counter[Language] = Counter()
    for line in lines:
        latin = len(_LATIN.findall(line))
        language = read_language(line)
        shares[language] += len(line) - latin if language == ARABIC else len(line)
        if language == ARABIC and latin:
            shares[Language("und", "Latin letters")] += latin
    others = [language for language in shares if language not in (ARABIC, UNKNOWN)]
    most = max(others, key=shares.__getitem__, default=None)
    return most if most and sum(shares[language] for language in others) >= _MIXED * sum(shares.values()) else None


def _not_arabic_script(sample: str, latin: int, other: int) -> Language:
    if latin == 0 or other > latin:
        return Language("und", "another script") if other else UNKNOWN
    lower = sample.lower()
    if len(_ARABIZI.findall(lower)) >= 3:
        return Language("und", "Arabic in Latin letters")
    words = Counter(re.findall(r"[a-zà-ÿ']+", lower))
    english = sum(words[word] for word in ("the", "of", "and", "to", "in", "is", "for", "that"))
    french = sum(words[word] for word in ("le", "la", "les", "des", "et", "de", "du", "une"))
    if max(english, french) == 0:
        return Language("und", "Latin letters")
    return Language("en", "English") if english >= french else Language("fr", "French")


@cache
def _signs() -> _Signs:
    table = list(read_table(Path(__file__).parent / "lexicon" / "languages.csv", ("code", "name", "letters", "words")))
    words: dict[str, tuple[int, ...]] = {}
    for index, row in enumerate(table):
        for word in variants(row.cells["words"]):
            words[word] = (*words.get(word, ()), index)
    return _Signs(
        tuple(Language(row.cells["code"], row.cells["name"]) for row in table),
        tuple(re.compile(f"[{row.cells['letters']}]" if row.cells["letters"] else "(?!)") for row in table),
        re.compile(f"[{''.join(row.cells['letters'] for row in table)}]"),
        words,
    )
