"""Web archives: the pages of WARC files, and the texts of WET files, as Common Crawl and wget write them."""

from collections.abc import Iterator
from typing import Any, BinaryIO, cast

from rasid.model import Page
from rasid.pages import found
from rasid.pages.found import Failure, Skipped
from rasid.pages.packed import Onward

_PAGES = ("html", "text/plain", "text/xml", "application/xml", "octet-stream", "unknown")


def read_warc(stream: BinaryIO, name: str) -> Iterator[Page | Failure | Skipped]:
    """The pages of an archive, unpacked: the answers of servers (WARC), texts (WET); everything else is passed over.

    An archive that is damaged gives what it has before the damage, and a failure.
    """
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    kinds = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    number = 0
    try:
        source = cast(BinaryIO, Onward(stream))
        for record in ArchiveIterator(source, kinds, quirks_mode=True, auto_decode="all", stream_detect=False):
            number += 1
            yield _page_of(record, f"{name}:{number}")
    except GeneratorExit:
        raise
    except BaseException as problem:  # FastWARC's own panics are no Exception
        if isinstance(problem, KeyboardInterrupt | SystemExit | MemoryError):
            raise
        yield Failure(f"{name}:{number + 1}", f"the archive cannot be read from here on: {problem}")


def _page_of(record: Any, where: str) -> Page | Skipped | Failure:
    from fastwarc.warc import WarcRecordType

    url = str(record.headers.get("WARC-Target-URI", "")).strip("<> ")
    if not url.startswith(("http://", "https://")):
        return Skipped(where, "no page of the web")
    if record.record_type != WarcRecordType.conversion and record.http_headers is not None:
        status = record.http_headers.status_code
        if status != 200:
            return Skipped(where, f"the server answered {status or 'nothing'}")
        kind = (record.http_content_type or "").lower()
        if kind and not any(part in kind for part in _PAGES):
            return Skipped(where, f"not a page but {kind[:60]}")
    content = record.reader.read(found.LARGEST + 1)
    if len(content) > found.LARGEST:
        return Failure(where, found.too_large())
    return Page(content, where, url=url, is_bulk=True)
