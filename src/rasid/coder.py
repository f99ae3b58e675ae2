"""The whole way from an article to a coded article, on one screen."""

from functools import cache

from rasid.actors.phrases import read_phrases
from rasid.actors.resolve import Sentence, meet_people, timed
from rasid.arabic.sentences import split_sentences
from rasid.arabic.words import read_words
from rasid.events.build import Reading, read_events
from rasid.events.clauses import is_finite
from rasid.events.merge import merge_acts
from rasid.events.predicates import sources
from rasid.lexicon import fingerprint
from rasid.model import Article, CodedArticle
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
    sentences = []
    for span in split_sentences(text):
        words = read_words(span.text, span.start)
        times = find_times(text, words, article.date)
        sentences.append(Sentence(span, words, read_phrases(words, is_finite, timed(words, times)), times))
    people = meet_people(text, sentences)
    events = []
    for sentence in sentences:
        events += read_events(Reading(article, sentence, people, coder_version()))
    return CodedArticle(article, merge_acts(article.id, events))
