"""Attribution: on whose word a report rests."""

from collections.abc import Iterator
from typing import NamedTuple

from rasid.arabic.words import Word
from rasid.events.clauses import read_verb, subject_of_main
from rasid.events.outline import Head, Outline, Part
from rasid.events.propose import Candidate
from rasid.events.signs import signs

_OPENING, _CLOSING = frozenset('«“"'), frozenset('»”"')
_LONGEST_QUOTED_NAME = 6
_DASHES = frozenset("ـ-–—")
_DATELINE = 12  # words of a sentence within which a dateline ends


class Source(NamedTuple):
    """Who is the source (words `first` to `last`), and of which words of the sentence."""

    first: int
    last: int
    part: Part
    holds_from: int
    rule: str
    relay: Part | None = None  # who passed the words on: the agency in `نقلت الوكالة عن مصدر`


def find_sources(outline: Outline) -> list[Source]:
    """The sources that a sentence names: subjects of verbs of saying, and what follows بحسب and its like.

    Also the agency of a dateline, and, of what is alleged, the accuser.
    """
    found = [
        _source(outline, part, 0, "named after بحسب, وفقا or نقلا عن")
        for part in outline.parts
        if part.preposition and _according(outline, part)
    ]
    agency = _agency(outline)
    if agency:
        found.append(Source(agency.first, agency.last, agency, 0, "the agency of the dateline"))
    for head in outline.heads:
        if says(head):
            found += _saying(outline, head)
        elif head.use.tense == "past" and head.use.predicates[0].type == "ACCUSE":
            accuser = read_verb(outline, head, False).slots.get("subject")
            if accuser and accuser[0].phrase:
                found.append(_source(outline, accuser[0], head.at + 1, f"the subject of {head.use.predicates[0].lemma}"))
    return found


def _saying(outline: Outline, head: Head) -> Iterator[Source]:
    """Whose words a verb or a participle of saying reports."""
    lemma = head.use.predicates[0].lemma
    if head.use.tense == "participle":
        speakers = subject_of_main(outline, head.at)
        if speakers:
            yield _source(outline, speakers[0], head.at, f"the subject of {lemma}")
    elif head.at in outline.verbs:
        teller = _teller(outline, head)
        whole = head.at > 0 and outline.words[head.at - 1].form.fold in signs("as")
        if teller and (whole or not head.use.reading.pronoun):  # `التي يعتبرها مفيدة` is no report
            source = _source(outline, teller, 0 if whole else head.at, f"the subject of {lemma}")
            yield source._replace(relay=_relay(outline, head, teller))


def _relay(outline: Outline, head: Head, teller: Part) -> Part | None:
    """Who passed on what the teller said: `نقلت الوكالة عن مصدر أمني قوله`."""
    subject = read_verb(outline, head, False).slots.get("subject")
    return subject[0] if subject and subject[0] is not teller and head.use.predicates[0].lemma == "نقل" else None


def _agency(outline: Outline) -> Part | None:
    """Who stands between dash and colon of a dateline: `تكريت ـ د ب أ: اعتقل`."""
    texts = [word.form.text for word in outline.words[:_DATELINE]]
    colon = texts.index(":") if ":" in texts else 0
    dash = next((at for at in range(colon - 1, 0, -1) if texts[at] in _DASHES), None)
    if dash is None or any(at in outline.verbs for at in range(colon)):
        return None
    return Part(dash + 1, colon, "", False, None, None) if dash + 1 < colon else None


def says(head: Head) -> bool:
    """Can this verb be one of saying?"""
    return head.use.says


def _teller(outline: Outline, head: Head) -> Part | None:
    """Whose words a verb of saying reports: its subject, or with نقل the one after عن."""
    slots = read_verb(outline, head, False).slots
    tellers = (slots.get("عن") if head.use.predicates[0].lemma == "نقل" else None) or slots.get("subject")
    after = slots.get("object")
    if tellers and tellers[0].phrase is None and tellers[0].first < head.at and after and after[0].phrase:
        return after[0]  # `في هذه الأثناء أعلن الجيش`: what stands before is no speaker
    return tellers[0] if tellers else None


def _according(outline: Outline, part: Part) -> bool:
    """`بحسب فلان`, `وفقا لفلان`, `نقلا عن فلان`."""
    if part.preposition in signs("according"):
        return True
    before = part.first - 1 if outline.words[part.first].form.fold[0] == "ل" else part.first - 2
    return part.preposition in ("ل", "عن") and before >= 0 and not signs("according").isdisjoint(outline.stems[before])


def _source(outline: Outline, part: Part, holds_from: int, rule: str) -> Source:
    """A source; where it is a paper that somebody published (`لقصاصة نشرتها صفحة “كذا”`), its publisher."""
    publisher = outline.verbs.get(part.last)
    if part.phrase is None and publisher and publisher.use.reading.pronoun:
        after = [other for other in outline.parts if other.first == part.last + 1]
        if after:
            return _source(outline, after[0], holds_from, f"{rule}; its publisher")
    return Source(part.first, _with_quoted_name(outline.words, part.last), part, holds_from, rule)


def _with_quoted_name(words: list[Word], last: int) -> int:
    """The end of a name in quotation marks that begins at `last`, else `last`."""
    if last < len(words) and words[last].form.text in _OPENING:
        for at in range(last + 1, min(len(words), last + 2 + _LONGEST_QUOTED_NAME)):
            if words[at].form.text in _CLOSING:
                return at + 1
    return last


def source_of(candidate: Candidate, sources: list[Source]) -> Source | None:
    """The nearest source whose words hold the candidate; one who acts in the event himself is not its source."""
    at = candidate.head.at
    acting = {part.first for part in candidate.actors}
    holding = [s for s in sources if s.holds_from <= at and s.part.first not in acting and not s.first <= at < s.last]
    return max(holding, key=lambda source: (source.part.phrase is not None, source.holds_from), default=None)


def goes_on(outline: Outline, at: int) -> bool:
    """Does a verb of saying before `at` leave out who speaks (`وأضاف أن`), so that it is whoever spoke before?"""
    said = [verb for verb in outline.verbs if verb < at and says(outline.verbs[verb])]
    return bool(said) and _teller(outline, outline.verbs[max(said)]) is None
