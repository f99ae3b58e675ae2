"""Claims that rank or count: `رابع بلد عربي يطبع`, `للمرة الأولى منذ`, `بعد قطيعة دامت عقدين`, `أكبر صفقة في تاريخ البلاد`.

One look-up a word says whether a claim can begin there; what follows decides whether it does.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from rasid.actors.resolve import entities_of
from rasid.arabic.numbers import read_number
from rasid.arabic.particles import particle
from rasid.arabic.words import Form, Word, per_form
from rasid.events.build import Reading
from rasid.events.claims_words import claim_words
from rasid.events.outline import predicate_kind
from rasid.events.quotes_speakers import can_speak
from rasid.model import Claim, Entity, Interval, Quote, Span
from rasid.times.spans import read_length

_LONGEST_WHAT = 9  # words
_SINCE_WITHIN = 6  # words from what is ranked to منذ
_SINCE = frozenset(("منذ", "ومنذ"))
_TIME = frozenset(("مره", "المره", "للمره"))  # times: المرة الثانية
_NEGATORS = frozenset(("ليس", "ليست", "وليس", "وليست", "تكن", "يكن", "لن", "لم", "ليسا", "ليسوا"))
_NEGATED_WITHIN = 4  # words
_STOPS = frozenset(("relative", "complementizer", "contrast", "condition", "adverb"))
_SHORTEST = 3  # letters of a noun that is ranked


class Begun(NamedTuple):
    """A claim before its surroundings are read: its words, kind and number, and the words of what is ranked."""

    kind: str
    first: int
    last: int  # exclusive
    number: int | None
    unit: str | None
    what: tuple[int, int] | None


@per_form
def _signal(form: Form) -> tuple[str, str, bool, str] | None:
    """The kind of word that may begin a claim, the stem under which it is known, whether with ال, and its preposition."""
    if form.kind != "word":
        return None
    for reading in form.readings:
        if reading.pronoun:
            continue
        stem = reading.stem
        if stem in ("مره",):
            return "time", stem, reading.article, reading.preposition
        if stem == "وحيد" or stem == "وحيده":
            if reading.article:
                return "only", stem, True, reading.preposition
            continue
        if reading.article:
            if stem in claim_words("most"):
                return "most", stem, True, reading.preposition
            if stem in claim_words("nth"):
                return "nth", stem, True, reading.preposition
            if stem in claim_words("place"):
                return "place", stem, True, reading.preposition
            continue
        for kind in ("first", "ordinal", "most"):
            if stem in claim_words(kind):
                return kind, stem, False, reading.preposition
        if form.fold in ("بعد", "وبعد"):
            return "after", stem, False, ""
    return None


def read_claims(readings: Sequence[Reading], quotes: Sequence[Quote] = ()) -> tuple[Claim, ...]:
    """The claims of an article, in order; `quotes` say who makes those that stand in them."""
    return tuple(claim for reading in readings for claim in _claims(reading, quotes))


def _claims(reading: Reading, quotes: Sequence[Quote]) -> Iterable[Claim]:
    words = reading.sentence.words
    after = 0
    for at, word in enumerate(words):
        signal = _signal(word.form) if at >= after else None
        if signal is None:
            continue
        begun = _begin(reading, at, *signal)
        if begun:
            claim, after = _claim(reading, begun, quotes)
            yield claim


def _begin(reading: Reading, at: int, kind: str, stem: str, article: bool, preposition: str) -> Begun | None:
    if kind == "time":
        return _nth_time(reading, at, article, preposition)
    if kind == "after":
        return _after_gap(reading, at)
    if kind == "only":
        return _only(reading, at)
    if kind == "place":
        return _place(reading, at)
    if kind == "nth":
        return _the_first(reading, at, stem)
    if kind == "most":
        return _the_most(reading, at, stem) if article else _most(reading, at, at, claim_words("most")[stem].what, None)
    number = claim_words(kind)[stem].number
    following = _signal(reading.sentence.words[at + 1].form) if at + 1 < len(reading.sentence.words) else None
    if following and following[0] == "most" and not following[2] and not following[3]:
        if not _is_rank_here(reading, at, kind):
            return None
        return _most(reading, at, at + 1, "rank", number)
    return _ranked(reading, at, kind, number)


def _ranked(reading: Reading, at: int, kind: str, number: int | None) -> Begun | None:
    """`رابع بلد عربي`, `أول زيارة`."""
    words = reading.sentence.words
    if kind == "first" and at + 1 < len(words) and words[at + 1].form.fold in _TIME and words[at + 1].form.fold == "مره":
        return Begun("first", at, at + 2, 1, None, None)
    if not _is_noun(reading, at + 1) or not _is_rank_here(reading, at, kind):
        return None
    end = _what_end(reading, at + 1)
    return Begun("first" if kind == "first" else "rank", at, end, number, None, (at + 1, end))


def _is_noun(reading: Reading, at: int) -> bool:
    """Is this the indefinite noun that is ranked?"""
    words = reading.sentence.words
    if at >= len(words) or words[at].form.kind != "word" or at in reading.sentence.timed:
        return False
    form = words[at].form
    if form.fold in claim_words("not_ranked") or particle(form) or any(reading.article for reading in form.readings[:2]):
        return False
    following = words[at + 1].form.fold if at + 1 < len(words) else ""
    return following not in ("ممكن", "ممكنه") and f"{form.fold} {following}" not in claim_words("not_ranked")


def _is_rank_here(reading: Reading, at: int, kind: str) -> bool:
    """Not in `طرف ثالث آمن`, where the ordinal describes the noun before it, nor in `كانون ثاني`."""
    if at == 0:
        return True
    word = reading.sentence.words[at - 1].form
    inside = any(phrase.first < at + (phrase.kind == "person") < phrase.last for phrase in reading.sentence.phrases)
    if at in reading.sentence.timed or inside or (kind == "first" and word.fold in claim_words("title")):
        return False
    if kind == "first" or word.kind != "word" or particle(word) or word.fold in claim_words("copula"):
        return True
    named = (phrase for phrase in reading.sentence.phrases if phrase.last == at)
    if predicate_kind(word) == "verb" or any(phrase.definite and phrase.kind != "people" for phrase in named):
        return True
    return any(r.article for r in word.readings) or word.fold.endswith("ا")


def _most(reading: Reading, first: int, at: int, kind: str, number: int | None) -> Begun | None:
    """`أكبر صفقة`, `ثاني أكبر اقتصاد`."""
    words = reading.sentence.words
    before = words[first - 1].form.fold if first else ""
    if before in claim_words("one_of") and kind != "rank":
        return None
    nxt = words[at + 1].form if at + 1 < len(words) else None
    if nxt is None or nxt.kind != "word" or len(nxt.fold) < _SHORTEST or nxt.fold in claim_words("not_ranked") or particle(nxt):
        return None
    signal = _signal(words[first].form)
    if at + 1 in reading.sentence.timed or signal is None or any(r.article and r.preposition for r in nxt.readings):
        return None  # `خطر أكبر للسلامة`
    end = _what_end(reading, at + 1)
    if kind != "rank" and not _has_limit(reading, end):
        named = before == "علي" and words[first - 1].form.text.endswith("ي")  # `علي أكبر ولايتي`
        if named or any(r.article for r in nxt.readings[:2]) or signal[3] or words[at].form.fold in claim_words("needs_limit"):
            return None
    if any(phrase.name and phrase.name[0] < at < phrase.last for phrase in reading.sentence.phrases):
        return None
    return Begun(kind, first, end, number, None, (at + 1, end))


def _has_limit(reading: Reading, end: int) -> bool:
    """Does what follows say since when or within what it is the most?"""
    scope = _scope(reading, end)
    return scope is not None or _since_at(reading, end) is not None


def _the_most(reading: Reading, at: int, stem: str) -> Begun | None:
    """`الصفقة الأكبر في تاريخ البلاد`: only with since when or within what."""
    if not _has_limit(reading, at + 1) or _one_of(reading, at):
        return None
    return Begun(claim_words("most")[stem].what, at, at + 1, None, None, _noun_before(reading, at))


def _the_first(reading: Reading, at: int, stem: str) -> Begun | None:
    """`الأولى من نوعها`, `هي الأولى`, `الثانية منذ`; a bare `الأولى` ranks nothing."""
    meaning = claim_words("nth")[stem]
    words = reading.sentence.words
    if at in reading.sentence.timed or words[at - 1].form.fold in _TIME:
        return None
    stands = at and words[at - 1].form.fold in ("هي", "هو", "وهي", "وهو", "هما")
    if not stands and not _kind_or_since(reading, at + 1):
        return None
    what = _noun_before(reading, at - 1 if stands else at)
    return Begun("first" if meaning.number == 1 else "rank", at, at + 1, meaning.number, None, what)


def _kind_or_since(reading: Reading, at: int) -> bool:
    """`من نوعها`, `في تاريخ البلاد` or منذ right behind."""
    words = reading.sentence.words
    if at >= len(words):
        return False
    if words[at].form.fold in _SINCE:
        return True
    return _scope(reading, at, near=True) is not None


def _noun_before(reading: Reading, at: int) -> tuple[int, int] | None:
    """What a word with ال describes: the noun phrase right before it."""
    words = reading.sentence.words
    first = at
    while (
        first
        and at - first < _LONGEST_WHAT // 2
        and words[first - 1].form.kind == "word"
        and not particle(words[first - 1].form)
    ):
        if predicate_kind(words[first - 1].form) == "verb" and not any(r.article for r in words[first - 1].form.readings):
            break
        first -= 1
    return (first, at) if first < at else None


def _one_of(reading: Reading, at: int) -> bool:
    what = _noun_before(reading, at)
    before = what[0] - 1 if what else at - 1
    return before >= 0 and reading.sentence.words[before].form.fold in claim_words("one_of")


def _nth_time(reading: Reading, at: int, article: bool, preposition: str) -> Begun | None:
    """`للمرة الثانية`, `المرة الأولى`, and `لأول مرة` where أول began nothing."""
    words = reading.sentence.words
    if not article or at + 1 >= len(words):
        return None
    signal = _signal(words[at + 1].form)
    meaning = claim_words("nth").get(signal[1]) if signal and signal[0] == "nth" else None
    if meaning is None:
        return None
    if preposition != "ل" and not (at and words[at - 1].form.fold in ("هذه", "هي", "وهي", "وهذه", "تلك", "انها", "وانها")):
        return None
    return Begun("first" if meaning.number == 1 else "nth_time", at, at + 2, meaning.number, None, None)


def _only(reading: Reading, at: int) -> Begun | None:
    """`الدولة الوحيدة التي`, `الناجي الوحيد من`."""
    words = reading.sentence.words
    behind = words[at + 1].form.fold if at + 1 < len(words) else ""
    what = _noun_before(reading, at)
    if what is None or behind not in ("الذي", "التي", "في", "من", "بين"):
        return None
    return Begun("only", at, at + 1, 1, None, what)


def _place(reading: Reading, at: int) -> Begun | None:
    """`المرتبة الثالثة عالميا`."""
    words = reading.sentence.words
    signal = _signal(words[at + 1].form) if at + 1 < len(words) else None
    if not signal or signal[0] != "nth":
        return None
    return Begun("rank", at, at + 2, claim_words("nth")[signal[1]].number, None, None)


def _after_gap(reading: Reading, at: int) -> Begun | None:
    """`بعد قطيعة دامت عقدين`, `بعد انقطاع 12 عاما`, `بعد عقدين من القطيعة`."""
    words = reading.sentence.words
    gap = claim_words("gap")
    if at + 2 < len(words) and any(r.stem in gap and not r.preposition for r in words[at + 1].form.readings):
        n = at + 2
        while n < min(len(words), at + 9):
            form = words[n].form
            if form.kind == "mark" and form.text not in "()":
                return None
            length = _length(words, n)
            if length:
                if form.kind == "number" and n + 1 < len(words) and length[2] == n + 1:
                    return None
                return Begun("after_gap", at, length[2], length[0], length[1], (at + 1, at + 2))
            if form.fold in ("منذ", "في", "بسبب") or (predicate_kind(form) == "verb" and not _lasts(form)):
                return None
            n += 1
        return None
    length = _length(words, at + 1)
    if length is None or length[2] + 1 >= len(words) or words[length[2]].form.fold != "من":
        return None
    noun = words[length[2] + 1].form
    if not any(r.stem in gap for r in noun.readings):
        return None
    return Begun("after_gap", at, length[2] + 2, length[0], length[1], (length[2] + 1, length[2] + 2))


def _lasts(form: Form) -> bool:
    return any(reading.stem in claim_words("lasted") for reading in form.readings)


def _length(words: Sequence[Word], at: int) -> tuple[int | None, str, int] | None:
    """How many of which unit of time, and the word behind; None for the number where none is said (`سنوات`)."""
    about = claim_words("about")
    n = at
    while n < len(words) and n < at + 4 and words[n].form.fold in about:
        n += 1
    found = read_length(words, n)
    if found:
        return found
    units = claim_words("unit")
    number = read_number(words, n)
    place = number[1] if number else n
    if place >= len(words):
        return None
    stem = next((r.stem for r in words[place].form.readings if r.stem in units and not r.article and not r.pronoun), None)
    if stem is None:
        return None
    unit = units[stem]
    return (number[0] if number else unit.number), unit.what, place + 1


def _what_end(reading: Reading, at: int) -> int:
    """Where what is ranked ends."""
    words, timed = reading.sentence.words, reading.sentence.timed
    n = at + 1
    while n < min(len(words), at + _LONGEST_WHAT):
        form = words[n].form
        if form.kind == "mark" or n in timed or form.fold in _SINCE or form.fold in claim_words("scope"):
            break
        role = particle(form)
        if role and (role.kind in _STOPS or (role.conjunction and role.kind != "preposition")):
            break
        if _scope(reading, n, near=True) is not None:
            break
        if form.fold.startswith("و") and predicate_kind(form) == "verb" and form.readings[0].stem != form.fold:
            break
        n += 1
    while n > at + 1 and particle(words[n - 1].form):
        n -= 1
    return n


def _claim(reading: Reading, begun: Begun, quotes: Sequence[Quote]) -> tuple[Claim, int]:
    sentence, text = reading.sentence, reading.article.text
    end = begun.last
    scope = _scope(reading, end)
    if scope:
        end = max(end, scope[1])
    since_at = None if begun.kind == "after_gap" else _since_at(reading, end)
    since = _since(reading, since_at) if since_at is not None else None
    if since_at is not None:
        place = since.span.end if since and since.span else sentence.words[min(since_at + 1, len(sentence.words) - 1)].end
        end = next((n for n in range(since_at, len(sentence.words)) if sentence.words[n].start >= place), len(sentence.words))
    kind = "first_since" if begun.kind == "first" and since_at is not None else begun.kind
    first = begun.first
    if begun.what and begun.what[0] < first == begun.what[1]:
        first = begun.what[0]
    span = sentence.slice(text, first, end)
    negated = any(word.form.fold in _NEGATORS for word in sentence.words[max(0, first - _NEGATED_WITHIN) : first])
    claim = Claim(
        kind,
        span,
        sentence.span,
        begun.number,
        begun.unit,
        sentence.slice(text, *begun.what) if begun.what else None,
        since,
        sentence.slice(text, *scope) if scope else None,
        negated,
        _about(reading),
        _sources(span, quotes),
    )
    return claim, end


def _scope(reading: Reading, at: int, *, near: bool = False) -> tuple[int, int] | None:
    """Within what: `في تاريخ البلاد`, `عالميا`, `على الإطلاق`, `من نوعها`; right at `at`, or a few words behind."""
    words = reading.sentence.words
    for n in range(at, min(len(words), at + (1 if near else 4))):
        form = words[n].form
        if form.kind == "mark":
            return None
        if form.fold in claim_words("scope"):
            return n, n + 1
        joined = form.fold in ("بتاريخ", "بالعالم", "بالمنطقه", "بالبلاد")
        if joined or (form.fold in ("في", "من", "علي") and n + 1 < len(words) and _is_scope_noun(words[n + 1].form)):
            end = n + 1 if joined else n + 2
            genitive = words[end - 1].form.fold in ("تاريخ", "بتاريخ", "عهد")
            while (
                genitive and end < min(len(words), n + 6) and words[end].form.kind == "word" and not particle(words[end].form)
            ):
                if predicate_kind(words[end].form) == "verb" or end in reading.sentence.timed:
                    break
                end += 1
            return n, end
    return None


def _is_scope_noun(form: Form) -> bool:
    return form.fold in claim_words("scope_noun") or form.fold in claim_words("scope")


def _since_at(reading: Reading, at: int) -> int | None:
    words = reading.sentence.words
    for n in range(at, min(len(words), at + _SINCE_WITHIN)):
        if words[n].form.text in ".؛:":
            return None
        if words[n].form.fold in _SINCE:
            return n
    return None


def _since(reading: Reading, at: int) -> Interval | None:
    """From when on: the time that منذ stands before."""
    words = reading.sentence.words
    first, last = words[at].start, words[min(at + 6, len(words) - 1)].end
    return next((time for time in reading.sentence.times if time.span and first <= time.span.start < last), None)


def _about(reading: Reading) -> tuple[Entity, ...]:
    """Who is named in the sentence, each once."""
    found: dict[tuple[str, str], Entity] = {}
    for phrase in reading.sentence.phrases:
        if phrase.kind != "people" and can_speak(phrase):
            for one in entities_of(reading.article.text, reading.sentence, phrase, reading.people, romanized=False):
                found.setdefault((one.code, one.name or ("" if one.code else one.span.text)), one)
    return tuple(found.values())


def _sources(span: Span, quotes: Sequence[Quote]) -> tuple[Span, ...]:
    """Whoever says the words in which a claim stands."""
    said = (quote for quote in quotes if quote.speaker and quote.text.start <= span.start and span.end <= quote.text.end)
    return tuple(dict.fromkeys(quote.speaker.span for quote in said if quote.speaker))


@cache
def claim_kinds() -> tuple[str, ...]:
    """The kinds that a claim can have."""
    superlatives = sorted({meaning.what for meaning in claim_words("most").values()})
    return ("rank", "first", "first_since", "nth_time", "after_gap", "only", *superlatives)
