"""Wrong tries: counted on the disk before each try, so that neither a restart nor a kill makes them undone.

The wait is measured by the time since the machine started, which nobody can set; a restart of the machine starts it
anew. The file has one small fixed length and is written in place, so that a full disk does not lock officers out.
Behind the count it lists when and where the newest tries were, until the audit has them; no wait depends on the list.
This slows down guessing at the keyboard only; whoever copies the vault is held back by Argon2id.
"""

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from math import ceil, isfinite
from pathlib import Path
from typing import Final

from victimid.clock import Clock, Seconds, now, uptime
from victimid.errors import VictimIDError
from victimid.model.wrong_try import TriedAt, WrongTry
from victimid.paths import open_ordinary, read_ordinary
from victimid.store.folder import named_disk_errors

FREE_TRIES: Final = 3
LISTED: Final = 300
_FIRST_WAIT, _LONGEST_WAIT = 5, 60
_COUNT_LENGTH, _LINE_LENGTH = 64, 24
_LENGTH: Final = _COUNT_LENGTH + LISTED * _LINE_LENGTH
_LAST_SECOND: Final = 9_999_999_999
_SECONDS: Final = re.compile(r"[0-9]{1,10}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Wrong:
    """How many were wrong since the last right one, and when the last began, in seconds since the machine started.

    ``listed`` are those that the audit does not have yet, the oldest first; of more than `LISTED` only the newest.
    """

    count: int
    last: float
    listed: tuple[WrongTry, ...] = ()


class Tries:
    """The tries at one vault."""

    def __init__(self, path: Path, uptime: Seconds = uptime, clock: Clock = now) -> None:
        self._path = path
        self._uptime = uptime
        self._clock = clock

    def wait(self) -> int:
        """Return the seconds until the next try is allowed."""
        wrong, up = self._read(), self._uptime()
        # Started again since the last try: at least as long ago as the machine is up. What passed is never
        # overestimated, also where it is up longer than it was then.
        passed = up - wrong.last if up >= wrong.last else up
        return max(0, ceil(wait_after(wrong.count) - passed))

    def miss(self) -> None:
        """List it if the file is gone, for it is made with the vault and nothing in this program removes it."""
        if not self._path.exists():
            self._write(Wrong(0, self._uptime(), (WrongTry(TriedAt.LIST_GONE, self._clock()),)))

    def begin(self, where: TriedAt) -> Wrong:
        """Count and list a try as wrong before it is made and return what was wrong before; ``vault.wait``."""
        seconds = self.wait()
        if seconds:
            raise VictimIDError("vault.wait", seconds=seconds)
        before = self._read()
        listed = (*before.listed, WrongTry(where, self._clock()))[-LISTED:]
        self._write(Wrong(before.count + 1, self._uptime(), listed))
        return before

    @contextmanager
    def one(self, where: TriedAt) -> Iterator[Wrong]:
        """Count what is done here as one try, yielding what was wrong before; ``vault.wait``.

        Only a wrong passphrase uses it up, raised as ``vault.wrong_passphrase``. What was listed before stays so.
        """
        before = self.begin(where)
        try:
            yield before
        except VictimIDError as error:
            if error.code == "keyfile.wrong_passphrase":
                raise self.refused() from error
            self._write(replace(before, last=self._uptime()))
            raise
        self._write(Wrong(0, self._uptime(), before.listed))

    def refused(self) -> VictimIDError:
        """Return the error for a wrong passphrase, with the tries left before waiting and the wait now."""
        wrong = self._read().count
        left, wait = max(0, FREE_TRIES - wrong), wait_after(wrong)
        return VictimIDError("vault.wrong_passphrase", tries_left=left, wait=wait)

    def reset(self) -> None:
        """Forget how many were wrong. The list stays as it is."""
        self._write(Wrong(0, self._uptime(), self._read().listed))

    def take_over(self, other: Path) -> None:
        """Begin anew, and list what another file lists too: the vault of this one takes the place of that one."""
        own = self.listed()
        others = (each for each in Tries(other).listed() if each not in own)
        self._write(Wrong(0, self._uptime(), (*own, *others)[-LISTED:]))

    def listed(self) -> tuple[WrongTry, ...]:
        """Return the tries that the audit does not have yet, the oldest first."""
        return self._read().listed

    def forget_listed(self) -> None:
        """Drop the list: the audit has them all. The wait stays as it is."""
        wrong = self._read()
        if wrong.listed:
            self._write(replace(wrong, listed=()))

    def _read(self) -> Wrong:
        if not self._path.exists():
            return Wrong(0, self._uptime())
        with named_disk_errors():
            content = read_ordinary(self._path, _LENGTH)
        listed = tuple(_listed(content[_COUNT_LENGTH:]))[-LISTED:]
        words = content[:_COUNT_LENGTH].decode("ascii", "replace").split()
        try:
            wrong = Wrong(int(words[0]), float(words[1]), listed)
        except (ValueError, IndexError):
            wrong = Wrong(-1, 0)
        if wrong.count >= 0 and isfinite(wrong.last) and wrong.last >= 0:
            return wrong
        unreadable = Wrong(FREE_TRIES, self._uptime(), listed)
        self._write(unreadable)
        return unreadable

    def _write(self, wrong: Wrong) -> None:
        count = f"{wrong.count} {wrong.last:.3f}".ljust(_COUNT_LENGTH - 1) + "\n"
        content = count + "".join(map(_line, wrong.listed))
        with named_disk_errors():
            descriptor = open_ordinary(self._path, os.O_WRONLY | os.O_CREAT)
            try:
                os.write(descriptor, content.ljust(_LENGTH).encode("ascii"))
                os.fsync(descriptor)
            finally:
                os.close(descriptor)


def wait_after(wrong: int) -> int:
    """Return the seconds to wait after so many wrong tries: 0, 0, 5, 10, 20, 40, 60, then 60 each time."""
    if wrong < FREE_TRIES:
        return 0
    return min(_LONGEST_WAIT, _FIRST_WAIT << min(wrong - FREE_TRIES, 8))


def _line(each: WrongTry) -> str:
    seconds = min(max(0, int(each.at.timestamp())), _LAST_SECOND)
    return f"{each.where} {seconds}".ljust(_LINE_LENGTH - 1) + "\n"


def _listed(content: bytes) -> Iterable[WrongTry]:
    """Yield what can be read of the list; anything else in it is passed over."""
    for line in content.decode("ascii", "replace").splitlines():
        where, _, seconds = line.rstrip(" ").partition(" ")
        if where in set(TriedAt) and _SECONDS.fullmatch(seconds):
            yield WrongTry(TriedAt(where), datetime.fromtimestamp(int(seconds), UTC))
