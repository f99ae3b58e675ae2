"""From what was found to an article. `read_article` is the room's one door; `read_pages` finds the pages."""

import datetime as dt
import hashlib
import re
from collections.abc import Sequence
from typing import NamedTuple

from rasid.errors import InputError
from rasid.model import UNKNOWN_DATE, Article, Page, PageDate
from rasid.pages.dateline import read_agency, signed_agency, without_place
from rasid.pages.encoding import decode, may_be_arabic
from rasid.pages.found import LARGEST, Failure, Progress, Skipped
from rasid.pages.language import ARABIC, mixed_with, read_language
from rasid.pages.lines import has_arabic, read_lines
from rasid.pages.metadata import date_in_url, host_of
from rasid.pages.outlet import is_outlet
from rasid.pages.plain import Found, date_of, find_article
from rasid.pages.rows import Row, read_date
from rasid.pages.sites import Sites, site_of, without_repeated
from rasid.pages.sources import Reading, read_pages, read_rows, read_stream, source_of

__all__ = [
    "Failure",
    "Progress",
    "Reading",
    "Row",
    "Sites",
    "Skipped",
    "read_article",
    "read_date",
    "read_pages",
    "read_rows",
    "read_stream",
    "source_of",
]

_NO_ARTICLE = "no article was found on the page"
_TELLING = 20  # lines that show a page's language
_SEEN = 100_000  # characters of a page without Arabic letters, by which its language is named
_BEGINNING = 300  # characters of each
_HEADED = re.compile(r"\s*+[^\n]++\n[ \t\r]*+\n")  # a blank line after the first, which may be a headline
_PACKED = re.compile(r"\.(?:gz|zst|zstd)(?=:|$)")
_LETTER = re.compile(r"[^\W\d_]")


class _Read(NamedTuple):
    """What was read out of a page, however it came."""

    found: Found
    writer: str | None = None
    outlet: str | None = None
    agency: str | None = None
    url: str | None = None
    stated: dt.date | None = None  # in the page's metadata
    in_utc: bool = False


def read_article(page: Page, date: dt.date | None = None, sites: Sites | None = None) -> Article:
    """The article that `page` holds, cleaned; the `text` of a row (`Page.is_text`) is passed on as it is.

    Args:
        page: what was found.
        date: when it was published, if the user says so; nothing on the page outweighs it.
        sites: what a run remembers of the pages before, so that lines that stand on most of a site's are left out; without it
            the page alone decides. The id is the same either way.

    Raises:
        InputError: it is no text, empty, too large, not in Arabic, or no article; the text says which.
    """
    try:
        return _from_row(page, date) if page.is_text else _from_page(page, date, sites)
    except InputError as error:
        raise InputError(f"{page.name}: {error}") from None


def _from_page(page: Page, date: dt.date | None, sites: Sites | None) -> Article:
    text = page.content if isinstance(page.content, str) else decode(page.content)
    if len(text) > LARGEST:
        raise InputError(f"the page is larger than {LARGEST // 1_000_000} MB")
    if not text.strip("\ufeff \t\r\n\0"):
        raise InputError("the page is empty")
    if isinstance(page.content, bytes) and not may_be_arabic(page.content):
        from rasid.pages.html import strip_tags

        _refuse_other_languages(strip_tags(text[:_SEEN]).splitlines())
    read = _read_page(text, page.url)
    body = "\n".join(read.found.text)
    url = page.url or read.url
    title = page.title or read.found.title
    outlet = page.source or read.outlet or read.found.outlet
    own_id = page.id or _id(url or _own_name(page.name), body)  # the same whatever was read before
    if sites is not None:
        site = site_of(host_of(url), outlet, page.name)
        body = "\n".join(without_repeated(read.found.text, title, site, sites))
    return Article(
        id=own_id,
        text=body,
        title=title,
        url=url,
        source=outlet or host_of(url),
        agency=read.agency or read.found.agency,
        byline=_byline(read, outlet),
        date=_date(page, date, read, url),
        language=ARABIC.code,
    )


def _from_row(page: Page, date: dt.date | None) -> Article:
    text = page.content if isinstance(page.content, str) else decode(page.content)
    given = date or page.date
    by_url = date_in_url(page.url)
    found = PageDate(given, given, "given") if given else PageDate(by_url, by_url, "url") if by_url else UNKNOWN_DATE
    return Article(
        id=page.id if page.id is not None else _id(page.url or _own_name(page.name), text),
        text=text,
        title=page.title,
        url=page.url,
        source=page.source or host_of(page.url),
        agency=signed_agency(text),
        date=found,
        language=read_language(text).code if text.strip() else None,
    )


def _read_page(text: str, url: str | None) -> _Read:
    from rasid.pages import html

    if not html.is_html(text):
        return _Read(_read_text(text))
    tree, lines = html.parse(text)
    if not lines:
        raise InputError("the page is empty: no text stands between its tags")
    _refuse_other_languages([line.text for line in lines])
    extract = html.read_html(tree, lines, url)
    if extract is None:
        raise InputError(_NO_ARTICLE)
    _refuse_mixtures(extract.found.text)
    about = extract.metadata
    agency = html.agency_of(extract)
    writer = without_place(about.writer) if about.writer and not read_agency(about.writer) else None
    return _Read(extract.found, writer, about.outlet, agency, about.url, about.date, about.in_utc)


def _read_text(text: str) -> Found:
    """The article in a text without tags; one that is nothing but an article, as we give it, stays as it is."""
    lines = read_lines(text)
    _refuse_other_languages([line.text for line in lines])
    is_bare = len(lines) > 1 and all(line.prose for line in lines[1:]) and not _HEADED.match(text)
    found = find_article(lines, may_have_title=not is_bare)
    if found is None:
        raise InputError(_NO_ARTICLE)
    _refuse_mixtures(_between([line.text for line in lines], found.text))
    return found


def _between(lines: Sequence[str], text: Sequence[str]) -> Sequence[str]:
    """The lines of a page from the first of its article to the last, with those that are not in Arabic and were left out."""
    places = [place for place, line in enumerate(lines) if line in (text[0], text[-1])]
    return lines[places[0] : places[-1] + 2] if places else text


def _refuse_other_languages(lines: Sequence[str]) -> None:
    """The longest lines tell: menus may be in any language, or in none."""
    longest = sorted((line for line in lines if _LETTER.search(line)), key=len, reverse=True)[:_TELLING]
    language = read_language("\n".join(line[:_BEGINNING] for line in longest))
    if language != ARABIC:
        raise InputError(f"the page is not in Arabic (it looks like {language.name})")


def _refuse_mixtures(lines: Sequence[str]) -> None:
    """An article that is Arabic only in part: what there is of it would be counted as the whole."""
    _refuse_other_languages(lines)
    other = mixed_with(lines)
    if other is not None:
        raise InputError(f"the page is only in part in Arabic (it is mixed with {other.name})")


def _byline(read: _Read, outlet: str | None) -> str | None:
    """Who wrote it: signed on the page, else named in the metadata, in Arabic letters if either is; not the outlet."""
    dateline = read.found.dateline
    names = [name for name in (dateline.byline, read.writer, dateline.name) if name and not is_outlet(name, outlet)]
    return next(filter(has_arabic, names), names[0] if names else None)


def _date(page: Page, given: dt.date | None, read: _Read, url: str | None) -> PageDate:
    """When the page was published, by the best evidence; never today because nothing is known."""
    given = given or page.date
    shown, updated = read.found.dateline.date, read.found.dateline.updated
    if given:
        return PageDate(given, given, "given")
    if read.stated and read.in_utc and shown and abs(shown - read.stated) <= dt.timedelta(days=1):
        return PageDate(shown, shown, "byline", ("the day of the outlet, as shown; the metadata's is Greenwich's",))
    if read.stated:
        other = shown if shown and shown != read.stated else None
        reasons = (f"the line under the headline says {other.isoformat()}",) if other else ()
        return PageDate(read.stated, read.stated, "meta", reasons)
    if shown:
        return PageDate(shown, shown, "byline")
    by_url = date_in_url(url)
    if by_url:
        return PageDate(by_url, by_url, "url")
    if read.found.dateline.issue:
        return PageDate(read.found.dateline.issue, read.found.dateline.issue, "byline", ("the day at the top of the page",))
    changed = updated or date_of(read.found)
    return PageDate(changed, changed, "byline", ("the day of the last change",)) if changed else UNKNOWN_DATE


def _own_name(name: str) -> str:
    """A page's own name, the same wherever it lies, packed or not: `rows.csv:7` of `a.zip!news/rows.csv:7`."""
    return _PACKED.sub("", re.split(r"[!/\\]", name)[-1])


def _id(where: str, text: str) -> str:
    return hashlib.sha256(f"{where}\n{text}".encode("utf-8", "surrogatepass")).hexdigest()[:16]
