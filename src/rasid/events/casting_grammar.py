"""What the grammar alone knows of who takes part, where training has seen too few of a kind: it has the last word."""

from rasid.events.outline import Part
from rasid.events.propose import Candidate

_MUTUAL = frozenset(("SUPPORT", "AGREE", "CONSULT"))


def settle(candidate: Candidate, actors: list[Part], recipients: list[Part]) -> tuple[list[Part], list[Part]]:
    """Both sides with what the grammar alone knows: `البلدان`, that those who sign together are all actors, and lists."""
    actors, recipients = _pair(candidate.actors) or actors, _pair(candidate.recipients) or recipients
    if _is_mutual(candidate):
        placed, actors, recipients = (_met(candidate, those) for those in (candidate.actors, actors, recipients))
        known = any(part in placed for part in actors)
        alone = len({part.phrase and part.phrase.country for part in (*actors, *recipients)}) < 2  # `مع` may be of another word
        together = {part.first for part in (*recipients, *(part for part in placed if known and (part.conjoined or alone)))}
        return [*actors, *(part for part in placed if part.first in together and part not in actors)], []
    if candidate.predicate.mode == "visit":
        recipients = _visited(actors, recipients)
    return _with_list(candidate.actors, actors, recipients), _with_list(candidate.recipients, recipients, actors)


def _met(candidate: Candidate, those: list[Part]) -> list[Part]:
    """Who meets whom, where subject and object say it: `مع` is then of another word (`التقى نظيره لبحث الأزمة مع`)."""
    slots = candidate.places.slots
    if not all(any(part.phrase for part in slots.get(slot, ())) for slot in ("subject", "object")):
        return those
    return [part for part in those if part not in slots.get("مع", ())]


def _visited(guests: list[Part], hosts: list[Part]) -> list[Part]:
    """The hosts who are of another country than the guests, where there are any: nobody visits his own."""
    own = {part.phrase.country for part in guests if part.phrase}
    return [part for part in hosts if part.phrase and part.phrase.country not in own] or hosts


def _with_list(placed: list[Part], chosen: list[Part], facing: list[Part]) -> list[Part]:
    """Whom one side was given with all whom the grammar lists with them: of `أ وب وج` all or none."""
    if len(placed) < 2 or not chosen:
        return chosen
    lists: list[list[Part]] = []
    for part in placed:
        if part.conjoined and lists:
            lists[-1].append(part)
        else:
            lists.append([part])
    more = [part for one in lists if any(part in chosen for part in one) for part in one if part not in chosen]
    return [*chosen, *(part for part in more if part not in facing)]


def _is_mutual(candidate: Candidate) -> bool:
    """Do all who take part in this act do it: those who meet or sign, and those between whom it is (`اشتباكات بين`)?"""
    predicate = candidate.predicate
    together = predicate.type in _MUTUAL or any("بين" in union or "مع" in union for union in predicate.actor)
    return together and not predicate.recipient


def _pair(parts: list[Part]) -> list[Part]:
    """`البلدان`, where the grammar puts it: training has seen too few of its kind to know better."""
    return [part for part in parts if part.phrase and part.phrase.stands_for == "pair"]
