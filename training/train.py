"""Train the decision: `python training/train.py --gold ../shared/gold` writes `src/rasid/events/weights.json`.

Learns from the developed files only; the blind ones are for `make accuracy`. Thresholds are chosen on held-out folds that keep
the sentences of one document together.
"""

import argparse
import json
from collections.abc import Sequence
from typing import Any

import again
import numpy as np
import same
from again import flat
from calibration import STRAIGHT, calibrate, calibration_report, folds_of
from candidates import Example, Examples, article_of, collect, collect_cases, document_of, joined, nothing
from choices import SMALLEST, fit_choices
from material import gold_folder, gold_rows, own_rows
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from rasid.actors import whose
from rasid.events.decide import WEIGHTS, Curve, Weights, calibrated
from rasid.linear import Linear

FOLDS = 5
STRENGTH = 0.15  # the inverse of the penalty on large weights of the model of events
PENALTY = 10.0  # on large weights of the model of roles
OWNER_PENALTY = 3.0  # likewise, of whose a role is
PAIR_FOLDS = 3
KEEP = (0.33, 0.165)  # an event, one more mention of it: chosen on held-out folds, before calibration


def main() -> None:
    """Read the gold, fit three models, write their weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=gold_folder, default="../shared/gold")
    options = parser.parse_args()
    gold = list(gold_rows(options.gold))
    found = [nothing() for _ in gold]
    for row, examples in zip(gold, found, strict=True):
        collect(row, examples)
    own = nothing()
    for row in own_rows():
        collect(row, own, news=False)
    collect_cases(own)
    examples = joined([*found, own])
    first = held_out(flat(examples.event), STRENGTH)
    scores = again.held_out(examples.event, first)
    settled = np.array([example.label is not None for example in flat(examples.event)])
    truth = np.array([bool(example.label) for example in flat(examples.event)])
    print(f"event: {settled.sum()} examples, {truth.sum()} of them true")
    for name, likely in (("first look", first), ("second look", scores)):
        print(f"{name}: " + "; ".join(_at(likely[settled], truth[settled], limit) for limit in (0.3, 0.36, 0.42, 0.5)))
    # Our own sentences and the lexicon's cases teach, but how often such candidates are events only the news can say.
    settled[len(flat(joined(found).event)) :] = False
    documents = [example.document for example, news in zip(flat(examples.event), settled, strict=True) if news]
    curve = calibrate(scores[settled], truth[settled])
    print(calibration_report(scores[settled], truth[settled], documents))
    weights = train(examples, curve, pairs_of(gold, own, found))
    stored = weights._asdict() | {"role": {feature: (weight.real, weight.imag) for feature, weight in weights.role.items()}}
    WEIGHTS.write_text(json.dumps(stored, ensure_ascii=False, sort_keys=True, indent=0), encoding="utf-8")
    owner = fit_choices(examples.owner, OWNER_PENALTY)
    whose.WEIGHTS.write_text(json.dumps(owner, ensure_ascii=False, sort_keys=True, indent=0), encoding="utf-8")
    for path in (WEIGHTS, whose.WEIGHTS):
        print(f"{path.name}: {path.stat().st_size / 1e6:.1f} MB")


def pairs_of(gold: list[dict[str, Any]], own: Examples, found: list[Examples]) -> list[same.Pair]:
    """Pairs of mentions of the gold's rows, each read with weights that `found`, what the other rows teach, and `own` give."""
    fold = folds_of([document_of(row) for row in gold], PAIR_FOLDS)
    pairs: list[same.Pair] = []
    for k in range(PAIR_FOLDS):
        known = train(joined([own, *(one for one, n in zip(found, fold, strict=True) if n != k)]))
        for row in (row for row, n in zip(gold, fold, strict=True) if n == k):
            pairs.extend(same.collect_pairs(article_of(row), row["events"], known))
    return pairs


def train(examples: Examples, curve: Curve = STRAIGHT, pairs: Sequence[same.Pair] = ()) -> Weights:
    """The weights that `examples` and `pairs` teach; `curve` calibrates them, and what is kept is said on it."""
    candidates = flat(examples.event)
    event = fit(candidates, STRENGTH)
    second = again.fit(examples.event, held_out(candidates, STRENGTH))
    actor, recipient = (fit_choices(choices, PENALTY) for choices in (examples.actor, examples.recipient))
    role = {feature: complex(actor.get(feature, 0), recipient.get(feature, 0)) for feature in actor.keys() | recipient.keys()}
    keep = [round(calibrated(limit, curve), 4) for limit in KEEP]
    one = Linear(same.fit(pairs) if pairs else {}, 0.0)
    return Weights(Linear(event, 0.0), Linear(second, 0.0), Linear(role, 0j), keep[0], keep[1], one, same.KEEP_SAME, curve)


def fit(examples: list[Example], strength: float) -> dict[str, float]:
    """The weights of a logistic model of `examples`."""
    vectorizer, model = _model(examples, strength)
    pairs = zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True)
    return {str(name): round(float(weight), 3) for name, weight in pairs if abs(weight) >= SMALLEST}


def held_out(examples: list[Example], strength: float) -> Any:
    """(examples,): the probability of each, by a model that has not seen its document."""
    fold = folds_of([example.document for example in examples], FOLDS)
    scores = np.zeros(len(examples))
    for k in range(FOLDS):
        inside = np.flatnonzero(fold == k)
        vectorizer, model = _model([example for example, n in zip(examples, fold, strict=True) if n != k], strength)
        scores[inside] = model.predict_proba(vectorizer.transform([_counts(examples[n]) for n in inside]))[:, 1]
    return scores


def _at(scores: Any, truth: Any, limit: float) -> str:
    kept = scores >= limit
    hit = float((kept & truth).sum())
    precision, recall = hit / max(kept.sum(), 1), hit / max(truth.sum(), 1)
    return f"at {limit}: P {precision:.3f} R {recall:.3f} F1 {2 * hit / max(kept.sum() + truth.sum(), 1):.3f}"


def _model(examples: list[Example], strength: float) -> tuple[DictVectorizer, LogisticRegression]:
    vectorizer = DictVectorizer()
    settled = [example for example in examples if example.label is not None]
    counts = vectorizer.fit_transform([_counts(example) for example in settled])
    model = LogisticRegression(C=strength, max_iter=2000, fit_intercept=False)
    model.fit(counts, [example.label for example in settled])
    return vectorizer, model


def _counts(example: Example) -> dict[str, float]:
    return dict.fromkeys(example.features, 1.0)


if __name__ == "__main__":
    main()
