"""Exports: texts saved from Nexis and from Factiva, and the history of a Telegram channel as its program saves it (JSON).

The articles in them are texts already: they are taken as they are, with what the export says of them. Those in another language
than Arabic are left out with that reason.
"""

import io
import json
import re
from collections.abc import Generator, Iterable, Iterator
from typing import Any, BinaryIO, cast

from rasid.model import Page
from rasid.pages import found
from rasid.pages.dateline import read_date
from rasid.pages.encoding import encoding_of
from rasid.pages.found import Failure, Skipped
from rasid.pages.kinds import HEAD
from rasid.pages.language import ARABIC, read_language
from rasid.pages.packed import look
from rasid.pages.rows import day_of

_CHUNK = 1 << 20  # characters
_NUMBERED = re.compile(r"^\s*\d+ of \d+ DOCUMENTS\s*$")
_END = re.compile(r"^\s*End of Document\s*$")
_NEXIS_ABOVE = re.compile(r"(?i)(?:section|length|byline|dateline|highlight|headline):|body$")
_NEXIS_BELOW = re.compile(
    r"(?i)(?:load-date|language|publication-type|journal-code|subject|graphic|geographic|person|company|organization|industry"
    r"|country|series|url):|(?:classification|graphic|end of document)$|copyright \d{4}\b"
)
_HEADER = 60  # lines in which the fields above an old article stand
_RIGHTS = re.compile(r"(?i)^(?:copyright\b|\(c\)|©)|all rights reserved\s*$")
_FACTIVA_FIELD = re.compile(r"^ ?([A-Z][A-Z0-9]{1,2})(?: {2,}+|\t| *+$)(.*)$")
_FACTIVA_FIELDS = frozenset(
    "SE HD CR WC PD ET SN SC ED PG LA CY LP TD CT RF CO IN NS RE IPC IPD PUB AN BY VOL ART CLM CX DLN".split()  # noqa: SIM905
)
_FACTIVA_END = re.compile(r"^(?:AN\s+)?Document ([A-Za-z0-9]{20,})\s*$")
_WORDS = re.compile(r"^[\d,.]+ (?:words|mots)\s*$")
_MESSAGES = re.compile(r'"messages"\s*:\s*\[')
_NAME = re.compile(r'"name"\s*:\s*("(?:[^"\\]|\\.)*")')
_ID = re.compile(r'"id"\s*:\s*(-?\d+)')
_BETWEEN = re.compile(r"[\s,]*")
_SHORTEST = 4  # words of a message that may report something


def read_nexis(stream: BinaryIO, name: str) -> Iterator[Page | Failure | Skipped]:
    """The articles of a text export of Nexis, new (`End of Document`) or old (`1 of 20 DOCUMENTS`)."""
    for number, lines in _documents(stream, _NUMBERED, _END):
        fields, body = _split_nexis(lines)
        yield _article(fields, body, f"{name}:{number}")


def read_factiva(stream: BinaryIO, name: str) -> Iterator[Page | Failure | Skipped]:
    """The articles of a text export of Factiva, with its indexing fields (`HD`, `LP`, `TD`) or as articles only."""
    for number, lines in _documents(stream, None, _FACTIVA_END):
        marked = [match for line in lines if (match := _FACTIVA_FIELD.match(line)) and match[1] in _FACTIVA_FIELDS]
        fields, body = _split_factiva(lines) if len(marked) >= 3 else _split_factiva_article(lines)
        yield _article(fields, body, f"{name}:{number}")


def read_telegram(stream: BinaryIO, name: str) -> Iterator[Page | Failure | Skipped]:
    """The messages of a channel, or of every chat of a full export. Each is an article of its channel, of its day.

    Read message by message: a channel's years are more than memory should hold.
    """
    text = io.TextIOWrapper(stream, "utf-8-sig", errors="replace")
    before, channel, number = "", None, "?"
    while part := text.read(_CHUNK):
        before += part
        while match := _MESSAGES.search(before):
            names, numbers = _NAME.findall(before, 0, match.start()), _ID.findall(before, 0, match.start())
            channel = json.loads(names[-1], strict=False) if names else channel
            number = numbers[-1] if numbers else number
            before = yield from _read_messages(text, before[match.end() :], channel, f"{name}:{number}")
        before = before[-HEAD:]


def _read_messages(
    text: io.TextIOWrapper, rest: str, channel: str | None, name: str
) -> Generator[Page | Failure | Skipped, None, str]:
    """The messages of a list that goes on in `rest` and then in `text`; returns what was read beyond it."""
    decoder = json.JSONDecoder(strict=False)
    at = 0
    while True:
        at = cast(re.Match[str], _BETWEEN.match(rest, at)).end()
        if rest[at : at + 1] == "]":
            return rest[at:]
        try:
            message, at = decoder.raw_decode(rest, at)
        except (ValueError, RecursionError) as problem:
            more = text.read(_CHUNK)
            if not more or len(rest) - at > found.LARGEST:
                yield Failure(name, f"the export breaks off or is no JSON: {problem}")
                return ""
            rest, at = rest[at:] + more, 0
            continue
        if isinstance(message, dict):
            yield _message(message, channel, f"{name}/{message.get('id')}")


def _message(message: dict[str, Any], channel: str | None, where: str) -> Page | Skipped:
    if message.get("type") != "message":
        return Skipped(where, "no message but a notice of the program")
    text = _plain(message.get("text")).strip()
    if len(text.split()) < _SHORTEST:
        return Skipped(where, "the message holds no text" if not text else "the message is too short to report anything")
    language = read_language(text)
    if language != ARABIC:
        return Skipped(where, f"the message is not in Arabic (it looks like {language.name})")
    source = message.get("forwarded_from") or channel or message.get("from")
    day = day_of(message.get("date"))
    return Page(text, where, source=source if isinstance(source, str) else None, date=day, is_text=True)


def _plain(text: Any) -> str:
    """The words of a message: a text, or a list of texts and of entities (links, bold words) that hold one."""
    if isinstance(text, list):
        return "".join(map(_plain, text))
    if isinstance(text, dict):
        return _plain(text.get("text"))
    return text if isinstance(text, str) else ""


def _documents(stream: BinaryIO, begin: re.Pattern[str] | None, end: re.Pattern[str]) -> Iterator[tuple[int, list[str]]]:
    """The lines of each document, and the line on which it begins; a line of `begin` or `end` parts two of them."""
    head, stream = look(stream, HEAD)
    text = io.TextIOWrapper(stream, encoding_of(head), errors="replace")
    lines: list[str] = []
    first, size = 1, 0
    for number, line in enumerate(iter(lambda: text.readline(found.LARGEST), ""), 1):
        line = line.rstrip("\r\n").lstrip("\ufeff")
        size += len(line)
        ends = end.match(line) is not None
        if ends or (begin is not None and begin.match(line)) or size > found.LARGEST:
            if any(map(str.strip, lines)):
                yield first, [*lines, line] if ends else lines
            lines, first, size = [], number + 1, 0
        else:
            lines.append(line)
    if any(map(str.strip, lines)):
        yield first, lines


def _split_nexis(lines: list[str]) -> tuple[dict[str, str], list[str]]:
    """What an export says of an article, by field, and the lines of its text.

    New ones have headline, outlet, date, fields and `Body` above the text; old ones outlet, date, headline and fields.
    """
    lines = [line.strip() for line in lines]
    mark = next((place for place, line in enumerate(lines) if line.lower() == "body"), None)
    above = [place for place, line in enumerate(lines[:_HEADER]) if _NEXIS_ABOVE.match(line)]
    start = mark + 1 if mark is not None else max(above, default=-1) + 1
    end = next((place for place in range(start, len(lines)) if _NEXIS_BELOW.match(lines[place])), len(lines))
    head = [line for line in lines[:start] if line and not _NEXIS_ABOVE.match(line) and not _RIGHTS.search(line)]
    dated = next((place for place, line in enumerate(head) if read_date(line)), None)
    if dated is None:
        return {"headline": head[0] if head and mark is not None else ""}, lines[start:end]
    names = head[:dated]
    first, second = (*names, "", "")[:2]
    below = next(iter(head[dated + 1 :]), "")
    about = {"headline": first, "source": second} if mark is not None else {"headline": below, "source": first}
    return {**about, "date": head[dated]}, lines[start:end]


def _split_factiva(lines: list[str]) -> tuple[dict[str, str], list[str]]:
    """As `_split_nexis`, of two-letter fields: the text is that of `LP` (its beginning) and `TD` (the rest)."""
    names = {"HD": "headline", "SN": "source", "PD": "date", "BY": "byline", "AN": "id"}
    parts: dict[str, list[str]] = {}
    current = ""
    for line in lines:
        field = _FACTIVA_FIELD.match(line)
        if field and field[1] in _FACTIVA_FIELDS:
            current = field[1]
            parts.setdefault(current, []).append(field[2])
        elif current:
            parts[current].append(line)
    fields = {name: " ".join(" ".join(parts[code]).split()) for code, name in names.items() if code in parts}
    return fields, [*parts.get("LP", []), "", *parts.get("TD", [])]


def _split_factiva_article(lines: list[str]) -> tuple[dict[str, str], list[str]]:
    """As `_split_nexis`, of an article without marks: headline, number of words, date, outlet, code, language, rights, text."""
    counted = next((place for place, line in enumerate(lines) if _WORDS.match(line.strip())), None)
    if counted is None:
        return {}, lines
    above = [line.strip() for line in lines[:counted] if line.strip()]
    fields = {"headline": next((line for line in above if len(line.split()) >= 3), above[-1] if above else "")}
    below = lines[counted + 1 :]
    dated = next((place for place, line in enumerate(below[:4]) if read_date(line)), None)
    if dated is not None:
        fields["date"] = below[dated]
        after = [place for place, line in enumerate(below[dated + 1 : dated + 5], dated + 1) if line.strip()]
        fields["source"] = next((below[place].strip() for place in after if not re.match(r"\d{1,2}:\d\d", below[place])), "")
    rights = next((place for place, line in enumerate(below[:12]) if _RIGHTS.search(line.strip())), None)
    start = rights if rights is not None else next((place for place, line in enumerate(below) if not line.strip()), 0)
    body = [line for line in below[start + 1 :] if not (_FACTIVA_END.match(line))]
    if ended := _FACTIVA_END.match(lines[-1]):
        fields["id"] = ended[1]
    return fields, body


def _article(fields: dict[str, str], body: list[str], where: str) -> Page | Failure | Skipped:
    text = "\n".join(_paragraphs(body))
    if not text:
        return Failure(where, "no text was found in this article of the export")
    language = read_language(text)
    if language != ARABIC:
        return Skipped(where, f"the article is not in Arabic (it looks like {language.name})")
    date = read_date(fields.get("date", "")) or read_date(fields.get("load-date", ""))
    name = fields.get("id", "").removeprefix("Document ").strip() or None
    return Page(
        text, where, id=name, title=fields.get("headline") or None, source=fields.get("source") or None, date=date, is_text=True
    )


def _paragraphs(lines: Iterable[str]) -> Iterator[str]:
    """Paragraphs are parted by blank lines; the lines of one are where the export folded it, unless each is long by itself."""
    paragraph: list[str] = []
    for line in (*map(str.strip, lines), ""):
        if line:
            paragraph.append(line)
        elif paragraph:
            yield from paragraph if min(map(len, paragraph)) > 120 else (" ".join(paragraph),)
            paragraph = []
