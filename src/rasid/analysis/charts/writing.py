"""Charts to files that need nothing else: SVG and HTML with their font, and in HTML the libraries that draw, inside."""

import base64
import html
import json
from functools import cache
from pathlib import Path
from typing import Any

from rasid.analysis.charts.theme import FONT, Language
from rasid.record.formats import whole

FONTS = Path(__file__).parent / "fonts"
_DOTS = 2.0  # of a PNG, for each of the drawing
_PAGE = """<!DOCTYPE html>
<html lang="{language}" dir="{direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; \
style-src 'unsafe-inline'; font-src data:; img-src data:">
<title>{title}</title>
<style>{font}body {{ margin: 0; background: white; font-family: "{family}", sans-serif; }}
#chart {{ display: block; overflow-x: auto; direction: ltr; }} #chart svg {{ font-family: "{family}", sans-serif; }}</style>
</head>
<body>
<main id="chart" aria-label="{description}"></main>
<script type="module">{script}</script>
<script type="application/json" id="spec">{spec}</script>
</body>
</html>
"""
# The font is waited for, since the room that words take is measured before they are drawn.
_DRAW = (
    "document.fonts.load('16px \"{family}\"', 'ابج abc').then(() => document.fonts.load('bold 16px \"{family}\"', 'ابج abc'))"
    ".then(() => vegaEmbed('#chart', JSON.parse(document.getElementById('spec').textContent), "
    "{{actions: false, renderer: 'svg', logLevel: 1}}));"
)


def write_chart(chart: Any, path: Path, language: Language) -> None:
    """Write an Altair chart to an `.svg`, `.png` or `.html` file, which appears when it is whole."""
    spec = chart.to_dict()
    writers = {".svg": _svg, ".png": _png, ".html": _html}
    content = writers[path.suffix.lower()](spec, language)
    with whole(path) as partial:
        partial.write_bytes(content)


def _svg(spec: dict[str, Any], language: Language) -> bytes:
    drawn: str = _converter().vegalite_to_svg(spec, allowed_base_urls=[])
    start = drawn.index(">") + 1
    said = f"<title>{html.escape(spec.get('description', ''))}</title>"
    return f"{drawn[:start]}{said}<style>{_font_faces()}</style>{drawn[start:]}".encode()


def _png(spec: dict[str, Any], language: Language) -> bytes:
    drawn: bytes = _converter().vegalite_to_png(spec, scale=_DOTS, allowed_base_urls=[])
    return drawn


def _html(spec: dict[str, Any], language: Language) -> bytes:
    text = json.dumps(spec, ensure_ascii=False).replace("<", "\\u003c")  # so that no words of a page end it, or begin another
    said = html.escape(spec.get("description", ""))
    script: str = _converter().javascript_bundle(_DRAW.format(family=FONT))
    return _PAGE.format(
        language=language,
        direction="rtl" if language == "ar" else "ltr",
        title=said,
        description=said,
        font=_font_faces(),
        family=FONT,
        script=script.replace("</script", "<\\/script"),
        spec=text,
    ).encode()


def _font_faces() -> str:
    faces = []
    for name, weight in (("Regular", "normal"), ("Bold", "bold")):
        content = base64.b64encode((FONTS / f"RasidSans-{name}.woff2").read_bytes()).decode()
        source = f"url(data:font/woff2;base64,{content}) format('woff2')"
        faces.append(f"@font-face{{font-family:'{FONT}';font-weight:{weight};src:{source}}}\n")
    return "".join(faces)


@cache
def _converter() -> Any:
    import vl_convert

    vl_convert.register_font_directory(str(FONTS))
    return vl_convert
