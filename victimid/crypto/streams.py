"""What encryption reads from and writes to."""

from typing import Protocol


class Source(Protocol):
    """Anything bytes can be read from."""

    def read(self, size: int = -1, /) -> bytes:
        """Return up to ``size`` bytes, none at the end."""


class Target(Protocol):
    """Anything bytes can be written to."""

    def write(self, data: bytes, /) -> object:
        """Take all of the bytes."""


class Reader:
    """Reads a source in exact pieces, however little it returns at a time."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._ahead = b""

    def exactly(self, size: int) -> bytes:
        """Return so many bytes, fewer only at the end."""
        pieces, missing = [self._ahead[:size]], size - len(self._ahead)
        self._ahead = self._ahead[size:]
        while missing > 0 and (piece := self._source.read(missing)):
            pieces.append(piece)
            missing -= len(piece)
        return b"".join(pieces)

    def line(self, limit: int) -> bytes:
        """Return the next line with its line feed; without one if it is longer than the limit or cut short."""
        while b"\n" not in self._ahead and len(self._ahead) < limit and (piece := self._source.read(limit)):
            self._ahead += piece
        return self.exactly(min(limit, self._ahead.find(b"\n") + 1 or limit))
