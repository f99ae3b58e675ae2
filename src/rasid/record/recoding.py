"""Coding a record anew, in place, after the coder or a lexicon has changed. Killed, it goes on where it was."""

import sqlite3
from collections.abc import Callable, Iterator
from typing import NamedTuple

from rasid.model import Article, CodedArticle
from rasid.record.contents import clear_contents, coder_key, write_contents
from rasid.record.history import keep_past
from rasid.record.opening import Record, as_record_errors, transaction
from rasid.record.reading import load_article
from rasid.record.settling import in_force, read_corrections, settle

STEP = "recode"  # as failures name it
_AT_ONCE = 50  # articles of a transaction
_NOBODY = -1  # no coder's key
_OTHERS = "SELECT key, id, page FROM articles WHERE coder IS NOT ? AND key > ? ORDER BY key LIMIT ?"


class Recoded(NamedTuple):
    """An article that was coded anew, or why it could not be; it is then left as it was."""

    page: str
    error: str | None


def count_outdated(record: Record, coder: str, *, all_of_them: bool = False) -> int:
    """How many articles another version than `coder` has coded; or how many there are."""
    with as_record_errors(record.path):
        made_by = _NOBODY if all_of_them else _key_of(record, coder)
        return int(record.connection.execute("SELECT count(*) FROM articles WHERE coder IS NOT ?", (made_by,)).fetchone()[0])


def _key_of(record: Record, coder: str) -> int | None:
    found = record.connection.execute("SELECT key FROM coders WHERE name = ?", (coder,)).fetchone()
    return int(found[0]) if found else None


def recode(
    record: Record, code: Callable[[Article], CodedArticle | str], coder: str, *, all_of_them: bool = False
) -> Iterator[Recoded]:
    """Code the articles that another version coded; what people corrected is laid over the new coding.

    Args:
        record: the record.
        code: codes an article, or says why it cannot.
        coder: the version that `code` is.
        all_of_them: also those that this version coded, as after people decided on actors.

    Yields:
        Each article, when it and some others are safely kept.

    Raises:
        RecordError: see `transaction`.
    """
    last = 0
    while True:
        with as_record_errors(record.path):
            made_by = _NOBODY if all_of_them else _key_of(record, coder)
            some = record.connection.execute(_OTHERS, (made_by, last, _AT_ONCE)).fetchall()
        if not some:
            return
        coded = [(key, page, code(load_article(record, article).article)) for key, article, page in some]
        with transaction(record) as connection:
            for key, _, one in coded:
                if isinstance(one, CodedArticle):
                    _replace(connection, key, one, coder)
        yield from (Recoded(page, one if isinstance(one, str) else None) for _, page, one in coded)
        last = some[-1][0]


def _replace(connection: sqlite3.Connection, key: int, coded: CodedArticle, coder: str) -> None:
    """Put a new coding in the place of the one before, unless the article went or changed in the meantime."""
    article = coded.article
    if connection.execute("SELECT text FROM articles WHERE key = ? AND id = ?", (key, article.id)).fetchone() != (
        article.text,
    ):
        return
    connection.execute("DELETE FROM failures WHERE step = ? AND page IN (SELECT page FROM articles WHERE key = ?)", (STEP, key))
    made_by = coder_key(connection, coder)
    keep_past(connection, key, coded, made_by, same_text=True)
    keys = clear_contents(connection, key)
    connection.execute("UPDATE articles SET coder = ? WHERE key = ?", (made_by, key))
    corrections = in_force(read_corrections(connection, "article = ?", (article.id,)))
    write_contents(connection, key, coded, settle(article.id, article.text, coded.events, corrections), keys)
