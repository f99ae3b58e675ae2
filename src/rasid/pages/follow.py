"""Following sources: files that appear or change in folders, and what feeds and lists name anew."""

import os
import time
from collections.abc import Callable, Iterator, Sequence

from rasid.pages.kinds import HEAD, kind_of
from rasid.pages.sources import Found, Reading, files_in, is_address, read_pages
from rasid.pages.web.crawl import Seen, crawl, crawl_list

_SETTLED = 1.0  # seconds that a file must have been left alone, lest it is read while it is being written
_LOOK = 1.0  # seconds between two looks at folders
_LISTS = ("feed", "sitemap", "addresses")
Stamp = tuple[int, int]  # size, and when it was changed


def follow(
    paths: Sequence[str], reading: Reading, every: float, pause: Callable[[float], None] = time.sleep
) -> Iterator[Found | None]:
    """The pages of sources, and then whatever is new in them, without end.

    Args:
        paths: folders and files, which are read as `read_pages` does, again when they change; addresses, and files that are
            lists of addresses, whose feeds are asked for again and again.
        reading: how.
        every: seconds between two rounds of asking the web.
        pause: waits so many seconds.

    Yields:
        Pages, and None whenever there is nothing to do for the moment.
    """
    done: dict[str, Stamp] = {}
    seen: Seen = set()
    asked = float("-inf")
    while True:
        files = [path for path in paths if not is_address(path)]
        for file in _changed(files, done):
            if not _is_list(file):
                yield from read_pages([file], None, reading)
        if time.monotonic() - asked >= every:
            asked = time.monotonic()
            yield from crawl([path for path in paths if is_address(path)], reading.web, reading.progress, seen)
            for path in filter(_is_list, files):
                with open(path, "rb") as file_of_addresses:
                    yield from crawl_list(file_of_addresses.read(), path, reading.web, reading.progress, seen)
        yield None
        pause(min(_LOOK, every))


def _changed(paths: Sequence[str], done: dict[str, Stamp]) -> Iterator[str]:
    """The files that are new or have changed and are written to the end, each noted in `done`."""
    now = time.time()
    for path in paths:
        for file in files_in(path, []) if os.path.isdir(path) else [path]:
            try:
                status = os.stat(file)
            except (OSError, ValueError):
                continue
            stamp = (status.st_size, status.st_mtime_ns)
            if done.get(file) != stamp and abs(now - status.st_mtime) >= _SETTLED:
                done[file] = stamp
                yield file


def _is_list(path: str) -> bool:
    """Whether a file that was given by itself names addresses to fetch."""
    try:
        with open(path, "rb") as file:
            return kind_of(file.read(HEAD), ()) in _LISTS
    except (OSError, ValueError):  # a folder; a file that is gone
        return False
