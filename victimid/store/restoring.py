"""A vault from a backup: in a new place, whole or not at all, as a new device."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from victimid.clock import Clock, Seconds, uptime
from victimid.crypto import keyfile
from victimid.crypto.kdf import FLOOR, Cost
from victimid.crypto.keyfile import Unlocked
from victimid.crypto.secret import DataKey
from victimid.model.backup import BackupRecord, Restored
from victimid.model.wrong_try import TriedAt
from victimid.paths import read_ordinary, sync_folder, write_durably
from victimid.store.audit import Audit
from victimid.store.backup_check import check_backup, check_database
from victimid.store.backup_folder import BackupFiles, sync_file
from victimid.store.connection import open_copy, open_database, open_unchanging
from victimid.store.disk_room import require_room
from victimid.store.folder import VaultFiles, named_disk_errors
from victimid.store.laptop import Laptop
from victimid.store.migrations import migrate
from victimid.store.new_device import become_new_device
from victimid.store.officers import Officers
from victimid.store.tries import Tries
from victimid.store.watching import Watch
from victimid.store.workshop import put_in_place, require_free, tries_file, workshop


@contextmanager
def unlocked_backup(
    backup: BackupFiles,
    folder: Path,
    name: str,
    passphrase: str,
    clock: Clock,
    floor: Cost = FLOOR,
    uptime: Seconds = uptime,
) -> Iterator[Unlocked]:
    """Yield the key of a backup, wiped at the end; wrong tries count at the vault's place, be there one or not.

    Raises ``vault.wait``, ``vault.wrong_passphrase``, and what `keyfile.unlock` says.
    """
    with named_disk_errors():
        folder.parent.mkdir(parents=True, exist_ok=True)
    with Tries(tries_file(folder), uptime, clock).one(TriedAt.BACKUP):
        unlocked = keyfile.unlock(backup.header, name, passphrase, floor=floor)
    try:
        yield unlocked
    finally:
        for key in filter(None, (unlocked.key, unlocked.next_key)):
            key.wipe()


def restore_vault(
    backup: BackupFiles, folder: Path, unlocked: Unlocked, clock: Clock, watch: Watch | None = None
) -> Restored:
    """Make a vault from a backup, in an empty or new folder; whoever unlocked the backup's header wipes the key.

    Names and passphrases are those of the time of the backup. The backup is only read, also from where nothing can be
    written. Raises ``backup.damaged``, ``backup.altered``, ``backup.newer_version``, ``vault.exists``,
    ``vault.folder_not_empty``, ``vault.no_room``, ``vault.disk_full``, ``vault.newer_version``, ``officer.unknown``,
    ``job.cancelled``.
    """
    require_free(folder)
    record = check_backup(backup, unlocked.key, watch)
    with named_disk_errors(), workshop(folder) as files:
        require_room(files.folder, record.header.size + record.database.size)
        _copy(backup, files, unlocked.key, record, watch or Watch())
        restored = _brought_up(files, unlocked, record, clock)
        Tries(files.tries).reset()
        sync_folder(files.folder)
    with named_disk_errors():
        put_in_place(files.folder, folder)
    return restored


def _copy(backup: BackupFiles, files: VaultFiles, key: DataKey, record: BackupRecord, watch: Watch) -> None:
    with closing(open_unchanging(backup.database, key)) as source, closing(open_copy(files.database, key)) as copy:
        source.copy_to(copy, watch.step)
    sync_file(files.database)
    check_database(files.database, key, record.schema, record.standing)
    write_durably(files.header, read_ordinary(backup.header))


def _brought_up(files: VaultFiles, unlocked: Unlocked, record: BackupRecord, clock: Clock) -> Restored:
    with closing(open_database(files.database, unlocked.key)) as database:
        migrate(database)
        audit, standing = Audit(database, clock), record.standing
        officer = Officers(database, audit).of_slot(unlocked.slot_id)
        become_new_device(database, audit, officer.id, f"backup {standing.sequence} {standing.hash}")
        laptop = Laptop(database)
        return Restored(standing, laptop.device_id(), laptop.public_key())
