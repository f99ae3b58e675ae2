"""The timeline of a relation: its states, what was done by period, and how much was read."""

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from rasid.analysis.charts.theme import FAINT, INK, QUADS, Language, colour, legend, say, scale, titled
from rasid.analysis.formal import Band, Change
from rasid.analysis.periods import By
from rasid.analysis.relations import Count, Relation, relation
from rasid.errors import InputError
from rasid.record import Record

WIDTH = 860
_LEVELS = 3  # of dates above the states, where changes lie near each other
_NEAR = 0.1  # of the width: so near that two dates would touch
_WORDS = 4  # gaps that are told in words
_ROOM_FOR_WORDS = 0.1  # of the width, in which they can lie
_ROOM = 0.05  # of the width, that a word needs to stand in a band


def chart(
    record: Record, a: str, b: str, by: str | None, start: dt.date | None, end: dt.date | None, language: Language
) -> Any:
    """The chart of the relation of two actors.

    Raises:
        InputError: nothing is known of the two in this time.
    """
    import altair as alt

    found = relation(record, a, b, by or "month", start, end, events=False)
    if not any(count.events for count in found.counts) and not found.states.changes:
        raise InputError(f"{record.path}: tells of nothing between {found.a.english} and {found.b.english} in this time")
    first, last = (start, end) if start and end else _extent(found, start, end)
    if by is None and (suited := suiting(first, last)) != "month":
        found = relation(record, a, b, suited, start, end, events=False)
    shown = [count for count in found.counts if count.end >= first and count.start <= last]
    first, last = min(first, shown[0].start), max(last, shown[-1].end)
    axis = _time_axis(first, last)
    keys = tuple(f"quad {quad}" for quad in reversed(QUADS))
    rows = [
        _states(found, first, last, axis, language),
        _events(shown, axis, language),
        _articles(shown, axis, language),
        legend((*keys, "nothing"), language, WIDTH),
    ]
    events = sum(count.events or 0 for count in shown)
    names = {"a": _name(found, language, 0), "b": _name(found, language, 1)}
    line = say(
        "relation line",
        language,
        by=say("month of" if found.by == "month" else found.by, language),
        span=f"{shown[0].period}–{shown[-1].period}",
        articles=sum(count.articles for count in shown),
        outlets=len({outlet for count in shown for outlet, _ in count.outlets}),
        about=sum(count.about for count in shown),
    )
    drawn = alt.vconcat(*rows, spacing=10).resolve_scale(color="independent", x="independent")
    return titled(drawn, say("relation title", language, events=events, **names), line, language)


def suiting(first: dt.date, last: dt.date) -> By:
    """The period to count by, that gives bars that can be seen."""
    days = (last - first).days
    return "day" if days <= 92 else "month" if days <= 366 * 8 else "year"


def _time_axis(first: dt.date, last: dt.date) -> dict[str, Any]:
    """The horizontal axis of all parts of a timeline: years, or months where there are few."""
    import altair as alt

    days = (last - first).days
    form = "%Y" if days > 366 * 3 else "%Y-%m" if days > 92 else "%Y-%m-%d"
    end = last + dt.timedelta(days=1)
    return {
        "scale": alt.Scale(type="utc", domain=[_at(first), _at(end)], nice=False),
        "axis": alt.Axis(format=form, title=None, grid=True, labelOverlap=True, labelFlush=True, tickCount=10),
    }


def _at(day: dt.date) -> int:
    """Milliseconds since 1970, as a scale of time counts."""
    return 1000 * int(dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC).timestamp())


def _extent(found: Relation, start: dt.date | None, end: dt.date | None) -> tuple[dt.date, dt.date]:
    """From the first thing known of the two to the last that was read."""
    told = [day for count in found.counts if count.events for day in (count.start, count.end)]
    told += [day for change in found.states.changes for day in (change.first, change.last) if day]
    read = [count.end for count in found.counts if count.articles]
    return start or min(told), end or max([*told, *read])


def _name(found: Relation, language: Language, which: int) -> str:
    actor = (found.a, found.b)[which]
    return actor.arabic if language == "ar" else actor.english


def _states(found: Relation, first: dt.date, last: dt.date, axis: Any, language: Language) -> Any:
    import altair as alt

    days = (last - first).days + 1
    bands = [_band(band, first, last, days, language) for band in found.states.bands if _is_in(band, first, last)]
    if not bands:
        bands = [_band(Band("unknown", None, None, ("unknown",), None), first, last, days, language)]
    changes = list(_dates([one for one in found.states.changes if _day(one) and first <= _day(one) <= last], first, days))
    top = 14 * max((change["level"] for change in changes), default=-1) + 18
    x = alt.X("start:T", axis=None)
    height = alt.Y("y:Q", scale=None, axis=None)
    keys = tuple(dict.fromkeys(band["key"] for band in bands))
    base = alt.Chart(alt.InlineData(values=bands))
    strip = base.mark_rect(stroke="white", strokeWidth=1.5, y=top, y2=top + 30).encode(
        x=alt.X("start:T", scale=axis["scale"], axis=None),  # one layer names the scale for all
        x2="end:T",
        color=alt.Color("state:N", scale=scale(keys, language), legend=None),
        opacity=alt.Opacity("sure:Q", scale=alt.Scale(domain=[0, 1], range=[0.55, 1]), legend=None),
    )
    words = base.mark_text(y=top + 15, baseline="middle", color=INK, fontSize=12.5)
    layers = [strip, words.encode(x=alt.X("middle:T", axis=None), text="label:N")]
    unsaid = {band["start"]: band["state"] for band in bands if not band["label"]}
    for change in changes:
        if change["start"] in unsaid:  # too short for its name, which stands with its day
            change["label"] += f"  {unsaid[change['start']]}"
        change["y"] = top - 9 - 14 * change["level"]
    dates = alt.Chart(alt.InlineData(values=changes)).encode(x=x, y=height)
    layers.append(dates.mark_rule(color="#9a9a9a", y2=top))
    sides: list[tuple[Any, bool]] = [("left", False), ("right", True)]
    for align, late in sides:  # a date near the end stands before its day
        said = dates.mark_text(align=align, dx=-4 if late else 4, baseline="middle", fontSize=11, color=INK)
        layers.append(said.encode(text="label:N").transform_filter(f"datum.late == {str(late).lower()}"))
    if any(change.is_disputed for change in found.states.changes):
        right = language == "ar"
        side: dict[str, Any] = {"x": WIDTH if right else 0, "align": "right" if right else "left"}
        note = alt.Chart(alt.InlineData(values=[{"label": say("disputed", language)}])).mark_text(
            y=top + 42, baseline="middle", fontSize=11, color=FAINT, **side
        )
        layers.append(note.encode(text="label:N"))
    noted = any(change.is_disputed for change in found.states.changes)
    return alt.layer(*layers).properties(width=WIDTH, height=top + (50 if noted else 34))


def _is_in(band: Band, first: dt.date, last: dt.date) -> bool:
    return (band.start is None or band.start <= last) and (band.end is None or band.end >= first)


def _band(band: Band, first: dt.date, last: dt.date, days: int, language: Language) -> dict[str, Any]:
    start, end = max(band.start or first, first), min(band.end or last, last)
    words = say(band.state, language)
    fits = (end - start).days / days > _ROOM * max(1, len(words) / 9)
    middle = start + (end - start) / 2
    return {
        "key": band.state,
        "state": words,
        "label": (words if len(band.possible) == 1 else f"{words} ?") if fits else "",
        "start": start.isoformat(),
        "middle": middle.isoformat(),
        "end": (end + dt.timedelta(days=1)).isoformat(),
        "sure": int(len(band.possible) == 1),
    }


def _day(change: Change) -> Any:
    return change.first or change.last


def _dates(changes: Sequence[Change], first: dt.date, days: int) -> Iterator[dict[str, Any]]:
    """The day of each change, on a line of its own where it would touch the one before."""
    ends = [-1.0] * _LEVELS
    for change in changes:
        day, vague = _day(change), change.first != change.last
        at = (day - first).days / days
        late = at > 1 - _NEAR
        begins = at - _NEAR if late else at
        level = next((n for n in range(_LEVELS) if ends[n] <= begins), _LEVELS - 1)
        ends[level] = begins + _NEAR
        label = (f"{day:%Y-%m}…" if vague else day.isoformat()) + (" *" if change.is_disputed else "")
        yield {"start": day.isoformat(), "level": level, "label": label, "late": late}


def _events(counts: Sequence[Count], axis: Any, language: Language) -> Any:
    import altair as alt

    bars = [bar for count in counts for bar in _stacked(count, language)]
    gaps = list(_gaps(counts, language))
    if sum(1 for gap in gaps if gap["label"]) > _WORDS:  # the legend tells what is grey
        gaps = [{**gap, "label": ""} for gap in gaps]
    x = alt.X("start:T", scale=axis["scale"], axis=alt.Axis(labels=False, ticks=False, title=None, grid=True, tickCount=10))
    y = alt.Y(
        "low:Q",
        scale=alt.Scale(nice=True, padding=8),
        axis=alt.Axis(**axis_title(say("events", language), language), tickMinStep=1, labelExpr="abs(datum.value)"),
    )
    keys = tuple(f"quad {quad}" for quad in reversed(QUADS))
    drawn = (
        alt.Chart(alt.InlineData(values=bars))
        .mark_bar(binSpacing=0)
        .encode(
            x=x,
            x2="end:T",
            y=y,
            y2="high:Q",
            color=alt.Color("quad:N", scale=scale(keys, language), legend=None),
            tooltip=["period:N", "quad:N", "number:Q", "articles:Q"],
        )
    )
    empty = alt.Chart(alt.InlineData(values=gaps))
    hatched = empty.mark_rect(color=colour("nothing")).encode(x=alt.X("start:T"), x2="end:T")
    words = []
    for is_wide, turned in ((True, {"baseline": "top"}), (False, {"baseline": "middle", "align": "right", "angle": 270})):
        mark: Any = {"fontSize": 11, "color": FAINT, "y": 7, **turned}
        said = empty.mark_text(**mark).encode(x=alt.X("middle:T"), text="label:N")
        words.append(said.transform_filter(f"datum.wide == {str(is_wide).lower()}"))
    zero = alt.Chart(alt.InlineData(values=[{"zero": 0}])).mark_rule(color="#8a8a8a").encode(y=alt.Y("zero:Q"))
    return alt.layer(hatched, drawn, zero, *words).properties(width=WIDTH, height=220)


def axis_title(title: str, language: Language) -> dict[str, Any]:
    """An upright axis whose title lies above it, on the side on which reading begins."""
    right = language == "ar"
    room = {"titleAlign": "right" if right else "left", "titleX": 30 if right else -30, "titleY": -10}
    return {"title": title, "titleAngle": 0, "orient": "right" if right else "left", **room}


def _stacked(count: Count, language: Language) -> Iterator[dict[str, Any]]:
    """Cooperation upwards, conflict downwards; what was done nearest to the line."""
    ends = _ends(count.start, count.end)
    for sign, quads in ((1, (2, 4)), (-1, (1, 3))):
        low = 0
        for quad in quads:
            number = count.quads[quad - 1]
            if number:
                high = low + sign * number
                known = {
                    "quad": say(f"quad {quad}", language),
                    "number": number,
                    "period": count.period,
                    "articles": count.articles,
                }
                yield {**ends, **known, "low": low, "high": high}
                low = high


def _ends(start: dt.date, end: dt.date) -> dict[str, str]:
    """Bars leave a little room between them; midnight of the day after the last is where a period ends."""
    begins = dt.datetime.combine(start, dt.time())
    length = dt.datetime.combine(end + dt.timedelta(days=1), dt.time()) - begins
    return {"start": (begins + 0.08 * length).isoformat(), "end": (begins + 0.92 * length).isoformat()}


def _gaps(counts: Sequence[Count], language: Language) -> Iterator[dict[str, Any]]:
    """Runs of periods in which nothing was read; told where there is room."""
    for unread, run in groupby(counts, key=lambda count: count.articles == 0):
        if unread:
            some = list(run)
            end = some[-1].end + dt.timedelta(days=1)
            share = (end - some[0].start).days / max(1, (counts[-1].end - counts[0].start).days)
            middle = some[0].start + (end - some[0].start) / 2
            label = say("nothing", language) if share > 0.02 else ""
            ends = {"start": some[0].start.isoformat(), "end": end.isoformat(), "middle": middle.isoformat()}
            yield {**ends, "label": label, "wide": share > _ROOM_FOR_WORDS}


def _articles(counts: Sequence[Count], axis: Any, language: Language) -> Any:
    import altair as alt

    bars = [{**_ends(count.start, count.end), "articles": count.articles, "period": count.period} for count in counts]
    y = alt.Y("articles:Q", axis=alt.Axis(**axis_title(say("articles", language), language), tickMinStep=1, tickCount=3))
    drawn = alt.Chart(alt.InlineData(values=bars)).mark_bar(color="#b5b5b5", binSpacing=0)
    x = alt.X("start:T", scale=axis["scale"], axis=axis["axis"])
    tooltip = ["period:N", "articles:Q"]
    return drawn.encode(x=x, x2="end:T", y=y, y2=alt.datum(0), tooltip=tooltip).properties(width=WIDTH, height=64)
