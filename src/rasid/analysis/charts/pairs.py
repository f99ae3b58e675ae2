"""Dyads as a heat map, and as a network."""

import datetime as dt
import math
from collections import Counter
from typing import Any

from rasid.analysis.between import Pair, busiest_pairs, label_of
from rasid.analysis.charts.theme import INK, Language, colour, directed, legend, say, scale, titled
from rasid.analysis.coverage import exposure
from rasid.errors import InputError
from rasid.events.plover import sectors
from rasid.record import Record

_ACROSS, _DOWN = 860, 640
_STEPS, _DEAR = 60, 90.0  # points of a line that are looked at; what a name across a line costs, in square points
_SIDES = 18  # of a heat map
_NODES = 32  # of a network
_LINES = 90  # of a network: more would hide each other
_MOST = ("cooperation", "even", "conflict")


def heat_map(record: Record, start: dt.date | None, end: dt.date | None, language: Language) -> Any:
    """The sides with most events, each with each: how many events, and their mean score."""
    import altair as alt

    pairs = _pairs(record, start, end)
    sides = _busiest(pairs, _SIDES)
    kept = [pair for pair in pairs if pair.a in sides and pair.b in sides]
    names = {side: _name(side, language) for side in sides}
    values = [
        {"a": names[one], "b": names[other], "events": pair.events, "score": round(pair.score / pair.events, 2)}
        for pair in kept
        for one, other in ((pair.a, pair.b), (pair.b, pair.a))
    ]
    order = [names[side] for side in sides]
    right = language == "ar"
    across = order[::-1] if right else order
    base = alt.Chart(alt.InlineData(values=values)).encode(
        x=alt.X(
            "a:N",
            sort=across,
            scale=alt.Scale(domain=across),
            axis=alt.Axis(title=None, orient="top", labelAngle=-45, labelColor=INK, ticks=False, domain=False, labelLimit=160),
        ),
        y=alt.Y(
            "b:N",
            sort=order,
            scale=alt.Scale(domain=order),
            axis=alt.Axis(
                title=None, orient="right" if right else "left", labelColor=INK, ticks=False, domain=False, labelLimit=200
            ),
        ),
    )
    squares = base.mark_rect(cornerRadius=2, stroke="white").encode(
        color=alt.Color(
            "score:Q",
            scale=alt.Scale(
                domain=[-10, -4, 0, 4, 10],
                range=[colour("quad 1"), colour("quad 3"), "#f5f5f5", colour("quad 4"), colour("quad 2")],
                interpolate="rgb",
            ),
            legend=alt.Legend(
                title=say("score", language),
                orient="bottom",
                direction="horizontal",
                gradientLength=260,
                values=[-10, -5, 0, 5, 10],
            ),
        ),
        tooltip=["a:N", "b:N", "events:Q", "score:Q"],
    )
    numbers = base.mark_text(fontSize=11).encode(
        text=alt.Text("events:Q", format=","), color=alt.condition("abs(datum.score) > 6.5", alt.value("white"), alt.value(INK))
    )
    widest = max(len(f"{value['events']:,}") for value in values)
    size = max(260, max(36, 8 * widest) * len(sides))
    drawn = alt.layer(squares, numbers).properties(width=size, height=size * 0.78)
    events = sum(pair.events for pair in kept)
    return titled(
        drawn,
        say("dyads title", language, events=events, sides=len(sides)),
        _line(record, "dyads line", start, end, language),
        language,
    )


def network(record: Record, start: dt.date | None, end: dt.date | None, language: Language) -> Any:
    """The sides with most events as dots, and the events between them as lines; laid out so that who has to do is near."""
    import altair as alt

    pairs = _pairs(record, start, end)
    sides = _busiest(pairs, _NODES)
    between = [pair for pair in pairs if pair.a in sides and pair.b in sides]  # the busiest first
    kept = _drawn(between)
    at = _layout(sides, kept)
    number: Counter[str] = Counter()
    for pair in kept:
        number.update({pair.a: pair.events, pair.b: pair.events})
    most = [say(key, language) for key in _MOST]
    lines = [
        {
            "x": at[pair.a][0],
            "y": at[pair.a][1],
            "x2": at[pair.b][0],
            "y2": at[pair.b][1],
            "events": pair.events,
            "most": most[_mostly(pair)],
            "label": f"{_name(pair.a, language)} – {_name(pair.b, language)}",
        }
        for pair in sorted(kept, key=lambda pair: pair.events)
    ]
    names = {side: _name(side, language) for side in sides}
    said = _places_for_names(sides, at, names, [(at[pair.a], at[pair.b]) for pair in kept])
    dots = [
        {
            "x": at[side][0],
            "y": at[side][1],
            "events": number[side],
            "name": names[side],
            "nx": said[side][0],
            "ny": said[side][1],
        }
        for side in sides
    ]
    across: Any = {"scale": alt.Scale(domain=[0, _ACROSS], nice=False, zero=False), "axis": None}
    down: Any = {"scale": alt.Scale(domain=[_DOWN, 0], nice=False, zero=False), "axis": None}
    edges = (
        alt.Chart(alt.InlineData(values=lines))
        .mark_rule(strokeCap="round", opacity=0.62)
        .encode(
            x=alt.X("x:Q", **across),
            y=alt.Y("y:Q", **down),
            x2="x2:Q",
            y2="y2:Q",
            strokeWidth=alt.StrokeWidth("events:Q", scale=alt.Scale(type="sqrt", range=[1, 9]), legend=None),
            color=alt.Color("most:N", scale=scale(_MOST, language), legend=None),
            tooltip=["label:N", "events:Q"],
        )
    )
    base = alt.Chart(alt.InlineData(values=dots)).encode(x=alt.X("x:Q", **across), y=alt.Y("y:Q", **down))
    circles = base.mark_circle(color="#4a4a4a", opacity=1, stroke="white", strokeWidth=1.5).encode(
        size=alt.Size("events:Q", scale=alt.Scale(type="sqrt", range=[40, 500]), legend=None), tooltip=["name:N", "events:Q"]
    )
    beside = alt.Chart(alt.InlineData(values=dots)).encode(x=alt.X("nx:Q"), y=alt.Y("ny:Q"), text="name:N")
    halo = beside.mark_text(baseline="middle", fontSize=12.5, stroke="white", strokeWidth=4, strokeJoin="round", color="white")
    words = beside.mark_text(baseline="middle", fontSize=12.5, color=INK)
    plot = alt.layer(edges, circles, halo, words).properties(width=_ACROSS, height=_DOWN)
    drawn = alt.vconcat(plot, legend(_MOST, language, _ACROSS, is_line=True))
    events = sum(pair.events for pair in kept)
    return titled(
        drawn,
        say("network title", language, events=events, sides=len(sides)),
        _line(record, "network line", start, end, language)
        + (say("network left", language, pairs=len(between) - len(kept)) if len(between) > len(kept) else ""),
        language,
    )


def _drawn(pairs: list[Pair]) -> list[Pair]:
    """The busiest pairs, and of every other side its busiest."""
    kept, rest = pairs[:_LINES], pairs[_LINES:]
    joined = {side for pair in kept for side in (pair.a, pair.b)}
    for pair in rest:
        if not {pair.a, pair.b} <= joined:
            kept.append(pair)
            joined |= {pair.a, pair.b}
    return kept


def _layout(sides: list[str], kept: list[Pair]) -> dict[str, tuple[float, float]]:
    """Where each side stands, in the drawing: who has more to do with each other stands nearer (Kamada and Kawai, 1989)."""
    import networkx as nx

    graph = nx.Graph()
    graph.add_nodes_from(sides)
    graph.add_edges_from((pair.a, pair.b, {"apart": 1 / math.log2(1.6 + pair.events)}) for pair in kept)
    ways = dict(nx.all_pairs_dijkstra_path_length(graph, weight="apart"))
    farthest = max((way for from_here in ways.values() for way in from_here.values()), default=1.0) or 1.0
    # Those whom nothing joins stand a little farther from each other than any that something does.
    apart = {one: {other: ways[one].get(other, 1.3 * farthest) for other in sides} for one in sides}
    found = nx.kamada_kawai_layout(graph, dist=apart)
    return _fitted({side: (float(x), float(y)) for side, (x, y) in found.items()})


def _fitted(at: dict[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """The same, over the whole drawing, with room for names at its edges."""
    ends = [(min(way), max(way)) for way in zip(*at.values(), strict=True)]
    rooms = ((80.0, _ACROSS - 80.0), (34.0, _DOWN - 26.0))

    def place(value: float, axis: int) -> float:
        (low, high), (first, last) = ends[axis], rooms[axis]
        return first + (last - first) * ((value - low) / (high - low) if high > low else 0.5)

    return {side: (round(place(x, 0), 1), round(place(y, 1), 1)) for side, (x, y) in at.items()}


def _places_for_names(
    sides: list[str],
    at: dict[str, tuple[float, float]],
    names: dict[str, str],
    lines: list[tuple[tuple[float, float], tuple[float, float]]],
) -> dict[str, tuple[float, float]]:
    """For each name a place around its dot, where it lies over as little as can be: above, below, or at a side."""
    dots = [(x - 12, y - 12, x + 12, y + 12) for x, y in at.values()]
    taken: list[_Box] = []
    found = {}
    for side in sides:
        (x, y), half = at[side], 5 + 3.3 * len(names[side])
        around = ((x, y - 21), (x, y + 21), (x + half + 12, y), (x - half - 12, y), (x + half, y - 17), (x - half, y - 17))
        boxes = [(left - half, top - 8, left + half, top + 8) for left, top in around]
        costs = [_covered(box, taken) + 5 * _covered(box, dots) + _outside(box) + _crossed(box, lines) for box in boxes]
        best = costs.index(min(costs))
        found[side] = around[best]
        taken.append(boxes[best])
    return found


_Box = tuple[float, float, float, float]


def _crossed(box: _Box, lines: list[tuple[tuple[float, float], tuple[float, float]]]) -> float:
    """How many lines run through a box, each as dear as a small part of it covered."""
    steps = [n / _STEPS for n in range(_STEPS + 1)]
    return sum(
        _DEAR
        for (x, y), (x2, y2) in lines
        if any(box[0] < x + (x2 - x) * part < box[2] and box[1] < y + (y2 - y) * part < box[3] for part in steps)
    )


def _covered(box: _Box, others: list[_Box]) -> float:
    return sum(_common(box, other) for other in others)


def _common(one: _Box, other: _Box) -> float:
    """The area that two boxes share."""
    wide, high = min(one[2], other[2]) - max(one[0], other[0]), min(one[3], other[3]) - max(one[1], other[1])
    return wide * high if wide > 0 and high > 0 else 0.0


def _outside(box: _Box) -> float:
    return 1000.0 * (max(0.0, -box[0]) + max(0.0, -box[1]) + max(0.0, box[2] - _ACROSS) + max(0.0, box[3] - _DOWN))


def _pairs(record: Record, start: dt.date | None, end: dt.date | None) -> list[Pair]:
    """Pairs of known countries and bodies: a sector alone is nobody."""
    unnamed = sectors()
    pairs = [pair for pair in busiest_pairs(record, start, end, None) if not {pair.a, pair.b} & unnamed]
    if not pairs:
        raise InputError(f"{record.path}: tells of nothing between two sides in this time")
    return pairs


def _busiest(pairs: list[Pair], most: int) -> list[str]:
    number: Counter[str] = Counter()
    for pair in pairs:
        number.update({pair.a: pair.events, pair.b: pair.events})
    return [side for side, _ in sorted(number.items(), key=lambda item: (-item[1], item[0]))[:most]]


def _mostly(pair: Pair) -> int:
    """Which of `_MOST`."""
    for_it, against = pair.quads[1] + pair.quads[3], pair.quads[0] + pair.quads[2]
    return 0 if for_it > against else 2 if against > for_it else 1


def _name(side: str, language: Language) -> str:
    english, arabic = label_of(side)
    return directed(arabic, language) if language == "ar" else english


def _line(record: Record, key: str, start: dt.date | None, end: dt.date | None, language: Language) -> str:
    read = exposure(record, "year", start, end)
    outlets = {outlet for row in read.rows for outlet, _ in row.outlets}
    return say(key, language, articles=read.articles, outlets=len(outlets), low="-10")
