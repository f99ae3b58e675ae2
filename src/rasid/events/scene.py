"""What an article says of places, for all its events: which countries it brings up, how, and how often."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from rasid.actors.lexicon import BODIES
from rasid.actors.persons import country_of_family
from rasid.actors.phrase import Phrase
from rasid.actors.resolve import Sentence
from rasid.actors.setting import Setting, setting_of
from rasid.events.clues import clues_in
from rasid.events.outline import SCENE

_AT = SCENE | {"الي", "علي", "شرقي", "غربي", "شمالي", "جنوبي", "ضواحي", "قبالة", "خارج", "حول", "عند", "امام", "عبر"}
_AT_BODY = frozenset(("في", "ب", "امام", "داخل", "قرب", "خارج", "مقر", "الي"))  # `أمام السفارة`, `بقصر قرطاج`
BACK = 3  # sentences
_FROM_ARTICLE = 4  # countries that the article names most, which every event of it may be in


class Sighting(NamedTuple):
    """A phrase that brings a country up, what stands around it, and how it is said.

    `place في`, `nisba`, `organisation MIL`, `clue` (`events/clues.py`), `family` (a name held by officials of one country).
    """

    phrase: Phrase
    setting: Setting
    at: bool  # named as the scene of something: `في دمشق`
    role: str


class Scene(NamedTuple):
    """What an article says of places."""

    sighted: list[list[Sighting]]  # per sentence: what brings a country up
    named: Counter[str]  # how often it names each country, or somebody of it
    total: int  # of all countries
    staged: list[tuple[str, ...]]  # per sentence: the countries named as the scene of something
    back: list[dict[str, int]]  # per sentence: how many sentences back a country was so named last, where that is near
    most: dict[str, int]  # the countries named most, each with its rank
    outlet: str | None  # the country that the outlet writes of
    alone: str  # `one` for an article of one sentence, else `many`


def see_places(sentences: Sequence[Sentence], outlet: str | None, on: dt.date | None = None) -> Scene:
    """What the sentences of an article say of places.

    Args:
        sentences: of the article, in order.
        outlet: the country of the paper or station, if known.
        on: the article's day, by which family names are looked up.
    """
    alone = len(sentences) == 1  # a sentence by itself introduces nobody; an article does, and so needs no guess
    sighted = [[*_sightings(sentence), *(_families(sentence, on) if alone else ())] for sentence in sentences]
    told = [[one for one in here if one.phrase.sector != "JRN"] for here in sighted]
    named: Counter[str] = Counter([str(one.phrase.country) for here in told for one in here])
    staged = [tuple(dict.fromkeys([str(one.phrase.country) for one in here if one.at])) for here in told]
    most = {country: rank for rank, (country, _) in enumerate(named.most_common(_FROM_ARTICLE))}
    back = [
        {country: n for n in range(min(number, BACK), 0, -1) for country in staged[number - n]} for number in range(len(staged))
    ]
    return Scene(sighted, named, named.total(), staged, back, most, outlet, "one" if alone else "many")


def _sightings(sentence: Sentence) -> list[Sighting]:
    """The phrases of a sentence that name a country or something of it, and its clues."""
    named = [sighting(sentence, phrase) for phrase in sentence.phrases if phrase.country and phrase.country not in BODIES]
    clues = clues_in(sentence.words)
    return named + [sighting(sentence, clue) if clue.preposition else _aside(clue, "clue") for clue in clues]


def _families(sentence: Sentence, on: dt.date | None) -> list[Sighting]:
    """The persons of a sentence of whom only the family name says to which country they belong."""
    named = [phrase for phrase in sentence.phrases if phrase.name and not phrase.country]
    families = [(phrase, country_of_family(sentence.words[phrase.last - 1].form, on)) for phrase in named]
    return [_aside(phrase._replace(country=country), "family") for phrase, country in families if country]


def _aside(phrase: Phrase, role: str) -> Sighting:
    return Sighting(phrase, Setting(phrase.first, "", ()), False, role)


def sighting(sentence: Sentence, phrase: Phrase) -> Sighting:
    """How a phrase brings its country up."""
    setting = setting_of(sentence.words, phrase)
    named = phrase.kind in ("place", "country") and phrase.preposition != "nisba"
    ground = phrase.kind in ("organisation", "country") and not phrase.sector and bool(setting.kinds)  # `الأراضي السورية`
    if "name" in setting.kinds[:1]:  # `اتفاق الرياض`
        return Sighting(phrase, setting, False, "name")
    if "border" in setting.kinds[:2]:  # `قرب الحدود مع تركيا`
        return Sighting(phrase, setting, False, "border")
    if named or ground:
        at = setting.preposition in _AT
        return Sighting(phrase, setting, at, f"{phrase.kind if named else 'ground'} {setting.preposition}")
    if phrase.preposition == "nisba":
        return Sighting(phrase, setting, False, "nisba")
    there = phrase.preposition if phrase.kind == "organisation" and phrase.preposition in _AT_BODY else ""
    return Sighting(phrase, setting, False, f"{'person' if phrase.name else phrase.kind} {phrase.sector or ''} {there}")
