"""Status: done, planned, possible, denied or long ago, from tense, particles, verbs of intention and dates."""

from rasid.events.outline import Outline
from rasid.events.propose import Candidate
from rasid.events.when import status_by_time
from rasid.model import Interval, PageDate, Status

_FUTURE = frozenset(("سوف", "وسوف"))
_FUTURE_WORDS = frozenset(
    (
        "المقبل",
        "المقبله",
        "القادم",
        "القادمه",
        "غدا",
        "المزمع",
        "المرتقب",
        "المرتقبه",
        "المقرر",
        "المقرره",
        "المتوقع",
        "المنتظر",
    )
)
_NEGATORS = frozenset(("لم", "لن", "ولم", "ولن", "لا", "ولا"))
_TURNS_TO_PROMISE = frozenset(("CONSULT", "SUPPORT", "COOPERATE", "AID"))


def status_of(outline: Outline, candidate: Candidate, times: list[Interval], published: PageDate) -> tuple[Status, str]:
    """The status of a candidate, and the rule that decided it, in words.

    `times` is when it happened; where its own clause names no time, the times that its sentence names.
    """
    words, at, use = outline.words, candidate.head.at, candidate.head.use
    before = [words[n].form.fold for n in range(max(0, at - 2), at)]
    governor = candidate.governor
    if any(word in _NEGATORS for word in before) and use.tense in ("past", "present"):
        return "negated", "negated by " + " ".join(before)
    if before and before[-1] in ("عدم", "بعدم", "لعدم"):
        return "negated", "عدم before it"
    if governor and governor.status in ("future", "hypothetical", "negated"):
        return governor.status, f"depends on {governor.lemma}"  # type: ignore[return-value]
    if use.future or any(word in _FUTURE for word in before):
        return "future", "future tense"
    if use.tense != "past":
        near = {words[n].form.fold for n in range(max(0, at - 5), min(len(words), candidate.places.last, at + 8))}
        if near & _FUTURE_WORDS:
            return "future", "announced for " + " ".join(sorted(near & _FUTURE_WORDS))
    if use.tense == "present" and any(outline.kinds[n] == "doubt" for n in range(max(0, at - 1), at)):
        return "hypothetical", "قد or ربما before it"
    if any(outline.kinds[n] == "condition" for n in range(max(0, candidate.places.first - 1), at)):
        return "hypothetical", "in a condition"
    return status_by_time(times, published) or ("occurred", "reported as done or under way")


def planned_type(event_type: str, mode: str | None, status: Status) -> tuple[str, str | None]:
    """A future meeting, signature or aid is a promise (AGREE); a future withdrawal a concession (CONCEDE)."""
    if status == "future" and event_type in _TURNS_TO_PROMISE:
        return "AGREE", None
    if status == "future" and event_type == "RETREAT":
        return "CONCEDE", None
    return event_type, mode
