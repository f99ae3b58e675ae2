"""The same calls on a record here and on one behind a server give the same."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest
from served import TEXTS, Served
from starlette.testclient import TestClient

import rasid
from rasid.analysis.tables import states_table
from rasid.client import Asking, Remote
from rasid.errors import InputError, NotThereError, RecordError
from rasid.model import Article
from rasid.record import EventQuery
from rasid.record.agreements import AgreementQuery
from rasid.record.claims import ClaimQuery
from rasid.record.quotes import QuoteQuery
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
        EventQuery(latest_first=True),
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


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def test_a_relation_is_the_same_down_to_its_tables(remote: Remote, local: Asking) -> None:
    there, here = remote.relation("MAR", "إسرائيل", "year"), local.relation("MAR", "إسرائيل", "year")
    assert there == here
    assert [change.state for change in here.states.changes]
    assert list(states_table(there.states).rows()) == list(states_table(here.states).rows())
    assert remote.state_on("MAR", "ISR", _day("2021-12-24")) == local.state_on("MAR", "ISR", _day("2021-12-24"))


def test_partners_and_what_was_read_are_the_same(remote: Remote, local: Asking) -> None:
    assert remote.partners("MAR") == local.partners("MAR") != []
    assert remote.exposure("day", source="صحيفة") == local.exposure("day", source="صحيفة")
    assert remote.exposure().articles == len(TEXTS)


def test_agreements_quotes_and_claims_are_the_same(remote: Remote, local: Asking) -> None:
    asked = AgreementQuery(("MAR",), kinds=("memorandum",))
    assert remote.agreements(asked) == local.agreements(asked) != []
    assert list(remote.agreement_reports(asked, 1)) == list(local.agreement_reports(asked, 1)) != []
    for quotes in (QuoteQuery(), QuoteQuery(by="IRQ"), QuoteQuery(direct=False, words="المحادثات")):
        assert list(remote.quotes(quotes)) == list(local.quotes(quotes)) != []
    for claims in (ClaimQuery(), ClaimQuery(("rank",), negated=False)):
        assert list(remote.claims(claims)) == list(local.claims(claims)) != []


def test_a_watch_made_there_reports_once_wherever_it_is_run(remote: Remote, local: Asking) -> None:
    query = EventQuery(("MAR", "ISR"), types=("SUPPORT",))
    assert remote.add_watch("accords", query, from_start=True) == 0
    assert remote.watches() == local.watches()
    found = remote.report_new("accords")
    assert [row.type for row in found] == ["SUPPORT"] * len(found) != []
    assert local.report_new("accords") == remote.report_new("accords") == []
    assert remote.watch_feed("accords") == local.watch_feed("accords")
    remote.remove_watch("accords")
    with pytest.raises(NotThereError, match="no watch"):
        remote.remove_watch("accords")
    assert local.watches() == []


def test_pages_follow_one_another_unseen(remote: Remote, local: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rasid.client.remote._PAGE", 2)
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
    monkeypatch.setattr("rasid.client.remote._AT_ONCE", 2)
    articles = [(f"{n}.html", Article(f"s{n}", text)) for n, text in enumerate(TEXTS.values())]
    assert [(sent.pages, sent.articles) for sent in remote.ingest(articles)] == [(2, 2), (2, 2)]
    assert [sent.known for sent in remote.ingest(articles)] == [2, 2]


def test_a_text_is_coded_there_as_here(remote: Remote) -> None:
    here = rasid.code(Article("x", TEXTS["a1"]))
    assert [event.type for event in remote.code(TEXTS["a1"]).events] == [event.type for event in here.events]


def test_a_text_is_coded_by_either_alike(remote: Remote, local: Asking) -> None:
    assert remote.code(TEXTS["a1"], _day("2021-11-24"), "عنوان") == local.code(TEXTS["a1"], _day("2021-11-24"), "عنوان")
