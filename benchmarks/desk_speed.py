"""How long the review desk takes for a decision, beside a person's own: `python benchmarks/desk_speed.py --record FILE`.

Three hundred steps by keys in a browser, nine of ten of them decisions, on a copy of the record: accept, reject, skip and edit,
without the mouse (`benchmarks/record_speed.py --record FILE` makes a large one). Said are the milliseconds from a key to the
next event standing there, and how long the server took for each answer. It needs Chromium at /usr/bin/chromium.
"""

import argparse
import shutil
import statistics
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, sync_playwright

from rasid.server.accounts import add_account
from rasid.server.settings import Settings

sys.path.insert(0, str(Path(__file__).parents[1] / "docs"))
from take_screenshots import serving

PASSWORD = "a password of ten letters"
KEYS = ("a", "a", "r", "a", "edit", "a", "r", "n", "a", "a")


def main() -> None:
    """Decide, and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--record", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=300)
    options = parser.parse_args()
    with TemporaryDirectory(dir=options.record.parent) as folder:
        path = Path(shutil.copy(options.record, folder))
        add_account(Settings(path).accounts_file, "huda", "editor", PASSWORD)
        with serving(path) as base, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
            page = browser.new_page()
            server: list[float] = []
            page.on("requestfinished", lambda request: server.append(request.timing["responseEnd"]))
            page.goto(f"{base}/en/login")
            page.fill("#name", "huda")
            page.fill("#password", PASSWORD)
            page.keyboard.press("Enter")
            page.wait_for_url(f"{base}/en/")
            page.goto(f"{base}/en/review")
            server.clear()
            started = time.perf_counter()
            waits = [_decide(page, KEYS[n % len(KEYS)]) for n in range(options.steps)]
            whole = time.perf_counter() - started
            browser.close()
    for name, values in (("from key to next event", waits), ("answers of the server", server)):
        tenths = statistics.quantiles(values, n=20)
        spread = f"median {tenths[9]:6.0f} ms   95 % within {tenths[18]:6.0f} ms   most {max(values):6.0f} ms"
        print(f"{name:<24} {len(values):5}   {spread}")
    print(f"{options.steps} steps in {whole:.0f} s: {whole / options.steps:.2f} s each")


def _decide(page: Page, key: str) -> float:
    before = page.locator(".item").get_attribute("data-event")
    if key == "edit":
        page.keyboard.press("s")
        page.keyboard.press("ArrowDown")
        started = time.perf_counter()
        page.keyboard.press("Control+Enter")
    else:
        started = time.perf_counter()
        page.keyboard.press(key)
    page.wait_for_function("before => document.querySelector('.item')?.dataset.event !== before", arg=before, polling=5)
    return 1000 * (time.perf_counter() - started)


if __name__ == "__main__":
    main()
