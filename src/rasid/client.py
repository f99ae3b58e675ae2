"""A record here or elsewhere, asked with the same calls: `rasid.connect("record.sqlite")`, `rasid.connect("http://host:8000")`.

What comes back are the same dataclasses and rows; errors are the same, too.
"""

import datetime as dt
import json
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from functools import cache
from itertools import islice
from types import TracebackType
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar
from urllib.parse import quote

from rasid.contract import Json, article_to_json, event_to_json, from_json
from rasid.errors import InputError, NotThereError, RecordError
from rasid.model import Article, CodedArticle, Event, Span
from rasid.record import EventQuery, EventRow, Record, find_events, load_article, load_event, open_record
from rasid.record import corrections as corrections_of
from rasid.record.articles import ArticleRow, find_articles
from rasid.record.memory import KnownActor, find_actors
from rasid.record.searching import Found, SearchQuery, search
from rasid.record.settling import Correction, Target
from rasid.record.stories import StoryRow, find_stories
from rasid.record.validation import Validation, load_validations

if TYPE_CHECKING:
    import httpx

_API = "/api/v1"
_PAGE = 500  # rows of an answer
_TRIES = 5  # where the server is busy
_LONGEST_WAIT = 30.0  # seconds
_AT_ONCE, _LETTERS = 50, 2_000_000  # of a request that brings articles: so many of them, or so long
_NAMES = {"start": "from", "end": "to", "actors": "actor", "types": "type", "modes": "mode", "quads": "quad"}
_NAMES |= {"statuses": "status", "places": "where", "one_a_day": "one-a-day", "day_read": "day-read"}
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


def connect(place: str, token: str | None = None, by: str = "") -> Asking:
    """The record at an address of `rasid serve`, or in a file.

    Args:
        place: `http://host:8000`, or the path of a record that is there.
        token: for an address: `rasid accounts token NAME` makes one; without it only reading may be open.
        by: for a file: in whose name corrections are made.

    Raises:
        RecordError: there is no such record. That a server does not answer is said by the first call.
    """
    if place.startswith(("http://", "https://")):
        return connect_to_server(place, token)
    return _Local(open_record(place, create=False), by)


def connect_to_server(url: str, token: str | None = None) -> "Remote":
    """The record of a server."""
    import httpx

    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return Remote(url, httpx.Client(base_url=url.rstrip("/") + _API, headers=headers, timeout=120.0))


class _Closing:
    """Closes at the end of a `with` statement."""

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        raise NotImplementedError


@dataclass(frozen=True)
class _Local(_Closing):
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


@dataclass(frozen=True)
class Remote(_Closing):
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
        return self._pages("/events", _parameters(query), limit, EventRow)

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
        return self._pages("/search", {**_parameters(query.events), **asked}, limit, Found)

    def stories(
        self, least: int = 2, start: dt.date | None = None, end: dt.date | None = None, type: str | None = None
    ) -> Answers[StoryRow]:
        """See `rasid.record.stories.find_stories`."""
        return self._pages("/stories", {"least": least, "from": start, "to": end, "type": type}, None, StoryRow)

    def actors(self, name: str | None = None) -> Answers[KnownActor]:
        """See `rasid.record.memory.find_actors`."""
        for item in self._items("/actors", {"name": name}, None):
            names = [(spelling["name"], spelling["articles"]) for spelling in item["names"]]
            yield _as_row(KnownActor, {**item, "names": names})

    def validations(self) -> list[Validation]:
        """See `rasid.record.validation.load_validations`."""
        return [_as_row(Validation, one) for one in self._get("/validations")]

    def corrections(self, article_id: str | None = None) -> list[tuple[Correction, str]]:
        """See `rasid.record.corrections.find_corrections`."""
        return [(_correction(one), one["state"]) for one in self._items("/corrections", {"article": article_id}, None)]

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

    def ingest(self, found: Iterable[tuple[str, Article]], **options: Any) -> Iterator[Sent]:
        """Have the server code cleaned articles and keep them; what it has already is passed over.

        Args:
            found: where each was found, and the article.
            options: `drop_irrelevant`, `min_confidence`.

        Yields:
            What became of the articles of each request.
        """
        for articles in _loads({**article_to_json(article), "page": page} for page, article in found):
            sent = self._post("/ingest", {"articles": articles, **options})
            left_out = tuple((one["page"], one["step"], one["reason"]) for one in sent.pop("left_out"))
            yield Sent(**sent, left_out=left_out)

    def _correct(self, action: str, ids: list[str], note: str | None, events: Sequence[Event] = ()) -> Correction:
        body = {"action": action, "ids": ids, "note": note, "events": list(map(event_to_json, events))}
        return _correction(self._post("/corrections", body)[0])

    def _pages(self, path: str, asked: Json, limit: int | None, kind: type[Row]) -> Iterator[Row]:
        return (_as_row(kind, item) for item in self._items(path, asked, limit))

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
        return self._ask("GET", path, params={name: value for name, value in (asked or {}).items() if value is not None})

    def _post(self, path: str, body: Json) -> Any:
        return self._ask("POST", path, json=body)

    def _ask(self, method: str, path: str, **sent: Any) -> Any:
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
            return answer.json() if answer.content else None
        raise _error(self.url, answer)


def _error(url: str, answer: "httpx.Response") -> Exception:
    try:
        said = f"{url}: {answer.json()['detail']}"
    except (ValueError, KeyError, TypeError):
        said = f"{url}: answered {answer.status_code}, which is not how `rasid serve` says what is wrong"
    kind = {400: InputError, 413: InputError, 422: InputError, 404: NotThereError}.get(answer.status_code, RecordError)
    return kind(said)


def _parameters(query: EventQuery) -> Json:
    """A query as the API takes it, without what is left out."""
    given = {field.name: getattr(query, field.name) for field in fields(query)}
    asked = {_NAMES.get(name, name): value for name, value in given.items() if value not in (None, (), "", False)}
    if query.reviewed is not None:
        asked["reviewed"] = query.reviewed
    return {name: list(value) if isinstance(value, tuple) else value for name, value in asked.items()}


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


def _correction(said: Json) -> Correction:
    targets = tuple(Target(one["id"], one["type"], Span(one["start"], one["end"], one["text"])) for one in said["targets"])
    names = ("id", "at", "by", "action", "article", "note", "undoes")
    return Correction(**{name: said[name] for name in names}, targets=targets, results=tuple(said["results"]))


def _as_row(kind: type[Row], item: Json) -> Row:
    return _reader(kind).validate_json(json.dumps(item))  # type: ignore[arg-type, no-any-return]


@cache
def _reader(kind: type[Any]) -> Any:
    from pydantic import TypeAdapter

    return TypeAdapter(kind)


def _quoted(part: str) -> str:
    return quote(part, safe="")
