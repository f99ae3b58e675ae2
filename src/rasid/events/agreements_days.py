"""When something became of an accord."""

from collections.abc import Sequence

from rasid.actors.resolve import Sentence
from rasid.arabic.particles import particle
from rasid.arabic.words import Form
from rasid.events.agreements_mentions import Mention
from rasid.events.agreements_phases import Phase
from rasid.events.outline import predicate_kind
from rasid.model import Event, Interval

_NO_VERBS = frozenset(("حيز", "قيد"))  # of `دخل حيز التنفيذ`
_BEHIND = 9  # words from المبرم to the time that dates it


def day_of(mentions: Sequence[Mention], told: Sequence[tuple[Phase, Event]], what: str) -> Interval | None:
    """The day of a phase: as its event or its sentence says; without any, that of the page, where it is told as news.

    A plan is dated by the text alone, and never before the page.
    """
    dated = [
        event.when
        for phase, event in told
        if phase.what == what and phase.how != "refused" and event.when and event.when_from == "text"
        if _fits(phase, event.when, mentions[0])
    ]
    if dated:
        return min(dated, key=_width)
    for one in mentions:
        for phase in one.phases:
            if phase.what == what and phase.how != "refused":
                times = [time for time in _times_of(one, phase) if _fits(phase, time, one)]
                if times:
                    return times[0]
    return next((day for one in mentions for phase in one.phases if phase.what == what and (day := _of_page(one, phase))), None)


def _of_page(mention: Mention, phase: Phase) -> Interval | None:
    """The day of the page, for what is told as news in a sentence that gives no time."""
    published = mention.reading.article.date
    if phase.how != "done" or not phase.main or not published.start:
        return None
    for time in mention.reading.sentence.times:
        if not (_is_others(mention, phase, time) or _is_of_aside(mention, phase, time)):
            return None
    return Interval(published.start, published.end)


def _is_others(mention: Mention, phase: Phase, time: Interval) -> bool:
    """Does a time belong to another phase: `إنهاء الاتفاق الموقع عام 1991`?"""
    owner = _owner(mention, time)
    return any(one.at == owner and one.what != phase.what for one in mention.phases) or any(
        _dates(mention.reading.sentence, one, time) for one in mention.phases if one.passing and one.what != phase.what
    )


def _fits(phase: Phase, time: Interval, mention: Mention) -> bool:
    """What is planned is not past, what is told in passing (`المبرم عام 2015`) has its time right behind it."""
    published = mention.reading.article.date
    if phase.how == "planned" and published.start and time.end and time.end < published.start:
        return False
    if phase.how == "done" and phase.what != "in_force" and published.end and time.start and time.start > published.end:
        return False
    sentence = mention.reading.sentence
    if time.span and sentence.span.start <= time.span.start < sentence.span.end and _is_of_aside(mention, phase, time):
        return False
    if any(_dates(sentence, other, time) for other in mention.phases if other.passing and other.what != phase.what):
        return False
    if not phase.passing or time.span is None or not sentence.span.start <= time.span.start < sentence.span.end:
        return True
    return _dates(sentence, phase, time)


def _is_of_aside(mention: Mention, phase: Phase, time: Interval) -> bool:
    """Is a time inside a relative clause between commas: `وقعت نيكاراغوا، التي قطعت علاقاتها في 2021، اتفاقية`?"""
    words = mention.reading.sentence.words
    owner = _owner(mention, time)
    if owner == phase.at or owner < 0 or any(one.at == owner for one in mention.phases):
        return False
    return owner > 1 and words[owner - 1].form.fold in ("الذي", "التي", "الذين") and words[owner - 2].form.text in "،,"


def _dates(sentence: Sentence, phase: Phase, time: Interval) -> bool:
    """Does a time stand right behind a participle: `المبرم عام 2015`?"""
    if time.span is None or not sentence.span.start <= time.span.start < sentence.span.end:
        return False
    place = next((n for n, word in enumerate(sentence.words) if word.end > time.span.start), len(sentence.words))
    return 0 < place - phase.at <= _BEHIND


def _times_of(mention: Mention, phase: Phase) -> list[Interval]:
    """The times of a sentence that are nearer to the word of a phase than to any other verb."""
    return [
        time
        for time in mention.reading.sentence.times
        if time.span and (time.start or time.end) and _owner(mention, time) == phase.at
    ]


def _owner(mention: Mention, time: Interval) -> int:
    """The word that a time dates: the verb or phase before it and behind the last comma, else the nearest of all."""
    sentence = mention.reading.sentence
    words = sentence.words
    places = {one.at for one in mention.phases}
    places |= {
        n
        for n, word in enumerate(words)
        if n not in sentence.timed and not mention.at <= n < mention.last  # `12 مارس` is no verb
        if predicate_kind(word.form) == "verb" and not _is_no_verb(word.form)
    }
    start = time.span.start if time.span else 0
    at = next((n for n, word in enumerate(words) if word.end > start), len(words))
    comma = next((n for n in range(at - 1, -1, -1) if words[n].form.text in "،,؛"), -1)
    before = [n for n in places if comma < n < at]
    return max(before) if before else min(places, key=lambda n: (abs(words[n].start - start), n), default=-1)


def _is_no_verb(form: Form) -> bool:
    return form.fold in _NO_VERBS or particle(form) is not None


def _width(interval: Interval) -> int:
    return (interval.end - interval.start).days if interval.start and interval.end else 10**6
