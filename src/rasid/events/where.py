"""Where an event happened: of all countries that its article brings up, the one that words and people put it in."""

import json
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from rasid.actors.lexicon import BODIES
from rasid.actors.phrase import Phrase
from rasid.actors.setting import Setting, setting_of
from rasid.actors.resolve import Sentence
from rasid.arabic.particles import particle
from rasid.events.outline import SCENE
from rasid.events.propose import Candidate
from rasid.model import Entity, Place, Span

WHERE_WEIGHTS = Path(__file__).parent / "where.json"
NOWHERE = ""  # stands among the countries for "it is not said"
_AT = SCENE | {"الي", "علي", "شرقي", "غربي", "شمالي", "جنوبي", "ضواحي", "قبالة", "خارج", "حول", "عند", "امام", "عبر"}
_NEAR = (0, 1, 2, 3, 5, 8, 13, 21)
_FROM_ARTICLE = 4  # countries that the article names most, which every event of it may be in
_BACK = 3  # sentences


class Scene(NamedTuple):
    """What an article says of places, for all its events."""

    named: Counter[str]  # how often it names each country, or somebody of it
    staged: list[dict[str, int]]  # per sentence: the countries named as a scene, each with its rank
    opening: str | None  # the first country named as a scene
    outlet: str | None


class Sighting(NamedTuple):
    """A phrase of the sentence that brings a country up."""

    phrase: Phrase
    setting: Setting
    at: bool  # named as the scene of something: `في دمشق`
    role: str  # how it is said: `place في`, `nisba`, `organisation MIL`


class Told(NamedTuple):
    """What is known of an event before its place."""

    sentence: Sentence
    number: int  # of the sentence
    candidate: Candidate
    type: str
    mode: str | None
    status: str
    actors: Sequence[Entity]
    recipients: Sequence[Entity]
    sources: Sequence[Span]


@cache
def where_weights() -> dict[str, float]:
    """The weights of the package."""
    weights: dict[str, float] = json.loads(WHERE_WEIGHTS.read_text(encoding="utf-8")) if WHERE_WEIGHTS.exists() else {}
    return weights


def see_places(sentences: Sequence[Sentence], outlet: str | None) -> Scene:
    """What the sentences of an article say of places; `outlet` is the country of the paper or station, if known."""
    named: Counter[str] = Counter()
    staged: list[dict[str, int]] = []
    for sentence in sentences:
        here: dict[str, int] = {}
        for phrase in sentence.phrases:
            if phrase.country and phrase.country not in BODIES and phrase.sector != "JRN":
                named[phrase.country] += 1
                if sighting(sentence, phrase).at:
                    here.setdefault(phrase.country, len(here))
        staged.append(here)
    return Scene(named, staged, next((country for here in staged for country in here), None), outlet)


def sighting(sentence: Sentence, phrase: Phrase) -> Sighting:
    """How a phrase brings its country up."""
    setting = setting_of(sentence.words, phrase)
    named = phrase.kind in ("place", "country") and phrase.preposition != "nisba"
    ground = phrase.kind in ("organisation", "country") and not phrase.sector and bool(setting.kinds)
    if "name" in setting.kinds[:1]:
        return Sighting(phrase, setting, False, "name")
    if "border" in setting.kinds[:2]:
        return Sighting(phrase, setting, False, "border")
    if named or ground:
        at = setting.preposition in _AT
        return Sighting(phrase, setting, at, f"{phrase.kind if named else 'ground'} {setting.preposition}")
    said = "nisba" if phrase.preposition == "nisba" else f"{'person' if phrase.name else phrase.kind} {phrase.sector or ''}"
    return Sighting(phrase, setting, False, said)


def place_features(text: str, told: Told, scene: Scene) -> dict[str, list[str]]:
    """For every country in question, and for NOWHERE, what speaks for the event's being there."""
    sentence, candidate = told.sentence, told.candidate
    seen = [
        sighting(sentence, phrase) for phrase in sentence.phrases if phrase.country and phrase.country not in BODIES
    ]
    acting, receiving = _countries(told.actors), _countries(told.recipients)
    countries = dict.fromkeys(
        country
        for country in (
            *(s.phrase.country for s in seen), *acting, *receiving,
            *(country for country, _ in scene.named.most_common(_FROM_ARTICLE)), scene.opening, scene.outlet,
            *(country for here in scene.staged[max(0, told.number - _BACK) : told.number] for country in here),
        )
        if country
    )  # fmt: skip
    found: dict[str, set[str]] = {country: set() for country in countries}
    nearest: dict[bool, tuple[int, str]] = {}
    ats = 0
    starts = {entity.span.start: "A" for entity in told.actors} | {entity.span.start: "R" for entity in told.recipients}
    sources = {span.start for span in told.sources}
    at = candidate.head.at
    for one in seen:
        phrase = one.phrase
        country = str(phrase.country)
        inside = candidate.places.first <= phrase.first < candidate.places.last
        start = sentence.words[phrase.first].start
        part = starts.get(start, "S" if start in sources else "-")
        side = "a" if phrase.first > at else "b"
        gap = max(phrase.first - at, at - phrase.last, 0)
        distance = bisect_left(_NEAR, gap)
        role = one.role
        found[country] |= {
            f"{role}",
            f"{role} {part}{inside:d}",
            f"{role} {told.type}",
            f"{role} {side}{distance}",
            f"{one.at:d}{inside:d}{part} {told.type}",
            f"{one.at:d}{inside:d} {side}{distance}",
            f"kinds {' '.join(one.setting.kinds[:1])} {one.setting.preposition}",
        }
        if one.at:
            ats += 1
            if inside not in nearest or gap < nearest[inside][0]:
                nearest[inside] = (gap, country)
            if ats == 1:
                found[country].add("first at")
    for inside, (_, country) in nearest.items():
        found[country].add(f"nearest at {inside:d}{len(nearest)}")
    ranks = {country: rank for rank, (country, _) in enumerate(scene.named.most_common())}
    total = sum(scene.named.values()) or 1
    alone = "one" if len(scene.staged) == 1 else "many"
    sentence_countries = {s.phrase.country for s in seen}
    scenes = {s.phrase.country for s in seen if s.at}
    for country, features in found.items():
        sides = ("A" if country in acting else "") + ("R" if country in receiving else "")
        others = len((acting.keys() | receiving.keys()) - {country})
        staged_back = next(
            (back for back in range(1, told.number + 1) if country in scene.staged[told.number - back]), None
        )
        any_at = f"{bool(nearest):d}"
        rank = min(ranks.get(country, 9), 4)
        features |= {
            f"sides {sides} {told.type}",
            f"sides {sides} {told.type} {told.mode}",
            f"sides {sides} {min(others, 2)} {any_at}",
            f"sides {sides} {min(others, 2)} {told.type}",
            f"sides {sides} {candidate.predicate.lemma}",
            f"sides {sides} {told.status}",
            f"rank {rank} {alone} {country in sentence_countries}",
            f"rank {rank} {alone} {any_at} {country in scenes}",
            f"share {int(5 * scene.named[country] / total)} {alone} {country in scenes}",
            f"back {min(staged_back, 4) if staged_back else 0} {alone} {any_at} {country in sentence_countries}",
            f"opening {country == scene.opening} {alone} {any_at}",
            f"outlet {country == scene.outlet} {any_at}",
            f"only {len(sentence_countries)} {country in sentence_countries}",
            f"country {country}",
        }
        features |= {f"actor {sector} {told.type}" for sector in acting.get(country, ())}
        features |= {f"recipient {sector} {told.type}" for sector in receiving.get(country, ())}
    people = len(acting.keys() | receiving.keys())
    found[NOWHERE] = {
        "null",
        f"null {told.type}",
        f"null {told.type} {told.mode}",
        f"null {told.type} {told.status}",
        f"null {told.status}",
        f"null at {min(len(nearest), 2)} {told.type}",
        f"null people {min(people, 3)} {bool(nearest)}",
        f"null people {min(people, 3)} {told.type}",
        f"null named {min(len(sentence_countries), 4)} {bool(nearest)}",
        f"null {candidate.predicate.lemma}",
        f"null tense {candidate.head.use.tense}",
        f"null {alone}",
    }
    return {country: sorted(features) for country, features in found.items()}


def _countries(entities: Iterable[Entity]) -> dict[str, set[str]]:
    """The countries of those who take part, each with their sectors."""
    found: dict[str, set[str]] = {}
    for entity in entities:
        if entity.country and entity.country not in BODIES:
            found.setdefault(entity.country, set()).add(entity.sector or "")
    return found


def place_of(text: str, told: Told, scene: Scene) -> tuple[Place | None, str]:
    """The place of an event, and how it was found."""
    features = place_features(text, told, scene)
    weights = where_weights()
    best = max(features, key=lambda country: sum(weights.get(feature, 0.0) for feature in features[country]))
    if best == NOWHERE:
        return None, "no place named"
    return Place(best, None), "x"
