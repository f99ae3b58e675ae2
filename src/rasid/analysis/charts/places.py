"""The map of events. Its base shows land and water only: whose land is whose is not for a chart to say."""

import datetime as dt
import json
import math
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from rasid.actors.lexicon import FOLDER, PLACE_COLUMNS
from rasid.analysis.between import Spot, label_of, places_of_events
from rasid.analysis.charts.theme import INK, QUADS, Language, directed, legend, say, scale, titled, undirected
from rasid.analysis.coverage import exposure
from rasid.errors import InputError
from rasid.lexicon import read_table, variants
from rasid.record import Record

LAND = Path(__file__).parent / "land-110m.json"  # Natural Earth, public domain, as TopoJSON
_WIDTH, _HEIGHT = 860, 520
_MARGIN = 6.0  # degrees around the outermost spot
_LEAST = 16.0  # degrees across, at least
_NAMED = 16  # of the busiest places
_FAR = 0.03  # of the events at either end, which may be left outside
_SMALLER = 0.5  # of the width: what leaving them out must bring


def chart(record: Record, start: dt.date | None, end: dt.date | None, language: Language) -> Any:
    """Where things happened.

    Raises:
        InputError: of no event in this time is it known.
    """
    import altair as alt

    spots = [spot for found in places_of_events(record, start, end) if (spot := _spot(found, language))]
    if not spots:
        raise InputError(f"{record.path}: tells of no event in this time at a place that is known")
    shown = _main_part(spots)
    frame = _frame(shown)
    _name_without_touching(shown, frame)
    land = alt.Chart(
        alt.InlineData(values=json.loads(LAND.read_text()), format=alt.TopoDataFormat(feature="land", type="topojson"))
    )
    base = alt.Chart(alt.InlineData(values=shown)).encode(longitude="lon:Q", latitude="lat:Q")
    size = alt.Size("events:Q", scale=alt.Scale(type="linear", domainMin=0, range=[20, 900]), legend=None)
    keys = tuple(f"quad {quad}" for quad in reversed(QUADS))
    most = alt.Color("most:N", scale=scale(keys, language), legend=None)
    stroke = alt.Stroke("most:N", scale=scale(keys, language), legend=None)
    tooltip = ["name:N", "events:Q"]
    rings = (
        base.transform_filter("!datum.exact")
        .mark_point(filled=False, strokeWidth=2.2, opacity=0.9)
        .encode(size=size, stroke=stroke, tooltip=tooltip)
    )
    discs = (
        base.transform_filter("datum.exact")
        .mark_circle(opacity=0.85, stroke="white", strokeWidth=1)
        .encode(size=size, color=most, tooltip=tooltip)
    )
    halo = base.mark_text(dy=-14, fontSize=12, stroke="white", strokeWidth=3.5, strokeJoin="round", color="white").encode(
        text="label:N"
    )
    names = base.mark_text(dy=-14, fontSize=12, color=INK).encode(text="label:N")
    drawn = alt.layer(land.mark_geoshape(fill="#ebe9e4", stroke="#d5d2ca", strokeWidth=0.6), discs, rings, halo, names)
    read = exposure(record, "year", start, end)
    outlets = {outlet for row in read.rows for outlet, _ in row.outlets}
    title = say(
        "map title", language, events=sum(spot["events"] for spot in spots), sides=len({spot["country"] for spot in spots})
    )
    line = say("map line", language, articles=read.articles, outlets=len(outlets))
    outside = sum(spot["events"] for spot in spots) - sum(spot["events"] for spot in shown)
    if outside:
        line = directed(undirected(line) + undirected(say("outside", language, events=outside)), language)
    projection = alt.Projection(
        type="mercator",
        scale=frame.scale,
        translate=[frame.across, frame.down],
        clipExtent=[[0, 0], [_WIDTH, _HEIGHT]],
    )
    sized = drawn.properties(width=_WIDTH, height=_HEIGHT, projection=projection, view=alt.ViewBackground(fill="#f7fafc"))
    return titled(alt.vconcat(sized, legend(keys, language, _WIDTH)), title, line, language)


def _spot(found: Spot, language: Language) -> dict[str, Any] | None:
    exact = found.lat is not None and found.lon is not None
    lat, lon = (found.lat, found.lon) if exact else _capitals().get(found.country, (None, None))
    if lat is None or lon is None:
        return None
    english, arabic = label_of(found.country)
    if exact:
        english, arabic = found.latin or english, found.name or arabic
    name = directed(arabic, language) if language == "ar" else english
    events = sum(found.quads)
    most = 1 + max(range(4), key=lambda n: found.quads[n])
    known = {"country": found.country, "name": name, "label": name, "events": events, "most": say(f"quad {most}", language)}
    return {**known, "lat": lat, "lon": lon, "exact": exact}


@cache
def _capitals() -> dict[str, tuple[float, float]]:
    return {
        cells["country"]: (float(cells["lat"]), float(cells["lon"]))
        for _, cells in read_table(FOLDER / "places.csv", PLACE_COLUMNS)
        if cells["kind"] == "capital" and cells["lat"] and cells["lon"] and variants(cells["names"])
    }


class _Frame(NamedTuple):
    scale: float
    across: float
    down: float

    def at(self, spot: dict[str, Any]) -> tuple[float, float]:
        """Where a spot lies in the drawing."""
        return self.across + self.scale * math.radians(spot["lon"]), self.down - self.scale * _mercator(spot["lat"])


def _main_part(spots: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The spots without those far off, where a few events would make all others small; how many they are is said."""
    west, east = _quantiles(spots, "lon")
    south, north = _quantiles(spots, "lat")
    kept = [spot for spot in spots if west <= spot["lon"] <= east and south <= spot["lat"] <= north]
    whole = _ends([spot["lon"] for spot in spots], 179.0)
    return kept if kept and (east - west) < _SMALLER * (whole[1] - whole[0]) else spots


def _quantiles(spots: list[dict[str, Any]], key: str) -> tuple[float, float]:
    ordered = sorted((spot[key], spot["events"]) for spot in spots)
    total, passed, low, high = sum(events for _, events in ordered), 0, None, ordered[-1][0]
    for degrees, events in ordered:
        passed += events
        low = degrees if low is None and passed > _FAR * total else low
        if passed >= (1 - _FAR) * total:
            high = degrees
            break
    return (ordered[0][0] if low is None else low), high


def _name_without_touching(spots: list[dict[str, Any]], frame: _Frame) -> None:
    """Names for the busiest places, each where no other stands."""
    boxes: list[tuple[float, float, float]] = []
    for spot in spots:
        x, y = frame.at(spot)
        half = 4 + 3.6 * len(spot["name"])
        free = all(abs(y - other) > 17 or abs(x - at) > half + width for at, other, width in boxes)
        spot["label"] = spot["name"] if free and len(boxes) < _NAMED else ""
        if spot["label"]:
            boxes.append((x, y, half))


def _frame(spots: list[dict[str, Any]]) -> _Frame:
    """Mercator, as near as all spots allow."""
    west, east = _ends([spot["lon"] for spot in spots], 179.0)
    south, north = _ends([spot["lat"] for spot in spots], 78.0)
    top, bottom = _mercator(north), _mercator(south)
    each = min(_WIDTH / math.radians(east - west), _HEIGHT / (top - bottom))
    return _Frame(each, _WIDTH / 2 - each * math.radians((east + west) / 2), _HEIGHT / 2 + each * (top + bottom) / 2)


def _ends(degrees: list[float], most: float) -> tuple[float, float]:
    low, high = min(degrees) - _MARGIN, max(degrees) + _MARGIN
    lack = max(0.0, _LEAST - (high - low)) / 2
    return max(low - lack, -most), min(high + lack, most)


def _mercator(latitude: float) -> float:
    return math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2))
