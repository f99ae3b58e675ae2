"""What a record remembers of persons: sayings out of its articles, decisions of users, and their own actors."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rasid.actors.items import item_of
from rasid.actors.latin import romanize
from rasid.actors.memory import Decision, Memory, Saying, group_names, memory_of
from rasid.actors.own import OwnRow, as_rows
from rasid.actors.persons import Index, Person, index_of, names_at
from rasid.actors.resolve import is_said
from rasid.arabic.letters import fold
from rasid.arabic.names import same_person
from rasid.arabic.words import read_words
from rasid.errors import RecordError
from rasid.model import CodedArticle
from rasid.record.opening import Record, as_record_errors, transaction

_SAYINGS = (
    "SELECT p.name, p.country, p.sector, p.office, p.basis, a.date_start, a.id FROM persons AS p "
    "JOIN articles AS a ON a.key = p.article"
)
_EVIDENCE = 3  # articles that are named for each office
_OWN = "names, latin, code, office, start, end, source, wikidata, line"


class SaidOffice(NamedTuple):
    """An office in which articles name somebody, from the first to the last day on which they do, and some of them."""

    office: str
    country: str
    sector: str | None
    first: dt.date | None
    last: dt.date | None
    articles: int
    evidence: tuple[str, ...]  # ids of articles


class KnownActor(NamedTuple):
    """A person as the articles of a record name him."""

    names: tuple[tuple[str, int], ...]  # each spelling, and in how many articles it stands; the fullest first
    latin: str | None
    wikidata: str | None
    offices: tuple[SaidOffice, ...]
    first: dt.date | None
    last: dt.date | None
    articles: int


def load_memory(record: Record) -> Memory:
    """What the coder is to remember: a function of the articles, decisions and own actors that the record holds, in any order.

    Only what an article's own words say is remembered, never what was coded with the help of memory, so that coding all
    articles anew with it gives the same from whatever order they came in.
    """
    decisions = find_decisions(record)
    return memory_of((saying for saying in find_sayings(record) if saying.office), decisions, _own_index(record, decisions))


def find_sayings(record: Record, *, with_names_alone: bool = False) -> list[Saying]:
    """What the articles say of persons: those with office and country, and if asked for, all others that only name somebody."""
    with as_record_errors(record.path):
        rows = record.connection.execute(_SAYINGS).fetchall()
    sayings = []
    for name, country, sector, office, basis, day, article in rows:
        said = basis is None and office and country
        if said or with_names_alone:
            on = dt.date.fromisoformat(day) if day else None
            sayings.append(Saying(name, country, sector, office if said else None, on, article))
    return sayings


def sayings_of(coded: CodedArticle) -> list[Saying]:
    """What one article says of persons: those of whom it gives the office and the country."""
    article = coded.article
    return [
        Saying(person.name or "", person.country, person.sector, person.role, article.date.start, article.id)
        for person in coded.persons
        if is_said(person)
    ]


def find_decisions(record: Record) -> list[Decision]:
    """What users decided, the oldest first."""
    with as_record_errors(record.path):
        return [
            Decision(*row) for row in record.connection.execute("SELECT kind, one, other FROM actor_decisions ORDER BY key")
        ]


def find_actors(record: Record, name: str | None = None) -> Iterator[KnownActor]:
    """Everyone whom the articles name, as the machine and users put the names together; who stands in most articles first.

    Args:
        record: the record.
        name: only those who are called so, or like it.
    """
    groups = group_names(find_sayings(record, with_names_alone=True), find_decisions(record))
    if name is not None:
        groups = [group for group in groups if any(same_person(name, said)[0] for said in {saying.name for saying in group})]
    yield from sorted(map(_known_actor, groups), key=lambda actor: (-actor.articles, actor.names))


def _known_actor(group: list[Saying]) -> KnownActor:
    names = Counter(name for name, _ in {(saying.name, saying.article) for saying in group})
    offices: dict[tuple[str, str | None, str], list[Saying]] = defaultdict(list)
    for saying in group:
        if saying.office and saying.country:
            offices[saying.country, saying.sector, fold(saying.office)].append(saying)
    held = [
        SaidOffice(said[0].office or "", country, sector, *_days(said), len(articles), tuple(articles[:_EVIDENCE]))
        for (country, sector, _), said in offices.items()
        for articles in [sorted({saying.article for saying in said})]
    ]
    country = Counter(saying.country for saying in group if saying.country).most_common(1)
    usual = sorted(names.items(), key=lambda item: (-len(item[0].split()), -item[1], item[0]))
    latin = romanize(usual[0][0], country[0][0] if country else None)
    articles = len({saying.article for saying in group})
    held.sort(key=lambda office: (office.first or dt.date.min, office.office))
    return KnownActor(tuple(usual), latin, item_of("person", latin), tuple(held), *_days(group), articles)


def _days(sayings: Iterable[Saying]) -> tuple[dt.date | None, dt.date | None]:
    days = [saying.day for saying in sayings if saying.day]
    return (min(days), max(days)) if days else (None, None)


def decide(record: Record, kind: str, one: str, other: str) -> None:
    """Keep for ever that two names are one actor's (`merge`), or are not (`split`): it wins over all that the machine finds.

    Raises:
        RecordError: the two are one name.
    """
    if fold(one) == fold(other):
        raise RecordError(f"{record.path}: {one} and {other} are one name; give two")
    now = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    with transaction(record) as connection:
        row = (now, kind, one, other)
        connection.execute("INSERT INTO actor_decisions (at, kind, one, other) VALUES (?, ?, ?, ?)", row)


def import_own(record: Record, file: str, rows: Iterable[OwnRow]) -> int:
    """Keep the actors of a user's file, in place of those that the same file brought before; how many there are."""
    count = 0
    with transaction(record) as connection:
        connection.execute("DELETE FROM own_actors WHERE file = ?", (file,))
        for row in rows:
            connection.execute(f"INSERT INTO own_actors (file, {_OWN}) VALUES ({', '.join('?' * 10)})", (file, *row))
            count += 1
    return count


def find_own(record: Record) -> list[OwnRow]:
    """The actors of users' files, in the order in which they were imported."""
    with as_record_errors(record.path):
        return [OwnRow(*row) for row in record.connection.execute(f"SELECT {_OWN} FROM own_actors ORDER BY key")]


def _own_index(record: Record, decisions: Sequence[Decision]) -> Index:
    """The user's own actors; and the names that he declared to be those of somebody in our table of persons."""
    return index_of([*as_rows(find_own(record)), *_other_names_of_the_well_known(decisions)])


def _other_names_of_the_well_known(decisions: Sequence[Decision]) -> list[tuple[list[str], Person]]:
    last = {frozenset((fold(one), fold(other))): (kind, one, other) for kind, one, other in decisions}
    pairs = [(one, other) for kind, one, other in last.values() if kind == "merge"]
    return [
        ([name], person)
        for name, known in [*pairs, *((other, one) for one, other in pairs)]
        if not _in_table(name)
        for person in _in_table(known)
    ]


def _in_table(name: str) -> tuple[Person, ...]:
    words = read_words(name)
    found = names_at(words, 0) if words else None
    return found[1] if found and found[0] == len(words) else ()
