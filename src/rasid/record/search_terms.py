"""What somebody types to search: words, "phrases in quotes", beginnings*, and -words that must not stand there."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from rasid.arabic.words import Form, Word, read_form
from rasid.errors import InputError
from rasid.record.english import longest, meaning_of
from rasid.record.search_words import begins, key_of, says, words_of

_PIECE = re.compile(r'(-?)(?:"([^"]*)"|“([^”]*)”|«([^»]*)»|(\S+))')
_LATIN = re.compile(r"[A-Za-z]")


class Sql(NamedTuple):
    """A piece of SQL and the values for its question marks."""

    text: str
    values: tuple[Any, ...] = ()


class Phrase(NamedTuple):
    """Words that follow one another, as forms; the last may be a beginning only."""

    forms: tuple[Form, ...]
    is_beginning: bool = False


class Term(NamedTuple):
    """One thing that an article must have, or, where `without`, must not have: one of the phrases, or one of the events."""

    phrases: tuple[Phrase, ...]
    events: tuple[tuple[str, str | None], ...] = ()
    codes: tuple[str, ...] = ()
    latin: str | None = None
    without: bool = False


def read_terms(typed: str) -> list[Term]:
    """The terms of a search as it was typed.

    An English word stands for the Arabic words, events and actors that the tables know; one that they do not know is looked for
    as it is, and among the Latin forms of names.

    Raises:
        InputError: nothing is asked for.
    """
    terms: list[Term] = []
    latin: list[tuple[bool, str]] = []
    for minus, *quoted, word in _PIECE.findall(typed):
        words = next(filter(None, quoted), "")
        if not words and word and _LATIN.search(word) and not word.endswith("*"):
            latin.append((bool(minus), word))
            continue
        terms += _english(latin)
        latin = []
        terms += _term(words or word, bool(minus), is_quoted=bool(words))
    terms += _english(latin)
    if not any(not term.without for term in terms):
        raise InputError('nothing is asked for; type a word in Arabic or English, a "phrase", or a beginning with * behind it')
    return terms


def match_of(term: Term) -> str:
    """A term as the full-text index is asked for it; its words there stand for others too, see `fits`."""
    return " OR ".join(_match(phrase) for phrase in term.phrases)


def has_term(term: Term) -> Sql:
    """Whether article `a` says a term, or reports such an event, or names such an actor."""
    parts = [Sql("SELECT rowid FROM article_words WHERE article_words MATCH ?", (match_of(term),))]
    for kind, mode in term.events:
        of_mode = Sql(" AND mode = ?", (mode,)) if mode else Sql("")
        parts.append(Sql(f"SELECT article FROM events WHERE stands = 1 AND type = ?{of_mode.text}", (kind, *of_mode.values)))
    who = "SELECT e.article FROM participants AS p CROSS JOIN events AS e ON e.key = p.event WHERE e.stands = 1 AND"
    for code in term.codes:
        parts.append(Sql(f"{who} p.code >= ? AND p.code < ?", (code, f"{code}!")))
    if term.latin:
        parts.append(Sql(f"{who} p.latin = ? COLLATE NOCASE", (term.latin,)))
    sets = " UNION ".join(part.text for part in parts)
    return Sql(f"a.key {'NOT ' if term.without else ''}IN ({sets})", tuple(value for part in parts for value in part.values))


def matching_articles(typed: str) -> Sql:
    """The keys of the articles that say what was typed, or report such events, for use in another query.

    The words are those of the index, which now and then stand for others as well; see `search_words`.
    """
    parts = [has_term(term) for term in read_terms(typed)]
    where = " AND ".join(part.text for part in parts)
    return Sql(f"SELECT a.key FROM articles AS a WHERE {where}", tuple(value for part in parts for value in part.values))


def places_of(term: Term, words: Sequence[Word]) -> list[tuple[int, int]]:
    """Where the words of a text are what a term asks for: first and after the last, as numbers of words."""
    return [place for phrase in term.phrases for place in _places(phrase, words)]


def _match(phrase: Phrase) -> str:
    keys = " ".join(key_of(form) for form in phrase.forms)
    return f'"{keys}"*' if phrase.is_beginning else f'"{keys}"'


def _places(phrase: Phrase, words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    number = len(phrase.forms)
    asked = [(begins if phrase.is_beginning and n == number - 1 else says, form) for n, form in enumerate(phrase.forms)]
    (is_first, first_form), rest = asked[0], asked[1:]
    for first, word in enumerate(words[: len(words) - number + 1]):
        if is_first(word.form, first_form) and all(
            is_next(words[first + n].form, form) for n, (is_next, form) in enumerate(rest, 1)
        ):
            yield first, first + number


def _term(text: str, without: bool, *, is_quoted: bool) -> Iterator[Term]:
    if is_quoted and _LATIN.search(text):
        yield _latin_term(text, without)
        return
    is_beginning = text.endswith("*")
    forms = tuple(word.form for word in words_of(text))
    if forms:
        yield Term((Phrase(forms, is_beginning),), without=without)


def _english(words: Sequence[tuple[bool, str]]) -> Iterator[Term]:
    """Terms of Latin words in a row: `prime minister of Egypt`; the longest entry of the tables wins."""
    at = 0
    while at < len(words):
        without = words[at][0]
        for number in range(min(longest(), len(words) - at), 0, -1):
            text = " ".join(word for _, word in words[at : at + number])
            if meaning_of(text):
                break
        yield _latin_term(text, without)
        at += number


def _latin_term(text: str, without: bool) -> Term:
    meaning = meaning_of(text)
    forms = tuple(word.form for word in words_of(text)) or (read_form(text, "latin"),)
    as_written = Phrase(forms)
    if meaning is None:
        return Term((as_written,), latin=" ".join(text.split()), without=without)
    arabic = [Phrase(tuple(word.form for word in words_of(words))) for words in meaning.arabic]
    return Term((*arabic, as_written), meaning.events, meaning.codes, " ".join(text.split()), without)
