"""Fetching for others: redirects are looked at anew, and the address that was checked is the one that is asked."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from served import Served, serving

from rasid.pages.web import guard
from tests.pages.local_server import HTML, Site
from tests.pages.local_server import serving as serving_pages

PAGE = (
    "<html><body><article><p>زار الرئيس الفرنسي إيمانويل ماكرون الجزائر أمس والتقى نظيره الجزائري.</p></article></body></html>"
)


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A site that passes for public: 127.0.0.1 counts as such here, and nothing else of this machine."""
    public = guard.is_public
    monkeypatch.setattr(guard, "is_public", lambda address: address == "127.0.0.1" or public(address))
    with serving_pages() as pages:
        yield pages


def _coded(served: Served, url: str) -> tuple[int, str]:
    answer = served.client.post("/api/v1/code", json={"url": url}, headers=served.as_role("coder"))
    return answer.status_code, answer.text


def test_a_page_is_fetched_and_coded(served: Served, site: Site) -> None:
    status, text = _coded(served, site.page("/news/1", PAGE))
    assert (status, "CONSULT" in text) == (200, True)


@pytest.mark.parametrize(
    "url",
    [
        "http://2130706433/",
        "http://0177.0.0.1/",
        "http://0x7f000001/",
        "http://127.1/",
        "http://0/",
        "http://0.0.0.0/",
        "http://localhost./",
        "http://LOCALHOST/",
        "http://public.example@127.0.0.1/",
        "http://127.0.0.1:80\\@public.example/",
        "http://127.0.0.1#@public.example/",
        "http://\uff11\uff12\uff17.0.0.1/",
        "http://\u2460\u2461\u2466.0.0.1/",
        "http://127\u3002\u3002\u30021/",
        "http://[::]/",
        "http://[::127.0.0.1]/",
        "http://[::ffff:7f00:1]/",
        "http://[fe80::1%25lo]/",
        "http://[fc00::1]/",
        "http://[2002:7f00:1::]/",
        "http://[64:ff9b::7f00:1]/",
        "http://100.64.0.1/",
        "http://192.0.0.1/",
        "http://198.18.0.1/",
        "http://224.0.0.1/",
        "http://255.255.255.255/",
    ],
)
def test_a_private_address_is_not_fetched_however_it_is_written(served: Served, url: str) -> None:
    status, text = _coded(served, url)
    assert status in (400, 422)
    assert any(said in text for said in ("private address", "there is no host", "is no address", "pattern", "cannot be")), text
    hook = {"name": "hook", "webhook": url, "query": {"actor": ["MAR"]}, "from_start": True}
    made = served.client.post("/api/v1/watches", json=hook, headers=served.as_role("coder"))
    if made.status_code == 201:
        ran = served.client.post("/api/v1/watches/hook/run", headers=served.as_role("coder")).json()
        assert ran["undelivered"]


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1/", "data:text/html,x", "//127.0.0.2/"]
)
def test_a_redirect_to_something_else_than_the_web_is_not_followed(served: Served, site: Site, target: str) -> None:
    site.routes["/news/1"] = (302, {**HTML, "Location": target}, b"")
    status, text = _coded(served, site.address + "/news/1")
    assert (status, "root:" in text) == (400, False)


@pytest.mark.parametrize(
    "target",
    [
        "http://169.254.169.254/latest/",
        "http://127.0.0.2/",
        "http://[::ffff:169.254.169.254]/",
        "http://[::1]/",
        "http://0x7f.2/",
    ],
)
def test_a_redirect_to_a_private_address_is_not_followed(served: Served, site: Site, target: str) -> None:
    site.routes["/news/1"] = (302, {**HTML, "Location": target}, b"")
    status, text = _coded(served, site.address + "/news/1")
    assert (status, "private address" in text) == (400, True)


def test_a_name_is_looked_up_once_so_that_it_cannot_change_in_between(
    served: Served, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter(["127.0.0.1", "127.0.0.2", "127.0.0.1", "127.0.0.2"])
    asked: list[str] = []
    look_up = socket.getaddrinfo

    def rebinding(host: str, port: int, *args: int, **options: int) -> object:
        if host != "rebound.example":
            return look_up(host, port, *args, **options)
        asked.append(next(answers))
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (asked[-1], port))]

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    site.page("/robots.txt", "")
    site.page("/news/1", PAGE)
    status, text = _coded(served, f"http://rebound.example:{site.port}/news/1")
    assert asked == ["127.0.0.1", "127.0.0.2"]  # robots.txt, then the page, each by one look that is also the one that is asked
    assert (status, "private address" in text) == (400, True)
    assert site.paths() == ["/robots.txt"]


def test_a_feed_that_names_private_addresses_gives_none_of_them(record_path: Path, site: Site) -> None:
    links = "".join(f"<item><link>{url}</link></item>" for url in ("http://127.0.0.2/", "http://10.1.2.3/", "http://[::1]/"))
    feed = f'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>{links}</channel></rss>'
    site.routes["/feed"] = (200, {"Content-Type": "application/rss+xml"}, feed.encode())
    with serving(record_path) as served:
        body = {"urls": [site.address + "/feed"]}
        left_out = served.client.post("/api/v1/ingest", json=body, headers=served.as_role("coder")).json()["left_out"]
    assert len(left_out) == 3
    assert all("private address" in one["reason"] for one in left_out)
