"""Scores names: `python benchmarks/names_score.py PAIRS`.

PAIRS is a JSONL file of `{a, b, same}`, or a YAML file with the lists `same` and `different`. Prints precision, recall and
F1 of "one person", and with `--wrong` the pairs that came out wrong with their scores.
"""

import argparse
import json
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import yaml

from rasid.arabic.names import same_person


class Pair(NamedTuple):
    a: str
    b: str
    same: bool


def read_pairs(path: Path) -> list[Pair]:
    """The pairs of a JSONL or YAML file."""
    text = path.read_text("utf-8")
    if path.suffix == ".jsonl":
        rows = [json.loads(line) for line in text.splitlines() if line.strip()]
        return [Pair(row["a"], row["b"], row["same"]) for row in rows]
    cases = yaml.safe_load(text)
    return [Pair(a, b, same) for key, same in (("same", True), ("different", False)) for a, b in cases[key]]


def score(pairs: Iterable[Pair]) -> tuple[dict[str, float], list[tuple[Pair, float]]]:
    """Precision, recall and F1, and the pairs that came out wrong with the score that each was given."""
    right = said = wanted = 0
    wrong = []
    for pair in pairs:
        same, likeness = same_person(pair.a, pair.b)
        right += same and pair.same
        said += same
        wanted += pair.same
        if same != pair.same:
            wrong.append((pair, likeness))
    p, r = right / said if said else 0.0, right / wanted if wanted else 0.0
    return {"p": p, "r": r, "f1": 2 * p * r / (p + r) if p + r else 0.0}, wrong


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--wrong", action="store_true", help="print the pairs that came out wrong")
    options = parser.parse_args()
    pairs = read_pairs(options.pairs)
    figures, wrong = score(pairs)
    print(f"{len(pairs)} pairs: P {figures['p']:.3f}  R {figures['r']:.3f}  F1 {figures['f1']:.3f}")
    if options.wrong:
        for pair, likeness in wrong:
            print(f"  {likeness:.3f}  {'same' if pair.same else 'different'}: {pair.a} | {pair.b}")


if __name__ == "__main__":
    main()
