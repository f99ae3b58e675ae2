"""Train the decision: `python training/train.py --gold ../shared/gold` writes `src/rasid/events/weights.json`.

Learns from the developed files only; the blind ones are for `make accuracy`. Thresholds are chosen on held-out folds that keep
the sentences of one document together.
"""

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
from choices import SMALLEST, fit_choices
from examples import Example, Examples, collect, collect_cases
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from rasid.actors import whose
from rasid.events.decide import WEIGHTS, Weights

OWN = Path(__file__).parent / "own"  # sentences and articles written and coded for training
FILES = ("events_dev.jsonl", "articles_dev.jsonl")
FOLDS = 5
STRENGTH = {"event": 0.15, "when": 0.1}  # of two models: the inverse of the penalty on large weights
PENALTY = 10.0  # on large weights of the model of roles
OWNER_PENALTY = 3.0  # likewise, of whose a role is
KEEP = (0.45, 0.38)  # an event, one more mention of it: chosen on held-out folds
KEEP_WHEN = 0.22  # less likely than this, a time is no better than the page's day


def main() -> None:
    """Read the gold, fit four models, write their weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, default=Path("../shared/gold"))
    options = parser.parse_args()
    examples = Examples(*([] for _ in Examples._fields))
    for path in [*(options.gold / name for name in FILES), *sorted(OWN.glob("*.jsonl"))]:
        for line in path.open(encoding="utf-8"):
            collect(json.loads(line), examples)
    collect_cases(examples)
    true = sum(example.label for example in examples.event)
    print(f"event: {len(examples.event)} examples, {true} of them true, {held_out(examples.event, STRENGTH['event'])}")
    weights = train(examples)
    stored = weights._asdict() | {"role": {feature: (weight.real, weight.imag) for feature, weight in weights.role.items()}}
    WEIGHTS.write_text(json.dumps(stored, ensure_ascii=False, sort_keys=True, indent=0), encoding="utf-8")
    owner = fit_choices(examples.owner, OWNER_PENALTY)
    whose.WEIGHTS.write_text(json.dumps(owner, ensure_ascii=False, sort_keys=True, indent=0), encoding="utf-8")
    for path in (WEIGHTS, whose.WEIGHTS):
        print(f"{path.name}: {path.stat().st_size / 1e6:.1f} MB")


def train(examples: Examples) -> Weights:
    """The weights that `examples` teach."""
    event, when = (fit(getattr(examples, name), strength) for name, strength in STRENGTH.items())
    actor, recipient = (fit_choices(choices, PENALTY) for choices in (examples.actor, examples.recipient))
    role = {feature: complex(actor.get(feature, 0), recipient.get(feature, 0)) for feature in actor.keys() | recipient.keys()}
    return Weights(event, role, *KEEP, when, KEEP_WHEN)


def fit(examples: list[Example], strength: float) -> dict[str, float]:
    """The weights of a logistic model of `examples`."""
    vectorizer, model = _model(examples, strength)
    pairs = zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True)
    return {str(name): round(float(weight), 3) for name, weight in pairs if abs(weight) >= SMALLEST}


def held_out(examples: list[Example], strength: float) -> str:
    """Precision and recall at several thresholds, each document scored by a model that has not seen it."""
    documents = sorted({example.document for example in examples})
    fold = {document: n % FOLDS for n, document in enumerate(documents)}
    scores = np.zeros(len(examples))
    truth = np.array([example.label for example in examples])
    for k in range(FOLDS):
        inside = [n for n, example in enumerate(examples) if fold[example.document] == k]
        vectorizer, model = _model([example for example in examples if fold[example.document] != k], strength)
        scores[inside] = model.predict_proba(vectorizer.transform([_counts(examples[n]) for n in inside]))[:, 1]
    return "; ".join(_at(scores, truth, limit) for limit in (0.3, 0.4, 0.5))


def _at(scores: Any, truth: Any, limit: float) -> str:
    kept = scores >= limit
    hit = float((kept & truth).sum())
    precision, recall = hit / max(kept.sum(), 1), hit / max(truth.sum(), 1)
    return f"at {limit}: P {precision:.3f} R {recall:.3f} F1 {2 * hit / max(kept.sum() + truth.sum(), 1):.3f}"


def _model(examples: list[Example], strength: float) -> tuple[DictVectorizer, LogisticRegression]:
    vectorizer = DictVectorizer()
    counts = vectorizer.fit_transform([_counts(example) for example in examples])
    model = LogisticRegression(C=strength, max_iter=2000, fit_intercept=False)
    model.fit(counts, [example.label for example in examples])
    return vectorizer, model


def _counts(example: Example) -> dict[str, float]:
    return dict.fromkeys(example.features, 1.0)


if __name__ == "__main__":
    main()
