"""Where an article mentions an accord, and what stands around the noun: its kind, fields, name, parties and phases."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from rasid.actors.phrase import Phrase
from rasid.actors.resolve import entities_of
from rasid.arabic.particles import particle
from rasid.arabic.words import Form, Word
from rasid.events.agreements_acting import Acting, acting_of, carriers_of, listed
from rasid.events.agreements_phases import Phase, phases_of
from rasid.events.agreements_words import CEASE, STOPS, Known, accord_noun, is_accord, known
from rasid.events.build import Reading
from rasid.events.outline import predicate_kind
from rasid.model import Entity, Span

_PHRASE = 8  # words behind the noun that say what kind of accord it is
_BESIDE = 4  # those of them that may name a kind
_UNDER = frozenset((
    "بين", "مع", "من", "عبر", "الي", "علي", "برعايه", "بوساطه", "باشراف", "بضمانه", "بضمان", "بدعم", "بقيمه", "بشان", "بحضور",
    "بموجبه", "بموجبها", "عن",
))  # fmt: skip
_HEADLINE = 16  # words of a headline, at most
_PURPOSE = 12  # words behind the noun in which its purpose may begin
_ABOUT = frozenset(("بشان", "حول", "بخصوص", "للحد", "المتعلق", "المتعلقه", "الخاص", "الخاصه"))
_CARRIED = Phase("announced", "untold", 0, main=False, passing=False, declared=False)
_BETWEEN_THEM = frozenset(("بينهما", "بينهم", "بينها"))
_THIS = frozenset(("هذا", "هذه", "وهذا", "وهذه", "لهذا", "لهذه", "بهذا", "بهذه", "ذلك", "تلك"))


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
    acting: tuple[Acting, ...]  # whom the words around those say to have done so
    held: bool  # the words before it say that there is such an accord: `تمديد اتفاق`, `في إطار صفقة`


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
    kinds += ["ceasefire" for n in range(at + 1, last) if _halts(words, n)]
    kinds += ["ceasefire" for n in range(at + 1, last) if words[n].form.fold in STOPS and is_accord(words, n, CEASE)]
    name = _name(reading, at, last)
    definite = noun.article or (at > 0 and words[at - 1].form.fold in _THIS) or bool(noun.pronoun) or name is not None
    definite = definite or bool(beside and any(r.article for r in beside[0].readings) and not _is_for(beside[0].fold))
    several = known("plural", words[at].form) is not None
    phases = phases_of(reading, at, last)
    parties, all_parties = _parties(reading, at, last)
    acting = acting_of(reading, at, phases)
    held = (at > 0 and known("held", words[at - 1].form) is not None) or _is_held(phases)
    behind = {word.form.fold for word in words[last : last + _BESIDE]} | {form.fold for form in beside}
    if (held or not behind.isdisjoint(_BETWEEN_THEM)) and not parties and not acting:
        acting = tuple(Acting(entity, _CARRIED) for entity in carriers_of(reading))
    if all_parties and not phases and _is_headline(reading, at):
        phases = (Phase("announced", "done", at, main=False, passing=False, declared=False),)
    if noun.what == "deal" and beside[:1] and beside[0].fold in ("تبادل", "التبادل"):
        kinds += [
            "prisoner_exchange" for word in words if (told := known("kind", word.form)) and told.what == "prisoner_exchange"
        ]
    return Mention(
        reading,
        at,
        last,
        "agreement" if several else noun.what,
        tuple(dict.fromkeys(kinds)),
        tuple(dict.fromkeys((*fields_of(beside), *_purpose(reading, at)))),
        _told_by(beside, noun),
        parties,
        all_parties,
        definite,
        several,
        name,
        phases,
        acting,
        held,
    )


def _is_held(phases: Sequence[Phase]) -> bool:
    """To refuse to ratify, suspend or end an accord is to say that there is one."""
    return any(phase.how == "refused" and phase.what in ("ratified", "suspended", "ended") for phase in phases)


def _is_headline(reading: Reading, at: int) -> bool:
    """`اتفاق أمني بين بغداد وطهران`: a sentence that begins with the accord and has no verb."""
    words = reading.sentence.words
    if at or len(words) > _HEADLINE or any(word.form.text in ".؟!" for word in words[:-1]):
        return False
    return not any(predicate_kind(word.form) == "verb" and particle(word.form) is None for word in words)


def _halts(words: Sequence[Word], n: int) -> bool:
    """`وقف الأعمال العدائية`, `وقف القتال`."""
    following = words[n + 1].form.fold if n + 1 < len(words) else ""
    return words[n].form.fold in STOPS and following in (
        "الاعمال",
        "للاعمال",
        "القتال",
        "للقتال",
        "الاقتتال",
        "الحرب",
        "العمليات",
    )


def _purpose(reading: Reading, at: int) -> tuple[str, ...]:
    """What the words of purpose behind an accord are about: `اتفاقية بقيمة كذا لتمويل استيراد القمح`, `بشأن الأسرى`."""
    words = reading.sentence.words
    end = next((n for n in range(at, min(len(words), at + _PURPOSE)) if words[n].form.kind == "mark"), at + _PURPOSE)
    for n in range(at + 1, min(end, len(words))):
        form = words[n].form
        aims = any(r.preposition == "ل" and not r.article and len(r.stem) > 2 for r in form.readings) and (
            known("action", form) is not None or known("field", form) is None
        )
        if form.fold in _ABOUT or (aims and not _names_somebody(reading, n)):
            return fields_of([word.form for word in words[n : min(end, n + _PHRASE)]])
    return ()


def _names_somebody(reading: Reading, n: int) -> bool:
    return n in reading.sentence.timed or any(one.first <= n < one.last for one in reading.sentence.phrases)


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
        sides = listed(reading, n + 1)
        between = words[n].form.fold == "بين" and len(sides) > 1
        found += sides
    entities: list[Entity] = []
    for phrase in found:
        named = entities_of(reading.article.text, reading.sentence, phrase, reading.people)
        entities += [_without_and(entity) if phrase.conjoined and not entity.country else entity for entity in named]
    return tuple(entities), between


def _without_and(entity: Entity) -> Entity:
    """`والدول العظمى` without its و: nothing but the words tells who that is."""
    start, end, text = entity.span.start, entity.span.end, entity.span.text
    return replace(entity, span=Span(start + 1, end, text[1:])) if text.startswith("و") else entity
