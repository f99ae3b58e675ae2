"""Readers who mean harm: markup and SQL in every field, strange paths and names, slow and many clients."""

import re
import shutil
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from served import TEXTS, Served, serving
from test_serving import running

from rasid.record import open_record
from rasid.record.checking import check
from rasid.server.app import make_app
from rasid.server.settings import Settings

API = "/api/v1"
SQL = ("' OR 1=1 --", '"; DROP TABLE articles; --', "1) UNION SELECT text FROM articles --", "%", "_", "\\", "*", '"', "NEAR(")
TOLD = make_app(Settings(Path("not-opened.sqlite"))).openapi()["paths"]
READ = {path: methods["get"].get("parameters", []) for path, methods in TOLD.items() if "get" in methods}
FILTERS = [(path, one["name"]) for path, given in READ.items() for one in given if one["in"] == "query"]
NEEDED: dict[str, dict[str, Any]] = {
    f"{API}/relations": {"actor": ["MAR", "ISR"]},
    f"{API}/relations/state": {"actor": ["MAR", "ISR"], "on": "2021-11-24"},
    f"{API}/partners": {"actor": "MAR"},
}
NAMES = {"event": "x", "article": "a1", "table": "events", "watch": "x", "validation": "x"}
SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def at_large(tmp_path_factory: pytest.TempPathFactory, made_record: Path) -> Iterator[Served]:
    path = Path(shutil.copy(made_record, tmp_path_factory.mktemp("large") / "record.sqlite"))
    with serving(path) as running:
        yield running


def _unharmed(path: Path) -> bool:
    with open_record(path) as record:
        whole = list(check(record)) == []
        return whole and record.connection.execute("SELECT count(*) FROM articles").fetchone() == (len(TEXTS),)


@pytest.mark.parametrize(("path", "name"), FILTERS)
def test_sql_in_a_filter_is_a_word_like_others(at_large: Served, path: str, name: str) -> None:
    for typed in SQL:
        given = [typed, "ISR"] if name == "actor" and path in (f"{API}/relations", f"{API}/relations/state") else typed
        asked = {**NEEDED.get(path, {}), name: given}
        answer = at_large.client.get(path.format(**NAMES), params=asked, headers=at_large.as_role("editor"))
        assert answer.status_code in (200, 400, 404, 422), (typed, answer.text)
        assert "OperationalError" not in answer.text
        found = answer.json().get("items", []) if answer.headers["content-type"] == "application/json" else []
        if typed.startswith(("'", '";', "1)")) and path != f"{API}/writes":
            assert found == [], (typed, answer.text)


@pytest.mark.parametrize("path", [path for path in READ if "{" in path])
def test_sql_in_a_path_names_nothing(at_large: Served, path: str) -> None:
    for typed in SQL:
        asked = re.sub(r"\{\w+\}", quote(typed, safe=""), path)
        assert at_large.client.get(asked).status_code in (400, 404), typed


@pytest.mark.parametrize("field", ["actor", "other", "type", "quad", "status", "place", "source", "words", "start", "end"])
def test_sql_in_a_filter_of_a_page_is_a_word_like_others(at_large: Served, field: str) -> None:
    for typed in SQL:
        assert at_large.client.get("/en/events", params={field: typed}).status_code in (200, 400, 404, 422), typed


def test_after_all_of_it_the_record_is_whole(at_large: Served) -> None:
    assert _unharmed(at_large.settings.record)


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
