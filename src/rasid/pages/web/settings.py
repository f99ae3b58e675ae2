"""How pages are fetched. Here by itself, as everybody who reads sources needs it and few load what fetches."""

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Web:
    """How pages are fetched.

    Args:
        contact: an address under which the owners of servers reach who runs this; stands in the user agent.
        cache: the folder in which answers are kept, so that what has not changed is not sent again; None keeps nothing.
        pause: seconds between two requests to a host, at least; `Crawl-delay` in robots.txt may make it more.
        patience: seconds to wait for a server to say anything.
        longest: seconds that an answer may take as a whole.
        at_once: hosts that are asked at the same time, one request each.
        allow_private: whether addresses of the local network may be asked. For tests and for servers of one's own only: a page
            or a feed could otherwise make rasid call machines that only this one reaches.
    """

    contact: str | None = None
    cache: Path | None = None
    pause: float = 1.0
    patience: float = 20.0
    longest: float = 60.0
    at_once: int = 8
    allow_private: bool = False


def default_cache() -> Path:
    """Where answers are kept if nobody says so: a folder that may be deleted at any time."""
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(home) / "rasid" / "web"
