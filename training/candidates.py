"""What the models learn from: the candidates, roles, and owners of coded rows, and of the lexicon's own cases."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, NamedTuple

from choices import Choice
from whose import collect_owners

from rasid.actors.resolve import People, Sentence, entities_of
from rasid.coder import read_article
from rasid.events.attribution import find_sources
from rasid.events.build import read_candidates
from rasid.events.casting_features import Stage, nobody_features, role_features, stage_of
from rasid.events.decide import event_features
from rasid.events.outline import Outline, Part
from rasid.events.predicates import sources
from rasid.events.propose import Candidate
from rasid.events.second_look import Glance
from rasid.events.status import planned_type, status_of
from rasid.lexicon import read_entries
from rasid.linear import names_of
from rasid.model import Article, PageDate, Span

CASE_DAY = dt.date(2021, 11, 24)


class Example(NamedTuple):
    """The features of a candidate or a time, whether it is right (None: codings differ), and the document it comes from."""

    features: list[str]
    label: bool | None
    document: str


class Candidates(NamedTuple):
    """The candidates of one article, in order, each with its place in it for the second look."""

    examples: list[Example]
    glances: list[Glance]  # the probability is for `training/again.py` to fill in
    sentences: int
    news: bool  # not a sentence of ours


class Examples(NamedTuple):
    """What each of the models learns from."""

    event: list[Candidates]
    actor: list[Choice]
    recipient: list[Choice]
    owner: list[Choice]  # the country of a role that names none


def article_of(row: dict[str, Any]) -> Article:
    """The article, or the one sentence, of a gold row."""
    day = dt.date.fromisoformat(row["date"]) if row["date"] else None
    return Article(row["id"], row["text"], row.get("title"), date=PageDate(day, day, "given" if day else "unknown"))


def document_of(row: dict[str, Any]) -> str:
    """The document that a gold row is of: sentences of one are kept together in folds."""
    document: str = row["id"]
    return document.rsplit("-", 1)[0] if row.get("title") is None else document


def nothing() -> Examples:
    """No examples yet."""
    return Examples(*([] for _ in Examples._fields))


def joined(parts: Iterable[Examples]) -> Examples:
    """All the examples of `parts`."""
    whole = nothing()
    for part in parts:
        for name, there in whole._asdict().items():
            there.extend(getattr(part, name))
    return whole


def collect(row: dict[str, Any], examples: Examples, news: bool = True) -> None:
    """Add the candidates of a gold row: an event where the gold has one of its type there, roles by overlap of words."""
    article, document = article_of(row), document_of(row)
    readings = read_article(article)
    seen = Candidates([], [], len(readings), news)
    examples.event.append(seen)
    for reading in readings:
        sentence, people = reading.sentence, reading.people
        gold = [event for event in row["events"] if _stands_in(event, row, sentence.span)]
        examples.owner.extend(collect_owners(article.text, gold, sentence, people, document))
        outline, candidates = read_candidates(sentence)
        if not candidates:
            continue
        stage = stage_of(outline, candidates, find_sources(outline), reading.sentences[: reading.at])
        for candidate in candidates:
            match = _match(article, outline, candidate, gold)
            optional = bool(match and match.get("optional"))
            label = None if optional else match is not None
            seen.examples.append(Example(names_of(event_features(outline, candidate, candidates)), label, document))
            seen.glances.append(Glance(reading.at, candidate.predicate.type, candidate.predicate.lemma, 0.0))
            if match is None:
                continue
            _collect_roles(article, sentence, stage, people, candidate, match, document, examples)


def _collect_roles(
    article: Article,
    sentence: Sentence,
    stage: Stage,
    people: People,
    candidate: Candidate,
    match: dict[str, Any],
    document: str,
    examples: Examples,
) -> None:
    """Add who takes part in the event that a candidate was matched with; a side whose words stand elsewhere teaches nothing."""
    cast = role_features(stage, candidate)
    options = [names_of(terms) for terms in (nobody_features(stage, candidate), *(terms for _, terms in cast))]
    here = [_span(part, sentence) if part.origin is None else None for part, _ in cast]
    codes = [_codes(article, part.origin, part, people) if part.origin else None for part, _ in cast]
    for side in ("actor", "recipient"):
        places = [_find(article.text, entity["text"], sentence.span) for entity in match[side]]
        elsewhere = {entity["code"] for entity, place in zip(match[side], places, strict=True) if place is None}
        chosen = [
            n + 1
            for n, (span, carried) in enumerate(zip(here, codes, strict=True))
            if (span and any(place and place[0] < span[1] and span[0] < place[1] for place in places))
            or (carried and carried & elsewhere)
        ]
        getattr(examples, side).append(Choice(options, chosen if places else [0], document))


def _span(part: Part, sentence: Sentence) -> tuple[int, int]:
    return sentence.words[part.first].start, sentence.words[part.last - 1].end


def collect_cases(examples: Examples) -> None:
    """Add the lexicon's own cases: whether each reports an event of the type that its entry codes, and who is on which side."""
    for entry in (entry for path in sources() for entry in read_entries(path)):
        said = entry.keys.get("case") or []
        for case in said if isinstance(said, list) else [said]:
            text, _, answer = case.rpartition("=>")
            article = Article(entry.where, text.strip(), date=PageDate(CASE_DAY, CASE_DAY, "given"))
            kind = str(entry.keys.get("event")).split()[0]
            for reading in read_article(article):
                _collect_case(article, reading.sentence, reading.people, kind, answer.strip(), examples)


def _collect_case(article: Article, sentence: Sentence, people: People, kind: str, answer: str, examples: Examples) -> None:
    outline, candidates = read_candidates(sentence)
    stage = stage_of(outline, candidates, find_sources(outline))
    sides = [{code.strip() for code in side.split(",")[0].split("+")} for side in answer.partition(">")[::2]]
    seen = Candidates([], [], 1, False)
    examples.event.append(seen)
    for candidate in candidates:
        asked = answer == "none" or candidate.predicate.type == kind
        label = answer != "none" if asked else None
        seen.examples.append(Example(names_of(event_features(outline, candidate, candidates)), label, article.id))
        seen.glances.append(Glance(0, candidate.predicate.type, candidate.predicate.lemma, 0.0))
        if answer == "none" or not asked:
            continue
        cast = role_features(stage, candidate)
        options = [names_of(terms) for terms in (nobody_features(stage, candidate), *(terms for _, terms in cast))]
        codes = [_codes(article, sentence, part, people) for part, _ in cast]
        for side, wanted in zip(("actor", "recipient"), (sides[0], sides[1] - sides[0]), strict=True):
            chosen = [n + 1 for n, found in enumerate(codes) if found & wanted]
            getattr(examples, side).append(Choice(options, [0] if wanted <= {"-"} else chosen, article.id))


def _codes(article: Article, sentence: Sentence, part: Part, people: People) -> set[str]:
    return {entity.code for entity in entities_of(article.text, sentence, part.phrase, people)} if part.phrase else set()


def _stands_in(event: dict[str, Any], row: dict[str, Any], span: Span) -> bool:
    if row.get("title") is None:
        return event["trigger"] in span.text or len(row["text"]) == len(span.text)
    at: int = row["text"].find(event["sentence"])
    return span.start - 2 <= at < span.end


def _match(article: Article, outline: Outline, candidate: Candidate, gold: list[dict[str, Any]]) -> dict[str, Any] | None:
    status, _ = status_of(outline, candidate, [], article.date)
    negated = candidate.predicate.negated if status == "negated" else None
    kind, _ = negated or planned_type(candidate.predicate.type or "", candidate.predicate.mode, status)
    same = [event for event in gold if event["type"] in (kind, candidate.predicate.type)]
    word = outline.words[candidate.head.at].form.text
    return next((e for e in same if word in e["trigger"] or e["trigger"] in word), same[0] if same else None)


def _find(text: str, words: str, span: Span) -> tuple[int, int] | None:
    at = text.find(words, span.start, span.end)
    return (at, at + len(words)) if at >= 0 else None
