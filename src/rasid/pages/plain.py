"""The article in text without tags, as crawls and copies leave it: found by the shape of lines and where they stand."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from rasid.pages.boilerplate import ARTICLE, Effect, effect_of, remove
from rasid.pages.dateline import Dateline, is_byline, is_date_line, is_signature, issue_of, read_dateline, signed_agency
from rasid.pages.lines import Line, has_arabic, is_link, key_of
from rasid.pages.outlet import outlet_of_lines

_ABOVE = 15  # lines above the text in which its headline is looked for
_NEAR = 6  # of these, lines in which a headline is looked for that shares no words with the text
_DATELINE = 3  # lines above a text without headline that may be its dateline
_LONGEST_TITLE = 200
_HEADING = 30  # what a line that is no running text costs; the second in a row costs twice that, and so on
_BOX = 60  # what a box of other articles costs
_IN_BOX = 6  # lines that a box within an article may have at no further cost
_MOST = 600  # what a paragraph counts at most, so that one long line does not outweigh an article
_WHOLE = 6  # a text of so few lines is taken as it is: nothing in it tells an article from a page
_CLEARLY = 300  # characters of running text that are an article for certain
_LONGEST_LIST = 7  # short lines in a row that a text which is no page may hold
_SHARE = 0.6  # of running text, in a text that is no page
_LEAST = 80
_LEADS_ON = (":", "؟", "?")  # a question of an interview, an announcement: what follows is the same text
_LONGER = re.compile(r"[^\W\d_]{4,}")
_JOINED = re.compile("^[وفبل]?ال|^لل")
_MAY_BE_JOINED = ("ال", "وال", "فال", "بال", "لال", "لل")
_BULLET = re.compile(r"(?:[-–—*•▪●✓]|\d{1,2}\s?[-.)])\s?\S")


class Found(NamedTuple):
    """An article within a page's lines."""

    text: list[str]  # paragraphs
    title: str | None
    outlet: str | None
    dateline: Dateline
    agency: str | None


class Place(NamedTuple):
    """Lines `start` to `end` (exclusive) of a page, and their weight."""

    start: int
    end: int
    weight: int


def find_article(lines: Sequence[Line], may_have_title: bool = True) -> Found | None:
    """The article among the lines of a page, or None where there is none.

    Args:
        lines: of the page.
        may_have_title: whether a line above the running text may be its headline; else it is part of the text.
    """
    place = _locate(lines)
    if place is None:
        body = remove(lines)
        if 0 < len(body) <= _WHOLE and len(lines) <= 2 * _WHOLE and sum(line.text.count(" ") + 1 for line in body) >= 4:
            return Found([line.text for line in body], None, None, Dateline(), None)
        return None
    start, end, _ = place
    if start == 1 and not may_have_title and _may_be_title(lines[0]):
        start = 0
    counts = Counter(line.fold for line in lines)
    body = [line for line in remove(lines[start:end]) if not (is_date_line(line) or is_link(line))]
    heading = _find_title(lines, start, body, counts)
    above = max(0, start - _DATELINE) if heading is None else heading + 1
    dateline = read_dateline([line._replace(linked=line.linked or counts[line.fold] > 1) for line in lines[above:start]])
    if heading is not None and dateline.date is None:
        dateline = dateline._replace(date=read_dateline(lines[max(0, heading - 2) : heading]).date)
    if heading is not None and key_of(body[0]) == key_of(lines[heading]):
        body = body[1:] or body
    text = [line.text for line in body]
    if dateline.date is None and heading is not None:
        dateline = dateline._replace(issue=issue_of(lines[:heading], body[0].text))
    agency = dateline.agency or signed_agency("\n".join(text)) or read_dateline(lines[end : end + 3]).agency
    title = lines[heading].text if heading is not None else None
    return Found(text, title, outlet_of_lines(lines, title), dateline, agency)


def _locate(lines: Sequence[Line]) -> Place | None:
    """Where the article stands: the stretch that has most running text and least else, before any comment form."""
    stretches = [_heaviest(lines, effects, start) for start, effects in _stretches(lines)]
    places = [place for place in stretches if place.weight > 0]
    best = next((place for place in places if place.weight >= _CLEARLY), None) or max(
        places, key=lambda place: place.weight, default=None
    )
    if best is None or (best.weight < _LEAST and len(lines) > 2 * _WHOLE):
        return None
    return _with_last_line(lines, best)


def _stretches(lines: Sequence[Line]) -> list[tuple[int, list[Effect | None]]]:
    """The page cut where an article would end: start of each part, and what each of its lines is taken for."""
    parts: list[tuple[int, list[Effect | None]]] = []
    effects: list[Effect | None] = []
    start = prose = 0
    for index, line in enumerate(lines):
        effect = effect_of(line, prose > 0)
        ends = effect == "end" or (effect == "box" and _are_teasers(lines[index + 1 :], prose))
        if ends and prose >= ARTICLE:
            parts.append((start, effects))
            start, prose, effects = index, 0, []
        prose += len(line.text) if line.prose and effect is None else 0
        effects.append(effect)
    return [*parts, (start, effects)]


def _are_teasers(lines: Sequence[Line], before: int) -> bool:
    """Whether all that follows are other articles, each with its heading and its first words: not where this one goes on."""
    places = [place for place, line in enumerate(lines) if line.prose]
    size = sum(len(lines[place].text) for place in places)
    headed = all(place and not lines[place - 1].prose and not lines[place - 1].text.endswith(_LEADS_ON) for place in places)
    return len(places) >= 2 and headed and 2 * size <= before


def _heaviest(lines: Sequence[Line], effects: Sequence[Effect | None], offset: int) -> Place:
    """The contiguous lines with the greatest sum of weights (0 if none is above); where all is one text, that."""
    whole = _whole(lines, effects, offset)
    if whole is not None:
        return whole
    best = Place(offset, offset, 0)
    total, start, others = 0, offset, 0
    for index, effect in enumerate(effects, offset):
        line = lines[index]
        if line.prose and effect is None:
            others = 0
            weight = min(len(line.text), _MOST)
        elif effect is None and _BULLET.match(line.text):
            weight = 0
        else:
            others = -_IN_BOX if effect == "box" and others >= 0 else others + 1
            weight = -_HEADING * max(others, 0) - (_BOX if effect == "box" else 0)
        if total <= 0:
            total, start = 0, index
        total += weight
        if total > best.weight:
            best = Place(start, index + 1, total)
    return best


def _whole(lines: Sequence[Line], effects: Sequence[Effect | None], offset: int) -> Place | None:
    """First to last running text, where hardly anything else stands and no box of other articles: a text, not a page."""
    prose = [index for index, effect in enumerate(effects, offset) if effect is None and lines[index].prose]
    if not prose or "box" in effects or max(map(int.__sub__, prose[1:], prose), default=1) > _LONGEST_LIST:
        return None
    weight = sum(len(lines[index].text) for index in prose)
    others = sum(len(lines[index].text) for index in range(offset, offset + len(effects))) - weight
    return Place(prose[0], prose[-1] + 1, weight) if weight >= _SHARE * (weight + others) else None


def _with_last_line(lines: Sequence[Line], place: Place) -> Place:
    """`place` with the line after it where that alone stands before the end or a comment form: a sentence without its stop."""
    after = place.end
    if after >= len(lines):
        return place
    last = lines[after]
    ends = after + 1 == len(lines) or effect_of(lines[after + 1], begun=True) in ("end", "box")
    alone = ends and effect_of(last, begun=True) is None and last.text.count(" ") >= 7 and has_arabic(last.text)
    return place._replace(end=after + 1) if alone and not is_date_line(last) else place


def _find_title(lines: Sequence[Line], start: int, body: Sequence[Line], counts: Counter[str]) -> int | None:
    """Which line is the headline: above the text, of a headline's length, with most of its words in the text."""
    words = {word for line in body for word in _content_words(line.fold)}
    best, best_score = None, 0.0
    for index in range(max(0, start - _ABOVE), start):
        line = lines[index]
        if not _may_be_title(line):
            continue
        own = _content_words(line.fold)
        score = sum(word in words for word in own) / max(len(own), 1)
        score += 0.2 * (counts[line.fold] > 1 or (index > 0 and lines[0].fold.startswith(line.fold)))
        score += 0.1 * (index + 1 == start or is_date_line(lines[index + 1]))
        score -= 0.5 * (signed_agency(line.text) is not None)  # a caption
        if score >= max(best_score, 0.3) or (best is None and start <= 3):
            best, best_score = index, score
    return best if best is not None else _nearest_title(lines, start)


def _nearest_title(lines: Sequence[Line], start: int) -> int | None:
    """A headline in other words than the text's: the nearest line above that may be one, if it is of a headline's length."""
    near = (index for index in range(start - 1, max(-1, start - 1 - _NEAR), -1) if _may_be_title(lines[index]))
    return next((index for index in near if lines[index].text.count(" ") >= 4 and not lines[index].linked), None)


def _may_be_title(line: Line) -> bool:
    return (
        len(re.findall(r"[^\W\d_]{2,}", line.fold)) >= 3
        and line.text.count(" ") >= 3
        and len(line.text) <= _LONGEST_TITLE
        and has_arabic(line.text)
        and effect_of(line, begun=False) is None
        and not (is_date_line(line, others=4) or is_byline(line) or is_signature(line))
    )


def _content_words(folded: str) -> set[str]:
    """The longer words of a line, without the article and what is joined to it."""
    return {_JOINED.sub("", word) if word.startswith(_MAY_BE_JOINED) else word for word in _LONGER.findall(folded)}


def date_of(found: Found) -> dt.date | None:
    """The date of the dateline: of publication, or, where only that is given, of the last change."""
    return found.dateline.date or found.dateline.updated
