"""Readers who mean harm: markup and SQL in every field, strange paths and names, slow and many clients."""

import socket
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from served import TEXTS, Served
from test_serving import running

from rasid.model import Article, CodedArticle, Entity, Event, Span
from rasid.record import open_record
from rasid.record.checking import check
from rasid.show.report import report

API = "/api/v1"
SQL = ("' OR 1=1 --", '"; DROP TABLE articles; --', "1) UNION SELECT text FROM articles --", "%", "_", "\\", "*", '"', "NEAR(")
FILTERS = (
    "actor",
    "type",
    "mode",
    "quad",
    "status",
    "where",
    "source",
    "words",
    "from",
    "to",
    "min-confidence",
    "after",
    "limit",
)
SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


@pytest.mark.parametrize("name", FILTERS)
def test_sql_in_a_filter_is_a_word_like_others(served: Served, name: str) -> None:
    for typed in SQL:
        answer = served.client.get(f"{API}/events", params={name: typed})
        assert answer.status_code in (200, 400, 404, 422), (typed, answer.text)
        found = answer.json().get("items", [])
        assert not found or name in ("limit", "after") or typed in '%_*\\"NEAR(', (typed, answer.text)
    with open_record(served.settings.record) as record:
        assert list(check(record)) == []
        assert record.connection.execute("SELECT count(*) FROM articles").fetchone() == (len(TEXTS),)


@pytest.mark.parametrize("path", ["/search", "/articles", "/actors", "/stories"])
def test_sql_in_the_other_lists_breaks_nothing(served: Served, path: str) -> None:
    for name in ("q", "words", "name", "source", "actor", "after", "limit"):
        for typed in SQL:
            assert served.client.get(f"{API}{path}", params={name: typed}).status_code in (200, 400, 404, 422)


@pytest.mark.parametrize(
    "path",
    [
        "/../../etc/passwd",
        "/api/v1/articles/../../../../etc/passwd",
        "/api/v1/articles/..%2f..%2fetc%2fpasswd",
        "/api/v1/articles/%00",
        "/api/v1/tables/..%2frecord.sqlite.csv",
        "/api/v1/tables/sqlite_schema.csv",
        "/api/v1/events/%ff%fe",
        "/static/%2e%2e/%2e%2e/etc/passwd",
    ],
)
def test_a_path_leads_nowhere_but_to_what_is_served(served: Served, path: str) -> None:
    answer = served.client.get(path)
    assert answer.status_code in (400, 404, 405, 421, 422)
    assert "root:" not in answer.text


def test_markup_in_every_field_of_a_page_is_text_in_the_report() -> None:
    who = Entity(Span(0, len(SCRIPT), SCRIPT), "MAR", "GOV", SCRIPT, SCRIPT, SCRIPT)
    sentence = Span(0, len(SCRIPT), SCRIPT)
    event = Event("e", "CONSULT", sentence, sentence, "visit", actors=(who,), recipients=(who,), attributed_to=(sentence,))
    article = Article(SCRIPT, SCRIPT, SCRIPT, f"javascript:{SCRIPT}", SCRIPT, SCRIPT, SCRIPT)
    page = "".join(report([CodedArticle(article, (event,))]))
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert 'href="javascript:' not in page


def test_markup_in_a_text_comes_back_as_json_and_never_as_a_page(served: Served) -> None:
    answer = served.client.post(f"{API}/code", json={"text": SCRIPT}, headers=served.as_role("coder"))
    assert answer.headers["content-type"].startswith("application/json")
    assert answer.headers["x-content-type-options"] == "nosniff"
    missing = served.client.get(f"{API}/events/{SCRIPT}")
    assert "text/html" not in missing.headers["content-type"]


def test_slow_and_many_clients_do_not_keep_others_from_being_answered(record_path: Path) -> None:
    with running("--record", record_path) as (_, url):
        host, port = url.removeprefix("http://").split(":")
        slow = [socket.create_connection((host, int(port)), timeout=10) for _ in range(100)]
        for client in slow:
            client.sendall(b"GET /api/v1/events HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ")

        def ask(_: int) -> int:
            return httpx.get(f"{url}{API}/events", timeout=60).status_code

        began = time.monotonic()
        with ThreadPoolExecutor(200) as many:
            assert set(many.map(ask, range(200))) == {200}
        assert time.monotonic() - began < 60
        for client in slow:
            client.close()


def test_headers_without_end_are_refused(record_path: Path) -> None:
    with running("--record", record_path) as (_, url):
        host, port = url.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), timeout=20) as client:
            client.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Long: " + b"a" * 200_000)
            assert client.recv(100).startswith((b"HTTP/1.1 400", b"HTTP/1.1 431"))
