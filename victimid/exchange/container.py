"""A stored tar with exactly one spelling: every header is the one we would write, every filler byte zero.

So links, paths, foreign owners, long names, sparse files and hidden bytes have no place in it, while any
``tar`` takes it apart.
"""

import hashlib
import re
import tarfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO, Final

from victimid.errors import VictimIDError
from victimid.exchange.limits import MAX_PARTS

_BLOCK: Final = 512
_END: Final = bytes(2 * _BLOCK)
_NAME: Final = slice(0, 100)
_SIZE: Final = slice(124, 135)
_MODE: Final = 0o600
# A fixed day, because a time of zero makes GNU tar warn about every file.
_MODIFIED: Final = 1_577_836_800
_CHUNK: Final = 256 * 1024
_MAX_MEMBERS: Final = MAX_PARTS + 8

_DAMAGED: Final = "exchange.damaged_container"

SizeLimit = Callable[[str], int | None]
"""The most bytes that a member of this name may have; None where the name has no place."""


Step = Callable[[], None]
"""Called all along during long work; what it raises stops it."""


def no_step() -> None:
    """Let long work go on."""


class Sink:
    """One member while it is written: counts and hashes what goes by."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._hash = hashlib.sha256()
        self.size = 0

    def write(self, data: bytes, /) -> int:
        """Write all of the bytes."""
        self._stream.write(data)
        self._hash.update(data)
        self.size += len(data)
        return len(data)

    @property
    def sha256(self) -> str:
        """Hash of everything written so far, in hexadecimal."""
        return self._hash.hexdigest()


class Region:
    """One member while it is read: hashes what goes by and ends where the member ends."""

    def __init__(self, stream: BinaryIO, offset: int, size: int) -> None:
        self._stream = stream
        self._at = offset
        self._end = offset + size
        self._hash = hashlib.sha256()

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes of the member, none at its end."""
        left = self._end - self._at
        self._stream.seek(self._at)
        data = self._stream.read(left if size < 0 else min(size, left))
        self._hash.update(data)
        self._at += len(data)
        return data

    def finish(self, step: Step) -> str:
        """Read what is left and return the hash of the whole member, in hexadecimal; ``step`` is called all along."""
        while self.read(_CHUNK):
            step()
        return self._hash.hexdigest()


@dataclass(frozen=True, slots=True)
class Member:
    """Where the content of a member lies."""

    offset: int
    size: int


@contextmanager
def member(stream: BinaryIO, name: str) -> Iterator[Sink]:
    """Write a member whose size is not known before."""
    start = stream.tell()
    stream.write(bytes(_BLOCK))
    sink = Sink(stream)
    yield sink
    stream.write(bytes(-sink.size % _BLOCK))
    end = stream.tell()
    stream.seek(start)
    stream.write(_header(name, sink.size))
    stream.seek(end)


def add(stream: BinaryIO, name: str, content: bytes) -> None:
    """Write a whole member."""
    with member(stream, name) as sink:
        sink.write(content)


def end(stream: BinaryIO) -> None:
    """Close the container."""
    stream.write(_END)


def scan(stream: BinaryIO, limit: SizeLimit) -> Mapping[str, Member]:
    """List the members in their order; contents are not looked at.

    Raises exchange.damaged_container, exchange.foreign_member (a name that has no place or comes twice) and
    exchange.too_large.
    """
    members: dict[str, Member] = {}
    at = 0
    while (block := _read_at(stream, at, _BLOCK)) != _END[:_BLOCK]:
        name, size = _named(block, limit)
        if name in members or len(members) == _MAX_MEMBERS:
            raise VictimIDError("exchange.foreign_member")
        members[name] = Member(at + _BLOCK, size)
        filler = -size % _BLOCK
        if _read_at(stream, at + _BLOCK + size, filler) != bytes(filler):
            raise VictimIDError(_DAMAGED)
        at += _BLOCK + size + filler
    if _read_at(stream, at, len(_END) + 1) != _END:
        raise VictimIDError(_DAMAGED)
    return members


def content(stream: BinaryIO, members: Mapping[str, Member], name: str) -> bytes:
    """Return a small member; raises exchange.missing_member."""
    return region(stream, members, name).read()


def region(stream: BinaryIO, members: Mapping[str, Member], name: str) -> Region:
    """Return a member to be read piece by piece; raises exchange.missing_member."""
    if name not in members:
        raise VictimIDError("exchange.missing_member")
    return Region(stream, members[name].offset, members[name].size)


def _header(name: str, size: int) -> bytes:
    info = tarfile.TarInfo(name)
    info.size, info.mode, info.mtime = size, _MODE, _MODIFIED
    return info.tobuf(tarfile.USTAR_FORMAT, "ascii", "strict")


def _named(block: bytes, limit: SizeLimit) -> tuple[str, int]:
    """Return name and size of a header that is spelled as we spell it."""
    if len(block) != _BLOCK or not re.fullmatch(rb"[0-7]{11}", block[_SIZE]):
        raise VictimIDError(_DAMAGED)
    name = block[_NAME].rstrip(b"\0").decode("latin-1")
    size, most = int(block[_SIZE], 8), limit(name)
    if most is None:
        raise VictimIDError("exchange.foreign_member")
    if size > most:
        raise VictimIDError("exchange.too_large")
    if _header(name, size) != block:
        raise VictimIDError(_DAMAGED)
    return name, size


def _read_at(stream: BinaryIO, offset: int, size: int) -> bytes:
    stream.seek(offset)
    return stream.read(size)
