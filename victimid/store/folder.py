"""The folder of a vault: its files, and the lock by which one process at a time has it."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from victimid.errors import VictimIDError
from victimid.paths import open_ordinary

_NO_ROOM: Final = {errno.ENOSPC, errno.EDQUOT}
_NO_WRITING: Final = {errno.EROFS, errno.EACCES, errno.EPERM}


@dataclass(frozen=True, slots=True)
class VaultFiles:
    """The files of one vault."""

    folder: Path

    @property
    def header(self) -> Path:
        """Key slots; the only file that is not random to look at."""
        return self.folder / "header.json"

    @property
    def database(self) -> Path:
        """The encrypted database; its journal beside it is part of the data."""
        return self.folder / "records.db"

    @property
    def tries(self) -> Path:
        """How often, when and where a passphrase was wrong."""
        return self.folder / "tries"

    @property
    def tries_beside(self) -> Path:
        """The same before there is a vault, beside its place, which stays empty."""
        return self.folder.parent / f".{self.folder.name}.tries"

    @property
    def recovery(self) -> Path:
        """The one-time keys of requests to headquarters, under the new passphrases; there only while they wait."""
        return self.folder / "recovery"

    @property
    def rehearsal(self) -> Path:
        """The same for a rehearsal, which is nothing to answer for at the locked screen."""
        return self.folder / "rehearsal"

    @property
    def backups(self) -> Path:
        """A folder with a folder for every backup."""
        return self.folder / "backups"

    @property
    def ballast(self) -> Path:
        """A file without content that is given up when the disk is full."""
        return self.folder / "ballast"

    @property
    def erasable(self) -> Path:
        """An empty file that is there while the policy allows to destroy the keys: it has to be known when locked."""
        return self.folder / "erasable"

    @property
    def lock(self) -> Path:
        """An empty file that the process using the vault holds."""
        return self.folder / "lock"


class ProcessLock:
    """Held by the one process that uses a vault; the system lets go of it when that process ends."""

    def __init__(self, path: Path) -> None:
        """Take the lock; ``vault.in_use`` if another has it."""
        self._stream = _opened(path)
        try:
            _take(self._stream)
        except OSError as error:
            self._stream.close()
            raise VictimIDError("vault.in_use") from error

    def release(self) -> None:
        """Let go; doing it twice does no harm."""
        self._stream.close()


@contextmanager
def named_disk_errors() -> Iterator[None]:
    """Turn what the disk refuses into ``vault.disk_full``, ``vault.read_only`` or ``vault.write_failed``."""
    try:
        yield
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise VictimIDError("vault.disk_full") from error
        code = "vault.read_only" if error.errno in _NO_WRITING else "vault.write_failed"
        raise VictimIDError(code, reason=errno.errorcode.get(error.errno or 0, "")) from error


def _opened(path: Path) -> BinaryIO:
    with named_disk_errors():
        descriptor = open_ordinary(path, os.O_RDWR | os.O_CREAT)
    return os.fdopen(descriptor, "r+b", buffering=0)


if sys.platform == "win32":
    import msvcrt

    def _take(stream: BinaryIO) -> None:
        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(stream: BinaryIO) -> None:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
