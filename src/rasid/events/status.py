"""Status: done, planned, possible, denied or long ago, from tense, particles, verbs of intention and dates."""

from rasid.events.outline import Outline
from rasid.events.predicates import Predicate
from rasid.events.propose import Candidate
from rasid.events.signs import signs
from rasid.events.when import status_by_time
from rasid.model import Interval, PageDate, Status

_TURNS_TO_PROMISE = frozenset(("CONSULT", "SUPPORT", "COOPERATE", "AID"))
_SPOKEN = frozenset(("ACCUSE", "AGREE", "CONCEDE", "REJECT", "REQUEST", "SUPPORT", "THREATEN"))
_BEFORE = 3  # words before a noun that can say that it is only feared, or remembered


def status_of(outline: Outline, candidate: Candidate, times: list[Interval], published: PageDate) -> tuple[Status, str]:
    """The status of a candidate, and the rule that decided it, in words.

    `times` is when it happened; where its own clause names no time, the times that its sentence names.
    """
    words, at, use = outline.words, candidate.head.at, candidate.head.use
    before = [words[n].form.fold for n in range(max(0, at - 2), at)]
    negated = not signs("negator").isdisjoint(before)
    if candidate.predicate.type == "THREATEN" and use.tense == "present" and (use.future or negated):
        return "occurred", "what it says is the threat"
    if negated and use.tense in ("past", "present"):
        return "negated", "negated by " + " ".join(before)
    if before and before[-1] in signs("lack") and use.tense == "noun":
        return "negated", f"{before[-1]} before it"
    ruled = _ruled(outline, candidate)
    if ruled:
        return ruled
    if use.future or not signs("future").isdisjoint(before):
        return "future", "future tense"
    if use.tense != "past":
        near = {words[n].form.fold for n in range(max(0, at - 5), min(len(words), candidate.places.last, at + 8))}
        if near & signs("announced"):
            return "future", "announced for " + " ".join(sorted(near & signs("announced")))
    if use.tense == "present" and "doubt" in outline.kinds[max(0, at - 1) : at]:
        return "hypothetical", "قد or ربما before it"
    clause = range(max(0, candidate.places.first - 1), at)
    if "condition" in outline.kinds[clause.start : at] and any(_is_condition(outline, n) for n in clause):
        return "hypothetical", "in a condition"
    if use.tense == "noun":
        close = [words[n].form.fold for n in range(max(0, at - _BEFORE), at)]
        feared = [word for word in close if word in signs("possible")]
        if feared:
            return "hypothetical", f"{feared[0]} before it"
        if not signs("anniversary").isdisjoint(close):
            return "historical", "its anniversary"
    own = [time for time in times if not _of_another(outline, candidate, time)]
    return status_by_time(times, own, published) or ("occurred", "reported as done or under way")


def _of_another(outline: Outline, candidate: Candidate, time: Interval) -> bool:
    """Does another act stand between words of speech and a time (`دعا إلى تعديل الاتفاق المبرم عام 2015`)?"""
    if time.span is None or candidate.predicate.type not in _SPOKEN:
        return False
    at, start = candidate.head.at, time.span.start
    return any(head.at > at and outline.words[head.at].start < start for head in outline.heads)


def _ruled(outline: Outline, candidate: Candidate) -> tuple[Status, str] | None:
    """What the verb that an act depends on says of it: `يعتزم زيارة`, `لم يقدم استقالته`, `ستفتح تحقيقا`."""
    governor, head = candidate.governor, candidate.places.governor
    if governor is None or head is None:
        return None
    part = next((part for part in outline.parts if part.head is candidate.head), None)
    stands = part.preposition if part else ""
    if governor.status in ("future", "hypothetical", "negated") and (_carries(governor, stands) or not governor.light):
        return governor.status, f"depends on {governor.lemma}"  # type: ignore[return-value]
    if candidate.head.use.tense != "noun" or candidate.places.link == "ان":
        return None
    before = [outline.words[n].form.fold for n in range(max(0, head.at - 2), head.at)]
    if (_carries(governor, stands) or governor.status == "topic") and not signs("negator").isdisjoint(before):
        return "negated", f"depends on {governor.lemma}, negated by {' '.join(before)}"
    if _carries(governor, stands) and (head.use.future or not signs("future").isdisjoint(before)):
        return "future", f"depends on {governor.lemma} in the future tense"
    return None


def _carries(governor: Predicate, stands: str) -> bool:
    """Is an act that stands behind this preposition what a light verb carries?"""
    return bool(governor.light) and (stands in governor.light or (not stands and "object" in governor.light))


def _is_condition(outline: Outline, at: int) -> bool:
    """`إذا`, but not `أما`, which is written alike where hamzas are left out, nor `ما إذا`."""
    if outline.kinds[at] != "condition" or outline.words[at].form.fold in signs("either"):
        return False
    return at == 0 or outline.words[at - 1].form.fold not in ("ما", "عما", "فيما")


def planned_type(event_type: str, mode: str | None, status: Status) -> tuple[str, str | None]:
    """A future meeting, signature or aid is a promise (AGREE); a future withdrawal a concession (CONCEDE)."""
    if status == "future" and event_type in _TURNS_TO_PROMISE:
        return "AGREE", None
    if status == "future" and event_type == "RETREAT":
        return "CONCEDE", None
    return event_type, mode
