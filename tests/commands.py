"""`rasid` as tests run it: the fixture `rasid` of conftest.py is a `Run`."""

import contextlib
import json
import sqlite3
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

VISIT = "زار الرئيس الفرنسي الجزائر أمس."
MEETING = "التقى وزير الخارجية المصري نظيره الأردني في القاهرة اليوم الأربعاء."
RASID = Path(sys.executable).parent / "rasid"


class Ran(NamedTuple):
    """What a command did: its status, and what it wrote."""

    status: int
    out: str
    err: str

    @property
    def rows(self) -> list[Any]:
        """What it wrote, as JSON lines."""
        return [json.loads(line) for line in self.out.splitlines()]


Run = Callable[..., Ran]


def row(text: str = VISIT, **keys: object) -> str:
    return json.dumps({"id": "1", "date": "2021-11-24", "text": text, **keys}, ensure_ascii=False) + "\n"


def visits(number: int) -> str:
    return "".join(row(id=str(n), url=f"https://example.org/{n}") for n in range(number))


def events_in(path: Path) -> int:
    with contextlib.closing(sqlite3.connect(path)) as connection, contextlib.suppress(sqlite3.OperationalError):
        return int(connection.execute("SELECT count(*) FROM events").fetchone()[0])
    return 0


def wait_for(condition: Callable[[], bool]) -> None:
    until = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.05)
