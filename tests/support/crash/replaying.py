"""What may be on a disk after the power went: what was synced, and of the rest anything, sector by sector.

Names are kept apart from contents. A file that was synced has its content, but its name only once its folder was
synced; of the changes of names in a folder that were not synced, the first so many may have come through.
"""

import random
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tests.support.crash.tracing import Cut, Event, Opened, Removed, Renamed, Said, Synced, Written

SECTOR: Final = 512


@dataclass
class File:
    """A file: its durable bytes, the changes since, and where the next write without a place goes."""

    durable: bytearray = field(default_factory=bytearray)
    pending: list[Written | Cut] = field(default_factory=list)
    position: int = 0


@dataclass(frozen=True, slots=True)
class NameChange:
    """One change of names in a folder: a name given to a file, and a name that went."""

    given: Path | None
    number: int
    gone: Path | None = None


class Disk:
    """A disk that events happen to, and what is left of it when the power goes."""

    def __init__(self, contents: Mapping[Path, bytes]) -> None:
        """Begin with files that are durable, names too."""
        self._files = {number: File(bytearray(content)) for number, content in enumerate(contents.values())}
        self._durable = {path: number for number, path in enumerate(contents)}
        self._names = dict(self._durable)
        self._pending: dict[Path, list[NameChange]] = defaultdict(list)

    def happen(self, event: Event) -> None:
        """Let something happen."""
        match event:
            case Opened(path, emptied):
                self._open(path, emptied=emptied)
            case Written() | Cut():
                self._write(event)
            case Synced(path):
                self._sync(path)
            case Renamed(path, new):
                self._names[new] = self._names.pop(path)
                self._pending[path.parent].append(NameChange(new, self._names[new], path))
            case Removed(path):
                self._pending[path.parent].append(NameChange(None, self._names.pop(path), path))
            case Said():
                pass

    def _open(self, path: Path, *, emptied: bool) -> None:
        if path not in self._names:
            number = self._names[path] = len(self._files)
            self._files[number] = File()
            self._pending[path.parent].append(NameChange(path, number))
        file = self._files[self._names[path]]
        file.position = 0
        if emptied:
            file.pending.append(Cut(path, 0))

    def _write(self, event: Written | Cut) -> None:
        file = self._files[self._names[event.path]]
        if isinstance(event, Written) and event.offset is None:
            event = Written(event.path, event.content, file.position)
            file.position += len(event.content)
        file.pending.append(event)

    def _sync(self, path: Path) -> None:
        if path in self._names:
            file = self._files[self._names[path]]
            for change in file.pending:
                apply(file.durable, change)
            file.pending.clear()
        else:
            for renaming in self._pending.pop(path, []):
                rename(self._durable, renaming)

    def left(self, draw: random.Random) -> dict[Path, bytes]:
        """Return what may be left now: everything not synced dropped, or some of it kept."""
        share = draw.choice((0.0, 0.0, 0.2, 0.5, 0.8, 1.0))
        names = dict(self._durable)
        for changes in self._pending.values():
            kept = draw.randint(0, len(changes)) if share else 0
            for change in changes[:kept]:
                rename(names, change)
        return {path: bytes(self._content(self._files[number], share, draw)) for path, number in names.items()}

    def _content(self, file: File, share: float, draw: random.Random) -> bytearray:
        content = bytearray(file.durable)
        for change in file.pending:
            for piece in torn(change):
                if draw.random() < share:
                    apply(content, piece)
        return content


def torn(change: Written | Cut) -> list[Written | Cut]:
    """Return the parts of a change that reach the disk each for itself: sectors."""
    if isinstance(change, Cut):
        return [change]
    begin = change.offset or 0
    edges = [begin, *range(begin - begin % SECTOR + SECTOR, begin + len(change.content), SECTOR)]
    ends = [*edges[1:], begin + len(change.content)]
    return [
        Written(change.path, change.content[edge - begin : end - begin], edge)
        for edge, end in zip(edges, ends, strict=True)
    ]


def apply(content: bytearray, change: Written | Cut) -> None:
    """Change the bytes of a file; what lies between its end and a later place is zero."""
    if isinstance(change, Cut):
        content[change.size :] = bytes(max(0, change.size - len(content)))
        return
    offset = change.offset or 0
    content.extend(bytes(max(0, offset - len(content))))
    content[offset : offset + len(change.content)] = change.content


def rename(names: dict[Path, int], change: NameChange) -> None:
    """Change the names of a folder."""
    if change.gone:
        names.pop(change.gone, None)
    if change.given:
        names[change.given] = change.number
