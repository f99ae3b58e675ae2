"""The record of a server, asked as one in a file of this machine is."""

import datetime as dt
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import quote

from rasid.analysis import Relation, StateOn
from rasid.analysis.agreements import Accord, register
from rasid.analysis.between import Pair
from rasid.analysis.coverage import Exposure
from rasid.client.asking import Answers, Closing, Sent, Watching
from rasid.client.reading import (
    agreement_row,
    as_row,
    claim_row,
    correction,
    error_of,
    parameters,
    quote_row,
    relation_of,
    watching,
)
from rasid.contract import Json, article_to_json, event_to_json, from_json
from rasid.errors import RecordError
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

if TYPE_CHECKING:
    import httpx

_API = "/api/v1"
_PAGE = 500  # rows of an answer
_TRIES = 5  # where the server is busy
_LONGEST_WAIT = 30.0  # seconds
_AT_ONCE, _LETTERS = 50, 2_000_000  # of a request that brings articles: so many of them, or so long
Row = TypeVar("Row")


def connect_to_server(url: str, token: str | None = None) -> "Remote":
    """The record of a server."""
    import httpx

    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return Remote(url, httpx.Client(base_url=url.rstrip("/") + _API, headers=headers, timeout=120.0))


@dataclass(frozen=True)
class Remote(Closing):
    """The record of a server, asked through its REST API; pages are fetched as their rows are taken."""

    url: str
    http: "httpx.Client"

    def __enter__(self) -> "Remote":
        return self

    def close(self) -> None:
        """Let go of the connection."""
        self.http.close()

    def events(self, query: EventQuery = EventQuery(), limit: int | None = None) -> Answers[EventRow]:
        """See `rasid.record.find_events`."""
        return self._pages("/events", parameters(query), limit, EventRow)

    def event(self, event_id: str) -> tuple[Event, Article]:
        """See `rasid.record.load_event`."""
        found = self._get(f"/events/{_quoted(event_id)}")
        coded = self.article(found["article"]["id"])
        return next(event for event in coded.events if event.id == found["id"]), coded.article

    def articles(
        self, start: dt.date | None = None, end: dt.date | None = None, source: str | None = None, limit: int | None = None
    ) -> Answers[ArticleRow]:
        """See `rasid.record.articles.find_articles`."""
        return self._pages("/articles", {"from": start, "to": end, "source": source}, limit, ArticleRow)

    def article(self, article_id: str) -> CodedArticle:
        """See `rasid.record.load_article`."""
        return from_json(self._get(f"/articles/{_quoted(article_id)}"))

    def search(self, query: SearchQuery, limit: int | None = None) -> Answers[Found]:
        """See `rasid.record.searching.search`."""
        asked = {"words": query.words, "from": query.start, "to": query.end, "source": query.source}
        return self._pages("/search", {**parameters(query.events), **asked}, limit, Found)

    def stories(
        self, least: int = 2, start: dt.date | None = None, end: dt.date | None = None, type: str | None = None
    ) -> Answers[StoryRow]:
        """See `rasid.record.stories.find_stories`."""
        return self._pages("/stories", {"least": least, "from": start, "to": end, "type": type}, None, StoryRow)

    def actors(self, name: str | None = None) -> Answers[KnownActor]:
        """See `rasid.record.memory.find_actors`."""
        for item in self._items("/actors", {"name": name}, None):
            names = [(spelling["name"], spelling["articles"]) for spelling in item["names"]]
            yield as_row(KnownActor, {**item, "names": names})

    def validations(self) -> list[Validation]:
        """See `rasid.record.validation.load_validations`."""
        return [as_row(Validation, one) for one in self._get("/validations")]

    def corrections(self, article_id: str | None = None) -> list[tuple[Correction, str]]:
        """See `rasid.record.corrections.find_corrections`."""
        return [(correction(one), one["state"]) for one in self._items("/corrections", {"article": article_id}, None)]

    def accept(self, event_id: str, note: str | None = None) -> Correction:
        """See `rasid.record.corrections.accept`."""
        return self._correct("accept", [event_id], note)

    def reject(self, event_id: str, note: str | None = None) -> Correction:
        """See `rasid.record.corrections.reject`."""
        return self._correct("reject", [event_id], note)

    def edit(self, event_id: str, changed: Event, note: str | None = None) -> Correction:
        """See `rasid.record.corrections.edit`."""
        return self._correct("edit", [event_id], note, [changed])

    def merge(self, event_ids: Sequence[str], note: str | None = None) -> Correction:
        """See `rasid.record.corrections.merge`."""
        return self._correct("merge", list(event_ids), note)

    def split(self, event_id: str, parts: Sequence[Event], note: str | None = None) -> Correction:
        """See `rasid.record.corrections.split`."""
        return self._correct("split", [event_id], note, parts)

    def add_event(self, article_id: str, event: Event, note: str | None = None) -> Correction:
        """See `rasid.record.corrections.add_event`."""
        return self._correct("add", [article_id], note, [event])

    def undo(self, correction_id: str, note: str | None = None) -> Correction:
        """See `rasid.record.corrections.undo`."""
        return self._correct("undo", [correction_id], note)

    def code(self, text: str, date: dt.date | None = None, title: str | None = None) -> CodedArticle:
        """Have the server code an article's text; nothing is kept."""
        return from_json(self._post("/code", {"text": text, "date": date and date.isoformat(), "title": title}))

    def relation(self, a: str, b: str, by: str = "month", start: dt.date | None = None, end: dt.date | None = None) -> Relation:
        """See `rasid.analysis.relation`."""
        asked = {"actor": [a, b], "by": by, "from": start, "to": end, "events": True}
        return relation_of(self._get("/relations", asked))

    def state_on(self, a: str, b: str, day: dt.date) -> StateOn:
        """See `rasid.analysis.state_on`."""
        return as_row(StateOn, self._get("/relations/state", {"actor": [a, b], "on": day}))

    def partners(
        self, actor: str, start: dt.date | None = None, end: dt.date | None = None, limit: int | None = 20
    ) -> list[Pair]:
        """See `rasid.analysis.between.partners`."""
        return list(self._pages("/partners", {"actor": actor, "from": start, "to": end}, limit, Pair))

    def exposure(
        self, by: str = "month", start: dt.date | None = None, end: dt.date | None = None, source: str | None = None
    ) -> Exposure:
        """See `rasid.analysis.exposure`."""
        return as_row(Exposure, self._get("/exposure", {"by": by, "from": start, "to": end, "source": source}))

    def agreements(self, query: AgreementQuery = AgreementQuery()) -> list[Accord]:
        """See `rasid.analysis.agreements.read_register`."""
        return register(self.agreement_reports(query))

    def agreement_reports(self, query: AgreementQuery = AgreementQuery(), limit: int | None = None) -> Answers[AgreementRow]:
        """See `rasid.record.agreements.find_agreements`."""
        return map(agreement_row, self._items("/agreements/reports", parameters(query), limit))

    def quotes(self, query: QuoteQuery = QuoteQuery(), limit: int | None = None) -> Answers[QuoteRow]:
        """See `rasid.record.quotes.find_quotes`."""
        return map(quote_row, self._items("/quotes", parameters(query), limit))

    def claims(self, query: ClaimQuery = ClaimQuery(), limit: int | None = None) -> Answers[ClaimRow]:
        """See `rasid.record.claims.find_claims`."""
        return map(claim_row, self._items("/claims", parameters(query), limit))

    def watches(self) -> list[Watching]:
        """See `rasid.analysis.watches.find_watches`."""
        return list(map(watching, self._get("/watches")))

    def add_watch(self, name: str, query: EventQuery, webhook: str | None = None, from_start: bool = False) -> int:
        """See `rasid.analysis.watches.add_watch`."""
        asked = {key.replace("-", "_"): value for key, value in parameters(query).items()}
        body = {"name": name, "query": asked, "webhook": webhook, "from_start": from_start}
        return int(self._post("/watches", body)["known"])

    def report_new(self, name: str) -> list[EventRow]:
        """See `rasid.analysis.watches.report_new`; what is new is posted to the webhook, too."""
        return [as_row(EventRow, one) for one in self._post(f"/watches/{_quoted(name)}/run", None)["events"]]

    def watch_feed(self, name: str, limit: int = 100) -> bytes:
        """See `rasid.analysis.feed.atom_feed`."""
        return self._ask("GET", f"/watches/{_quoted(name)}/feed", params={"limit": limit}).content

    def remove_watch(self, name: str) -> None:
        """See `rasid.analysis.watches.remove_watch`."""
        self._ask("DELETE", f"/watches/{_quoted(name)}")

    def ingest(self, found: Iterable[tuple[str, Article]], **options: Any) -> Iterator[Sent]:
        """Have the server code cleaned articles and keep them; what it has already is passed over.

        Args:
            found: where each was found, and the article.
            options: `drop_irrelevant`, `min_confidence`, `political`.

        Yields:
            What became of the articles of each request.
        """
        for articles in _loads({**article_to_json(article), "page": page} for page, article in found):
            sent = self._post("/ingest", {"articles": articles, **options})
            left_out = tuple((one["page"], one["step"], one["reason"]) for one in sent.pop("left_out"))
            yield Sent(**sent, left_out=left_out)

    def _correct(self, action: str, ids: list[str], note: str | None, events: Sequence[Event] = ()) -> Correction:
        body = {"action": action, "ids": ids, "note": note, "events": list(map(event_to_json, events))}
        return correction(self._post("/corrections", body)[0])

    def _pages(self, path: str, asked: Json, limit: int | None, kind: type[Row]) -> Iterator[Row]:
        return (as_row(kind, item) for item in self._items(path, asked, limit))

    def _items(self, path: str, asked: Json, limit: int | None) -> Iterator[Json]:
        def pages() -> Iterator[Json]:
            page: Json = {"next": asked.get("after")}
            while True:
                page = self._get(path, {**asked, "after": page["next"], "limit": min(limit or _PAGE, _PAGE)})
                yield from page["items"]
                if not page["next"]:
                    return

        return islice(pages(), limit)

    def _get(self, path: str, asked: Json | None = None) -> Any:
        given = {name: value for name, value in (asked or {}).items() if value is not None}
        return self._ask("GET", path, params=given).json()

    def _post(self, path: str, body: Json | None) -> Any:
        return self._ask("POST", path, json=body).json()

    def _ask(self, method: str, path: str, **sent: Any) -> "httpx.Response":
        """What the server answers; asked again where it is busy, as nothing was done then.

        Raises:
            InputError, NotThereError, RecordError: what is wrong, as the server says it; or that it cannot be reached.
        """
        import httpx

        for tries in range(_TRIES):
            try:
                answer = self.http.request(method, path, **sent)
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                said = f"{self.url}: cannot be reached: {error or type(error).__name__}; is `rasid serve` running there?"
                raise RecordError(said) from error
            if answer.status_code not in (429, 503) or tries == _TRIES - 1:
                break
            time.sleep(min(float(answer.headers.get("retry-after", "1")), _LONGEST_WAIT))
        if answer.is_success:
            return answer
        raise error_of(self.url, answer)


def _loads(articles: Iterable[Json]) -> Iterator[list[Json]]:
    """As many articles as go in a request."""
    load, letters = list[Json](), 0
    for article in articles:
        size = len(article["text"])
        if load and (len(load) == _AT_ONCE or letters + size > _LETTERS):
            yield load
            load, letters = [], 0
        load.append(article)
        letters += size
    if load:
        yield load


def _quoted(part: str) -> str:
    return quote(part, safe="")
