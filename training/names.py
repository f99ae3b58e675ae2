"""Train the tagger of persons' names: `python training/names.py --gold ../shared/gold` writes `src/rasid/actors/names.weights`.

Learns from Wojood's sample (labelled), from news that nobody has labelled, where the tables of names leave no doubt, and from
our own sentences filled with names. One with a word in doubt is left out at first; the model of the first round reads it.
Which word it is counts only at times, so that the model learns to tell a name that it has never met by letters and neighbours.
"""

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from rasid.actors.lexicon import FOLDER, look_up
from rasid.actors.resolve import timed
from rasid.actors.tagger import (
    BEGINS,
    BUCKETS,
    GOES_ON,
    NEAR,
    OUT,
    WEIGHTS,
    best_labels,
    bucket,
    look,
    near_features,
    own_features,
    pair_feature,
)  # fmt: skip
from rasid.arabic.sentences import split_sentences
from rasid.arabic.words import Form, Word, read_words
from rasid.events.outline import predicate_kind
from rasid.lexicon import read_table, variants
from rasid.model import UNKNOWN_DATE
from rasid.times import find_times

OWN = Path(__file__).parent / "own" / "names.txt"
UNLABELLED = ("raw_articles", "articles_dev", "events_dev", "gsr_dev", "un_dev")
ROUNDS, MARGIN, FILLED, SEED = 4, 1.5, 48, 1
FORGETS_NAME, FORGETS_OTHER = 0.6, 0.15  # how often a word is read without knowing which it is
SKIPS = 0.5  # how many of the sentences without a name are passed over in each round
_INTRODUCES = frozenset(("office", "people", "nisba", "verb", "body", "organisation"))
_ORDINARY = ("unknown", "unknownو", "verb", "noun", "nisba", "people", "place")
CAUTION = 25.0  # by how much surer the model must be of a name that no table knows
NOWHERE = BUCKETS  # the bucket of features that are not there


class Example(NamedTuple):
    """The buckets of the features of each word of a sentence, and the labels."""

    buckets: Any
    labels: list[int]
    mask: list[bool]  # the words that the tagger would look at


def main() -> None:
    """Gather sentences, fit the model twice, write its weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, default=Path("../shared/gold"))
    options = parser.parse_args()
    chance = random.Random(SEED)
    news = list(unlabelled(options.gold))
    labels = Labeller(Counter(word.form for words, _ in news for word in words))
    certain: list[tuple[list[Word], list[int], set[int]]] = []
    doubtful: list[tuple[list[Word], list[int], set[int]]] = []
    for words, dated in news:
        found, doubts = labels.of(words, dated)
        (doubtful if doubts else certain).append((words, found, doubts))
    sure = [(words, found) for words, found, _ in certain]
    sure += [*tagged(options.gold / "ner" / "wojood_train.conll")] * 3
    sure += own_sentences(chance)
    print(
        f"{len(sure)} sentences, {sum(label == BEGINS for _, found in sure for label in found)} names; {len(doubtful)} in doubt"
    )
    weights = fit(sure, chance)
    read = [(words, resolve(words, found, doubts, weights)) for words, found, doubts in doubtful]
    print(f"{sum(label == BEGINS for _, found in read for label in found)} names in those that were in doubt")
    weights = fit([*sure, *read], chance)
    WEIGHTS.write_bytes(packed(weights))
    print(f"{WEIGHTS.name}: {WEIGHTS.stat().st_size / 1e6:.2f} MB")


def unlabelled(gold: Path) -> Iterable[tuple[list[Word], set[int]]]:
    """The sentences of the gold folder's texts, each once, with the places of time expressions."""
    seen: set[str] = set()
    for name in UNLABELLED:
        for line in (gold / f"{name}.jsonl").open(encoding="utf-8"):
            text = json.loads(line)["text"]
            for span in split_sentences(text):
                if span.text not in seen:
                    seen.add(span.text)
                    words = read_words(span.text, span.start)
                    yield words, timed(words, find_times(text, words, UNKNOWN_DATE))


def tagged(path: Path) -> Iterable[tuple[list[Word], list[int]]]:
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
                yield words, labels
            tokens = []


def own_sentences(chance: random.Random) -> list[tuple[list[Word], list[int]]]:
    """Our own sentences with names of the tables in the places of names."""
    given = [name for name in _column("given_names.csv") if name not in ("عبد", "أبو", "ابن")]
    family = _column("family_names.csv")
    found = []
    for line in OWN.read_text("utf-8").splitlines():
        for _ in range(0 if line.startswith("#") else FILLED if "[" in line else 3):
            words: list[Word] = []
            labels: list[int] = []
            for part in line.replace("[", "|[").replace("]", "]|").split("|"):
                name = part
                if part == "[full]":
                    name = f"{chance.choice(given)} {_middle(given, chance)}{chance.choice(family)}"
                elif part == "[short]":
                    name = chance.choice(family)
                if words and part.startswith("[") and words[-1].form.text == "و":
                    words.pop(), labels.pop()
                    name = "و" + name
                read = read_words(name)
                words += read
                labels += [(GOES_ON if n else BEGINS) if part.startswith("[") else OUT for n in range(len(read))]
            found.append((words, labels))
    return found


def _middle(given: Sequence[str], chance: random.Random) -> str:
    return chance.choice(("", "", "", "", "بن ", "أبو ", "عبد ال", f"{chance.choice(given)} "))


def _column(name: str) -> list[str]:
    return [one for _, cells in read_table(FOLDER / name, ("names",)) for one in variants(cells["names"])]


class Labeller:
    """What the tables make sure of in a sentence, given how often each form stands in the news."""

    def __init__(self, counts: Counter[Form]) -> None:
        self.counts = counts
        self.nouns = {r.stem for form in counts for r in form.readings if r.article} | {
            r.stem for form in counts for r in form.readings if r.pronoun and len(r.stem) > 2 and len(r.pronoun) > 1
        }

    def ordinary(self, form: Form) -> bool:
        """Is an unknown word hardly a name: it takes ال or a pronoun somewhere, it is frequent, it ends as nouns do?"""
        if form.fold.startswith("ال") or (form.text.endswith(("ات", "ية", "اً", "ًا", "ون", "ين", "ا")) and len(form.text) > 5):
            return not form.text.endswith(("ين", "ا")) or self.counts[form] > 3 or form.fold.startswith("ال")
        return self.counts[form] > 30 or any(r.stem in self.nouns for r in form.readings if not r.pronoun)

    def of(self, words: Sequence[Word], timed: set[int]) -> tuple[list[int], set[int]]:
        """The labels of a sentence, and the places of the words that may be names or not."""
        labels = [OUT] * len(words)
        doubts: set[int] = set()
        at = 0
        while at < len(words):
            end = self._name(words, at, timed)
            hit = look_up(list(words), at)
            if hit and hit.known.kind != "given" and hit.known.length > 1 and hit.known.kind != "office":
                at += hit.known.length
                continue
            if end > at:
                named = [look(words[n].form, predicate_kind) for n in range(at, end)]
                if any({"family", "given", "family+", "given+"} & set(seen.kinds) for seen in named):
                    labels[at:end] = [BEGINS] + [GOES_ON] * (end - at - 1)
                else:
                    doubts.update(range(at, end))
                if at and self._unsure(words, at - 1, timed) and "given" not in named[0].kinds:
                    doubts.add(at - 1)
                if end < len(words) and self._unsure(words, end, timed):
                    doubts.add(end)
                at = end
                continue
            if self._unsure(words, at, timed):
                doubts.add(at)
            at += 1
        return labels, doubts

    def _name(self, words: Sequence[Word], at: int, timed: set[int]) -> int:
        """Where the name that begins at `at` ends; `at` where none does for sure."""
        end, linked = at, False
        while end < len(words) and end - at < 6 and end not in timed:
            form = words[end].form
            seen = look(form, predicate_kind)
            joined = form.fold[0] in "وب" and len(form.fold) > 4 and end > at and not {"given", "family"} & set(seen.kinds)
            named = ({"given", "family"} | ({"given+", "family+"} if end == at else set())) & set(seen.kinds) or (
                "known" in seen.kinds and (end > at or len(seen.kinds) == 1)
            )
            if not seen.may or (form.text == "علي" and end == at):
                break
            if "link" in seen.kinds and end > at:
                linked = True
            elif not (named or linked or (end > at and self._completes(words, end))) or joined:
                break
            else:
                linked = False
            end += 1
        return end - 1 if linked and end > at + 1 else end

    def _completes(self, words: Sequence[Word], at: int) -> bool:
        """Is the unknown word at `at` the family name of the given name before it?"""
        form = words[at].form
        seen, before = look(form, predicate_kind), look(words[at - 1].form, predicate_kind)
        plural = form.text.endswith(("اً", "ًا", "ون", "ين", "ية", "ات")) and not form.fold.startswith("ال")
        return (
            bool({"given", "given+"} & set(before.kinds))
            and seen.may == 2
            and not plural
            and form.fold[:1] not in "وبلك"
            and self.counts[form] < 200
        )

    def _unsure(self, words: Sequence[Word], at: int, timed: set[int]) -> bool:
        seen = look(words[at].form, predicate_kind)
        if seen.may < 2 or at in timed or self.ordinary(words[at].form):
            return False
        before = look(words[at - 1].form, predicate_kind) if at else None
        near = [*words[max(at - 1, 0) : at], *words[at + 1 : at + 2]]
        return bool({"given", "family", "known"} & set(seen.kinds)) or bool(
            (before and _INTRODUCES & set(before.kinds)) or any(self._rare(word.form) for word in near)
        )

    def _rare(self, form: Form) -> bool:
        seen = look(form, predicate_kind)
        return seen.may == 2 and not self.ordinary(form)


def resolve(words: Sequence[Word], labels: Sequence[int], doubts: set[int], weights: Any) -> list[int]:
    """The labels of a sentence, those in doubt as the model reads them."""
    example = make_example(words, labels, None)
    scores = weights[example.buckets].sum(axis=1)
    for at, label in enumerate(labels):
        if at not in doubts or not example.mask[at]:
            scores[at, label] += 1000
    return best_labels(scores.tolist(), _steps(weights))


def fit(sentences: Sequence[tuple[Sequence[Word], Sequence[int]]], chance: random.Random) -> Any:
    """The averaged weights of a structured perceptron, a row of three for each bucket."""
    weights = np.zeros((BUCKETS + 1, 3))
    moved = np.zeros((BUCKETS + 1, 3))
    count = 1
    order = list(range(len(sentences)))
    for turn in range(ROUNDS):
        chance.shuffle(order)
        examples = (make_example(*sentences[n], chance) for n in order)
        wrong = 0
        for example in examples:
            if not any(example.mask) or (BEGINS not in example.labels and chance.random() < SKIPS):
                continue
            buckets = example.buckets
            scores = weights[buckets].sum(axis=1)
            for at, label in enumerate(example.labels):
                if example.mask[at]:
                    scores[at] += MARGIN
                    scores[at, label] -= MARGIN
                else:
                    scores[at, OUT] += 1000
            steps = _steps(weights)
            found = best_labels(scores.tolist(), steps)
            right = [label if kept else OUT for label, kept in zip(example.labels, example.mask, strict=True)]
            if found != right:
                wrong += 1
                for at, (said, true) in enumerate(zip(found, right, strict=True)):
                    if said != true:
                        _learn(weights, moved, count, buckets[at], true, said)
                for step, other in zip(pairwise(right), pairwise(found), strict=True):
                    if step != other:
                        _learn(weights, moved, count, np.array([bucket(f"{step[0]}>")]), step[1], None)
                        _learn(weights, moved, count, np.array([bucket(f"{other[0]}>")]), None, other[1])
            count += 1
        print(f"  round {turn + 1}: {wrong} sentences wrong")
    return weights - moved / count


def _learn(weights: Any, moved: Any, count: int, buckets: Any, right: int | None, wrong: int | None) -> None:
    for label, step in ((right, 1.0), (wrong, -1.0)):
        if label is not None:
            np.add.at(weights, (buckets, label), step)
            np.add.at(moved, (buckets, label), step * count)
    weights[NOWHERE] = moved[NOWHERE] = 0


def _steps(weights: Any) -> list[tuple[float, float, float]]:
    rows = [weights[bucket(f"{before}>")].tolist() for before in (OUT, BEGINS, GOES_ON)]
    rows[OUT][GOES_ON] = float("-inf")
    return [tuple(row) for row in rows]


def make_example(words: Sequence[Word], labels: Sequence[int], chance: random.Random | None) -> Example:
    """The features of a sentence; with `chance`, some words do not say which they are, nor what the tables hold them for."""
    looks = [look(word.form, predicate_kind) for word in words]
    mask = [seen.may > 0 and any(other.may == 2 for other in looks[max(at - 3, 0) : at + 2]) for at, seen in enumerate(looks)]
    forgotten = [chance is not None and chance.random() < (FORGETS_NAME if label else FORGETS_OTHER) for label in labels]
    shown = [
        seen._replace(kinds=("unknown",))
        if lost and label and chance and chance.random() < 0.7 and "link" not in seen.kinds
        else seen
        for seen, lost, label in zip(looks, forgotten, labels, strict=True)
    ]
    rows = []
    for at, word in enumerate(words):
        features = own_features(word.form, shown[at]) if mask[at] else []
        if forgotten[at]:
            features = [feature for feature in features if not feature.startswith("w=")]
        for place in NEAR if mask[at] else ():
            near = at + place
            there = 0 <= near < len(words)
            more = near_features(words[near].form if there else None, shown[near] if there else None, place)
            if there and forgotten[near]:
                more = [feature for feature in more if not feature.startswith(f"{place}w=")]
            features += more
            if abs(place) == 1:
                features.append(pair_feature(shown[at].kinds, shown[near].kinds if there else ("edge",), place))
        rows.append([bucket(feature) for feature in features])
    width = max(map(len, rows), default=1)
    buckets = np.array([row + [NOWHERE] * (width - len(row)) for row in rows])
    return Example(buckets, list(labels), mask)


def packed(weights: Any) -> bytes:
    """The weights in hundredths, as numbers of two bytes, the lower one first."""
    kept = weights[:BUCKETS].copy()
    for kind in _ORDINARY:
        kept[bucket("k:" + kind), OUT] += CAUTION
        kept[bucket("k:" + kind), GOES_ON] += CAUTION / 3
    return bytes(np.clip(np.rint(kept * 100), -32767, 32767).astype("<i2").tobytes())


if __name__ == "__main__":
    main()
