"""The whole way from an article to a coded article, on one screen."""

import gc
from functools import cache

from rasid.actors.phrase import parts_of
from rasid.actors.phrases import read_phrases
from rasid.actors.resolve import Sentence, code_of, meet_people, recognise, timed
from rasid.arabic.sentences import split_sentences
from rasid.arabic.words import read_words
from rasid.events.build import Reading, read_events
from rasid.events.decide import WEIGHTS, weights
from rasid.events.merge import merge_acts
from rasid.events.outline import predicate_kind
from rasid.lexicon import PACKAGE, fingerprint
from rasid.model import Article, CodedArticle, Mention, Span
from rasid.times import find_times

VERSION = "1"
_SELDOM = 50_000  # objects made between two looks of the collector


@cache
def coder_version() -> str:
    """The version of coder and of all that it knows, which stands in every event: `1+3fa94c20`."""
    return f"{VERSION}+{fingerprint([WEIGHTS, *PACKAGE.glob('*/lexicon/*')])[:8]}"


def warm_up() -> None:
    """Load all that the coder knows (about 60 MB, read-only), and tell the collector of garbage to leave it alone.

    For a process that codes many articles: an eighth faster. What coding makes dies young and holds no cycles, so that the
    collector, which this changes for the whole process, need not look often.
    """
    code(Article("", "قال"))
    gc.collect()
    gc.freeze()
    gc.set_threshold(_SELDOM, 20, 20)


def code(article: Article) -> CodedArticle:
    """Code every political event that `article` reports.

    Args:
        article: a cleaned article; offsets in the result count characters of `article.text`.

    Returns:
        Events in order of mention, each act once.
    """
    text = article.text
    sentences = [read_sentence(article, span) for span in split_sentences(text)]
    people = meet_people(text, sentences, article.date.start)
    sentences = [recognise(sentence, people) for sentence in sentences]
    readings = [Reading(article, sentences, n, people, coder_version()) for n in range(len(sentences))]
    events = [event for reading in readings for event in read_events(reading)]
    return CodedArticle(article, merge_acts(article.id, events, weights().keep_event))


def find_mentions(article: Article) -> list[Mention]:
    """Everyone and every place that `article` names, in order; a code where the text or the tables give one.

    A person's name and the office beside it are two mentions, with one code.
    """
    sentences = [read_sentence(article, span) for span in split_sentences(article.text)]
    people = meet_people(article.text, sentences, article.date.start)
    return [
        Mention(sentence.slice(article.text, first, last), kind, code_of(phrase))
        for sentence in (recognise(sentence, people) for sentence in sentences)
        for phrase in sentence.phrases
        if phrase.preposition != "nisba" and not phrase.stands_for
        for first, last, kind in parts_of(phrase)
    ]


def read_sentence(article: Article, span: Span) -> Sentence:
    """The words of one sentence of `article`, with its time expressions and the phrases that name somebody."""
    words = read_words(span.text, span.start)
    times = find_times(article.text, words, article.date)
    dated = timed(words, times)
    return Sentence(span, words, read_phrases(words, predicate_kind, dated, article.date.start), times, dated)
