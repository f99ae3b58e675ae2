"""How many of the labelled pairs are found as copies: `python benchmarks/duplicates_score.py ../shared/gold/duplicates`.

The folder holds `articles.jsonl` (id, source, text) and `pairs.jsonl` (a, b, label, formulaic, jaccard5). With
`--speed NUMBER`, also how long so many made-up articles take, of which a tenth are copies, and how much memory.
"""

import argparse
import json
import random
import resource
import time
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

from figures import Row, show

from rasid.stories.copies import Copy, copies_among

FOUND = 0.5  # pairs with so many common shingles must be found
Json = dict[str, Any]


class Score(NamedTuple):
    """`found` of `alike` pairs; by label, how many pairs are taken for copies, of how many; which kinds they are given."""

    found: int
    alike: int
    by_label: dict[str, tuple[int, int]]
    formulaic: tuple[int, int]
    kinds: dict[str, Counter[str]]
    missed: list[Json]


def read_rows(path: Path) -> list[Json]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def score(articles: list[Json], pairs: list[Json]) -> Score:
    texts = [(row["text"], row.get("source")) for row in articles]
    found = {
        frozenset((articles[copy.a]["id"], articles[copy.b]["id"])): copy for copy in copies_among(texts, texts.__getitem__)
    }
    kinds: dict[str, Counter[str]] = {}
    for pair in pairs:
        copy: Copy | None = found.get(frozenset((pair["a"], pair["b"])))
        kinds.setdefault(pair["label"], Counter())[copy.kind if copy else "none"] += 1
    alike = [pair for pair in pairs if pair["jaccard5"] >= FOUND]
    missed = [pair for pair in alike if frozenset((pair["a"], pair["b"])) not in found]
    formulaic = [pair for pair in pairs if pair["formulaic"] and pair["label"] == "shared_passages"]
    taken = sum(frozenset((pair["a"], pair["b"])) in found for pair in formulaic)
    by_label = {label: (sum(n for kind, n in of.items() if kind != "none"), of.total()) for label, of in kinds.items()}
    return Score(len(alike) - len(missed), len(alike), by_label, (taken, len(formulaic)), kinds, missed)


def made_up(number: int) -> list[str]:
    """Articles of some 250 words out of 30,000 as common as words are; each tenth is another one with a few words changed."""
    chance = random.Random(9)
    words = ["".join(chance.choices("ابتثجحدرسشعفقكلمنهوي", k=chance.randint(3, 7))) for _ in range(30_000)]
    weights = [1 / (rank + 10) for rank in range(len(words))]
    texts: list[str] = []
    for n in range(number):
        if n % 10 == 9:
            copied = texts[chance.randrange(n)].split()
            for _ in range(chance.randint(0, 10)):
                copied[chance.randrange(len(copied))] = chance.choice(words)
            texts.append(" ".join(copied))
        else:
            texts.append(" ".join(chance.choices(words, weights, k=chance.randint(60, 440))))
    return texts


def speed(number: int) -> list[Row]:
    texts = made_up(number)
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
    pairs = sum(1 for _ in copies_among(((text, None) for text in texts), lambda n: (texts[n], None)))
    seconds = time.perf_counter() - start
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    return [
        (f"{number:,} made-up articles, one core", f"{seconds:.1f} s ({number / seconds:,.0f} a second)"),
        ("- memory beside the texts", f"{grown:.0f} MB"),
        ("- pairs", f"{pairs:,}"),
    ]


def rows_of(folder: Path) -> list[Row]:
    """The figures of the labelled pairs."""
    scored = score(read_rows(folder / "articles.jsonl"), read_rows(folder / "pairs.jsonl"))
    rows: list[Row] = [("pairs with at least half of their shingles in common", f"{scored.found} of {scored.alike} found")]
    rows.append(("formulaic pairs with shared passages", f"{scored.formulaic[0]} of {scored.formulaic[1]} taken for copies"))
    for label, (taken, number) in sorted(scored.by_label.items()):
        kinds = ", ".join(f"{kind} {n}" for kind, n in scored.kinds[label].most_common())
        rows.append((label.removesuffix("_unverified").replace("_", " "), f"{taken} of {number} ({kinds})"))
    return rows


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("folder", type=Path, help="folder with articles.jsonl and pairs.jsonl")
    arguments.add_argument("--speed", type=int, metavar="NUMBER", help="so many made-up articles")
    given = arguments.parse_args()
    rows = rows_of(given.folder)
    if given.speed:
        rows += speed(given.speed)
    show("copies", ("figure", "value"), rows, [])


if __name__ == "__main__":
    main()
