"""The record of the relation in samples/relation, coded once."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from rasid.coder import code, coder_version
from rasid.pages import read_article, read_pages
from rasid.record import Record, add, open_record

ARTICLES = Path(__file__).parent.parent.parent / "samples" / "relation" / "articles.jsonl"


def fill(record: Record, path: Path) -> None:
    """Code the rows of a JSONL file into a record."""
    from rasid.model import Page

    for page in read_pages([str(path)]):
        assert isinstance(page, Page)
        add(record, code(read_article(page)), page.name, coder_version())


def rows(path: Path, *texts: tuple[str, str, str]) -> Path:
    """A JSONL file of articles: day, outlet, text."""
    lines = [
        json.dumps({"id": f"a{n}", "date": day, "source": outlet, "text": text}, ensure_ascii=False)
        for n, (day, outlet, text) in enumerate(texts, 1)
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def relation_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("relation") / "relation.sqlite"
    with open_record(path) as record:
        fill(record, ARTICLES)
    return path


@pytest.fixture
def record(relation_path: Path) -> Iterator[Record]:
    with open_record(relation_path) as opened:
        yield opened
