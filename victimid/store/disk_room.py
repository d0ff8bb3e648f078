"""Room on the disk: how much there is, and whether it is enough for what is about to be written."""

import shutil
from pathlib import Path
from typing import Final

from victimid.errors import VictimIDError
from victimid.store.folder import named_disk_errors

MEBIBYTE: Final = 1024**2
SPARE: Final = MEBIBYTE
"""What is left over for the rest of the system, in bytes."""


def free_bytes(folder: Path) -> int:
    """Return the bytes free on the disk of a folder."""
    with named_disk_errors():
        return shutil.disk_usage(folder).free


def require_room(folder: Path, needed: int) -> None:
    """Refuse to begin what would not fit: ``vault.no_room`` (needed, free: mebibytes)."""
    free = free_bytes(folder)
    if free < needed + SPARE:
        raise VictimIDError("vault.no_room", needed=-(-(needed + SPARE) // MEBIBYTE), free=free // MEBIBYTE)
