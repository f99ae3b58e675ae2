"""The map: coasts as one path of SVG, and where on it a place lies. No borders of states are drawn.

Natural Earth's coasts (1:110m, public domain), in plate carrée with the scale kept at 25 degrees north.
"""

import json
from functools import cache
from itertools import accumulate, pairwise
from math import cos, radians

from rasid.actors.places import gazetteer
from rasid.analysis.charts.places import LAND

_SHRUNK = cos(radians(25))
_NAMED = 18
SCALE = 10.0  # units of the drawing for a degree of latitude


def point(lat: float, lon: float) -> tuple[float, float]:
    """Where a place lies in the drawing."""
    return round(lon * _SHRUNK * SCALE, 1), round(-lat * SCALE, 1)


@cache
def outline() -> str:
    """The coasts as the `d` of a path."""
    return "".join(map(_ring, rings()))


def rings() -> list[list[tuple[float, float]]]:
    """The coasts as rings of longitude and latitude, out of the TopoJSON that charts are drawn on, too."""
    held = json.loads(LAND.read_text(encoding="utf-8"))
    (across, up), (west, south) = held["transform"]["scale"], held["transform"]["translate"]
    arcs = []
    for arc in held["arcs"]:
        steps = accumulate(arc, lambda at, step: [at[0] + step[0], at[1] + step[1]])
        arcs.append([(west + across * x, south + up * y) for x, y in steps])
    found = []
    for shape in held["objects"]["land"]["geometries"]:
        for polygon in shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]:
            for ring in polygon:  # an arc that is run through backwards has the number -1 - n; arcs share their end points
                parts = [arcs[n] if n >= 0 else arcs[~n][::-1] for n in ring]
                found.append([*parts[0], *(point for part in parts[1:] for point in part[1:])])
    return found


def _ring(points: list[tuple[float, float]]) -> str:
    """A ring; one that reaches over the date line goes on beyond it, so that no line runs around the world."""
    unrolled, turned = [], 0.0
    for (before, _), (lon, lat) in pairwise([points[0], *points]):
        turned += -360.0 if lon - before > 180 else 360.0 if before - lon > 180 else 0.0
        unrolled.append((lat, lon + turned))
    middle = (min(lon for _, lon in unrolled) + max(lon for _, lon in unrolled)) / 2
    drawn = (point(lat, lon - 360 * round(middle / 360)) for lat, lon in unrolled)
    return f"M{'L'.join(f'{x:g} {y:g}' for x, y in drawn)}Z"


def place_on_map(country: str, lat: float | None, lon: float | None) -> tuple[float, float] | None:
    """Where a place lies in the drawing; where only the country is known, at its capital; None where that is not known."""
    if lat is not None and lon is not None:
        return point(lat, lon)
    return _capitals().get(country)


@cache
def _capitals() -> dict[str, tuple[float, float]]:
    return {
        known.country: point(known.lat, known.lon)
        for several in gazetteer().values()
        for known in several
        if known.kind == "capital" and known.country and known.lat is not None and known.lon is not None
    }


def window(points: list[tuple[float, float]]) -> tuple[float, float, float, float]:
    """What of the drawing is shown: all points with room around them, never less than a fair part of the world."""
    if not points:
        return (-200.0, -620.0, 1000.0, 620.0)
    xs, ys = [x for x, _ in points], [y for _, y in points]
    left, right, top, bottom = min(xs) - 60, max(xs) + 60, min(ys) - 60, max(ys) + 60
    width = max(right - left, 620.0, (bottom - top) * 1.7)
    height = max(bottom - top, width / 1.9)
    return (
        round((left + right - width) / 2, 1),
        round(max(-840.0, (top + bottom - height) / 2), 1),
        round(width, 1),
        round(height, 1),
    )


def labels(
    marks: list[tuple[tuple[float, float], float, str]], shown: tuple[float, float, float, float]
) -> list[tuple[float, float, float, str]]:
    """Names for the first of the marks, each beneath its mark where no other name stands: x, y, size of letters, name."""
    size = shown[2] / 88
    found: list[tuple[float, float, float, str]] = []
    for (x, y), radius, name in marks:
        below, half = y + radius + size, 0.29 * size * len(name)
        inside = shown[0] + half < x < shown[0] + shown[2] - half and below < shown[1] + shown[3]
        free = all(
            abs(below - other) > 1.3 * size or abs(x - at) > half + 0.29 * size * len(said) for at, other, _, said in found
        )
        free &= not any(
            abs(x - at) < half + 3 and below - size < down < below + 4 for (at, down), _, _ in marks if (at, down) != (x, y)
        )
        if inside and free and len(found) < _NAMED:
            found.append((x, round(below, 1), round(size, 1), name))
    return found
