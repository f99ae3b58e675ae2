"""Clauses: what stands in the places of a predicate, on either side of it, up to where its clause ends."""

from typing import NamedTuple

from rasid.arabic.particles import particle
from rasid.events.outline import Head, Outline, Part
from rasid.events.predicates import Use

_DAMMA = "\u064f"
_DASHES = frozenset("-–—*")  # a dateline ends with one
_NISBA = ("ي", "ية", "يا", "ياً", "يًا")  # of an adjective made of a noun, without ال
_EPITHETS = 4  # words that may stand between a noun and its relative clause
_REACH = 40  # words: nothing further away belongs to a clause


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
    way = (head.at, likely_passive, active)
    if way not in outline.read:
        outline.read[way] = _read_verb(outline, head, likely_passive, active)
    places: Places = outline.read[way]
    return places


def _read_verb(outline: Outline, head: Head, likely_passive: bool, active: bool) -> Places:
    left, boundary = _left(outline, head.at)
    right, last = _right(outline, head.at, noun=False)
    slots, core = _sort_right(outline, right)
    antecedent = _antecedent(outline, boundary)
    use = head.use
    if use.reading.pronoun and left and core and core[0][0].phrase and use.number != "p" and antecedent is None:
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
        owner = antecedent or (left[0] if left else _last_person(outline, head.at))
        if owner and preposition not in slots:
            slots[preposition] = [owner]
            if subject and subject[0] is owner and (core or "passive" in use.voices):
                subject = None  # `الرهائن أفرج عنهم`: the one before the verb is not its subject
    core = _agree(outline, head, core, subject)
    if subject is None and core:
        subject = core.pop(0) or None
    if core and "object" not in slots:
        slots["object"] = core.pop(0)
    vowelled = use.tense == "past" and _DAMMA in outline.words[head.at].form.text[1:3]  # `قُتل`
    passive = not active and (_is_passive(use, slots, subject, likely_passive) or ("passive" in use.voices and vowelled))
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
    """The places of a verbal noun: its genitive or pronoun, its object, its prepositional phrases."""
    right, last = _right(outline, head.at, noun=True)
    slots: dict[str, list[Part]] = {}
    bare: list[list[Part]] = []
    current: list[Part] | None = None
    edge = head.at + 1  # of the noun with what describes it
    for part in right:
        if not bare and part.first == edge and _describes(outline, head.at, part):
            edge = part.last
            continue
        if part.conjoined and current is not None and not part.preposition:
            current.append(part)
            continue
        if part.preposition:
            current = slots.setdefault(part.preposition, [])
            current.append(part)
        elif len(bare) < 2 and (bare or part.first == edge or _only_marks(outline, edge, part.first)):
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
    bare = not outline.words[head.at].form.fold.startswith("ال")
    if bare and at in outline.verbs and outline.verbs[at].use.reading.pronoun:  # `اتصال هاتفي أجراه مع كذا`
        verb = outline.verbs[at]
    elif at + 1 < len(outline.words) and outline.kinds[at] == "relative" and at + 1 in outline.verbs:
        verb = outline.verbs[at + 1]
    else:
        return slots
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
    owner: Part | None = None  # the unknown noun right before
    for part in outline.parts:
        if part.first <= boundary:
            continue
        if part.first >= at:
            break
        genitive = owner is not None and owner.last == part.first and bool(owner.preposition)
        owner = part if part.phrase is None else None
        if part.preposition or genitive:  # `في مدينة الموصل`
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
        and not (end - 1 > at and breaks[end - 1] == 1 and _is_circumstance(outline, end))
    ):
        end += 1
    return [part for part in outline.parts if part.first > at and part.first < end], end


def _is_circumstance(outline: Outline, at: int) -> bool:
    """Does a participle at `at` say what somebody does meanwhile (`، داعيا كذا إلى`)? What follows is its own."""
    head = next((head for head in outline.heads if head.at == at), None)
    return head is not None and head.use.tense == "participle" and head.at not in outline.verbs


def _sort_right(outline: Outline, right: list[Part]) -> tuple[dict[str, list[Part]], list[list[Part]]]:
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
        elif previous is not None and part.first == previous.last and _only_describes(outline, previous, part):
            continue
        elif len(core) < 2:
            current = [part]
            core.append(current)
        else:
            current = None
        previous = part
    return slots, core


def _only_describes(outline: Outline, described: Part, part: Part) -> bool:
    """Is this run of unknown words, all with ال, a description of what stands right before it?

    Not `الفلاني` after `السلطات المصرية`: what is feminine from its first word to its last is not described by a masculine.
    """
    words = outline.words[part.first : part.last]
    if part.phrase or part.head or not all(word.form.fold.startswith("ال") for word in words):
        return False
    ends = outline.words[described.first].form, outline.words[described.last - 1].form
    feminine = described.phrase is not None and all(form.text.endswith(("ة", "ات")) for form in ends)
    return not feminine or described.last - described.first == 1 or words[0].form.text.endswith(("ة", "ات", "ى", "اء"))


def _describes(outline: Outline, at: int, part: Part) -> bool:
    """Does this run of unknown words describe the noun at `at`: `الهجوم الصاروخي`, `غارة جوية`?"""
    if part.phrase or part.head or part.preposition or part.conjoined:
        return False
    article = outline.words[at].form.fold.startswith("ال")
    forms = [word.form for word in outline.words[part.first : part.last]]
    if article:
        return all(form.fold.startswith("ال") for form in forms)
    return len(forms) == 1 and forms[0].text.endswith(_NISBA) and not forms[0].fold.startswith("ال")


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
    return free[-1] if free else named[-1] if named else None


def subject_of_main(outline: Outline, at: int) -> list[Part]:
    """Whose act a participle tells (`قال فلان داعيا إلى`), and whose `أدعو` is: the nearest subject of a verb before."""
    for verb in sorted((verb for verb in outline.verbs if verb < at), reverse=True):
        subject = read_verb(outline, outline.verbs[verb], False).slots.get("subject")
        if subject and subject[0].phrase and outline.verbs[verb].use.person != 1:
            return subject
    return []


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
