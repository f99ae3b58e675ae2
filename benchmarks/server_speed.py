"""How fast a server answers many readers while articles come in.

`python benchmarks/server_speed.py [--articles 100000] [--record FILE] [--readers 50] [--pause 1.0] [--seconds 30]`

The record is that of `record_speed.py`, made if it is not there. It is served by `rasid serve`, a process of its own; another
process adds articles to the same record all the while, as `rasid ingest` does: coded ones, fifty a transaction. A reader
draws a question by lot, waits for the answer, reads for `--pause` seconds (on average), and draws again. Said are the median
and the 95th percentile of the answers of each kind, without and with what comes in.
"""

import argparse
import asyncio
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
from record_speed import HEAVY, _frequent, article, make, vocabulary

from rasid.record import add, count_rows, open_record, transaction

LIMIT = 100.0  # milliseconds, the 95th percentile
AT_ONCE = 50  # articles of a transaction
_DYAD, _YEAR = f"actor={HEAVY[0]}&actor={HEAVY[1]}", "from=2015-01-01&to=2015-12-31"
QUESTIONS = {
    "a page of events": "/events",
    "events of the heaviest dyad, a type, a year": f"/events?{_DYAD}&type=AID&{_YEAR}",
    "events of two ordinary actors": "/events?actor=DZA&actor=FRA",
    "events of a place, a year": f"/events?where=TUN&{_YEAR}",
    "events by class, outlet, confidence": "/events?quad=1&status=negated&source=outlet%203&min-confidence=0.9",
    "articles of a month": "/articles?from=2015-03-01&to=2015-03-31",
    "an article": "/articles/{article}",
    "an event": "/events/{event}",
    "search: a rare word": "/search?words=نواكشوط",
    "search: a frequent word": "/search?words={frequent}",
}


def main() -> None:
    """Serve, ask, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--record", type=Path, help="keep it there; one that is there already is copied and asked")
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--pause", type=float, default=1.0, help="seconds between an answer and the next question; 0: none")
    parser.add_argument("--seconds", type=float, default=30.0)
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "record.sqlite"
        if options.record and options.record.exists():
            shutil.copy(options.record, path)
        else:
            make(path, options.articles)
            if options.record:
                shutil.copy(path, options.record)
        measure(path, options.readers, options.pause, options.seconds)


def measure(path: Path, readers: int, pause: float, seconds: float) -> None:
    """Print what was measured of a record that is written to."""
    with open_record(path) as record:
        rows = count_rows(record)
        ids = [id_ for (id_,) in record.connection.execute("SELECT id FROM articles ORDER BY key LIMIT 500")]
        events = [id_ for (id_,) in record.connection.execute("SELECT id FROM events ORDER BY key LIMIT 500")]
    print(f"{rows['events']:,} events of {rows['articles']:,} articles; {readers} readers, {pause} s between two questions")
    with serving(path) as (process, url):
        asyncio.run(read(url, readers, 0.0, 3.0, ids, events))  # warm
        for name in ("alone", "while articles come in"):
            before = _articles(path)
            adding = _adding(path, seconds + 5) if name != "alone" else None
            started, cpu = time.perf_counter(), _cpu(process)
            found = asyncio.run(read(url, readers, pause, seconds, ids, events))
            took, cpu = time.perf_counter() - started, _cpu(process) - cpu
            added = (_articles(path) - before) / took
            if adding:
                adding.kill()
                adding.wait()
            show(name, found, took, added, cpu)


def show(name: str, found: dict[str, list[float]], took: float, added: float, cpu: float) -> None:
    """Print a table."""
    every = [one for times in found.values() for one in times]
    each = f", {cpu / len(every) * 1000:.1f} ms of a core each" if cpu else ""
    print(f"\n{name}: {len(every) / took:.0f} answers a second{each}; {added:.0f} articles a second added")
    print(f"{'':<50} {'median':>8} {'p95':>8} ms")
    for question, times in [*found.items(), (f"all, p95 to be under {LIMIT:.0f}", every)]:
        print(f"{question:<50} {statistics.median(times) * 1000:8.1f} {_p95(times) * 1000:8.1f}")


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0]


@contextmanager
def serving(path: Path) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """Serve a record by a process of its own."""
    run = "from rasid.cli import main; main()"
    command = [sys.executable, "-c", run, "serve", "--record", str(path), "--port", "0", "--rate", "0"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    assert process.stderr
    try:
        url = next(found[1] for line in process.stderr if (found := re.search(r"running on (http://[^ ]+)", line)))
        drain = subprocess.Popen(["cat"], stdin=process.stderr, stdout=subprocess.DEVNULL)
        yield process, f"{url}/api/v1"
        drain.kill()
    finally:
        process.terminate()
        process.wait()


async def read(
    url: str, readers: int, pause: float, seconds: float, ids: list[str], events: list[str]
) -> dict[str, list[float]]:
    """Seconds that the answers took, by question."""
    found: dict[str, list[float]] = defaultdict(list)
    until = time.perf_counter() + seconds
    chance = random.Random(1)

    async def reader(client: httpx.AsyncClient) -> None:
        await asyncio.sleep(chance.random() * pause)
        while time.perf_counter() < until:
            name, path = chance.choice(list(QUESTIONS.items()))
            path = path.format(
                article=chance.choice(ids), event=chance.choice(events), frequent=_frequent(chance.randrange(20))
            )
            started = time.perf_counter()
            answer = await client.get(url + path)
            found[name].append(time.perf_counter() - started)
            answer.raise_for_status()
            if pause:
                await asyncio.sleep(chance.uniform(0.5, 1.5) * pause)

    limits = httpx.Limits(max_connections=readers, max_keepalive_connections=readers)
    async with httpx.AsyncClient(limits=limits, timeout=60.0) as client:
        await asyncio.gather(*(reader(client) for _ in range(readers)))
    return {name: found[name] for name in QUESTIONS if found[name]}


def _cpu(process: "subprocess.Popen[str]") -> float:
    """Seconds of a core that a process took so far; 0 where the system does not tell."""
    try:
        cells = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(cells[11]) + int(cells[12])) / os.sysconf("SC_CLK_TCK")


def _articles(path: Path) -> int:
    with open_record(path) as record:
        return count_rows(record)["articles"]


def _adding(path: Path, seconds: float) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, __file__, "--add", str(path), str(seconds)])


def add_until_told(path: Path, seconds: float) -> None:
    """Add articles to a record, as many as a process can, for some seconds."""
    chance, words = random.Random(11), vocabulary()
    until, n = time.perf_counter() + seconds, 10_000_000
    with open_record(path) as record:
        while time.perf_counter() < until:
            coded = [article(n + k, chance, words) for k in range(AT_ONCE)]
            with transaction(record):
                for one in coded:
                    add(record, one, f"{one.article.id}.txt", "benchmark+0")
            n += AT_ONCE


if __name__ == "__main__":
    if sys.argv[1:2] == ["--add"]:
        add_until_told(Path(sys.argv[2]), float(sys.argv[3]))
    else:
        main()
