"""Agreements: the accords that an article reports, each joined from its events, its nouns and what it says of their contents.

An article without a word like اتفاق costs one look-up a word. Else every such noun is a mention with what stands around it;
mentions of one accord are put together, and those that nothing is known of are left out.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from rasid.actors.phrase import Phrase
from rasid.actors.resolve import entities_of
from rasid.arabic.particles import particle
from rasid.arabic.words import Form
from rasid.events.agreements_provisions import find_provisions
from rasid.events.agreements_words import PHASES, Known, agreement_words, known
from rasid.events.build import Reading
from rasid.events.outline import predicate_kind
from rasid.events.quotes_speakers import can_speak
from rasid.model import Agreement, Claim, Entity, Event, Interval, Place, Quote, Span

_PHRASE = 8  # words behind the noun that say what kind of accord it is
_BEFORE, _AFTER = 14, 7  # words around the noun in which a verb may say what became of it
_FAR = 14  # words from the noun to حيز التنفيذ, with the parties between
_ASIDE = frozenset(".؛;:؟!")
_TYPES = frozenset(("SUPPORT", "AGREE", "CONSULT", "COOPERATE", "RETREAT", "AID", "REJECT", "CONCEDE", "SANCTION", "REQUEST"))
_ORDER = ("announced", "planned", "signed", "ratified", "in_force", "suspended", "ended")
_TELLING = (  # kinds, those first that say most
    *("normalisation", "ceasefire", "peace", "loan", "prisoner_exchange", "border", "memorandum", "framework", "trade"),
)
_UNDER = frozenset((
    "بين", "مع", "من", "عبر", "الي", "علي", "برعايه", "بوساطه", "باشراف", "بضمانه", "بضمان", "بدعم", "بقيمه", "بشان", "بحضور",
    "بموجبه", "بموجبها",
))  # fmt: skip
_THIS = frozenset(("هذا", "هذه", "وهذا", "وهذه", "لهذا", "لهذه", "بهذا", "بهذه", "ذلك", "تلك"))
_STOP = frozenset(("وقف", "لوقف", "بوقف", "هدنه"))
_CEASE = Known("ceasefire", False, "", "", "")
_LIKE = frozenset(("agreement", "treaty", "charter", "protocol", "deal"))  # one accord may be called either


class Mention(NamedTuple):
    """A noun that stands for an accord, and what its sentence says of it."""

    reading: Reading
    at: int
    last: int
    noun: str  # agreement, memorandum ...
    kinds: tuple[str, ...]
    fields: tuple[str, ...]
    parties: tuple[Entity, ...]
    definite: bool
    several: bool
    name: str | None
    phases: tuple[tuple[str, str, int], ...]  # phase, how (done, planned, refused), and the place of its word
    acting: tuple[Entity, ...]  # whom the words right behind those say to have done so


class Accord(NamedTuple):
    """Mentions that stand for one accord."""

    mentions: list[Mention]


def read_agreements(
    readings: Sequence[Reading], events: Sequence[Event], quotes: Sequence[Quote] = (), claims: Sequence[Claim] = ()
) -> tuple[Agreement, ...]:
    """The agreements of an article, in order of mention.

    Args:
        readings: its sentences as they are read.
        events: what was coded of it.
        quotes: who says what in it: whoever says what an agreement provides is a source of it.
        claims: its claims, of which an agreement takes those that are about it.
    """
    accords: list[Accord] = []
    for reading in readings:
        after = 0
        for at, word in enumerate(reading.sentence.words):
            noun = known("noun", word.form) or known("plural", word.form)
            if noun and at >= after and _is_accord(reading, at, noun):
                mention = _mention(reading, at, noun)
                after = mention.last  # `اتفاق وقف إطلاق النار` is one
                _put(accords, mention)
    if not accords:
        return ()
    made = (_agreement(accord, readings, events, quotes, claims) for accord in accords)
    return tuple(agreement for agreement in made if agreement)


def _is_accord(reading: Reading, at: int, noun: Known) -> bool:
    """Is the noun here an accord: وقف only before إطلاق النار, مذكرة only of understanding, صفقة between states?"""
    words = reading.sentence.words
    following = [word.form.fold for word in words[at + 1 : at + 3]]
    stem = words[at].form.fold
    if noun.what == "ceasefire" and not stem.endswith("هدنه"):
        return following[:2] in (["اطلاق", "النار"], ["لاطلاق", "النار"]) or following[:1] == ["النار"]
    if noun.what == "memorandum":
        return bool(following) and (following[0] in ("تفاهم", "التفاهم", "التعاون", "تعاون") or noun.article)
    if noun.what == "loan":
        return any(r.stem in ("وقع", "توقيع", "اتفاق") for word in words[max(0, at - 6) : at] for r in word.form.readings)
    if at and words[at - 1].form.fold in ("باب", "عدم", "وفق") and not noun.article:
        return False
    return not (noun.what == "deal" and following[:1] and following[0] in ("القرن", "سلاح", "انتقال"))


def _mention(reading: Reading, at: int, noun: Known) -> Mention:
    words = reading.sentence.words
    last = _phrase_end(reading, at)
    beside = [word.form for word in words[at + 1 : last]]
    kinds = tuple(dict.fromkeys(found.what for form in beside[:4] if (found := known("kind", form)) and not found.pronoun))
    kinds += tuple("ceasefire" for n in range(at + 1, last) if words[n].form.fold in _STOP and _is_accord(reading, n, _CEASE))
    name = _name(reading, at, last)
    definite = noun.article or (at > 0 and words[at - 1].form.fold in _THIS) or bool(noun.pronoun) or name is not None
    definite = definite or bool(beside and any(r.article for r in beside[0].readings) and not _is_for(beside[0].fold))
    several = known("plural", words[at].form) is not None
    what = "agreement" if several else noun.what
    phases = _phases(reading, at, last)
    return Mention(
        reading, at, last, what, kinds, _fields(beside), _parties(reading, at, last), definite, several, name, phases,
        _acting(reading, at, phases),
    )  # fmt: skip


def _acting(reading: Reading, at: int, phases: Sequence[tuple[str, str, int]]) -> tuple[Entity, ...]:
    """The subject right behind a verb before the noun: `علقت الجزائر معاهدة`; of those who only announce, two or more."""
    found: list[Entity] = []
    for phase, how, n in phases:
        if n < at and how != "refused" and (predicate_kind(reading.sentence.words[n].form) == "verb"):
            listed = [phrase for phrase in _listed(reading, n + 1) if not phrase.preposition and phrase.first < at]
            if len(listed) >= (2 if phase == "announced" else 1) and phase != "in_force":
                for phrase in listed:
                    found += entities_of(reading.article.text, reading.sentence, phrase, reading.people)
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


def _fields(forms: Sequence[Form]) -> tuple[str, ...]:
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


def _parties(reading: Reading, at: int, last: int) -> tuple[Entity, ...]:
    """Whom the words name as parties: `بين X وY`, `مع X`, `السعودي الإيراني`."""
    words, phrases = reading.sentence.words, reading.sentence.phrases
    found: list[Phrase] = [p for p in phrases if p.preposition == "nisba" and at < p.first <= last and p.country]
    n = last
    while n < min(len(words), last + 4) and words[n].form.fold not in ("بين", "مع") and words[n].form.kind != "mark":
        n += 1
    if n < len(words) and words[n].form.fold in ("بين", "مع"):
        found += _listed(reading, n + 1)
    entities: list[Entity] = []
    for phrase in found:
        entities += entities_of(reading.article.text, reading.sentence, phrase, reading.people)
    return tuple(entities)


def _listed(reading: Reading, at: int) -> list[Phrase]:
    """The phrases of a list that begins at `at`: joined by و or a comma."""
    words = reading.sentence.words
    found: list[Phrase] = []
    place = at
    for phrase in reading.sentence.phrases:
        if phrase.first < at:
            continue
        gap = phrase.first - place
        if not can_speak(phrase) and phrase.kind != "place":
            break
        if gap > (4 if phrase.conjoined else 2) or any(words[n].form.text in _ASIDE for n in range(place, phrase.first)):
            break
        if found and not phrase.conjoined and not (gap and words[phrase.first - 1].form.text in "،,و"):
            break
        found.append(phrase)
        place = phrase.last
    return found


def _phases(reading: Reading, at: int, last: int) -> tuple[tuple[str, str, int], ...]:
    """What became of an accord, by the verbs and verbal nouns around it."""
    words = reading.sentence.words
    found: list[tuple[str, str, int]] = []
    first = at
    while first > max(0, at - _BEFORE) and words[first - 1].form.text not in _ASIDE and not _other_noun(reading, first - 1):
        first -= 1
    end = last
    while end < min(len(words), last + _AFTER) and words[end].form.text not in _ASIDE and not _other_noun(reading, end):
        end += 1
    for n in [*range(first, at), *range(at + 1, end)]:
        phase = known("phase", words[n].form)
        if phase is None or not _is_phase(reading, n, at, phase):
            continue
        if n > at + 1 and not _tells_of(reading, at, n, phase):
            continue
        found.append((phase.what, _how(reading, n, phase), n))
    return tuple(found)


def _other_noun(reading: Reading, n: int) -> bool:
    form = reading.sentence.words[n].form
    noun = known("noun", form) or known("plural", form)
    return noun is not None and _is_accord(reading, n, noun)


def _is_phase(reading: Reading, n: int, at: int, phase: Known) -> bool:
    """Does the word speak of an accord's life: دخل only with حيز التنفيذ, علق and أنهى right before or behind the noun?"""
    words = reading.sentence.words
    if phase.what == "in_force":
        beside = {word.form.fold for word in words[n : n + 5]} | {word.form.fold for word in words[at : at + _FAR]}
        if words[n].form.fold.endswith(("سريان", "نفاذ", "يسري", "تسري")):
            return abs(n - at) <= 3
        return not beside.isdisjoint(("حيز", "قيد", "التنفيذ", "سريان", "سريانه", "سريانها", "السريان"))
    if phase.what in ("suspended", "ended"):
        return abs(n - at) <= 4
    if phase.what == "ratified":
        return abs(n - at) <= 8
    return True


def _tells_of(reading: Reading, at: int, n: int, phase: Known) -> bool:
    """Behind the noun: `الاتفاق الذي وقعه`, `الاتفاق الموقع`, `تم التوقيع عليه`, `سيتم توقيعه`, `الاتفاق دخل`."""
    words = reading.sentence.words
    if phase.pronoun or phase.article:
        return True
    before = words[n - 1].form.fold
    behind = words[n + 1].form.fold if n + 1 < len(words) else ""
    if before in ("الذي", "التي", "قد", "تم", "سيتم", "يتم", "جري") or behind in ("عليه", "عليها"):
        return True
    return phase.what in ("in_force", "suspended", "ended") and n - at <= 5


def _how(reading: Reading, n: int, phase: Known) -> str:
    words = reading.sentence.words
    before = [word.form for word in words[max(0, n - 4) : n]]
    if any(known("refused", form) for form in before[-3:]):
        return "refused"
    near = before[-2:]  # `قد نوقع`, `قبل التوصل إلى`
    plans = phase.future or any(form.fold in ("سوف", "سيتم", "سيجري", "وسيتم") for form in before)
    past = near and near[-1].fold == "قد" and words[n].form.fold[:1] not in "يتن"
    plans = plans or (not past and any(known("plan", form) for form in near))
    return "planned" if plans or phase.preposition == "ل" else "done"


def _put(accords: list[Accord], mention: Mention) -> None:
    """Put a mention with those of the same accord, or open a new one."""
    for accord in reversed(accords):
        if _is_same(accord, mention):
            accord.mentions.append(mention)
            return
    accords.append(Accord([mention]))


def _is_same(accord: Accord, mention: Mention) -> bool:
    names = {one.name for one in accord.mentions if one.name}
    if mention.name or names:
        return mention.name in names if mention.name else mention.definite and not mention.parties
    if mention.several != all(one.several for one in accord.mentions):
        return False
    if not _same_kind(accord, mention):
        return False
    parties = {entity.country for one in accord.mentions for entity in one.parties if entity.country}
    own = {entity.country for entity in mention.parties if entity.country}
    if own and parties and own.isdisjoint(parties):
        return False
    if len(own) > 1 and len(parties) > 1 and own != parties and not (own <= parties or parties <= own):
        return False
    if mention.definite:
        return True
    if own and own <= parties:
        return True
    return bool(mention.phases) and not mention.parties and any(m.phases for m in accord.mentions)


def _same_kind(accord: Accord, mention: Mention) -> bool:
    nouns = {one.noun for one in accord.mentions}
    if mention.noun not in nouns and not (mention.noun in _LIKE and any(noun in _LIKE for noun in nouns)):
        return "agreement" in (*nouns, mention.noun) and mention.definite and not mention.kinds
    kinds = {kind for one in accord.mentions for kind in one.kinds} - {"framework", "partnership"}
    own = set(mention.kinds) - {"framework", "partnership"}
    return not own or not kinds or not own.isdisjoint(kinds)


def _agreement(
    accord: Accord, readings: Sequence[Reading], events: Sequence[Event], quotes: Sequence[Quote], claims: Sequence[Claim]
) -> Agreement | None:
    """What all mentions of an accord add up to; None where nothing is known but that there was talk of one."""
    mentions = accord.mentions
    about = _events_of(mentions, events)
    signing = [event for phase, how, event in about if phase == "signed" and how != "refused"]
    parties, signatories = _sides([e for _, _, e in about], mentions)
    provisions = find_provisions([(m.reading, m.at, m.last, m.definite) for m in mentions], readings)
    dates = {phase: _day(mentions, about, phase) for phase in PHASES}
    phases = _as_coded(mentions, about)
    if phases and all(phase == "announced" and how == "planned" for phase, how in phases):
        return None  # talk of an accord to come
    if len({p.country or p.span.text for p in parties}) < 2 and not (phases and (mentions[0].name or provisions)):
        return None
    if not (phases or provisions):
        return None
    if all(one.several for one in mentions) and not signing:
        return None
    spans = tuple(one.reading.sentence.slice(one.reading.article.text, one.at, one.last) for one in mentions)
    fields = [field for one in mentions for field in one.fields] + _area_fields(mentions)
    return Agreement(
        parties,
        signatories,
        _kind(mentions),
        tuple(dict.fromkeys(fields)),
        provisions,
        dates["signed"],
        _place(signing, dates["signed"], parties, events),
        _status(phases),
        _claims_of(mentions, claims),
        _told(about, provisions, quotes),
        next((one.name for one in mentions if one.name), None),
        dates["announced"],
        dates["ratified"],
        dates["in_force"],
        dates["suspended"],
        dates["ended"],
        spans,
    )


About = list[tuple[str, str, Event]]


def _as_coded(mentions: Sequence[Mention], about: About) -> list[tuple[str, str]]:
    """What became of an accord and how, where its event is coded as that says it happened."""
    coded = {trigger.start: how for _, how, event in about for trigger in _triggers(event)}
    found = [(phase, coded.get(one.reading.sentence.words[n].start, how)) for one in mentions for phase, how, n in one.phases]
    return [(phase, how) for phase, how in found if how != "refused"]


def _events_of(mentions: Sequence[Mention], events: Sequence[Event]) -> About:
    """The events whose trigger is a word that says what became of an accord."""
    by_trigger: dict[int, Event] = {}
    for event in events:
        by_trigger |= dict.fromkeys((trigger.start for trigger in _triggers(event)), event)
    found: About = []
    for one in mentions:
        words = one.reading.sentence.words
        for phase, how, n in one.phases:
            told = by_trigger.get(words[n].start) or (by_trigger.get(words[n - 1].start) if n else None)  # `تم التوقيع`
            if told and told.status != "negated":
                found.append((phase, "planned" if told.status in ("future", "hypothetical") else how, told))
    return found


def _triggers(event: Event) -> tuple[Span, ...]:
    return (event.trigger, *(report.trigger for report in event.also))


def _sides(events: Sequence[Event], mentions: Sequence[Mention]) -> tuple[tuple[Entity, ...], tuple[Entity, ...]]:
    """Parties, each once, and the persons who signed."""
    said = [entity for one in mentions for entity in one.parties]
    acting = [entity for event in events if event.type in _TYPES for entity in (*event.actors, *event.recipients)]
    acting += [entity for one in mentions for entity in one.acting]
    signatories: dict[tuple[str, str], Entity] = {}
    parties: dict[str, Entity] = {}
    for entity in sorted((*said, *acting), key=lambda entity: _is_pair(entity, said, acting)):
        if _is_official(entity):
            if entity in acting:
                signatories.setdefault((entity.code, entity.name or entity.role or ""), entity)
            continue
        key = entity.country or entity.code or entity.span.text
        best = parties.get(key)
        if best is None or (best.sector and not entity.sector):
            parties[key] = entity
    for entity in signatories.values():
        if entity.country and entity.country not in parties:
            parties[entity.country] = replace(entity, sector=None, name=None, role=None, holder=None, latin=None, wikidata=None)
    bound = {entity.country for entity in said if entity.country}
    if len(bound) > 1:  # the words name the parties: whoever else took part did so otherwise
        parties = {key: entity for key, entity in parties.items() if entity.country in bound or not entity.country}
    return tuple(parties.values()), tuple(signatories.values())


def _is_pair(entity: Entity, *sides: Sequence[Entity]) -> bool:
    """Do the same words stand for another country too (`البلدين`)?"""
    return any(other.span == entity.span and other.country != entity.country for side in sides for other in side)


def _is_official(entity: Entity) -> bool:
    """A person, by name or by office."""
    return bool(entity.name or (entity.role and entity.sector))


def _day(mentions: Sequence[Mention], about: About, phase: str) -> Interval | None:
    """When something became of an accord: as its event is dated, else as its sentence says."""
    dated = [event.when for name, how, event in about if name == phase and how != "refused" and event.when]
    if dated:
        return min(dated, key=_width)
    for one in mentions:
        for name, how, n in one.phases:
            if name == phase and how != "refused":
                times = _times_of(one, n)
                if times:
                    return times[0]
                published = one.reading.article.date
                if how == "done" and not one.reading.sentence.times and published.start:
                    return Interval(published.start, published.end)
    return None


def _times_of(mention: Mention, n: int) -> list[Interval]:
    """The times of a sentence that are nearer to the word at `n` than to another that says what became of the accord."""
    words = mention.reading.sentence.words
    places = [words[place].start for _, _, place in mention.phases]
    return [
        time
        for time in mention.reading.sentence.times
        if time.span and (time.start or time.end) and min(places, key=_from(time.span.start)) == words[n].start
    ]


def _from(place: int) -> Callable[[int], int]:
    return lambda other: abs(other - place)


def _width(interval: Interval) -> int:
    return (interval.end - interval.start).days if interval.start and interval.end else 10**6


def _place(signing: Sequence[Event], day: Interval | None, parties: Sequence[Entity], events: Sequence[Event]) -> Place | None:
    """Where it was signed: as words say of the signing, else of what else the parties did together on that day."""
    countries = {party.country for party in parties}
    beside = [
        event
        for event in events
        if day and event.when and (event.when.start, event.when.end) == (day.start, day.end) and event.type in _TYPES
        if countries & {entity.country for entity in (*event.actors, *event.recipients)} - {None}
    ]
    told = [event.where for event in (*signing, *beside) if event.where and event.where.evidence == "named"]
    return told[0] if told else next((event.where for event in signing if event.where), None)


def _status(phases: Sequence[tuple[str, str]]) -> str | None:
    """What an accord has come to."""
    reached = ["planned" if how == "planned" else phase for phase, how in phases]
    return max(reached, key=_ORDER.index, default=None)


def _kind(mentions: Sequence[Mention]) -> str:
    kinds = [kind for one in mentions for kind in one.kinds]
    for kind in (
        "normalisation",
        "ceasefire",
        "peace",
        "loan",
        "prisoner_exchange",
        "border",
        "memorandum",
        "framework",
        "trade",
    ):
        if kind in kinds:
            return kind
    if any(_is_framed(one) for one in mentions):
        return "framework"
    nouns = [one.noun for one in mentions if one.noun != "agreement"]
    return nouns[0] if nouns else kinds[0] if kinds else "agreement"


def _is_framed(mention: Mention) -> bool:
    """`هذا الاتفاق سيشكل إطارا للتعاون`."""
    return any(word.form.fold == "اطارا" for word in mention.reading.sentence.words[mention.last :])


def _area_fields(mentions: Sequence[Mention]) -> list[str]:
    """Fields behind مجالات in the sentences that speak of an accord."""
    found: list[str] = []
    for one in mentions:
        words = one.reading.sentence.words
        for at in range(one.at, len(words)):
            if known("area", words[at].form):
                n = at + 1
                while n < min(len(words), at + 12) and words[n].form.text not in "،,.؛" and words[n].form.fold != "عبر":
                    n += 1
                found += _fields([word.form for word in words[at + 1 : n]])
                break
    return found


def _claims_of(mentions: Sequence[Mention], claims: Sequence[Claim]) -> tuple[Span, ...]:
    """The claims that rank an accord."""
    nouns = agreement_words("noun")
    found: dict[Span, None] = {}
    for claim in claims:
        for one in mentions:
            sentence = one.reading.sentence
            if claim.sentence != sentence.span or claim.negated:
                continue
            what = [word for word in sentence.words if claim.what and claim.what.start <= word.start < claim.what.end]
            ranked = any(reading.stem in nouns for word in what[:1] for reading in word.form.readings)
            beside = claim.what is None and 0 < claim.span.start - sentence.words[one.last - 1].end < 30
            if ranked or beside:
                found[claim.span] = None
    return tuple(found)


def _told(about: About, provisions: Sequence[Span], quotes: Sequence[Quote]) -> tuple[Span, ...]:
    """On whose word: the sources of its events, and whoever says what it provides."""
    found = [span for _, _, event in about for span in event.attributed_to]
    for quote in quotes:
        if quote.speaker and any(quote.text.start <= span.start < quote.text.end for span in provisions):
            found.append(quote.speaker.span)
    return tuple(dict.fromkeys(found))
