"""Wrong tries: counted on the disk before each try, so that neither a restart nor a kill makes them undone.

The wait is measured by the time since the machine started, which nobody can set; a restart of the machine starts it
anew. The file has one small fixed length and is written in place, so that a full disk does not lock officers out.
This slows down guessing at the keyboard only; whoever copies the vault is held back by Argon2id.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import ceil, isfinite
from pathlib import Path
from typing import Final

from victimid.clock import Seconds, uptime
from victimid.errors import VictimIDError
from victimid.store.folder import named_disk_errors

FREE_TRIES: Final = 3
_FIRST_WAIT, _LONGEST_WAIT = 5, 60
_LENGTH: Final = 64


@dataclass(frozen=True, slots=True)
class _Count:
    """``last`` is when the last try began, in seconds since the machine had started."""

    wrong: int
    last: float


class Tries:
    """The tries at one vault."""

    def __init__(self, path: Path, uptime: Seconds = uptime) -> None:
        self._path = path
        self._uptime = uptime

    def wait(self) -> int:
        """Return the seconds until the next try is allowed."""
        count, now = self._read(), self._uptime()
        # Started again since the last try: at least as long ago as the machine is up. What passed is never
        # overestimated, also where it is up longer than it was then.
        passed = now - count.last if now >= count.last else now
        return max(0, ceil(wait_after(count.wrong) - passed))

    def begin(self) -> int:
        """Count a try as wrong before it is made and return how many were wrong before; ``vault.wait``."""
        seconds = self.wait()
        if seconds:
            raise VictimIDError("vault.wait", seconds=seconds)
        before = self._read().wrong
        self._write(_Count(before + 1, self._uptime()))
        return before

    @contextmanager
    def one(self) -> Iterator[int]:
        """Count what is done here as one try, yielding how many were wrong before; ``vault.wait``.

        Only a wrong passphrase uses it up, raised as ``vault.wrong_passphrase``.
        """
        before = self.begin()
        try:
            yield before
        except VictimIDError as error:
            if error.code == "keyfile.wrong_passphrase":
                raise self.refused() from error
            self.reset(before)
            raise
        self.reset()

    def refused(self) -> VictimIDError:
        """Return the error for a wrong passphrase, with the tries left before waiting and the wait now."""
        wrong = self._read().wrong
        left, wait = max(0, FREE_TRIES - wrong), wait_after(wrong)
        return VictimIDError("vault.wrong_passphrase", tries_left=left, wait=wait)

    def reset(self, wrong: int = 0) -> None:
        """Forget the tries, or take the last one back because it was none."""
        self._write(_Count(wrong, self._uptime()))

    def _read(self) -> _Count:
        if not self._path.exists():
            return _Count(0, self._uptime())
        with named_disk_errors(), self._path.open("rb") as stream:
            words = stream.read(_LENGTH).decode("ascii", "replace").split()
        try:
            count = _Count(int(words[0]), float(words[1]))
        except (ValueError, IndexError):
            count = _Count(-1, 0)
        if count.wrong >= 0 and isfinite(count.last) and count.last >= 0:
            return count
        unreadable = _Count(FREE_TRIES, self._uptime())
        self._write(unreadable)
        return unreadable

    def _write(self, count: _Count) -> None:
        line = f"{count.wrong} {count.last:.3f}"
        with named_disk_errors():
            descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT, 0o600)
            try:
                os.write(descriptor, line.ljust(_LENGTH - 1).encode("ascii") + b"\n")
                os.fsync(descriptor)
            finally:
                os.close(descriptor)


def wait_after(wrong: int) -> int:
    """Return the seconds to wait after so many wrong tries: 0, 0, 5, 10, 20, 40, 60, then 60 each time."""
    if wrong < FREE_TRIES:
        return 0
    return min(_LONGEST_WAIT, _FIRST_WAIT << min(wrong - FREE_TRIES, 8))
