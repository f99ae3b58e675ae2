"""What stands on page after page of one site: no writer wrote it for this article, though no pattern of ours knows it.

Only lines that the other rules left in an article are counted, so that a teaser in a menu never speaks against the article
that it announces. A text that was read before, or another with its headline, is a copy and counts for nothing.
"""

import os
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from rasid.arabic.letters import fold
from rasid.pages.lines import is_prose, letters_of

_LINES = 50_000  # that are remembered, of all sites together; those not met for longest are forgotten
_PAGES = 20_000  # texts and headlines, by which a copy is known
_SITES = 5_000
_SHORT = 15  # words, from which on a line is kept as a paragraph is
_LIGHT = (3, 0.5)  # pages, and share of the site's, from which on a line is repeated that is short and stands apart
_HEAVY = (5, 0.8)  # the same of a paragraph, and of a sentence between others: agencies repeat their background, too

Key = TypeVar("Key")
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Sites:
    """What a run remembers of the sites whose pages it read; it does not grow beyond some 30 MB.

    Args:
        lines: on how many pages a line stood, by the hash of site and line.
        texts: which lines were left out of a text, by the hash of site and text.
        titles: hashes of site and headline.
        pages: how many of a site counted.
    """

    lines: OrderedDict[int, int] = field(default_factory=OrderedDict)
    texts: OrderedDict[int, tuple[int, ...]] = field(default_factory=OrderedDict)
    titles: OrderedDict[int, None] = field(default_factory=OrderedDict)
    pages: OrderedDict[str, int] = field(default_factory=OrderedDict)


def site_of(host: str | None, outlet: str | None, name: str) -> str:
    """What a page is a page of: its host, else its outlet, else the folder or archive that it was found in."""
    return host or outlet or os.path.dirname(name)


def without_repeated(text: Sequence[str], title: str | None, site: str, sites: Sites) -> Sequence[str]:
    """The paragraphs of an article without those that stand on page after page of its site; notes them in `sites`.

    Args:
        text: what the rules for single pages left.
        title: the headline; of two pages with the same one only the first counts.
        site: as `site_of` gives it.
        sites: what was read before.
    """
    whole = hash((site, *text))
    left_out = sites.texts.get(whole)
    if left_out is None:
        _note(text, title, site, sites)
        left_out = _repeated(text, site, sites)
    _put(sites.texts, whole, left_out, _PAGES)
    return [line for place, line in enumerate(text) if place not in left_out] if left_out else text


def _note(text: Sequence[str], title: str | None, site: str, sites: Sites) -> None:
    headline = hash((site, letters_of(title))) if title else None
    if headline in sites.titles:
        return
    if headline is not None:
        _put(sites.titles, headline, None, _PAGES)
    _put(sites.pages, site, sites.pages.get(site, 0) + 1, _SITES)
    for line in set(text):
        key = hash((site, line))
        _put(sites.lines, key, sites.lines.get(key, 0) + 1, _LINES)


def _repeated(text: Sequence[str], site: str, sites: Sites) -> tuple[int, ...]:
    """The places of the lines to leave out: none where they are most of the text, which then is another's, told anew."""
    pages = sites.pages.get(site, 0)
    counts = [sites.lines.get(hash((site, line)), 0) for line in text] if pages >= _LIGHT[0] else []
    known = [place for place, count in enumerate(counts) if _is_often(count, pages, _LIGHT)]
    if not known or len(known) == len(text):
        return ()
    own = [place for place in range(len(text)) if place not in known]
    left_out = tuple(
        place for place in known if _is_light(text[place], own[0] < place < own[-1]) or _is_often(counts[place], pages, _HEAVY)
    )
    size = sum(len(text[place]) for place in left_out)
    return left_out if 2 * size <= sum(map(len, text)) else ()


def _is_often(count: int, pages: int, least: tuple[int, float]) -> bool:
    return count >= least[0] and count >= least[1] * pages


def _is_light(line: str, is_inside: bool) -> bool:
    """Whether a line is short, and above or below what is the article's own, or no running text."""
    return line.count(" ") < _SHORT - 1 and not (is_inside and is_prose(line, fold(line).lower()))


def _put(memory: OrderedDict[Key, Value], key: Key, value: Value, most: int) -> None:
    """Note `value` as the latest; the one not noted for longest is forgotten where there are too many."""
    memory[key] = value
    memory.move_to_end(key)
    if len(memory) > most:
        memory.popitem(last=False)
