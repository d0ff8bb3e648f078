"""How options are read: whole numbers a vault can count to, and folders to write into."""

from pathlib import Path
from typing import Final

from victimid.errors import VictimIDError

_LARGEST: Final = 2**63 - 1


def number(text: str) -> int:
    """Read a whole number, the nearest that a vault can count to; `ValueError`, which the parser reports."""
    return max(-_LARGEST, min(int(text), _LARGEST))


def made_folder(path: Path) -> Path:
    """Return a folder, made with those above it unless it is there; ``file.not_written``."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise VictimIDError("file.not_written", name=path.name) from error
    return path
