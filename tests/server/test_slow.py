"""Clients that take their time: each is waited for only so long, and none keeps the others from being answered."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import pytest
import uvicorn

from rasid.model import Article, CodedArticle
from rasid.server import connections, guards
from rasid.server.app import Served, make_app
from rasid.server.running import configured
from rasid.server.settings import Settings

API = "/api/v1"
HEAD = b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n"
POST = b"POST /api/v1/code HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"


@contextmanager
def listening(path: Path) -> Iterator[tuple[Served, int]]:
    """A server at a port of this machine, in a thread."""
    app = make_app(Settings(path, rate=0))
    server = uvicorn.Server(configured(app, "127.0.0.1", 0))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        until = time.monotonic() + 20
        while not server.started and time.monotonic() < until:
            time.sleep(0.01)
        yield app, server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(20)


@pytest.fixture
def port(record_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """Of a server with little patience."""
    for module, name, value in ((connections, "HEAD", 0.5), (connections, "MOST", 10), (guards, "SLOWEST", 0.5)):
        monkeypatch.setattr(module, name, value)
    with listening(record_path) as (_, found):
        yield found


def _connect(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=15)


def _drip(client: socket.socket, letter: bytes, seconds: float = 5.0) -> float:
    """Send letter by letter until the server ends it; how long that took."""
    began = time.monotonic()
    try:
        while time.monotonic() - began < seconds:
            client.sendall(letter)
            time.sleep(0.05)
    except OSError:
        pass
    return time.monotonic() - began


@pytest.mark.parametrize("begun", [b"", HEAD + b"X-Slow: ", HEAD + b"\r\n" + HEAD])
def test_a_request_that_never_ends_is_not_waited_for(port: int, begun: bytes) -> None:
    with _connect(port) as client:
        client.sendall(begun)
        assert _drip(client, b"a") < 3


def test_who_connects_and_says_nothing_is_let_go(port: int) -> None:
    with _connect(port) as client:
        began = time.monotonic()
        assert client.recv(100) == b""
        assert 0.3 < time.monotonic() - began < 3


def test_a_body_that_never_ends_is_answered_and_not_waited_for(port: int) -> None:
    with _connect(port) as client:
        client.sendall(POST)
        assert _drip(client, b"1\r\na\r\n") < 3
        said = b""
        try:
            while part := client.recv(10_000):
                said += part
        except ConnectionResetError:
            pass
    assert not said or said.startswith(b"HTTP/1.1 408")


def test_a_body_that_comes_steadily_may_take_longer(port: int) -> None:
    body = b'{"text": "' + "قال الرئيس. ".encode() * 2000 + b'"}'
    with _connect(port) as client:
        client.sendall(POST.replace(b"Transfer-Encoding: chunked", f"Content-Length: {len(body)}".encode()))
        began = time.monotonic()
        for n in range(0, len(body), 2500):
            client.sendall(body[n : n + 2500])
            time.sleep(0.06)
        assert time.monotonic() - began > 0.7
        assert client.recv(20).startswith(b"HTTP/1.1 200")


def test_of_too_many_connections_those_that_wait_longest_end_and_who_asks_is_answered(port: int) -> None:
    idle = [_connect(port) for _ in range(40)]
    assert httpx.get(f"http://127.0.0.1:{port}/health").text == "ok\n"
    ended = 0
    for client in idle:
        client.settimeout(0.05)
        with suppress(TimeoutError):
            ended += client.recv(1) == b""
    assert ended >= 30
    for client in idle:
        client.close()


def test_an_address_may_be_typed_in_arabic(port: int) -> None:
    with _connect(port) as client:
        client.sendall("GET /api/v1/events?words=الدفاع HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
        assert b"HTTP/1.1 200" in client.recv(20)
    asked = httpx.get(f"http://127.0.0.1:{port}/api/v1/events", params={"words": "الدفاع"})
    assert len(asked.json()["items"]) == 1


@pytest.mark.parametrize(
    "said", [b"nonsense\r\n\r\n", b"GET / HTTP/1.1\r\nHost : x\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\r\n\r\n"]
)
def test_what_is_no_request_gets_a_problem_that_says_so(port: int, said: bytes) -> None:
    with _connect(port) as client:
        client.sendall(said)
        answer = _whole(client)
    assert answer.startswith(b"HTTP/1.1 400")
    assert b"application/problem+json" in answer
    assert b"It is HTTP/1.1 that is spoken here" in answer


@pytest.mark.parametrize(
    "smuggled",
    [
        b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
        b"Content-Length: 5\r\nContent-Length: 6\r\n",
        b"Transfer-Encoding: chunked, identity\r\n",
        b"Content-Length: -1\r\n",
        b"Content-Length: 1e9\r\n",
    ],
)
def test_a_request_of_two_lengths_is_not_two_requests(port: int, smuggled: bytes) -> None:
    begun = b"POST /api/v1/code HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    with _connect(port) as client:
        client.sendall(begun + smuggled + b"\r\n0\r\n\r\nGET /api/v1/tables HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        said = _whole(client)
    assert b"HTTP/1.1 200" not in said


def _whole(client: socket.socket) -> bytes:
    """All that comes until the other side hangs up."""
    said = b""
    with suppress(ConnectionResetError):
        while part := client.recv(10_000):
            said += part
    return said


def _until(holds: Callable[[], bool], seconds: float) -> bool:
    until = time.monotonic() + seconds
    while not holds() and time.monotonic() < until:
        time.sleep(0.02)
    return holds()


def test_texts_that_wait_to_be_coded_keep_nobody_from_reading(record_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    going_on = threading.Event()

    def slow(article: Article) -> CodedArticle:
        going_on.wait(20)
        return CodedArticle(article)

    monkeypatch.setattr("rasid.server.api.coding.code", slow)
    monkeypatch.setattr("rasid.server.site.working.code", slow)
    with listening(record_path) as (_, port), ThreadPoolExecutor(60) as many:
        url = f"http://127.0.0.1:{port}"
        sent = [many.submit(httpx.post, f"{url}{API}/code", json={"text": "قال"}, timeout=30) for _ in range(30)]
        sent += [many.submit(httpx.post, f"{url}/en/code", data={"text": "قال"}, timeout=30) for _ in range(30)]
        time.sleep(0.5)
        assert httpx.get(f"{url}{API}/events", timeout=10).status_code == 200
        assert not any(one.done() for one in sent)
        going_on.set()
        assert {one.result().status_code for one in sent} == {200}


def test_who_does_not_take_what_was_asked_for_gives_the_record_back(record_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "STALLED", 0.5)
    monkeypatch.setattr("rasid.server.api.streams._csv", lambda table: ("a" * 100_000 for _ in range(1000)))
    with listening(record_path) as (app, port), socket.socket() as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.connect(("127.0.0.1", port))
        httpx.get(f"http://127.0.0.1:{port}/api/v1/tables")
        client.sendall(b"GET /api/v1/tables/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        free = app.state.records.free
        assert _until(lambda: not free, 5)
        assert _until(lambda: len(free) == 1, 10)
        assert httpx.get(f"http://127.0.0.1:{port}/health").text == "ok\n"
