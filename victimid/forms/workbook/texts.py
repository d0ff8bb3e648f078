"""Looks into a form written as text (.csv, .md) before any library does: its lines, and how long they are."""

from pathlib import Path
from typing import Final

from victimid.forms import limits

_LINE: Final = 8 * limits.CELL_CHARACTERS
_HASH_WORK: Final = 100_000_000


def require_short(path: Path) -> None:
    """Refuse more rows than a form may have, and lines that would keep the reader busy without end.

    The reader of Markdown looks at the rest of a line once for each ``#`` in it.
    """
    content = path.read_bytes()
    limits.require(limits.SHEET_ROWS, content.count(b"\n") + content.count(b"\r"), "rows")
    work = 0
    for line in content.splitlines():
        limits.require(_LINE, len(line), "line")
        work += line.count(b"#") * len(line)
        limits.require(_HASH_WORK, work, "line")
