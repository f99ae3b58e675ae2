"""What can be asked of a record, wherever it is."""

import datetime as dt
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import NamedTuple, Protocol, TypeVar

from rasid.analysis import Relation, StateOn
from rasid.analysis.agreements import Accord
from rasid.analysis.between import Pair
from rasid.analysis.coverage import Exposure
from rasid.model import Article, CodedArticle, Event
from rasid.record import EventQuery, EventRow
from rasid.record.agreements import AgreementQuery, AgreementRow
from rasid.record.articles import ArticleRow
from rasid.record.claims import ClaimQuery, ClaimRow
from rasid.record.memory import KnownActor
from rasid.record.quotes import QuoteQuery, QuoteRow
from rasid.record.searching import Found, SearchQuery
from rasid.record.settling import Correction
from rasid.record.stories import StoryRow
from rasid.record.validation import Validation

Row = TypeVar("Row")
Answers = Iterator[Row]


class Sent(NamedTuple):
    """What became of articles that were sent: how many were added, with how many events; what was left out, and why."""

    pages: int
    articles: int
    events: int
    known: int
    not_political: int
    dropped: int
    left_out: tuple[tuple[str, str, str], ...]  # page, step, reason


class Watching(NamedTuple):
    """A watch and how it stands; `webhook` is None, too, where a server does not show it to those who may only read."""

    name: str
    created_at: str
    query: EventQuery
    webhook: str | None
    reported: int
    last: str | None
    waiting: int


class Asking(Protocol):
    """What can be asked of a record, wherever it is; the functions of `rasid.record` say what each call does and raises."""

    def __enter__(self) -> "Asking": ...
    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None: ...
    def close(self) -> None:
        """Let go of it."""

    def events(self, query: EventQuery = EventQuery(), limit: int | None = None) -> Answers[EventRow]:
        """See `rasid.record.find_events`."""

    def event(self, event_id: str) -> tuple[Event, Article]:
        """See `rasid.record.load_event`."""

    def articles(
        self, start: dt.date | None = None, end: dt.date | None = None, source: str | None = None, limit: int | None = None
    ) -> Answers[ArticleRow]:
        """See `rasid.record.articles.find_articles`."""

    def article(self, article_id: str) -> CodedArticle:
        """See `rasid.record.load_article`."""

    def search(self, query: SearchQuery, limit: int | None = None) -> Answers[Found]:
        """See `rasid.record.searching.search`."""

    def stories(
        self, least: int = 2, start: dt.date | None = None, end: dt.date | None = None, type: str | None = None
    ) -> Answers[StoryRow]:
        """See `rasid.record.stories.find_stories`."""

    def actors(self, name: str | None = None) -> Answers[KnownActor]:
        """See `rasid.record.memory.find_actors`."""

    def validations(self) -> list[Validation]:
        """See `rasid.record.validation.load_validations`."""

    def corrections(self, article_id: str | None = None) -> list[tuple[Correction, str]]:
        """See `rasid.record.corrections.find_corrections`."""

    def accept(self, event_id: str, note: str | None = None) -> Correction:
        """See `rasid.record.corrections.accept`."""

    def reject(self, event_id: str, note: str | None = None) -> Correction:
        """See `rasid.record.corrections.reject`."""

    def edit(self, event_id: str, changed: Event, note: str | None = None) -> Correction:
        """See `rasid.record.corrections.edit`."""

    def merge(self, event_ids: Sequence[str], note: str | None = None) -> Correction:
        """See `rasid.record.corrections.merge`."""

    def split(self, event_id: str, parts: Sequence[Event], note: str | None = None) -> Correction:
        """See `rasid.record.corrections.split`."""

    def add_event(self, article_id: str, event: Event, note: str | None = None) -> Correction:
        """See `rasid.record.corrections.add_event`."""

    def undo(self, correction_id: str, note: str | None = None) -> Correction:
        """See `rasid.record.corrections.undo`."""

    def code(self, text: str, date: dt.date | None = None, title: str | None = None) -> CodedArticle:
        """Code an article's text; nothing is kept. See `rasid.code`."""

    def relation(self, a: str, b: str, by: str = "month", start: dt.date | None = None, end: dt.date | None = None) -> Relation:
        """See `rasid.analysis.relation`."""

    def state_on(self, a: str, b: str, day: dt.date) -> StateOn:
        """See `rasid.analysis.state_on`."""

    def partners(
        self, actor: str, start: dt.date | None = None, end: dt.date | None = None, limit: int | None = 20
    ) -> list[Pair]:
        """See `rasid.analysis.between.partners`."""

    def exposure(
        self, by: str = "month", start: dt.date | None = None, end: dt.date | None = None, source: str | None = None
    ) -> Exposure:
        """See `rasid.analysis.exposure`."""

    def agreements(self, query: AgreementQuery = AgreementQuery()) -> list[Accord]:
        """See `rasid.analysis.agreements.read_register`."""

    def agreement_reports(self, query: AgreementQuery = AgreementQuery(), limit: int | None = None) -> Answers[AgreementRow]:
        """See `rasid.record.agreements.find_agreements`."""

    def quotes(self, query: QuoteQuery = QuoteQuery(), limit: int | None = None) -> Answers[QuoteRow]:
        """See `rasid.record.quotes.find_quotes`."""

    def claims(self, query: ClaimQuery = ClaimQuery(), limit: int | None = None) -> Answers[ClaimRow]:
        """See `rasid.record.claims.find_claims`."""

    def watches(self) -> list[Watching]:
        """See `rasid.analysis.watches.find_watches`."""

    def add_watch(self, name: str, query: EventQuery, webhook: str | None = None, from_start: bool = False) -> int:
        """See `rasid.analysis.watches.add_watch`."""

    def report_new(self, name: str) -> list[EventRow]:
        """See `rasid.analysis.watches.report_new`; a server posts to the webhook, too."""

    def watch_feed(self, name: str, limit: int = 100) -> bytes:
        """See `rasid.analysis.feed.atom_feed`."""

    def remove_watch(self, name: str) -> None:
        """See `rasid.analysis.watches.remove_watch`."""


class Closing:
    """Closes at the end of a `with` statement."""

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of what is asked."""
        raise NotImplementedError
