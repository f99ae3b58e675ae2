"""Much input: `python benchmarks/scale.py [wet] [kinds] [cluster] [flat] [--articles N]`; all but flat if none is named.

wet      coding alone, and from a WET archive into a record, processor time in one process; and the record by two processes
kinds    pages a second of what a crawl holds, out of a packed WARC archive: Arabic news, and pages in other languages
cluster  two workers of Ray, and two plain processes, over the same parts, in turns
flat     N and ten times N short articles into a record: the peak of memory, and the time (long: 10,000 take minutes)

Texts are those of `speed.py`; pages are the real ones of `--pages`, or our samples.
"""

import argparse
import itertools
import multiprocessing
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from fastwarc.warc import WarcRecord, WarcRecordType
from figures import Row, machine, show
from speed import ROOT, make_articles, own_sentences

from rasid.cli_ingest import Ingested, ingest
from rasid.cli_input import Read, default_reading, read_one
from rasid.cluster.coding import Done, Job, begin, code_part
from rasid.cluster.parts import Part, find_parts
from rasid.cluster.running import run_on_ray
from rasid.coder import code, warm_up
from rasid.model import Page
from rasid.pages import read_article, read_pages
from rasid.record import open_record

RASID = Path(sys.executable).parent / "rasid"
ROUNDS = 2
WET = 200  # articles
PARTS, EACH = 10, 20  # parts of the input of a cluster, and articles of a part


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="*", choices=[[], "wet", "kinds", "cluster", "flat"])
    parser.add_argument("--articles", type=int, default=10_000, help="of the smaller input of flat")
    parser.add_argument("--pages", type=Path, default=ROOT.parent / "shared" / "pages", help="a folder of real HTML pages")
    options = parser.parse_args()
    parts: dict[str, Callable[[Path], list[Row]]] = {
        "wet": wet_rows,
        "kinds": lambda folder: kind_rows(folder, options.pages),
        "cluster": cluster_rows,
        "flat": lambda folder: flat_rows(folder, options.articles),
    }
    rows: list[Row] = []
    for name in options.what or ("wet", "kinds", "cluster"):
        with TemporaryDirectory() as folder:
            rows += [*parts[name](Path(folder)), ()]
    show("Scale", ("what", "measured", "to reach"), rows, [f"On {machine()}."])


def wet_rows(folder: Path) -> list[Row]:
    """From an archive into a record, beside coding alone."""
    texts = [str(page.content) for page in make_articles(own_sentences())[:WET]]
    path = folder / "a.wet.gz"
    write_wet(path, texts)
    warm_up()
    articles = [read_article(page) for page in read_pages([str(path)]) if isinstance(page, Page)]
    alone = whole = float("inf")
    for n in range(ROUNDS):
        begun = time.process_time()
        for article in articles:
            code(article)
        alone = min(alone, time.process_time() - begun)
        whole = min(whole, _into_record([str(path)], folder / f"{n}.sqlite", 1)[0])
    by_one = min(_into_record([str(path)], folder / f"one{n}.sqlite", 1)[1] for n in range(ROUNDS))
    by_two = min(_into_record([str(path)], folder / f"two{n}.sqlite", 2)[1] for n in range(ROUNDS))
    return [
        ("coding alone, articles a second", f"{len(articles) / alone:,.0f}", ""),
        ("WET to record, articles a second", f"{len(articles) / whole:,.0f}", f"{alone / whole:.2f} of coding alone (0.60)"),
        ("the same by the clock, --workers 1", f"{len(articles) / by_one:,.0f}", ""),
        (
            "the same by the clock, --workers 2, their start among it",
            f"{len(articles) / by_two:,.0f}",
            f"x{by_one / by_two:.2f}",
        ),
    ]


def _into_record(paths: list[str], path: Path, workers: int) -> tuple[float, float]:
    """Seconds of this process, and by the clock."""
    reading = default_reading()
    found = (read_one(page, None, reading) for page in read_pages(paths, None, reading))
    used, begun = time.process_time(), time.perf_counter()
    with open_record(path) as record:
        for _ in ingest(record, found, Ingested(), workers=workers):
            pass
    return time.process_time() - used, time.perf_counter() - begun


def kind_rows(folder: Path, pages: Path) -> list[Row]:
    """What a page of each kind costs; others are the same pages with Latin letters in the place of Arabic ones."""
    real = [path.read_bytes() for path in sorted((pages if pages.exists() else ROOT / "samples" / "pages").glob("*.html"))]
    latin = str.maketrans({chr(letter): chr(97 + letter % 26) for letter in range(0x600, 0x6FF)})
    kinds = {
        "Arabic news": [real[n % len(real)] for n in range(60)],
        "other languages": [real[n % len(real)].decode("utf-8", "replace").translate(latin).encode() for n in range(600)],
    }
    rows: list[Row] = []
    warm_up()
    for name, contents in kinds.items():
        path = folder / f"{name}.warc.gz"
        write_warc(path, contents)
        begun = time.process_time()
        reading = default_reading()
        articles = [read_one(page, None, reading) for page in read_pages([str(path)], None, reading)]
        read = time.process_time() - begun
        for one in articles:
            if isinstance(one, Read):
                code(one.article)
        whole = time.process_time() - begun
        size = sum(map(len, contents)) / len(contents) / 1000
        packed = path.stat().st_size / len(contents) / 1000
        what = f"WARC, {name}, pages of {size:,.0f} kB ({packed:,.0f} kB packed)"
        rows.append((f"{what}: a second, page to events", f"{len(contents) / whole:,.0f}", ""))
        rows.append((f"{what}: a second, page to text or refusal", f"{len(contents) / read:,.0f}", ""))
    return rows


def cluster_rows(folder: Path) -> list[Row]:
    """Two workers of Ray beside two processes, from the first part that is done to the last: their start is told apart."""
    texts = [str(page.content) for page in make_articles(own_sentences())]
    for n in range(PARTS):
        write_wet(folder / f"{n:02}.wet.gz", texts[n * EACH : n * EACH + EACH])
    parts = find_parts([str(folder)], 1)
    best: dict[str, tuple[float, float]] = {}
    for n, (name, run) in itertools.product(range(ROUNDS), (("plain", _by_processes), ("ray", _by_ray))):
        job = Job(str(folder.parent / f"{folder.name}-{name}-{n}"), str(folder))
        begin(job)
        begun = time.perf_counter()
        ends = [time.perf_counter() - begun for _ in run(job, parts)]
        seconds = (ends[-1] - ends[1], ends[-1])
        best[name] = min(best.get(name, seconds), seconds)
    coded = EACH * (PARTS - 2)
    return [
        ("two processes, articles a second once they run", f"{coded / best['plain'][0]:,.0f}", ""),
        (
            "two workers of Ray, articles a second once they run",
            f"{coded / best['ray'][0]:,.0f}",
            f"{best['plain'][0] / best['ray'][0]:.2f} of two processes (0.90)",
        ),
        ("two processes, seconds with their start", f"{best['plain'][1]:.1f}", ""),
        ("two workers of Ray, seconds with their start", f"{best['ray'][1]:.1f}", ""),
    ]


def _by_processes(job: Job, parts: list[Part]) -> Iterator[Done]:
    with multiprocessing.get_context("spawn").Pool(2, warm_up) as pool:
        yield from pool.imap_unordered(_PartOf(job), parts)


class _PartOf:
    """`code_part` of a job, as a process can be given it."""

    def __init__(self, job: Job) -> None:
        self.job = job

    def __call__(self, part: Part) -> Done:
        return code_part(self.job, part)


def _by_ray(job: Job, parts: list[Part]) -> Iterator[Done]:
    for coded in run_on_ray(job, parts, workers=2):
        yield coded.done


def flat_rows(folder: Path, number: int) -> list[Row]:
    """The peak of memory, and the time, for some input and ten times as much."""
    sentences = own_sentences()
    seconds, peaks = [], []
    for times in (1, 10):
        path = folder / f"{times}.wet.gz"
        pairs = ((sentences[n % len(sentences)], sentences[n // 7 % len(sentences)], n) for n in range(times * number))
        write_wet(path, (f"{one} {other} {n}" for one, other, n in pairs))
        begun = time.perf_counter()
        process = subprocess.Popen(
            [RASID, "ingest", path, "--record", folder / f"{times}.sqlite", "--workers", "1"], stdout=subprocess.DEVNULL
        )
        _, _, usage = os.wait4(process.pid, 0)
        seconds.append(usage.ru_utime + usage.ru_stime)
        peaks.append(usage.ru_maxrss / 1000)
        sys.stderr.write(f"{times * number:,} articles: {time.perf_counter() - begun:.0f} s by the clock\n")
    return [
        (f"{number:,} articles of two sentences, peak of memory, MB", f"{peaks[0]:,.0f}", ""),
        (f"{10 * number:,}, peak of memory, MB", f"{peaks[1]:,.0f}", f"x{peaks[1] / peaks[0]:.2f} (1.10; under 400 MB)"),
        (f"{number:,} articles, seconds of the processor", f"{seconds[0]:,.0f}", ""),
        (f"{10 * number:,}, seconds of the processor", f"{seconds[1]:,.0f}", f"x{seconds[1] / seconds[0]:.1f} (10)"),
    ]


def write_wet(path: Path, texts: "list[str] | Iterator[str]") -> None:
    """A WET archive, as Common Crawl writes them."""
    with path.open("wb") as file:
        for n, text in enumerate(texts):
            record = WarcRecord()
            record.init_headers(WarcRecordType.conversion)
            record.headers["WARC-Target-URI"] = f"https://news.example/2021/{1 + n % 12:02}/{1 + n % 28:02}/{n}"
            record.headers["Content-Type"] = "text/plain"
            record.set_bytes_content(text.encode())
            _append(file, record)


def write_warc(path: Path, contents: list[bytes]) -> None:
    """A WARC archive with the answers of a server."""
    with path.open("wb") as file:
        for n, content in enumerate(contents):
            record = WarcRecord()
            record.init_headers(WarcRecordType.response)
            record.headers["WARC-Target-URI"] = f"https://site{n % 50}.example/2021/11/24/{n}"
            record.headers["Content-Type"] = "application/http; msgtype=response"
            record.set_bytes_content(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + content)
            _append(file, record)


def _append(file: object, record: WarcRecord) -> None:
    """A member of its own for each record, as the format has it."""
    import gzip
    import io

    plain = io.BytesIO()
    record.write(plain)
    file.write(gzip.compress(plain.getvalue(), 6))  # type: ignore[attr-defined]


if __name__ == "__main__":
    main()
