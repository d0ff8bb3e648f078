"""A file without content in the vault's folder, given up when the disk is full.

On a full disk not even a deletion, a checkpoint or the note of a lock fits. The file is made of blocks that the disk
really sets aside: reserved by the system where it can do that, otherwise random, which no file system compresses away.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final, TypeVar

from victimid.errors import VictimIDError
from victimid.store.disk_room import MEBIBYTE, free_bytes
from victimid.store.folder import named_disk_errors

T = TypeVar("T")

SIZE: Final = 32 * MEBIBYTE
_FULL: Final = frozenset({"vault.disk_full", "vault.write_failed"})


class Ballast:
    """The ballast of one vault."""

    def __init__(self, path: Path, size: int = SIZE) -> None:
        self._path = path
        self._size = size

    @property
    def held(self) -> bool:
        """Whether there is a whole one to give up."""
        return self._path.is_file() and self._path.stat().st_size == self._size

    def ensure(self) -> bool:
        """Make it where there is none and room for twice as much; tell whether it is there."""
        if self.held:
            return True
        try:
            self.release()
            if free_bytes(self._path.parent) < 2 * self._size:
                return False
            with named_disk_errors():
                self._reserve()
        except VictimIDError:
            with suppress(VictimIDError):
                self.release()
            return False
        return True

    def release(self) -> None:
        """Give it up."""
        with named_disk_errors():
            self._path.unlink(missing_ok=True)

    def require(self) -> None:
        """Warn by ``vault.disk_nearly_full`` (free: mebibytes) where there is none and no room for one."""
        if not self.ensure():
            raise VictimIDError("vault.disk_nearly_full", free=free_bytes(self._path.parent) // MEBIBYTE)

    def retrying(self, action: Callable[[], T]) -> T:
        """Do something that makes room or must not fail; on a full disk give up the ballast and do it again."""
        try:
            return action()
        except VictimIDError as error:
            if error.code not in _FULL or not self._path.exists():
                raise
        self.release()
        return action()

    def _reserve(self) -> None:
        descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            if hasattr(os, "posix_fallocate"):
                os.posix_fallocate(stream.fileno(), 0, self._size)
            else:
                for start in range(0, self._size, MEBIBYTE):
                    stream.write(os.urandom(min(MEBIBYTE, self._size - start)))
            stream.flush()
            os.fsync(stream.fileno())
