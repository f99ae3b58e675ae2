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
_SIDES = 18  # of a heat map
_NODES = 32  # of a network
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
        text="events:Q", color=alt.condition("abs(datum.score) > 6.5", alt.value("white"), alt.value(INK))
    )
    size = max(260, 36 * len(sides))
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
    import networkx as nx

    pairs = _pairs(record, start, end)
    sides = _busiest(pairs, _NODES)
    kept = [pair for pair in pairs if pair.a in sides and pair.b in sides]
    graph = nx.Graph()
    graph.add_nodes_from(sides)
    graph.add_edges_from((pair.a, pair.b, {"apart": 1 / math.log2(1.6 + pair.events)}) for pair in kept)
    at = nx.kamada_kawai_layout(graph, weight="apart")
    number: Counter[str] = Counter()
    for pair in kept:
        number.update({pair.a: pair.events, pair.b: pair.events})
    most = [say(key, language) for key in _MOST]
    lines = [
        {
            "x": float(at[pair.a][0]),
            "y": float(at[pair.a][1]),
            "x2": float(at[pair.b][0]),
            "y2": float(at[pair.b][1]),
            "events": pair.events,
            "most": most[_mostly(pair)],
            "label": f"{_name(pair.a, language)} – {_name(pair.b, language)}",
        }
        for pair in sorted(kept, key=lambda pair: pair.events)
    ]
    dots = [
        {"x": float(at[side][0]), "y": float(at[side][1]), "events": number[side], "name": _name(side, language)}
        for side in sides
    ]
    plane: Any = {"scale": alt.Scale(nice=False, zero=False, padding=36), "axis": None}
    edges = (
        alt.Chart(alt.InlineData(values=lines))
        .mark_rule(strokeCap="round", opacity=0.62)
        .encode(
            x=alt.X("x:Q", **plane),
            y=alt.Y("y:Q", **plane),
            x2="x2:Q",
            y2="y2:Q",
            strokeWidth=alt.StrokeWidth("events:Q", scale=alt.Scale(type="sqrt", range=[1, 9]), legend=None),
            color=alt.Color("most:N", scale=scale(_MOST, language), legend=None),
            tooltip=["label:N", "events:Q"],
        )
    )
    base = alt.Chart(alt.InlineData(values=dots)).encode(x=alt.X("x:Q", **plane), y=alt.Y("y:Q", **plane))
    circles = base.mark_circle(color="#4a4a4a", opacity=1, stroke="white", strokeWidth=1.5).encode(
        size=alt.Size("events:Q", scale=alt.Scale(type="sqrt", range=[40, 500]), legend=None), tooltip=["name:N", "events:Q"]
    )
    halo = base.mark_text(dy=-14, fontSize=12.5, stroke="white", strokeWidth=4, strokeJoin="round", color="white").encode(
        text="name:N"
    )
    names = base.mark_text(dy=-14, fontSize=12.5, color=INK).encode(text="name:N")
    plot = alt.layer(edges, circles, halo, names).properties(width=_ACROSS, height=_DOWN)
    drawn = alt.vconcat(plot, legend(_MOST, language, _ACROSS, is_line=True))
    events = sum(pair.events for pair in kept)
    return titled(
        drawn,
        say("network title", language, events=events, sides=len(sides)),
        _line(record, "network line", start, end, language),
        language,
    )


def _pairs(record: Record, start: dt.date | None, end: dt.date | None) -> list[Pair]:
    """Pairs of known countries and bodies: a sector alone is nobody."""
    unnamed = sectors()
    pairs = [pair for pair in busiest_pairs(record, start, end) if not {pair.a, pair.b} & unnamed]
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
