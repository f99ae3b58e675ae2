"""What is packed: gz and zstd as streams, ZIP as members. None of it may unpack to more than a plausible size."""

import gzip
import io
import zlib
from collections.abc import Iterator
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import Any, BinaryIO, NamedTuple, cast
from zipfile import BadZipFile, LargeZipFile, ZipFile

from rasid.errors import InputError

DEEPEST = 3  # archives within archives
_FREE = 100_000_000  # bytes that anything may unpack to
_RATIO = 200  # what is unpacked beyond that, against what is packed; news packs to a fifth, the tamest rows to a fiftieth
_CHUNK = 65_536
_PICKED = 300_000  # members of a ZIP archive
_LARGEST_COPY = 4_000_000_000  # bytes of an archive that comes through a pipe
BROKEN = (OSError, EOFError, zlib.error, BadZipFile, LargeZipFile, NotImplementedError, RuntimeError, InputError)


class Start(NamedTuple):
    """The beginning of a stream, and a stream that still has it."""

    head: bytes
    stream: BinaryIO


class _Rejoined(io.RawIOBase):
    """A stream with the beginning put back before it."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head, self._rest = head, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        part = self._head[: len(buffer)] if self._head else _read_some(self._rest, len(buffer))
        self._head = self._head[len(part) :]
        buffer[: len(part)] = part
        return len(part)


class _Unpacked(io.RawIOBase):
    """What a packed stream holds, as long as it is not out of all proportion to what is packed."""

    def __init__(self, packed: BinaryIO, format: str) -> None:
        self._source = _Counted(packed)
        source = cast(BinaryIO, io.BufferedReader(self._source, _CHUNK))
        self._content: Any
        if format == "gz":
            self._content = gzip.GzipFile(fileobj=source)
        else:
            from fastwarc.stream_io import ZstdReader

            self._content = ZstdReader(cast(BinaryIO, Onward(source)))
        self._size = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        part = _read_some(self._content, min(len(buffer), _CHUNK))
        self._size += len(part)
        if self._size > _FREE and self._size > _RATIO * self._source.size:
            raise InputError(f"it unpacks to more than {_RATIO} times its size, as no news does")
        buffer[: len(part)] = part
        return len(part)


class Onward:
    """A stream as FastWARC wants it: it asks where it is, though it never goes back."""

    def __init__(self, source: BinaryIO) -> None:
        self._source, self._at = source, 0

    def read(self, size: int = -1) -> bytes:
        """At most `size` bytes, none at the end."""
        part = _read_some(self._source, size)
        self._at += len(part)
        return part

    def tell(self) -> int:
        """How many bytes were read."""
        return self._at

    def seek(self, offset: int, whence: int = 0) -> int:
        """Not to be had.

        Raises:
            OSError: always.
        """
        raise OSError("a stream cannot be read again")


class _Counted(io.RawIOBase):
    """A stream that knows how much of it was read."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self.size = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        part = _read_some(self._source, len(buffer))
        self.size += len(part)
        buffer[: len(part)] = part
        return len(part)


def look(stream: BinaryIO, size: int, is_file: bool = True) -> Start:
    """The first `size` bytes of a stream, and all of it; of a pipe only what comes with a line, as more may take long."""
    head = b""
    try:
        while len(head) < size and (part := _read_some(stream, size - len(head))):
            head += part
            if not is_file and b"\n" in head.lstrip():
                break
    except BROKEN as problem:
        if not head:
            raise
        stream = cast(BinaryIO, _Refused(problem))  # after what there is
    return Start(head, cast(BinaryIO, io.BufferedReader(_Rejoined(head, stream), _CHUNK)))


def unpack(stream: BinaryIO, format: str) -> BinaryIO:
    """What a stream in `gz` or `zstd` holds; reading from it raises one of `BROKEN` where it is damaged or a bomb."""
    return cast(BinaryIO, io.BufferedReader(_Unpacked(stream, format), _CHUNK))


def copied(stream: BinaryIO) -> BinaryIO:
    """A file with the content of a stream, for formats whose directory stands at the end; it goes when it is closed.

    Raises:
        InputError: there is too much.
    """
    file = cast(BinaryIO, TemporaryFile())  # noqa: SIM115 - whoever asked for it closes it
    copyfileobj(_AtMost(stream, _LARGEST_COPY), file, _CHUNK)
    file.seek(0)
    return file


class _AtMost(io.RawIOBase):
    """A stream that ends in an error where it is longer than it may be."""

    def __init__(self, source: BinaryIO, size: int) -> None:
        self._source, self._left = source, size

    def read(self, size: int = -1) -> bytes:
        part = _read_some(self._source, size)
        self._left -= len(part)
        if self._left < 0:
            raise InputError("the archive is too large to be read through a pipe; save it as a file")
        return part


def members(archive: ZipFile) -> Iterator[tuple[str, BinaryIO]]:
    """The files in an archive by name, each open for reading as long as it is looked at.

    Raises:
        InputError: there are more than anybody packs, or, when it is read, a member is locked by a password or a bomb.
    """
    infos = sorted((info for info in archive.infolist() if not info.is_dir()), key=lambda info: info.filename)
    if len(infos) > _PICKED:
        raise InputError(f"the archive holds more than {_PICKED:,} files")
    for info in infos:
        if ".." in info.filename.split("/"):
            yield info.filename, _refusal("its name leads out of the archive; it is not read")
            continue
        hidden = any(part.startswith((".", "__MACOSX")) for part in info.filename.split("/"))
        if hidden:
            continue
        if info.flag_bits & 1:
            yield info.filename, _refusal("it is locked by a password")
        elif info.file_size > max(_FREE, _RATIO * info.compress_size):
            yield info.filename, _refusal(f"it unpacks to more than {_RATIO} times its size, as no news does")
        else:
            try:
                with archive.open(info) as member:
                    yield info.filename, cast(BinaryIO, member)
            except BROKEN as problem:
                yield info.filename, _refusal(f"it cannot be unpacked: {problem}")


class _Refused(io.RawIOBase):
    """A stream of which nothing can be read."""

    def __init__(self, reason: Exception) -> None:
        self._reason = reason

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        raise self._reason


def _refusal(reason: str) -> BinaryIO:
    return cast(BinaryIO, io.BufferedReader(_Refused(InputError(reason))))


def _read_some(stream: Any, size: int) -> bytes:
    """What one look at a stream gives: at least a byte, unless it has ended."""
    read = getattr(stream, "read1", None) or stream.read
    return bytes(read(size) or b"")
