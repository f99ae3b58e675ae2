"""Train what is relevant: `python training/relevance.py --gold ../shared/gold` writes `src/rasid/events/relevance.bin`.

Sentences of United Nations reports (labelled) and of news (with events or without). Figures are of ten folds: sentences of one
news document stay together; the reports' ids name no document, so that there sentences that share eight words stay together.
"""

import argparse
import json
import zlib
from array import array
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from material import gold_folder, gold_rows, own_rows
from scipy.sparse import diags
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.svm import LinearSVC

from rasid.arabic.sentences import split_sentences
from rasid.arabic.words import read_words
from rasid.events.plover import quad_of
from rasid.events.predicates import sources
from rasid.events.relevance import HEADS, LEAD, WEIGHTS, features_of, gate_of
from rasid.lexicon import read_entries

FOLDS = 10
SEEN = 2  # texts that a feature must stand in
RUN = 8  # words in common that keep two sentences in one fold
SMOOTH = {"prose": 3.0, "quad": 3.0, "quad of all": 1.0}  # added to counts before their ratio is taken
STRENGTH = {"prose": 0.2, "quad": 0.2, "quad of all": 0.1}
LIMIT = 0.4  # near half of the F1 that can be reached, where F1 is greatest if probabilities are right
REPORTS_FIRST = 1.5  # log odds: an unclear text is read as a report, for that model errs less on news than the other on reports
GATE_RECALL = 0.99  # of the articles with events
QUADS = (1, 2, 3, 4)
HALVES = ((1, 2), (1, 3))  # material, and conflict
LARGEST = 127  # a weight is kept in eight bits
Matrix = Any  # sparse and dense arrays alike: scikit-learn and scipy give no types


class Text(NamedTuple):
    """A sentence; quad is 0 for none, -1 where it is not known."""

    text: str
    group: str
    news: bool
    relevant: bool
    quad: int


class Fitted(NamedTuple):
    """What `relevance.bin` holds, before rounding."""

    norm: Matrix  # (features,), the square of it counts
    weights: Matrix  # (features, heads)
    bias: Matrix  # (heads,)


def main() -> None:
    """Read the material, print figures of folds, fit on all of it, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=gold_folder, default="../shared/gold")
    options = parser.parse_args()
    texts = [*read_reports(options.gold / "un_dev.jsonl"), *read_news(options.gold), *read_cases()]
    vectorizer = CountVectorizer(analyzer=features_of, min_df=SEEN, dtype=np.float64)
    counts = vectorizer.fit_transform([text.text for text in texts]).tocsr()
    scores = held_out(counts, texts)
    slopes = [curve(scores[:, head], *labels(texts, head)) for head in range(3)]
    slopes[2] = (slopes[2][0], slopes[2][1] + REPORTS_FIRST)
    gate = report(scores, texts, slopes)
    write(fit(counts, texts), sorted(vectorizer.vocabulary_), slopes, gate)
    print(f"{WEIGHTS.name}: {WEIGHTS.stat().st_size / 1e6:.1f} MB, {counts.shape[1]:,} features")


def read_reports(path: Path) -> list[Text]:
    """United Nations sentences; those that share a run of words get one group."""
    rows = [json.loads(line) for line in path.open(encoding="utf-8")]
    first_with: dict[str, int] = {}
    root = list(range(len(rows)))
    for n, row in enumerate(rows):
        words = [word.form.fold for word in read_words(row["text"])]
        for at in range(len(words) - RUN + 1):
            other = first_with.setdefault(" ".join(words[at : at + RUN]), n)
            root[_root(root, n)] = _root(root, other)
    return [
        Text(row["text"], f"un{_root(root, n)}", False, bool(row["relevant"]), row.get("quad", -1))
        for n, row in enumerate(rows)
    ]


def _root(root: list[int], n: int) -> int:
    while root[n] != n:
        n = root[n]
    return n


def read_news(gold: Path) -> list[Text]:
    """Sentences of coded news and of our own; relevant where an event is coded there."""
    texts = []
    for row in (*gold_rows(gold), *own_rows()):
        whole = row.get("title") is None
        group = row["id"].rsplit("-", 1)[0] if whole else row["id"]
        spans = [(0, len(row["text"]))] if whole else [(s.start, s.end) for s in split_sentences(row["text"])]
        for start, end in spans:
            events = [e for e in row["events"] if whole or start - 2 <= row["text"].find(e["sentence"]) < end]
            sure = [event for event in events if not event.get("optional")]
            if events and not sure:
                continue  # codings disagree
            texts.append(Text(row["text"][start:end], group, True, bool(sure), _commonest([e["type"] for e in sure])))
    return texts


def read_cases() -> list[Text]:
    """The lexicon's own cases: short clear sentences, as headlines are. Their quads are left out: so clear a case misleads."""
    texts = []
    for entry in (entry for path in sources() for entry in read_entries(path)):
        said = entry.keys.get("case") or []
        for case in said if isinstance(said, list) else [said]:
            text, _, answer = case.rpartition("=>")
            texts.append(Text(text.strip(), entry.where, True, answer.strip() != "none", -1))
    return texts


def _commonest(types: list[str]) -> int:
    quads = [quad_of(kind) for kind in types]
    return max(quads, key=quads.count) if quads else 0


def labels(texts: list[Text], head: int) -> tuple[Matrix, Matrix]:
    """Which texts one of the first three heads learns from, and the right answer for each text."""
    news = np.array([text.news for text in texts])
    relevant = np.array([text.relevant for text in texts])
    return (~news, relevant) if head == 0 else (news, relevant) if head == 1 else (np.full(len(texts), True), ~news)


def held_out(counts: Matrix, texts: list[Text]) -> Matrix:
    """(texts, heads): the scores of each text by a model that has seen nothing of its group."""
    groups = {group: n for n, group in enumerate(sorted({text.group for text in texts}))}
    part = np.array([groups[text.group] * 7919 % FOLDS for text in texts])
    scores = np.zeros((len(texts), len(HEADS)))
    for k in range(FOLDS):
        inside = part == k
        learnt = fit(counts[~inside], [text for text, out in zip(texts, ~inside, strict=True) if out])
        scores[inside] = _normed(counts[inside], learnt.norm) @ learnt.weights + learnt.bias
    return scores


def fit(counts: Matrix, texts: list[Text]) -> Fitted:
    """All heads on `counts`. Features are scaled by how unlike their shares in the two classes are (Wang and Manning 2012)."""
    quads = np.array([text.quad for text in texts])
    cases = [(*labels(texts, head), "prose") for head in range(3)]
    cases += [(quads > 0, quads == quad, "quad") for quad in QUADS]
    cases += [(quads >= 0, quads == quad, "quad of all") for quad in QUADS]
    cases += [(quads > 0, np.isin(quads, half), "quad") for half in HALVES]
    ratios = [_ratio(counts[among], right[among], SMOOTH[kind]) for among, right, kind in cases]
    norm = np.sqrt(np.mean([ratio * ratio for ratio in (ratios[0], ratios[1], *ratios[: -len(HALVES)])], axis=0))
    scaled = _normed(counts, norm)
    fitted = [
        _separate(scaled[among], right[among], ratio, STRENGTH[kind])
        for (among, right, kind), ratio in zip(cases, ratios, strict=True)
    ]
    weights, bias = np.array([one[0] for one in fitted]).T, np.array([one[1] for one in fitted])
    mixed = _mixed((scaled @ weights[:, 3:] + bias[3:])[quads > 0])
    return Fitted(
        norm,
        np.hstack([weights[:, :3], weights[:, 3:] @ mixed]),
        np.concatenate([bias[:3], bias[3:] @ mixed]),
    )


def _ratio(counts: Matrix, right: Matrix, smooth: float) -> Matrix:
    yes = smooth + np.asarray(counts[right].sum(axis=0)).ravel()
    no = smooth + np.asarray(counts[~right].sum(axis=0)).ravel()
    return np.log(yes / yes.sum()) - np.log(no / no.sum())


def _normed(counts: Matrix, norm: Matrix) -> Matrix:
    return diags(1 / np.sqrt(np.maximum(counts @ (norm * norm), 1e-6))) @ counts


def _separate(scaled: Matrix, right: Matrix, ratio: Matrix, strength: float) -> tuple[Matrix, float]:
    model = LinearSVC(C=strength, class_weight="balanced", random_state=0).fit(scaled @ diags(ratio), right)
    return model.coef_[0] * ratio, float(model.intercept_[0])


def _mixed(scores: Matrix) -> Matrix:
    """(2 * quads + halves, quads): how much of each model's score is a quad's, all on one scale.

    Fixed shares: a model of models that learns them from scores of the texts that made these does worse on others.
    """
    own = np.eye(len(QUADS))
    halves = np.array([[1.0 if quad in half else -1.0 for quad in QUADS] for half in HALVES])
    return np.vstack([own, 2 * own, halves]) / scores.std(axis=0)[:, None]


def curve(scores: Matrix, among: Matrix, right: Matrix) -> tuple[float, float]:
    """Slope and middle of the logistic curve that turns held-out scores into probabilities (Platt 1999)."""
    model = LogisticRegression(C=1e6).fit(scores[among, None], right[among])
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def report(scores: Matrix, texts: list[Text], slopes: list[tuple[float, float]]) -> float:
    """Print what held-out scores reach; gives the gate."""
    un, news, prose = (1 / (1 + np.exp(-(slope * scores[:, n] + middle))) for n, (slope, middle) in enumerate(slopes))
    p = prose * un + (1 - prose) * news
    is_news = np.array([text.news for text in texts])
    right = np.array([text.relevant for text in texts])
    quads = np.array([text.quad for text in texts])
    likeliest = 1 + scores[:, 3:].argmax(axis=1)
    for name, among in (("United Nations", ~is_news), ("news", is_news)):
        f1 = f1_score(right[among], p[among] >= LIMIT)
        both = among & (quads > 0)
        quad = f1_score(quads[both], likeliest[both], average="macro")
        off = calibration_error(p[among], right[among])
        size = f"{name}: {among.sum():,} sentences"
        print(f"{size}, relevance F1 {f1:.3f}, quad macro-F1 {quad:.3f}, calibration error {off:.3f}")
    print(f"prose told apart: {((prose > 0.5) != is_news).mean():.3f}")
    return _gate(texts, news)


def _gate(texts: list[Text], chances: Matrix) -> float:
    """The limit that all but a few of the whole articles with events pass, and a line on what it stops."""
    lead: dict[str, list[float]] = {}
    for text, chance in zip(texts, chances, strict=True):
        if text.news:
            lead.setdefault(text.group, []).append(float(chance))
    reported = {text.group for text in texts if text.relevant and text.news}
    passes = {group: gate_of(found[:LEAD]) for group, found in lead.items()}
    gate = float(np.quantile([passes[group] for group in reported if len(lead[group]) >= LEAD], 1 - GATE_RECALL))
    stopped = np.mean([passes[group] < gate for group in passes.keys() - reported])
    print(f"gate {gate:.3f}: stops {stopped:.2f} of {len(passes.keys() - reported)} texts without events")
    return gate


def calibration_error(p: Matrix, right: Matrix, bins: int = 10) -> float:
    """The mean distance between how likely and how often, over ten bins of equal width, weighted by their size."""
    which = np.minimum((p * bins).astype(int), bins - 1)
    return float(sum(abs(p[which == n].sum() - right[which == n].sum()) for n in range(bins)) / len(p))


def write(fitted: Fitted, hashes: list[int], slopes: list[tuple[float, float]], gate: float) -> None:
    """Round all weights to eight bits; features that then weigh nothing stay, for they count in the norm."""
    table = np.column_stack([fitted.norm**2, fitted.weights])
    scale = np.quantile(np.abs(table), 0.9999, axis=0) / LARGEST  # the few weights beyond are cut
    whole = np.clip(np.rint(table / scale), -LARGEST, LARGEST).astype(np.int8)
    said = {
        "features": len(hashes),
        "scale": [float(f"{one:.6g}") for one in scale],
        "bias": [round(float(one), 5) for one in fitted.bias],
        "slope": [[round(one, 5) for one in pair] for pair in slopes],
        "limit": LIMIT,
        "gate": round(gate, 4),
    }
    body = array("I", hashes).tobytes() + whole.tobytes()
    WEIGHTS.write_bytes(json.dumps(said, sort_keys=True).encode() + b"\n" + zlib.compress(body, 9))


if __name__ == "__main__":
    main()
