"""Quotes: who is reported to have said what, in quotation marks or not, and through whom it came.

A sentence without a verb of saying, a mark or a word like بحسب costs one look-up a word. Else every cue takes what follows it
up to the end of its clause; what no cue before it takes goes to the one behind it (`«...»، قال فلان`).
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rasid.actors.phrase import Phrase
from rasid.actors.resolve import entities_of
from rasid.arabic.letters import fold
from rasid.arabic.particles import particle
from rasid.arabic.words import Form, Word
from rasid.events.build import Reading
from rasid.events.quotes_agree import agreeing
from rasid.events.quotes_cues import Cue, cue_at, small
from rasid.events.quotes_headlines import LEAST_SAID, headline
from rasid.events.quotes_marks import Region, find_regions
from rasid.events.quotes_said import (
    LEAST,
    Speech,
    complement,
    end_of_said,
    goes_on,
    is_as,
    is_behind_marks,
    is_said,
    names,
    word_at,
)
from rasid.events.quotes_speakers import (
    Told,
    can_speak,
    speaker_after,
    speaker_before,
    speaker_of_publication,
    speaker_of_source,
    subject_of,
    through_and_addressee,
    who_tells,
)
from rasid.model import Entity, Quote, Span

_STATEMENTS = frozenset(("البيان", "بيان", "المنشور", "التغريده", "الرساله"))
_FRESH = 2  # sentences for which whoever spoke goes on
_NOT = frozenset(("عدم", "لم", "ولم", "لن", "ولن"))  # `لم يقل إن`
_COMMAS = frozenset("،,؛;")


class Spoken(NamedTuple):
    """What was found, before it is a Quote."""

    told: Told | None
    cue: Span | None
    start: int
    end: int
    direct: bool
    whole: Span | None
    at: int  # the cue's place


def read_quotes(readings: Sequence[Reading]) -> tuple[Quote, ...]:
    """The quotes of an article, in order.

    Args:
        readings: its sentences as they are read.
    """
    if not readings:
        return ()
    text = readings[0].article.text
    regions = find_regions(text)
    starts = [region.outer_start for region in regions]
    quotes: list[Quote] = []
    last: Told | None = None
    open_from: Told | None = None  # who spoke when a line ended with a colon
    spoke_at = 0
    subject: Told | None = None  # who the sentence before is about, where it reports no words
    for reading in readings:
        span = reading.sentence.span
        before, subject = subject, None
        here = regions[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
        running = _running(regions, starts, span)
        words = reading.sentence.words
        cues = {at: cue for at, word in enumerate(words) if (cue := cue_at(words, at)) and not _is_noun(words, at, cue)}
        if not (cues or here or running or _has_source(words) or headline(reading.sentence)):
            subject = subject_of(_speech(reading, text, here, running, cues))
            continue
        speech = _speech(reading, text, here, running, cues)
        if running and not any(speech.free):
            continue
        fresh = reading.at - spoke_at <= _FRESH
        found, last = _spoken(speech, last, open_from, running, before if last is None or not fresh else None)
        subject = None if found else subject_of(speech)
        spoke_at = reading.at if found else spoke_at
        quotes += [_quote(speech, one, readings) for one in found]
        open_from = last if span.text.endswith(":") else None
    return tuple(sorted(dict.fromkeys(quotes), key=lambda quote: quote.text.start))


def _running(regions: list[Region], starts: list[int], span: Span) -> Region | None:
    """Words in marks that began in a sentence before this one and are not at their end."""
    at = bisect_left(starts, span.start) - 1
    return regions[at] if at >= 0 and regions[at].outer_end > span.start else None


def _has_source(words: Sequence[Word]) -> bool:
    according, as_ = small("according"), small("as")
    return any(word.form.fold in according or word.form.fold in as_ for word in words)


def _speech(reading: Reading, text: str, here: list[Region], running: Region | None, cues: dict[int, Cue]) -> Speech:
    words = reading.sentence.words
    long = [region for region in here if region.words >= LEAST]
    if running:
        long = [running, *long]
    if long:
        free = [not any(region.outer_start <= word.start < region.outer_end for region in long) for word in words]
        cues = {at: cue for at, cue in cues.items() if free[at]}
    else:
        free = [True] * len(words)
    return Speech(reading.sentence, text, reading.people, here, cues, free)


def _spoken(
    speech: Speech, last: Told | None, open_from: Told | None, running: Region | None, subject: Told | None = None
) -> tuple[list[Spoken], Told | None]:
    """What a sentence reports, and who spoke last."""
    found: list[Spoken] = []
    taken: set[Region] = set()
    here: Told | None = None  # who speaks in this sentence so far
    sources: list[tuple[int, Told]] = []
    begun: dict[int, int] = {}  # where what is said begins -> where it ends
    through: Entity | None = None  # `وبحسب الصحيفة، قال الوزير إن`: who passes all of it on
    for at in _places_of_cues(speech):
        cue = speech.cues.get(at)
        begin = None if cue is None or is_as(speech.sentence.words, at) else complement(speech, at, cue)
        if cue is not None and begin is not None:
            if begin[0] in begun or any(first < at < end for first, end in begun.items()):
                continue
            told = _teller(speech, at, cue, begin[0], here, last, subject)
            if told is None and cue.takes == "published":
                continue
            told = told._replace(through=told.through or through) if told and through else told
            begun[begin[0]] = len(speech.sentence.words) if begin[1] == "colon" else begin[0]
            before = _marks_before(speech, at, taken) if not cue.conjunction and cue.kind == "verb" else []
            new = [*_marked(speech, told, at, before, taken), *_reported(speech, at, cue, begin, told, taken)]
        else:
            told = _source(speech, at, cue, last)
            if told is None:
                continue
            if cue is None and _passes_on(speech, at):
                through = told.entity
                continue
            sources.append((at, told))
            new = _marked(speech, told, at, _marks_around(speech, at, taken), taken)
        if new:
            found += new
            here = told or here
    if not found and sources and not any(region.words >= LEAST for region in speech.regions) and not running:
        for at, told in sources:
            said = _around(speech, at, told)
            if said:
                found.append(
                    Spoken(told, speech.sentence.slice(speech.text, at, at + 1), said.start, said.end, False, None, at)
                )
                here = told
                break
    headed = None if found or running else headline(speech.sentence)
    if headed:
        found.append(_said_by_headline(speech, *headed))
        here = found[-1].told
    if found and here is None and found[-1].told is None:
        last = None  # somebody unknown stands between
    found += _opening(speech, taken, here or open_from or (last if _is_all_marks(speech) else None))
    return found, here or last


def _passes_on(speech: Speech, at: int) -> bool:
    """Does a source at the head of a sentence only pass on what another one says: `وبحسب الصحيفة، قال الوزير إن`?"""
    later = (
        (n, cue) for n, cue in speech.cues.items() if n > at and cue.kind == "verb" and not is_as(speech.sentence.words, n)
    )
    return at <= 1 and any(complement(speech, n, cue) is not None for n, cue in later)


def _places_of_cues(speech: Speech) -> list[int]:
    """The words that may report speech: verbs in the third person, and بحسب and its like before a noun."""
    words, according = speech.sentence.words, small("according")
    sources = [
        at
        for at, word in enumerate(words[:-1])
        if word.form.fold in according and speech.free[at] and words[at + 1].form.fold != "ما"
    ]
    return sorted([*sources, *(at for at, cue in speech.cues.items() if not cue.first_person)])


def _is_noun(words: Sequence[Word], at: int, cue: Cue) -> bool:
    """Is what looks like a verb a noun here: `عدم كشف هويته`, `في نقل الجرحى`?"""
    if not at or cue.kind != "verb" or cue.conjunction:
        return False
    role = None if at == 1 and words[0].form.fold in ("كما", "وكما") else particle(words[at - 1].form)
    return words[at - 1].form.fold in _NOT or (role is not None and role.kind == "preposition" and not role.pronoun)


def _source(speech: Speech, at: int, cue: Cue | None, last: Told | None) -> Told | None:
    """Whose words stand around a source: `بحسب فلان`, `حسبما أفاد فلان`, and behind marks `قال فلان`."""
    words = speech.sentence.words
    if cue is None:
        told = speaker_of_source(speech, at, len(words))
    elif is_as(words, at):
        told = speaker_of_source(speech, at, len(words)) if cue.takes == "relay" else speaker_after(speech, at, len(words))
    elif is_behind_marks(speech, at):
        told = speaker_after(speech, at, len(words)) or last
    else:
        return None
    return last or told if told and told.is_same else told


def _marks_before(speech: Speech, at: int, taken: set[Region]) -> list[Region]:
    """The words in marks right before a verb that are nobody's yet."""
    if not is_behind_marks(speech, at):
        return []
    place = speech.sentence.words[at].start
    return [r for r in speech.regions if r.outer_end <= place and r not in taken and r.words >= LEAST][-1:]


def _marks_around(speech: Speech, at: int, taken: set[Region]) -> list[Region]:
    """The words in marks for which a source stands: those before it, or else the first behind it."""
    words = speech.sentence.words
    long = [region for region in speech.regions if region.words >= LEAST and region not in taken]
    before = [region for region in long if region.outer_end <= words[at].start]
    return before[-1:] or [r for r in long[:1] if not names(words, word_at(words, r.outer_start))]


def _marked(speech: Speech, told: Told | None, at: int, regions: list[Region], taken: set[Region]) -> list[Spoken]:
    taken.update(regions)
    cue = speech.sentence.slice(speech.text, at, at + 1)
    return [Spoken(told, cue, region.start, region.end, True, None, at) for region in regions]


def _teller(
    speech: Speech, at: int, cue: Cue, begin: int, here: Told | None, last: Told | None, subject: Told | None
) -> Told | None:
    """Who speaks: the one named behind the verb, else before it, else who spoke before."""
    sentence = speech.sentence
    if cue.takes == "published":
        told = speaker_of_publication(speech, at + 2, begin)
        return told or here or last or subject
    if cue.takes == "relay":
        source = speaker_of_source(speech, at, begin)
        relay = speaker_after(speech, at, begin) or speaker_before(speech, at)
        return source._replace(through=relay.entity if relay else None) if source else None
    before_it = sentence.words[at - 1].form if at else None
    if here and before_it and before_it.fold in small("that") and before_it.fold.endswith(("ه", "ها", "هم", "هما")):
        # `قال إنه أبلغ الكونغرس بأن`: he who speaks
        return here._replace(addressee=through_and_addressee(speech, at, begin, at + 1)[1])
    told = speaker_after(speech, at, begin) if cue.kind == "verb" else None
    if told and cue.lemma == "وصف" and told.last >= begin - 1:
        told = None  # `ووصف القرار بأنه`: who does so was named before
    if told and before_it and fold(cue.lemma) in small("telling") and cue.kind == "verb":
        told = who_tells(speech, at, told)
    if told is None and cue.kind == "participle":
        told = here or speaker_before(speech, at, far=True)
    if told is None and cue.kind == "verb":
        if cue.conjunction and here:
            told = here
        else:
            told = speaker_before(speech, at)
            if told is None and here and sentence.words[at - 1].form.fold != "الذي":
                told = here
    carried = False
    if told is None and cue.conjunction and here is None and (own := subject_of(speech)) and own.last < at:
        told = own  # `خاطب الرئيس أنصاره وقال إن`
    if told is None or told.is_same or _is_statement(told.entity):
        before = here or (last or subject if told else _before(cue, sentence.words[at].form, last, subject))
        if told is not None and before is None:
            return told
        told, carried = (agreeing(before, cue, sentence.words[at].form) if before and told is None else before), True
    if told is None:
        return None
    through, addressee = through_and_addressee(speech, at, begin, told.last)
    return told._replace(through=through, addressee=addressee, carried=carried or (told is last and told is not here))


def _is_statement(entity: Entity) -> bool:
    """`وقال البيان`: words for a text whose author was named before."""
    return not entity.code and not entity.name and fold(entity.span.text.split()[0]) in _STATEMENTS


def _before(cue: Cue, form: Form, last: Told | None, subject: Told | None) -> Told | None:
    """Who goes on: who spoke last, but the one whom the sentence before is about where it reports no words."""
    if subject is None or (last and fold(cue.lemma) in small("goes_on")):
        return last
    return agreeing(subject, cue, form) or last


def _reported(
    speech: Speech, at: int, cue: Cue, begin: tuple[int, str], told: Told | None, taken: set[Region]
) -> Iterable[Spoken]:
    """The quotes that begin behind one cue."""
    words = speech.sentence.words
    place, way = begin
    cue_span = speech.sentence.slice(speech.text, at, at + 1)
    first = place + 1 if way == "that" and words[place].form.fold in small("that") else place
    end = end_of_said(speech, first)
    if end <= first:
        return
    start_at, end_at = words[first].start + (way == "noun"), words[end - 1].end
    marked = [region for region in speech.regions if start_at <= region.outer_start < end_at and region not in taken]
    if way in ("marks", "colon"):
        enough = [region for region in marked if region.words >= LEAST or region.outer_start == words[place].start]
        if way == "colon" and not (enough and enough[0].outer_start == words[place].start):
            enough = [region for region in marked if region.words >= LEAST]
        direct = enough[:1] + [region for region in enough[1:] if way == "colon" or goes_on(speech.text, enough[0], region)]
    else:
        direct = [region for region in marked if is_said(words, region)]
        direct += [
            r for r in marked if direct and r not in direct and r.words == LEAST - 1 and r.outer_start > direct[0].outer_end
        ]
    if direct:
        outer = speech.sentence.slice(speech.text, first if way != "that" else place + 1, end)
        for region in direct:
            taken.add(region)
            whole = outer if way == "that" and region.outer_start > outer.start else None
            yield Spoken(told, cue_span, region.start, region.end, True, whole, at)
        return
    if end - first >= LEAST_SAID and way != "marks":
        taken.update(marked)
        yield Spoken(told, cue_span, start_at, end_at, way == "colon", None, at)


def _around(speech: Speech, at: int, told: Told) -> Span | None:
    """What a source in a sentence without marks is given for: all before it, or all behind its comma."""
    words = speech.sentence.words
    begin = at
    while begin and (words[begin - 1].form.fold in small("as") or words[begin - 1].form.text in _COMMAS):
        begin -= 1
    if begin >= LEAST and all(cue.takes == "marks" for n, cue in speech.cues.items() if n < begin):
        return speech.sentence.slice(speech.text, 0, begin)
    comma = next((n for n in range(max(at, told.last), len(words)) if words[n].form.text in _COMMAS), None)
    if begin == 0 and comma is not None:
        comma += words[comma + 1].form.fold in ("فان", "فقد")
        end = end_of_said(speech, comma + 1)
        if end - comma > LEAST:
            return speech.sentence.slice(speech.text, comma + 1, end)
    return None


def _said_by_headline(speech: Speech, phrase: Phrase, at: int) -> Spoken:
    entity = entities_of(speech.text, speech.sentence, phrase, speech.people)[0]
    first, end = at + 1, end_of_said(speech, at + 1)
    words = speech.sentence.words
    region = next((r for r in speech.regions if r.outer_start == words[first].start and r.words >= LEAST), None)
    start, stop = (region.start, region.end) if region else (words[first].start, words[max(end, first + 1) - 1].end)
    return Spoken(Told(entity, phrase.last), speech.sentence.slice(speech.text, at, at + 1), start, stop, True, None, at)


def _is_all_marks(speech: Speech) -> bool:
    """Does the sentence begin with words in marks, as where a paragraph goes on with a speech?"""
    first = speech.sentence.span.start
    return any(region.outer_start == first and region.words >= 2 * LEAST for region in speech.regions)


def _opening(speech: Speech, taken: set[Region], told: Told | None) -> Iterable[Spoken]:
    """Words in marks that open a sentence whose speaker is known from before."""
    if told is None:
        return
    for region in speech.regions:
        if region in taken or region.words < LEAST or region.outer_start != speech.sentence.span.start:
            continue
        taken.add(region)
        yield Spoken(told._replace(carried=True), None, region.start, region.end, True, None, 0)


def _quote(speech: Speech, one: Spoken, readings: Sequence[Reading]) -> Quote:
    told = one.told
    return Quote(
        told.entity if told else None,
        Span(one.start, one.end, speech.text[one.start : one.end]),
        one.cue,
        one.direct,
        told.through if told else None,
        told.addressee if told else None,
        _about(speech, one, readings),
        one.whole,
        bool(told and told.carried),
    )


def _about(speech: Speech, one: Spoken, readings: Sequence[Reading]) -> tuple[Entity, ...]:
    """Who is named in the words, each once."""
    found: dict[tuple[str, str], Entity] = {}
    start, end = (one.whole.start, one.whole.end) if one.whole else (one.start, one.end)
    for reading in readings:
        sentence = reading.sentence
        if sentence.span.end <= start:
            continue
        if sentence.span.start >= end:
            break
        for phrase in sentence.phrases:
            if phrase.kind != "people" and can_speak(phrase) and start <= sentence.words[phrase.first].start < end:
                for entity in entities_of(speech.text, sentence, phrase, speech.people, romanized=False):
                    found.setdefault((entity.code, entity.name or ("" if entity.code else entity.span.text)), entity)
    return tuple(found.values())
