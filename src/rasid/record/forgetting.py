"""Taking an article, or a private person, out of a record for good: the one exception to append-only, itself noted.

What is noted are hashes, which keep what was forgotten from being added again, and say nothing. Backups and releases that were
made before are other files, and stay as they are.
"""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from typing import Any

from rasid.errors import InputError, NotThereError
from rasid.model import CodedArticle, Entity
from rasid.record.contents import as_json, clear_contents, now, write_contents
from rasid.record.keeping import MASK, as_kept, blacken, coded_as_kept, forgotten_persons, name_hash
from rasid.record.opening import Record, as_record_errors, transaction
from rasid.record.reading import load_article, read_machine_events
from rasid.record.search_words import key_of, words_of
from rasid.record.settling import in_force, read_corrections, settle
from rasid.record.writing import hash_of, index_words, unindex_words

_NOTE = "INSERT INTO forgotten (at, by, note, kind, articles, words, hash) VALUES (?, ?, ?, ?, ?, ?, ?)"
_OURS = "name NOT LIKE 'sqlite%' AND name NOT LIKE 'article_words%' AND name NOT IN ('forgotten', 'forgetting', 'migrations')"


def forget_article(record: Record, article_id: str, *, by: str, note: str | None = None) -> None:
    """Take an article out, with all that was coded of it and what people said of that; it is not added again.

    Raises:
        RecordError: there is no such article.
        InputError: nobody's name is given.
    """
    _check(by)
    with transaction(record) as connection:
        found = connection.execute("SELECT key, url, page, text_hash FROM articles WHERE id = ?", (article_id,)).fetchone()
        if found is None:
            raise NotThereError(f'{record.path}: holds no article "{article_id}"')
        key, url, page, text_hash = found
        for known in dict.fromkeys((hash_of(article_id), hash_of(url or page), text_hash)):
            connection.execute(_NOTE, (now(), by, note, "article", 1, None, known))
        unindex_words(connection, key)
        _with_corrections(connection, article_id, lambda: _delete_corrections(connection, article_id))
        connection.execute("DELETE FROM articles WHERE key = ?", (key,))
        connection.execute("DELETE FROM failures WHERE page = ?", (page,))
    _wipe(record)


def forget_person(record: Record, name: str, *, by: str, note: str | None = None) -> int:
    """Blacken a person's name wherever it stands, and take the person out of the events, which stay without the name.

    Args:
        record: the record.
        name: two words or more, as Arabic texts write them; hamzas and clitics do not matter.
        by: who does so.
        note: why.

    Returns:
        In how many articles it stood.

    Raises:
        InputError: the name has one word only, which others have too, or nobody's name is given as who does so.
    """
    _check(by)
    keys = [key_of(word.form) for word in words_of(name)]
    if len(keys) < 2:
        raise InputError(f'"{name}" may be many people; give the whole name, two words or more')
    named = {len(keys): frozenset([name_hash(keys)])}
    with transaction(record) as connection:
        phrase = '"' + " ".join(keys) + '"'
        found = connection.execute("SELECT rowid FROM article_words WHERE article_words MATCH ?", (phrase,)).fetchall()
        hit = connection.execute(_NOTE, (now(), by, note, "person", 0, len(keys), *named[len(keys)])).lastrowid
        latin: set[str] = set()
        changed = sum(_blacken_article(connection, record, key, latin) for (key,) in found)
        connection.execute("UPDATE forgotten SET articles = ? WHERE key = ?", (changed, hit))
        _sweep(connection, latin)
    _wipe(record)
    return changed


def _check(by: str) -> None:
    if not by.strip():
        raise InputError("who forgets something leaves a name: --by NAME")


def _with_corrections(connection: sqlite3.Connection, article_id: str, act: Callable[[], object]) -> None:
    """Let `act` do what the triggers forbid everybody else: touch the corrections of an article."""
    connection.execute("INSERT INTO forgetting VALUES (?)", (article_id,))
    act()
    connection.execute("DELETE FROM forgetting")


def _delete_corrections(connection: sqlite3.Connection, article_id: str) -> None:
    events = "(SELECT e.key FROM events AS e JOIN articles AS a ON a.key = e.article WHERE a.id = ?)"
    connection.execute(f"DELETE FROM events WHERE key IN {events}", (article_id,))
    connection.execute("UPDATE corrections SET undoes = NULL WHERE article = ?", (article_id,))
    connection.execute("DELETE FROM corrections WHERE article = ?", (article_id,))


def _blacken_article(connection: sqlite3.Connection, record: Record, key: int, latin: set[str]) -> bool:
    """Blacken the names that are forgotten by now in an article; notes down how they were written in Latin letters."""
    (article_id,) = connection.execute("SELECT id FROM articles WHERE key = ?", (key,)).fetchone()
    before = load_article(record, article_id)
    article = as_kept(connection, before.article)
    if article == before.article:
        return False
    machine = read_machine_events(connection, key, before.article.text)
    coded = coded_as_kept(
        CodedArticle(before.article, tuple(machine), before.quotes, before.agreements, before.persons, before.claims),
        article,
    )
    whole = replace(before, events=tuple(machine))
    pairs = zip(_people(whole), _people(coded), strict=True)
    latin.update(old.latin for old, new in pairs if old.latin and new.latin is None)
    unindex_words(connection, key)
    _with_corrections(connection, article_id, lambda: _blacken_corrections(connection, article_id, article.text))
    keys = clear_contents(connection, key)
    connection.execute(
        "UPDATE articles SET text = ?, title = ?, byline = ?, text_hash = ? WHERE key = ?",
        (article.text, article.title, article.byline, hash_of(article.text), key),
    )
    connection.execute("DELETE FROM past_codings WHERE article = ?", (key,))
    index_words(connection, key, article.title, article.text)
    corrections = in_force(read_corrections(connection, "article = ?", (article_id,)))
    write_contents(connection, key, coded, settle(article_id, article.text, coded.events, corrections), keys)
    return True


def _people(coded: CodedArticle) -> list[Entity]:
    """Everybody in what was coded, in an order that does not depend on names."""
    events = [entity for event in coded.events for entity in (*event.actors, *event.recipients)]
    agreements = [entity for agreement in coded.agreements for entity in (*agreement.parties, *agreement.signatories)]
    said = [who for quote in coded.quotes for who in (quote.speaker, quote.through, quote.addressee, *quote.about) if who]
    return [*events, *agreements, *said, *(who for claim in coded.claims for who in claim.about)]


def _blacken_corrections(connection: sqlite3.Connection, article_id: str, text: str) -> None:
    for key, *cells in connection.execute("SELECT key, targets, results FROM corrections WHERE article = ?", (article_id,)):
        connection.execute(
            "UPDATE corrections SET targets = ?, results = ? WHERE key = ?",
            (*(as_json(_resliced(json.loads(cell), text)) for cell in cells), key),
        )


def _resliced(value: Any, text: str) -> Any:
    """JSON of the contract with the words of each span as they now stand; whoever is blackened loses the name."""
    if isinstance(value, list):
        return [_resliced(item, text) for item in value]
    if not isinstance(value, dict):
        return value
    changed = {key: _resliced(item, text) for key, item in value.items()}
    if isinstance(value.get("text"), str) and isinstance(value.get("start"), int):
        changed["text"] = text[value["start"] : value["end"]]
        if MASK in changed["text"] and MASK not in value["text"] and "latin" in value:
            changed |= {"name": None, "latin": None}
    return changed


def _sweep(connection: sqlite3.Connection, latin: set[str]) -> None:
    """Blacken what is left in any cell of any table, of other rooms as well: notes, pages that failed, memories of names."""
    named = forgotten_persons(connection)
    folded = {name.casefold() for name in latin}

    def clean(cell: str | None) -> str | None:
        if cell is None:
            return None
        return MASK * len(cell) if cell.casefold() in folded else blacken(cell, named)

    connection.create_function("blackened", 1, clean, deterministic=True)
    connection.execute("INSERT INTO forgetting SELECT '' UNION SELECT article FROM corrections")
    tables = connection.execute(f"SELECT name FROM sqlite_schema WHERE type = 'table' AND {_OURS}").fetchall()
    for (table,) in tables:
        for column in _text_columns(connection, table):
            quoted = f'"{column}"'
            if (table, column) not in (("articles", "text"), ("articles", "text_hash")):
                where = f"instr({quoted}, ' ') AND {quoted} <> blackened({quoted})"
                connection.execute(f'UPDATE OR IGNORE "{table}" SET {quoted} = blackened({quoted}) WHERE {where}')
    connection.execute("DELETE FROM forgetting")


def _text_columns(connection: sqlite3.Connection, table: str) -> list[str]:
    rows = connection.execute(f'SELECT name, type FROM pragma_table_info("{table}")')
    return [name for name, kind in rows if kind == "TEXT"]


def _wipe(record: Record) -> None:
    """Overwrite what was taken out also where the file only holds it as free space, in its log and in the full-text index."""
    with as_record_errors(record.path), closing(record.connection.cursor()) as cursor:
        cursor.execute("INSERT INTO article_words (article_words) VALUES ('optimize')")
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
