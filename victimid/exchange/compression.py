"""Records to gzip-compressed parts and back, as streams: one record at a time is in memory."""

import gzip
import io
import json
import zlib
from collections.abc import Iterable, Iterator
from typing import Final

from victimid.errors import VictimIDError
from victimid.exchange import lines
from victimid.exchange.limits import MAX_LINE, PART_TARGET, clear_limit
from victimid.model.bundle import Record

_GZIP: Final = 16 + zlib.MAX_WBITS
_SLICE: Final = 65536


class RecordQueue:
    """Records as lines, with sight of the next one; counts what was taken."""

    def __init__(self, records: Iterable[Record]) -> None:
        self._lines = (lines.encode(record) for record in records)
        self.next: bytes | None = next(self._lines, None)
        self.taken = 0

    def take(self) -> bytes:
        """Return the next line and move on."""
        line = self.next or b""
        self.taken += 1
        self.next = next(self._lines, None)
        return line


class PartSource:
    """The compressed bytes of one part, made only as they are read."""

    def __init__(self, heading: bytes, queue: RecordQueue) -> None:
        self._queue = queue
        self._gzip = zlib.compressobj(wbits=_GZIP)
        self._ready = bytearray(self._gzip.compress(heading))
        self._compressed = len(self._ready)
        self._clear = len(heading)
        self._ended = False

    def read(self, size: int = -1, /) -> bytes:
        """Return the next compressed bytes, none at the end of the part."""
        wanted = size if size >= 0 else _SLICE
        while len(self._ready) < wanted and not self._ended:
            self._advance()
        data = bytes(self._ready[:wanted])
        del self._ready[:wanted]
        return data

    def _advance(self) -> None:
        if self._has_room():
            line = self._queue.take()
            self._clear += len(line)
            data = self._gzip.compress(line)
        else:
            self._ended = True
            data = self._gzip.flush()
        self._compressed += len(data)
        self._ready += data

    def _has_room(self) -> bool:
        line = self._queue.next
        if line is None or self._compressed >= PART_TARGET:
            return False
        return self._clear + len(line) <= clear_limit(self._compressed)


def heading(device: str, sequence: int, part: int, recipients: tuple[str, ...]) -> bytes:
    """Return the first line of a part: it ties the clear text to one place in one bundle."""
    first = {"device": device, "part": part, "recipients": recipients, "sequence": sequence}
    return json.dumps(first, sort_keys=True, separators=(",", ":")).encode("ascii") + b"\n"


def unfold(compressed: bytes) -> Iterator[bytes]:
    """Yield the lines of a part.

    Raises exchange.damaged_part, and exchange.unfolds_too_far where the bytes unfold beyond `clear_limit` or
    a line beyond the limit of a record.
    """
    left = clear_limit(len(compressed))
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(compressed)) as stream:
            while line := stream.readline(min(left, MAX_LINE) + 1):
                left -= len(line)
                if left < 0 or len(line) > MAX_LINE:
                    raise VictimIDError("exchange.unfolds_too_far")
                yield line
    except (OSError, EOFError, zlib.error):
        raise VictimIDError("exchange.damaged_part") from None
