"""What articles have said of persons, so that a bare name in another article of that time is known; and what users decided.

A saying is one article's word for it: a name, together with the office and the country that the same words give. Names are put
together to actors by their spelling (`arabic.names`), but where a user decided otherwise. What is made of a set of sayings
depends on that set alone, not on the order in which the articles came.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from rasid.actors.persons import Index
from rasid.arabic.letters import fold
from rasid.arabic.names import name_key, same_person
from rasid.arabic.particles import particle
from rasid.arabic.words import Form, Reading, per_form

REACH = dt.timedelta(days=183)  # how long before and after what was said it still holds
_SHORTEST_NAME = 3
_SURE = 2  # articles that must say a name of one word, which is a reader's mistake more often


class Saying(NamedTuple):
    """One article's word for who somebody is; `office` None where it only names him."""

    name: str
    country: str | None
    sector: str | None
    office: str | None
    day: dt.date | None
    article: str


class Decision(NamedTuple):
    """What a user decided: that two names are one actor's (`merge`), or are not (`split`). Names are folded."""

    kind: str
    one: str
    other: str


class Term(NamedTuple):
    """That somebody was in an office, as said on some days from `first` to `last`, by how many articles."""

    country: str
    sector: str | None
    office: str
    first: dt.date
    last: dt.date
    articles: int


class Actor(NamedTuple):
    """A person as articles name him: the spellings, the most usual first, and his offices."""

    names: tuple[str, ...]
    terms: tuple[Term, ...]


class Memory(NamedTuple):
    """What the coder knows beyond the shipped tables: actors by the keys of their names, and a user's own file."""

    by_key: dict[str, tuple[Actor, ...]]
    own: Index


EMPTY = Memory({}, {})


def memory_of(sayings: Iterable[Saying], decisions: Iterable[Decision] = (), own: Index | None = None) -> Memory:
    """The memory that these sayings make; the same for the same set, in whatever order.

    Args:
        sayings: only those with a day, an office and a country count.
        decisions: of users, the last of two that contradict each other wins.
        own: the user's own file, by `actors.own.index_of`.
    """
    firm = [saying for saying in sayings if saying.day and saying.office and saying.country]
    decisions = list(decisions)
    by_key: dict[str, list[Actor]] = defaultdict(list)
    for group in group_names(firm, decisions):
        actor = _with_declared(_actor(group), decisions)
        if actor.terms:
            for key in dict.fromkeys(_last_key(name) for name in actor.names):
                by_key[key].append(actor)
    return Memory({key: tuple(actors) for key, actors in by_key.items()}, own or {})


def learn(memory: Memory, sayings: Iterable[Saying]) -> None:
    """Add to a memory of one's own what further articles say: a name joins the one actor it fits, else it is a new one."""
    by_key = memory.by_key
    for saying in sorted(sayings):
        if not (saying.day and saying.office and saying.country) or len(saying.name.split()) < _SURE:
            continue
        key = _last_key(saying.name)
        actors = by_key.get(key, ())
        fitting = [actor for actor in actors if fold(saying.name) in map(fold, actor.names)] or [
            actor for actor in actors if _shares_country(actor, saying) and _alike(actor.names[0], saying.name)
        ]
        said = Term(saying.country, saying.sector, saying.office, saying.day, saying.day, 1)
        if len(fitting) == 1:
            grown = Actor(tuple(dict.fromkeys((*fitting[0].names, saying.name))), _with_term(fitting[0].terms, said))
            for known in dict.fromkeys(_last_key(name) for name in grown.names):
                by_key[known] = (*(actor for actor in by_key.get(known, ()) if actor is not fitting[0]), grown)
        else:
            by_key[key] = (*actors, Actor((saying.name,), (said,)))


def recall_actor(memory: Memory, name: str, day: dt.date | None) -> tuple[Actor, Term] | None:
    """Whom a name means on a day and what he then was, as articles within half a year say; None where two would fit."""
    if day is None or not memory.by_key:
        return None
    found = [
        (actor, term)
        for actor in memory.by_key.get(_last_key(name), ())
        for term in actor.terms
        if _distance(term, day) <= REACH and any(_alike(known, name) for known in actor.names)
    ]
    if not found or any(actor != found[0][0] for actor, _ in found):
        return None
    return min(found, key=lambda pair: (_distance(pair[1], day), -pair[1].articles, pair[1]))


def group_names(sayings: Iterable[Saying], decisions: Iterable[Decision] = ()) -> list[list[Saying]]:
    """Sayings put together by whom they are about: by spelling and country, and as users decided.

    A name joins a group if it fits one and one only; the longest names come first, so that a family name alone cannot choose.
    """
    decided = _last_word(decisions)
    apart = {pair for pair, kind in decided.items() if kind == "split"}
    by_name: dict[str, list[Saying]] = defaultdict(list)
    for saying in sorted(sayings, key=str):
        by_name[fold(saying.name)].append(saying)
    groups: dict[str, list[str]] = {}  # a leading name -> the names of its group
    leads: dict[str, list[str]] = defaultdict(list)  # key of the last name -> leading names
    countries = {name: {saying.country for saying in said if saying.country} for name, said in by_name.items()}
    for name in sorted(by_name, key=lambda name: (-len(name.split()), -len(by_name[name]), name)):
        fitting = [
            lead
            for lead in leads[_last_key(name)]
            if _alike(lead, name)
            and (not countries[name] or not countries[lead] or countries[name] & countries[lead])
            and not any(frozenset((name, other)) in apart for other in groups[lead])
        ]
        if len(fitting) == 1:
            groups[fitting[0]].append(name)
        else:
            groups[name] = [name]
            leads[_last_key(name)].append(name)
    same = [tuple(pair) for pair, kind in sorted(decided.items(), key=lambda item: sorted(item[0])) if kind == "merge"]
    joined: dict[str, list[Saying]] = defaultdict(list)
    for name, root in _roots([*groups.values(), *same]).items():
        joined[root].extend(by_name.get(name, ()))
    return [group for group in joined.values() if group]


def _alike(one: str, other: str) -> bool:
    """Are two names one person's? Of as many words, but with another beginning, they are not."""
    words, first = _beginning(one)
    others, begins = _beginning(other)
    return (words != others or words == 1 or first == begins) and same_person(one, other)[0]


@lru_cache(maxsize=1 << 16)
def _beginning(name: str) -> tuple[int, str]:
    """How many words a name has, and the first letter of its key."""
    return len(name.split()), name_key(name)[:1]


def _last_word(decisions: Iterable[Decision]) -> dict[frozenset[str], str]:
    """What was decided last of each pair of names."""
    return {_pair(decision): decision.kind for decision in decisions}


def _pair(decision: Decision) -> frozenset[str]:
    return frozenset((fold(decision.one), fold(decision.other)))


def _roots(sets: Iterable[Sequence[str]]) -> dict[str, str]:
    """Each name of sets that may overlap, and the one name that stands for all that hang together."""
    root: dict[str, str] = {}

    def find(name: str) -> str:
        while root.setdefault(name, name) != name:
            name = root[name]
        return name

    for names in sets:
        for name in names:
            one, other = sorted((find(names[0]), find(name)))
            root[other] = one
    return {name: find(name) for name in sorted(root)}


def _actor(group: list[Saying]) -> Actor:
    counted = Counter(saying.name for saying in group)
    articles = {name: len({saying.article for saying in group if saying.name == name}) for name in counted}
    names = tuple(
        sorted(
            (name for name in counted if len(name.split()) > 1 or articles[name] >= _SURE),
            key=lambda name: (-len(name.split()), -counted[name], name),
        )
    )
    offices: dict[tuple[str, str | None, str], list[Saying]] = defaultdict(list)
    for saying in group:
        if saying.name in names and saying.country and saying.office:
            offices[saying.country, saying.sector, fold(saying.office)].append(saying)
    terms = [
        Term(country, sector, said[0].office or "", min(days), max(days), len({saying.article for saying in said}))
        for (country, sector, _), said in offices.items()
        for days in [[saying.day for saying in said if saying.day]]
    ]
    return Actor(names, tuple(sorted(terms, key=lambda term: (term.first, term.last, term.office))))


def _with_declared(actor: Actor, decisions: Sequence[Decision]) -> Actor:
    """`actor` with the names that a user declared to be his, though no article was found to have them."""
    merges = [decision for decision in decisions if _last_word(decisions)[_pair(decision)] == "merge"]
    roots = _roots([(fold(one), fold(other)) for _, one, other in merges])
    his = {roots[fold(name)] for name in actor.names if fold(name) in roots}
    known = set(map(fold, actor.names))
    declared = {
        fold(name): name for _, *pair in merges for name in pair if roots[fold(name)] in his and fold(name) not in known
    }
    return actor._replace(names=(*actor.names, *(declared[name] for name in sorted(declared))))


def _with_term(terms: tuple[Term, ...], said: Term) -> tuple[Term, ...]:
    for at, term in enumerate(terms):
        if (term.country, term.sector, fold(term.office)) == (said.country, said.sector, fold(said.office)):
            wider = term._replace(
                first=min(term.first, said.first), last=max(term.last, said.last), articles=term.articles + said.articles
            )
            return (*terms[:at], wider, *terms[at + 1 :])
    return (*terms, said)


def _shares_country(actor: Actor, saying: Saying) -> bool:
    return any(term.country == saying.country for term in actor.terms)


def _distance(term: Term, day: dt.date) -> dt.timedelta:
    return max(term.first - day, day - term.last, dt.timedelta())


@per_form
def name_keys(form: Form) -> tuple[tuple[str, Reading], ...]:
    """The keys under which a word can be somebody's name, with what is taken off it: none for words that are too short."""
    if form.kind != "word" or len(form.fold) < _SHORTEST_NAME or particle(form):
        return ()
    whole = form.readings[0]
    clitics = [
        r for r in form.readings[1:] if r.conjunction + r.preposition and not r.pronoun and len(r.stem) >= _SHORTEST_NAME
    ]
    found = {name_key(("ال" if r.article else "") + r.stem): r for r in reversed([whole, *clitics])}
    return tuple((key, reading) for key, reading in found.items() if len(key) > 1)


def _last_key(name: str) -> str:
    return name_key(name.split()[-1]) if name.split() else ""
