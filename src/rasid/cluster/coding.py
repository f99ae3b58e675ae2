"""One part of the input, coded: its shards, and the word that it is done.

They follow from that part alone, so that it may be coded anywhere, in any order, and anew after its worker was lost.
"""

import datetime as dt
import json
import os
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4

from rasid.cli_input import LeftOut, Read, attempt, count_reason, read_one, surer
from rasid.cluster.parts import Part, open_file
from rasid.coder import code, coder_version, stay_small, warm_up
from rasid.errors import InputError
from rasid.pages import Reading, Sites, read_stream
from rasid.pages.found import error_of_ours, why
from rasid.record.shards import MARK, Failed, Rows, ShardWriter, is_shards, mark, rows_in_shards

_SOMETIMES = 200  # pages
_PARTIAL = ".partial"  # a folder in which files are until they are whole


@dataclass(frozen=True)
class Job:
    """What is the same for all parts.

    Args:
        out: the folder of the shards.
        folder: from which on paths of the input are read.
        date: when pages were published, if the user says so.
        columns: of tables and rows, by field.
        min_confidence: events less sure are not kept.
        drop_irrelevant: articles that report nothing political are not kept.
    """

    out: str
    folder: str
    date: dt.date | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    min_confidence: float = 0.0
    drop_irrelevant: bool = False


class Done(NamedTuple):
    """A part that is finished: its files, and what was counted."""

    key: str
    sources: list[str]
    size: int
    files: list[str]
    pages: int
    articles: int
    events: int
    failures: dict[str, int]
    passed: dict[str, int]


def begin(job: Job) -> None:
    """Make the folder of the shards, or see that it is one that this job may go on with.

    Raises:
        InputError: it holds something else, or was made by another version or with other options; or it cannot be written.
    """
    out = Path(job.out)
    options = {
        "date": job.date and job.date.isoformat(),
        "columns": dict(job.columns),
        "min_confidence": job.min_confidence,
        "drop_irrelevant": job.drop_irrelevant,
    }
    wanted = mark(coder_version(), options)
    try:
        if is_shards(out):
            made = (out / MARK).read_text("utf-8")
            if made != wanted:
                before = json.loads(made).get("coder")
                other = f"by the coder {before}" if before != coder_version() else "with other options"
                raise InputError(f"{out}: its shards were made {other}; give another folder")
        elif out.exists() and (not out.is_dir() or any(out.iterdir())):
            raise InputError(f"{out}: is there already, and is no folder of shards; give another one")
        else:
            (out / "done").mkdir(parents=True, exist_ok=True)
            _write(out / MARK, wanted)
    except OSError as error:
        raise InputError(f"{out}: cannot be written: {(error.strerror or str(error)).lower()}") from None
    except ValueError:
        raise InputError(f"{out}: its {MARK} cannot be read; give another folder") from None


def finished(job: Job, part: Part) -> Done | None:
    """What was counted of a part, if it is done and the input has not changed its size since."""
    path = _done_path(job, part)
    if not path.exists():
        return None
    done = Done(**json.loads(path.read_text("utf-8")))
    return done if done.size == part.size else None


def code_part(job: Job, part: Part) -> Done:
    """Code one part and write its shards; where it was coded before, in their place.

    However often this is begun, and killed, only the last file that is written makes the part done. The files are the same
    each time.

    Raises:
        OSError: the shards cannot be written.
    """
    _take_back(job, part)
    partial = Path(job.out, _PARTIAL, f"{part.key}.{os.getpid()}.{uuid4().hex[:8]}")
    pages, articles, events = 0, 0, 0
    failures: Counter[str] = Counter()
    passed: Counter[str] = Counter()
    warm_up()
    with ShardWriter(partial, part.key) as writer:
        for one in _coded_pages(job, part):
            pages += 1
            if pages % _SOMETIMES == 0:
                stay_small()
            if isinstance(one, Rows):
                if one.events or not job.drop_irrelevant:
                    writer.add(one)
                    articles += 1
                    events += len(one.events)
            elif one.noted:
                writer.fail(Failed(*(_storable(cell) for cell in one[:3])))
                count_reason(failures, one.reason)
            else:
                count_reason(passed, one.reason)
    counted = (pages, articles, events, dict(failures), dict(passed))
    return _finish(job, part, partial, writer.files, counted)


def give_up(job: Job, part: Part, reason: str) -> Done:
    """Note that a part cannot be coded, so that the job ends without it; the next run does not try it again."""
    _take_back(job, part)
    partial = Path(job.out, _PARTIAL, f"{part.key}.{os.getpid()}.{uuid4().hex[:8]}")
    with ShardWriter(partial, part.key) as writer:
        for name in part.files:
            writer.fail(Failed(_storable(name), "code", reason))
    return _finish(job, part, partial, writer.files, (0, 0, 0, {reason: len(part.files)}, {}))


def _finish(job: Job, part: Part, partial: Path, files: list[str], counted: tuple[Any, ...]) -> Done:
    """Put whole files in their places, and last the word that they are there."""
    for file in files:
        place = Path(job.out, file)
        place.parent.mkdir(parents=True, exist_ok=True)
        os.replace(partial / file, place)
    shutil.rmtree(partial, ignore_errors=True)
    done = Done(part.key, list(map(_storable, part.files)), part.size, sorted(files), *counted)
    _write(_done_path(job, part), json.dumps(done._asdict(), ensure_ascii=False))
    return done


def sweep(job: Job) -> None:
    """Take away what workers left unfinished that were lost."""
    shutil.rmtree(Path(job.out) / _PARTIAL, ignore_errors=True)


def _coded_pages(job: Job, part: Part) -> Iterator[Rows | LeftOut]:
    reading = Reading(dict(job.columns), sites=Sites())
    for name in part.files:
        for read in _read(name, job, reading):
            yield attempt(lambda one: _rows(one, job), read, read.page, "code") if isinstance(read, Read) else read


def _read(name: str, job: Job, reading: Reading) -> Iterator[Read | LeftOut]:
    try:
        with open_file(name, job.folder) as stream:
            for page in read_stream(stream, name, reading):
                yield read_one(page, job.date, reading)
    except (OSError, ValueError) as problem:
        yield LeftOut(name, "read", why(problem))
    except Exception as problem:  # every kind of storage has errors of its own
        yield LeftOut(name, "read", error_of_ours(problem))


def _rows(read: Read, job: Job) -> Rows:
    coded = next(surer([code(read.article)], job.min_confidence))
    return rows_in_shards(coded, _storable(read.page), coder_version())


def _take_back(job: Job, part: Part) -> None:
    """A part that was done once and is to be done anew is not done meanwhile, and its files go."""
    path = _done_path(job, part)
    if path.exists():
        files = json.loads(path.read_text("utf-8"))["files"]
        path.unlink()
        for file in files:
            Path(job.out, file).unlink(missing_ok=True)


def _done_path(job: Job, part: Part) -> Path:
    return Path(job.out, "done", f"{part.key}.json")


def _write(path: Path, text: str) -> None:
    """A file that appears when it is whole."""
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    with partial.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(partial, path)


def _storable(name: Any) -> str:
    return str(name).encode("utf-8", "backslashreplace").decode("utf-8")
