"""One answer of a server: with robots.txt obeyed, one request a second, redirects followed, size and time bounded."""

import threading
import time
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urljoin, urlsplit

import httpx

from rasid.errors import InputError
from rasid.pages.found import LARGEST_LIST
from rasid.pages.web import cache
from rasid.pages.web.guard import PublicOnly
from rasid.pages.web.settings import Web

if TYPE_CHECKING:
    from protego import Protego

_HOPS = 5
_LARGEST_ROBOTS = 500_000  # bytes
_ROBOTS_AGE = 86_400.0  # seconds after which robots.txt is read again
_SLOWEST = 60.0  # seconds that a host may ask us to wait between requests
_BUSY = frozenset((429, 503))
_MOVED = frozenset((301, 302, 303, 307, 308))
_AGENT = "rasid"  # by which robots.txt may name us


class Answer(NamedTuple):
    """What an address gave: the content, unpacked, and the address in the end."""

    url: str
    content: bytes


class BusyError(InputError):
    """The server asks to be left alone for a while."""


class _Robots(NamedTuple):
    rules: "Protego | None"  # None: everything is allowed
    trouble: str | None  # why nothing may be fetched
    at: float


@dataclass
class Session:
    """What is remembered between requests: when a host may be asked again, and what it allows."""

    web: Web
    client: httpx.Client
    free: dict[str, float] = field(default_factory=dict)  # host -> when its next request may be (time.monotonic)
    robots: dict[str, _Robots] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)
    ended: threading.Event = field(default_factory=threading.Event)

    def close(self) -> None:
        """Give up what is under way."""
        self.ended.set()
        self.client.close()


def open_session(web: Web) -> Session:
    """A session, in which requests may be made from several threads."""
    from importlib.metadata import version

    contact = f"; {web.contact}" if web.contact else ""
    headers = {
        "User-Agent": f"{_AGENT}/{version('rasid')} (reads Arabic news for research{contact})",
        "Accept": "text/html,application/xhtml+xml,application/xml,text/plain;q=0.9,*/*;q=0.5",
        "Accept-Language": "ar,*;q=0.5",
        "Accept-Encoding": "gzip",
    }
    client = httpx.Client(
        transport=PublicOnly(web.allow_private), headers=headers, timeout=httpx.Timeout(web.patience), follow_redirects=False
    )
    return Session(web, client)


def host_of(url: str) -> str:
    """Host and port, by which requests are counted."""
    try:
        return urlsplit(url).netloc.rpartition("@")[2].lower()
    except ValueError:
        return ""


def fetch(session: Session, url: str) -> Answer:
    """What an address gives, from the cache where the server says that it has not changed.

    Raises:
        BusyError: the server answers that it is; its host is then left alone for the time that it asks for.
        InputError: there is no answer, or none that may be had; the text says why.
    """
    here = url
    for _ in range(_HOPS + 1):
        _check(here)
        pause = _permit(session, here)
        kept = cache.load(session.web.cache, here)
        conditions = {"If-None-Match": kept.etag, "If-Modified-Since": kept.modified} if kept else {}
        status, headers, content = _ask(session, here, {key: value for key, value in conditions.items() if value}, pause)
        if status in _MOVED and "location" in headers:
            here = urljoin(here, headers["location"])
            continue
        if status == 304 and kept:
            return Answer(here, kept.content)
        if status in _BUSY:
            _leave_alone(session, here, headers.get("retry-after", ""))
            raise BusyError(f"the server is too busy (it answered {status})")
        if status != 200:
            raise InputError(f"the server answered {status}")
        cache.save(session.web.cache, cache.Kept(here, content, headers.get("etag"), headers.get("last-modified")))
        return Answer(here, content)
    raise InputError(f"it leads on to other addresses more than {_HOPS} times")


def _check(url: str) -> None:
    try:
        parts = urlsplit(url)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        good = False
    if not good:
        raise InputError(f"{url[:100]} is no address of a page")


def _permit(session: Session, url: str) -> float:
    """Seconds to keep between requests to the host of `url`.

    Raises:
        InputError: its robots.txt does not let us read the page.
    """
    parts = urlsplit(url)
    origin = f"{parts.scheme}://{host_of(url)}"
    robots = session.robots.get(origin)
    if robots is None or time.monotonic() - robots.at > _ROBOTS_AGE:
        robots = session.robots[origin] = _read_robots(session, origin)
    if robots.trouble:
        raise InputError(robots.trouble)
    if robots.rules is None:
        return session.web.pause
    if not robots.rules.can_fetch(url, _AGENT):
        raise InputError("the robots.txt of its server does not allow it")
    return max(session.web.pause, min(float(robots.rules.crawl_delay(_AGENT) or 0), _SLOWEST))


def _read_robots(session: Session, origin: str) -> _Robots:
    """By RFC 9309: none there allows everything, one that cannot be read nothing."""
    from protego import Protego

    here, trouble = f"{origin}/robots.txt", "its server leads on from robots.txt too often"
    for _ in range(_HOPS + 1):
        try:
            _check(here)
            status, headers, content = _ask(session, here, {}, session.web.pause, _LARGEST_ROBOTS)
        except InputError as problem:
            return _Robots(None, f"the robots.txt of its server cannot be read: {problem}", time.monotonic())
        if status in _MOVED and "location" in headers:
            here = urljoin(here, headers["location"])
        elif status == 200:
            return _Robots(Protego.parse(content.decode("utf-8", errors="replace")), None, time.monotonic())
        elif 400 <= status < 500 and status != 429:
            return _Robots(None, None, time.monotonic())
        else:
            trouble = f"the robots.txt of its server cannot be read: the server answered {status}"
            break
    return _Robots(None, trouble, time.monotonic())


def _ask(
    session: Session, url: str, conditions: dict[str, str], pause: float, largest: int = LARGEST_LIST
) -> tuple[int, httpx.Headers, bytes]:
    """One request, when it is its host's turn: status, headers and content, unpacked."""
    _wait(session, host_of(url), pause)
    deadline = time.monotonic() + session.web.longest
    content = b""
    try:
        with session.client.stream("GET", url, headers=conditions) as answer:
            for part in answer.iter_raw() if answer.status_code == 200 else ():
                content += part
                if len(content) > largest:
                    raise InputError(f"the answer is larger than {largest // 1_000_000} MB")
                if time.monotonic() > deadline:
                    raise InputError(f"the answer took longer than {session.web.longest:.0f} seconds")
                if session.ended.is_set():
                    raise InputError("the run was ended")
            return answer.status_code, answer.headers, _unpacked(content, answer.headers.get("content-encoding", ""), largest)
    except httpx.TimeoutException:
        raise InputError(f"the server said nothing for {session.web.patience:.0f} seconds") from None
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, UnicodeError, ValueError, RuntimeError) as problem:
        raise InputError(f"it cannot be fetched: {str(problem) or type(problem).__name__}") from None


def _unpacked(content: bytes, encoding: str, largest: int) -> bytes:
    """`content` as it was before it was packed, whatever the server says of that; a sitemap may be packed in itself."""
    for _ in range(2):
        reader: Any
        if content.startswith(b"\x1f\x8b"):
            reader = zlib.decompressobj(31)
        elif encoding.strip().lower() == "deflate" and content[:1] == b"\x78":
            reader = zlib.decompressobj()
        elif encoding.strip().lower() in ("br", "zstd"):
            raise InputError(f"the server packs with {encoding.strip()[:10]}, which it was not asked for")
        else:
            return content
        try:
            content = reader.decompress(content, largest + 1)
        except zlib.error as problem:
            raise InputError(f"the answer cannot be unpacked: {problem}") from None
        if len(content) > largest:
            raise InputError(f"the answer unpacks to more than {largest // 1_000_000} MB")
        if not reader.eof:
            raise InputError("the answer breaks off")
        encoding = ""
    return content


def _wait(session: Session, host: str, pause: float) -> None:
    """Until it is the turn of this request to its host; turns are given out in order."""
    with session.lock:
        at = max(time.monotonic(), session.free.get(host, 0.0))
        session.free[host] = at + pause
    if session.ended.wait(max(0.0, at - time.monotonic())):
        raise InputError("the run was ended")


def _leave_alone(session: Session, url: str, seconds: str) -> None:
    wait = float(seconds) if seconds.isdecimal() else 5 * session.web.pause
    with session.lock:
        session.free[host_of(url)] = time.monotonic() + min(wait, _SLOWEST)
