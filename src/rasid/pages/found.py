"""What sources yield beside pages: failures, what was passed over, and how much of the input has been read."""

import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

OWN_ERROR = "an error of rasid"
NO_SUCH_FILE = "there is no such file or folder"
LARGEST = 10_000_000  # bytes of a page, or of a row
LARGEST_LIST = 52_500_000  # bytes of a list of addresses: the protocol lets a sitemap be 50 MiB


class Failure(NamedTuple):
    """What could not be read: where (`notes.jsonl:7`), and why, in one line."""

    name: str
    reason: str


class Skipped(NamedTuple):
    """What is no page, in an archive where that is as it should be (a picture, a redirect): counted, not noted."""

    name: str
    reason: str


@dataclass
class Progress:
    """How far reading has come; whoever shows it looks at it now and then.

    Bytes are those of files as they lie on the disk; addresses are pages asked for from the web.
    """

    bytes_read: int = 0
    bytes_known: int = 0
    fetched: int = 0
    addresses: int = 0

    def share(self) -> float | None:
        """What part of all that is known of is done, 0 to 1; None where nothing is known."""
        parts = [
            min(1.0, done / known)
            for done, known in ((self.bytes_read, self.bytes_known), (self.fetched, self.addresses))
            if known
        ]
        return min(parts) if parts else None


def too_large(what: str = "page") -> str:
    """The reason why something is left out for its size."""
    return f"the {what} is larger than {LARGEST // 1_000_000} MB"


def why(problem: Exception) -> str:
    """Trouble with a file, in words."""
    match problem:
        case FileNotFoundError():
            return NO_SUCH_FILE
        case PermissionError():
            return "it may not be read (permission denied)"
        case OSError():
            return f"it cannot be read: {(problem.strerror or str(problem)).lower()}"
        case _:
            return f"it cannot be read: {problem}"


def error_of_ours(problem: Exception) -> str:
    """A mistake of rasid's own, with its place, so that it can be reported."""
    last = traceback.extract_tb(problem.__traceback__)[-1]
    return f"{OWN_ERROR} at {Path(last.filename).name}:{last.lineno} ({type(problem).__name__}: {problem}); please report it"
