"""What a watch reported, as an Atom feed (RFC 4287)."""

import re
import uuid
from collections.abc import Sequence
from xml.etree import ElementTree

from rasid.record import EventRow

_ATOM = "http://www.w3.org/2005/Atom"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # letters that XML cannot hold
_NAMESPACE = uuid.UUID("b1a1d7f0-5b3c-4f6e-9b62-6f3a1f3f2a51")  # of our ids: any, but always the same


def atom_feed(name: str, updated: str, reported: Sequence[tuple[EventRow, str]]) -> bytes:
    """The feed of a watch.

    Args:
        name: of the watch.
        updated: when the feed last changed (UTC), where nothing was reported yet.
        reported: events, the latest first, and when (UTC) they were reported.
    """
    feed = ElementTree.Element("feed", {"xmlns": _ATOM})
    _add(feed, "id", _id(f"watch {name}"))
    _add(feed, "title", f"rasid: {name}")
    _add(feed, "updated", reported[0][1] if reported else updated)
    _add(_add(feed, "author", None), "name", "rasid")
    _add(feed, "generator", "rasid")
    for row, at in reported:
        _entry(feed, row, at)
    ElementTree.indent(feed)
    return bytes(ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)) + b"\n"


def _entry(feed: ElementTree.Element, row: EventRow, at: str) -> None:
    entry = _add(feed, "entry", None)
    _add(entry, "id", _id(f"event {row.event_id}"))
    _add(entry, "title", _title(row))
    _add(entry, "updated", at)
    if row.published_start:
        _add(entry, "published", f"{row.published_start.isoformat()}T00:00:00Z")
    if row.url and row.url.startswith(("http://", "https://")):
        _add(entry, "link", None, href=row.url, rel="alternate")
    _add(entry, "category", None, term=row.type)
    source = " · ".join(filter(None, (row.source, row.title)))
    said = _add(entry, "summary", "\n".join(filter(None, (row.sentence, source))))
    said.set(_LANG, "ar")


def _title(row: EventRow) -> str:
    """`2021-11-24 SUPPORT: Morocco + Israel`."""
    sides = " → ".join(filter(None, (row.actor_names or "?", row.recipient_names)))
    days = " ".join(filter(None, (str(row.when_start or ""), row.type, row.mode)))
    status = "" if row.status == "occurred" else f" ({row.status})"
    return f"{days}: {sides}{status}"


def _id(what: str) -> str:
    return uuid.uuid5(_NAMESPACE, what).urn


def _add(parent: ElementTree.Element, tag: str, text: str | None, **attributes: str) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, tag, {key: _NO_XML.sub("", value) for key, value in attributes.items()})
    element.text = None if text is None else _NO_XML.sub("", text)
    return element
