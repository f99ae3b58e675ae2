"""What an agreement provides: the words behind `ينص على`, `يقضي بـ`, `بموجبه` and `عبر إنشاء`, one provision each."""

from collections.abc import Sequence

from rasid.arabic.letters import fold
from rasid.events.agreements_words import known
from rasid.events.build import Reading
from rasid.events.quotes_cues import cue_of, small
from rasid.model import Span

_NEAR_HEAD = 5  # words from a sentence's beginning within which the accord is what it is about
_REACH = 30  # words from the accord to the verb
_BESIDE = 4
_UNDER = frozenset(("بموجبه", "بموجبها", "بمقتضاه", "بمقتضاها", "وبموجبه", "وبموجبها", "وبمقتضاه"))
_UNDER_NOUN = frozenset(("بموجب", "وبموجب", "بمقتضي", "وبمقتضي"))
_GOES_ON = frozenset(("الذي", "التي", "وهو", "وهي", "انه", "انها", "،", ","))
_ENDS = frozenset(".؟!؛;")
_COMMAS = frozenset("،,")
_LONGEST = 60  # words

Place = tuple[Reading, int, int, bool]  # of a mention: its reading, first and last word, and whether it is definite


def find_provisions(mentions: Sequence[Place], readings: Sequence[Reading]) -> tuple[Span, ...]:
    """The provisions of one agreement, in order, each once.

    Args:
        mentions: where it is mentioned.
        readings: all sentences of the article: what follows (`كما ينص على`) may go on.
    """
    found: dict[Span, None] = {}
    for reading, at, last, definite in mentions:
        for first, end in _places(reading, at, last, definite):
            for span in _split(reading, first, end):
                found[span] = None
        following = reading.at + 1
        if following < len(readings) and (goes_on := _goes_on(readings[following])):
            for span in _split(readings[following], *goes_on):
                found[span] = None
    return tuple(sorted(found, key=lambda span: span.start))


def _places(reading: Reading, at: int, last: int, definite: bool) -> list[tuple[int, int]]:
    """From where to where a sentence says what the accord at `at` provides."""
    words = reading.sentence.words
    for n in range(max(0, at - _BESIDE), len(words) if _is_head(at) else min(len(words), at + _REACH)):
        form = words[n].form
        if form.text in _ENDS and n > at:
            break
        if form.fold in _UNDER and at < n <= last + _BESIDE:
            return [(n + 1, _end(reading, n + 1))]
        if form.fold in _UNDER_NOUN and n < at and all(words[k].form.fold != "،" for k in range(n, at)):
            comma = next((k for k in range(last, min(len(words), last + 8)) if words[k].form.text in _COMMAS), None)
            begin = comma + 1 if comma is not None else last
            return [(begin, _end(reading, begin))] if definite and begin < len(words) - 2 else []
        verb = known("provides", form)
        denied = n > 0 and known("refused", words[n - 1].form)
        if verb and not denied and not verb.article and not verb.preposition and (n > at or at - n <= 2):
            if n > last + 3 and not _is_head(at) and words[n - 1].form.fold not in _GOES_ON and not verb.conjunction:
                continue
            taken = _behind_link(reading, max(n, last - 1 if n < at else n) + 1, verb.what)
            if taken is not None and words[taken].form.fold not in ("الذي", "التي"):
                return [(taken, _end(reading, taken))]
        via = form.fold == "عبر" or (form.fold == "خلال" and n and words[n - 1].form.fold == "من")
        if via and n > at and _is_head(at) and n + 1 < len(words) and known("action", words[n + 1].form):
            return [(n + 1, _end(reading, n + 1))]
    return []


def _is_head(at: int) -> bool:
    return at < _NEAR_HEAD


def _behind_link(reading: Reading, at: int, link: str) -> int | None:
    """The first word of what a verb of provision takes, behind its preposition if it needs one."""
    words = reading.sentence.words
    if not link:
        begin = _behind_parties(reading, at)
        return begin if begin < len(words) else None
    wanted = fold(link)
    for n in range(at, min(len(words), at + 6)):
        form = words[n].form
        if form.fold == wanted:
            return n + 1 if n + 1 < len(words) else None
        if any(reading.preposition == wanted for reading in form.readings) or (wanted == "ب" and form.fold in small("that")):
            return n
    return None


def _behind_parties(reading: Reading, at: int) -> int:
    """The word behind `بين X وY`, where that stands at `at`."""
    words = reading.sentence.words
    if at >= len(words) or words[at].form.fold not in ("بين", "مع"):
        return at
    place = at + 1
    for phrase in reading.sentence.phrases:
        if phrase.first == place and (place == at + 1 or phrase.conjoined):
            place = phrase.last
    return place


def _goes_on(reading: Reading) -> tuple[int, int] | None:
    """`كما ينص على`, `ويشمل أيضا`: a sentence that goes on without naming the accord."""
    words = reading.sentence.words
    for n in range(min(2, len(words))):
        verb = known("provides", words[n].form)
        if verb and (verb.conjunction or n) and words[0].form.fold in ("كما", words[n].form.fold):
            begin = _behind_link(reading, n + 1, verb.what)
            named = any(known("noun", word.form) for word in words[: (begin or 0) + 1])
            if begin is not None and begin <= n + 3 and not named and (verb.what or begin == n + 1):
                return begin, _end(reading, begin)
    return None


def _end(reading: Reading, first: int) -> int:
    """Where provisions end: with their sentence, or before a source or somebody's words."""
    words = reading.sentence.words
    for n in range(first, min(len(words), first + _LONGEST)):
        form = words[n].form
        if form.text in _ENDS:
            return n
        after_comma = n > first and words[n - 1].form.text in _COMMAS
        if after_comma and (form.fold in small("according") or form.fold in small("breaks") or cue_of(form)):
            return n - 1
    return min(len(words), first + _LONGEST)


def _split(reading: Reading, first: int, end: int) -> list[Span]:
    """One span for each provision: they are parted by و before a verbal noun, and by أن after a comma."""
    words = reading.sentence.words
    text = reading.article.text
    starts = [first]
    for n in range(first + 2, end - 1):
        form = words[n].form
        action = known("action", form)
        comma = words[n - 1].form.text in _COMMAS
        if (action and (action.conjunction == "و" or comma) and not action.pronoun) or (form.fold in ("وان", "وعلي") and comma):
            starts.append(n)
    spans: list[Span] = []
    for begin, stop in zip(starts, [*starts[1:], end], strict=True):
        while stop > begin and words[stop - 1].form.kind == "mark":
            stop -= 1
        while begin < stop and words[begin].form.kind == "mark":
            begin += 1
        if stop - begin < 2:
            continue
        start = words[begin].start
        action = known("action", words[begin].form)
        if (begin != first and action and action.conjunction and text[start] == "و") or (
            action and action.preposition and not action.article and text[start] == action.preposition
        ):
            start += 1
        spans.append(Span(start, words[stop - 1].end, text[start : words[stop - 1].end]))
    return spans
