"""Where an article mentions an accord, and what stands around the noun: its kind, fields, name, parties and phases."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from rasid.actors.phrase import Phrase
from rasid.actors.resolve import entities_of
from rasid.arabic.particles import particle
from rasid.arabic.words import Form
from rasid.events.agreements_phases import Phase, phases_of
from rasid.events.agreements_words import CEASE, STOPS, Known, accord_noun, is_accord, known
from rasid.events.build import Reading
from rasid.events.outline import predicate_kind
from rasid.events.quotes_speakers import can_speak
from rasid.model import Entity, Span

_PHRASE = 8  # words behind the noun that say what kind of accord it is
_BESIDE = 4  # those of them that may name a kind
_ASIDE = frozenset(".؛;:؟!")
_UNDER = frozenset((
    "بين", "مع", "من", "عبر", "الي", "علي", "برعايه", "بوساطه", "باشراف", "بضمانه", "بضمان", "بدعم", "بقيمه", "بشان", "بحضور",
    "بموجبه", "بموجبها",
))  # fmt: skip
_THIS = frozenset(("هذا", "هذه", "وهذا", "وهذه", "لهذا", "لهذه", "بهذا", "بهذه", "ذلك", "تلك"))


class Acting(NamedTuple):
    """Somebody who is said to have done what a phase tells of."""

    entity: Entity
    phase: Phase


class Mention(NamedTuple):
    """A noun that stands for an accord, and what its sentence says of it."""

    reading: Reading
    at: int
    last: int
    noun: str  # agreement, memorandum ...
    kinds: tuple[str, ...]
    fields: tuple[str, ...]
    told_by: frozenset[str]  # the words beside it that tell it from others, without ال
    parties: tuple[Entity, ...]
    all_parties: bool  # `بين` and two or more: there are no others
    definite: bool
    several: bool
    name: str | None
    phases: tuple[Phase, ...]
    acting: tuple[Acting, ...]  # whom the words right behind those say to have done so


def find_mentions(reading: Reading) -> list[Mention]:
    """The accords that a sentence mentions, in order."""
    found: list[Mention] = []
    for at, word in enumerate(reading.sentence.words):
        noun = accord_noun(word.form)
        inside = found and at < found[-1].last  # `اتفاق وقف إطلاق النار` is one
        if noun and not inside and is_accord(reading.sentence.words, at, noun):
            found.append(_mention(reading, at, noun))
    return found


def _mention(reading: Reading, at: int, noun: Known) -> Mention:
    words = reading.sentence.words
    last = _phrase_end(reading, at)
    beside = [word.form for word in words[at + 1 : last]]
    kinds = [found.what for form in beside[:_BESIDE] if (found := known("kind", form)) and _describes(found)]
    kinds += ["ceasefire" for n in range(at + 1, last) if words[n].form.fold in STOPS and is_accord(words, n, CEASE)]
    name = _name(reading, at, last)
    definite = noun.article or (at > 0 and words[at - 1].form.fold in _THIS) or bool(noun.pronoun) or name is not None
    definite = definite or bool(beside and any(r.article for r in beside[0].readings) and not _is_for(beside[0].fold))
    several = known("plural", words[at].form) is not None
    phases = phases_of(reading, at, last)
    parties, all_parties = _parties(reading, at, last)
    return Mention(
        reading,
        at,
        last,
        "agreement" if several else noun.what,
        tuple(dict.fromkeys(kinds)),
        fields_of(beside),
        _told_by(beside, noun),
        parties,
        all_parties,
        definite,
        several,
        name,
        phases,
        _acting(reading, at, phases),
    )


def _describes(found: Known) -> bool:
    """Is a word of kind beside the noun: `اتفاق سلام`, not `اتفاقيات مخصصة لتمويل كذا`?"""
    return not found.pronoun and (found.preposition != "ل" or found.what != "loan")


def _told_by(beside: Sequence[Form], noun: Known) -> frozenset[str]:
    """What tells an accord from another: the word right behind it (`الاتفاق النووي`, `اتفاقية الصداقة`)."""
    first = beside[0] if beside else None
    if first is None or first.kind != "word" or particle(first) or known("phase", first) or predicate_kind(first) == "verb":
        return frozenset()
    if noun.article and not any(r.article for r in first.readings):
        return frozenset()
    return frozenset(r.stem for r in first.readings if not r.conjunction and not r.pronoun and r.preposition in ("", "ل"))


def _acting(reading: Reading, at: int, phases: Sequence[Phase]) -> tuple[Acting, ...]:
    """The subject right behind a verb: `علقت الجزائر معاهدة`, `الاتفاق الذي وقعه زيد`; of those who declare, two or more."""
    words = reading.sentence.words
    found: list[Acting] = []
    for phase in phases:
        if phase.how == "refused" or phase.what == "in_force" or predicate_kind(words[phase.at].form) != "verb":
            continue
        listed = [one for one in _listed(reading, phase.at + 1) if not one.preposition and (phase.at > at or one.first < at)]
        if phase.at > at and not any(r.pronoun for r in words[phase.at].form.readings):
            continue
        if len(listed) > phase.declared:
            for phrase in listed:
                for entity in entities_of(reading.article.text, reading.sentence, phrase, reading.people):
                    found.append(Acting(entity, phase))
    return tuple(found)


def _is_for(fold: str) -> bool:
    """`اتفاق للتعاون`: an accord for something, not a known one."""
    return fold.startswith("لل")


def _phrase_end(reading: Reading, at: int) -> int:
    """Where the words that describe an accord end: at a mark, a verb of its own, or بين and مع before its parties."""
    words = reading.sentence.words
    n = at + 1
    while n < min(len(words), at + 1 + _PHRASE):
        form = words[n].form
        role = particle(form)
        if form.kind == "mark" or n in reading.sentence.timed or form.fold in _UNDER:
            break
        if role and role.kind in ("relative", "complementizer", "contrast", "condition", "auxiliary", "adverb", "negator"):
            break
        n += 1
    return n


def fields_of(forms: Sequence[Form]) -> tuple[str, ...]:
    """What the words say that an accord is about."""
    found = (known("field", form) for form in forms)
    return tuple(dict.fromkeys(one.what for one in found if one and not one.pronoun))


def _name(reading: Reading, at: int, last: int) -> str | None:
    """`اتفاق أوسلو`, `معاهدة كامب ديفيد`: an accord that is known by a place or a name without ال."""
    words = reading.sentence.words
    if at + 1 >= last:
        return None
    named = next((p for p in reading.sentence.phrases if p.first == at + 1 and not p.preposition), None)
    if named is None or named.kind not in ("place", "person"):
        return None
    noun = words[at].form
    found = known("noun", noun) or known("plural", noun)
    clitics = len(found.conjunction) + len(found.preposition) if found else 0
    return " ".join([noun.text[clitics:], *(word.form.text for word in words[at + 1 : named.last])])


def _parties(reading: Reading, at: int, last: int) -> tuple[tuple[Entity, ...], bool]:
    """Whom the words name as parties: `بين X وY`, `مع X`, `السعودي الإيراني`; and whether that is all of them."""
    words, phrases = reading.sentence.words, reading.sentence.phrases
    found: list[Phrase] = [p for p in phrases if p.preposition == "nisba" and at < p.first <= last and p.country]
    n = last
    while n < min(len(words), last + 4) and words[n].form.fold not in ("بين", "مع") and words[n].form.kind != "mark":
        n += 1
    between = False
    if n < len(words) and words[n].form.fold in ("بين", "مع"):
        listed = _listed(reading, n + 1)
        between = words[n].form.fold == "بين" and len(listed) > 1
        found += listed
    entities: list[Entity] = []
    for phrase in found:
        named = entities_of(reading.article.text, reading.sentence, phrase, reading.people)
        entities += [_without_and(entity) if phrase.conjoined and not entity.country else entity for entity in named]
    return tuple(entities), between


def _without_and(entity: Entity) -> Entity:
    """`والدول العظمى` without its و: nothing but the words tells who that is."""
    start, end, text = entity.span.start, entity.span.end, entity.span.text
    return replace(entity, span=Span(start + 1, end, text[1:])) if text.startswith("و") else entity


def _listed(reading: Reading, at: int) -> list[Phrase]:
    """The phrases of a list that begins at `at`: joined by و or a comma."""
    words = reading.sentence.words
    found: list[Phrase] = []
    place = at
    for phrase in reading.sentence.phrases:
        if phrase.first < at:
            continue
        gap = phrase.first - place
        if found and not gap and phrase.preposition and not phrase.conjoined:
            place = phrase.last  # `الوزير المكلف بإدارة الدفاع وزيد`: of the one before
            continue
        if not can_speak(phrase) and phrase.kind != "place":
            break
        if gap > (4 if phrase.conjoined else 2) or any(words[n].form.text in _ASIDE for n in range(place, phrase.first)):
            break
        if found and not phrase.conjoined and not (gap and words[phrase.first - 1].form.text in "،,و"):
            break
        found.append(phrase)
        place = phrase.last
    return found
