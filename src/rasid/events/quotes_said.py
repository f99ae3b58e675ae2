"""Where what is said begins behind a verb of saying, and where it ends; and the sentence as all of that is read from it."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from rasid.actors.resolve import People, Sentence
from rasid.arabic.letters import fold
from rasid.arabic.particles import particle
from rasid.arabic.words import Form, Word
from rasid.events.outline import predicate_kind
from rasid.events.quotes_cues import Cue, small
from rasid.events.quotes_marks import Region

LEAST = 4  # words in marks that are a quote wherever they stand behind a cue; fewer are mostly a name or a catchword
_LEAST_AT_ONCE = 2  # words in marks right behind the cue
_REACH = 32  # words from a verb to what it reports
_REACH_OF_MARKS = 14  # from a verb of whose words only those in marks are its subject's
_NEGATORS = frozenset(("لا", "لم", "لن", "ليس", "ليست", "غير", "ما", "سوف"))
_REACH_OF_NOUN = 8
_COMMAS = frozenset("،,؛;")
_MEANWHILE = frozenset(("فيما", "بينما"))  # `، فيما نفت كييف ذلك`
_ENDS = frozenset(".!?؟…")


class Speech(NamedTuple):
    """A sentence as its quotes are read from it."""

    sentence: Sentence
    text: str  # of the article
    people: People
    regions: list[Region]  # those that begin in it
    cues: dict[int, Cue]
    free: list[bool]  # per word: does it stand outside of longer words in marks?


def complement(speech: Speech, at: int, cue: Cue) -> tuple[int, str] | None:
    """Where what a verb reports begins: the word, and whether `that`, `marks`, `colon` or a `noun` begins it."""
    clause = _clause(speech, at, cue)
    return _by_noun(speech, at) if clause is None and fold(cue.lemma) in small("by_noun") else clause


def _clause(speech: Speech, at: int, cue: Cue) -> tuple[int, str] | None:
    words = speech.sentence.words
    that, other, handed = small("that"), small("other"), small("words_of")
    openings = {region.outer_start: region for region in speech.regions}
    n, links = at + 1, cue.links
    limit = min(len(words), at + (_REACH if cue.takes != "marks" else _REACH_OF_MARKS))
    near = cue.takes == "marks" or _is_relative(words, at)
    while n < limit:
        form = words[n].form
        if near and form.text in _COMMAS:
            return None
        region = openings.get(words[n].start)
        if region is not None:
            behind = word_at(words, region.outer_end)
            if n == at + 1 and (_goes_to_that(words, behind) or region.words < LEAST):
                n = behind  # `أفاد «المرصد السوري» أن`, `كتبت «الخوذ البيضاء» على تويتر`: the marks hold who speaks
                continue
            enough = region.words >= LEAST - (words[n - 1].form.fold == "ب") or (
                region.words >= _LEAST_AT_ONCE and _right_behind(speech, at, n)
            )
            if enough and not names(words, n):
                return n, "marks"
            n = behind
            continue
        if form.kind == "mark":
            if form.text == ":":
                if n + 2 < len(words) and words[n + 1].form.text.startswith("أن") and words[n + 1].form.fold in that:
                    return n + 1, "that"
                return (n + 1, "colon") if cue.takes != "marks" and n + 1 < len(words) else None
            if form.text in _ENDS or form.text in "؛;":
                return None
        elif form.fold in handed and (cue.takes == "relay" or n == at + 1):
            links = ("", "ب")
        elif form.fold in that and form.fold[0] != "و":
            if _is_whether(words, n):
                return None
            before = words[n - 1].form.fold
            if cue.takes != "marks" and (before not in other or before in links):
                return n, "that"
        elif n in speech.cues and speech.cues[n].kind == "verb" and not _is_relative(words, n):
            return None
        n += 1
    return None


def _by_noun(speech: Speech, at: int) -> tuple[int, str] | None:
    """`أفاد مصدر بمقتل ضابط`: what is reported is a noun behind ب."""
    words = speech.sentence.words
    for n in range(at + 1, min(len(words), at + _REACH_OF_NOUN)):
        form = words[n].form
        if form.kind == "mark":
            return None
        if any(r.preposition == "ب" and not r.article and not r.pronoun and len(r.stem) > 2 for r in form.readings[1:]):
            inside = any(one.first <= n < one.last for one in speech.sentence.phrases) or n in speech.sentence.timed
            if not inside and n > at + 1:
                return n, "noun"
    return None


def _goes_to_that(words: Sequence[Word], n: int) -> bool:
    """`أن`, `إلى أن`: does what is said begin at `n`, behind who says it?"""
    n += n < len(words) and words[n].form.fold in ("الي", "علي")
    return n < len(words) and words[n].form.fold in small("that")


def _is_whether(words: Sequence[Word], n: int) -> bool:
    """`أن يوضح إن كان`, which reports nothing."""
    behind = words[n + 1].form.fold if n + 1 < len(words) else ""
    return words[n].form.text in ("إن", "ان") and behind in ("كان", "كانت")


def _right_behind(speech: Speech, at: int, n: int) -> bool:
    """Do words in marks at `n` follow the verb with nothing but its subject, a colon or أن between?"""
    before = speech.sentence.words[n - 1].form
    return n == at + 1 or before.text == ":" or before.fold in small("that")


def names(words: Sequence[Word], n: int) -> bool:
    """Do the words in marks at `n` name something: `تحت شعار «معا ضد الفقر والجوع»`?"""
    before = words[n - 1].form
    if not n or before.fold in small("that"):
        return False
    stems = {reading.stem for reading in before.readings} | {before.fold}
    return not stems.isdisjoint(small("title")) and before.fold not in ("ب",)


def _is_relative(words: Sequence[Word], n: int) -> bool:
    return n > 0 and words[n - 1].form.fold in ("الذي", "التي", "الذين", "ما", "كما")


def is_as(words: Sequence[Word], at: int) -> bool:
    """`كما قال`, `حسبما أفاد`, `بحسب ما ذكر`: what is said stands before it, or behind a comma."""
    also = at == 1 and words[0].form.fold in ("كما", "وكما")  # `كما نقلت الصحيفة عنه قوله`
    return at > 0 and words[at - 1].form.fold in small("as") and not also


def word_at(words: Sequence[Word], place: int) -> int:
    """The first word that begins at or behind `place`."""
    return bisect_left([word.start for word in words], place)


def goes_on(text: str, before: Region, region: Region) -> bool:
    """Do words in marks follow others closely, as parts of one speech?"""
    return region.words >= LEAST and region.outer_start - before.outer_end < 120


def end_of_said(speech: Speech, first: int) -> int:
    """Where a reported clause ends (exclusive): at the end of its sentence, or where somebody else, or a source, comes in."""
    words, comma = speech.sentence.words, first
    according, breaks = small("according"), small("breaks")
    for n in range(first, len(words)):
        form = words[n].form
        if not speech.free[n]:
            continue
        if form.text in _COMMAS:
            comma = n
            continue
        after_comma = comma == n - 1 and n - 1 > first
        cue = speech.cues.get(n)
        if cue and n > first:
            if after_comma or (cue.kind == "participle" and comma > first and n - comma <= 2):
                return comma
            if cue.kind == "verb" and cue.conjunction and _has_complement(speech, n, cue):
                return n
            if (
                cue.kind == "verb"
                and comma > first
                and words[comma + 1].form.fold in breaks
                and (words[comma + 1].form.fold in _MEANWHILE or _has_complement(speech, n, cue))
            ):
                return comma
            if is_as(words, n) and n - 1 > first:
                begin = n - 2 if words[n - 2].form.fold in according else n - 1
                return begin - (words[begin - 1].form.text in _COMMAS)
        elif form.fold in according and after_comma:
            return comma
    end = len(words)
    while end > first and words[end - 1].form.kind == "mark" and words[end - 1].form.text in ".،,؛;!?؟…:-–*":
        end -= 1
    return end


def _has_complement(speech: Speech, at: int, cue: Cue) -> bool:
    return complement(speech, at, cue) is not None


def is_behind_marks(speech: Speech, at: int) -> bool:
    """`«...»، قال فلان`: is the verb right behind words in marks?"""
    words = speech.sentence.words
    before = at - 1
    while before >= 0 and (words[before].form.text in _COMMAS or words[before].form.fold == "هكذا"):
        before -= 1
    return before >= 0 and not speech.free[before]


def is_said(words: Sequence[Word], region: Region) -> bool:
    """Are words in marks within what is reported one's own: four or more, or fewer that begin as a clause (`«لن نخضع»`)?"""
    at = word_at(words, region.outer_start)
    if names(words, at):
        return False
    if region.words >= LEAST:
        return True
    first = words[at + 1].form if at + 1 < len(words) else words[at].form
    role = particle(first)
    if region.words == LEAST - 1 and predicate_kind(first) == "verb" and role is None:
        return True
    return region.words > 1 and ((role is not None and role.kind == "negator") or first.fold in _NEGATORS or _is_future(first))


def _is_future(form: Form) -> bool:
    return form.fold[:2] in ("سي", "ست", "سن", "سا") and predicate_kind(form) == "verb"
