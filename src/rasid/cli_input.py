"""What the commands read. A bad page or row is one line on standard error, and the run goes on; at its end the status is 2."""

import datetime as dt
import json
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from rasid.errors import InputError
from rasid.model import Article, CodedArticle

BAD_INPUT = 2
Json = dict[str, Any]
Good = TypeVar("Good")
Given = TypeVar("Given")


class Read(NamedTuple):
    """An article, and where it was found (`notes.jsonl:7`)."""

    page: str
    article: Article


class LeftOut(NamedTuple):
    """A page or row that was left out: at which step (read, clean, code), and why."""

    page: str
    step: str
    reason: str


@dataclass
class Tally:
    """How many pages were left out so far."""

    left_out: int = 0


@contextmanager
def tally() -> Iterator[Tally]:
    """Counts what is left out; status 2 at the end if anything was."""
    counted = Tally()
    yield counted
    if counted.left_out:
        raise SystemExit(BAD_INPUT)


def read_articles(paths: list[str], date: dt.date | None) -> Iterator[Read | LeftOut]:
    """The articles of files, folders and `-`, in order."""
    from rasid.model import Page
    from rasid.pages import read_article, read_pages

    for page in read_pages(paths, sys.stdin.buffer):
        if not isinstance(page, Page):
            yield LeftOut(page.name, "read", page.reason)
            continue
        article = attempt(lambda page: read_article(page, date), page, page.name, "clean")
        yield article if isinstance(article, LeftOut) else Read(page.name, article)


def read_objects(paths: list[str]) -> Iterator[tuple[str, Json] | LeftOut]:
    """The rows of JSONL files and `-`, and where each stands, whatever their keys are."""
    from rasid.pages import read_rows

    for row in read_rows(paths, sys.stdin.buffer):
        yield LeftOut(row.name, "read", row.content) if isinstance(row.content, str) else (row.name, row.content)


def code_each(found: Iterable[Read | LeftOut], own: Path | None = None) -> Iterator[CodedArticle | LeftOut]:
    """Each article, coded, with the actors of the user's file `own`; what that has wrong is left out, too."""
    from rasid.actors.memory import EMPTY
    from rasid.coder import code, warm_up

    memory = EMPTY
    if own:
        from rasid.actors.own import Refused, memory_of_own, read_own

        rows = list(read_own(own))
        yield from (LeftOut(f"{own.name}:{row.line}", "read", row.reason) for row in rows if isinstance(row, Refused))
        memory = memory_of_own(row for row in rows if not isinstance(row, Refused))
    warm_up()
    for read in found:
        if isinstance(read, LeftOut):
            yield read
        else:
            yield attempt(lambda article: code(article, memory), read.article, read.page, "code")


def attempt(step: Callable[[Given], Good], given: Given, page: str, name: str) -> Good | LeftOut:
    """What `step` makes of `given`. One page never ends a run, not even where rasid itself is wrong about it."""
    try:
        return step(given)
    except InputError as error:
        return LeftOut(page, name, str(error).removeprefix(f"{page}: "))
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(last.filename).name}:{last.lineno}"
        return LeftOut(page, name, f"an error of rasid at {where} ({type(error).__name__}: {error}); please report it")


def good(found: Iterable[Good | LeftOut], counted: Tally) -> Iterator[Good]:
    """What is good of `found`; the rest is said and counted as it comes."""
    for one in found:
        if isinstance(one, LeftOut):
            complain(f"{one.page}: {one.reason}")
            counted.left_out += 1
        else:
            yield one


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
