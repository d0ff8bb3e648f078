"""A new vault from a damaged one: everything that can be read, and a report of what cannot.

The damaged files are only read, once, to work on a copy. What an index still names but no page holds any more is taken
from a backup, if there is one. The few pages that say where the tables begin are needed; without them only a backup
helps.
"""

import json
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Final

from victimid.clock import Clock, Seconds, uptime
from victimid.crypto import header, keyfile
from victimid.crypto.kdf import FLOOR, Cost
from victimid.crypto.keyfile import Unlocked
from victimid.crypto.secret import DataKey
from victimid.errors import VictimIDError
from victimid.model.audit import Action
from victimid.model.salvage import Salvaged, TableCount
from victimid.model.wrong_try import TriedAt
from victimid.paths import read_ordinary, sync_folder, write_durably
from victimid.store import backup_record
from victimid.store.audit import Audit
from victimid.store.backup_folder import BackupFiles
from victimid.store.connection import Database, open_database, open_reader, open_unchanging
from victimid.store.damaged import DamagedDatabase
from victimid.store.damaged_copy import copy_readable
from victimid.store.disk_room import require_room
from victimid.store.filling import Filling, tables_of
from victimid.store.folder import ProcessLock, VaultFiles, named_disk_errors
from victimid.store.laptop import Laptop
from victimid.store.mending import Mending
from victimid.store.migrations import STEPS, migrate
from victimid.store.new_device import become_new_device
from victimid.store.remains import Remains, remains_of
from victimid.store.tries import Tries
from victimid.store.verifying import Verifying
from victimid.store.watching import Watch
from victimid.store.workshop import put_in_place, require_free, workshop

_GAPS: Final = """SELECT before + 1, sequence - 1 FROM (
    SELECT sequence, lag(sequence, 1, 0) OVER (ORDER BY sequence) AS before FROM audit) WHERE sequence > before + 1"""

_DELETED: Final = """DELETE FROM cases WHERE ref IN (SELECT subject FROM audit WHERE action = ?)
    OR ref IN (SELECT value FROM json_each(?))"""


@contextmanager
def unlocked_key(
    folder: Path,
    name: str,
    passphrase: str,
    clock: Clock,
    floor: Cost = FLOOR,
    uptime: Seconds = uptime,
    backup: BackupFiles | None = None,
) -> Iterator[Unlocked]:
    """Yield the key of a vault without opening its database, nobody else using it; wiped at the end.

    Where the header is damaged or gone, that of the backup gives it, with the names and passphrases of its time.
    Raises ``vault.in_use``, ``vault.wait``, ``vault.wrong_passphrase``, and what ``keyfile.unlock`` says.
    """
    files = VaultFiles(folder)
    readable = _readable_header(files, backup)
    if not readable.exists():
        raise VictimIDError("keyfile.missing")
    lock = ProcessLock(files.lock)
    try:
        with Tries(files.tries, uptime, clock).one(TriedAt.SALVAGE):
            unlocked = keyfile.unlock(readable, name, passphrase, floor=floor)
        try:
            yield unlocked
        finally:
            for key in filter(None, (unlocked.key, unlocked.next_key)):
                key.wipe()
    finally:
        lock.release()


class Salvage:
    """Brings a damaged vault over into another folder, for the officer whose key slot and name these are."""

    def __init__(self, damaged: Path, unlocked: Unlocked, name: str, clock: Clock) -> None:
        self._damaged = VaultFiles(damaged)
        self._unlocked = unlocked
        self._name = name
        self._clock = clock

    def into(self, folder: Path, backup: BackupFiles | None = None, watch: Watch | None = None) -> Salvaged:
        """Make a vault in an empty or new folder of everything that can be read.

        ``backup`` fills in lost rows, and its header is taken where that of the vault cannot be read. Raises
        ``salvage.nothing_readable``, ``vault.database_missing``, ``vault.no_room``, ``vault.disk_full``,
        ``vault.exists``, ``vault.folder_not_empty``, ``vault.newer_version``, ``officer.disabled``,
        ``officer.slot_outdated``, ``job.cancelled``.
        """
        require_free(folder)
        if not self._damaged.database.is_file():
            raise VictimIDError("vault.database_missing")
        with named_disk_errors(), workshop(folder) as files:
            require_room(files.folder, 2 * self._damaged.database.stat().st_size)
            salvaged = self._built(files, backup, watch or Watch())
            readable = _readable_header(self._damaged, backup)
            for made, before in ((files.header, readable), (files.tries, self._damaged.tries)):
                write_durably(made, read_ordinary(before))
            sync_folder(files.folder)
        with named_disk_errors():
            put_in_place(files.folder, folder)
        return salvaged

    def _built(self, files: VaultFiles, backup: BackupFiles | None, watch: Watch) -> Salvaged:
        copied = VaultFiles(files.folder / "damaged")
        copied.folder.mkdir(mode=0o700)
        unreadable = copy_readable(self._damaged.database, copied.database, watch)
        source, version = _readable(copied.database, self._unlocked)
        with closing(source), closing(open_database(files.database, self._unlocked.key)) as target:
            remains = remains_of(source)
            counts = self._filled(source, version, target, backup, remains, watch)
            salvaged = self._brought_up(target, counts, unreadable, remains)
        shutil.rmtree(copied.folder)
        return salvaged

    def _filled(
        self,
        source: DamagedDatabase,
        version: int,
        target: Database,
        backup: BackupFiles | None,
        remains: Remains,
        watch: Watch,
    ) -> dict[str, TableCount]:
        if version > len(STEPS):
            raise VictimIDError("vault.newer_version", version=version)
        migrate(target, STEPS[:version])
        # A row is kept although the one that it belongs to is lost.
        target.execute("PRAGMA foreign_keys = OFF")
        with closing(_saved(backup, self._unlocked.key, version)) as saved:
            filling, tables = Filling(source, saved, target), tables_of(target)
            counts = {table.name: filling.fill(table, watch, done, len(tables)) for done, table in enumerate(tables)}
        target.execute(_DELETED, (Action.CASE_DELETED.value, json.dumps(remains.deleted)))
        filling.forget_deleted()
        migrate(target)
        target.execute("PRAGMA foreign_keys = ON")
        return counts

    def _brought_up(
        self, target: Database, counts: dict[str, TableCount], unreadable: int, remains: Remains
    ) -> Salvaged:
        audit = Audit(target, self._clock)
        gaps = tuple(target.rows(_GAPS))
        officer = Mending(target, audit, self._unlocked, self._name).run(remains, audit_whole=not gaps)
        lost = sum(count.lost for count in counts.values())
        become_new_device(target, audit, officer.id, f"salvage lost={lost} gaps={len(gaps)}")
        laptop, checkup = Laptop(target), Verifying(target, audit, self._unlocked.key, None).run()
        return Salvaged(counts, unreadable, gaps, checkup, laptop.device_id(), laptop.public_key())


def _readable_header(files: VaultFiles, backup: BackupFiles | None) -> Path:
    """Return the header of a vault, or that of its backup where the vault's is damaged or gone."""
    try:
        header.read(files.header)
    except VictimIDError as error:
        if backup and error.code in {"keyfile.damaged", "keyfile.missing"}:
            return backup.header
    return files.header


def _readable(path: Path, unlocked: Unlocked) -> tuple[DamagedDatabase, int]:
    """Return it open with the key that fits, two in the middle of a rekey, and the version of its schema."""
    for key in filter(None, (unlocked.next_key, unlocked.key)):
        source = DamagedDatabase(partial(open_reader, path, key))
        rows = source.rows("PRAGMA user_version")
        version = int(rows[0][0]) if rows else 0
        if version:
            return source, version
        source.close()
    raise VictimIDError("salvage.nothing_readable")


def _saved(backup: BackupFiles | None, key: DataKey, version: int) -> DamagedDatabase:
    """Return a backup of this vault and this schema to take lost rows from; without one, one that has none."""
    if backup and backup_record.authenticate(backup.record_bytes(), key).schema == version:
        return DamagedDatabase(partial(open_unchanging, backup.database, key))
    return DamagedDatabase(_nothing)


def _nothing() -> Database:
    raise VictimIDError("vault.database_damaged")
