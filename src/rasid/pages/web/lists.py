"""Addresses out of lists of them: feeds (RSS, Atom), sitemaps and their indexes, lines of text."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any, NamedTuple
from urllib.parse import urljoin

from rasid.errors import InputError
from rasid.pages.kinds import Kind

_LONGEST = 2000  # characters of an address


class Entry(NamedTuple):
    """Something that a list names: where it is; where it is nowhere, what the list itself has of it."""

    url: str | None
    content: str | None = None
    title: str | None = None


def read_list(content: bytes, kind: Kind, base: str | None) -> Iterator[Entry]:
    """The entries of a feed, a sitemap or a list of addresses, in order.

    Args:
        content: as it came.
        kind: which of them it is.
        base: where it was found, for addresses that are relative.

    Raises:
        InputError: it cannot be read.
    """
    if b"<!ENTITY" in content[:100_000]:
        raise InputError("it declares entities, as no feed does that means well")
    entries = _of_lines(content) if kind == "addresses" else _of_sitemap(content) if kind == "sitemap" else _of_feed(content)
    for entry in entries:
        if entry.url is None:
            yield entry
            continue
        url = urljoin(base, entry.url) if base else entry.url
        if url.startswith(("http://", "https://")) and len(url) <= _LONGEST:
            yield entry._replace(url=url.partition("#")[0])


def _of_lines(content: bytes) -> Iterator[Entry]:
    for line in content.decode("utf-8-sig", errors="replace").splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            yield Entry(line.strip())


def _of_sitemap(content: bytes) -> Iterator[Entry]:
    """Every <loc> that is a page's or another sitemap's, not a picture's."""
    from lxml.etree import XMLSyntaxError, iterparse

    found = False
    try:
        for _, element in iterparse(BytesIO(content), events=("end",), recover=True, resolve_entities=False, no_network=True):
            name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
            if name in ("url", "sitemap"):
                for child in element:
                    if isinstance(child.tag, str) and child.tag.rpartition("}")[2] == "loc" and child.text:
                        found = True
                        yield Entry(child.text.strip())
                        break
                element.clear()
    except XMLSyntaxError as problem:
        raise InputError(f"the sitemap cannot be read: {problem.msg}") from None
    if not found:
        raise InputError("the sitemap names no pages")


def _of_feed(content: bytes) -> Iterator[Entry]:
    import feedparser

    feed: Any = feedparser.parse(BytesIO(content), resolve_relative_uris=False, sanitize_html=False)
    if not feed.entries and feed.bozo:
        raise InputError(f"the feed cannot be read: {str(feed.get('bozo_exception', 'it is broken')).splitlines()[0]}")
    for entry in feed.entries:
        texts = [part.get("value", "") for part in entry.get("content", [])] or [entry.get("summary", "")]
        text = max(texts, key=len, default="")
        if entry.get("link") or text:
            yield Entry(entry.get("link") or None, text or None, entry.get("title") or None)
