"""A folder of backups: each in a folder of its own, named by number and day; which are kept and which go."""

import os
import re
import shutil
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

from victimid.errors import VictimIDError
from victimid.model.backup import Backup, BackupRecord
from victimid.paths import read_ordinary, sync_folder
from victimid.store import backup_record
from victimid.store.folder import VaultFiles, named_disk_errors

NEWEST_KEPT: Final = 10
DAYS_KEPT: Final = 7
_NAME: Final = re.compile(r"([0-9]{4,9})-([0-9]{4}-[0-9]{2}-[0-9]{2})", re.ASCII)
_PARTIAL: Final = ".partial"
_LAST_NUMBER: Final = 10**9 - 1


@dataclass(frozen=True, slots=True)
class BackupFiles:
    """The files of one backup."""

    folder: Path

    @property
    def header(self) -> Path:
        """The key slots as they were."""
        return VaultFiles(self.folder).header

    @property
    def database(self) -> Path:
        """The encrypted database, closed, without a journal."""
        return VaultFiles(self.folder).database

    @property
    def record(self) -> Path:
        """What the backup says of itself."""
        return self.folder / "backup.json"

    def record_bytes(self) -> bytes:
        """Read what the backup says of itself, never more than it may; ``backup.damaged`` if it is not there."""
        try:
            return read_ordinary(self.record, backup_record.MAX_BYTES + 1)
        except OSError as error:
            raise VictimIDError("backup.damaged") from error


class BackupFolder:
    """The backups of one vault in one place."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def all(self) -> tuple[Backup, ...]:
        """Return every backup, oldest first, those that cannot be read too; nothing is unlocked for it."""
        if not self.folder.is_dir():
            return ()
        found = [_backup(path) for path in self.folder.iterdir() if _is_own_folder(path)]
        return tuple(sorted((each for each in found if each), key=lambda each: each.number))

    def files(self, backup: Backup) -> BackupFiles:
        """Return the files of a backup."""
        return BackupFiles(self.folder / backup.name)

    def begin(self, now: datetime) -> tuple[Backup, BackupFiles]:
        """Return the next backup and an empty folder to write it in; what a crash left half written goes first.

        Whatever else lies there is left alone, and no name of it is taken again.
        """
        with named_disk_errors():
            _folder(self.folder)
            there = tuple(self.folder.iterdir())
            for path in there:
                if path.name.endswith(_PARTIAL) and _number(path.name.removesuffix(_PARTIAL)):
                    _remove_leftover(path)
            highest = max((_number(path.name) for path in there), default=0)
            begun = Backup(highest + 1, now.astimezone(UTC).date(), None)
            return begun, BackupFiles(_folder(self.folder / f"{begun.name}{_PARTIAL}"))

    def finish(self, files: BackupFiles) -> None:
        """Give a verified backup its name, durably."""
        with named_disk_errors():
            for file in (files.header, files.database, files.record):
                sync_file(file)
            sync_folder(files.folder)
            files.folder.rename(files.folder.with_name(files.folder.name.removesuffix(_PARTIAL)))
            sync_folder(self.folder)

    def abandon(self, files: BackupFiles) -> None:
        """Remove what was begun and did not come about."""
        shutil.rmtree(files.folder, ignore_errors=True)

    def rotate(self) -> None:
        """Remove the backups that no longer have to be kept."""
        backups = self.all()
        self._remove(set(backups) - to_keep(backups))

    def keep_none_before(self, made: Backup) -> None:
        """Remove all older backups, for what was deleted or a key that was changed lives on in them."""
        self._remove(backup for backup in self.all() if backup.number < made.number)

    def _remove(self, backups: Iterable[Backup]) -> None:
        """Take away the name first, so that a backup is either whole or known as a leftover."""
        with named_disk_errors():
            for backup in backups:
                path = self.folder / backup.name
                going = path.with_name(path.name + _PARTIAL)
                path.rename(going)
                shutil.rmtree(going)


def to_keep(backups: Iterable[Backup]) -> set[Backup]:
    """Return the newest backups and the last one of each of the newest days; those unreadable are left alone."""
    kept = {backup for backup in backups if backup.record is None}
    readable = sorted((backup for backup in backups if backup.record), key=lambda backup: backup.number)
    last_of_day: dict[date, Backup] = {backup.day: backup for backup in readable}
    newest_days = sorted(last_of_day)[-DAYS_KEPT:]
    return kept | set(readable[-NEWEST_KEPT:]) | {last_of_day[day] for day in newest_days}


def is_due(backups: Iterable[Backup], now: datetime) -> bool:
    """Tell whether the newest readable backup is a day old; a clock that was set back makes it due too."""
    made = [backup.record.made_at for backup in backups if backup.record]
    return not made or abs(now - made[-1]) >= timedelta(days=1)


def sync_file(path: Path) -> None:
    """Force a file to the disk."""
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def _folder(path: Path) -> Path:
    """Make a folder for its owner only, where the file system knows owners: a stick may refuse to set that."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def _is_own_folder(path: Path) -> bool:
    """Tell whether a folder lies here itself: what a link leads to is not ours to list or to remove."""
    return path.is_dir() and not path.is_symlink()


def _remove_leftover(path: Path) -> None:
    if _is_own_folder(path):
        shutil.rmtree(path)
    else:
        path.unlink()


def _number(name: str) -> int:
    """Return the number in the name of a backup; 0 in any other, and in the last one, after which there is none."""
    match = _NAME.fullmatch(name)
    return int(match[1]) % _LAST_NUMBER if match else 0


def _backup(path: Path) -> Backup | None:
    match = _NAME.fullmatch(path.name)
    day = _day(match[2]) if match else None
    return Backup(int(match[1]), day, _readable(BackupFiles(path))) if match and day else None


def _day(text: str) -> date | None:
    with suppress(ValueError):
        return date.fromisoformat(text)
    return None


def _readable(files: BackupFiles) -> BackupRecord | None:
    """Return what a backup says of itself if its files are there in the right size."""
    try:
        record = backup_record.decode(files.record_bytes())
        sizes = (files.header.stat().st_size, files.database.stat().st_size)
    except (OSError, VictimIDError):
        return None
    return record if sizes == (record.header.size, record.database.size) else None
