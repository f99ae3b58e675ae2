"""Coded articles for the tests: a few made by hand, and any that can be, as a hypothesis strategy."""

import datetime as dt
import hashlib
import string
from dataclasses import replace
from typing import Any, get_args

from hypothesis import strategies as st

from rasid.events.plover import contexts, modes, types
from rasid.model import (
    Agreement,
    Article,
    CodedArticle,
    Count,
    DateEvidence,
    Entity,
    Event,
    Interval,
    PageDate,
    Place,
    Quote,
    Reason,
    Report,
    Span,
    Status,
)

CODER = "0.1.0+5eed"
TEXT = (
    "زار وزير الخارجية الأردني سالم الحوراني بغداد أمس الثلاثاء، بحسب بيان للوزارة. "
    "ووقع الأردن والعراق مذكرة تفاهم في مجال النقل، وقال الحوراني إن الزيارة ناجحة. "
    "وفي البصرة أصيب أكثر من 20 متظاهرا برصاص مسلحين."
)
WEDNESDAY = dt.date(2021, 11, 24)
TUESDAY = dt.date(2021, 11, 23)


def at(text: str, words: str) -> Span:
    """Where `words` stand in `text`."""
    start = text.index(words)
    return Span(start, start + len(words), words)


def event_id(article_id: str, start: int, event_type: str) -> str:
    return hashlib.sha256(f"{article_id}:{start}:{event_type}".encode()).hexdigest()[:16]


def make_event(article_id: str, text: str, event_type: str, trigger: str, sentence: str, **fields: Any) -> Event:
    span = at(text, trigger)
    return Event(event_id(article_id, span.start, event_type), event_type, span, at(text, sentence), coder=CODER, **fields)


def baghdad_article(article_id: str = "a1", **fields: Any) -> CodedArticle:
    """A visit, an agreement and an assault, with every field of the model in use somewhere."""
    visit, signing, shooting = (f"{sentence}." for sentence in TEXT.rstrip(".").split(". "))
    minister = Entity(
        at(TEXT, "وزير الخارجية الأردني سالم الحوراني"), "JOR", "GOV", "سالم الحوراني", "Salem al-Hourani", "وزير الخارجية"
    )
    jordan = Entity(Span(start := TEXT.index("الأردن والعراق"), start + 6, "الأردن"), "JOR", latin="Jordan")
    iraq = Entity(at(TEXT, "والعراق"), "IRQ", latin="Iraq", wikidata="Q796", basis="context")
    events = (
        make_event(
            article_id,
            TEXT,
            "CONSULT",
            "زار",
            visit,
            mode="visit",
            contexts=("diplomatic",),
            actors=(minister,),
            recipients=(Entity(at(TEXT, "بغداد"), "IRQ", latin="Iraq"),),
            when=Interval(TUESDAY, TUESDAY, at(TEXT, "أمس الثلاثاء")),
            when_from="text",
            where=Place("IRQ", at(TEXT, "بغداد")),
            attributed_to=(at(TEXT, "بيان للوزارة"),),
            also=(Report(at(TEXT, "الزيارة"), at(TEXT, signing)),),
            confidence=0.94,
            predicate="consult.yaml:14",
            reasons=(Reason("actor", "the subject of زار", minister.span), Reason("status", "past tense")),
        ),
        make_event(
            article_id,
            TEXT,
            "SUPPORT",
            "وقع",
            signing,
            actors=(jordan, iraq),
            when=Interval(WEDNESDAY, WEDNESDAY),
            when_from="page",
            predicate="support.yaml:3",
        ),
        make_event(
            article_id,
            TEXT,
            "ASSAULT",
            "أصيب",
            shooting,
            mode="firearms",
            status="occurred",
            actors=(Entity(at(TEXT, "مسلحين"), None, "UAF"),),
            recipients=(Entity(at(TEXT, "متظاهرا"), "IRQ", "CVL"),),
            where=Place("IRQ", at(TEXT, "البصرة")),
            counts=(Count("wounded", 21, None, at(TEXT, "أكثر من 20 متظاهرا")),),
        ),
    )
    article = Article(
        id=article_id,
        text=TEXT,
        title="الحوراني في بغداد",
        url=f"https://news.example/{article_id}",
        source="صحيفة الميزان",
        agency="وكالة الرافدين",
        byline="بغداد - ليلى سعد",
        date=PageDate(WEDNESDAY, WEDNESDAY, "inferred", ("اليوم الأربعاء",)),
        language="ar",
    )
    quote = Quote(minister, at(TEXT, "الزيارة ناجحة"), at(TEXT, "قال"))
    agreement = Agreement(
        parties=(jordan, iraq),
        signatories=(minister,),
        kind="memorandum",
        fields=("transport",),
        provisions=(at(TEXT, "في مجال النقل"),),
        signed=Interval(WEDNESDAY, None, at(TEXT, "مذكرة تفاهم")),
        where=Place("IRQ"),
        status="occurred",
        attributed_to=(at(TEXT, "بيان للوزارة"),),
    )
    return CodedArticle(replace(article, **fields), events, (quote,), (agreement,))


def dyad_article(
    article_id: str,
    actor: str,
    recipient: str | None,
    day: dt.date | None = WEDNESDAY,
    event_type: str = "CONSULT",
    **fields: Any,
) -> CodedArticle:
    """One event between two codes (`JOR GOV`); both act together where `recipient` begins with +."""
    text = f"خبر قصير رقم {article_id}: التقى الوزير نظيره."

    def entity(code: str, words: str) -> Entity:
        country, _, sector = code.removeprefix("+").partition(" ")
        return Entity(at(text, words), country, sector or None)

    together = recipient is not None and recipient.startswith("+")
    other = (entity(recipient, "نظيره"),) if recipient else ()
    event = make_event(
        article_id,
        text,
        event_type,
        "التقى",
        text,
        actors=(entity(actor, "الوزير"), *(other if together else ())),
        recipients=() if together else other,
        when=Interval(day, day) if day else None,
        when_from="page" if day else None,
    )
    article = Article(article_id, text, url=f"https://news.example/{article_id}", source="صحيفة الميزان")
    return CodedArticle(article, (replace(event, **fields),))


_LETTERS = st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهويءأإآةىئؤ لا،." + string.ascii_letters + string.digits, max_size=12)
_DAYS = st.dates(dt.date(1, 1, 1), dt.date(9999, 12, 31))
_MAYBE = st.none() | _LETTERS


def spans(text: str) -> st.SearchStrategy[Span]:
    bounds = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted)
    return bounds.map(lambda pair: Span(pair[0], pair[1], text[pair[0] : pair[1]]))


def _lists(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(strategy, max_size=3).map(tuple)


def _entities(text: str) -> st.SearchStrategy[Entity]:
    codes = st.none() | st.sampled_from(["JOR", "IRQ", "UNO"])
    return st.builds(Entity, spans(text), codes, st.none() | st.sampled_from(["GOV", "REB"]), _MAYBE, _MAYBE, _MAYBE)


def _intervals(text: str) -> st.SearchStrategy[Interval]:
    known = st.builds(Interval, st.none() | _DAYS, st.none() | _DAYS, st.none() | spans(text))
    return known.filter(lambda interval: interval != Interval(None, None))  # which says nothing, as None does


def _places(text: str) -> st.SearchStrategy[Place]:
    known = (_MAYBE, _MAYBE, st.none() | st.sampled_from(["city", "country"]))
    degrees = (st.none() | st.floats(-90, 90), st.none() | st.floats(-180, 180))
    claimants, evidence = st.sampled_from([(), ("JOR", "IRQ")]), st.sampled_from(["named", "implied"])
    codes = st.sampled_from(["JOR", "IRQ"])
    return st.builds(Place, codes, st.none() | spans(text), *known, *degrees, claimants, evidence, st.none() | st.floats(0, 1))


@st.composite
def _events(draw: st.DrawFn, article_id: str, text: str, n: int) -> Event:
    event_type = draw(st.sampled_from(sorted(types())))
    when = draw(st.none() | _intervals(text))
    low, high = sorted((draw(st.integers(0, 999)), draw(st.integers(0, 999))))
    bounds = st.sampled_from([(low, high), (low, None), (None, high), (None, None), (low, low)])
    counts = st.builds(
        lambda kind, between, span: Count(kind, between[0], between[1], span),
        st.sampled_from(["killed", "wounded", "arrested", "protesters"]),
        bounds,
        spans(text),
    )
    return Event(
        id=f"{article_id}:{n}",
        type=event_type,
        trigger=draw(spans(text)),
        sentence=draw(spans(text)),
        mode=draw(st.none() | st.sampled_from(sorted(modes(event_type)))) if modes(event_type) else None,
        contexts=draw(_lists(st.sampled_from(sorted(contexts())))),
        status=draw(st.sampled_from(get_args(Status))),
        actors=draw(_lists(_entities(text))),
        recipients=draw(_lists(_entities(text))),
        when=when,
        when_from=draw(st.sampled_from([None, "text", "page"])) if when else None,
        where=draw(st.none() | _places(text)),
        attributed_to=draw(_lists(spans(text))),
        counts=draw(_lists(counts)),
        also=draw(_lists(st.builds(Report, spans(text), spans(text)))),
        confidence=draw(st.none() | st.floats(0, 1)),
        predicate=draw(_LETTERS),
        coder=draw(st.sampled_from(["", CODER, "0.2.0+beef"])),
        reasons=draw(_lists(st.builds(Reason, _LETTERS, _LETTERS, st.none() | spans(text)))),
    )


@st.composite
def coded_articles(draw: st.DrawFn) -> CodedArticle:
    """Any coded article: texts of any letters, events of every type, nothing or everything known."""
    text = draw(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40) | _LETTERS)
    article_id = draw(_LETTERS)
    date = st.builds(PageDate, st.none() | _DAYS, st.none() | _DAYS, st.sampled_from(get_args(DateEvidence)), _lists(_LETTERS))
    names = {name: draw(_MAYBE) for name in ("title", "url", "source", "agency", "byline", "language")}
    article = Article(article_id, text, date=draw(date), **names)
    events = tuple(draw(_events(article_id, text, n)) for n in range(draw(st.integers(0, 3))))
    quotes = draw(_lists(st.builds(Quote, st.none() | _entities(text), spans(text), st.none() | spans(text))))
    agreements = st.builds(
        Agreement,
        _lists(_entities(text)),
        _lists(_entities(text)),
        _MAYBE,
        _lists(_LETTERS),
        _lists(spans(text)),
        st.none() | _intervals(text),
        st.none() | _places(text),
        _MAYBE,
        _lists(spans(text)),
        _lists(spans(text)),
    )
    return CodedArticle(article, events, quotes, draw(_lists(agreements)))
