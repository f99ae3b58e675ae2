import gzip
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from rasid.errors import InputError
from rasid.model import Page
from rasid.pages import Failure, Progress, Reading, read_article, read_pages
from rasid.pages.web import fetch, guard
from rasid.pages.web.settings import Web
from tests.pages.local_server import HTML, Answer, Site, dripping, packed, serving, unchanged

TEXT = "وقع وزيرا خارجية تونس والجزائر اليوم اتفاقا للتعاون في مجال المياه بحضور رئيسي الحكومتين."
MORE = "وقال الوزير التونسي إن الاتفاق يفتح صفحة جديدة في علاقات البلدين، مضيفا أن لجنة مشتركة ستتابع تنفيذه."


def html(text: str = TEXT) -> str:
    return f"<html><head><title>اتفاق</title></head><body><p>{text}</p><p>{MORE}</p></body></html>"


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as served:
        yield served


def read(*sources: str, **settings: Any) -> list[Page | Failure]:
    web = Web(**{"pause": 0.0, "patience": 0.5, "longest": 1.0, "allow_private": True, **settings})
    found = list(read_pages(sources, None, Reading(web=web)))
    assert all(isinstance(one, Page | Failure) for one in found)
    return [one for one in found if isinstance(one, Page | Failure)]


def reason(*sources: str, **settings: Any) -> str:
    (failure,) = read(*sources, **settings)
    assert isinstance(failure, Failure)
    return failure.reason


def test_an_address_is_fetched_and_named_by_itself(site: Site) -> None:
    address = site.page("/2021/11/24/a.html", html())
    (page,) = read(address)
    assert page == Page(html().encode(), address, url=address)


def test_servers_are_told_who_asks(site: Site) -> None:
    read(site.page("/a", html()), contact="someone@example.org")
    assert {headers["User-Agent"] for _, _, headers in site.asked} == {
        next(iter(headers["User-Agent"] for _, _, headers in site.asked))
    }
    agent = site.asked[0][2]["User-Agent"]
    assert agent.startswith("rasid/")
    assert "someone@example.org" in agent


@pytest.mark.parametrize("kind", ["rss", "atom"])
def test_the_pages_that_a_feed_names_are_fetched_in_order(site: Site, kind: str) -> None:
    links = [site.page(f"/{n}", html()) for n in range(3)]
    items = {
        "rss": "<rss version='2.0'><channel>"
        + "".join(f"<item><link>{link}</link></item>" for link in links)
        + "</channel></rss>",
        "atom": "<feed xmlns='http://www.w3.org/2005/Atom'>"
        + "".join(f"<entry><id>{link}</id><link href='{link}'/></entry>" for link in links)
        + "</feed>",
    }
    site.routes["/feed"] = (200, {"Content-Type": "text/html"}, b"<?xml version='1.0'?>" + items[kind].encode())
    assert [page.name for page in read(site.address + "/feed")] == links


def test_an_entry_without_an_address_is_read_from_the_feed(site: Site) -> None:
    feed = f"<rss version='2.0'><channel><item><title>خبر</title><description>{TEXT}</description></item></channel></rss>"
    site.routes["/feed"] = (200, {}, feed.encode())
    (page,) = read(site.address + "/feed")
    assert isinstance(page, Page)
    assert (page.title, read_article(page).text) == ("خبر", TEXT)


def test_sitemaps_are_followed_down_to_the_pages(site: Site) -> None:
    pages = [site.page(f"/{n}", html()) for n in range(4)]
    for n in range(2):
        links = "".join(
            f"<url><loc>{page}</loc><image><loc>{page}.jpg</loc></image></url>" for page in pages[2 * n : 2 * n + 2]
        )
        content = f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{links}</urlset>".encode()
        site.routes[f"/map{n}.xml.gz"] = (200, {"Content-Type": "application/x-gzip"}, gzip.compress(content))
    maps = "".join(f"<sitemap><loc>{site.address}/map{n}.xml.gz</loc></sitemap>" for n in range(2))
    site.routes["/sitemap.xml"] = (200, {}, f"<sitemapindex>{maps}</sitemapindex>".encode())
    assert [page.name for page in read(site.address + "/sitemap.xml")] == pages


def test_a_file_of_addresses_is_fetched_each_once(site: Site, tmp_path: Path) -> None:
    one, two = site.page("/1", html()), site.page("/2", html())
    (tmp_path / "list").write_text(f"# outlets\n{one}\n\n{two}\n{one}\n", encoding="utf-8")
    assert [page.name for page in read(str(tmp_path / "list"))] == [one, two]


def test_a_list_in_a_folder_is_not_fetched(site: Site, tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text(site.page("/1", html()), encoding="utf-8")
    assert "give it by itself" in reason(str(tmp_path))
    assert site.asked == []


def test_a_sitemap_that_is_none_is_a_failure(site: Site) -> None:
    site.routes["/map"] = (200, {}, b"<urlset><broken")
    assert reason(site.address + "/map") == "the sitemap names no pages"


def test_lists_that_name_themselves_come_to_an_end(site: Site) -> None:
    for n in range(6):
        site.routes[f"/{n}"] = (200, {}, f"{site.address}/{n + 1}\n".encode())
    assert "lists name lists" in reason(site.address + "/0")


def test_what_robots_txt_forbids_is_not_fetched(site: Site) -> None:
    site.routes["/robots.txt"] = (200, {}, b"User-agent: rasid\nDisallow: /private/\n\nUser-agent: *\nDisallow: /\n")
    allowed, forbidden = site.page("/news/1", html()), site.page("/private/1", html())
    (tmp,) = read(allowed)
    assert isinstance(tmp, Page)
    assert reason(forbidden) == "the robots.txt of its server does not allow it"
    assert "/private/1" not in site.paths()


def test_robots_txt_that_cannot_be_read_forbids_everything(site: Site) -> None:
    site.routes["/robots.txt"] = (500, {}, b"")
    assert "robots.txt of its server cannot be read" in reason(site.page("/1", html()))
    assert site.paths() == ["/robots.txt"]


def test_a_host_is_asked_once_in_a_pause_and_as_slowly_as_it_wants(site: Site) -> None:
    site.routes["/robots.txt"] = (200, {}, b"User-agent: *\nCrawl-delay: 0.3\n")
    read(*(site.page(f"/{n}", html()) for n in range(3)), pause=0.1)
    assert site.paths() == ["/robots.txt", "/0", "/1", "/2"]
    times = [at for _, at, _ in site.asked[1:]]
    assert all(later - earlier >= 0.28 for earlier, later in pairwise(times))


def test_a_slow_server_is_given_up(site: Site) -> None:
    def slow(handler: object) -> Answer:
        time.sleep(1.5)
        return 200, HTML, b""

    site.routes["/slow"] = slow
    assert reason(site.address + "/slow") == "the server said nothing for 0 seconds"


def test_an_answer_that_drips_is_given_up(site: Site) -> None:
    site.routes["/drip"] = dripping(5)
    began = time.monotonic()
    assert "took longer than" in reason(site.address + "/drip")
    assert time.monotonic() - began < 3


def test_redirects_are_followed_and_the_last_address_is_the_pages(site: Site) -> None:
    last = site.page("/last", html())
    site.routes["/first"] = (301, {"Location": "/second"}, b"")
    site.routes["/second"] = (302, {"Location": last}, b"")
    (page,) = read(site.address + "/first")
    assert isinstance(page, Page)
    assert (page.name, page.url) == (site.address + "/first", last)


def test_redirects_in_a_circle_end(site: Site) -> None:
    site.routes["/round"] = (302, {"Location": "/round"}, b"")
    assert "more than 5 times" in reason(site.address + "/round")


def test_a_redirect_to_something_else_than_a_page_is_refused(site: Site) -> None:
    site.routes["/file"] = (302, {"Location": "file:///etc/passwd"}, b"")
    assert "no address of a page" in reason(site.address + "/file")


@pytest.mark.parametrize("encoding", ["windows-1256", "iso-8859-6"])
def test_a_server_that_lies_about_the_encoding_is_not_believed(site: Site, encoding: str) -> None:
    text = TEXT.replace("،", "")
    site.routes["/1"] = (200, {"Content-Type": "text/html; charset=utf-8"}, html(text).encode(encoding))
    (page,) = read(site.address + "/1")
    assert isinstance(page, Page)
    assert text in read_article(page).text


def test_a_server_that_promises_more_than_it_sends_is_noted(site: Site) -> None:
    site.routes["/1"] = (200, {**HTML, "Content-Length": "100000"}, html().encode())
    assert reason(site.address + "/1").startswith("it cannot be fetched")


def test_a_server_that_promises_less_than_it_sends_gives_that(site: Site) -> None:
    content = html().encode()
    site.routes["/1"] = (200, {**HTML, "Content-Length": str(len(content) - 20)}, content)
    (page,) = read(site.address + "/1")
    assert page == Page(content[:-20], page.name, url=page.name)


def test_packed_answers_are_unpacked_and_claims_to_be_packed_are_not_believed(site: Site) -> None:
    site.routes["/packed"] = packed(html())
    site.routes["/claims"] = (200, {**HTML, "Content-Encoding": "gzip"}, html().encode())
    pages = read(site.address + "/packed", site.address + "/claims")
    assert [isinstance(page, Page) and page.content for page in pages] == [html().encode()] * 2


def test_an_answer_that_is_a_bomb_is_refused(site: Site) -> None:
    site.routes["/bomb"] = (200, {**HTML, "Content-Encoding": "gzip"}, gzip.compress(b"\0" * 60_000_000))
    assert reason(site.address + "/bomb", longest=20.0) == "the answer unpacks to more than 52 MB"


def test_an_answer_without_end_is_refused(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "_LARGEST_ROBOTS", 1000)
    site.routes["/robots.txt"] = (200, {}, b"#" * 5000)
    assert "larger than" in reason(site.page("/1", html()))


def test_what_has_not_changed_is_taken_from_the_cache(site: Site, tmp_path: Path) -> None:
    site.routes["/1"] = unchanged('"a"', html())
    first, again = (read(site.address + "/1", cache=tmp_path) for _ in range(2))
    assert first == again
    assert [headers.get("If-None-Match") for path, _, headers in site.asked if path == "/1"] == [None, '"a"']


def test_what_has_changed_is_had_anew(site: Site, tmp_path: Path) -> None:
    site.routes["/1"] = unchanged('"a"', html())
    read(site.address + "/1", cache=tmp_path)
    site.routes["/1"] = unchanged('"b"', html("نص آخر"))
    (page,) = read(site.address + "/1", cache=tmp_path)
    assert isinstance(page, Page)
    assert page.content == html("نص آخر").encode()


def test_a_cache_that_was_tampered_with_is_not_read(site: Site, tmp_path: Path) -> None:
    site.routes["/1"] = unchanged('"a"', html())
    read(site.address + "/1", cache=tmp_path)
    for file in tmp_path.rglob("*"):
        if file.is_file():
            file.write_bytes(file.read_bytes()[:-10])
    (page,) = read(site.address + "/1", cache=tmp_path)
    assert isinstance(page, Page)
    assert page.content == html().encode()


def test_a_busy_server_is_left_alone_and_asked_once_more(site: Site) -> None:
    times: list[float] = []

    def busy(handler: object) -> Answer:
        times.append(time.monotonic())
        return (503, {"Retry-After": "1"}, b"") if len(times) == 1 else (200, HTML, html().encode())

    site.routes["/1"] = busy
    (page,) = read(site.address + "/1")
    assert isinstance(page, Page)
    assert times[1] - times[0] >= 0.9


def test_a_page_that_is_not_there_is_a_failure_and_the_others_are_read(site: Site) -> None:
    links = [site.address + "/none", site.page("/1", html())]
    site.routes["/list"] = (200, {}, "\n".join(links).encode())
    assert [type(one).__name__ for one in read(site.address + "/list")] == ["Failure", "Page"]


def test_an_archive_on_the_web_is_not_read_as_a_page(site: Site) -> None:
    site.routes["/a.zip"] = (200, {}, b"PK\x03\x04" + b"\0" * 100)
    assert "save it and give the file" in reason(site.address + "/a.zip")


def test_progress_counts_the_addresses_that_are_known_and_those_that_are_done(site: Site) -> None:
    links = [site.page(f"/{n}", html()) for n in range(3)]
    site.routes["/list"] = (200, {}, "\n".join(links).encode())
    progress = Progress()
    pages = read_pages([site.address + "/list"], None, Reading(web=Web(pause=0.0, allow_private=True), progress=progress))
    next(pages)
    assert (progress.fetched, progress.addresses) == (2, 4)
    assert progress.share() == 0.5
    pages.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0.0.0.0", "127.1"])
def test_addresses_of_this_machine_are_not_asked(site: Site, host: str) -> None:
    problem = reason(f"http://{host}:{site.port}/", allow_private=False)
    assert "private address" in problem or "no host" in problem
    assert site.asked == []


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("10.0.0.1", False),
        ("172.16.5.4", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:10.0.0.1", False),
        ("2002:0a00:0001::1", False),
        ("64:ff9b::10.0.0.1", False),
    ],
)
def test_private_addresses_are_known_however_they_are_written(address: str, public: bool) -> None:
    assert guard.is_public(address) is public


def test_a_redirect_to_a_private_address_is_not_followed(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        guard, "is_public", lambda address: address != "127.0.0.2"
    )  # as if 127.0.0.1 were of the public internet
    site.page("/secret", html())
    site.routes["/first"] = (302, {"Location": f"http://127.0.0.2:{site.port}/secret"}, b"")
    assert "private address" in reason(site.address + "/first", allow_private=False)
    assert "/secret" not in site.paths()


def test_a_name_is_looked_up_once_and_only_what_was_checked_is_connected_to(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter([["127.0.0.1"], ["127.0.0.1"], ["127.0.0.2"]])  # robots.txt, the page; then the name means another address
    monkeypatch.setattr(guard, "addresses_of", lambda host, port: next(answers))
    monkeypatch.setattr(guard, "is_public", lambda address: address == "127.0.0.1")
    site.page("/1", html())
    (page,) = read(f"http://news.example:{site.port}/1", allow_private=False)
    assert isinstance(page, Page)
    assert {headers["Host"] for _, _, headers in site.asked} == {f"news.example:{site.port}"}
    assert "private address" in reason(f"http://news.example:{site.port}/1", allow_private=False)


def test_a_feed_that_declares_entities_is_refused(site: Site) -> None:
    bomb = "<!DOCTYPE rss [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]><rss><channel><title>&b;</title></channel></rss>"
    site.routes["/feed"] = (200, {}, bomb.encode())
    (one,) = read(site.address + "/feed")
    assert isinstance(one, Failure) or not isinstance(one, Page) or _is_no_article(one)


def _is_no_article(page: Page) -> bool:
    try:
        read_article(page)
    except InputError:
        return True
    return False
