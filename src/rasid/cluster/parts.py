"""The parts of the input that are coded each by itself: a large file, or some small ones that lie together."""

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, BinaryIO, NamedTuple, cast

from rasid.errors import InputError
from rasid.pages.found import why
from rasid.pages.sources import files_in

LARGE = 32_000_000  # bytes, from which on a file is a part of its own; smaller ones are put together up to so many
MOST = 2_000  # files of a part


class File(NamedTuple):
    """A file of the input: a path or an address, and its size in bytes, 0 where nobody knows."""

    name: str
    size: int


class Part(NamedTuple):
    """Files that are read one after the other by one worker, as one run of rasid reads them."""

    files: tuple[str, ...]
    size: int

    @property
    def key(self) -> str:
        """Sixteen hex digits: the same for the same files, wherever and whenever they are read."""
        return hashlib.sha256("\n".join(self.files).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def find_parts(sources: Sequence[str], large: int = LARGE) -> list[Part]:
    """The input in parts, always the same way: in the order of the sources, and in a folder by name.

    Args:
        sources: files and folders (with all below them), and addresses as fsspec reads them: `s3://bucket/crawl/*.warc.gz`.
        large: bytes from which on a file is a part of its own.

    Raises:
        InputError: a source is not there, or cannot be asked for what it holds.
    """
    return [part for source in sources for part in _in_parts(_files_of(source), large)]


@contextmanager
def open_file(name: str, folder: str) -> Iterator[BinaryIO]:
    """A file of the input, open for reading bytes, wherever it lies; a path is read from `folder` on.

    Raises:
        OSError: it cannot be read.
    """
    if not is_remote(name):
        with open(os.path.join(folder, name), "rb") as file:
            yield file
        return
    import fsspec

    with fsspec.open(name, "rb", compression=None) as file:
        yield cast(BinaryIO, file)


def is_remote(source: str) -> bool:
    """Whether a source is an address and not a path."""
    return "://" in source


def _in_parts(files: Iterable[File], large: int) -> Iterator[Part]:
    together: list[File] = []
    for file in files:
        size = sum(one.size for one in together)
        if together and (size + file.size > large or len(together) == MOST):
            yield _part(together)
            together = []
        together.append(file)
    if together:
        yield _part(together)


def _part(files: Sequence[File]) -> Part:
    return Part(tuple(file.name for file in files), sum(file.size for file in files))


def _files_of(source: str) -> list[File]:
    if source == "-":
        raise InputError("standard input is one stream, which workers cannot share; save it as a file")
    if is_remote(source):
        return _remote_files(source)
    try:
        if not os.path.isdir(source):
            return [File(source, os.stat(source).st_size)]
        problems: list[OSError] = []
        found = [File(file, os.stat(file).st_size) for file in files_in(source, problems)]
        if problems:
            raise problems[0]
    except (OSError, ValueError) as problem:
        raise InputError(f"{source}: {why(problem)}") from None
    if not found:
        raise InputError(f"{source}: the folder holds no files")
    return found


def _remote_files(source: str) -> list[File]:
    try:
        import fsspec

        system, path = fsspec.core.url_to_fs(source)
        names = system.glob(path) if "*" in path else system.find(path)
        found = [File(system.unstrip_protocol(name), _size(system, name)) for name in sorted(names)]
    except Exception as problem:  # every kind of storage has errors of its own
        raise InputError(f"{source}: {' '.join(str(why(problem)).split())}") from None
    if not found:
        raise InputError(f"{source}: there is no such file or folder")
    return found


def _size(system: Any, name: str) -> int:
    return int(system.size(name) or 0)
