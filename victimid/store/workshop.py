"""Where a vault is built before it gets its place: beside it and out of sight, so that there is never half a vault."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from victimid.clock import Clock
from victimid.errors import VictimIDError
from victimid.paths import private_folder, sync_folder
from victimid.store.folder import ProcessLock, VaultFiles, named_disk_errors
from victimid.store.tries import Tries

RESTORED: Final = "restored"
SALVAGED: Final = "salvaged"


def vault_exists(folder: Path) -> bool:
    """Tell whether there is a vault in this folder, in whatever state."""
    files = VaultFiles(folder)
    return files.header.exists() or files.database.exists()


def require_free(folder: Path) -> None:
    """Refuse a place that holds anything: ``vault.exists``, ``vault.folder_not_empty``."""
    if vault_exists(folder):
        raise VictimIDError("vault.exists")
    if holds_anything(folder):
        raise VictimIDError("vault.folder_not_empty")


def holds_anything(folder: Path) -> bool:
    """Tell whether there is anything in this place, be it a vault or not."""
    return folder.exists() and (not folder.is_dir() or any(folder.iterdir()))


def tries_file(folder: Path) -> Path:
    """Return where wrong tries at this place are counted: in what stands there, or beside it while nothing does."""
    files = VaultFiles(folder)
    return files.tries if holds_anything(folder) else files.tries_beside


@contextmanager
def workshop(folder: Path) -> Iterator[VaultFiles]:
    """Yield an empty private folder beside the vault's place, ours alone; what a crash left there goes first."""
    files = VaultFiles(folder.parent / f".{folder.name}.new")
    folder.parent.mkdir(parents=True, exist_ok=True)
    private_folder(files.folder)
    lock = ProcessLock(files.lock)
    try:
        for leftover in set(files.folder.iterdir()) - {files.lock}:
            _remove(leftover)
        yield files
    except BaseException:
        shutil.rmtree(files.folder, ignore_errors=True)
        raise
    finally:
        lock.release()


def put_in_place(built: Path, folder: Path) -> None:
    """Move a finished workshop to the vault's place, durably; the tries from before there was a vault go with it."""
    beside = VaultFiles(folder).tries_beside
    if beside.is_file():
        Tries(VaultFiles(built).tries).take_over(beside)
    if folder.exists():
        folder.rmdir()
    built.rename(folder)
    with suppress(OSError):
        beside.unlink()
    sync_folder(folder.parent)


def require_closed(folder: Path) -> None:
    """Raise ``vault.in_use`` while a vault is open."""
    ProcessLock(VaultFiles(folder).lock).release()


def take_place(built: Path, folder: Path, clock: Clock) -> Path:
    """Put a finished vault where another stands, which is set aside; return where that one is now.

    The wrong tries that no audit has yet go on with it: the other may never be opened again. Raises ``vault.in_use``;
    then what was built is gone and the other as it was.
    """
    try:
        Tries(VaultFiles(built).tries).take_over(VaultFiles(folder).tries)
        aside = set_aside(folder, clock)
    except VictimIDError:
        shutil.rmtree(built)
        raise
    put_in_place(built, folder)
    return aside


def finish_taking(folder: Path) -> None:
    """Put a finished vault in its place where nothing stands: a crash came after the other one was set aside."""
    for what in (RESTORED, SALVAGED):
        built = made_beside(folder, what)
        with named_disk_errors():
            if vault_exists(built) and not holds_anything(folder):
                put_in_place(built, folder)


def made_beside(folder: Path, what: str) -> Path:
    """Return where a vault is made that is to take the place of another."""
    return folder.with_name(f"{folder.name}-{what}")


def set_aside(folder: Path, clock: Clock) -> Path:
    """Move a vault that is out of order, with its backups, out of its place, and return where it is now.

    Nothing in it is changed or deleted. Raises ``vault.in_use`` while it is open.
    """
    require_closed(folder)
    aside = folder.with_name(f"{folder.name}-set-aside-{clock():%Y%m%d-%H%M%S}")
    with named_disk_errors():
        folder.rename(aside)
        sync_folder(folder.parent)
    return aside


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()
