"""Wrong tries: counted on the disk before each try, so that neither a restart nor a kill makes them undone.

The file has one small fixed length and is written in place, so that a full disk does not lock officers out.
This slows down guessing at the keyboard only; whoever copies the vault is held back by Argon2id.
"""

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import ceil
from pathlib import Path
from typing import Final

from victimid.clock import Clock
from victimid.errors import VictimIDError
from victimid.store.folder import named_disk_errors

FREE_TRIES: Final = 3
_FIRST_WAIT, _LONGEST_WAIT = 5, 60
_LENGTH: Final = 64


@dataclass(frozen=True, slots=True)
class _Count:
    wrong: int
    last: datetime


class Tries:
    """The tries at one vault."""

    def __init__(self, path: Path, clock: Clock) -> None:
        self._path = path
        self._clock = clock

    def wait(self) -> int:
        """Return the seconds until the next try is allowed; a clock set back starts the wait anew."""
        count, now = self._read(), self._clock()
        if count.last > now:
            count = _Count(count.wrong, now)
            self._write(count)
        until = count.last + timedelta(seconds=wait_after(count.wrong))
        return max(0, ceil((until - now).total_seconds()))

    def begin(self) -> int:
        """Count a try as wrong before it is made and return how many were wrong before; ``vault.wait``."""
        seconds = self.wait()
        if seconds:
            raise VictimIDError("vault.wait", seconds=seconds)
        before = self._read().wrong
        self._write(_Count(before + 1, self._clock()))
        return before

    def refused(self) -> VictimIDError:
        """Return the error for a wrong passphrase, with the tries left before waiting and the wait now."""
        wrong = self._read().wrong
        left, wait = max(0, FREE_TRIES - wrong), wait_after(wrong)
        return VictimIDError("vault.wrong_passphrase", tries_left=left, wait=wait)

    def reset(self, wrong: int = 0) -> None:
        """Forget the tries, or take the last one back because it was none."""
        self._write(_Count(wrong, self._clock()))

    def _read(self) -> _Count:
        if not self._path.exists():
            return _Count(0, self._clock())
        with named_disk_errors():
            words = self._path.read_bytes()[:_LENGTH].decode("ascii", "replace").split()
        try:
            return _Count(int(words[0]), datetime.fromisoformat(words[1]).astimezone(UTC))
        except (ValueError, IndexError, OverflowError):
            unreadable = _Count(FREE_TRIES, self._clock())
            self._write(unreadable)
            return unreadable

    def _write(self, count: _Count) -> None:
        line = f"{count.wrong} {count.last.astimezone(UTC).isoformat()}"
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
