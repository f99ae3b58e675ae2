"""How all charts look: words in two languages, colours, the font."""

from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

from rasid.lexicon import read_table

Language = Literal["en", "ar"]
WORDS = Path(__file__).parent / "words.csv"
FONT = "Rasid Sans"
INK, FAINT, GRID = "#2b2b2b", "#6b6b6b", "#e6e6e6"
QUADS = (1, 3, 4, 2)  # from conflict to cooperation
_RIGHT_TO_LEFT, _BACK = "\u202b", "\u202c"


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
    return directed(words.format(**parts) if parts else words, language)


def directed(text: str, language: Language) -> str:
    """`text` so that a drawing, whose lines run from the left, sets it the way it is read."""
    return f"{_RIGHT_TO_LEFT}{text}{_BACK}" if language == "ar" and text else text


def colour(key: str) -> str:
    """The colour of a quad class (`quad 1`) or of a state."""
    return _labels()[key].colour


def scale(keys: tuple[str, ...], language: Language) -> Any:
    """A scale from the words for some keys to their colours."""
    import altair as alt

    return alt.Scale(domain=[say(key, language) for key in keys], range=[colour(key) for key in keys])


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
        description=f"{title}. {line}".translate({0x202B: None, 0x202C: None}),
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


_WIDE = 118  # letters of a line under the title


def _lines(line: str, language: Language) -> list[str]:
    plain = line.strip(_RIGHT_TO_LEFT + _BACK)
    lines, rest = [], plain
    while len(rest) > _WIDE and " " in rest[:_WIDE]:
        at = rest.rfind(" ", 0, _WIDE)
        lines.append(rest[:at])
        rest = rest[at + 1 :]
    return [directed(one, language) for one in (*lines, rest)]
