"""Train the tagger of persons' names: `python training/names.py --gold ../shared/gold` writes `src/rasid/actors/names.weights`.

Learns from 308 articles of news whose persons are labelled here (`coded/persons.jsonl`; their texts stand in the gold folder),
from Wojood's sample (labelled), and from our own sentences filled with names of the tables. Which word it is counts only at
times, so that the model learns to tell a name that it has never met by letters and neighbours. `--folds 5` writes nothing and
prints what models reach that were trained on four fifths of the articles, on the other fifth.
"""

import argparse
import json
import random
import zlib
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from called import Names, called, class_of, peoples
from material import gold_folder

from rasid.actors.lexicon import FOLDER
from rasid.actors.listed import PLAIN, listed_within
from rasid.actors.resolve import timed
from rasid.actors.tagger import (
    BEGINS,
    BUCKETS,
    GOES_ON,
    NEAR,
    OUT,
    WEIGHTS,
    Look,
    best_labels,
    bucket,
    is_name,
    look,
    near_features,
    own_features,
    pair_features,
    step_features,
)
from rasid.arabic.sentences import split_sentences
from rasid.arabic.words import Form, Word, read_words
from rasid.events.outline import predicate_kind
from rasid.lexicon import read_table, variants
from rasid.model import UNKNOWN_DATE
from rasid.times import find_times

OWN = Path(__file__).parent / "own" / "names.txt"
LABELS = Path(__file__).parent / "coded" / "persons.jsonl"
TEXTS = "raw_articles.jsonl"
NAMELESS = 1  # of so many sentences of the first of them one is looked at
_NAMES = frozenset(("given", "family", "known", "begins", "given+", "family+", "known+"))
_TITLES = frozenset(("السيد", "السيده", "الدكتور", "والسيد", "للسيد", "السفير"))
ROUNDS, MARGIN, FILLED, SEED = 6, 1.5, 25, 1
FORGETS_NAME, FORGETS_OTHER, FORGETS_KIND = (
    0.45,
    0.15,
    0.5,
)  # how often it is not said which word it is, and what the tables hold it for
FORGETS_PLAIN = 0.3  # how often it is not said that a word is plain
TABLES, LISTED = (
    0.35,
    0.5,
)  # up to which share the names that are filled in are of the tables, and of the list; the rest are of one people
RENAMED = 0.15  # how often a sentence has other names than its own
SKIPS = 0.5  # how many of the sentences without a name are passed over in each round
NOWHERE = BUCKETS  # the bucket of features that are not there
UNKNOWN = ("unknown",)


class Sentence(NamedTuple):
    """The words of a sentence, the label of each, and the places of time expressions."""

    words: Sequence[Word]
    labels: Sequence[int]
    timed: frozenset[int] = frozenset()


class Example(NamedTuple):
    """The buckets of the features of each word, and of each step to it from each label (words x 3 x features)."""

    words: Any
    steps: Any
    mask: list[bool]  # the words that the tagger would look at


def main() -> None:
    """Gather sentences, fit the model, write its weights; or cross-validate."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=gold_folder, default="../shared/gold")
    parser.add_argument("--folds", type=int, default=0, help="write nothing, cross-validate by articles")
    options = parser.parse_args()
    articles = list(labelled(options.gold / TEXTS))
    others = [*tagged(options.gold / "ner" / "wojood_train.conll")] * 2
    others += own_sentences(random.Random(SEED)) + nameless_sentences(options.gold)
    if options.folds:
        print(cross_validated(articles, others, options.folds))
        return
    sentences = [*(sentence for article in articles for sentence in article), *others]
    print(f"{len(sentences)} sentences, {sum(one.labels.count(BEGINS) for one in sentences)} names")
    WEIGHTS.write_bytes(zlib.compress(packed(fit(sentences, random.Random(SEED))), 9))
    print(f"{WEIGHTS.name}: {WEIGHTS.stat().st_size / 1e6:.2f} MB")


def nameless_sentences(gold: Path) -> list[Sentence]:
    """Sentences of reports in which no word is a name to the tables: they show how other words look."""
    found = []
    for row in map(json.loads, (gold / "un_dev.jsonl").read_text("utf-8").splitlines()[::NAMELESS]):
        words = read_words(row["text"])
        if all(_NAMES.isdisjoint(look(word.form, predicate_kind).kinds) and word.form.fold not in _TITLES for word in words):
            found.append(Sentence(words, [OUT] * len(words)))
    return found


def labelled(texts: Path) -> Iterable[list[Sentence]]:
    """The sentences of each article whose persons are labelled, in which each is `[start, end]` in characters of its text."""
    text_of = {row["id"]: row["text"] for row in map(json.loads, texts.read_text("utf-8").splitlines())}
    for row in map(json.loads, LABELS.read_text("utf-8").splitlines()):
        text, article = text_of[row["id"]], []
        for span in split_sentences(text):
            words = read_words(span.text, span.start)
            labels = [OUT] * len(words)
            for start, end in row["persons"]:
                inside = [n for n, word in enumerate(words) if word.start < end and start < word.end]
                if inside:
                    labels[inside[0] : inside[-1] + 1] = [BEGINS] + [GOES_ON] * (inside[-1] - inside[0])
            article.append(Sentence(words, labels, frozenset(timed(words, find_times(text, words, UNKNOWN_DATE)))))
        yield article


def tagged(path: Path) -> Iterable[Sentence]:
    """The sentences of a token-tag file, nested tags counting like any other."""
    tokens: list[tuple[str, int]] = []
    for line in [*path.read_text("utf-8").splitlines(), ""]:
        token, *tags = line.split("\t")
        if token and token != "$#$":
            label = BEGINS if "B-PERS" in tags else GOES_ON if "I-PERS" in tags else OUT
            tokens.append((token, label))
        elif tokens and not token:
            words, labels = [], []
            for token, label in tokens:
                for n, word in enumerate(read_words(token)):
                    words.append(word)
                    labels.append(label if n == 0 or label != BEGINS else GOES_ON)
            if words:
                yield Sentence(words, labels)
            tokens = []


def renamed(sentence: Sentence, names: Names, chance: random.Random) -> Sentence:
    """`sentence` with other names in the places of its own, word for word: contexts tell names, not who was in the news."""
    words, labels = list(sentence.words), sentence.labels
    for start, end in sorted(names_of(labels)):
        new = read_words(_some_name(words[start].form, end - start, names, chance))
        if len(new) == end - start:
            words[start:end] = new
    return sentence._replace(words=words)


def _some_name(first: Form, length: int, names: Names, chance: random.Random) -> str:
    """A name of `length` words of one people, with the و, ب or ل that the first word of the old one began with."""
    joined = next((r for r in first.readings if (r.conjunction or r.preposition) and is_name(r)), None) or listed_within(first)
    given, family = chance.choice(names)
    parts = [chance.choice(given) for _ in range(length - 1)] + [chance.choice(family)]
    return (f"{joined.conjunction}{joined.preposition}" if joined else "") + " ".join(parts)


def own_sentences(chance: random.Random) -> list[Sentence]:
    """Our own sentences with names of the tables in the places of names."""
    given = [name for name in _column("given_names.csv") if name not in ("عبد", "أبو", "ابن")]
    family = _column("family_names.csv")
    listed = _listed()
    found = []
    for line in OWN.read_text("utf-8").splitlines():
        for _ in range(0 if line.startswith("#") else FILLED if "[" in line else 3):
            words: list[Word] = []
            labels: list[int] = []
            for part in line.replace("[", "|[").replace("]", "]|").split("|"):
                name = part
                if part == "[full]":
                    name = _full(*_people(given, family, listed, chance), chance)
                elif part == "[given]":
                    name = chance.choice(_people(given, family, listed, chance)[0])
                elif part == "[short]":
                    name = chance.choice(_people(given, family, listed, chance)[1])
                if words and part.startswith("[") and words[-1].form.text == "و":
                    words.pop(), labels.pop()
                    name = "و" + name
                read = read_words(name)
                words += read
                labels += [(GOES_ON if n else BEGINS) if part.startswith("[") else OUT for n in range(len(read))]
            found.append(Sentence(words, labels))
    return found


def _people(
    given: Sequence[str], family: Sequence[str], listed: tuple[list[str], list[str]], chance: random.Random
) -> tuple[Sequence[str], Sequence[str]]:
    """Given and family names to fill a sentence with: of the tables, of the list, or of one people."""
    draw = chance.random()
    return (given, family) if draw < TABLES else listed if draw < LISTED else chance.choice(peoples())


def _full(given: Sequence[str], family: Sequence[str], chance: random.Random) -> str:
    return f"{chance.choice(given)} {_middle(given, chance)}{chance.choice(family)}"


def _listed() -> tuple[list[str], list[str]]:
    """Words that are mostly given names, and mostly family names, of several persons."""
    given = [word for word, both in called().items() if sum(both) > 2 and class_of(*both)[0] != "s"]
    family = [word for word, both in called().items() if sum(both) > 1 and class_of(*both)[0] != "g"]
    return given, family


def _middle(given: Sequence[str], chance: random.Random) -> str:
    return chance.choice(("", "", "", "", "بن ", "أبو ", "عبد ال", f"{chance.choice(given)} "))


def _column(name: str) -> list[str]:
    return [one for _, cells in read_table(FOLDER / name, ("names",)) for one in variants(cells["names"])]


def cross_validated(articles: Sequence[list[Sentence]], others: Sequence[Sentence], folds: int) -> str:
    """Precision, recall and F1 of exact names in articles not trained on; copies of one report stay together."""
    group = _groups(articles)
    right = said = wanted = 0
    for part in range(folds):
        train = [one for n, article in enumerate(articles) if group[n] % folds != part for one in article]
        weights = fit([*train, *others], random.Random(SEED))
        for sentence in (one for n, article in enumerate(articles) if group[n] % folds == part for one in article):
            found, true = names_of(read(sentence, weights)), names_of(sentence.labels)
            right, said, wanted = right + len(found & true), said + len(found), wanted + len(true)
    share = f"P {right / max(said, 1):.3f}  R {right / max(wanted, 1):.3f}  F1 {2 * right / max(said + wanted, 1):.3f}"
    return f"{wanted} persons in {len(articles)} articles, {folds} folds: {share}"


def _groups(articles: Sequence[list[Sentence]]) -> list[int]:
    """A number for each article, the same for those that share a long sentence."""
    groups = list(range(len(articles)))
    first: dict[str, int] = {}
    for n, article in enumerate(articles):
        for sentence in article:
            text = " ".join(word.form.text for word in sentence.words)
            old, new = groups[n], groups[first.setdefault(text, n)]
            if old != new and len(text) > 40:
                groups = [new if group == old else group for group in groups]
    return groups


def names_of(labels: Sequence[int]) -> set[tuple[int, int]]:
    """The first and last (exclusive) word of each name."""
    starts = [n for n, label in enumerate(labels) if label == BEGINS]
    return {(n, next((m for m in range(n + 1, len(labels)) if labels[m] != GOES_ON), len(labels))) for n in starts}


def read(sentence: Sentence, weights: Any) -> list[int]:
    """The labels of a sentence as the model reads it."""
    if not sentence.words:
        return []
    example = make_example(sentence.words, sentence.labels, None)
    scores = weights[example.words].sum(axis=1)
    for at, kept in enumerate(example.mask):
        if not kept or at in sentence.timed:
            scores[at, OUT] += 1000
    return best_labels(scores.tolist(), _steps(weights, example), within=False)


def fit(sentences: Sequence[Sentence], chance: random.Random) -> Any:
    """The averaged weights of a structured perceptron, a row of three for each bucket."""
    names = [(_column("given_names.csv"), _column("family_names.csv")), _listed(), *peoples()]
    weights = np.zeros((BUCKETS + 1, 3))
    moved = np.zeros((BUCKETS + 1, 3))
    count = 1
    order = [n for n, sentence in enumerate(sentences) if sentence.words]
    for turn in range(ROUNDS):
        chance.shuffle(order)
        wrong = 0
        for sentence in (sentences[n] for n in order):
            if BEGINS not in sentence.labels and chance.random() < SKIPS:
                continue
            words, labels, _ = renamed(sentence, names, chance) if chance.random() < RENAMED else sentence
            example = make_example(words, labels, chance)
            if not any(example.mask):
                continue
            scores = weights[example.words].sum(axis=1)
            for at, label in enumerate(labels):
                if example.mask[at]:
                    scores[at] += MARGIN
                    scores[at, label] -= MARGIN
                else:
                    scores[at, OUT] += 1000
            found = best_labels(scores.tolist(), _steps(weights, example), within=False)
            right = [label if kept else OUT for label, kept in zip(labels, example.mask, strict=True)]
            if found != right:
                wrong += 1
                for at, (said, true) in enumerate(zip(found, right, strict=True)):
                    if said != true:
                        _learn(weights, moved, count, example.words[at], true, said)
                    if at and (right[at - 1], true) != (found[at - 1], said):
                        _learn(weights, moved, count, example.steps[at, right[at - 1]], true, None)
                        _learn(weights, moved, count, example.steps[at, found[at - 1]], None, said)
            count += 1
        print(f"  round {turn + 1}: {wrong} sentences wrong", flush=True)
    return weights - moved / count


def _learn(weights: Any, moved: Any, count: int, buckets: Any, right: int | None, wrong: int | None) -> None:
    for label, step in ((right, 1.0), (wrong, -1.0)):
        if label is not None:
            np.add.at(weights, (buckets, label), step)
            np.add.at(moved, (buckets, label), step * count)
    weights[NOWHERE] = moved[NOWHERE] = 0


def _steps(weights: Any, example: Example) -> Any:
    steps = weights[example.steps].sum(axis=2)
    steps[:, OUT, GOES_ON] = -1e9
    return steps.tolist()


def make_example(words: Sequence[Word], labels: Sequence[int], chance: random.Random | None) -> Example:
    """The features of a sentence; with `chance`, some words do not say which they are, nor what the tables hold them for."""
    looks = [look(word.form, predicate_kind) for word in words]
    mask = [seen.may > 0 and any(other.may == 2 for other in looks[max(at - 3, 0) : at + 2]) for at, seen in enumerate(looks)]
    lost = [chance is not None and chance.random() < (FORGETS_NAME if label else FORGETS_OTHER) for label in labels]
    shown = [
        seen._replace(kinds=UNKNOWN)
        if gone and label and chance and chance.random() < FORGETS_KIND and "link" not in seen.kinds
        else _not_plain(seen)
        if not label and chance and chance.random() < FORGETS_PLAIN
        else seen
        for seen, gone, label in zip(looks, lost, labels, strict=True)
    ]
    rows: list[list[int]] = []
    for at, word in enumerate(words):
        row = list(_own(word.form, shown[at], lost[at])) if mask[at] else []
        for place in NEAR if mask[at] else ():
            near = at + place
            if 0 <= near < len(words):
                row += _near(words[near].form, shown[near], place, lost[near], shown[at].kinds[:2])
            else:
                row += _near(None, None, place, False, shown[at].kinds[:2])
        rows.append(row)
    width = max(map(len, rows), default=1)
    steps = [[_step(before, *one) for before in (OUT, BEGINS, GOES_ON)] for one in zip(words, shown, lost, strict=True)]
    return Example(np.array([row + [NOWHERE] * (width - len(row)) for row in rows], int), np.array(steps), mask)


@cache
def _not_plain(seen: Look) -> Look:
    """A word as if no text had ever shown that it is plain."""
    return seen._replace(kinds=tuple(kind for kind in seen.kinds if kind[:2] not in PLAIN) or UNKNOWN)


@cache
def _own(form: Form, seen: Look, lost: bool) -> tuple[int, ...]:
    return tuple(bucket(feature) for feature in own_features(form, seen) if not (lost and feature.startswith("w=")))


@cache
def _near(form: Form | None, seen: Look | None, place: int, lost: bool, own: tuple[str, ...]) -> tuple[int, ...]:
    """What a neighbour says, by itself and, from the nearest places, together with what the word is."""
    features = near_features(form, seen, place)
    if abs(place) == 1:
        features += pair_features(own, form, seen, place)
    return tuple(bucket(feature) for feature in features if not (lost and "w=" in feature))


@cache
def _step(before: int, word: Word, seen: Look, lost: bool) -> tuple[int, ...]:
    features = step_features(before, word.form, seen)
    return tuple(NOWHERE if lost and "w=" in feature else bucket(feature) for feature in features)


def packed(weights: Any) -> bytes:
    """The weights in hundredths, as numbers of two bytes, the lower one first."""
    return bytes(np.clip(np.rint(weights[:BUCKETS] * 100), -32767, 32767).astype("<i2").tobytes())


if __name__ == "__main__":
    main()
