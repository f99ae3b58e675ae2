"""What the models learn from: rows of coded sentences and articles, in the form of the gold (see `../shared/gold/README.md`).

Three kinds: the developed gold files; sentences and articles written and coded for rasid (`own/`); news of the gold's uncoded
articles, coded for rasid (`coded/events.jsonl`: places of words and codes, while the texts stay with the gold).
"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
OWN = HERE / "own"
CODED = HERE / "coded" / "events.jsonl"
FILES = ("events_dev.jsonl", "articles_dev.jsonl")
RAW = "raw_articles.jsonl"
_FIRST_WORDS = 4  # of a sentence, by which the gold names it

Row = dict[str, Any]


def gold_folder(typed: str) -> Path:
    """The folder of the gold, for the option `--gold` of what trains.

    Raises:
        ArgumentTypeError: it is not there.
    """
    folder = Path(typed)
    if not (folder / FILES[0]).exists():
        raise argparse.ArgumentTypeError(
            f"{folder}: no gold is here ({FILES[0]} is missing); weights are fitted on it, as own sentences and corrections "
            "alone are too few: give the folder that holds it"
        )
    return folder


def gold_rows(gold: Path) -> Iterator[Row]:
    """The developed gold, then the news that was coded for rasid."""
    for name in FILES:
        yield from read_rows(gold / name)
    yield from coded_rows(gold)


def own_rows() -> Iterator[Row]:
    """What was written for rasid."""
    for path in sorted(OWN.glob("*.jsonl")):
        yield from read_rows(path)


def read_rows(path: Path) -> Iterator[Row]:
    """The rows of a JSONL file."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def coded_rows(gold: Path) -> Iterator[Row]:
    """The news coded for rasid, its places filled with the words that stand there."""
    texts = {row["id"]: row for row in read_rows(gold / RAW)}
    for row in read_rows(CODED):
        article = texts[row["id"]]
        yield article | {"events": [_with_words(event, article["text"]) for event in row["events"]]}


def _with_words(event: Row, text: str) -> Row:
    sides = {
        side: [{"text": text[start:end], "code": code} for start, end, code in event[side]] for side in ("actor", "recipient")
    }
    said = event["attributed_to"]
    return {
        **event,
        **sides,
        "trigger": text[slice(*event["trigger"])],
        "sentence": " ".join(text[event["sentence"] :].split(maxsplit=_FIRST_WORDS)[:_FIRST_WORDS]),
        "attributed_to": text[slice(*said)] if said else None,
    }
