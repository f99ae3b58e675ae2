"""Answers of servers, kept in files: one an address, a line of JSON and the content. Any of them may be deleted at any time."""

import hashlib
import json
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple


class Kept(NamedTuple):
    """An answer, and by what the server knows whether it has changed."""

    url: str
    content: bytes
    etag: str | None = None
    modified: str | None = None


def load(folder: Path | None, url: str) -> Kept | None:
    """The answer kept of an address; None where there is none that can be read."""
    if folder is None:
        return None
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        head, _, content = _place(folder, url).read_bytes().partition(b"\n")
        about = json.loads(head)
        if about["url"] == url and about["size"] == len(content):
            return Kept(url, content, about.get("etag"), about.get("modified"))
    return None


def save(folder: Path | None, kept: Kept) -> None:
    """Keep an answer that can be asked for conditionally. A cache that cannot be written only costs asking again."""
    if folder is None or not (kept.etag or kept.modified):
        return
    place = _place(folder, kept.url)
    about = {"url": kept.url, "etag": kept.etag, "modified": kept.modified, "size": len(kept.content)}
    with suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=place.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(json.dumps(about).encode() + b"\n" + kept.content)
        os.replace(temporary, place)


def _place(folder: Path, url: str) -> Path:
    name = hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest()
    return folder / name[:2] / name[2:]
