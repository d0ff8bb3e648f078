"""Backups of an open vault: copied from a snapshot while work goes on, verified before any older one goes."""

import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from victimid.clock import Clock
from victimid.crypto.secret import DataKey
from victimid.errors import VictimIDError
from victimid.model.backup import Backup, BackupRecord
from victimid.paths import read_ordinary, write_durably
from victimid.store import backup_record
from victimid.store.backup_check import check_backup, check_database, describe, standing_of
from victimid.store.backup_folder import BackupFiles, BackupFolder, is_due, sync_file
from victimid.store.connection import open_copy, open_reader
from victimid.store.disk_room import free_bytes, require_room
from victimid.store.folder import VaultFiles, named_disk_errors
from victimid.store.migrations import schema_version
from victimid.store.watching import Watch

_LONGEST_STEP: Final = 5.0
_TRIES: Final = 5


class Backups:
    """Makes backups; may run on any thread, beside whoever uses the vault. One at a time.

    ``key`` returns the data key as it is now: a rekey exchanges it.
    """

    def __init__(self, files: VaultFiles, key: Callable[[], DataKey], clock: Clock) -> None:
        self._files = files
        self._key = key
        self._clock = clock
        self._stopped = threading.Event()
        self._making = threading.Lock()
        self._reading = threading.Lock()

    @property
    def own(self) -> BackupFolder:
        """The backups in the vault's own folder."""
        return BackupFolder(self._files.backups)

    def due(self) -> bool:
        """Tell whether the newest backup on this laptop is a day old; only what was made under this key counts."""
        return is_due(filter(self._authentic, self.own.all()), self._clock())

    def make(self, folder: BackupFolder | None = None, watch: Watch | None = None) -> Backup:
        """Make and verify a backup, in the vault's folder or in another, then let older ones go.

        Whatever happens on the way, the older ones stay as they are. Raises ``vault.no_room``, ``vault.disk_full``,
        ``vault.database_damaged``, ``backup.damaged`` where what was written cannot be read back,
        ``job.cancelled``, ``backup.being_made``.
        """
        target = folder or self.own
        with self.alone():
            made = self._made(target, self._stoppable(watch or Watch()))
            target.rotate()
        return made

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Do something during which no backup is made; ``backup.being_made``."""
        if not self._making.acquire(blocking=False):
            raise VictimIDError("backup.being_made")
        try:
            yield
        finally:
            self._making.release()

    def room(self, folder: Path | None = None) -> tuple[int, int]:
        """Return the bytes that a backup takes at most and those that are free, here or on another disk."""
        return _size(self._files), free_bytes(folder or self._files.folder)

    def check(self, backup: Backup, folder: BackupFolder | None = None, watch: Watch | None = None) -> BackupRecord:
        """Read a backup from end to end; ``backup.damaged``, ``backup.altered``, ``backup.newer_version``."""
        return check_backup((folder or self.own).files(backup), self._key(), self._stoppable(watch or Watch()))

    def stop(self) -> None:
        """Break off what is running, and wait until it no longer reads from the vault: a step at most."""
        self._stopped.set()
        if self._reading.acquire(timeout=_LONGEST_STEP):
            self._reading.release()

    def _made(self, target: BackupFolder, watch: Watch) -> Backup:
        with named_disk_errors():
            target.folder.mkdir(parents=True, exist_ok=True)
        require_room(target.folder, _size(self._files))
        begun, files = target.begin(self._clock())
        try:
            record = self._copied(files, watch)
            with named_disk_errors():
                write_durably(files.record, backup_record.encode(record, self._key()))
            check_database(files.database, self._key(), record.schema, record.standing)
            target.finish(files)
        except BaseException:
            target.abandon(files)
            raise
        return Backup(begun.number, begun.day, record)

    def _copied(self, files: BackupFiles, watch: Watch) -> BackupRecord:
        with self._reading, closing(open_reader(self._files.database, self._key())) as source:
            for _ in range(_TRIES):
                header = self._header()
                with source.snapshot():
                    # Header and records have to be of the same moment, or one would seem put back to the other.
                    if self._header() != header:
                        continue
                    with closing(open_copy(files.database, self._key())) as copy:
                        source.copy_to(copy, watch.step)
                    schema, standing = schema_version(source), standing_of(source)
                    break
            else:
                raise VictimIDError("vault.in_use")
        with named_disk_errors():
            sync_file(files.database)
            write_durably(files.header, header)
        return BackupRecord(self._clock(), schema, standing, describe(files.header), describe(files.database, watch))

    def _authentic(self, backup: Backup) -> bool:
        try:
            backup_record.authenticate(self.own.files(backup).record_bytes(), self._key())
        except VictimIDError:
            return False
        return True

    def _header(self) -> bytes:
        with named_disk_errors():
            return read_ordinary(self._files.header)

    def _stoppable(self, watch: Watch) -> Watch:
        return Watch(watch.progress, lambda: self._stopped.is_set() or watch.cancelled())


def outside_folder(chosen: Path, device_id: str) -> BackupFolder:
    """Return where the backups of a laptop go in a folder that the officer chose, such as a stick."""
    return BackupFolder(chosen / f"victimid-backup-{device_id}")


def _size(files: VaultFiles) -> int:
    """Return the bytes that a backup will take at most."""
    journal = files.database.with_name(files.database.name + "-wal")
    paths = (files.header, files.database, journal)
    with named_disk_errors():
        return sum(path.stat().st_size for path in paths if path.exists())
