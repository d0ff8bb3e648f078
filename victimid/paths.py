"""Where things are on this machine: the vault, the settings, the log; folders are for the owner only."""

import errno
import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from victimid.errors import VictimIDError

_OWNER_ONLY = 0o700


@dataclass(frozen=True, slots=True)
class Places:
    """Folders and files of one installation; none of their names says anything about a person."""

    vault: Path
    register: Path
    settings: Path
    log: Path


def places(vault: Path | None = None) -> Places:
    """Return the places of this user; ``VICTIMID_VAULT`` or an argument moves the vault."""
    data = Path(platformdirs.user_data_dir("victimid", appauthor=False))
    config = Path(platformdirs.user_config_dir("victimid", appauthor=False))
    chosen = vault or Path(os.environ.get("VICTIMID_VAULT") or data / "vault")
    return Places(chosen, data / "headquarters", config / "settings.json", data / "victimid.log")


def private_folder(path: Path) -> Path:
    """Make a folder that only its owner can enter, and return it."""
    path.mkdir(mode=_OWNER_ONLY, parents=True, exist_ok=True)
    if os.name == "posix":
        path.chmod(_OWNER_ONLY)
    return path


def open_ordinary(path: Path, flags: int, mode: int = 0o600) -> int:
    """Open an ordinary file, as `os.open` does, and return its descriptor.

    Anything else in its place is refused with an `OSError`: a pipe would wait for ever, a device never end.
    """
    descriptor = os.open(path, flags | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0), mode)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "not an ordinary file")
    return descriptor


def read_ordinary(path: Path, limit: int = -1) -> bytes:
    """Return the content of an ordinary file, no more than a limit of bytes; `OSError`."""
    with os.fdopen(open_ordinary(path, os.O_RDONLY), "rb") as stream:
        return stream.read(limit)


def write_durably(path: Path, content: bytes, mode: int = 0o600) -> None:
    """Replace a file as a whole: temporary neighbour, fsync, rename, fsync of the folder."""
    temporary = path.with_name(path.name + ".partial")
    descriptor = open_ordinary(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(path: Path) -> None:
    """Make a rename in this folder survive a power cut (POSIX; Windows has no such call)."""
    if os.name != "posix":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_once(path: Path, content: bytes) -> str:
    """Write a new file durably, read it back, and return its SHA-256 in hex.

    Raises ``file.exists`` rather than replace a file, ``file.disk_full``, ``file.not_written``.
    """
    if path.exists():
        raise VictimIDError("file.exists", name=path.name)
    try:
        write_durably(path, content)
        written = path.read_bytes()
    except OSError as error:
        code = "file.disk_full" if error.errno in {errno.ENOSPC, errno.EDQUOT} else "file.not_written"
        raise VictimIDError(code, name=path.name) from error
    if written != content:
        raise VictimIDError("file.not_written", name=path.name)
    return hashlib.sha256(written).hexdigest()
