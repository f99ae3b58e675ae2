"""Where the coder is right and where not: by type, outlet, country and decade, what is taken for what, and how sure it is.

All of it on the blind files, of which nothing but figures is ever shown. Intervals are of 95%: documents drawn again, 1,000
times.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from typing import Any, NamedTuple

from figures import Row

from rasid.arabic.sentences import split_sentences
from rasid.arabic.words import read_words
from rasid.events.predicates import uses

Json = dict[str, Any]
DRAWS = 1000
FEWEST = 20  # gold events that a row of a table needs
CONFUSIONS = 12
LIMITS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9)
BINS = 10
HEADER = ("", "gold events", "precision", "recall", "F1", "95%")


class Outcome(NamedTuple):
    """A gold event, a coded one, or both where they were matched; one that the gold leaves open is not among them."""

    document: str
    gold: Json | None
    coded: Json | None


class Counts(NamedTuple):
    """Of a group of outcomes: matched, gold, coded."""

    hit: int
    gold: int
    coded: int


def document_of(row: Json) -> str:
    """The article of a row: sentences of one article share the beginning of their ids."""
    name: str = row["id"]
    return name if row.get("title") is not None else name.rsplit("-", 1)[0]


def outcomes(scorer: Any, rows: Iterable[Json], coded: Iterable[Json]) -> list[Outcome]:
    """What became of every event, as the gold folder's `score.py` matches them."""
    found = []
    for row, article in zip(rows, coded, strict=True):
        body = row["text"] if row.get("title") is not None else None
        sure = [event for event in row["events"] if not event.get("optional")]
        pairs = scorer.pair(sure, article["events"], body=body)
        left = [event for event in article["events"] if all(event is not one for _, one in pairs)]
        optional = [event for event in row["events"] if event.get("optional")]
        open_ = [event for _, event in scorer.pair(optional, left, body=body)]
        document = document_of(row)
        found += [Outcome(document, gold, one) for gold, one in pairs]
        found += [Outcome(document, gold, None) for gold in sure if all(gold is not one for one, _ in pairs)]
        found += [Outcome(document, None, event) for event in left if all(event is not one for one in open_)]
    return found


def count(found: Iterable[Outcome]) -> Counts:
    listed = list(found)
    gold, coded = (sum(one[n] is not None for one in listed) for n in (1, 2))
    return Counts(sum(one.gold is not None and one.coded is not None for one in listed), gold, coded)


def f1(counts: Counts) -> float:
    return 2 * counts.hit / max(counts.gold + counts.coded, 1)


def interval(found: list[Outcome], seed: int = 1) -> tuple[float, float]:
    """The middle 95% of F1 over documents drawn again."""
    documents: dict[str, list[Outcome]] = {}
    for one in found:
        documents.setdefault(one.document, []).append(one)
    counts = [count(group) for group in documents.values()]
    chance = random.Random(seed)
    drawn = sorted(f1(Counts(*map(sum, zip(*chance.choices(counts, k=len(counts)), strict=True)))) for _ in range(DRAWS))
    return drawn[int(0.025 * DRAWS)], drawn[int(0.975 * DRAWS) - 1]


def group_rows(found: list[Outcome], key: Callable[[Outcome], str | None]) -> list[Row]:
    """A row a group, the largest first; groups of few events are left out."""
    groups: dict[str, list[Outcome]] = {}
    for one in found:
        name = key(one)
        if name:
            groups.setdefault(name, []).append(one)
    large = sorted((name for name in groups if count(groups[name]).gold >= FEWEST), key=lambda name: -count(groups[name]).gold)
    return [figures_row(name, groups[name]) for name in large]


def figures_row(name: str, found: list[Outcome]) -> Row:
    counts = count(found)
    low, high = interval(found)
    right, recall = counts.hit / max(counts.coded, 1), counts.hit / max(counts.gold, 1)
    return (name, f"{counts.gold:,}", f"{right:.2f}", f"{recall:.2f}", f"{f1(counts):.2f}", f"{low:.2f} to {high:.2f}")


def type_of(one: Outcome) -> str:
    return str((one.gold or one.coded or {})["type"])


def country_of(rows: Iterable[Json], sectors: AbstractSet[str]) -> Callable[[Outcome], str | None]:
    """For each document the country or body that the gold names most as actor or recipient."""
    named: dict[str, Counter[str]] = {}
    for row in rows:
        sides = [entity for event in row["events"] for side in ("actor", "recipient") for entity in event[side]]
        firsts = [part for entity in sides for part in (entity.get("code") or "").split()[:1]]
        countries = [first for first in firsts if first not in sectors]
        named.setdefault(document_of(row), Counter()).update(countries)
    most = {document: counted.most_common(1)[0][0] for document, counted in named.items() if counted}
    return lambda one: most.get(one.document)


def confusions(found: Iterable[Outcome]) -> list[Row]:
    """Which type is most often coded on the words that the gold codes as another."""
    documents: dict[str, list[Outcome]] = {}
    for one in found:
        documents.setdefault(one.document, []).append(one)
    pairs = Counter(
        (str(missed.gold["type"]), str(extra.coded["type"]))
        for group in documents.values()
        for missed in group
        for extra in group
        if missed.gold and not missed.coded and extra.coded and not extra.gold
        if set(missed.gold["trigger"].split()) & set(extra.coded["trigger"]["text"].split())
    )
    return [(gold, coded, f"{times:,}") for (gold, coded), times in pairs.most_common(CONFUSIONS)]


def limit_rows(found: list[Outcome]) -> list[Row]:
    """Precision and recall where only events at least so sure are kept: what `--min-confidence` gives."""
    rows: list[Row] = []
    gold = count(found).gold
    for limit in LIMITS:
        kept = [one for one in found if one.coded is not None and (one.coded["confidence"] or 0) >= limit]
        hit = sum(one.gold is not None for one in kept)
        scores = (hit / max(len(kept), 1), hit / max(gold, 1), 2 * hit / max(gold + len(kept), 1))
        rows.append((f"{limit:.1f}" if limit else "all", f"{len(kept):,}", *(f"{score:.3f}" for score in scores)))
    return rows


def reliability(found: Iterable[Outcome]) -> list[tuple[float, float, int]]:
    """(how sure on average, the share that is right, how many) of the coded events, by tenths of confidence."""
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for one in found:
        if one.coded is not None:
            sure = float(one.coded["confidence"])
            bins[min(int(sure * BINS), BINS - 1)].append((sure, one.gold is not None))
    return [
        (sum(sure for sure, _ in group) / len(group), sum(right for _, right in group) / len(group), len(group))
        for group in bins
        if group
    ]


def calibration_error(points: list[tuple[float, float, int]]) -> float:
    """The mean distance of sure and right, weighted by how many."""
    return sum(abs(sure - right) * number for sure, right, number in points) / max(sum(number for *_, number in points), 1)


def reliability_svg(points: list[tuple[float, float, int]]) -> str:
    """The reliability plot: a dot a tenth, as large as it holds events; on the line confidence is what it says."""
    side, edge = 360, 50
    most = max((number for *_, number in points), default=1)

    def place(x: float, y: float) -> tuple[float, float]:
        return round(edge + x * side, 1), round(edge + (1 - y) * side, 1)

    (left, bottom), (right, top) = place(0, 0), place(1, 1)
    dots = [(*place(sure, share), 3 + 9 * (number / most) ** 0.5, number) for sure, share, number in points]
    ticks = [0, 0.2, 0.4, 0.6, 0.8, 1]
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side + 2 * edge} {side + 2 * edge}" font-family="sans-serif" '
        'font-size="12" role="img" aria-label="Share of coded events that are right, by confidence">',
        '<rect width="100%" height="100%" fill="white"/>',
        f'<path d="M{left} {top}V{bottom}H{right}" fill="none" stroke="#444"/>',
        f'<path d="M{left} {bottom}L{right} {top}" stroke="#999" stroke-dasharray="4 4"/>',
        *(f'<text x="{place(at, 0)[0]}" y="{bottom + 18}" text-anchor="middle">{at:g}</text>' for at in ticks),
        *(f'<text x="{left - 8}" y="{place(0, at)[1] + 4}" text-anchor="end">{at:g}</text>' for at in ticks),
        f'<text x="{(left + right) / 2}" y="{bottom + 38}" text-anchor="middle">confidence</text>',
        f'<text x="{left}" y="{top - 16}">share that is right</text>',
        *(f'<circle cx="{x}" cy="{y}" r="{r:.1f}" fill="#1f6f8b"><title>{n} events</title></circle>' for x, y, r, n in dots),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def keyword_events(row: Json) -> list[Json]:
    """The keyword baseline: every word that can be a predicate is an event of its first type, each type once a sentence."""
    found: list[Json] = []
    for span in split_sentences(row["text"]):
        seen: set[str] = set()
        for word in read_words(span.text, span.start):
            kind = next((p.type for use in uses(word.form) for p in use.predicates if p.type), None)
            if kind and kind not in seen:
                seen.add(kind)
                found.append(_bare_event(kind, word.form.text, span.start, span.end))
    return found


def majority_events(row: Json, kind: str) -> list[Json]:
    """The majority baseline: an event of the commonest type in every sentence."""
    spans = split_sentences(row["text"])
    return [_bare_event(kind, span.text.split()[0], span.start, span.end) for span in spans if span.text.strip()]


def _bare_event(kind: str, trigger: str, start: int, end: int) -> Json:
    place = {"start": start, "end": end}
    return {"type": kind, "trigger": {"text": trigger}, "sentence": place, "confidence": 1.0, "actor": [], "recipient": []}
