"""Words as the full-text index keeps them: one for each word of a text, the same for all ways in which a word can be written.

What stands before and after a word (و, ب, ل, ال, ها ...) is taken off as long as two letters are left, also where it is the
word's own: وزير, الوزير, وللوزير and وزيره all give زير. That is the only way in which a word and its clitics come together
without knowing what is meant, and it brings a few other words along; so whoever asks looks with `says` whether what was found
is meant.
"""

from functools import lru_cache

from rasid.arabic.words import Form, Reading, Word, per_form, read_words

_SHORTEST = 2
_BEFORE = ("ال", "و", "ف", "ب", "ل", "ك")
_PRONOUNS = ("هما", "هم", "هن", "كم", "كن", "ها", "نا", "ه")
_NOT_IN_NEWS = ("ك", "ي", "ني")  # my, your: a nisba and its noun are two words


def searchable(text: str) -> str:
    """The words of `text` as the index keeps them, with one space between; marks are left out."""
    return " ".join(key_of(word.form) for word in words_of(text))


def words_of(text: str) -> list[Word]:
    """The words and numbers of `text`; the n-th is the n-th of `searchable`."""
    return [word for word in read_words(text) if word.form.kind != "mark"]


@per_form
def key_of(form: Form) -> str:
    """The word of the index for a word as written."""
    if form.kind != "word":
        return "".join(letter if letter.isalnum() else "x" for letter in form.fold.casefold())
    return _without_beginning(_without_end(form.fold)) or form.fold


@lru_cache(maxsize=1 << 16)
def says(form: Form, asked: Form) -> bool:
    """Whether a word as written is, behind its clitics, the word that was asked for."""
    return form.fold == asked.fold or not stems(form).isdisjoint(asked_stems(asked))


@lru_cache(maxsize=1 << 16)
def begins(form: Form, asked: Form) -> bool:
    """Whether a word as written begins, behind its clitics, as the one that was asked for."""
    return any(stem.startswith(begun) for stem in stems(form) for begun in asked_stems(asked))


@per_form
def stems(form: Form) -> frozenset[str]:
    """What a word of a text can be when its clitics are taken off, ال always."""
    plausible = _plausible(form)
    return (
        frozenset(reading.stem for reading in plausible if reading.article)
        or frozenset(reading.stem for reading in plausible)
        or frozenset([form.fold.casefold()])
    )


@per_form
def asked_stems(form: Form) -> frozenset[str]:
    """What somebody who types a word means: its own first letter, not a clitic, unless ال follows: وزير, not a زير."""
    plausible = _plausible(form)
    return (
        frozenset(reading.stem for reading in plausible if reading.article)
        or frozenset(reading.stem for reading in plausible if not reading.conjunction and not reading.preposition)
        or frozenset([form.fold.casefold()])
    )


def _plausible(form: Form) -> list[Reading]:
    return [reading for reading in form.readings if reading.pronoun not in _NOT_IN_NEWS]


def _without_end(word: str) -> str:
    """Without pronouns, and without the ending of زيارة, which before a pronoun is the ت of زيارته."""
    shorter = True
    while shorter:
        shorter = False
        for pronoun in _PRONOUNS:
            if word.endswith(pronoun) and len(word) - len(pronoun) >= _SHORTEST:
                word, shorter = word[: -len(pronoun)], True
                break
    return word[:-1] if word.endswith("ت") and len(word) > _SHORTEST else word


def _without_beginning(word: str) -> str:
    shorter = True
    while shorter:
        shorter = False
        for before in _BEFORE:
            if word.startswith(before) and len(word) - len(before) >= _SHORTEST:
                word, shorter = word[len(before) :], True
                break
    return word
