"""Who speaks: found on either side of a verb of saying, and behind عن and بحسب; and through whom the words came."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from rasid.actors.phrase import Phrase
from rasid.actors.resolve import entities_of
from rasid.arabic.letters import fold
from rasid.arabic.particles import particle
from rasid.arabic.words import Word
from rasid.events.quotes_cues import small
from rasid.model import Entity

if TYPE_CHECKING:
    from rasid.events.quotes_said import Speech

_ACTING = frozenset(("person", "office", "organisation", "group", "people", "country"))
_HEAD = 5  # words of a sentence in which the one whom it is about begins
_LONGEST = 6  # words of a speaker whom no table knows
_LONGEST_OUTLET = 5
_HANDED = frozenset(("عنه", "عنها", "عنهم", "مع", "الي", "علي", "عبر"))  # before an outlet, of those who spoke to it
_COMMAS = frozenset("،,")
_SKIPPED = frozenset(
    (
        "قد",
        "ايضا",
        "كذلك",
        "امس",
        "اليوم",
        "بدوره",
        "بدورها",
        "بدورهم",
        "لاحقا",
        "سابقا",
        "صراحه",
        "مجددا",
        "هنا",
        "النظر",
        "الانتباه",
    )
)


class Told(NamedTuple):
    """Who speaks, up to which word, through whom and to whom; `is_same` for `المصدر ذاته`, who was named before."""

    entity: Entity
    last: int
    through: Entity | None = None
    addressee: Entity | None = None
    carried: bool = False
    is_same: bool = False


def speaker_after(speech: "Speech", at: int, end: int) -> Told | None:
    """The subject behind the verb at `at`, before word `end` where what is said begins."""
    words = speech.sentence.words
    starts = {phrase.first: phrase for phrase in speech.sentence.phrases}
    n, commas = at + 1, 0
    while n < end:
        phrase = starts.get(n)
        form = words[n].form
        if phrase is not None:
            if phrase.preposition:
                n = phrase.last
                continue
            return _told(speech, phrase) if can_speak(phrase) else None
        if form.kind == "mark":
            if form.text == "(":
                n = _behind_bracket(words, n)
                continue
            named = _name_in_marks_end(speech, n)
            if n == at + 1 and named > n:
                return Told(Entity(speech.sentence.slice(speech.text, n, named)), named)
            if form.text not in _COMMAS and form.text not in "-–":
                return None
            n, commas = n + 1, commas + 1
            continue
        if n in speech.sentence.timed or form.fold in _SKIPPED or form.fold.lstrip("و") in _SKIPPED:
            n += 1
            continue
        role = particle(form)
        if role is not None and role.kind == "preposition" and role.pronoun:
            n += 1  # `قال فيه العلماء`
            continue
        if (role is not None and role.kind in ("preposition", "adverb", "attached")) or _is_prepositional(words, n):
            n = _behind_preposition(speech, starts, n, end)
            continue
        if role is not None and role.kind not in ("quantity", "adjective", "demonstrative"):
            return None
        return None if commas or _is_own_matter(words[n]) else _unknown(speech, starts, n, end)
    return None


def speaker_before(speech: "Speech", at: int, *, far: bool = False) -> Told | None:
    """The subject before a verb (`الوزير قال`, `الوزير الذي قال`); with `far`, whoever the sentence is about."""
    words = speech.sentence.words
    free = [
        phrase
        for phrase in speech.sentence.phrases
        if phrase.last <= at and can_speak(phrase) and not phrase.preposition and not _is_governed(words, phrase)
    ]
    if far:
        return _told(speech, free[0]) if free else None
    for phrase in reversed(free):
        between = words[phrase.last : at]
        timed = speech.sentence.timed
        small_only = all(w.form.kind == "mark" or particle(w.form) or phrase.last + n in timed for n, w in enumerate(between))
        ended = any(word.form.text in ".؛:" for word in between)
        return _told(speech, phrase) if small_only and not ended else None
    return None


def speaker_of_source(speech: "Speech", at: int, end: int) -> Told | None:
    """Whoever stands behind عن or بحسب at or after `at`."""
    words = speech.sentence.words
    starts = {phrase.first: phrase for phrase in speech.sentence.phrases}
    is_relay = at in speech.cues
    for n in range(at + 1, min(end, at + 16)):
        if is_relay:
            if words[n].form.fold != ("الي" if fold(speech.cues[at].lemma) == "نسب" else "عن"):
                continue
            n += 1
        elif words[n].form.fold in ("عن", "الي") or particle(words[n].form):
            continue
        if n >= len(words):
            return None
        phrase = starts.get(n)
        if phrase is not None:
            return _told(speech, phrase) if can_speak(phrase) else None
        if n in speech.sentence.timed or words[n].form.kind != "word" or words[n].form.fold in small("no_source"):
            return None
        return _unknown(speech, starts, n, end)
    return None


def speaker_of_publication(speech: "Speech", at: int, end: int) -> Told | None:
    """Whose the statement at word `at` is: `بيان للخارجية المصرية`, `بيان أصدرته الوزارة`, `تقرير منظمة كذا`."""
    starts = {phrase.first: phrase for phrase in speech.sentence.phrases}
    for n in range(at + 1, min(end, at + 6)):
        phrase = starts.get(n)
        if phrase is not None:
            return _told(speech, phrase) if can_speak(phrase) else None
    return None


def who_tells(speech: "Speech", at: int, told: Told) -> Told:
    """`إن الرئيس أبلغ نظيره`: the one right before such a verb; behind it stands who is told."""
    before = speaker_before(speech, at)
    return before._replace(addressee=told.entity, last=told.last) if before else told


def subject_of(speech: "Speech") -> Told | None:
    """The person or body whom a sentence is about: the first who is named without a preposition."""
    for phrase in speech.sentence.phrases:
        if phrase.first > _HEAD:
            return None
        if not phrase.preposition and phrase.kind in ("person", "office", "organisation", "group", "people"):
            return Told(entities_of(speech.text, speech.sentence, phrase, speech.people)[0], phrase.last)
    return None


def through_and_addressee(speech: "Speech", at: int, end: int, speaker_end: int) -> tuple[Entity | None, Entity | None]:
    """The outlet to which, and the person to whom, something was said: `قال لوكالة كذا`, `قال لنظيره`."""
    words = speech.sentence.words
    addressee: Entity | None = None
    starts = {phrase.first: phrase for phrase in speech.sentence.phrases}
    through = _outlet_before(speech, starts, at)
    n = at + 1
    while n < min(end, len(words)):
        phrase = starts.get(n)
        form = words[n].form
        stems = {reading.stem for reading in form.readings if reading.stem} if form.kind == "word" else set()
        governed = any(reading.preposition in ("ل", "ب") for reading in form.readings) or _before_is_preposition(words, n)
        if governed and through is None and (_is_outlet(stems) or (phrase and phrase.sector == "JRN")):
            last = max(phrase.last if phrase else 0, _outlet_end(speech, n))
            through = _outlet(speech, phrase, n, last)
            n = last
            continue
        if form.fold in small("account") and through is None:
            through = Entity(speech.sentence.slice(speech.text, n, n + 1), sector="JRN")
        if phrase is not None:
            beside = n == at + 1 or n >= speaker_end
            telling = at in speech.cues and fold(speech.cues[at].lemma) in small("telling") and n >= speaker_end
            if (phrase.preposition == "ل" or telling) and addressee is None and beside and phrase.kind in _ACTING - {"people"}:
                addressee = entities_of(speech.text, speech.sentence, phrase, speech.people)[0]
            n = phrase.last
            continue
        n += 1
    return through, addressee


def _outlet_before(speech: "Speech", starts: dict[int, Phrase], at: int) -> Entity | None:
    """`وفي مقابلة مع قناة كذا، قال`, `وبحسب ما نقلت عنه وكالة كذا، أكد`: the outlet before the verb and a comma."""
    words = speech.sentence.words
    if not any(words[n].form.text in _COMMAS for n in range(at)):
        return None
    for n in range(1, at):
        form = words[n].form
        phrase = starts.get(n)
        stems = {reading.stem for reading in form.readings if reading.stem} if form.kind == "word" else set()
        if not (_is_outlet(stems) or (phrase and phrase.sector == "JRN")) or any(r.conjunction for r in form.readings[:1]):
            continue
        if words[n - 1].form.fold in _HANDED or any(reading.preposition == "ل" for reading in form.readings):
            return _outlet(speech, phrase, n, max(phrase.last if phrase else 0, _outlet_end(speech, n)))
    return None


def _outlet(speech: "Speech", phrase: Phrase | None, first: int, last: int) -> Entity:
    span = speech.sentence.slice(speech.text, first, last)
    if phrase is None:
        return Entity(span, sector="JRN")
    known = entities_of(speech.text, speech.sentence, phrase, speech.people)[0]
    return Entity(
        span, known.country, known.sector, known.name, known.latin, known.role, known.holder, known.wikidata, known.basis
    )


def _is_outlet(stems: set[str]) -> bool:
    return not stems.isdisjoint(small("outlet"))


def _outlet_end(speech: "Speech", first: int) -> int:
    """Where the name of an outlet ends: `قناة الجزيرة مباشر`, `صحيفة «الشرق الأوسط»`."""
    words = speech.sentence.words
    n = first + 1
    while n < min(len(words), first + _LONGEST_OUTLET):
        form = words[n].form
        named = _name_in_marks_end(speech, n)
        if named > n:
            return named
        if form.kind not in ("word", "latin") or particle(form) or n in speech.cues or n in speech.sentence.timed:
            break
        if form.fold in small("that"):
            break
        n += 1
    return n


def _told(speech: "Speech", phrase: Phrase) -> Told:
    words = speech.sentence.words
    if phrase.last - phrase.first > 1 and words[phrase.last - 1].form.fold in small("words_of"):
        last = phrase.last - 1  # `عن مسؤول قوله`: no part of the name
        name = phrase.name and ((phrase.name[0], min(phrase.name[1], last)) if phrase.name[0] < last else None)
        office = phrase.office and (phrase.office[0], min(phrase.office[1], last))
        phrase = phrase._replace(last=last, name=name, office=office)
    entity = entities_of(speech.text, speech.sentence, phrase, speech.people)[0]
    return Told(entity, phrase.last, is_same=phrase.stands_for == "source")


def can_speak(phrase: Phrase) -> bool:
    """Does a phrase name somebody, or a capital that stands for its government?"""
    return phrase.kind in _ACTING or (phrase.kind == "place" and phrase.sector is not None)


def _unknown(speech: "Speech", starts: dict[int, Phrase], first: int, end: int) -> Told | None:
    """A speaker whom no table knows: a run of words (`المحلل السياسي`), with the name that may follow it."""
    words = speech.sentence.words
    n = first
    while n < min(end, first + _LONGEST) and n not in starts:
        form = words[n].form
        role = particle(form)
        if form.kind not in ("word", "latin") or n in speech.sentence.timed or n in speech.cues or form.fold in small("that"):
            break
        if n > first and form.fold in small("words_of"):
            break
        if role is not None and role.kind not in ("quantity", "adjective"):
            break
        n += 1
    publisher = next((k + 1 for k in range(first + 1, min(n + 1, len(words) - 1)) if _publishes(words[k])), None)
    if publisher:  # `بيان أصدرته الوزارة`: the ministry speaks
        behind = starts.get(publisher)
        told = _told(speech, behind) if behind else _unknown(speech, starts, publisher, end)
        if told:
            return told
    phrase = starts.get(n)
    if phrase is not None and n < end and can_speak(phrase) and not phrase.preposition and not phrase.conjoined:
        told = _told(speech, phrase)
        if n == first:
            return told
        before = speech.sentence.slice(speech.text, first, n).text
        entity = told.entity
        whole = speech.sentence.slice(speech.text, first, phrase.last)
        if phrase.kind == "person":
            return told._replace(
                entity=Entity(
                    whole, entity.country, entity.sector, entity.name, entity.latin, entity.role or before, entity.holder,
                    entity.wikidata, entity.basis,
                )
            )  # fmt: skip
        return Told(Entity(whole, entity.country, entity.sector, basis=entity.basis), phrase.last)
    if n == first:
        return None
    if any(reading.stem in small("publication") for reading in words[first].form.readings) and (
        author := speaker_of_publication(speech, first, end)
    ):
        return author  # `تقرير لمنظمة العفو`
    last = _name_in_marks_end(speech, n)
    return Told(Entity(speech.sentence.slice(speech.text, first, last)), last, is_same=_is_same(words, first, n))


def _is_own_matter(word: Word) -> bool:
    """`أعلنت ولاءها`: what somebody has, not who speaks."""
    return any(reading.pronoun and reading.stem in small("matter") for reading in word.form.readings)


def _publishes(word: Word) -> bool:
    """`نشرته`, `بثتها`: is what stands before it brought out by what follows?"""
    return any(reading.pronoun and reading.stem in small("publishes") for reading in word.form.readings)


def _name_in_marks_end(speech: "Speech", n: int) -> int:
    """The end of a short name in marks at `n`: `صفحة «فار ماروك»`; else `n`."""
    words = speech.sentence.words
    region = n < len(words) and next((r for r in speech.regions if r.outer_start == words[n].start), None)
    if not region or region.words > _LONGEST_OUTLET:
        return n
    while n < len(words) and words[n].start < region.outer_end:
        n += 1
    return n


def _is_same(words: Sequence[Word], first: int, last: int) -> bool:
    """`المصدر ذاته`, `البيان`, `المتحدث نفسه`: somebody of whom the text spoke before."""
    last_word = words[last].form.fold if last < len(words) else ""
    return words[last - 1].form.fold in ("ذاته", "ذاتها", "نفسه", "نفسها") or last_word in ("ذاته", "نفسه", "نفسها", "ذاتها")


def _is_prepositional(words: Sequence[Word], n: int) -> bool:
    """Is this word joined to a preposition: `بشأن`, `للصحفيين`?"""
    readings = words[n].form.readings
    return bool(readings) and any(reading.preposition and reading.article for reading in readings)


def _before_is_preposition(words: Sequence[Word], n: int) -> bool:
    role = particle(words[n - 1].form) if n else None
    return role is not None and role.kind in ("preposition", "adverb")


def _is_governed(words: Sequence[Word], phrase: Phrase) -> bool:
    return _before_is_preposition(words, phrase.first)


def _behind_bracket(words: Sequence[Word], n: int) -> int:
    close = next((k for k in range(n + 1, min(len(words), n + 8)) if words[k].form.text == ")"), n)
    return close + 1


def _behind_preposition(speech: "Speech", starts: dict[int, Phrase], n: int, end: int) -> int:
    """The first word behind a prepositional phrase: behind its comma, or where somebody is named who is not its genitive."""
    words = speech.sentence.words
    n += 1
    while n < end:
        form = words[n].form
        phrase = starts.get(n)
        if form.text in _COMMAS:
            return n
        if phrase is not None:
            construct = not _ends_with_article(words, n - 1) and n - 1 not in speech.sentence.timed
            if not phrase.preposition and not construct and phrase.kind in ("person", "office", "organisation"):
                return n
            n = phrase.last
            continue
        region = next((r for r in speech.regions if r.outer_start == words[n].start), None)
        if region:
            while n < end and words[n].start < region.outer_end:
                n += 1
            continue
        n += 1
    return n


def _ends_with_article(words: Sequence[Word], n: int) -> bool:
    form = words[n].form
    return any(reading.article for reading in form.readings) or (form.fold.endswith(("ه", "ها")) and particle(form) is not None)
