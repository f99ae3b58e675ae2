"""Who may do what, and what is refused before it reaches the record."""

import socket
from pathlib import Path
from typing import Any

import pytest
from served import PASSWORD, Served, serving

from rasid.errors import InputError
from rasid.pages.web import guard
from rasid.server import accounts
from rasid.server.guards import CONTENT_SECURITY_POLICY

API = "/api/v1"
LOGIN = {"name": "coder", "password": PASSWORD}
CODE_URL = {"url": "http://news.example/1"}


def test_nobody_reads_where_reading_is_not_open(record_path: Path) -> None:
    with serving(record_path, open_reading=False) as closed:
        answer = closed.client.get(f"{API}/events")
        assert (answer.status_code, answer.headers["www-authenticate"]) == (401, 'Bearer realm="rasid"')
        assert closed.client.get("/metrics").status_code == 401
        assert closed.client.get("/health").status_code == 200
        assert closed.client.get(f"{API}/events", headers=closed.as_role("reader")).status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "body", "least"),
    [
        ("POST", "/corrections", {"action": "accept", "ids": ["x"]}, "coder"),
        ("POST", "/ingest", {"rows": []}, "coder"),
        ("POST", "/code", CODE_URL, "coder"),
        ("POST", "/stories/update", None, "coder"),
        ("POST", "/stories/decisions", {"action": "join", "one": "a", "other": "b"}, "coder"),
        ("POST", "/validations/x/codings", {"codings": {"1": []}}, "coder"),
        ("POST", "/validations", {"size": 1, "seed": 1}, "editor"),
        ("POST", "/actors/decisions", {"kind": "merge", "one": "a", "other": "b"}, "editor"),
        ("GET", "/writes", None, "editor"),
    ],
)
def test_each_role_may_do_what_is_its_own(
    served: Served, monkeypatch: pytest.MonkeyPatch, method: str, path: str, body: Any, least: str
) -> None:
    monkeypatch.setattr(guard, "addresses_of", lambda host, port: ["127.0.0.1"])
    answers = {
        role: served.client.request(method, API + path, json=body, headers=headers).status_code
        for role, headers in [("nobody", {}), *((role, served.as_role(role)) for role in accounts.ROLES)]
    }
    assert answers.pop("nobody") == 401
    refused = accounts.ROLES[: accounts.ROLES.index(least)]
    assert {role for role, status in answers.items() if status in (401, 403)} == set(refused)


@pytest.mark.parametrize("token", ["Bearer rasid_nonsense", "Bearer ", "Basic Y29kZXI6eA==", "Bearer \u00e9"])
def test_a_wrong_token_is_refused_even_where_reading_is_open(served: Served, token: str) -> None:
    headers = {"Authorization": token.encode("latin-1")}
    assert served.client.get(f"{API}/events", headers=headers).status_code == 401


def test_a_token_ends_with_its_account_and_is_never_more_than_it(served: Served) -> None:
    file = served.settings.accounts_file
    token = accounts.make_token(file, "editor", "coder")
    assert accounts.account_of_token(file, token) == ("editor", "coder")
    accounts.change_role(file, "editor", "reader")
    assert accounts.account_of_token(file, token) == ("editor", "reader")
    accounts.remove_account(file, "editor")
    assert accounts.account_of_token(file, token) is None


def test_no_secret_stands_in_the_file_of_accounts(served: Served) -> None:
    served.client.post(f"{API}/session", json=LOGIN)
    held = b"".join(path.read_bytes() for path in served.settings.record.parent.glob("*.accounts*"))
    secrets = [PASSWORD, served.tokens["coder"], served.client.cookies["rasid_session"]]
    assert not [secret for secret in secrets if secret.encode() in held]
    assert b"$argon2id$" in held
    assert served.settings.accounts_file.stat().st_mode & 0o077 == 0


def test_passwords_that_are_short_and_names_that_are_taken_are_refused(served: Served) -> None:
    with pytest.raises(InputError, match="10 letters or more"):
        accounts.add_account(served.settings.accounts_file, "new", "reader", "short")
    with pytest.raises(InputError, match="already"):
        accounts.add_account(served.settings.accounts_file, "coder", "reader", PASSWORD)
    with pytest.raises(InputError, match="is no role"):
        accounts.add_account(served.settings.accounts_file, "new", "king", PASSWORD)


def test_a_session_writes_only_with_its_own_csrf_token(served: Served) -> None:
    login = served.client.post(f"{API}/session", json=LOGIN)
    cookie = login.headers["set-cookie"].lower()
    assert login.status_code == 204
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    body = {"action": "undo", "ids": ["nothing"]}
    assert served.client.post(f"{API}/corrections", json=body).status_code == 403
    assert served.client.post(f"{API}/corrections", json=body, headers={"X-CSRF-Token": "0" * 64}).status_code == 403
    token = served.client.get(f"{API}/session").json()["csrf_token"]
    assert served.client.post(f"{API}/corrections", json=body, headers={"X-CSRF-Token": token}).status_code == 404
    assert served.client.delete(f"{API}/session", headers={"X-CSRF-Token": token}).status_code == 204
    assert served.client.get(f"{API}/session").json()["how"] == "anonymous"


def test_a_cookie_taken_before_logging_out_is_worth_nothing_after(served: Served) -> None:
    served.client.post(f"{API}/session", json=LOGIN)
    cookie = served.client.cookies["rasid_session"]
    token = served.client.get(f"{API}/session").json()["csrf_token"]
    served.client.delete(f"{API}/session", headers={"X-CSRF-Token": token})
    served.client.cookies.set("rasid_session", cookie)
    assert served.client.get(f"{API}/session").json()["how"] == "anonymous"


@pytest.mark.parametrize(
    "headers", [{"Origin": "http://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "http://["}]
)
def test_what_another_site_sends_is_refused(served: Served, headers: dict[str, str]) -> None:
    sent = {**served.as_role("coder"), **headers}
    assert served.client.post(f"{API}/ingest", json={"rows": []}, headers=sent).status_code == 403
    assert served.client.post(f"{API}/session", json=LOGIN, headers=headers).status_code == 403


def test_a_page_of_ours_may_send(served: Served) -> None:
    headers = {"Origin": "http://127.0.0.1:8000", "Sec-Fetch-Site": "same-origin"}
    assert served.client.post(f"{API}/session", json=LOGIN, headers=headers).status_code == 204


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8000", 200),
        ("localhost", 200),
        ("[::1]:8000", 200),
        ("RASID.example.org:80", 200),
        ("rebound.example", 421),
        ("127.0.0.1.rebound.example", 421),
        ("", 421),
    ],
)
def test_a_name_that_is_not_ours_is_not_answered(record_path: Path, host: str, status: int) -> None:
    with serving(record_path, names=("rasid.example.org",)) as named:
        assert named.client.get("/health", headers={"Host": host}).status_code == status


def test_every_answer_says_what_a_browser_may_do(served: Served) -> None:
    for path in ("/health", f"{API}/events", "/nothing", f"{API}/events?limit=0"):
        headers = served.client.get(path).headers
        assert headers["content-security-policy"] == CONTENT_SECURITY_POLICY
        assert headers["x-content-type-options"] == "nosniff"
    assert "unsafe" not in CONTENT_SECURITY_POLICY


def test_who_asks_too_often_waits(record_path: Path) -> None:
    with serving(record_path, rate=30) as slow:
        answers = [slow.client.get("/health") for _ in range(12)]
        assert [answer.status_code for answer in answers] == [200] * 10 + [429] * 2
        assert int(answers[-1].headers["retry-after"]) >= 1


def test_passwords_cannot_be_tried_quickly(served: Served) -> None:
    wrong = {"name": "coder", "password": "wrong wrong wrong"}
    statuses: list[int] = []
    while 429 not in statuses and len(statuses) < 40:
        statuses.append(served.client.post(f"{API}/session", json=wrong).status_code)
    assert statuses[:10] == [401] * 10
    assert statuses[-1] == 429
    assert served.client.get("/health").status_code == 200


def test_a_body_that_is_too_large_is_refused_whatever_it_says_of_itself(record_path: Path) -> None:
    def parts() -> Any:
        for _ in range(30):
            yield b'{"rows": [' + b" " * 100

    with serving(record_path, largest=2000) as small:
        for content in (b" " * 2001, parts()):
            answer = small.client.post(f"{API}/ingest", content=content, headers=small.as_role("coder"))
            assert (answer.status_code, "send it in parts" in answer.json()["detail"]) == (413, True)


def test_every_write_is_logged_with_who_tried_it(served: Served) -> None:
    served.client.post(f"{API}/corrections", json={"action": "undo", "ids": ["x"]}, headers=served.as_role("coder"))
    served.client.post(f"{API}/corrections", json={"action": "undo", "ids": ["x"]})
    served.client.post(f"{API}/session", json={"name": "coder", "password": "wrong wrong"})
    served.client.post(f"{API}/code", json={"text": "قال"})
    written = [(one["by"], one["how"], one["path"], one["status"]) for one in _writes(served)]
    assert written == [
        ("", "anonymous", f"{API}/session", 401),
        ("", "anonymous", f"{API}/corrections", 401),
        ("coder", "token", f"{API}/corrections", 404),
    ]


def _writes(served: Served) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = served.client.get(f"{API}/writes", headers=served.as_role("editor")).json()["items"]
    return found


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "::ffff:127.0.0.1", "::ffff:a9fe:a9fe", "64:ff9b::7f00:1"]
)
def test_a_name_that_leads_to_a_private_address_is_not_fetched(
    served: Served, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, port, **_: [(family, socket.SOCK_STREAM, 6, "", (address, port))])
    answer = served.client.post(f"{API}/code", json=CODE_URL, headers=served.as_role("coder"))
    assert (answer.status_code, "private address" in answer.json()["detail"]) == (400, True)
    sent = served.client.post(f"{API}/ingest", json={"urls": ["http://news.example/1"]}, headers=served.as_role("coder"))
    assert "private address" in sent.json()["left_out"][0]["reason"]


@pytest.mark.parametrize("url", ["file:///etc/passwd", "/etc/passwd", "-", "ftp://news.example/", "HTTP://x\n/etc"])
def test_only_addresses_of_the_web_are_read(served: Served, url: str) -> None:
    for path, body in ((f"{API}/code", {"url": url}), (f"{API}/ingest", {"urls": [url]})):
        assert served.client.post(path, json=body, headers=served.as_role("coder")).status_code == 422
