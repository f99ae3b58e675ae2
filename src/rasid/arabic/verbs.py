"""Conjugation: every form in which news may show a verb or a noun of action, as it is looked up."""

import re
from collections.abc import Iterable, Iterator
from itertools import repeat
from typing import Literal, NamedTuple

from rasid.arabic.letters import fold, plain
from rasid.arabic.patterns import Verb, fill, read_verb, templates_of

Tense = Literal["past", "present", "participle_active", "participle_passive", "noun"]
Voice = Literal["active", "passive"]
Gender = Literal["m", "f", ""]
Number = Literal["s", "d", "p"]


class VerbForm(NamedTuple):
    """One analysis of a written form. A form that looks different before different pronouns is listed once for each."""

    written: str  # folded
    joined: str  # folded, as it looks before a pronoun: اعتقلو(ه), رما(ه); elsewhere the same as `written`
    tense: Tense
    voice: Voice
    person: int  # 1, 3, or 0 for participles and nouns
    gender: Gender
    number: Number


# Endings. `=` is the stem as it stands before a vowel, `-` the one before a consonant: قال and قل, شن and شنن. Of a defective
# verb both are what is left without its weak radical. The row is chosen by that radical as it is written.
_PAST_PERSONS: tuple[tuple[int, Gender, Number], ...] = (
    (3, "m", "s"),
    (3, "f", "s"),
    (3, "m", "p"),
    (3, "m", "d"),
    (3, "f", "d"),
    (3, "f", "p"),
    (1, "", "s"),
    (1, "", "p"),
)
_PAST = {
    "": "= =ت =وا =ا =تا -ن -ت -نا",
    "ى": "-ى -ت -وا -يا -تا -ين -يت -ينا",
    "ا": "-ا -ت -وا -وا -تا -ون -وت -ونا",
    "ي": "-ي -يت -وا -يا -يتا -ين -يت -ينا",
}
_PRESENT_PERSONS: tuple[tuple[str, int, Gender, Number, int], ...] = (  # prefix, person, gender, number, column below
    ("ي", 3, "m", "s", 0),
    ("ت", 3, "f", "s", 0),
    ("أ", 1, "", "s", 0),
    ("ن", 1, "", "p", 0),
    ("ي", 3, "m", "p", 1),
    ("ي", 3, "m", "d", 2),
    ("ت", 3, "f", "d", 2),
    ("ي", 3, "f", "p", 3),
)
_PRESENT = {  # indicative and jussive (the subjunctive is written like one of them): يزور يزر, يزورون يزوروا
    "": ("= -", "=ون =وا", "=ان =ا", "-ن"),
    "ى": ("-ى -", "-ون -وا", "-يان -يا", "-ين"),
    "و": ("-و -", "-ون -وا", "-وان -وا", "-ون"),
    "ي": ("-ي -", "-ون -وا", "-يان -يا", "-ين"),
}
_PARTICIPLE_PERSONS: tuple[tuple[Gender, Number], ...] = (
    ("m", "s"),
    ("f", "s"),
    ("m", "p"),
    ("m", "d"),
    ("f", "d"),
    ("f", "p"),
)
_PARTICIPLE = {
    "": ("= =ا", "=ة", "=ون =ين =و =ي", "=ان =ين =ا =ي", "=تان =تين =تا =تي", "=ات"),
    "ى": ("-ى", "-اة", "-ون -ين -و -ي", "-يان -يين -يا -يي", "-اتان -اتين -اتا -اتي", "-يات"),
    "ي": ("-ي - -يا", "-ية", "-ون -ين -و -ي", "-يان -يين -يا -يي", "-يتان -يتين -يتا -يتي", "-يات"),
}
# Shapes of a noun by how it ends, as `written/joined`: pattern, letters cut off, endings of its own number and of the dual.
_DUAL = "ان/ا ين/ي ا/ا ي/ي"
_PLURAL = "ون/و ين/ي و/و ي/ي ان/ا ا/ا"
_NOUNS = tuple(
    (re.compile(pattern), cut, own, dual)
    for pattern, cut, own, dual in (
        ("ة$", 1, "ة/ت", "تان/تا تين/تي تا/تا تي/تي"),
        ("^(?!إ..ات$|ا(ن.|.ت).ات$).*[اآ]ت$", 0, "/", ""),  # زيارات; but إثبات and انفلات are singular
        ("^(?!ت..ين$|ت..?ون$).{3,}(ون|ين)$", 2, _PLURAL, ""),  # مسؤولين; but تعيين, تعاون and كمين are singular
        ("ى$", 1, "ى/ا", "يان/يا يين/يي يا/يا يي/يي"),
        ("^ت..?.ي$|^[مأآ].?ا.ي$", 1, "ي/ي يا/يا /", "يان/يا يين/يي يا/يا يي/يي"),  # تحدي is تحد too, مساعي مساع
        ("ا$", 0, "/", ""),
        ("", 0, "/ ا/ا", _DUAL),
    )
)
# The seat of a final hamza when something is written after it: by what it was and by the letter, or the vowel of the case or
# mood (a u i) before a pronoun. Several seats are several spellings: قرأوا قرؤوا قرءوا.
_SEATS = {
    "أ": {"و": "أؤء", "ي": "أئ", "u": "ؤ", "i": "ئ"},
    "اء": {"و": "ؤء", "ي": "ئء", "u": "ؤ", "i": "ئ"},
    "وء": {"و": "ؤء", "ي": "ئء", "u": "ؤء", "i": "ئ"},
    "يء": dict.fromkeys("اويتنةaui", "ئ"),
    "ء": {"ا": "ئء", "و": "ؤء", "ي": "ئء", "ت": "أ", "ة": "أ", "a": "أء", "u": "ؤء", "i": "ئء"},
}
_HAMZA_PAIR = re.compile(r"^ء([aiu])ء(?![aiuAIU])")
_TWIN = re.compile(r"([^aiuAIU])\1")
_GLIDE = re.compile(r"iو(?=[^aiuAIUو])|(?<=^[يمء]u)ي(?=[^aiuAIUي])")  # إوصال is إيصال, يُيقن is يوقن
_HAMZA = re.compile("ءA?")
_REPEATED = re.compile(r"([aiuAIU]?)([^aiuAIU])([aiu])\2(?=(?:aة)?$)")
_LAST_LONG = re.compile(r"[AIU](?=.$)")
_LETTERS = str.maketrans({"a": None, "i": None, "u": None, "A": "ا", "I": "ي", "U": "و"})
_EGYPTIAN = re.compile("(?<=[^اأإآدذرزوةى])ؤو")  # مسئول beside مسؤول


def conjugate(lemma: str, pattern: str) -> list[VerbForm]:
    """Every form of a verb that news uses: third and first persons, both voices, participles, regular verbal nouns.

    Verbal nouns of form I, فعال of form III and broken plurals follow no rule and are left to the lexicon, as are VII and IX
    passives, which do not exist, and second persons.

    Args:
        lemma: the past, 3rd person masculine singular, with its hamzas: `اعتقل`, `أدان`.
        pattern: FORM [kind ...] [vowel], such as `I hollow u`, `VIII`, `QI`; kinds that the letters show may be left out.

    Returns:
        Forms in a fixed order without repetition; a spelling that can be read in several ways comes once for each of them.

    Raises:
        ValueError: the pattern is unknown or does not fit the lemma.
    """
    verb = read_verb(lemma, pattern)
    templates = templates_of(verb)
    forms: list[VerbForm] = []
    forms += _past(verb, templates.past, "active")
    forms += _present(verb, templates.present, "active")
    forms += _participle(verb, templates.participle, "active")
    if templates.past_passive:
        forms += _past(verb, templates.past_passive, "passive")
        forms += _present(verb, templates.present_passive, "passive")
        forms += _participle(verb, templates.participle_passive, "passive")
    forms += _verbal_noun(verb, templates.noun)
    return list(dict.fromkeys(forms))


def noun_forms(noun: str) -> list[tuple[str, str]]:
    """Every shape of a listed noun: accusative, dual, construct, before a pronoun.

    Args:
        noun: singular or plural, as written, without ال. Of several words the first is inflected.

    Returns:
        Pairs (written, before a pronoun), folded, without repetition: `زيارة` gives (زياره, زيارت), (زيارتين, زيارتي), ...
    """
    return list(dict.fromkeys((fold(written), fold(joined)) for written, joined, _ in _noun_shapes(plain(noun))))


def _past(verb: Verb, template: str, voice: Voice) -> Iterator[VerbForm]:
    short = "u" if (verb.form, voice, verb.vowel) == ("I", "active", "u") else "i" if verb.form == "I" else "a"
    row, before_vowel, before_consonant = _stems(verb, template, short)
    for (person, gender, number), ending in zip(_PAST_PERSONS, _PAST[row].split(), strict=True):
        for written in _inflect(before_vowel, before_consonant, ending, row):
            for joined in _join_verb(written, number, "a"):
                yield VerbForm(fold(written), fold(joined), "past", voice, person, gender, number)


def _present(verb: Verb, template: str, voice: Voice) -> Iterator[VerbForm]:
    row, before_vowel, before_consonant = _stems(verb, template, "a")
    row = "ى" if row == "ا" else row
    for prefix, person, gender, number, column in _PRESENT_PERSONS:
        stems = _attach(prefix, before_vowel[1:]), _attach(prefix, before_consonant[1:])
        for ending in _PRESENT[row][column].split():
            for written in _inflect(stems[0], stems[1], ending, row):
                for joined in _join_verb(written, number, "ua"):
                    yield VerbForm(fold(written), fold(joined), "present", voice, person, gender, number)


def _participle(verb: Verb, template: str, voice: Voice) -> Iterator[VerbForm]:
    tense: Tense = "participle_active" if voice == "active" else "participle_passive"
    if verb.shape == "hollow" and verb.form == "I" and verb.radicals[2] == "ء":  # جائي, not جائئ
        verb = verb._replace(shape="defective", radicals=verb.radicals[:2] + "ي") if voice == "active" else verb
    if verb.shape == "defective" and template == "مa12U3":  # مدعو, مرمي
        row, stem = "", spell(fill("مa12" + ("U" if verb.radicals[2] == "و" else "I"), verb))
    else:
        row, stem, _ = _stems(verb, template, "a")
    row = "ى" if row == "ا" else row
    for (gender, number), endings in zip(_PARTICIPLE_PERSONS, _PARTICIPLE[row], strict=True):
        for ending in endings.split():
            for stood in _inflect(stem, stem, ending, row):
                for before_pronoun in _join_noun(stood, number):
                    for written, joined in _spellings(stood, before_pronoun):
                        yield VerbForm(fold(written), fold(joined), tense, voice, 0, gender, number)


def _verbal_noun(verb: Verb, template: str) -> Iterator[VerbForm]:
    if not template:
        return
    noun = spell(_REPEATED.sub(_contract, fill(template, verb)) if verb.shape == "doubled" else fill(template, verb))
    plural = [] if noun.endswith("اة") else _noun_shapes(_with_ending(noun.removesuffix("ة"), "ات")[0], "p")
    for written, joined, number in [*_noun_shapes(noun), *plural]:
        gender: Gender = "f" if noun.endswith("ة") or number == "p" else "m"
        yield VerbForm(fold(written), fold(joined), "noun", "active", 0, gender, number)


def _stems(verb: Verb, template: str, short: str) -> tuple[str, str, str]:
    """The row of endings, and the stems before a vowel and before a consonant."""
    sound = fill(template, verb)
    if verb.shape == "defective":
        base = spell(sound[:-1])
        return {"a": "ا" if sound[-1] == "و" else "ى", "i": "ي", "u": "و"}[sound[-2]], base, base
    if verb.shape == "doubled":
        return "", spell(_REPEATED.sub(_contract, sound)), spell(sound)
    if verb.shape == "hollow":
        return "", spell(sound), spell(_LAST_LONG.sub(lambda long: short if long[0] == "A" else long[0].lower(), sound))
    stem = spell(sound)
    return "", stem, stem


def _contract(repeated: re.Match[str]) -> str:
    """يشنِن is يشِنّ, شنَن is شنّ."""
    before, letter, vowel = repeated.groups()
    return (before or vowel) + letter * 2


def spell(sound: str) -> str:
    """How a stem given by sound is written: `مuسaءءiل` is مسئل. Not folded."""
    sound = _TWIN.sub(r"\1", sound)
    if "ء" in sound:
        sound = _HAMZA_PAIR.sub(lambda pair: "ء" + pair[1].upper(), sound)
    sound = _GLIDE.sub(lambda glide: "I" if glide[0] == "iو" else "و", sound)
    return _HAMZA.sub(_seat, sound).translate(_LETTERS)


def _seat(hamza: re.Match[str]) -> str:
    """The seat of a hamza by the vowels around it; the stronger of the two decides: i, u, a."""
    sound, start = hamza.string, hamza.start()
    before, after = sound[start - 1 : start], sound[start + 1 : start + 2]
    if not before:
        return "إ" if after in ("i", "I") else "آ" if after == "A" else "أ"
    if not after:
        return {"i": "ئ", "u": "ؤ", "a": "أ"}.get(before, "ء")
    if before in "iIي" or after in "iI":
        seat = "ئ"
    elif before in "AU" and after in "aA":
        seat = "ء"
    elif before in "uU" or after in "uU":
        seat = "ؤ"
    else:
        return "آ" if after == "A" else "أ"
    return seat + hamza[0][1:]


def _inflect(before_vowel: str, before_consonant: str, ending: str, row: str) -> tuple[str, ...]:
    stem, letters = before_vowel if ending[0] == "=" else before_consonant, ending[1:]
    if row:
        return (stem + ("ا" if stem[-1] == "ي" and letters == "ى" else letters),)  # أحيا, not أحيى
    if ending[0] == "-" and letters and stem[-1] == letters[0]:  # أعلن + نا is أعلنا, with a doubled ن
        return (stem + letters[1:],)
    return _with_ending(stem, letters)


def _with_ending(stem: str, ending: str) -> tuple[str, ...]:
    """`stem` and an ending (letters, or one vowel before a pronoun) in every spelling."""
    if not ending or not stem.endswith(("أ", "ء")):
        return (stem + ending.strip("aui"),)
    if stem[-1] == "أ" and ending[0] == "ا":
        return (stem[:-1] + "آ" + ending[1:],)
    seats = _SEATS[stem[-2:] if stem[-2:] in _SEATS else stem[-1]].get(ending[0], stem[-1])
    return tuple(stem[:-1] + seat + ending.strip("aui") for seat in seats)


def _attach(prefix: str, stem: str) -> str:
    return "آ" + stem[1:] if prefix == "أ" and stem[0] == "أ" else prefix + stem


def _join_verb(written: str, number: Number, moods: str) -> Iterable[str]:
    if number == "p" and written.endswith("وا"):
        return (written[:-1],)
    if written.endswith("ى"):
        return _with_ending(written[:-1], "ا")
    return _with_vowels(written, moods)


def _join_noun(written: str, number: Number) -> Iterable[str]:
    if written.endswith("ة"):
        return (written[:-1] + "ت",)
    if number != "s" and written.endswith(("ون", "ين", "ان")):
        return (written[:-1],)
    if written.endswith("ى"):
        return _with_ending(written[:-1], "ا")
    return _with_vowels(written, "aui")


def _with_vowels(written: str, vowels: str) -> Iterable[str]:
    if not written.endswith(("أ", "ء")):
        return (written,)
    return dict.fromkeys(joined for vowel in vowels for joined in _with_ending(written, vowel))


def _noun_shapes(noun: str, own_number: Number = "s") -> list[tuple[str, str, Number]]:
    """Every (written, joined, number) of a noun, not folded."""
    first, space, rest = noun.partition(" ")
    if space:
        return [(f"{written} {rest}", f"{written} {rest}", number) for written, _, number in _noun_shapes(first)]
    cut, own, dual = next((cut, own, dual) for pattern, cut, own, dual in _NOUNS if pattern.search(noun))
    stem = noun[: len(noun) - cut]
    numbers: tuple[tuple[str, Number], ...] = ((own, "p" if own == _PLURAL else own_number), (dual, "d"))
    return [
        (*spelling, number)
        for endings, number in numbers
        for ending in endings.split()
        for spelling in _noun_spellings(stem, *ending.split("/"))
    ]


def _noun_spellings(stem: str, ending: str, joined_ending: str) -> Iterator[tuple[str, str]]:
    if ending:
        pairs = zip(_with_ending(stem, ending), _with_ending(stem, joined_ending), strict=False)  # `ءى` has no seat
    else:
        pairs = zip(repeat(stem), _with_vowels(stem, "aui"), strict=False)
    for written, joined in pairs:
        yield from _spellings(written, joined)


def _spellings(written: str, joined: str) -> Iterator[tuple[str, str]]:
    yield written, joined
    if "ؤو" in written and _EGYPTIAN.search(written):
        yield _EGYPTIAN.sub("ئو", written), _EGYPTIAN.sub("ئو", joined)
