"""The article in an HTML page: trafilatura's choice, checked against the page's own lines.

trafilatura finds the article's part of the page; what it leaves out between first and last paragraph is put back where it is
running text, and where its choice is none of the article (a window of comment rules), the shape of the lines decides.
"""

import re
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from html import unescape
from typing import NamedTuple

from lxml.etree import ElementDefaultClassLookup, LxmlError, strip_elements
from lxml.etree import strip_tags as strip_tags_of
from lxml.html import HtmlElement, HTMLParser, document_fromstring
from trafilatura import bare_extraction
from trafilatura.settings import Extractor

from rasid.errors import InputError
from rasid.pages.boilerplate import remove
from rasid.pages.dateline import (
    Dateline,
    is_byline,
    is_date_line,
    is_signature,
    issue_of,
    read_agency,
    read_dateline,
    signed_agency,
)
from rasid.pages.lines import LONG, Line, is_bar, is_link, key_of, letters_of, read_line, read_lines, split_lines, tidy
from rasid.pages.metadata import Metadata, read_metadata
from rasid.pages.plain import Found, find_article

_LOOK = 4096  # characters in which a page shows that it is HTML
_TAG_NAMES = "!doctype html|html|head|body|meta|title|div|article|p|br|span|table|script|h[1-6]|a|ul|section"
_TAGS = re.compile(rf"<(?:{_TAG_NAMES})\b[^<>]{{0,2000}}>", re.IGNORECASE)
_SKIPPED = frozenset(
    """script style noscript template svg select option button textarea iframe object head title audio video canvas
    math""".split()  # noqa: SIM905 - a list of words is easier to read than as many strings
)
_BLOCKS = _SKIPPED | frozenset(
    """html body br address article aside blockquote center dd details dialog dir div dl dt fieldset figcaption figure footer
    form h1 h2 h3 h4 h5 h6 header hr label li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul
    """.split()  # noqa: SIM905
)
_EMPTY = (  # what trafilatura takes out too, but only after it has copied the tree several times
    *("script", "style", "noscript", "template", "svg", "iframe", "object", "canvas", "audio", "video", "math", "head"),
    *("link", "source", "input", "select", "option", "button", "textarea", "label", "legend", "fieldset", "dialog"),
    *("nav", "aside", "footer", "menu", "embed", "applet", "picture", "map", "area", "time", "progress", "track"),
)
_MARKUP = ("img", "meta", "font", "tbody", "tfoot", "thead", "abbr", "acronym", "big", "small", "hgroup", "mark")
_UNSEEN = re.compile(r"(?i)<(?:(script|style|noscript|template|svg)\b[^<>]*>|!--)")
_TAG = re.compile(r"<[^<>]*>")
_INVALID = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]+")
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r")
_NO_CHARACTERS = ("\ufffe".encode(), "\uffff".encode())
_CELLS = re.compile(r"(?<!\\)\|")
_ELEMENTS = 100_000  # of a page; news has some thousands, and trafilatura goes through all of them again and again
_BESIDE = 3  # words that a dateline under the headline may have beside the date
_NAMES = re.compile(r"(?:(?<!\s)\s+)?[-–—|:،]\s*")
_KICKER = 4  # lines above the headline that trafilatura may take for text
_ABOVE = 12  # lines above the text that may hold headline and dateline
_TELLING = 15  # letters of a line that can hardly stand elsewhere on the page by chance
_SAME = 0.5  # share of a text found in another, from which on both are the same article


class Extract(NamedTuple):
    """An article with what the page's head says of it."""

    found: Found
    metadata: Metadata


def is_html(text: str) -> bool:
    """Whether `text` is a page with tags."""
    head = text[:_LOOK].lstrip("\ufeff \t\r\n")
    return (head.startswith("<") and _TAGS.search(head) is not None) or len(_TAGS.findall(head)) >= 3


def parse(text: str) -> tuple[HtmlElement, list[Line]]:
    """The tree of a page, and the page's lines.

    Raises:
        InputError: nothing in it can be parsed.
    """
    parser = _parser()
    with suppress(LxmlError, ValueError, AssertionError):
        tree = document_fromstring(_encoded(text), parser=parser)
        if parser.error_log.filter_from_fatals():  # nested too deeply: the parser gave up in the midst of it
            return tree, read_lines(strip_tags(text))
        return tree, page_lines(tree)
    raise InputError("the page holds no HTML that can be parsed")


def _encoded(text: str) -> bytes:
    """`text` without what no XML may hold, as bytes; to see that nearly every page has nothing of it, bytes are looked at."""
    with suppress(UnicodeEncodeError):  # half of a pair
        found = text.encode()
        if len(found.translate(None, _CONTROLS)) == len(found) and not any(point in found for point in _NO_CHARACTERS):
            return found
    return _INVALID.sub("", text).encode()


def _parser() -> HTMLParser:
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False, default_doctype=False)
    # One class for all elements: to ask for the one of inputs, labels and so on takes a tenth of the time of a page.
    parser.set_element_class_lookup(ElementDefaultClassLookup(element=HtmlElement))
    return parser


def strip_tags(text: str) -> str:
    """`text` without tags, each the end of a line."""
    return unescape(_TAG.sub("\n", "\n".join(_seen(text))))


def _seen(text: str) -> Iterator[str]:
    """The parts of `text` between scripts, comments and the like; one that is never closed hides nothing but its tag."""
    start, unclosed = 0, set[str]()
    while opened := _UNSEEN.search(text, start):
        yield text[start : opened.start()]
        kind = (opened[1] or "").lower()
        start = opened.end()
        if kind not in unclosed:
            closed = _closing(kind).search(text, start)
            start = closed.end() if closed else start
            unclosed |= set() if closed else {kind}  # looked for once, so that the time is that of one reading
    yield text[start:]


@cache
def _closing(kind: str) -> re.Pattern[str]:
    return re.compile(rf"(?i)</{kind}\s*+>" if kind else "-->")


def page_lines(tree: HtmlElement) -> list[Line]:
    """The lines of a page as it is shown: one a block, or a part of it between line breaks; links are marked."""
    shown = _Shown([], [])
    _show(tree, False, shown)
    _close(shown)
    return shown.lines


@dataclass(slots=True)
class _Shown:
    """A page while it is read: its lines, and the parts of the next one, of which so many letters are a link's."""

    lines: list[Line]
    parts: list[str]
    size: int = 0
    linked: int = 0


def _show(element: HtmlElement, in_link: bool, shown: _Shown) -> None:
    tag = element.tag
    if tag in _SKIPPED:
        return
    parts_lines = tag in _BLOCKS
    if parts_lines and shown.parts:
        _close(shown)
    in_link = in_link or tag == "a"
    if element.text:
        _add(element.text, in_link, shown)
    for child in element:
        _show(child, in_link, shown)
        if child.tail:
            _add(child.tail, in_link, shown)
    if parts_lines and shown.parts:
        _close(shown)


def _add(text: str, in_link: bool, shown: _Shown) -> None:
    if text.isspace():
        if shown.parts:
            shown.parts.append(" ")
        return
    shown.parts.append(text)
    shown.size += len(text)
    if in_link:
        shown.linked += len(text)


def _close(shown: _Shown) -> None:
    """End a line."""
    if shown.size and (text := tidy("".join(shown.parts))):
        shown.lines.append(read_line(text, shown.linked > 0.7 * shown.size))
    shown.parts.clear()
    shown.size = shown.linked = 0


def read_html(tree: HtmlElement, lines: Sequence[Line], url: str | None) -> Extract | None:
    """The article of a parsed page, or None where there is none.

    Args:
        tree: the page; trafilatura may change it.
        lines: its lines, as `parse` gives them.
        url: where the page was found.
    """
    metadata = read_metadata(tree, url, lines)
    by_shape = find_article(lines)
    known = {line.text: line for line in lines}
    texts = split_lines(_trafilatura(tree))
    if by_shape is not None and any(map(_is_layout, texts)):
        texts = []  # the page's own lines say more than a table does
    extracted = remove(line for text in texts if not is_link(line := known.get(text) or read_line(text)))
    if by_shape is None and not any(line.prose for line in extracted):
        return None
    if not extracted or (by_shape is not None and _is_elsewhere(extracted, by_shape)):
        assert by_shape is not None
        return Extract(by_shape._replace(title=_title(metadata, by_shape, set(map(key_of, lines)))), metadata)
    return Extract(_with_surroundings(extracted, lines, metadata, by_shape), metadata)


def _title(metadata: Metadata, by_shape: Found | None, keys: Container[str]) -> str | None:
    """The headline: as the page's head has it, unless that is only the browser's bar and the page shows another."""
    other = by_shape.title if by_shape is not None else None
    stated = letters_of(metadata.title or "")
    masthead = letters_of(by_shape.outlet or "") if by_shape is not None else ""
    if other and ((metadata.in_head and stated not in keys) or (stated and stated == masthead)):
        return other
    return metadata.title or other


def _is_layout(text: str) -> bool:
    """Whether a line is a row of a table that holds running text: a page of the time when tables made columns."""
    return text.startswith("|") and any(len(cell) > LONG for cell in _CELLS.split(text))


@cache
def _options() -> Extractor:
    """What trafilatura is asked for, made once: to read its settings anew takes a fiftieth of the time of a page."""
    return Extractor(output_format="python", fast=True, precision=True, comments=False)


def _trafilatura(tree: HtmlElement) -> str:
    """trafilatura's text; empty where it finds none or fails (as on trees nested too deeply), or would take very long."""
    if tree.xpath("count(//*)") > _ELEMENTS:
        return ""
    strip_elements(tree, *_EMPTY, with_tail=False)
    strip_tags_of(tree, *_MARKUP)
    try:
        document = bare_extraction(tree, options=_options())
    except (LxmlError, ValueError, AttributeError, TypeError, KeyError, IndexError, RecursionError):
        return ""
    return str(getattr(document, "text", None) or "")


def _is_elsewhere(extracted: Sequence[Line], by_shape: Found) -> bool:
    """Whether trafilatura took another part of the page than the one that looks like the article, and a lesser one."""
    ours = letters_of("".join(by_shape.text))
    theirs = [key_of(line) for line in extracted]
    shared = sum(len(key) for key in theirs if key in ours)
    return shared < _SAME * sum(map(len, theirs)) and sum(len(line.text) for line in extracted if line.prose) < len(ours)


def _with_surroundings(extracted: list[Line], lines: Sequence[Line], metadata: Metadata, by_shape: Found | None) -> Found:
    """trafilatura's article with the running text that it left out, and with what stands above and below it."""
    keys = [key_of(line) for line in lines]
    title = _title(metadata, by_shape, keys)
    outlet = by_shape.outlet if by_shape else None
    named = letters_of(metadata.outlet or outlet or "")
    title_key = letters_of(title or "")
    kicker = _right_above(title_key, keys)
    body = _without_edges(extracted, title_key, named, kicker)
    start, end = _place(body, keys)
    if start == end:
        text = [line.text for line in body]
        return Found(text, title, outlet, Dateline(), signed_agency("\n".join(text)))
    heading = next((index for index in range(start - 1, -1, -1) if keys[index] and keys[index] == title_key), None)
    if heading is not None:
        lead = set(by_shape.text[:4]) if by_shape is not None else set()
        start = next((index for index in range(heading + 1, start) if _is_running(lines[index], lead)), start)
    start, end = _widened(start, end, lines, by_shape)
    body = _without_edges(remove(_merged(body, lines, keys, range(start, end))), title_key, named, kicker)
    body = _without_box(body, lines, keys, range(start, end))
    counts = Counter(keys)
    above = range(heading + 1 if heading is not None else max(0, start - _ABOVE), min(start + 3, end))
    dateline = read_dateline([lines[index]._replace(linked=counts[keys[index]] > 1) for index in above])
    if heading is not None and dateline.date is None:
        dateline = dateline._replace(date=read_dateline(lines[max(0, heading - 2) : heading]).date)
    if heading is not None and dateline.date is None:
        dateline = dateline._replace(issue=issue_of(lines[:heading], body[0].text))
    text = [line.text for line in body]
    agency = dateline.agency or signed_agency("\n".join(text)) or read_dateline(lines[end : end + 3]).agency
    return Found(text, title, outlet, dateline, agency)


def _place(body: Sequence[Line], keys: Sequence[str]) -> tuple[int, int]:
    """First line of `body` on the page, and the one after its last; the same where they cannot be found."""
    places: dict[str, int] = {}
    for index, key in enumerate(keys):
        places.setdefault(key, index)
    wanted = [key for key in map(key_of, body) if key in places]
    if not wanted:
        return 0, 0
    first = places[wanted[0]]
    last = max(places[key] for key in wanted if len(key) > _TELLING or key == wanted[0])
    return first, max(first, last) + 1


def _widened(start: int, end: int, lines: Sequence[Line], by_shape: Found | None) -> tuple[int, int]:
    """`start` and `end` with the running text right above and below that the shape of the page takes for the article's too."""
    own = set(by_shape.text) if by_shape is not None else set()
    while start > 0 and _is_running(lines[start - 1], own):
        start -= 1
    while end < len(lines) and _is_running(lines[end], own):
        end += 1
    return start, end


def _is_running(line: Line, own: Container[str]) -> bool:
    return line.prose and not line.linked and line.text in own


def _merged(body: list[Line], lines: Sequence[Line], keys: Sequence[str], span: range) -> list[Line]:
    """`body` with each line of running text in `span` that it lacks, put before the line that follows it on the page."""
    whole = "".join(key_of(line) for line in body)
    taken = [index in span and bool(keys[index]) and keys[index] in whole for index in range(len(lines))]
    merged = list(body)
    for index in reversed(span):
        if taken[index] or not lines[index].prose or lines[index].linked or len(lines[index].text) < LONG // 2:
            continue
        following = next((keys[later][:40] for later in range(index + 1, span.stop) if taken[later]), None)
        places = (place for place, line in enumerate(merged) if following and key_of(line).startswith(following))
        at = next(places, None) if following else len(merged)
        if at is not None:
            merged.insert(at, lines[index])
            taken[index] = True
    return merged


def _without_edges(lines: Sequence[Line], title: str, outlet: str, above: Container[str]) -> list[Line]:
    """`lines` without headline and kicker, dateline, byline and rows of links at the top, and a source line at the end."""
    kept = list(lines)
    while len(kept) > 1 and (
        key_of(kept[0]) == title
        or (not kept[0].prose and key_of(kept[0]) in above)
        or _is_furniture(kept[0])
        or is_byline(kept[0])
        or is_date_line(kept[0], _BESIDE)
        or _names_outlet(kept[0], outlet)
    ):
        kept = kept[1:]
    while len(kept) > 1 and _is_furniture(kept[-1]):
        kept = kept[:-1]
    return kept


def _right_above(title: str, keys: Sequence[str]) -> set[str]:
    """The lines right above the headline, wherever it stands on the page."""
    places = [index for index, key in enumerate(keys) if key == title] if title else []
    return {key for index in places for key in keys[max(0, index - _KICKER) : index]}


def _names_outlet(line: Line, outlet: str) -> bool:
    """Whether a line is a place and the outlet, and nothing else: `طرابلس - بوابة برقة`."""
    parts = _NAMES.split(line.text)
    return bool(outlet) and not line.prose and len(parts) <= 3 and any(letters_of(part) == outlet for part in parts)


def _without_box(body: list[Line], lines: Sequence[Line], keys: Sequence[str], span: range) -> list[Line]:
    """`body` without what stands on the page in a box under its last running text, where the box's heading was left out."""
    last = next((place for place in range(len(body) - 1, -1, -1) if body[place].prose), None)
    at = None if last is None else next((index for index in span if keys[index] == key_of(body[last])), None)
    if last is None or at is None or last + 1 == len(body):
        return body
    own = [line for line in lines[at : span.stop] if not line.prose or line is lines[at]]
    kept = {key_of(line) for line in remove(own)}
    gone = {key_of(line) for line in own} - kept
    return [line for place, line in enumerate(body) if place <= last or key_of(line) not in gone]


def _is_furniture(line: Line) -> bool:
    return is_date_line(line) or is_signature(line) or is_bar(line.text)


def agency_of(extract: Extract) -> str | None:
    """The agency whose copy the article is: by its dateline or signature, or because it is named as the writer."""
    return extract.found.agency or (read_agency(extract.metadata.writer) if extract.metadata.writer else None)
