"""Coding a record anew, in place, after the coder or a lexicon has changed. Killed, it goes on where it was."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from typing import NamedTuple

from rasid.actors.officials import officials_only
from rasid.model import Article, CodedArticle
from rasid.record.contents import clear_contents, coder_key, write_contents
from rasid.record.history import keep_past, keep_unchanged
from rasid.record.keeping import INSTEAD, MASK, keeps_officials_only
from rasid.record.left import NO_EVENT, set_uncoded
from rasid.record.lexicons import Change, Knowledge, change_since, keep_knowledge, touches
from rasid.record.opening import Record, as_record_errors, transaction
from rasid.record.reading import load_article
from rasid.record.settling import in_force, read_corrections, settle

STEP = "recode"  # as failures name it
_AT_ONCE = 50  # articles of a transaction
_NOBODY = -1  # no coder's key
_PLACE = re.compile(r"(?<![\w.-])[\w.-]+\.(?:yaml|csv):\d+")
_OTHERS = "SELECT key, id, page, coder FROM articles WHERE coder IS NOT ? AND key > ? ORDER BY key LIMIT ?"


class Recoded(NamedTuple):
    """An article that was coded anew, or why it could not be; it is then left as it was.

    `untouched` says that it was not coded: nothing of what changed since it was coded can touch it.
    """

    page: str
    error: str | None
    untouched: bool = False


class _Todo(NamedTuple):
    """An article to be brought up to date, with the change that does not touch it, or else its new coding."""

    key: int
    page: str
    article: Article
    change: Change | None
    coded: CodedArticle | str | None


def count_outdated(record: Record, coder: str, *, all_of_them: bool = False) -> int:
    """How many articles another version than `coder` has coded; or how many there are."""
    with as_record_errors(record.path):
        made_by = _NOBODY if all_of_them else _key_of(record, coder)
        return int(record.connection.execute("SELECT count(*) FROM articles WHERE coder IS NOT ?", (made_by,)).fetchone()[0])


def _key_of(record: Record, coder: str) -> int | None:
    found = record.connection.execute("SELECT key FROM coders WHERE name = ?", (coder,)).fetchone()
    return int(found[0]) if found else None


def recode(
    record: Record,
    code: Callable[[Article], CodedArticle | str],
    coder: str,
    *,
    all_of_them: bool = False,
    known: Knowledge | None = None,
) -> Iterator[Recoded]:
    """Bring up to date the articles that another version coded; what people corrected is laid over the new coding.

    An article that nothing of what changed can touch is not coded anew, but is as good as that.

    Args:
        record: the record.
        code: codes an article, or says why it cannot.
        coder: the version that `code` is.
        all_of_them: all are coded anew, also those that this version coded, as after people decided on actors.
        known: what that version knows; None: every article is coded anew.

    Yields:
        Each article, when it and some others are safely kept.

    Raises:
        RecordError: see `transaction`.
    """
    last = 0
    changes: dict[int | None, Change | None] = {}
    while True:
        with as_record_errors(record.path):
            made_by = _NOBODY if all_of_them else _key_of(record, coder)
            some = record.connection.execute(_OTHERS, (made_by, last, _AT_ONCE)).fetchall()
            if known and not all_of_them:
                new = {before for *_, before in some} - changes.keys()
                changes |= {before: change_since(record.connection, before, known) for before in new}
        if not some:
            return
        todo = [_looked_at(record, key, article, page, changes.get(before), code) for key, article, page, before in some]
        with transaction(record) as connection:
            _write(connection, todo, coder, known)
        yield from (
            Recoded(one.page, one.coded if isinstance(one.coded, str) else None, one.change is not None) for one in todo
        )
        last = some[-1][0]


def _looked_at(
    record: Record,
    key: int,
    article_id: str,
    page: str,
    change: Change | None,
    code: Callable[[Article], CodedArticle | str],
) -> _Todo:
    article = load_article(record, article_id).article
    if change and not _was_changed(article) and not touches(change, article):
        return _Todo(key, page, article, change, None)
    return _Todo(key, page, article, None, code(article))


def _was_changed(article: Article) -> bool:
    """Whether an article may have been coded before it became what is kept: with a name in it that was blackened, or a NUL."""
    return any(sign in text for text in (article.text, article.title or "") for sign in (MASK, INSTEAD))


def _write(connection: sqlite3.Connection, todo: list[_Todo], coder: str, known: Knowledge | None) -> None:
    made_by = coder_key(connection, coder)
    if known and made_by is not None:
        keep_knowledge(connection, made_by, known)
    for one in todo:
        # Unless the article went or changed in the meantime.
        there = connection.execute("SELECT text FROM articles WHERE key = ? AND id = ?", (one.key, one.article.id)).fetchone()
        if there != (one.article.text,) or isinstance(one.coded, str):
            continue
        failed = "DELETE FROM failures WHERE step = ? AND page IN (SELECT page FROM articles WHERE key = ?)"
        connection.execute(failed, (STEP, one.key))
        if one.coded:
            _replace(connection, one.key, one.coded, made_by)
            if not one.coded.events:
                connection.execute("INSERT OR IGNORE INTO uncoded VALUES (?, ?)", (one.key, NO_EVENT))
            else:
                set_uncoded(connection, one.key, None)
        elif one.change:
            _confirm(connection, one.key, made_by, one.change)


def _confirm(connection: sqlite3.Connection, key: int, coder: int | None, change: Change) -> None:
    """Say of an article's coding that it is that of another version, too."""
    keep_unchanged(connection, key)
    connection.execute("UPDATE events SET coder = ? WHERE article = ? AND correction IS NULL", (coder, key))
    connection.execute("UPDATE articles SET coder = ? WHERE key = ?", (coder, key))
    if not change.moved:
        return
    events = connection.execute("SELECT key, predicate, reasons FROM events WHERE article = ? AND correction IS NULL", (key,))
    for event, predicate, reasons in events.fetchall():
        placed = (change.moved.get(predicate, predicate), _PLACE.sub(lambda at: change.moved.get(at[0], at[0]), reasons))
        connection.execute("UPDATE events SET predicate = ?, reasons = ? WHERE key = ?", (*placed, event))


def _replace(connection: sqlite3.Connection, key: int, coded: CodedArticle, made_by: int | None) -> None:
    """Put a new coding in the place of the one before."""
    coded = officials_only(coded) if keeps_officials_only(connection) else coded
    article = coded.article
    keep_past(connection, key, coded, made_by, same_text=True)
    keys = clear_contents(connection, key)
    connection.execute("UPDATE articles SET coder = ? WHERE key = ?", (made_by, key))
    corrections = in_force(read_corrections(connection, "article = ?", (article.id,)))
    write_contents(connection, key, coded, settle(article.id, article.text, coded.events, corrections), keys)
