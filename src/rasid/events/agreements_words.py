"""The words of agreements: `lexicon/agreements.csv`."""

from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from rasid.arabic.letters import fold
from rasid.arabic.words import Form, Word, per_form
from rasid.errors import LexiconError
from rasid.lexicon import read_table, variants

SOURCE = Path(__file__).parent / "lexicon" / "agreements.csv"
KINDS = ("noun", "plural", "kind", "field", "phase", "provides", "action", "plan", "refused", "via", "area", "both", "held")
PHASES = ("announced", "signed", "ratified", "in_force", "suspended", "ended")
DECLARED = "declared"  # announced, by somebody who need not be a party
STOPS = frozenset(("وقف", "لوقف", "بوقف", "هدنه"))
_WARRANTS = frozenset(("توقيف", "اعتقال", "جلب", "احتجاج", "ايداع", "قبض", "نيابيه", "استدعاء", "القبض", "حجب"))
_JOINED = ("ه", "ها", "هما", "هم")


class Known(NamedTuple):
    """What a word is to agreements: what it stands for, with ال or not, its preposition and conjunction, and its pronoun."""

    what: str
    article: bool
    preposition: str
    conjunction: str
    pronoun: str
    future: bool = False


@cache
def agreement_words(kind: str) -> dict[str, str]:
    """The words of one kind, folded, with what they stand for.

    Raises:
        LexiconError: a mistake in the file.
    """
    return _table()[kind]


@cache
def _table() -> dict[str, dict[str, str]]:
    return read_agreement_words(SOURCE)


def read_agreement_words(path: Path) -> dict[str, dict[str, str]]:
    """The words by kind.

    Raises:
        LexiconError: an unknown kind, an unknown phase, or a kind without words.
    """
    found: dict[str, dict[str, str]] = {kind: {} for kind in KINDS}
    for where, cells in read_table(path, ("kind", "words", "as")):
        if cells["kind"] not in found or not cells["words"]:
            raise LexiconError(f"{where}: a row needs words, and a kind (one of {', '.join(KINDS)}), not {cells['kind']!r}")
        if cells["kind"] == "phase" and cells["as"] not in (*PHASES, DECLARED):
            raise LexiconError(f"{where}: {cells['as']!r} is no phase (one of {', '.join((*PHASES, DECLARED))})")
        for word in variants(cells["words"]):
            found[cells["kind"]].setdefault(fold(word), cells["as"])
    missing = [kind for kind, words in found.items() if not words]
    if missing:
        raise LexiconError(f"{path.name}:1: no words of kind {missing[0]!r}")
    return found


@lru_cache(maxsize=1 << 15)
def known(kind: str, form: Form) -> Known | None:
    """What a word is among those of one kind; None for nearly all words."""
    words = agreement_words(kind)
    for reading in form.readings:
        stem = reading.stem
        if stem in words and (not reading.pronoun or reading.pronoun in _JOINED):
            return Known(words[stem], reading.article, reading.preposition, reading.conjunction, reading.pronoun)
        if stem[:1] == "س" and stem[1:] in words and stem[1:2] in "يتن" and not reading.article:
            return Known(words[stem[1:]], False, reading.preposition, reading.conjunction, reading.pronoun, future=True)
    return None


@per_form
def accord_noun(form: Form) -> Known | None:
    """What a word is among the nouns that may stand for an accord or several; None for nearly all words."""
    return known("noun", form) or known("plural", form)


CEASE = Known("ceasefire", False, "", "", "")


def is_accord(words: Sequence[Word], at: int, noun: Known) -> bool:
    """Is the noun here an accord: وقف only before إطلاق النار, مذكرة only of understanding, صفقة between states?"""
    following = [word.form.fold for word in words[at + 1 : at + 3]]
    stem = words[at].form.fold
    if stem.endswith("اعلان"):
        return following[:1] == ["مبادي"]
    if noun.what == "ceasefire" and not stem.endswith("هدنه"):
        return following[:2] in (["اطلاق", "النار"], ["لاطلاق", "النار"]) or following[:1] == ["النار"]
    if noun.what == "memorandum":
        if following[:1] and following[0] in _WARRANTS:
            return False
        signed = any(r.stem in agreement_words("phase") for word in words[max(0, at - 3) : at] for r in word.form.readings)
        return bool(following) and (following[0] in ("تفاهم", "التفاهم", "التعاون", "تعاون") or noun.article or signed)
    if noun.what == "loan":
        return any(r.stem in ("وقع", "توقيع", "اتفاق") for word in words[max(0, at - 6) : at] for r in word.form.readings)
    if at and words[at - 1].form.fold in ("باب", "عدم", "وفق") and not noun.article:
        return False
    if noun.what == "agreement" and noun.preposition == "ب" and following[:1] == ["علي"]:
        return False  # `بالاتفاق على`: by agreeing
    return not (noun.what == "deal" and following[:1] and following[0] in ("القرن", "سلاح", "انتقال"))
