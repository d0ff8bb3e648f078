"""Without an open vault: a vault from a backup, and what can be saved from a damaged one."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from victimid.app.session import Door
from victimid.errors import VictimIDError
from victimid.model.backup import Backup, Restored
from victimid.model.salvage import Salvaged
from victimid.store.backup_folder import BackupFiles, BackupFolder
from victimid.store.restoring import restore_vault, unlocked_backup
from victimid.store.salvaging import Salvage, unlocked_key
from victimid.store.watching import Watch
from victimid.store.workshop import (
    RESTORED,
    SALVAGED,
    holds_anything,
    made_beside,
    require_closed,
    require_free,
    set_aside,
    take_place,
)

__all__ = [
    "BackupOffer",
    "Restored",
    "RestoredVault",
    "Salvaged",
    "SalvagedVault",
    "offers",
    "restore",
    "salvage",
    "salvage_in_place",
]


@dataclass(frozen=True, slots=True)
class BackupOffer:
    """A backup that was found in a place."""

    path: Path
    backup: Backup


@dataclass(frozen=True, slots=True)
class RestoredVault:
    """What became of a backup, and where the vault that stood in its place is now."""

    restored: Restored
    aside: Path | None


@dataclass(frozen=True, slots=True)
class SalvagedVault:
    """The report of a salvage, and where the damaged vault is now."""

    salvaged: Salvaged
    aside: Path


def offers(place: Path) -> tuple[BackupOffer, ...]:
    """Return the readable backups in a vault's folder, a folder of backups or on a stick, newest first.

    The place may also be a backup itself. Folders that cannot be read hold none.
    """
    found = [offer for offer in _offered(place.parent) if offer.path == place]
    for folder in (place, place / "backups", *sorted(place.glob("victimid-backup-*"))):
        found += _offered(folder)
    return tuple(sorted(found, key=_made_at, reverse=True))


def restore(
    door: Door, place: Path, name: str, passphrase: str, watch: Watch | None = None, *, replace: bool = False
) -> RestoredVault:
    """Make the vault of this door from the newest backup in a place, with the names and passphrases of its time.

    ``replace`` moves whatever stands there aside, unchanged, once the restored vault is whole. Raises
    ``backup.none`` and what `unlocked_backup` and `restore_vault` do.
    """
    found = offers(place)
    if not found:
        raise VictimIDError("backup.none")
    standing = replace and holds_anything(door.folder)
    target = _beside(door, RESTORED) if standing else door.folder
    require_free(target)
    files = BackupFiles(found[0].path)
    with unlocked_backup(files, door.folder, name, passphrase, door.clock, door.floor, door.uptime) as unlocked:
        restored = restore_vault(files, target, unlocked, door.clock, watch)
    if not standing:
        return RestoredVault(restored, None)
    return RestoredVault(restored, take_place(target, door.folder, door.clock))


def salvage(
    door: Door, into: Path, name: str, passphrase: str, place: Path | None = None, watch: Watch | None = None
) -> Salvaged:
    """Bring everything that can be read from the vault of this door over into a new one in another folder.

    What is lost is taken from the newest backup in a place, if there is one, the key file too. Raises what
    `unlocked_key` and `Salvage.into` do.
    """
    found = offers(place) if place else ()
    if place and not found:
        raise VictimIDError("backup.none")
    backup = BackupFiles(found[0].path) if found else None
    with unlocked_key(door.folder, name, passphrase, door.clock, door.floor, door.uptime, backup) as unlocked:
        return Salvage(door.folder, unlocked, name, door.clock).into(into, backup, watch)


def salvage_in_place(
    door: Door, name: str, passphrase: str, place: Path | None = None, watch: Watch | None = None
) -> SalvagedVault:
    """Let what can be read take the place of the damaged vault, which is moved aside unchanged.

    Raises ``vault.in_use`` and what `salvage` does; then the damaged vault stands where it stood.
    """
    target = _beside(door, SALVAGED)
    salvaged = salvage(door, target, name, passphrase, place, watch)
    return SalvagedVault(salvaged, take_place(target, door.folder, door.clock))


def _beside(door: Door, what: str) -> Path:
    """Return where to build what will take a vault's place; what a crash left there is moved out of the way."""
    require_closed(door.folder)
    target = made_beside(door.folder, what)
    if holds_anything(target):
        set_aside(target, door.clock)
    return target


def _offered(folder: Path) -> list[BackupOffer]:
    backups = BackupFolder(folder)
    with suppress(OSError):
        return [BackupOffer(backups.files(backup).folder, backup) for backup in backups.all() if backup.record]
    return []


def _made_at(offer: BackupOffer) -> float:
    return offer.backup.record.made_at.timestamp() if offer.backup.record else 0.0
