"""How a long run is doing, for whoever watches it in a terminal; nothing where nobody does."""

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from rasid.cli_ingest import Ingested
    from rasid.pages import Progress

_OFTEN = 0.2  # seconds between two looks
_FIRST = 3.0  # seconds before which no one can say how long it will take
One = TypeVar("One")


def watched(found: Iterable[One], done: "Ingested", progress: "Progress") -> Iterator[One]:
    """`found`, with a line on standard error that says how far it is, where that is a terminal."""
    if not sys.stderr.isatty():
        yield from found
        return
    from rich.console import Console
    from rich.live import Live

    begun = looked = time.monotonic()
    with Live(console=Console(stderr=True), auto_refresh=False, transient=True) as shown:
        for one in found:
            yield one
            now = time.monotonic()
            if now - looked > _OFTEN:
                shown.update(status_line(done, progress.share(), now - begun), refresh=True)
                looked = now


def status_line(done: "Ingested", share: float | None, seconds: float) -> str:
    """`1,234 pages, 1,000 articles, 5,120 events, 3 failures; 41 pages a second, 12% done, 3 min left`.

    Args:
        done: what was counted.
        share: what part of the input was read, 0 to 1, if that is known.
        seconds: since the run began.
    """
    failures = done.failed.total()
    counts = f"{done.pages:,} pages, {done.added:,} articles, {done.events:,} events, {failures:,} failures"
    rate = f"{done.pages / seconds:,.0f} pages a second" if seconds > 0 else ""
    if share is None or share <= 0 or seconds < _FIRST:
        return f"{counts}; {rate}"
    return f"{counts}; {rate}, {share:.0%} done, {duration(seconds * (1 - share) / share)} left"


def duration(seconds: float) -> str:
    """`40 s`, `12 min`, `3 h 05 min`."""
    if seconds < 60:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02} min"
