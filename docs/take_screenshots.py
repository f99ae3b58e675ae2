"""Take the pictures of the pages in docs/img: each page in both languages and both themes, of a record made of the samples.

Run `python docs/take_screenshots.py [NAME ...]`; with names, only those pages. It needs Chromium at /usr/bin/chromium.
"""

import base64
import socket
import struct
import sys
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import chdir, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import uvicorn
from playwright.sync_api import Browser, sync_playwright

from rasid.analysis.agreements import read_register
from rasid.analysis.watches import add_watch, report_new
from rasid.cli_ingest import Ingested, ingest
from rasid.cli_input import default_reading, read_one
from rasid.pages import read_pages
from rasid.record import EventQuery, find_events, open_record
from rasid.record.copies import compare_new_articles
from rasid.record.corrections import accept, reject
from rasid.record.memory import find_actors
from rasid.record.stories import find_stories, make_stories
from rasid.record.validation import draw, keep_coding, load_items
from rasid.server.accounts import add_account
from rasid.server.app import make_app
from rasid.server.settings import Settings

ROOT = Path(__file__).parents[1]
OUT = Path(__file__).parent / "img"
PASSWORD = "a password of ten letters"
WIDE, PHONE = (1280, 900), (390, 844)
COLOURS, _RARE = 128, 24  # of each picture: pages are text on few colours
_SIGN = b"\x89PNG\r\n\x1a\n"
_UP = 2  # the filter of PNG that takes from each row the one above


def make_record(path: Path) -> dict[str, str]:
    """A record of all samples with a few decisions in it; returns the addresses of the pages, by name."""
    reading, done = default_reading(), Ingested()
    with open_record(path) as record:
        with chdir(ROOT):  # pages are shown by their paths, which are to be nobody's own
            for source in ("samples/pages", "samples/relation/articles.jsonl"):
                pages = (read_one(page, None, reading) for page in read_pages([source], None, reading))
                for _ in ingest(record, pages, done):
                    continue
        compare_new_articles(record)
        make_stories(record)
        rows = list(find_events(record))
        for number, row in enumerate(rows[::9]):
            (reject if number % 4 == 3 else accept)(record, row.event_id, by="huda")
        sample = draw(record, 40, 1)
        for item in load_items(record, sample)[:24]:
            keep_coding(record, sample, "huda", item.n, list(item.types))
            keep_coding(record, sample, "sami", item.n, list(item.types) if item.n % 5 else ["CONSULT"])
        shown = next(find_events(record, EventQuery(types=("RETREAT",), statuses=("occurred",))))
        story = next(find_stories(record), None)
        add_watch(record, "agreements", EventQuery(types=("SUPPORT",)), from_start=True)
        report_new(record, "agreements")
        add_watch(record, "mauritania", EventQuery(actors=("MRT", "URY")))
        accord = max(read_register(record), key=lambda one: (len(one.reports), len(one.disputes))).reports[0]
        person = max(find_actors(record), key=lambda one: (len(one.offices), one.articles))
    return {
        "home": "/",
        "search": "/search?q=الاتفاق",
        "article": f"/articles/{shown.article_id}?event={shown.event_id}",
        "events": "/events?quad=4",
        "event": f"/events/{story.story_id if story else shown.event_id}",
        "stories": "/stories",
        "actors": "/actors",
        "actor": "/actors/MRT",
        "person": f"/actors/{person.names[0][0]}",
        "relations": "/relations",
        "relation": "/relations/MRT/URY",
        "map": "/map",
        "quotes": "/quotes",
        "claims": "/quotes/claims",
        "agreements": "/agreements",
        "agreement": f"/agreements/{accord.n}/{accord.article_id}",
        "watches": "/watches",
        "watch": "/watches/agreements",
        "paste": "/code?sample=yes",
        "review": "/review",
        "changes": "/review/changes",
        "validation": "/validation",
        "blind": f"/validation/{sample}/code",
        "settle": f"/validation/{sample}/settle",
        "ingest": "/ingest",
        "about": "/about",
        "login": "/login",
        "missing": "/nowhere",
        "nothing": "/search?q=قسطنطينية",
    }


@contextmanager
def serving(path: Path) -> Iterator[str]:
    """The pages of a record at some address of this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(make_app(Settings(path, rate=0)), "127.0.0.1", port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(timeout=10)


def take(browser: Browser, base: str, pages: dict[str, str], language: str, theme: str) -> None:
    """Every page in one language and one theme."""
    context = browser.new_context(
        viewport={"width": WIDE[0], "height": WIDE[1]},
        color_scheme="dark" if theme == "dark" else "light",
        reduced_motion="reduce",
        locale="ar" if language == "ar" else "en-GB",
    )
    page = context.new_page()
    shoot = context.new_cdp_session(page)

    def picture() -> bytes:
        shot = shoot.send("Page.captureScreenshot", {"format": "png", "optimizeForSpeed": True})
        return base64.b64decode(shot["data"])

    page.goto(f"{base}/{language}/login")
    page.fill("#name", "huda")
    page.fill("#password", PASSWORD)
    page.locator("main form button").click()
    for name, address in pages.items():
        page.goto(f"{base}/{language}{address}")
        if name == "paste":
            page.locator("form.paste button").click()
            page.locator(".result .card").first.wait_for()
        save(picture(), OUT / f"{name}-{language}-{theme}.png")
    if theme == "light":
        page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
        for name in ("home", "article", "review", "relation", "events"):
            if name in pages:
                page.goto(f"{base}/{language}{pages[name]}")
                save(picture(), OUT / f"{name}-{language}-phone.png")
    context.close()


def save(content: bytes, path: Path) -> None:
    """Write a picture with few colours: those that are most frequent, those farthest from them, and for others the nearest."""
    width, height, pixels = unpacked(content)
    colours, which, often = np.unique(pixels, return_inverse=True, return_counts=True)
    parts = np.stack([(colours >> shift) & 255 for shift in (16, 8, 0)]).astype(np.int64)

    def from_all(colour: int) -> Any:
        return ((parts - parts[:, colour : colour + 1]) ** 2).sum(axis=0)

    chosen = list(np.argsort(-often)[: COLOURS - _RARE])
    apart = np.min([from_all(one) for one in chosen], axis=0)
    while len(chosen) < min(COLOURS, len(colours)):  # marks are small, and their colours say most
        chosen.append(int(np.argmax(apart * np.minimum(often, 20))))
        apart = np.minimum(apart, from_all(chosen[-1]))
    kept = colours[chosen]
    rows = np.argmin([from_all(one) for one in chosen], axis=0).astype(np.uint8)[which].reshape(height, width)
    raw = np.insert(rows, 0, 0, axis=1).tobytes()
    palette = b"".join(int(colour).to_bytes(3, "big") for colour in kept)
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    path.write_bytes(
        _SIGN + _chunk(b"IHDR", head) + _chunk(b"PLTE", palette) + _chunk(b"IDAT", zlib.compress(raw, 9)) + _chunk(b"IEND", b"")
    )


def unpacked(content: bytes) -> tuple[int, int, Any]:
    """Width, height and pixels (0xRRGGBB, row by row) of a PNG as Chromium writes it in haste: rows less those above."""
    at, data, head = len(_SIGN), b"", b""
    while at < len(content):
        (size,) = struct.unpack(">I", content[at : at + 4])
        kind, body = content[at + 4 : at + 8], content[at + 8 : at + 8 + size]
        head, data = (body if kind == b"IHDR" else head), data + (body if kind == b"IDAT" else b"")
        at += 12 + size
    width, height, _, colour = struct.unpack(">IIBB", head[:10])
    lines = np.frombuffer(zlib.decompress(data), np.uint8).reshape(height, 1 + width * (4 if colour == 6 else 3))
    if set(np.unique(lines[:, 0])) - {0, _UP} or (lines[1:, 0] != _UP).any():
        raise SystemExit("this Chromium packs its pictures otherwise; see `unpacked`")
    rows = np.cumsum(lines[:, 1:], axis=0, dtype=np.uint8).reshape(height, width, -1)
    red, green, blue = (rows[:, :, n].astype(np.uint32) for n in range(3))
    return width, height, (red << 16 | green << 8 | blue).ravel()


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def main(names: list[str]) -> None:
    """Take all pictures, or those of some pages."""
    OUT.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder:
        record = Path(folder) / "samples.sqlite"
        pages = make_record(record)
        add_account(Settings(record).accounts_file, "huda", "editor", PASSWORD)
        wanted = {name: address for name, address in pages.items() if not names or name in names}
        with serving(record) as base, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
            )
            for language in ("ar", "en"):
                for theme in ("light", "dark"):
                    take(browser, base, wanted, language, theme)
            browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
