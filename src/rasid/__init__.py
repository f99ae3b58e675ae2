"""rasid reads Arabic news and keeps the record of the political events in it.

The public Python API is four functions: `code`, `clean`, `open_record` and `connect`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from rasid.client import Asking
    from rasid.model import Article, Page
    from rasid.notebook import Coded
    from rasid.record import Record

__all__ = ["clean", "code", "connect", "open_record"]


def code(page: str | bytes | Page | Article, date: str | dt.date | None = None) -> Coded:
    """Code a page or a text.

    Args:
        page: a page as it was found (HTML as text or bytes, or crawl text), a `Page`, or an `Article` that is clean already.
        date: the day it was published (`2021-11-24`), where that is known.

    Returns:
        The coded article: `.article`, `.events`, `.to_frame()`; in a notebook it shows itself with its evidence.

    Raises:
        InputError: there is no Arabic article in it, or the date is none.
    """
    from rasid.coder import code as code_article
    from rasid.model import Article
    from rasid.notebook import Coded

    article = page if isinstance(page, Article) else clean(page, date)
    return Coded.of(code_article(article))


def clean(page: str | bytes | Page, date: str | dt.date | None = None) -> Article:
    """The article on a page: its text without what no writer wrote, its title, outlet, byline and date with their evidence.

    Raises:
        InputError: there is no Arabic article in it, or the date is none.
    """
    from rasid.model import Page
    from rasid.pages import read_article, read_date

    found = page if isinstance(page, Page) else Page(page, "page")
    return read_article(found, read_date(date) if isinstance(date, str) else date)


def open_record(path: str | Path) -> Record:
    """The record kept in the SQLite file `path`, made if it is not there. Use it in a `with` statement.

    Raises:
        RecordError: the file is no record, or a newer rasid made it.
    """
    from rasid.record import open_record as open_file

    return open_file(path)


def connect(place: str | Path, token: str | None = None, by: str = "") -> Asking:
    """A record to ask and to correct, in a file or behind an address of `rasid serve`, with the same calls and the same rows.

    Args:
        place: the path of a record that is there, or `http://host:8000`.
        token: for an address: `rasid accounts token NAME` makes one.
        by: for a file: in whose name corrections are made.

    Raises:
        RecordError: there is no such record.
    """
    from rasid.client import connect as ask

    return ask(str(place), token, by)
