"""What the model of whose a role is learns from: gold entities that name no country themselves."""

from collections.abc import Iterator
from typing import Any

from choices import Choice

from rasid.actors.lexicon import split_code
from rasid.actors.phrase import Phrase
from rasid.actors.resolve import People, Sentence, entities_of
from rasid.actors.whose import Standing, owner_features
from rasid.linear import names_of


def collect_owners(
    text: str, events: list[dict[str, Any]], sentence: Sentence, people: People, document: str
) -> Iterator[Choice]:
    """The choices of a country, or of none, that the entities of a sentence's events show."""
    for event in events:
        sides = {side: _named(text, event[side], sentence) for side in ("actor", "recipient")}
        for side, other in (("actor", "recipient"), ("recipient", "actor")):
            facing = frozenset(phrase.country for _, phrase in sides[other] if phrase.country)
            for code, phrase in sides[side]:
                if _is_open(text, sentence, phrase, people):
                    beside = frozenset(p.country for _, p in sides[side] if p.country and p.sector and p is not phrase)
                    standing = Standing(f"{event['type']} {side}", facing, beside)
                    options = owner_features(sentence.words, sentence.phrases, phrase, people.owners, standing)
                    chosen = [n for n, (country, _) in enumerate(options) if country == split_code(code)[0]]
                    yield Choice([names_of(terms) for _, terms in options], chosen, document)


def _is_open(text: str, sentence: Sentence, phrase: Phrase, people: People) -> bool:
    """Is this a phrase that names no country, of one whom the tables do not know?"""
    if phrase.country or phrase.stands_for or phrase.preposition == "nisba":
        return False
    alone = people._replace(owners=people.owners._replace(ranked=()))
    return not any(entity.country for entity in entities_of(text, sentence._replace(phrases=[phrase]), phrase, alone))


def _named(text: str, entities: list[dict[str, str]], sentence: Sentence) -> list[tuple[str, Phrase]]:
    """The codes of those entities that a phrase of the sentence names, and the phrase."""
    found = []
    for entity in entities:
        start = text.find(entity["text"], sentence.span.start, sentence.span.end)
        end = start + len(entity["text"])
        phrase = next(
            (p for p in sentence.phrases if sentence.words[p.first].start < end and start < sentence.words[p.last - 1].end),
            None,
        )
        if start >= 0 and phrase:
            found.append((entity["code"], phrase))
    return found
