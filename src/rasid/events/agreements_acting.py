"""Who is said to have done what became of an accord: subjects of its verbs, those `مع` whom, and who signed for which side."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from rasid.actors.latin import latin_of
from rasid.actors.phrase import Phrase
from rasid.actors.places import place_named
from rasid.actors.resolve import entities_of
from rasid.arabic.letters import fold
from rasid.events.agreements_phases import Phase, apart
from rasid.events.agreements_words import agreement_words, known
from rasid.events.build import Reading
from rasid.events.outline import predicate_kind
from rasid.events.quotes_speakers import can_speak
from rasid.model import Entity, Place, Quote

_ASIDE = frozenset(".؛;:؟!")
_ALONE = frozenset(("ended", "suspended", "ratified"))  # what one party does
_FOR = frozenset(("عن", "وعن", "ومن", "من"))  # `عن الجانب المصري`, `ومن الجانب التركي`
_SIDE = frozenset(("جانب", "الجانب", "الطرف", "طرف"))
_SOME = frozenset(("بينها", "بينهم", "منها", "ابرزها"))  # `عشر دول بينها كينيا ورواندا`
_WITH = 8  # words from the noun to the official with whom it was signed
_AMONG = 7  # words from the verb to those
_PLACED = 2  # words from the signing to its place
_OWN = frozenset(("بلاده", "بلادها", "بلدها", "بلده", "بلدنا", "بلادنا", "وبلاده", "حكومته", "حكومتها"))
_OFFICIALS = frozenset(("person", "office"))


class Acting(NamedTuple):
    """Somebody who is said to have done what a phase tells of."""

    entity: Entity
    phase: Phase


def acting_of(reading: Reading, at: int, phases: Sequence[Phase]) -> tuple[Acting, ...]:
    """Who did what the phases of the accord at word `at` tell of.

    The subject right behind a verb (`علقت الجزائر معاهدة`, `الاتفاق الذي وقعه زيد`) or right before it (`بلاده وقعت`), those
    with whom (`وقع زيد مع نظيره`), and the subject of `أعلنت روسيا انسحابها`; of those who declare, two or more.
    """
    found: list[Acting] = []
    for phase in phases:
        if phase.how == "refused" or phase.what == "in_force":
            continue
        for phrase in _subjects(reading, at, phase):
            named = _both(reading, phrase) or entities_of(reading.article.text, reading.sentence, phrase, reading.people)
            found += [Acting(entity, phase) for entity in named]
    return tuple(found)


def _subjects(reading: Reading, at: int, phase: Phase) -> list[Phrase]:
    words = reading.sentence.words
    if predicate_kind(words[phase.at].form) != "verb":
        return _ending_at(reading, phase.at) if phase.what in _ALONE and phase.at < at and not phase.passing else []
    if phase.at > at and not any(r.pronoun for r in words[phase.at].form.readings):
        return []
    behind = listed(reading, phase.at + 1)
    subjects = [one for one in behind if not one.preposition and (phase.at > at or one.first < at)]
    if not any(one.country for one in subjects):
        among = next((n for n in range(phase.at + 1, min(len(words), phase.at + _AMONG)) if words[n].form.fold in _SOME), None)
        pair = [one for one in reading.sentence.phrases if one.stands_for == "pair" and phase.at < one.first < at]
        if pair and subjects:
            subjects = pair  # `مسؤولون من البلدين`
        if among is not None and not phase.at < at < among:
            subjects = listed(reading, among + 1)
    if not subjects and phase.at < at:
        subjects = _ending_at(reading, phase.at)
    if len(subjects) <= phase.declared:
        return []
    beside = [
        one
        for one in reading.sentence.phrases
        if one.preposition == "مع" and phase.what in ("signed", "announced") and phase.at < one.first and can_speak(one)
        if one.first < at or (one.kind in _OFFICIALS and one.first < at + _WITH)
    ]
    return [*subjects, *beside]


def _ending_at(reading: Reading, at: int) -> list[Phrase]:
    """The subjects that end right before word `at`: `بلاده وقعت`, `كانت مصر وليبيا قد وقعتا`, `أعلنت روسيا انسحابها`."""
    words = reading.sentence.words
    end = at - 1 if at and words[at - 1].form.fold == "قد" else at
    found: list[Phrase] = []
    for phrase in reversed(reading.sentence.phrases):
        if phrase.last > end or (phrase.preposition == "nisba" and phrase.last == end):
            continue
        if phrase.last != end or phrase.preposition or not can_speak(phrase):
            break
        found.insert(0, phrase)
        if not phrase.conjoined:
            break
        end = phrase.first
    return [one for one in found if not found[0].conjoined]


def _both(reading: Reading, phrase: Phrase) -> list[Entity]:
    """`الرئيسان`, `رئيسا البلدين`: the last two officials of two countries whom the article names before them."""
    form = reading.sentence.words[phrase.first].form
    dual = any(r.stem in agreement_words("both") for r in form.readings)
    if not dual or phrase.country or phrase.name:
        return []
    found: dict[str, Entity] = {}
    for sentence in (reading.sentence, *reversed(reading.sentences[: reading.at])):
        for one in reversed(sentence.phrases):
            if one.kind in _OFFICIALS and one.country and (sentence is not reading.sentence or one.last <= phrase.first):
                for entity in entities_of(reading.article.text, sentence, one, reading.people):
                    if entity.country and len(found) < 2:
                        found.setdefault(entity.country, entity)
        if found:
            break
    return list(found.values()) if len(found) > 1 else []


def is_dual(text: str) -> bool:
    """Do words begin with two officials in one: `الرئيسان`?"""
    return fold(text.split()[0]) in agreement_words("both")


def signing_for(reading: Reading) -> list[Entity]:
    """Who signed for which side: `وقعه عن الجانب المصري وزير الدفاع، وعن الجانب اليوناني نظيره`.

    The first of a sentence's words must say that it was signed; each side is followed by an official, who is of its country.
    """
    words, phrases = reading.sentence.words, reading.sentence.phrases
    signed = next(
        (n for n in range(min(4, len(words))) if (told := known("phase", words[n].form)) and told.what == "signed"), None
    )
    if signed is None:
        return []
    found: list[Entity] = []
    for side, official in pairwise(phrases):
        before = words[side.first - 1].form.fold if side.first else ""
        if side.first <= signed or not (side.preposition in ("عن", "من") or before in (*_FOR, *_SIDE)) or not side.country:
            continue
        if official.kind not in _OFFICIALS or official.first - side.last > 1 or official.preposition:
            continue
        (entity, *_) = entities_of(reading.article.text, reading.sentence, official, reading.people)
        told_of = official.country or (entity.basis != "context" and entity.country)
        found.append(entity if told_of else replace(entity, country=side.country, sector=entity.sector or "GOV"))
    return found


def signed_at(reading: Reading, phases: Sequence[Phase]) -> Place | None:
    """Where words right behind the signing say that it was: `الموقعة بالرباط`, `وقعه في بكين`, `بعد توقيعها في نيودلهي`."""
    words = reading.sentence.words
    for phase in phases:
        for one in reading.sentence.phrases if phase.what == "signed" and phase.how != "refused" else ():
            near = one.first > phase.at and apart(reading, phase.at, one.first) <= _PLACED and one.preposition in ("في", "ب")
            if near and one.kind in ("place", "country") and one.country:
                known_place = place_named(words, one.first, one.last, one.country)
                span = reading.sentence.slice(reading.article.text, one.first, one.last)
                if known_place is None:
                    return Place(one.country, span)
                kind = "city" if known_place.kind == "capital" else known_place.kind
                latin = known_place.latin or latin_of(None, one.country, None)
                return Place(
                    one.country, span, known_place.name, latin, kind, known_place.lat, known_place.lon, known_place.claimants
                )
    return None


def own_country(entity: Entity, quotes: Sequence[Quote]) -> Entity:
    """`بلاده` in somebody's words is the speaker's country, whoever else is named there."""
    if fold(entity.span.text) not in _OWN:
        return entity
    said = [one for one in quotes if one.text.start <= entity.span.start < one.text.end and one.speaker and one.speaker.country]
    speaker = said[-1].speaker if said else None
    return replace(entity, country=speaker.country, latin=None) if speaker and speaker.country != entity.country else entity


def carriers_of(reading: Reading) -> list[Entity]:
    """The two or more whom the first verb of a sentence has as subjects: `أفرجت روسيا وأوكرانيا عن أسرى في إطار صفقة`."""
    words = reading.sentence.words
    verb = next((n for n in range(min(8, len(words))) if predicate_kind(words[n].form) == "verb"), None)
    subjects = [] if verb is None else [one for one in listed(reading, verb + 1) if not one.preposition]
    named = (entities_of(reading.article.text, reading.sentence, one, reading.people) for one in subjects)
    return _flat(named) if len(subjects) > 1 else []


def _flat(lists: Iterable[list[Entity]]) -> list[Entity]:
    return [one for entities in lists for one in entities]


def listed(reading: Reading, at: int) -> list[Phrase]:
    """The phrases of a list that begins at `at`: joined by و or a comma; a place before it is passed over."""
    words = reading.sentence.words
    found: list[Phrase] = []
    place = at
    for phrase in reading.sentence.phrases:
        if phrase.first < at:
            continue
        gap = phrase.first - place
        if not found and phrase.preposition in ("في", "ب") and gap <= 1:
            place = phrase.last
            continue
        if found and not gap and not phrase.conjoined and (phrase.preposition or _is_name_of(phrase, found[-1])):
            place = phrase.last  # `الوزير المكلف بإدارة الدفاع وزيد`: of the one before
            if phrase.kind == "person" and phrase.country and not phrase.preposition:
                found[-1] = phrase
            continue
        if not can_speak(phrase) and phrase.kind != "place":
            break
        if gap > (4 if phrase.conjoined else 2) or any(words[n].form.text in _ASIDE for n in range(place, phrase.first)):
            break
        joined = phrase.conjoined or (_joins(reading, phrase.first - 1) if gap else _is_and(reading, phrase.first))
        if found and not joined:
            break
        found.append(phrase)
        place = phrase.last
    return found


def _is_name_of(phrase: Phrase, before: Phrase) -> bool:
    """`وزير الدفاع السعودي` and the name right behind it."""
    return phrase.kind in _OFFICIALS and phrase.country in (None, before.country)


def _is_and(reading: Reading, n: int) -> bool:
    """`والروسي` of `الرئيسان الأمريكي والروسي`."""
    form = reading.sentence.words[n].form
    return form.text.startswith("وال") and any(r.conjunction == "و" and r.article for r in form.readings)


def _joins(reading: Reading, n: int) -> bool:
    """A comma, or a word with و that no phrase holds (`وأمين مجلس الأمن`)."""
    form = reading.sentence.words[n].form
    return form.text in "،,و" or any(r.conjunction == "و" for r in form.readings)
