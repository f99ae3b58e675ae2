"""A record for each request: opened for it, closed after it."""

from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends, Request

from rasid.record import Record, open_record
from rasid.server.settings import Settings


def settings_of(request: Request) -> Settings:
    """What the server that got this request was told when it started."""
    settings: Settings = request.app.state.settings
    return settings


def _reading(request: Request) -> Iterator[Record]:
    with open_record(settings_of(request).record, create=False) as record:
        yield record


Reading = Annotated[Record, Depends(_reading)]
