"""Archives to shards, on all processors of this machine or of a cluster of Ray: `rasid cluster`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rasid.cli_input import BAD_INPUT, Day, MinConfidence, choose, complain, passed_over, print_lines, read_day
from rasid.cli_sources import Columns, Drop, Summary

if TYPE_CHECKING:
    from collections import Counter

Sources = Annotated[
    list[str],
    typer.Argument(metavar="SOURCE...", help="Files, folders, and addresses as fsspec has them: s3://bucket/*.warc.gz."),
]
Out = Annotated[Path, typer.Option("--out", metavar="FOLDER", help="Where the shards go; one that is there is gone on with.")]
Address = Annotated[
    str | None, typer.Option(metavar="ADDRESS", help="Of a running cluster: auto, ray://head:10001. Else this machine.")
]
Workers = Annotated[
    int | None, typer.Option(min=0, metavar="N", help="How many processes code; 0: this one alone, without Ray.")
]


def register(app: typer.Typer) -> None:
    """Add this command to the command line."""
    app.command()(cluster)


def cluster(
    sources: Sources,
    out: Out,
    address: Address = None,
    workers: Workers = None,
    date: Day = None,
    column: Columns = None,
    drop_irrelevant: Drop = False,
    min_confidence: MinConfidence = 0.0,
    format: Summary = "text",
) -> None:
    """Code archives into Parquet files, part by part, by many workers. Run again, it goes on where it stopped."""
    from collections import Counter

    from rasid.cluster.coding import Job, begin
    from rasid.cluster.parts import find_parts
    from rasid.cluster.running import run_here, run_on_ray
    from rasid.pages.rows import read_columns

    choose(format, {"text": None, "jsonl": None})
    job = Job(str(out.absolute()), str(Path.cwd()), read_day(date), read_columns(column or []), min_confidence, drop_irrelevant)
    parts = find_parts(sources)
    begin(job)
    counted: Counter[str] = Counter()
    failures: Counter[str] = Counter()
    passed: Counter[str] = Counter()
    for one in run_here(job, parts) if workers == 0 else run_on_ray(job, parts, workers, address):
        counted.update(parts=1, before=int(one.before), pages=one.done.pages)
        counted.update(articles=one.done.articles, events=one.done.events)
        failures.update(one.done.failures)
        passed.update(one.done.passed)
        if sys.stderr.isatty():
            done = (
                f"{counted['parts']:,} of {len(parts):,} parts, {counted['articles']:,} articles, {counted['events']:,} events"
            )
            sys.stderr.write(f"\r\033[K{done} " if counted["parts"] < len(parts) else "\r\033[K")
    if format == "jsonl":
        left_out, other = dict(failures.most_common()), dict(passed.most_common())
        print_lines([{"out": str(out), **counted, "left_out": left_out, "passed_over": other}])
    else:
        _say(out, counted, failures, passed)
    if failures:
        raise SystemExit(BAD_INPUT)


def _say(out: Path, counted: "Counter[str]", failures: "Counter[str]", passed: "Counter[str]") -> None:
    from rasid.show.words import number_of

    before = f", {counted['before']:,} of them done before" if counted["before"] else ""
    articles = f"{number_of(counted['articles'], 'article')} with {number_of(counted['events'], 'event')}"
    sys.stdout.write(f"{out}: {articles} in {number_of(counted['parts'], 'part')}{before}.\n")
    if passed:
        sys.stdout.write(f"{passed_over(passed)}.\n")
    for reason, number in failures.most_common(3):
        complain(f"{out}/failures: {number_of(number, 'page')}: {reason}")
