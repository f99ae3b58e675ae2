"""Headlines that quote: `ترامب: سنفعل ذلك`."""

from rasid.actors.phrase import Phrase
from rasid.actors.resolve import Sentence

LEAST_SAID = 2  # words of a clause
_ACTING = frozenset(("person", "office", "organisation", "group", "people", "country"))


def headline(sentence: Sentence) -> tuple[Phrase, int] | None:
    """Who stands before the colon of `ترامب: سنفعل ذلك`, and where the colon is."""
    words = sentence.words
    for n, phrase in enumerate(sentence.phrases[:2]):
        at = phrase.last
        told = sentence.phrases[n + 1] if n + 1 < len(sentence.phrases) else None
        if told and told.first == at and told.preposition == "ل":
            at = told.last  # `بايدن لزيلينسكي: سنقف معكم`
        if at < len(words) - LEAST_SAID and words[at].form.text == ":" and phrase.first <= 1:
            return (phrase, at) if phrase.kind in _ACTING and phrase.sector != "JRN" and not phrase.preposition else None
    return None
