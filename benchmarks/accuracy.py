"""Accuracy on coded material: `python benchmarks/accuracy.py [--gold FOLDER] [--pages FOLDER] [--write]`.

Scores events with the gold folder's own `score.py`, and prints developed and blind figures side by side; of the blind files
nothing but figures is ever shown. Without a gold folder it runs on the cases of the lexicon and of the tests, and says so.
"""

import argparse
import importlib.util
import json
from pathlib import Path
from typing import Any, NamedTuple

from figures import Row, show, write
from known_triggers import coverage_rows
from names_score import read_pairs, score
from pages_score import token_f1
from sections import sections, show_sections, write_sections
from times_score import code_times, score_listed, score_times

from rasid.coder import code
from rasid.contract import to_json
from rasid.errors import InputError
from rasid.model import Page
from rasid.pages import read_article, read_date

ROOT = Path(__file__).parent.parent
Json = dict[str, Any]
HEADER = ("figure", "developed", "blind")
NOTES = [
    "The gold was coded by a language model, in independent passes, after a written codebook; no human panel has coded it yet.",
    "The weights are fitted on the developed sentences and articles, so that column flatters; the blind one does not.",
    "The rules for times, names and pages were written with their developed files in view, and there are no blind ones.",
]
KINDS = ("dev", "blind")
SHORT = {
    "type of event, F1": "type F1",
    "type, and who on both sides, F1": "who F1",
    "status right": "status right",
    "day right": "when right",
    "country right": "where right",
}


class Measure(NamedTuple):
    """A figure of `score.py`: its name there, and the part of it."""

    label: str
    name: str
    part: str | None = None


EVENT_MEASURES = (
    Measure("type F1", "type", "f1"),
    Measure("type precision", "type", "p"),
    Measure("type recall", "type", "r"),
    Measure("who F1 (type, and both sides by country or organisation)", "who", "f1"),
    Measure("full F1 (both sides by country and sector)", "full", "f1"),
    Measure("mode right", "mode"),
    Measure("status right", "status"),
    Measure("when right", "when"),
    Measure("where right", "where"),
    Measure("source right", "attributed"),
    Measure("contexts F1", "contexts"),
)


def read_rows(path: Path) -> list[Json]:
    """The rows of a JSONL file; none where it is not there."""
    if not path.is_file():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def code_row(row: Json) -> Json:
    """The events of a gold row's text, by its date, as `rasid code` gives them."""
    page = Page(row["text"], row["id"], id=row["id"], title=row.get("title"), is_text=True)
    return to_json(code(read_article(page, read_date(row["date"]) if row["date"] else None)))


def load_scorer(gold: Path) -> Any:
    """The gold folder's `score.py`, run from where it is."""
    spec = importlib.util.spec_from_file_location("score", gold / "score.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Coded(NamedTuple):
    """The rows of a gold file, and what rasid makes of each."""

    rows: list[Json]
    coded: list[Json]


def code_file(path: Path) -> Coded:
    rows = read_rows(path)
    return Coded(rows, list(map(code_row, rows)))


def event_rows(scorer: Any, files: dict[str, Coded], label: str) -> list[Row]:
    """What `score.py` says of the developed and the blind file."""
    results: list[Json] = [scorer.score(*files[kind])[0] if files[kind].rows else {} for kind in KINDS]
    numbers = [f"{result['rows']:,} with {result['gold']:,} events" if result else "" for result in results]
    rows: list[Row] = [(label, *numbers)]
    for measure in EVENT_MEASURES:
        figures = [_figure(result, measure) for result in results]
        if any(figures):
            rows.append((f"- {measure.label}", *figures))
    return rows


def _figure(result: Json, measure: Measure) -> str:
    value = result.get(measure.name)
    value = value[measure.part] if value is not None and measure.part else value
    return "" if value is None else f"{value:.3f}"


def room_rows(gold: Path, pages: Path) -> list[Row]:
    """The rooms measured alone."""
    rows: list[Row] = []
    times = read_rows(gold / "times_dev.jsonl")
    if times:
        found = score_times(times, map(code_times, times))["f1"]
        rows.append(("times: F1 of text, first and last day", f"{found:.3f}", ""))
    weekdays = read_rows(gold / "weekdays_dev.jsonl")
    if weekdays:
        right = score_listed(weekdays, map(code_times, weekdays))
        rows.append(("weekdays with اليوم: day right", f"{right:.3f}", ""))
    names = gold / "names_dev.jsonl"
    if names.is_file():
        rows.append(("names: F1 of one person", f"{score(read_pairs(names))[0]['f1']:.3f}", ""))
    return rows + page_rows(pages)


def page_rows(folder: Path) -> list[Row]:
    """Token F1 of cleaned pages, HTML and crawl text; `make bench` and `pages_score.py` have trafilatura beside it."""
    rows = read_rows(folder / "index.jsonl")
    if not rows:
        return []
    golds = [(folder / row["gold"]).read_text(encoding="utf-8").strip() for row in rows]
    figures: list[Row] = []
    for key, label in (("html", "HTML"), ("crawl", "crawl text")):
        texts = [cleaned((folder / row[key]).read_bytes()) for row in rows]
        mean = sum(map(token_f1, texts, golds)) / len(rows)
        figures.append((f"pages: token F1 of the text, {label}", f"{mean:.3f}", ""))
    return figures


def cleaned(content: bytes) -> str:
    try:
        return read_article(Page(content, "page")).text
    except InputError:
        return ""


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure accuracy.")
    parser.add_argument("--gold", type=Path, default=ROOT.parent / "shared" / "gold", help="the folder of coded material")
    parser.add_argument("--pages", type=Path, default=ROOT.parent / "shared" / "pages", help="pages with their text")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/accuracy.md and README.md")
    options = parser.parse_args()
    if not (options.gold / "score.py").is_file():
        show_own_cases(options.gold)
        return
    scorer = load_scorer(options.gold)
    sentences, articles = (
        {kind: code_file(options.gold / f"{name}_{kind}.jsonl") for kind in KINDS} for name in ("events", "articles")
    )
    rows = [*event_rows(scorer, sentences, "sentences"), (), *event_rows(scorer, articles, "whole articles"), ()]
    rows += [*coverage_rows(options.gold), (), *room_rows(options.gold, options.pages)]
    show("Accuracy", HEADER, rows, NOTES)
    if options.write:
        write(ROOT / "docs" / "accuracy.md", HEADER, rows, NOTES)
        short = in_short((ROOT / "docs" / "accuracy.md").read_text(encoding="utf-8"))
        write(ROOT / "README.md", ("on news that nothing was fitted on", "sentences", "whole articles"), short, [])
    blind = [files["blind"] for files in (sentences, articles)]
    if all(one.rows for one in blind):
        found = sections(scorer, blind, read_rows(options.gold / "events_dev.jsonl"))
        show_sections(found)
        if options.write:
            write_sections(ROOT / "docs", found)


def in_short(page: str) -> list[Row]:
    """What README.md says of the table in docs/accuracy.md: blind figures, of sentences and of whole articles."""
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in page.splitlines() if line.startswith("| - ")]
    return [(label, *(row[2] for row in cells if row[0].startswith(f"- {name}"))) for label, name in SHORT.items()]


def show_own_cases(gold: Path) -> None:
    from own_cases import score_cases

    scored = [case for case in score_cases() if case[2]]
    rows: list[Row] = [(name, f"{right:,} of {number:,}", f"{right / number:.3f}") for name, right, number in scored]
    notes = [f"There is no gold in {gold}: these are our own cases, and say nothing of news."]
    show("Our own cases", ("what", "right", "share"), rows, notes)


if __name__ == "__main__":
    main()
