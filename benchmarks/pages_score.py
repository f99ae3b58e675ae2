"""Token F1 of cleaned pages against gold text: trafilatura alone and rasid on HTML, all lines and rasid on crawl text.

    python benchmarks/pages_score.py ../shared/pages

The folder holds `index.jsonl` with a row a page: `html`, `crawl` and `gold` name files, `title` and `date` are known.
A page whose gold is empty is no article: giving nothing counts 1, giving anything 0.
"""

import argparse
import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

from rich.console import Console
from rich.table import Table
from trafilatura import bare_extraction

from rasid.errors import InputError
from rasid.model import Article, Page
from rasid.pages import read_article
from rasid.pages.lines import letters_of

_TOKEN = re.compile(r"\w+")


def token_f1(text: str, gold: str) -> float:
    """F1 over the tokens of both, each counted as often as it occurs; 1 where both are empty."""
    ours, theirs = Counter(_TOKEN.findall(text)), Counter(_TOKEN.findall(gold))
    if not ours and not theirs:
        return 1.0
    return 2 * (ours & theirs).total() / (ours.total() + theirs.total())


def lost_lines(text: str, gold: str) -> int:
    """How many lines of the gold (of five words or more) are not in `text`."""
    whole = letters_of(text)
    return sum(len(line.split()) >= 5 and letters_of(line) not in whole for line in gold.splitlines())


def read(content: bytes | str, name: str) -> Article | None:
    try:
        return read_article(Page(content, name))
    except InputError:
        return None


def alone(content: bytes) -> str:
    document: Any = bare_extraction(content, include_comments=False)
    return (document.text or "") if document is not None else ""


T = TypeVar("T")


def timed(clean: Callable[..., T], contents: Iterable[Any]) -> tuple[list[T], float]:
    """What `clean` makes of each, and how many it cleans in a second of processor time."""
    contents = list(contents)
    clean(contents[0])  # lexicons and patterns are read once
    start = time.process_time()
    results = [clean(content) for content in contents]
    return results, len(contents) / (time.process_time() - start)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("folder", type=Path, help="folder with index.jsonl")
    folder: Path = arguments.parse_args().folder
    rows = [json.loads(line) for line in (folder / "index.jsonl").read_text(encoding="utf-8").splitlines()]
    pages = [(folder / row["html"]).read_bytes() for row in rows]
    crawls = [(folder / row["crawl"]).read_text(encoding="utf-8") for row in rows]
    golds = [(folder / row["gold"]).read_text(encoding="utf-8").strip() for row in rows]

    theirs, their_speed = timed(alone, pages)
    ours, our_speed = timed(lambda content: read(content, "page"), pages)
    plain, plain_speed = timed(lambda content: read(content, "page"), crawls)

    table = Table(
        "page", "trafilatura", "rasid", "all lines", "rasid", "title", "date", title="Token F1 against gold: HTML, crawl text"
    )
    sums = [0.0] * 4
    for row, gold, theirs_text, article, crawl, crawled in zip(rows, golds, theirs, ours, crawls, plain, strict=True):
        texts = (theirs_text, article.text if article else "", crawl, crawled.text if crawled else "")
        scores = [token_f1(text, gold) for text in texts]
        sums = [total + score for total, score in zip(sums, scores, strict=True)]
        table.add_row(row["html"], *(f"{score:.3f}" for score in scores), *known(row, article))
    table.add_section()
    table.add_row("mean", *(f"{total / len(rows):.3f}" for total in sums), "", "")
    table.add_row("pages a second", f"{their_speed:.0f}", f"{our_speed:.0f}", "", f"{plain_speed:.0f}", "", "")
    lost = [
        sum(lost_lines(article.text if article else "", gold) for article, gold in zip(articles, golds, strict=True))
        for articles in (ours, plain)
    ]
    table.add_row("lines of the gold lost", "", str(lost[0]), "", str(lost[1]), "", "")
    Console(width=130).print(table)


def known(row: dict[str, Any], article: Article | None) -> tuple[str, str]:
    """Whether title and date are those that are known."""
    if article is None:
        return "", ""
    title = "" if not row["title"] else "yes" if letters_of(row["title"]) == letters_of(article.title or "") else "no"
    day = article.date.start.isoformat() if article.date.start else None
    return title, "" if not row["date"] else f"yes, {article.date.evidence}" if row["date"] == day else f"no: {day}"


if __name__ == "__main__":
    main()
