"""Archives to shards, by workers of Ray and in one process; the shards as others read them, and in a record."""

import json
import os
import shutil
import signal
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from fastwarc.warc import WarcRecord, WarcRecordType

from rasid.cluster.coding import Job, begin, code_part
from rasid.cluster.parts import find_parts
from rasid.cluster.running import run_here, run_on_ray
from rasid.coder import coder_version
from rasid.contract import to_json
from rasid.errors import InputError
from rasid.record import count_rows, find_events, open_record
from rasid.record.shards import Loaded, read_shards
from tests.commands import Run, row

SENTENCES = (
    "زار الرئيس الفرنسي الجزائر أمس والتقى نظيره الجزائري في العاصمة.",
    "ووقع وزير الخارجية الأردني سالم الحوراني اتفاقا مع نظيره العراقي في بغداد يوم الثلاثاء.",
    "وقتل خمسة جنود في هجوم مسلح شمال البلاد، بحسب بيان لوزارة الدفاع.",
    "واعتقلت الشرطة عشرين متظاهرا في تونس العاصمة الأربعاء.",
)
EACH = 15  # articles of a file
ONE_BY_ONE = 1  # byte: each file is a part


def text(n: int) -> str:
    return f"الخبر رقم {n}. " + " ".join(SENTENCES[k % 4] for k in range(n, n + 12))


def rows(file: int, number: int) -> str:
    return "".join(
        row(text(file * 100 + n), id=f"{file}-{n}", date=f"2021-{1 + n % 12:02}-05", url=f"https://a.example/{file}/{n}")
        for n in range(number)
    )


@pytest.fixture(scope="module")
def crawl(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with rows, a table, a WET archive, and what is bad of each."""
    folder = tmp_path_factory.mktemp("input") / "crawl"
    folder.mkdir()
    for file in range(6):
        (folder / f"{file}.jsonl").write_text(rows(file, EACH), "utf-8")
    (folder / "0.jsonl").write_text(rows(0, EACH) + "{broken\n" + row("", id="empty"), "utf-8")
    (folder / "table.csv").write_text(f"id,text\n7,{SENTENCES[0]}\n", "utf-8")
    (folder / "torn.jsonl.gz").write_bytes(b"\x1f\x8b\x08\x00broken")
    with (folder / "crawl.wet").open("wb") as archive:
        for n in range(20):
            record = WarcRecord()
            record.init_headers(WarcRecordType.conversion)
            record.headers["WARC-Target-URI"] = f"https://b.example/2022/03/{n + 1:02}/x"
            record.headers["Content-Type"] = "text/plain"
            record.set_bytes_content((text(n) if n % 4 else "An English page about nothing. " * 20).encode())
            record.write(archive)
    return folder


def job(folder: Path, out: Path) -> Job:
    one = Job(str(out), str(folder))
    begin(one)
    return one


def contents(out: Path) -> dict[str, bytes]:
    """Every file of shards, but for what stands in `done`, by name."""
    return {str(path.relative_to(out)): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}


@pytest.fixture(scope="module")
def alone(crawl: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shards that one process makes."""
    out = tmp_path_factory.mktemp("alone") / "shards"
    list(run_here(job(crawl.parent, out), find_parts([str(crawl)], ONE_BY_ONE)))
    return out


@pytest.fixture(scope="module")
def shards(alone: Path) -> Path:
    return alone


def _kill_the_first(out: Path, killed: list[int]) -> None:
    """The worker that first has a part in its hands, as soon as it has."""
    begun, mine = time.monotonic(), os.getpid()
    while not killed and time.monotonic() - begun < 60:
        for partial in (out / ".partial").glob("*"):
            worker = int(partial.name.split(".")[1])
            if worker != mine and not killed:
                os.kill(worker, signal.SIGKILL)
                killed.append(worker)
        time.sleep(0.01)


def test_two_workers_of_which_one_is_killed_make_what_one_process_makes(crawl: Path, alone: Path, tmp_path: Path) -> None:
    out, killed = tmp_path / "shards", list[int]()
    one = job(crawl.parent, out)
    killer = threading.Thread(target=_kill_the_first, args=(out, killed))
    killer.start()
    done = list(run_on_ray(one, find_parts([str(crawl)], ONE_BY_ONE), workers=2))
    killer.join()
    assert killed
    assert len(done) == 9
    assert not (out / ".partial").exists()
    assert contents(out) == contents(alone)


def test_the_rows_are_those_of_rasid_code(rasid: Run, crawl: Path, alone: Path) -> None:
    wanted = {article["id"]: article for article in rasid("code", crawl / "1.jsonl", "--format", "jsonl").rows}
    found = {one.coded.article.id: to_json(one.coded) for one in read_shards(alone) if isinstance(one, Loaded)}
    assert len(wanted) == EACH
    assert {name: found[name] for name in wanted} == wanted


def test_a_run_goes_on_where_it_stopped_and_does_nothing_twice(crawl: Path, alone: Path, tmp_path: Path) -> None:
    one, parts = job(crawl.parent, tmp_path / "shards"), find_parts([str(crawl)], ONE_BY_ONE)
    for part in parts[:3]:
        code_part(one, part)
    assert [coded.before for coded in run_here(one, parts)] == [True] * 3 + [False] * 6
    assert contents(tmp_path / "shards") == contents(alone)
    times = [path.stat().st_mtime_ns for path in (tmp_path / "shards").rglob("*.parquet")]
    assert all(coded.before for coded in run_here(one, parts))
    assert [path.stat().st_mtime_ns for path in (tmp_path / "shards").rglob("*.parquet")] == times


def test_files_that_a_lost_worker_left_are_written_anew(crawl: Path, alone: Path, tmp_path: Path) -> None:
    out = tmp_path / "shards"
    shutil.copytree(alone, out)
    parts = find_parts([str(crawl)], ONE_BY_ONE)
    (out / "done" / f"{parts[1].key}.json").unlink()
    torn = next((out / "events").rglob(f"{parts[1].key}.parquet"))
    torn.write_bytes(b"half of it")
    list(run_here(job(crawl.parent, out), parts))
    assert contents(out) == contents(alone)


@pytest.mark.parametrize("torn", ["cut off", "overwritten", "missing"])
def test_a_shard_that_is_half_written_is_found_by_check_and_never_half_loaded(
    rasid: Run, crawl: Path, alone: Path, tmp_path: Path, torn: str
) -> None:
    out, record = tmp_path / "shards", tmp_path / "record.sqlite"
    shutil.copytree(alone, out)
    assert rasid("check", "--record", out).status == 0
    file = max((out / "articles").rglob("*.parquet"), key=lambda path: path.stat().st_size)
    content = file.read_bytes()
    if torn == "missing":
        file.unlink()
    else:
        middle = len(content) // 2
        file.write_bytes(
            content[:middle] if torn == "cut off" else content[: middle - 50] + bytes(100) + content[middle + 50 :]
        )
    found = rasid("check", "--record", out)
    assert (found.status, found.err.count("\n")) == (2, 1), found.err
    assert str(file.relative_to(out)) in found.err
    done = out / "done" / f"{file.stem}.json"
    assert f"take {done.relative_to(out)} away" in found.err
    loaded = rasid("ingest", out, "--record", record)
    assert (loaded.status, "cannot be read as shards" in loaded.err) == (2, True), loaded.err
    assert rasid("check", "--record", record).status == 0  # what was loaded before it is whole
    done.unlink()
    list(run_here(job(crawl.parent, out), find_parts([str(crawl)], ONE_BY_ONE)))
    assert contents(out) == contents(alone)
    assert rasid("check", "--record", out).status == 0
    rasid("ingest", out, "--record", record)
    assert len(rasid("events", "--record", record, "--format", "jsonl").rows) > 0


def test_input_that_has_changed_is_coded_anew_in_place_of_the_old(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(rows(1, 3), "utf-8")
    one = job(tmp_path, tmp_path / "shards")
    (first,) = run_here(one, find_parts([str(tmp_path / "a.jsonl")]))
    (tmp_path / "a.jsonl").write_text(rows(1, 2), "utf-8")
    (second,) = run_here(one, find_parts([str(tmp_path / "a.jsonl")]))
    assert (first.done.articles, second.done.articles, second.before) == (3, 2, False)
    assert len(list((tmp_path / "shards" / "articles").rglob("*.parquet"))) == len(second.done.files) // 2


def test_a_bad_page_is_named_and_the_rest_goes_on(shards: Path) -> None:
    import pyarrow.parquet as pq

    failed = [line for file in shards.glob("failures/*") for line in pq.ParquetFile(file).read().to_pylist()]
    assert {Path(line["page"]).name for line in failed} == {f"0.jsonl:{EACH + 1}", "torn.jsonl.gz"}
    assert all(line["reason"] for line in failed)


def test_duckdb_pandas_and_polars_read_the_shards_as_they_are(shards: Path, alone: Path) -> None:
    import duckdb
    import pandas as pd
    import polars as pl

    def ask(query: str) -> Any:
        return duckdb.connect().execute(query).fetchall()[0][0]

    wanted = sum(json.loads(path.read_text("utf-8"))["events"] for path in (alone / "done").glob("*.json"))
    assert wanted > 200
    table = f"read_parquet('{shards}/events/*/*.parquet', hive_partitioning = true)"
    assert ask(f"SELECT count(*) FROM {table}") == wanted
    months = ask(f"SELECT list(DISTINCT month ORDER BY month) FROM {table}")
    assert months[:2] == ["2021-01", "2021-02"]
    assert months[-2:] == ["2022-03", "unknown"]
    wrong = f"SELECT count(*) FROM {table} WHERE month <> 'unknown' AND strftime(published_start, '%Y-%m') <> month"
    assert ask(wrong) == 0
    frame = pd.read_parquet(shards / "events")
    assert (len(frame), frame["event_id"].is_unique) == (wanted, True)
    assert pl.scan_parquet(f"{shards}/events/*/*.parquet", hive_partitioning=True).select(pl.len()).collect().item() == wanted
    articles = ask(f"SELECT count(*) FROM read_parquet('{shards}/articles/*/*.parquet')")
    assert len(pd.read_parquet(shards / "articles")) == articles == 6 * EACH + 17


def test_shards_are_loaded_once_with_the_coder_that_made_them(rasid: Run, shards: Path) -> None:
    (first,) = rasid("ingest", shards, "--format", "jsonl").rows
    (second,) = rasid("ingest", shards, "--format", "jsonl").rows
    assert (first["articles"], sum(first["left_out"].values())) == (6 * EACH + 1 + 15 + 1, 2)
    assert (second["articles"], second["known"]) == (0, first["articles"])
    with open_record("rasid.sqlite") as record:
        assert count_rows(record)["events"] == first["events"]
        assert {event.coder for event in find_events(record)} == {coder_version()}
    assert rasid("check").status == 0


def test_shards_of_an_older_coder_do_not_take_the_place_of_what_was_coded_since(
    rasid: Run, crawl: Path, tmp_path: Path
) -> None:
    one = job(crawl.parent, tmp_path / "shards")
    list(run_here(one, find_parts([str(crawl / "1.jsonl")])))
    rasid("ingest", "shards")
    with open_record("rasid.sqlite") as record:
        record.connection.execute("UPDATE coders SET name = '0+older'")
    assert rasid("recode").status == 0
    _make_older(tmp_path / "shards")
    assert rasid("ingest", "shards", "--format", "jsonl").rows[0]["known"] == EACH


def _make_older(shards: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    for path in shards.glob("articles/*/*.parquet"):
        table = pq.ParquetFile(path).read()
        at = table.schema.get_field_index("coder")
        pq.write_table(table.set_column(at, "coder", pa.array(["0+older"] * len(table))), path)


def test_rows_without_addresses_that_count_from_one_in_two_files_stay_two(rasid: Run, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.jsonl").write_text(row(SENTENCES[0] + name, id="1"), "utf-8")
    rasid("cluster", "a.jsonl", "b.jsonl", "--out", "shards", "--workers", "0")
    rasid("ingest", "shards")
    rasid("ingest", "a.jsonl", "b.jsonl", "--record", "plain.sqlite")
    found = []
    for path in ("rasid.sqlite", "plain.sqlite"):
        with open_record(path) as record:
            found.append(sorted((event.article_id, event.event_id) for event in find_events(record)))
    assert found[0] == found[1]
    assert sorted(Counter(article for article, _ in found[0]).values()) == [2, 2]  # a visit and a meeting each


def test_addresses_are_read_as_fsspec_has_them(tmp_path: Path) -> None:
    import fsspec

    memory = fsspec.filesystem("memory")
    for name in ("1.jsonl", "2.jsonl"):
        memory.pipe(f"/crawl/{name}", rows(1, 5).encode())
    (tmp_path / "a.jsonl").write_text(rows(1, 5), "utf-8")
    for n, source in enumerate(("memory://crawl/*.jsonl", "memory://crawl", (tmp_path / "a.jsonl").as_uri())):
        done = list(run_here(job(tmp_path, tmp_path / f"out{n}"), find_parts([source], ONE_BY_ONE)))
        assert [coded.done.articles for coded in done] == [5] * (1 if n == 2 else 2)


def test_small_files_are_put_together_and_always_the_same_way(crawl: Path) -> None:
    (part,) = find_parts([str(crawl)])
    assert len(part.files) == 9
    assert find_parts([str(crawl)]) == [part]
    assert part.key != find_parts([str(crawl / "1.jsonl")])[0].key


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nothing.jsonl", "--out", "s"], "nothing.jsonl: there is no such file or folder"),
        (["-", "--out", "s"], "standard input is one stream"),
        (["memory://nothing/*", "--out", "s"], "there is no such file"),
        (["nonsense://x/y", "--out", "s"], "nonsense://x/y: it cannot be read"),
        (["a.jsonl", "--out", "mine"], "mine: is there already, and is no folder of shards"),
        (["a.jsonl", "--out", "made", "--date", "2021-01-01"], "its shards were made with other options"),
        (["a.jsonl", "--out", "s", "--address", "127.0.0.1:1"], "no cluster of Ray at 127.0.0.1:1"),
    ],
)
def test_what_cannot_be_is_one_line(rasid: Run, tmp_path: Path, arguments: list[str], said: str) -> None:
    (tmp_path / "a.jsonl").write_text(row(), "utf-8")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear")
    assert rasid("cluster", "a.jsonl", "--out", "made", "--workers", "0").status == 0
    ran = rasid("cluster", *arguments)
    assert (ran.status, said in " ".join(ran.err.split())) == (2, True), ran.err


def test_shards_of_another_coder_are_not_gone_on_with(tmp_path: Path) -> None:
    begin(Job(str(tmp_path / "s"), "."))
    mark = tmp_path / "s" / "rasid.json"
    mark.write_text(mark.read_text().replace(coder_version(), "0+older"))
    with pytest.raises(InputError, match=r"made by the coder 0\+older; give another folder"):
        begin(Job(str(tmp_path / "s"), "."))
