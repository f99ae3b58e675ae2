"""The same calls on a record here and on one behind a server give the same."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from served import TEXTS, Served
from starlette.testclient import TestClient

import rasid
from rasid.client import Asking, Remote
from rasid.errors import InputError, NotThereError, RecordError
from rasid.model import Article
from rasid.record import EventQuery
from rasid.record.searching import SearchQuery


@pytest.fixture
def remote(served: Served) -> Remote:
    client = TestClient(served.client.app, base_url="http://127.0.0.1/api/v1", headers=served.as_role("editor"))
    return Remote("http://127.0.0.1", client)


@pytest.fixture
def local(served: Served) -> Iterator[Asking]:
    with rasid.connect(served.settings.record, by="editor") as record:
        yield record


@pytest.mark.parametrize(
    "query",
    [
        EventQuery(),
        EventQuery(("MAR", "ISR"), statuses=("occurred",), confidence=0.1),
        EventQuery(types=("CONSULT", "COERCE"), quads=(1, 4), places=("EGY", "IRQ"), reviewed=False, one_a_day=True),
    ],
)
def test_events_are_the_same_rows(remote: Remote, local: Asking, query: EventQuery) -> None:
    assert list(remote.events(query)) == list(local.events(query))
    assert list(remote.events(query, 1)) == list(local.events(query, 1))


def test_events_and_articles_are_the_same_dataclasses(remote: Remote, local: Asking) -> None:
    for row in local.events():
        assert remote.event(row.event_id) == local.event(row.event_id)
        assert remote.article(row.article_id) == local.article(row.article_id)
    assert list(remote.articles()) == list(local.articles())


def test_all_that_is_listed_is_the_same(remote: Remote, local: Asking) -> None:
    query = SearchQuery("بغداد", EventQuery(types=("CONSULT",)))
    assert list(remote.search(query)) == list(local.search(query)) != []
    assert list(remote.actors()) == list(local.actors()) != []
    assert list(remote.stories()) == list(local.stories())
    assert remote.validations() == local.validations()


def test_pages_follow_one_another_unseen(remote: Remote, local: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rasid.client._PAGE", 2)
    assert list(remote.events()) == list(local.events())
    assert list(remote.articles(limit=2)) == list(local.articles(limit=2))


def test_corrections_of_either_are_seen_by_both(remote: Remote, local: Asking) -> None:
    first, second, third = (row.event_id for row in local.events(limit=3))
    assert remote.accept(first, "so it says").action == "accept"
    event, _ = local.event(second)
    assert remote.edit(second, replace(event, status="future")).results[0]["status"] == "future"
    rejected = local.reject(third)
    assert remote.undo(rejected.id).undoes == rejected.id
    assert remote.corrections() == local.corrections()
    assert [state for _, state in remote.corrections()] == ["in force", "in force", "undone", "in force"]


def test_errors_are_the_same_kinds(remote: Remote) -> None:
    with pytest.raises(NotThereError, match="holds no event"):
        remote.event("nothing")
    with pytest.raises(InputError, match="is no type"):
        list(remote.events(EventQuery(types=("NONSENSE",))))
    with pytest.raises(RecordError, match="is `rasid serve` running there"), rasid.connect("http://127.0.0.1:9") as nobody:
        nobody.article("a1")
    with pytest.raises(RecordError, match="there is no such record"):
        rasid.connect("nothing.sqlite")


def test_articles_are_sent_in_loads_and_known_ones_passed_over(remote: Remote, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rasid.client._AT_ONCE", 2)
    articles = [(f"{n}.html", Article(f"s{n}", text)) for n, text in enumerate(TEXTS.values())]
    assert [(sent.pages, sent.articles) for sent in remote.ingest(articles)] == [(2, 2), (1, 1)]
    assert [sent.known for sent in remote.ingest(articles)] == [2, 1]


def test_a_text_is_coded_there_as_here(remote: Remote) -> None:
    here = rasid.code(Article("x", TEXTS["a1"]))
    assert [event.type for event in remote.code(TEXTS["a1"]).events] == [event.type for event in here.events]
