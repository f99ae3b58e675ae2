"""A sample record, built when it is asked for out of the sample pages."""

from pathlib import Path

from rasid.cli_ingest import Ingested, ingest
from rasid.cli_input import default_reading, read_one
from rasid.errors import InputError
from rasid.pages import read_pages
from rasid.record import open_record
from rasid.record.copies import compare_new_articles
from rasid.record.stories import make_stories

_PACKAGE = Path(__file__).parents[1]
_PLACES = (_PACKAGE / "samples", _PACKAGE.parents[1] / "samples" / "pages")  # installed, and in the repository


def make_sample(path: Path) -> Ingested:
    """Code the sample pages into a new record; returns what was done.

    Raises:
        InputError: the pages are not there.
    """
    pages = next((place for place in _PLACES if place.is_dir()), None)
    if pages is None:
        raise InputError("the sample pages were not installed; serve a record of your own with --record")
    reading, done = default_reading(), Ingested()
    with open_record(path) as record:
        for _ in ingest(record, (read_one(page, None, reading) for page in read_pages([str(pages)], None, reading)), done):
            continue  # some of the pages are bad on purpose
        compare_new_articles(record)
        make_stories(record)
    return done
