"""JSON documents with exactly one spelling, and typed access to their members."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime

from victimid.errors import VictimIDError

Document = Mapping[str, object]


def encode(document: Document) -> bytes:
    """Return the one spelling: ASCII, keys in order, no spaces, one line end."""
    return json.dumps(document, sort_keys=True, separators=(",", ":")).encode("ascii") + b"\n"


def decode(data: bytes, code: str) -> "Members":
    """Read a document and refuse, with the code, any other spelling (which also refuses duplicate keys)."""
    try:
        document: object = json.loads(data)
        if isinstance(document, dict) and encode(document) == data:
            return Members(document, code)
    except (ValueError, RecursionError):
        pass
    raise VictimIDError(code)


class Members:
    """Members of a document by type and range; anything else is refused with the document's code."""

    def __init__(self, document: object, code: str) -> None:
        if not isinstance(document, dict):
            raise VictimIDError(code)
        self._document = document
        self._code = code

    def only(self, *names: str) -> None:
        """Demand exactly these members."""
        if set(self._document) != set(names):
            raise VictimIDError(self._code)

    def text(self, name: str, pattern: str) -> str:
        """Return a text that matches the pattern as a whole."""
        return self._matching(self._document.get(name), pattern)

    def number(self, name: str, low: int, high: int) -> int:
        """Return a whole number within the range, both ends included."""
        value = self._document.get(name)
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise VictimIDError(self._code)
        return value

    def moment(self, name: str) -> datetime:
        """Return a moment in UTC."""
        text = self.text(name, r"[0-9T:.+-]{1,40}")
        try:
            value = datetime.fromisoformat(text)
            if written_moment(value) == text:
                return value
        except (ValueError, OverflowError):
            pass
        raise VictimIDError(self._code)

    def texts(self, name: str, pattern: str, most: int) -> tuple[str, ...]:
        """Return a list of texts that match the pattern."""
        return tuple(self._matching(item, pattern) for item in self._items(name, most))

    def members(self, name: str, most: int) -> tuple["Members", ...]:
        """Return a list of documents."""
        return tuple(Members(item, self._code) for item in self._items(name, most))

    def _items(self, name: str, most: int) -> list[object]:
        value = self._document.get(name)
        if not isinstance(value, list) or len(value) > most:
            raise VictimIDError(self._code)
        return value

    def _matching(self, value: object, pattern: str) -> str:
        if not isinstance(value, str) or not re.fullmatch(pattern, value, re.ASCII):
            raise VictimIDError(self._code)
        return value


def written_moment(moment: datetime) -> str:
    """Write a moment in UTC; one without a zone counts as local time."""
    return moment.astimezone(UTC).isoformat()
