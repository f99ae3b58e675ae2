"""When something became of an accord."""

from collections.abc import Callable, Sequence

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
    if phase.how != "done" or not phase.main or mention.reading.sentence.times or not published.start:
        return None
    return Interval(published.start, published.end)


def _fits(phase: Phase, time: Interval, mention: Mention) -> bool:
    """What is planned is not past, what is told in passing (`المبرم عام 2015`) has its time right behind it."""
    published = mention.reading.article.date
    if phase.how == "planned" and published.start and time.end and time.end < published.start:
        return False
    if phase.how == "done" and phase.what != "in_force" and published.end and time.start and time.start > published.end:
        return False
    sentence = mention.reading.sentence
    if any(_dates(sentence, other, time) for other in mention.phases if other.passing and other.what != phase.what):
        return False
    if not phase.passing or time.span is None or not sentence.span.start <= time.span.start < sentence.span.end:
        return True
    return _dates(sentence, phase, time)


def _dates(sentence: Sentence, phase: Phase, time: Interval) -> bool:
    """Does a time stand right behind a participle: `المبرم عام 2015`?"""
    if time.span is None or not sentence.span.start <= time.span.start < sentence.span.end:
        return False
    place = next((n for n, word in enumerate(sentence.words) if word.end > time.span.start), len(sentence.words))
    return 0 < place - phase.at <= _BEHIND


def _times_of(mention: Mention, phase: Phase) -> list[Interval]:
    """The times of a sentence that are nearer to the word of a phase than to any other verb."""
    words = mention.reading.sentence.words
    others = {words[one.at].start for one in mention.phases if one.what != phase.what}
    others |= {
        word.start
        for n, word in enumerate(words)
        if n not in mention.reading.sentence.timed  # `12 مارس`
        if predicate_kind(word.form) == "verb" and not mention.at <= n < mention.last and not _is_no_verb(word.form)
    }
    own = words[phase.at].start
    places = sorted(others | {own})
    return [
        time
        for time in mention.reading.sentence.times
        if time.span and (time.start or time.end) and min(places, key=_from(time.span.start)) == own
    ]


def _is_no_verb(form: Form) -> bool:
    return form.fold in _NO_VERBS or particle(form) is not None


def _from(place: int) -> Callable[[int], int]:
    return lambda other: abs(other - place)


def _width(interval: Interval) -> int:
    return (interval.end - interval.start).days if interval.start and interval.end else 10**6
