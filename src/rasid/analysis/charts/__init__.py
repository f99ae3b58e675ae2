"""Charts of a record, as SVG, PNG and HTML files that need nothing else. They are drawn by what the extra `charts` brings."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from rasid.errors import InputError
from rasid.record import Record

if TYPE_CHECKING:
    from rasid.analysis.charts.theme import Language

_EXTRA = ("altair", "networkx", "vl_convert")


def kinds() -> dict[str, tuple[int, int]]:
    """The kinds of charts, and how many actors each takes, at least and at most."""
    return {"relation": (2, 2), "types": (0, 1), "dyads": (0, 0), "network": (0, 0), "map": (0, 0)}


def draw(
    record: Record,
    kind: str,
    actors: tuple[str, ...],
    path: Path,
    *,
    by: str | None = None,
    start: dt.date | None = None,
    end: dt.date | None = None,
    language: str = "en",
) -> None:
    """Draw a chart of a record to a file.

    Args:
        record: the record.
        kind: one of `kinds()`: a relation's timeline with its states, events by type, dyads, the network, the map.
        actors: whose, as `actor_named` takes them.
        path: an `.svg`, `.png` or `.html` file; it appears when it is whole.
        by: `day`, `month` or `year`; without it, what suits the length of the time.
        start: from this day.
        end: to this day.
        language: `en` or `ar`, of titles and labels.

    Raises:
        InputError: there is no such kind, format or language, nothing to draw, or the extra `charts` is not installed.
    """
    chart, spoken = make(record, kind, actors, path.suffix, by=by, start=start, end=end, language=language)
    from rasid.analysis.charts.writing import write_chart

    write_chart(chart, path, spoken)


def make(
    record: Record,
    kind: str,
    actors: tuple[str, ...],
    suffix: str = ".svg",
    *,
    by: str | None = None,
    start: dt.date | None = None,
    end: dt.date | None = None,
    language: str = "en",
) -> "tuple[Any, Language]":
    """The Altair chart itself, and its language; arguments and errors as of `draw`."""
    _check(kind, actors, suffix, language)
    from rasid.analysis.charts import pairs, places, timeline, typed

    spoken: Language = "ar" if language == "ar" else "en"
    drawers: dict[str, Callable[[], Any]] = {
        "relation": lambda: timeline.chart(record, actors[0], actors[1], by, start, end, spoken),
        "types": lambda: typed.chart(record, actors[0] if actors else None, by, start, end, spoken),
        "dyads": lambda: pairs.heat_map(record, start, end, spoken),
        "network": lambda: pairs.network(record, start, end, spoken),
        "map": lambda: places.chart(record, start, end, spoken),
    }
    return drawers[kind](), spoken


def _check(kind: str, actors: tuple[str, ...], suffix: str, language: str) -> None:
    from importlib.util import find_spec

    from rasid.analysis.charts.theme import Language

    if kind not in kinds():
        raise InputError(f'there is no chart "{kind}" (one of {", ".join(kinds())})')
    least, most = kinds()[kind]
    if not least <= len(actors) <= most:
        wanted = str(least) if least == most else f"{least} or {most}"
        raise InputError(f'the chart "{kind}" takes {wanted} actors, not {len(actors)}')
    if suffix.lower() not in (".svg", ".png", ".html"):
        raise InputError(f'a chart cannot be written as "{suffix}"; name a file that ends in .svg, .png or .html')
    if language not in get_args(Language):
        raise InputError(f'charts speak no "{language}" (one of en, ar)')
    if not all(find_spec(name) for name in _EXTRA):
        raise InputError('charts need what is not installed: pip install "rasid[charts]"')
