"""The phrases of a sentence that name persons, groups, bodies, countries and places."""

import datetime as dt
from collections.abc import Callable
from collections.abc import Set as AbstractSet

from rasid.actors.lexicon import DOUBTFUL, ROLE_KINDS, Hit, first_word, look_up
from rasid.actors.listed import listed_within
from rasid.actors.persons import names_at, person_at, reading_of
from rasid.actors.phrase import LONGEST_NAME, Phrase, Reader, can_be_name, name_end, phrase_of
from rasid.actors.roles import describes, read_role
from rasid.actors.tagger import find_names, is_name
from rasid.arabic.particles import particle
from rasid.arabic.words import Form, Word, per_form
from rasid.model import MentionKind

_KINDS = {"capital": "place", "seat": "organisation", DOUBTFUL: "country"}


def read_phrases(
    words: list[Word], predicate: Callable[[Form], str], timed: AbstractSet[int] = frozenset(), on: dt.date | None = None
) -> list[Phrase]:
    """The phrases of a sentence that name persons, groups, bodies, countries and places, in order, none within another.

    Args:
        words: the words of one sentence.
        predicate: what a form is to the lexicon of predicates: `verb` (a name ends before one), `noun`, or an empty string.
        timed: places of the words that belong to time expressions, which are in no name.
        on: the day of the article, which tells who a well-known person then was.
    """
    names = find_names(words, predicate, timed)
    reader = Reader(words, predicate, timed, names)
    phrases: list[Phrase] = []
    at = 0
    while at < len(words):
        phrase = None
        if begins_something(words[at].form) and at not in timed:
            hit = look_up(words, at)
            phrase = _well_known(words, at, on) or (_phrase_at(reader, at, hit) if hit else None)
        if at in names and phrase and _is_second_of_two(words, phrases, at):
            names[at + 1] = names.pop(at)
        if at in names and (phrase is None or _is_name_instead(phrase, names[at])):
            phrase = _named(words, at, names[at])
        if phrase is None:
            at += 1
            continue
        phrase = _with_quantity(reader, _whole_name(reader, phrase))
        if phrases and phrase.first < phrases[-1].last:
            phrase = phrase._replace(first=phrases[-1].last)
        if not (phrases and _joins(reader, phrases, phrase)):
            phrases.append(_with_name_before(reader, phrases, _sharing_role(reader, phrases, phrase)))
        at = phrases[-1].last
    return phrases


@per_form
def begins_something(form: Form) -> bool:
    """Can a phrase begin with this word at all? Most words are done with here."""
    return form.kind == "word" and bool(first_word(form) or reading_of(form))


def _well_known(words: list[Word], at: int, on: dt.date | None) -> Phrase | None:
    """A person of the table of persons, with what he was on the day of the article."""
    found = person_at(words, at, on) if reading_of(words[at].form) else None
    if found is None:
        return None
    length, person = found
    end = at + length
    clitics = reading_of(words[at].form) or words[at].form.readings[0]
    return Phrase(
        at,
        end,
        clitics.preposition,
        bool(clitics.conjunction),
        "person",
        person.country,
        person.sector,
        True,
        name=(at + _titled(words, at, end), end),
        latin=person.latin,
        basis="table",
    )


def _whole_name(reader: Reader, phrase: Phrase) -> Phrase:
    """`phrase` with all of the name that the tagger sees in it; longer than a single word of the table, it is somebody else."""
    if not phrase.name or phrase.last != phrase.name[1]:
        return phrase
    first, end = phrase.name[0], reader.names.get(phrase.name[0], 0)
    if end <= phrase.last:
        return phrase
    if phrase.basis == "table" and phrase.last - phrase.first == 1:
        other = names_at(reader.words, phrase.last)
        if other and phrase.last + other[0] == end:  # `بايدن ترامب` are two
            return phrase
        return _named(reader.words, first, end)
    return phrase._replace(last=end, name=(first, end))


def _is_name_instead(phrase: Phrase, end: int) -> bool:
    """Is a word of another kind the beginning of the name that the tagger sees there? An office by itself is none: `الملك`."""
    return phrase.kind != "person" and phrase.last - phrase.first == 1 and (phrase.kind != "office" or end > phrase.last)


def _is_second_of_two(words: list[Word], phrases: list[Phrase], at: int) -> bool:
    """Does a nisba tell here whose the second holder of an office is: `الرئيسان الروسي فلان والتركي فلان`?"""
    old = phrases[-1] if phrases else None
    hit = look_up(words, at)
    if not old or not old.name or not old.office or old.last != at or hit is None:
        return False
    two = words[old.first].form.fold.endswith(("ان", "ين", "ي", "ا"))
    return two and hit.known.kind == "nisba" and bool(hit.reading.conjunction and hit.reading.article)


def _titled(words: list[Word], at: int, end: int) -> int:
    """How many words of a name are a title: one in `الملك عبد الله الثاني`, none in most."""
    hit = look_up(words, at)
    return int(end - at > 1 and hit is not None and hit.known.kind in ROLE_KINDS and hit.known.length == 1)


def _named(words: list[Word], at: int, end: int) -> Phrase:
    """A person whom nothing but the tagger knows; what is joined to his name is taken for و or ل only where a name is left."""
    form = words[at].form
    joined = next((r for r in form.readings if (r.conjunction or r.preposition) and is_name(r)), None)
    joined = joined or listed_within(form)
    preposition, conjoined = (joined.preposition, bool(joined.conjunction)) if joined else ("", False)
    return Phrase(at, end, preposition, conjoined, "person", None, None, True, name=(at, end))


def _phrase_at(reader: Reader, at: int, hit: Hit) -> Phrase | None:
    known = hit.known
    role = particle(reader.words[at].form) if known.length == 1 else None
    if known.kind == "modifier" or (role and not _is_somebody(reader, at, role.kind)):
        return None
    if known.kind in ROLE_KINDS or known.kind == "nisba":
        return read_role(reader, at, hit)
    if known.kind == "anaphor":
        phrase = phrase_of(at, at + known.length, hit, "people", None, None)
        return phrase._replace(stands_for=known.sector or "", definite=True)
    if known.kind == "given":
        lone = at not in reader.names and known.length == 1 and name_end(reader, at + 1) == at + 1
        if lone:  # `حسن الجوار`: neither the tagger nor the words after it make a name of it
            return None
        end = max(reader.names.get(at) or name_end(reader, at + known.length), at + known.length)
        return phrase_of(at, end, hit, "person", None, None, name=(at, end))
    if known.kind == DOUBTFUL and not _is_placed(reader.words, at):
        return None
    kind: MentionKind = _KINDS.get(known.kind, known.kind)  # type: ignore[assignment]
    return phrase_of(at, at + known.length, hit, kind, known.country, known.sector)


def _is_somebody(reader: Reader, at: int, kind: str) -> bool:
    """Does a particle of this kind name people here: `قُتل مسلح` and not `هجوم مسلح`, `خرج الآلاف إلى`, `إصابة 124 آخرين`?"""
    if kind == "adjective":
        return not describes(reader, at)
    if kind == "quantity":
        following = reader.words[at + 1].form if at + 1 < len(reader.words) else None
        role = particle(following) if following else None
        return following is None or following.kind == "mark" or bool(role and role.stem != "من")
    if kind == "filler" and at:
        before = reader.words[at - 1].form
        role = particle(before)
        return _counts(before) or bool(role and role.kind == "complementizer") or bool(not role and reader.predicate(before))
    return False


def _is_placed(words: list[Word], at: int) -> bool:
    """Does a word that may be a country stand where a country does: first, after a preposition, or after و?"""
    if at == 0 or words[at].form.fold.startswith(("و", "ب", "ل")):
        return True
    role = particle(words[at - 1].form)
    return bool(role and role.kind in ("preposition", "adverb"))


def _with_quantity(reader: Reader, phrase: Phrase) -> Phrase:
    """`phrase` with the number or quantity before it (`عشرات المتظاهرين`, `عدد من الجنود`) and what governs all."""
    words = reader.words
    first = phrase.first
    preposition, conjoined = phrase.preposition, phrase.conjoined
    while first and not preposition and not conjoined and first - 1 not in reader.timed:
        before = words[first - 1].form
        role = particle(before)
        if before.kind == "number" or (role and role.kind in ("quantity", "demonstrative")):
            first -= 1
        elif before.fold == "من" and first > 1 and _counts(words[first - 2].form):
            first -= 2
        else:
            break
        conjoined = bool(role and role.conjunction)
    if first and not preposition and not conjoined:
        before = words[first - 1].form
        role = particle(before)
        verb = role and role.conjunction and reader.predicate(before) == "verb"  # `فتحت` is not ف and تحت
        if role and role.kind in ("preposition", "adverb") and not role.pronoun and not verb:
            preposition = role.stem
    if first == phrase.first and preposition == phrase.preposition:  # as most are
        return phrase
    return phrase._replace(first=first, preposition=preposition, conjoined=conjoined)


def _counts(form: Form) -> bool:
    role = particle(form)
    return form.kind == "number" or bool(role and role.kind == "quantity")


def _joins(reader: Reader, phrases: list[Phrase], new: Phrase) -> bool:
    """Put `new` into the phrase before it where both name one person: a name and then its office, or an office and its name."""
    old = phrases[-1]
    between = reader.words[old.last : new.first]
    if _goes_on_as_name(old, new) or _stands_beside(reader.words, old, new):
        phrases[-1] = old._replace(last=new.last, name=((old.name or new.name or (old.first, 0))[0], new.last), kind="person")
        return True
    if new.preposition or new.conjoined or any(word.form.text not in "،," for word in between):
        return False
    if new.pronoun and not between:  # `التقى بوريطة نظيره الفرنسي`: somebody else
        return False
    if old.name and old.office and not between and new.kind == "office" and new.definite:  # a second office of his
        phrases[-1] = old._replace(last=new.last, country=old.country or new.country, sector=old.sector or new.sector)
        return True
    another = old.basis == "table" and old.country and new.country and old.country != new.country  # `امتدح ترمب زعيم كوريا`
    if old.name and not old.office and new.kind in ("office", "person") and new.office and not new.name and not another:
        phrases[-1] = old._replace(
            last=new.last,
            country=new.country or old.country,
            sector=new.sector or old.sector,
            office=new.office,
            kind="person",
            definite=True,
        )
        return True
    if not between and new.kind == "person" and not new.office and old.kind in ("people", "office") and not old.name:
        phrases[-1] = old._replace(last=new.last, name=new.name, kind="person")
        return True
    if not between and _describe_alike(reader.words, old, new):  # `متظاهرين بوذيين`
        phrases[-1] = old._replace(last=new.last, sector=new.sector if old.sector in (None, "CVL", "UAF") else old.sector)
        return True
    return False


def _goes_on_as_name(old: Phrase, new: Phrase) -> bool:
    """Is this word, which can be a role, the end of the name right before it: `محمد تقي المدرسي`?"""
    bare = new.kind == "people" and new.definite and not (new.country or new.preposition or new.conjoined)
    return bare and new.last - new.first == 1 and old.name is not None and old.name[1] == old.last == new.first


def _stands_beside(words: list[Word], old: Phrase, new: Phrase) -> bool:
    """Is this name, between commas, that of the office before it: `الأمين العام، أنطونيو غوتيريش، إن`?"""
    plural = old.kind == "people" and words[old.first].form.fold.endswith(("ون", "ين"))
    if old.kind not in ("office", "people") or plural or not old.definite or not new.name or new.preposition or new.conjoined:
        return False
    if new.name[1] != new.last or new.name[0] > new.first + 1:  # more than a rank before the name
        return False
    after = words[new.last].form.text if new.last < len(words) else "."
    between = [word.form.text for word in words[old.last : new.first]]
    return between in (["،"], [","]) and after in "،,."


def _describe_alike(words: list[Word], old: Phrase, new: Phrase) -> bool:
    """Are these two plurals, of which the second describes the first?"""
    ends = [words[phrase.last - 1].form.fold for phrase in (old, new)]
    plural = any(all(end.endswith(ending) for end in ends) for ending in ("ين", "ون"))
    return plural and old.kind == new.kind == "people" and old.definite == new.definite and not old.name


def _sharing_role(reader: Reader, phrases: list[Phrase], new: Phrase) -> Phrase:
    """`new`, a nisba or country joined by و to a role of two, with that role.

    `الرئيسان الصربي والمجري`, `وزيري خارجية الهند والصين`.
    """
    if not phrases or not new.conjoined or new.last - new.first != 1 or phrases[-1].last != new.first:
        return new
    old = phrases[-1]
    hit = look_up(reader.words, new.first)
    if hit is None or not old.country or not old.sector:
        return new
    two = reader.words[old.first].form.fold.endswith(("ان", "ين", "ي", "ا"))
    if old.name and not (two and old.office):
        return new
    if hit.known.kind == "nisba" or (hit.known.kind == "country" and two and old.kind == "office"):
        return new._replace(
            kind="office" if old.name else old.kind,
            sector=old.sector,
            country=hit.known.country,
            preposition=old.preposition,
            conjoined=True,
            definite=True,
        )
    return new


def _with_name_before(reader: Reader, phrases: list[Phrase], phrase: Phrase) -> Phrase:
    """`phrase`, an office, with the unknown name right before it: `بيني غانتس وزير الدفاع`."""
    if phrase.kind != "office" or phrase.preposition or phrase.conjoined or phrase.first == 0:
        return phrase
    words, floor = reader.words, phrases[-1].last if phrases else 0
    bare = phrases[-1] if phrases and phrases[-1].name and not (phrases[-1].office or phrases[-1].country) else None
    if bare and bare.last < phrase.first:  # the tagger saw no more than the beginning of the name
        floor = bare.first
    end = phrase.first - 1 if words[phrase.first - 1].form.text in "،," else phrase.first
    first = end
    while (
        first > floor
        and end - first < LONGEST_NAME
        and words[first - 1].form.kind == "word"
        and can_be_name(reader, first - 1, False)
    ):
        first -= 1
        if words[first].form.fold[0] in "و" and len(words[first].form.readings) > 1:
            break
    if end - first < 2:
        return phrase
    if bare and first < bare.last:
        phrases.pop()
    conjoined = words[first].form.fold.startswith("و")
    return phrase._replace(first=first, name=(first, end), kind="person", definite=True, conjoined=conjoined)
