"""Destroying the slots of a header, after which no passphrase opens the vault.

What was overwritten may survive on a solid-state disk, out of reach of this program; the disk's own encryption
is what helps there.
"""

import os
import secrets
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

from victimid.crypto.header import read, write
from victimid.crypto.stored import not_written
from victimid.errors import VictimIDError
from victimid.paths import sync_folder

_OLD: Final = ".old"


def erase(path: Path, *, keep_recovery: bool) -> None:
    """Overwrite every slot; the ways to recover stay if they are to be kept, else the whole header goes.

    It needs no key, so that it can be done from a locked vault; doing it again finishes what a crash interrupted.
    Raises ``recovery.no_way`` before anything is destroyed if nothing would be kept, ``keyfile.damaged``,
    ``keyfile.not_written``.
    """
    kept = replace(read(path), slots=(), slots_mac="") if keep_recovery else None
    if kept and not kept.recovery:
        raise VictimIDError("recovery.no_way")
    old = path.with_name(path.name + _OLD)
    try:
        if kept:
            # A second name keeps hold of the old bytes until the new header is in place (not every disk can).
            with suppress(OSError):
                os.link(path, old)
            write(path, kept)
        for remains in (old, path.with_name(path.name + ".partial"), *(() if kept else (path,))):
            _overwrite(remains)
        sync_folder(path.parent)
    except OSError as error:
        raise not_written(error) from error


def _overwrite(path: Path) -> None:
    if path.is_file():
        with path.open("r+b") as stream:
            stream.write(secrets.token_bytes(path.stat().st_size))
            stream.flush()
            os.fsync(stream.fileno())
    path.unlink(missing_ok=True)
