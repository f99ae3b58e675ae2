"""Same as: whom `الوزير`, `الرئيسان` and `الأخير` stand for, among the persons whom the article has named before."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rasid.actors.lexicon import look_up
from rasid.actors.phrase import Phrase
from rasid.arabic.names import name_key
from rasid.arabic.words import Form, Word, per_form

_COUNTERPARTS = frozenset(("نظير", "نظيره", "نظيرت"))
_DUAL = ("ان", "ين")


class Named(NamedTuple):
    """A person whom an article names: where, by what name and with what office, and whose he is."""

    start: int  # in the text
    name: str
    key: str  # of the family name
    office: str  # the first word of the office, bare and without the ending of gender; empty where none is given
    feminine: bool
    country: str | None
    sector: str | None
    latin: str | None


def named_in(sentences: Iterable[tuple[Sequence[Word], Sequence[Phrase]]]) -> tuple[Named, ...]:
    """The persons whom an article's sentences, each its words and phrases, name with an office or as well known; in order."""
    return tuple(
        _named(words, phrase)
        for words, phrases in sentences
        for phrase in phrases
        if phrase.name and (phrase.country or phrase.sector)
    )


def _named(words: Sequence[Word], phrase: Phrase) -> Named:
    assert phrase.name is not None
    parts = [word.form.text for word in words[phrase.name[0] : phrase.name[1]] if word.form.kind == "word"]
    office = words[phrase.office[0]].form if phrase.office else None
    return Named(
        words[phrase.first].start,
        " ".join(parts),
        name_key(parts[-1]) if parts else "",
        _bare(office) if office else "",
        bool(office and office.text.endswith("ة")),
        phrase.country,
        phrase.sector,
        phrase.latin,
    )


class Held(NamedTuple):
    """An office that an article names: where, its words, and whose it is."""

    start: int  # in the text
    office: str
    country: str | None
    sector: str | None


def offices_in(text: str, sentences: Sequence[tuple[Sequence[Word], Sequence[Phrase]]]) -> tuple[Held, ...]:
    """The offices that an article's sentences name, in order, where it speaks of anybody's counterpart; else none."""
    held: list[Held] = []
    asked = False
    for words, phrases in sentences:
        for phrase in phrases:
            if phrase.office is None:
                continue
            if is_counterpart(words[phrase.office[0]].form):
                asked = True
                continue
            start, end = words[phrase.office[0]].start, words[phrase.office[1] - 1].end
            if phrase.office[0] == phrase.first:
                start += phrase.conjoined + (len(phrase.preposition) == 1)  # what is joined to the first word
            held.append(Held(words[phrase.first].start, text[start:end], phrase.country, phrase.sector))
    return tuple(held) if asked else ()


@per_form
def is_counterpart(form: Form) -> bool:
    """Is this `نظيره`, who holds somebody's office in another country?"""
    return any(reading.pronoun and reading.stem in _COUNTERPARTS for reading in form.readings)


def office_before(words: Sequence[Word], phrase: Phrase, held: tuple[Held, ...]) -> Held | None:
    """The office whose counterpart is meant: the last one named before the phrase."""
    before = held[: bisect_left(held, (words[phrase.first].start,))]
    return before[-1] if before else None


def antecedents(words: list[Word], phrase: Phrase, named: tuple[Named, ...]) -> list[Named]:
    """Whom a phrase without a name stands for: one person, two for `الرئيسان`, nobody where the article named no such one."""
    if phrase.name or not named:
        return []
    before = named[: bisect_left(named, (words[phrase.first].start,))]
    if phrase.stands_for == "latter":
        feminine = words[phrase.first].form.text.endswith("ة")
        return next(([one] for one in reversed(before) if one.feminine == feminine or not one.office), [])
    if phrase.kind != "office" or not _is_bare_office(words, phrase):
        return []
    head = words[phrase.first].form
    same = [one for one in reversed(before) if one.office == _bare(head) and phrase.country in (None, one.country)]
    if same:
        return same[:1]
    two = [one for one in reversed(before) if one.office and one.office in _singular(head)]
    latest = list({one.key: one for one in reversed(two)}.values())
    return latest[-2:] if len(latest) > 1 else []


def _is_bare_office(words: list[Word], phrase: Phrase) -> bool:
    """`الوزير` or `الأمين العام`, perhaps with whose it is (`الوزير التركي`): nothing that tells another one's office."""
    head = look_up(words, phrase.first)
    if head is None or not any(reading.article for reading in words[phrase.first].form.readings):
        return False
    rest = range(phrase.first + head.known.length, phrase.last)
    hits = [look_up(words, at) for at in rest]
    return all(hit is not None and hit.known.kind == "nisba" for hit in hits)


@per_form
def _bare(form: Form) -> str:
    """A word without what is joined to it and without the ending of gender: `للوزيرة` is وزير."""
    stem = next((reading.stem for reading in form.readings if reading.article), form.readings[0].stem)
    return stem.removesuffix("ه")


@per_form
def _singular(form: Form) -> tuple[str, ...]:
    stem = next((reading.stem for reading in form.readings if reading.article), "")
    return (stem[:-2], stem[:-2].removesuffix("ت")) if stem.endswith(_DUAL) else ()
