"""Roles: a head such as `وزير` or `الشرطة` with all that narrows it, put together to one code."""

from rasid.actors.lexicon import ROLE_KINDS, Hit, Known, look_up
from rasid.actors.phrase import NO_NAME, QUOTES, Phrase, Reader, name_end, phrase_of
from rasid.arabic.particles import particle
from rasid.arabic.words import Form, Word
from rasid.model import MentionKind

_NAMED = frozenset(("country", "capital", "seat", "place", "organisation", "group"))
_OWNER_PREPOSITIONS = frozenset(("في", "لدي", "باسم", "من", "عن"))
_LONGEST_EPITHET = 3
_LONGEST_QUOTED = 5  # words of a body's name
_CLOSING = {"«": "»", "“": "”", '"': '"'}
_SENT = frozenset(("مبعوث", "مبعوثه", "موفد", "موفده", "سفير", "سفيره", "ممثل", "ممثله", "مندوب", "مندوبه", "قنصل"))
_POSTED_TO = frozenset(("لدي", "الي"))


def read_role(reader: Reader, at: int, hit: Hit) -> Phrase | None:
    """A role or nisba with what narrows it: `وزير الدفاع الإسرائيلي بيني غانتس`, `متحدث باسم الشرطة العراقية`."""
    words, head = reader.words, hit.known
    if head.kind == "nisba" and not _stands_alone(reader, at, hit):
        return _described(reader, at, hit)
    country = head.country or _nisba_within(words, at, head)
    sector = head.sector if head.kind != "nisba" else "CVL"
    whole = head.length > 1 and words[at + head.length - 1].form.fold.startswith("ال")  # رئيس الوزراء
    definite = hit.reading.article or bool(hit.reading.pronoun) or whole
    end, epithets = at + head.length, 0
    least = end  # a mark behind it that closes nothing is not of the phrase
    feminine: bool | None = None  # as the nisba shows it
    while end < len(words):
        if words[end].form.text in QUOTES:
            closed = _quoted_name(reader, end, head)
            end, least = (closed, closed) if closed else (end + 1, least)
            continue
        form = words[end].form
        if form.kind != "word":
            break
        step = _narrow(reader, end, head, country, sector, definite)
        if step:
            if country is None and step[1] is not None and form.fold.endswith(("ي", "يه")):
                feminine = form.text.endswith("ة")
            end, country, sector, more = step
            definite = definite or more
            continue
        if epithets < _LONGEST_EPITHET and _is_epithet(reader, end):
            if (definite and not _agrees(words[at].form, form)) or feminine not in (None, form.text.endswith("ة")):
                break
            end, epithets, definite = end + 1, epithets + 1, True
            continue
        break
    beyond = end
    while end > least and words[end - 1].form.text in QUOTES:
        end -= 1
    end = _posted(reader, at, end)
    kind: MentionKind = {"nisba": "people", "body": "organisation"}.get(head.kind, head.kind)  # type: ignore[assignment]
    office = (at, end) if head.kind == "office" else None
    name = None
    if head.kind == "office":
        start = max(beyond, end)
        last = name_end(reader, start)
        if last > start:
            name, end, kind = (start, last), last, "person"
    return phrase_of(at, end, hit, kind, country, sector, name, office)._replace(definite=definite)


def _has_owner(form: Form) -> bool:
    return any(reading.stem == "بلاد" and reading.pronoun for reading in form.readings)


def _nisba_within(words: list[Word], at: int, head: Known) -> str | None:
    """The country that a role of several words names itself: `قاعدة أميركية`."""
    hits = (look_up(words, n) for n in range(at + 1, at + head.length))
    return next((hit.known.country for hit in hits if hit and hit.known.kind == "nisba"), None)


def _quoted_name(reader: Reader, at: int, head: Known) -> int | None:
    """Where the name of a body ends that opens with the mark at `at`: `حركة «مجتمع السلم»`."""
    words = reader.words
    close = _CLOSING.get(words[at].form.text)
    before = look_up(words, at - 1)
    if close is None or not (head.kind == "body" or (before and before.known.kind == "body")):
        return None
    end = next((n for n in range(at + 1, min(at + 2 + _LONGEST_QUOTED, len(words))) if words[n].form.text == close), None)
    if end is None or end == at + 1 or look_up(words, at + 1) or any(w.form.kind == "mark" for w in words[at + 1 : end]):
        return None
    return end + 1


def _posted(reader: Reader, at: int, end: int) -> int:
    """Where the post of a diplomat ends whose office is words `at` to `end`: `سفير إسرائيل لدى الأمم المتحدة`."""
    words = reader.words
    if end >= len(words) or not any(reading.stem in _SENT for reading in words[at].form.readings):
        return end
    start = end + 1 if words[end].form.fold in _POSTED_TO else end
    hit = look_up(words, start) if start < len(words) else None
    if hit is None or hit.known.kind not in _NAMED or hit.reading.conjunction:
        return end
    if (start == end) != (hit.reading.preposition == "ل"):
        return end
    return start + hit.known.length


def _is_full(form: Form) -> bool:
    """Does a noun keep its ن or its tanwin, so that nothing can own it (`مسلحون جنديا` are two)?"""
    return form.fold.endswith(("ون", "ين")) or form.text.endswith(("ًا", "اً"))


def _described(reader: Reader, at: int, hit: Hit) -> Phrase | None:
    """A nisba that describes the word before it: an act's (`ضربة أميركية`), or an unknown body's (`الطيران الإسرائيلي`).

    The former fills no place of a clause by itself; it is governed by `nisba`.
    """
    end = at + hit.known.length
    before = reader.words[at - 1].form
    if before.kind != "word" or particle(before) or hit.reading.preposition:
        return None
    phrase = phrase_of(at, end, hit, "country", hit.known.country, None)
    known = reader.predicate(before) or at - 1 in reader.timed or look_up(reader.words, at - 1) is not None
    if known or hit.reading.conjunction:
        return phrase if phrase.conjoined else phrase._replace(preposition="nisba")
    first = at - 1
    act = reader.words[first - 1].form if first and before.text.endswith(("ي", "ية")) else before
    if act is not before and act.fold.startswith("ال") and before.fold.startswith("ال") and reader.predicate(act):
        return phrase if phrase.conjoined else phrase._replace(preposition="nisba")  # `الهجوم الصاروخي الروسي`
    if first and before.fold.startswith("ال") and _is_plain(reader, first - 1):
        first -= 1
    reading = next((r for r in reader.words[first].form.readings if r.article), None)
    start = reader.words[first].form.fold
    preposition = reading.preposition if reading else start[0] if start.startswith(NO_NAME) and start[0] in "بل" else ""
    return phrase._replace(
        first=first, kind="organisation", preposition=preposition, conjoined=bool(reading and reading.conjunction)
    )


def _is_plain(reader: Reader, at: int) -> bool:
    """An unknown noun without ال, which what follows owns: `سلاح الجو`."""
    form = reader.words[at].form
    known = particle(form) or reader.predicate(form) or at in reader.timed or look_up(reader.words, at)
    return form.kind == "word" and not known and not form.fold.startswith("ال")


def _narrow(
    reader: Reader, at: int, head: Known, country: str | None, sector: str | None, definite: bool
) -> tuple[int, str | None, str | None, bool] | None:
    """What the words at `at` add to a head: (end, country, sector, whether it is definite now); None where they add nothing."""
    words = reader.words
    link = particle(words[at].form)
    start = at
    if (
        link
        and link.kind == "preposition"
        and (link.stem in _OWNER_PREPOSITIONS or (link.stem == "ل" and words[at].form.text == "لـ"))
        and words[at].form.fold == link.stem
        and at + 1 < len(words)
    ):
        start = at + 1
    while start < len(words) and words[start].form.text in QUOTES:
        start += 1
    hit = look_up(words, start) if start < len(words) else None
    if hit is None or hit.reading.conjunction or (start == at and particle(words[at].form) and hit.known.length == 1):
        return None  # but `وزير خارجية جنوب أفريقيا`
    known, reading = hit.known, hit.reading
    linked = start > at and words[at].form.text not in QUOTES
    owned = reading.preposition == "ل" and (
        known.kind in _NAMED or (head.kind == "office" and known.kind == "body" and reading.article)
    )
    owned = owned and not _has_owner(words[at - 1].form)  # `دعم بلاده للسودان`
    if reading.preposition and (linked or not owned):
        return None  # but `الأمين العام للحزب`, `القائد العام للجيش`
    end = start + known.length
    if known.kind == "modifier":
        return None if linked or (known.sector == "ELI" and head.kind == "body") else (end, country, known.sector, definite)
    named_alike = known.kind == "country" and reading.article and words[start].form.fold.endswith("ي")  # `الرئيس التشيلي`
    if known.kind == "nisba" or (named_alike and not linked):
        return (
            None
            if linked or (definite and not reading.article)
            else (end, country or known.country, sector, definite or reading.article)
        )
    if linked and head.kind == "body":
        return None
    if known.kind in ("organisation", "group"):
        own = sector if head.kind != "office" and sector not in (None, "CVL") else None
        return (end, known.country or country, known.sector or own, True) if country is None else None
    if known.kind in _NAMED:
        if country is not None or (definite and not linked and not reading.preposition):
            return None
        if linked and known.kind in ("capital", "place", "country") and words[at].form.fold != "باسم":
            return None  # where he is, not whose he is
        return (end, country or known.country, sector, True)
    before = look_up(words, at - 1)
    described = before is not None and before.known.kind == "nisba"  # `شاب فلسطيني جنديا`
    construct = not definite and not described and not _is_full(words[at - 1].form)
    if known.kind in ROLE_KINDS and head.kind != "body" and (linked or owned or construct) and known.kind != "office":
        inner = known.sector if head.sector in (None, "GOV", "CVL") or head.kind == "office" else head.sector
        return (end, country, inner or sector, reading.article)
    return None


def describes(reader: Reader, at: int) -> bool:
    """Does the adjective at `at` describe the noun right before it? Both have ال, or neither."""
    if at == 0:
        return False
    before, form = reader.words[at - 1].form, reader.words[at].form
    if before.kind != "word" or particle(before) or form.readings[0].preposition or reader.predicate(before) == "verb":
        return False
    return any(reading.article for reading in before.readings) == form.fold.startswith("ال")


def _stands_alone(reader: Reader, at: int, hit: Hit) -> bool:
    """Is this nisba a noun (`المغاربة`, `إسرائيليين`), not the adjective of an unknown noun before it?"""
    stem = hit.reading.stem
    if at == 0:
        return True
    before = reader.words[at - 1].form
    if stem.endswith("ا") and before.kind == "number" and at - 1 not in reader.timed:
        return True  # 149 فلسطينيا
    if stem.endswith(("ه", "ا", "يه")) and not stem.endswith("اه"):
        return False
    if before.kind != "word":
        return before.kind == "number" or before.text not in ")»"
    role = particle(before)
    if role:
        return role.kind != "relative"
    return reader.predicate(before) == "verb"


def _is_epithet(reader: Reader, at: int) -> bool:
    """An unknown word with ال, which goes on describing what stands before it."""
    form = reader.words[at].form
    if not form.fold.startswith("ال") or len(form.fold) < 5 or at in reader.timed or particle(form) or reader.predicate(form):
        return False
    return look_up(reader.words, at) is None


def _agrees(head: Form, epithet: Form) -> bool:
    """Can this word with ال be an adjective of that head? By the endings of gender and number."""
    if head.text.endswith(("ة", "ات")):
        return epithet.text.endswith("ة")
    plural = head.fold.endswith(("ون", "ين"))
    return epithet.fold.endswith(("ون", "ين")) if plural else not epithet.fold.endswith("ون")
