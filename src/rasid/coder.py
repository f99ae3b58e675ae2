"""The whole way from an article to a coded article, on one screen."""

import gc
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from rasid.actors.memory import EMPTY, Memory
from rasid.actors.outlets import outlet_country
from rasid.actors.phrase import Phrase, parts_of
from rasid.actors.phrases import read_phrases
from rasid.actors.places import tell_apart
from rasid.actors.resolve import Sentence, code_of, meet_people, persons_of, recognise, timed
from rasid.actors.tagger import WEIGHTS as NAME_WEIGHTS
from rasid.actors.whose import WEIGHTS as OWNER_WEIGHTS
from rasid.arabic.sentences import split_sentences
from rasid.arabic.words import Word, read_words
from rasid.events.build import Reading, read_events
from rasid.events.contexts import CONTEXT_WEIGHTS, surroundings
from rasid.events.decide import WEIGHTS, weights
from rasid.events.merge import merge_acts
from rasid.events.outline import predicate_kind
from rasid.events.scene import see_places
from rasid.events.when import article_day
from rasid.events.where import WHERE_WEIGHTS
from rasid.lexicon import PACKAGE, fingerprint
from rasid.model import Article, CodedArticle, Interval, Mention, Span
from rasid.times import find_times, infer_date, read_expressions
from rasid.times.phrases import Phrase as Expression

VERSION = "1"
_SELDOM = 50_000  # objects made between two looks of the collector


@cache
def coder_version() -> str:
    """The version of coder and of all that it knows, which stands in every event: `1+3fa94c20`."""
    parts = [WEIGHTS, WHERE_WEIGHTS, CONTEXT_WEIGHTS, OWNER_WEIGHTS, NAME_WEIGHTS, *PACKAGE.glob("*/lexicon/*")]
    return f"{VERSION}+{fingerprint(parts)[:8]}"


def warm_up() -> None:
    """Load all that the coder knows (about 60 MB, read-only), and tell the collector of garbage to leave it alone.

    For a process that codes many articles: an eighth faster. What coding makes dies young and holds no cycles, so that the
    collector, which this changes for the whole process, need not look often.
    """
    code(Article("", "قال"))
    gc.collect()
    gc.freeze()
    gc.set_threshold(_SELDOM, 20, 20)


def code(article: Article, memory: Memory = EMPTY) -> CodedArticle:
    """Code every political event that `article` reports.

    Args:
        article: a cleaned article; offsets in the result count characters of `article.text`.
        memory: what other articles say of persons, and a user's own actors; read-only.

    Returns:
        Events in order of mention, each act once. The article's date, where nothing gives it, is what its words allow.
    """
    spoken = listen(article.text)
    article = dated(article, spoken)
    readings = read_article(article, memory, spoken)
    events = [event for reading in readings for event in read_events(reading)]
    persons = persons_of(article.text, [reading.sentence for reading in readings], readings[0].people) if readings else ()
    return CodedArticle(article, merge_acts(article.id, events, weights().keep_event), persons=persons)


class Spoken(NamedTuple):
    """A sentence before anything but its words and its expressions of time is read."""

    span: Span
    words: list[Word]
    expressions: list[Expression]


def listen(text: str) -> list[Spoken]:
    """The sentences of `text`, in order."""
    return [_listen(span) for span in split_sentences(text)]


def _listen(span: Span) -> Spoken:
    words = read_words(span.text, span.start)
    return Spoken(span, words, read_expressions(words))


def dated(article: Article, spoken: Sequence[Spoken]) -> Article:
    """`article` as it is if its date is known, else with the interval that its own words allow."""
    if article.date.evidence not in ("unknown", "inferred"):
        return article
    words, expressions = [one.words for one in spoken], [one.expressions for one in spoken]
    return replace(article, date=infer_date(words, expressions))


def read_article(article: Article, memory: Memory = EMPTY, spoken: Sequence[Spoken] | None = None) -> list[Reading]:
    """The sentences of `article`, each with what the whole article says of persons, places and days."""
    outlet = outlet_country(article.source, article.url)
    sentences = tell_apart(read_sentences(article, listen(article.text) if spoken is None else spoken), outlet)
    people = meet_people(article.text, sentences, article.date.start, memory, read_title(article))
    sentences = [recognise(sentence, people, predicate_kind) for sentence in sentences]
    scene, day = see_places(sentences, outlet), article_day(sentences, article.date)
    about = surroundings([sentence.words for sentence in sentences], article.title)
    version = coder_version()
    return [Reading(article, sentences, n, people, scene, version, day, about) for n in range(len(sentences))]


def find_mentions(article: Article) -> list[Mention]:
    """Everyone and every place that `article` names, in order; a code where the text or the tables give one.

    A person's name and the office beside it are two mentions, with one code.
    """
    return [
        Mention(sentence.slice(article.text, first, last), kind, code_of(phrase))
        for sentence in (reading.sentence for reading in read_article(article))
        for phrase in sentence.phrases
        if phrase.preposition != "nisba" and not phrase.stands_for
        for first, last, kind in parts_of(phrase)
    ]


def read_title(article: Article) -> list[Phrase]:
    """The phrases of an article's title that name somebody."""
    return read_phrases(read_words(article.title), predicate_kind, frozenset(), article.date.start) if article.title else []


def read_sentences(article: Article, spoken: Iterable[Spoken]) -> list[Sentence]:
    """The sentences of `article`, each with what it says of days and of those whom it names."""
    sentences: list[Sentence] = []
    said: Interval | None = None
    for one in spoken:
        sentences.append(_read_sentence(article, one, said))
        said = next(reversed(sentences[-1].times), said)
    return sentences


def read_sentence(article: Article, span: Span) -> Sentence:
    """The words of one sentence of `article`, with its time expressions and the phrases that name somebody."""
    return _read_sentence(article, _listen(span), None)


def _read_sentence(article: Article, spoken: Spoken, said: Interval | None) -> Sentence:
    """`said` is the last time that the sentences before name."""
    span, words, expressions = spoken
    times = find_times(article.text, words, article.date, said, expressions)
    dated = timed(words, times)
    return Sentence(span, words, read_phrases(words, predicate_kind, dated, article.date.start), times, dated)
