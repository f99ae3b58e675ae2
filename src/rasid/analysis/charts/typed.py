"""Events by period and type, and how much was read."""

import datetime as dt
from collections import Counter
from typing import Any

from rasid.analysis.between import months_of_types
from rasid.analysis.charts.theme import INK, QUADS, Language, colour, legend, say, scale, titled, undirected
from rasid.analysis.charts.timeline import WIDTH, axis_title
from rasid.analysis.coverage import exposure
from rasid.analysis.names import actor_named
from rasid.errors import InputError
from rasid.events.plover import quad_of
from rasid.record import Record

_MONTHS = 60  # more than these are counted by year
_DARK = 0.25  # of the largest number: from there on a dark square is too dark for dark figures
_SAID = 34  # periods: with more, numbers would not fit into their squares


def chart(
    record: Record, actor: str | None, by: str | None, start: dt.date | None, end: dt.date | None, language: Language
) -> Any:
    """The chart of one actor's events, or of all.

    Raises:
        InputError: there are none in this time, or they are to be counted by day.
    """
    import altair as alt

    if by not in (None, "month", "year"):
        raise InputError(f'events by type are counted by month or year, not by "{by}"')
    who = actor_named(record, actor) if actor else None
    counted = months_of_types(record, who, start, end)
    if not counted:
        raise InputError(f"{record.path}: tells of no such event in this time")
    months = sorted({month for month, _ in counted})
    unit = by or ("month" if _between(months[0], months[-1]) <= _MONTHS else "year")
    read = exposure(record, unit, start, end)
    numbers: Counter[tuple[str, str]] = Counter()
    for (month, kind), number in counted.items():
        numbers[month if unit == "month" else month[:4], kind] += number
    periods = _run(min(period for period, _ in numbers), max(period for period, _ in numbers), unit)
    periods += [row.period for row in read.rows if row.period > periods[-1]]
    kinds = sorted({kind for _, kind in numbers}, key=lambda kind: (-QUADS.index(quad_of(kind)), kind))
    values = [
        {
            "period": period,
            "type": say(kind, language),
            "quad": say(f"quad {quad_of(kind)}", language),
            "number": number,
            "dark": quad_of(kind) in (1, 2) and number > _DARK * max(numbers.values()),
        }
        for (period, kind), number in numbers.items()
    ]
    right = language == "ar"
    x = alt.X("period:O", sort=None, scale=alt.Scale(domain=periods, paddingInner=0.06), axis=None)
    y = alt.Y(
        "type:N",
        sort=[say(kind, language) for kind in kinds],
        scale=alt.Scale(paddingInner=0.08),
        axis=alt.Axis(title=None, orient="right" if right else "left", labelColor=INK, ticks=False, domain=False),
    )
    keys = tuple(f"quad {quad}" for quad in reversed(QUADS))
    base = alt.Chart(alt.InlineData(values=values)).encode(x=x, y=y)
    squares = base.mark_rect(cornerRadius=2).encode(
        color=alt.Color("quad:N", scale=scale(keys, language), legend=None),
        opacity=alt.Opacity("number:Q", scale=alt.Scale(type="sqrt", range=[0.35, 1]), legend=None),
        tooltip=["period:N", "type:N", "number:Q"],
    )
    known = {row.period: row.articles for row in read.rows}
    gaps = [{"period": period} for period in periods if not known.get(period)]
    layers = [alt.Chart(alt.InlineData(values=gaps)).mark_rect(color=colour("nothing")).encode(x=x), squares]
    if len(periods) <= _SAID:
        ink = alt.condition("datum.dark", alt.value("white"), alt.value(INK))
        layers.append(base.mark_text(fontSize=11).encode(text=alt.Text("number:Q", format=","), color=ink))
    grid = alt.layer(*layers).properties(width=WIDTH, height=24 * len(kinds))
    bars = [{"period": period, "articles": known.get(period, 0)} for period in periods]
    articles = (
        alt.Chart(alt.InlineData(values=bars))
        .mark_bar(color="#b5b5b5")
        .encode(
            x=alt.X(
                "period:O",
                sort=None,
                scale=alt.Scale(domain=periods),
                axis=alt.Axis(title=None, labelAngle=0 if len(periods) < 25 else -60, labelOverlap=True),
            ),
            y=alt.Y(
                "articles:Q",
                axis=alt.Axis(**axis_title(say("articles", language), language), tickCount=3, tickMinStep=1),
            ),
        )
    )
    drawn = alt.vconcat(
        grid, articles.properties(width=WIDTH, height=64), legend((*keys, "nothing"), language, WIDTH), spacing=12
    ).resolve_scale(x="independent")
    name = (who.arabic if right else who.english) if who else undirected(say("everybody", language))
    line = say(
        "types line",
        language,
        by=say("month of" if unit == "month" else "year", language),
        span=f"{periods[0]}–{periods[-1]}",
        articles=read.articles,
        outlets=len({outlet for row in read.rows for outlet, _ in row.outlets}),
    )
    return titled(drawn, say("types title", language, a=name, events=numbers.total()), line, language)


def _between(first: str, last: str) -> int:
    return 12 * (int(last[:4]) - int(first[:4])) + int(last[5:]) - int(first[5:]) + 1


def _run(first: str, last: str, unit: str) -> list[str]:
    if unit == "year":
        return [f"{year:04}" for year in range(int(first), int(last) + 1)]
    start = 12 * int(first[:4]) + int(first[5:]) - 1
    return [f"{month // 12:04}-{month % 12 + 1:02}" for month in range(start, start + _between(first, last))]
