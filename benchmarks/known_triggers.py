"""How much of what the gold codes the lexicon knows: `python benchmarks/known_triggers.py [--gold FOLDER] [--missing]`.

A trigger is known where one of its words can be a predicate of the lexicon: of any type, and of the gold's own type (a meeting
to come is AGREE by an entry of CONSULT, a refusal REJECT by an entry of what is refused). Of the blind files nothing but the
share is ever shown; `--missing` lists the triggers of the developed files that no entry of their type knows.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from figures import Row, show

from rasid.arabic.words import read_words
from rasid.events.predicates import uses
from rasid.events.status import planned_type

ROOT = Path(__file__).parent.parent
FILES = ("events", "articles")
Json = dict[str, Any]


def known_types(trigger: str) -> frozenset[str]:
    """The types that the words of a trigger can report, with those that a plan or a refusal makes of them."""
    found: set[str] = set()
    for word in read_words(trigger):
        for predicate in (predicate for use in uses(word.form) for predicate in use.predicates if predicate.type):
            assert predicate.type
            found |= {predicate.type, planned_type(predicate.type, None, "future")[0]}
            if predicate.negated:
                found.add(predicate.negated[0])
    return frozenset(found)


def triggers(path: Path) -> Iterator[tuple[str, str]]:
    """The type and the trigger of every event of a gold file."""
    for line in path.read_text(encoding="utf-8").splitlines():
        for event in json.loads(line)["events"]:
            yield event["type"], event["trigger"]


def coverage(path: Path) -> tuple[float, float]:
    """The share of a file's triggers that the lexicon knows: by an entry of any type, and of the gold's type."""
    found = [(kind in types, bool(types)) for kind, types in ((kind, known_types(words)) for kind, words in triggers(path))]
    return sum(known for _, known in found) / len(found), sum(right for right, _ in found) / len(found)


def coverage_rows(gold: Path) -> list[Row]:
    """A row a file and question, developed beside blind; none where the gold is not there."""
    rows: list[Row] = []
    for name in FILES:
        paths = [gold / f"{name}_{kind}.jsonl" for kind in ("dev", "blind")]
        shares = [coverage(path) if path.is_file() else None for path in paths]
        if any(shares):
            for n, what in enumerate(("known", "known with the gold's type")):
                rows.append((f"lexicon: triggers of {name} {what}", *(f"{share[n]:.3f}" if share else "" for share in shares)))
    return rows


def missing(gold: Path) -> Counter[tuple[str, str]]:
    """The triggers of the developed files that no entry of their type knows."""
    return Counter(
        (kind, words)
        for name in FILES
        for kind, words in triggers(gold / f"{name}_dev.jsonl")
        if kind not in known_types(words)
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure how much of the gold's triggers the lexicon knows.")
    parser.add_argument("--gold", type=Path, default=ROOT.parent / "shared" / "gold", help="the folder of coded material")
    parser.add_argument("--missing", action="store_true", help="list what is missing in the developed files")
    options = parser.parse_args()
    show("Coverage of the lexicon", ("figure", "developed", "blind"), coverage_rows(options.gold), [])
    if options.missing:
        for (kind, words), times in sorted(missing(options.gold).items()):
            print(f"{kind:10} {times:3} {words}  ({' '.join(sorted(known_types(words))) or 'unknown'})")


if __name__ == "__main__":
    main()
