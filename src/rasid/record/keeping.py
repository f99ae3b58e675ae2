"""How an article is kept: what SQLite cannot hold is replaced, and what was forgotten stays so. No place in the text moves."""

import datetime as dt
import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

from rasid.errors import RecordError
from rasid.model import Article, CodedArticle, Entity, Span
from rasid.record.opening import Record, transaction
from rasid.record.search_words import key_of, words_of

_NUL, INSTEAD = "\0", "\ufffd"  # SQLite's own functions take a NUL for the end of a text
MASK = "█"
Names = dict[int, frozenset[str]]  # hashes, by how many words the names have


def as_kept(connection: sqlite3.Connection, article: Article) -> Article:
    """`article` as it stands in the record: without NUL, and with the names of forgotten persons blackened."""
    named = forgotten_persons(connection)

    alone = last_words(article.text, named) | last_words(article.title or "", named)

    def clean(text: str | None) -> str | None:
        return None if text is None else blacken(text.replace(_NUL, INSTEAD), named, alone)

    text = clean(article.text)
    assert text is not None
    byline = None if keeps_officials_only(connection) else clean(article.byline)
    changed = replace(article, text=text, title=clean(article.title), byline=byline)
    return article if changed == article else changed


def keeps_officials_only(connection: sqlite3.Connection) -> bool:
    """Whether of persons only those are named in this record who hold a public role."""
    return connection.execute("SELECT 1 FROM kept_persons").fetchone() is not None


def keep_officials_only(record: Record) -> None:
    """From now on, and for ever, name of persons only those who hold a public role: whatever is added, and when it is recoded.

    Raises:
        RecordError: the record holds articles already, with everybody's names.
    """
    with transaction(record) as connection:
        if keeps_officials_only(connection):
            return
        if connection.execute("SELECT 1 FROM articles").fetchone():
            raise RecordError(
                f"{record.path}: holds articles with the names of all; ingest into a new record with --persons officials"
            )
        now = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        connection.execute("INSERT INTO kept_persons VALUES ('officials', ?)", (now,))


def coded_as_kept(coded: CodedArticle, article: Article) -> CodedArticle:
    """What was coded of an article, for the article as it is kept: its words are those of the kept text."""
    if article is coded.article:
        return coded
    changed: CodedArticle = _rewritten(replace(coded, article=article), lambda span: _sliced(span, article.text))
    # A person without a name is nobody who could be remembered.
    return replace(changed, article=article, persons=tuple(person for person in changed.persons if person.name))


def forgotten_persons(connection: sqlite3.Connection) -> Names:
    """The hashes of the names that must not be kept, by how many words they have."""
    rows = connection.execute("SELECT words, hash FROM forgotten WHERE kind = 'person'").fetchall()
    return {number: frozenset(name for words, name in rows if words == number) for number in {words for words, _ in rows}}


def name_hash(words: list[str]) -> str:
    """What is kept of a forgotten person's name: enough to know it again, nothing to read it from."""
    return hashlib.sha256(" ".join(words).encode("utf-8", "surrogatepass")).hexdigest()


def blacken(text: str, named: Names, alone: frozenset[str] = frozenset()) -> str:
    """`text` with the names that `named` knows replaced, letter by letter, however their words are written.

    Where a whole name stands, its last word alone means the same person and goes as well, and so do the words `alone`, as they
    are in the index.
    """
    if not named:
        return text
    words = words_of(text)
    keys = [key_of(word.form) for word in words]
    found = _names_in(keys, named)
    surnames = alone | {keys[last - 1] for _, last in found}
    letters = list(text)
    for first, last in [*found, *((n, n + 1) for n, key in enumerate(keys) if key in surnames)]:
        for at in range(words[first].start, words[last - 1].end):
            letters[at] = letters[at] if letters[at].isspace() else MASK
    return "".join(letters)


def last_words(text: str, named: Names) -> frozenset[str]:
    """The last words, as they are in the index, of the names of `named` that stand in `text`."""
    keys = [key_of(word.form) for word in words_of(text)] if named else []
    return frozenset(keys[last - 1] for _, last in _names_in(keys, named))


def _names_in(keys: list[str], named: Names) -> list[tuple[int, int]]:
    return [
        (first, first + number)
        for number, hashes in named.items()
        for first in range(len(keys) - number + 1)
        if name_hash(keys[first : first + number]) in hashes
    ]


def _sliced(span: Span, text: str) -> Span:
    return replace(span, text=text[span.start : span.end])


def _rewritten(value: Any, change: Callable[[Span], Span]) -> Any:
    """`value` with every span in it changed; a person whose words are blackened loses the name as well."""
    if isinstance(value, Span):
        return change(value)
    if isinstance(value, tuple):
        return tuple(_rewritten(item, change) for item in value)
    if isinstance(value, Article) or not is_dataclass(value) or isinstance(value, type):
        return value.replace(_NUL, INSTEAD) if isinstance(value, str) else value
    changed = replace(value, **dict(_rewritten_fields(value, change)))
    if isinstance(changed, Entity) and MASK in changed.span.text and changed != value:
        return replace(changed, name=None, latin=None)
    return changed


def _rewritten_fields(value: Any, change: Callable[[Span], Span]) -> Iterator[tuple[str, Any]]:
    for field in fields(value):
        yield field.name, _rewritten(getattr(value, field.name), change)
