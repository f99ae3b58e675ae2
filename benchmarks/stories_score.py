"""Which reports are put together, against the stories of tests/cases/stories: `python benchmarks/stories_score.py`.

Pairwise and B-cubed F1 over all reports of a file in one heap, an event of the coder standing for each. A report whose act the
coder did not find counts as a story of its own. With `--duplicates FOLDER` also on pairs of its articles that
were read anew: whether both tell one act in their first three sentences. `--show` lists the mistakes.
"""

import argparse
import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from figures import Row, show

from rasid.arabic.sentences import split_sentences
from rasid.coder import code
from rasid.lexicon import read_table
from rasid.model import Article, CodedArticle, PageDate
from rasid.stories.acts import Act, acts_of
from rasid.stories.join import stories_among
from rasid.stories.likeness import in_words, likeness

CASES = Path(__file__).parent.parent / "tests" / "cases" / "stories"
_MARK = "*"
_LEAD = 3  # sentences
Json = dict[str, Any]


class Told(NamedTuple):
    """A report: the story it tells, its article, coded, and the event of the marked word, None where the coder found none."""

    story: str
    coded: CodedArticle
    event: str | None


class Figures(NamedTuple):
    """Precision, recall and F1."""

    precision: float
    recall: float
    f1: float


@cache
def read_cases(path: Path) -> tuple[Told, ...]:
    """The reports of a file, coded."""
    rows = yaml.safe_load(path.read_text(encoding="utf-8"))
    return tuple(
        _told(f"{path.stem}-{n}-{m}", row["story"], *report)
        for n, row in enumerate(rows)
        for m, report in enumerate(row["reports"])
    )


def _told(name: str, story: str, day: dt.date, outlet: str, title: str, marked: str) -> Told:
    before, word, after = marked.split(_MARK)
    date = PageDate(day, day, "given")
    coded = code(Article(name, before + word + after, title, source=outlet, date=date, language="ar"))
    start, end = len(before), len(before) + len(word)
    found = [
        event.id
        for event in coded.events
        for span in (event.trigger, *(report.trigger for report in event.also))
        if span.start < end and start < span.end
    ]
    return Told(story, coded, found[0] if found else None)


def groups_of(told: Iterable[Told]) -> list[tuple[str, str]]:
    """Of each report, the story it tells and the one it was put into."""
    told = list(told)
    acts = [act for one in told for act in acts_of(one.coded)]
    story_of = {report: story.id for story in stories_among(acts) for report in story.reports}
    return [(one.story, story_of[one.event] if one.event else f"none {n}") for n, one in enumerate(told)]


def pairwise(groups: list[tuple[str, str]]) -> Figures:
    """Over pairs of reports: whether they are together."""
    pairs = list(combinations(groups, 2))
    both = sum(a[0] == b[0] and a[1] == b[1] for a, b in pairs)
    return _figures(both, sum(a[1] == b[1] for a, b in pairs), both, sum(a[0] == b[0] for a, b in pairs))


def b_cubed(groups: list[tuple[str, str]]) -> Figures:
    """Over reports: how much of the group that each is in is of its story, and how much of its story is in that group."""
    by_story, by_group, by_both = (defaultdict[Any, int](int) for _ in range(3))
    for story, group in groups:
        by_story[story] += 1
        by_group[group] += 1
        by_both[story, group] += 1
    precision = sum(by_both[both] / by_group[both[1]] for both in groups)
    recall = sum(by_both[both] / by_story[both[0]] for both in groups)
    return _figures(precision, len(groups), recall, len(groups))


def _figures(right: float, given: float, found: float, wanted: float) -> Figures:
    precision, recall = right / given if given else 1.0, found / wanted if wanted else 1.0
    return Figures(precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0)


def case_rows() -> list[Row]:
    """The figures of the cases, of each file and of all together."""
    files = sorted(CASES.glob("*.yaml"))
    heaps = [(path.stem, read_cases(path)) for path in files]
    rows: list[Row] = []
    for name, told in [*heaps, ("all", tuple(one for _, heap in heaps for one in heap))]:
        groups = groups_of(told)
        missed = sum(one.event is None for one in told)
        size = f"{len({one.story for one in told})} stories, {len(told)} reports ({missed} not coded)"
        rows.append((f"stories: {name}, {size}", _said(pairwise(groups)), _said(b_cubed(groups))))
    return rows


def _said(figures: Figures) -> str:
    return f"{figures.f1:.3f} ({figures.precision:.3f}, {figures.recall:.3f})"


def print_mistakes(told: tuple[Told, ...]) -> None:
    """Pairs that are together and should not be, and the other way round, with what speaks for and against."""
    acts = {act.id: act for one in told for act in acts_of(one.coded)}
    for (a, ours), (b, theirs) in combinations(zip(told, groups_of(told), strict=True), 2):
        if (ours[0] == theirs[0]) == (ours[1] == theirs[1]):
            continue
        print(f"{'MISSED' if ours[0] == theirs[0] else 'WRONG'}\n  {a.coded.article.text}\n  {b.coded.article.text}")
        if a.event and b.event:
            found = likeness(acts[a.event], acts[b.event])
            print("  ", acts[a.event].type, acts[b.event].type, found and found.score)
            print("  ", "; ".join(map(in_words, found.findings)) if found else _apart(acts[a.event], acts[b.event]))
        else:
            print("   not coded:", *(n for n, one in enumerate((a, b)) if not one.event))


def _apart(a: Act, b: Act) -> str:
    return f"never: {a.start}..{a.end} {a.day_read} / {b.start}..{b.end} {b.day_read}"


def pair_rows(folder: Path, shown: bool) -> list[Row]:
    """Of pairs of articles that were read anew, whether a story holds an act of the lead of both, against what was read."""
    lines = (folder / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    articles = {row["id"]: row for row in map(json.loads, filter(None, lines))}
    told: list[tuple[bool, bool]] = []
    coded: list[tuple[bool, bool]] = []
    for _, cells in read_table(CASES / "read_pairs.csv", ("a", "b", "same")):
        leads = [_lead(articles[cells[side]]) for side in ("a", "b")]
        stories = stories_among([act for acts in leads for act in acts])
        ids = [{act.id for act in acts} for acts in leads]
        joined = any(set(story.reports) & ids[0] and set(story.reports) & ids[1] for story in stories)
        told.append((cells["same"] == "yes", joined))
        coded += [told[-1]] if {act.type for act in leads[0]} & {act.type for act in leads[1]} else []
        if shown and told[-1][0] != joined:
            print("MISSED" if not joined else "WRONG", *(articles[cells[side]]["title"] for side in ("a", "b")), sep="\n  ")
    return [
        (f"leads of {len(told)} pairs of same-day articles, read anew", _said(_of_pairs(told)), ""),
        (f"- of the {len(coded)} in both of which an event of one type was coded", _said(_of_pairs(coded)), ""),
    ]


def _of_pairs(told: list[tuple[bool, bool]]) -> Figures:
    both = sum(same and joined for same, joined in told)
    return _figures(both, sum(joined for _, joined in told), both, sum(same for same, _ in told))


def _lead(row: Json) -> list[Act]:
    """The acts that the first sentences of an article tell."""
    day = dt.date.fromisoformat(row["date"])
    date = PageDate(day, day, "given")
    coded = code(Article(row["id"], row["text"], row["title"], source=row["source"], date=date, language="ar"))
    first = [span.end for span in split_sentences(row["text"])[:_LEAD]]
    lead = {event.id for event in coded.events if first and event.trigger.start < first[-1]}
    return [act for act in acts_of(coded) if act.id in lead]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--duplicates", type=Path, metavar="FOLDER", help="with articles.jsonl")
    arguments.add_argument("--show", nargs="?", const="all", metavar="FILE", help="list the mistakes: of all, or violence, ...")
    given = arguments.parse_args()
    if given.show:
        for path in sorted(CASES.glob("*.yaml" if given.show == "all" else f"{given.show}.yaml")):
            print_mistakes(read_cases(path))
    rows = case_rows()
    if given.duplicates:
        rows += pair_rows(given.duplicates, bool(given.show))
    show("stories", ("what", "pairwise F1 (precision, recall)", "B-cubed F1 (precision, recall)"), rows, [])


if __name__ == "__main__":
    main()
