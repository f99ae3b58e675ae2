"""The vocabulary: what passes from room to room.

Frozen, slotted dataclasses. Every offset counts characters of `Article.text`, which never changes after cleaning, so that
`article.text[span.start:span.end] == span.text` holds for every span of a coded article.
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

DateEvidence = Literal["given", "meta", "byline", "url", "inferred", "unknown"]
Status = Literal["occurred", "future", "hypothetical", "negated", "historical"]
Basis = Literal["article", "context", "table", "memory", "own"]
MentionKind = Literal["person", "country", "organisation", "group", "office", "people", "place"]


@dataclass(frozen=True, slots=True)
class Span:
    """Evidence: the words `text`, standing at `start` to `end` (exclusive)."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Interval:
    """First and last day, inclusive; None is open (`after 1993`: start 1994-01-01, end None).

    `span` holds the words that say so; None where nothing in the text does (a date that was given, or taken from metadata).
    """

    start: dt.date | None
    end: dt.date | None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class PageDate:
    """When an article was published, how that is known, and, where it was worked out, the reasons."""

    start: dt.date | None
    end: dt.date | None
    evidence: DateEvidence = "unknown"
    reasons: tuple[str, ...] = ()


UNKNOWN_DATE = PageDate(None, None)


@dataclass(frozen=True, slots=True)
class Page:
    """What was found, before anything is read out of it.

    `content` is bytes as they came, or text where the source is text already. `name` says where it was found (a path, an
    address, `file.jsonl:7`) and is what error lines name. The rest is what the source itself says about the page.
    """

    content: bytes | str
    name: str
    id: str | None = None
    url: str | None = None
    title: str | None = None
    source: str | None = None
    date: dt.date | None = None
    is_text: bool = False  # a row's `text`: an article already, never to be cleaned or filtered
    is_bulk: bool = False  # one of a crawl's many: where it is no Arabic article, that is counted and not noted


@dataclass(frozen=True, slots=True)
class Article:
    """A cleaned article. `source` is the outlet; `agency` whose wire copy it is; `language` an ISO 639-1 code."""

    id: str
    text: str
    title: str | None = None
    url: str | None = None
    source: str | None = None
    agency: str | None = None
    byline: str | None = None
    date: PageDate = UNKNOWN_DATE
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A phrase that names somebody or some place. `code` is PLOVER's: `MAR GOV`, `UNO`, `CVL`, or None where unknown."""

    span: Span
    kind: MentionKind
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Holder:
    """Who is meant by an office without a name: as the article named him before, else who held it on its day by a table."""

    name: str
    latin: str | None = None
    wikidata: str | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """Who takes part in an event: the words, and what they stand for.

    `country` is an ISO 3166 alpha-3 code or an organisation's in its place, `sector` one of PLOVER's; `code` joins the two.
    `name` is a person's name as written, `latin` the form for readers of English, `role` the office that the text gives.
    `holder` is who is meant by that office, where these words name nobody; `wikidata` the item of whom these words do name.
    `basis` says where country or sector come from if not from these words: `article` (said elsewhere in it), `context` (a
    country named nearby), `table` (of persons, by the day), `memory` (other articles of that time) or `own` (a user's file).
    """

    span: Span
    country: str | None = None
    sector: str | None = None
    name: str | None = None
    latin: str | None = None
    role: str | None = None
    holder: Holder | None = None
    wikidata: str | None = None
    basis: Basis | None = None

    @property
    def code(self) -> str:
        """`MAR GOV`; an empty string where neither country nor sector is known."""
        return " ".join(part for part in (self.country, self.sector) if part)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an event happened: country (ISO 3166 alpha-3) and the words that say so, if any do.

    `name`, `latin` and `kind` are those of the place that the words name (`city`, `region`, `camp` ..., `country`), `lat` and
    `lon` its degrees (WGS 84), None where they are not sure, and for countries; `claimants` every country that claims it, where
    more than one does. `evidence` is `named` where words say that it happened there, `implied` where it follows from who takes
    part or from the article; `confidence` how likely the country is.
    """

    country: str | None
    span: Span | None = None
    name: str | None = None
    latin: str | None = None
    kind: str | None = None
    lat: float | None = None
    lon: float | None = None
    claimants: tuple[str, ...] = ()
    evidence: Literal["named", "implied"] = "named"
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """A number with honest bounds: `أكثر من 20` has min 21 and max None."""

    kind: Literal["killed", "wounded", "arrested", "protesters"]
    min: int | None
    max: int | None
    span: Span


@dataclass(frozen=True, slots=True)
class Reason:
    """One decision of the coder for `rasid explain`: which `field` it set, by which `rule`, on which words."""

    field: str
    rule: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """Another mention, in the same article, of an act that is coded once: its trigger and its sentence."""

    trigger: Span
    sentence: Span


@dataclass(frozen=True, slots=True)
class Event:
    """One act that an article reports."""

    id: str
    type: str
    trigger: Span
    sentence: Span
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    status: Status = "occurred"
    actors: tuple[Entity, ...] = ()
    recipients: tuple[Entity, ...] = ()
    when: Interval | None = None
    when_from: Literal["text", "page"] | None = None
    where: Place | None = None
    attributed_to: tuple[Span, ...] = ()
    counts: tuple[Count, ...] = ()
    also: tuple[Report, ...] = ()  # the same act, said again
    confidence: float | None = None
    predicate: str = ""  # the lexicon entry that proposed it: `consult.yaml:14`
    coder: str = ""
    reasons: tuple[Reason, ...] = ()
    own_type: str | None = None  # its name in a user's own ontology


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that a speaker is reported to have said, and the cue (`قال`) that reports them.

    `direct` where they stand in quotation marks or behind a colon, so that they are the speaker's own; `text` is without the
    marks. `whole` is what is reported around words in marks: `أكد أن الحكومة «لن تتنازل»`. `through` is who carried them to the
    public or passed them on, `addressee` to whom they were said, `about` who is named in them. `carried` where the speaker
    stands in a sentence before (`وأضاف`).
    """

    speaker: Entity | None
    text: Span
    cue: Span | None
    direct: bool = True
    through: Entity | None = None
    addressee: Entity | None = None
    about: tuple[Entity, ...] = ()
    whole: Span | None = None
    carried: bool = False


@dataclass(frozen=True, slots=True)
class Agreement:
    """A formal accord that an article reports, joined from all that it says of it; see `docs/codebook.md`.

    `mentions` are the words that name it, the first of them where it is best told. Days are what the article says or implies;
    `status` is what it has come to: announced, planned, signed, ratified, in_force, suspended or ended.
    """

    parties: tuple[Entity, ...]
    signatories: tuple[Entity, ...] = ()
    kind: str | None = None
    fields: tuple[str, ...] = ()
    provisions: tuple[Span, ...] = ()
    signed: Interval | None = None
    where: Place | None = None
    status: str | None = None
    claims: tuple[Span, ...] = ()
    attributed_to: tuple[Span, ...] = ()
    name: str | None = None
    announced: Interval | None = None
    ratified: Interval | None = None
    in_force: Interval | None = None
    suspended: Interval | None = None
    ended: Interval | None = None
    mentions: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """Words that rank or count: the fourth to do something, the first since, after a break of two decades, the largest.

    `number` is the rank (4 for `رابع بلد`) or the length of the break (20, of the unit year); `what` is what is ranked,
    `since` from when on, `scope` within what (`في تاريخ البلاد`); `negated` for `ليست المرة الأولى`.
    """

    kind: str
    span: Span
    sentence: Span
    number: int | None = None
    unit: str | None = None
    what: Span | None = None
    since: Interval | None = None
    scope: Span | None = None
    negated: bool = False
    about: tuple[Entity, ...] = ()
    attributed_to: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class CodedArticle:
    """An article with all that was read out of it; `persons` are those it names, each once, with their office if it says so."""

    article: Article
    events: tuple[Event, ...] = ()
    quotes: tuple[Quote, ...] = ()
    agreements: tuple[Agreement, ...] = field(default=())
    persons: tuple[Entity, ...] = ()
    claims: tuple[Claim, ...] = ()
