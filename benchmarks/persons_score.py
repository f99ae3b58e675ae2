"""Scores the persons found: `python benchmarks/persons_score.py FILE.conll`.

FILE holds a token and its tags a line (`B-PERS`, `I-PERS`, `O`), a blank line between sentences. The tokens of a sentence are
joined by spaces, and a person is right where exactly its tokens are found; an office beside a name is no part of it. With
`--wrong N` the first N sentences that came out wrong are printed.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from rasid.coder import find_mentions
from rasid.model import Article

Spans = frozenset[tuple[int, int]]


class Tagged(NamedTuple):
    """The tokens of a sentence, and the first and last (exclusive) token of each person."""

    tokens: tuple[str, ...]
    persons: Spans


def read_tagged(path: Path) -> Iterator[Tagged]:
    """The sentences of a token-tag file; where tags are nested, any of a token's tags counts."""
    tokens: list[str] = []
    tags: list[str] = []
    for line in [*path.read_text("utf-8").splitlines(), ""]:
        token, *labels = line.split("\t")
        if token:
            tokens.append(token)
            tags.append(next((label for label in labels if label.startswith(("B-PERS", "I-PERS"))), "O"))
        elif tokens:
            yield Tagged(tuple(tokens), _spans(tags))
            tokens, tags = [], []


def _spans(tags: list[str]) -> Spans:
    starts = [n for n, tag in enumerate(tags) if tag[0] == "B" or (tag[0] == "I" and (n == 0 or tags[n - 1] == "O"))]
    ends = [next((n for n in range(start + 1, len(tags)) if tags[n][0] != "I"), len(tags)) for start in starts]
    return frozenset(zip(starts, ends, strict=True))


def find_persons(tokens: tuple[str, ...]) -> Spans:
    """The tokens of the persons that `rasid mentions` finds in a sentence."""
    places, at = [], 0
    for token in tokens:
        places.append((at, at + len(token)))
        at += len(token) + 1
    persons = [mention.span for mention in find_mentions(Article("", " ".join(tokens))) if mention.kind == "person"]
    inside = [[n for n, (start, end) in enumerate(places) if start < span.end and span.start < end] for span in persons]
    return frozenset((found[0], found[-1] + 1) for found in inside if found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("file", type=Path)
    parser.add_argument("--wrong", type=int, default=0, help="print this many sentences that came out wrong")
    options = parser.parse_args()
    right = said = wanted = shown = 0
    for sentence in read_tagged(options.file):
        found = find_persons(sentence.tokens)
        right += len(found & sentence.persons)
        said += len(found)
        wanted += len(sentence.persons)
        if found != sentence.persons and shown < options.wrong:
            shown += 1
            for name, spans in (("missed", sentence.persons - found), ("too much", found - sentence.persons)):
                print(f"  {name}: {'; '.join(' '.join(sentence.tokens[start:end]) for start, end in sorted(spans))}")
            print(f"    {' '.join(sentence.tokens)}")
    p, r = right / max(said, 1), right / max(wanted, 1)
    print(f"{wanted} persons: P {p:.3f}  R {r:.3f}  F1 {2 * right / max(said + wanted, 1):.3f}")


if __name__ == "__main__":
    main()
