"""Clauses: which words of a sentence are predicates, where each one's clause ends, and what stands in its places."""

from functools import lru_cache
from typing import NamedTuple

from rasid.actors.phrases import Phrase
from rasid.arabic.particles import particle
from rasid.arabic.words import Form, Word
from rasid.events.predicates import Use, uses

HARD = frozenset(("relative", "complementizer", "contrast", "condition"))
_HARD_MARKS = frozenset(":؛;.!?؟")
_SOFT_MARKS = frozenset('،,«»"“”()[]-–—…')
_NEVER_OBJECTS = frozenset(("ني", "ك", "كم", "كن", "كما"))  # news does not speak of thee and me: `بذلك` is no verb
_DASHES = frozenset("-–—*")  # a dateline ends with one
_BREAKS = {**dict.fromkeys(_SOFT_MARKS, 1), **dict.fromkeys(_HARD_MARKS, 2)}
# من قبل, على يد: who did it follows.
_BY = {**dict.fromkeys(("قبل", "جانب", "طرف"), "من"), **dict.fromkeys(("يد", "ايدي", "ايادي"), "علي")}
_LINKS = frozenset(("preposition", "adverb"))
_EPITHETS = 4  # words that may stand between a noun and its relative clause
_REACH = 40  # words: nothing further away belongs to a clause


class Head(NamedTuple):
    """A word that is a predicate, and the way it is taken here."""

    at: int
    use: Use


class Part(NamedTuple):
    """A constituent: a phrase that names somebody, a predicate's noun, or a run of unknown words; `preposition` governs it."""

    first: int
    last: int
    preposition: str
    conjoined: bool
    phrase: Phrase | None
    head: Head | None


class Outline(NamedTuple):
    """A sentence as clauses are read from it."""

    words: list[Word]
    breaks: list[int]  # per word: 0 none, 1 a mark that may end a clause, 2 a word or mark that does
    kinds: list[str]  # per word: the kind of particle that it is, or nothing
    heads: list[Head]
    verbs: dict[int, Head]  # finite verbs by place
    parts: list[Part]
    stems: list[frozenset[str]]  # per word: every shape under which a condition can name it


@lru_cache(maxsize=1 << 16)
def predicate_kind(form: Form) -> str:
    """`verb` for a form that can be a finite verb of the lexicon, `noun` for one that can only be a noun of it, else nothing."""
    taken = uses(form)
    if not taken:
        return ""
    return "verb" if any(use.tense in ("past", "present") for use in taken) else "noun"


@lru_cache(maxsize=1 << 16)
def can_report(form: Form) -> bool:
    """Can this form be a predicate that reports an event? For most sentences no word can, and nothing more is read of them."""
    return any(predicate.type for use in uses(form) for predicate in use.predicates)


@lru_cache(maxsize=1 << 16)
def stems(form: Form) -> frozenset[str]:
    """Every folded shape under which a condition of the lexicon can name this word."""
    found = {form.fold}
    for reading in form.readings:
        found.add(reading.stem)
        if reading.stem.endswith("ا") and len(reading.stem) > 3:
            found.add(reading.stem[:-1])
    return frozenset(found)


def read_outline(words: list[Word], phrases: list[Phrase], timed: set[int]) -> Outline:
    """The outline of a sentence. `timed` are the places of words that belong to time expressions, which fill no role."""
    kinds = [_kind(words, at) for at in range(len(words))]
    breaks = [2 if kind in HARD else _BREAKS.get(word.form.text, 0) for word, kind in zip(words, kinds, strict=True)]
    named = _named_places(phrases)
    starts = {phrase.first for phrase in phrases}
    heads: list[Head] = []
    for at, word in enumerate(words):
        if at in timed or at in named or kinds[at] not in ("", "auxiliary"):
            continue
        use = _choose_use(words, kinds, breaks, at, heads, starts)
        if use is not None:
            heads.append(Head(at, use))
    verbs = {head.at: head for head in heads if head.use.tense in ("past", "present")}
    return Outline(
        words, breaks, kinds, heads, verbs, _parts(words, kinds, phrases, heads, verbs, timed), [stems(word.form) for word in words]
    )  # fmt: skip


def _kind(words: list[Word], at: int) -> str:
    """The kind of particle that a word is; none where it is a verb that only looks like one (`فتحت`, `عبر عن`)."""
    form = words[at].form
    if form.fold in _BY and at and words[at - 1].form.fold.lstrip("و") == _BY[form.fold]:
        return "agent"
    role = particle(form)
    if role is None:
        return ""
    taken = uses(form)
    if taken and role.kind in _LINKS and not role.pronoun:
        looks = role.conjunction and any(not use.reading.conjunction for use in taken)
        following = particle(words[at + 1].form) if at + 1 < len(words) else None
        if looks or (
            following and following.kind == "preposition" and role.kind == "preposition" and not following.conjunction
        ):
            return ""
    return role.kind


def _named_places(phrases: list[Phrase]) -> set[int]:
    """Words inside names and offices, which are not read as predicates; the first word of a phrase of people may be one."""
    return {at for phrase in phrases for at in range(phrase.first, phrase.last) if phrase.kind != "people" or at > phrase.first}


def _choose_use(
    words: list[Word], kinds: list[str], breaks: list[int], at: int, heads: list[Head], starts: set[int]
) -> Use | None:
    """Of the ways to take a form, the one that its neighbours allow: after a preposition it is a noun, and so on."""
    options = [use for use in uses(words[at].form) if use.tense == "noun" or use.reading.pronoun not in _NEVER_OBJECTS]
    if not options:
        return None
    nouns = [use for use in options if use.tense == "noun"]
    finite = sorted((use for use in options if use.tense in ("past", "present")), key=_oddity)
    if not nouns or not finite:
        return (finite or nouns or options)[0]
    begins = at == 0 or breaks[at - 1]
    if finite[0].reading.conjunction and not nouns[0].reading.preposition:
        goes_on = heads and heads[-1].at == at - 1 and heads[-1].use.tense == "noun"  # `إدانة وشجب`
        return nouns[0] if goes_on or not (begins or at + 1 in starts or _is_small(kinds, at + 1)) else finite[0]
    if nouns[0].reading.preposition or nouns[0].reading.article:
        return nouns[0]
    if begins:
        return finite[0]
    if kinds[at - 1] in ("preposition", "adverb", "quantity", "demonstrative", "agent"):
        return nouns[0]
    if kinds[at - 1]:
        return finite[0]
    if heads and heads[-1].at == at - 1:
        return nouns[0]
    return nouns[0] if _is_construct(words[at - 1].form) else finite[0]


def _is_small(kinds: list[str], at: int) -> bool:
    return at < len(kinds) and bool(kinds[at])


def _is_construct(form: Form) -> bool:
    """Can a noun that follows own this word (`عملية قتل`)? Not one with ال, nor a plural in ون or ات."""
    return form.kind == "word" and not form.fold.startswith("ال") and not form.fold.endswith(("ون", "ين", "ات"))


def _oddity(use: Use) -> tuple[bool, int]:
    """News speaks in the third person; `أصيب` is "was hit" before it is "I hit"."""
    return use.person == 1, (bool(use.reading.conjunction) + bool(use.reading.preposition) + bool(use.reading.pronoun))


def _parts(
    words: list[Word], kinds: list[str], phrases: list[Phrase], heads: list[Head], verbs: dict[int, Head], timed: set[int]
) -> list[Part]:
    """The constituents in order. Runs of unknown words count: they fill places that a later phrase must not take."""
    starts = {phrase.first: phrase for phrase in phrases}
    nouns = {head.at: head for head in heads if head.at not in verbs}
    parts: list[Part] = []
    at = 0
    while at < len(words):
        phrase = starts.get(at)
        if phrase is not None:
            parts.append(
                Part(at, phrase.last, _governor(words, kinds, at, phrase.preposition), phrase.conjoined, phrase, nouns.get(at))
            )
            at = phrase.last
        elif at in nouns:
            reading = nouns[at].use.reading
            parts.append(
                Part(at, at + 1, _governor(words, kinds, at, reading.preposition), bool(reading.conjunction), None, nouns[at])
            )
            at += 1
        elif words[at].form.kind != "word" or kinds[at] or at in timed or at in verbs:
            at += 1
        else:
            end = at + 1
            while (
                end < len(words)
                and words[end].form.kind == "word"
                and not kinds[end]
                and end not in timed
                and end not in verbs
                and end not in nouns
                and end not in starts
            ):
                end += 1
            conjunction, preposition = _unknown_clitics(words[at].form)
            parts.append(Part(at, end, _governor(words, kinds, at, preposition), conjunction, None, None))
            at = end
    return parts


def _unknown_clitics(form: Form) -> tuple[bool, str]:
    """For a word that no table knows only ال makes sure that the letters before it are clitics."""
    for reading in form.readings:
        if reading.article:
            return bool(reading.conjunction), reading.preposition
    return False, ""


def _governor(words: list[Word], kinds: list[str], at: int, preposition: str) -> str:
    """The preposition that governs a constituent; `agent` for من قبل and على يد."""
    if at and kinds[at - 1] == "agent":
        return "agent"
    if preposition or at == 0:
        return preposition
    role = particle(words[at - 1].form)
    if role is None or role.pronoun:
        return ""
    return role.stem if kinds[at - 1] in _LINKS else ""


class Places(NamedTuple):
    """What stands in the places of a predicate's clause: by slot (`subject`, `object`, or a folded preposition)."""

    slots: dict[str, list[Part]]
    first: int  # the clause, as words
    last: int
    governor: Head | None  # the finite verb that this predicate depends on
    link: str  # what joins it to its governor: a preposition, `ان`, or nothing for an object
    passive: bool = False


def read_verb(outline: Outline, head: Head, likely_passive: bool, active: bool = False) -> Places:
    """The places of a finite verb: its subject on either side of it, its object, and its prepositional phrases.

    `likely_passive`: with one noun phrase only, it is read as passive; `active`: it is never passive.
    """
    left, boundary = _left(outline, head.at)
    right, last = _right(outline, head.at, noun=False)
    slots, core = _sort_right(outline, right, head)
    antecedent = _antecedent(outline, boundary)
    use = head.use
    if use.reading.pronoun and left and core and antecedent is None:
        antecedent, left = left[0], None  # `الناشط اعتقلته الشرطة`
    if left and core and _follows(outline, head.at, core[0][0]) and not _precedes(outline, left[-1], head.at):
        left = None  # the verb's own subject comes right after it
    subject = left
    if subject is None and antecedent is not None and not use.reading.pronoun:
        subject = [antecedent]
    if antecedent is not None and use.reading.pronoun:
        slots["object"] = [antecedent]
    elif use.reading.pronoun:
        previous = _last_person(outline, head.at)
        slots["object"] = [previous] if previous else []
    for preposition in _pronoun_prepositions(outline, head.at, last):
        owner = antecedent or (left or [None])[0] or _last_person(outline, head.at)
        if owner and preposition not in slots:
            slots[preposition] = [owner]
            if subject and subject[0] is owner and (core or "passive" in use.voices):
                subject = None  # `الرهائن أفرج عنهم`: the one before the verb is not its subject
    core = _agree(outline, head, core, subject)
    if subject is None and core:
        subject = core.pop(0)
    if core and "object" not in slots:
        slots["object"] = core.pop(0)
    passive = not active and _is_passive(use, slots, subject, likely_passive)
    if passive:
        if subject:
            slots["object"] = subject
        subject = slots.get("agent")
    elif slots.get("agent") and not subject:
        subject = slots["agent"]
    if subject is None and not passive and use.reading.conjunction:
        subject = _subject_before(outline, head)
    if subject:
        slots["subject"] = subject
    governor, link = _governing(outline, head.at)
    return Places(slots, boundary + 1, last, governor, link, passive)


def _follows(outline: Outline, at: int, part: Part) -> bool:
    """Does `part`, which names somebody, stand right after the verb, or with nothing but small words between?"""
    return part.phrase is not None and all(
        outline.kinds[n] or outline.words[n].form.kind == "mark" for n in range(at + 1, part.first)
    )


def _precedes(outline: Outline, part: Part, at: int) -> bool:
    """Does `part` stand right before the verb, but for small words, marks and times?"""
    return not any(other.first >= part.last and other.last <= at for other in outline.parts)


def _pronoun_prepositions(outline: Outline, at: int, last: int) -> list[str]:
    """Prepositions with a pronoun in the clause (`عنهم`, `عليه`), folded and bare."""
    found = []
    for n in range(at + 1, min(last, at + 6)):
        if outline.kinds[n] == "preposition":
            role = particle(outline.words[n].form)
            if role and role.pronoun:
                found.append(role.stem)
        elif outline.kinds[n] == "attached":
            found.append(outline.words[n].form.fold.lstrip("و")[0])
    return found


def _is_passive(use: Use, slots: dict[str, list[Part]], subject: list[Part] | None, likely: bool) -> bool:
    if "passive" not in use.voices or use.reading.pronoun:
        return False
    if "active" not in use.voices or slots.get("agent"):
        return True
    return likely and not slots.get("object") and subject is not None


def _agree(outline: Outline, head: Head, core: list[list[Part]], subject: list[Part] | None) -> list[list[Part]]:
    """An empty subject before `core` where its first noun phrase cannot be one: accusative, or of the wrong gender."""
    if subject is not None or not core or not core[0]:
        return core
    part = core[0][0]
    if part.phrase is None:
        return core
    form = outline.words[part.phrase.last - 1 if part.phrase.first + 1 < part.phrase.last else part.phrase.first].form
    first = next(
        (
            outline.words[n].form
            for n in range(part.first, part.last)
            if outline.words[n].form.kind == "word" and not outline.kinds[n]
        ),
        form,
    )
    accusative = first.fold.endswith("ين") and part.phrase.kind in ("people", "office") and len(first.fold) > 4
    verb = head.use
    wrong = verb.number == "p" or (verb.gender == "f" and first.text.endswith("ون"))
    if accusative or wrong:
        return [[], *core] if len(core) == 1 else core
    return core


def read_noun(outline: Outline, head: Head, of: str) -> Places:
    """The places of a verbal noun: its genitive or pronoun, its object, its prepositional phrases, or what its verb gives it."""
    right, last = _right(outline, head.at, noun=True)
    slots: dict[str, list[Part]] = {}
    bare: list[list[Part]] = []
    current: list[Part] | None = None
    for part in right:
        if part.conjoined and current is not None and not part.preposition:
            current.append(part)
            continue
        if part.preposition:
            current = slots.setdefault(part.preposition, [])
            current.append(part)
        elif len(bare) < 2 and (bare or part.first == head.at + 1 or _only_marks(outline, head.at + 1, part.first)):
            current = [part]
            bare.append(current)
        else:
            current = None
    other = "object" if of == "subject" else "subject"
    if head.use.reading.pronoun:
        owner = _last_person(outline, head.at)
        if owner:
            slots[of] = [owner]
    if bare:
        if len(bare) == 2 and of == "object" and not slots.get(of) and bare[0][0].phrase and bare[1][0].phrase:
            slots["subject"], slots["object"] = bare
        elif slots.get(of):
            slots.setdefault(other, bare[0])
        else:
            slots[of] = bare[0]
            if len(bare) == 2:
                slots.setdefault(other, bare[1])
    if of == "object" and "ل" in slots and bare and "subject" not in slots:
        slots["subject"], slots["object"] = slots["object"], slots["ل"]
    if "object" not in slots and "ل" in slots and not (of == "subject" and _is_person(slots["ل"][0])):
        slots["object"] = slots["ل"]  # `زيارة لموسكو`, but not `الأولى لوزير`
    if "subject" not in slots and "nisba" in slots:
        slots["subject"] = slots["nisba"]
    if slots.get("agent"):
        slots["subject"] = slots["agent"]
    governor, link = _governing(outline, head.at)
    return Places(_with_relative(outline, head, slots), max(0, head.at - _REACH), last, governor, link)


def _with_relative(outline: Outline, head: Head, slots: dict[str, list[Part]]) -> dict[str, list[Part]]:
    """A noun's places with those that its relative clause fills: `الهجوم الذي شنه فلان على كذا`, `التفجير الذي استهدف كذا`."""
    at = head.at + 1
    while at < len(outline.words) and at - head.at < _EPITHETS and not outline.kinds[at] and at not in outline.verbs:
        at += 1
    if at + 1 >= len(outline.words) or outline.kinds[at] != "relative" or at + 1 not in outline.verbs:
        return slots
    verb = outline.verbs[at + 1]
    inner = read_verb(outline, verb, False, active=True).slots
    resumed = verb.use.reading.pronoun or any(
        part.head is head for parts in (v for k, v in inner.items() if k != "subject") for part in parts
    )
    if resumed:  # `شنه فلان`, `قام بها فلان`: the verb's subject did it
        return {
            slot: parts for slot, parts in inner.items() if slot != "object" and not any(p.head is head for p in parts)
        } | slots
    return {"object": inner["object"], **slots} if inner.get("object") else slots


def _is_person(part: Part) -> bool:
    return part.phrase is not None and part.phrase.kind in ("person", "office")


def _only_marks(outline: Outline, first: int, last: int) -> bool:
    return all(outline.words[n].form.kind == "mark" and outline.words[n].form.text in '«"“(' for n in range(first, last))


def _left(outline: Outline, at: int) -> tuple[list[Part] | None, int]:
    """The subject that stands before the verb at `at`, and where its clause begins (the place of the boundary, or -1)."""
    boundary = at - 1
    while boundary >= 0 and outline.breaks[boundary] < 2 and boundary not in outline.verbs and at - boundary < _REACH:
        if outline.words[boundary].form.text in _DASHES:
            break
        boundary -= 1
    if boundary in outline.verbs or _conjoined(outline, at):
        return None, boundary
    found: list[Part] | None = None
    for part in outline.parts:
        if part.first <= boundary:
            continue
        if part.first >= at:
            break
        if part.preposition:
            continue
        if found is None:
            found = [part]
        elif part.conjoined and found[-1].last >= part.first - 1:
            found.append(part)
    return found, boundary


def _conjoined(outline: Outline, at: int) -> bool:
    head = outline.verbs.get(at)
    return head is not None and bool(head.use.reading.conjunction)


def _antecedent(outline: Outline, boundary: int) -> Part | None:
    """What a relative clause that begins at `boundary` is about: the constituent before الذي."""
    if boundary < 0 or outline.kinds[boundary] != "relative":
        return None
    before = [part for part in outline.parts if part.last <= boundary]
    return before[-1] if before else None


def _right(outline: Outline, at: int, noun: bool) -> tuple[list[Part], int]:
    """The constituents after a predicate up to the end of its clause, and that end."""
    words, breaks = outline.words, outline.breaks
    end = at + 1
    limit = min(len(words), at + _REACH)
    while (
        end < limit
        and breaks[end] < 2
        and end not in outline.verbs
        and not (noun and breaks[end] == 1 and words[end].form.text in "،,")
    ):
        end += 1
    return [part for part in outline.parts if part.first > at and part.first < end], end


def _sort_right(outline: Outline, right: list[Part], head: Head) -> tuple[dict[str, list[Part]], list[list[Part]]]:
    """Prepositional phrases by preposition, and up to two bare noun phrases, each with what is joined to it by و."""
    slots: dict[str, list[Part]] = {}
    core: list[list[Part]] = []
    current: list[Part] | None = None
    previous: Part | None = None
    for part in right:
        if part.preposition:
            current = slots.setdefault(part.preposition, [])
            current.append(part)
        elif part.conjoined and core and _comma(outline, part):
            current = core[-1]  # `وقعه فلان، المكلف بكذا، وفلان`: the list goes on over what describes its first
            current.append(part)
        elif part.conjoined and current is not None:
            current.append(part)
        elif previous is not None and current is not None and part.first == previous.last and _can_be_owned(outline, previous):
            current.append(part)  # the genitive of an unknown noun or of a verbal noun
        elif (
            len(core) < 2 and not (previous is not None and part.first == previous.last and not _comma(outline, part))
        ) or len(core) < 2:
            current = [part]
            core.append(current)
        else:
            current = None
        previous = part
    return slots, core


def _can_be_owned(outline: Outline, part: Part) -> bool:
    """Can what follows be the genitive of this unknown noun? Not after ال."""
    return part.phrase is None and not any(reading.article for reading in outline.words[part.last - 1].form.readings)


def _comma(outline: Outline, part: Part) -> bool:
    return part.first > 0 and outline.words[part.first - 1].form.text in "،,"


def _last_person(outline: Outline, at: int) -> Part | None:
    """Whom a pronoun at `at` stands for: the last one before it who stands free, as a subject does, else the last one named."""
    named = [part for part in outline.parts if part.last <= at and part.phrase and part.phrase.kind != "place"]
    owned = {part.last for part in outline.parts if part.phrase is None}
    free = [part for part in named if not part.preposition and not part.conjoined and part.first not in owned]
    return (free or named or [None])[-1]


def _subject_before(outline: Outline, head: Head) -> list[Part] | None:
    """The subject of the verb before, which a verb joined by و shares when it names none."""
    earlier = [at for at in outline.verbs if at < head.at]
    if not earlier:
        return None
    place = read_verb(outline, outline.verbs[max(earlier)], False)
    return place.slots.get("subject")


def _governing(outline: Outline, at: int) -> tuple[Head | None, str]:
    """The finite verb before `at` in whose complement it stands, and what links them."""
    link = ""
    for n in range(at - 1, max(-1, at - _REACH), -1):
        if n in outline.verbs:
            return outline.verbs[n], link
        if outline.breaks[n] == 2:
            if outline.kinds[n] != "complementizer":
                return None, ""
            link = "ان"
    return None, ""
