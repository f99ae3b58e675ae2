"""How all charts look: words in two languages, colours, the font."""

import re
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

from rasid.lexicon import read_table

Language = Literal["en", "ar"]
_DIGITS = re.compile(r"\d\D+\d|^-\d")
WORDS = Path(__file__).parent / "words.csv"
FONT = "Rasid Sans"
INK, FAINT, GRID = "#2b2b2b", "#6b6b6b", "#e6e6e6"
QUADS = (1, 3, 4, 2)  # from conflict to cooperation
_RIGHT_TO_LEFT, _LEFT_TO_RIGHT, _BACK = "\u202b", "\u202a", "\u202c"


class Label(NamedTuple):
    """Words of a chart in both languages, and a colour for what has one."""

    en: str
    ar: str
    colour: str


@cache
def _labels() -> dict[str, Label]:
    rows = read_table(WORDS, ("key", "english", "arabic", "colour"))
    return {cells["key"]: Label(cells["english"], cells["arabic"], cells["colour"]) for _, cells in rows}


def say(key: str, language: Language, **parts: object) -> str:
    """The words for `key` in a language, with numbers and names put in; Arabic runs from the right whatever it holds."""
    words: str = getattr(_labels()[key], language)
    parts = {name: f"{part:,}" if isinstance(part, int) else part for name, part in parts.items()}
    if language == "ar":  # digits with strokes between them (2021-11-24) run from the left wherever they stand
        parts = {name: f"{_LEFT_TO_RIGHT}{part}{_BACK}" if _DIGITS.search(str(part)) else part for name, part in parts.items()}
    return directed(words.format(**parts) if parts else words, language)


def directed(text: str, language: Language) -> str:
    """`text` so that a drawing, whose lines run from the left, sets it the way it is read."""
    return f"{_RIGHT_TO_LEFT}{text}{_BACK}" if language == "ar" and text else text


def undirected(text: str) -> str:
    """`text` without the marks of `directed` around it."""
    return text.removeprefix(_RIGHT_TO_LEFT).removesuffix(_BACK)


def colour(key: str) -> str:
    """The colour of a quad class (`quad 1`) or of a state."""
    return _labels()[key].colour


def scale(keys: tuple[str, ...], language: Language) -> Any:
    """A scale from the words for some keys to their colours."""
    import altair as alt

    return alt.Scale(domain=[say(key, language) for key in keys], range=[colour(key) for key in keys])


def legend(keys: tuple[str, ...], language: Language, width: int, *, is_line: bool = False) -> Any:
    """A row of colours and what they stand for, from the side on which reading begins; Vega's own begins on the left."""
    import altair as alt

    right = language == "ar"
    step = min(width / len(keys), 190)
    values = [
        {"at": width - n * step - 7 if right else n * step + 7, "said": say(key, language), "colour": colour(key)}
        for n, key in enumerate(keys)
    ]
    base = alt.Chart(alt.InlineData(values=values)).encode(
        x=alt.X("at:Q", scale=alt.Scale(domain=[0, width], nice=False, zero=False), axis=None)
    )
    shape = "stroke" if is_line else "square"
    marks = base.mark_point(shape=shape, size=150, filled=True, opacity=1, strokeWidth=5 if is_line else 0)
    words = base.mark_text(align="right" if right else "left", dx=-12 if right else 12, fontSize=12, color=INK)
    shown = alt.Color("colour:N", scale=None)
    return alt.layer(marks.encode(color=shown, stroke=shown), words.encode(text="said:N")).properties(width=width, height=22)


def titled(chart: Any, title: str, line: str, language: Language) -> Any:
    """A chart with its title, what it counts beneath, and the look of all charts; `description` is for who cannot see it."""
    import altair as alt

    right = language == "ar"
    return chart.properties(
        title=alt.TitleParams(
            title,
            subtitle=_lines(line, language),
            anchor="end" if right else "start",
            frame="bounds",
            fontSize=19,
            color=INK,
            subtitleColor=FAINT,
            subtitleFontSize=12.5,
            subtitleLineHeight=18,
            offset=18,
        ),
        description=f"{title}. {line}".translate(dict.fromkeys(map(ord, _RIGHT_TO_LEFT + _LEFT_TO_RIGHT + _BACK))),
        padding={"left": 16, "right": 24, "top": 16, "bottom": 14},
    ).configure(
        font=FONT,
        background="white",
        axis=alt.AxisConfig(
            labelColor=FAINT,
            titleColor=FAINT,
            titleFontWeight="normal",
            gridColor=GRID,
            domainColor="#c9c9c9",
            tickColor="#c9c9c9",
        ),
        legend=alt.LegendConfig(
            labelColor=INK, titleColor=FAINT, titleFontWeight="normal", labelLimit=400, symbolStrokeWidth=0
        ),
        view=alt.ViewConfig(stroke=None),
    )


_WIDE = 126  # letters of a line under the title


def _lines(line: str, language: Language) -> list[str]:
    plain = undirected(line) if language == "ar" else line
    lines, rest = [], plain
    while len(rest) > _WIDE and " " in rest[:_WIDE]:
        at = rest.rfind(" ", 0, _WIDE)
        lines.append(rest[:at])
        rest = rest[at + 1 :]
    return [directed(one, language) for one in (*lines, rest)]
