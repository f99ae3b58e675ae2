"""Agreements: the accords that an article reports, each joined from its events, its nouns and what it says of their contents.

An article without a word like اتفاق costs one look-up a word. Else every such noun is a mention with what stands around it;
mentions of one accord are put together, and those that nothing is known of are left out.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from rasid.events.agreements_acting import own_country, signed_at, signing_for
from rasid.events.agreements_days import day_of
from rasid.events.agreements_mentions import Mention, fields_of, find_mentions
from rasid.events.agreements_phases import How, Phase
from rasid.events.agreements_provisions import find_provisions
from rasid.events.agreements_sides import DEALINGS, party_key, sides_of
from rasid.events.agreements_words import PHASES, agreement_words, known
from rasid.events.build import Reading
from rasid.model import Agreement, Claim, Entity, Event, Interval, Place, Quote, Span

_ORDER = ("planned", "announced", "signed", "ratified", "in_force", "suspended", "ended")
_TELLING = (  # kinds, those first that say most
    *("normalisation", "ceasefire", "peace", "loan", "prisoner_exchange", "border", "memorandum", "framework", "trade"),
)
_VAGUE = frozenset(("framework", "partnership"))
_LIKE = frozenset(("agreement", "treaty", "charter", "protocol", "deal"))  # one accord may be called either
_COUNTS = 2  # parties
_LEFT = frozenset(("ended", "suspended", "ratified"))  # what one party does of an accord of many
_MOST = 100  # mentions in an article; news has a tenth, and each is held against all accords before it


class Accord(NamedTuple):
    """Mentions that stand for one accord, and who signed it for which side."""

    mentions: list[Mention]
    signing: list[Entity]


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
        found = [_put(accords, mention) for mention in find_mentions(reading)]
        if accords and (signing := signing_for(reading)):
            (found or accords)[-1].signing.extend(signing)
        if sum(len(accord.mentions) for accord in accords) >= _MOST:
            break
    if not accords:
        return ()
    made = (_agreement(accord, readings, events, quotes, claims) for accord in accords)
    return tuple(agreement for agreement in made if agreement)


def _put(accords: list[Accord], mention: Mention) -> Accord:
    """Put a mention with those of the same accord, or open a new one."""
    for accord in reversed(accords):
        if _is_same(accord, mention):
            accord.mentions.append(mention)
            return accord
    accords.append(Accord([mention], []))
    return accords[-1]


def _is_same(accord: Accord, mention: Mention) -> bool:
    names = {one.name for one in accord.mentions if one.name}
    if mention.name or names:
        return mention.name in names if mention.name else mention.definite and not mention.parties and not mention.told_by
    if mention.several != all(one.several for one in accord.mentions):
        return False
    if not _same_kind(accord, mention):
        return False
    parties = {party_key(entity) for one in accord.mentions for entity in one.parties}
    own = {party_key(entity) for entity in mention.parties}
    if own and parties and not (own <= parties or parties <= own):
        return False
    if _is_told_apart(accord, mention) and not (len(own) > 1 and own == parties):
        return False
    if mention.definite:
        return True
    if own and own <= parties:
        return True
    return bool(mention.phases) and not mention.parties and any(m.phases for m in accord.mentions)


def _is_told_apart(accord: Accord, mention: Mention) -> bool:
    """Do the words beside the noun tell of another accord: `الاتفاق النووي` behind `اتفاقية صداقة`?"""
    told = {word for one in accord.mentions for word in one.told_by}
    if not told or not mention.told_by or not told.isdisjoint(mention.told_by):
        return False
    alike = [{*one.kinds, *one.fields} for one in accord.mentions]
    return {*mention.kinds, *mention.fields}.isdisjoint(word for words in alike for word in words)


def _same_kind(accord: Accord, mention: Mention) -> bool:
    nouns = {one.noun for one in accord.mentions}
    if mention.noun not in nouns and not (mention.noun in _LIKE and any(noun in _LIKE for noun in nouns)):
        return "agreement" in (*nouns, mention.noun) and mention.definite and not mention.kinds
    kinds = {kind for one in accord.mentions for kind in one.kinds} - _VAGUE
    own = set(mention.kinds) - _VAGUE
    return not own or not kinds or not own.isdisjoint(kinds)


def _agreement(
    accord: Accord, readings: Sequence[Reading], events: Sequence[Event], quotes: Sequence[Quote], claims: Sequence[Claim]
) -> Agreement | None:
    """What all mentions of an accord add up to; None where nothing is known but that there was talk of one."""
    mentions = accord.mentions
    about = _events_of(mentions, events)
    whose = partial(own_country, quotes=quotes)
    mentions = [_of_speakers(one, whose) for one in mentions]
    about = [(phase, replace(event, actors=tuple(map(whose, event.actors)))) for phase, event in about]
    binding = [(phase, event) for phase, event in about if not phase.declared and not phase.passing]
    signing = [event for phase, event in binding if phase.what == "signed" and phase.how == "done"]
    news = [event for phase, event in binding if event in signing and phase.main]
    agreed = [event for phase, event in binding if phase.what in ("signed", "announced") and event not in news]
    leaving = [event for phase, event in binding if phase.what not in ("signed", "announced")]
    parties, signatories = sides_of(news, agreed, leaving, mentions)
    signatories = tuple(accord.signing) or signatories
    provisions = find_provisions([(m.reading, m.at, m.last, m.definite) for m in mentions], readings)
    dates = {phase: day_of(mentions, about, phase) for phase in PHASES}
    published = readings[0].article.date.end
    phases = [(what, "planned" if _is_ahead(dates[what], published) else how) for what, how in _as_coded(mentions, about)]
    if phases and all(phase == "announced" and how == "planned" for phase, how in phases):
        return None  # talk of an accord to come
    left = any(one.definite and one.told_by for one in mentions) and any(
        phase in _LEFT and how == "done" for phase, how in phases
    )
    if len(parties) < _COUNTS and not (phases and (mentions[0].name or provisions or left)):
        return None
    if not (phases or provisions or any(one.held for one in mentions)) or not any(party.code for party in parties):
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
        _place(mentions, signing, dates["signed"], parties, events),
        max((how if how == "planned" else phase for phase, how in phases), key=_ORDER.index, default=None),
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


def _of_speakers(mention: Mention, whose: Callable[[Entity], Entity]) -> Mention:
    """`بلاده` in somebody's words is the speaker's country."""
    acting = tuple(one._replace(entity=whose(one.entity)) for one in mention.acting)
    return mention._replace(acting=acting, parties=tuple(map(whose, mention.parties)))


About = list[tuple[Phase, Event]]


def _as_coded(mentions: Sequence[Mention], about: About) -> list[tuple[str, How]]:
    """What became of an accord and how, where its event is coded as that says it happened."""
    coded = {trigger.start: phase.how for phase, event in about for trigger in _triggers(event)}
    found = [
        (
            phase.what,
            phase.how
            if phase.past and phase.how == "done"
            else coded.get(one.reading.sentence.words[phase.at].start, phase.how),
        )
        for one in mentions
        for phase in one.phases
    ]
    return [(phase, how) for phase, how in found if how == "done" or (how == "planned" and phase not in ("ended", "suspended"))]


def _is_ahead(day: Interval | None, published: dt.date | None) -> bool:
    return bool(day and day.start and published and day.start > published)


def _events_of(mentions: Sequence[Mention], events: Sequence[Event]) -> About:
    """The events whose trigger is a word that says what became of an accord."""
    by_trigger: dict[int, Event] = {}
    for event in events:
        by_trigger |= dict.fromkeys((trigger.start for trigger in _triggers(event)), event)
    found: About = []
    for one in mentions:
        words = one.reading.sentence.words
        for phase in one.phases:
            n = phase.at
            told = by_trigger.get(words[n].start) or (by_trigger.get(words[n - 1].start) if n else None)  # `تم التوقيع`
            if told and told.status != "negated" and phase.how != "refused":
                found.append((phase._replace(how=_how(phase, told)), told))
    return found


def _how(phase: Phase, told: Event) -> How:
    """How a phase came about, where it is coded as an event: what words around it plan is planned whatever that says."""
    if told.status in ("future", "hypothetical") and not (phase.how == "done" and phase.past):
        return "planned"
    return "done" if phase.how == "untold" else phase.how


def _triggers(event: Event) -> tuple[Span, ...]:
    return (event.trigger, *(report.trigger for report in event.also))


def _place(
    mentions: Sequence[Mention],
    signing: Sequence[Event],
    day: Interval | None,
    parties: Sequence[Entity],
    events: Sequence[Event],
) -> Place | None:
    """Where it was signed: as words right behind the signing say, else its event, else what the parties did that day."""
    countries = {party.country for party in parties}
    beside = [
        event
        for event in events
        if day and event.when and (event.when.start, event.when.end) == (day.start, day.end) and event.type in DEALINGS
        if countries & {entity.country for entity in (*event.actors, *event.recipients)} - {None}
    ]
    said = next((place for one in mentions if (place := signed_at(one.reading, one.phases))), None)
    if said:
        return said
    told = [event.where for event in (*signing, *beside) if event.where and event.where.evidence == "named"]
    return told[0] if told else next((event.where for event in signing if event.where), None)


def _kind(mentions: Sequence[Mention]) -> str:
    kinds = [kind for one in mentions for kind in one.kinds]
    telling = next((kind for kind in _TELLING if kind in kinds), None)
    if telling:
        return telling
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
            area = known("area", words[at].form)
            if area and (area.preposition == "ب" or words[at - 1].form.fold in ("في", "وفي")):
                n = at + 1
                while n < min(len(words), at + 12) and words[n].form.text not in "،,.؛" and words[n].form.fold != "عبر":
                    n += 1
                found += fields_of([word.form for word in words[at + 1 : n]])
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
    found = [span for _, event in about for span in event.attributed_to]
    for quote in quotes:
        if quote.speaker and any(quote.text.start <= span.start < quote.text.end for span in provisions):
            found.append(quote.speaker.span)
    return tuple(dict.fromkeys(found))
