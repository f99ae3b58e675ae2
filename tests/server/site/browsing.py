"""A browser, and the pages that it is shown: for test modules that name this one in `pytest_plugins`."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pages_served import Site, make_pages, serving_pages
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
_INSTALL = (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"])


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, installed first where the tests run as root and it is missing; else these tests are skipped."""
    if not CHROMIUM.exists() and os.geteuid() == 0 and shutil.which("apt-get"):
        for command in _INSTALL:
            subprocess.run(command, capture_output=True, check=False, timeout=900)
    if not CHROMIUM.exists():
        reason = f"no Chromium at {CHROMIUM}: the pages are not tested in a browser (apt-get install chromium)"
        if os.environ.get("RASID_NEVER_SKIP"):
            pytest.fail(reason)
        sys.stderr.write(f"\n{reason}\n")
        pytest.skip(reason)
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        yield found
        found.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    path = tmp_path_factory.mktemp("site") / "record.sqlite"
    make_pages(path)
    with serving_pages(path) as served:
        yield served


@pytest.fixture
def own_site(tmp_path: Path) -> Iterator[Site]:
    """A record for a test that changes it."""
    make_pages(tmp_path / "record.sqlite")
    with serving_pages(tmp_path / "record.sqlite") as served:
        yield served


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    found = browser.new_context(viewport={"width": 1200, "height": 900}, reduced_motion="reduce")
    found.set_default_timeout(15_000)
    yield found
    found.close()


@pytest.fixture
def loud_page(context: BrowserContext) -> Page:
    """A page on which the browser may complain of an answer that is an error."""
    return context.new_page()


@pytest.fixture
def page(loud_page: Page) -> Iterator[Page]:
    """A page whose console stays quiet: whatever it says as an error fails the test."""
    wrong: list[str] = []
    loud_page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    loud_page.on("pageerror", lambda error: wrong.append(str(error)))
    yield loud_page
    assert wrong == []
