"""The whole way from an article to a coded article, on one screen."""

from functools import cache

from rasid.actors.phrases import read_phrases
from rasid.actors.resolve import Sentence, meet_people, recognise, timed
from rasid.arabic.sentences import split_sentences
from rasid.arabic.words import read_words
from rasid.events.build import Reading, read_events
from rasid.events.clauses import predicate_kind
from rasid.events.merge import merge_acts
from rasid.events.predicates import sources
from rasid.lexicon import fingerprint
from rasid.model import Article, CodedArticle, Span
from rasid.times import find_times

VERSION = "1"


@cache
def coder_version() -> str:
    """The version of coder and lexicon that stands in every event: `1+3fa94c20`."""
    return f"{VERSION}+{fingerprint(sources())[:8]}"


def code(article: Article) -> CodedArticle:
    """Code every political event that `article` reports.

    Args:
        article: a cleaned article; offsets in the result count characters of `article.text`.

    Returns:
        Events in order of mention, each act once.
    """
    text = article.text
    sentences = [read_sentence(article, span) for span in split_sentences(text)]
    people = meet_people(text, sentences)
    sentences = [recognise(sentence, people) for sentence in sentences]
    readings = [Reading(article, sentences, n, people, coder_version()) for n in range(len(sentences))]
    events = [event for reading in readings for event in read_events(reading)]
    return CodedArticle(article, merge_acts(article.id, events))


def read_sentence(article: Article, span: Span) -> Sentence:
    """The words of one sentence of `article`, with its time expressions and the phrases that name somebody."""
    words = read_words(span.text, span.start)
    times = find_times(article.text, words, article.date)
    return Sentence(span, words, read_phrases(words, predicate_kind, timed(words, times), article.date.start), times)
