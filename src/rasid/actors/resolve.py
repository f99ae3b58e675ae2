"""Who is meant, within one article: a bare name after its office was given, a role whose country the article shows."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import NamedTuple

from rasid.actors.anaphora import Held, Named, antecedents, is_counterpart, named_in, office_before, offices_in
from rasid.actors.bodies import Body, bodies_in, body_before
from rasid.actors.items import item_of
from rasid.actors.latin import latin_of
from rasid.actors.memory import EMPTY, Memory, name_keys, recall_actor
from rasid.actors.offices import counterpart, holder
from rasid.actors.persons import who_is
from rasid.actors.phrase import Phrase, Reader
from rasid.actors.remembered import own_item, own_phrases, remembered_phrases
from rasid.actors.whose import NOWHERE, Owners, Standing, owner_of, owners_of
from rasid.arabic.names import name_key, same_person
from rasid.arabic.words import Form, Reading, Word, per_form
from rasid.model import Basis, Entity, Holder, Interval, Span

_KINGDOMS = frozenset(("SAU", "MAR", "JOR", "BHR"))


class Sentence(NamedTuple):
    """A sentence with its words, the phrases that name somebody, and the time expressions."""

    span: Span
    words: list[Word]
    phrases: list[Phrase]
    times: list[Interval]
    timed: AbstractSet[int]  # places of the words that belong to the time expressions

    def slice(self, text: str, first: int, last: int) -> Span:
        """Words `first` to `last` (exclusive) as a span of the article's `text`."""
        start, end = self.words[first].start, self.words[last - 1].end
        return Span(start, end, text[start:end])


def timed(words: list[Word], times: list[Interval]) -> set[int]:
    """The places of the words that belong to time expressions."""
    spans = [time.span for time in times if time.span]
    return {n for n, word in enumerate(words) if any(s.start <= word.start < s.end for s in spans)} if spans else set()


class Known(NamedTuple):
    """What an article has said of a person: his country, sector and office, and his name as it stands there."""

    country: str | None
    sector: str | None
    office: str | None
    name: str
    keys: frozenset[str]  # of the words of the name


class People(NamedTuple):
    """The persons of one article by the keys of their family names, and the countries that it names."""

    by_name: dict[str, Known]
    owners: Owners
    on: dt.date | None = None  # the article's day, on which the well known are what they then were
    memory: Memory = EMPTY  # what other articles have said, and the user's own file
    named: tuple[Named, ...] = ()  # in order
    bodies: tuple[Body, ...] = ()  # in order
    offices: tuple[Held, ...] = ()  # in order, where somebody's counterpart is spoken of


def meet_people(
    text: str,
    sentences: list[Sentence],
    on: dt.date | None = None,
    memory: Memory = EMPTY,
    title: Sequence[Phrase] = (),
) -> People:
    """Everyone whom an article names together with an office, and the countries that it and its `title` name."""
    by_name: dict[str, Known] = {}
    for sentence in sentences:
        for phrase in sentence.phrases:
            if phrase.name and (phrase.country or phrase.sector):
                _remember(text, sentence.words, phrase, by_name)
    read = [(sentence.words, sentence.phrases) for sentence in sentences]
    return People(by_name, owners_of(read, title), on, memory, named_in(read), bodies_in(read), offices_in(text, read))


def _remember(text: str, words: list[Word], phrase: Phrase, by_name: dict[str, Known]) -> None:
    assert phrase.name is not None
    parts = [word.form for word in words[phrase.name[0] : phrase.name[1]] if word.form.kind == "word"]
    name = " ".join(form.text for form in parts)
    keys = [key for form in parts for key, _ in name_keys(form)]
    if parts:
        office = _slice(text, words, phrase.office)
        by_name.setdefault(name_key(parts[-1].text), Known(phrase.country, phrase.sector, office, name, frozenset(keys)))


def recall(people: People, words: list[Word]) -> Known | None:
    """Whom a name stands for, by its last word; a given name before it must not be somebody else's."""
    if not words:
        return None
    for key, _ in name_keys(words[-1].form):
        known = people.by_name.get(key)
        if known and any(same_person(name, known.name)[0] for name in _readings_of(words)):
            return known
    return None


def _readings_of(words: list[Word]) -> Iterator[str]:
    """A name as written, and without the و or ب that its first word may begin with."""
    first, rest = words[0].form, " ".join(word.form.text for word in words[1:])
    yield f"{first.text} {rest}".strip()
    for reading in first.readings if rest else ():
        if (reading.conjunction or reading.preposition) and not reading.pronoun:
            yield f"{'ال' if reading.article else ''}{reading.stem} {rest}"


def recognise(sentence: Sentence, people: People, predicate: Callable[[Form], str] = lambda form: "") -> Sentence:
    """`sentence` with phrases for the bare names of persons whom the article, the user or other articles introduce elsewhere.

    Args:
        sentence: as it was read.
        people: whom the article introduces, and the memory.
        predicate: what a form is to the lexicon of predicates, so that no verb is taken for a name that is only remembered.
    """
    if any(phrase.stands_for == "body" for phrase in sentence.phrases):
        sentence = sentence._replace(phrases=[one for one in sentence.phrases if _is_someone(sentence, one, people)])
    if people.by_name:
        sentence = _with_introduced(sentence, people)
    if people.memory.own:
        sentence = sentence._replace(phrases=own_phrases(sentence.words, sentence.phrases, people.memory, people.on))
    if people.memory.by_key and people.on:
        reader = Reader(sentence.words, predicate, sentence.timed)
        sentence = _with_phrases(sentence, remembered_phrases(reader, sentence.phrases, people.memory, people.on))
    return sentence


def _is_someone(sentence: Sentence, phrase: Phrase, people: People) -> bool:
    """Does a word such as `المجلس` stand for a body that the article named before? Else it says nothing."""
    return phrase.stands_for != "body" or body_before(sentence.words, phrase, people.bodies) is not None


def _with_introduced(sentence: Sentence, people: People) -> Sentence:
    by_name = people.by_name
    sentence = sentence._replace(phrases=[_as_known(sentence.words, phrase, people) for phrase in sentence.phrases])
    meant = by_name.keys()
    maybe = [at for at, word in enumerate(sentence.words) if not meant.isdisjoint(_keys_of(word.form))]
    inside = {n for phrase in sentence.phrases for n in range(phrase.first, phrase.last)} if maybe else set()
    found: list[Phrase] = []
    for at in maybe:
        if at in inside:
            continue
        for key, reading in name_keys(sentence.words[at].form):
            known = by_name.get(key)
            if known and same_person(reading.stem, known.name.split()[-1])[0]:
                phrase = _bare_name(sentence.words, at, inside, known, reading)
                found = [other for other in found if other.last <= phrase.first]
                found.append(phrase)
                break
    return _with_phrases(sentence, found)


@per_form
def _keys_of(form: Form) -> tuple[str, ...]:
    return tuple(key for key, _ in name_keys(form))


def _with_phrases(sentence: Sentence, found: list[Phrase]) -> Sentence:
    if not found:
        return sentence
    return sentence._replace(phrases=sorted([*sentence.phrases, *found], key=lambda phrase: phrase.first))


def _as_known(words: list[Word], phrase: Phrase, people: People) -> Phrase:
    """`phrase`, if it is a bare name, with the country and sector that the article gives that person elsewhere."""
    known = None if phrase.country or phrase.sector or not phrase.name else recall(people, words[slice(*phrase.name)])
    return phrase._replace(country=known.country, sector=known.sector) if known else phrase


def _bare_name(words: list[Word], at: int, inside: set[int], known: Known, reading: Reading) -> Phrase:
    """The phrase of a family name at `at`, with the given names right before it."""
    first = at
    while first and first - 1 not in inside and any(key in known.keys for key, _ in name_keys(words[first - 1].form)):
        first -= 1
        reading = next(r for key, r in name_keys(words[first].form) if key in known.keys)
    return Phrase(
        first,
        at + 1,
        reading.preposition,
        bool(reading.conjunction),
        "person",
        known.country,
        known.sector,
        True,
        (first, at + 1),
        basis="article",
    )


def entities_of(
    text: str,
    sentence: Sentence,
    phrase: Phrase,
    people: People,
    standing: Standing = NOWHERE,
    *,
    romanized: bool = True,
) -> list[Entity]:
    """The entities that a phrase names: one, but for words like `البلدان`.

    Args:
        text: the article's text.
        sentence: the sentence in which the phrase stands.
        phrase: what was read there.
        people: whom the article has introduced, and which countries.
        standing: of the phrase in the event for which it is asked.
        romanized: whether names that no table knows are put into Latin letters, which takes time.
    """
    words = sentence.words
    span = sentence.slice(text, phrase.first, phrase.last)
    ranked = people.owners.ranked
    if phrase.stands_for == "pair" and len(ranked) > 1:
        return [Entity(span, country, latin=latin_of(None, country, None)) for country in ranked[:2]]
    same = antecedents(words, phrase, people.named)
    if same:
        office = _without_clitics(text, words, phrase, phrase.office)
        return [_same_as(span, phrase, one, office) for one in same]
    body = body_before(words, phrase, people.bodies) if phrase.country is None else None
    if body:
        item = item_of("organisation", body.latin)
        latin = latin_of(None, body.country, body.latin)
        return [Entity(span, body.country, body.sector, latin=latin, wikidata=item, basis="article")]
    country, sector = phrase.country, phrase.sector
    if phrase.stands_for == "kingdom":
        country = next((country for country in ranked if country in _KINGDOMS), None)
    name = _without_clitics(text, words, phrase, phrase.name) if phrase.name else None
    office = _without_clitics(text, words, phrase, phrase.office) if phrase.office else None
    basis = phrase.basis if phrase.name and not phrase.office else None
    item = None
    if phrase.name:
        named = words[phrase.name[0] : phrase.name[1]]
        if not (country and sector) or (basis == "table" and sector in (None, "ELI")):
            who = _who(people, named, name or "", phrase)
            if who:
                country, sector = country or who.country, who.sector if sector in (None, "ELI") else sector
                office, basis = office or who.office, who.basis
        item = own_item(named, people.memory, people.on) if basis == "own" else None
    if not country and not phrase.stands_for and (sector or phrase.kind == "person"):
        country = owner_of(words, sentence.phrases, phrase, people.owners, standing)
        basis = "context" if country else basis
    latin = latin_of(name, country, phrase.latin) if romanized else phrase.latin
    holder = None if name or not office or not people.on else holder_of(office, phrase.country, people.on)
    other = office_before(words, phrase, people.offices) if _is_counterpart(words, phrase) else None
    if other:
        sector = other.sector or sector
        holder = None if name or not people.on or not country else counterpart_of(other, country, people.on)
    return [Entity(span, country, sector, name, latin, office, holder, item or _item(phrase, country, latin), basis)]


def _same_as(span: Span, phrase: Phrase, one: Named, office: str | None) -> Entity:
    """Somebody of whom the article says here only the office, or nothing, and gave the name before."""
    country, sector = phrase.country or one.country, phrase.sector or one.sector
    latin = latin_of(one.name, country, one.latin)
    held = Holder(one.name, latin, item_of("person", latin))
    return Entity(span, country, sector, None, latin, office, held, None, "article")


class _Who(NamedTuple):
    country: str | None
    sector: str | None
    office: str | None
    basis: Basis


def _who(people: People, named: list[Word], name: str, phrase: Phrase) -> _Who | None:
    """Who a name is: as the article itself says; what that leaves open, by table or memory."""
    known = None if phrase.basis == "table" else recall(people, named)
    if known and known.country and known.sector:
        return _Who(known.country, known.sector, known.office, "article")
    person, remembered = who_is(named, people.on), recall_actor(people.memory, name, people.on)
    if remembered and (person is None or person.sector in (None, "ELI")):
        found = _Who(remembered[1].country, remembered[1].sector, None, "memory")
    elif person:
        found = _Who(person.country, person.sector, None, "table")
    else:
        return _Who(known.country, known.sector, known.office, "article") if known else None
    if known:
        return found._replace(country=known.country or found.country, sector=known.sector or found.sector, office=known.office)
    return found


def _item(phrase: Phrase, country: str | None, latin: str | None) -> str | None:
    """The item of whom the words themselves name; an office is nobody's name."""
    if phrase.name:
        return item_of("person", latin)
    return item_of("country", country) if phrase.kind == "country" else item_of("organisation", phrase.latin)


def holder_of(office: str, country: str | None, day: dt.date) -> Holder | None:
    """Who held an office that the text gives without a name: kept apart from what the text says."""
    person = holder(office, country, day)
    return Holder(person.name, person.latin, person.wikidata) if person else None


def counterpart_of(other: Held, country: str, day: dt.date) -> Holder | None:
    """Who holds the office `other` in another country, as `نظيره الفرنسي` says."""
    person = counterpart(other.office, other.country, country, day)
    return Holder(person.name, person.latin, person.wikidata) if person else None


def _is_counterpart(words: Sequence[Word], phrase: Phrase) -> bool:
    return phrase.office is not None and is_counterpart(words[phrase.office[0]].form)


def persons_of(text: str, sentences: list[Sentence], people: People) -> tuple[Entity, ...]:
    """The persons whom an article names, each once, in order: where it gives an office, or else where the name is fullest.

    Names that no table knows are in Latin letters too only where the article says who it is.
    """
    found: dict[str, list[Entity]] = {}
    for sentence in sentences:
        for phrase in sentence.phrases:
            if phrase.kind == "person" and phrase.name:
                entity = entities_of(text, sentence, phrase, people, romanized=False)[0]
                if entity.name:  # but in `البلدين قرقاش` it is the two countries
                    found.setdefault(name_key(entity.name.split()[-1]), []).append(entity)
    persons: list[Entity] = []
    for entities in found.values():
        left = sorted(entities, key=lambda entity: (not is_said(entity), -len((entity.name or "").split())))
        while left:
            best = left[0]
            persons.append(replace(best, latin=latin_of(best.name, best.country, best.latin)) if is_said(best) else best)
            left = [entity for entity in left[1:] if not same_person(entity.name or "", best.name or "")[0]]
    return tuple(sorted(persons, key=lambda entity: entity.span.start))


def is_said(entity: Entity) -> bool:
    """Do the words themselves say who it is: a name with an office and its country?"""
    return bool(entity.name and entity.role and entity.country and entity.basis is None)


def code_of(phrase: Phrase) -> str | None:
    """The code that a phrase has by itself, without its article: `MAR GOV`, `CVL`."""
    return " ".join(part for part in (phrase.country, phrase.sector) if part) or None


def _without_clitics(text: str, words: list[Word], phrase: Phrase, place: tuple[int, int] | None) -> str | None:
    """A name or an office as written, without the و or ل before it where the phrase begins with it."""
    said = _slice(text, words, place)
    if said is None or place is None or place[0] != phrase.first:
        return said
    clitics = ("و" if phrase.conjoined else "") + (phrase.preposition if len(phrase.preposition) == 1 else "")
    if not clitics or not words[phrase.first].form.fold.startswith(clitics):
        return said
    return said[len(clitics) :].strip() or said  # never all of it


def _slice(text: str, words: list[Word], place: tuple[int, int] | None) -> str | None:
    return text[words[place[0]].start : words[place[1] - 1].end] if place else None
