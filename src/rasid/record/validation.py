"""How far a record can be trusted: a sample of its sentences for people to code blind, and what their coding says of it.

Every sentence of the record belongs to one stratum, the rarest of the types that rasid coded there, or `none`; each stratum
gives as many sentences as the others while it has them. A sentence stands for as many as its stratum has for each that was
drawn, so that precision and recall are those of the whole record. Every stratum gives at least one.
"""

import datetime as dt
import hashlib
import json
import random
import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from rasid.arabic.sentences import split_sentences
from rasid.errors import InputError, NotThereError
from rasid.events.plover import types as all_types
from rasid.record.intercoder import Judged, Share, alpha, majority, with_intervals
from rasid.record.opening import Record, as_record_errors, transaction

NONE = "none"
_ANY = "any event"
_UNCODED_SHARE = 0.5  # of a sample: what rasid missed can only be found there
_ARTICLES = 5000  # of which sentences without events are looked for
_SETTLED = "settled by "  # before the name of who settled on what coders differed
_FROM = "FROM articles a JOIN sentences s ON s.article = a.key JOIN events e ON e.article = a.key AND e.sentence = s.n"


class Item(NamedTuple):
    """A sentence of a sample: where it stands, for how many others, and what rasid had coded there."""

    n: int
    article: str
    start: int
    end: int
    stratum: str
    weight: float
    types: tuple[str, ...]


class Shown(NamedTuple):
    """What a coder sees of a sentence: nothing that rasid made of it."""

    n: int
    date: str
    source: str
    title: str
    before: str
    sentence: str


class Figures(NamedTuple):
    """Of one type, or of any: how far people agree, and how far rasid is right where more than half of them agree."""

    type: str
    people: int  # sentences that people coded so
    machine: int
    alpha: float | None
    precision: Share | None
    recall: Share | None


class Codings(NamedTuple):
    """What was coded of a sample: for each sentence the types that each coder gave it, and those on which it was settled."""

    by_people: dict[int, dict[str, frozenset[str]]]
    settled: dict[int, frozenset[str]]


class Validation(NamedTuple):
    """A sample, and its result once it was coded."""

    id: str
    at: str
    seed: int
    sentences: int
    coders: tuple[str, ...]
    figures: tuple[Figures, ...]


def draw(record: Record, size: int, seed: int) -> str:
    """Draw a sample of about `size` sentences and keep it. The same record, size and seed give the same sample.

    Returns:
        The validation's id.

    Raises:
        InputError: the record has no sentences, or the sample would have none.
    """
    if size < 1:
        raise InputError(f"a sample of {size} sentences is none (use 200 or more)")
    with as_record_errors(record.path):
        strata = _strata(record)
        items = _drawn(strata, _number_uncoded(record, strata), size, random.Random(seed))
        if not items:
            raise InputError(f"{record.path}: there are no sentences to draw from (see `rasid ingest`)")
        names = " ".join(name for (name,) in record.connection.execute("SELECT name FROM coders ORDER BY name"))
    key = hashlib.sha256(json.dumps([seed, size, names, items]).encode("utf-8", "surrogatepass")).hexdigest()[:12]
    at = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    with transaction(record) as connection:
        if connection.execute("SELECT 1 FROM validations WHERE id = ?", (key,)).fetchone():
            return key
        connection.execute("INSERT INTO validations (id, at, seed, coder) VALUES (?, ?, ?, ?)", (key, at, seed, names))
        connection.executemany(
            "INSERT INTO validation_items VALUES ((SELECT key FROM validations WHERE id = ?), ?, ?, ?, ?, ?, ?, ?)",
            [(key, *item[:-1], json.dumps(item.types)) for item in items],
        )
    return key


def _strata(record: Record) -> dict[str, list[Item]]:
    """Every sentence with an event, and those without of up to 5,000 articles, by stratum."""
    coded: dict[tuple[str, int, int], list[str]] = {}
    for article, start, end, kind in record.connection.execute(
        f"SELECT a.id, s.start, s.end, e.type {_FROM} ORDER BY a.id, s.n"
    ):
        coded.setdefault((article, start, end), []).append(kind)
    often = Counter(kind for kinds in coded.values() for kind in set(kinds))
    strata: dict[str, list[Item]] = {}
    for (article, start, end), kinds in coded.items():
        stratum = min(set(kinds), key=lambda kind: (often[kind], kind))
        strata.setdefault(stratum, []).append(Item(0, article, start, end, stratum, 1.0, tuple(sorted(set(kinds)))))
    for article, text in record.connection.execute("SELECT id, text FROM articles ORDER BY text_hash LIMIT ?", (_ARTICLES,)):
        for span in split_sentences(text):
            if (article, span.start, span.end) not in coded:
                strata.setdefault(NONE, []).append(Item(0, article, span.start, span.end, NONE, 1.0, ()))
    return strata


def _number_uncoded(record: Record, strata: Mapping[str, list[Item]]) -> float:
    """How many sentences of the record have no event, by those of the articles looked at."""
    articles: int = record.connection.execute("SELECT count(*) FROM articles").fetchone()[0]
    return len(strata.get(NONE, ())) * max(1.0, articles / _ARTICLES)


def _drawn(strata: Mapping[str, list[Item]], uncoded: float, size: int, chance: random.Random) -> list[Item]:
    coded = sorted(strata.keys() - {NONE}, key=lambda kind: (len(strata[kind]), kind))
    left = size - min(len(strata.get(NONE, ())), round(size * _UNCODED_SHARE))
    wanted: dict[str, int] = {}
    for n, kind in enumerate(coded):  # the rarest first: what it cannot give, the others share
        wanted[kind] = min(len(strata[kind]), max(1, -(-left // (len(coded) - n))))
        left -= wanted[kind]
    if NONE in strata:
        wanted[NONE] = min(len(strata[NONE]), max(1, size - sum(wanted.values())))
    items = []
    for kind, number in wanted.items():
        whole = uncoded if kind == NONE else float(len(strata[kind]))
        items += [item._replace(weight=whole / number) for item in chance.sample(strata[kind], number)]
    chance.shuffle(items)
    return [item._replace(n=n) for n, item in enumerate(items, 1)]


def load_items(record: Record, validation: str) -> list[Item]:
    """The sentences of a sample.

    Raises:
        NotThereError: there is no such validation in the record.
    """
    with as_record_errors(record.path):
        items = _items(record.connection, validation)
    if not items:
        raise NotThereError(f'{record.path}: there is no validation "{validation}" (see `rasid validate list`)')
    return items


def _items(connection: sqlite3.Connection, validation: str) -> list[Item]:
    rows = connection.execute(
        "SELECT n, article, start, end, stratum, weight, types FROM validation_items "
        "WHERE validation = (SELECT key FROM validations WHERE id = ?) ORDER BY n",
        (validation,),
    )
    return [Item(*row)._replace(types=tuple(json.loads(row[-1]))) for row in rows]


def shown(record: Record, items: Sequence[Item]) -> list[Shown]:
    """What a coder sees of each sentence; those whose article is no longer there are left out."""
    found = []
    for item in items:
        row = record.connection.execute(
            "SELECT coalesce(date_start, ''), coalesce(source, ''), coalesce(title, ''), text FROM articles WHERE id = ?",
            (item.article,),
        ).fetchone()
        if row:
            date, source, title, text = row
            earlier = [span for span in split_sentences(text) if span.end <= item.start]
            found.append(Shown(item.n, date, source, title, earlier[-1].text if earlier else "", text[item.start : item.end]))
    return found


def read_back(record: Record, validation: str, codings: Mapping[str, Mapping[int, Sequence[str]]]) -> Validation:
    """Keep what people coded (by coder, then by sentence, its types), and the result.

    Raises:
        InputError: no such validation, a sentence that is not in it, an unknown type, or nothing coded at all.
    """
    load_items(record, validation)  # which must be there
    with transaction(record) as connection:
        for by, coded in codings.items():
            for n, kinds in coded.items():
                _keep(connection, validation, by, n, kinds)
        if not _judge_anew(connection, validation):
            raise InputError(f"nothing is coded yet in the sheets of validation {validation}")
    return next(one for one in load_validations(record) if one.id == validation)


def keep_coding(record: Record, validation: str, by: str, n: int, kinds: Sequence[str]) -> None:
    """Keep what one coder says of one sentence; the result is worked out once he has coded the last one.

    Raises:
        InputError: no such validation or sentence, or an unknown type.
    """
    with transaction(record) as connection:
        _keep(connection, validation, by, n, kinds)
        (left,) = connection.execute(
            "SELECT count(*) FROM validation_items AS i JOIN validations AS v ON v.key = i.validation WHERE v.id = ? AND NOT "
            "EXISTS "
            "(SELECT 1 FROM validation_codings AS c WHERE c.validation = i.validation AND c.n = i.n AND c.by = ?)",
            (validation, by),
        ).fetchone()
        if not left:
            _judge_anew(connection, validation)


def settle_coding(record: Record, validation: str, by: str, n: int, kinds: Sequence[str]) -> None:
    """Keep what holds of a sentence on which coders differ: rasid is measured against that, their agreement is not changed.

    Raises:
        InputError: no such validation or sentence, or an unknown type.
    """
    with transaction(record) as connection:
        connection.execute(
            "DELETE FROM validation_codings WHERE validation = (SELECT key FROM validations WHERE id = ?) AND n = ? "
            "AND substr(by, 1, ?) = ?",
            (validation, n, len(_SETTLED), _SETTLED),
        )
        _keep(connection, validation, f"{_SETTLED}{by}", n, kinds)
        _judge_anew(connection, validation)


def read_codings(record: Record, validation: str) -> Codings:
    """What was coded of a sample so far."""
    with as_record_errors(record.path):
        return _codings(record.connection, validation)


def _keep(connection: sqlite3.Connection, validation: str, by: str, n: int, kinds: Sequence[str]) -> None:
    found = connection.execute(
        "SELECT v.key, i.n FROM validations AS v LEFT JOIN validation_items AS i ON i.validation = v.key AND i.n = ? "
        "WHERE v.id = ?",
        (n, validation),
    ).fetchone()
    if found is None:
        raise InputError(f'there is no validation "{validation}" (see `rasid validate list`)')
    if found[1] is None:
        raise InputError(f"{by}: there is no sentence {n} in validation {validation}")
    wrong = [kind for kind in kinds if kind not in all_types()]
    if wrong:
        raise InputError(f'{by}: sentence {n}: "{wrong[0]}" is no type (one of {", ".join(sorted(all_types()))})')
    row = (found[0], n, by, json.dumps(sorted(set(kinds))))
    connection.execute("INSERT OR REPLACE INTO validation_codings VALUES (?, ?, ?, ?)", row)


def _judge_anew(connection: sqlite3.Connection, validation: str) -> bool:
    """Work out the result of what is coded so far; False where nothing is."""
    (key,) = connection.execute("SELECT key FROM validations WHERE id = ?", (validation,)).fetchone()
    codings = _codings(connection, validation)
    votes = {n: list(said.values()) for n, said in codings.by_people.items()}
    figures = judge(_items(connection, validation), votes, seed=key, settled=codings.settled)
    if figures:
        connection.execute("UPDATE validations SET result = ? WHERE key = ?", (json.dumps([list(one) for one in figures]), key))
    return bool(figures)


def _codings(connection: sqlite3.Connection, validation: str) -> Codings:
    found = Codings({}, {})
    for n, by, kinds in connection.execute(
        "SELECT n, by, types FROM validation_codings WHERE validation = (SELECT key FROM validations WHERE id = ?) "
        "ORDER BY n, by",
        (validation,),
    ):
        said = frozenset(json.loads(kinds))
        if by.startswith(_SETTLED):
            found.settled[n] = said
        else:
            found.by_people.setdefault(n, {})[by] = said
    return found


def judge(
    items: Sequence[Item],
    codings: Mapping[int, Sequence[frozenset[str]]],
    seed: int,
    settled: Mapping[int, frozenset[str]] = {},
) -> list[Figures]:
    """The figures of each type that somebody coded, and of any event first. A tie that nobody settled says nothing of rasid."""
    done = [item for item in items if codings.get(item.n)]
    kinds = sorted(
        {kind for item in done for kind in item.types} | {k for item in done for said in codings[item.n] for k in said}
    )
    return [_figures(kind, done, codings, seed, settled) for kind in [_ANY, *sorted(kinds)]] if done else []


def _figures(
    kind: str,
    items: Sequence[Item],
    codings: Mapping[int, Sequence[frozenset[str]]],
    seed: int,
    settled: Mapping[int, frozenset[str]],
) -> Figures:
    def has(said: Any) -> bool:
        return bool(said) if kind == _ANY else kind in said

    votes = [[has(said) for said in codings[item.n]] for item in items]
    judged, strata = [], []
    for item, voted in zip(items, votes, strict=True):
        agreed = has(settled[item.n]) if item.n in settled else majority(voted)
        if agreed is not None:
            judged.append(Judged(has(item.types), agreed, item.weight))
            strata.append(item.stratum)
    right, found = with_intervals(judged, strata, seed)
    people, machine = sum(one.people for one in judged), sum(one.machine for one in judged)
    return Figures(kind, people, machine, alpha(votes), right, found)


def load_validations(record: Record) -> list[Validation]:
    """All validations of a record with their results, in order; a release puts them beside its tables."""
    with as_record_errors(record.path):
        rows = record.connection.execute("SELECT key, id, at, seed, result FROM validations ORDER BY key").fetchall()
        return [
            Validation(key, at, seed, *_counted(record, number), tuple(map(_figures_of, json.loads(result or "[]"))))
            for number, key, at, seed, result in rows
        ]


def _counted(record: Record, key: int) -> tuple[int, tuple[str, ...]]:
    (number,) = record.connection.execute("SELECT count(*) FROM validation_items WHERE validation = ?", (key,)).fetchone()
    names = record.connection.execute("SELECT DISTINCT by FROM validation_codings WHERE validation = ? ORDER BY by", (key,))
    return number, tuple(name for (name,) in names if not name.startswith(_SETTLED))


def _figures_of(stored: list[Any]) -> Figures:
    right, found = (Share(*share) if share else None for share in stored[-2:])
    return Figures(*stored)._replace(precision=right, recall=found)
