"""From clauses to candidate events: the predicate whose conditions hold, and who stands in the places of its frame."""

from functools import cache
from typing import NamedTuple

from rasid.events.clauses import Places, read_noun, read_verb, subject_of_main
from rasid.events.outline import Head, Outline, Part, can_report
from rasid.events.predicates import Predicate, Slots, Wanted, uses

_SPEAK_OF = frozenset(("REQUEST", "AGREE", "CONCEDE", "REJECT", "THREATEN", "SUPPORT"))
_COMPLEMENTS = frozenset(("", "ب", "عن", "الي", "علي", "ل"))
_WINDOW = 12  # words on either side that `any` in a condition looks at
_COMPLEMENT_REACH = 9


class Candidate(NamedTuple):
    """A predicate found in a sentence, with what fills its roles."""

    head: Head
    predicate: Predicate
    places: Places
    actors: list[Part]
    recipients: list[Part]
    last: int  # the trigger's last word, exclusive: two words where the predicate has a fixed complement beside it
    governor: Predicate | None  # of the verb that this one depends on


def propose(outline: Outline) -> list[Candidate]:
    """Every event that the predicates of a sentence allow, in order, but for acts that another one only speaks of."""
    found = [candidate for head in outline.heads if (candidate := _candidate(outline, head)) is not None]
    nouns = {candidate.head.at: candidate for candidate in found if candidate.head.use.tense == "noun"}
    return [one for one in found if not _spoken_of(outline, one) and not _is_told_next(one, nouns)]


def _is_told_next(candidate: Candidate, nouns: dict[int, Candidate]) -> bool:
    """Is this noun a frame for the one that it owns, which tells the same act (`حملة اعتقالات`)?"""
    following = nouns.get(candidate.head.at + 1)
    same = following is not None and following.predicate.type == candidate.predicate.type
    return same and candidate.head.at in nouns and candidate.last == candidate.head.at + 1


def _spoken_of(outline: Outline, candidate: Candidate) -> bool:
    """Is this act what its verb asks, promises, refuses, threatens or signs: `ترفض نزع سلاحها`, `وقعا اتفاقا`?"""
    governor = candidate.governor
    if governor is None or governor.type not in _SPEAK_OF or candidate.head.use.tense != "noun":
        return False
    if governor.type == "SUPPORT" and candidate.predicate.type != "AGREE":
        return False
    part = next((part for part in outline.parts if part.head is candidate.head), None)
    return part is not None and part.preposition in _COMPLEMENTS


def _candidate(outline: Outline, head: Head) -> Candidate | None:
    if not can_report(outline.words[head.at].form):
        return None
    for way in _ways(outline, head):
        if not any(predicate.type for predicate in way.use.predicates):
            return None
        found = _sense(outline, way)
        if found:
            return found if found.predicate.type else None
    return None


def _ways(outline: Outline, head: Head) -> list[Head]:
    """A head as it was taken, and where it is no finite verb as it can be taken else: `متهما` is an accused one or accusing."""
    if head.at in outline.verbs:
        return [head]
    form = outline.words[head.at].form
    others = (use for use in uses(form) if use.tense in ("noun", "participle") and use.tense != head.use.tense)
    return [head, *[Head(head.at, use) for use in others]]


def _sense(outline: Outline, head: Head) -> Candidate | None:
    """The first sense of a head that holds, even if it reports no event."""
    read: dict[tuple[str, bool], Places] = {}  # senses of one word mostly read its clause alike
    for predicate in head.use.predicates:
        complement = _complement(outline, head, predicate)
        if predicate.complement and complement is None:
            continue
        way = (predicate.of, predicate.passive)
        places = read.get(way) or read.setdefault(way, _places(outline, head, predicate))
        if _holds(outline, head, places, predicate):
            return _chosen(outline, head, predicate, places, complement)
    return None


def _chosen(outline: Outline, head: Head, predicate: Predicate, places: Places, complement: int | None) -> Candidate:
    """The candidate of the sense that holds, with what its verb, its antecedent and its frame give it."""
    governor = governing_predicate(outline, places.governor)
    if head.use.tense == "noun":
        places = _lifted(outline, places, governor, head)
    elif head.use.tense == "participle" or (head.use.person == 1 and "subject" not in places.slots):
        places = places._replace(slots={**places.slots, "subject": subject_of_main(outline, head.at)})
    if complement is not None and complement < head.at:
        places = _shared(outline, places, complement)
    last = complement + 1 if complement == head.at + 1 else head.at + 1
    actors, recipients = (_fill(slots, places, complement) for slots in (predicate.actor, predicate.recipient))
    return Candidate(head, predicate, places, actors, recipients, last, governor)


def _places(outline: Outline, head: Head, predicate: Predicate) -> Places:
    if head.use.tense in ("noun", "participle"):
        return read_noun(outline, head, predicate.of if head.use.tense == "noun" else "object")
    return read_verb(outline, head, predicate.passive)


def governing_predicate(outline: Outline, governor: Head | None) -> Predicate | None:
    """The first sense of a governing verb whose conditions hold in its own clause."""
    if governor is None:
        return None
    for predicate in governor.use.predicates:
        if not (predicate.needs or predicate.forbids or predicate.complement):
            return predicate
        complete = not predicate.complement or _complement(outline, governor, predicate) is not None
        if complete and _holds(outline, governor, read_verb(outline, governor, predicate.passive), predicate):
            return predicate
    return None


def _lifted(outline: Outline, places: Places, governor: Predicate | None, head: Head) -> Places:
    """A noun's places with what the verb that carries it gives: `قامت الشرطة بمداهمة`, `وصل في زيارة`."""
    if governor is None or places.governor is None:
        return places
    part = next((part for part in outline.parts if part.head is head), None)
    stands = part.preposition if part else ""
    light = governor.light and (stands in governor.light or ("object" in governor.light and not stands))
    if not light and not (stands and "subject" not in places.slots and governor.gives == "subject"):
        return places
    gives = governor.gives if light else "subject"
    if gives in places.slots:
        return places
    subject = read_verb(outline, places.governor, governor.passive, active=bool(light)).slots.get("subject")
    if not subject or any(part.head is head for part in subject):
        return places
    return places._replace(slots={**places.slots, gives: subject})


def _shared(outline: Outline, places: Places, complement: int) -> Places:
    """Places with whose it is that a pronoun stands for: in `أقام البلدان علاقات قبل أن تقطعها الرباط`, the two countries'."""
    owners = [part for part in outline.parts if part.last <= complement and part.phrase and not part.preposition]
    return places._replace(slots={"مع": owners[-1:], **places.slots}) if owners else places


def _complement(outline: Outline, head: Head, predicate: Predicate) -> int | None:
    """Where the fixed words of a predicate stand (`أطلقت الشرطة النار`), or None."""
    if not predicate.complement:
        return None
    firsts = _firsts(predicate.complement)
    if firsts.isdisjoint(outline.vocabulary):
        return None
    for at in range(head.at + 1, min(len(outline.words), head.at + 1 + _COMPLEMENT_REACH)):
        if outline.breaks[at] == 2:
            break
        if not firsts.isdisjoint(outline.stems[at]):
            return at
        if at in outline.verbs:
            break
    if head.use.reading.pronoun:  # `علاقات، قبل أن تقطعها الرباط`
        return next((at for at in range(head.at) if not firsts.isdisjoint(outline.stems[at])), None)
    return None


@cache
def _firsts(phrases: tuple[str, ...]) -> frozenset[str]:
    return frozenset(phrase.split()[0] for phrase in phrases)


def _holds(outline: Outline, head: Head, places: Places, predicate: Predicate) -> bool:
    vocabulary = outline.vocabulary
    for condition in predicate.needs:
        if condition[1].any.isdisjoint(vocabulary) or not _meets(outline, head, places, condition):
            return False
    for condition in predicate.forbids:  # of nearly all, the sentence has no word
        if not condition[1].any.isdisjoint(vocabulary) and _meets(outline, head, places, condition):
            return False
    return True


def _meets(outline: Outline, head: Head, places: Places, condition: tuple[str, Wanted]) -> bool:
    where, words = condition
    single = not words.single.isdisjoint(outline.vocabulary)
    several = not words.firsts.isdisjoint(outline.vocabulary)
    for first, last in _spans(outline, head, places, where):
        shapes = outline.stems[max(first, 0) : last]
        if single:
            for shape in shapes:
                if not words.single.isdisjoint(shape):
                    return True
        if several:
            for word in words.firsts & outline.vocabulary:
                if any(_contains(shapes, phrase) for phrase in words.several[word]):
                    return True
    return False


def _spans(outline: Outline, head: Head, places: Places, where: str) -> list[tuple[int, int]]:
    """The words at which a condition looks."""
    if where in ("next", "before"):
        beside = _beside(outline, head.at, 1 if where == "next" else -1)
        return [(beside, beside + 1)]
    if where == "any":
        return [(max(0, head.at - _WINDOW), head.at), (head.at + 1, head.at + 1 + _WINDOW)]
    if where == "object" and head.use.reading.pronoun:  # `قبل أن تقطعها الرباط`: the thing meant stands before
        return [(part.first, part.last) for part in outline.parts if part.last <= head.at]
    return [(part.first, part.last) for part in places.slots.get(where, ())]


def _beside(outline: Outline, at: int, step: int) -> int:
    """The place of the next word in one direction, over quotation marks and other marks."""
    at += step
    while 0 <= at < len(outline.words) and outline.words[at].form.kind == "mark":
        at += step
    return at


def _contains(shapes: list[frozenset[str]], phrase: tuple[str, ...]) -> bool:
    first, size = phrase[0], len(phrase)
    return any(
        first in shapes[n] and all(word in shapes[n + k] for k, word in enumerate(phrase))
        for n in range(len(shapes) - size + 1)
    )


def _fill(slots: Slots, places: Places, complement: int | None) -> list[Part]:
    """Who fills a role: of the alternatives the first that has somebody in it."""
    for union in slots:
        parts = [part for slot in union for part in places.slots.get(slot, ())]
        if "subject" in union and "بين" in places.slots and not any(part.phrase for part in parts):
            parts = places.slots["بين"]
        named = [part for part in {part.first: part for part in parts}.values() if part.phrase and part.first != complement]
        if named:
            return named
    return []


class Trial(NamedTuple):
    """One sense of a word, tried on its clause: which condition keeps it from holding (`if object`), or nothing."""

    predicate: Predicate
    failed: str
    places: Places


def trials(outline: Outline, head: Head) -> list[Trial]:
    """The senses of `head` in the order in which they are tried, up to the first that holds."""
    found: list[Trial] = []
    for predicate in head.use.predicates:
        places = _places(outline, head, predicate)
        found.append(Trial(predicate, _failed(outline, head, places, predicate), places))
        if not found[-1].failed:
            break
    return found


def _failed(outline: Outline, head: Head, places: Places, predicate: Predicate) -> str:
    if predicate.complement and _complement(outline, head, predicate) is None:
        return f"with {'|'.join(predicate.complement)}"
    missing = [place for place, words in predicate.needs if not _meets(outline, head, places, (place, words))]
    present = [place for place, words in predicate.forbids if _meets(outline, head, places, (place, words))]
    return ", ".join([*(f"if {place}" for place in missing), *(f"unless {place}" for place in present)])
