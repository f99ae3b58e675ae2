"""A record without the names of private persons, made of one that has them: for exports and releases."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory

from rasid.actors.officials import officials_only
from rasid.contract import event_to_json
from rasid.model import CodedArticle
from rasid.record.contents import as_json, clear_contents, now, write_contents
from rasid.record.keeping import keeps_officials_only
from rasid.record.migrating import back_up
from rasid.record.opening import Record, open_record, transaction
from rasid.record.reading import load_article, read_machine_events
from rasid.record.settling import in_force, place, read_corrections, settle
from rasid.record.stories import make_stories

_MAY_CHANGE = "INSERT INTO forgetting SELECT '' UNION SELECT article FROM corrections"  # what is otherwise kept for ever
_UNNAMED = (  # what people wrote may name anybody; what it made of events stays
    "UPDATE corrections SET note = NULL",
    "UPDATE corrections SET results = '[]' WHERE article NOT IN (SELECT id FROM articles)",
    "UPDATE join_decisions SET note = NULL",
    "DELETE FROM actor_decisions",
    "DELETE FROM past_codings",
    "DELETE FROM watches",
    "UPDATE articles SET byline = NULL",
    "DELETE FROM forgetting",
)


@contextmanager
def record_of_officials(record: Record) -> Iterator[Record]:
    """A copy of `record`, as it now is, that names of persons only those who hold a public role; gone when left.

    `record` itself where it is such a one. Corrections stay, without their notes and
    names; decisions on names, earlier codings and watches are not in it. The words of the articles stay.

    Raises:
        RecordError: the copy cannot be written.
    """
    if keeps_officials_only(record.connection):
        yield record
        return
    with TemporaryDirectory(prefix="rasid-") as folder:
        path = Path(folder) / record.path.name
        back_up(record.connection, path)
        with open_record(path) as copy:
            with transaction(copy) as connection:
                connection.execute(_MAY_CHANGE)
                for key, article_id in connection.execute("SELECT key, id FROM articles ORDER BY key").fetchall():
                    _leave_names_out(connection, copy, key, article_id)
                for statement in _UNNAMED:
                    connection.execute(statement)
                connection.execute("INSERT INTO kept_persons VALUES ('officials', ?)", (now(),))
            make_stories(copy)
            yield copy


def _leave_names_out(connection: sqlite3.Connection, record: Record, key: int, article_id: str) -> None:
    before = load_article(record, article_id)
    text = before.article.text
    machine = read_machine_events(connection, key, text)
    corrections = read_corrections(connection, "article = ?", (article_id,))
    results = [placed[1] if (placed := place(one, text)) else () for one in corrections]
    whole = replace(before, events=(*machine, *chain.from_iterable(results)))
    coded: CodedArticle = officials_only(whole)
    events = iter(coded.events)
    machine = list(islice(events, len(machine)))
    corrections = [
        replace(one, results=tuple(event_to_json(event) for event in islice(events, len(made))))
        for one, made in zip(corrections, results, strict=True)
    ]
    for one in corrections:
        connection.execute("UPDATE corrections SET results = ? WHERE id = ?", (as_json(list(one.results)), one.id))
    if coded != whole:
        settled = settle(article_id, text, machine, in_force(corrections))
        write_contents(connection, key, coded, settled, clear_contents(connection, key))
