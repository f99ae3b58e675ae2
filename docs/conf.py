"""How Sphinx builds the site of these pages: `make docs` writes it to `site/`. Nothing is fetched, then or by its readers."""

import sys
from importlib import metadata
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

project = "rasid"
author = "The rasid authors"
project_copyright = "The rasid authors. MIT licence"
release = metadata.version("rasid")
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
myst_heading_anchors = 3
myst_enable_extensions = ["attrs_block", "colon_fence"]
# Links to files of the repository, which tests/test_readme.py follows; blocks of CSV, for which Pygments has no lexer.
suppress_warnings = ["myst.xref_missing", "misc.highlighting_failure"]
autodoc_typehints = "description"
autodoc_member_order = "bysource"
html_theme = "furo"
html_title = "rasid"
html_static_path = ["_static"]
html_css_files = ["rasid.css"]
html_copy_source = False
html_show_sourcelink = False


def turn_arabic(_app: object, page: str, _template: str, context: dict[str, Any], _tree: object) -> None:
    """Arabic pages (`*.ar.md`) run from the right."""
    if page.endswith(".ar"):
        context["body"] = f'<div class="arabic" dir="rtl" lang="ar">{context["body"]}</div>'


def setup(app: Any) -> None:
    """What Sphinx calls first."""
    app.connect("html-page-context", turn_arabic)
