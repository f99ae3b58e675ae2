"""A record here or elsewhere, asked with the same calls: `rasid.connect("record.sqlite")`, `rasid.connect("http://host:8000")`.

What comes back are the same dataclasses and rows; errors are the same, too.
"""

from rasid.client.asking import Asking, Sent, Watching
from rasid.client.local import connect_to_file
from rasid.client.remote import Remote, connect_to_server

__all__ = ["Asking", "Remote", "Sent", "Watching", "connect", "connect_to_file", "connect_to_server"]


def connect(place: str, token: str | None = None, by: str = "") -> Asking:
    """The record at an address of `rasid serve`, or in a file.

    Args:
        place: `http://host:8000`, or the path of a record that is there.
        token: for an address: `rasid accounts token NAME` makes one; without it only reading may be open.
        by: for a file: in whose name corrections are made.

    Raises:
        RecordError: there is no such record. That a server does not answer is said by the first call.
    """
    if place.startswith(("http://", "https://")):
        return connect_to_server(place, token)
    return connect_to_file(place, by)
