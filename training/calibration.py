"""From what a model says to how often it is right: the curve that `rasid.events.decide.calibrated` follows."""

from typing import Any

import numpy as np
from sklearn.isotonic import IsotonicRegression

from rasid.events.decide import Curve, calibrated

STRAIGHT: Curve = ((0.0, 0.0), (1.0, 1.0))
STEPS = 12  # groups of equal size that the curve goes through
RISE = 1e-3  # between two points, so that what was likelier stays so
BINS = 10
Array = Any  # numpy's


def folds_of(documents: list[str], folds: int) -> Array:
    """The fold of each example; those of one document stay together."""
    place = {document: n % folds for n, document in enumerate(sorted(set(documents)))}
    return np.array([place[document] for document in documents])


def calibrate(scores: Array, truth: Array) -> Curve:
    """The rising curve through the shares of events among `STEPS` groups of like probability, (0, 0) and (1, 1) at its ends."""
    groups = np.array_split(np.argsort(scores, kind="stable"), STEPS)
    likely = np.array([scores[group].mean() for group in groups])
    share = IsotonicRegression(y_min=RISE, y_max=1 - RISE).fit_transform(likely, [truth[group].mean() for group in groups])
    points = [(0.0, 0.0)]
    for left, right in zip(likely.tolist(), share.tolist(), strict=True):
        if left > points[-1][0] + RISE:
            points.append((round(left, 4), round(min(max(right, points[-1][1] + RISE), 1 - RISE), 4)))
    return [*points, (1.0, 1.0)]


def calibration_error(likely: Array, truth: Array) -> float:
    """How far probabilities are from shares, on average: over bins of equal width, weighted by their size."""
    which = np.minimum((likely * BINS).astype(int), BINS - 1)
    return float(sum(abs(likely[which == n].sum() - truth[which == n].sum()) for n in range(BINS)) / len(likely))


def calibration_report(scores: Array, truth: Array, documents: list[str], folds: int = 5) -> str:
    """The error before and after, each document calibrated by a curve that was drawn without it."""
    fold = folds_of(documents, folds)
    after = np.zeros(len(scores))
    for k in range(folds):
        curve = calibrate(scores[fold != k], truth[fold != k])
        after[fold == k] = [calibrated(score, curve) for score in scores[fold == k]]
    raw = calibration_error(scores, truth)
    return f"calibration error of candidates {raw:.3f}, calibrated {calibration_error(after, truth):.3f}"
