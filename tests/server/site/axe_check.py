"""What axe finds wrong on a page."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


def check(page: Page, only: str | None = None) -> None:
    """Whether axe finds nothing wrong, of all its rules or by one of them."""
    found = Axe().run(page, options={"runOnly": [only]} if only else None)
    assert found.violations_count == 0, found.generate_report()
