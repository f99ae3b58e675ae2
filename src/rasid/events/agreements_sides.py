"""The two sides of an accord: its parties, each once, and the persons who signed it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from rasid.events.agreements_acting import Acting, is_dual
from rasid.events.agreements_mentions import Mention
from rasid.events.agreements_phases import Phase
from rasid.events.build import Reading
from rasid.model import Entity, Event, Span

DEALINGS = frozenset(("SUPPORT", "AGREE", "CONSULT", "COOPERATE", "RETREAT", "AID", "REJECT", "CONCEDE", "SANCTION", "REQUEST"))
_OF_STATE = frozenset((None, "GOV", "MIL", "LEG", "JUD", "COP", "SPY", "ELI", "CVL"))  # who binds the state
_BESIDE = frozenset((  # whoever stands behind these took part otherwise
    "في", "برعايه", "بوساطه", "باشراف", "بحضور", "بدعم", "بضمانه", "بضمان", "بمشاركه", "لدي", "وسط", "قبل", "ضد", "عبر",
    "برئاسه", "بمباركه", "بتنسيق", "بتسهيل",
))  # fmt: skip


_COUNTS = 2  # parties of any accord


def party_key(entity: Entity) -> str:
    """What two mentions of one party share: the country where it is the state, else the code or the words."""
    if entity.country and entity.sector in _OF_STATE:
        return entity.country
    return entity.code or entity.span.text


def sides_of(
    signed: Sequence[Event], agreed: Sequence[Event], leaving: Sequence[Event], mentions: Sequence[Mention]
) -> tuple[tuple[Entity, ...], tuple[Entity, ...]]:
    """Parties, each once, and the persons who signed.

    Args:
        signed: events by which they sign (`وقع`).
        agreed: events by which they come to terms (`توصل إلى`).
        leaving: events by which one of them acts alone (`انسحب`, `علق`, `صادق`): their actors are parties.
        mentions: what the words around the accord say.
    """
    said = [entity for one in mentions for entity in one.parties]
    told = [one for mention in mentions for one in mention.acting]
    signing = [one.entity for one in told if one.phase.what == "signed" and one.phase.how == "done"]
    signing += [entity for event in signed if event.type in DEALINGS for entity in (*event.actors, *event.recipients)]
    signing = [one for one in signing if not is_dual(one.span.text) or one in (each.entity for each in told)]
    acting = [one.entity for one in told] + signing
    acting += [entity for event in agreed if event.type in DEALINGS for entity in (*event.actors, *event.recipients)]
    acting += [entity for event in leaving if event.type in DEALINGS for entity in event.actors]
    acting = [entity for entity in acting if _takes_part(entity, mentions)]
    signatories: dict[tuple[str, str], Entity] = {}
    parties: dict[str, Entity] = {}
    states: list[Entity] = []
    if any(one.all_parties for one in mentions):
        signing_only = [entity for entity in acting if entity in signing and _is_official(entity)]
        ranked = [*sorted(said, key=_is_pair(said)), *signing_only]
    else:
        ranked = sorted((*said, *acting), key=_is_pair([*said, *acting]))
    for entity in ranked:
        if _is_named_after(entity, mentions) or _is_of_company(entity, (*said, *acting)):
            continue
        if _is_official(entity):
            if entity in signing:
                signatories.setdefault((entity.code, entity.name or entity.role or ""), entity)
            states.append(_state_of(entity))
            continue
        if entity.country is None and entity.sector in ("GOV", "MIL", "LEG", "CVL", "ELI", "JUD"):
            if entity in said:  # `الدول العظمى`: named, but nobody in particular
                parties.setdefault(entity.span.text, replace(entity, sector=None))
            continue
        if entity.sector == "JRN" and entity not in said:
            continue
        if entity.sector in ("CVL", "JRN"):
            entity = replace(entity, sector=None)  # `مع الفلسطينيين`
        best = parties.get(party_key(entity))
        if best is None or (best.sector and not entity.sector):
            parties[party_key(entity)] = entity
    for entity in states:
        if entity.country:
            parties.setdefault(party_key(entity), entity)
    if sum(1 for entity in parties.values() if entity.country) >= _COUNTS:
        parties = {key: entity for key, entity in parties.items() if entity.code or len(entity.span.text.split()) > 1}
    named = {party_key(entity) for entity in (*said, *_who_did(told)) if entity.country}
    if len(named) > 1:  # the words name the parties: whoever else took part did so otherwise
        parties = {key: entity for key, entity in parties.items() if key in named or not entity.country}
    whole = (replace(one, sector=None) if one.sector == "GOV" and one.country else one for one in parties.values())
    return tuple(whole), tuple(signatories.values())  # a capital or a ministry binds the state


def _who_did(told: Sequence[Acting]) -> list[Entity]:
    """Whom the words around one verb name, where they are two or more: whoever only makes it known is none of them."""
    by_phase: dict[Phase, list[Entity]] = {}
    for one in told:
        if not one.phase.declared:
            by_phase.setdefault(one.phase, []).append(one.entity)
    return [one for entities in by_phase.values() if len({one.country for one in entities}) > 1 for one in entities]


def _is_named_after(entity: Entity, mentions: Sequence[Mention]) -> bool:
    """Is it the place by which the accord is known: `اتفاقية باريس`?"""
    for one in mentions:
        begin = one.reading.sentence.words[one.at]
        if one.name and begin.start <= entity.span.start < begin.end + len(one.name) and entity.span.text in one.name:
            return True
    return False


def _is_of_company(entity: Entity, all_of: Sequence[Entity]) -> bool:
    """Is it the country right behind a company's name: `شركة أرامكو السعودية`?"""
    if entity.sector is not None or entity.name:
        return False
    return any(one.sector == "BUS" and 0 <= entity.span.start - one.span.end <= 1 for one in all_of)


def _state_of(official: Entity) -> Entity:
    """Whom an official binds: his state, or the group that he speaks for."""
    sector = None if official.sector in _OF_STATE else official.sector
    return replace(official, sector=sector, name=None, role=None, holder=None, latin=None, wikidata=None)


def _takes_part(entity: Entity, mentions: Iterable[Mention]) -> bool:
    """Is somebody whom an event names a party: neither its place nor its broker?"""
    for one in mentions:
        span = one.reading.sentence.span
        if span.start <= entity.span.start < span.end:
            return _word_before(one.reading, entity) not in _BESIDE
    return True


def _word_before(reading: Reading, entity: Entity) -> str:
    before = [word for word in reading.sentence.words if word.end <= entity.span.start]
    return before[-1].form.fold if before else ""


def _is_pair(entities: Iterable[Entity]) -> Callable[[Entity], bool]:
    """Do the same words stand for another country too (`البلدين`)?"""
    countries: dict[Span, set[str | None]] = {}
    for entity in entities:
        countries.setdefault(entity.span, set()).add(entity.country)
    return lambda entity: len(countries[entity.span]) > 1


def _is_official(entity: Entity) -> bool:
    """A person, by name or by office."""
    return bool(entity.name or (entity.role and entity.sector))
