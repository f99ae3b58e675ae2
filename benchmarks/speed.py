"""Speed on one core, beside trafilatura in the same run: `python benchmarks/speed.py [--pages FOLDER] [--write]`.

Texts are made of our own articles (sample pages and those written for training); HTML is our sample pages and, where it is
there, a folder of real ones. Rasid reads a page, cleans it and codes it; trafilatura only extracts its text. Times are of the
processor, the best of three rounds in which both take turns; cold starts are the middle of nine.
"""

import argparse
import itertools
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from figures import Row, machine, show, write
from trafilatura import bare_extraction

from rasid.arabic.sentences import split_sentences
from rasid.coder import code, warm_up
from rasid.errors import InputError
from rasid.events.relevance import is_political
from rasid.model import Article, Page
from rasid.pages import read_article, read_pages

ROOT = Path(__file__).parent.parent
SENTENCES = 12  # of an article
ARTICLES = 600
SHORTEST = 8  # words of a sentence, below which it is a headline
ROUNDS = 3
STARTS = 9


def own_sentences() -> list[str]:
    """The sentences of our own articles, of the sample pages and of those written for training, each once.

    They report as many events as news does, some seven in twelve sentences; test cases, which are all events, would not.
    """
    pages = [page for page in read_pages([str(ROOT / "samples" / "pages")]) if isinstance(page, Page)]
    texts = [article.text for article in map(read, pages) if article]
    with (ROOT / "training" / "own" / "articles.jsonl").open(encoding="utf-8") as rows:
        texts += [json.loads(row)["text"] for row in rows]
    sentences = dict.fromkeys(sentence.text for text in texts for sentence in split_sentences(text))
    return [sentence for sentence in sentences if len(sentence.split()) >= SHORTEST]


def make_articles(sentences: Sequence[str]) -> list[Page]:
    """Articles of twelve sentences, with different neighbours each time round."""
    step = next(step for step in range(7, len(sentences)) if len(sentences) % step)
    order = itertools.cycle(range(0, step * len(sentences), step))
    texts = ("\n".join(sentences[next(order) % len(sentences)] for _ in range(SENTENCES)) for _ in range(ARTICLES))
    return [Page(text, f"text:{number}", is_text=True) for number, text in enumerate(texts)]


def read(page: Page) -> Article | None:
    try:
        return read_article(page)
    except InputError:
        return None


def code_page(page: Page) -> None:
    article = read(page)
    if article:
        code(article)


def extract_alone(page: Page) -> Any:
    return bare_extraction(page.content, include_comments=False)


def per_second(steps: Sequence[Callable[[Page], Any]], pages: Sequence[Page]) -> list[float]:
    """Pages in a second of processor time, for each of `steps`, which take turns."""
    best = [float("inf")] * len(steps)
    for step in steps:
        step(pages[0])  # lexicons and patterns are read once
    for _ in range(ROUNDS):
        for n, step in enumerate(steps):
            begun = time.process_time()
            for page in pages:
                step(page)
            best[n] = min(best[n], time.process_time() - begun)
    return [len(pages) / seconds for seconds in best]


def cold_start(*command: str) -> float:
    """Seconds that a command takes from nothing, the middle of several."""
    seconds = []
    for _ in range(STARTS):
        begun = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        seconds.append(time.perf_counter() - begun)
    return statistics.median(seconds)


def html_rows(name: str, folder: Path) -> list[Row]:
    pages = [Page(path.read_bytes(), str(path)) for path in sorted(folder.glob("*.html"))]
    pages = [page for page in pages if read(page)]  # those that hold an article, so that both have all to do
    if not pages:
        return []
    size = sum(len(page.content) for page in pages) / len(pages) / 1000
    ours, cleaned, theirs = per_second((code_page, read, extract_alone), pages)
    what = f"{name}, {len(pages)} pages of {size:,.0f} kB: a second"
    return [
        (f"{what}, rasid, page to events", f"{ours:,.0f}", f"{ours / theirs:.2f} of trafilatura"),
        (f"{what}, rasid, page to text", f"{cleaned:,.0f}", ""),
        (f"{what}, trafilatura alone, page to text", f"{theirs:,.0f}", ""),
    ]


def text_rows() -> list[Row]:
    articles = make_articles(own_sentences())
    words = sum(len(str(page.content).split()) for page in articles) / len(articles) / SENTENCES
    (speed,) = per_second((code_page,), articles)
    return [(f"plain text, articles of {SENTENCES} sentences of {words:.0f} words: a second", f"{speed:,.0f}", "150 at least")]


def gate_rows() -> list[Row]:
    """The gate beside the full path, on articles that it refuses: made of sentences that report no event."""
    quiet = [sentence for sentence in own_sentences() if not code(Article("", sentence)).events]
    refused = [page for page in make_articles(quiet) if not is_political(str(page.content))]
    coded, judged = per_second((code_page, lambda page: is_political(str(page.content))), refused)
    what = f"{len(refused)} articles without events that the gate refuses: a second"
    return [
        (f"{what}, by the gate", f"{judged:,.0f}", f"{judged / coded:.1f} of coding; 5 at least"),
        (f"{what}, coded", f"{coded:,.0f}", ""),
    ]


def start_rows() -> list[Row]:
    rasid, sample = str(Path(sys.executable).parent / "rasid"), str(ROOT / "samples" / "pages" / "10-syria-attack.txt")
    python = (sys.executable, "-c")
    empty = cold_start(*python, "pass")
    imported = cold_start(*python, "import rasid") - empty
    return [
        ("cold start: rasid --help, seconds", f"{cold_start(rasid, '--help'):.2f}", "under 0.3"),
        ("cold start: import rasid, seconds more than Python's own", f"{max(imported, 0):.3f}", "under 0.15"),
        ("cold start: rasid code of one article, seconds", f"{cold_start(rasid, 'code', sample):.2f}", "under 1.5"),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure speed on one core.")
    parser.add_argument("--pages", type=Path, default=ROOT.parent / "shared" / "pages", help="a folder of real HTML pages")
    parser.add_argument("--write", action="store_true", help="put the table into docs/performance.md")
    options = parser.parse_args()
    warm_up()
    rows = [*text_rows(), *gate_rows(), (), *html_rows("sample HTML", ROOT / "samples" / "pages"), ()]
    rows += [*html_rows("real HTML", options.pages), (), *start_rows()]
    header = ("what", "measured", "to reach, or beside")
    notes = [f"On {machine()}.", "One core; processor time, the best of three rounds in turns; cold starts by the clock."]
    show("Speed", header, rows, notes)
    if options.write:
        write(ROOT / "docs" / "performance.md", header, rows, notes)


if __name__ == "__main__":
    main()
