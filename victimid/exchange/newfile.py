"""A file that is whole or not there: written beside its place, forced to the medium, read back, renamed."""

import errno
import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from victimid import paths
from victimid.errors import VictimIDError

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_MOST_UNSENT: Final = 8 * 1024 * 1024
_FULL: Final = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def create(path: Path, write: Callable[[BinaryIO], None], check: Callable[[Path], None]) -> None:
    """Write a file, check it as it was read back from the medium, and only then give it its name.

    Raises exchange.disk_full (also where the medium cannot hold so large a file), exchange.cannot_write and
    whatever the two callables raise; nothing half-written is left behind then.
    """
    partial = path.with_name(path.name + ".partial")
    with _disk_errors():
        partial.unlink(missing_ok=True)
        try:
            _write_through(partial, write)
            check(partial)
            partial.replace(path)
        except BaseException:
            partial.unlink(missing_ok=True)
            raise
        paths.sync_folder(path.parent)


@contextmanager
def _disk_errors() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        full = error.errno in _FULL
        raise VictimIDError("exchange.disk_full" if full else "exchange.cannot_write") from error


class _Steady(io.FileIO):
    """Sends what is written to the medium little by little: the end of it, or breaking off, never waits for much."""

    _unsent = 0

    def write(self, data: "ReadableBuffer", /) -> int:
        """Write what the system takes of the bytes."""
        written = super().write(data)
        self._unsent += written
        if self._unsent >= _MOST_UNSENT:
            os.fsync(self.fileno())
            self._unsent = 0
        return written


def _write_through(path: Path, write: Callable[[BinaryIO], None]) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with io.BufferedWriter(_Steady(descriptor, "wb")) as stream:
        write(stream)
        stream.flush()
        os.fsync(stream.fileno())
        if hasattr(os, "posix_fadvise"):
            # Read back from the medium, not from what the system still remembers of it.
            os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
