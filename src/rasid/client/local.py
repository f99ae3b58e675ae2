"""A record in a file of this machine, asked as one behind a server is."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from rasid.analysis import Relation, StateOn, actor_named, exposure, relation, state_on, states, watches
from rasid.analysis.agreements import Accord, read_register
from rasid.analysis.between import Pair, partners
from rasid.analysis.coverage import Exposure
from rasid.analysis.feed import atom_feed
from rasid.client.asking import Answers, Asking, Closing, Watching
from rasid.coder import code
from rasid.model import Article, CodedArticle, Event, Page
from rasid.pages import read_article
from rasid.record import EventQuery, EventRow, Record, find_events, load_article, load_event, open_record
from rasid.record import corrections as corrections_of
from rasid.record.agreements import AgreementQuery, AgreementRow, find_agreements
from rasid.record.articles import ArticleRow, find_articles
from rasid.record.claims import ClaimQuery, ClaimRow, find_claims
from rasid.record.memory import KnownActor, find_actors
from rasid.record.quotes import QuoteQuery, QuoteRow, find_quotes
from rasid.record.searching import Found, SearchQuery, search
from rasid.record.settling import Correction
from rasid.record.stories import StoryRow, find_stories
from rasid.record.validation import Validation, load_validations


def connect_to_file(path: str, by: str = "") -> Asking:
    """The record in a file that is there; `by` is in whose name corrections are made.

    Raises:
        RecordError: there is none.
    """
    return _Local(open_record(path, create=False), by)


@dataclass(frozen=True)
class _Local(Closing):
    """A record in a file of this machine."""

    record: Record
    by: str = ""

    def __enter__(self) -> "_Local":
        return self

    def close(self) -> None:
        self.record.close()

    def events(self, query: EventQuery = EventQuery(), limit: int | None = None) -> Answers[EventRow]:
        return find_events(self.record, query, limit)

    def event(self, event_id: str) -> tuple[Event, Article]:
        return load_event(self.record, event_id)

    def articles(
        self, start: dt.date | None = None, end: dt.date | None = None, source: str | None = None, limit: int | None = None
    ) -> Answers[ArticleRow]:
        return find_articles(self.record, start, end, source, limit=limit)

    def article(self, article_id: str) -> CodedArticle:
        return load_article(self.record, article_id)

    def search(self, query: SearchQuery, limit: int | None = None) -> Answers[Found]:
        return search(self.record, query, limit)

    def stories(
        self, least: int = 2, start: dt.date | None = None, end: dt.date | None = None, type: str | None = None
    ) -> Answers[StoryRow]:
        return find_stories(self.record, least, start, end, type)

    def actors(self, name: str | None = None) -> Answers[KnownActor]:
        return find_actors(self.record, name)

    def validations(self) -> list[Validation]:
        return load_validations(self.record)

    def corrections(self, article_id: str | None = None) -> list[tuple[Correction, str]]:
        return corrections_of.find_corrections(self.record, article_id)

    def accept(self, event_id: str, note: str | None = None) -> Correction:
        return corrections_of.accept(self.record, event_id, by=self.by, note=note)

    def reject(self, event_id: str, note: str | None = None) -> Correction:
        return corrections_of.reject(self.record, event_id, by=self.by, note=note)

    def edit(self, event_id: str, changed: Event, note: str | None = None) -> Correction:
        return corrections_of.edit(self.record, event_id, changed, by=self.by, note=note)

    def merge(self, event_ids: Sequence[str], note: str | None = None) -> Correction:
        return corrections_of.merge(self.record, event_ids, by=self.by, note=note)

    def split(self, event_id: str, parts: Sequence[Event], note: str | None = None) -> Correction:
        return corrections_of.split(self.record, event_id, parts, by=self.by, note=note)

    def add_event(self, article_id: str, event: Event, note: str | None = None) -> Correction:
        return corrections_of.add_event(self.record, article_id, event, by=self.by, note=note)

    def undo(self, correction_id: str, note: str | None = None) -> Correction:
        return corrections_of.undo(self.record, correction_id, by=self.by, note=note)

    def code(self, text: str, date: dt.date | None = None, title: str | None = None) -> CodedArticle:
        return code(read_article(Page(text, "page", title=title, date=date, is_text=True), date))

    def relation(self, a: str, b: str, by: str = "month", start: dt.date | None = None, end: dt.date | None = None) -> Relation:
        return relation(self.record, a, b, by, start, end)

    def state_on(self, a: str, b: str, day: dt.date) -> StateOn:
        one, other = actor_named(self.record, a), actor_named(self.record, b)
        return state_on(states(self.record, one, other), day)

    def partners(
        self, actor: str, start: dt.date | None = None, end: dt.date | None = None, limit: int | None = 20
    ) -> list[Pair]:
        return partners(self.record, actor_named(self.record, actor), start, end, limit)

    def exposure(
        self, by: str = "month", start: dt.date | None = None, end: dt.date | None = None, source: str | None = None
    ) -> Exposure:
        return exposure(self.record, by, start, end, source)

    def agreements(self, query: AgreementQuery = AgreementQuery()) -> list[Accord]:
        return read_register(self.record, query)

    def agreement_reports(self, query: AgreementQuery = AgreementQuery(), limit: int | None = None) -> Answers[AgreementRow]:
        return find_agreements(self.record, query, limit)

    def quotes(self, query: QuoteQuery = QuoteQuery(), limit: int | None = None) -> Answers[QuoteRow]:
        return find_quotes(self.record, query, limit)

    def claims(self, query: ClaimQuery = ClaimQuery(), limit: int | None = None) -> Answers[ClaimRow]:
        return find_claims(self.record, query, limit)

    def watches(self) -> list[Watching]:
        found = watches.find_watches(self.record)
        return [Watching(one.name, one.created_at, one.query, one.webhook, *standing) for one, *standing in found]  # type: ignore[arg-type]

    def add_watch(self, name: str, query: EventQuery, webhook: str | None = None, from_start: bool = False) -> int:
        return watches.add_watch(self.record, name, query, webhook=webhook, from_start=from_start)

    def report_new(self, name: str) -> list[EventRow]:
        return watches.report_new(self.record, name)

    def watch_feed(self, name: str, limit: int = 100) -> bytes:
        reported = watches.last_reported(self.record, name, limit)
        return atom_feed(name, watches.find_watch(self.record, name).created_at, reported)

    def remove_watch(self, name: str) -> None:
        watches.remove_watch(self.record, name)
