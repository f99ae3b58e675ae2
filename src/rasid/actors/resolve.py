"""Who is meant, within one article: a bare name after its office was given, a role whose country the article shows."""

from collections import Counter
from dataclasses import replace
from typing import NamedTuple

from rasid.actors.latin import latin_of
from rasid.actors.lexicon import BODIES
from rasid.actors.phrases import Phrase
from rasid.arabic.letters import fold
from rasid.arabic.particles import particle
from rasid.arabic.words import Word
from rasid.model import Entity, Interval, Span

# Letters that renderings of one foreign name exchange; a key is a name with each of them made the same and long vowels left out.
_ALIKE = str.maketrans({"ز": "س", "ص": "س", "ج": "غ", "ق": "ك", "ط": "ت", "ث": "ت", "ذ": "د", "ض": "د", "ا": "", "و": "", "ي": "", "ه": "", "ء": ""})
_KINGDOMS = frozenset(("SAU", "MAR", "JOR", "BHR"))
_SHORTEST_NAME = 3


class Sentence(NamedTuple):
    """A sentence with its words, the phrases that name somebody, and the time expressions."""

    span: Span
    words: list[Word]
    phrases: list[Phrase]
    times: list[Interval]


def timed(words: list[Word], times: list[Interval]) -> set[int]:
    """The places of the words that belong to time expressions."""
    spans = [time.span for time in times if time.span]
    return {n for n, word in enumerate(words) if any(s.start <= word.start < s.end for s in spans)} if spans else set()


class Known(NamedTuple):
    """What an article has said of a person: his country, sector and office, and his name at its fullest."""

    country: str | None
    sector: str | None
    office: str | None
    name: str


class People(NamedTuple):
    """The persons of one article by the keys of their names, and the countries that it is about, the most named first."""

    by_name: dict[str, Known]
    countries: tuple[str, ...]


def name_key(name: str) -> str:
    """A key under which renderings of one name agree: `غانتس`, `گانتز` and `جانتس` give the same."""
    return fold(name).translate(_ALIKE)


def meet_people(text: str, sentences: list[Sentence]) -> People:
    """Everyone whom an article names together with an office, and the country it names most."""
    by_name: dict[str, Known] = {}
    countries: Counter[str] = Counter()
    for sentence in sentences:
        for phrase in sentence.phrases:
            if phrase.country and phrase.country not in BODIES and phrase.sector != "JRN":
                countries[phrase.country] += 1
            if phrase.name and (phrase.country or phrase.sector):
                _remember(text, sentence.words, phrase, by_name)
    return People(by_name, tuple(country for country, _ in countries.most_common()))


def _remember(text: str, words: list[Word], phrase: Phrase, by_name: dict[str, Known]) -> None:
    assert phrase.name is not None
    parts = [word.form.text for word in words[phrase.name[0] : phrase.name[1]]]
    known = Known(phrase.country, phrase.sector, _slice(text, words, phrase.office), " ".join(parts))
    for key in {name_key("".join(parts)), name_key(parts[-1])}:
        if len(key) > 2:
            by_name.setdefault(key, known)


def recall(people: People, words: list[Word]) -> Known | None:
    """Whom a bare name stands for: by the whole name, else by the family name; the first word may carry و or ل."""
    names = [word.form for word in words if word.form.kind == "word"]
    if not names:
        return None
    firsts = {names[0].text, *(reading.stem for reading in names[0].readings if not reading.article and not reading.pronoun)}
    rest = "".join(form.text for form in names[1:])
    for first in firsts:
        known = people.by_name.get(name_key(first + rest))
        if known:
            return known
    return people.by_name.get(name_key(names[-1].text)) if len(names) > 1 else None


def recognise(sentence: Sentence, people: People) -> Sentence:
    """`sentence` with phrases for the bare names of persons whom the article introduces elsewhere."""
    if not people.by_name:
        return sentence
    inside = {n for phrase in sentence.phrases for n in range(phrase.first, phrase.last)}
    found = []
    at = 0
    while at < len(sentence.words):
        phrase = None if at in inside else _bare_name(sentence.words, at, inside, people)
        if phrase:
            found.append(phrase)
        at = phrase.last if phrase else at + 1
    return sentence._replace(phrases=sorted([*sentence.phrases, *found])) if found else sentence


def _bare_name(words: list[Word], at: int, inside: set[int], people: People) -> Phrase | None:
    """The longest run of words from `at` that is the name of somebody known."""
    form = words[at].form
    if form.kind != "word" or len(form.fold) < _SHORTEST_NAME or particle(form):
        return None
    for last in range(min(len(words), at + 3), at, -1):
        known = None if inside & set(range(at, last)) else recall(people, words[at:last])
        if known:
            reading = next((r for r in form.readings if name_key(r.stem) and r.conjunction + r.preposition), form.readings[0])
            clitic = last - at == 1 and name_key(form.text) not in people.by_name
            return Phrase(
                at, last, reading.preposition if clitic else "", bool(reading.conjunction) and clitic,
                "person", known.country, known.sector, True, (at, last),
            )  # fmt: skip
    return None


def entities_of(text: str, sentence: Sentence, phrase: Phrase, people: People) -> list[Entity]:
    """The entities that a phrase names: one, but for words like `البلدان`.

    Args:
        text: the article's text.
        sentence: the sentence in which the phrase stands.
        phrase: what was read there.
        people: whom the article has introduced, and which countries.
    """
    words = sentence.words
    start, end = words[phrase.first].start, words[phrase.last - 1].end
    span = Span(start, end, text[start:end])
    if phrase.stands_for == "pair" and len(people.countries) > 1:
        return [_with_latin(Entity(span, country)) for country in people.countries[:2]]
    country, sector = phrase.country, phrase.sector
    if phrase.stands_for == "kingdom":
        country = next((country for country in people.countries if country in _KINGDOMS), None)
    name, office = _slice(text, words, phrase.name), _slice(text, words, phrase.office)
    if phrase.name and not (country and sector):
        known = recall(people, words[phrase.name[0] : phrase.name[1]])
        if known:
            country, sector, office = country or known.country, sector or known.sector, office or known.office
    if sector and not country:
        country = _country_near(sentence, phrase) or next(iter(people.countries), None)
    return [_with_latin(Entity(span, country, sector, name, phrase.latin, office))]


def _with_latin(entity: Entity) -> Entity:
    return replace(entity, latin=latin_of(entity))


def _country_near(sentence: Sentence, phrase: Phrase) -> str | None:
    """The country named nearest to a role that names none of its own."""
    named = [other for other in sentence.phrases if other.country and other.country not in BODIES and other.sector != "JRN"]
    return min(named, key=lambda other: abs(other.first - phrase.first)).country if named else None


def _slice(text: str, words: list[Word], place: tuple[int, int] | None) -> str | None:
    return text[words[place[0]].start : words[place[1] - 1].end] if place else None
