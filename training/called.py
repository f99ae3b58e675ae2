"""Make the list of words: `python training/called.py --gold ../shared/gold` writes `src/rasid/actors/names.called`.

Names are those that arabic-name-romanizer counted in Wikidata (CC0) and our own (`own/peoples.csv`). Plain words are those of
texts none of which is among the labelled ones, but for what the tagger, as it stands, mostly takes for names there, and our
own (`own/plain_words.txt`).
"""

import argparse
import json
import sqlite3
import zlib
from array import array
from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib import resources
from pathlib import Path

from material import gold_folder

from rasid.actors.listed import CALLED, CLASSES, hash_of
from rasid.actors.tagger import find_names
from rasid.arabic.letters import fold
from rasid.arabic.sentences import split_sentences
from rasid.arabic.words import read_words
from rasid.events.outline import predicate_kind
from rasid.lexicon import read_table, variants

OWN = Path(__file__).parent / "own"
PEOPLES = OWN / "peoples.csv"
PLAIN_WORDS = OWN / "plain_words.txt"
OTHERS = ("un_dev.jsonl", "gsr_dev.jsonl", "articles_dev.jsonl", "events_dev.jsonl")
OFTEN_PLAIN = (4, 12, 40)  # times that a word stands there, where its class goes up
NAMED = 4  # as often it must stand outside names as in them
WRITTEN = 3  # for how many persons a name of our own table counts
OFTEN = (2, 5, 20)  # persons of a name, where its class goes up

Names = Sequence[tuple[Sequence[str], Sequence[str]]]  # given and family names, of one people each


def main() -> None:
    """Count, and write the list."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=gold_folder, default="../shared/gold")
    write_called(called(), plain_words(parser.parse_args().gold))
    print(f"{CALLED.name}: {CALLED.stat().st_size / 1e6:.2f} MB")


def write_called(counts: dict[str, tuple[int, int]], plain: dict[str, int]) -> None:
    """Write the list: whether persons have a word for given or for family name and how often, and how plain a word it is."""
    names = {word: 1 + CLASSES.index(class_of(*both)) for word, both in counts.items()}
    often = {word: 1 + sum(count >= least for least in OFTEN_PLAIN) for word, count in plain.items()}
    classes = {
        hash_of(word): names.get(word, 0) + (1 + len(CLASSES)) * often.get(word, 0) for word in names.keys() | often.keys()
    }
    body = array("I", sorted(classes)).tobytes() + bytes(classes[word] for word in sorted(classes))
    CALLED.write_bytes(zlib.compress(body, 9))


def plain_words(gold: Path) -> dict[str, int]:
    """How often words stand in texts none of which is labelled, but those that mostly are in names there; and our own."""
    plain: Counter[str] = Counter()
    named: Counter[str] = Counter()
    for name in OTHERS:
        for row in map(json.loads, (gold / name).read_text("utf-8").splitlines()):
            for span in split_sentences(row["text"]):
                words = read_words(span.text)
                inside = {n for first, end in find_names(words, predicate_kind, frozenset()).items() for n in range(first, end)}
                for n, word in enumerate(words):
                    if word.form.kind == "word":
                        (named if n in inside else plain)[word.form.fold] += 1
    found = {word: count for word, count in plain.items() if len(word) > 2 and count >= max(2, NAMED * named[word])}
    for line in PLAIN_WORDS.read_text("utf-8").splitlines():
        for own in map(fold, () if line.startswith("#") else line.split()):
            found[own] = max(found.get(own, 0), OFTEN_PLAIN[1])
    return found


def class_of(given: int, family: int) -> str:
    """The class of a word that so many persons have for given and for family name."""
    kind = "g" if given >= 3 * family else "s" if family >= 3 * given else "b"
    return f"{kind}{1 + sum(given + family >= least for least in OFTEN)}"


@cache
def called() -> dict[str, tuple[int, int]]:
    """How many persons have a word for given and for family name, as arabic-name-romanizer counted in Wikidata (CC0)."""
    with sqlite3.connect(
        f"file:{resources.files('arabic_name_romanizer') / 'resources' / 'names.sqlite3'}?mode=ro", uri=True
    ) as data:
        rows = data.execute(
            "select arabic_key, role, sum(count) from units where instr(arabic_key, ' ') = 0 group by 1, 2"
        ).fetchall()
    found: dict[str, Counter[str]] = {}
    for word, role, count in rows:
        found.setdefault(fold(word), Counter())[role] += count
    for given, family in peoples():
        for role, names in (("given", given), ("surname", family)):
            for word in {fold(name.split()[-1]) for name in names}:
                found.setdefault(word, Counter())[role] += WRITTEN
    return {word: (n["given"], n["surname"] + n["unknown"]) for word, n in found.items() if len(word) > 1}


@cache
def peoples() -> Names:
    """Given and family names by people, from our own table."""
    rows = read_table(PEOPLES, ("people", "given", "family"))
    return [(variants(cells["given"]), variants(cells["family"])) for _, cells in rows]


if __name__ == "__main__":
    main()
