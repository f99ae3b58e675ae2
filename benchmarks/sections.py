"""The second part of docs/accuracy.md: breakdowns, thresholds, baselines and errors, each a table with a title."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import breakdown as parts
import yaml
from breakdown import HEADER, Json, Outcome
from causes import cause_rows
from figures import Row, show

BEGIN, END = "<!-- breakdown: begin -->", "<!-- breakdown: end -->"
PLOT = "img/reliability.svg"
ERRORS = Path(__file__).parent / "errors.yaml"
CLOSE = 0.05  # the calibration error to stay under


class Section(NamedTuple):
    """A title, what to know of it, and a table."""

    title: str
    said: str
    header: Row
    rows: list[Row]


class Sections(NamedTuple):
    """All of them, and the reliability plot as SVG."""

    tables: list[Section]
    plot: str


def sections(scorer: Any, blind: Sequence[Any], developed: list[Json]) -> Sections:
    """All tables, of the blind sentences and articles (rows and what was coded of each)."""
    found = [parts.outcomes(scorer, one.rows, one.coded) for one in blind]
    both = [one for outcomes in found for one in outcomes]
    rows = [row for one in blind for row in one.rows]
    outlet = {parts.document_of(row): row.get("source") or "sentences" for row in rows}
    decade = {parts.document_of(row): f"{str(row['date'])[:3]}0s" for row in rows}
    country = parts.country_of(rows, scorer.SECTORS)
    points = parts.reliability(both)
    error = parts.calibration_error(points)
    large = f"Of at least {parts.FEWEST} gold events, sentences and articles of the blind files together."
    sure = f"Expected calibration error {error:.3f} (to stay under {CLOSE}): of events at 0.8, about eight in ten are right."
    tables = [
        Section("By type", large, HEADER, parts.group_rows(both, parts.type_of)),
        Section("By outlet", large, HEADER, parts.group_rows(both, lambda one: outlet[one.document])),
        Section("By country or body named most", large, HEADER, parts.group_rows(both, country)),
        Section("By decade", large, HEADER, parts.group_rows(both, lambda one: decade[one.document])),
        Section("What is taken for what", CONFUSED, ("gold", "coded", "times"), parts.confusions(both)),
        Section("Fifty causes of errors", CAUSES, ("cause", "type", "times", "what was done"), cause_rows(scorer, both)),
        Section("How sure", f"{sure} What --min-confidence gives:", SURE, parts.limit_rows(both)),
        Section(
            "Baselines", BASELINES, HEADER, [row for n, one in enumerate(blind) for row in baselines(scorer, one, found[n])]
        ),
        Section("Agreement of the gold's own codings", AGREEMENT, ("", "F1 or share"), AGREED),
        Section("Twenty errors", ERRORS_SAID, ("words", "gold", "coded", "why"), error_rows(developed)),
    ]
    return Sections(tables, parts.reliability_svg(points))


SURE = ("confidence from", "events kept", "precision", "recall", "F1")
CONFUSED = (
    "Blind files: what is coded on the words of an event that the gold has as another type. Most errors are no confusion: "
    "an event is missed, or something coded where the gold has nothing."
)
CAUSES = (
    "Blind files, counted by rules, so that none of their words is shown: events missed or made up, and of those found the "
    "sides that do not agree with the gold (by country or body, else sector)."
)
BASELINES = (
    "Keyword: every word that the lexicon can take for a predicate is an event of its first type. Majority: an event of the "
    "commonest type in every sentence. By type only; neither names anybody."
)
AGREEMENT = (
    "Two independent passes of the model that coded the gold, scored as rasid is: more than this no figure here can mean."
)
AGREED: list[Row] = [
    ("type F1", "0.89 to 0.97"),
    ("who F1", "0.77 to 0.88"),
    ("full F1", "0.53 to 0.86"),
    ("status", "0.97"),
    ("when", "0.93"),
    ("where", "0.94"),
    ("mode", "0.90"),
    ("contexts F1", "0.83"),
]
ERRORS_SAID = (
    "Of the developed sentences, by weights that had not seen them; from arabic_event_gsr (Open Event Data Alliance, MIT). "
    "Texts of the articles belong to their outlets and are not quoted."
)


def baselines(scorer: Any, one: Any, ours: list[Outcome]) -> list[Row]:
    """Ours, the keyword baseline and the majority baseline on one file."""
    where = "articles" if one.rows[0].get("title") is not None else "sentences"
    types = [event["type"] for row in one.rows for event in row["events"]]
    commonest = max(sorted(set(types)), key=types.count)
    others = {
        "keywords": [{"events": parts.keyword_events(row)} for row in one.rows],
        f"majority ({commonest})": [{"events": parts.majority_events(row, commonest)} for row in one.rows],
    }
    compared = {"rasid": ours} | {name: parts.outcomes(scorer, one.rows, coded) for name, coded in others.items()}
    return [parts.figures_row(f"{where}: {name}", outcomes) for name, outcomes in compared.items()]


def error_rows(developed: list[Json]) -> list[Row]:
    """The errors of `errors.yaml`, whose sentences are still in the gold."""
    known = {row["id"] for row in developed}
    listed = yaml.safe_load(ERRORS.read_text(encoding="utf-8"))
    return [(one["words"], one["gold"], one["coded"], one["why"]) for one in listed if one["id"] in known]


def show_sections(found: Sections) -> None:
    for one in found.tables:
        show(one.title, one.header, one.rows, [one.said])


def write_sections(docs: Path, found: Sections) -> None:
    """Put the tables into docs/accuracy.md between the two comments that mark their place, and the plot beside it."""
    path = docs / "accuracy.md"
    before, _, rest = path.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    pieces = []
    for one in found.tables:
        rule = ("---", *("---:" if row_is_figures(one) else "---" for _ in one.header[1:]))
        lines = "\n".join(f"| {' | '.join(line)} |" for line in (one.header, rule, *one.rows))
        plot = f"\n![Share of events that are right, by confidence]({PLOT})\n" if one.title == "How sure" else ""
        pieces.append(f"### {one.title}\n\n{one.said}\n{plot}\n{lines}\n")
    path.write_text(f"{before}{BEGIN}\n{chr(10).join(pieces)}{END}{after}", encoding="utf-8")
    (docs / PLOT).parent.mkdir(exist_ok=True)
    (docs / PLOT).write_text(found.plot, encoding="utf-8")


def row_is_figures(one: Section) -> bool:
    return one.header[-1] not in ("why", "what was done") and one.header[1] != "coded"
