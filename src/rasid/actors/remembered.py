"""Phrases for the names that only memory or a user's own file knows."""

import datetime as dt
from collections.abc import Sequence

from rasid.actors.memory import Memory, name_keys, recall_actor
from rasid.actors.persons import as_of, names_at, reading_in
from rasid.actors.phrase import LONGEST_NAME, Phrase, Reader, can_be_name
from rasid.arabic.words import Reading, Word

_SHORTEST_ALONE = 4  # letters of a family name that is remembered and stands alone


def remembered_phrases(reader: Reader, phrases: Sequence[Phrase], memory: Memory, day: dt.date) -> list[Phrase]:
    """Phrases for persons of whom other articles of that time say who they are, where nothing else was read.

    Args:
        reader: the sentence; its words that are a verb, a time or anything in the tables are in no name.
        phrases: those read already.
        memory: what other articles said.
        day: the article's.
    """
    words = reader.words
    maybe = [at for at, word in enumerate(words) if any(key in memory.by_key for key, _ in name_keys(word.form))]
    if not maybe:
        return []
    inside = {n for phrase in phrases for n in range(phrase.first, phrase.last)}
    found: list[Phrase] = []
    for at in maybe:
        phrase = None if at in inside else _phrase_ending(reader, at, inside, memory, day)
        if phrase:
            found.append(phrase)
            inside.update(range(phrase.first, phrase.last))
    return found


def _phrase_ending(reader: Reader, at: int, inside: set[int], memory: Memory, day: dt.date) -> Phrase | None:
    """The longest remembered name whose last word is at `at`."""
    words = reader.words
    for first in range(max(0, at + 1 - LONGEST_NAME), at + 1):
        if any(n in inside or not can_be_name(reader, n, n == first) for n in range(first, at + 1)):
            continue
        for _, reading in name_keys(words[first].form):
            own = ("ال" if reading.article else "") + reading.stem
            name = " ".join([own, *(word.form.text for word in words[first + 1 : at + 1])])
            if first == at and len(own) < _SHORTEST_ALONE:
                continue
            recalled = recall_actor(memory, name, day)
            if recalled:
                return _phrase(first, at + 1, reading, recalled[1].country, recalled[1].sector)
    return None


def own_phrases(words: list[Word], phrases: list[Phrase], memory: Memory, day: dt.date | None) -> list[Phrase]:
    """`phrases` with those for the names of the user's own file, which win over all but an office that the text gives."""
    at = 0
    while at < len(words):
        reading = reading_in(words[at].form, memory.own)
        hit = names_at(words, at, memory.own) if reading else None
        if reading is None or hit is None:
            at += 1
            continue
        length, rows = hit
        person, end = as_of(rows, day), at + length
        if person:
            phrase = _phrase(at, end, reading, person.country, person.sector)._replace(basis="own", latin=person.latin)
            phrases = _put(phrases, phrase)
        at = end
    return phrases


def own_item(named: Sequence[Word], memory: Memory, day: dt.date | None) -> str | None:
    """The item of Wikidata that the user's own file gives for a name."""
    hit = names_at(named, 0, memory.own)
    person = as_of(hit[1], day) if hit else None
    return person.wikidata if person else None


def _put(phrases: list[Phrase], new: Phrase) -> list[Phrase]:
    """`new` in place of what overlaps it; into a phrase with an office or a title it only brings what that lacks."""
    for n, old in enumerate(phrases):
        if old.office and old.first <= new.first and new.last <= old.last:
            filled = old._replace(
                country=old.country or new.country, sector=old.sector or new.sector, latin=new.latin, name=old.name or new.name
            )
            return [*phrases[:n], filled, *phrases[n + 1 :]]
    kept = [old for old in phrases if old.last <= new.first or new.last <= old.first]
    return sorted([*kept, new], key=lambda phrase: phrase.first)


def _phrase(first: int, end: int, reading: Reading, country: str | None, sector: str | None) -> Phrase:
    """The phrase of a person's name; a preposition before it is read off the word itself only."""
    return Phrase(
        first,
        end,
        reading.preposition,
        bool(reading.conjunction),
        "person",
        country,
        sector,
        True,
        (first, end),
        basis="memory",
    )
