"""A wrong try at a passphrase: where and when it was made, never by whom, for nobody knows that."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final


class TriedAt(StrEnum):
    """Where a passphrase was asked for; ``LIST_GONE``: nobody knows, for what had been listed was no longer there."""

    UNLOCK = "unlock"
    RECOVERY = "recovery"
    SALVAGE = "salvage"
    BACKUP = "backup"
    CHANGE = "change"
    LIST_GONE = "list_gone"


_WORD: Final = "wrong_passphrase"
_PARTS: Final = 3


@dataclass(frozen=True, slots=True)
class WrongTry:
    """``at`` is by the clock on the wall, to the second."""

    where: TriedAt
    at: datetime

    @property
    def detail(self) -> str:
        """What the record of actions says of it: ``wrong_passphrase unlock 2026-11-21T12:00:00+00:00``."""
        return f"{_WORD} {self.where} {self.at.isoformat(timespec='seconds')}"


def wrong_try_of(detail: str) -> WrongTry | None:
    """Return the try that an entry of the record of actions tells of, if it does."""
    words = detail.split(" ")
    if len(words) != _PARTS or words[0] != _WORD:
        return None
    try:
        return WrongTry(TriedAt(words[1]), datetime.fromisoformat(words[2]))
    except ValueError:
        return None
