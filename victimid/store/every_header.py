"""Every header by which records of this laptop open: of the vault, of its backups, and of what stands beside it.

A restore and a repair set vaults aside and build others beside the vault's place, each with the slots of its time.
"""

import re
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

from victimid.crypto import erasing, header, keyfile
from victimid.crypto.secret import DataKey
from victimid.errors import VictimIDError
from victimid.paths import write_durably
from victimid.store import backup_record
from victimid.store.backup_check import describe
from victimid.store.backup_folder import BackupFiles
from victimid.store.folder import VaultFiles, named_disk_errors

# What `workshop` and the use cases that restore and repair make of the name of a vault's folder.
_GIVEN: Final = r"\.?{name}(-restored|-salvaged|-set-aside-[0-9]{{8}}-[0-9]{{6}})*(\.new)?"


def every_vault(folder: Path) -> tuple[VaultFiles, ...]:
    """Return the vault itself, then what stands beside it under the names that this program gives."""
    place = folder.absolute()
    given = re.compile(_GIVEN.format(name=re.escape(place.name)), re.ASCII)
    with named_disk_errors():
        beside = [each for each in place.parent.iterdir() if given.fullmatch(each.name) and each.name != place.name]
    return (VaultFiles(folder), *map(VaultFiles, sorted(beside)))


def records_beside(folder: Path) -> tuple[Path, ...]:
    """Return what stands beside a vault with records in it or in its backups: what was deleted since lives on there."""
    beside = every_vault(folder)[1:]
    return tuple(files.folder for files in beside if any(files.folder.rglob(files.database.name)))


def every_header(files: VaultFiles) -> Iterator[Path]:
    """Yield the headers of a vault and of its backups, also of one that is half made."""
    yield from (path for path in (files.header, *sorted(files.backups.glob(f"*/{files.header.name}"))) if path.exists())


def erase_slots(folder: Path) -> None:
    """Destroy every slot of the vault, of backups and of what stands beside it; only headquarters can recover them.

    Where headquarters could not recover something but the vault itself, its whole header goes. What cannot be written
    does not keep the rest. Raises ``recovery.no_way`` before anything is destroyed, ``keyfile.*``.
    """
    own = VaultFiles(folder).header
    erasing.erase(own, keep_recovery=True)
    failed: list[VictimIDError] = []
    for files in every_vault(folder):
        for path in set(every_header(files)) - {own}:
            try:
                _erase(path)
            except VictimIDError as error:
                failed.append(error)
        for waiting in (files.recovery, files.rehearsal):
            waiting.unlink(missing_ok=True)
    if failed:
        raise failed[0]


def keep_slots_beside(folder: Path, key: DataKey, kept: Collection[str]) -> tuple[Path, ...]:
    """Let nobody but these into what stands beside a vault, and return where somebody else may still get in.

    That is where it has another data key, or would be left without any slot.
    """
    left = []
    for files in every_vault(folder)[1:]:
        for path in every_header(files):
            try:
                _keep_slots(path, key, kept)
            except VictimIDError:
                left.append(path.parent)
    return tuple(left)


def _erase(path: Path) -> None:
    try:
        erasing.erase(path, keep_recovery=True)
    except VictimIDError as error:
        if error.code == "keyfile.not_written":
            raise
        erasing.erase(path, keep_recovery=False)


def _keep_slots(path: Path, key: DataKey, kept: Collection[str]) -> None:
    if _slots(path) <= set(kept):
        return
    backup = BackupFiles(path.parent)
    record = backup_record.authenticate(backup.record_bytes(), key) if backup.record.exists() else None
    keyfile.keep_slots(path, key, kept)
    if record:
        with named_disk_errors():
            write_durably(backup.record, backup_record.encode(replace(record, header=describe(path)), key))


def _slots(path: Path) -> set[str]:
    """Return who gets in; nobody through a header that cannot be read."""
    with suppress(VictimIDError):
        return {slot.id for slot in header.read(path).slots}
    return set()
