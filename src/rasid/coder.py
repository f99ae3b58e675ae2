"""The whole way from an article to a coded article, on one screen."""

import gc
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import _lru_cache_wrapper, cache
from pathlib import Path
from typing import NamedTuple

from rasid.actors.memory import EMPTY, Memory
from rasid.actors.outlets import outlet_country
from rasid.actors.phrase import Phrase, parts_of
from rasid.actors.phrases import read_phrases
from rasid.actors.places import tell_apart
from rasid.actors.resolve import Sentence, code_of, meet_people, persons_of, recognise, timed
from rasid.arabic.sentences import split_sentences
from rasid.arabic.words import Word, forget, read_words, remembered
from rasid.errors import InputError
from rasid.events.agreements import read_agreements
from rasid.events.build import Reading, read_events
from rasid.events.claims import read_claims
from rasid.events.contexts import surroundings
from rasid.events.decide import weights
from rasid.events.merge import merge_acts
from rasid.events.moments import read_course
from rasid.events.outline import predicate_kind
from rasid.events.quotes import read_quotes
from rasid.events.scene import see_places
from rasid.lexicon import PACKAGE, fingerprint
from rasid.model import Article, CodedArticle, Interval, Mention, Span
from rasid.times import find_times, infer_date, read_expressions
from rasid.times.phrases import Phrase as Expression

VERSION = "1"
_ROOMS = ("actors", "arabic", "events", "times")
_SUFFIXES = frozenset((".py", ".json", ".bin", ".weights", ".yaml"))
_SCREENS = ("coder.py", "lexicon.py", "model.py")
LONGEST = 200_000  # characters of an article; news has a fiftieth, and what its sentences say of one another costs their square
_MANY_WORDS = 40_000  # forms, or pairs of them, that are remembered: some 150 MB
_SELDOM = 50_000  # objects made between two looks of the collector


@cache
def coder_version() -> str:
    """The version of coder and of all that it knows, which stands in every event: `1+3fa94c20`."""
    return f"{VERSION}+{fingerprint(sources())[:8]}"


def sources() -> list[Path]:
    """The files on which coding depends: code, weights and lexicons (those of `pages` too, which make the articles)."""
    rooms = [path for room in _ROOMS for path in (PACKAGE / room).iterdir() if path.suffix in _SUFFIXES]
    return sorted([*(PACKAGE / name for name in _SCREENS), *rooms, *PACKAGE.glob("*/lexicon/*")])


def warm_up() -> None:
    """Load all that the coder knows (about 60 MB, read-only), and tell the collector of garbage to leave it alone.

    For a process that codes many articles: an eighth faster. What coding makes dies young and holds no cycles, so that the
    collector, which this changes for the whole process, need not look often.
    """
    code(Article("", "قال"))
    gc.collect()
    gc.freeze()
    gc.set_threshold(_SELDOM, 20, 20)


def stay_small() -> None:
    """Forget what was worked out of words met before, once they are very many: news brings new ones for ever.

    For a process that codes many articles, now and then; what is met again is worked out again. Keeps it under 400 MB.
    """
    modules = [module for name, module in list(sys.modules.items()) if name.startswith("rasid.")]
    found = {one for module in modules for one in vars(module).values() if isinstance(one, _lru_cache_wrapper)}
    words = [one for one in found if one.cache_info().maxsize is not None]  # the others hold what ships with rasid
    if remembered() > _MANY_WORDS or any(one.cache_info().currsize > _MANY_WORDS for one in words):
        forget()
        for one in words:
            one.cache_clear()


def code(article: Article, memory: Memory = EMPTY) -> CodedArticle:
    """Code every political event that `article` reports.

    Args:
        article: a cleaned article; offsets in the result count characters of `article.text`.
        memory: what other articles say of persons, and a user's own actors; read-only.

    Returns:
        Events in order of mention, each act once. The article's date, where nothing gives it, is what its words allow.

    Raises:
        InputError: the article is longer than `LONGEST`.
    """
    if len(article.text) > LONGEST:
        raise InputError(f"the text has {len(article.text):,} characters, and no article more than {LONGEST:,}; divide it")
    spoken = listen(article.text)
    article = dated(article, spoken)
    readings = read_article(article, memory, spoken)
    events = read_events(readings, weights())
    persons = persons_of(article.text, readings[0].sentences, readings[0].people) if readings else ()
    acts = merge_acts(article.id, events, weights())
    quotes = read_quotes(readings)
    claims = read_claims(readings, quotes)
    return CodedArticle(article, acts, quotes, read_agreements(readings, acts, quotes, claims), persons, claims)


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
    scene, course = see_places(sentences, outlet, article.date.start), read_course(sentences)
    about = surroundings([sentence.words for sentence in sentences], article.title)
    version = coder_version()
    return [Reading(article, sentences, n, people, scene, version, course, about) for n in range(len(sentences))]


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
    said: list[Interval] = []
    for one in spoken:
        sentences.append(_read_sentence(article, one, said))
        said += sentences[-1].times
    return sentences


def read_sentence(article: Article, span: Span) -> Sentence:
    """The words of one sentence of `article`, with its time expressions and the phrases that name somebody."""
    return _read_sentence(article, _listen(span), ())


def _read_sentence(article: Article, spoken: Spoken, before: Sequence[Interval]) -> Sentence:
    """`before` are the times that the sentences before name."""
    span, words, expressions = spoken
    times = find_times(article.text, words, article.date, before, expressions)
    dated = timed(words, times)
    return Sentence(span, words, read_phrases(words, predicate_kind, dated, article.date.start), times, dated)
