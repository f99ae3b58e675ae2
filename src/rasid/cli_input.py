"""What the commands read. A bad page or row is one line on standard error, and the run goes on; at its end the status is 2."""

import datetime as dt
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, TypeVar

import typer

from rasid.errors import InputError
from rasid.model import Article, CodedArticle

if TYPE_CHECKING:
    from rasid.model import Page
    from rasid.pages import Failure, Reading, Skipped

BAD_INPUT = 2
_REASONS = 4  # that are told of what was passed over
_KEPT_APART = 200
RECORD = Path("rasid.sqlite")
Json = dict[str, Any]
Day = Annotated[str | None, typer.Option("--date", metavar="DAY", help="The day the pages were published, as 2021-11-24.")]
RecordPath = Annotated[Path, typer.Option("--record", metavar="FILE", help="The record, one SQLite file.")]
Workers = Annotated[
    int | None, typer.Option("--workers", metavar="N", min=1, help="Processes that code; if not given, all for much input.")
]
MinConfidence = Annotated[
    float, typer.Option("--min-confidence", metavar="SHARE", min=0.0, max=1.0, help="Only events at least so sure, 0 to 1.")
]
Persons = Annotated[
    str, typer.Option("--persons", metavar="WHOSE", help="Whose names are given: all, or officials, who hold a public role.")
]
Good = TypeVar("Good")
Given = TypeVar("Given")


class Read(NamedTuple):
    """An article, and where it was found (`notes.jsonl:7`)."""

    page: str
    article: Article


class LeftOut(NamedTuple):
    """A page or row that was left out: at which step (read, clean, code), and why.

    Of those that are not `noted` only the number is told: what a crawl holds beside Arabic articles is no failure.
    """

    page: str
    step: str
    reason: str
    noted: bool = True


@dataclass
class Tally:
    """How many pages were left out so far, and how many were passed over, by reason."""

    left_out: int = 0
    passed: Counter[str] = field(default_factory=Counter)


@contextmanager
def tally() -> Iterator[Tally]:
    """Counts what is left out; status 2 at the end if anything was."""
    counted = Tally()
    yield counted
    if counted.passed:
        complain(passed_over(counted.passed))
    if counted.left_out:
        raise SystemExit(BAD_INPUT)


def passed_over(passed: "Counter[str]") -> str:
    """How many pages were passed over, and the commonest reasons."""
    reasons = "; ".join(f"{number:,} {reason}" for reason, number in passed.most_common(_REASONS))
    others = passed.total() - sum(number for _, number in passed.most_common(_REASONS))
    return f"{passed.total():,} passed over: {reasons}{f'; {others:,} for other reasons' if others else ''}"


def count_reason(counted: "Counter[str]", reason: str) -> None:
    """Count a reason; of those that no two pages share, not all are kept apart."""
    counted[reason if reason in counted or len(counted) < _KEPT_APART else "for other reasons"] += 1


def read_articles(paths: list[str], date: dt.date | None) -> Iterator[Read | LeftOut]:
    """The articles of all that `read_pages` reads, in order."""
    from rasid.pages import read_pages

    reading = default_reading()
    for page in read_pages(paths, sys.stdin.buffer, reading):
        yield read_one(page, date, reading)


def default_reading() -> "Reading":
    """How sources are read where no option says otherwise."""
    from rasid.pages import Reading, Sites
    from rasid.pages.web.settings import Web, default_cache

    return Reading(web=Web(cache=default_cache()), sites=Sites())


def read_one(page: "Page | Failure | Skipped", date: dt.date | None, reading: "Reading") -> Read | LeftOut:
    """The article of a page that a source gave."""
    from rasid.model import Page
    from rasid.pages import Failure, read_article
    from rasid.pages.found import OWN_ERROR

    if not isinstance(page, Page):
        return LeftOut(page.name, "read", page.reason, isinstance(page, Failure))
    article = attempt(lambda page: read_article(page, date, reading.sites), page, page.name, "clean")
    if isinstance(article, LeftOut):
        return article._replace(noted=not page.is_bulk or article.reason.startswith(OWN_ERROR))
    return Read(page.name, article)


def read_objects(paths: list[str]) -> Iterator[tuple[str, Json] | LeftOut]:
    """The rows of JSONL files and `-`, and where each stands, whatever their keys are."""
    from rasid.pages import read_rows

    for row in read_rows(paths, sys.stdin.buffer):
        yield LeftOut(row.name, "read", row.content) if isinstance(row.content, str) else (row.name, row.content)


def surer(coded: Iterable[CodedArticle], least: float) -> Iterator[CodedArticle]:
    """Each article with those of its events that are at least so sure; one that nobody scored stays."""
    return (
        replace(one, events=tuple(event for event in one.events if event.confidence is None or event.confidence >= least))
        for one in coded
    )


def attempt(step: Callable[[Given], Good], given: Given, page: str, name: str) -> Good | LeftOut:
    """What `step` makes of `given`. One page never ends a run, not even where rasid itself is wrong about it."""
    try:
        return step(given)
    except InputError as error:
        return LeftOut(page, name, str(error).removeprefix(f"{page}: "))
    except Exception as error:
        from rasid.pages.found import error_of_ours

        return LeftOut(page, name, error_of_ours(error))


def good(found: Iterable[Good | LeftOut], counted: Tally) -> Iterator[Good]:
    """What is good of `found`; the rest is said and counted as it comes."""
    for one in found:
        if not isinstance(one, LeftOut):
            yield one
        elif one.noted:
            complain(f"{one.page}: {one.reason}")
            counted.left_out += 1
        else:
            count_reason(counted.passed, one.reason)


def read_day(day: str | None) -> dt.date | None:
    """The day of an option.

    Raises:
        InputError: it is none.
    """
    from rasid.pages import read_date

    return None if day is None else read_date(day)


def print_lines(rows: Iterable[Json]) -> None:
    """Write JSON lines, each as soon as it is known."""
    for row in rows:
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
        sys.stdout.flush()


def complain(line: str) -> None:
    """One line on standard error, whatever stands in a file's name or a page."""
    sys.stdout.flush()
    sys.stderr.write(f"rasid: {' '.join(line.splitlines())}\n")


def worth(workers: int | None, sources: list[str]) -> int | None:
    """How many processes are to code, as the user says; without a word one where rows come through a pipe, as they are made."""
    return 1 if workers is None and "-" in sources else workers


def choose(name: str, options: dict[str, Any]) -> Any:
    """The option of this name.

    Raises:
        InputError: there is none.
    """
    if name not in options:
        raise InputError(f'there is no format "{name}" here (one of {", ".join(options)})')
    return options[name]


def choose_persons(whose: str) -> bool:
    """Whether of persons only those are to be named who hold a public role.

    Raises:
        InputError: it is neither `all` nor `officials`.
    """
    if whose not in ("all", "officials"):
        raise InputError(f'--persons cannot be "{whose}" (one of all, officials)')
    return whose == "officials"
