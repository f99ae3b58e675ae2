"""Who is meant, within one article: a bare name after its office was given, a role whose country the article shows."""

import datetime as dt
from collections import Counter
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import NamedTuple

from rasid.actors.latin import latin_of
from rasid.actors.lexicon import BODIES
from rasid.actors.persons import who_is
from rasid.actors.phrase import Phrase
from rasid.arabic.names import name_key, same_person
from rasid.arabic.particles import particle
from rasid.arabic.words import Form, Reading, Word
from rasid.model import Entity, Interval, Span

_KINGDOMS = frozenset(("SAU", "MAR", "JOR", "BHR"))
_OF_STATES = frozenset(("GOV", "MIL"))
_SHORTEST_NAME = 3


class Sentence(NamedTuple):
    """A sentence with its words, the phrases that name somebody, and the time expressions."""

    span: Span
    words: list[Word]
    phrases: list[Phrase]
    times: list[Interval]
    timed: AbstractSet[int]  # places of the words that belong to the time expressions

    def slice(self, text: str, first: int, last: int) -> Span:
        """Words `first` to `last` (exclusive) as a span of the article's `text`."""
        start, end = self.words[first].start, self.words[last - 1].end
        return Span(start, end, text[start:end])


def timed(words: list[Word], times: list[Interval]) -> set[int]:
    """The places of the words that belong to time expressions."""
    spans = [time.span for time in times if time.span]
    return {n for n, word in enumerate(words) if any(s.start <= word.start < s.end for s in spans)} if spans else set()


class Known(NamedTuple):
    """What an article has said of a person: his country, sector and office, and his name as it stands there."""

    country: str | None
    sector: str | None
    office: str | None
    name: str
    keys: frozenset[str]  # of the words of the name


class People(NamedTuple):
    """The persons of one article by the keys of their family names, and the countries that it names, the most named first."""

    by_name: dict[str, Known]
    countries: tuple[str, ...]
    on: dt.date | None = None  # the article's day, on which the well known are what they then were


def meet_people(text: str, sentences: list[Sentence], on: dt.date | None = None) -> People:
    """Everyone whom an article names together with an office, and the country it names most."""
    by_name: dict[str, Known] = {}
    countries: Counter[str] = Counter()
    for sentence in sentences:
        for phrase in sentence.phrases:
            if phrase.country and phrase.country not in BODIES and phrase.sector != "JRN":
                countries[phrase.country] += 1
            if phrase.name and (phrase.country or phrase.sector):
                _remember(text, sentence.words, phrase, by_name)
    return People(by_name, tuple(country for country, _ in countries.most_common()), on)


def _remember(text: str, words: list[Word], phrase: Phrase, by_name: dict[str, Known]) -> None:
    assert phrase.name is not None
    parts = [word.form for word in words[phrase.name[0] : phrase.name[1]] if word.form.kind == "word"]
    name = " ".join(form.text for form in parts)
    keys = [key for form in parts for key, _ in _name_keys(form)]
    if parts:
        office = _slice(text, words, phrase.office)
        by_name.setdefault(name_key(parts[-1].text), Known(phrase.country, phrase.sector, office, name, frozenset(keys)))


@lru_cache(maxsize=1 << 16)
def _name_keys(form: Form) -> tuple[tuple[str, Reading], ...]:
    """The keys under which a word can be somebody's name, with what is taken off it: none for words that are too short."""
    if form.kind != "word" or len(form.fold) < _SHORTEST_NAME or particle(form):
        return ()
    whole = form.readings[0]
    clitics = [
        r for r in form.readings[1:] if r.conjunction + r.preposition and not r.pronoun and len(r.stem) >= _SHORTEST_NAME
    ]
    found = {name_key(("ال" if r.article else "") + r.stem): r for r in reversed([whole, *clitics])}
    return tuple((key, reading) for key, reading in found.items() if len(key) > 1)


def recall(people: People, words: list[Word]) -> Known | None:
    """Whom a name stands for, by its last word; a given name before it must not be somebody else's."""
    if not words:
        return None
    for key, _ in _name_keys(words[-1].form):
        known = people.by_name.get(key)
        if known and same_person(" ".join(word.form.text for word in words), known.name)[0]:
            return known
    return None


def recognise(sentence: Sentence, people: People) -> Sentence:
    """`sentence` with phrases for the bare names of persons whom the article introduces elsewhere."""
    if not people.by_name:
        return sentence
    by_name = people.by_name
    sentence = sentence._replace(phrases=[_as_known(sentence.words, phrase, people) for phrase in sentence.phrases])
    maybe = [at for at, word in enumerate(sentence.words) if any(key in by_name for key, _ in _name_keys(word.form))]
    inside = {n for phrase in sentence.phrases for n in range(phrase.first, phrase.last)} if maybe else set()
    found: list[Phrase] = []
    for at in maybe:
        if at in inside:
            continue
        for key, reading in _name_keys(sentence.words[at].form):
            known = by_name.get(key)
            if known and same_person(reading.stem, known.name.split()[-1])[0]:
                phrase = _bare_name(sentence.words, at, inside, known, reading)
                found = [other for other in found if other.last <= phrase.first]
                found.append(phrase)
                break
    return (
        sentence._replace(phrases=sorted([*sentence.phrases, *found], key=lambda phrase: phrase.first)) if found else sentence
    )


def _as_known(words: list[Word], phrase: Phrase, people: People) -> Phrase:
    """`phrase`, if it is a bare name, with the country and sector that the article gives that person elsewhere."""
    known = None if phrase.country or phrase.sector or not phrase.name else recall(people, words[slice(*phrase.name)])
    return phrase._replace(country=known.country, sector=known.sector) if known else phrase


def _bare_name(words: list[Word], at: int, inside: set[int], known: Known, reading: Reading) -> Phrase:
    """The phrase of a family name at `at`, with the given names right before it."""
    first = at
    while first and first - 1 not in inside and any(key in known.keys for key, _ in _name_keys(words[first - 1].form)):
        first -= 1
        reading = next(r for key, r in _name_keys(words[first].form) if key in known.keys)
    return Phrase(
        first,
        at + 1,
        reading.preposition,
        bool(reading.conjunction),
        "person",
        known.country,
        known.sector,
        True,
        (first, at + 1),
    )


def entities_of(
    text: str, sentence: Sentence, phrase: Phrase, people: People, others: AbstractSet[str] = frozenset()
) -> list[Entity]:
    """The entities that a phrase names: one, but for words like `البلدان`.

    Args:
        text: the article's text.
        sentence: the sentence in which the phrase stands.
        phrase: what was read there.
        people: whom the article has introduced, and which countries.
        others: the countries of those whom he deals with, which are not his own: `وقعه فلان ووزير الدفاع الإسرائيلي`.
    """
    words = sentence.words
    span = sentence.slice(text, phrase.first, phrase.last)
    if phrase.stands_for == "pair" and len(people.countries) > 1:
        return [Entity(span, country, latin=latin_of(None, country, None)) for country in people.countries[:2]]
    country, sector = phrase.country, phrase.sector
    if phrase.stands_for == "kingdom":
        country = next((country for country in people.countries if country in _KINGDOMS), None)
    name, office = (_without_clitics(text, words, phrase, place) for place in (phrase.name, phrase.office))
    if phrase.name and not (country and sector):
        named = words[phrase.name[0] : phrase.name[1]]
        known, person = recall(people, named), who_is(named, people.on)
        if known:
            country, sector, office = country or known.country, sector or known.sector, office or known.office
        if person:  # `الرئيس أوباما`
            country, sector = country or person.country, sector or person.sector
    if not country and phrase.kind != "group" and (sector or phrase.kind == "person"):
        near = (_country_near(sentence, phrase), *people.countries)
        barred = others if sector in _OF_STATES else frozenset()
        country = next((code for code in near if code and code not in barred), None)
    return [Entity(span, country, sector, name, latin_of(name, country, phrase.latin), office)]


def code_of(phrase: Phrase) -> str | None:
    """The code that a phrase has by itself, without its article: `MAR GOV`, `CVL`."""
    return " ".join(part for part in (phrase.country, phrase.sector) if part) or None


def _country_near(sentence: Sentence, phrase: Phrase) -> str | None:
    """The country named nearest to a role that names none of its own."""
    named = [other for other in sentence.phrases if other.country and other.country not in BODIES and other.sector != "JRN"]
    return min(named, key=lambda other: abs(other.first - phrase.first)).country if named else None


def _without_clitics(text: str, words: list[Word], phrase: Phrase, place: tuple[int, int] | None) -> str | None:
    """A name or an office as written, without the و or ل before it where the phrase begins with it."""
    said = _slice(text, words, place)
    if said is None or place is None or place[0] != phrase.first:
        return said
    clitics = ("و" if phrase.conjoined else "") + (phrase.preposition if len(phrase.preposition) == 1 else "")
    return said[len(clitics) :] if clitics and words[phrase.first].form.fold.startswith(clitics) else said


def _slice(text: str, words: list[Word], place: tuple[int, int] | None) -> str | None:
    return text[words[place[0]].start : words[place[1] - 1].end] if place else None
