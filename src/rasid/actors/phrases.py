"""Noun phrases that name somebody: heads with their offices, nisbas, owners and names put together to one code."""

import datetime as dt
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from rasid.actors.lexicon import Hit, Known, look_up
from rasid.actors.persons import as_of, names_at, reading_of
from rasid.arabic.particles import particle
from rasid.arabic.words import Form, Word
from rasid.model import MentionKind

_QUOTES = frozenset("«»\"“”'‘’()[]")
_ROLES = frozenset(("office", "body", "people"))
_NAMED = frozenset(("country", "capital", "seat", "place", "organisation", "group"))
_OWNER_PREPOSITIONS = frozenset(("في", "لدي", "باسم", "من", "عن"))
_NO_NAME = ("با", "بال", "بم", "لل", "لا", "وبال", "ولل", "فال")  # a preposition and a noun, hardly ever a name
_LONGEST_NAME = 5
_LONGEST_EPITHET = 3


class Phrase(NamedTuple):
    """Words `first` to `last` (exclusive) of a sentence, and whom they stand for."""

    first: int
    last: int
    preposition: str  # the word or letter that governs it, folded; empty for a subject or object
    conjoined: bool  # joined by و to what stands before
    kind: MentionKind
    country: str | None
    sector: str | None
    definite: bool
    name: tuple[int, int] | None = None  # words of a person's own name
    office: tuple[int, int] | None = None  # words of the office
    latin: str | None = None
    pronoun: str = ""  # the pronoun that owns it: رئيسها
    stands_for: str = ""  # pair, kingdom or source, of somebody named before


class _Reader(NamedTuple):
    words: list[Word]
    predicate: Callable[[Form], str]
    timed: AbstractSet[int]


def read_phrases(
    words: list[Word], predicate: Callable[[Form], str], timed: AbstractSet[int] = frozenset(), on: dt.date | None = None
) -> list[Phrase]:
    """The phrases of a sentence that name persons, groups, bodies, countries and places, in order, none within another.

    Args:
        words: the words of one sentence.
        predicate: what a form is to the lexicon of predicates: `verb` (a name ends before one), `noun`, or an empty string.
        timed: places of the words that belong to time expressions, which are in no name.
        on: the day of the article, which tells who a well-known person then was.
    """
    reader = _Reader(words, predicate, timed)
    phrases: list[Phrase] = []
    at = 0
    while at < len(words):
        phrase = None
        if words[at].form.kind == "word" and at not in timed:
            hit = look_up(words, at)
            phrase = _well_known(words, at, on) or (_phrase_at(reader, at, hit) if hit else None)
        if phrase is None:
            at += 1
            continue
        phrase = _with_quantity(reader, phrase)
        if phrases and phrase.first < phrases[-1].last:
            phrase = phrase._replace(first=phrases[-1].last)
        if not (phrases and _joins(reader, phrases, phrase)):
            phrases.append(_with_name_before(reader, phrases, _sharing_role(reader, phrases, phrase)))
        at = phrases[-1].last
    return phrases


def _well_known(words: list[Word], at: int, on: dt.date | None) -> Phrase | None:
    """A person of the table of persons, with what he was on the day of the article."""
    found = names_at(words, at)
    person = as_of(found[1], on, short=found[0] == 1) if found else None
    if found is None or person is None:
        return None
    end = at + found[0]
    clitics = reading_of(words[at].form) or words[at].form.readings[0]
    return Phrase(
        at, end, clitics.preposition, bool(clitics.conjunction), "person", person.country, person.sector, True, (at, end), None, person.latin
    )  # fmt: skip


def _phrase_at(reader: _Reader, at: int, hit: Hit) -> Phrase | None:
    known = hit.known
    role = particle(reader.words[at].form) if known.length == 1 else None
    if known.kind == "modifier" or (role and (role.kind != "adjective" or _describes(reader, at))):
        return None
    if known.kind in _ROLES or known.kind == "nisba":
        return _role(reader, at, hit)
    if known.kind == "anaphor":
        phrase = _phrase(at, at + known.length, hit, "people", None, None)
        return phrase._replace(stands_for=known.sector or "", definite=True)
    if known.kind == "given":
        end = max(_name_end(reader, at + known.length), at + known.length)
        return _phrase(at, end, hit, "person", None, None, name=(at, end))
    kind: MentionKind = {"capital": "place", "seat": "organisation"}.get(known.kind, known.kind)  # type: ignore[assignment]
    return _phrase(at, at + known.length, hit, kind, known.country, known.sector)


def _phrase(
    at: int,
    end: int,
    hit: Hit,
    kind: MentionKind,
    country: str | None,
    sector: str | None,
    name: tuple[int, int] | None = None,
    office: tuple[int, int] | None = None,
) -> Phrase:
    reading = hit.reading
    return Phrase(
        at, end, reading.preposition, bool(reading.conjunction), kind, country, sector,
        reading.article or kind not in ("office", "people"), name, office, hit.known.latin, reading.pronoun,
    )  # fmt: skip


def _role(reader: _Reader, at: int, hit: Hit) -> Phrase | None:
    """A role or nisba with what narrows it: `وزير الدفاع الإسرائيلي بيني غانتس`, `متحدث باسم الشرطة العراقية`."""
    words, head = reader.words, hit.known
    if head.kind == "nisba" and not _stands_alone(reader, at, hit):
        return _described(reader, at, hit)
    country = head.country
    sector = head.sector if head.kind != "nisba" else "CVL"
    definite = hit.reading.article or bool(hit.reading.pronoun)
    end, epithets = at + head.length, 0
    feminine: bool | None = None  # as the nisba shows it
    while end < len(words):
        if words[end].form.text in _QUOTES:
            end += 1
            continue
        form = words[end].form
        if form.kind != "word":
            break
        step = _narrow(reader, end, head, country, sector, definite)
        if step:
            if country is None and step[1] is not None and form.fold.endswith(("ي", "يه")):
                feminine = form.text.endswith("ة")
            end, country, sector, more = step
            definite = definite or more
            continue
        if epithets < _LONGEST_EPITHET and _is_epithet(reader, end):
            if (definite and not _agrees(words[at].form, form)) or feminine not in (None, form.text.endswith("ة")):
                break
            end, epithets, definite = end + 1, epithets + 1, True
            continue
        break
    while end > at + head.length and words[end - 1].form.text in _QUOTES:
        end -= 1
    kind: MentionKind = {"nisba": "people", "body": "organisation"}.get(head.kind, head.kind)  # type: ignore[assignment]
    office = (at, end) if head.kind == "office" else None
    name = None
    if head.kind == "office":
        name_end = _name_end(reader, end)
        if name_end > end:
            name, end, kind = (end, name_end), name_end, "person"
    return _phrase(at, end, hit, kind, country, sector, name, office)._replace(definite=definite)


def _is_full(form: Form) -> bool:
    """Does a noun keep its ن or its tanwin, so that nothing can own it (`مسلحون جنديا` are two)?"""
    return form.fold.endswith(("ون", "ين")) or form.text.endswith(("ًا", "اً"))


def _described(reader: _Reader, at: int, hit: Hit) -> Phrase | None:
    """A nisba that describes the word before it: an act's (`ضربة أميركية`, governed by `nisba`), or an unknown body's (`الطيران الإسرائيلي`)."""
    end = at + hit.known.length
    before = reader.words[at - 1].form
    if before.kind != "word" or particle(before) or hit.reading.preposition:
        return None
    phrase = _phrase(at, end, hit, "country", hit.known.country, None)
    if reader.predicate(before) or at - 1 in reader.timed or look_up(reader.words, at - 1) is not None:
        return phrase if phrase.conjoined else phrase._replace(preposition="nisba")
    first = at - 1
    if first and before.fold.startswith("ال") and _is_plain(reader, first - 1):
        first -= 1
    reading = next((r for r in reader.words[first].form.readings if r.article), None)
    start = reader.words[first].form.fold
    preposition = reading.preposition if reading else start[0] if start.startswith(_NO_NAME) and start[0] in "بل" else ""
    return phrase._replace(
        first=first, kind="organisation", preposition=preposition, conjoined=bool(reading and reading.conjunction)
    )


def _is_plain(reader: _Reader, at: int) -> bool:
    """An unknown noun without ال, which what follows owns: `سلاح الجو`."""
    form = reader.words[at].form
    known = particle(form) or reader.predicate(form) or at in reader.timed or look_up(reader.words, at)
    return form.kind == "word" and not known and not form.fold.startswith("ال")


def _narrow(
    reader: _Reader, at: int, head: Known, country: str | None, sector: str | None, definite: bool
) -> tuple[int, str | None, str | None, bool] | None:
    """What the words at `at` add to a head: (end, country, sector, whether it is definite now); None where they add nothing."""
    words = reader.words
    link = particle(words[at].form)
    start = at
    if (
        link
        and link.kind == "preposition"
        and link.stem in _OWNER_PREPOSITIONS
        and words[at].form.fold == link.stem
        and at + 1 < len(words)
    ):
        start = at + 1
    while start < len(words) and words[start].form.text in _QUOTES:
        start += 1
    hit = look_up(words, start) if start < len(words) else None
    if hit is None or hit.reading.conjunction or (start == at and particle(words[at].form)):
        return None
    known, reading = hit.known, hit.reading
    linked = start > at and words[at].form.text not in _QUOTES
    owned = reading.preposition == "ل" and (
        known.kind in _NAMED or (head.kind == "office" and known.kind == "body" and reading.article)
    )
    if reading.preposition and (linked or not owned):
        return None  # but `الأمين العام للحزب`, `القائد العام للجيش`
    end = start + known.length
    if known.kind == "modifier":
        return None if linked or (known.sector == "ELI" and head.kind == "body") else (end, country, known.sector, definite)
    if known.kind == "nisba":
        return None if linked or (definite and not reading.article) else (end, country or known.country, sector, definite)
    if linked and head.kind == "body":
        return None
    if known.kind in ("organisation", "group"):
        own = sector if head.kind != "office" and sector not in (None, "CVL") else None
        return (end, known.country or country, known.sector or own, True) if country is None else None
    if known.kind in _NAMED:
        if definite and not linked and not reading.preposition:
            return None
        if linked and known.kind in ("capital", "place", "country") and words[at].form.fold != "باسم":
            return None  # where he is, not whose he is
        return (end, country or known.country, sector, True)
    construct = not definite and not _is_full(words[at - 1].form)
    if known.kind in _ROLES and head.kind != "body" and (linked or owned or construct) and known.kind != "office":
        inner = known.sector if head.sector in (None, "GOV", "CVL") or head.kind == "office" else head.sector
        return (end, country, inner or sector, reading.article)
    return None


def _describes(reader: _Reader, at: int) -> bool:
    """Does the adjective at `at` describe the noun right before it? Both have ال, or neither."""
    if at == 0:
        return False
    before, form = reader.words[at - 1].form, reader.words[at].form
    if before.kind != "word" or particle(before) or form.readings[0].preposition or reader.predicate(before) == "verb":
        return False
    return any(reading.article for reading in before.readings) == form.fold.startswith("ال")


def _stands_alone(reader: _Reader, at: int, hit: Hit) -> bool:
    """Is this nisba a noun (`المغاربة`, `إسرائيليين`), not the adjective of an unknown noun before it?"""
    stem = hit.reading.stem
    if stem.endswith(("ه", "ا", "يه")) and not stem.endswith("اه"):
        return False
    if at == 0:
        return True
    before = reader.words[at - 1].form
    if before.kind != "word":
        return before.kind == "number" or before.text not in ")»"
    role = particle(before)
    if role:
        return role.kind != "relative"
    return reader.predicate(before) == "verb"


def _is_epithet(reader: _Reader, at: int) -> bool:
    """An unknown word with ال, which goes on describing what stands before it."""
    form = reader.words[at].form
    if (
        not form.fold.startswith("ال")
        or len(form.fold) < 5
        or at in reader.timed
        or particle(form)
        or reader.predicate(form) == "verb"
    ):
        return False
    return look_up(reader.words, at) is None


def _agrees(head: Form, epithet: Form) -> bool:
    """Can this word with ال be an adjective of that head? By the endings of gender and number."""
    if head.text.endswith(("ة", "ات")):
        return epithet.text.endswith("ة")
    plural = head.fold.endswith(("ون", "ين"))
    return epithet.fold.endswith(("ون", "ين")) if plural else not epithet.fold.endswith("ون")


def _name_end(reader: _Reader, at: int) -> int:
    """Where a person's name that begins at `at` ends; `at` itself where none does."""
    words, end = reader.words, at
    while end < len(words) and end - at < _LONGEST_NAME:
        form = words[end].form
        if form.kind == "latin":
            end += 1
            continue
        if form.kind != "word" or end in reader.timed or not _can_be_name(reader, end, end == at):
            break
        end += 1
    return end


def _can_be_name(reader: _Reader, at: int, first: bool) -> bool:
    form = reader.words[at].form
    hit = look_up(reader.words, at)
    if (
        hit is not None
        and hit.known.kind == "given"
        and not hit.reading.preposition
        and (first is False or not hit.reading.conjunction)
    ):
        return not (hit.reading.conjunction)
    if form.fold in ("بن", "ابن", "ابو", "ال", "عبد", "بنت", "ولد"):
        return True
    if form.text == "علي":
        return not first
    if at in reader.timed or form.fold.startswith(_NO_NAME):
        return False
    if hit is not None or particle(form) or (reader.predicate(form) and not form.fold.startswith("ال")):
        return False
    return not (form.fold.endswith(("ات", "يه", "ون")) and form.fold.startswith("ال")) and len(form.fold) > 1


def _with_quantity(reader: _Reader, phrase: Phrase) -> Phrase:
    """`phrase` with the number or quantity before it (`عشرات المتظاهرين`, `عدد من الجنود`) and the preposition that governs all."""
    words = reader.words
    first = phrase.first
    preposition, conjoined = phrase.preposition, phrase.conjoined
    while first and not preposition and not conjoined and first - 1 not in reader.timed:
        before = words[first - 1].form
        role = particle(before)
        if before.kind == "number" or (role and role.kind in ("quantity", "demonstrative")):
            first -= 1
        elif before.fold == "من" and first > 1 and _counts(words[first - 2].form):
            first -= 2
        else:
            break
        conjoined = bool(role and role.conjunction)
    if first and not preposition and not conjoined:
        role = particle(words[first - 1].form)
        if role and role.kind in ("preposition", "adverb") and not role.pronoun:
            preposition = role.stem
    return phrase._replace(first=first, preposition=preposition, conjoined=conjoined)


def _counts(form: Form) -> bool:
    role = particle(form)
    return form.kind == "number" or bool(role and role.kind == "quantity")


def _joins(reader: _Reader, phrases: list[Phrase], new: Phrase) -> bool:
    """Put `new` into the phrase before it where both name one person: a name and then its office, or an office and its name."""
    old = phrases[-1]
    between = reader.words[old.last : new.first]
    if new.preposition or new.conjoined or any(word.form.text not in "،," for word in between):
        return False
    if old.name and old.office and not between and new.kind == "office" and new.definite:  # a second office of his
        phrases[-1] = old._replace(last=new.last, country=old.country or new.country, sector=old.sector or new.sector)
        return True
    if old.name and not old.office and new.kind in ("office", "person") and new.office:
        phrases[-1] = old._replace(
            last=new.last,
            country=new.country or old.country,
            sector=new.sector or old.sector,
            office=new.office,
            kind="person",
            definite=True,
        )
        return True
    if not between and new.kind == "person" and not new.office and old.kind in ("people", "office") and not old.name:
        phrases[-1] = old._replace(last=new.last, name=new.name, kind="person")
        return True
    return False


def _sharing_role(reader: _Reader, phrases: list[Phrase], new: Phrase) -> Phrase:
    """`new`, a nisba or country joined by و to a role of two, with that role: `الرئيسان الصربي والمجري`, `وزيري خارجية الهند والصين`."""
    if not phrases or not new.conjoined or new.last - new.first != 1 or phrases[-1].last != new.first:
        return new
    old = phrases[-1]
    hit = look_up(reader.words, new.first)
    if hit is None or not old.country or not old.sector or old.name:
        return new
    two = reader.words[old.first].form.fold.endswith(("ان", "ين", "ي"))
    if hit.known.kind == "nisba" or (hit.known.kind == "country" and two and old.kind == "office"):
        return new._replace(
            kind=old.kind,
            sector=old.sector,
            country=hit.known.country,
            preposition=old.preposition,
            conjoined=True,
            definite=True,
        )
    return new


def _with_name_before(reader: _Reader, phrases: list[Phrase], phrase: Phrase) -> Phrase:
    """`phrase`, an office, with the unknown name right before it: `بيني غانتس وزير الدفاع`."""
    if phrase.kind != "office" or phrase.preposition or phrase.conjoined or phrase.first == 0:
        return phrase
    words, floor = reader.words, phrases[-1].last if phrases else 0
    end = phrase.first - 1 if words[phrase.first - 1].form.text in "،," else phrase.first
    first = end
    while (
        first > floor
        and end - first < _LONGEST_NAME
        and words[first - 1].form.kind == "word"
        and _can_be_name(reader, first - 1, False)
    ):
        first -= 1
        if words[first].form.fold[0] in "و" and len(words[first].form.readings) > 1:
            break
    if end - first < 2:
        return phrase
    conjoined = words[first].form.fold.startswith("و")
    return phrase._replace(first=first, name=(first, end), kind="person", definite=True, conjoined=conjoined)
