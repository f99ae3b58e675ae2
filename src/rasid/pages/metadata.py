"""What an HTML page says about itself in its head: title, outlet, writer, date, address."""

import datetime as dt
import json
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from rasid.pages.dateline import read_date
from rasid.pages.lines import Line, key_of, letters_of, tidy
from rasid.pages.outlet import may_be_outlet, outlet_in_rights, outlet_in_title, top_names, without_outlet

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ARTICLE = re.compile(r"Article$|^BlogPosting$|^Report$")
_SITE = re.compile(r"^WebSite$|^NewsMediaOrganization$")
_TITLES = ("og:title", "twitter:title", "dc.title", "title")
_OUTLETS = ("og:site_name", "publisher", "application-name", "dc.publisher")
_WRITERS = ("article:author", "author", "dc.creator", "byl")
_DATES = (
    *("article:published_time", "datepublished", "og:published_time", "publishdate", "publish-date", "publication_date"),
    *("pubdate", "date", "dc.date", "dc.date.issued", "dcterms.date", "dcterms.created", "parsely-pub-date", "sailthru.date"),
)
_STAMP = re.compile(r"(?P<date>\d{4}-\d\d-\d\d)(?:[T ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?\s?(?P<zone>Z|UTC|GMT|[+-]\d\d:?\d\d)?)?")
_UTC = frozenset(("Z", "UTC", "GMT", "+00:00", "+0000", "-00:00"))
_LOOSE = {
    key: re.compile(rf'"{key}"\s*:\s*"([^"]{{4,300}})"') for key in ("datePublished", "headline")
}  # for JSON-LD that is no JSON, as where quotes in a headline are not escaped
_END_OF_DAY = r"(?=[/_.-]|$)"
_URL_DATE = re.compile(
    rf"(?<!\d)((?:19|20)\d\d)(?:/[a-z_-]{{2,30}})?[/_-](\d{{1,2}})[/_-](\d{{1,2}}){_END_OF_DAY}"
    rf"|/((?:19|20)\d\d)(\d\d)(\d\d){_END_OF_DAY}"
)
_LOGINS = frozenset(("admin", "editor", "administrator"))
_WEB = re.compile(r"^(?:https?:)?//|^www\.")
_FRONT = re.compile(r"\.?/?(?:index\.\w{2,5})?")


class Metadata(NamedTuple):
    """What the page's head says; None where it does not."""

    title: str | None = None
    in_head: bool = False  # the title is only that of the browser's bar
    outlet: str | None = None
    writer: str | None = None
    date: dt.date | None = None
    in_utc: bool = False  # the date is that in Greenwich, which may be the day before the outlet's
    url: str | None = None


def read_metadata(tree: "HtmlElement", url: str | None, lines: Sequence[Line]) -> Metadata:
    """The metadata of a page; `url`, if known, is where it was found, and `lines` are the page's own."""
    meta = _meta_tags(tree)
    data = _json_ld(tree)
    canonical = next(iter(tree.xpath("//head/link[@rel='canonical']/@href")), None)
    address = url or next((found for found in (meta.get("og:url"), canonical) if found and _WEB.match(found)), None)
    host = host_of(address) or ""
    date, in_utc = _stamp(data.get("datePublished")) or _first_stamp(meta) or _time_tag(tree) or (None, False)
    stated = next((meta[key] for key in _TITLES if meta.get(key)), None) or data.get("headline") or _heading(tree)
    bar = _title_bar(tree)
    outlets = [data.get("publisher"), *(meta.get(key) for key in _OUTLETS), data.get("site")]
    outlet = next((name for name in outlets if name and not _WEB.match(name)), None) or _outlet(tree, bar, host, lines)
    if outlet and stated and letters_of(stated) == letters_of(outlet):
        stated = None  # the page's masthead is its heading
    title = stated or (bar if letters_of(bar or "") != letters_of(outlet or "") else None)
    writers = [data.get("author"), *(meta.get(key) for key in _WRITERS)]
    writer = next((name for name in writers if name and _may_be_writer(name, outlet, host)), None)
    return Metadata(title and without_outlet(title, outlet), stated is None, outlet, writer, date, in_utc, address)


def _outlet(tree: "HtmlElement", bar: str | None, host: str, lines: Sequence[Line]) -> str | None:
    """The outlet of a page whose metadata does not name it: beside the headline, or in a link to the front page."""
    homes = [name for name in _home_links(tree, host) if may_be_outlet(name)]
    rights = letters_of(outlet_in_rights(lines) or "")
    if bar:
        names = {letters_of(name) for name in homes} | {rights}
        in_title = outlet_in_title(bar, {key_of(line) for line in lines}, names, top_names(lines))
        if in_title:
            return in_title
    return next((name for name in homes if " " in name or letters_of(name) in rights), None)


def _home_links(tree: "HtmlElement", host: str) -> Iterator[str]:
    """What links to the front page say, or the pictures in them."""
    for link in tree.iter("a"):
        target = tidy(link.get("href") or link.get("routerlink") or "")
        if target and (_FRONT.fullmatch(target) or (host and _is_front(target, host))):
            picture = next(link.iter("img"), None)
            name = tidy(link.text_content()) or tidy((picture.get("alt") if picture is not None else None) or "")
            if name:
                yield name


def _is_front(target: str, host: str) -> bool:
    return host_of(target) == host and urlsplit(target).path in ("", "/")


def date_in_url(url: str | None) -> dt.date | None:
    """The day in an address such as /2021/11/24/, /2021-11-24-title, /20211124/ or /2021/world/11/24/."""
    match = _URL_DATE.search(url or "")
    if match is None:
        return None
    year, month, day = (part for part in match.groups() if part)
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None


def host_of(url: str | None) -> str | None:
    """`hespress.com` of an address, or None."""
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.") or None
    except ValueError:
        return None


def _meta_tags(tree: "HtmlElement") -> dict[str, str]:
    """The first content of each name, property or itemprop, in lower case; addresses do not hide a later name."""
    found: dict[str, str] = {}
    for tag in tree.iter("meta"):
        name = (tag.get("property") or tag.get("name") or tag.get("itemprop") or "").lower()
        content = tidy(tag.get("content") or "")
        if name and content:
            found.setdefault(name, content)
    return found


def _json_ld(tree: "HtmlElement") -> dict[str, str]:
    """`headline`, `datePublished`, `author` and `publisher` of the article that JSON-LD describes, and the `site` it is on."""
    found: dict[str, str] = {}
    for script in tree.xpath("//script[contains(@type, 'ld+json')]"):
        text = script.text_content()
        try:
            items = list(_items(json.loads(text, strict=False)))
        except (ValueError, RecursionError):
            loose = ((key, expression.search(text)) for key, expression in _LOOSE.items())
            found |= {key: match[1] for key, match in loose if match and key == "datePublished"} | found
            continue
        named = {str(item["@id"]): item for item in items if "@id" in item and "name" in item}
        for item in sorted(items, key=lambda item: not _is_kind(item, _ARTICLE)):
            if _is_kind(item, _ARTICLE) or "datePublished" in item:
                found = _described(item, named) | found
            elif _is_kind(item, _SITE) and isinstance(item.get("name"), str):
                found.setdefault("site", tidy(item["name"]))
    return found


def _items(data: Any) -> Iterator[dict[str, Any]]:
    """Every object of a JSON-LD document that stands by itself: at the top, in a list, or in a graph."""
    if isinstance(data, list):
        for part in data:
            yield from _items(part)
    elif isinstance(data, dict):
        yield data
        yield from _items(data.get("@graph"))


def _is_kind(item: dict[str, Any], wanted: re.Pattern[str]) -> bool:
    kinds = item.get("@type")
    return any(isinstance(kind, str) and wanted.search(kind) for kind in (kinds if isinstance(kinds, list) else [kinds]))


def _described(item: dict[str, Any], named: dict[str, dict[str, Any]]) -> dict[str, str]:
    parts = {
        "headline": item.get("headline"),
        "datePublished": item.get("datePublished"),
        "author": _name(item.get("author"), named),
        "publisher": _name(item.get("publisher"), named),
    }
    return {key: tidy(part) for key, part in parts.items() if isinstance(part, str) and part.strip()}


def _name(value: Any, named: dict[str, dict[str, Any]]) -> Any:
    if isinstance(value, list):
        return _name(value[0], named) if value else None
    if isinstance(value, dict):
        return value.get("name") or named.get(str(value.get("@id")), {}).get("name")
    return value


def _stamp(text: str | None) -> tuple[dt.date, bool] | None:
    """The day of `2021-11-24T10:00:00+01:00`, or of a date in words, and whether it is Greenwich's."""
    match = _STAMP.match(text or "")
    if match is None:
        day = read_date(text or "")
        return (day, False) if day else None
    try:
        return dt.date.fromisoformat(match["date"]), match["zone"] in _UTC
    except ValueError:
        return None


def _first_stamp(meta: dict[str, str]) -> tuple[dt.date, bool] | None:
    return next((stamp for key in _DATES if (stamp := _stamp(meta.get(key)))), None)


def _time_tag(tree: "HtmlElement") -> tuple[dt.date, bool] | None:
    """The date of the first <time>, unless several differ: then they belong to a list of other articles."""
    stamps = {_stamp(tidy(tag.get("datetime") or "")) for tag in tree.iter("time")} - {None}
    return stamps.pop() if len({stamp[0] for stamp in stamps if stamp}) == 1 else None


def _heading(tree: "HtmlElement") -> str | None:
    """The one heading of the first rank, if there is only one."""
    titles = [title for element in tree.iter("h1") if (title := tidy(element.text_content()))]
    return titles[0] if len(titles) == 1 else None


def _title_bar(tree: "HtmlElement") -> str | None:
    return next((title for element in tree.xpath("//head/title") if (title := tidy(element.text_content()))), None)


def _may_be_writer(name: str, outlet: str | None, host: str) -> bool:
    """Whether an author is a person: not an address, the outlet itself or its login name."""
    letters = letters_of(name)
    own = [letters_of(outlet or ""), letters_of(host), letters_of(host.partition(".")[0])]
    return bool(letters) and len(name) <= 80 and not _WEB.match(name) and letters not in own and letters not in _LOGINS
