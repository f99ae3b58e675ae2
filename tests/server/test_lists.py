"""Every list: as a page, as CSV, as JSON lines and as Parquet the same rows, and not sent again while nothing changed."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from served import Served, make_record, serving

from rasid.record import corrections, find_events, open_record
from rasid.server.app import make_app
from rasid.server.settings import Settings

API = "/api/v1"
NEEDED: dict[str, dict[str, Any]] = {
    "/relations": {"actor": ["MAR", "ISR"]},
    "/relations/state": {"actor": ["MAR", "ISR"], "on": "2021-11-24"},
    "/partners": {"actor": "MAR"},
    "/search": {"words": "المغرب"},
    "/stories": {"least": 1},
    "/tables/{table}": {"format": "csv"},
}
SAY_MORE = frozenset(("/events", "/partners"))  # their lines do: the article, the words; names of countries
NOT_OF_THE_RECORD = frozenset(("/session", "/writes"))  # of who asks, and of the server


def _read() -> Iterator[tuple[str, set[str]]]:
    told = make_app(Settings(Path("not-opened.sqlite"))).openapi()
    for path, methods in told["paths"].items():
        if path.startswith(API) and "get" in methods:
            yield path.removeprefix(API), {one["name"] for one in methods["get"].get("parameters", [])}


READ = dict(_read())
STREAMED = [path for path, names in READ.items() if "format" in names and "{" not in path]
PAGED = [path for path, names in READ.items() if "after" in names and "{" not in path and path != "/writes"]


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, dict[str, str]]]:
    """A server whose record has something of everything, and names for what stands in paths."""
    path = tmp_path_factory.mktemp("held") / "record.sqlite"
    make_record(path)
    with open_record(path) as record:
        event = next(iter(find_events(record))).event_id
        corrections.accept(record, event, by="layla", note="so")
    with serving(path) as served:
        coder, editor = served.as_role("coder"), served.as_role("editor")
        watch = {"name": "all", "query": {"actor": ["MAR"]}, "from_start": True}
        assert served.client.post(f"{API}/watches", json=watch, headers=coder).status_code == 201
        assert served.client.post(f"{API}/stories/update", headers=coder).status_code == 204
        drawn = served.client.post(f"{API}/validations", json={"size": 2, "seed": 1}, headers=editor).json()["id"]
        names = {"event": event, "article": "a1", "table": "participants", "watch": "all", "validation": drawn}
        yield served, names


def test_every_list_with_pages_of_the_record_is_also_streamed() -> None:
    assert set(PAGED) <= set(STREAMED)


@pytest.mark.parametrize("path", STREAMED)
def test_a_page_and_each_stream_hold_the_same_rows(held: tuple[Served, dict[str, str]], path: str) -> None:
    served, asked = held[0], NEEDED.get(path, {})
    csv_, jsonl, parquet = (
        served.client.get(API + path, params={**asked, "format": one}) for one in ("csv", "jsonl", "parquet")
    )
    rows = list(csv.DictReader(io.StringIO(csv_.text)))
    table = pq.read_table(io.BytesIO(parquet.content))
    lines = [json.loads(line) for line in jsonl.text.splitlines()]
    assert len(rows) == len(lines) == table.num_rows > 0
    assert list(rows[0]) == table.column_names
    assert [answer.headers["content-type"].partition(";")[0] for answer in (csv_, jsonl, parquet)] == [
        *("text/csv", "application/x-ndjson", "application/vnd.apache.parquet")
    ]
    if path in PAGED:
        page = served.client.get(API + path, params={**asked, "limit": 1000}).json()["items"]
        assert len(page) == len(rows)
        assert path in SAY_MORE or page == lines


@pytest.mark.parametrize("path", PAGED)
def test_a_stream_is_cut_where_it_is_asked_to_be_and_has_no_pages(held: tuple[Served, dict[str, str]], path: str) -> None:
    served, asked = held[0], {**NEEDED.get(path, {}), "format": "jsonl"}
    assert len(served.client.get(API + path, params={**asked, "limit": 1}).text.splitlines()) == 1
    wrong = served.client.get(API + path, params={**asked, "after": "1"})
    assert (wrong.status_code, "`after` is for pages" in wrong.json()["detail"]) == (400, True)


@pytest.mark.parametrize("path", [path for path in READ if path not in NOT_OF_THE_RECORD])
def test_what_only_reads_is_not_sent_again_while_nothing_changed(held: tuple[Served, dict[str, str]], path: str) -> None:
    served, names = held
    asked: dict[str, Any] = NEEDED.get(path, {})
    first = served.client.get(API + path.format(**names), params=asked)
    assert first.status_code == 200, first.text
    tag = {"If-None-Match": first.headers["etag"]}
    again = served.client.get(API + path.format(**names), params=asked, headers=tag)
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])


def test_a_days_column_is_a_day_and_a_number_a_number(held: tuple[Served, dict[str, str]]) -> None:
    content = held[0].client.get(f"{API}/articles", params={"format": "parquet"}).content
    schema = pq.read_schema(io.BytesIO(content))
    kinds = [str(schema.field(name).type) for name in ("article_id", "published_start", "events")]
    assert kinds == [
        "string",
        "date32[day]",
        "int64",
    ]
