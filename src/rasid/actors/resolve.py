"""Who is meant, within one article: a bare name after its office was given, a role whose country the article shows."""

from collections import Counter
from typing import NamedTuple

from rasid.actors.phrases import Phrase
from rasid.arabic.letters import fold
from rasid.arabic.words import Word
from rasid.model import Entity, Interval, Span

# Letters that renderings of one foreign name exchange; a key is a name with each of them made the same and long vowels left out.
_ALIKE = str.maketrans({"ز": "س", "ص": "س", "ج": "غ", "ق": "ك", "ط": "ت", "ث": "ت", "ذ": "د", "ض": "د", "ا": "", "و": "", "ي": "", "ه": "", "ء": ""})
_LOCATED = frozenset(("place", "country"))


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
    """The persons of one article by the keys of their names, and the country that it is mostly about."""

    by_name: dict[str, Known]
    country: str | None


def name_key(name: str) -> str:
    """A key under which renderings of one name agree: `غانتس`, `گانتز` and `جانتس` give the same."""
    return fold(name).translate(_ALIKE)


def meet_people(text: str, sentences: list[Sentence]) -> People:
    """Everyone whom an article names together with an office, and the country it names most."""
    by_name: dict[str, Known] = {}
    countries: Counter[str] = Counter()
    for sentence in sentences:
        for phrase in sentence.phrases:
            if phrase.country and (phrase.kind in _LOCATED or phrase.country.isalpha()):
                countries[phrase.country] += 1
            if phrase.name and (phrase.country or phrase.sector):
                _remember(text, sentence.words, phrase, by_name)
    return People(by_name, countries.most_common(1)[0][0] if countries else None)


def _remember(text: str, words: list[Word], phrase: Phrase, by_name: dict[str, Known]) -> None:
    assert phrase.name is not None
    parts = [word.form.text for word in words[phrase.name[0] : phrase.name[1]]]
    known = Known(phrase.country, phrase.sector, _slice(text, words, phrase.office), " ".join(parts))
    for key in {name_key("".join(parts)), name_key(parts[-1])}:
        if len(key) > 1:
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


def entity_of(text: str, words: list[Word], phrase: Phrase, people: People, near: str | None) -> Entity:
    """The entity that a phrase names.

    Args:
        text: the article's text.
        words: the words of the sentence in which the phrase stands.
        phrase: what was read there.
        people: whom the article has introduced.
        near: the country that the sentence is about, for roles that name none of their own.
    """
    start, end = words[phrase.first].start, words[phrase.last - 1].end
    country, sector = phrase.country, phrase.sector
    name, office = _slice(text, words, phrase.name), _slice(text, words, phrase.office)
    if phrase.name and not (country and sector):
        known = recall(people, words[phrase.name[0] : phrase.name[1]])
        if known:
            country, sector, office = country or known.country, sector or known.sector, office or known.office
    if sector and not country:
        country = near or people.country
    return Entity(Span(start, end, text[start:end]), country, sector, name, phrase.latin, office)


def country_near(sentence: Sentence) -> str | None:
    """The country that a sentence is about: where it says something happens, else the one that it names first."""
    located = [p.country for p in sentence.phrases if p.country and p.kind in _LOCATED and p.preposition]
    named = [p.country for p in sentence.phrases if p.country and len(p.country) == 3]
    return next(iter(located or named), None)


def _slice(text: str, words: list[Word], place: tuple[int, int] | None) -> str | None:
    return text[words[place[0]].start : words[place[1] - 1].end] if place else None
