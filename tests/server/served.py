"""A server in the test's own process over a small record, coded by the coder itself."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from starlette.testclient import TestClient

from rasid.coder import code
from rasid.model import Article, PageDate
from rasid.record import add, open_record
from rasid.server import accounts
from rasid.server.app import make_app
from rasid.server.settings import Settings

DAY = dt.date(2021, 11, 24)
PASSWORD = "a long password of nobody"
TEXTS = {
    "a1": "وقع المغرب وإسرائيل اليوم الأربعاء في الرباط مذكرة تفاهم في مجال الدفاع.",
    "a2": "زار وزير الخارجية الأردني سالم الحوراني بغداد أمس الثلاثاء. وأدانت تونس الهجوم على المدنيين في البصرة.",
    "a3": "اعتقلت الشرطة المصرية 20 متظاهرا في القاهرة. وقال رئيس الوزراء العراقي إن المحادثات ناجحة.",
    "a4": "استأنف المغرب علاقاته الدبلوماسية مع إسرائيل أمس الثلاثاء. والمغرب رابع بلد عربي يوقع اتفاقا مع إسرائيل.",
}


class Served(NamedTuple):
    """A running server: a client that is nobody, and the tokens of a reader, a coder and an editor."""

    client: TestClient
    settings: Settings
    tokens: dict[str, str]

    def as_role(self, role: str) -> dict[str, str]:
        """Headers by which a request is somebody's of that role."""
        return {"Authorization": f"Bearer {self.tokens[role]}"}


def make_record(path: Path) -> None:
    with open_record(path) as record:
        for id_, text in TEXTS.items():
            date = PageDate(DAY, DAY, "given")
            add(record, code(Article(id_, text, "عنوان", f"https://news.example/{id_}", "صحيفة", date=date)), f"{id_}.html")


@cache
def _accounts() -> tuple[bytes, dict[str, str]]:
    """A file with an account for each role, called after it, and a token of each: made once, as good hashes are slow."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "accounts"
        for role in accounts.ROLES:
            accounts.add_account(file, role, role, PASSWORD)
        tokens = {str(role): accounts.make_token(file, role) for role in accounts.ROLES}
        return file.read_bytes(), tokens


@contextmanager
def serving(path: Path, **settings: object) -> Iterator[Served]:
    """Serve the record at `path`, with the accounts."""
    told = Settings(path, **{"rate": 0, **settings})  # type: ignore[arg-type]
    content, tokens = _accounts()
    told.accounts_file.touch(0o600)
    told.accounts_file.write_bytes(content)
    with TestClient(make_app(told), base_url="http://127.0.0.1:8000") as client:
        yield Served(client, told, tokens)
