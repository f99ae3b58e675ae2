"""Our events beside arabic_event_gsr's own labels: `python benchmarks/gsr.py [--gold FOLDER] [--misses N]`.

`gsr_dev`: is a sentence that several people labelled yes for ASSAULT or PROTEST coded so, and how often one of their "easy no"?
The labels follow a narrower rule than our codebook: our own gold reaches F1 0.5 on them. `gsr_spans_dev`: of the same events,
is one coded of that type whose trigger shares a word with any coder's verb, and are its source and target of the country that
most coders gave?
"""

import argparse
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from accuracy import Json, code_row, read_rows
from figures import Row, show

from rasid.arabic.letters import fold

ROOT = Path(__file__).parent.parent
TYPES = ("ASSAULT", "PROTEST")
HEADER = ("figure", "now", "of", "to reach")
NOTES = [
    "gsr_dev's labels follow a narrower rule than our codebook: our own gold scores F1 0.5 on them.",
    "Countries are asked for where most coders gave one; a source or target that nobody gave is not asked for.",
]


class Spans(NamedTuple):
    """What became of one row of `gsr_spans_dev`: None where nothing was asked."""

    row: Json
    found: bool
    source: bool | None
    target: bool | None


def label_rows(rows: list[Json]) -> list[Row]:
    coded: Counter[tuple[str, str]] = Counter()
    number: Counter[tuple[str, str]] = Counter()
    for row in rows:
        number[row["type"], row["label"]] += 1
        coded[row["type"], row["label"]] += any(event["type"] == row["type"] for event in code_row(row)["events"])
    said = {"yes": "at least 0.90", "difficult no": "", "easy no": "as few as can be"}
    return [
        (f'{kind}: "{label}" coded so', _share(coded[kind, label], number[kind, label]), f"{number[kind, label]:,}", aim)
        for kind in TYPES
        for label, aim in said.items()
    ]


def read_spans(row: Json) -> Spans:
    """Of the events coded of the right type, the one whose trigger shares most with the coders' verbs."""
    verbs = {_bare(word) for coder in row["coders"] for word in coder["verb"]}
    same = [event for event in code_row(row)["events"] if event["type"] == row["type"]]
    best = max(same, key=lambda event: len(verbs & _words(event["trigger"]["text"])), default=None)
    if best is None or (verbs and not verbs & _reach(best)):
        return Spans(row, False, _asked(row, "source"), _asked(row, "target"))
    sides = [
        None if (country := _country(row, side)) is None else country in {entity["country"] for entity in best[ours]}
        for side, ours in (("source", "actor"), ("target", "recipient"))
    ]
    return Spans(row, True, *sides)


def _reach(event: Json) -> set[str]:
    """The words of an event's trigger, and of every other mention of the same act."""
    return _words(event["trigger"]["text"]).union(*(_words(report["trigger"]["text"]) for report in event["also"]))


def _asked(row: Json, side: str) -> bool | None:
    return None if _country(row, side) is None else False


def _country(row: Json, side: str) -> str | None:
    """The country that most coders gave, or None."""
    roles = [coder[f"{side}_role"] for coder in row["coders"]]
    given = Counter(role.get("main") if isinstance(role, dict) else None for role in roles)
    most, times = given.most_common(1)[0]
    return most if most not in (None, "None") and 2 * times > len(row["coders"]) else None


def _words(text: str) -> set[str]:
    return {_bare(word) for word in text.split()}


def _bare(word: str) -> str:
    return fold(word).lstrip("و").removeprefix("ال")


def span_rows(found: list[Spans]) -> list[Row]:
    rows = [("event found", [one.found for one in found], "0.88")]
    rows += [("source country right", [one.source for one in found if one.source is not None], "0.75")]
    rows += [("target country right", [one.target for one in found if one.target is not None], "0.70")]
    return [(f"spans: {label}", _share(sum(right), len(right)), f"{len(right):,}", aim) for label, right, aim in rows]


def _share(part: float, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else ""


def gsr_rows(gold: Path) -> list[Row]:
    return label_rows(read_rows(gold / "gsr_dev.jsonl")) + span_rows(
        list(map(read_spans, read_rows(gold / "gsr_spans_dev.jsonl")))
    )


def missed(rows: Iterable[Json]) -> Iterable[tuple[str, str]]:
    """The sentences labelled yes of which no event of the type is coded."""
    for row in rows:
        if row["label"] == "yes" and all(event["type"] != row["type"] for event in code_row(row)["events"]):
            yield row["type"], row["text"]


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure on the labels of arabic_event_gsr.")
    parser.add_argument("--gold", type=Path, default=ROOT.parent / "shared" / "gold", help="the folder of coded material")
    parser.add_argument("--misses", type=int, default=0, metavar="N", help="show N sentences of each kind that are missed")
    options = parser.parse_args()
    show("arabic_event_gsr", HEADER, gsr_rows(options.gold), NOTES)
    seen: Counter[Any] = Counter()
    for kind, text in missed(read_rows(options.gold / "gsr_dev.jsonl")) if options.misses else ():
        if seen[kind] < options.misses:
            print(f"{kind}: {text}\n")
        seen[kind] += 1


if __name__ == "__main__":
    main()
