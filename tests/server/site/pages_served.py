"""Pages served to a browser: a record with a hostile article in it, and an account of each kind."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import uvicorn
from playwright.sync_api import Page
from served import DAY, PASSWORD, TEXTS

from rasid.analysis.watches import add_watch, report_new
from rasid.coder import code
from rasid.model import Article, PageDate
from rasid.record import EventQuery, add, open_record
from rasid.record.copies import compare_new_articles
from rasid.record.stories import make_stories
from rasid.server.accounts import add_account
from rasid.server.app import make_app
from rasid.server.settings import Settings

HOSTILE = (
    "وقع المغرب وتونس اليوم الأربعاء في الرباط مذكرة تفاهم. <script>document.title='taken'</script><img src=x onerror=alert(1)>"
    " \u202eمقلوب {{ 7 * 7 }} \x07 نهاية."
)
AGAIN = "وقع المغرب وإسرائيل اليوم الأربعاء في الرباط مذكرة تفاهم في مجال الدفاع، وقتل 20 شخصا في هجوم على البصرة."


class Site(NamedTuple):
    """Served pages: where they are, and the record behind them."""

    base: str
    record: Path


def make_pages(path: Path) -> None:
    with open_record(path) as record:
        for id_, text in {**TEXTS, "hostile/<b>": HOSTILE, "again": AGAIN}.items():
            title = "عنوان <i>مائل</i>" if id_.startswith("hostile") else "عنوان"
            article = Article(id_, text, title, f"https://news.example/{id_}", f"صحيفة {id_}", date=PageDate(DAY, DAY, "given"))
            add(record, code(article), id_)
        compare_new_articles(record)
        make_stories(record)
        add_watch(record, "agreements", EventQuery(types=("SUPPORT",)), from_start=True)
        report_new(record, "agreements")


@contextmanager
def serving_pages(path: Path) -> Iterator[Site]:
    settings = Settings(path, rate=0)
    for name, role in (("huda", "editor"), ("sami", "coder"), ("rami", "reader")):
        add_account(settings.accounts_file, name, role, PASSWORD)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(make_app(settings), "127.0.0.1", port, log_level="critical"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield Site(f"http://127.0.0.1:{port}", path)
    server.should_exit = True
    thread.join(timeout=10)


def log_in(page: Page, site: Site, name: str, language: str = "en") -> None:
    page.goto(f"{site.base}/{language}/login")
    page.fill("#name", name)
    page.fill("#password", PASSWORD)
    page.locator("main form button").click()
    page.wait_for_url(f"{site.base}/{language}/")
