"""Web archives: the pages of WARC files, and the texts of WET files, as Common Crawl and wget write them."""

from collections.abc import Iterator
from typing import Any, BinaryIO

from rasid.model import Page
from rasid.pages import found
from rasid.pages.found import Failure, Skipped

_PAGES = ("html", "text/plain", "text/xml", "application/xml", "octet-stream", "unknown")


def read_warc(stream: BinaryIO, name: str) -> Iterator[Page | Failure | Skipped]:
    """The pages of an archive, unpacked: the answers of servers (WARC), texts (WET); everything else is passed over.

    An archive that ends in the midst of a record gives what it has, and a failure.
    """
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    kinds = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    records = iter(ArchiveIterator(stream, record_types=kinds, quirks_mode=True, auto_decode="all", stream_detect=False))
    number = 0
    while True:
        number += 1
        where = f"{name}:{number}"
        try:
            record = next(records)
            page = _page_of(record, where)
        except StopIteration:
            return
        except Exception as problem:  # of FastWARC, or of what is below it: the archive is damaged from here on
            yield Failure(where, f"the archive cannot be read from here on: {problem}")
            return
        yield page


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
