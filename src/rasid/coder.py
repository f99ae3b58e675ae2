"""The whole way from an article to a coded article, on one screen."""

import gc
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from rasid.actors.memory import EMPTY, Memory
from rasid.actors.outlets import outlet_country
from rasid.actors.phrase import Phrase, parts_of
from rasid.actors.phrases import read_phrases
from rasid.actors.places import tell_apart
from rasid.actors.resolve import Sentence, code_of, meet_people, persons_of, recognise, timed
from rasid.actors.tagger import WEIGHTS as NAME_WEIGHTS
from rasid.actors.whose import WEIGHTS as OWNER_WEIGHTS
from rasid.arabic.sentences import split_sentences
from rasid.arabic.words import read_words
from rasid.events.build import Reading, read_events
from rasid.events.contexts import CONTEXT_WEIGHTS, surroundings
from rasid.events.decide import WEIGHTS, weights
from rasid.events.merge import merge_acts
from rasid.events.moments import read_course
from rasid.events.outline import predicate_kind
from rasid.events.scene import see_places
from rasid.events.when import WHEN_WEIGHTS
from rasid.events.where import WHERE_WEIGHTS
from rasid.lexicon import PACKAGE, fingerprint
from rasid.model import Article, CodedArticle, Interval, Mention, Span
from rasid.times import find_times, infer_date

VERSION = "1"
_SELDOM = 50_000  # objects made between two looks of the collector


@cache
def coder_version() -> str:
    """The version of coder and of all that it knows, which stands in every event: `1+3fa94c20`."""
    parts = [WEIGHTS, WHEN_WEIGHTS, WHERE_WEIGHTS, CONTEXT_WEIGHTS, OWNER_WEIGHTS, NAME_WEIGHTS, *PACKAGE.glob("*/lexicon/*")]
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
    article = dated(article)
    readings = read_article(article, memory)
    events = [event for reading in readings for event in read_events(reading)]
    persons = persons_of(article.text, [reading.sentence for reading in readings], readings[0].people) if readings else ()
    return CodedArticle(article, merge_acts(article.id, events, weights().keep_event), persons=persons)


def dated(article: Article) -> Article:
    """`article` as it is if its date is known, else with the interval that its own words allow."""
    if article.date.evidence not in ("unknown", "inferred"):
        return article
    return replace(article, date=infer_date(read_words(span.text, span.start) for span in split_sentences(article.text)))


def read_article(article: Article, memory: Memory = EMPTY) -> list[Reading]:
    """The sentences of `article`, each with what the whole article says of persons, places and days."""
    outlet = outlet_country(article.source, article.url)
    sentences = tell_apart(read_sentences(article), outlet)
    people = meet_people(article.text, sentences, article.date.start, memory, read_title(article))
    sentences = [recognise(sentence, people, predicate_kind) for sentence in sentences]
    scene, course = see_places(sentences, outlet), read_course(sentences)
    about = surroundings([sentence.words for sentence in sentences], article.title)
    return [Reading(article, sentences, n, people, scene, coder_version(), course, about) for n in range(len(sentences))]


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


def read_sentences(article: Article) -> list[Sentence]:
    """The sentences of `article`, in order."""
    sentences: list[Sentence] = []
    said: list[Interval] = []
    for span in split_sentences(article.text):
        sentences.append(read_sentence(article, span, said))
        said += sentences[-1].times
    return sentences


def read_sentence(article: Article, span: Span, before: Sequence[Interval] = ()) -> Sentence:
    """The words of one sentence of `article`, with its time expressions and the phrases that name somebody.

    `before` are the times that the sentences before name.
    """
    words = read_words(span.text, span.start)
    times = find_times(article.text, words, article.date, before)
    dated = timed(words, times)
    return Sentence(span, words, read_phrases(words, predicate_kind, dated, article.date.start), times, dated)
