"""What a verb is: its pattern as a lexicon writes it, its radicals, and the stems and endings that follow from them.

Stems are written by sound, because a hamza takes its seat from the vowels around it: consonants as Arabic letters, vowels as
`a i u`, long `A I U`. In a template `1 2 3 4` stand for the radicals, `V` and `P` for the vowel of the imperfect and of the
past in form I, `L` for the long one of the imperfect and `G` for the long one of a hollow radical, `T` for the ت of form VIII
(which becomes ط or د after some radicals).
"""

import re
from typing import Literal, NamedTuple

from rasid.arabic.letters import plain

Shape = Literal["whole", "hollow", "doubled", "defective"]

WEAK = "وي"
KINDS = ("sound", "hollow", "defective", "doubled", "hamzated", "assimilated")
VOWELS = ("a", "i", "u")


class Pattern(NamedTuple):
    """A pattern taken apart: `I hollow u`."""

    form: str  # I to X, QI, QII
    kinds: frozenset[str]
    vowel: str  # of the imperfect; empty where not given


class Verb(NamedTuple):
    """All that conjugation needs to know."""

    form: str
    shape: Shape
    radicals: str  # three or four letters, every hamza as ء; the middle one of a hollow verb is a guess except in form I
    vowel: str  # of the imperfect, form I only
    past_vowel: str  # form I only


class Templates(NamedTuple):
    """The stems of a form, as 3rd person masculine singular without ending; an empty one does not exist."""

    past: str
    past_passive: str
    present: str
    present_passive: str
    participle: str
    participle_passive: str
    noun: str


TEMPLATES = {
    "I": Templates("1a2P3", "1u2i3", "يa12V3", "يu12a3", "1A2i3", "مa12U3", ""),
    "II": Templates("1a22a3", "1u22i3", "يu1a22i3", "يu1a22a3", "مu1a22i3", "مu1a22a3", "تa12I3"),
    "III": Templates("1A2a3", "1U2i3", "يu1A2i3", "يu1A2a3", "مu1A2i3", "مu1A2a3", "مu1A2a3aة"),
    "IV": Templates("ءa12a3", "ءu12i3", "يu12i3", "يu12a3", "مu12i3", "مu12a3", "ءi12A3"),
    "V": Templates("تa1a22a3", "تu1u22i3", "يaتa1a22a3", "يuتa1a22a3", "مuتa1a22i3", "مuتa1a22a3", "تa1a22u3"),
    "VI": Templates("تa1A2a3", "تu1U2i3", "يaتa1A2a3", "يuتa1A2a3", "مuتa1A2i3", "مuتa1A2a3", "تa1A2u3"),
    "VII": Templates("اiن1a2a3", "", "يaن1a2i3", "", "مuن1a2i3", "", "اiن1i2A3"),
    "VIII": Templates("اi1Ta2a3", "اu1Tu2i3", "يa1Ta2i3", "يu1Ta2a3", "مu1Ta2i3", "مu1Ta2a3", "اi1Ti2A3"),
    "IX": Templates("اi12a3a3", "", "يa12a3i3", "", "مu12a3i3", "", "اi12i3A3"),
    "X": Templates("اiستa12a3", "اuستu12i3", "يaستa12i3", "يuستa12a3", "مuستa12i3", "مuستa12a3", "اiستi12A3"),
    "QI": Templates("1a23a4", "1u23i4", "يu1a23i4", "يu1a23a4", "مu1a23i4", "مu1a23a4", "1a23a4aة"),
    "QII": Templates("تa1a23a4", "تu1u23i4", "يaتa1a23a4", "يuتa1a23a4", "مuتa1a23i4", "مuتa1a23a4", "تa1a23u4"),
}
HOLLOW = {
    "I": Templates("1A3", "1I3", "يa1L3", "يu1A3", "1Aءi3", "مa1G3", ""),
    "IV": Templates("ءa1A3", "ءu1I3", "يu1I3", "يu1A3", "مu1I3", "مu1A3", "ءi1A3aة"),
    "VII": Templates("اiن1A3", "", "يaن1A3", "", "مuن1A3", "", "اiن1iيA3"),
    "VIII": Templates("اi1TA3", "اu1TI3", "يa1TA3", "يu1TA3", "مu1TA3", "مu1TA3", "اi1TiيA3"),
    "X": Templates("اiستa1A3", "اuستu1I3", "يaستa1I3", "يuستa1A3", "مuستa1I3", "مuستa1A3", "اiستi1A3aة"),
}

_LETTER = "([^اى])"
_TAILS: dict[Shape, str] = {"hollow": f"ا{_LETTER}", "doubled": _LETTER, "whole": f"{_LETTER}(.)"}  # after the first radical
_STARTS = {
    "I": _LETTER,
    "II": _LETTER,
    "III": f"{_LETTER}ا",
    "IV": f"ء{_LETTER}",
    "V": f"ت{_LETTER}",
    "VI": f"ت{_LETTER}ا",
    "VII": f"ان{_LETTER}",
    "VIII": f"ا(?:([تطد])|([صض])ط|(ز)د|{_LETTER}ت)",  # اتصل اطلع ادعى, اصطدم اضطر, ازداد, اعتقل
    "IX": f"ا{_LETTER}",
    "X": f"است{_LETTER}",
    "QI": _LETTER * 2,
    "QII": f"ت{_LETTER * 2}",
}
_SHAPES: dict[str, tuple[Shape, ...]] = {
    **dict.fromkeys(("I", "IV", "VII", "VIII", "X"), ("hollow", "doubled", "whole")),
    **dict.fromkeys(("III", "VI"), ("doubled", "whole")),
    **dict.fromkeys(("II", "V", "IX", "QI", "QII"), ("whole",)),
}
_MODELS = {  # what a lemma of each form looks like, for the error line
    **{"I": "كتب", "II": "قدم", "III": "حاور", "IV": "أعلن", "V": "تقدم", "VI": "تعاون", "VII": "انضم"},
    **{"VIII": "اعتقل", "IX": "احمر", "X": "استقبل", "QI": "سيطر", "QII": "تدهور"},
}
_SEATED = str.maketrans({"أ": "ء", "إ": "ء", "ؤ": "ء", "ئ": "ء", "آ": "ءا"})
_INFIX = {"ص": "ط", "ض": "ط", "ط": "ط", "د": "د", "ز": "د"}
_LONG = {"a": "A", "i": "I", "u": "U"}


def read_pattern(pattern: str) -> Pattern:
    """`I hollow u` taken apart; a ValueError says what may stand in a pattern."""
    form, *rest = pattern.split() or [""]
    vowel = rest.pop() if rest and rest[-1] in VOWELS else ""
    if form not in TEMPLATES or not set(rest) <= set(KINDS):
        raise ValueError(
            f'unknown pattern "{pattern}" (I to X, QI, QII, with {", ".join(KINDS)}, and a vowel a, i or u for form I)'
        )
    if vowel and form != "I":
        raise ValueError(f'unknown pattern "{pattern}" (the vowel {vowel} is for form I only; leave it out)')
    return Pattern(form, frozenset(rest), vowel)


def read_verb(lemma: str, pattern: str) -> Verb:
    """The radicals and kind of `lemma` (past, 3rd person masculine singular, hamzas written).

    Raises:
        ValueError: the pattern is unknown, or does not fit the letters of the lemma.
    """
    form, kinds, vowel = read_pattern(pattern)
    letters = plain(lemma).translate(_SEATED)
    if form == "IV" and letters.startswith("ءا") and len(letters) == len("آمن") + 1:
        letters = "ءء" + letters[2:]  # آمن is أأمن; but أقام
    shape, radicals = _match(form, letters)
    if not shape:
        raise ValueError(f'pattern "{pattern}" does not fit "{lemma}" (form {form} looks like {_MODELS[form]}, hamzas written)')
    weak_end = radicals[-1] if shape == "whole" and radicals[-1] in "اىي" else ""
    if weak_end:
        shape, radicals = "defective", radicals[:-1] + ("و" if form == "I" and weak_end == "ا" else "ي")
    vowel = vowel or _usual_vowel(shape, radicals, weak_end)
    if shape == "hollow":
        radicals = radicals[0] + ("ي" if vowel == "i" else "و") + radicals[1]
    if shape == "doubled":
        radicals += radicals[-1]
    found = _kinds(form, shape, radicals)
    if not kinds <= found:
        raise ValueError(f'pattern "{pattern}" does not fit "{lemma}" (its letters show {form} {" ".join(sorted(found))})')
    if (weak_end, vowel) in {("ا", "i"), ("ى", "u"), ("ي", "u")}:
        raise ValueError(f'pattern "{pattern}" does not fit "{lemma}" (a verb in {weak_end} has no imperfect in {vowel})')
    past_vowel = "i" if weak_end == "ي" or "ئ" in lemma else "u" if "ؤ" in lemma else "a"
    return Verb(form, "doubled" if form == "IX" else shape, radicals, vowel, past_vowel)


def templates_of(verb: Verb) -> Templates:
    """The templates of a verb's stems, as its weak radicals change them."""
    if verb.shape == "hollow":
        return HOLLOW[verb.form]
    chosen = TEMPLATES[verb.form]
    if verb.radicals == "رءي" and verb.form == "I":  # رأى يرى is alone of its kind
        return chosen._replace(present="يa1a3", present_passive="يu1a3")
    if verb.form == "I" and verb.radicals[0] == "و" and verb.shape != "doubled":  # وصل يصل
        chosen = chosen._replace(present="يa2V3")
    if verb.form == "II" and verb.radicals[2] in "ءي":  # تسوية, تهنئة
        return chosen._replace(noun="تa12i3aة")
    if verb.shape == "defective":  # إلقاء, تحدي, ملاقاة
        return chosen._replace(noun=chosen.noun.replace("A3", "Aء").replace("u3", "I").replace("a3aة", "Aة"))
    return chosen


def fill(template: str, verb: Verb) -> str:
    """A template with the radicals and vowels of a verb in it."""
    glide = "U" if verb.radicals[1] == "و" else "I"
    infix = _INFIX.get(verb.radicals[0], "ت")
    signs: dict[str, str | int | None] = {"V": verb.vowel, "P": verb.past_vowel, "L": _LONG[verb.vowel], "G": glide, "T": infix}
    return template.translate(str.maketrans(signs | dict(zip("1234", verb.radicals, strict=False))))


def _match(form: str, letters: str) -> tuple[Shape | None, str]:
    for shape in _SHAPES[form]:
        if found := re.fullmatch(_STARTS[form] + _TAILS[shape], letters):
            return shape, "".join(group for group in found.groups() if group)
    return None, ""


def _usual_vowel(shape: Shape, radicals: str, weak_end: str) -> str:
    """The vowel of a form I imperfect where the lexicon does not say; it shows only in weak and hamzated verbs."""
    if shape == "defective":
        return {"ا": "u", "ى": "i", "ي": "a"}[weak_end]
    return "a" if "ء" in radicals[1:] and shape == "whole" else "u"


def _kinds(form: str, shape: Shape, radicals: str) -> set[str]:
    """Every kind that a grammarian might name a verb by: حاور may be called hollow or sound, for it does not bend."""
    hidden = form == "VIII" and radicals[0] == "ت"  # اتصل from وصل, اتخذ from أخذ
    found = {
        "assimilated": radicals[0] in WEAK or hidden,
        "hamzated": "ء" in radicals or hidden,
        "hollow": radicals[1] in WEAK or shape == "hollow",
        "doubled": radicals[1] == radicals[2] or shape == "doubled" or form == "IX",
        "defective": radicals[-1] in WEAK,
        "sound": shape == "whole" and not (form == "I" and radicals[0] == "و"),
    }
    return {kind for kind, holds in found.items() if holds}
