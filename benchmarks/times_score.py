"""Scores times: `python benchmarks/times_score.py GOLD CODED`; `--run` codes the gold's own sentences first.

GOLD has rows `{id, date, text, times: [{text, start, end}]}`, CODED rows `{id, times: [{text, start, end}]}`. A time
counts when text, first and last day agree. With `--listed` the gold lists only some of the times (weekdays): a listed one
counts when a coded time holds its words and gives its days.
"""

import argparse
import datetime as dt
import json
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from rasid.arabic.words import read_words
from rasid.model import PageDate
from rasid.times import find_times

Row = Mapping[str, Any]


def score_times(gold_rows: Iterable[Row], coded_rows: Iterable[Row]) -> dict[str, float]:
    """Precision, recall and F1 of times that agree in text, start and end."""
    coded = {row["id"]: Counter(map(_key, row["times"])) for row in coded_rows}
    right = said = wanted = 0
    for row in gold_rows:
        gold, found = Counter(map(_key, row["times"])), coded.get(row["id"], Counter())
        right += (gold & found).total()
        said += found.total()
        wanted += gold.total()
    p, r = right / said if said else 0.0, right / wanted if wanted else 0.0
    return {"p": p, "r": r, "f1": 2 * p * r / (p + r) if p + r else 0.0}


def score_listed(gold_rows: Iterable[Row], coded_rows: Iterable[Row]) -> float:
    """The share of listed times that a coded time holds, with the same days; those that the text itself lacks do not count."""
    coded = {row["id"]: row["times"] for row in coded_rows}
    checks = [
        any(_holds(found, listed) for found in coded.get(row["id"], ()))
        for row in gold_rows
        for listed in row["times"]
        if listed["text"] in row["text"]
    ]
    return sum(checks) / len(checks) if checks else 0.0


def code_times(row: Row) -> dict[str, Any]:
    """The coded row of a gold row's text and date."""
    day = dt.date.fromisoformat(row["date"])
    found = find_times(row["text"], read_words(row["text"]), PageDate(day, day, "given"))
    times = [{"text": one.span.text, "start": _iso(one.start), "end": _iso(one.end)} for one in found if one.span]
    return {"id": row["id"], "times": times}


def _key(one: Row) -> tuple[str, str | None, str | None]:
    return one["text"], one["start"], one["end"]


def _holds(found: Row, listed: Row) -> bool:
    return listed["text"] in found["text"] and found["start"] == listed["start"] and found["end"] == listed["end"]


def _same(found: Row, wanted: Row) -> bool:
    return _key(found) == _key(wanted)


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _read(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def main() -> None:
    parser = argparse.ArgumentParser(description="Score times against gold.")
    parser.add_argument("gold", type=Path)
    parser.add_argument("coded", type=Path, nargs="?")
    parser.add_argument("--run", action="store_true", help="code the gold's sentences in this process")
    parser.add_argument("--listed", action="store_true", help="the gold lists only some of the times")
    parser.add_argument("--misses", action="store_true", help="show what disagrees")
    options = parser.parse_args()
    gold = _read(options.gold)
    if options.coded is None and not options.run:
        parser.error("give CODED, or --run")
    begun = time.perf_counter()
    coded: list[Row] = [code_times(row) for row in gold] if options.run else _read(options.coded)
    took = time.perf_counter() - begun
    if options.misses:
        _show_misses(gold, coded, listed=options.listed)
    if options.listed:
        there = sum(listed["text"] in row["text"] for row in gold for listed in row["times"])
        print(f"listed times right: {score_listed(gold, coded):.3f} of {there} that the texts have")
    else:
        print("  ".join(f"{name} {value:.3f}" for name, value in score_times(gold, coded).items()))
    if options.run:
        print(f"{len(gold) / took:,.0f} sentences a second")


def _show_misses(gold: list[Row], coded: list[Row], *, listed: bool) -> None:
    found = {row["id"]: row["times"] for row in coded}
    for row in gold:
        times = found.get(row["id"], [])
        agrees = _holds if listed else _same
        missed = [one for one in row["times"] if not any(agrees(other, one) for other in times)]
        extra = [] if listed and not missed else [one for one in times if one not in row["times"]]
        if missed or extra:
            print(row["date"], row["id"], row["text"][:400], sep="  ")
            for sign, ones in (("-", missed), ("+", extra)):
                for one in ones:
                    print("   ", sign, one["text"], one["start"], one["end"], sep="  ")


if __name__ == "__main__":
    main()
