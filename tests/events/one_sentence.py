"""One sentence read up to its candidates, for the tests of what is settled after that."""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from rasid.actors.resolve import Sentence
from rasid.arabic.sentences import split_sentences
from rasid.coder import read_sentence
from rasid.events.build import read_candidates
from rasid.events.clauses import Places, read_noun, read_verb
from rasid.events.outline import Head, Outline, Part
from rasid.events.propose import Candidate
from rasid.model import Article, PageDate

DAY = dt.date(2021, 11, 24)
TODAY = PageDate(DAY, DAY, "given")


class Read(NamedTuple):
    text: str
    sentence: Sentence
    outline: Outline
    candidates: list[Candidate]

    def said(self, parts: Iterable[Part]) -> list[str]:
        return [self.sentence.slice(self.text, part.first, part.last).text for part in parts]

    def word(self, head: Head | None) -> str | None:
        return self.outline.words[head.at].form.text if head else None

    def head(self, trigger: str) -> Head:
        [head] = [head for head in self.outline.heads if self.word(head) == trigger]
        return head

    def candidate(self, trigger: str) -> Candidate:
        [candidate] = [one for one in self.candidates if self.word(one.head) == trigger]
        return candidate

    def slots(self, places: Places) -> dict[str, list[str]]:
        return {slot: self.said(parts) for slot, parts in places.slots.items() if parts}

    def verb(self, trigger: str, *, likely_passive: bool = False, active: bool = False) -> Places:
        return read_verb(self.outline, self.head(trigger), likely_passive, active)

    def noun(self, trigger: str, of: str = "subject") -> Places:
        return read_noun(self.outline, self.head(trigger), of)


def read(text: str) -> Read:
    """`text`, one sentence, as read on Wednesday 24 November 2021."""
    [span] = split_sentences(text)
    sentence = read_sentence(Article("case", text, date=TODAY), span)
    return Read(text, sentence, *read_candidates(sentence))
