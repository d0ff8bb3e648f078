"""Reading the files of a damaged database block by block, and copying them with zeros where the disk gives nothing."""

import os
from pathlib import Path
from typing import Final

from victimid.store.watching import Watch

BLOCK: Final = 4096
_AT_A_TIME: Final = 256 * BLOCK
JOURNAL: Final = "-wal"


def copy_readable(database: Path, target: Path, watch: Watch) -> int:
    """Copy a database and its journal, and return how many blocks could not be read."""
    journal = database.with_name(database.name + JOURNAL)
    unreadable = _copy(database, target, watch)
    if journal.is_file():
        unreadable += _copy(journal, target.with_name(target.name + JOURNAL), watch)
    return unreadable


def _copy(path: Path, target: Path, watch: Watch) -> int:
    unreadable = 0
    source = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        size = os.fstat(source).st_size
        with target.open("xb") as stream:
            for start in range(0, size, _AT_A_TIME):
                for content in readable_blocks(source, start, min(_AT_A_TIME, size - start)):
                    unreadable += content is None
                    stream.write(content if content is not None else bytes(min(BLOCK, size - stream.tell())))
                watch.step(start, size)
    finally:
        os.close(source)
    return unreadable


def readable_blocks(source: int, start: int, length: int) -> list[bytes | None]:
    """Read many blocks at once, and one by one where that fails; None stands for one that cannot be read."""
    try:
        return [read_at(source, start, length)]
    except OSError:
        return [_block(source, at, min(BLOCK, start + length - at)) for at in range(start, start + length, BLOCK)]


def _block(source: int, start: int, length: int) -> bytes | None:
    try:
        return read_at(source, start, length)
    except OSError:
        return None


def read_at(source: int, start: int, length: int) -> bytes:
    """Read so many bytes from a place of an open file."""
    os.lseek(source, start, os.SEEK_SET)
    return os.read(source, length)
